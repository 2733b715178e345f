"""Hearing what a widget's signals say."""

from __future__ import annotations

from typing import Any


class Ear:
    """Keeps what a signal said."""

    def __init__(self, signal: Any) -> None:
        self.heard: list[Any] = []
        signal.connect(self.heard.append)

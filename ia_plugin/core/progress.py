"""How long work reports how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Callable

# Called now and then with the share done, 0 to 1; raises :class:`~ia_plugin.core.errors.Cancelled` to stop the work.
Progress = Callable[[float], None]


def silent(share: float) -> None:
    """Nobody is watching."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a step that runs from `start` to `end` of the whole."""
    return lambda share: progress(start + (end - start) * share)

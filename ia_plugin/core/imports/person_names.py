"""Common names of persons (``resources/words/names.txt``), by which a value is told to name one."""

from __future__ import annotations

from ..resources import resource_text


def _names(section: str) -> frozenset[str]:
    text = resource_text("words", "names.txt")
    return frozenset(text.partition(f"[{section}]\n")[2].partition("[")[0].split())


GIVEN = _names("given")
FAMILY = _names("family")

__all__ = ["FAMILY", "GIVEN"]

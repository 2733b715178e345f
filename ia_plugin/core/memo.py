"""What was worked out once and is asked again, as the tables of one answer ask the same of each place."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
MOST = 64  # a filter with its earlier period and its weeks asks some tens; a program that stays open, of many filters


class Memo:
    """Results by what they are of; those that nobody asked for longest are forgotten. Two threads may ask at once: at worst both make it.

    Examples
    --------
    >>> memo = Memo()
    >>> memo.once("seven", lambda: 3 + 4), memo.once("seven", lambda: 0)
    (7, 7)
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[object]] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result for a key, made where it is not known. Whoever gets it must not change it."""
        kept = self._known.pop(key, None) or (make(),)
        self._known[key] = kept  # the last asked for stands last
        for oldest in list(self._known)[: -self._most]:
            self._known.pop(oldest, None)
        return cast(T, kept[0])


__all__ = ["Memo"]

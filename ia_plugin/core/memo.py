"""What was worked out once and is asked again, as the tables of one answer ask the same of each place."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
MOST = (
    64  # a filter with its earlier period and its weeks asks some tens; a program that stays open asks of many filters
)


class Memo:
    """Results by what they are of; those that nobody asked for longest are forgotten.

    Examples
    --------
    >>> memo = Memo()
    >>> memo.once("seven", lambda: 3 + 4), memo.once("seven", lambda: 0)
    (7, 7)
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, object] = OrderedDict()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result for a key, made where it is not known. Whoever gets it must not change it."""
        if key not in self._known:
            self._known[key] = make()
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return cast(T, self._known[key])


__all__ = ["Memo"]

"""Undo and redo of whole values: what was, what is, what was undone."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 100  # steps kept; nobody undoes further


class History(Generic[T]):
    """Values one after the other, with a present among them."""

    def __init__(self, present: T) -> None:
        self._values = [present]
        self._at = 0

    @property
    def present(self) -> T:
        return self._values[self._at]

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at < len(self._values) - 1

    def do(self, value: T) -> None:
        """Go on to a new value; what was undone is gone. The present one again is no step."""
        if value == self.present:
            return
        self._values = [*self._values[: self._at + 1], value][-MOST - 1 :]
        self._at = len(self._values) - 1

    def replace(self, value: T) -> None:
        """Put a value in the place of the present one: no step of the user's."""
        self._values[self._at] = value

    def undo(self) -> T:
        """Go back one step, if there is one, and return where that is."""
        self._at = max(self._at - 1, 0)
        return self.present

    def redo(self) -> T:
        """Go forward again one step, if there is one, and return where that is."""
        self._at = min(self._at + 1, len(self._values) - 1)
        return self.present

"""Windows of civil days, as the parameters of the evaluation give them: two texts, the first and the last day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Optional

from ..errors import ParameterError

YEARS = (1900, 2199)


class Window(NamedTuple):
    """Civil days, both counted."""

    first: date
    last: date

    def overlaps(self, other: Window) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def in_words(self) -> str:
        """``1 January 2023 to 31 December 2023``."""
        return f"{self.first.day} {self.first:%B %Y} to {self.last.day} {self.last:%B %Y}"


def window_of(first: str, last: str, names: tuple[str, str]) -> Optional[Window]:
    """The days between two texts; None where both are empty.

    Raises
    ------
    ParameterError
        for a text that is no day, one alone, a year that nobody means, or the wrong way round.

    Examples
    --------
    >>> window_of("2023-01-01", "2023-12-31", ("from", "to")).in_words(), window_of("", "", ("from", "to"))
    ('1 January 2023 to 31 December 2023', None)
    """
    if not first.strip() and not last.strip():
        return None
    days = []
    for text, name in zip((first, last), names):
        try:
            days.append(date.fromisoformat(text.strip()))
        except ValueError:
            raise ParameterError(f"{name} = {text!r} is no day.", "Give both days, as YYYY-MM-DD.") from None
    if min(days).year < YEARS[0] or max(days).year > YEARS[1]:
        raise ParameterError(
            f"{names[0]} = {days[0]} to {days[1]} lies outside the years {YEARS[0]} to {YEARS[1]}.", "Correct the year."
        )
    if days[0] > days[1]:
        raise ParameterError(f"{names[1]} = {last} lies before {names[0]} = {first}.", "Exchange them.")
    return Window(*days)


__all__ = ["Window", "window_of"]

"""Whether 03/06/2024 is the third of June or the sixth of March: settled for a whole column and its file, never by value.

A day above 12 tells. Where no row has one, the dates are weighed by how close together they lie either way: days of one
week, read the other way, are spread over the months of a year. The day is read first, with both readings shown, where
that weighs more by far, and where the whole file is of one day, which leaves nothing to weigh. All else is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Optional

import numpy as np

from ..arrays import Array
from ..errors import TimeError
from .months import day_of_month, days_of

FOUND, DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "found", "day_first", "month_first", "year_first"
ORDERS = (FOUND, DAY_FIRST, MONTH_FIRST, YEAR_FIRST)

_CLOSER = 3  # one reading is the sensible one where the dates lie this many times closer together than by the other
_STRAY = 0.01  # a share of the telling dates below this may be slips of a pen
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PLACES = {DAY_FIRST: (2, 1, 0), MONTH_FIRST: (2, 0, 1), YEAR_FIRST: (0, 1, 2)}
"""Where year, month and day stand among the three numbers of a date."""
_SPOKEN = {DAY_FIRST: "day first", MONTH_FIRST: "month first", YEAR_FIRST: "year first"}


def in_order(numbers: Array, order: str, two_digits: bool) -> tuple[Array, Array]:
    """Days since 1970 of dates, and which are none (bool, n), of the three numbers of each as written (int64 (3, n)).

    Two digits of a year are those from 1970 to 2069. A date whose year has four does not begin with it here.
    """
    return days_of(*_parts(numbers, order, two_digits))


def _parts(numbers: Array, order: str, two_digits: bool) -> tuple[Array, Array, Array]:
    """Year, month and day."""
    if order == YEAR_FIRST and not two_digits:
        order = DAY_FIRST
    year, month, day = (numbers[place] for place in _PLACES[order])
    return (year + np.where(year < 70, 2000, 1900) if two_digits else year), month, day


def is_stray(few: int, all_of: int) -> bool:
    """Whether so few of so many may be slips of a pen."""
    return few <= _STRAY * all_of


def closer(span: int, other: int) -> bool:
    """Whether dates that lie within `span` days lie much closer together than within the `other`."""
    return (span + 1) * _CLOSER <= other + 1


def in_words(day: int) -> str:
    """A day since 1970 in words.

    >>> in_words(19877)
    '3 June 2024'
    """
    date = np.datetime64(day, "D").item()
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def exchanged_back(days: Array) -> Array:
    """Days since 1970 with the day and the month of each exchanged; those that cannot be as they are."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    back, none = days_of(months // 12 + 1970, day_of_month(days), months % 12 + 1)
    return np.where(none, days, back)


@dataclass
class SureDates:
    """Dates of a column that need no order: real dates, 2024-06-03, 3 June 2024.

    Attributes
    ----------
    count, above : how many, and how many of a day above 12
    days : int64, the days since 1970 that occur; only while hardly any is above 12
    day_second : how many begin with the year and have what can only be a day in the second place
    day_second_example : (text, row) of the first of these
    example : (text, row, day since 1970) of the first of `days` whose day and month differ
    """

    count: int = 0
    above: int = 0
    days: Array = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    day_second: int = 0
    day_second_example: Optional[tuple[str, int]] = None
    example: Optional[tuple[str, int, int]] = None

    def take(self, days: Array, of_month: Array, text: Callable[[int], str], rows: Array) -> None:
        """Count days since 1970, int64 (n,), and the day of the month of each."""
        high = of_month > 12
        self.count += len(days)
        self.above += int(high.sum())
        if not is_stray(self.above, self.count):
            self.days = self.days[:0]
            return
        low = np.flatnonzero(~high)
        if not len(low):
            return
        if self.example is None:
            some = low[:1_000]
            at = int(some[np.argmax(exchanged_back(days[some]) != days[some])])
            self.example = (text(at), int(rows[at]), int(days[at]))
        first = int(days[low].min())
        found = np.flatnonzero(np.bincount(days[low] - first)) + first
        self.days = found if not len(self.days) else np.union1d(self.days, found)

    def add(self, other: SureDates) -> None:
        self.count += other.count
        self.above += other.above
        self.day_second += other.day_second
        self.day_second_example = self.day_second_example or other.day_second_example
        self.example = self.example or other.example
        self.days = np.union1d(self.days, other.days) if is_stray(self.above, self.count) else self.days[:0]


@dataclass
class DateEvidence:
    """What the dates of a column tell of their order.

    Attributes
    ----------
    telling : order -> dates that can be read in it alone
    months : order -> months that these are of
    only_example : the first of these, as written
    sure : the dates that need no order
    either : dates that can be read with the day or the month first, and differ
    days : order -> first and last day (since 1970) by that reading, over the dates it can read
    example : (text, row) of the first date of `either`
    """

    telling: dict[str, int] = field(default_factory=lambda: {DAY_FIRST: 0, MONTH_FIRST: 0})
    months: dict[str, set[int]] = field(default_factory=lambda: {DAY_FIRST: set(), MONTH_FIRST: set()})
    only_example: str = ""
    sure: SureDates = field(default_factory=SureDates)
    either: int = 0
    days: dict[str, tuple[int, int]] = field(default_factory=dict)
    example: Optional[tuple[str, int]] = None
    numbers: tuple[int, int, int] = (0, 0, 0)
    short_years: bool = False

    def take(self, numbers: Array, two_digits: bool, texts: Callable[[int], str], rows: Array) -> None:
        """Count the dates of int64 (3, n), as written in `texts` on `rows`."""
        read = {o: in_order(numbers, o, two_digits) for o in (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)}
        by_day, by_month = ~read[DAY_FIRST][1], ~read[MONTH_FIRST][1]
        for order, only in ((DAY_FIRST, by_day & ~by_month), (MONTH_FIRST, by_month & ~by_day)):
            which = np.flatnonzero(only)
            self.telling[order] += len(which)
            if len(which):
                months = _parts(numbers, order, two_digits)[1][which]
                self.months[order].update(np.flatnonzero(np.bincount(months, minlength=13)).tolist())
                self.only_example = self.only_example or texts(int(which[0]))
        unclear = np.flatnonzero(by_day & by_month & (numbers[0] != numbers[1]))
        self.either += len(unclear)
        self.short_years |= two_digits
        if len(unclear) and self.example is None:
            at = unclear[0]
            self.example = (texts(at), int(rows[at]))
            self.numbers = (int(numbers[0][at]), int(numbers[1][at]), int(numbers[2][at]))
        for order, (days, bad) in read.items():
            good = days[~bad]
            if len(good) and (order != YEAR_FIRST or two_digits):
                self._widen(order, int(good.min()), int(good.max()))

    def add(self, other: DateEvidence) -> None:
        """Count the dates of another part of the column, or of another column of the file."""
        for order, n in other.telling.items():
            self.telling[order] += n
            self.months[order] |= other.months[order]
        self.only_example = self.only_example or other.only_example
        self.sure.add(other.sure)
        self.either += other.either
        self.short_years |= other.short_years
        if self.example is None:
            self.example, self.numbers = other.example, other.numbers
        for order, span in other.days.items():
            self._widen(order, *span)

    def _widen(self, order: str, low: int, high: int) -> None:
        known = self.days.get(order, (low, high))
        self.days[order] = (min(known[0], low), max(known[1], high))

    @property
    def dates(self) -> int:
        return self.either + sum(self.telling.values())

    def span(self, order: str) -> int:
        """Days from the first date to the last, by one reading."""
        low, high = self.days.get(order, (0, 10**9))
        return high - low

    def sure_order(self) -> Optional[str]:
        """The order that a day above 12 tells; None where no date has one, or where they differ."""
        first, other = sorted(self.telling, key=lambda o: -self.telling[o])
        n, against = self.telling[first], self.telling[other]
        if not n or against > _STRAY * n or (self.short_years and self.closer(YEAR_FIRST, first)):
            return None
        # One day above 12 among hundreds of dates that make sense the other way round is a slip.
        return None if n < _STRAY * self.dates and self.closer(other, first) else first

    def contradicts(self, order: str) -> bool:
        """Whether more dates than a few slips can only be read in another order."""
        against = sum(n for o, n in self.telling.items() if o != order)
        return order in self.telling and against > _STRAY * self.telling[order]

    def closer(self, order: str, than: str) -> bool:
        """Whether the dates lie much closer together by one reading than by another."""
        return closer(self.span(order), self.span(than))


@dataclass(frozen=True)
class Settled:
    """The order of a column's dates, what there is to say of how it was found ("" where nothing), and whether to doubt it."""

    order: str
    note: str = ""
    doubtful: bool = False


def settle(own: DateEvidence, file: Optional[DateEvidence], name: str) -> Settled:
    """The order of the dates of column `name`, from its own and from all the dates of its file.

    Raises
    ------
    TimeError
        where both readings are possible, with both shown; where the column is written both ways.
    """
    order = own.sure_order()
    if order is None and any(own.telling.values()):
        raise written_both_ways(own, name)
    if order is None and not own.either:
        return Settled(DAY_FIRST)  # 05/05/2024 is one day either way
    order = order or (file.sure_order() if file is not None else None)
    if order == DAY_FIRST:
        return _year_may_be_first(own, name) or Settled(order)
    if order is not None:
        return Settled(order, f"dates of {name!r} read with the month first, for some dates can only be so")
    known = [e for e in (own, file) if e is not None]
    against = any(
        e.closer(MONTH_FIRST, DAY_FIRST) or (e.short_years and e.closer(YEAR_FIRST, DAY_FIRST)) for e in known
    )
    sensible = next((e for e in known if e.closer(DAY_FIRST, MONTH_FIRST)), None)
    one_day = all(e.span(DAY_FIRST) == 0 for e in known)
    if not against and (sensible is not None or one_day):
        why = "as they are written here, for they are all of one day"
        if sensible is not None:
            why = f"for then all lie within {sensible.span(DAY_FIRST) + 1:,} days, else within {sensible.span(MONTH_FIRST) + 1:,}"
        return Settled(
            DAY_FIRST,
            f"dates of {name!r} can be read in two ways ({_readings(own)}); they were read with the day first, {why}. If that "
            f"is wrong, type DATE_ORDER={MONTH_FIRST}",
            doubtful=True,
        )
    raise TimeError(
        f"{own.either:,} dates of column {name!r} can be read in two ways, and nothing in the file tells which: "
        f"{_readings(own)}, row {own.example[1] if own.example else 0}.",
        f"Type DATE_ORDER={DAY_FIRST} or DATE_ORDER={MONTH_FIRST} (a layer: import it first), or write dates as 2024-06-30.",
    )


def _year_may_be_first(own: DateEvidence, name: str) -> Optional[Settled]:
    """One day alone such as 24-06-13 can begin with its year; several tell by how close together they lie."""
    if not (own.short_years and "-" in own.only_example and own.span(DAY_FIRST) == 0 and YEAR_FIRST in own.days):
        return None
    by_day, by_year = (in_words(own.days[order][0]) for order in (DAY_FIRST, YEAR_FIRST))
    return Settled(
        DAY_FIRST,
        f"dates of {name!r} can be read in two ways ({own.only_example!r} is {by_day} with the day first or {by_year} with the year "
        f"first); they were read with the day first. If that is wrong, type DATE_ORDER={YEAR_FIRST}",
        doubtful=True,
    )


def written_both_ways(own: DateEvidence, name: str) -> TimeError:
    """The refusal of a column whose dates tell more than one order."""
    if own.short_years and own.closer(YEAR_FIRST, DAY_FIRST):
        return TimeError(
            f"The dates of column {name!r} lie {own.span(YEAR_FIRST) + 1:,} days apart read with the year first, "
            f"{own.span(DAY_FIRST) + 1:,} with the day first.",
            f"Type DATE_ORDER={YEAR_FIRST} or DATE_ORDER={DAY_FIRST}.",
        )
    sorts = (
        (own.telling[DAY_FIRST], "can only be read with the day first"),
        (own.telling[MONTH_FIRST], "can only be read with the month first"),
        (own.either, "can be read either way"),
    )
    counted = ", ".join(f"{n:,} {what}" for n, what in sorts if n)
    if min(own.telling.values()):
        message = f"The dates of column {name!r} are written both ways: {counted}."
    else:
        sure = next(o for o, n in own.telling.items() if n)
        other = MONTH_FIRST if sure == DAY_FIRST else DAY_FIRST
        message = (
            f"The dates of column {name!r} contradict each other: {counted}, but all these lie much closer together with the "
            f"{_SPOKEN[other]}."
        )
    return TimeError(
        message,
        f"Export it again in one form (2024-06-30); or type DATE_ORDER={DAY_FIRST} or DATE_ORDER={MONTH_FIRST} and the "
        "others are set apart as times that cannot be read.",
    )


def _readings(own: DateEvidence) -> str:
    """'03/06/2024' in words, by each reading."""
    text = own.example[0] if own.example else ""
    two_digits = own.numbers[2] < 100
    readings = []
    for order in (DAY_FIRST, MONTH_FIRST, *((YEAR_FIRST,) if two_digits and own.numbers[0] > 0 else ())):
        numbers = np.array(own.numbers).reshape(3, 1)
        year, month, day = _parts(numbers, order, two_digits)
        if not in_order(numbers, order, two_digits)[1][0]:
            readings.append(f"{day[0]} {_MONTHS[month[0] - 1]} {year[0]} with the {_SPOKEN[order]}")
    return f"{text!r} is {' or '.join(readings)}"

"""Times as they were written -> UTC, without ever asking the machine what time zone it stands in.

A written time is a clock reading and, perhaps, an offset from UTC. An offset that is given is honoured exactly; a
reading without one is read in the force's civil time. A column that has both is refused: nobody can know what is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..arrays import Array
from ..errors import TimeError
from ..words import counted
from .civil import pandas_zone
from .date_order import FOUND, Settled, settle
from .epochs import SERIAL, SERIAL_1904, TICKS
from .exchanged_dates import exchanged, refuse_year_day_month
from .grains import MONTH, NAIVE, NAT
from .repeated_hour import localise
from .shown_times import shown
from .written import Values, Written, read_written

_NS = 1_000_000_000


@dataclass(frozen=True)
class ClockReport:
    """How the readings of one column were taken.

    `ambiguous` readings fell in the hour that October has twice (`by_order` of them were told apart by the order of
    the rows, the rest were taken as the first, summer, hour); `nonexistent` ones in the hour that March leaves out, and
    were read as if the clock had not been put forward. `notes` are further sentences, with the rows each is about; `doubts` those of
    them that ask for a look.
    """

    name: str
    rows: int
    missing: int = 0
    naive: int = 0
    ambiguous: int = 0
    by_order: int = 0
    nonexistent: int = 0
    notes: tuple[tuple[str, int], ...] = ()
    doubts: frozenset[str] = frozenset()

    def counts(self) -> dict[str, int]:
        """What there is to say, for the account of an import: words -> rows."""
        found = dict(self.notes)
        if self.nonexistent:
            found["times in the hour that March leaves out, read as if the clock had not been put forward"] = (
                self.nonexistent
            )
        if self.ambiguous:
            found[f"times in the hour that October repeats; {self.by_order:,} told apart by their order"] = (
                self.ambiguous
            )
        return found

    def sentences(self) -> list[str]:
        found = []
        if self.nonexistent:
            words = (
                f"values of {self.name} fall in the hour that the change of clocks leaves out; they were read as if the clock had "
                "not been put forward"
            )
            found.append(counted(self.nonexistent, words))
        if self.ambiguous:
            words = (
                f"values of {self.name} fall in the hour that the change of clocks repeats; {self.by_order:,} were told apart by the "
                "order of the rows, the others taken as the first of the two hours"
            )
            found.append(counted(self.ambiguous, words))
        return found + [counted(n, words) for words, n in self.notes]


def to_utc(
    values: Values,
    timezone: str,
    *,
    name: str = "time",
    groups: Optional[Values] = None,
    first_row: int = 1,
    date_order: str = FOUND,
) -> tuple[pd.Series, ClockReport]:
    """Times in any common writing -> UTC.

    Parameters
    ----------
    values : n texts, numbers or datetimes, see :func:`~.written.read_written`; a date alone is its midnight
    timezone : IANA name in which readings without an offset are read
    name : the column's name, for messages
    groups : n labels (the officer); inside one group the order of rows tells the two October hours apart
    first_row : the number that messages give to the first value
    date_order : of dates such as 03/06/2024; "found" settles it for the whole column, and refuses what can be either

    Returns
    -------
    (times, report); times are ``datetime64[ns, UTC]`` with NaT where missing, on the index of `values` if it has one.

    Raises
    ------
    TimeError
        for a value that is no time, dates that can be read in two ways, and a column with and without offsets.
    ParameterError
        for an unknown `timezone`.
    """
    index = values.index if isinstance(values, pd.Series) else None
    found, notes = read_column(values, name, first_row, date_order)
    times, report = resolve_clocks(
        found.clock, found.offset, timezone, name=name, groups=groups, rows=first_row + np.arange(len(values)),
        shown_from=values, notes=notes,
    )  # fmt: skip
    return pd.Series(times, index=index, name=name), report


def read_clocks(
    values: Values, *, name: str = "time", first_row: int = 1, date_order: str = FOUND
) -> tuple[Array, Array]:
    """The clock reading and the offset of each value, as written.

    Returns
    -------
    clock : int64 (n,), nanoseconds of the reading since 1970-01-01 00:00 on its own clock; NaT's value where missing
    offset : int16 (n,), minutes east of UTC; `NAIVE` where none was written

    Raises
    ------
    TimeError
        for a value that is no time, and for dates that can be read in two ways.
    """
    found, _ = read_column(values, name, first_row, date_order)
    return found.clock, found.offset


def read_column(
    values: Values, name: str, first_row: int = 1, date_order: str = FOUND
) -> tuple[Written, tuple[tuple[str, int], ...]]:
    """A column that stands alone, read, and notes on it; every value that is no time is refused (:class:`TimeError`)."""
    rows = first_row + np.arange(len(values))
    found = read_written(values, rows)
    notes: tuple[tuple[str, int], ...] = ()
    refuse_year_day_month(found.evidence, name)
    if found.undecided:
        settled = settle(found.evidence, None, name) if date_order == FOUND else Settled(date_order)
        found.decide(settled.order)
        notes = ((settled.note, found.evidence.dates),) if settled.note else ()
        split = exchanged(found.evidence, name, date_order)
        notes += ((split.note, found.evidence.sure.count + found.evidence.dates),) if split is not None else ()
    notes = (*notes, *unit_notes(found, name))
    bad = found.bad | (found.grain == MONTH)
    if bad.any():
        raise _unreadable(values, bad, name, rows)
    return found, notes


def unit_notes(found: Written, name: str) -> tuple[tuple[str, int], ...]:
    """What must be known of a column of numbers: more than one unit, days of a spreadsheet, or ticks."""
    if len(found.units) > 1:
        return tuple(
            (f"times of {name!r} read as {unit}, for the column mixes units", n) for unit, n in found.units.items()
        )
    return tuple(
        (f"times of {name!r} read as {unit}, on a clock without an offset", n)
        for unit, n in found.units.items()
        if unit in (SERIAL, SERIAL_1904, TICKS)
    )


def resolve_clocks(
    clock: Array,
    offset: Array,
    timezone: str,
    *,
    name: str = "time",
    groups: Optional[Values] = None,
    rows: Optional[Array] = None,
    shown_from: Optional[Values] = None,
    notes: tuple[tuple[str, int], ...] = (),
) -> tuple[pd.DatetimeIndex, ClockReport]:
    """Clock readings and offsets (see :func:`read_clocks`) -> UTC.

    `rows` are the numbers of the rows and `shown_from` the values as written, for messages; `notes` go into the report.
    """
    pandas_zone(timezone)  # refused where it is unknown, even if every value has an offset
    clock = np.asarray(clock, dtype=np.int64)
    offset = np.asarray(offset, dtype=np.int16)
    known = clock != NAT
    naive = known & (offset == NAIVE)
    n_known, n_naive = int(known.sum()), int(naive.sum())
    report: dict[str, Any] = dict(rows=len(clock), missing=len(clock) - n_known, naive=n_naive, notes=notes)
    if n_naive == 0:
        shift = np.where(known, offset, 0).astype(np.int64)
        utc = np.where(known, clock - shift * (60 * _NS), NAT) if shift.any() else clock.copy()
    elif n_naive < n_known:
        raise _mixed(clock, known & ~naive, naive, name, rows, shown_from)
    else:
        utc, counts = localise(clock, known, timezone, None if groups is None else np.asarray(groups, dtype=object))
        report.update(counts)
    return pd.DatetimeIndex(utc.view("datetime64[ns]")).tz_localize("UTC"), ClockReport(name=name, **report)


def _mixed(
    clock: Array, with_offset: Array, naive: Array, name: str, rows: Optional[Array], values: Optional[Values]
) -> TimeError:
    # the first value of the rarer sort is the one to look at
    odd, sort = (naive, "without") if naive.sum() <= with_offset.sum() else (with_offset, "with")
    at = int(np.flatnonzero(odd)[0])
    if values is None:
        value = str(clock[at : at + 1].view("datetime64[ns]").astype("datetime64[ms]")[0])
    else:
        value = shown(_value(values, at))
    return TimeError(
        f"Column {name!r} mixes {int(with_offset.sum()):,} values with an offset from UTC and {int(naive.sum()):,} without "
        f"one (first {sort}: {value!r}, row {at + 1 if rows is None else rows[at]}): their moment cannot be known.",
        "Write all times with an offset (2024-06-01T12:00:00+01:00 or Z), or all without and choose the time zone.",
    )


def _unreadable(values: Values, bad: Array, name: str, rows: Array) -> TimeError:
    at = int(np.flatnonzero(bad)[0])
    return TimeError(
        f"{int(bad.sum()):,} values of column {name!r} cannot be read as a time (first: {shown(_value(values, at))!r}, row "
        f"{rows[at]}).",
        "Write times as 2024-06-01T12:00:00, with Z or +01:00 if they carry an offset.",
    )


def _value(values: Values, at: int) -> object:
    value = values.iloc[at] if isinstance(values, pd.Series) else values[at]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value

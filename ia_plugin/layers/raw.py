"""Columns between the source and the finished table: what both ways of reading hand over, and how it is finished.

The file reader gives fixed-width bytes and masks, the feature reader gives Python objects; from here on one code
finishes both, so that both give the same table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..core.arrays import Array, Bools, Objects
from ..core.cells import unmarked
from ..core.columns import TABLES
from ..core.errors import ColumnError, TimeError
from ..core.events.row_facts import row_answers
from ..core.references import reference
from ..core.texts import decoded, shape_of
from ..core.times.clocks import ClockReport, read_clocks, read_column, resolve_clocks
from ..core.times.grains import DAY, MOMENT, NAIVE, NO_TIME
from ..core.times.instants import whole_nanoseconds
from ..core.times.open_ends import fillers, open_ends
from ..core.times.stated_zones import read_in_stated_zone
from ..core.times.written import Written
from ..core.words import count_of
from .sources import say

Offsets = NDArray[np.int16]
"""Minutes east of UTC; `NAIVE` where none was written."""

_NAT = np.iinfo(np.int64).min


class NotReadable(Exception):
    """The source cannot be read in this way; the caller reads features instead. Never reaches a user."""


@dataclass
class Raw:
    """One column as read.

    values : array (n,): bytes or str objects (kind ``text``), numbers (``number``), bools (``bool``), clock readings
        datetime64 (``clock``), or time of day (``timeofday``)
    null : bool (n,)
    offset : int16 (n,), for ``clock``
    date : a ``clock`` that is days without hours
    """

    kind: str
    values: Array
    null: Bools
    offset: Optional[Offsets] = None
    encoding: str = "utf-8"
    date: bool = False


def kind_of(target: str) -> Optional[str]:
    """The kind the data dictionary gives a column of this name, in whichever table; None for an extra column."""
    for table in TABLES.values():
        if target in table.names and table.kind(target) != "geometry":
            return table.kind(target)
    return None


def is_optional(target: str) -> bool:
    """Whether a column of this name may be empty, by the first table of the data dictionary that has it."""
    return next((c.optional for table in TABLES.values() for c in table.columns if c.name == target), True)


def finish(
    raw: Raw, target: str, timezone: str, *, groups: Optional[Array] = None, kind: Optional[str] = None, field: str = ""
) -> tuple[pd.Series, Optional[ClockReport]]:
    """One finished column: text as str with None, numbers as numbers, times as ``datetime64[ns, UTC]``.

    `field` is its name in the layer, which may tell its zone (``time_utc``).
    """
    kind = kind or kind_of(target)
    if kind == "time" or (kind is None and raw.kind == "clock"):
        return _times(raw, target, timezone, groups, field or target)
    if kind == "date":
        return _dates(raw, target), None
    if kind == "str" or (kind is None and raw.kind in ("text", "timeofday")):
        return _texts(raw, target), None
    return _numbers(raw, target, kind), None


def as_written(raw: Raw, target: str, timezone: str) -> pd.Series:
    """One column as its source says it, for a reader that settles later what it means.

    Text stays text, days are 2024-06-03, times of day 10:05:00, moments without an offset stay without one.
    """
    if raw.kind == "clock" and (raw.date or (raw.offset is None or (raw.offset[~raw.null] == NAIVE).all())):
        clock = whole_nanoseconds(raw.values)
        clock[raw.null] = _NAT
        moments = pd.Series(clock.view("datetime64[ns]"), name=target)
        return moments.dt.strftime("%Y-%m-%d").astype(object) if raw.date else moments
    if raw.kind == "clock":
        return _times(raw, target, timezone, None, target)[0]
    if raw.kind in ("text", "timeofday") or (raw.kind == "number" and raw.values.dtype.kind != "f" and raw.null.any()):
        return _texts(raw, target)
    return _numbers(raw, target, None)


def _times(raw: Raw, target: str, timezone: str, groups: Optional[Array], field: str) -> tuple[pd.Series, ClockReport]:
    if raw.kind == "timeofday":
        raise TimeError(
            f"The field for {target!r} holds a time of day without a date.", "Choose a field with date and time."
        )
    if raw.kind == "bool":
        raise TimeError(f"The field for {target!r} holds true and false.", "Choose a field with date and time.")
    if raw.kind == "clock":
        clock = whole_nanoseconds(raw.values)
        clock[raw.null] = _NAT
        offset = np.full(len(clock), NAIVE) if raw.offset is None else raw.offset.copy()
        days, notes, values = (clock != _NAT) & raw.date, (), None
    else:
        values = raw.values
        if raw.kind == "text" and raw.null.any():
            values = values.copy()
            values[raw.null] = b"" if values.dtype.kind == "S" else None
        elif raw.null.any():
            values = (
                np.where(raw.null, np.nan, values.astype(float)) if raw.values.dtype.kind == "f" else _masked_int(raw)
            )
        found, notes = read_column(values, target)
        clock, offset, days = found.clock, found.offset, found.grain == DAY
    if target == "time" and days.any():
        clock, notes = (
            _without_days(clock, days, field),
            (*notes, (f"values of {field!r} {_DAYS}", int(days.sum()))),
        )
    grain = np.where(clock == _NAT, NO_TIME, np.where(days, DAY, MOMENT)).astype(np.uint8)
    written = Written(clock, offset, grain, np.zeros(len(clock), dtype=bool))
    zone_notes = read_in_stated_zone(written, [field], timezone, groups=groups)
    notes = (*notes, *zone_notes.counts)
    times, report = resolve_clocks(clock, offset, timezone, name=target, groups=groups, shown_from=values, notes=notes)
    return pd.Series(times, name=target), replace(report, doubts=frozenset(zone_notes.doubts))


_DAYS = "have a date without a time of day, and were left out"


def _without_days(clock: NDArray[np.int64], days: Bools, field: str) -> NDArray[np.int64]:
    """A report is made at a moment: a date alone is none."""
    if days[clock != _NAT].all():
        raise TimeError(f"The field {field!r} holds dates without a time of day.", "Choose a field with date and time.")
    return np.where(days, _NAT, clock)


def _masked_int(raw: Raw) -> pd.Series:
    return pd.Series(pd.arrays.IntegerArray(raw.values.astype(np.int64), raw.null))


def _dates(raw: Raw, target: str) -> pd.Series:
    """Days as naive midnights: a date is a date in every time zone."""
    if raw.kind == "clock":
        clock = whole_nanoseconds(raw.values)
        clock[raw.null] = _NAT
    else:
        values = raw.values.copy()
        empty = b"" if values.dtype.kind == "S" else None
        values[raw.null] = empty
        if target == "valid_to":
            values[open_ends(pd.Series(_texts(raw, target)))] = empty
        clock, _ = read_clocks(values, name=target)
    days = pd.Series(clock.view("datetime64[ns]"), name=target).dt.normalize()
    # Of an area that lasts, systems write 9999 or 1900 as its last day.
    return days.mask(fillers(days.dt.tz_localize("UTC"))) if target == "valid_to" else days


def _texts(raw: Raw, target: str) -> pd.Series:
    out = np.empty(len(raw.values), dtype=object)
    good = ~raw.null
    if raw.kind == "text" and raw.values.dtype.kind == "S":
        out[:] = decoded(raw.values, raw.encoding, unmarked)
    elif raw.kind == "text":
        out[:] = [unmarked(v) if isinstance(v, str) else v for v in raw.values]
    elif raw.kind == "number":
        out[good] = _number_texts(raw.values[good])
    elif raw.kind == "clock":
        out[good] = np.datetime_as_string(raw.values[good].astype("datetime64[ms]"))
    else:
        out[good] = [str(v) for v in raw.values[good]]
    out[raw.null] = None
    return pd.Series(out, name=target)


def _number_texts(numbers: Array) -> Objects:
    """Each number as the text of a reference: 1234.0 is the officer 1234."""
    values, at = np.unique(numbers, return_inverse=True)
    texts = [reference(v) for v in values.tolist()]
    return np.array(texts, dtype=object)[at] if len(texts) else np.empty(0, dtype=object)


def _answers(raw: Raw, target: str) -> pd.Series:
    """A column of yes and no that its source keeps as words, read as an extract's is; what says neither is counted, and empty."""
    words = _texts(raw, target)
    answers = row_answers(words)
    unknown = answers.isna() & words.map(lambda v: bool(v and v.strip())).astype(bool)
    if unknown.any():
        row = int(np.flatnonzero(unknown)[0])
        what = (
            f"Column {target!r} says neither yes nor no in {count_of(int(unknown.sum()), 'rows')} "
            f"(first: like {shape_of(words.iloc[row])!r}, row {row + 1})"
        )
        if not is_optional(target):
            raise ColumnError(f"{what}.", "Write yes or no, true or false, 1 or 0.")
        say(None, f"{what}: there it counts as not recorded.")
    return answers.rename(target)


def _numbers(raw: Raw, target: str, kind: Optional[str]) -> pd.Series:
    if raw.kind == "bool":
        if raw.null.any():
            return pd.Series(np.where(raw.null, None, raw.values.astype(object)), name=target, dtype=object)
        return pd.Series(raw.values.astype(bool), name=target)
    if raw.kind == "text" and kind == "bool":
        return _answers(raw, target)
    if raw.kind == "text":
        values = _texts(raw, target).map(lambda v: v.strip() or None if v is not None else None)
        numbers = pd.to_numeric(values, errors="coerce")
        bad = numbers.isna() & values.notna()
        if bad.any():
            row = int(np.flatnonzero(bad)[0])
            raise ColumnError(
                f"{int(bad.sum())} values of column {target!r} are no numbers (first: like {shape_of(values.iloc[row])!r}, "
                f"row {row + 1}).",
                "Choose a field of numbers, or mend the values.",
            )
        numbers = numbers.to_numpy()
        raw = Raw("number", numbers, np.isnan(numbers.astype(float)))
    elif raw.kind != "number":
        raise ColumnError(f"The field for {target!r} holds no numbers.", "Choose a field of numbers.")
    values = raw.values
    if kind == "bool":
        flags = np.where(raw.null, None, (values != 0).astype(object)) if raw.null.any() else values != 0
        return pd.Series(flags, name=target)
    if kind == "float" or values.dtype.kind == "f":
        if kind == "int" and not raw.null.any() and (values == np.floor(values)).all():
            return pd.Series(values.astype(np.int64), name=target)
        return pd.Series(np.where(raw.null, np.nan, values.astype(float)), name=target)
    if not raw.null.any():
        return pd.Series(values.astype(np.int64), name=target)
    known = values[~raw.null].astype(np.int64)
    if len(known) and np.abs(known).max() > 2**53:  # floats would not hold a hash
        return pd.Series(pd.arrays.IntegerArray(values.astype(np.int64), raw.null.copy()), name=target)
    return pd.Series(np.where(raw.null, np.nan, values.astype(float)), name=target)

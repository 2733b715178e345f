"""Times as they were written -> UTC, without ever asking the machine what time zone it stands in.

A written time is a clock reading and, perhaps, an offset from UTC. An offset that is given is honoured exactly; a
reading without one is read in the force's civil time. A column that has both is refused: nobody can know what is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..errors import TimeError
from .civil import from_civil, pandas_zone

NAIVE = np.int16(-32768)
"""Stands for "no offset was written" in an array of offsets (minutes east of UTC)."""

_NAT = np.iinfo(np.int64).min
_NS = 1_000_000_000
_MAX_PATTERNS = 200
_LONGEST = 48


@dataclass(frozen=True)
class ClockReport:
    """How the readings of one column were taken.

    `ambiguous` readings fell in the hour that October has twice (`by_order` of them were told apart by the order of
    the rows, the rest were taken as the first, summer, hour); `nonexistent` ones in the hour that March leaves out, and
    were read as if the clock had not been put forward.
    """

    name: str
    rows: int
    missing: int = 0
    naive: int = 0
    ambiguous: int = 0
    by_order: int = 0
    nonexistent: int = 0

    def sentences(self) -> list[str]:
        said = []
        if self.nonexistent:
            said.append(
                f"{self.nonexistent} values of {self.name} fall in the hour that the change of clocks leaves out; they "
                "were read as if the clock had not been put forward."
            )
        if self.ambiguous:
            said.append(
                f"{self.ambiguous} values of {self.name} fall in the hour that the change of clocks repeats; "
                f"{self.by_order} were told apart by the order of the rows, the others taken as the first of the two hours."
            )
        return said


def to_utc(
    values: Any, timezone: str, *, name: str = "time", groups: Any = None, first_row: int = 1
) -> tuple[pd.Series, ClockReport]:
    """Times in any common writing -> UTC.

    Parameters
    ----------
    values : n texts (str or ASCII bytes; None, NaN and blank are missing), or epoch numbers (seconds, milliseconds,
        microseconds or nanoseconds, told by size), or datetimes (naive, or with a zone). Texts: ISO 8601 with ``T`` or
        blank, with ``Z``, ``+01:00``, ``+01`` or no offset, with any fraction; OGR's ``2024/06/01 12:00:00+01``; day
        first ``01/06/2024 12:00``, ``1 Jun 2024 1:05 pm``; a date alone is midnight.
    timezone : IANA name in which readings without an offset are read
    name : the column's name, for messages
    groups : n labels (the officer); inside one group the order of rows tells the two October hours apart
    first_row : the number that messages give to the first value

    Returns
    -------
    (times, report); times are ``datetime64[ns, UTC]`` with NaT where missing, on the index of `values` if it has one.

    Raises
    ------
    TimeError
        for a value that is no time, and for a column with and without offsets; with counts, the first value and its row.
    ParameterError
        for an unknown `timezone`.
    """
    index = values.index if isinstance(values, pd.Series) else None
    clock, offset = read_clocks(values, name=name, first_row=first_row)
    times, report = resolve_clocks(clock, offset, timezone, name=name, groups=groups, first_row=first_row, shown=values)
    return pd.Series(times, index=index, name=name), report


def readable_times(
    values: Any, timezone: str, *, name: str = "time", groups: Any = None
) -> tuple[pd.Series, Any, ClockReport]:
    """:func:`to_utc` that marks what it cannot read: (times with NaT there, bool (n,) where a value is no time, report)."""
    index = values.index if isinstance(values, pd.Series) else None
    bad = np.zeros(len(values), dtype=bool)
    clock, offset = read_clocks(values, name=name, bad=bad)
    times, report = resolve_clocks(clock, offset, timezone, name=name, groups=groups)
    return pd.Series(times, index=index, name=name), bad, report


def read_clocks(values: Any, *, name: str = "time", first_row: int = 1, bad: Any = None) -> tuple[Any, Any]:
    """The clock reading and the offset of each value, as written.

    With an array `bad` (bool, n) values that are no time are marked there and read as missing; else they raise.

    Returns
    -------
    clock : int64 (n,), nanoseconds of the reading since 1970-01-01 00:00 on its own clock; NaT's value where missing
    offset : int16 (n,), minutes east of UTC; `NAIVE` where none was written
    """
    zone = getattr(getattr(values, "dtype", None), "tz", None)
    if zone is not None:
        utc = pd.DatetimeIndex(values).tz_convert("UTC").tz_localize(None)
        return utc.to_numpy("datetime64[ns]").view(np.int64).copy(), np.zeros(len(utc), np.int16)
    array = _as_array(values)
    if array.dtype.kind == "M":
        return array.astype("datetime64[ns]").view(np.int64).copy(), np.full(len(array), NAIVE)
    if array.dtype.kind in "iuf":
        return _from_epoch(array), np.zeros(len(array), np.int16)
    texts, missing = _as_bytes(array)
    return _from_texts(texts, missing, name, first_row, bad)


def resolve_clocks(
    clock: Any,
    offset: Any,
    timezone: str,
    *,
    name: str = "time",
    groups: Any = None,
    first_row: int = 1,
    shown: Any = None,
) -> tuple[pd.DatetimeIndex, ClockReport]:
    """Clock readings and offsets (see :func:`read_clocks`) -> UTC; `shown` are the values as written, for messages."""
    pandas_zone(timezone)  # refused where it is unknown, even if every value has an offset
    clock = np.asarray(clock, dtype=np.int64)
    offset = np.asarray(offset, dtype=np.int16)
    known = clock != _NAT
    naive = known & (offset == NAIVE)
    n_known, n_naive = int(known.sum()), int(naive.sum())
    report: dict[str, int] = dict(rows=len(clock), missing=len(clock) - n_known, naive=n_naive)
    if n_naive == 0:
        utc = clock.copy() if not offset.any() else np.where(known, clock - offset.astype(np.int64) * (60 * _NS), _NAT)
    elif n_naive < n_known:
        raise _mixed(clock, offset, known, naive, name, first_row, shown)
    else:
        utc, counts = _localise(clock, known, timezone, groups)
        report.update(counts)
    return pd.DatetimeIndex(utc.view("datetime64[ns]")).tz_localize("UTC"), ClockReport(name=name, **report)


def _mixed(clock: Any, offset: Any, known: Any, naive: Any, name: str, first_row: int, shown: Any) -> TimeError:
    with_offset = known & ~naive
    # the first value of the rarer sort is the one to look at
    odd, sort = (naive, "without") if naive.sum() <= with_offset.sum() else (with_offset, "with")
    row = int(np.flatnonzero(odd)[0])
    value = (
        str(clock[row : row + 1].view("datetime64[ns]").astype("datetime64[ms]")[0])
        if shown is None
        else _shown(shown, row)
    )
    return TimeError(
        f"Column {name!r} mixes {int(with_offset.sum())} values with an offset from UTC and {int(naive.sum())} without "
        f"one (first {sort}: {value!r}, row {row + first_row}): their moment cannot be known.",
        "Write all times with an offset (2024-06-01T12:00:00+01:00 or Z), or all without and choose the time zone.",
    )


def _shown(values: Any, row: int) -> str:
    value = values.iloc[row] if isinstance(values, pd.Series) else values[row]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


# Civil time


def _localise(clock: Any, known: Any, timezone: str, groups: Any) -> tuple[Any, dict[str, int]]:
    wall, zone = pd.DatetimeIndex(clock.view("datetime64[ns]")), pandas_zone(timezone)
    local = wall.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    utc = local.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[ns]").view(np.int64).copy()
    odd = np.flatnonzero(known & (utc == _NAT))
    if not len(odd):
        return utc, {}
    one_hour = wall[odd].tz_localize(zone, ambiguous=np.ones(len(odd), dtype=bool), nonexistent="NaT")
    gap = np.asarray(one_hour.isna())
    twice = odd[~gap]
    second = _second_hour(clock, twice, known, groups)
    utc[twice] = _utc_of(wall[twice].tz_localize(zone, ambiguous=~(second > 0)))
    if gap.any():
        utc[odd[gap]] = _utc_of(from_civil(wall[odd[gap]], timezone))
    return utc, dict(ambiguous=len(twice), by_order=int((second >= 0).sum()), nonexistent=int(gap.sum()))


def _utc_of(times: pd.DatetimeIndex) -> Any:
    return times.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[ns]").view(np.int64)


def _second_hour(clock: Any, rows: Any, known: Any, groups: Any) -> Any:
    """For readings in a repeated hour: 1 the second, 0 the first, -1 cannot be told (int8, as `rows`).

    Where the readings of one officer and night step back exactly once, in the order of rows, the clock was put back
    there. Sorted by reading, or never silent long enough to show the step, the two hours cannot be told apart.
    """
    result = np.full(len(rows), -1, dtype=np.int8)
    if groups is None or not len(rows):
        return result
    labels = pd.factorize(np.asarray(groups, dtype=object)[rows])[0].astype(np.int64)
    nights = clock[rows] // (86_400 * _NS)
    order = np.lexsort((rows, nights, labels))
    lab, night, wall = labels[order], nights[order], clock[rows][order]
    new = np.r_[True, (lab[1:] != lab[:-1]) | (night[1:] != night[:-1])]
    run = np.cumsum(new) - 1
    back = np.r_[False, wall[1:] < wall[:-1]] & ~new
    steps = np.bincount(run, weights=back).astype(int)
    so_far = np.cumsum(back) - np.r_[0, np.cumsum(steps)[:-1]][run]
    told = np.where(steps[run] == 1, so_far, -1)
    result[order] = told.astype(np.int8)
    return result


# Reading what was written


def _as_array(values: Any) -> Any:
    if isinstance(values, (pd.Series, pd.Index)):
        if pd.api.types.is_numeric_dtype(values.dtype) and not isinstance(values.dtype, np.dtype):
            kinds: Any = dict(dtype=float, na_value=np.nan) if values.isna().any() else dict(dtype=np.int64)
            return values.to_numpy(**kinds)
        values = values.to_numpy()
    array = np.asarray(values)
    if array.dtype.kind == "O":
        kind = pd.api.types.infer_dtype(array, skipna=True)
        if kind in ("integer", "floating", "mixed-integer-float", "decimal"):
            return pd.to_numeric(pd.Series(array)).to_numpy()
        if kind in ("datetime", "datetime64", "date"):
            array = np.array([None if v is None or v != v else v.isoformat() for v in array], dtype=object)
    return array


def _from_epoch(numbers: Any) -> Any:
    missing = np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(len(numbers), dtype=bool)
    if missing.all():
        return np.full(len(numbers), _NAT)
    largest = float(np.abs(numbers[~missing]).max())
    unit = _NS if largest < 1e11 else 1_000_000 if largest < 1e14 else 1_000 if largest < 1e17 else 1
    if numbers.dtype.kind == "f":
        filled = np.where(missing, 0.0, numbers)
        whole = np.floor(filled)
        ns = whole.astype(np.int64) * unit + np.round((filled - whole) * unit).astype(np.int64)
    else:
        ns = numbers.astype(np.int64) * unit
    return np.where(missing, _NAT, ns)


def _as_bytes(array: Any) -> tuple[Any, Any]:
    """Texts as fixed-width bytes, and which are missing."""
    if array.dtype.kind == "S":
        return array, array == b""
    if array.dtype.kind == "U":
        array = array.astype(object)
    missing = np.asarray(pd.isna(array))
    filled = np.where(missing, "", array) if missing.any() else array
    try:
        texts = filled.astype("S")
    except (UnicodeEncodeError, SystemError):
        texts = np.array([str(v).encode("ascii", "replace") for v in filled])
    return texts, missing | (texts == b"")


def _from_texts(texts: Any, missing: Any, name: str, first_row: int, marked: Any = None) -> tuple[Any, Any]:
    n = len(texts)
    clock = np.full(n, _NAT)
    offset = np.full(n, NAIVE)
    width = texts.dtype.itemsize
    if n == 0 or width == 0 or missing.all():
        return clock, offset
    if width > _LONGEST:
        long = np.char.str_len(texts) > _LONGEST
        if long.any():
            if marked is None:
                raise _unreadable(texts, long, name, first_row)
            marked |= long
            missing = missing | long
            texts = texts.astype(f"S{_LONGEST}")
            width = _LONGEST
    chars = np.ascontiguousarray(texts).view(np.uint8).reshape(n, width)
    left = np.flatnonzero(~missing)
    bad = np.zeros(n, dtype=bool)
    for _ in range(_MAX_PATTERNS):
        if not len(left):
            break
        model = chars[left[0]]
        digit = (model >= 48) & (model <= 57)
        # one writing at a time: digits where the first has digits, the same character elsewhere
        some = chars if len(left) == n else chars[left]
        same = np.ones(len(some), dtype=bool)
        for j in range(width):
            column = some[:, j]
            same &= (column - np.uint8(48)) < 10 if digit[j] else column == model[j]
        pattern = "".join("0" if d else chr(c) for c, d in zip(model, digit) if c)
        rows = left[same]
        parts = _parts_of(pattern)
        if parts is None:
            bad[rows] = pattern.strip() != ""
        else:
            clock[rows], offset[rows], bad[rows] = _take(some if same.all() else some[same], parts)
        left = left[~same]
    bad[left] = True
    if bad.any():
        if marked is None:
            raise _unreadable(texts, bad, name, first_row)
        marked |= bad
        clock[bad], offset[bad] = _NAT, NAIVE
    return clock, offset


def _unreadable(texts: Any, bad: Any, name: str, first_row: int) -> TimeError:
    row = int(np.flatnonzero(bad)[0])
    value = texts[row].decode("ascii", "replace")
    return TimeError(
        f"{int(bad.sum())} values of column {name!r} cannot be read as a time (first: {value!r}, row {row + first_row}).",
        "Write times as 2024-06-01T12:00:00, with Z or +01:00 if they carry an offset; days come before months "
        "(01/06/2024).",
    )


_TIME = r"(?:(?:[T ]|, ?| - )(?P<H>00?):?(?P<M>00)(?::?(?P<S>00)(?:[.,](?P<f>0+))?)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r" ?(?P<zone>[Zz]|UTC|GMT|BST|[+-](?P<oh>00)(?::?(?P<om>00))?)?)?"
_DATES = (
    r"(?P<Y>0000)(?P<s>[-/.])(?P<m>00?)(?P=s)(?P<d>00?)",
    r"(?P<d>00?)(?P<s>[-/.])(?P<m>00?)(?P=s)(?P<Y>0000|00)",
    r"(?P<d>00?)[- ](?P<name>[A-Za-z]{3,9})[-, ] ?(?P<Y>0000|00)",
    r"(?P<Y>0000)(?P<m>00)(?P<d>00)",
)
_PATTERNS = tuple(re.compile(r" *" + date + _TIME + _ZONE + r" *") for date in _DATES)
_EPOCH = re.compile(r" *(?P<epoch>0{10}|0{13})(?:\.(?P<f>0+))? *")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "sept", "october", "november",
    "december",
)  # fmt: skip


def _parts_of(pattern: str) -> Optional[re.Match[str]]:
    epoch = _EPOCH.fullmatch(pattern)
    if epoch:
        return epoch
    for known in _PATTERNS:
        match = known.fullmatch(pattern)
        if match:
            month = match.groupdict().get("name")
            if month is None or month.lower() in _MONTHS or month.lower() in _MONTH_NAMES:
                return match
    return None


def _take(chars: Any, parts: re.Match[str]) -> tuple[Any, Any, Any]:
    """Clock, offset and "is no time" of n texts written alike (`chars` uint8 (n, width))."""
    named = parts.groupdict()

    def number(part: str, start: int = 0) -> Any:
        if named.get(part) is None:
            return np.full(1, start)  # broadcasts
        first, end = parts.span(part)
        total = chars[:, first].astype(np.int64) - 48
        for j in range(first + 1, end):
            total *= 10
            total += chars[:, j]
            total -= 48
        return total

    def fraction(unit: int) -> Any:
        if named.get("f") is None:
            return 0
        digits = len(named["f"])
        if digits > 9:
            return _first_digits(chars, parts.start("f")) * unit // 10**9
        return number("f") * unit // 10**digits

    if "epoch" in named:
        unit = _NS if len(named["epoch"]) == 10 else 1_000_000
        return number("epoch") * unit + fraction(unit), np.int16(0), False
    year, day, hour, minute, second = (number(p) for p in "YdHMS")
    if len(named["Y"]) == 2:
        year = year + np.where(year < 70, 2000, 1900)
    month = number("m") if named.get("name") is None else np.full(1, _MONTHS.index(named["name"][:3].lower()) + 1)
    half = named.get("half")
    bad = (year < 1678) | (year > 2261) | (month < 1) | (month > 12) | (day < 1) | (minute > 59) | (second > 60)
    if half:
        bad = bad | (hour < 1) | (hour > 12)
        hour = hour % 12 + (12 if half in "pP" else 0)
    else:
        bad = bad | (hour > 24) | ((hour == 24) & (minute + second > 0))
    months = (year - 1970) * 12 + np.clip(month, 1, 12) - 1
    days, length = _days(months)
    bad = bad | (day > length)
    seconds = (days + day - 1) * 86_400 + hour * 3_600 + minute * 60 + second
    clock = np.where(bad, 0, seconds) * _NS + fraction(_NS)
    zone = named.get("zone")
    if zone is None:
        return clock, NAIVE, bad
    if zone[0] not in "+-":
        return clock, np.int16(60 if zone == "BST" else 0), bad
    shift = number("oh") * 60 + number("om")
    bad = bad | (shift > 18 * 60)
    return clock, (shift if zone[0] == "+" else -shift).astype(np.int16), bad


def _first_digits(chars: Any, first: int) -> Any:
    total = chars[:, first].astype(np.int64) - 48
    for j in range(first + 1, first + 9):
        total = total * 10 + chars[:, j] - 48
    return total


def _days(months: Any) -> tuple[Any, Any]:
    """Days since 1970-01-01 of the first of each month (counted from January 1970), and the month's length."""
    low, high = int(months.min()), int(months.max())
    low, high = max(low, -6000), min(high, 6000)
    firsts = np.arange(low, high + 2).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    at = np.clip(months, low, high) - low
    return firsts[at], (firsts[1:] - firsts[:-1])[at]

"""What was written in a column of times: the clock reading, offset and grain of each value, before any zone enters.

Texts are read by writing, not one by one: all that have digits in the same places as the first are read at once. Dates
whose day and month could be exchanged wait until the whole column, and its file, tell their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Array
from ..references import NOBODY, stands_for_nothing
from .date_order import DateEvidence, in_order
from .epochs import are_serials, from_numbers, split
from .grains import DAY, MOMENT, MONTH, NAIVE, NAT, NO_TIME
from .months import day_of_month, days_of
from .writings import DATES, NUMBER, SHORT, month_of
from .written_short import from_short

_NS = 1_000_000_000
_DAY_NS = 86_400 * _NS
_MAX_PATTERNS = 400
_LONGEST = 48
_NO_DATES = ("0000-00-00", "0000-00-0000:00:00")  # how databases write no date (without blanks)


def says_no_time(text: str) -> bool:
    """Whether a cell of a column of times says that there is none: what stands for nobody, or 0000-00-00.

    >>> says_no_time(" n/a "), says_no_time("Not recorded"), says_no_time("10:00")
    (True, True, False)
    """
    return stands_for_nothing(text, NOBODY) or "".join(text.split()) in _NO_DATES


Values = Union[Sequence[object], pd.Series, pd.Index, Array]
"""A column of a table, or a list of what its cells hold."""


@dataclass
class Undecided:
    """Dates that wait for their order: rows, the three numbers as written, and what else they say."""

    rows: Array
    numbers: Array
    two_digits: bool
    of_day: Array
    offset: Array
    bad: Array
    grain: int


@dataclass
class Written:
    """Readings of n values.

    Attributes
    ----------
    clock : int64 (n,), nanoseconds of the reading since 1970-01-01 00:00 on its own clock; NaT's value where missing
    offset : int16 (n,), minutes east of UTC; `NAIVE` where none was written
    grain : uint8 (n,), see :mod:`.grains`
    bad : bool (n,), what is no time
    undecided : dates without their order, not yet in the above (see :meth:`decide`)
    evidence : what these dates tell of it
    units : unit -> numbers that were read in it
    serial : bool (n,), days of a spreadsheet; None where there are none
    late : bool (n,), readings written as 24:00 or 23:59:60, which no day without an hour is; None where there are none
    short : bool (n,), of `bad` the numbers that were written short and have lost digits; None where there are none
    """

    clock: Array
    offset: Array
    grain: Array
    bad: Array
    undecided: list[Undecided] = field(default_factory=list)
    evidence: DateEvidence = field(default_factory=DateEvidence)
    units: Counter[str] = field(default_factory=Counter)
    serial: Optional[Array] = None
    short: Optional[Array] = None
    since_1904: bool = False
    late: Optional[Array] = None

    def decide(self, order: str) -> None:
        """Read the dates that waited, in their order."""
        for dates in self.undecided:
            days, bad = in_order(dates.numbers, order, dates.two_digits)
            bad = (bad | dates.bad) & (dates.numbers != 0).any(axis=0)  # 00/00/0000 is no date that was mistyped
            none = bad | (dates.numbers == 0).all(axis=0)
            self.clock[dates.rows] = np.where(none, NAT, days * _DAY_NS + dates.of_day)
            self.offset[dates.rows] = np.where(none, NAIVE, dates.offset)
            self.grain[dates.rows] = np.where(none, NO_TIME, dates.grain)
            self.bad[dates.rows] = bad
        self.undecided = []


def read_written(values: Values, rows: Optional[Array] = None, *, since_1904: bool = False) -> Written:
    """Read a column as it was written.

    Parameters
    ----------
    values : n texts (str or UTF-8 bytes; None, NaN, blank and words such as NULL are missing), numbers (see
        :mod:`.epochs`), or datetimes (naive, or with a zone). Texts: ISO 8601 with ``T`` or blank, with ``Z``, ``+01:00`` or
        no offset, with any fraction; day or month first; with the names of months and days; am and pm; months alone.
    rows : n numbers of the rows, for messages; from 1 where not given
    since_1904 : whether days of a spreadsheet are counted from 1904
    """
    n = len(values)
    rows = np.arange(1, n + 1) if rows is None else np.asarray(rows)
    zone = getattr(getattr(values, "dtype", None), "tz", None)
    if zone is not None:
        utc = pd.DatetimeIndex(values).tz_convert("UTC").tz_localize(None).to_numpy("datetime64[ns]")
        return _of_clock(utc.view(np.int64).copy(), np.int16(0))
    array = _as_array(values)
    if array.dtype.kind == "M":
        return _of_clock(array.astype("datetime64[ns]").view(np.int64).copy(), NAIVE)
    if array.dtype.kind in "iuf":
        whole, billionths, missing = split(array)
        clock, offset, grain, bad, units = from_numbers(whole, billionths, since_1904)
        clock[missing], bad[missing], grain[missing] = NAT, False, NO_TIME
        return Written(clock, offset, grain, bad, units=units, serial=are_serials(whole))
    texts, missing = _as_bytes(array)
    found = Written(np.full(n, NAT), np.full(n, NAIVE), np.zeros(n, dtype=np.uint8), np.zeros(n, dtype=bool))
    found.since_1904 = since_1904
    _read_texts(found, texts, missing, rows)
    return found


def _of_clock(clock: Array, offset: np.int16) -> Written:
    known = clock != NAT
    grain = np.where(known, MOMENT, NO_TIME).astype(np.uint8)
    return Written(clock, np.where(known, offset, NAIVE).astype(np.int16), grain, np.zeros(len(clock), dtype=bool))


def _as_array(values: Values) -> Array:
    if isinstance(values, (pd.Series, pd.Index)):
        if pd.api.types.is_numeric_dtype(values.dtype) and not isinstance(values.dtype, np.dtype):
            whole = not values.isna().any()
            return np.asarray(
                values.to_numpy(dtype=np.int64) if whole else values.to_numpy(dtype=float, na_value=np.nan)
            )
        values = values.to_numpy()
    array = np.asarray(values)
    if array.dtype.kind == "O":
        kind = pd.api.types.infer_dtype(array, skipna=True)
        if kind in ("integer", "floating", "mixed-integer-float", "decimal"):
            return np.asarray(pd.to_numeric(pd.Series(array)))
        if kind in ("datetime", "datetime64", "date"):
            array = np.array([None if v is None or v != v else v.isoformat() for v in array], dtype=object)
    return array


_AS_ASCII = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2011": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u200e": "", "\u200f": ""})  # fmt: skip
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _as_bytes(array: Array) -> tuple[Array, Array]:
    """Texts as fixed-width bytes, and which are missing."""
    if array.dtype.kind == "S":
        if not len(array) or not array.dtype.itemsize or np.ascontiguousarray(array).view(np.uint8).max() < 128:
            return array, array == b""
        array = np.char.decode(array, "utf-8", "replace")
    if array.dtype.kind == "U":
        array = array.astype(object)
    missing = np.asarray(pd.isna(array))
    filled = np.where(missing, "", array) if missing.any() else array
    try:
        texts = filled.astype("S")
    except (UnicodeEncodeError, SystemError, ValueError):
        # Other characters become one that stands in no time, and that stands for nothing neither, as "?" does.
        texts = np.array([_NOT_ASCII.sub("\x1a", str(v).translate(_AS_ASCII)).encode() for v in filled])
    return texts, missing | (texts == b"")


def _read_texts(found: Written, texts: Array, missing: Array, rows: Array) -> None:
    n, width = len(texts), texts.dtype.itemsize
    if n == 0 or width == 0 or missing.all():
        return
    if width > _LONGEST:
        long = ~missing & (np.char.str_len(texts) > _LONGEST)
        found.bad |= long
        missing = missing | long
        texts = texts.astype(f"S{_LONGEST}")
        width = _LONGEST
    chars = np.ascontiguousarray(texts).view(np.uint8).reshape(n, width)
    left = np.flatnonzero(~missing)
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
        at = left[same]
        _read_pattern(found, pattern, some if same.all() else some[same], at, texts, rows)
        left = left[~same]
    found.bad[left] = True


def _read_pattern(found: Written, pattern: str, chars: Array, at: Array, texts: Array, rows: Array) -> None:
    """Take in the texts `at` that are all written alike."""
    parts = NUMBER.fullmatch(pattern)
    if parts:
        return _take_numbers(found, _Digits(chars, parts), at, texts, rows)
    parts = SHORT.fullmatch(pattern)
    if parts:
        return _take_short(found, _Digits(chars, parts), at)
    for known in DATES:
        parts = known.fullmatch(pattern)
        if parts and month_of(parts) is not None:
            break
    else:
        found.bad[at] = True
        return _forgive(found, at, texts)
    return _take(found, _Digits(chars, parts), at, texts, rows)


def _forgive(found: Written, at: Array, texts: Array) -> None:
    """Of the texts `at`, none of which is a time, those that say there is none are missing."""
    distinct, which = np.unique(texts[at], return_inverse=True)
    none = np.array([says_no_time(t.decode("ascii", "replace")) for t in distinct])
    found.bad[at] = ~none[which]


@dataclass(frozen=True)
class _Digits:
    """n texts of one writing (uint8 (n, width)) and where its parts stand."""

    chars: Array
    parts: re.Match[str]

    def has(self, part: str) -> bool:
        return self.parts.groupdict().get(part) is not None

    def number(self, part: str, missing: int = 0) -> Array:
        """int64 (n,) of a part; (1,), to broadcast, where the writing has no such part."""
        if not self.has(part):
            return np.full(1, missing)
        first, end = self.parts.span(part)
        return self._digits(first, end)

    def billionths(self, part: str = "f") -> Array:
        """A fraction's first nine digits, of 10⁹."""
        if not self.parts.groupdict().get(part):
            return np.zeros(1, dtype=np.int64)
        first, end = self.parts.span(part)
        end = min(end, first + 9)
        return np.asarray(self._digits(first, end) * 10 ** (9 - (end - first)))

    def _digits(self, first: int, end: int) -> Array:
        total: Array = self.chars[:, first].astype(np.int64) - 48
        for j in range(first + 1, end):
            total *= 10
            total += self.chars[:, j]
            total -= 48
        return total


def _take_numbers(found: Written, digits: _Digits, at: Array, texts: Array, rows: Array) -> None:
    whole = digits.number("whole") * (-1 if digits.parts["minus"] else 1)
    part = np.broadcast_to(digits.billionths(), whole.shape)
    clock, offset, grain, bad, units = from_numbers(whole, part, found.since_1904)
    found.clock[at], found.offset[at], found.grain[at], found.bad[at] = clock, offset, grain, bad
    found.units.update(units)
    serial = are_serials(whole)
    if serial.any():
        if found.serial is None:
            found.serial = np.zeros(len(found.clock), dtype=bool)
        found.serial[at] = serial
        days = clock[serial] // _DAY_NS
        found.evidence.sure.take(
            days, day_of_month(days), lambda i: texts[at[serial][i]].decode().strip(), rows[at[serial]]
        )


def _take_short(found: Written, digits: _Digits, at: Array) -> None:
    decimals = len(digits.parts["f"] or "")
    lead = digits.number("lead") * (-1 if digits.parts["minus"] else 1)
    read, lost = from_short(lead, digits.number("f"), decimals, digits.number("e"))
    clock, offset, grain, bad, units = read
    found.clock[at], found.offset[at], found.grain[at] = (
        np.where(lost, NAT, clock),
        np.where(lost, NAIVE, offset),
        np.where(lost, NO_TIME, grain),
    )
    found.bad[at] = bad | lost
    if lost.any():
        found.short = np.zeros(len(found.clock), dtype=bool) if found.short is None else found.short
        found.short[at[lost]] = True
    found.units.update(units)


def _take(found: Written, digits: _Digits, at: Array, texts: Array, rows: Array) -> None:
    """Take in texts of one writing: dates in their order at once, the others when it is known."""
    of_day, bad = _time_of_day(digits)
    offset, wrong = _offset(digits)
    bad = bad | wrong
    two_digits = digits.parts["Y"] == "00"
    grain = MOMENT if digits.has("H") else DAY
    if (of_day >= _DAY_NS).any():
        found.late = np.zeros(len(found.clock), dtype=bool) if found.late is None else found.late
        found.late[at] = of_day >= _DAY_NS
    if digits.has("a"):
        numbers = np.stack([digits.number(p) for p in ("a", "b", "Y")])
        found.evidence.take(numbers, two_digits, lambda i: texts[at[i]].decode("ascii", "replace").strip(), rows[at])
        found.undecided.append(Undecided(at, numbers, two_digits, of_day, offset, bad, grain))
        return
    year = digits.number("Y")
    if two_digits:
        year = year + np.where(year < 70, 2000, 1900)
    named = month_of(digits.parts)
    days, none = days_of(year, np.full(1, named) if named else digits.number("m"), digits.number("d", 1))
    bad = np.broadcast_to(bad | none, len(at))
    found.clock[at] = np.where(bad, NAT, days * _DAY_NS + of_day)
    found.offset[at] = np.where(bad, NAIVE, offset)
    found.grain[at] = np.where(bad, NO_TIME, grain if digits.has("d") else MONTH)
    found.bad[at] = bad
    if bad.any():
        _forgive(found, at[bad], texts)
    if digits.has("d"):
        if digits.has("m"):
            second, third = digits.number("m"), digits.number("d")
            sure, other = found.evidence.sure, at[(second > 12) & (second <= 31) & (third >= 1) & (third <= 12)]
            sure.day_second += len(other)
            if len(other) and sure.day_second_example is None:
                sure.day_second_example = texts[other[0]].decode("ascii", "replace").strip(), int(rows[other[0]])
        good = np.flatnonzero(~bad)
        found.evidence.sure.take(
            days[good],
            digits.number("d")[good],
            lambda i: texts[at[good[i]]].decode("ascii", "replace").strip(),
            rows[at[good]],
        )


def _time_of_day(digits: _Digits) -> tuple[Array, Array]:
    """Nanoseconds since midnight, and which are no time of day."""
    hour, minute, second = (digits.number(p) for p in "HMS")
    half = digits.parts.groupdict().get("half")
    bad = (minute > 59) | (second > 60)
    if half:
        bad = bad | (hour < 1) | (hour > 12)
        hour = hour % 12 + (12 if half in "pP" else 0)
    else:
        bad = bad | (hour > 24) | ((hour == 24) & (minute + second > 0))
    return (hour * 3_600 + minute * 60 + second) * _NS + digits.billionths(), bad


def _offset(digits: _Digits) -> tuple[Array, Array]:
    """Minutes east of UTC (`NAIVE` where none is written), and which are no offset."""
    zone = digits.parts.groupdict().get("zone")
    if zone is None:
        return np.full(1, NAIVE), np.zeros(1, dtype=bool)
    if not digits.has("sign"):
        return np.full(1, 60 if zone.upper() == "BST" else 0, dtype=np.int16), np.zeros(1, dtype=bool)
    shift = digits.number("oh") * 60 + digits.number("om")
    bad = shift > 18 * 60
    return (shift if digits.parts["sign"] == "+" else -shift).astype(np.int16), bad

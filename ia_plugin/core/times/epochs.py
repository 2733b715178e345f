"""Times written as numbers: seconds to nanoseconds since 1970, ticks, days of a spreadsheet, dates without separators.

Each number has one sense that falls in the years of police radios and records, so that it is read by itself: a column
that changed from seconds to milliseconds on the way is read as it was written. What falls in no year is no time.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from ..arrays import Array
from .grains import DAY, MOMENT, NAIVE, NAT, NO_TIME
from .months import days_of
from .since_1904 import LATER

_NS = 1_000_000_000
_DAY_NS = 86_400 * _NS
_FIRST, _LAST = 631_152_000, 3_786_912_000  # 1990 and 2090, seconds since 1970
_SINCE_1970 = {"seconds": _NS, "milliseconds": 1_000_000, "microseconds": 1_000, "nanoseconds": 1}
SERIAL, SERIAL_1904 = "days of a spreadsheet, counted from 1900", "days of a spreadsheet, counted from 1904"
_SERIAL_ZERO = 25_569  # 1970-01-01 in days since 1899-12-30
_SERIALS = (_FIRST // 86_400 + _SERIAL_ZERO, _LAST // 86_400 + _SERIAL_ZERO)
TICKS, FILETIME = "ticks of .NET, 100 ns since the year 1", "file times of Windows, 100 ns since 1601 in UTC"
_TICK_NS, _TICKS_OF_A_SECOND = 100, 10_000_000
_TICK_ZERO = {TICKS: 621_355_968_000_000_000, FILETIME: 116_444_736_000_000_000}  # 1970-01-01 on each scale
_COMPACT = {8: "dates as 20240630", 12: "dates as 202406301159", 14: "dates as 20240630115959"}


def from_numbers(
    whole: Array, billionths: Array, since_1904: bool = False
) -> tuple[Array, Array, Array, Array, Counter[str]]:
    """Clock readings of numbers.

    Parameters
    ----------
    whole, billionths : int64 (n,), each number's whole part and the rest
    since_1904 : whether a spreadsheet's days are counted from 1904

    Returns
    -------
    (clock, offset, grain, bad, units): int64 ns, int16 minutes (a spreadsheet's days, dates and ticks of .NET are a clock's
    readings, counts since 1970 and file times of Windows are UTC), uint8, bool; and how many numbers were read in each unit. 0 and -1 stand for no time.
    """
    n = len(whole)
    clock, offset = np.full(n, NAT), np.full(n, NAIVE)
    grain = np.full(n, NO_TIME, dtype=np.uint8)
    bad = ~np.isin(whole, (0, -1))
    units: Counter[str] = Counter()

    def read(which: Array, unit: str, values: Array, of_day: bool, in_utc: bool = False) -> None:
        clock[which], bad[which] = values, False
        grain[which] = np.where(values % _DAY_NS == 0, DAY, MOMENT) if of_day else MOMENT
        if in_utc:
            offset[which] = 0
        units[unit] += int(which.sum())

    ticks = {unit: _are_ticks(whole, unit) for unit in _TICK_ZERO}
    for unit, which in ticks.items():
        if which.any():
            read(which, unit, (whole[which] - _TICK_ZERO[unit]) * _TICK_NS, False, unit == FILETIME)
    for unit, ns in _SINCE_1970.items():
        scale = _NS // ns
        # As nanoseconds ticks of our years would be of 1990, when no radio told its place.
        which = (whole >= _FIRST * scale) & (whole < _LAST * scale) & ~ticks[TICKS]
        if which.any():
            read(which, unit, whole[which] * ns + billionths[which] * ns // _NS, False, True)
    which = are_serials(whole)
    if which.any():
        # Spreadsheets keep days as floats and print a few digits of them: whole seconds are all that is sure.
        seconds = np.round(billionths[which] / 1e9 * 86_400).astype(np.int64)
        days = whole[which] - _SERIAL_ZERO + (LATER if since_1904 else 0)
        read(which, SERIAL_1904 if since_1904 else SERIAL, days * _DAY_NS + seconds * _NS, True)
    for digits, unit in _COMPACT.items():
        low = 10 ** (digits - 8)
        which = (whole >= 19_900_101 * low) & (whole < 20_900_101 * low) & (billionths == 0)
        if which.any():
            values, wrong = _compact(whole[which], digits)
            read(which, unit, np.where(wrong, NAT, values), digits == 8)
            bad[np.flatnonzero(which)[wrong]] = True
            grain[bad] = NO_TIME
    return clock, offset, grain, bad, units


def are_serials(whole: Array) -> Array:
    """Which numbers are days of a spreadsheet (bool, n)."""
    return np.asarray((whole >= _SERIALS[0]) & (whole < _SERIALS[1]))


def _are_ticks(whole: Array, unit: str) -> Array:
    zero = _TICK_ZERO[unit]
    first, last = (zero + seconds * _TICKS_OF_A_SECOND for seconds in (_FIRST, _LAST))
    return np.asarray((whole >= first) & (whole < last))


def per_second(whole: Array) -> Array:
    """How many of its unit make a second, of each number of a count since 1970; 1 of all others (int64, n).

    >>> per_second(np.array([1_717_408_800, 1_717_408_800_000, 45_446])).tolist()
    [1, 1000, 1]
    """
    found = np.ones(len(whole), dtype=np.int64)
    for ns in _SINCE_1970.values():
        scale = _NS // ns
        found[(whole >= _FIRST * scale) & (whole < _LAST * scale)] = scale
    for unit in _TICK_ZERO:
        found[_are_ticks(whole, unit)] = _TICKS_OF_A_SECOND
    return found


def split(numbers: Array) -> tuple[Array, Array, Array]:
    """(whole, billionths, missing) of an array of ints or floats."""
    if numbers.dtype.kind in "iu":
        return numbers.astype(np.int64), np.zeros(len(numbers), np.int64), np.zeros(len(numbers), bool)
    missing = np.isnan(numbers)
    filled = np.where(missing, 0.0, np.where(np.abs(numbers) > 9e18, 1.0, numbers))  # 1 is no time of ours either
    whole = np.floor(filled)
    return whole.astype(np.int64), np.round((filled - whole) * 1e9).astype(np.int64), missing


def _compact(whole: Array, digits: int) -> tuple[Array, Array]:
    """Readings of 20240630, 202406301159 and 20240630115959, and which are none."""
    rest = whole * 10 ** (14 - digits)
    second, minute, hour = rest % 100, rest // 100 % 100, rest // 10_000 % 100
    date = rest // 1_000_000
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    days, wrong = days_of(year, month, day)
    wrong |= (hour > 23) | (minute > 59) | (second > 59)
    return (days * 86_400 + hour * 3_600 + minute * 60 + second) * _NS, wrong

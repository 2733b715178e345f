"""Ends that stand for "no end known": one rule for windows of crimes, postings, turns of duty and areas.

Systems that cannot leave an end empty write the last or the first day they know: 9999-12-31, 31-DEC-4712 (Oracle), 2099,
01/01/1900, 0001-01-01, "present". None of them is the day on which anything ended.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..arrays import Bools
from .months import EARLIEST, LATEST

FIRST_END, LAST_END = pd.Timestamp("1970-01-02", tz="UTC"), pd.Timestamp("2070-01-01", tz="UTC")
"""Ends before the first or from the last on are fillers: no record of a police force ended then, and none is planned so far."""
END_OF_32_BITS = (pd.Timestamp("2038-01-19", tz="UTC"), pd.Timestamp("2038-01-20", tz="UTC"))
"""The day on which seconds since 1970 outgrow 32 bits, another filler."""
NO_END = "ends stand for no end (such as 9999, 2099 or 1900): no end is known"

_WORDS = frozenset(
    "infinity +infinity present current ongoing open openended open-ended never noend tilldate todate ufn forever".split()
) | {"to date", "till date", "no end", "open ended", "until further notice", "to present"}  # fmt: skip
_YEAR = re.compile(
    r"'?(?:(?P<a>\d{4})[-/. ]\d{1,2}[-/. ]\d{1,2}(?!\d).*"
    r"|(?P<b>\d{4})\d{4}(?:[T ]?\d{4}|[T ]?\d{6})?"
    r"|(?:[A-Za-z]{3,9},? )?\d{1,2}[-/. ]?(?:\d{1,2}|[A-Za-z]{3,9})[-/. ,]{1,2}(?P<c>\d{4})(?!\d).*"
    r"|[A-Za-z]{3,9} \d{1,2},? (?P<d>\d{4})(?!\d).*)"
)
_DAYS = ((1.0, 3.0), (62_092.0, 2_958_466.0))  # of a spreadsheet: 1900-01-01 and 1900-01-02; 2070 to 9999
_SECONDS = ((-62_135_683_200.0, -2e9), (3_155_760_000.0, 253_402_387_200.0))  # since 1970: 0001 to 1906; 2070 to 9999
_TICKS = (3.1553e18, 3.1554e18)  # the last of .NET


def open_ends(values: pd.Series) -> Bools:
    """Which cells of a column of ends are written as fillers, whatever their form (bool, n).

    Years beyond 2261 are no moments that 64 bits count, so that they are told before the column is read.

    >>> open_ends(pd.Series(["31/12/9999", "31-DEC-4712", "2024-06-03", "2958465", "present", None])).tolist()
    [True, True, False, True, True, False]
    """
    codes, uniques = pd.factorize(values)
    written = np.array([_is_filler(u) for u in uniques] + [False], dtype=bool)
    return np.asarray(written[codes])


def fillers(ends: pd.Series) -> Bools:
    """Which moments (UTC) are no ends: far in the past or the future, or the last of 32 bits (bool, n).

    >>> fillers(pd.Series(pd.to_datetime(["1900-01-01", "2024-06-03", "2099-12-31", None], utc=True))).tolist()
    [True, False, True, False]
    """
    low, high = END_OF_32_BITS
    return np.asarray((ends < FIRST_END) | (ends >= LAST_END) | ((ends >= low) & (ends < high)), dtype=bool)


def _is_filler(value: object) -> bool:
    text = " ".join(str(value).split())
    if text.lower() in _WORDS:
        return True
    match = _YEAR.fullmatch(text)
    if match:
        year = int(next(y for y in match.groups() if y is not None))
        return not FIRST_END.year <= year < LAST_END.year or not EARLIEST <= year <= LATEST
    try:
        number = float(text)
    except ValueError:
        return False
    scaled = [(low * k, high * k) for k in (1, 1e3, 1e6, 1e9) for low, high in _SECONDS]
    return any(low <= number < high for low, high in (*_DAYS, *scaled, _TICKS))

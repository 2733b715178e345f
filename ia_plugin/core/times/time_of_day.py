"""Times of day in a column of their own, to go with a date in another."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..arrays import Array
from .grains import NAIVE, NAT
from .written import read_written, says_no_time

_DAY_NS = 86_400 * 1_000_000_000
_ANY_DAY = "2000-01-01 "
_ANY_DAY_NS = int(pd.Timestamp(_ANY_DAY).value)
ZERO_DAY = (
    r"(?:(?:1899-12-3[01]|1900-01-0[01]|1904-01-01|1970-01-01|2000-01-01|0001-01-01"
    r"|3[01]/12/1899|12/3[01]/1899|0?[01]/0?[01]/1900|0?1/0?1/(?:1904|1970|2000|0001))[T ]+|0 days[ ,]+)"
)
"""The day that a spreadsheet, a database or a program puts before a time of day that has none, as a pattern."""
_BEFORE = re.compile(ZERO_DAY + r"(?=\d)")


@dataclass(frozen=True)
class TimesOfDay:
    """Nanoseconds since midnight (int64 (n,)), offset (int16), and which cells are empty or no time of day (bool)."""

    ns: Array
    offset: Array
    missing: Array
    bad: Array


def times_of_day(values: pd.Series) -> TimesOfDay:
    """Read a column of times of day: 10:00, 10.00, 1000, 645, 064500, 6:45 pm, 10:00Z, 0.4166667 of a day, times.

    >>> times_of_day(pd.Series(["6:45 pm", None])).ns.tolist()[0] / 3.6e12
    18.75
    """
    codes, uniques = pd.factorize(values)
    words = ["" if u is None or u != u else _spelled(str(u).strip()) for u in uniques]
    found = read_written(np.array([_ANY_DAY + w if w else None for w in words] + [None], dtype=object))
    known = found.clock != NAT
    ns = np.where(known, found.clock - _ANY_DAY_NS, 0)
    missing = np.array([not w for w in words] + [True], dtype=bool)
    return TimesOfDay(ns[codes], np.where(known, found.offset, NAIVE)[codes], missing[codes], found.bad[codes])


def _spelled(text: str) -> str:
    """A time of day as HH:MM:SS; "" where the cell says that there is none."""
    if says_no_time(text):
        return ""
    text = _BEFORE.sub("", text)
    if re.fullmatch(r"0?[.,]\d+", text):  # a spreadsheet's share of the day
        seconds = round(float(text.replace(",", ".")) * 86_400) % 86_400
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    text = re.sub(r"^(\d+)\.0$", r"\1", text)
    if text.isdigit() and len(text) <= 6:
        text = text.zfill(4) if len(text) <= 4 else text.zfill(6)
        return ":".join(text[i : i + 2] for i in range(0, len(text), 2))
    return text

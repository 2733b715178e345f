"""Fixes whose time is far from that of all others of their file: a clock that was wrong, and no officer's whereabouts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Array
from ..times.date_order import in_words
from .accounts import Account

YEAR = 366  # days without a fix beyond which a part of the file stands apart
FEW_SHARE, FEW = 0.05, 10
"""A part is few, and so doubted, by its share of the largest part or by its rows: two periods that are compared are not."""
GPS_WEEKS = 1024 * 7  # days after which the week of GPS counts from 0 again
_NEAR = 31
_DAY_NS = 86_400 * 1_000_000_000


class DaysSeen:
    """The days of a file's fixes, part by part: how many each has, and its first row."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, time: pd.Series, rows: Array) -> None:
        """Take in the moments (``datetime64[ns]``, n) of rows with these numbers."""
        day = time.to_numpy(dtype="datetime64[ns]").astype(np.int64) // _DAY_NS
        seen = pd.DataFrame({"day": day, "row": np.asarray(rows)}).groupby("day")["row"].agg(["size", "min"])
        self._parts.append(seen)

    def tell(self, account: Account) -> None:
        """Warn of the parts that are few and more than a year from all others, or exactly 1,024 weeks of GPS from most."""
        for what, rows in self._doubts():
            account.warn(what, rows)

    def _doubts(self) -> list[tuple[str, int]]:
        parts = [p for p in self._parts if len(p)]
        if not parts:
            return []
        seen = pd.concat(parts).groupby(level=0).agg({"size": "sum", "min": "min"}).sort_index()
        days = seen.index.to_numpy()
        groups = [g for _, g in seen.groupby(np.cumsum(np.diff(days, prepend=days[0]) > YEAR))]
        most = max(groups, key=lambda g: int(g["size"].sum()))
        return [(self._words(g, most), int(g["size"].sum())) for g in groups if g is not most and _is_stray(g, most)]

    def _words(self, few: pd.DataFrame, most: pd.DataFrame) -> str:
        first, last = (in_words(int(few.index[k])) for k in (0, -1))
        when = f"{first}{'' if first == last else f' to {last}'}, first in row {few['min'].min()}"
        if _weeks_apart(few, most):
            return (
                f"fixes are 1,024 weeks before the others ({when}): the week count of GPS began anew in their radio. Add 7,168 days to "
                "their times, or leave them out"
            )
        return f"fixes are more than a year from all others of the file ({when}): see whether the clock of their radio was wrong"


def _is_stray(few: pd.DataFrame, most: pd.DataFrame) -> bool:
    rows, of = int(few["size"].sum()), int(most["size"].sum())
    return rows < of and (rows <= max(FEW, FEW_SHARE * of) or _weeks_apart(few, most))


def _weeks_apart(few: pd.DataFrame, most: pd.DataFrame) -> bool:
    low, high = int(few.index[0]) + GPS_WEEKS, int(few.index[-1]) + GPS_WEEKS
    return bool(low >= most.index[0] - _NEAR and high <= most.index[-1] + _NEAR)

"""Faults planted in clean fixes, each listed, so that a quality report can be tested on what it must find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Fault = Callable[[pd.DataFrame, Rows], pd.DataFrame]


def _duplicates(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    return pd.concat([fixes, fixes.iloc[rows]], ignore_index=True)


def _swapped(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    x = fixes["x"].to_numpy(copy=True)
    y = fixes["y"].to_numpy(copy=True)
    x[rows], y[rows] = y[rows], x[rows].copy()
    return fixes.assign(x=x, y=y)


def _jumps(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    x = fixes["x"].to_numpy(copy=True)
    x[rows] += 150_000.0
    return fixes.assign(x=x)


def _missing(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    x = fixes["x"].to_numpy(copy=True)
    x[rows] = np.nan
    return fixes.assign(x=x)


def _zero(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    x, y = fixes["x"].to_numpy(copy=True), fixes["y"].to_numpy(copy=True)
    x[rows] = y[rows] = 0.0
    return fixes.assign(x=x, y=y)


def _clock(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """One officer's radio runs an hour ahead: an offset written twice."""
    officer = fixes["officer_id"].iloc[rows[0]]
    ahead = (fixes["officer_id"] == officer).to_numpy()
    return fixes.assign(time=fixes["time"].where(~ahead, fixes["time"] + pd.Timedelta(hours=1)))


def _future(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    time = fixes["time"].copy()
    time.iloc[rows] = pd.Timestamp("2099-01-01T00:00:00Z")
    return fixes.assign(time=time)


def _rounded(fixes: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    x, y = fixes["x"].to_numpy(copy=True), fixes["y"].to_numpy(copy=True)
    x[rows], y[rows] = np.round(x[rows], -3), np.round(y[rows], -3)
    return fixes.assign(x=x, y=y)


FAULTS: dict[str, Fault] = {
    "duplicates": _duplicates,
    "swapped": _swapped,
    "jumps": _jumps,
    "missing": _missing,
    "zero": _zero,
    "clock": _clock,
    "future": _future,
    "rounded": _rounded,
}


def plant_faults(
    fixes: pd.DataFrame, kinds: Sequence[str] = tuple(FAULTS), *, share: float = 0.005, seed: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fixes with faults, and the list of what was planted.

    Parameters
    ----------
    fixes : clean fixes with ``source_ref``
    kinds : some of :data:`FAULTS`
    share : share of the rows for each kind

    Returns
    -------
    (fixes, faults); `faults` has one row for each row touched: ``kind``, ``source_ref``.
    """
    rng = np.random.default_rng(seed)
    rows = max(1, int(len(fixes) * share))
    chosen = rng.permutation(len(fixes))[: rows * len(kinds)]
    planted, listed = fixes.reset_index(drop=True), []
    for i, kind in enumerate(kinds):
        part = np.sort(chosen[i * rows : (i + 1) * rows])
        listed.append(pd.DataFrame({"kind": kind, "source_ref": fixes["source_ref"].iloc[part].to_numpy()}))
        planted = FAULTS[kind](planted, part)
    return planted, pd.concat(listed, ignore_index=True)

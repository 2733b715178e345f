"""Clocks: times far from the rest, and officers or units whose clock is off by hours."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Array, Bools, Floats, Rows
from ..params import QualityParams
from ..times.instants import nanoseconds
from ..words import amount, share_of
from .findings import Findings, Seen
from .radios import TURN_S

WINDOW_H = 20 / 60  # starts this close are of one shift pattern
_SHIFTS = (-1.0, 1.0, -2.0, 2.0)


def clocks(seen: Seen, found: Findings, params: QualityParams, duties: Optional[pd.DataFrame]) -> None:
    """Look at the times."""
    if not len(seen):
        return
    middle = np.median(seen.stamp)
    spread = np.quantile(np.abs(seen.stamp - middle), 0.99)
    away = np.abs(seen.stamp - middle) > max(4 * spread, spread + 60 * 86_400e9)
    n = int(away.sum())
    if n:
        found.add(
            "clocks", "stray_times", True, n, "rows", f"{n:,} rows ({share_of(n, len(seen))}) have times far from all others (years such as 1970 or 2099).",
            "They belong to no day that was asked about.", "Kept; out of range ones are dropped when fixes are cleaned.",
        )  # fmt: skip
    if duties is not None and len(duties):
        _against_duties(seen, found, params, duties, ~away)
    else:
        _against_others(seen, found, params, ~away)


def _starts(seen: Seen, good: Bools) -> tuple[Rows, Rows]:
    """Rows that begin a turn, and rows that end one."""
    first = (~seen.moves | (seen.seconds >= TURN_S)) & good
    last = np.r_[first[1:], True] & good
    return np.flatnonzero(first), np.flatnonzero(last)


def _against_duties(seen: Seen, found: Findings, params: QualityParams, duties: pd.DataFrame, good: Bools) -> None:
    """Turns seen too early or too late by the duty table, at both ends alike."""
    first, last = _starts(seen, good)
    known = pd.Index(seen.officers).get_indexer(duties["officer_id"].astype(str))
    start, end = nanoseconds(duties["start"]), nanoseconds(duties["end"])
    offsets = []
    for rows, on_duty in ((first, start), (last, end)):
        turns = pd.DataFrame({"o": seen.officer[rows], "t": seen.stamp[rows]}).sort_values("t")
        table = pd.DataFrame({"o": known, "d": on_duty, "t": on_duty}).query("o >= 0").sort_values("t")
        table["o"] = table["o"].astype(turns["o"].dtype)
        joined = pd.merge_asof(turns, table, on="t", by="o", direction="nearest", tolerance=4 * 3_600_000_000_000)
        offsets.append(joined.assign(h=(joined["t"] - joined["d"]) / 3.6e12).dropna().groupby("o")["h"].median())
    both = pd.concat(offsets, axis=1, keys=["start", "end"]).dropna()
    limit = params.clock_h
    off = both[(both.min(axis=1) >= limit) | (both.max(axis=1) <= -limit)]
    _say(seen, found, off.mean(axis=1))


def _against_others(seen: Seen, found: Findings, params: QualityParams, good: Bools) -> None:
    """Units, and officers, whose turns begin and end where hardly any other does, but would fit an hour or two away."""
    ends = _starts(seen, good)
    if min(len(np.unique(seen.officer[rows])) for rows in ends) < 20:
        return
    units = _misfits(seen, ends, seen.unit) if len(seen.units) > 1 else pd.Series(dtype=float)
    if len(units):
        officers = np.unique(seen.officer[np.isin(seen.unit, units.index.to_numpy())])
        _say(seen, found, pd.Series(float(units.median()), index=officers))
        return
    _say(seen, found, _misfits(seen, ends, seen.officer))


def _misfits(seen: Seen, ends: tuple[Rows, Rows], group: Array) -> pd.Series:
    """Hours by which each misfitting group is off."""
    fits = []
    for rows in ends:
        hours, groups = seen.hour[rows], group[rows]
        table = pd.DataFrame({"g": groups})
        for shift in (0.0, *_SHIFTS):
            table[shift] = _near(hours, hours + shift)
        for _, at in pd.Series(np.arange(len(groups))).groupby(groups):
            own = hours[at.to_numpy()]
            for shift in (0.0, *_SHIFTS):
                table.loc[at, shift] = table.loc[at, shift] - _near(own, own + shift)
        fits.append(table.groupby("g").mean())
    off = {}
    for g in fits[0].index.intersection(fits[1].index):
        a, b = fits[0].loc[g], fits[1].loc[g]
        best = max(_SHIFTS, key=lambda s: min(a[s], b[s]))
        if all(f[best] >= max(5.0, 10.0 * max(f[0.0], 0.3)) for f in (a, b)):
            off[g] = -best
    return pd.Series(off, dtype=float)


def _near(hours: Floats, at: Floats) -> Rows:
    """How many of `hours` lie within the window about each of `at`, round the clock."""
    ring = np.sort(np.r_[hours - 24, hours, hours + 24])
    return np.searchsorted(ring, at + WINDOW_H, "right") - np.searchsorted(ring, at - WINDOW_H, "left")


def _say(seen: Seen, found: Findings, off: pd.Series) -> None:
    """One finding for all of those: no officer is named."""
    if not len(off):
        return
    hours = float(off.median())
    units = sorted({seen.units[u] for u in np.unique(seen.unit[np.isin(seen.officer, off.index.to_numpy())])})
    few = len(off) < seen.least
    # Of so few neither the unit nor the number of their reports is told: it would be of one officer, as often as not.
    rows = int(np.isin(seen.officer, off.index.to_numpy()).sum())
    whose = f"fewer than {seen.least} officers' radios" if few else f"{len(off):,} officers' radios ({rows:,} rows; {', '.join(units[:3])})"  # fmt: skip
    found.add(
        "clocks", "clock_skew", True, hours, "h",
        f"The clocks of {whose} seem to be {amount(abs(hours), 'h')} {'ahead' if hours > 0 else 'behind'}.",
        "Their time falls into wrong hours, and events are matched with the wrong officers. Often an offset that was added twice or not at all.",
        "Kept as they are. Check the time zone of the extract.", subject=units[0] if len(units) == 1 and not few else "all",
    )  # fmt: skip

"""Positions: far away, exchanged, at zero, rounded, snapped, repeated, impossible to reach; at stations."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import pandas as pd
import shapely

from ..areas import sites_of
from ..doubtful_positions import (
    EXCHANGED,
    FAR,
    FILLER,
    OUTSIDE,
    SIGN_LOST,
    WORDS,
    ZERO,
    doubtful_positions,
    is_zero,
)
from ..fixes import clean_fixes
from ..params import CleanParams, QualityParams
from ..words import amount, share_of
from .findings import Findings, Seen, share

DROPPED, KEPT = "Dropped and counted.", "Kept as it is."
_UNREACHED = "Kept; those that cannot be reached are dropped as impossible jumps."
_NOWHERE = "A radio that does not know where it is; such rows would draw officers across the country."
_ELSEWHERE = "Outside the force: another force's aid, an officer abroad, or a wrong position."
_WRONG = "They lie outside the force and would be lost, or drawn as impossible moves."
_MEANS = {ZERO: _NOWHERE, FILLER: _NOWHERE, EXCHANGED: _WRONG, SIGN_LOST: _WRONG, OUTSIDE: _ELSEWHERE, FAR: _ELSEWHERE}


def positions(
    seen: Seen,
    found: Findings,
    params: QualityParams,
    areas: Optional[pd.DataFrame],
    epsg: Optional[int] = None,
) -> pd.DataFrame:
    """Look at the positions; gives the most frequent resting places, none of fewer than five officers."""
    n = len(seen)
    if not n:
        return pd.DataFrame(columns=["x", "y", "officers", "reports"])
    doubts = doubtful_positions(seen.x, seen.y, epsg, far_m=params.far_m)
    for kind, means in _MEANS.items():
        _add(found, kind, doubts[kind], n, WORDS[kind], means, _UNREACHED, params)
    anywhere = np.logical_or.reduce(list(doubts.values()))
    _outside(seen, found, params, areas, anywhere)
    _jumps(seen, found, params, anywhere & ~doubts[FAR] & ~doubts[OUTSIDE])
    _rounded(seen, found, params)
    _snapped(seen, found, params)
    _accuracy(seen, found, params)
    return _resting(seen, found, areas)


def _add(
    found: Findings, finding: str, mask: Any, n: int, words: str, means: str, done: str, params: QualityParams
) -> None:
    k = int(mask.sum())
    if k:
        attention = k >= min(params.min_rows, max(1, 0.001 * n)) and share(k, n) >= params.min_share / 10
        found.add("positions", finding, attention, k, "rows", f"{k:,} rows ({share_of(k, n)}) {words}.", means, done)


def _outside(seen: Seen, found: Findings, params: QualityParams, areas: Optional[pd.DataFrame], known: Any) -> None:
    """Rows outside the force, where areas cover it (a rest, or a force boundary)."""
    if areas is None or "role" not in areas.columns or not (areas["role"] == "rest").any():
        return
    force = shapely.union_all(areas["geometry"].to_numpy(dtype=object))
    shapely.prepare(force)
    out = ~shapely.contains_xy(force, seen.x, seen.y) & ~known
    n = int(out.sum())
    if n:
        found.add(
            "positions", "outside_force", share(n, len(seen)) >= params.outside_share, n, "rows", f"{n:,} rows ({share_of(n, len(seen))}) lie outside the force.",
            "They are in no area; their time is observed time all the same.", KEPT,
        )  # fmt: skip


def _jumps(seen: Seen, found: Findings, params: QualityParams, known: Any) -> None:
    good = ~known
    table = pd.DataFrame(
        {
            "officer_id": seen.officer[good].astype(str),
            "time": pd.to_datetime(seen.stamp[good], utc=True),
            "x": seen.x[good],
            "y": seen.y[good],
        }
    )
    _, report = clean_fixes(table, CleanParams())
    n = report.dropped["impossible_jump"]
    if n:
        limit = CleanParams().max_jump_speed_ms * 2.237
        found.add(
            "positions", "impossible_jumps", n >= min(params.min_rows, max(1, 0.001 * len(seen))), n, "rows",
            f"{n:,} rows ({share_of(n, len(seen))}) could only be reached and left faster than {amount(limit, 'mph')}.",
            "Left in, each would draw two false crossings of the force.", DROPPED,
        )  # fmt: skip


def _rounded(seen: Seen, found: Findings, params: QualityParams) -> None:
    """Positions on a grid of 1 km, 100 m or 10 m, beyond what chance puts there; by unit."""
    for grid in (1000, 100, 10):
        on = (np.abs(np.remainder(seen.x + 0.05, grid)) < 0.1) & (np.abs(np.remainder(seen.y + 0.05, grid)) < 0.1)
        on &= ~is_zero(seen.x, seen.y)
        chance = (0.1 / grid) ** 2
        n = int(on.sum())
        if n >= params.min_rows and share(n, len(seen)) > max(params.min_share, 100 * chance):
            where = np.bincount(seen.unit[on], minlength=len(seen.units)) / np.maximum(
                1, np.bincount(seen.unit, minlength=len(seen.units))
            )
            worst = int(where.argmax())
            only = (
                f", most of them of {seen.units[worst]}"
                if len(seen.units) > 1 and where[worst] > 2 * np.median(where)
                else ""
            )
            found.add(
                "positions", "rounded_position", True, n, "rows", f"{n:,} rows ({share_of(n, len(seen))}) are rounded to {grid} m{only}.",
                f"They can be {amount(grid * 0.7, 'm')} from the truth: too far for small areas and for edges.", KEPT, subject=seen.units[worst] if only else "all",
            )  # fmt: skip
            return


def _snapped(seen: Seen, found: Findings, params: QualityParams) -> None:
    """Moving officers who are seen again and again at the very same spots: cells of the network, not positions."""
    step = seen.metres > 150.0
    moving = step & np.r_[step[1:], False]
    for k, unit in enumerate(seen.units):
        of_unit = moving & (seen.unit == k)
        n = int(of_unit.sum())
        if n < params.min_unit_rows:
            continue
        spots = pd.Series(np.round(seen.x[of_unit], 1) + 1j * np.round(seen.y[of_unit], 1))
        shared = float((spots.groupby(spots).transform("size") >= 3).mean())
        if shared >= params.snapped_share:
            found.add(
                "positions", "snapped_position", True, 100 * shared, "%",
                f"{unit}: {share_of(shared, 1)} of its moving reports share their exact position with others.",
                "Positions are rounded or those of radio cells: time in small areas cannot be measured from them.", KEPT, subject=unit,
            )  # fmt: skip


def _accuracy(seen: Seen, found: Findings, params: QualityParams) -> None:
    accuracy = seen.column("accuracy_m")
    if accuracy is None:
        return
    poor = accuracy > params.poor_accuracy_m
    n = int(poor.sum())
    if n:
        found.add(
            "positions", "poor_accuracy", share(n, len(seen)) > params.poor_share, n, "rows",
            f"{n:,} rows ({share_of(n, len(seen))}) have a position error over {amount(params.poor_accuracy_m, 'm')}.",
            "They widen the range of every figure of a small area.", "Kept; the error enters the estimate.",
        )  # fmt: skip


def _resting(seen: Seen, found: Findings, areas: Optional[pd.DataFrame]) -> pd.DataFrame:
    """Where reports rest most: 100 m squares with at least five officers."""
    still = seen.moves & (seen.metres < 50.0) & (seen.seconds < 3_600)
    sites = sites_of(areas) if areas is not None else pd.DataFrame()
    if len(sites):
        ground = shapely.union_all(sites["geometry"].to_numpy(dtype=object))
        shapely.prepare(ground)
        at = shapely.contains_xy(ground, seen.x, seen.y)
        seconds = np.where(seen.moves & (seen.seconds <= 3_600), seen.seconds, 0.0)
        found.add(
            "radios", "at_sites", False, 100 * share(seconds[at].sum(), seconds.sum()), "%",
            f"{share_of(seconds[at].sum(), seconds.sum())} of the observed time is at police stations and other sites.",
            "It is taken out of headlines and shown beside them.", "Kept apart.",
        )  # fmt: skip
    table = pd.DataFrame(
        {
            "x": np.round(seen.x[still] / 100) * 100,
            "y": np.round(seen.y[still] / 100) * 100,
            "o": seen.officer[still],
            "s": seen.seconds[still],
        }
    )
    places = (
        table.groupby(["x", "y"])
        .agg(officers=("o", "nunique"), reports=("o", "size"), hours=("s", "sum"))
        .reset_index()
    )
    places = places[places["officers"] >= 5].sort_values("hours", ascending=False).head(10)
    places["hours"] = (places["hours"] / 3600).round(1)
    if len(places) and not len(sites):
        hours = places["hours"].sum()
        found.add(
            "radios", "resting_places", False, len(places), "places",
            f"The {len(places)} places where reports rest most hold {amount(hours, 'hours')}; they are likely police stations.",
            "Time there would lead every chart of the area that has a station.", "Kept. Give the stations as areas of role site to take it out.",
        )  # fmt: skip
    return places.reset_index(drop=True)

"""Radios that do not say where their officer is: left in a locker, repeating the last position, taken home."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..params import QualityParams
from ..words import share_of
from .findings import Findings, Seen, share

TURN_S = 6 * 3_600.0  # a silence this long lies between two turns


def turns_of(seen: Seen) -> np.ndarray:  # type: ignore[type-arg]
    """Number of the turn each report belongs to: a new one with each officer and after each long silence."""
    new = ~seen.moves | (seen.seconds >= TURN_S)
    return np.cumsum(new) - 1


def radios(seen: Seen, found: Findings, params: QualityParams) -> None:
    """Look for radios that stay while officers go."""
    if not len(seen):
        return
    _lockers(seen, found, params)
    _stale(seen, found, params)


def _lockers(seen: Seen, found: Findings, params: QualityParams) -> None:
    """Whole turns at one place."""
    turn = turns_of(seen)
    table = pd.DataFrame({"turn": turn, "x": seen.x, "y": seen.y, "t": seen.stamp / 1e9, "o": seen.officer})
    groups = table.groupby("turn")
    middle = groups[["x", "y"]].transform("median")
    off = np.hypot(table["x"] - middle["x"], table["y"] - middle["y"])
    whole = pd.DataFrame(
        {
            "reports": groups.size(),
            "hours": (groups["t"].max() - groups["t"].min()) / 3600,
            "reach": off.groupby(table["turn"]).quantile(0.95),
            "o": groups["o"].first(),
        }
    )
    long = whole[(whole["hours"] >= params.locker_h) & (whole["reports"] >= 10)]
    still = long[long["reach"] <= params.locker_m]
    n = len(still)
    if n:
        found.add(
            "radios", "locker", share(n, len(long)) >= params.locker_share, n, "turns",
            f"{n:,} of {len(long):,} turns ({share_of(n, len(long))}) were spent whole at one place.",
            "Radios left in a locker or a car, or officers at a desk or a scene: counted as presence, they would swell the area they lie in.",
            "Kept. Give stations as areas of role site, or leave such turns out.",
        )  # fmt: skip


def _stale(seen: Seen, found: Findings, params: QualityParams) -> None:
    """Reports that repeat the position before to the last digit while the officer moves."""
    same = seen.moves & (seen.metres == 0) & (seen.seconds > 0)
    # Moving: it came from elsewhere fast, or goes on fast, or the radio itself reports speed.
    speed = np.where(seen.seconds > 0, seen.metres / np.maximum(seen.seconds, 1e-9), 0.0)
    goes_on = np.r_[(speed[1:] > 3.0) & seen.moves[1:], False]
    came = np.r_[False, (speed[:-1] > 3.0) & seen.moves[:-1]]
    moving = came & goes_on
    reported = seen.column("speed_kmh")
    if reported is not None:
        moving = moving | (np.nan_to_num(reported) > 8.0)
    n, whole = int((same & moving).sum()), int((seen.moves & moving).sum())
    if same.any():
        found.add(
            "radios", "stale_position", n >= params.min_rows and share(n, whole) >= params.stale_share, n, "rows",
            f"{n:,} reports of moving officers ({share_of(n, whole)}) repeat the position before to the last digit; {int(same.sum()):,} do in all.",
            "The radio sent its last known position: officers seem to stand, then to jump.", "Kept; the path is taken as standing there.",
        )  # fmt: skip

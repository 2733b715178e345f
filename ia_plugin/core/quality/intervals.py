"""Time between reports: how long, by unit, whether it changed, and how much of each turn was observed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..params import QualityParams, TrackParams
from ..tracks import LONGEST_INTERVAL_S, SHARP_SHARE, SHORTEST_LIMIT_S, gap_limits, near_limit, source_of
from ..words import amount, share_of
from .findings import Findings, Seen, day_name, share

Floats = NDArray[np.float64]


def intervals(seen: Seen, found: Findings, params: QualityParams) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Look at the intervals; gives their quantiles by unit and day, and facts for the summary."""
    used = seen.moves & (seen.seconds > 0) & (seen.seconds <= LONGEST_INTERVAL_S)
    facts: dict[str, Any] = {"median_interval_s": None, "observed_share": None}
    if not used.any():
        return pd.DataFrame(columns=["unit", "day", "median_s", "p90_s", "reports"]), facts
    seconds = seen.seconds
    facts["median_interval_s"] = float(np.median(seconds[used]))
    table = pd.DataFrame({"unit": seen.unit[used], "day": seen.day[used], "s": seconds[used]})
    by_day = table.groupby(["unit", "day"])["s"].agg(["median", lambda s: s.quantile(0.9), "size"]).reset_index()
    by_day.columns = pd.Index(["unit", "day", "median_s", "p90_s", "reports"])
    _changes(by_day, seen, found, params)
    gap = longest_gaps(seen)
    steps = seen.moves & (seconds > 0)
    _sharp(seconds[steps], gap[steps], found)
    for k, unit in enumerate(seen.units):
        of_unit = table["s"][table["unit"] == k]
        if len(of_unit):
            low, mid, high = (float(of_unit.quantile(q)) for q in (0.1, 0.5, 0.9))
            found.add(
                "intervals", "interval", False, mid, "s",
                f"{unit}: half of the reports come within {amount(mid, 's')} of the one before; one in ten sooner than {amount(low, 's')}, one in ten later than {amount(high, 's')}.",
                "The longer the interval, the wider the range of every figure.", "Measured; the longest gap follows from it.", subject=unit,
            )  # fmt: skip
    facts.update(_observed(seen, gap, found, params))
    by_day["unit"] = np.array(seen.units, dtype=object)[by_day["unit"]]
    by_day["day"] = pd.to_datetime(by_day["day"], unit="D")
    return by_day, facts


def _changes(by_day: pd.DataFrame, seen: Seen, found: Findings, params: QualityParams) -> None:
    """Units whose interval changes for good on some day: every day after it beyond every day before it."""
    for k, unit in enumerate(seen.units):
        of_unit = by_day[(by_day["unit"] == k) & (by_day["reports"] >= params.min_unit_rows)].sort_values("day")
        levels, days = of_unit["median_s"].to_numpy(), of_unit["day"].to_numpy()
        best, where = 1.0, 0
        edge = 1 if len(levels) < 6 else 2  # one odd day at an end of a long series is no lasting change
        for i in range(edge, len(levels) - edge + 1):
            before, after = levels[:i], levels[i:]
            if before.max() * 1.2 < after.min() or after.max() * 1.2 < before.min():
                ratio = float(np.median(after) / np.median(before))
                if abs(np.log(ratio)) > abs(np.log(best)):
                    best, where = ratio, i
        if abs(np.log(best)) >= np.log(params.interval_change):
            found.add(
                "intervals", "interval_change", True, best, "times",
                f"{unit}: the time between reports changes on {day_name(days[where])}, from {amount(np.median(levels[:where]), 's')} to {amount(np.median(levels[where:]), 's')}.",
                "A break in the series: before and after differ in what could be seen. Do not compare counts of visits across it.",
                "Kept as it is. Enter the change in the notes, so that every chart shows it.", subject=unit,
            )  # fmt: skip


def longest_gaps(seen: Seen) -> Floats:
    """The longest time that still counts as observed of the step that ends at each row, by its source."""
    source, names = source_of(seen.fixes)
    starts = np.r_[source[:1], source[:-1]]  # a step is of the source it starts from
    limits = gap_limits(np.where(seen.moves, seen.seconds, np.nan), starts)
    by_source = np.array([limits.get(k, SHORTEST_LIMIT_S) for k in range(len(names))], dtype=np.float64)
    return np.asarray(by_source[starts])


def _limits_in_words(gap: Floats) -> str:
    low, high = (amount(v, "s") for v in (gap.min(), gap.max()))
    return low if low == high else f"{low} to {high}, by source"


def _sharp(seconds: Floats, gap: Floats, found: Findings) -> None:
    near = near_limit(seconds, gap)
    if near > SHARP_SHARE:
        found.add(
            "intervals", "sharp_gap", False, 100 * near, "%",
            f"{share_of(near, 1)} of the steps are about as long as the longest gap that counts as observed ({_limits_in_words(gap)}).",
            "A little more or less there changes the observed time much.", "Choose MAX_GAP with care, and say which was used.",
        )  # fmt: skip


def _observed(seen: Seen, gap: Floats, found: Findings, params: QualityParams) -> dict[str, Any]:
    """Share of the time between the first and the last report of a turn that is observed, by unit."""
    turn = TrackParams().between_duties_s
    inside = seen.moves & (seen.seconds > 0) & (seen.seconds < turn)
    observed = inside & (seen.seconds <= gap)
    total, saw = float(seen.seconds[inside].sum()), float(seen.seconds[observed].sum())
    if not total:
        return {}
    silent = inside & ~observed
    still = silent & (seen.metres <= TrackParams().same_place_m)
    hours = float(seen.seconds[silent].sum()) / 3600
    found.add(
        "coverage", "gaps", False, int(silent.sum()), "gaps",
        f"{int(silent.sum()):,} silences longer than {_limits_in_words(gap)}, {amount(hours, 'hours')} in all; {share_of(still.sum(), silent.sum())} of them end where they began.",
        "Time nobody observed is neither presence nor absence; it is reported beside the figures.", "Kept apart as gaps.",
    )  # fmt: skip
    shares = [
        share(seen.seconds[observed & (seen.unit == k)].sum(), seen.seconds[inside & (seen.unit == k)].sum())
        for k in range(len(seen.units))
    ]
    for unit, s, rows in zip(seen.units, shares, np.bincount(seen.unit[inside], minlength=len(seen.units))):
        if rows >= params.min_unit_rows:
            found.add(
                "coverage", "observed", s < params.observed, 100 * s, "%",
                f"{unit}: {share_of(s, 1)} of its turns was observed.", "What was not observed is missing from every figure of this unit.",
                "Reported beside the figures.", subject=unit,
            )  # fmt: skip
    return {"observed_share": share(saw, total)}

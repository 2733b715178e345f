"""Crimes, incidents and searches: without place or time, coarse, many on one point."""

from __future__ import annotations

import pandas as pd

from ..params import QualityParams
from ..words import share_of
from .findings import Findings, share


def events_quality(events: pd.DataFrame, found: Findings, params: QualityParams) -> pd.DataFrame:
    """Look at the events, kind by kind; gives events by month and kind."""
    for kind, records in events.groupby("kind"):
        n, name = len(records), str(kind).replace("_", " and ")
        placeless = int(records["x"].isna().sum())
        if placeless:
            found.add(
                "events", "no_place", share(placeless, n) >= params.min_share, placeless, "events", f"{placeless:,} of {n:,} {name} records ({share_of(placeless, n)}) have no place.",
                "They are in no area: counts by area are too low by them.", "Kept without a place, and counted.", subject=name,
            )  # fmt: skip
        timeless = int(pd.isna(records["start"]).sum())
        if timeless:
            found.add(
                "events", "no_time", share(timeless, n) >= params.min_share, timeless, "events", f"{timeless:,} of {n:,} {name} records have no time.",
                "They are in no period.", "Kept and counted.", subject=name,
            )  # fmt: skip
        month = int((records["time_precision"] == "month").sum())
        if month:
            found.add(
                "events", "month_only", False, month, "events", f"{month:,} of {n:,} {name} records tell the month only.",
                "They take part in monthly totals and in no question of the hour.", "Kept, and refused where an hour is asked for.", subject=name,
            )  # fmt: skip
        placed = records.dropna(subset=["x", "y"])
        if len(placed):
            points = placed.groupby([placed["x"].round(1), placed["y"].round(1)]).size()
            found.add(
                "events", "snapped", False, len(placed) / len(points), "a point",
                f"{len(placed):,} {name} records lie on {len(points):,} points, at most {points.max():,} on one.",
                "Snapped points are not for rings of 100 m or for the edges of polygons." if len(placed) > 1.3 * len(points) else "Places are distinct.",
                "Kept.", subject=name,
            )  # fmt: skip
    months = pd.to_datetime(events["start"], utc=True).dt.tz_localize(None).dt.to_period("M").dt.to_timestamp()
    return events.assign(month=months).groupby(["month", "kind"]).size().rename("events").reset_index()

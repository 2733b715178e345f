"""Turns of one officer, drawn by hand: reports along lines and at places, and the legs between them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def reports(*parts: tuple[Any, ...], day: str = "2024-06-03", zone: str = "Europe/London") -> pd.DataFrame:
    """Reports every five minutes: (first clock, minutes, x, y), or (…, x, y, x1, y1) along a line."""
    rows = []
    for clock, minutes, x, y, *to in parts:
        start = (pd.Timestamp(day) + pd.Timedelta(clock)).tz_localize(zone).tz_convert("UTC")
        steps = np.arange(0, minutes, 5)
        x1, y1 = to or (x, y)
        for k in steps:
            share = k / minutes
            rows.append((start + pd.Timedelta(minutes=int(k)), x + (x1 - x) * share, y + (y1 - y) * share))
    return pd.DataFrame(rows, columns=["time", "x", "y"])


def legs_of(fixes: pd.DataFrame) -> pd.DataFrame:
    """A leg wherever the next report comes within a quarter of an hour."""
    some = fixes.dropna().drop_duplicates("time").reset_index(drop=True)
    after = some.shift(-1)
    legs = pd.DataFrame(
        {
            "start": some["time"],
            "end": after["time"],
            "x0": some["x"],
            "y0": some["y"],
            "x1": after["x"],
            "y1": after["y"],
        }
    )
    seconds = (legs["end"] - legs["start"]).dt.total_seconds()
    return legs.assign(duration_s=seconds, distance_m=1.0, speed_kmh=1.0)[seconds <= 900].reset_index(drop=True)

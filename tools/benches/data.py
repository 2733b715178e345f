"""Invented fixes and areas for the benches, the same at each run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

WEST, SOUTH, WIDE, HIGH = 400_000.0, 280_000.0, 50_000.0, 20_000.0  # about a force's ground, metres


def fixes(n: int, *, a_shift: int = 240, seconds: int = 120, seed: int = 1) -> pd.DataFrame:
    """`n` fixes of officers who wander 250 m between fixes, `a_shift` fixes each."""
    rng = np.random.default_rng(seed)
    officers = -(-n // a_shift)
    walk = rng.normal(0, 250, (2, officers, a_shift)).cumsum(axis=2)
    # Reflected at the edges of the ground.
    x = np.abs((walk[0] + rng.uniform(0, WIDE, (officers, 1)) + WIDE) % (2 * WIDE) - WIDE) + WEST
    y = np.abs((walk[1] + rng.uniform(0, HIGH, (officers, 1)) + HIGH) % (2 * HIGH) - HIGH) + SOUTH
    start = np.int64(pd.Timestamp("2024-06-03T06:00:00").value) + rng.integers(0, 86_400, (officers, 1)) * 10**9
    t = start + np.arange(a_shift) * np.int64(seconds * 10**9)
    names = [f"p{i:024x}" for i in range(officers)]
    who = pd.Categorical.from_codes(np.repeat(np.arange(officers), a_shift), names)
    table = pd.DataFrame(
        {"officer_id": who, "time": pd.to_datetime(t.ravel(), utc=True), "x": x.ravel(), "y": y.ravel()}
    )
    return table.iloc[:n]


def areas(count: int = 39, vertices: int = 200, *, km2: float = 1.9, seed: int = 2) -> pd.DataFrame:
    """`count` ragged blobs of `vertices` vertices and about `km2` each; they may overlap."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    radius = 1000 * np.sqrt(km2 / np.pi)
    waves = np.arange(2, 9)
    shapes = []
    for _ in range(count):
        r = radius * (
            1 + (0.25 / waves * rng.normal(size=7)) @ np.cos(np.outer(waves, angle) + rng.uniform(0, 6.3, (7, 1)))
        )
        r = np.maximum(r, 0.2 * radius)
        centre = rng.uniform([WEST + 1500, SOUTH + 1500], [WEST + WIDE - 1500, SOUTH + HIGH - 1500])
        shapes.append(shapely.Polygon(centre + np.c_[r * np.cos(angle), r * np.sin(angle)]))
    return pd.DataFrame({"area_id": [f"A{i:04d}" for i in range(count)], "geometry": shapes})


def whole_metres(table: pd.DataFrame) -> pd.DataFrame:
    """Fixes on whole metres, so that their text says the same."""
    return table.assign(x=table["x"].round(), y=table["y"].round())


def as_text_track(track: pd.DataFrame) -> str:
    """One officer's fixes as the text of a temporal point (MobilityDB)."""
    times = track["time"].dt.strftime("%Y-%m-%d %H:%M:%S+00")
    return "[" + ", ".join(f"POINT({x:.3f} {y:.3f})@{t}" for x, y, t in zip(track["x"], track["y"], times)) + "]"


def hours_by_area(table: Any, areas_table: pd.DataFrame) -> pd.Series:
    """Hours in each area, in the order of the areas."""
    return table.groupby("area_id")["seconds"].sum().reindex(areas_table["area_id"]).fillna(0) / 3600

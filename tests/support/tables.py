"""Small tables for tests, written the way one says them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely


def fixes(track, officer="A", epoch="2024-06-03T00:00:00Z", **columns):
    """Fixes of one officer from rows of (seconds, x, y)."""
    t, x, y = np.array(track, dtype=float).reshape(-1, 3).T
    time = pd.Timestamp(epoch) + pd.to_timedelta(t, unit="s")
    return pd.DataFrame({"officer_id": officer, "time": time, "x": x, "y": y, **columns})


def areas(*polygons, **named):
    """Areas from shapely polygons or coordinate lists; ids are 0, 1, 2… or the keywords."""
    shapes = {str(i): p for i, p in enumerate(polygons)} | named
    shapes = {k: shapely.Polygon(v) if isinstance(v, list) else v for k, v in shapes.items()}
    return pd.DataFrame({"area_id": list(shapes), "geometry": list(shapes.values())})


def legs_between(starts, ends, seconds=60.0):
    """Legs of one officer each, from arrays (n, 2) of starts and ends."""
    a, b = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
    n = len(a)
    start = pd.Series(pd.Timestamp("2024-06-03T10:00:00Z")).repeat(n).reset_index(drop=True)
    duration = np.broadcast_to(np.asarray(seconds, dtype=float), n)
    distance = np.hypot(*(b - a).T)
    return pd.DataFrame(
        {
            "leg_id": np.arange(n),
            "track_id": np.arange(n),
            "officer_id": [f"o{i}" for i in range(n)],
            "start": start,
            "end": start + pd.to_timedelta(duration, unit="s"),
            "x0": a[:, 0],
            "y0": a[:, 1],
            "x1": b[:, 0],
            "y1": b[:, 1],
            "duration_s": duration,
            "distance_m": distance,
            "speed_kmh": 3.6 * distance / duration,
        }
    )

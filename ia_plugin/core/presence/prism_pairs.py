"""Pairs of leg and area that share no time by any estimate, and yet could have: only the speed limit reaches there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..arrays import Floats, Ints, Objects, Rows
from ..geometry.clip import leg_ends_inside
from ..geometry.distance import distance_to_boundary
from ..geometry.pairs import stable_order
from ..geometry.prism import shortest_way_by
from ..geometry.rings import rings_of
from .leg_arrays import LEAST_S, leg_accuracy, leg_ends, leg_limits

CHUNK = 1 << 16  # legs at a time, so that memory is bounded whatever their number

Shares = tuple[Ints, Rows, Floats, Floats, Floats, Floats]
"""Rows of one area: leg_id, area, seconds, low, high, sd."""


def reached_only(legs: pd.DataFrame, shapes: Objects, max_speed_ms: float, known: list[Shares]) -> Iterator[Shares]:
    """Rows ``leg_id, area, 0 s, low 0, high, sd 0`` of pairs that only the prism reaches.

    Parameters
    ----------
    legs : the legs table
    shapes : prepared polygons
    known : rows found before (leg_id, area, …), which are left out
    """
    ids = legs["leg_id"].to_numpy()
    x0, y0, x1, y1 = leg_ends(legs)
    seconds = legs["duration_s"].to_numpy(dtype=np.float64)
    limit, loose = leg_limits(legs, max_speed_ms), leg_accuracy(legs)
    reach = limit * seconds + loose[0] + loose[1]
    area = np.concatenate([f[1] for f in known]) if known else np.empty(0, dtype=np.intp)
    order = stable_order(area, len(shapes))
    first = np.searchsorted(area[order], np.arange(len(shapes) + 1))
    had = np.concatenate([f[0] for f in known])[order] if known else ids[:0]
    for k, shape in enumerate(shapes):
        rings = rings_of(shape)
        if not len(rings.x):
            continue
        west, south, east, north = rings.bounds
        origin = rings.origin
        seen = rings.shifted(origin)
        have = had[first[k] : first[k + 1]]
        # The box of the area is nearer than the area: what the box is too far for need not be measured.
        off = [
            np.hypot(np.maximum(np.maximum(west - x, x - east), 0), np.maximum(np.maximum(south - y, y - north), 0))
            for x, y in ((x0, y0), (x1, y1))
        ]
        near = np.flatnonzero((off[0] + off[1] <= reach) & ~np.isin(ids, have))
        for i in range(0, len(near), CHUNK):
            part = near[i : i + CHUNK]
            a = (x0[part] - origin[0], y0[part] - origin[1])
            b = (x1[part] - origin[0], y1[part] - origin[1])
            start, end = leg_ends_inside(*a, *b, seen)
            need = np.zeros(len(part))
            for (px, py), here, error in ((a, start, loose[0][part]), (b, end, loose[1][part])):
                need += np.where(here, 0.0, np.maximum(0.0, distance_to_boundary(px, py, seen) - error))
            high = np.maximum(0.0, seconds[part] - need / limit[part])
            reached = start | end | (shortest_way_by(*a, *b, seen) <= reach[part])
            keep = reached & (high >= LEAST_S)
            n = int(keep.sum())
            zero = np.zeros(n)
            yield ids[part[keep]], np.full(n, k), zero, zero, high[keep], zero

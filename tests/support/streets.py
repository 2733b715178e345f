"""A grid of streets and two areas in it, for a simulated force."""

from __future__ import annotations

import pandas as pd
import shapely

from ia_plugin.core.simulate import StreetNetwork

AREAS = pd.DataFrame(
    {
        "area_id": ["a", "b"],
        "role": ["impact", "comparison"],
        "geometry": [shapely.box(200, 200, 800, 800), shapely.box(1000, 1000, 1700, 1700)],
    }
)


def streets(n=12, step=150.0):
    """A grid of streets."""
    along = [
        shapely.LineString([(i * step, j * step), ((i + 1) * step, j * step)]) for i in range(n) for j in range(n + 1)
    ]
    up = [
        shapely.LineString([(i * step, j * step), (i * step, (j + 1) * step)]) for i in range(n + 1) for j in range(n)
    ]
    return StreetNetwork.from_lines(along + up)

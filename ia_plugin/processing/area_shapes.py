"""Shapes of areas as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from ..core.arrays import Objects


def multi(shapes: pd.Series) -> Objects:
    """Polygons as multipolygons, so that one layer holds both."""
    import numpy as np
    import shapely

    return np.array([s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s]) for s in shapes], dtype=object)

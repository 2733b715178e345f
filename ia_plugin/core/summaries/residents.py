"""Residents of areas, from small statistical areas with a population (areal weighting, Goodchild & Lam 1980)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from ..areas import prepare_areas
from ..columns import require


def with_residents(areas: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Areas with ``residents``: each small area gives its people in the share of its ground that lies inside.

    Parameters
    ----------
    areas : the areas table
    population : ``area_id``, ``geometry`` (same reference system) and ``residents`` of each small area

    Returns
    -------
    The areas; ``residents`` is NaN for an area of which less than nine tenths are covered.
    """
    require(population, ("area_id", "geometry", "residents"), "population")
    ready, report = prepare_areas(population)
    report.warn()
    shapes, small = areas["geometry"].to_numpy(dtype=object), ready["geometry"].to_numpy(dtype=object)
    people = pd.to_numeric(ready["residents"], errors="coerce").to_numpy(dtype=np.float64)
    area, piece = shapely.STRtree(small).query(shapes, predicate="intersects")
    shared = shapely.area(shapely.intersection(shapes[area], small[piece]))
    counted = np.where(
        np.isfinite(people[piece]), shared, 0.0
    )  # ground of which nobody says how many live there is not covered
    inside = np.bincount(
        area, weights=np.nan_to_num(people[piece]) * counted / shapely.area(small[piece]), minlength=len(areas)
    )
    covered = np.bincount(area, weights=counted, minlength=len(areas))
    known = covered >= 0.9 * shapely.area(shapes)
    return areas.assign(residents=np.where(known, inside, np.nan))

"""The ground that figures are about: areas without police sites, and the force divided into roles that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd
import shapely

from ..areas import (
    REST,
    ROLE_LABELS,
    ROLE_ORDER,
    epochs,
    headline_ground,
    polygonal,
    rest_apart,
    role_label,
    validity,
    with_roles,
    within_validity,
    without_sites,
)
from ..arrays import Rows

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OVERLAP_SHARE = 1e-4  # of the ground: less is how borders are drawn, not an overlap


@dataclass(frozen=True)
class Grounds:
    """Pieces of ground and the rows each of them counts in.

    Attributes
    ----------
    pieces : ``area_id`` (of the piece), ``label`` (the area it counts in, or None), ``part`` (the role it counts in, or None:
        of the pieces with a part no two overlap), ``site`` (whether it is an area's part that is a police site), ``geometry``
    overlapping : pairs of areas that share ground, so that rows of areas add up to more than the whole
    """

    pieces: pd.DataFrame
    overlapping: int


def grounds(areas: pd.DataFrame) -> Grounds:
    """Pieces of ground of the areas table."""
    ready, report = with_roles(areas)
    report.warn()
    return prepared_grounds(ready)


def prepared_grounds(ready: pd.DataFrame) -> Grounds:
    """As :func:`grounds`, of areas that :func:`~ia_plugin.core.areas.with_roles` has been through."""
    headline, at_sites = without_sites(ready)
    headline = rest_apart(headline)
    one, other = pairs_that_overlap(headline)
    overlapping = len(one)
    shared = np.zeros(len(headline), dtype=bool)
    shared[one] = shared[other] = True
    own = _pieces(headline, headline["area_id"], headline["role"].map(role_label).where(~shared, None))
    # Only where areas share ground must roles be cut out of it. Each polygon is a piece: small pieces are quick to search.
    parts = _parts(pd.concat([ready[ready["role"] == "site"], headline[shared]], ignore_index=True))
    polygons = [(role_label(r), g) for r, shape in parts.items() for g in shapely.get_parts(shape)]
    of_roles = pd.DataFrame({"part": [p for p, _ in polygons], "geometry": [g for _, g in polygons]})
    pieces = [own, _pieces(at_sites, at_sites["area_id"], None, site=True), _pieces(of_roles, None, of_roles["part"])]
    table = pd.concat(pieces, ignore_index=True)
    table.insert(0, "area_id", [str(i) for i in range(len(table))])
    return Grounds(table, overlapping)


def _pieces(
    shapes: pd.DataFrame, label: Optional[pd.Series], part: Optional[pd.Series], *, site: bool = False
) -> pd.DataFrame:
    named = {n: np.asarray(v, dtype=object) if v is not None else None for n, v in (("label", label), ("part", part))}
    table = pd.DataFrame({"geometry": shapes["geometry"].to_numpy(dtype=object)}).assign(**named, site=site)
    return table[["label", "part", "site", "geometry"]]


def _parts(areas: pd.DataFrame) -> dict[str, BaseGeometry]:
    """Ground by role, none of it twice."""
    taken: BaseGeometry = shapely.Polygon()
    found = {}
    for role in ROLE_ORDER:
        of_role = areas.loc[areas["role"] == role, "geometry"].to_numpy(dtype=object)
        if not len(of_role):
            continue
        whole = shapely.union_all(of_role)
        left = polygonal(shapely.difference(whole, taken)) if shapely.intersects(whole, taken) else whole
        taken = shapely.union(taken, whole)
        if not left.is_empty:
            found[role] = left
    return found


def pairs_that_overlap(areas: pd.DataFrame) -> tuple[Rows, Rows]:
    """Pairs of areas that share ground, as rows."""
    shapes = areas["geometry"].to_numpy(dtype=object)
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects") if len(shapes) else (np.empty(0, int),) * 2
    a, b = a[a < b], b[a < b]
    shared = shapely.area(shapely.intersection(shapes[a], shapes[b]))
    real = shared > OVERLAP_SHARE * np.minimum(shapely.area(shapes[a]), shapely.area(shapes[b]))
    return a[real], b[real]


__all__ = [
    "REST",
    "ROLE_LABELS",
    "ROLE_ORDER",
    "Grounds",
    "epochs",
    "grounds",
    "headline_ground",
    "pairs_that_overlap",
    "prepared_grounds",
    "role_label",
    "validity",
    "with_roles",
    "within_validity",
]

"""The ground on which displacement is looked for: impact and comparison areas, and rings by distance around each.

A ring has only ground that is near its own area: none of another area's, and none that lies as near to another area. Crime that
moved out of two areas at once, or into the ring of a comparison area, can be counted for neither, so ground that two rings
claim is nobody's, whatever the roles: each area with its ring is one unit of the jackknife. How much is lost so is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd
import shapely

from ..area_names import distinct_names
from ..areas import polygonal, with_roles
from ..arrays import Bools, Floats, Objects, Rows
from ..errors import AreaError, ParameterError
from ..texts import texts
from ..words import amount, number, so_many
from .caveats import in_a_list

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ROLES = ("impact", "comparison")
MOST_BANDS = 8
FARTHEST_M = 5_000.0
QUARTER = 16  # segments of a quarter circle
SHARED = 0.01  # of the smaller area: less is how borders are drawn
NOTHING_M2 = 1.0


@dataclass(frozen=True, eq=False)
class Ground:
    """Areas and their rings.

    Attributes
    ----------
    table : ``area_id, name, role, band_m, from_m, km2, geometry``: a row for each area (``band_m`` 0) and each band of its ring,
        from ``from_m`` to ``band_m`` metres from its border; no ground twice
    bands_m : outer distances
    swallowed : names of areas of which no ring is left
    lost : share of the ground within the farthest distance, outside all areas, that lies in two rings and is nobody's
    left_out : areas of other roles
    """

    table: pd.DataFrame
    bands_m: tuple[float, ...]
    swallowed: tuple[str, ...]
    lost: float
    left_out: int = 0

    def sentences(self) -> list[str]:
        """What must be known of it."""
        found = []
        if self.left_out:
            found.append(f"{so_many(self.left_out, 'areas of other roles than impact and comparison take no part')}.")
        if self.swallowed:
            found.append(
                f"No ground is left around {in_a_list(self.swallowed)}: all of it lies in other areas, in rings of other areas or outside the "
                "boundary. What moved out of there cannot be seen."
            )
        if self.lost >= 0.005:
            found.append(
                f"{amount(100 * self.lost, '%')} of the ground around the areas lies in the rings of two areas and is counted for neither."
            )
        return found


def displacement_ground(
    areas: pd.DataFrame, distances_m: Sequence[float], boundary: Optional[BaseGeometry] = None
) -> Ground:
    """Impact and comparison areas with rings around them that share no ground.

    Parameters
    ----------
    areas : the areas table, metres; those of other roles take no part
    distances_m : outer distances of the bands from an area's border, metres
    boundary : the ground that counts at all, such as the force's: rings end there (sea, other forces)

    Raises
    ------
    ParameterError
        for distances that make no bands.
    AreaError
        where a role is missing, or areas share ground.

    Examples
    --------
    Two squares 300 m apart: within 200 m of each of them there are 100 m that belong to neither.

    >>> shapes = pd.Series([shapely.box(0, 0, 400, 400), shapely.box(700, 0, 1100, 400)], dtype=object)
    >>> areas = pd.DataFrame({"area_id": ["a", "b"], "role": ["impact", "comparison"], "geometry": shapes})
    >>> ground = displacement_ground(areas, (100, 200))
    >>> ground.table["area_id"].tolist(), ground.table["band_m"].tolist(), ground.table["km2"].round(2).tolist()
    (['a', 'a', 'a', 'b', 'b', 'b'], [0.0, 100.0, 200.0, 0.0, 100.0, 200.0], [0.16, 0.19, 0.2, 0.16, 0.19, 0.2])
    """
    bands = checked_distances(distances_m)
    ready, report = with_roles(areas)
    report.warn()
    part = ready[ready["role"].isin(ROLES)].reset_index(drop=True)
    missing = [role for role in ROLES if not (part["role"] == role).any()]
    if missing:
        raise AreaError(
            f"There is no {missing[0]} area.",
            "Displacement needs both: name the field of roles (ROLE_FIELD), or give COMPARISON_AREAS.",
        )
    shapes = part["geometry"].to_numpy(dtype=object)
    names = _names(part)
    _refuse_shared(shapes, names, part["role"].to_numpy(dtype=object))
    free, lost = _own_ground(shapes, bands[-1], boundary)
    table = _table(part, names, [shapes, *_bands(free, shapes, bands)], bands)
    swallowed = tuple(names[shapely.area(free) < NOTHING_M2].tolist())
    return Ground(table, bands, swallowed, lost, len(ready) - len(part))


def _table(part: pd.DataFrame, names: Objects, pieces: list[Objects], bands: tuple[float, ...]) -> pd.DataFrame:
    """A row for each area and band that has ground, by area and distance."""
    n = len(part)
    rows = np.tile(np.arange(n), len(pieces))
    geometry = np.concatenate(pieces)
    table = pd.DataFrame(
        {
            "area_id": part["area_id"].to_numpy()[rows],
            "name": names[rows],
            "role": part["role"].to_numpy()[rows],
            "band_m": np.repeat([0.0, *bands], n),
            "from_m": np.repeat([0.0, 0.0, *bands[:-1]], n),
            "km2": shapely.area(geometry) / 1e6,
            "geometry": pd.Series(geometry, dtype=object),
        }
    )
    table = table[(table["km2"] > NOTHING_M2 / 1e6).to_numpy()]
    order = np.lexsort((table["band_m"].to_numpy(), texts(table["area_id"]).to_numpy()))
    return table.iloc[order].reset_index(drop=True)


def checked_distances(distances_m: Sequence[float]) -> tuple[float, ...]:
    """Distances in rising order.

    Raises
    ------
    ParameterError
        for none, too many, one twice, or one that is no distance.
    """
    bands = tuple(sorted(float(d) for d in distances_m))
    good = bands and bands[0] > 0 and bands[-1] <= FARTHEST_M and len(set(bands)) == len(bands) <= MOST_BANDS
    if not good:
        raise ParameterError(
            f"Distances {', '.join(number(d) for d in distances_m) or '(none)'} make no rings.",
            f"Give one to {MOST_BANDS} different distances over 0 and up to {amount(FARTHEST_M, 'm')}, such as 250, 500.",
        )
    return bands


def _names(areas: pd.DataFrame) -> Objects:
    ids = texts(areas["area_id"])
    if "name" not in areas.columns:
        return np.asarray(ids, dtype=object)
    written = texts(areas["name"])
    return np.asarray(distinct_names(ids, written.where(written.map(str.strip) != "", ids)), dtype=object)


def _refuse_shared(shapes: Objects, names: Objects, roles: Objects) -> None:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pair = one < other
    one, other = one[pair], other[pair]
    common = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    least = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    much = np.flatnonzero(common > SHARED * least)
    if len(much):
        which = [f"{names[one[k]]} ({roles[one[k]]}) and {names[other[k]]} ({roles[other[k]]})" for k in much]
        raise AreaError(
            f"Areas share ground, so that an event there would count twice: {in_a_list(which)}.",
            "Cut them so that they only touch, or join those that are one place (Dissolve).",
        )


def _own_ground(shapes: Objects, reach: float, boundary: Optional[BaseGeometry]) -> tuple[Objects, float]:
    """(n,) ground within reach of each area and of no other, without the areas; and the share of all such ground that is lost."""
    around = shapely.buffer(shapes, reach, quad_segs=QUARTER)
    free = shapely.difference(around, shapes)
    tree = shapely.STRtree(around)
    one, other = tree.query(around, predicate="intersects")
    pair = one != other
    one, other = one[pair], other[pair]
    areas = shapely.STRtree(shapes)
    touching, touched = areas.query(free, predicate="intersects")
    outside = _without(free, touching, touched, shapes)
    # The nearest first: of an area among many nothing is left after a few.
    gap = shapely.distance(shapes[one], shapes[other])
    order = np.lexsort((gap, one))
    free = _without(outside, one[order], other[order], around)
    if boundary is not None:
        free, outside = (shapely.intersection(g, boundary) for g in (free, outside))
    free = _polygons(free)
    # What several claim counts once for each claim on either side, so the share is of claims.
    whole = float(shapely.area(outside).sum())
    return free, max(0.0, 1.0 - float(shapely.area(free).sum()) / whole) if whole > 0 else 0.0


def _without(ground: Objects, rows: Rows, others: Rows, shapes: Objects) -> Objects:
    """Each ground less all shapes that are paired with it, a round for each of its pairs, all at once."""
    found: Objects = ground.copy()
    if not len(rows):
        return found
    order = np.argsort(rows, kind="stable")
    rows, others = rows[order], others[order]
    begin = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    rank = np.arange(len(rows)) - np.repeat(begin, np.diff(np.r_[begin, len(rows)]))
    for k in range(int(rank.max()) + 1):
        at = rank == k
        some, cut = rows[at], others[at]
        left: Bools = ~shapely.is_empty(found[some])
        found[some[left]] = shapely.difference(found[some[left]], shapes[cut[left]])
    return found


def _bands(free: Objects, shapes: Objects, bands: tuple[float, ...]) -> list[Objects]:
    """The ground of each band, from within: free ground nearer than its outer distance, less that of the bands before."""
    found, rest = [], free
    for distance in bands[:-1]:
        reach = shapely.buffer(shapes, distance, quad_segs=QUARTER)
        found.append(_polygons(shapely.intersection(rest, reach)))
        rest = _polygons(shapely.difference(rest, reach))
    return [*found, rest]


def _polygons(shapes: Objects) -> Objects:
    kinds = shapely.get_type_id(shapes)
    out = shapes.copy()
    for i in np.flatnonzero((kinds != 3) & (kinds != 6)):
        out[i] = polygonal(shapes[i])
    return out


def widths(ground: Ground) -> Floats:
    """Widths of the bands, metres."""
    return np.diff(np.r_[0.0, np.array(ground.bands_m)])


__all__ = ["Ground", "checked_distances", "displacement_ground", "widths"]

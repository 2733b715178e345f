"""Areas made ready for the method: valid polygons, unique ids, metres; and which area counts, where and when.

One precedence for every figure: ground that several roles claim is the first's in `ROLE_ORDER`, what none claims is the
rest of the force, and an area of role ``rest`` has only the ground that no other area has. Rows of areas hold shared
ground in each area; rows of roles hold every second and every event once.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd
import shapely

from .arrays import Bools, Floats, Ints, Objects, Rows
from .columns import require
from .errors import AreaError, ImpactAreaWarning
from .geometry.clip import crossings
from .geometry.covered_ground import covered_ground
from .geometry.rings import Rings, rings_of
from .times.civil import from_civil
from .times.instants import parsed
from .times.open_ends import fillers

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Ground that several roles claim is the first's; what none claims is the rest of the force.
ROLE_ORDER = ("site", "impact", "comparison", "buffer", "other")
# An event at a police station inside an area is the area's all the same: only the time of officers stands apart there.
EVENT_ROLE_ORDER = (*ROLE_ORDER[1:], "site")
REST = "(rest)"


def role_label(role: str) -> str:
    """The row that stands for all ground of a role: "(impact)"."""
    return f"({role})"


ROLE_LABELS = (*(role_label(r) for r in ROLE_ORDER), REST)


@dataclass(frozen=True)
class AreaReport:
    """What was done to the areas: how many were read and used, and those repaired or skipped, each with its reason."""

    read: int
    used: int
    repaired: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        """One sentence for each area that was repaired or left out."""
        repaired = [f"Area {a} was invalid ({why}) and was repaired." for a, why in self.repaired.items()]
        return repaired + [f"Area {a} was left out: {why}." for a, why in self.skipped.items()]

    def warn(self) -> None:
        """Raise a warning for each area that was not used as it came."""
        for sentence in self.sentences():
            warnings.warn(sentence, ImpactAreaWarning, stacklevel=3)


def prepare_areas(areas: pd.DataFrame, invalid: str = "repair") -> tuple[pd.DataFrame, AreaReport]:
    """Areas with usable polygons only.

    Parameters
    ----------
    areas : DataFrame with ``area_id`` and ``geometry`` (shapely polygons or multipolygons, metres)
    invalid : ``repair`` | ``skip`` | ``stop``, what to do with an invalid polygon

    Returns
    -------
    (areas, report); the same columns, ``area_id`` as text. Parts that are no polygon are dropped.

    Raises
    ------
    AreaError
        for a repeated or missing id, for something that is no polygon, and with ``stop`` for an invalid polygon.

    Examples
    --------
    >>> bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    >>> ready, report = prepare_areas(pd.DataFrame({"area_id": [1], "geometry": pd.Series([bow], dtype=object)}))
    >>> ready["area_id"].tolist(), report.repaired
    (['1'], {'1': 'Self-intersection[1 1]'})
    """
    require(areas, ("area_id", "geometry"), "areas")
    ids = areas["area_id"]
    if ids.isna().any():
        raise AreaError(f"{int(ids.isna().sum())} areas have no id.", "Choose an id field without empty values.")
    names = ids.astype(str).to_numpy()
    repeated = pd.Series(names)[pd.Series(names).duplicated()].unique()
    if len(repeated):
        raise AreaError(
            f"The area id {repeated[0]!r} occurs more than once.", "Choose a field whose values are unique."
        )
    shapes = np.asarray(areas["geometry"].to_numpy(), dtype=object)
    repaired: dict[str, str] = {}
    skipped: dict[str, str] = {}
    ready = shapes.copy()
    for i in np.flatnonzero(~_is_good(shapes)):
        ready[i] = _mended(shapes[i], names[i], invalid, repaired, skipped)
    keep = np.array([name not in skipped for name in names], dtype=bool)
    frame = pd.DataFrame(areas.loc[keep, [c for c in areas.columns if c != "geometry"]])
    frame["area_id"] = names[keep]
    frame["geometry"] = pd.Series(ready[keep], index=frame.index, dtype=object)
    return frame, AreaReport(len(areas), int(keep.sum()), repaired, skipped)


def _is_good(shapes: Objects) -> Bools:
    kind = shapely.get_type_id(shapes)
    return np.asarray(((kind == 3) | (kind == 6)) & ~shapely.is_empty(shapes) & shapely.is_valid(shapes))


def _mended(
    shape: Optional[BaseGeometry], name: str, invalid: str, repaired: dict[str, str], skipped: dict[str, str]
) -> Optional[BaseGeometry]:
    if shape is None or shapely.is_empty(shape):
        skipped[name] = "it has no geometry"
        return shape
    if shapely.get_dimensions(shape) < 2:
        raise AreaError(f"Area {name!r} is a {shape.geom_type}, not a polygon.", "Choose a polygon layer.")
    why = "parts that are no polygon" if shapely.is_valid(shape) else shapely.is_valid_reason(shape)
    if invalid == "stop":
        raise AreaError(
            f"Area {name!r} is invalid: {why}.", "Repair the layer (Fix geometries), or choose to repair or skip."
        )
    if invalid == "skip":
        skipped[name] = f"it is invalid ({why})"
        return shape
    ground = covered_ground(shape)
    if ground.is_empty:
        skipped[name] = f"nothing of it is a polygon ({why})"
        return shape
    repaired[name] = why
    return ground


def without_sites(areas: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split areas at police sites, so that time at a station is given beside the headline and not in it.

    Parameters
    ----------
    areas : DataFrame with ``area_id``, ``role``, ``geometry``; rows of role ``site`` are the sites

    Returns
    -------
    (areas without the sites' ground and without the rows of the sites, the parts of areas that are sites), both with the
    areas' own ids; an area with no site in it has no row in the second, one that is all site none in the first.
    """
    sites = sites_of(areas)
    rest = areas.drop(sites.index)
    if not len(sites):
        return rest, rest.iloc[:0]
    shapes, ground = rest["geometry"].to_numpy(), shapely.union_all(sites["geometry"].to_numpy())
    touched = shapely.intersects(shapes, ground)
    outside, inside = shapes.copy(), shapes.copy()
    outside[touched] = [polygonal(shapely.difference(s, ground)) for s in shapes[touched]]
    inside[touched] = [polygonal(shapely.intersection(s, ground)) for s in shapes[touched]]
    headline = rest.assign(geometry=pd.Series(outside, index=rest.index, dtype=object))
    at_sites = rest.assign(geometry=pd.Series(inside, index=rest.index, dtype=object))[touched]
    return headline[_has_ground(headline)], at_sites[_has_ground(at_sites)]


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    """The parts of a geometry that are polygons, as one; an empty polygon where there are none.

    Examples
    --------
    >>> polygonal(shapely.from_wkt("GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 2 0, 2 2, 0 0)))")).area
    2.0
    """
    parts = [p for p in shapely.get_parts(shape) if shapely.get_dimensions(p) == 2]
    return shapely.multipolygons(parts) if parts else shapely.Polygon()


def _has_ground(areas: pd.DataFrame) -> Bools:
    return np.asarray(~shapely.is_empty(areas["geometry"].to_numpy(dtype=object)))


# --- roles ------------------------------------------------------------------------------------------------------------


def with_roles(areas: pd.DataFrame, invalid: str = "repair") -> tuple[pd.DataFrame, AreaReport]:
    """Areas with usable polygons, each with one of the roles.

    Parameters
    ----------
    areas, invalid : as of :func:`prepare_areas`

    Returns
    -------
    (areas, report). Without a column ``role`` all are impact areas; where there is one, an area whose role is empty or
    no role of ours is "other".

    Examples
    --------
    >>> square = pd.Series([shapely.box(0, 0, 1, 1)] * 2, dtype=object)
    >>> with_roles(pd.DataFrame({"area_id": ["a", "b"], "role": ["site", None], "geometry": square}))[0]["role"].tolist()
    ['site', 'other']
    """
    ready, report = prepare_areas(areas, invalid)
    if "role" not in ready.columns:
        ready["role"] = "impact"
    ready["role"] = ready["role"].astype(object).where(ready["role"].isin([*ROLE_ORDER, "rest"]), "other")
    return ready, report


def sites_of(areas: pd.DataFrame) -> pd.DataFrame:
    """The rows that are police sites; none where areas have no roles."""
    return areas[areas["role"] == "site"] if "role" in areas.columns else areas.iloc[:0]


def headline_ground(areas: pd.DataFrame) -> pd.DataFrame:
    """The ground that time in each area is about: without that of police sites, the rest apart; and the sites themselves."""
    headline, _ = without_sites(areas)
    sites = sites_of(areas)
    return pd.concat([rest_apart(headline), sites], ignore_index=True)


def rest_apart(areas: pd.DataFrame) -> pd.DataFrame:
    """Areas of which those of role ``rest`` have only the ground that no other has: they are often drawn as the whole force."""
    rest = _is_rest(areas)
    if not rest.any() or rest.all():
        return areas
    shapes = areas["geometry"].to_numpy(dtype=object).copy()
    others = shapely.union_all(shapes[~rest])
    shapes[rest] = [
        polygonal(shapely.difference(s, others)) if shapely.intersects(s, others) else s for s in shapes[rest]
    ]
    left = areas.assign(geometry=pd.Series(shapes, index=areas.index, dtype=object))
    return left[~shapely.is_empty(shapes)]


def points_in_areas(x: Floats, y: Floats, areas: pd.DataFrame) -> tuple[Rows, Rows]:
    """(point, area) pairs, as rows: each area that a point lies in; one of role ``rest`` only where no other has it.

    A point on an edge follows the half-open rule by which time is shared (:mod:`~ia_plugin.core.geometry.clip`): it belongs
    to the ground just west of it, along an edge from west to east to that just south, so of areas that meet there, however
    many, to one. Where no area has that ground, on the outer boundary of all, the rule is turned round (north, then east)
    until one has: whoever only looks at these areas sees no point on their edges lost.

    Parameters
    ----------
    x, y : coordinates of the points, metres
    areas : areas with usable polygons, of :func:`prepare_areas` or :func:`with_roles`

    Examples
    --------
    A point in an impact area and in the rest, drawn as the whole force, has one pair; one in the rest alone has its own.

    >>> shapes = pd.Series([shapely.box(0, 0, 1, 1), shapely.box(0, 0, 9, 9)], dtype=object)
    >>> areas = pd.DataFrame({"area_id": ["a", "r"], "role": ["impact", "rest"], "geometry": shapes})
    >>> [rows.tolist() for rows in points_in_areas(np.array([0.5, 5.0]), np.array([0.5, 5.0]), areas)]
    [[0, 1], [0, 1]]
    """
    shapes = areas["geometry"].to_numpy(dtype=object)
    tree, points = shapely.STRtree(shapes), shapely.points(x, y)
    point, area = tree.query(points, predicate="intersects")
    inside = _inside(point, area, tree.query(points, predicate="within"), np.asarray(x), np.asarray(y), areas)
    point, area = point[inside], area[inside]
    rest = _is_rest(areas)[area]
    keep = ~rest | ~np.isin(point, point[~rest])
    return point[keep], area[keep]


_ON_EDGE_M = 1e-6  # an edge through a point is met within rounding of it, whatever its slope
# (sign of x, sign of y, whether x and y change places): which ground a point on an edge belongs to. Time's rule is the first.
_TURNS = tuple((sx, sy, swap) for swap in (False, True) for sx in (1.0, -1.0) for sy in (1.0, -1.0))


def _inside(point: Rows, area: Rows, within: Ints, x: Floats, y: Floats, areas: pd.DataFrame) -> Bools:
    """Which pairs of points and areas that touch are inside: those within, and of those on an edge the half-open part."""
    if len(within[0]) == len(point):
        return np.ones(len(point), dtype=bool)
    shapes = areas["geometry"].to_numpy(dtype=object)
    count = len(shapes)
    inside = np.isin(point.astype(np.int64) * count + area, within[0].astype(np.int64) * count + within[1])
    on_edge = ~inside
    for turn in _TURNS:
        lost = on_edge & ((turn == _TURNS[0]) | ~np.isin(point, point[inside]))
        for k in np.unique(area[lost]):
            here = np.flatnonzero(lost & (area == k))
            inside[here] = _on_its_ground(x[point[here]], y[point[here]], rings_of(shapes[k]), turn)
    # A needle that none of the directions meets: one of the areas all the same, whatever their order.
    left = np.flatnonzero(~np.isin(point, point[inside]))
    names = areas["area_id"].astype(str).to_numpy()[area[left]] if "area_id" in areas.columns else area[left]
    left = left[np.lexsort((names, point[left]))]
    inside[left[np.unique(point[left], return_index=True)[1]]] = True
    return inside


def _on_its_ground(x: Floats, y: Floats, rings: Rings, turn: tuple[float, float, bool]) -> Bools:
    """Whether the ground beside points on a polygon's boundary is the polygon's, bool (n,): which ground, `turn` says."""
    (ox, oy), (sx, sy, swap) = rings.origin, turn
    px, py, u, v = sx * (x - ox), sy * (y - oy), sx * (rings.x - ox), sy * (rings.y - oy)
    if swap:
        px, py, u, v = py, px, v, u
    crossed = crossings(px, py, px, py, Rings(u, v, rings.joints, rings.bounds))
    depth = np.bincount(crossed.leg, weights=crossed.sign * (crossed.t < -_ON_EDGE_M), minlength=len(x))
    return np.asarray(np.abs(depth) > 0.5)  # mirrored rings run the other way round


def _is_rest(areas: pd.DataFrame) -> Bools:
    return (areas["role"] == "rest").to_numpy(bool) if "role" in areas.columns else np.zeros(len(areas), dtype=bool)


# --- the days that areas count ----------------------------------------------------------------------------------------


def epochs(areas: pd.DataFrame, first: int, last: int, timezone: str) -> Iterator[tuple[int, int, pd.DataFrame]]:
    """Spans of time (ns, UTC) in which the same areas count, from `first` to `last`, with these areas.

    An area counts from the civil day ``valid_from`` to the end of ``valid_to``; where the columns lack or are empty, always;
    a ``valid_to`` such as 9999-12-31 or 1900-01-01 is none.
    """
    begin, end = validity(areas, timezone)
    inner = [e for e in np.unique(np.r_[begin, end]).tolist() if first < e < last]
    edges = [first, *inner, max(last, first + 1)]
    for a, b in zip(edges[:-1], edges[1:]):
        yield a, b, areas[(begin <= a) & (end > a)].reset_index(drop=True)


def validity(areas: pd.DataFrame, timezone: str) -> tuple[Ints, Ints]:
    """First moment of each area and the one after its last, ns; the ends of time where none is given."""
    low, high = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    found = []
    for name, nothing, later in (("valid_from", low, 0), ("valid_to", high, 1)):
        if name not in areas.columns or areas[name].isna().all():
            found.append(np.full(len(areas), nothing))
            continue
        days = parsed(pd.Series(areas[name].to_numpy()), utc=False)
        days = days.dt.tz_localize(None) if getattr(days.dt, "tz", None) is not None else days
        days = days.mask(fillers(days.dt.tz_localize("UTC"))) if later else days
        midnights = from_civil(pd.DatetimeIndex(days.dt.normalize() + pd.Timedelta(days=later)), timezone)
        moment = midnights.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
        found.append(np.where(midnights.isna(), nothing, moment))
    return found[0], found[1]


def within_validity(table: pd.DataFrame, areas: pd.DataFrame, timezone: str, column: str = "period") -> pd.DataFrame:
    """Rows of areas at moments when they count; rows of what is no area are all kept."""
    begin, end = validity(areas, timezone)
    if (
        not len(table)
        or not len(areas)
        or (begin.max() == np.iinfo(np.int64).min and end.min() == np.iinfo(np.int64).max)
    ):
        return table
    known = pd.DatetimeIndex(pd.to_datetime(table[column], utc=True))
    at = pd.Index(areas["area_id"].astype(str)).get_indexer(table["area_id"].astype(str))
    moment = known.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
    return table[(at < 0) | ((moment >= begin[at]) & (moment < end[at]))]

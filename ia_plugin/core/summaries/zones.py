"""The ground that figures are about: areas without police sites, and the force laid out in roles that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ..areas import AreaReport, polygonal, prepare_areas, without_sites
from ..times.civil import from_civil
from ..times.instants import parsed

# A place that several roles claim is the first's; what none claims is the rest of the force.
ROLE_ORDER = ("site", "impact", "comparison", "buffer", "other")
REST = "(rest)"
OVERLAP_SHARE = 1e-4  # of the ground: less is how borders are drawn, not an overlap


def role_label(role: str) -> str:
    """The row that stands for all ground of a role: "(impact)"."""
    return f"({role})"


ROLE_LABELS = (*(role_label(r) for r in ROLE_ORDER), REST)


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
    headline, at_sites = without_sites(ready)
    headline = _rest_apart(headline)
    one, other = _overlapping(headline)
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


def headline_ground(areas: pd.DataFrame) -> pd.DataFrame:
    """Areas without the ground of police sites, and the sites: time at a station is told apart."""
    headline, _ = without_sites(areas)
    sites = areas[areas["role"] == "site"] if "role" in areas.columns else areas.iloc[:0]
    return pd.concat([_rest_apart(headline), sites], ignore_index=True)


def _rest_apart(areas: pd.DataFrame) -> pd.DataFrame:
    """Areas of which those of role ``rest`` have only the ground that no other has: they are often drawn as the whole force."""
    rest = (areas["role"] == "rest").to_numpy() if "role" in areas.columns else np.zeros(len(areas), dtype=bool)
    if not rest.any() or rest.all():
        return areas
    shapes = areas["geometry"].to_numpy(dtype=object).copy()
    others = shapely.union_all(shapes[~rest])
    shapes[rest] = [
        polygonal(shapely.difference(s, others)) if shapely.intersects(s, others) else s for s in shapes[rest]
    ]
    left = areas.assign(geometry=pd.Series(shapes, index=areas.index, dtype=object))
    return left[~shapely.is_empty(shapes)]


def with_roles(areas: pd.DataFrame) -> tuple[pd.DataFrame, AreaReport]:
    """Areas with usable polygons, each with one of the roles; without any role they are impact areas."""
    ready, report = prepare_areas(areas)
    if "role" not in ready.columns:
        ready["role"] = "impact"
    ready["role"] = ready["role"].astype(object).where(ready["role"].isin([*ROLE_ORDER, "rest"]), "other")
    return ready, report


def _pieces(shapes: pd.DataFrame, label: Any, part: Any, *, site: bool = False) -> pd.DataFrame:
    named = {n: np.asarray(v, dtype=object) if v is not None else None for n, v in (("label", label), ("part", part))}
    table = pd.DataFrame({"geometry": shapes["geometry"].to_numpy(dtype=object)}).assign(**named, site=site)
    return table[["label", "part", "site", "geometry"]]


def _parts(areas: pd.DataFrame) -> dict[str, Any]:
    """Ground by role, none of it twice."""
    taken: Any = shapely.Polygon()
    found = {}
    for role in ROLE_ORDER:
        mine = areas.loc[areas["role"] == role, "geometry"].to_numpy(dtype=object)
        if not len(mine):
            continue
        whole = shapely.union_all(mine)
        left = polygonal(shapely.difference(whole, taken)) if shapely.intersects(whole, taken) else whole
        taken = shapely.union(taken, whole)
        if not left.is_empty:
            found[role] = left
    return found


def _overlapping(areas: pd.DataFrame) -> tuple[Any, Any]:
    """Pairs of areas that share ground, as rows."""
    shapes = areas["geometry"].to_numpy(dtype=object)
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects") if len(shapes) else (np.empty(0, int),) * 2
    a, b = a[a < b], b[a < b]
    shared = shapely.area(shapely.intersection(shapes[a], shapes[b]))
    real = shared > OVERLAP_SHARE * np.minimum(shapely.area(shapes[a]), shapely.area(shapes[b]))
    return a[real], b[real]


def epochs(areas: pd.DataFrame, first: int, last: int, timezone: str) -> Iterator[tuple[int, int, pd.DataFrame]]:
    """Spans of time (ns, UTC) in which the same areas count, from `first` to `last`, with these areas.

    An area counts from the civil day ``valid_from`` to the end of ``valid_to``; where the columns lack or are empty, always.
    """
    begin, end = validity(areas, timezone)
    inner = [e for e in np.unique(np.r_[begin, end]).tolist() if first < e < last]
    edges = [first, *inner, max(last, first + 1)]
    for a, b in zip(edges[:-1], edges[1:]):
        yield a, b, areas[(begin <= a) & (end > a)].reset_index(drop=True)


def validity(areas: pd.DataFrame, timezone: str) -> tuple[Any, Any]:
    """First moment of each area and the one after its last, ns; the ends of time where none is given."""
    low, high = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    found = []
    for name, nothing, later in (("valid_from", low, 0), ("valid_to", high, 1)):
        if name not in areas.columns:
            found.append(np.full(len(areas), nothing))
            continue
        days = parsed(pd.Series(areas[name].to_numpy()), utc=False)
        days = days.dt.tz_localize(None) if getattr(days.dt, "tz", None) is not None else days
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


__all__ = [
    "REST",
    "ROLE_LABELS",
    "ROLE_ORDER",
    "Grounds",
    "epochs",
    "grounds",
    "role_label",
    "validity",
    "within_validity",
]

"""Areas made ready for the method: valid polygons, unique ids, metres."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely

from .columns import require
from .errors import AreaError, ImpactAreaWarning


@dataclass(frozen=True)
class AreaReport:
    """What was done to the areas: how many were read and used, and those repaired or skipped, each with its reason."""

    read: int
    used: int
    repaired: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        said = [f"Area {a} was invalid ({why}) and was repaired." for a, why in self.repaired.items()]
        return said + [f"Area {a} was left out: {why}." for a, why in self.skipped.items()]

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


def _is_good(shapes: Any) -> Any:
    kind = shapely.get_type_id(shapes)
    return ((kind == 3) | (kind == 6)) & ~shapely.is_empty(shapes) & shapely.is_valid(shapes)


def _mended(shape: Any, name: str, invalid: str, repaired: dict[str, str], skipped: dict[str, str]) -> Any:
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
    parts = shapely.get_parts(shapely.make_valid(shape))
    polygons = [
        p for part in parts for p in shapely.get_parts(part) if shapely.get_dimensions(p) == 2 and not p.is_empty
    ]
    if not polygons:
        skipped[name] = f"nothing of it is a polygon ({why})"
        return shape
    repaired[name] = why
    return shapely.union_all(polygons)


def without_sites(areas: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split areas at police sites, so that time at a station is told beside the headline and not in it.

    Parameters
    ----------
    areas : DataFrame with ``area_id``, ``role``, ``geometry``; rows of role ``site`` are the sites

    Returns
    -------
    (areas without the sites' ground and without the rows of the sites, the parts of areas that are sites), both with the
    areas' own ids; an area with no site in it has no row in the second, one that is all site none in the first.
    """
    sites = areas[areas["role"] == "site"] if "role" in areas.columns else areas.iloc[:0]
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


def polygonal(shape: Any) -> Any:
    parts = [p for p in shapely.get_parts(shape) if shapely.get_dimensions(p) == 2]
    return shapely.multipolygons(parts) if parts else shapely.Polygon()


def _has_ground(areas: pd.DataFrame) -> Any:
    return ~shapely.is_empty(areas["geometry"].to_numpy(dtype=object))

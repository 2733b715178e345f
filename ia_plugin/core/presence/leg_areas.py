"""The time of each leg shared among areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Optional

import numpy as np
import pandas as pd
import shapely

from ..areas import prepare_areas
from ..arrays import Array, Bools, Floats, Objects, Rows
from ..columns import require
from ..errors import CrsError
from ..fixes import refuse_degrees
from ..geometry.distance import ends_to_boundary
from ..geometry.mosaic import Mosaic, Within
from ..geometry.overlay import Overlay, mosaic_of, overlay, rings_of_all
from ..geometry.pairs import stable_order
from ..geometry.prism import prism_bounds, speed_limit
from ..geometry.rings import Rings
from ..params import PresenceParams
from ..progress import Progress, silent
from ..progress import part as portion
from .bridge import Bridge, BridgeOfSome
from .bridge_model import BridgeModel, default_bridge
from .leg_arrays import LEAST_S, Ends, leg_accuracy, leg_ends
from .prism_pairs import Shares, reached_only
from .processes import in_ranges

ROWS = 1 << 16  # pairs at a time, about: their arrays are held together


def time_in_areas(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    params: PresenceParams = PresenceParams(),
    *,
    progress: Progress = silent,
    model: Optional[BridgeModel] = None,
) -> pd.DataFrame:
    """Seconds of each leg in each area.

    Parameters
    ----------
    legs : DataFrame, the legs table, metres
    areas : DataFrame with ``area_id`` and ``geometry``, in the same reference system; areas may overlap
    params : PresenceParams
    model : of the bridge; the one that comes with the plugin by default

    Returns
    -------
    DataFrame, the leg_areas table: a row for each leg and area that share at least half a second, or must share some.
    ``seconds_low`` and ``seconds_high`` are hard bounds of one leg; they do not add up to a range for a total.
    ``attrs["method"]`` names the method and ``attrs["areas"]`` counts areas read, used, repaired and skipped.

    Raises
    ------
    ColumnError, AreaError, CrsError
        for missing columns, unusable areas, and degrees.
    """
    ready, report = prepare_areas(areas, params.invalid_areas)
    report.warn()
    table = time_in_prepared(legs, ready, params, progress=progress, model=model)
    table.attrs["areas"] = report
    return table


def time_in_prepared(
    legs: pd.DataFrame,
    ready: pd.DataFrame,
    params: PresenceParams,
    *,
    progress: Progress = silent,
    model: Optional[BridgeModel] = None,
) -> pd.DataFrame:
    """As :func:`time_in_areas`, in areas that :func:`~ia_plugin.core.areas.prepare_areas` has been through."""
    require(legs, ("leg_id", "x0", "y0", "x1", "y1", "duration_s"), "legs")
    ends, shapes = leg_ends(legs), ready["geometry"].to_numpy()
    same_system(ends, legs["duration_s"].to_numpy(dtype=np.float64), shapes)

    work = partial(_of_legs, ready, params, model)
    return _described(in_ranges(legs, ready, params.workers, work, progress), params, model)


def _of_legs(
    ready: pd.DataFrame, params: PresenceParams, model: Optional[BridgeModel], legs: pd.DataFrame, progress: Progress
) -> pd.DataFrame:
    """The rows of some legs, in prepared areas."""
    shapes = ready["geometry"].to_numpy()
    share = _Sharer(legs, params, model, shapes)
    found = list(share.over(shapes, progress))
    if params.bounds == "all" and len(legs):
        found += list(reached_only(legs, shapes, params.max_speed_ms, found))
    columns = ("leg_id", "area", "seconds", "seconds_low", "seconds_high", "seconds_sd")
    data: dict[str, Array] = {
        c: np.concatenate([f[i] for f in found]) if found else np.empty(0) for i, c in enumerate(columns)
    }
    area = data.pop("area").astype(np.intp)
    return pd.DataFrame(
        {
            "leg_id": data.pop("leg_id").astype(legs["leg_id"].dtype),
            "area_id": ready["area_id"].to_numpy(dtype=object)[area],
            **data,
        }
    )


def _described(table: pd.DataFrame, params: PresenceParams, model: Optional[BridgeModel]) -> pd.DataFrame:
    """The table with how it was made, for the stages that follow."""
    table.attrs["method"] = params.method
    if params.method == "bridge":
        table.attrs["bridge"], table.attrs["max_speed_ms"] = model or default_bridge(), params.max_speed_ms
    return table


def same_system(ends: Ends, seconds: Floats, shapes: Objects) -> None:
    """Raise :class:`CrsError` when legs or areas are in degrees, for then nothing would be found, without a word."""
    x0, y0, x1, y1 = ends
    if not len(x0) or not len(shapes):
        return
    lasts = seconds > 0
    refuse_degrees(x0, y0, lambda: np.hypot(x1 - x0, y1 - y0)[lasts] / seconds[lasts])
    west, south, east, north = shapely.total_bounds(shapes)
    small = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    if small and np.abs(x0).min() > 1000 and np.abs(y0).min() > 1000:
        raise CrsError(
            f"The areas look like degrees ({west:.4f} {south:.4f} to {east:.4f} {north:.4f}) while the legs are in metres "
            f"(first: {x0[0]:.0f} {y0[0]:.0f}).",
            "Reproject the areas to the legs' reference system.",
        )


@dataclass(frozen=True)
class _Estimates:
    """Pairs of leg and area: how long, with its standard deviation, and whether the leg starts and ends inside."""

    leg: Rows
    area: Rows
    seconds: Floats
    sd: Floats
    start: Bools
    end: Bools

    def take(self, which: Rows) -> _Estimates:
        return _Estimates(*(getattr(self, f.name)[which] for f in fields(self)))

    @classmethod
    def joined(cls, parts: list[_Estimates]) -> _Estimates:
        """Those of all parts, by area and then leg."""
        if not parts:
            whole, real, no = np.empty(0, dtype=np.intp), np.empty(0), np.empty(0, dtype=bool)
            return cls(whole, whole, real, real, no, no)
        found = cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))
        if (found.leg[1:] < found.leg[:-1]).any():  # else they came leg after leg, as straight ones do
            found = found.take(stable_order(found.leg, int(found.leg.max(initial=0)) + 1))
        return found.take(stable_order(found.area, int(found.area.max(initial=0)) + 1))


class _Sharer:
    """Shares the legs among areas: all of them, by the bridge those near some area.

    Attributes
    ----------
    ends : of these legs; parts of an overlay of them are what can be shared
    wide : metres about each in which an area may get a share of it; None where only the straight line counts
    """

    def __init__(
        self, legs: pd.DataFrame, params: PresenceParams, model: Optional[BridgeModel], shapes: Objects
    ) -> None:
        self._params = params
        self._bridge: Optional[Bridge] = None
        self.wide: Optional[Floats] = None
        read: tuple[Array, ...] = (legs["leg_id"].to_numpy(), legs["duration_s"].to_numpy(dtype=np.float64))
        read += (*leg_accuracy(legs), *leg_ends(legs))
        if params.method == "bridge":
            some = BridgeOfSome(legs, params.max_speed_ms, model or default_bridge())
            near = some.near(shapes)
            self._bridge, self._in_bridge = some.of(near)
            self.wide = self._bridge.wide.take(self._in_bridge)
            read = tuple(v.take(near) for v in read) if len(near) < len(legs) else read
        self._leg_id, self._seconds = read[:2]
        self._accuracy, self.ends = read[2:4], (read[4], read[5], read[6], read[7])

    def over(self, shapes: Objects, progress: Progress) -> Iterator[Shares]:
        """Rows of one area after the other."""
        mosaic, rings = mosaic_of(len(self._leg_id), shapes), rings_of_all(shapes)
        if mosaic is None:
            for part in overlay(*self.ends, shapes, progress, self.wide):
                yield self._rows(self._of_area(part, part.leg), rings)
            return
        found = self._side_by_side(mosaic, shapes, portion(progress, 0.0, 0.7))
        first = 0
        while first < len(found.leg):
            last = int(np.searchsorted(found.area, found.area[min(first + ROWS, len(found.leg)) - 1], side="right"))
            yield self._rows(found.take(np.arange(first, last)), rings)
            first = last
            progress(0.7 + 0.3 * first / len(found.leg))

    def _side_by_side(self, mosaic: Mosaic, shapes: Objects, progress: Progress) -> _Estimates:
        """Of all legs: area after area only those that must be told exactly there."""
        parts, unclear = [], [np.empty(0, dtype=np.intp)]
        for found, share, over_paths in self._among(mosaic):
            parts.append(self._estimates(found.leg, found.area, share, over_paths, (found.start, found.end)))
            unclear.append(found.unclear)
            progress(found.done / max(1, len(self._leg_id)))
        rest = np.concatenate(unclear)
        if len(rest):
            wide = None if self.wide is None else self.wide.take(rest)
            x0, y0, x1, y1 = (v.take(rest) for v in self.ends)
            for part in overlay(x0, y0, x1, y1, shapes, silent, wide):
                parts.append(self._of_area(part, rest.take(part.leg)))
        return _Estimates.joined(parts)

    def _among(self, mosaic: Mosaic) -> Iterator[tuple[Within, Floats, Optional[Floats]]]:
        """Legs in areas, some at a time, with the share of each inside and its standard deviation over the paths."""
        if self._bridge is not None:
            yield from self._bridge.among(self._in_bridge, mosaic)
            return
        x0, y0, x1, y1 = self.ends
        ox, oy = mosaic.origin
        for found in mosaic.of_straight(x0 - ox, y0 - oy, x1 - ox, y1 - oy):
            yield found, found.start.astype(np.float64) if self._holds else found.share[:, 0], None

    @property
    def _holds(self) -> bool:
        """Whether each fix holds until the next."""
        return self._params.method == "last_fix"

    def _of_area(self, part: Overlay, leg: Rows) -> _Estimates:
        """Of legs over one area; `leg` is where they stand here."""
        start, end = part.ends_inside
        over_paths: Optional[Floats] = None
        if self._bridge is not None:
            share, over_paths = self._bridge(self._in_bridge.take(leg), part, (start, end))
        else:
            share = start.astype(np.float64) if self._holds else part.fraction
        return self._estimates(leg, np.full(len(leg), part.area), share, over_paths, (start, end))

    def _estimates(
        self, leg: Rows, area: Rows, share: Floats, over_paths: Optional[Floats], ends: tuple[Bools, Bools]
    ) -> _Estimates:
        """Of pairs that may be worth a row."""
        seconds = self._seconds.take(leg) * share
        keep = np.flatnonzero((seconds >= LEAST_S) | ends[0] | ends[1])
        leg = leg[keep]
        sd = np.full(len(leg), np.nan)
        if self._bridge is not None and over_paths is not None:
            sd = self._bridge.share_sd(self._in_bridge.take(leg), share[keep], over_paths[keep])
            sd *= self._seconds.take(leg)
        return _Estimates(leg, area[keep], seconds[keep], sd, ends[0][keep], ends[1][keep])

    def _rows(self, found: _Estimates, rings: Sequence[Rings]) -> Shares:
        """The rows that are worth having, with their bounds, of pairs area by area; `rings` are those of all areas."""
        seconds = found.seconds
        low, high = self._bounds(found, rings)
        if not self._holds:
            # The straight line and each path keep the speed limit; rounding must not say otherwise.
            low, high = np.minimum(low, seconds), np.maximum(high, seconds)
        worth = np.flatnonzero((seconds >= LEAST_S) | (low > 0))
        leg = self._leg_id.take(found.leg[worth])
        return leg, found.area[worth], seconds[worth], low[worth], high[worth], found.sd[worth]

    def _bounds(self, found: _Estimates, rings: Sequence[Rings]) -> tuple[Floats, Floats]:
        leg = found.leg
        if self._params.bounds == "none" or not len(leg):
            return np.full(len(leg), np.nan), np.full(len(leg), np.nan)
        x0, y0, x1, y1 = (v.take(leg) for v in self.ends)
        lasts = self._seconds.take(leg)
        limit = speed_limit(np.hypot(x1 - x0, y1 - y0), lasts, self._params.max_speed_ms)
        to_edge = ends_to_boundary(x0, y0, x1, y1, found.area, rings)
        accuracy = self._accuracy[0].take(leg), self._accuracy[1].take(leg)
        return prism_bounds(lasts, limit, to_edge, (found.start, found.end), accuracy)

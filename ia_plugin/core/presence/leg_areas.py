"""The time of each leg shared among areas."""

from __future__ import annotations

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
from ..geometry.overlay import Overlay, overlay
from ..geometry.prism import prism_bounds, speed_limit
from ..params import PresenceParams
from ..progress import Progress, silent
from .bridge import Bridge, BridgeOfSome
from .bridge_model import BridgeModel, default_bridge
from .leg_arrays import LEAST_S, Ends, leg_accuracy, leg_ends
from .prism_pairs import Shares, reached_only
from .processes import in_ranges


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
    found = [share(part) for part in overlay(*share.ends, shapes, progress, share.wide)]
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


class _Sharer:
    """Shares the legs of one area after the other: all of them, by the bridge those near some area.

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

    def __call__(self, part: Overlay) -> Shares:
        duration = self._seconds[part.leg]
        start, end = part.ends_inside
        if self._bridge is not None:
            return self._bridged(part, duration, (start, end), self._bridge)
        seconds = duration * (start if self._params.method == "last_fix" else part.fraction)
        keep = np.flatnonzero((seconds >= LEAST_S) | start | end)
        low, high = self._bounds(part, keep, duration[keep], (start[keep], end[keep]))
        seconds = seconds[keep]
        if self._params.method == "linear":
            # The straight line keeps the speed limit; rounding must not say otherwise.
            low, high = np.minimum(low, seconds), np.maximum(high, seconds)
        return self._rows(part, keep, seconds, low, high, np.full(len(seconds), np.nan))

    def _bridged(self, part: Overlay, duration: Floats, ends: tuple[Bools, Bools], bridge: Bridge) -> Shares:
        leg = self._in_bridge.take(part.leg)
        share, sd = bridge(leg, part, ends)
        seconds = duration * share
        keep = np.flatnonzero((seconds >= LEAST_S) | ends[0] | ends[1])
        low, high = self._bounds(part, keep, duration[keep], (ends[0][keep], ends[1][keep]))
        seconds = seconds[keep]
        sd = duration[keep] * bridge.share_sd(leg[keep], share[keep], sd[keep])
        # Each path keeps the speed limit; rounding must not say otherwise.
        low, high = np.minimum(low, seconds), np.maximum(high, seconds)
        return self._rows(part, keep, seconds, low, high, sd)

    def _rows(self, part: Overlay, keep: Rows, seconds: Floats, low: Floats, high: Floats, sd: Floats) -> Shares:
        """The rows worth having."""
        worth = (seconds >= LEAST_S) | (low > 0)
        leg = self._leg_id[part.leg[keep[worth]]]
        return leg, np.full(len(leg), part.area), seconds[worth], low[worth], high[worth], sd[worth]

    def _bounds(
        self, part: Overlay, which: Rows, seconds: Floats, inside: tuple[Bools, Bools]
    ) -> tuple[Floats, Floats]:
        if self._params.bounds == "none":
            return np.full(len(which), np.nan), np.full(len(which), np.nan)
        leg = part.leg[which]
        length = np.hypot(part.x1[which] - part.x0[which], part.y1[which] - part.y0[which])
        accuracy = tuple(a[leg] for a in self._accuracy)
        limit = speed_limit(length, seconds, self._params.max_speed_ms)
        return prism_bounds(seconds, limit, part.distances(which), inside, accuracy)

"""When the straight line between two fixes enters and leaves an area."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..areas import prepare_areas
from ..arrays import Floats, Ints, Rows
from ..columns import require
from ..geometry.clip import inside_intervals
from ..geometry.overlay import Overlay, overlay
from ..progress import Progress, silent
from ..times.instants import instants, nanoseconds
from .leg_areas import same_system
from .leg_arrays import leg_ends


def stays(legs: pd.DataFrame, areas: pd.DataFrame, *, progress: Progress = silent) -> pd.DataFrame:
    """Each entry of one leg into one area, by the straight line at constant speed.

    Parameters
    ----------
    legs : DataFrame, the legs table, metres
    areas : DataFrame with ``area_id`` and ``geometry``; invalid ones are repaired

    Returns
    -------
    DataFrame, the stays table, sorted by area, leg and entry. A leg of no length inside stays for its whole duration;
    touching the boundary is no stay.
    """
    return stays_in_prepared(legs, prepare_areas(areas)[0], progress=progress)


def stays_in_prepared(legs: pd.DataFrame, ready: pd.DataFrame, *, progress: Progress = silent) -> pd.DataFrame:
    """As :func:`stays`, in areas that :func:`~ia_plugin.core.areas.prepare_areas` has been through."""
    require(legs, ("leg_id", "start", "duration_s", "x0", "y0", "x1", "y1"), "legs")
    ends = leg_ends(legs)
    shapes = ready["geometry"].to_numpy()
    seconds = legs["duration_s"].to_numpy(dtype=np.float64)
    same_system(ends, seconds, shapes)
    start = nanoseconds(legs["start"])
    found = [_entries(part, start, seconds) for part in overlay(*ends, shapes, progress)]
    leg, area, enter, leave = (
        (np.concatenate([f[i] for f in found]) if found else np.empty(0, dtype=np.int64)) for i in range(4)
    )
    return pd.DataFrame(
        {
            "leg_id": legs["leg_id"].to_numpy()[leg],
            "area_id": ready["area_id"].to_numpy(dtype=object)[area],
            "enter": instants(enter),
            "leave": instants(leave),
        }
    )


def _entries(part: Overlay, start: Ints, seconds: Floats) -> tuple[Rows, Rows, Ints, Ints]:
    which, t_in, t_out = inside_intervals(part.crossed)
    points = part.points
    moving = ~points[which]
    which, t_in, t_out = which[moving], np.clip(t_in[moving], 0.0, 1.0), np.clip(t_out[moving], 0.0, 1.0)
    real = t_out > t_in
    resting = np.flatnonzero(points & part.ends_inside[0])
    which = np.r_[which[real], resting]
    t_in, t_out = np.r_[t_in[real], np.zeros(len(resting))], np.r_[t_out[real], np.ones(len(resting))]
    order = np.lexsort((t_in, which))
    which, t_in, t_out = which[order], t_in[order], t_out[order]
    leg = part.leg[which]
    first, span = start[leg], seconds[leg] * 1e9
    enter, leave = first + np.rint(t_in * span).astype(np.int64), first + np.rint(t_out * span).astype(np.int64)
    lasting = leave > enter
    return leg[lasting], np.full(int(lasting.sum()), part.area), enter[lasting], leave[lasting]

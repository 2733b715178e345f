"""The rate of events by the time since the last visit, with its mirror, the time until the next one, in grey beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..chart_text import on_chart
from ..colours import INK, PALE
from ..words import ratio
from .draw import BAR
from .page_axes import page_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIDES = (
    ("since", "since the last visit", BAR, "o", -0.14),
    ("until", "until the next visit (placebo)", "#9a9a9a", "s", 0.14),
)
STEPS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
MOST_TIMES = 20.0  # an interval that runs on further ends at the edge


def since_curve(curve: pd.DataFrame, mirror: pd.DataFrame) -> Figure:
    """A figure of rate ratios to the reference band, with their intervals, by band of time.

    Parameters
    ----------
    curve, mirror : ``band, ratio, low, high``, a row a band in order of time; a ratio without interval is the reference band

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(3.6, values="y")
    axes.set_yscale("log")
    low, high = _limits(curve, mirror)
    axes.set_ylim(low, high)
    axes.axhline(1.0, color=PALE, linewidth=1.0, zorder=1)
    tables = {"since": curve, "until": mirror}
    for side, label, colour, marker, off in SIDES:
        table = tables[side]
        x = np.arange(len(table)) + off
        best, begin, end = (table[c].to_numpy(dtype=np.float64) for c in ("ratio", "low", "high"))
        if not np.isfinite(best).any():  # withheld
            continue
        known = np.isfinite(begin) & np.isfinite(best)
        axes.vlines(
            x[known], np.clip(begin[known], low, high), np.clip(end[known], low, high), color=colour, linewidth=2.0
        )
        axes.plot(x[known], best[known], marker, color=colour, markersize=7, linestyle="none", label=label, zorder=3)
        held = ~np.isfinite(begin) & np.isfinite(best)
        axes.plot(
            x[held], best[held], marker, color=colour, markerfacecolor="white", markersize=7, linestyle="none", zorder=3
        )
    axes.set_xticks(range(len(curve)))
    axes.set_xticklabels([on_chart(str(b)) for b in curve["band"]])
    axes.set_xlim(-0.6, len(curve) - 0.4)
    _ticks(axes, low, high)
    axes.set_ylabel(on_chart("events an hour, times as many"), size=9, color=INK)
    axes.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncol=2)
    return axes.figure


# --- parts ------------------------------------------------------------------------------------------------------------


def _limits(curve: pd.DataFrame, mirror: pd.DataFrame) -> tuple[float, float]:
    """Around all intervals, half to twice as many at the least."""
    found = pd.concat([curve, mirror])[["ratio", "low", "high"]].to_numpy(dtype=np.float64).ravel()
    logs = np.abs(np.log(found[np.isfinite(found) & (found > 0)]))
    reach = min(max(0.75, 1.1 * float(logs.max(initial=0.0))), math.log(MOST_TIMES))
    return math.exp(-reach), math.exp(reach)


def _ticks(axes: Axes, low: float, high: float) -> None:
    from matplotlib.ticker import NullFormatter

    at = [s for s in STEPS if low <= s <= high]
    axes.set_yticks(at)
    axes.set_yticklabels([ratio(s) for s in at])
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()


__all__ = ["since_curve"]

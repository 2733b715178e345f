"""Charts of what goes together: areas as dots, and correlations by how far apart in time the two are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..chart_text import on_chart
from ..colours import INK, PALE
from ..words import number, ratio
from .draw import BAR
from .page_axes import page_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Lag(NamedTuple):
    """A correlation with its interval at a number of periods apart; NaN where there is none."""

    periods: int
    estimate: float
    low: float
    high: float


def areas_chart(x: Sequence[float], y: Sequence[float], labels: tuple[str, str]) -> Figure:
    """A figure of areas as dots, with the least squares line through them; no area is named.

    Parameters
    ----------
    x, y : of the areas
    labels : under and beside the axes

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(3.6, values="y")
    axes.plot(x, y, "o", color=BAR, markersize=5, alpha=0.75, zorder=2)
    n = len(x)
    mean_x, mean_y = sum(x) / n, sum(y) / n
    spread = sum((a - mean_x) ** 2 for a in x)
    if n > 2 and spread > 0:
        slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / spread
        ends = (min(x), max(x))
        axes.plot(ends, [mean_y + slope * (e - mean_x) for e in ends], color=PALE, linewidth=1.0, zorder=1)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda v, _: number(v))
    axes.set_xlabel(on_chart(labels[0]), size=9, color=INK)
    axes.set_ylabel(on_chart(labels[1]), size=9, color=INK)
    return axes.figure


def lags_chart(lags: Sequence[Lag], period: str) -> Figure:
    """A figure of correlations by lag: to the right crimes come later than calls.

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(2.8, values="y")
    for one in lags:
        if math.isfinite(one.low):
            axes.plot([one.periods] * 2, [one.low, one.high], color=BAR, linewidth=2.0, solid_capstyle="butt", zorder=2)
    known = [one for one in lags if math.isfinite(one.estimate)]
    axes.plot([one.periods for one in known], [one.estimate for one in known], "o", color=BAR, markersize=6, zorder=3)
    axes.axhline(0.0, color=PALE, linewidth=1.0, zorder=1)
    axes.set_xticks([one.periods for one in lags])
    axes.set_xticklabels([number(one.periods) for one in lags])
    axes.set_ylim(-1, 1)
    axes.yaxis.set_major_formatter(lambda v, _: ratio(v))
    axes.set_xlabel(on_chart(f"{period}s that crimes come after calls"), size=9, color=INK)
    axes.set_ylabel("correlation", size=9, color=INK)
    return axes.figure


__all__ = ["Lag", "areas_chart", "lags_chart"]

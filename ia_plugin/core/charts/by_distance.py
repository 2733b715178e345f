"""Change by distance band as a curve with intervals: what happened nearest to the areas, and farther away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..words import number
from .day_lines import RULE
from .draw import BAR, INK, PALE
from .page_axes import page_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PERCENT = 150.0


class Band(NamedTuple):
    """A band from one distance to another, metres, and its change with its interval, in per cent; NaN where there is none."""

    from_m: float
    to_m: float
    estimate: float
    low: float
    high: float


def distance_chart(bands: Sequence[Band], inside: Band) -> Figure:
    """A figure of changes by distance; `inside` is the change in the areas themselves, left of distance 0.

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(3.2, values="y")
    width = bands[-1].to_m
    middle = [-0.12 * width, *((b.from_m + b.to_m) / 2 for b in bands)]
    rows = [inside, *bands]
    far = [abs(v) for b in rows for v in (b.low, b.high, b.estimate) if math.isfinite(v)]
    limit = min(MOST_PERCENT, 1.15 * max([10.0, *far]))
    for at, band in zip(middle, rows):
        if not math.isfinite(band.estimate):
            continue
        ends = (max(-limit, band.low), min(limit, band.high)) if math.isfinite(band.low) else (band.estimate,) * 2
        axes.plot([at, at], ends, color=BAR, linewidth=2.0, solid_capstyle="butt", zorder=2)
    known = [(x, b.estimate) for x, b in zip(middle[1:], bands) if math.isfinite(b.estimate)]
    axes.plot([x for x, _ in known], [y for _, y in known], "-o", color=BAR, linewidth=1.0, markersize=6.5, zorder=3)
    axes.plot(middle[:1], [inside.estimate], "s", color=BAR, markersize=7.5, zorder=3)
    axes.axhline(0.0, color=PALE, linewidth=1.0, zorder=1)
    axes.axvline(0.0, color=RULE, linewidth=1.0, zorder=0)
    axes.set_xlim(-0.24 * width, 1.02 * width)
    axes.set_ylim(-limit, limit)
    axes.set_xticks([middle[0], 0.0, *(b.to_m for b in bands)])
    axes.set_xticklabels(["in the areas", "0", *(number(b.to_m) for b in bands)])
    axes.set_xlabel("metres from the border of the area", size=9, color=INK)
    axes.set_ylabel("% more or fewer\nthan expected", size=9, color=INK)
    axes.yaxis.set_major_formatter(lambda v, _: number(v))
    return axes.figure


__all__ = ["Band", "distance_chart"]

"""Estimates as dots with their intervals, one a row: the coefficient chart of the evaluation's pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..chart_text import on_chart
from ..colours import INK, PALE
from ..words import number, ratio
from .draw import BAR
from .page_axes import SHADE, name_rows, page_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW, EDGES = 0.42, 0.95  # inches


@dataclass(frozen=True)
class Interval:
    """One row: a dot, its interval, and what is too near to `no change` for the data to show; a text where there is no figure."""

    label: str
    estimate: float
    low: float
    high: float
    unseen: float = math.nan
    filled: bool = True
    text: str = ""


def interval_chart(rows: Sequence[Interval], *, ratios: bool, unit: str = "") -> Figure:
    """A figure of intervals.

    Parameters
    ----------
    rows : from the top down; an end without limit is drawn as an arrow to the edge
    ratios : whether no change is 1 and the axis is in logs, labelled in times; otherwise no change is 0
    unit : under the axis

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(EDGES + ROW * len(rows), values="x")
    name_rows(axes, [on_chart(r.label) for r in rows])
    low, high = _limits(rows, ratios)
    if ratios:
        axes.set_xscale("log")
    axes.set_xlim(low, high)
    for y, row in enumerate(rows):
        _draw_row(axes, y, row, (low, high), ratios)
    axes.axvline(1.0 if ratios else 0.0, color=PALE, linewidth=1.0, zorder=1)
    _ticks(axes, low, high, ratios)
    axes.set_xlabel(on_chart(unit), size=9, color=INK)
    return axes.figure


def _draw_row(axes: Axes, y: int, row: Interval, limits: tuple[float, float], ratios: bool) -> None:
    if row.unseen > (1 if ratios else 0) and math.isfinite(row.unseen):
        ends = (1 / row.unseen, row.unseen) if ratios else (-row.unseen, row.unseen)
        begin, end = np.clip(ends, *limits)
        axes.barh(y, end - begin, left=begin, height=0.62, color=SHADE, zorder=0)
    middle = math.sqrt(limits[0] * limits[1]) if ratios else sum(limits) / 2
    if not math.isfinite(row.estimate):
        box = {"facecolor": SHADE, "edgecolor": "none", "pad": 2.0}
        axes.text(middle, y, on_chart(row.text), ha="center", va="center", size=9, color=PALE, bbox=box)
        return
    begin, end = np.clip([row.low, row.high], *limits)
    axes.plot([begin, end], [y, y], color=BAR, linewidth=2.0, zorder=2, solid_capstyle="butt")
    for at, limit, marker in ((row.low, limits[0], "<"), (row.high, limits[1], ">")):
        if at < limits[0] or at > limits[1]:
            axes.plot(limit, y, marker=marker, color=BAR, markersize=6, clip_on=False, zorder=2)
    axes.plot(
        np.clip(row.estimate, *limits), y, "o", markersize=7.5, color=BAR, markerfacecolor=BAR if row.filled else "white",
        markeredgewidth=1.6, zorder=3,
    )  # fmt: skip


def _limits(rows: Sequence[Interval], ratios: bool) -> tuple[float, float]:
    """From the ends of the intervals, or of twice as far as the farthest dot where they run away."""
    found = [v for r in rows for v in (r.estimate, r.low, r.high) if math.isfinite(v) and (v > 0 or not ratios)]
    if ratios:
        dots = [abs(math.log(r.estimate)) for r in rows if math.isfinite(r.estimate) and r.estimate > 0]
        far = max([0.1, *(abs(math.log(v)) for v in found)])
        far = min(far, max(math.log(4), 2.5 * max([0.0, *dots])))
        return math.exp(-1.08 * far), math.exp(1.08 * far)
    far = max([1e-9, *map(abs, found)])
    return -1.08 * far, 1.08 * far


def _ticks(axes: Axes, low: float, high: float, ratios: bool) -> None:
    from matplotlib.ticker import MaxNLocator, NullFormatter

    if not ratios:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
        axes.xaxis.set_major_formatter(lambda v, _: ratio(v) if high < 1.5 else number(v))
        return
    steps = (1.05, 1.1, 1.25, 1.5, 2, 3, 5, 10, 30, 100, 1000)
    least = math.log(high) / 4.5
    kept: list[float] = []
    for step in steps:
        if step < high and math.log(step) - (math.log(kept[-1]) if kept else 0.0) >= least:
            kept.append(step)
    at = sorted([1.0, *kept, *(1 / k for k in kept)])
    axes.set_xticks(at)
    axes.set_xticklabels([ratio(v) for v in at])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()

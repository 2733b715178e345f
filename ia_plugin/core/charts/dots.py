"""Amounts as dots with their likely ranges, one a row, from zero: the chart of places and of groups in a report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Optional

from ..chart_text import on_chart
from ..colours import INK, PALE
from ..words import number
from .draw import BAR
from .intervals import EDGES, Interval
from .page_axes import SHADE, name_rows, page_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEAR, APART = 0.24, 0.38  # inches of a row of one dot, and of two
OFF = 0.17  # of a row, each of two dots from its middle


def dot_chart(
    rows: Sequence[Interval],
    *,
    unit: str,
    beside: Sequence[Optional[Interval]] = (),
    band: Optional[tuple[float, float, float]] = None,
) -> Figure:
    """A figure of amounts with their ranges.

    Parameters
    ----------
    rows : from the top down; the text of a row without a figure stands in its place
    unit : under the axis
    beside : of each row what it is held against, a second dot below the first; None where there is none
    band : (lower quartile, median, upper quartile) of what all rows are held against

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    second = list(beside) or [None] * len(rows)
    axes = page_axes(EDGES + (APART if any(second) else NEAR) * len(rows), values="x")
    name_rows(axes, [on_chart(r.label) for r in rows])
    ends = [v for r in (*rows, *second) if r is not None for v in (r.estimate, r.high) if math.isfinite(v)]
    most = max([1e-9, *ends, *(band or ())])
    axes.set_xlim(0.0, 1.06 * most)
    if band is not None:
        axes.axvspan(band[0], band[2], color=SHADE, zorder=0)
        axes.axvline(band[1], color=PALE, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1)
    for y, (first, other) in enumerate(zip(rows, second)):
        off = OFF if other is not None else 0.0
        _draw_row(axes, y - off, first, most)
        if other is not None:
            _draw_row(axes, y + off, other, most)
    _ticks(axes)
    axes.set_xlabel(on_chart(unit), size=9, color=INK)
    return axes.figure


def _draw_row(axes: Axes, y: float, row: Interval, most: float) -> None:
    colour = BAR if row.filled else PALE
    if not math.isfinite(row.estimate):
        axes.text(0.01 * most, y, on_chart(row.text), ha="left", va="center", size=9, color=PALE)
        return
    if math.isfinite(row.low) and math.isfinite(row.high):
        axes.plot([max(row.low, 0.0), row.high], [y, y], color=colour, linewidth=1.8, zorder=2, solid_capstyle="butt")
    axes.plot(
        row.estimate, y, "o", markersize=6.0, color=colour, markerfacecolor=BAR if row.filled else "white",
        markeredgewidth=1.5, zorder=3, clip_on=False,
    )  # fmt: skip


def _ticks(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
    axes.xaxis.set_major_formatter(lambda v, _: number(v))


__all__ = ["dot_chart"]

"""How far a figure rests on single areas: the figure with each area left out, a dot each, beside the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..chart_text import on_chart
from ..colours import INK, PALE
from ..words import ratio
from .draw import BAR
from .page_axes import SHADE, name_rows, page_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW, EDGES = 0.19, 0.8  # inches
MOST_NAMED = 60
"""Beyond so many areas only those that move the figure most are drawn."""


def left_out_chart(
    names: Sequence[str], estimates: Sequence[float], whole: tuple[float, float, float], unit: str = "times as many"
) -> Figure:
    """A figure of ratios, each without one area, by name.

    Parameters
    ----------
    names, estimates : of the areas left out, in the order of their names
    whole : best estimate with its interval, of all areas: the line and the band
    unit : under the axis

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    estimate, low, high = whole
    rows = list(zip(names, estimates))
    if len(rows) > MOST_NAMED:
        far = sorted(range(len(rows)), key=lambda i: -abs(rows[i][1] - estimate))[:MOST_NAMED]
        rows = [rows[i] for i in sorted(far)]
    axes = page_axes(EDGES + ROW * len(rows), values="x")
    name_rows(axes, [on_chart(name) for name, _ in rows])
    axes.tick_params(axis="y", labelsize=7.5)
    axes.axvspan(low, high, color=SHADE, zorder=0)
    axes.axvline(estimate, color=PALE, linewidth=1.0, zorder=1)
    axes.plot([value for _, value in rows], range(len(rows)), "o", color=BAR, markersize=4, zorder=2)
    axes.xaxis.set_major_formatter(lambda value, _: ratio(value))
    axes.set_xlabel(on_chart(unit), size=9, color=INK)
    return axes.figure


__all__ = ["left_out_chart"]

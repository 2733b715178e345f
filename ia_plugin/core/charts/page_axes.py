"""The axes that charts of the evaluation's pages are drawn on: one width, one look, pale lines across the values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..colours import INK, RULE
from ..errors import ImpactAreaError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 8.6  # inches, of every chart of a page
SHADE = "#eceff3"


def page_figure(height: float) -> Figure:
    """An empty figure as wide as a page's charts, `height` inches high; an :class:`ImpactAreaError` where matplotlib is missing."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImpactAreaError(
            "The page needs matplotlib, which is not installed.", "Install matplotlib into QGIS's Python."
        ) from None
    return Figure(figsize=(WIDTH, height))


def page_axes(height: float, values: str) -> Axes:
    """Empty axes of a figure (``axes.figure``) `height` inches high, with the lines of a page's chart.

    Parameters
    ----------
    values : ``x`` or ``y``: the axis that the values stand on, which has the pale lines

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_figure(height).add_subplot()
    axes.tick_params(length=2.5, width=0.6, labelsize=9, colors=INK)
    axes.grid(axis=values, color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    return axes


def name_rows(axes: Axes, names: list[str]) -> None:
    """Rows from the top down, each with its name on the left."""
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(names)
    axes.tick_params(axis="y", length=0, pad=9, labelsize=9.5)


__all__ = ["SHADE", "WIDTH", "name_rows", "page_axes", "page_figure"]

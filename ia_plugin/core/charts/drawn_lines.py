"""Officer time of drawn and undrawn areas by week, beside what the areas had before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..chart_text import on_chart
from ..colours import INK, PALE
from .draw import BAR
from .page_axes import page_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINES = (
    ("before", "All, before the trial", PALE, "^"),
    ("undrawn", "Undrawn", PALE, "s"),
    ("drawn", "Drawn", BAR, "o"),
)


def drawn_lines(hours: pd.DataFrame) -> Figure:
    """A figure of mean officer hours an area and day, by week.

    Parameters
    ----------
    hours : ``week, place, hours``; places "before", "undrawn" and "drawn"

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(2.9, values="y")  # first, for it says so where matplotlib is missing
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    for place, label, colour, marker in LINES:
        part = hours[hours["place"] == place]
        line = "--" if place == "before" else "-"
        days = pd.to_datetime(part["week"]).to_numpy()
        axes.plot(
            days, part["hours"], marker=marker, markersize=4.5, linewidth=1.8, linestyle=line, color=colour, label=label
        )
    axes.set_ylim(bottom=0)
    locator = AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_ylabel(on_chart("officer hours an area and day"), size=9, color=INK)
    axes.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncol=3)
    return axes.figure

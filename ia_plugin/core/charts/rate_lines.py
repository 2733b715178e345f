"""Rates of impact and comparison areas through time, as two lines with what people noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..chart_text import on_chart
from ..colours import INK, PALE
from ..material.places import COMPARISON, IMPACT
from .draw import BAR
from .page_axes import page_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINES = ((IMPACT, "Impact Areas", BAR, "o"), (COMPARISON, "Comparison areas", PALE, "s"))


def rate_lines(rates: pd.DataFrame, outcome: str, *, notes: pd.DataFrame | None = None) -> Figure:
    """A figure of pooled rates by km² and day.

    Parameters
    ----------
    rates : the table `rates`
    outcome : which of its rows
    notes : the notes table; each is a dashed line with its text

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    axes = page_axes(2.9, values="y")  # first, for it says so where matplotlib is missing
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    rows = rates[(rates["split"] == "period") & (rates["outcome"] == outcome)]
    for place, label, colour, marker in LINES:
        part = rows[rows["place"] == place]
        days = pd.to_datetime(part["part"]).to_numpy()
        axes.plot(days, part["per_km2_day"], marker=marker, markersize=4.5, linewidth=1.8, color=colour, label=label)
    for text, day in _marks(notes):
        axes.axvline(day, color=PALE, linewidth=1.0, linestyle="--")
        axes.annotate(
            on_chart(text[:40]),
            (day, 1.0),
            xycoords=("data", "axes fraction"),
            fontsize=8,
            color=PALE,
            ha="left",
            va="bottom",
        )
    axes.set_ylim(bottom=0)
    locator = AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_ylabel(on_chart(f"{outcome} per km² and day"), size=9, color=INK)
    axes.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncol=2)
    return axes.figure


def _marks(notes: pd.DataFrame | None) -> list[tuple[str, pd.Timestamp]]:
    if notes is None or not len(notes):
        return []
    days = pd.to_datetime(notes["from"], utc=True).dt.tz_localize(None)
    return [(str(text), day) for text, day in zip(notes["text"], days) if pd.notna(day)]

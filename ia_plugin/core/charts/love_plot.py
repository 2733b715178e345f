"""How alike two groups are in each covariate, before and after weights: a Love plot (Love 2002)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from ..chart_text import on_chart
from ..errors import ImpactAreaError
from .draw import BAR, INK, PALE, RULE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHADE = "#eceff3"
ROW, EDGES = 0.42, 1.35  # inches


def love_plot(balance: pd.DataFrame, usual: float = 0.1) -> Figure:
    """A figure of standardised differences: hollow dots before, full ones after; the widest before stands on top.

    Parameters
    ----------
    balance : the table `balance`
    usual : differences within this are shaded, as commonly taken for balance

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImpactAreaError(
            "The page needs matplotlib, which is not installed.", "Install matplotlib into QGIS's Python."
        ) from None
    order = balance["difference_before"].abs().sort_values(ascending=False, kind="stable").index
    rows = balance.loc[order]
    figure = Figure(figsize=(8.6, EDGES + ROW * len(rows)))
    axes = figure.add_subplot()
    for row, (before, after) in enumerate(zip(rows["difference_before"], rows["difference_after"])):
        axes.plot([before, after], [row, row], color=RULE, linewidth=1.6, zorder=1)
    y = list(range(len(rows)))
    style = {"markersize": 7.5, "markeredgewidth": 1.6, "linestyle": "none", "color": BAR}
    axes.plot(rows["difference_before"], y, "o", markerfacecolor="white", label="before", zorder=2, **style)
    axes.plot(rows["difference_after"], y, "o", label="after", zorder=3, **style)
    axes.axvspan(-usual, usual, color=SHADE, zorder=0)
    axes.axvline(0.0, color=PALE, linewidth=1.0, zorder=1)
    values = [abs(v) for v in (*rows["difference_before"], *rows["difference_after"]) if math.isfinite(v)]
    reach = 1.12 * max([2 * usual, *values])
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(y)
    axes.set_yticklabels([on_chart(str(n)) for n in rows["covariate"]])
    axes.tick_params(axis="y", length=0, pad=9, labelsize=9.5, colors=INK)
    axes.tick_params(axis="x", length=2.5, width=0.6, labelsize=9, colors=INK)
    axes.set_xlabel("impact less comparison areas, in standard deviations", size=9, color=INK)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=2, frameon=False, fontsize=9)
    return figure

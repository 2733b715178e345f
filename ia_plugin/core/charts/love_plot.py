"""How alike two groups are in each covariate, before and after weights: a Love plot (Love 2002)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from ..chart_text import on_chart
from .day_lines import RULE
from .draw import BAR, INK, PALE
from .page_axes import SHADE, name_rows, page_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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
    order = balance["difference_before"].abs().sort_values(ascending=False, kind="stable").index
    rows = balance.loc[order]
    axes = page_axes(EDGES + ROW * len(rows), values="x")
    name_rows(axes, [on_chart(str(n)) for n in rows["covariate"]])
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
    axes.set_xlabel("impact less comparison areas, in standard deviations", size=9, color=INK)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=2, frameon=False, fontsize=9)
    return axes.figure

"""Pictures of the quality report, by matplotlib without a screen; colours that the colour-blind tell apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..chart_text import in_legend
from ..errors import ImpactAreaError
from ..words import number
from .findings import OTHERS, QualityReport

# Okabe & Ito (2008).
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#555555")
MOST_UNITS = 7


def charts_of(report: QualityReport) -> list[dict[str, Any]]:
    """Figures with their captions: rows by day and unit, the time between reports, events by month."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImpactAreaError(
            "The report needs matplotlib, which is not installed.", "Install matplotlib into QGIS's Python."
        ) from None
    found = []
    rows = report.tables.get("rows", pd.DataFrame())
    if len(rows):
        table = _few(rows, "rows").pivot_table(index="day", columns="unit", values="rows", aggfunc="sum")
        found.append(
            {
                "figure": _days(Figure, table, "reports a day", stacked=True, report=report),
                "caption": "Reports by day and unit.",
            }
        )
    steps = report.tables.get("intervals", pd.DataFrame())
    if len(steps):
        table = _few(steps.rename(columns={"median_s": "value"}), "reports").pivot_table(
            index="day", columns="unit", values="value", aggfunc="median"
        )
        found.append(
            {
                "figure": _days(Figure, table, "seconds", stacked=False, report=report),
                "caption": "Median time between reports, by day and unit.",
            }
        )
    events = report.tables.get("events", pd.DataFrame())
    if len(events) and events["month"].nunique() > 1:  # one month is a number, no chart
        table = events.pivot_table(index="month", columns="kind", values="events", aggfunc="sum")
        found.append(
            {
                "figure": _days(Figure, table, "records a month", stacked=False, report=report),
                "caption": "Crimes, incidents and searches by month.",
            }
        )
    return found


def _few(table: pd.DataFrame, weight: str) -> pd.DataFrame:
    """The largest units, and the others as one."""
    largest = table.groupby("unit")[weight].sum().nlargest(MOST_UNITS).index
    return table.assign(unit=table["unit"].where(table["unit"].isin(largest), OTHERS))


def _days(figure_of: Any, table: pd.DataFrame, label: str, *, stacked: bool, report: QualityReport) -> Any:
    figure = figure_of(figsize=(8.6, 2.8))
    axes = figure.add_subplot()
    names = [str(c) for c in table.columns]
    colours = [COLOURS[i % len(COLOURS)] for i in range(len(names))]
    if stacked:
        bottom = pd.Series(0.0, index=table.index)
        for name, colour in zip(table.columns, colours):
            axes.bar(
                table.index, table[name].fillna(0), bottom=bottom, color=colour, label=in_legend(str(name)), width=0.8
            )
            bottom = bottom + table[name].fillna(0)
    else:
        for name, colour, style in zip(table.columns, colours, ("-", "--", "-.", ":") * 8):
            axes.plot(
                table.index, table[name], style, color=colour, label=in_legend(str(name)), marker="o", markersize=3
            )
        axes.set_ylim(0, 1.2 * max(float(table.max().max()), 1.0))
    notes = report.notes()
    for moment in notes["from"] if len(notes) else ():
        axes.axvline(moment, color="#555555", linewidth=1, linestyle=":")
    axes.set_ylabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter(lambda v, _: number(v))
    if len(names) > 1 or names[0] != "all":
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8)
    figure.autofmt_xdate(rotation=0, ha="center")
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=2, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    return figure

"""The quality report as one HTML page: no network, no script, every value escaped."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..html_page import inline_png, rendered
from ..marking import MARKING
from ..words import DASH, number
from .charts import charts_of
from .findings import ATTENTION, THEMES, QualityReport


def quality_page(
    report: QualityReport,
    *,
    title: str = "Quality of the data",
    marking: str = MARKING,
    made: str = "",
    sources: tuple[str, ...] = (),
) -> str:
    """HTML text of a report.

    Parameters
    ----------
    report : from :func:`~ia_plugin.core.quality.assessment`
    marking : protective marking; never blank
    made : when and from what it was made, in words
    sources : sentences on the import, one a file

    Raises
    ------
    ParameterError
        for a blank marking.
    ImpactAreaError
        where Jinja2 or matplotlib is missing.
    """
    themes = [
        {
            "name": name,
            "attention": int(((report.findings["theme"] == theme) & (report.findings["severity"] == ATTENTION)).sum()),
            "findings": report.findings[report.findings["theme"] == theme].to_dict("records"),
        }
        for theme, name in THEMES.items()
    ]
    return rendered(
        "quality.html.j2",
        title=title,
        marking=marking,
        made=made,
        summary=report.summary(),
        themes=[t for t in themes if t["findings"] or t["name"] != THEMES["events"]],
        charts=[{**c, "data": inline_png(c["figure"])} for c in charts_of(report)],
        roles=_table(report.tables.get("roles")),
        places=_table(report.tables.get("places")),
        notes=_table(report.notes()),
        sources=list(sources),
        attention=ATTENTION,
    )


def _table(table: Any) -> Any:
    """Header and rows of a small table as text."""
    if table is None or not len(table):
        return None
    heads = [str(c) for c in table.columns]
    rows = [
        [_word(v, "%" if "%" in head else "") for v, head in zip(row, heads)] for row in table.itertuples(index=False)
    ]
    return {"header": [head.replace("_", " ") for head in heads], "rows": rows}


def _word(value: Any, unit: str) -> str:
    if value is None or value is pd.NaT:
        return DASH
    return number(value, unit) if isinstance(value, (int, float)) else str(value)

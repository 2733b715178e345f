"""The quality report as one HTML page: no network, no script, every value escaped."""

from __future__ import annotations

import base64
import io
from typing import Any

import pandas as pd

from ..errors import ImpactAreaError
from ..marking import MARKING, checked_marking
from ..resources import plugin_version, resource_path
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
    marking = checked_marking(marking)
    try:
        import jinja2
    except ImportError:
        raise ImpactAreaError(
            "The report needs Jinja2, which is not installed.", "Install jinja2 into QGIS's Python."
        ) from None
    loader = jinja2.FileSystemLoader(str(resource_path("templates")))
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    themes = [
        {
            "name": name,
            "attention": int(((report.findings["theme"] == theme) & (report.findings["severity"] == ATTENTION)).sum()),
            "findings": report.findings[report.findings["theme"] == theme].to_dict("records"),
        }
        for theme, name in THEMES.items()
    ]
    return environment.get_template("quality.html.j2").render(
        title=title,
        marking=marking,
        made=made,
        version=plugin_version(),
        summary=report.summary(),
        themes=[t for t in themes if t["findings"] or t["name"] != THEMES["events"]],
        charts=[{**c, "data": _inline(c["figure"])} for c in charts_of(report)],
        roles=_table(report.tables.get("roles")),
        places=_table(report.tables.get("places")),
        notes=_table(report.tables.get("notes")),
        sources=list(sources),
        attention=ATTENTION,
    )


def _inline(figure: Any) -> str:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=110, bbox_inches="tight")
    return base64.b64encode(stream.getvalue()).decode("ascii")


def _table(table: Any) -> Any:
    """Header and rows of a small table as text."""
    if table is None or not len(table):
        return None
    words = [[_word(v) for v in row] for row in table.itertuples(index=False)]
    return {"header": [str(c).replace("_", " ") for c in table.columns], "rows": words}


def _word(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NaT:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)

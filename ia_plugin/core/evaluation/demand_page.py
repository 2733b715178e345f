"""Calls and crime as a page: the correlation first, areas as dots, and how far apart in time the two go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Optional

from ..charts.correlations import Lag, areas_chart, lags_chart
from ..checked import Checked
from ..marking import MARKING
from ..words import STATED, likely_range
from .demand import Demand
from .page import Section, results_page, results_section

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEAST_DOTS = 5


def demand_page(
    found: Demand, *, period: str, about: str = "", audience: str = "board", marking: str = MARKING, runs_before: Optional[int] = None,
    notes: Sequence[str] = (), checked: Optional[Checked] = None,
) -> str:  # fmt: skip
    """HTML text of calls and crime.

    Parameters
    ----------
    found, period, notes : see :func:`demand_section`
    about, audience, marking, runs_before, checked : see :func:`~.page.results_page`
    """
    section = demand_section(found, period=period, audience=audience, notes=notes)
    return results_page(
        section, about=about, audience=audience, marking=marking, runs_before=runs_before, checked=checked
    )


def demand_section(found: Demand, *, period: str, audience: str = "board", notes: Sequence[str] = ()) -> Section:
    """What calls and crime say.

    Parameters
    ----------
    found : Demand
    period : of the series, "month"
    audience : who it is for
    notes : sentences beside the figures
    """
    return results_section(
        found.results, title="Calls for service and recorded crime", notes=[*notes, *found.notes],
        charts=_charts(found, period, audience),
    )  # fmt: skip


def _charts(found: Demand, period: str, audience: str) -> list[tuple[Figure, str]]:
    charts = []
    if len(found.places) >= LEAST_DOTS and audience != "public":  # a dot of an area tells its counts
        labels = (f"calls {found.unit}", f"crimes {found.unit}")
        chart = areas_chart(found.places["calls"].tolist(), found.places["crimes"].tolist(), labels)
        charts.append(
            (chart, "Each dot is an area, over the whole time; the line is the straight line nearest to all of them.")
        )
    if len(found.lags) > 1 and found.lags["estimate"].notna().any():
        rows = [Lag(int(r["lag"]), r["estimate"], r["low"], r["high"]) for r in found.lags.to_dict("records")]
        text = f"Within areas, after trend and season: calls of a {period} and crimes of {period}s before (left) and after (right), each with its {likely_range(STATED)}."
        charts.append((lags_chart(rows, period), text))
    return charts


__all__ = ["demand_page", "demand_section"]

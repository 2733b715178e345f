"""The baseline as a page: the share of everything first, then the comparison, the rates through time and by group."""

from __future__ import annotations

import pandas as pd

from ..charts.rate_lines import rate_lines
from ..checked import Checked
from ..marking import MARKING
from ..words import number
from .baseline import Baseline
from .page import Section, results_page, results_section
from .panel import Panel
from .rates import first_line, why_no_land

LINES = ("officer hours", "crimes", "incidents")
"""What has a chart through time."""
LEAST_PERIODS = 3
SPLITS = {"unit": "by unit", "resource_type": "by resource type", "mode": "by mode", "hours": "by hours of the day"}


def baseline_page(
    found: Baseline, panel: Panel, rates: pd.DataFrame, *, about: str = "", audience: str = "board", marking: str = MARKING,
    runs_before: int | None = None, checked: Checked | None = None,
) -> str:  # fmt: skip
    """HTML text of a baseline.

    Parameters
    ----------
    found, panel, rates : see :func:`baseline_section`
    about, audience, marking, runs_before, checked : see :func:`~.page.results_page`
    """
    section = baseline_section(found, panel, rates)
    return results_page(
        section, about=about, audience=audience, marking=marking, runs_before=runs_before, checked=checked
    )


def baseline_section(found: Baseline, panel: Panel, rates: pd.DataFrame) -> Section:
    """What a baseline says.

    Parameters
    ----------
    found, panel, rates : the baseline, its panel, and the table `rates` as the audience may see it
    """
    lines = [o for o in LINES if _periods(rates, o) >= LEAST_PERIODS]
    period = "day" if panel.params.period == "shift" else panel.params.period
    charts = [
        (
            rate_lines(rates, o, notes=panel.notes),
            f"Pooled rates of {o} by {period}. Gaps in the data have no dot.",
        )
        for o in lines
    ]
    notes = [*(n for n in found.notes), *_splits(rates), why_no_land(panel), _unobserved(panel)]
    first = [t for t in (first_line(panel),) if t]
    return results_section(found.results, title="Baseline", first=first, notes=[n for n in notes if n], charts=charts)


def _periods(rates: pd.DataFrame, outcome: str) -> int:
    return int(rates.loc[(rates["split"] == "period") & (rates["outcome"] == outcome), "part"].nunique())


def _splits(rates: pd.DataFrame) -> list[str]:
    """Hours by group of both roles, a sentence each; in alphabetical order, for groups have no rank."""
    out = []
    for split, words in SPLITS.items():
        rows = rates[
            (rates["split"] == split) & (rates["outcome"] == "officer hours") & rates["place"].str.startswith("(")
        ]
        for name, part in rows.groupby("name", sort=False):
            listed = ", ".join(f"{p} {number(a, 'h')} h" for p, a in zip(part["part"], part["amount"]))
            out.append(f"{name}, officer time {words}: {listed}.")
    return out


def _unobserved(panel: Panel) -> str:
    """How much of officers' time was observed, of the force."""
    if panel.cells["officer_hours"].isna().all():
        return ""
    seen = panel.cells["observed_share"].mean()
    if seen != seen:
        return (
            "How much of officers' time was not observed is not known here: see the report on the quality of the data."
        )
    return f"{number(100 * (1 - seen), '%')} % of officers' time was not observed: it is neither presence nor absence."

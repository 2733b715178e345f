"""What changed in impact areas since adoption, against comparison areas: never measured from the time that scored the areas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats
from ..errors import EstimateError
from ..params import BaselineParams
from ..times.civil import from_civil
from ..words import STATED, with_likely
from .caveats import Facts
from .day_window import Window, window_of
from .outcomes import KINDS, kinds_of
from .panel import Panel
from .poisson import PoissonFit
from .result import Result
from .results import from_fit, result_of_nothing
from .scored_window import UNKNOWN, chosen_by_these_counts

EXPOSURE = "the time since adoption"
LEAST_PERIODS = 6  # for a trend
DAYS_A_YEAR = 365.25
METHOD = (
    "Since adoption: Poisson counts by area and period, with an effect of each area and of each period, so that lasting differences and "
    "the season drop out; periods that scored the areas are no part of it."
)

ALL_MATCHED = (
    "All the time before is the time whose crime the areas were matched on: comparison areas chosen for a high count of it fall back of "
    "themselves too."
)

Without = Optional[Callable[[object], Floats]]


def since_adoption(
    panel: Panel,
    params: BaselineParams,
    weights: Optional[Floats] = None,
    weights_without: Without = None,
    matched: Optional[Window] = None,
) -> tuple[list[Result], list[str]]:
    """Results of crimes and other kinds of events since adoption, and sentences on trends.

    Parameters
    ----------
    panel : Panel; its areas tell ``adopted_on`` where anything is to be known of before and after
    params : which time scored the areas
    weights, weights_without : of a matching, (cells,): see :meth:`Panel.fit`
    matched : days of the earlier crime that areas were matched on: comparison areas chosen for a high count fall back too
    """
    scored = window_of(params.scored_from, params.scored_to, ("scored_from", "scored_to"))
    compared = panel.cells["role"].isin(("impact", "comparison")).to_numpy()
    if weights is not None:
        compared = compared & (weights > 0)
    results, notes = [], []
    impact = (panel.cells["role"] == "impact").to_numpy()
    adopted = np.where(impact, panel.cells["adopted"].to_numpy(dtype=np.float64), 0.0)
    for kind in kinds_of(panel):
        keep = panel.kept_for(kind) & compared
        counts = panel.counts(kind)
        if not keep.any():
            continue
        trend, sentence = _trend(panel, counts, impact, keep & (adopted == 0) if adopted.any() else keep, KINDS[kind])
        notes += sentence
        if adopted.any():
            results.append(
                _change(panel, kind, counts, adopted, keep, (scored, matched), trend, weights, weights_without)
            )
    if scored is None and any(not r.withheld for r in results):
        notes.append(UNKNOWN)
    return results, notes


def in_window(panel: Panel, window: Window) -> Bools:
    """Cells whose period has a day of a window."""
    zone = panel.params.timezone
    days = pd.DatetimeIndex([pd.Timestamp(window.first), pd.Timestamp(window.last) + pd.Timedelta(days=1)])
    begin, end = from_civil(days, zone)
    return np.asarray((panel.cells["period"] < end) & (panel.cells["period_end"] > begin))


# --- parts ------------------------------------------------------------------------------------------------------------


def _change(
    panel: Panel,
    kind: str,
    counts: Floats,
    adopted: Floats,
    keep: Bools,
    windows: tuple[Optional[Window], Optional[Window]],
    trend_p: float,
    weights: Optional[Floats],
    weights_without: Without,
) -> Result:
    """The rate ratio of one kind of events since adoption."""
    before = _before(panel, adopted) & keep
    outcome = KINDS[kind]
    if not before.any():
        return _nothing(outcome, replace(panel.facts(keep), no_before=True))
    scored, matched = windows
    if scored is not None:
        keep = keep & ~in_window(panel, scored)
        if not (before & keep).any():
            return _nothing(outcome, replace(panel.facts(keep), before_scored_areas=True))
    if matched is not None:
        keep = keep & ~in_window(panel, matched)
        if not (before & keep).any():
            return _nothing(outcome, replace(panel.facts(keep), not_compared=ALL_MATCHED))
    facts = replace(panel.facts(keep), trend_p=trend_p, police_generated=kind == "stop_search")
    if scored is None:
        facts = replace(facts, looks_chosen=_looks_chosen(panel, counts, before, keep & ~_before(panel, adopted)))
    try:
        fit = panel.fit(counts, adopted, keep, weights=weights, weights_without=weights_without)
    except EstimateError:
        return _nothing(outcome, replace(panel.facts(keep), no_figure=True))
    names = dict(zip(panel.cells["area_id"], panel.cells["name"].astype(str)))
    return from_fit(
        fit, question="baseline", outcome=outcome, exposure=EXPOSURE, facts=facts, method=METHOD, names=names
    )


def _nothing(outcome: str, facts: Facts) -> Result:
    """No figure, and why."""
    return replace(result_of_nothing("baseline", outcome, EXPOSURE), facts=facts, method=METHOD)


def _before(panel: Panel, adopted: Floats) -> Bools:
    """Cells of the periods in which no impact area was adopted yet."""
    some = panel.cells.assign(adopted=adopted).groupby("period")["adopted"].max()
    return np.asarray(panel.cells["period"].map(some) == 0)


def _looks_chosen(panel: Panel, counts: Floats, before: Bools, after: Bools) -> bool:
    """See :func:`chosen_by_these_counts`, of the areas that were seen before and after."""
    cells = panel.cells
    code, ids = pd.factorize(cells["area_id"])
    sums = [np.bincount(code[part], counts[part], len(ids)).astype(np.float64) for part in (before, after)]
    seen = [np.bincount(code[part], minlength=len(ids)) > 0 for part in (before, after)]
    impact = np.bincount(code, cells["role"] == "impact", len(ids)) > 0
    both = seen[0] & seen[1]
    return chosen_by_these_counts(sums[0][both], sums[1][both], impact[both])


def _trend(panel: Panel, counts: Floats, impact: Bools, keep: Bools, outcome: str) -> tuple[float, list[str]]:
    """p of the difference in trends, before adoption where there is one, and a sentence; NaN where it is too short to tell."""
    periods = panel.cells.loc[keep, "period"]
    if periods.nunique() < LEAST_PERIODS:
        return float("nan"), []
    years = (panel.cells["period"] - periods.min()).dt.total_seconds().to_numpy() / (86_400 * DAYS_A_YEAR)
    try:
        fit: PoissonFit = panel.fit(counts, np.where(impact, years, 0.0), keep)
    except EstimateError:
        return float("nan"), []
    best, low, high = (100 * float(np.expm1(np.clip(v, -20, 20))) for v in (fit.beta, fit.low, fit.high))
    when = "before adoption, " if (panel.cells["adopted"] > 0).any() else ""
    word = "moved apart" if fit.p < 0.05 else "no clear difference in trend"
    season = (
        ""
        if years[keep].max() >= 2
        else " Under two years of data: season and trend cannot be told apart for either group alone."
    )
    text = f"Trend of {outcome}, {when}impact against comparison areas, a year: {word} ({with_likely(best, low, high, '%', STATED)}).{season}"
    return float(fit.p), [text]


__all__ = ["in_window", "since_adoption"]

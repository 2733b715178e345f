"""Presence and crime: do areas that have more officers than they usually have see fewer or more events than usual?

Two designs. :func:`presence_crime` follows areas through months, weeks or days (the panel); :func:`case_crossover` holds the hours
before each event against the same hours of other weeks. Neither says which way it runs, nor that presence made a difference.

``presence_crime(build_panel(areas, time_use, events))`` gives the table `results`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

import numpy as np
import pandas as pd

from ..activity.rules import ACTIVITY_WORDS as ACTIVITY_WORDS
from ..activity.rules import OF_MODE
from ..arrays import Bools, Floats
from ..errors import EstimateError, ImpactAreaError
from ..params import PresenceCrimeParams
from ..suppression import OTHER
from ..words import MODE_WORDS, number, p_value, ratio
from .asked_events import Asked, asked_events
from .baseline import Groups, Weights
from .case_crossover import CaseCrossover, Follows, case_crossover, case_crossover_of
from .caveats import Facts
from .panel import LINKED_ACTIVITIES, Panel
from .panel_tables import AT_SITES, sums_at
from .poisson import PoissonFit
from .result import Result
from .results import MOST_PRIMARY, from_fit, result_of_nothing, results_table
from .spatial import Moran, morans_i

QUESTION = "association"
DESIGN = "two-way panel"
METHOD = (
    "Panel: Poisson counts of events by area and period on officer hours there, with an effect of each area and of each period: lasting "
    "differences of areas, and what a period brings to all, drop out. Time at incidents and searches is left out: it answers events. "
    "A lead test asks whether presence in the period after goes with events before it: where it does, nothing is read from the figures."
)

LEAST_PERIODS = 6  # that follow each other, for presence of earlier periods
ROUND = np.array([m * 10.0**k for k in range(-1, 5) for m in (1, 2, 5)])


class Influence(NamedTuple):
    """The rate ratio with each area left out, in the order of the areas' names."""

    names: tuple[str, ...]
    estimates: Floats


@dataclass(frozen=True, eq=False)
class Association:
    """Results, what stands beside them, and how far the first rests on single areas.

    Attributes
    ----------
    results : Result objects
    notes : sentences
    influence : of the first primary result that has a figure; None without one
    moran : of its residuals; None where places are not known
    """

    results: tuple[Result, ...]
    notes: tuple[str, ...]
    influence: Optional[Influence]
    moran: Optional[Moran]


def presence_crime(
    panel: Panel, params: PresenceCrimeParams = PresenceCrimeParams(), weights: Optional[Weights] = None
) -> pd.DataFrame:
    """Events on officer hours, area by area through time, as the table `results`.

    Parameters
    ----------
    panel : Panel with officers' time and events
    params : PresenceCrimeParams
    weights : of a matching; see :func:`~.baseline.baseline`

    Raises
    ------
    EstimateError
        where no period is covered by both, or there are no events.
    ParameterError
        for an outcome that no event has.
    """
    return results_table(presence_crime_of(panel, params, weights).results)


def presence_crime_of(
    panel: Panel,
    params: PresenceCrimeParams = PresenceCrimeParams(),
    weights: Optional[Weights] = None,
    *,
    follows: Optional[Mapping[str, Follows]] = None,
    places: Optional[Mapping[str, tuple[float, float]]] = None,
    most_primary: int = MOST_PRIMARY,
) -> Association:
    """As :func:`presence_crime`, with what a page says beside the results.

    Parameters
    ----------
    follows : how presence follows events within the hour, by what is counted: see :class:`~.case_crossover.CaseCrossover`
    places : a point in each area, metres, by ``area_id``: for what is left over in neighbouring areas
    most_primary : how many of the outcomes named are declared comparisons of this design
    """
    part = _Part.of(panel, weights)
    events = panel.events[panel.events["cell"] >= 0]
    results: list[Result] = []
    notes: list[str] = list(panel.warnings)
    influence, moran = None, None
    exposures = _exposures(panel, part, params)
    for asked in asked_events(events, params.outcomes, most_primary):
        counts = panel.counts(**asked.which)  # type: ignore[arg-type]
        known = follows.get(asked.name) if follows else None
        one = _One(panel, part, asked, counts, params, known.p if known else float("nan"))
        for k, exposure in enumerate(exposures if asked.primary else exposures[:1]):
            result, fit = one.result(exposure, primary=asked.primary and k == 0)
            results.append(result)
            if k == 0 and fit is not None:
                notes.append(one.lead_sentence(result.facts.placebo_p))
                if asked.primary and influence is None and not result.withheld:
                    influence = part.influence(fit, exposure.per)
                    moran = _left_over(part, fit, counts, places)
        if asked.primary and params.lags:
            results += one.lags(exposures[0])
    return Association(tuple(results), tuple(dict.fromkeys(filter(None, notes))), influence, moran)


# --- parts ------------------------------------------------------------------------------------------------------------


class _Exposure(NamedTuple):
    words: str
    hours: Floats
    variance: Floats  # each value's own error
    per: float  # so many more hours the ratio is of


@dataclass(frozen=True, eq=False)
class _Part:
    """The cells that take part, and their weights."""

    panel: Panel
    keep: Bools
    weights: Optional[Floats]
    without: Optional[Callable[[object], Floats]]

    @classmethod
    def of(cls, panel: Panel, weights: Optional[Weights]) -> _Part:
        keep = panel.cells["kept"].to_numpy() & panel.cells["officer_hours"].notna().to_numpy()
        if not keep.any():
            raise EstimateError(
                f"No {panel.params.period} is covered by officers' time and by events.",
                "Ask for a shorter period, or read extracts of the same days.",
            )
        if weights is None:
            return cls(panel, keep, None, None)
        groups = Groups.of(panel, weights)
        own = groups.weights_of_cells()
        assert own is not None
        return cls(panel, keep & (own > 0), own, groups.cells_without())

    def fit(self, y: Floats, x: Floats, keep: Optional[Bools] = None) -> PoissonFit:
        return self.panel.fit(
            y, x, self.keep if keep is None else keep, weights=self.weights, weights_without=self.without
        )

    def usual_change(self, hours: Floats) -> float:
        """A round number of hours near the spread of an exposure within areas, what every period shares taken out."""
        cells = self.panel.cells.loc[self.keep, ["area_id", "period"]].assign(x=hours[self.keep])
        rest = cells["x"] - cells.groupby("area_id")["x"].transform("mean")
        rest = rest - rest.groupby(cells["period"]).transform("mean")
        spread = float(np.sqrt(np.nanmean(rest.to_numpy() ** 2)))
        return float(ROUND[int(np.abs(np.log(ROUND / spread)).argmin())]) if spread > 0 else 1.0

    def moved(self, values: Floats, periods: int) -> Floats:
        """Values (cells,) of so many periods earlier, later for less than 0, in the same area; NaN where there is none, or it is not known."""
        n = self.panel.cells["period"].nunique()
        table = np.where(self.keep, values, np.nan).reshape(-1, n)
        out = np.full_like(table, np.nan)
        if abs(periods) < n:
            at = slice(periods, None) if periods >= 0 else slice(None, periods)
            source = slice(None, n - periods) if periods >= 0 else slice(-periods, None)
            out[:, at] = table[:, source]
        flat: Floats = out.ravel()
        return flat

    @property
    def names(self) -> dict[object, str]:
        """Names of the areas by id."""
        return dict(zip(self.panel.cells["area_id"], self.panel.cells["name"].astype(str)))

    def influence(self, fit: PoissonFit, per: float) -> Influence:
        names = self.names
        table = pd.Series(
            np.exp(per * fit.beta_without.reshape(len(fit.areas), -1)[:, 0]), [names[a] for a in fit.areas]
        )
        table = table.sort_index(kind="stable")
        return Influence(tuple(map(str, table.index)), table.to_numpy())


@dataclass(frozen=True, eq=False)
class _One:
    """One kind of events on presence."""

    panel: Panel
    part: _Part
    asked: Asked
    counts: Floats
    params: PresenceCrimeParams
    follows_p: float

    def facts(self, keep: Bools, exposure: _Exposure, *, same_time: bool) -> Facts:
        """What caveats are found by; areas are held against themselves, and against each other only by a matching's weights."""
        return replace(
            self.panel.facts(keep), compares_areas=self.part.weights is not None, police_generated=self.asked.police,
            placebo_p=self.lead(exposure), follows_p=self.follows_p, same_time=same_time,
        )  # fmt: skip

    def result(self, exposure: _Exposure, primary: bool) -> tuple[Result, Optional[PoissonFit]]:
        part, keep = self.part, self.part.keep & np.isfinite(exposure.hours)
        facts = self.facts(keep, exposure, same_time=True)
        try:
            fit = part.fit(self.counts, exposure.hours, keep)
            known = fit.reliability(exposure.variance[keep])
        except EstimateError as error:
            why = replace(facts, events=float(self.counts[keep].sum()), not_compared=error.args[0])
            return self._nothing(exposure, why, primary), None
        many = self.params.permutations if primary else 0
        p = float(np.atleast_1d(fit.permutation(n=many))[0]) if many >= 99 and part.without is None else float("nan")
        return from_fit(
            fit, question=QUESTION, outcome=self.asked.name, exposure=exposure.words, per=exposure.per, design=DESIGN,
            facts=facts, reliability=float(np.atleast_1d(known)[0]), permutation_p=p, primary=primary, method=METHOD,
            names=part.names,
        ), fit  # fmt: skip

    def lead(self, exposure: _Exposure) -> float:
        """p of presence in the period after, beside that of the period itself; NaN where it cannot be asked."""
        later = self.part.moved(exposure.hours, -1)
        keep = self.part.keep & np.isfinite(later) & np.isfinite(exposure.hours)
        try:
            fit = self.part.fit(self.counts, np.column_stack([exposure.hours, later]), keep)
        except EstimateError:
            return float("nan")
        return float(np.atleast_1d(fit.p)[1])

    def lead_sentence(self, p: float) -> str:
        """The placebo in words."""
        if p != p:
            return f"{self.asked.name}: too few periods to ask whether presence goes with events before it."
        return f"Lead test, {self.asked.name}: presence in the {self.panel.params.period} after, p = {p_value(p)}."

    def lags(self, exposure: _Exposure) -> list[Result]:
        """Presence of earlier periods, all at once beside that of the period itself."""
        period, out = self.panel.params.period, []
        columns = [exposure.hours, *(self.part.moved(exposure.hours, k) for k in range(1, self.params.lags + 1))]
        x = np.column_stack(columns)
        keep = self.part.keep & np.isfinite(x).all(axis=1)
        facts = self.facts(keep, exposure, same_time=False)
        words = [
            f"{exposure.words}, {number(k)} {period}{'s' if k > 1 else ''} before"
            for k in range(1, self.params.lags + 1)
        ]
        try:
            if self.panel.cells.loc[keep, "period"].nunique() < LEAST_PERIODS:
                raise EstimateError("Too few periods.", "Take a longer time.")
            fit = self.part.fit(self.counts, x, keep)
        except EstimateError:
            short = f"There are too few {period}s that follow each other for presence {number(self.params.lags)} {period}s before."
            return [self._nothing(exposure._replace(words=words[-1]), replace(facts, not_compared=short), False)]
        for k, text in enumerate(words, start=1):
            out.append(
                from_fit(
                    fit,
                    question=QUESTION,
                    outcome=self.asked.name,
                    exposure=text,
                    per=exposure.per,
                    column=k,
                    design=f"{DESIGN}, earlier presence",
                    facts=facts,
                    method=METHOD,
                    names=self.part.names,
                )
            )
        return out

    def _nothing(self, exposure: _Exposure, facts: Facts, primary: bool) -> Result:
        made = result_of_nothing(QUESTION, self.asked.name, exposure.words)
        return replace(made, design=DESIGN, facts=facts, method=METHOD, primary=primary, events=facts.events)


def _exposures(panel: Panel, part: _Part, params: PresenceCrimeParams) -> list[_Exposure]:
    """Officer hours, linked time apart; hours of cover; then by mode, resource type and activity: those of which there are any."""
    variance = panel.cells["officer_hours_variance"].to_numpy(dtype=np.float64)
    whole = panel.cells["officer_hours"].to_numpy(dtype=np.float64)
    own = panel.time[panel.time["cell"] >= 0]
    named = [("officer hours", panel.hours(apart=True))]
    named += [("hours with an officer there", panel.cells["patrol_hours"].to_numpy(dtype=np.float64))]
    for mode in ("foot", "vehicle"):
        if f"{mode}_hours" in own.columns:
            apart = own[~own["activity"].isin((*LINKED_ACTIVITIES, *AT_SITES))]
            sums = sums_at(apart["cell"], apart[f"{mode}_hours"], len(whole))
            named.append((f"officer hours {MODE_WORDS[mode]}", np.where(np.isnan(whole), np.nan, sums)))
    named += [(f"officer hours of {kind}", hours) for kind, hours in _of_resources(panel)]
    # On foot and in a vehicle are told by mode already.
    for activity in sorted(set(own["activity"].astype(str)) - {*LINKED_ACTIVITIES, *OF_MODE.values(), "not_known"}):
        named.append((f"officer hours {ACTIVITY_WORDS.get(activity, activity)}", panel.hours(activity=activity)))
    some = [(text, h) for k, (text, h) in enumerate(named) if k == 0 or np.nansum(h[part.keep]) > 0]
    found = []
    for text, hours in some:
        per = params.per_hours or part.usual_change(hours)
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # the error of a part of the time is that of all of it, by its share
            wrong = np.nan_to_num(np.where(whole > 0, hours / whole, 0.0) * variance)
        more = text.replace("hours", "hour", 1) if per == 1 else text
        found.append(_Exposure(f"{number(per)} more {more} in a {panel.params.period}", hours, wrong, per))
    return found


def _of_resources(panel: Panel) -> Iterator[tuple[str, Floats]]:
    """Hours of each resource type, where there are several and the panel tells them."""
    table = panel.time if panel.groups is None else panel.groups[panel.groups["dimension"] == "resource_type"]
    column = "resource_type" if panel.groups is None else "value"
    kinds = {str(r) for r in table.loc[table["cell"] >= 0, column] if r and not str(r).startswith("(")} - {OTHER}
    for kind in sorted(kinds) if len(kinds) > 1 else []:
        try:
            yield kind, panel.hours(resource_type=kind)
        except ImpactAreaError:
            return


def _left_over(
    part: _Part, fit: PoissonFit, counts: Floats, places: Optional[Mapping[str, tuple[float, float]]]
) -> Optional[Moran]:
    """Moran's I of Pearson residuals."""
    if not places:
        return None
    rows = part.panel.cells.loc[part.keep, ["area_id", "period"]]
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (counts[part.keep] - fit.fitted) / np.sqrt(fit.fitted)
    table = rows.assign(rest=rest).pivot(index="area_id", columns="period", values="rest")
    table = table[[str(a) in places for a in table.index]].dropna(how="all")
    try:
        return morans_i(table.to_numpy(dtype=np.float64), np.array([places[str(a)] for a in table.index]))
    except EstimateError:
        return None


def observed_in_areas(panel: Panel) -> float:
    """Officer hours observed in the impact areas of a panel, in all of its areas where none has that role."""
    cells = panel.cells
    own = (cells["role"] == "impact").to_numpy()
    return float(np.nansum(cells.loc[own if own.any() else ~own, "officer_hours"]))


def moran_in_words(found: Moran) -> str:
    """What is left over in neighbouring areas, in a sentence."""
    alike = (
        "what the fit leaves over is alike in neighbouring areas"
        if found.p < 0.05
        else "nothing clear is left over that neighbouring areas share"
    )
    return f"Moran's I of the residuals {ratio(found.i)} (p = {p_value(found.p)}): {alike}."


__all__ = [
    "Association",
    "CaseCrossover",
    "case_crossover",
    "case_crossover_of",
    "moran_in_words",
    "observed_in_areas",
    "presence_crime",
    "presence_crime_of",
]

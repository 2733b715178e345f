"""The baseline: how much officer time, crime and incidents impact areas have beside comparison areas, and how surely.

>>> from datetime import date
>>> from ia_plugin.core.evaluation.panel import build_panel  # doctest: +SKIP
>>> baseline(build_panel(areas, time_use, events))  # doctest: +SKIP
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Objects, Rows
from ..columns import require
from ..errors import AreaError, DataRangeError, EstimateError
from ..params import BaselineParams
from ..suppression import check_audience, rounded
from ..words import DASH, amount, capitalised, count_of, ratio, share
from .for_public import for_public
from .matched_on import matched_window, matching_again
from .matching import Matching
from .outcomes import Outcome, outcomes_of
from .panel import Panel
from .pooled import PooledRatio, pooled_ratio
from .result import Result
from .results import results_table
from .sentences import verdict
from .since_adoption import since_adoption
from .student_t import t_quantile

LEAST_AREAS = 5
LEAST_HOURS = 10.0
LEAST_OBSERVED = 0.5
MOST_REFITTED = 400
"""Beyond so many areas one of them moves the weights too little to fit them anew without it."""
REFERENCE = "Efron & Tibshirani 1993 (jackknife)"
METHOD = (
    "Each figure is a ratio of pooled rates: the sum over the Impact Areas over what it is held against, over the same of the comparison "
    "areas. Its interval is the jackknife over areas within each group, of the log ratio, with t on areas − 2: it holds how much areas "
    "differ, and each area's own error of measuring. Only the error of officers' time that all areas of a group share is added."
)
WEIGHTED = "by the weights of the matching"
Weights = Union[pd.Series, Mapping[str, float], pd.DataFrame, Matching]


@dataclass(frozen=True, eq=False)
class Baseline:
    """Results, and sentences that stand beside them."""

    results: tuple[Result, ...]
    notes: tuple[str, ...]
    weighted: bool


def baseline(
    panel: Panel, weights: Optional[Weights] = None, params: BaselineParams = BaselineParams()
) -> pd.DataFrame:
    """Impact areas beside comparison areas, as the table `results`.

    Parameters
    ----------
    panel : Panel
    weights : of a matching: a Series or mapping by ``area_id``, an areas table with ``area_id, weight``, or a Matching, whose weights the jackknife
        fits anew, as those of a table with ``matched_on``; areas without a weight take no part. Each main ratio then stands once
        without and once with them
    params : BaselineParams

    Raises
    ------
    AreaError
        where there are no impact or no comparison areas.
    DataRangeError
        for weights that are no numbers of 0 or more, or all 0 in a group.
    EstimateError
        where no period is covered by data.
    """
    return results_table(baseline_of(panel, weights, params).results)


def baseline_of(
    panel: Panel,
    weights: Optional[Weights] = None,
    params: BaselineParams = BaselineParams(),
    *,
    audience: str = "restricted",
) -> Baseline:
    """As :func:`baseline`, with what a page says beside the results.

    To the public events are told by kind alone, their number rounded to five.
    """
    groups = Groups.of(panel, weights)
    results, notes = [], []
    public = check_audience(audience) == "public"
    outcomes = outcomes_of(panel, key_types=not public)
    if not outcomes:
        raise EstimateError(
            f"No {panel.params.period} is covered by data to {share(100 * panel.params.least_covered)}, so there is nothing to compare.",
            "Ask for a shorter period, such as the week or the day, or read more extracts.",
        )
    for outcome in outcomes:
        plain = groups.result(outcome, weighted=False, public=public)
        results.append(plain)
        if outcome.counts or outcome.primary:
            notes += groups.among(outcome)
        if groups.weights is not None and outcome.primary:
            matched = groups.result(outcome, weighted=True, public=public)
            results.append(matched)
            notes.append(_explained(outcome, plain, matched))
    changes, sentences = since_adoption(
        panel, params, groups.weights_of_cells(), groups.cells_without(), matched_window(weights)
    )
    made = (*results, *(for_public(r) if public else r for r in changes))
    return Baseline(made, tuple(dict.fromkeys((*notes, *sentences, *panel.warnings))), groups.weights is not None)


@dataclass(frozen=True, eq=False)
class Groups:
    """The impact and comparison areas of a panel, and the weights they have."""

    panel: Panel
    areas: Objects
    names: Objects
    impact: Bools
    at: Rows  # place of each cell's area among `areas`, −1 for the others
    weights: Optional[Floats]
    matching: Optional[Matching]

    @classmethod
    def of(cls, panel: Panel, weights: Optional[Weights]) -> Groups:
        cells = panel.cells
        first = cells[cells["role"].isin(("impact", "comparison"))].drop_duplicates("area_id")
        impact = (first["role"] == "impact").to_numpy()
        for role, some in (("impact", impact.any()), ("comparison", (~impact).any())):
            if not some:
                raise AreaError(
                    f"There are no areas of role {role}, so there is nothing to compare.",
                    "Give the layer of areas with their role, or a second layer of comparison areas.",
                )
        ids = first["area_id"].to_numpy(dtype=object)
        at = pd.Index(ids).get_indexer(cells["area_id"])
        if isinstance(weights, pd.DataFrame):
            weights = matching_again(weights) or weights
        own = None if weights is None else weights_by_area(weights, ids, impact)
        refits = isinstance(weights, Matching) and weights.refits and len(ids) <= MOST_REFITTED
        matching = weights if isinstance(weights, Matching) and refits else None
        return cls(panel, ids, first["name"].astype(str).to_numpy(dtype=object), impact, at, own, matching)

    def result(self, outcome: Outcome, *, weighted: bool, public: bool = False) -> Result:
        """One outcome, impact beside comparison; for the public as the ratio of rounded sums."""
        top, below, shared = self._sums(outcome)
        seen = below > 0
        weights = self.weights * seen if weighted and self.weights is not None else seen.astype(np.float64)
        found = pooled_ratio(
            top,
            below,
            self.impact,
            weights=weights,
            weights_without=self._without(seen) if weighted else None,
            shared=shared,
        )
        part = weights > 0
        name = f"{outcome.name} (weighted)" if weighted else outcome.name
        facts = replace(
            self.panel.facts(outcome.keep & (self.at >= 0)),
            not_compared=self._not_compared(outcome, top, part),
            rests_on=[str(self.names[i]) for i in found.rests_on],
            leans_on=str(self.names[found.leans_on]) if found.leans_on >= 0 else "",
            police_generated=outcome.police,
        )
        periods = self.panel.cells.loc[outcome.keep & (self.at >= 0), "period"].nunique()
        made = Result(
            "baseline", "ratio of pooled rates", name, "comparison areas", "rate_ratio", found.estimate, found.low, found.high, found.p,
            "jackknife", int(part.sum()), int(periods), float(top[part].sum()) if outcome.counts else -1.0, degrees=found.degrees,
            primary=outcome.primary and not weighted, form="times", claim="A description, not an effect.", facts=facts, reference=REFERENCE, method=METHOD,
        )  # fmt: skip
        made = replace(made, facts=replace(facts, turns_on=self._turning(made, found, part)))
        return for_public(made, self._of_rounded(outcome, top * weights, below * weights)) if public else made

    def _of_rounded(self, outcome: Outcome, top: Floats, below: Floats) -> float:
        """The ratio of pooled rates of sums as the public has them; ground, residents and days are no secret."""
        rates = []
        for own in (self.impact, ~self.impact):
            amount, held = float(rounded(top[own].sum())), float(below[own].sum())
            held = float(rounded(held)) if outcome.against_counts else held
            rates.append(amount / held if held > 0 else math.nan)
        return rates[0] / rates[1] if rates[1] > 0 else math.nan

    def among(self, outcome: Outcome) -> list[str]:
        """Where one to four impact areas stand among the comparison areas: too few for an interval."""
        top, below, _ = self._sums(outcome)
        own, other = self.impact & (below > 0), ~self.impact & (below > 0)
        if not 0 < own.sum() < LEAST_AREAS or other.sum() < LEAST_AREAS:
            return []
        rate = float(top[own].sum() / below[own].sum())
        rates = top[other] / below[other]
        below_it = int((rates < rate).sum())
        low, high = np.quantile(rates, [0.25, 0.75])
        where = "more than most" if rate > high else "fewer than most" if rate < low else "within the middle half"
        many = (
            below_it
            if rate > high
            else int((rates > rate).sum())
            if rate < low
            else int(((rates >= low) & (rates <= high)).sum())
        )
        return [f"{capitalised(outcome.name)}: {where} of the comparison areas ({many} of {int(other.sum())})."]

    def weights_of_cells(self) -> Optional[Floats]:
        """Weights (cells,), 0 for areas that take no part; None without a matching."""
        return None if self.weights is None else np.where(self.at >= 0, self.weights[self.at], 0.0)

    def cells_without(self) -> Optional[Callable[[object], Floats]]:
        """Weights (cells,) had one area, by its id, not been there; None where they stay."""
        matching = self.matching
        if matching is None:
            return None
        place = pd.Index(matching.areas).get_indexer(self.panel.cells["area_id"])
        return lambda area: np.where(place >= 0, np.nan_to_num(matching.without(area))[place], 0.0)

    def _sums(self, outcome: Outcome) -> tuple[Floats, Floats, tuple[float, float]]:
        """Amounts and what they are held against (areas,), and the relative error that each group shares."""
        keep = outcome.keep & (self.at >= 0) & np.isfinite(outcome.amount) & np.isfinite(outcome.held_against)
        n = len(self.areas)
        top, below, wrong = (
            np.bincount(self.at[keep], np.nan_to_num(v[keep]), n).astype(np.float64)
            for v in (outcome.amount, outcome.held_against, outcome.systematic)
        )
        sums = [(wrong[g].sum(), top[g].sum()) for g in (self.impact, ~self.impact)]
        own, other = (float(error / whole) if whole > 0 else 0.0 for error, whole in sums)
        # An area without any crime has hours all the same: what is held against it may be 0 where others' is not.
        below = np.where((below == 0) & (top > 0), 1e-12, below)
        return top, below, (own, other)

    def _without(self, seen: Bools) -> Optional[Callable[[int], Floats]]:
        """The weights with one area left out, fitted anew where they were fitted."""
        matching = self.matching
        if matching is None:
            return None
        place = pd.Index(matching.areas).get_indexer(self.areas)
        there = seen.astype(np.float64)
        return lambda i: np.where(place >= 0, np.nan_to_num(matching.without(self.areas[i]))[place], 0.0) * there

    def _not_compared(self, outcome: Outcome, top: Floats, part: Bools) -> str:
        """Why the groups cannot be compared; blank where they can."""
        for role, own in (("comparison", ~self.impact), ("impact", self.impact)):
            n = int((part & own).sum())
            if n < LEAST_AREAS:
                return f"Nothing to compare: {count_of(n, 'areas')} of role {role}; {LEAST_AREAS} are the least for an interval."
            if not outcome.counts and outcome.amount.sum() and top[part & own].sum() < LEAST_HOURS:
                return f"Nothing to compare: under {amount(LEAST_HOURS, 'h')} in all {role} areas together."
            if outcome.counts and top[part & own].sum() == 0:
                return f"No such events were recorded in any {role} area, so there is no ratio."
        seen = self.panel.cells.loc[outcome.keep & (self.at >= 0), "observed_share"].mean()
        if seen < LEAST_OBSERVED:
            return f"Cannot compare: only {share(100 * seen)} of officers' time observed."
        return ""

    def _turning(self, made: Result, found: PooledRatio, part: Bools) -> list[str]:
        """Areas each of which, left out, changes the word, were the interval as wide."""
        if not made.has_interval or made.withheld:
            return []
        reach = t_quantile(0.5 + made.level / 2, found.degrees) * found.se
        word, out = verdict(made), []
        for name, estimate, there in zip(self.names, found.without, part):
            ends = estimate * math.exp(-reach), estimate, estimate * math.exp(reach)
            if there and verdict(replace(made, low=ends[0], estimate=ends[1], high=ends[2])) != word:
                out.append(str(name))
        return out if len(out) <= 3 else []  # a figure at the edge turns on any area: its interval says so


def weights_by_area(weights: Weights, areas: Sequence[object], impact: Bools) -> Floats:
    """Weights (areas,) of a matching in the order of `areas`; 0 for areas that have none.

    Raises
    ------
    DataRangeError
        for weights below 0, or none in a group.
    """
    if isinstance(weights, Matching):
        table = pd.Series(weights.weights, index=weights.areas)
    elif isinstance(weights, pd.DataFrame):
        require(weights, ("area_id", "weight"), "weights")
        table = pd.Series(weights["weight"].to_numpy(), index=weights["area_id"].astype(str))
    else:
        given = pd.Series(weights)
        table = pd.Series(given.to_numpy(), index=given.index.astype(str))
    found: Floats = (
        pd.to_numeric(table[~table.index.duplicated()].reindex(areas), errors="coerce")
        .fillna(0.0)
        .to_numpy(dtype=np.float64)
    )
    if (found < 0).any() or not np.isfinite(found).all():
        raise DataRangeError("A weight is below 0, or no number.", "Give the weights that Match areas wrote.")
    for role, own in (("impact", impact), ("comparison", ~impact)):
        if not found[own].sum() > 0:
            raise DataRangeError(
                f"No {role} area has a weight.", "Give the weights that Match areas wrote of these areas."
            )
    return found


def _explained(outcome: Outcome, plain: Result, matched: Result) -> str:
    """What part of the difference goes with how the groups are made up."""
    if plain.withheld or matched.withheld or not (plain.has_interval and matched.has_interval):
        return f"{capitalised(outcome.name)}: {DASH} with the weights of the matching."
    text = f"{capitalised(outcome.name)}: {ratio(plain.estimate)} times as many as they are, {ratio(matched.estimate)} {WEIGHTED}."
    whole, left = math.log(plain.estimate), math.log(matched.estimate)
    if plain.low <= 1 <= plain.high:
        return f"{text} Without a clear difference there is none to explain."
    part = 1 - left / whole
    if not 0 <= part <= 1:
        return f"{text} The groups' make-up in what was matched explains none of the difference."
    return (
        f"{text} About {share(round(100 * part))} of the difference goes with the groups' make-up in what was matched."
    )


__all__ = ["Baseline", "baseline", "baseline_of", "weights_by_area"]

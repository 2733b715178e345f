"""Comparison areas that are like the impact areas: by weights or in pairs, with how alike they are before and after.

>>> areas = pd.DataFrame({"area_id": list("abcd"), "role": ["impact"] * 2 + ["comparison"] * 2, "imd": [30.0, 20.0, 21.0, 33.0]})
>>> matched, balance = match_areas(areas, ["imd"], MatchParams(method="optimal"))
>>> matched["pair"].tolist(), matched["weight"].tolist(), balance["difference_after"].round(2).tolist()
(['a', 'b', 'b', 'a'], [1.0, 1.0, 1.0, 1.0], [-0.26])
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Objects, Rows
from ..errors import AreaError, EstimateError
from ..params import MatchParams
from ..words import count_of
from .balance import balance_table, effective_areas, spreads
from .covariates import covariates_of
from .day_window import window_of
from .entropy import entropy_weights
from .pairs import distances, nearest_pairs, optimal_pairs
from .scored_window import check_prior
from .weights_refused import refused_weights, why_not

MOST_LEFT_OUT = 400
"""So many areas at the most are left out one by one: those with the largest weights, and the impact areas furthest from the mean."""
HAINMUELLER = "Hainmueller 2012 (entropy balancing)"
REFERENCES = {
    "entropy": HAINMUELLER,
    "optimal": "Rosenbaum 1989 (optimal matching)",
    "nearest": "Rubin 1973 (nearest neighbour matching)",
}


@dataclass(frozen=True, eq=False)
class Matching:
    """A matching, and how its weights would be with an area left out or with roles dealt anew.

    Attributes
    ----------
    areas : ids (n,) of the impact and comparison areas that take part in the choice
    impact : (n,) which are impact areas
    weights : (n,) 1 for a matched impact area; those of comparison areas add up to the number of matched impact areas
    pair : (n,) id of the impact area of the pair; blank without one
    balance : the table `balance`
    unmatched : impact areas without a comparison area within the caliper
    left_out : areas of which a covariate is not known
    warnings : sentences
    """

    areas: Objects
    impact: Bools
    weights: Floats
    pair: Objects
    balance: pd.DataFrame
    unmatched: tuple[str, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    params: MatchParams
    _x: Floats
    _multipliers: Floats

    @property
    def effective(self) -> float:
        """How many comparison areas of equal weight would tell as much."""
        return effective_areas(self.weights[~self.impact])

    def without(self, area: object) -> Floats:
        """Weights (n,) had an area not been there, which has 0; of pairs both areas go. For the jackknife."""
        gone = self.areas == area
        if self.params.method != "entropy":
            own = self.pair[gone]
            return np.where(gone | (np.isin(self.pair, own[own != ""])), 0.0, self.weights)
        return _entropy(self._x, self.impact, self.params.tolerance, ~gone, self._multipliers)[0]

    def dealt(self, order: Rows) -> Floats:
        """Weights (n,) that belong to roles dealt by a permutation of areas; NaN where there are none."""
        return _entropy(self._x, self.impact[order], self.params.tolerance)[0]

    @property
    def refits(self) -> bool:
        """Whether weights are estimated, so that a permutation has others; pairs stay, and are the strata."""
        return self.params.method == "entropy"


def match_areas(
    areas: pd.DataFrame, covariates: Sequence[str], params: MatchParams = MatchParams()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Weight or pair comparison areas so that they are like the impact areas.

    Parameters
    ----------
    areas : the areas table, with a column for each covariate
    covariates : columns to be alike in
    params : MatchParams

    Returns
    -------
    areas with ``weight`` (1 for impact areas, those of comparison areas add up to their number; 0 for areas that take no part) and
    ``pair`` (id of the impact area; blank), and the table `balance`; ``balance.attrs`` has ``effective_areas``, ``unmatched``,
    ``left_out`` and ``warnings``.

    Raises
    ------
    AreaError
        without two impact and two comparison areas.
    ColumnError, DataRangeError
        for covariates that are not there, or no numbers.
    EstimateError
        where weights do not exist or hang on too few areas, with the covariate that breaks them and a remedy; without any pair.
    ParameterError
        where earlier crime is a covariate, and the time that scored the areas is not known or overlaps its own.
    """
    found = matching_of(areas, covariates, params)
    return with_weights(areas, found), found.balance


def with_weights(areas: pd.DataFrame, found: Matching) -> pd.DataFrame:
    """Areas with their ``weight`` and ``pair`` of a matching; 0 and blank for those that took no part."""
    at = pd.Index(found.areas).get_indexer(areas["area_id"].astype(str))
    weight = np.where(at >= 0, found.weights[at], 0.0)
    pair = np.where(at >= 0, found.pair[at], "")
    return areas.assign(weight=weight, pair=pair)


def matching_of(areas: pd.DataFrame, covariates: Sequence[str], params: MatchParams = MatchParams()) -> Matching:
    """The matching behind :func:`match_areas`, which can be refitted; same parameters and errors."""
    scored = window_of(params.scored_from, params.scored_to, ("scored_from", "scored_to"))
    prior = window_of(params.prior_from, params.prior_to, ("prior_from", "prior_to"))
    sentence = check_prior(covariates, scored, prior)
    warnings = [sentence] if sentence else []
    unmatched: tuple[str, ...] = ()
    ids, impact, values, left_out = covariates_of(areas, covariates)
    for role, n in (("impact", int(impact.sum())), ("comparison", int((~impact).sum()))):
        if n < 2:
            raise AreaError(
                f"{count_of(n, 'areas')} of role {role} can be matched; two are the least.",
                "Give more areas with that role, or covariates that are known of them.",
            )
    spread = spreads(values, impact)
    x = (values - values[impact].mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    if params.method == "entropy":
        weights, multipliers = _entropy(x, impact, params.tolerance)
        pair = np.full(len(ids), "", dtype=object)
        _check(x, impact, weights, multipliers, covariates, params, ids)
    else:
        weights, pair, unmatched = _paired(x, impact, ids, params)
        multipliers = np.zeros(x.shape[1])
        warnings += _few(weights, impact)
    balance = balance_table(values, covariates, impact, weights)
    facts = {
        "effective_areas": effective_areas(weights[~impact]),
        "unmatched": list(unmatched),
        "left_out": list(left_out),
    }
    balance.attrs.update(facts, warnings=list(warnings), method=params.method)
    return Matching(
        ids, impact, weights, pair, balance, tuple(unmatched), left_out, tuple(warnings), params, x, multipliers
    )


# --- parts ------------------------------------------------------------------------------------------------------------


def _entropy(
    x: Floats, impact: Bools, tolerance: float, there: Optional[Bools] = None, start: Optional[Floats] = None
) -> tuple[Floats, Floats]:
    """Weights (n,) and multipliers (k,); all NaN where they do not exist. `there`: areas that take part."""
    part = np.ones(len(x), dtype=bool) if there is None else there
    own, other = impact & part, ~impact & part
    out = np.where(part, np.nan, 0.0)
    if not own.any() or not other.any():
        return out, np.full(x.shape[1], np.nan)
    found = entropy_weights(x[other] - x[own].mean(axis=0), tolerance, start)
    if found is None:
        return out, np.full(x.shape[1], np.nan)
    out[own], out[other] = 1.0, found[0] * own.sum()
    return out, found[1]


def _check(
    x: Floats,
    impact: Bools,
    weights: Floats,
    multipliers: Floats,
    names: Sequence[str],
    params: MatchParams,
    ids: Objects,
) -> None:
    """Refuse weights that nobody should use, naming the covariate that breaks them."""

    def fault(columns: Rows, tolerance: float) -> str:
        some = x[:, columns]
        if len(columns) == x.shape[1] and tolerance == params.tolerance:
            return _fault(some, impact, weights, multipliers, tolerance, ids)
        return _fault(some, impact, *_entropy(some, impact, tolerance), tolerance, ids)

    why = fault(np.arange(x.shape[1]), params.tolerance)
    if why:
        gaps = np.abs(x[~impact].mean(axis=0))
        raise EstimateError(*refused_weights(why, names, gaps, params.tolerance, fault))


def _fault(x: Floats, impact: Bools, weights: Floats, multipliers: Floats, tolerance: float, ids: Objects) -> str:
    """Why weights are refused; blank where they may be used."""
    why = why_not(weights[~impact])
    if why:
        return why
    # Those whose absence moves the weights most: the heaviest, and the impact areas furthest out.
    pull = np.where(impact, (x**2).sum(axis=1) / impact.sum(), weights / impact.sum())
    for i in np.argsort(-pull, kind="stable")[:MOST_LEFT_OUT]:
        there = np.arange(len(x)) != i
        if np.isnan(_entropy(x, impact, tolerance, there, multipliers)[0]).any():
            return f"Without the area {ids[i]} no such weights exist: they would hang on that one area."
    return ""


def _paired(x: Floats, impact: Bools, ids: Objects, params: MatchParams) -> tuple[Floats, Objects, tuple[str, ...]]:
    pairs_of = optimal_pairs if params.method == "optimal" else nearest_pairs
    chosen = pairs_of(distances(x[impact], x[~impact]), params.caliper or math.inf)
    some = chosen >= 0
    if not some.any():
        raise EstimateError(
            f"No two areas lie within {params.caliper} standard deviations of each other, so there is no pair.",
            "Allow a larger distance (caliper), or take fewer covariates.",
        )
    weights, pair = np.zeros(len(ids)), np.full(len(ids), "", dtype=object)
    own, other = np.flatnonzero(impact)[some], np.flatnonzero(~impact)[chosen[some]]
    weights[own] = weights[other] = 1.0
    pair[own] = pair[other] = ids[own]
    return weights, pair, tuple(str(a) for a in ids[impact][~some])


def _few(weights: Floats, impact: Bools) -> list[str]:
    pairs = int(weights[impact].sum())
    return [f"{count_of(pairs, 'pairs')} only: another choice of areas may give another figure."] if pairs < 10 else []


__all__ = ["Matching", "match_areas", "matching_of", "with_weights"]

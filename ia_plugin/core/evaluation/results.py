"""The table `results`: every estimate of the evaluation is made here, judged among those beside it, and put in words.

>>> one = Result("association", "two-way panel", "burglaries", "ten more patrol hours a month", "rate_ratio", 0.9, 0.82, 0.99,
...              p=0.03, p_kind="jackknife", areas=39, periods=24, events=4_120, degrees=38, primary=True)
>>> table = results_table([one])
>>> table["sentence"][0].split(":")[0]
'Ten more patrol hours a month went with fewer burglaries'
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Floats
from ..columns import RESULTS
from ..empty import empty_table
from ..errors import ParameterError
from .caveats import Facts
from .poisson import PoissonFit
from .result import MEASURES, NOTHING_KNOWN, P_KINDS, Result
from .sentences import sentence_of
from .strata_poisson import StrataFit
from .strength import holm, smallest_change

MOST_PRIMARY = 3
PANEL_REFERENCE = "MacKinnon, Nielsen & Webb 2023 (jackknife over areas)"


def from_fit(
    fit: Union[PoissonFit, StrataFit],
    *,
    question: str,
    outcome: str,
    exposure: str,
    per: float = 1.0,
    column: int = 0,
    design: str = "two-way panel",
    facts: Facts = NOTHING_KNOWN,
    reliability: float = math.nan,
    permutation_p: float = math.nan,
    primary: bool = False,
    also: Sequence[str] = (),
    method: str = "",
    names: Mapping[object, str] = MappingProxyType({}),
) -> Result:
    """The rate ratio for `per` more units of a regressor (`column` of several) of a fit, with its stated interval.

    `names` are the areas' names, for the sentences, where the fit knows their ids.
    """
    figures = (fit.beta, fit.low, fit.high, fit.p, fit.p_cr1)
    beta, low, high, p, p_cr1 = (float(np.atleast_1d(figure)[column]) for figure in figures)
    estimate, *ends = (_exp(per * v) for v in (beta, low, high))
    # A fit tells some of its areas as text whatever its ids are: both are looked up as text, or a number stands for a name.
    by_text = {str(area): name for area, name in names.items()}
    known = replace(
        facts,
        rests_on=tuple(by_text.get(str(a), str(a)) for a in fit.rests_on),
        dropped_areas=tuple(by_text.get(str(a), str(a)) for a in fit.dropped.areas),
        leans_on=by_text.get(fit.leans_on(column), fit.leans_on(column)),
    )
    others = (("permutation", permutation_p), ("cr1", p_cr1))
    return Result(
        question, design, outcome, exposure, "rate_ratio", estimate, min(ends), max(ends), p, "jackknife",
        len(fit.areas), fit.times, fit.events, level=fit.level, degrees=float(fit.degrees), primary=primary,
        reliability=reliability, dispersion=fit.dispersion, facts=known, also=tuple(also), reference=PANEL_REFERENCE,
        method=method, other_p=tuple(o for o in others if not math.isnan(o[1])),
    )  # fmt: skip


def judged(results: Iterable[Result]) -> tuple[Result, ...]:
    """Results of one run among each other: exploratory p adjusted (Holm), and the smallest change each could have shown.

    Raises
    ------
    ParameterError
        for more than three primary results.
    """
    found = tuple(results)
    primary = [r for r in found if r.primary]
    if len(primary) > MOST_PRIMARY:
        raise ParameterError(
            f"{len(primary)} comparisons are declared as primary.", f"Declare {MOST_PRIMARY} at most, before the run."
        )
    others = [k for k, r in enumerate(found) if not r.primary]
    counted = [k for k in others if not found[k].withheld and math.isfinite(found[k].p)]
    adjusted: Floats = np.full(len(found), np.nan)
    adjusted[counted] = holm(np.array([found[k].p for k in counted]))
    many = max(1, len(counted))
    return tuple(
        replace(r, p_holm=float(a), comparisons=1 if r.primary else many, smallest_detectable=_smallest(r, 1 if r.primary else many))
        for r, a in zip(found, adjusted)
    )  # fmt: skip


def results_table(results: Iterable[Result]) -> pd.DataFrame:
    """The table `results`, judged and in words; figures that are withheld are empty.

    Raises
    ------
    ParameterError
        for more than three primary results.
    """
    rows = [_row(r) for r in judged(results)]
    if not rows:
        return empty_table(RESULTS)
    return typed_results(pd.DataFrame(rows, columns=list(RESULTS.names)))


def typed_results(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of `results`, of a file too, with the types of its columns."""
    kinds = {"int": np.int64, "float": np.float64, "str": object}
    out = table.reindex(columns=list(RESULTS.names))
    flags = (
        out["primary"].map({"true": True, "false": False}).where(out["primary"].isin(["true", "false"]), out["primary"])
    )
    return out.astype({c.name: kinds[c.kind] for c in RESULTS.columns if c.kind in kinds}).assign(
        primary=flags.astype(int).astype(bool)
    )


def _row(result: Result) -> dict[str, object]:
    own = {name: getattr(result, name, None) for name in RESULTS.names}
    own.update(e_value=result.e_values.estimate, caveats=" ".join(result.caveats), sentence=sentence_of(result))
    if result.withheld:
        own.update(dict.fromkeys(("estimate", "low", "high", "p", "p_holm"), math.nan))
    return own


def _smallest(result: Result, many: int) -> float:
    size = smallest_change(result.half_width, result.level, (1 - result.level) / many, result.degrees)
    if result.is_ratio:
        return _exp(size)
    return math.tanh(size) if result.form == "correlation" else size


def _exp(value: float) -> float:
    """e to the power; without end where it is too large to be written."""
    return math.exp(value) if not value > 700 else math.inf


def result_of_nothing(question: str, outcome: str, exposure: str, why: Optional[str] = None) -> Result:
    """A result without a figure: what could not be known is an answer too; `why` is the code of a caveat."""
    nan = math.nan
    return Result(
        question, "none", outcome, exposure, "rate_ratio", nan, nan, nan, nan, "jackknife", 0, 0, -1.0,
        also=(why,) if why else (),
    )  # fmt: skip


__all__ = ["MEASURES", "P_KINDS", "Result", "from_fit", "judged", "result_of_nothing", "results_table"]

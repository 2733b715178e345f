"""One estimate of the evaluation: what it is of, how surely it is known, and what must be said beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from ..errors import ParameterError
from ..words import ASSOCIATION, number
from .caveats import CAVEATS, Facts, detected
from .strength import EValue, e_value

FORMS = ("change", "difference", "times", "correlation")
MEASURES = {"rate_ratio": "change", "difference": "difference", "correlation": "correlation"}
"""Measure -> the form of its sentence, where no other is asked for."""
P_KINDS = ("jackknife", "permutation", "randomisation", "cr1", "bootstrap")
NOTHING_KNOWN = Facts()


@dataclass(frozen=True)
class Result:
    """One estimate.

    Attributes
    ----------
    question, design, outcome, exposure : words; outcome in the plural ("burglaries"), exposure as it stands before "went with"
    measure : of MEASURES; `estimate`, `low`, `high` are on its own scale, not in logs
    p, p_kind : the one declared p
    areas, periods, events : that took part
    level, degrees : of the interval; degrees of freedom of t
    primary : declared before the run
    form : change, times, difference or correlation: how the sentence is built; `times` sets `subject` against `exposure`
    unit : of a difference
    claim : what may be claimed at most
    facts, also : what caveats are found by, and codes of caveats known otherwise
    reference, method : where the method is published; how it was done, for the page
    other_p : p of other kinds, for the method section, by kind
    p_holm, smallest_detectable, comparisons : filled in by :func:`judged`
    """

    question: str
    design: str
    outcome: str
    exposure: str
    measure: str
    estimate: float
    low: float
    high: float
    p: float
    p_kind: str
    areas: int
    periods: int
    events: float
    level: float = 0.95
    degrees: float = math.inf
    primary: bool = False
    reliability: float = math.nan
    dispersion: float = math.nan
    form: str = ""
    unit: str = ""
    subject: str = "Impact Areas"
    claim: str = ASSOCIATION
    facts: Facts = NOTHING_KNOWN
    also: tuple[str, ...] = ()
    reference: str = ""
    method: str = ""
    other_p: tuple[tuple[str, float], ...] = ()
    p_holm: float = math.nan
    smallest_detectable: float = math.nan
    comparisons: int = 1
    caveats: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        for value, known, what in (
            (self.measure, tuple(MEASURES), "measure"),
            (self.p_kind, P_KINDS, "p_kind"),
            (self.form or MEASURES.get(self.measure, ""), FORMS, "form"),
        ):
            if value not in known:
                raise ParameterError(f"{what} = {value!r} is not known.", f"Choose one of: {', '.join(known)}.")
        if self.low > self.high or not 0 < self.level < 1:
            raise ParameterError(
                f"{number(self.low)} to {number(self.high)} at level {number(self.level)} is no interval.",
                "Give the lower limit first.",
            )
        object.__setattr__(self, "form", self.form or MEASURES[self.measure])
        object.__setattr__(self, "caveats", detected(self.all_facts, self.also))

    @property
    def all_facts(self) -> Facts:
        """The facts, with what the result itself knows."""
        return replace(
            self.facts,
            areas=self.areas,
            events=self.events,
            reliability=self.reliability,
            dispersion=self.dispersion,
        )

    @property
    def is_ratio(self) -> bool:
        """Whether no change is 1."""
        return self.measure == "rate_ratio"

    @property
    def no_change(self) -> float:
        """The value that stands for no change."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def withheld(self) -> bool:
        """Whether a caveat forbids any figure."""
        return any(CAVEATS[code].withholds for code in self.caveats)

    @property
    def has_interval(self) -> bool:
        """Whether there is an estimate with both its limits."""
        return all(math.isfinite(v) for v in (self.estimate, self.low, self.high))

    @property
    def adjusted(self) -> bool:
        """Whether its p is adjusted for the number of comparisons."""
        return not self.primary and not math.isnan(self.p_holm)

    @property
    def half_width(self) -> float:
        """Half the interval: of a ratio in logs, of a correlation as Fisher's z."""
        if not self.has_interval:
            return math.nan
        ends = np.array([self.low, self.high])
        if self.is_ratio:
            return float(np.diff(np.log(ends))[0] / 2) if self.low > 0 else math.nan
        if self.form == "correlation":
            return float(np.diff(np.arctanh(ends))[0] / 2) if np.abs(ends).max() < 1 else math.nan
        return float(np.diff(ends)[0] / 2)

    @property
    def e_values(self) -> EValue:
        """E-values of the estimate and of the limit nearest 1; NaN for anything but a ratio, where it is withheld, and where lots were drawn."""
        if not self.is_ratio or self.withheld or self.p_kind == "randomisation":
            return EValue(math.nan, math.nan)
        return e_value(self.estimate, self.low, self.high)

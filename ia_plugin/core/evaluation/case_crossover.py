"""Presence in the hours before an event, against the same hours of the weeks before: each area is its own comparison.

A timed event's hour in its area is held against the same hour of the week, by the clock, one, two and three weeks earlier
(Maclure 1991). What sets areas, weekdays and hours apart drops out. Only weeks *before* serve: a visit that an event prompts falls
into later weeks, and would make presence look as if it kept events away. Beside it stands the whole month around the event
(time-stratified: Levy et al. 2001, Janes et al. 2005), with presence a week *later* as a placebo, and presence in the event's own
hour and the next, which tells whether officers come because of events. As conditional Poisson: Armstrong et al. 2014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..errors import EstimateError
from ..params import CaseCrossoverParams
from ..words import MODE_WORDS, number, ratio_with_likely, so_many
from .asked_events import Asked, asked_events
from .caveats import Facts
from .hourly import Counts, Hourly, hourly, without_heaps
from .result import Result
from .results import MOST_PRIMARY, from_fit, result_of_nothing, results_table
from .strata_poisson import StrataFit, fit_in_strata, reliability_in_strata

WEEKS_BEFORE = (1, 2, 3)
LEAST_CASES = 20
HOURS_AFTER = 2  # the event's own hour and the next: whether officers come because of it
LEVEL = 0.05
QUESTION = "association"
DESIGN = "case-crossover"
REFERENCE = "Maclure 1991; Armstrong, Gasparrini & Tobias 2014"
METHOD = (
    "Case-crossover: officer minutes in the hours before an event, in its area, against those before the same hour of the week one, two "
    "and three weeks earlier; conditional Poisson, jackknife over areas. The event's own hour, and time at incidents and searches, are "
    "left out: they answer events. Events whose window crosses an hour are left out."
)


class Follows(NamedTuple):
    """Presence in an event's own hour and the next, as a ratio of events for `per_minutes` more; p that officers come no more often."""

    estimate: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class CaseCrossover:
    """Results, sentences that stand beside them, and how presence follows events (by name of what is counted)."""

    results: tuple[Result, ...]
    notes: tuple[str, ...]
    follows: dict[str, Follows]


def case_crossover(
    presence: pd.DataFrame,
    events: pd.DataFrame,
    params: CaseCrossoverParams = CaseCrossoverParams(),
    *,
    areas: Optional[pd.DataFrame] = None,
) -> pd.DataFrame:
    """Presence before events, as the table `results`.

    Parameters
    ----------
    presence : a presence table by hour, or a time_use table, which tells time at incidents apart
    events : the events table, with `areas` or a column ``area_id``; or event_cells
    params : CaseCrossoverParams
    areas : the areas table

    Raises
    ------
    AreaError, EstimateError, TimeError
        where there are no areas; no presence or no events in its time; presence or events without hours.
    """
    return results_table(case_crossover_of(hourly(presence, events, areas, params.timezone), params).results)


def case_crossover_of(
    hours: Hourly, params: CaseCrossoverParams = CaseCrossoverParams(), *, most_primary: int = MOST_PRIMARY
) -> CaseCrossover:
    """As :func:`case_crossover`, with what a page says beside the results.

    Raises
    ------
    EstimateError
        where no event has an hour.
    """
    results: list[Result] = []
    pairs = len(hours.material.sharing)
    notes = [so_many(pairs, "pairs of areas share ground: time and events there count in both.")] if pairs else []
    follows: dict[str, Follows] = {}
    table = hours.material.events.table
    exposures = list(_exposures(hours, params))
    for asked in asked_events(table[table["area_id"].isin(hours.areas)], params.outcomes, most_primary):
        counts = hours.counts(**asked.which)  # type: ignore[arg-type]
        counts, text = without_heaps(counts, hours, asked.name)
        left = so_many(counts.left_out, f"{asked.name} have no hour, or a window over several: they are left out.")
        notes += [t for t in (text, left if counts.left_out else "") if t]
        cases = _cases(hours, counts, params)
        facts = Facts(police_generated=asked.police)
        if cases.events < LEAST_CASES:
            every = cases.events + cases.alone + counts.left_out
            what = f"Fewer than {LEAST_CASES} events have an hour and an earlier week to hold it against."
            results.append(_nothing(asked, exposures[0].words, replace(facts, events=every, not_compared=what)))
            continue
        follows[asked.name] = _follows(cases, hours, params)
        recorded = hours.recorded(asked.kind or _kind_of(table, asked))
        placebo = _week_later(hours, counts, recorded, exposures[0].minutes, params)
        facts = replace(facts, placebo_p=placebo.p, follows_p=follows[asked.name].p)
        notes += [*placebo.sentences(asked.name, params), *cases.sentences(asked.name)]
        for k, exposure in enumerate(exposures if asked.primary else exposures[:1]):
            results.append(_result(asked, cases, exposure, params, facts, primary=asked.primary and k == 0))
    return CaseCrossover(tuple(results), tuple(dict.fromkeys(notes)), follows)


# --- parts ------------------------------------------------------------------------------------------------------------


class _Exposure(NamedTuple):
    words: str
    minutes: Floats
    error: Floats  # variance of each value's own error


@dataclass(frozen=True)
class _Cases:
    """Events' hours, each with the same hours of earlier weeks; a stratum a case."""

    area: Rows
    hour: Rows
    case: Rows
    y: Floats
    events: int
    names: tuple[str, ...]  # of the areas
    alone: int  # without an earlier week that is known

    def sentences(self, outcome: str) -> list[str]:
        if not self.alone:
            return []
        return [so_many(self.alone, f"{outcome} have no earlier week of which all is known: they are left out.")]

    def fit(self, x: Floats) -> StrataFit:
        return fit_in_strata(self.y, x[self.area, self.hour], stratum=self.case, area=self.area)


class _Placebo(NamedTuple):
    p: float
    symmetric: Optional[StrataFit]

    def sentences(self, outcome: str, params: CaseCrossoverParams) -> list[str]:
        if self.symmetric is None:
            return []
        best, low, high = (
            float(np.exp(params.per_minutes * v[0]))
            for v in (self.symmetric.beta, self.symmetric.low, self.symmetric.high)
        )
        return [
            f"Held against all the same hours of the month instead, {outcome}: "
            f"{ratio_with_likely(best, low, high, 'times as many')}; visits that an event prompts are among these."
        ]


def _exposures(hours: Hourly, params: CaseCrossoverParams) -> list[_Exposure]:
    """Minutes in the hours before: of all, then by mode and by resource type."""
    window = "hour" if params.hours_before == 1 else f"{params.hours_before} hours"
    words = f"{number(params.per_minutes)} more officer minutes{{}} in the {window} before"
    table = hours.material.time_use.table
    modes = [m for m in ("foot", "vehicle") if f"{m}_seconds" in table.columns and table[f"{m}_seconds"].sum() > 0]
    kinds = (
        sorted(str(r) for r in table["resource_type"].cat.categories if r and not str(r).startswith("("))
        if len(table)
        else []
    )
    whole, wrong = hours.minutes(), hours.error()
    found = [(words.format(""), whole, wrong)]
    with np.errstate(divide="ignore", invalid="ignore"):  # a mode has its share of the error
        by_mode = {m: hours.minutes(mode=m) for m in modes}
        found += [(words.format(f" {MODE_WORDS[m]}"), v, np.nan_to_num(v / whole) * wrong) for m, v in by_mode.items()]
    for kind in kinds if len(kinds) > 1 else []:
        found.append((words.format(f" of {kind}"), hours.minutes(resource_type=kind), hours.error(kind)))
    return [_Exposure(text, *(_before(v, params.hours_before) for v in values)) for text, *values in found]


def _before(minutes: Floats, hours: int) -> Floats:
    """Sums over the hours before each hour (areas, hours); the first hours have none of their own."""
    total = np.concatenate([np.zeros((len(minutes), 1)), np.cumsum(minutes, axis=1)], axis=1)
    at = np.arange(minutes.shape[1])
    out: Floats = total[:, at] - total[:, np.maximum(at - hours, 0)]
    return out


def _usable(hours: Hourly, before: int, after: int) -> Bools:
    """Hours (areas, hours) around which officers' time is known, in areas that count all the while."""
    unknown = np.cumsum(np.pad(~(hours.known[None] & hours.counted), ((0, 0), (1, 0))), axis=1)
    at = np.arange(len(hours.known))
    low, high = at - before, at + max(after, 1)
    inside = (low >= 0) & (high <= len(at))
    out: Bools = inside[None] & (unknown[:, np.minimum(high, len(at))] == unknown[:, np.maximum(low, 0)])
    return out


def _cases(hours: Hourly, counts: Counts, params: CaseCrossoverParams) -> _Cases:
    """Of the weeks before presence alone is asked: whether records tell of them does not matter."""
    open_ = _usable(hours, params.hours_before, HOURS_AFTER)
    area, hour = np.nonzero(counts.events * open_)
    rows = [(area, hour, np.arange(len(area)), counts.events[area, hour])]
    for weeks in WEEKS_BEFORE:
        at = hours.weeks_off(-weeks)[hour]
        some = (at >= 0) & open_[area, at]
        case = np.flatnonzero(some)
        rows.append((area[some], at[some], case, np.zeros(len(case))))
    area, hour, case, y = (np.concatenate(c) for c in zip(*rows))
    held = np.bincount(case, minlength=1) > 1
    compared, alone = (int(y[part[case]].sum()) if len(y) else 0 for part in (held, ~held))
    return _Cases(area, hour, case, y, compared, hours.names, alone)


def _result(
    asked: Asked, cases: _Cases, exposure: _Exposure, params: CaseCrossoverParams, facts: Facts, primary: bool
) -> Result:
    try:
        fit = cases.fit(exposure.minutes)
    except EstimateError:
        return _nothing(asked, exposure.words, replace(facts, events=cases.events, no_figure=True))
    x, wrong = (v[cases.area, cases.hour] for v in (exposure.minutes, exposure.error))
    return replace(
        from_fit(
            fit, question=QUESTION, outcome=asked.name, exposure=exposure.words, per=params.per_minutes, design=DESIGN,
            facts=facts, reliability=reliability_in_strata(x, wrong, cases.case), primary=primary, method=METHOD,
            names=dict(enumerate(cases.names)),
        ),
        reference=REFERENCE,
    )  # fmt: skip


def _nothing(asked: Asked, exposure: str, facts: Facts) -> Result:
    return replace(
        result_of_nothing(QUESTION, asked.name, exposure), design=DESIGN, events=facts.events, facts=facts, method=METHOD,
        primary=asked.primary,
    )  # fmt: skip


def _follows(cases: _Cases, hours: Hourly, params: CaseCrossoverParams) -> Follows:
    """Whether officers come in an event's own hour and the next, more than at the same hours of earlier weeks; p is one-sided."""
    minutes = hours.minutes()
    after = sum(np.pad(minutes[:, k:], ((0, 0), (0, k))) for k in range(HOURS_AFTER))
    try:
        fit = cases.fit(np.asarray(after, dtype=np.float64))
    except EstimateError:
        return Follows(*((float("nan"),) * 4))
    best, low, high = (float(np.exp(params.per_minutes * v[0])) for v in (fit.beta, fit.low, fit.high))
    p = float(fit.p[0])
    return Follows(best, low, high, p / 2 if best > 1 else 1 - p / 2)


def _week_later(
    hours: Hourly, counts: Counts, recorded: Bools, minutes: Floats, params: CaseCrossoverParams
) -> _Placebo:
    """The whole month around the event, with presence a week later beside that before: it can have had no part in the event."""
    usable = recorded[None] & _usable(hours, params.hours_before, 0)
    later = hours.weeks_off(1)
    usable = usable & (later >= 0) & usable[:, np.maximum(later, 0)]
    month = hours.wall.astype("datetime64[M]").astype(np.int64)
    slot: Ints = (month - month.min()) * 168 + hours.hour_of_week
    area, hour = np.nonzero(usable)
    stratum = area * (int(slot.max()) + 1) + slot[hour]
    y = counts.events[area, hour]
    some = np.bincount(stratum, y)[stratum] > 0
    area, hour, stratum, y = area[some], hour[some], stratum[some], y[some]
    try:
        both = np.column_stack([minutes[area, hour], minutes[area, later[hour]]])
        fit = fit_in_strata(y, both, stratum=stratum, area=area)
        return _Placebo(float(fit.p[1]), fit_in_strata(y, both[:, 0], stratum=stratum, area=area))
    except EstimateError:
        return _Placebo(float("nan"), None)


def _kind_of(table: pd.DataFrame, asked: Asked) -> str:
    """The kind that a key type or category is of: whose days are covered."""
    for column, value in (("key_type", asked.key_type), ("category", asked.category)):
        if value:
            found: Sequence[str] = table.loc[table[column] == value, "kind"].astype(str).unique()
            return found[0] if len(found) == 1 else "crime"
    return "crime"


__all__ = ["CaseCrossover", "Follows", "case_crossover", "case_crossover_of"]

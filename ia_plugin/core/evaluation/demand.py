"""Calls for service and recorded crime: do they go together, across areas and within an area over time?

A call and the crime that it became are one event told twice, so the same correlation stands there with such pairs taken out, where
records of both have one reference. Series are cut where a system changed: nothing is held against what lies beyond a break.

>>> calls_crime(build_panel(areas, None, events))  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..errors import EstimateError
from ..events.same_records import bare_references
from ..params import CallsCrimeParams
from ..times.civil import pandas_zone
from ..words import count_of, number, ratio, share
from .asked_events import Asked, asked_events
from .caveats import Facts
from .correlation import Correlation, across_areas, forget_draws, ranks, slope_within, what_is_left, within_areas
from .panel import Panel
from .result import Result
from .results import results_table

QUESTION = "demand"
REFERENCE = "Politis & Romano 1994 (blocks of time, here with areas)"
METHOD = (
    "Calls and crimes that the public reported; those that officers recorded themselves, copies and cancelled logs are left out. Across "
    "areas: means over known periods held against residents, or km² where residents are not known. Within areas: what is left of each area's counts by day "
    "after its mean, its trend and the season that all areas share. Intervals draw areas and blocks of three periods anew together, for "
    "areas share shocks and months resemble each other; Fisher's z, t."
)
RECORDING = (
    "Recorded crime is what was reported and recorded: West Midlands recorded 83.8 % (± 1.9) of reported crime in 2016 (HMICFRS 2017). A "
    "change in recording changes both."
)
SLOPE_OF = 100.0  # calls
COUNTED_TWICE = "A call that became a crime is in both, so that part of what goes together is one event told twice; which calls these are is not known here."
MOST_LAGGED = 1  # kinds of crime that have results at other lags


class Linked(NamedTuple):
    """Calls and crimes of one reference: how many calls there are, how many of them became a crime, and how many crimes had a call."""

    calls: int
    became: int
    crimes: int

    def sentences(self) -> list[str]:
        """In words; none where no record of either has a reference of the other."""
        if not self.became:
            return [
                "No call has the reference of a crime: which calls became crimes is not known, and no pair is taken out."
            ]
        return [
            f"Of {count_of(self.calls, 'calls')}, {number(self.became)} have the reference of a crime: "
            f"{share(100 * (1 - self.became / self.calls))} never became one, {number(100 * self.crimes / self.calls)} crimes per 100 calls."
        ]


@dataclass(frozen=True, eq=False)
class Demand:
    """Results, sentences, and what the charts show.

    Attributes
    ----------
    results : Result objects
    notes : sentences
    places : by area: ``name, calls, crimes``, held against residents or km²
    lags : by lag: ``lag, estimate, low, high``
    unit : of the places
    """

    results: tuple[Result, ...]
    notes: tuple[str, ...]
    places: pd.DataFrame
    lags: pd.DataFrame
    unit: str


def calls_crime(
    panel: Panel, params: CallsCrimeParams = CallsCrimeParams(), *, unlinked: Optional[Panel] = None
) -> pd.DataFrame:
    """Calls for service against recorded crime, as the table `results`.

    Parameters
    ----------
    panel : Panel with incidents and crimes
    params : CallsCrimeParams
    unlinked : the same panel without calls and crimes of one reference: see :func:`without_linked`

    Raises
    ------
    EstimateError
        where there are no calls or no crimes, or no period covered by both.
    ParameterError
        for a name that no event has.
    """
    return results_table(calls_crime_of(panel, params, unlinked=unlinked).results)


def calls_crime_of(
    panel: Panel, params: CallsCrimeParams = CallsCrimeParams(), *, unlinked: Optional[Panel] = None
) -> Demand:
    """As :func:`calls_crime`, with what a page says and shows beside the results."""
    one = _Series.of(panel)
    calls = _asked(panel, params.calls, "incident", "calls for service")[0]
    crimes = _asked(panel, params.crimes, "crime", "crimes")
    results: list[Result] = []
    lags = pd.DataFrame(columns=["lag", "estimate", "low", "high"])
    x = one.counts(calls)
    for k, crime in enumerate(crimes):
        y = one.counts(crime)
        results += one.both(calls, crime, x, y, params, primary=crime.primary)
        if k < MOST_LAGGED:
            lags = one.lagged(x, y, params)
            results += [
                one.largest_out(calls, crime, x, y, params),
                one.slope(calls, crime, x, y, params),
                *one.at_lags(calls, crime, lags, x, y, params),
            ]
        if k < MOST_LAGGED and unlinked is not None:
            apart = _Series.of(unlinked)
            made = apart.both(calls, crime, apart.counts(calls), apart.counts(crime), params, primary=False)
            results += [replace(r, outcome=f"{r.outcome} without those of one reference") for r in made]
    forget_draws()
    twice = [] if unlinked is not None else [COUNTED_TWICE]
    return Demand(
        tuple(results),
        (*one.notes(), *twice, RECORDING, *panel.warnings),
        one.places(x, one.counts(crimes[0])),
        lags,
        one.unit,
    )


def without_linked(events: pd.DataFrame, timezone: str = "Europe/London") -> tuple[pd.DataFrame, Linked]:
    """Events without calls and crimes of one reference, and how many there were of each.

    >>> rows = pd.DataFrame({"event_id": ["1", "2", "1"], "kind": ["incident", "incident", "crime"], "category": "Burglary"})
    >>> rows["start"] = pd.Timestamp("2024-06-03T10:00Z")
    >>> left, linked = without_linked(rows)
    >>> list(left["event_id"]), linked
    (['2'], Linked(calls=2, became=1, crimes=1))
    """
    reference = bare_references(events, timezone)
    is_call, is_crime = ((events["kind"] == k).to_numpy() for k in ("incident", "crime"))
    both = reference.isin(set(reference[is_call]) & set(reference[is_crime])).to_numpy()
    linked = Linked(int(is_call.sum()), int((both & is_call).sum()), int((both & is_crime).sum()))
    return events[~(both & (is_call | is_crime))], linked


# --- parts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Series:
    """Areas × periods in which both calls and crimes are known."""

    panel: Panel
    keep: Bools  # (cells,)
    names: tuple[str, ...]
    size: Floats  # residents or km² of each area
    unit: str
    season: Ints
    cut: Ints

    @classmethod
    def of(cls, panel: Panel) -> _Series:
        for kind, words in (("incident", "calls for service"), ("crime", "crimes")):
            if f"covered_{kind}" not in panel.cells.columns:
                raise EstimateError(
                    f"There are no {words} in these areas and this time.", "Give incidents and crimes of the same days."
                )
        keep = panel.kept_for("incident", "crime")
        if not keep.any():
            raise EstimateError(
                f"No {panel.params.period} is covered by both calls and crimes.",
                "Give both of the same days, or ask for a shorter period.",
            )
        areas = panel.cells.drop_duplicates("area_id")
        people = areas["residents"].to_numpy(dtype=np.float64)
        known = bool(np.isfinite(people).all() and (people > 0).all())
        size = people / 1_000 if known else areas["km2"].to_numpy(dtype=np.float64)
        size = np.where(size > 0, size, np.nan)
        periods = panel.cells["period"].iloc[: panel.cells["period"].nunique()]
        return cls(
            panel, keep, tuple(areas["name"].astype(str)), size, "per 1,000 residents" if known else "per km²",
            _season(panel, periods), _stretches(panel),
        )  # fmt: skip

    @cached_property
    def facts(self) -> Facts:
        """What the caveats of every result are found by."""
        return self.panel.facts(self.keep)

    @property
    def periods(self) -> int:
        return len(self.season)

    def counts(self, asked: Asked) -> Floats:
        """(areas, periods), NaN where not both kinds are known, and in a period that a note of the whole force cuts."""
        values = self.panel.counts(**asked.which, shared=False)  # type: ignore[arg-type]
        table = np.where(self.keep, self.panel.per_day(values), np.nan).reshape(-1, self.periods)
        return np.where(self.cut[None] >= 0, table, np.nan)

    def left(self, values: Floats) -> Floats:
        """What trend and season leave; nothing of areas whose counts never change: months differ in length."""
        days = self.panel.cells["days"].to_numpy(dtype=np.float64).reshape(-1, self.periods)[: len(values)]
        counts = np.where(np.isfinite(values), values * days, np.nan)
        low, high = (f(np.nan_to_num(counts, nan=e), axis=1) for f, e in ((np.min, np.inf), (np.max, -np.inf)))
        return np.where((high - low > 1e-9)[:, None], what_is_left(values, self.season, self.cut), np.nan)

    def both(
        self, calls: Asked, crime: Asked, x: Floats, y: Floats, params: CallsCrimeParams, primary: bool
    ) -> list[Result]:
        """Across areas, and within them over time; the ranks of both beside them."""
        across = across_areas(x, y, self.size, params.resamples)
        by_rank = across_areas(
            ranks(_means(x) / self.size)[:, None],
            ranks(_means(y) / self.size)[:, None],
            np.ones(len(x)),
            params.resamples,
        )
        rest = self.left(x), self.left(y)
        within = within_areas(*rest, params.resamples, cut=self.cut)
        ranked = within_areas(ranks(rest[0]), ranks(rest[1]), params.resamples, cut=self.cut)
        return [
            self._result(calls, crime, across, f"{self.unit} across areas", x, y, primary, by_rank),
            self._result(calls, crime, within, f"within areas by {self.panel.params.period}", x, y, primary, ranked),
        ]

    def largest_out(self, calls: Asked, crime: Asked, x: Floats, y: Floats, params: CallsCrimeParams) -> Result:
        """Across areas, the one with most calls left out."""
        at = int(np.nansum(x, axis=1).argmax())
        rest = np.arange(len(x)) != at
        found = across_areas(x[rest], y[rest], self.size[rest], params.resamples)
        return self._result(
            calls, crime, found, f"across areas without {self.names[at]}, which has most calls", x[rest], y[rest], False
        )

    def lagged(self, x: Floats, y: Floats, params: CallsCrimeParams) -> pd.DataFrame:
        """Within areas, at each lag."""
        rest = self.left(x), self.left(y)
        rows = []
        for lag in range(-params.lags, params.lags + 1):
            found = within_areas(*rest, params.resamples, lag=lag, cut=self.cut)
            rows.append({"lag": lag, "found": found, "estimate": found.estimate, "low": found.low, "high": found.high})
        return pd.DataFrame(rows)

    def at_lags(
        self, calls: Asked, crime: Asked, lags: pd.DataFrame, x: Floats, y: Floats, params: CallsCrimeParams
    ) -> list[Result]:
        out = []
        for lag, found in zip(lags["lag"], lags["found"]):
            if lag == 0:
                continue
            period = self.panel.params.period + ("s" if abs(lag) > 1 else "")
            when = f"within areas, {number(abs(lag))} {period} {'later' if lag > 0 else 'earlier'}"
            out.append(self._result(calls, crime, found, when, x, y, False))
        return out

    def slope(self, calls: Asked, crime: Asked, x: Floats, y: Floats, params: CallsCrimeParams) -> Result:
        """How many more crimes went with a hundred more calls in an area."""
        found = slope_within(self.left(x), self.left(y), params.resamples)
        made = self._result(calls, crime, found, f"within areas by {self.panel.params.period}", x, y, False)
        scaled = {name: SLOPE_OF * getattr(found, name) for name in ("estimate", "low", "high")}
        return replace(
            made, **scaled, measure="difference", form="difference", unit=f"{crime.name} for {number(SLOPE_OF)} calls", outcome=crime.name,
            exposure=f"{number(SLOPE_OF)} more {calls.name} in an area", design="slope within areas",
        )  # fmt: skip

    def _result(
        self, calls: Asked, crime: Asked, found: Correlation, design: str, x: Floats, y: Floats, primary: bool,
        by_rank: Optional[Correlation] = None,
    ) -> Result:  # fmt: skip
        known = np.isfinite(x) & np.isfinite(y)
        facts = replace(self.facts, compares_areas=False, not_compared=self._why_not(found, x, y))
        days = self.panel.cells["days"].to_numpy(dtype=np.float64).reshape(-1, self.periods)[: len(x)]
        rank = (
            f" Spearman's, of ranks: {ratio(by_rank.estimate)}."
            if by_rank is not None and by_rank.estimate == by_rank.estimate
            else ""
        )
        return Result(
            QUESTION, "correlation " + ("within areas" if "within areas" in design else "across areas"), f"{crime.name} {design}", calls.name, "correlation", found.estimate, found.low, found.high,
            found.p, "bootstrap", int(known.any(axis=1).sum()), int(known.any(axis=0).sum()), float(np.nansum(y * days)),
            degrees=found.degrees, primary=primary, facts=facts, reference=REFERENCE, method=f"{METHOD}{rank}",
        )  # fmt: skip

    def _why_not(self, found: Correlation, x: Floats, y: Floats) -> str:
        if found.estimate == found.estimate:
            return ""
        if not np.nansum(x) or not np.nansum(y):
            return "No such calls or no such crimes were recorded, so nothing goes together."
        return "Too few areas or periods, or counts that never change: there is nothing to go together."

    def places(self, x: Floats, y: Floats) -> pd.DataFrame:
        days = self.panel.cells["days"].to_numpy(dtype=np.float64).reshape(-1, self.periods)
        return pd.DataFrame(
            {
                "name": self.names,
                "calls": np.nansum(x * days, axis=1) / self.size,
                "crimes": np.nansum(y * days, axis=1) / self.size,
            }
        )

    def notes(self) -> list[str]:
        stretches = len(set(self.cut[self.cut >= 0].tolist()))
        if stretches < 2 and (self.cut >= 0).all():
            return []
        return [
            f"Series are cut by notes of the whole force into {count_of(stretches, 'stretches')}: nothing is held against what lies beyond a break."
        ]


def _asked(panel: Panel, names: str, kind: str, words: str) -> tuple[Asked, ...]:
    """Events of a name, those that the public reported; of one name together where none is given."""
    rows = panel.events[panel.events["cell"] >= 0]
    if not names:
        rows = rows[rows["kind"] == kind]
    if not len(rows):
        raise EstimateError(
            f"There are no {words} in these areas and this time.", "Give incidents and crimes of the same days."
        )
    found = asked_events(rows, names)
    public = tuple(a for a in found if not a.police)
    if not public:
        raise EstimateError(
            f"All {words} were recorded by officers themselves, so they are no calls of the public.",
            "Name others, or check who caused the records.",
        )
    return tuple(
        replace(a, name="calls for service" if a.kind == "incident" and not a.key_type and not a.category else a.name)
        for a in public
    )


def _means(values: Floats) -> Floats:
    """Of each area (areas,) over its known periods; NaN where none is known."""
    known = np.isfinite(values).sum(axis=1)
    out: Floats = np.where(known > 0, np.nansum(values, axis=1) / np.maximum(known, 1), np.nan)
    return out


def _season(panel: Panel, periods: pd.Series) -> Ints:
    """Which part of the year or week each period is; one for all where there are not two of each."""
    wall = pd.DatetimeIndex(periods).tz_convert(pandas_zone(panel.params.timezone))
    part: Mapping[str, Rows] = {
        "month": np.asarray(wall.month), "week": np.asarray((wall.day_of_year - 1) // 28), "day": np.asarray(wall.day_of_week),
        "shift": np.asarray(wall.day_of_week * 24 + wall.hour),
    }  # fmt: skip
    found = np.asarray(part[panel.params.period], dtype=np.int64)
    twice = len(found) >= 2 * len(np.unique(found))
    return found if twice else np.zeros(len(found), dtype=np.int64)


def _stretches(panel: Panel) -> Ints:
    """Number of the unbroken stretch of each period; −1 for a period that a note of every area touches."""
    n = panel.cells["period"].nunique()
    table = (panel.cells["cut_by"].astype(str) != "").to_numpy().reshape(-1, n)
    broken = table.all(axis=0)
    number_of = np.cumsum(broken & ~np.r_[False, broken[:-1]])
    return np.where(broken, -1, number_of).astype(np.int64)


__all__ = ["Demand", "Linked", "calls_crime", "calls_crime_of", "without_linked"]

"""Events by the time since the last visit of their area ended: how long a lull lasts, if there is one.

In an area and on one operational day (06:00 to 05:59) the rate of events in each band of time after a visit is held against that in a
declared reference band, with what is usual at each hour of the week as offset. So hot areas, hot days and hot hours drop out. Time
during a visit is left out: events then are what officers answer, or are there to see. The mirror, time until the *next* visit, is the
placebo: a visit that has not happened yet can have had no part in an event, so where the rate differs before one, officers come
because of events, and the order of the two cannot be told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

import numpy as np
import pandas as pd

from ..areas import validity
from ..arrays import Floats, Ints, Rows
from ..columns import require
from ..errors import AreaError, EstimateError, TimeError
from ..params import SinceVisitParams
from ..presence import dwell_bands
from ..times.instants import nanoseconds
from ..words import count_of, number, so_many
from .asked_events import Asked, asked_events
from .caveats import Facts
from .for_public import for_public
from .half_life import Cells, HalfLife, half_life
from .result import Result
from .results import MOST_PRIMARY, from_fit, result_of_nothing
from .strata_poisson import StrataFit
from .timed_events import events_in_ground, known_to_the_minute
from .visit_bands import clock_of, merged, stretches_of
from .visit_counts import LEAST_IN_BAND, BandCells, Counted, TimeBetween, curve_of, mirror_of, ratios_of_bands

LEAST_EVENTS = 20
QUESTION = "association"
DESIGN = "since the last visit"
REFERENCE = "Koper 1995; Armstrong, Gasparrini & Tobias 2014"
NO_LIFE = "No half-life: the bands cannot be compared."
DWELL = "Lengths of visits describe what there was; no length is a target."


@dataclass(frozen=True, eq=False)
class SinceVisit:
    """Events by the time since the last visit.

    Attributes
    ----------
    results : of each kind of events the first band; of the first kind all bands
    curve : ``band, begin_min, end_min, hours, events, ratio, low, high`` of the first kind: time since a visit ended; no ratios where
        they are withheld
    mirror : the same of time until the next visit begins
    half_life : of the first kind
    dwell : ``band, visits, share``: visits by length
    notes : sentences that stand beside them
    """

    results: tuple[Result, ...]
    curve: pd.DataFrame
    mirror: pd.DataFrame
    half_life: HalfLife
    dwell: pd.DataFrame
    notes: tuple[str, ...]


def since_last_visit(
    visits: pd.DataFrame,
    events: pd.DataFrame,
    areas: pd.DataFrame,
    params: SinceVisitParams = SinceVisitParams(),
    *,
    observed: Optional[pd.DataFrame] = None,
    most_primary: int = MOST_PRIMARY,
) -> SinceVisit:
    """Events of areas by the time since their last visit ended.

    Parameters
    ----------
    visits : ``area_id, enter, leave``; whose they are is not looked at
    events : the events table, with places, or with a column ``area_id``
    areas : the areas table; those of role ``site`` and ``rest`` take no part
    params : SinceVisitParams
    observed : ``start, end`` of the time in which the force's positions are known; without it, from the first visit to the last
    most_primary : how many of the events named are declared comparisons

    Raises
    ------
    AreaError, EstimateError, TimeError
        where there is no area, no visit long enough, no time outside visits, no event in that time, or no event with a minute.
    """
    ground = _ground(areas)
    ids = list(ground["area_id"].astype(str))
    require(visits, ("area_id", "enter", "leave"), "visits")
    seen = visits[["area_id", "enter", "leave"]]  # who it was goes no further
    known = _known(seen, observed, params)
    counted = validity(ground, params.timezone)
    among = stretches_of(seen, known, ids, counted, 60 * params.least_visit)
    if not any(len(a.enter) for a in among):
        raise EstimateError(
            f"No area has a visit of {number(params.least_visit)} minutes or more.",
            "Ask for shorter visits, more areas or a longer time.",
        )
    time = TimeBetween(ground, among, clock_of(int(known[0].min()), int(known[1].max()), params.timezone), params)
    table, area = events_in_ground(events, ground, params.timezone)
    found = [
        _of_events(time, table, area, asked, leading=k == 0)
        for k, asked in enumerate(asked_events(table, params.outcomes, most_primary))
    ]
    results = tuple(r for f in found for r in f.results)
    if all(f.untimed for f in found):
        raise found[0].untimed[0]
    first, notes = found[0], [n for f in found for n in f.notes]
    lengths = (nanoseconds(seen["leave"]) - nanoseconds(seen["enter"])) / 1e9
    of_areas = seen["area_id"].astype(str).isin(ids).to_numpy()
    dwell = dwell_bands(pd.Series(lengths[of_areas & (lengths >= 60 * params.least_visit)]))
    sentences = tuple(dict.fromkeys([*time.sentences(), first.life.sentence, *notes, DWELL]))
    return SinceVisit(results, first.curve, first.mirror, first.life, dwell, sentences)


def since_visit_for_public(found: SinceVisit) -> SinceVisit:
    """As the public may see it: ratios of rounded counts, and neither curve nor counts beside them."""
    nothing = found.curve.iloc[:0]
    results = tuple(for_public(r) for r in found.results)
    return replace(found, results=results, curve=nothing, mirror=nothing, dwell=found.dwell.iloc[:0], notes=(DWELL,))


# --- parts ------------------------------------------------------------------------------------------------------------


class _Found(NamedTuple):
    results: list[Result]
    curve: pd.DataFrame
    mirror: pd.DataFrame
    life: HalfLife
    notes: list[str]
    untimed: tuple[TimeError, ...] = ()  # where no event of the kind tells its minute


def _of_events(time: TimeBetween, table: pd.DataFrame, area: Rows, asked: Asked, leading: bool) -> _Found:
    """What events of one kind tell; the curve, the mirror and the half-life of the leading one."""
    rows = table["generated_by"].isin(asked.generated_by).to_numpy()
    for column in ("kind", "key_type", "category"):
        value = getattr(asked, column)
        rows = rows & (table[column].astype(object) == value).to_numpy() if value else rows
    own, area = table[rows], area[rows]
    try:
        sharp, notes = known_to_the_minute(own, asked.name, time.params.timezone)
    except TimeError as error:
        facts = Facts(police_generated=asked.police, not_compared=str(error.args[0]))
        nothing = time.nothing()
        no_life = HalfLife(None, NO_LIFE)
        return _Found([_nothing(time, asked, 0, facts)], nothing, nothing, no_life, [], (error,))
    events, left = time.events(nanoseconds(own["start"])[sharp], area[sharp])
    notes += [
        so_many(left[why], f"{asked.name} {words}: they are left out.")
        for why, words in (
            ("inside", "began during a visit"),
            ("no last visit", "have no last visit that is known"),
            ("not observed", "began while no officers' time is known"),
        )
        if left[why]
    ]
    return _compared(Counted.of(time, events), asked, notes, leading)


def _compared(counted: Counted, asked: Asked, notes: list[str], leading: bool) -> _Found:
    time = counted.time
    since_time, since_events = time.pieces.since >= 0, counted.events.since >= 0
    fine = counted.cells(since_time, since_events, [time.pieces.since], [counted.events.since])
    band = time.band_of[fine.columns[0]]
    n = len(time.bands)
    by_band = np.bincount(band, fine.y, n).astype(np.float64)
    facts = Facts(police_generated=asked.police, events=float(by_band.sum()))
    why = _why_not(time, by_band, asked)
    try:
        fit, columns = ratios_of_bands(fine, band, time.reference, by_band) if not why else (None, {})
    except EstimateError as error:
        fit, columns, why = None, {}, str(error.args[0])
    if why:
        nothing = _nothing(time, asked, 0, replace(facts, not_compared=why))
        curve, mirrored_curve = (curve_of(counted, side, None, {}) for side in ("since", "until"))
        return _Found([nothing], curve, mirrored_curve, HalfLife(None, NO_LIFE), notes)
    mirror, mirrored, p = mirror_of(counted)
    facts = replace(facts, placebo_p=p)
    results = [
        _result(time, asked, fit, columns, k, facts) for k in range(n) if k != time.reference and (k == 0 or leading)
    ]
    if p != p:  # there is none
        notes = [
            *notes,
            f"The time until the next visit cannot be looked at for {asked.name}, so nobody can tell whether officers came because of them.",
        ]
    life = _life(fine, time, results[0]) if leading else HalfLife(None, "")
    curve, mirrored_curve = curve_of(counted, "since", fit, columns), curve_of(counted, "until", mirror, mirrored)
    if all(r.withheld for r in results):  # the mirror, which may say why, stays
        curve = curve.assign(ratio=np.nan, low=np.nan, high=np.nan)
    return _Found(results, curve, mirrored_curve, life, notes)


def _why_not(time: TimeBetween, by_band: Floats, asked: Asked) -> str:
    """Why bands cannot be compared; blank where they can."""
    if by_band.sum() < LEAST_EVENTS:
        return f"{count_of(by_band.sum(), 'events')} with a minute and a last visit that is known; {LEAST_EVENTS} are the least."
    enough = by_band >= LEAST_IN_BAND
    if not enough[time.reference]:
        return f"The band that the others are held against, {time.labels[time.reference]} after a visit, has fewer than {LEAST_IN_BAND} {asked.name}."
    if enough.sum() < 2:
        return f"Only one band of time after a visit has {LEAST_IN_BAND} or more {asked.name}: there is nothing to compare."
    return ""


def _result(
    time: TimeBetween, asked: Asked, fit: Optional[StrataFit], columns: dict[int, int], band: int, facts: Facts
) -> Result:
    if fit is None or band not in columns:
        return _nothing(time, asked, band, replace(facts, no_figure=True))
    made = from_fit(
        fit, question=QUESTION, outcome=asked.name, exposure=_exposure(time, band), column=columns[band], design=DESIGN,
        facts=facts, primary=asked.primary and band == 0, method=_method(time), names=time.names,
    )  # fmt: skip
    return replace(made, reference=REFERENCE)


def _nothing(time: TimeBetween, asked: Asked, band: int, facts: Facts) -> Result:
    return replace(
        result_of_nothing(QUESTION, asked.name, _exposure(time, band)), design=DESIGN, events=facts.events, facts=facts,
        method=_method(time), primary=asked.primary and band == 0,
    )  # fmt: skip


def _exposure(time: TimeBetween, band: int) -> str:
    return f"the {time.labels[band]} after a visit (held against {time.labels[time.reference]} after one)"


def _method(time: TimeBetween) -> str:
    return (
        f"Since the last visit: events by the time since a visit of {number(time.params.least_visit)} minutes or more ended, within an "
        f"area and operational day (06:00 to 05:59), against {time.labels[time.reference]} after one, with the rate at each hour of the "
        "week as offset; conditional Poisson, jackknife over areas. Time during visits is left out. Placebo: the time until the next visit."
    )


def _life(cells: BandCells, time: TimeBetween, first: Result) -> HalfLife:
    if first.withheld or not first.has_interval or first.low <= 1 <= first.high:
        return HalfLife(None, f"No half-life: whether the {time.labels[0]} after a visit differ at all cannot be told.")
    return half_life(Cells(cells.area, cells.stratum, cells.columns[0], cells.y, cells.exposure), time.fine)


def _ground(areas: pd.DataFrame) -> pd.DataFrame:
    """Areas that one can visit, by id."""
    require(areas, ("area_id",), "areas")
    role = areas["role"] if "role" in areas.columns else pd.Series("other", index=areas.index)
    ground = areas[~role.isin(["site", "rest"])].sort_values("area_id", kind="stable").reset_index(drop=True)
    if not len(ground):
        raise AreaError("There is no area to follow.", "Give the layer of areas, with their role.")
    return ground if "name" in ground.columns else ground.assign(name=ground["area_id"])


def _known(visits: pd.DataFrame, observed: Optional[pd.DataFrame], params: SinceVisitParams) -> tuple[Ints, Ints]:
    """Stretches of which officers' time is known, ns."""
    if not len(visits):
        raise EstimateError("There is no visit.", "Give positions of the days of the events, or other areas.")
    if observed is None:
        enter, leave = nanoseconds(visits["enter"]), nanoseconds(visits["leave"])
        return np.array([enter.min()]), np.array([leave.max()])
    begin, end = merged(nanoseconds(observed["start"]), nanoseconds(observed["end"]))
    if not len(begin):
        raise EstimateError("No time of officers is known.", "Give positions of the days of the events.")
    return begin, end


__all__ = ["SinceVisit", "since_last_visit", "since_visit_for_public"]

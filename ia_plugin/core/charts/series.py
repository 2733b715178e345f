"""What charts of time are drawn from: hours of the week and days under one filter.

Where nothing was recorded in the whole force there is a gap (NaN), never a nought.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Optional

import numpy as np

from ..arrays import Bools
from ..filter_state import FilterState
from ..material.days import DAY, hours_of_week, weekdays_of
from ..material.filled_days import still_filling
from ..material.flows import Floats, Flow, by_day, flow_of
from ..material.marks import Mark, marks_in
from ..material.summary_tables import Material
from ..nouns import NOUNS
from ..sentence import phrase, sentence
from ..words import mode_share, number

LEAST_EVENTS = 30  # under so many events, or
LEAST_HOURS = 10.0  # so many officer hours, shares of 168 hours of the week are chance: no mismatch is given
MOST_DAYS = 92  # a longer series goes by week
DEMAND_CAVEAT = phrase("recorded demand is not need, and this is not a target")


@dataclass(frozen=True, eq=False)
class WeekGrid:
    """Amounts by weekday and hour, civil time.

    Attributes
    ----------
    what : presence (officer hours), or searches, crimes, incidents, demand (crimes and incidents) as counts
    values : (7, 24), Monday first; NaN where the filter or the data have no such hour
    hours : (7, 24), how many such hours there were with data
    why : why there is nothing to show; blank where there is
    notes : what must be said beside it
    """

    what: str
    values: Floats
    hours: Floats
    why: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def total(self) -> float:
        return float(np.nansum(self.values))


@dataclass(frozen=True, eq=False)
class Series:
    """Amounts by civil day, or by week from its Monday; NaN for days without data and for weeks without all their days.

    `filling` says of each whether it is still filling, or is a week with such a day: shown, and compared with nothing.
    """

    what: str
    step: str
    days: tuple[date, ...]
    values: Floats
    marks: tuple[Mark, ...]
    why: str = ""
    notes: tuple[str, ...] = field(default=())
    filling: tuple[bool, ...] = ()

    @property
    def open(self) -> Bools:
        """Which steps have a value that is still filling."""
        found = np.array(self.filling, dtype=bool) if self.filling else np.zeros(len(self.days), dtype=bool)
        return np.asarray(found & np.isfinite(self.values))


# --- hours of the week ------------------------------------------------------------------------------------------------


def week_grid(material: Material, state: FilterState, what: str, *, apart: bool = False) -> WeekGrid:
    """Amounts by weekday and hour.

    Parameters
    ----------
    what : presence, searches, crimes, incidents or demand (crimes and incidents)
    apart : leave out of presence the time linked to incidents and searches
    """
    return _grid(flow_of(material, state, what, ("hour",), apart), state, what)


def week_pair(
    material: Material, state: FilterState, what: str, against: str, *, apart: bool = False
) -> tuple[WeekGrid, WeekGrid]:
    """Two grids over the hours that both have data of: another month's crime says nothing about this one's presence."""
    flows = [flow_of(material, state, w, ("hour",), apart) for w in (what, against)]
    if not any(f.why for f in flows):
        both = np.intersect1d(flows[0].known, flows[1].known)
        why = "" if len(both) else phrase("no day has data of both")
        flows = [replace(f, known=both, why=why) for f in flows]
    return _grid(flows[0], state, what), _grid(flows[1], state, against)


def mismatch(
    presence: WeekGrid, demand: WeekGrid, least: float = LEAST_EVENTS, least_hours: float = LEAST_HOURS
) -> Optional[float]:
    """½ Σ |presence share − demand share| over the hours that both grids have, 0 to 1; None under a minimum (METHODS §5)."""
    both = np.isfinite(presence.values) & np.isfinite(demand.values)
    spent, asked = (float(g.values[both].sum()) for g in (presence, demand))
    if spent < (least_hours if presence.what == "presence" else least) or spent <= 0 or asked < least or asked <= 0:
        return None
    return apart_share(presence.values[both], demand.values[both])


def by_chance(presence: WeekGrid, demand: WeekGrid) -> float:
    """The mismatch to expect, about, were both spread alike over the week: counts of few records differ by chance.

    The mean of |X| of a normal X is √(2/π) of its standard deviation; that of the share of a cell with the share q of n records is √(q / n).
    Hours of officers are no counts, so of them only the demand's chance is in it.

    Examples
    --------
    180 searches beside 2,144 crimes, spread evenly over 168 hours: ½ · √(2/π) · √(168 · (1/180 + 1/2144)) = 0.40.
    """
    both = np.isfinite(presence.values) & np.isfinite(demand.values)
    spent, asked = (float(g.values[both].sum()) for g in (presence, demand))
    per_record = 1 / asked + (0.0 if presence.what == "presence" else 1 / spent)
    spread = float(np.sqrt(demand.values[both] / asked * per_record).sum())
    return 0.5 * math.sqrt(2 / math.pi) * spread


def apart_share(one: Floats, other: Floats) -> float:
    """½ Σ |share − share| of two amounts over the same hours or areas, 0 to 1.

    >>> apart_share(np.array([3.0, 1.0]), np.array([1.0, 1.0]))
    0.25
    """
    return float(0.5 * np.abs(one / one.sum() - other / other.sum()).sum())


def mismatch_in_words(presence: WeekGrid, demand: WeekGrid) -> str:
    """The mismatch of two grids, how it is not to be read, and how much of it chance alone would give."""
    value, what = mismatch(presence, demand), presence.what
    if value is None and what == "presence":
        return sentence(
            "Mismatch not given: under {n} events or {hours} officer hours it would be chance.",
            n=LEAST_EVENTS,
            hours=number(LEAST_HOURS),
        )
    if value is None:
        return sentence("Mismatch not given: under {n} events it would be chance.", n=LEAST_EVENTS)
    return sentence(
        "Mismatch {share}: share of {what} at other hours than recorded demand; {caveat}. Were both spread alike over the week, chance in the counts alone would give about {chance}.",
        share=mode_share(100 * value),
        what=phrase("time") if what == "presence" else NOUNS.get(what, what),
        caveat=DEMAND_CAVEAT,
        chance=mode_share(100 * by_chance(presence, demand)),
    )


def _grid(flow: Flow, state: FilterState, what: str) -> WeekGrid:
    if flow.why:
        nothing = np.full((7, 24), np.nan)
        return WeekGrid(what, nothing, np.zeros((7, 24)), flow.why, flow.notes)
    hours = np.bincount(hours_of_week(flow.known, state.timezone), minlength=168).astype(np.float64)
    some = np.isin(flow.moments, flow.known)
    sums = np.bincount(hours_of_week(flow.moments[some], state.timezone), weights=flow.amounts[some], minlength=168)
    values = np.where(hours > 0, sums / flow.per, np.nan).reshape(7, 24)
    return WeekGrid(what, values, hours.reshape(7, 24), "", flow.notes)


# --- days -------------------------------------------------------------------------------------------------------------


def series(material: Material, state: FilterState, what: str, *, apart: bool = False) -> Series:
    """Amounts by civil day, or by week where the period is longer than 92 days, with the notes that fall into it.

    Hours that wrap midnight belong to the evening they began on, as everywhere in the filter.
    """
    flow, days, values = by_day(material, state, what, apart=apart)
    if flow.why:
        return Series(what, "day", (), np.empty(0), (), flow.why, flow.notes)
    known = np.isfinite(values)
    step, filling = "day", still_filling(material, days, what)
    marks = marks_in(material, state, days[0].item(), days[-1].item())
    if (days[-1] - days[0]) / DAY >= MOST_DAYS:
        step = "week"
        monday = days - weekdays_of(days) * DAY
        weeks, which = np.unique(monday, return_inverse=True)
        whole = np.bincount(which, weights=known) == len(state.weekdays)
        values = np.where(whole, np.bincount(which, weights=np.nan_to_num(values)), np.nan)
        filling = np.bincount(which, weights=filling) > 0
        days = weeks
    return Series(what, step, tuple(days.tolist()), values, marks, "", flow.notes, tuple(filling.tolist()))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a week by its Monday."""
    return day, day + timedelta(days=6)

"""Which chart is shown, its title and words, and which filter each of its cells, bars and days stands for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Optional

import numpy as np

from ..arrays import Floats
from ..checked import beta_words
from ..errors import ParameterError
from ..events.record_delays import NOT_KNOWN
from ..filter_state import FilterState, day_in_words, period_in_words
from ..marking import MARKING, checked_marking, restricted_for
from ..material.ask import Refusal, refusal_of
from ..material.figures import earlier_of, figure_number
from ..material.filled_days import filled_to, filling_in_words
from ..material.measures import NO_DATA, measured
from ..material.places import COMPARISON, PLACE_NAMES, chosen_place, comparison_place
from ..material.summary_tables import Material
from ..summaries.area_totals import SITES_IN, SITES_OUT
from ..suppression import OTHER
from ..words import CHANCE, FAIRNESS, RANGES_OF_MODES, capitalised, count_of, mode_share, number, share
from .bars import activity_shares, by_group, visit_bands
from .places_map import PlacesMap, apart_in_words, places_maps
from .series import Series, WeekGrid, marks_in, mismatch, mismatch_in_words, series, week_pair

CHARTS = {
    "week": "Hours of the week",
    "places": "Area by area, on two maps",
    "series": "Day by day",
    "unit": "By unit",
    "department": "By department",
    "officer_role": "By role",
    "resource_type": "By resource",
    "visits": "Length of visit",
    "activity": "Activity",
}
WHATS = {
    "presence": "Presence",
    "searches": "Stops and searches",
    "crimes": "Crimes",
    "incidents": "Incidents",
    "demand": "Crimes and incidents",
}
AMONG = {"week": ("presence", "searches"), "places": ("presence", "searches"), "series": tuple(WHATS)}
AGAINST = ("crimes", "incidents", "demand")
UNITS = {"presence": "officer hours", "searches": "searches", "crimes": "crimes", "incidents": "incidents",
         "demand": "crimes and incidents"}  # fmt: skip
TITLES = {
    "unit": "Officer time by unit",
    "department": "Officer time by department",
    "officer_role": "Officer time by role",
    "resource_type": "Officer time by resource",
    "visits": "Visits by their length",
    "activity": "Officer time by what it is linked to",
}
OUTLINES = "Impact Areas have a full outline, comparison areas a dashed one."
NIGHTS = "Hours after midnight stand with the evening that they follow."
BESIDE = "The tick on a bar is the share that the same has in the comparison areas."
MERGED = "Groups of fewer than five officers are shown together as “other”."


@dataclass(frozen=True)
class Choice:
    """Which chart: `kind` of CHARTS, `what` it shows of WHATS, `against` what, whether linked time is left out, and whether it is of
    the comparison areas in place of the filter's own."""

    kind: str = "week"
    what: str = "presence"
    against: str = "incidents"
    apart: bool = False
    beside: bool = False

    def __post_init__(self) -> None:
        among = AMONG.get(self.kind, tuple(WHATS))
        if self.kind not in CHARTS or self.what not in among or self.against not in AGAINST:
            raise ParameterError(
                f"There is no chart {self.kind!r} of {self.what!r} against {self.against!r}.",
                f"Charts are {', '.join(CHARTS)}; this one shows {', '.join(among)}, against {', '.join(AGAINST)}.",
            )


@dataclass(frozen=True)
class Bar:
    """One bar: `key` as it stands in the tables, its words, amount and share, the share's likely range where it has one, and the
    share that the same has in the comparison areas."""

    key: str
    label: str
    value: float
    percent: float
    low: float = math.nan
    high: float = math.nan
    comparison: float = math.nan

    @property
    def share(self) -> str:
        """The share in words."""
        likely = math.isfinite(self.low) and math.isfinite(self.high)
        return mode_share(self.percent, self.low, self.high, in_table=True) if likely else share(self.percent)


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart ready to be drawn.

    Attributes
    ----------
    lead : the one sentence that the chart says, the mismatch
    notes, footer : what must be said beside it; marking, age and number
    refusal : why published tables do not tell what it shows, and what they would; None where they do
    restricted : whether restricted cells are in it, so that no picture of it is taken
    earlier : the earlier period beside a series, day for day
    grids, series, bars, maps : one of them is there; `why` says why none is
    """

    choice: Choice
    state: FilterState
    title: str
    subtitle: str
    lead: str = ""
    notes: tuple[str, ...] = field(default=())
    footer: str = ""
    grids: tuple[WeekGrid, ...] = ()
    series: Optional[Series] = None
    earlier: Optional[Series] = None
    bars: tuple[Bar, ...] = ()
    maps: tuple[PlacesMap, ...] = ()
    unit: str = ""
    why: str = ""
    refusal: Optional[Refusal] = None
    restricted: bool = False

    @property
    def frame(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Weekdays and hours that the filter keeps, in the order of a grid's rows and columns: a night goes on past midnight."""
        return self.state.weekdays, self.state.hours

    def cell_of(self, row: int, column: int) -> tuple[int, int]:
        """Weekday by the calendar, and hour, of a cell of a grid: the hours after midnight lie on the next day."""
        weekday, hour = self.frame[0][row], self.frame[1][column]
        return (weekday + int(self.state.wraps and hour < self.state.hour_to)) % 7, hour

    def framed(self, grid: WeekGrid) -> Floats:
        """The values of a grid in the frame (weekdays, hours); hours outside the filter are not there."""
        weekdays, hours = map(np.array, self.frame)
        later = self.state.wraps & (hours < self.state.hour_to)
        return np.asarray(grid.values[(weekdays[:, None] + later) % 7, hours], dtype=np.float64)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of what can be pointed at."""
        if self.why:
            return (0, 0)
        if self.grids:
            return len(self.frame[0]), len(self.frame[1])
        if self.maps:
            return (0, 0)
        return (1, len(self.series.days)) if self.series else (len(self.bars), 1)


def prepare(
    material: Material,
    state: FilterState,
    choice: Choice = Choice(),
    *,
    marking: str = MARKING,
    comparison: str = "before",
) -> Chart:
    """A chart of a filter; touches nothing but its arguments, so it may run in a task.

    Parameters
    ----------
    marking : protective marking, printed on the picture; never blank
    comparison : the earlier period of the figures beside it, whose number the picture has too
    """
    marking = checked_marking(marking)
    until = f"data to {day_in_words(material.days[1])}, " if material.days[1] else ""
    reader = f"{restricted_for(material.purpose)}." if material.purpose else "For the board."
    made = Chart(
        choice,
        state,
        TITLES.get(choice.kind, ""),
        state.in_words(material.names()),
        footer=f"{marking}. {reader} {until}figure {figure_number(material, state, comparison)}. {beta_words(material.checked)}".replace(
            ". data", ". Data"
        ),
        restricted=bool(material.purpose),
    )
    if choice.beside and choice.kind in ("week", "series"):
        others = tuple(a for a in material.of_role("comparison") if a not in state.areas)
        if not others:
            return replace(made, why="there are no comparison areas")
        made = replace(made, state=replace(state, areas=others), subtitle=_of_comparison(material, state))
    if choice.kind == "week":
        return _week(made, material)
    if choice.kind == "places":
        return _places(made, material)
    return _series(made, material, comparison) if choice.kind == "series" else _bars(made, material)


def _of_comparison(material: Material, state: FilterState) -> str:
    """The filter in words, of the comparison areas."""
    own = replace(state, areas=("",)).in_words({"": PLACE_NAMES[COMPARISON]})
    return f"{own}; not chosen at random"


def _places(made: Chart, material: Material) -> Chart:
    against = "crimes" if made.choice.against == "demand" else made.choice.against
    maps = places_maps(material, made.state, made.choice.what, against)
    title = f"{WHATS[made.choice.what]} and {WHATS[against].lower()} by area"
    if not maps or not any(np.isfinite(m.values).any() for m in maps):
        return replace(made, title=title, why=NO_DATA)
    notes = [OUTLINES, *(["Hatched: not known."] if any(np.isnan(m.values).any() for m in maps) else [])]
    return replace(made, title=title, lead=apart_in_words(maps), maps=maps, notes=_beside(made, material, notes))


def _week(made: Chart, material: Material) -> Chart:
    choice = made.choice
    grids = week_pair(material, made.state, choice.what, choice.against, apart=choice.apart)
    lead = "" if any(g.why for g in grids) else mismatch_in_words(mismatch(*grids), choice.what)
    why = "; ".join(dict.fromkeys(g.why for g in grids if g.why)) if all(g.why for g in grids) else ""
    first = "presence, nothing linked," if choice.what == "presence" and choice.apart else WHATS[choice.what].lower()
    notes = [n for g in grids for n in g.notes]
    if any(not g.why and not np.isfinite(made.framed(g)).all() for g in grids):
        notes.append("Hatched: no data.")
    notes += [NIGHTS] if made.state.wraps else []
    notes += [n for g in grids if not g.why for n in _part_shown(material, made.state, g.what, g.total, choice.apart)]
    title = f"{first} and {WHATS[choice.against].lower()} by hour of the week"
    return replace(
        made, title=capitalised(title), lead=lead, grids=grids, why=why, notes=_beside(made, material, notes)
    )


def _series(made: Chart, material: Material, comparison: str = "none") -> Chart:
    choice = made.choice
    found = series(material, made.state, choice.what, apart=choice.apart)
    notes = [*found.notes, *(f"{_letter(i)}: {mark_in_words(m)}" for i, m in enumerate(found.marks))]
    if any(math.isnan(v) for v in found.values):
        gap = "Hatched: days without data." if found.step == "day" else "Hatched: weeks without data of all their days."
        notes.append(gap)
    if found.open.any():
        notes.append(f"Dotted: {filling_in_words(material, made.state, choice.what)}, and are not compared.")
    if choice.what != "presence" and not found.why and filled_to(material, choice.what) is None:
        notes.append(f"{capitalised(NOT_KNOWN)}: the last days may still fill.")
    if not found.why:
        notes += _part_shown(material, made.state, found.what, float(np.nansum(found.values)), choice.apart)
    linked = ", nothing linked," if choice.what == "presence" and choice.apart else ""
    earlier = _earlier(made, material, comparison, found)
    if earlier is not None:
        assert earlier.days
        notes.append(f"Grey: the earlier period, from {day_in_words(earlier.days[0])}, on the same weekdays.")
    return replace(
        made,
        earlier=earlier,
        title=f"{WHATS[choice.what]}{linked} by {found.step}",
        unit=f"{UNITS[choice.what]} per {found.step}",
        series=found,
        why=found.why,
        notes=_beside(made, material, notes),
    )


def _earlier(made: Chart, material: Material, comparison: str, now: Series) -> Optional[Series]:
    """The earlier period in the same steps; None where it has none, or is no whole number of weeks away."""
    state = earlier_of(made.state, comparison)
    if state is None or now.why:
        return None
    assert state.first is not None and made.state.first is not None
    found = series(material, state, made.choice.what, apart=made.choice.apart)
    same = found.step == now.step and len(found.days) == len(now.days)
    weekdays = (made.state.first - state.first).days % 7 == 0
    return found if same and weekdays and not found.why and np.isfinite(found.values).any() else None


def _bars(made: Chart, material: Material) -> Chart:
    kind, state = made.choice.kind, made.state
    notes: list[str] = []
    refusal = None if kind == "activity" else refusal_of(material, state, kind)
    why = refusal.why.rstrip(".") if refusal else NO_DATA
    if kind == "visits":
        table = visit_bands(material, state)
        rows = zip(table["band"], table["band"], table["visits"], table["share_percent"])
        why = "a visit has no one mode, and the filter chooses one" if state.modes else why
        notes = ["A visit counts in the hour it begins in, with all its length."]
    elif kind == "activity":
        table = activity_shares(material, state)
        rows = zip(
            table["activity"],
            table["said"],
            table["officer_hours"],
            table["share_percent"],
            table["share_percent_low"],
            table["share_percent_high"],
        )
        notes = [CHANCE] if state.modes else [CHANCE, RANGES_OF_MODES]
    else:
        table = by_group(material, state, kind)
        rows = zip(table["value"], table["value"], table["officer_hours"], table["share_percent"])
        notes = [MERGED] if (table["value"] == OTHER).any() else []
    others = _comparison_shares(material, state, kind)
    bars = tuple(
        replace(Bar(str(k), _words(str(w), kind), *map(float, values)), comparison=others.get(str(k), math.nan))
        for k, w, *values in rows
    )
    notes += [BESIDE] if bars and others else []
    unit = "visits" if kind == "visits" else UNITS["presence"]
    why, refusal = ("", None) if bars else (why, refusal)
    return replace(made, bars=bars, unit=unit, why=why, refusal=refusal, notes=_beside(made, material, notes))


def _comparison_shares(material: Material, state: FilterState, kind: str) -> dict[str, float]:
    """The shares, per cent, of the same groups or activities in the comparison areas; none of visits."""
    place = comparison_place(material, state)
    if kind == "visits" or not place.rows:
        return {}
    table = activity_shares(material, state, place) if kind == "activity" else by_group(material, state, kind, place)
    return dict(
        zip(table["activity" if kind == "activity" else "value"].astype(str), table["share_percent"].astype(float))
    )


def _part_shown(material: Material, state: FilterState, what: str, shown: float, apart: bool) -> list[str]:
    """A sentence where a chart of time shows less than the figure of the same filter counts."""
    keys = {"presence": ("officer_hours",), "demand": ("crimes", "incidents")}.get(what, (what,))
    if what == "presence" and apart:
        return []  # it leaves out linked time, and says so
    found = measured(material, state, [chosen_place(material, state)])
    whole = float(np.nansum([found[key][0] for key in keys]))
    if abs(whole - shown) <= 1e-6 * max(1.0, whole):
        return []
    return [f"Shown are {number(shown)} of the {amount(whole, UNITS[what])} of the figures: the rest lies in hours, days or weeks that are not whole or tell no more than their day or month."]  # fmt: skip


def _words(value: str, kind: str) -> str:
    return value.replace("_", " ") if kind == "resource_type" else value


def _beside(made: Chart, material: Material, notes: list[str]) -> tuple[str, ...]:
    """What must be said beside any chart of its kind."""
    choice, notes = made.choice, list(notes)
    shown = {choice.what, choice.against} if choice.kind in ("week", "places") else {choice.what}
    counted = choice.kind in AMONG
    if counted and "searches" in shown:
        notes.append(FAIRNESS)
    if (not counted or "presence" in shown) and choice.kind != "visits":
        notes += [SHORT[c] for c in material.caveats if c in SHORT]
    if len(made.state.areas) > 1 and material.overlapping:
        notes.append("Some areas overlap: what lies on shared ground counts in each of them.")
    if choice.kind != "series":  # where they stand on the axis of time
        notes += _notes_of_people(material, made.state)
    return tuple(dict.fromkeys(notes))


def _notes_of_people(material: Material, state: FilterState) -> list[str]:
    """Notes of people that fall into the period and concern its places and units, by time; a day has no place on such a chart."""
    begin, end = (mine or of_data for mine, of_data in zip((state.first, state.last), material.days))
    if begin is None or end is None:
        return []
    return [f"Note: {mark_in_words(m)}" for m in marks_in(material, state, begin, end)]


SHORT = {SITES_OUT: "Time at police sites is left out.", SITES_IN: SITES_IN}


def mark_in_words(mark: object) -> str:
    """ "3 May 2024, control room system changed"."""
    first, last, text = (getattr(mark, n) for n in ("first", "last", "text"))
    return f"{period_in_words(first, last)}, {text}"


def _letter(i: int) -> str:
    return chr(ord("A") + i % 26) + ("" if i < 26 else str(i // 26))


def amount(value: float, unit: str) -> str:
    """ "12.4 officer hours"."""
    return count_of(value, unit) if math.isfinite(value) else f"no data of {unit}"


__all__ = ["CHARTS", "Bar", "Chart", "Choice", "amount", "prepare"]

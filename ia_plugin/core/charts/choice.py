"""Which chart is shown, its title and words, and which filter each of its cells, bars and days stands for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Optional

import numpy as np

from ..activity.rules import ACTIVITY_WORDS
from ..arrays import Floats
from ..checked import beta_words
from ..errors import ParameterError
from ..filter_state import FilterState, day_in_words, period_in_words
from ..marking import MARKING, checked_marking, restricted_for
from ..material.ask import Refusal, refusal_of
from ..material.figures import earlier_of, figure_number
from ..material.filled_days import filled_to, filling_in_words
from ..material.marks import marks_in
from ..material.measures import NO_DATA, measured
from ..material.places import COMPARISON, PLACE_NAMES, chosen_place
from ..material.summary_tables import Material
from ..nouns import NOUNS
from ..sentence import changed, joined, phrase, sentence
from ..suppression import OTHER
from ..words import CHANCE, FAIRNESS, RANGES_OF_MODES, capitalised, count_of, mode_share, number, share
from .bars import activity_shares, by_group, comparison_shares, visit_bands, why_no_activity
from .chart_words import BESIDE, MERGED, NIGHTS, OTHERS, OUTLINES, SHORT, TITLES, UNITS, WHATS, WITHIN
from .places_map import PlacesMap, apart_in_words, places_maps
from .series import Series, WeekGrid, mismatch_in_words, series, week_pair

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
AMONG = {"week": ("presence", "searches"), "places": ("presence", "searches"), "series": tuple(WHATS)}
AGAINST = ("crimes", "incidents", "demand")


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
                sentence(
                    "There is no chart {kind!r} of {what!r} against {against!r}.",
                    kind=self.kind,
                    what=self.what,
                    against=self.against,
                ),
                sentence(
                    "Charts are {charts}; this one shows {among}, against {against}.",
                    charts=", ".join(CHARTS),
                    among=", ".join(among),
                    against=", ".join(AGAINST),
                ),
            )


@dataclass(frozen=True)
class Bar:
    """One bar: `key` as it stands in the tables, its words, amount and share, the share's likely range where it has one, and the
    share that the same has in the comparison areas, with its own."""

    key: str
    label: str
    value: float
    percent: float
    low: float = math.nan
    high: float = math.nan
    comparison: float = math.nan
    comparison_low: float = math.nan
    comparison_high: float = math.nan

    @property
    def share(self) -> str:
        """The share in words."""
        return _share_in_words(self.percent, self.low, self.high)

    @property
    def comparison_share(self) -> str:
        """That of the comparison areas in words; blank where there is none."""
        known = math.isfinite(self.comparison)
        return _share_in_words(self.comparison, self.comparison_low, self.comparison_high) if known else ""


def _share_in_words(percent: float, low: float, high: float) -> str:
    likely = math.isfinite(low) and math.isfinite(high)
    return mode_share(percent, low, high, in_table=True) if likely else share(percent)


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
    made = Chart(
        choice,
        state,
        TITLES.get(choice.kind, ""),
        state.in_words(material.names()),
        footer=_footer(material, marking, figure_number(material, state, comparison)),
        restricted=bool(material.purpose),
    )
    if choice.beside and choice.kind in ("week", "series"):
        others = tuple(a for a in material.of_role("comparison") if a not in state.areas)
        if not others:
            return replace(made, why=phrase("there are no comparison areas"))
        made = replace(made, state=replace(state, areas=others), subtitle=_of_comparison(material, state))
    if choice.kind == "week":
        return _week(made, material)
    if choice.kind == "places":
        return _places(made, material)
    return _series(made, material, comparison) if choice.kind == "series" else _bars(made, material)


def _footer(material: Material, marking: str, number: str) -> str:
    day = day_in_words(material.days[1])
    return sentence(
        "{marking}. {reader} Data to {day}, figure {number}. {beta}"
        if day
        else "{marking}. {reader} figure {number}. {beta}",
        marking=marking,
        reader=restricted_for(material.purpose) + "." if material.purpose else phrase("For the board."),
        day=day,
        number=number,
        beta=beta_words(material.checked),
    )


def _of_comparison(material: Material, state: FilterState) -> str:
    """The filter in words, of the comparison areas."""
    own = replace(state, areas=("",)).in_words({"": PLACE_NAMES[COMPARISON]})
    return sentence("{filter}; not chosen at random", filter=own)


def _places(made: Chart, material: Material) -> Chart:
    against = "crimes" if made.choice.against == "demand" else made.choice.against
    maps = places_maps(material, made.state, made.choice.what, against)
    title = capitalised(sentence("{what} and {other} by area", what=WITHIN[made.choice.what], other=WITHIN[against]))
    if not maps or not any(np.isfinite(m.values).any() for m in maps):
        return replace(made, title=title, why=NO_DATA)
    notes = [OUTLINES, *([phrase("Hatched: not known.")] if any(np.isnan(m.values).any() for m in maps) else [])]
    return replace(made, title=title, lead=apart_in_words(maps), maps=maps, notes=_beside(made, material, notes))


def _week(made: Chart, material: Material) -> Chart:
    choice = made.choice
    grids = week_pair(material, made.state, choice.what, choice.against, apart=choice.apart)
    lead = "" if any(g.why for g in grids) else mismatch_in_words(*grids)
    why = joined("; ", dict.fromkeys(g.why for g in grids if g.why)) if all(g.why for g in grids) else ""
    unlinked = choice.what == "presence" and choice.apart
    first = phrase("presence, nothing linked,") if unlinked else WITHIN[choice.what]
    notes = [n for g in grids for n in g.notes]
    if any(not g.why and not np.isfinite(made.framed(g)).all() for g in grids):
        notes.append(phrase("Hatched: no data."))
    notes += [NIGHTS] if made.state.wraps else []
    notes += [n for g in grids if not g.why for n in _part_shown(material, made.state, g.what, g.total, choice.apart)]
    title = sentence("{what} and {other} by hour of the week", what=first, other=WITHIN[choice.against])
    return replace(
        made, title=capitalised(title), lead=lead, grids=grids, why=why, notes=_beside(made, material, notes)
    )


def _series(made: Chart, material: Material, comparison: str = "none") -> Chart:
    choice = made.choice
    found = series(material, made.state, choice.what, apart=choice.apart)
    notes = [
        *found.notes,
        *(joined(": ", (_letter(i), mark_in_words(m))) for i, m in enumerate(found.marks)),
    ]
    if any(math.isnan(v) for v in found.values):
        gap = (
            phrase("Hatched: days without data.")
            if found.step == "day"
            else phrase("Hatched: weeks without data of all their days.")
        )
        notes.append(gap)
    if found.open.any():
        notes.append(f"Dotted: {filling_in_words(material, made.state, choice.what)}, and are not compared.")
    if choice.what != "presence" and not found.why and filled_to(material, choice.what) is None:
        notes.append(phrase("Recording delay not known: the last days may still fill."))
    if not found.why:
        notes += _part_shown(material, made.state, found.what, float(np.nansum(found.values)), choice.apart)
    earlier = _earlier(made, material, comparison, found)
    if earlier is not None:
        assert earlier.days
        notes.append(
            sentence(
                "Grey: the earlier period, from {day}, on the same weekdays.",
                day=day_in_words(earlier.days[0]),
            )
        )
    return replace(
        made,
        earlier=earlier,
        title=sentence(
            "{what}, nothing linked, by {step}" if choice.what == "presence" and choice.apart else "{what} by {step}",
            what=WHATS[choice.what],
            step=NOUNS[found.step],
        ),
        unit=sentence("{units} per {step}", units=UNITS[choice.what], step=NOUNS[found.step]),
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
    columns = ["officer_hours", "share_percent"]
    refusal = None if kind == "activity" else refusal_of(material, state, kind)
    why = changed(refusal.why, str.rstrip, ".") if refusal else NO_DATA
    if kind == "visits":
        table = visit_bands(material, state)
        key, columns = "band", ["visits", "share_percent"]
        why = phrase("a visit has no one mode, and the filter chooses one") if state.modes else why
        notes = [phrase("A visit counts in the hour it begins in, with all its length.")]
    elif kind == "activity":
        table, why = activity_shares(material, state), why_no_activity(material, state) or why
        key, columns = "activity", [*columns, "share_percent_low", "share_percent_high"]
        notes = [CHANCE] if state.modes else [CHANCE, RANGES_OF_MODES]
    else:
        table = by_group(material, state, kind)
        key = "value"
        notes = [MERGED] if (table["value"] == OTHER).any() else []
    others, nan = comparison_shares(material, state, kind), math.nan
    bars = tuple(
        Bar(str(k), _words(str(k), kind), *(*map(float, values), nan, nan)[:4], *others.get(str(k), ()))
        for k, *values in zip(*(table[c] for c in (key, *columns)))
    )
    notes += [BESIDE] if bars and others else []
    unit = NOUNS["visits"] if kind == "visits" else UNITS["presence"]
    why, refusal = ("", None) if bars else (why, refusal)
    return replace(made, bars=bars, unit=unit, why=why, refusal=refusal, notes=_beside(made, material, notes))


def _part_shown(material: Material, state: FilterState, what: str, shown: float, apart: bool) -> list[str]:
    """A sentence where a chart of time shows less than the figure of the same filter counts."""
    keys = {"presence": ("officer_hours",), "demand": ("crimes", "incidents")}.get(what, (what,))
    if what == "presence" and apart:
        return []  # it leaves out linked time, and says so
    found = measured(material, state, [chosen_place(material, state)])
    whole = float(np.nansum([found[key][0] for key in keys]))
    if abs(whole - shown) <= 1e-6 * max(1.0, whole):
        return []
    return [sentence('Shown are {n} of the {whole} of the figures: the rest lies in hours, days or weeks that are not whole or tell no more than their day or month.', n=number(shown), whole=amount(whole, UNITS[what]))]  # fmt: skip


def _words(value: str, kind: str) -> str:
    """What a bar is called by what it stands for; names of the force's own stay as they are."""
    if kind == "activity":
        return ACTIVITY_WORDS.get(value, value)
    if kind == "visits":
        return sentence("{n} min", n=value.removesuffix(" min"))
    word = value.replace("_", " ") if kind == "resource_type" else value
    return OTHERS.get(word, word)


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
        notes.append(phrase("Some areas overlap: what lies on shared ground counts in each of them."))
    if choice.kind != "series":  # where they stand on the axis of time
        notes += _notes_of_people(material, made.state)
    return tuple(dict.fromkeys(notes))


def _notes_of_people(material: Material, state: FilterState) -> list[str]:
    """Notes of people that fall into the period and concern its places and units, by time; a day has no place on such a chart."""
    begin, end = (mine or of_data for mine, of_data in zip((state.first, state.last), material.days))
    if begin is None or end is None:
        return []
    return [sentence("Note: {note}", note=mark_in_words(m)) for m in marks_in(material, state, begin, end)]


def mark_in_words(mark: object) -> str:
    """ "3 May 2024, control room system changed"."""
    first, last, text = (getattr(mark, n) for n in ("first", "last", "text"))
    return joined(", ", (period_in_words(first, last), text))


def _letter(i: int) -> str:
    return chr(ord("A") + i % 26) + ("" if i < 26 else str(i // 26))


def amount(value: float, unit: str) -> str:
    """ "12.4 officer hours"."""
    return count_of(value, unit) if math.isfinite(value) else sentence("no data of {unit}", unit=unit)


__all__ = ["CHARTS", "Bar", "Chart", "Choice", "amount", "prepare"]

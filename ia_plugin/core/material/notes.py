"""What must be said beside the figures of a filter: records that take no part, days without data, notes of people, overlaps."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Optional

import pandas as pd

from ..events.kinds import NAMES_OF_KINDS
from ..filter_state import FilterState, day_in_words, listed
from ..sentence import changed, phrase, sentence
from ..times.civil import pandas_zone
from ..words import capitalised, count_of, in_a_row
from .by_group import BY_MONTH, NOT_CLOSED, asked_by_group, closed_months_in_words
from .days import days_asked, days_counted, days_of_data
from .filled_days import filling_notes
from .own_area import OWN
from .places import chosen_place, whole_force
from .records import PARTS, coarse_count, covered_days
from .summary_tables import Material

OVERLAP_CHOSEN = phrase(
    "Some areas overlap: time and events on shared ground count in each of the areas chosen, so together they hold it twice."
)
OVERLAP_ROLE = phrase(
    "Some areas overlap: time and events on shared ground count once in the figures of all Impact Areas; cover and visits are added over areas, and so are the km² that they are divided by."
)
OVERLAP_BESIDE = phrase("Some areas overlap: shared ground counts in each area's own row.")


class Notes(NamedTuple):
    """Sentences beside figures: of officers' time, of events, and of both."""

    time: tuple[str, ...]
    events: tuple[str, ...]
    both: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.time, *self.events, *self.both)))


def notes_of(material: Material, state: FilterState, earlier: Optional[FilterState] = None) -> Notes:
    """All that must be said beside the figures of a filter and of an earlier period."""
    periods = [
        (state, phrase("This period")),
        *([(earlier, phrase("The earlier period"))] if earlier is not None else []),
    ]
    time = [s for span, which in periods for s in days_without_time(material, span, which)]
    events = [s for span, which in periods for s in days_without_records(material, span, which)]
    for sentences, more in zip((time, events), filling_notes(material, state)):
        sentences += more
    both = cut_notes(material, periods) if earlier is not None else []
    both += [s for span, which in periods for s in part_time_notes(material, span, which, _compared(material, state))]
    both += _overlap_notes(material, state)
    events += coarse_notes(material, state, chosen_place(material, state).rows)
    time += month_notes(material, state)
    if state.groups or state.modes:
        time.append(phrase("Shares are of officer time under the same filter."))
        events.append(
            phrase("Events have no unit, department, role, resource type or mode: they are not filtered by it.")
        )
    if state.kinds or state.categories or state.key_types:
        time.append(phrase("Officer time is not filtered by events."))
    return Notes(tuple([*time, *material.caveats]), tuple(events), tuple(dict.fromkeys(both)))


def month_notes(material: Material, state: FilterState) -> list[str]:
    """A sentence where units or resource types are asked of something else than whole closed months, with the last that is."""
    asked = asked_by_group(material, state)
    if asked is None or asked.why not in (BY_MONTH, NOT_CLOSED):
        return []
    return [closed_months_in_words(material)]


def missing_days(material: Material, state: FilterState, which: str) -> list[str]:
    """Sentences where only a part of the days asked has data of officers' time or records of events, or none has."""
    return [*days_without_time(material, state, which), *days_without_records(material, state, which)]


def days_without_time(material: Material, state: FilterState, which: str) -> list[str]:
    """A sentence where only a part of the days asked has data of officers' time, or none has."""
    if state.first is None or state.last is None:
        return []
    asked, there = len(days_asked(state)), days_of_data(material, state)
    if there == asked:
        return []
    return [
        sentence("{period} has data on {n} of its {days} days.", period=which, n=there, days=asked)
        if there
        else sentence("{period} has no data of officers' time.", period=which)
    ]


def days_without_records(material: Material, state: FilterState, which: str) -> list[str]:
    """Sentences where the records of a kind cover only a part of the days asked, kinds that cover as many together."""
    if state.first is None or state.last is None:
        return []
    asked = len(days_asked(state))
    of_days: dict[int, list[str]] = {}
    for kind, name in NAMES_OF_KINDS.items():
        if material.events.has("kind", kind) and (not state.kinds or kind in state.kinds):
            of_days.setdefault(len(covered_days(material, state, kind)), []).append(name)
    period = changed(which, _lowered)
    notes = []
    for covered, names in of_days.items():
        if covered < asked:
            kinds = listed(names)
            notes.append(
                sentence(
                    "{kinds}: records cover {n} of the {days} days of {period}.",
                    kinds=capitalised(kinds),
                    n=covered,
                    days=asked,
                    period=period,
                )
            )
    return notes


def part_time_notes(
    material: Material, state: FilterState, which: str, areas: Optional[Sequence[str]] = None
) -> list[str]:
    """Areas that count for a part of a period only; of `areas` alone where they are given."""
    days, names, asked = days_counted(material, state), material.names(), len(days_asked(state)) if state.days else 0
    if days is None:
        return []
    period = changed(which, _lowered)
    return [
        sentence("{area} counts on {n} of the {days} days of {period}.", area=names[a], n=n, days=asked, period=period)
        for a, n in days.items()
        if n < asked and (areas is None or a in areas)
    ]


def coarse_notes(
    material: Material,
    state: FilterState,
    rows: Optional[Sequence[str]] = None,
    kinds: Sequence[str] = (),
    fine: Optional[tuple[str, ...]] = None,
) -> list[str]:
    """A sentence where records of a place, or of the whole force, tell their time too coarsely for the filter, with their number.

    "12 crimes known by month only and 3 incidents known by day only are not in a frame of hours."

    Parameters
    ----------
    rows : of the place in the tables; the whole force where they are not given
    kinds : of these alone; of those that the filter keeps where none is named
    fine : how coarse records may be in time; as the filter has it where it is not given
    """
    fine = state.precisions if fine is None else fine
    if fine == ("hour", "day", "month"):
        return []
    place = PARTS if rows is None or rows == whole_force().rows else rows
    names = {k: n for k, n in NAMES_OF_KINDS.items() if k in (kinds or state.kinds or NAMES_OF_KINDS)}
    parts, total = [], 0.0
    for precision in ("month", "day"):
        counts = {n: coarse_count(material, state, place, (k,), fine, precision) for k, n in names.items()}
        found = [count_of(c, n) for n, c in counts.items() if c]
        if found and precision == "month":
            parts.append(sentence("{records} known by month only", records=in_a_row(found)))
        elif found:
            parts.append(sentence("{records} known by day only", records=in_a_row(found)))
        total += sum(counts.values())
    if not parts:
        return []
    whole = sentence("{records} is {where}.", records=in_a_row(parts), where=_out_of(state, fine))
    return [
        whole if total == 1 else sentence("{records} are {where}.", records=in_a_row(parts), where=_out_of(state, fine))
    ]


def _out_of(state: FilterState, fine: tuple[str, ...]) -> str:
    """Where records take no part that are coarser than `fine`."""
    if fine == ("hour",):
        return phrase("not in a frame of hours")
    if fine == state.precisions:
        return (
            phrase("counted in whole calendar months alone")
            if state.any_time
            else phrase("not in a choice of weekdays")
        )
    return phrase("not in a chart of days")


def cut_notes(material: Material, periods: Sequence[tuple[FilterState, str]]) -> list[str]:
    """Notes of people that fall into periods that are compared, and concern what is compared, and so cut the comparison.

    Parameters
    ----------
    periods : (state, what it is called, "This period") of each

    Examples
    --------
    ``cut_notes(material, [(state, "This period")])`` is ["Cut by a note: New radios (3 Jun 2024), in this period."].
    """
    sentences = []
    for note in material.notes.to_dict("records"):
        cut = [changed(which, _lowered) for state, which in periods if _touches(material, note, state)]
        if cut:
            day = day_in_words(day_of_note(note["from"], periods[0][0]))
            sentences.append(
                sentence(
                    "Cut by a note: {note} ({day}), in {periods}.", note=note["text"], day=day, periods=in_a_row(cut)
                )
            )
    return sentences


def _touches(material: Material, note: Mapping[Hashable, Any], state: FilterState) -> bool:
    """Whether a note falls into a period and concerns what stands in a figure's row."""
    begin = pd.Timestamp(note["from"])
    end = pd.Timestamp(note["to"]) if pd.notna(note.get("to")) else begin
    first, last = state.edges()
    if first is None or last is None or begin >= pd.Timestamp(last) or end < pd.Timestamp(first):
        return False
    return concerns(note, _compared(material, state), state.units)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def day_of_note(moment: Any, state: FilterState) -> date:
    """The civil day of a moment that a note tells of; one without an offset is UTC.

    Examples
    --------
    >>> day_of_note("2024-05-02T23:00:00Z", FilterState())
    datetime.date(2024, 5, 3)
    """
    stamp = pd.Timestamp(moment)
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp
    day: date = stamp.tz_convert(pandas_zone(state.timezone)).date()
    return day


def concerns(note: Mapping[Hashable, object], areas: Sequence[str], units: Sequence[str]) -> bool:
    """Whether a note is on some areas and units: one on none in particular is on all, and so is every note where none are chosen."""
    chosen = {"area_id": areas, "unit": units}
    return not any(
        isinstance(note.get(column), str) and note[column] and some and note[column] not in some
        for column, some in chosen.items()
    )


def _compared(material: Material, state: FilterState) -> list[str]:
    """The areas that stand in a figure's row: those chosen, and the comparison areas."""
    return [*chosen_place(material, state).areas, *material.of_role("comparison")]


def _overlap_notes(material: Material, state: FilterState) -> list[str]:
    if OWN in state.areas and material.under_own_area:
        names = material.names()
        return [
            sentence(
                "The {own} shares ground with {areas}: time and events there count in both.",
                own=phrase("own area"),
                areas=listed([names[a] for a in material.under_own_area]),
            )
        ]
    if not material.overlapping:
        return []
    if not state.areas:
        return [OVERLAP_ROLE]
    return [OVERLAP_CHOSEN if len(state.areas) > 1 else OVERLAP_BESIDE]

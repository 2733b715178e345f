"""The filter state as the subset string of one layer: pure functions, without QGIS.

A layer is known by its role and its fields. What it has no field for is left out of the condition and named, so that nobody
takes a layer for filtered that is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Optional

from ...core.columns import MODES, RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN
from ...core.filter_state import ALL_DAYS, FilterState
from .dialects import DIALECTS, NEVER, Dialect, Span, joined

MAX_SPANS = 100  # conditions of one time span each: some seconds for half a million rows

MOVEMENT = ("legs", "tracks", "fixes", "visits")
EVENTS = ("events", "crimes", "incidents", "searches")
ROLES = (*MOVEMENT, *EVENTS, "areas")
KIND_OF_ROLE = {"crimes": "crime", "incidents": "incident", "searches": "stop_search"}
START_FIELDS = ("start", "time", "enter")
END_FIELDS = {"start": "end", "enter": "leave"}
PRECISION, PRECISIONS = (
    "time_precision",
    ("day", "month"),
)  # of events, and those of its words that are coarser than an hour
TIMES = ("time", "clock", "text", "date")  # kinds of fields that can hold times

# What of the state a layer answers by which field, and which roles would be expected to.
_CHOICES = (
    ("units", "unit", MOVEMENT),
    ("departments", "department", MOVEMENT),
    ("officer_roles", "officer_role", MOVEMENT),
    ("resources", "resource_type", MOVEMENT),
    ("modes", "mode", MOVEMENT),
    ("kinds", "kind", EVENTS),
    ("categories", "category", EVENTS),
    ("key_types", "key_type", EVENTS),
    ("areas", "area_id", ("areas", "visits")),
)
_MISSING = {"unit": UNIT_NOT_KNOWN, "resource_type": RESOURCE_NOT_KNOWN}  # word -> the field is empty

# Notes: what of the filter the condition does not hold.
NO_TIME = "no time"
OPEN_HOURS = "open hours"
MANY_SPANS = "many spans"
DAYS_ONLY = "days only"
NO_HOURS = "no hours"
LACKS = "lacks "  # and the name of the field


@dataclass(frozen=True)
class Subset:
    """A condition ('' where nothing is to be left out) and what it does not hold of the filter."""

    text: str
    notes: tuple[str, ...] = ()


def subset(state: FilterState, role: str, fields: Mapping[str, str], dialect: str) -> Subset:
    """The condition of one layer.

    Parameters
    ----------
    role : one of `ROLES`
    fields : name -> kind: "time" (with an offset), "clock" (a time without one), "date", "text", "int", "float" or
        "other"
    dialect : "sqlite", "postgres" or "qgis"

    Raises
    ------
    KeyError
        for a dialect that is not known.
    """
    speech = DIALECTS[dialect]
    notes: list[str] = []
    parts = [_times(state, role, fields, speech, notes), _fine_enough(state, role, fields, speech)]
    for attribute, field, expected in _CHOICES:
        chosen = getattr(state, attribute)
        if chosen:
            parts.append(_choice(chosen, field, fields, role, speech))
            if not parts[-1] and role in expected:
                notes.append(LACKS + field)
    return Subset(joined(parts, "AND"), tuple(notes))


def combined(own: str, ours: str) -> str:
    """The user's own filter and ours; the line ends before the bracket, for a comment at the end of his."""
    if not ours:
        return own
    return f"({own}\n) AND {_bracketed(ours)}" if own.strip() else _bracketed(ours)


def without_ours(text: str, own: str, ours: str) -> Optional[str]:
    """A filter that the user changed while ours was on, without ours; None where ours is not in it any more."""
    tail, head = f"\n) AND {_bracketed(ours)}", combined(own, ours)
    if not ours or _bracketed(ours) not in text:
        return None
    if text == head:
        return own
    if text == _bracketed(ours):
        return ""
    if head not in text and text.startswith("(") and text.endswith(tail):
        return text[1 : -len(tail)]
    return text.replace(head, _bracketed(own or "1 = 1")).replace(_bracketed(ours), "(1 = 1)")


def _bracketed(condition: str) -> str:
    return f"({condition})"


def _choice(chosen: tuple[str, ...], field: str, fields: Mapping[str, str], role: str, speech: Dialect) -> str:
    if field in fields:
        missing = field in _MISSING and _MISSING[field] in chosen
        return speech.one_of(field, fields[field], chosen, missing)
    if field == "kind" and role in KIND_OF_ROLE:
        # The layer is all of one kind, and need not say so.
        return "" if KIND_OF_ROLE[role] in chosen else NEVER
    if field == "mode":
        seconds = [f"seconds_{m}" for m in MODES if m in chosen and f"seconds_{m}" in fields]
        return joined([speech.more_than_zero(s) for s in seconds], "OR")
    return ""


def _times(state: FilterState, role: str, fields: Mapping[str, str], speech: Dialect, notes: list[str]) -> str:
    if role == "areas" or (state.any_time and state.first is None and state.last is None):
        return ""
    start = next((f for f in START_FIELDS if fields.get(f) in TIMES), "")
    if not start:
        notes.append(NO_TIME)
        return ""
    end = END_FIELDS.get(start, "")
    end = end if fields.get(end) in TIMES and (fields[end] == "date") == (fields[start] == "date") else ""
    clock = _by_clock(state, fields, speech)
    if fields[start] == "date":
        if role in EVENTS and not state.any_hour and not clock:
            notes.append(NO_HOURS)  # a day is in no frame of hours, on the map as in the figures
            return NEVER
        if not state.any_time and not clock:
            notes.append(DAYS_ONLY)
        return joined([speech.in_days(start, end or start, state.first, state.last), clock], "AND")
    spans: list[Span] = [state.edges()]
    if not state.any_time and not clock:
        spans = _spans(state, notes)
    kinds = (fields[start], fields[end] if end else "")
    return joined([speech.in_spans(start, end, kinds, spans), clock], "AND") if spans else NEVER


def _fine_enough(state: FilterState, role: str, fields: Mapping[str, str], speech: Dialect) -> str:
    """Records too coarse in time for the filter left out, by the same rule as in its figures; '' where none is."""
    coarse = tuple(p for p in PRECISIONS if p not in state.precisions)
    if role not in EVENTS or not coarse or fields.get(PRECISION) != "text":
        return ""
    # A record that does not say how fine it is counts as one of an hour.
    return f"{speech.name(PRECISION)} IS NULL OR NOT ({speech.one_of(PRECISION, 'text', coarse, False)})"


def _by_clock(state: FilterState, fields: Mapping[str, str], speech: Dialect) -> str:
    """Hours and weekdays by the civil clock that the row itself tells; '' where it does not or all are kept."""
    if state.any_time or not {"local_hour", "local_weekday"} <= set(fields):
        return ""
    hour = speech.name("local_hour")
    if not state.wraps:
        hours = "" if state.any_hour else f"{hour} >= {state.hour_from} AND {hour} < {state.hour_to}"
        return joined([hours, _weekdays(state.weekdays, speech)], "AND")
    following = [(d + 1) % 7 for d in state.weekdays]
    evening = joined([f"{hour} >= {state.hour_from}", _weekdays(state.weekdays, speech)], "AND")
    morning = joined([f"{hour} < {state.hour_to}", _weekdays(following, speech)], "AND")
    return joined([evening, morning], "OR")


def _weekdays(days: Iterable[int], speech: Dialect) -> str:
    chosen = sorted(days)
    return "" if tuple(chosen) == ALL_DAYS else speech.number_in("local_weekday", chosen)


def _spans(state: FilterState, notes: list[str]) -> list[Span]:
    """The spans of UTC of the hours kept, or the whole period with a note."""
    if state.days is None:
        notes.append(OPEN_HOURS)
        return [state.edges()]
    # A long period is not walked through day by day only to find that it is too long.
    if state.days > 7 * MAX_SPANS:
        notes.append(MANY_SPANS)
        return [state.edges()]
    spans: list[Span] = list(state.spans())
    if len(spans) > MAX_SPANS:
        notes.append(MANY_SPANS)
        return [state.edges()]
    return spans

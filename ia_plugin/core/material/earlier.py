"""Figures of an earlier period, and whether they are compared with the later one's: one rule for tiles, tables, answers and sheets.

METHODS, *Verdict*, *Earlier*: equal weekdays, no note in either period, no day still filling, data on 90 % of the days of each; and
the earlier period's data begin on its first day, for the total of fewer days is no total. An earlier figure that is not compared is
shown nowhere, with the reason in its place: printed, it would be compared by eye.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from ..events.kinds import NAMES_OF_KINDS
from ..filter_state import FilterState, day_in_words
from ..sentence import joined, phrase, sentence
from ..words import count_of
from .days import days_asked, weekdays_of
from .filled_days import why_filling
from .flows import days_with_data
from .marks import marks_in
from .measure_list import KIND_OF, OF_EVENTS
from .measures import Measured, measured
from .places import Place
from .records import reaches_back, time_reaches_back
from .summary_tables import Material

LEAST_OBSERVED = 0.9  # of the days of each period
NAMES = {"presence": phrase("officers' time"), **{what: NAMES_OF_KINDS[kind] for what, kind in KIND_OF.items()}}


def measured_earlier(material: Material, earlier: FilterState, places: Sequence[Place], later: FilterState) -> Measured:
    """Every measure of places in a period that `later` is compared with; not known, and why, where the rule forbids to compare."""
    found = measured(material, earlier, places)
    whys = {what: why_not_compared(material, later, earlier, what) for what in ("presence", *KIND_OF)}
    columns = dict(found.columns)
    for key, column in columns.items():
        why = whys[what_of(key)]
        if why:
            columns[key] = column.without(np.isfinite(column.value), why)
    return replace(found, columns=columns)


def what_of(key: str) -> str:
    """What a measure is made from: presence, crimes, incidents or searches.

    >>> what_of("visits"), what_of("crimes"), what_of("found")
    ('presence', 'crimes', 'searches')
    """
    if key in KIND_OF:
        return key
    return "searches" if key in OF_EVENTS or key == "results" else "presence"


def why_not_compared(material: Material, state: FilterState, earlier: FilterState, what: str) -> str:
    """Why the figures of a period are not compared with those of an earlier one; blank where they are.

    Parameters
    ----------
    state, earlier : filters whose periods have both ends
    what : presence, crimes, incidents or searches

    Examples
    --------
    "the periods have other weekdays", "a note falls into the earlier period (8 May 2024: outage)"
    """
    key = ("why not compared", state, earlier)  # of all at once: they are asked together
    whys = material.memo.once(key, lambda: {w: _why(material, state, earlier, w) for w in ("presence", *KIND_OF)})
    return whys[what]


def not_compared_in_words(
    material: Material,
    state: FilterState,
    earlier: FilterState,
    name: str,
    whats: Sequence[str] = ("presence", *KIND_OF),
) -> list[str]:
    """Sentences on what of a period is not compared with an earlier one, and why; none where all is.

    Parameters
    ----------
    name : of the earlier period, "The period before"
    whats : what is asked; kinds of which there is no record are not named

    Examples
    --------
    "The period before is not compared: the periods have other weekdays."
    """
    asked = [w for w in whats if w == "presence" or material.events.has("kind", KIND_OF[w])]
    whys = {w: why_not_compared(material, state, earlier, w) for w in asked}
    found = []
    for why in dict.fromkeys(w for w in whys.values() if w):
        own = [NAMES[w] for w in asked if whys[w] == why]
        if len(own) == len(asked):
            found.append(sentence("{period} is not compared: {why}.", period=name, why=why))
        else:
            found.append(
                sentence("{period} is not compared of {what}: {why}.", period=name, what=joined(", ", own), why=why)
            )
    return found


def _why(material: Material, state: FilterState, earlier: FilterState, what: str) -> str:
    if state.groups and what == "presence" and material.groups is not None:
        return phrase("groups of officers are told by whole months")
    kinds = [Counter(weekdays_of(days_asked(s)).tolist()) for s in (state, earlier)]
    if kinds[0] != kinds[1]:
        return phrase("the periods have other weekdays")
    periods = ((state, phrase("this period")), (earlier, phrase("the earlier period")))
    for span, which in periods:
        assert span.first is not None and span.last is not None
        marks = marks_in(material, replace(span, timezone=material.timezone), span.first, span.last)
        if marks:
            return sentence(
                "a note falls into {period} ({note})", period=which, note=_of_mark(marks[0].first, marks[0].text)
            )
    if why := why_filling(material, state, what):
        return why
    for span, which in periods:
        asked, have = len(days_asked(span)), days_with_data(material, span, what)
        begins = span is state or _reaches_back(material, span, what)
        if have < LEAST_OBSERVED * asked or not begins:
            return sentence("data on {n} of {days} of {period}", n=have, days=count_of(asked, "days"), period=which)
    return ""


def _reaches_back(material: Material, earlier: FilterState, what: str) -> bool:
    """Whether the data begin on the first day of an earlier period."""
    if what == "presence":
        return time_reaches_back(material, earlier)
    return reaches_back(material, earlier, KIND_OF[what])


def _of_mark(first: date, text: str) -> str:
    return joined(": ", (day_in_words(first), text))


__all__ = ["LEAST_OBSERVED", "measured_earlier", "not_compared_in_words", "what_of", "why_not_compared"]

"""A figure opened again: the same as when it was copied, or what it was, what it is now, and why where that is known."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Optional

import pandas as pd

from ..filter_state import FilterState, day_in_words
from ..material.figures import Figures
from ..material.measures import OF_EVENTS, WHYS
from ..sentence import joined, phrase, sentence
from ..times.civil import pandas_zone
from ..words import count_of
from .figure_words import stated
from .register import Entry, Registered, same_value

KINDS = {"crime": "crimes", "incident": "incidents", "stop_search": "searches"}
NOT_KNOWN = phrase("not known")


@dataclass(frozen=True)
class Since:
    """What came into the data after a figure was copied, of the days of its filter and the whole force.

    Attributes
    ----------
    refreshed_at : when the summary was last computed; None where not known
    late_fixes : fixes that came in later; None where the reader may not count them
    added, reclassified, moved, withdrawn : records of events by kind; moved to another time or place
    """

    refreshed_at: Optional[datetime] = None
    late_fixes: Optional[int] = None
    added: Mapping[str, int] = field(default_factory=dict)
    reclassified: Mapping[str, int] = field(default_factory=dict)
    withdrawn: Mapping[str, int] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)

    def of_time(self) -> list[str]:
        """What changed officers' time: "212 late fixes"."""
        if not self.late_fixes:
            return []
        return [sentence("{n:,} late fix" if self.late_fixes == 1 else "{n:,} late fixes", n=self.late_fixes)]

    def of_events(self) -> list[str]:
        """What changed counts of events: "3 crimes reclassified", "1 search added"."""
        verbs = (
            (phrase("reclassified"), self.reclassified),
            (phrase("with another time or place"), self.moved),
            (phrase("added"), self.added),
            (phrase("withdrawn"), self.withdrawn),
        )
        return [
            joined(" ", (count_of(n, KINDS.get(kind, kind)), verb)) for verb, by in verbs for kind, n in by.items() if n
        ]


@dataclass(frozen=True)
class Reopened:
    """A figure opened again.

    Attributes
    ----------
    number, state : of the figure that was asked for
    same : whether it is as it was; None where no register has it
    lead : one sentence
    changes : one sentence a measure that changed: "Officer-hours: was 41 h, now 43 h."
    reasons : why, where that is known
    comparison : the earlier period beside it: before, year or none
    """

    number: str
    state: FilterState
    same: Optional[bool]
    lead: str
    changes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    comparison: str = "before"

    def sentences(self) -> list[str]:
        """All of it, in the order in which it is read."""
        return [self.lead, *self.changes, *self.reasons]


def reopened(
    number: str,
    entries: Sequence[Entry],
    today: Figures,
    *,
    since: Since = Since(),
    version: str = "",
    areas: str = "",
    timezone: str = "Europe/London",
) -> Reopened:
    """A figure as registers have it beside today's under the same filter.

    Parameters
    ----------
    number : of the figure that was asked for; "" where only a code without one is there
    entries : what registers have of it; of several with the same values one counts
    today : the figures of today's material under its filter
    since : what came into the data since the first of `entries` was copied
    version, areas : of the plugin, and the mark of the areas, today
    """
    called = sentence("Figure {number}", number=number) if number else phrase("This figure")
    distinct = _distinct(entries)
    if not distinct:
        lead = sentence(
            "{figure} is in no register here, so what it was cannot be compared. Under its filter the figures are now those of {number}.",
            figure=called,
            number=today.number,
        )
        return Reopened(number, today.state, None, lead, comparison=today.comparison)
    now = _values(today)
    changed = {i: _changes(entry, now) for i, entry in enumerate(distinct)}
    days = [_day(entry.registered_at, timezone) for entry in distinct]
    if not any(changed.values()):
        lead = sentence("{figure} is the same as when it was copied on {day}.", figure=called, day=days[-1])
        return Reopened(number, today.state, True, lead, comparison=today.comparison)
    keys = {key for found in changed.values() for key, _ in found}
    if len(distinct) == 1:
        some = sentence("{n} of its {all} measures", n=len(keys), all=len(now))
        lead = sentence(
            "{figure} is not the same as when it was copied on {day}: {measures} changed.",
            figure=called,
            day=days[0],
            measures=some if len(keys) < len(now) else phrase("all its measures"),
        )
        lines = [line for _, line in changed[0]]
    else:
        lead = sentence(
            "{figure} was copied with {n} different values, on {days}.",
            figure=called,
            n=len(distinct),
            days=joined(phrase(" and "), days),
        )
        lines = [joined(": ", (days[i], line)) for i, found in changed.items() for _, line in found]
        lines += [sentence("{day}: the same as now.", day=days[i]) for i, found in changed.items() if not found]
    reasons = _reasons(distinct, keys, since, version, areas, timezone)
    return Reopened(number, today.state, False, lead, tuple(lines), tuple(reasons), today.comparison)


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """The first entry of each set of values, by time."""
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda e: e.registered_at):
        if not any(entry.says_as(known) for known in found):
            found.append(entry)
    return found


def _values(figures: Figures) -> dict[str, Registered]:
    columns = ("label", "unit", "value", "low", "high", "why")
    return {str(r["key"]): Registered(*(r[c] for c in columns)) for r in figures.table.to_dict("records")}


def _changes(entry: Entry, now: Mapping[str, Registered]) -> list[tuple[str, str]]:
    """(key, sentence) of each measure that reads otherwise now, in today's order."""
    found = []
    for key in [*now, *(k for k in entry.values if k not in now)]:
        was, is_ = entry.values.get(key), now.get(key)
        known = was or is_
        assert known is not None
        label = is_.label if is_ is not None and is_.label == known.label else known.label  # kept ones are plain text
        if was is not None and is_ is not None and same_value(was, is_):
            continue
        before, after = _in_words(key, was), _in_words(key, is_)
        if before.partition(" (")[0] != after.partition(" (")[0]:
            # A range that stayed the same beside a value that moved is said too: both are what was copied.
            found.append(
                (key, sentence("{figure}: was {before}, now {after}.", figure=label, before=before, after=after))
            )
        elif before != after and was is not None and math.isfinite(was.value):
            found.append(
                (
                    key,
                    sentence(
                        "{figure}: its likely range was {before}, and is now {after}.",
                        figure=label,
                        before=before,
                        after=after,
                    ),
                )
            )
    return found


def _in_words(key: str, value: Optional[Registered]) -> str:
    if value is None:
        return phrase("not among its measures")
    if not math.isfinite(value.value):
        return joined("", (NOT_KNOWN, " (", WHYS.get(value.why, value.why), ")")) if value.why else NOT_KNOWN
    row: dict[Hashable, object] = {
        "key": key,
        "unit": value.unit,
        "value": value.value,
        "low": value.low,
        "high": value.high,
    }
    return stated(row, "value", "low", "high")


def _reasons(
    entries: Sequence[Entry], keys: set[str], since: Since, version: str, areas: str, timezone: str
) -> list[str]:
    of_events = bool(keys & set(OF_EVENTS))
    known = [*(since.of_time() if keys - set(OF_EVENTS) else []), *(since.of_events() if of_events else [])]
    reasons = []
    if known:
        reasons.append(
            sentence("Since then came in, of these days and the whole force: {what}.", what=joined(", ", known))
        )
    if areas and any(e.areas and e.areas != areas for e in entries):
        reasons.append(phrase("Since then areas were redrawn, added, left out or given another role."))
    older = list(dict.fromkeys(e.version for e in entries if version and e.version != version))
    if older:
        reasons.append(
            sentence(
                "It was computed by version {older}, and is now by {version}: the method may differ.",
                older=", ".join(older),
                version=version,
            )
        )
    if not reasons:
        when = since.refreshed_at
        reasons.append(
            sentence(
                "The data were refreshed on {day}; why the figure changed is not known here.",
                day=_day(when, timezone),
            )
            if when
            else phrase("Why the figure changed is not known here.")
        )
    return reasons


def _day(moment: datetime, timezone: str) -> str:
    return day_in_words(pd.Timestamp(moment).tz_convert(pandas_zone(timezone)).date())


__all__ = ["Reopened", "Since", "reopened"]

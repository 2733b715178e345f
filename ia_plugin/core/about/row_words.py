"""What the store says of one row, in the words of a sheet: times in civil time, places in metres, never an officer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import pandas as pd

from ..events.kinds import NAMES_OF_KINDS
from ..events.mappable import place_is_sensitive
from ..filter_state import day_in_words, month_in_words
from ..nouns import ONE
from ..times.civil import pandas_zone
from ..words import amount, capitalised, range_of

NOTHING_KEPT = "Nothing is kept of this row: it repeats another, is blank, off duty or of a kind that is not taken in. If it is none of these, it is missing."
PURGED = "Nothing is kept of this row; data before {} were purged, so it may be one of them: then write cannot tell."


def visit_in_words(visit: Any, area: str, zone: str) -> str:
    """A visit: area, entry and exit, and the time inside with its hard bounds; who it was stays in the source.

    >>> row = {"enter": pd.Timestamp("2024-06-03T19:00Z"), "leave": pd.Timestamp("2024-06-03T19:42Z"), "seconds": 2400.0,
    ...        "seconds_low": 2100.0, "seconds_high": 2700.0}
    >>> visit_in_words(row, "Old Town", "Europe/London")
    'One officer in Old Town from 3 Jun 2024 20:00:00 to 20:42:00: best estimate 40 min inside, by hard bounds 35–45.'
    """
    enter, leave = (_civil(visit[n], zone) for n in ("enter", "leave"))
    end = leave if leave.date() != enter.date() else None
    best, low, high = (float(visit[n]) / 60 for n in ("seconds", "seconds_low", "seconds_high"))
    until = _moment(leave) if end is not None else f"{leave:%H:%M:%S}"
    return f"One officer in {area} from {_moment(enter)} to {until}: best estimate {amount(best, 'min')} inside, by hard bounds {range_of(best, low, high, 'min')}."


def event_in_words(event: Any, areas: Sequence[str], zone: str) -> str:
    """A crime, incident or search: category, when it may have happened, and where.

    Of one whose place would lead to a person in need neither category nor place stands on a sheet that is handed about.
    """
    many = NAMES_OF_KINDS.get(str(event["kind"]), "records")
    kind = capitalised(ONE.get(many, many))
    start, end = (_civil(event[n], zone) for n in ("start", "end"))
    if event["time_precision"] == "month":
        when = f"in {month_in_words(start.date())}"
    elif event["time_precision"] == "day":
        when = f"on {day_in_words(start.date())}"
    else:
        when = (
            f"at {_moment(start)}"
            if end - start < pd.Timedelta("2min")
            else f"between {_moment(start)} and {_moment(end)}"
        )
    status = "" if event.get("status") in (None, "current") else f", {event['status']}"
    answer = event.get("sensitive")
    if place_is_sensitive(event["category"], None if pd.isna(answer) else bool(answer)):
        return f"{kind} of a sensitive kind, {when}{status}."
    return f"{kind}, “{event['category']}”, {when}, {place_in_words(event, areas)}{status}."


def fix_in_words(fix: Any, areas: Sequence[str], zone: str) -> str:
    """A position report: its moment, place and unit."""
    unit = fix.get("unit")
    of = f", unit {unit}" if isinstance(unit, str) and unit else ""
    return f"A position report of {_moment(_civil(fix['time'], zone))}, {place_in_words(fix, areas)}{of}."


def rejected_in_words(reason: object) -> str:
    return f"Not used: {reason}."


def place_in_words(row: Any, areas: Sequence[str]) -> str:
    """Where: metres, and the areas that have it."""
    x, y = row["x"], row["y"]
    if x is None or y is None or x != x or y != y:
        return "without a place"
    return f"at {round(x)} {round(y)} ({' and '.join(areas) if areas else 'in no area of the store'})"


def nothing_kept(purged: Optional[str]) -> str:
    """Of a row of an extract that neither was used nor stands among those rejected."""
    return PURGED.format(purged[:10]) if purged else NOTHING_KEPT


def _civil(moment: Any, zone: str) -> pd.Timestamp:
    return pd.Timestamp(moment).tz_convert(pandas_zone(zone))


def _moment(local: pd.Timestamp) -> str:
    return f"{day_in_words(local.date())} {local:%H:%M:%S}"


__all__ = ["event_in_words", "fix_in_words", "nothing_kept", "place_in_words", "rejected_in_words", "visit_in_words"]

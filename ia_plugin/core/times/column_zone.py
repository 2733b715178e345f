"""The zone that a column's own name tells: time_utc, DateTime (UTC), gps_time_gmt, time (UTC+01:00), Start (local CET)."""

from __future__ import annotations

import re
from typing import Optional

from .zone_words import SEASONS, SEVERAL, Zone, zone_of

_SHIFTED = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)", re.IGNORECASE)
_UTC_WORDS = frozenset(("utc", "gmt", "zulu"))
PLACE = re.compile(r"(?:Europe|America|Asia|Africa|Australia|Atlantic|Pacific|Indian)/[A-Za-z_]+(?:/[A-Za-z_]+)?")
IN_NAMES = frozenset(w for w in SEASONS if " " not in w) - {"west", "wet"}
"""Names of zones that may stand in a column's name; "west" and "wet" are something else there."""


def named_offset(name: str) -> Optional[int]:
    """Minutes east of UTC that a column's name tells; None where it tells no zone.

    >>> [named_offset(n) for n in ("time_utc", "DateTime (UTC)", "occurred_z", "eventTimeGMT", "UTC+1", "time", "outcome")]
    [0, 0, 0, 0, 60, None, None]
    """
    shifted = _SHIFTED.search(name)
    if shifted:
        minutes = int(shifted[2]) * 60 + int(shifted[3] or 0)
        return minutes if shifted[1] == "+" else -minutes
    lower = _words(name)
    if _UTC_WORDS & set(lower) or lower[-1:] == ["z"]:
        return 0
    joined = any(re.fullmatch(r"(?:utc|gmt)[a-z]+|[a-z]+utc|[a-z]*[^m\W]gmt|(?:date)?timez", w) for w in lower)
    return 0 if joined else None


def named_zone(name: str) -> Optional[Zone]:
    """The zone that a column's name tells, with those that have a season.

    >>> named_zone("time_cet").offset, named_zone("Time (Europe/Paris)").civil, named_zone("best time")
    (60, 'Europe/Paris', None)
    """
    offset = named_offset(name)
    if offset is not None:
        return Zone(offset)
    place = PLACE.search(name)
    if place:
        return zone_of(place[0])
    return next((SEASONS[w] for w in _words(name) if w in IN_NAMES), None)


def may_name_zone(name: str) -> Optional[str]:
    """The last word of a column's name where it is that of several countries' clocks: "EST" of time_est.

    >>> may_name_zone("time_est"), may_name_zone("est_start"), may_name_zone("EST")
    ('EST', None, 'EST')
    """
    last = _words(name)[-1:]
    return last[0].upper() if last and last[0] in SEVERAL else None


def _words(name: str) -> list[str]:
    # time_utc, TimeUTC and timeUtc fall into the same words
    return [w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def zone_in_words(offset: int) -> str:
    """UTC, UTC+01:00."""
    hours, minutes = divmod(abs(offset), 60)
    return "UTC" if offset == 0 else f"UTC{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def zone_note(name: str, offset: int) -> str:
    """What is said of times that were read in the zone a column's name tells."""
    return f"times without an offset read in {zone_in_words(offset)}, as the column's name {name!r} says"

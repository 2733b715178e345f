"""The zone that a column's own name tells: time_utc, DateTime (UTC), gps_time_gmt, occurred_z, time (UTC+01:00)."""

from __future__ import annotations

import re
from typing import Optional

_SHIFTED = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)", re.IGNORECASE)
_UTC_WORDS = frozenset(("utc", "gmt", "zulu"))


def named_offset(name: str) -> Optional[int]:
    """Minutes east of UTC that a column's name tells; None where it tells no zone.

    >>> [named_offset(n) for n in ("time_utc", "DateTime (UTC)", "occurred_z", "eventTimeGMT", "UTC+1", "time", "outcome")]
    [0, 0, 0, 0, 60, None, None]
    """
    shifted = _SHIFTED.search(name)
    if shifted:
        minutes = int(shifted[2]) * 60 + int(shifted[3] or 0)
        return minutes if shifted[1] == "+" else -minutes
    # time_utc, TimeUTC and timeUtc fall into the same words
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    lower = [w.lower() for w in words]
    if _UTC_WORDS & set(lower) or lower[-1:] == ["z"]:
        return 0
    joined = any(re.fullmatch(r"(?:utc|gmt)[a-z]+|[a-z]+utc|[a-z]*[^m\W]gmt|(?:date)?timez", w) for w in lower)
    return 0 if joined else None


def zone_note(name: str, offset: int) -> str:
    """What is said of times that were read in the zone a column's name tells."""
    hours, minutes = divmod(abs(offset), 60)
    zone = "UTC" if offset == 0 else f"UTC{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
    return f"times without an offset read in {zone}, as the column's name {name!r} says"

"""What a word says of a zone: +01:00, 60, UTC, BST, Europe/Paris, GMT Standard Time; and which words may be several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from ..errors import ParameterError
from .time_zones import time_zone

FARTHEST = 14 * 60  # minutes; no place keeps a clock farther from UTC


@dataclass(frozen=True)
class Zone:
    """A zone as it was stated.

    Attributes
    ----------
    offset : minutes east of UTC that the word says; None where the season decides
    civil : IANA name of the clock that the word is of; None where it is of none in particular
    """

    offset: Optional[int] = None
    civil: Optional[str] = None


_UTC = frozenset(
    ("utc", "gmt", "z", "zulu", "utcz", "etc/utc", "etc/gmt", "uct", "greenwich mean time", "coordinated universal time")
)  # fmt: skip
SEASONS = {
    "bst": Zone(60, "Europe/London"),
    "british summer time": Zone(60, "Europe/London"),
    "cet": Zone(60, "Europe/Paris"),
    "cest": Zone(120, "Europe/Paris"),
    "mez": Zone(60, "Europe/Berlin"),
    "mesz": Zone(120, "Europe/Berlin"),
    "wet": Zone(0, "Europe/Lisbon"),
    "west": Zone(60, "Europe/Lisbon"),
    "eet": Zone(120, "Europe/Helsinki"),
    "eest": Zone(180, "Europe/Helsinki"),
    "edt": Zone(-240, "America/New_York"),
    "cdt": Zone(-300, "America/Chicago"),
    "mdt": Zone(-360, "America/Denver"),
    "pdt": Zone(-420, "America/Los_Angeles"),
}
"""Names that a clock has in one season only; CET and BST are also said of the clock all the year round."""

SEVERAL = frozenset("est cst mst pst ast ist".split())
"""Names that clocks of several countries have."""

_WINDOWS = {
    "gmt standard time": "Europe/London",
    "romance standard time": "Europe/Paris",
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
}
_SHIFT = re.compile(r"(?:utc|gmt)? ?([+-]) ?(?:(\d{1,2}):?([0-5]\d)(?::00)?|(\d{1,2}))(?: ?h)?")
_SHORT = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?|(0\d)([0-5]\d)")
_NUMBER = re.compile(r"([+-]?)(\d{1,5})(?:[.,](\d+))?")


def zone_of(text: str) -> Optional[Zone]:
    """The zone that a cell says, None where it says none or may say several.

    A number is hours up to 14, minutes up to 840, else seconds; it is none where no clock is so far from UTC.

    >>> [zone_of(t).offset for t in ("+01:00", "60", "UTC-5", "3600", "Z", "5.5", "+0100", "BST")]
    [60, 60, -300, 60, 0, 330, 60, 60]
    >>> zone_of("Europe/Paris").civil, zone_of("EST"), zone_of("17")
    ('Europe/Paris', None, None)
    """
    word = " ".join(text.translate(_SIGNS).split())
    low = word.lower()
    if low in _UTC:
        return Zone(0)
    if low in SEASONS:
        return SEASONS[low]
    if low in _WINDOWS:
        return Zone(civil=_WINDOWS[low])
    if "/" in word and re.fullmatch(r"[A-Za-z]+(?:/[A-Za-z_+-]+)+", word):
        return Zone(civil=word) if _exists(word) else None
    minutes = _minutes(low)
    return None if minutes is None or abs(minutes) > FARTHEST or minutes % 15 else Zone(minutes)


def abbreviations(name: str) -> frozenset[str]:
    """What the clock of an IANA name is called in winter and in summer.

    >>> sorted(abbreviations("Europe/London"))
    ['BST', 'GMT']
    """
    zone = time_zone(name)
    return frozenset(str(datetime(2024, month, 1, tzinfo=zone).tzname()) for month in (1, 7))


_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "'": " "})


def _minutes(word: str) -> Optional[int]:
    shift = _SHIFT.fullmatch(word)
    if shift and (":" in word or not re.search(r"\d{3}$", word) or re.search(r"\d{4}$", word)):
        hours = int(shift[2] or shift[4])
        if hours <= 14:
            minutes = hours * 60 + int(shift[3] or 0)
            return minutes if shift[1] == "+" else -minutes
    short = _SHORT.fullmatch(word)
    if short:
        return int(short[1] or short[3]) * 60 + int(short[2] or short[4])
    number = _NUMBER.fullmatch(word)
    if number is None:
        return None
    value = float(f"{number[2]}.{number[3] or 0}")
    scale = 60.0 if value <= 14 else 1.0 if value <= FARTHEST else 1 / 60
    return round((-value if number[1] == "-" else value) * scale) if float(value * scale).is_integer() else None


def _exists(name: str) -> bool:
    try:
        time_zone(name)
    except ParameterError:
        return False
    return True

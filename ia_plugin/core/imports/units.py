"""The unit that a column's own name tells, "Speed (knots)", "accuracy_ft": what its numbers are multiplied by.

The name of the column is nearest to its numbers: it counts for more than the unit of the mapping, and where the two differ that
is said. A unit in brackets that is not known is named in a warning.
"""

from __future__ import annotations

import re
from typing import Optional

_WORDS_OF_SPEED = {
    1.0: "km/h kmh kph kmph km/hr kmhr kmh-1 kilometres/hour kilometers/hour kilometreshour kilometershour",
    1.609344: "mph mi/h mi/hr miles/hour mile/hour mileshour mileshr",
    3.6: "m/s ms mps m/sec ms-1 metres/second meters/second metressecond meterssecond metres/sec meters/sec",
    1.852: "knots knot kn kns kt kts nauticalmiles/hour nmi/h",
    1.09728: "ft/s fps ft/sec feet/second feetsecond",
    0.036: "cm/s cmps cm/sec",
    0.06: "m/min metres/minute meters/minute",
}
_WORDS_OF_LENGTH = {
    1.0: "m metre metres meter meters mtr mtrs",
    0.3048: "ft feet foot",
    0.9144: "yd yds yard yards",
    1000.0: "km kilometre kilometres kilometer kilometers",
    1609.344: "mi mile miles",
    0.01: "cm centimetre centimetres centimeter centimeters",
    0.001: "mm millimetre millimetres millimeter millimeters",
}
SPEEDS = {word: factor for factor, words in _WORDS_OF_SPEED.items() for word in words.split()}
"""Word -> km/h."""
LENGTHS = {word: factor for factor, words in _WORDS_OF_LENGTH.items() for word in words.split()}
"""Word -> metres."""
_NO_UNITS = frozenset(
    "gps gnss radio tetra avl raw calculated calc derived reported measured estimated est avg average mean max maximum min minimum current "
    "instant instantaneous horizontal horiz h 2d 3d ground radius value number numeric int float real optional if known approx rms 68 95 1sigma "
    "sigma cep circular error wgs84 osgb at time of fix last".split()
)  # fmt: skip
_BRACKETS = re.compile(r"[(\[{]\s*([^)\]}]*?)\s*[)\]}]")


def unit_named(name: str, units: dict[str, float]) -> Optional[str]:
    """The unit that a name tells, one of the words of `units`; None where it tells none that is known.

    >>> [unit_named(n, SPEEDS) for n in ("Speed (knots)", "speed_kn", "SpeedMph", "Speed in miles per hour", "Speed")]
    ['knots', 'kn', 'mph', 'miles/hour', None]
    """
    said = _BRACKETS.findall(name)
    inside = [_joined(re.sub(r"^in\s+", "", m)) for m in said] + [
        w for m in said for w in re.split(r"[\s,;]+", m.lower())
    ]
    outside = _words(_BRACKETS.sub(" ", name))
    tails = ["".join(outside[-k:]) for k in (4, 3, 2, 1) if len(outside) > k]
    glued = [u for u in units if len(u) >= 3 and len(outside) == 1 and outside[0].endswith(u) and outside[0] != u]
    return next((u for u in [*inside, *tails, *sorted(glued, key=len, reverse=True)] if u in units), None)


def unknown_unit(name: str, units: dict[str, float]) -> Optional[str]:
    """What stands in brackets or behind "in" of a name like a unit, and is none of `units`.

    >>> unknown_unit("Speed (furlongs)", SPEEDS), unknown_unit("Speed (GPS)", SPEEDS), unknown_unit("Speed (mph)", SPEEDS)
    ('furlongs', None, None)
    """
    if unit_named(name, units) is not None:
        return None
    behind = re.search(r"[\s_]in[\s_]+(\S+)$", name.strip(), re.IGNORECASE)
    for said in [*_BRACKETS.findall(name), *([behind[1]] if behind else [])]:
        words = {w for w in re.findall(r"[a-z0-9%]+", said.lower()) if not w.isdigit()}
        if len(said) <= 20 and not words <= _NO_UNITS:
            return str(said)
    return None


def _joined(text: str) -> str:
    return re.sub(r"per(?=[a-z])", "/", re.sub(r"[\s._]", "", text.lower()))


def _words(name: str) -> list[str]:
    """Words of a name, "per" and "/" alike; SpeedMph and speed_mph fall into the same."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return ["/" if w == "per" else w for w in re.findall(r"[a-z]+(?:-1)?|/", spaced.lower())]

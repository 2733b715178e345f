"""Names of columns as a reader sees them above a table or in a form: words, with the unit (standard library only)."""

from __future__ import annotations

# Words at the end of a name -> how they are written after the rest; the longest that fits comes first.
_ENDS = (
    ("_per_1000_residents", " per 1,000 residents"),
    ("_per_km2", " per km²"),
    ("_percent_low", ", lower end (%)"),
    ("_percent_high", ", upper end (%)"),
    ("_percent", " (%)"),
    ("_year_before", ", a year before"),
    ("_before", ", period before"),
    ("_low", ", lower end"),
    ("_high", ", upper end"),
    ("_sd", ", standard deviation"),
    ("_km2", " (km²)"),
    ("_kmh", " (km/h)"),
    ("_deg", " (degrees)"),
    ("_ha", " (hectares)"),
    ("_m", " (metres)"),
    ("_s", " (seconds)"),
)
_WHOLE = {
    "p_foot": "Probability: on foot (0 to 1)",
    "p_vehicle": "Probability: in a vehicle (0 to 1)",
    "p_stationary": "Probability: stopped (0 to 1)",
    "p_bicycle": "Probability: on a bicycle (0 to 1)",
    "confidence": "Confidence (0 to 1)",
    "km2": "Area (km²)",
    "area_km2": "Area (km²)",
    "seconds": "Time (seconds)",
    "seconds_low": "Time, lower end (seconds)",
    "seconds_high": "Time, upper end (seconds)",
    "seconds_sd": "Time, standard deviation (seconds)",
    "p": "p value",
    "p_kind": "Kind of p value",
    "p_holm": "p value, adjusted (Holm)",
    "e_value": "E-value",
    "expected": "Events, shared over their time windows",
    "band_m": "Ring, outer edge (metres)",
    "from_m": "Ring, inner edge (metres)",
}
_SHORT = {"id": "id", "km2": "km²", "imd": "IMD", "lsoa": "LSOA", "utc": "UTC", "ids": "ids"}


def field_in_words(name: str, *, is_time: bool = False) -> str:
    """A column's name in words, with its unit where it has one.

    Parameters
    ----------
    is_time : whether it holds moments, which are UTC

    Examples
    --------
    >>> [field_in_words(n) for n in ("officer_hours_per_km2", "speed_kmh", "share_percent", "area_id", "patrol_seconds_low")]
    ['Officer hours per km²', 'Speed (km/h)', 'Share (%)', 'Area id', 'Patrol seconds, lower end']
    >>> field_in_words("start", is_time=True), field_in_words("seconds_sd"), field_in_words("p_foot")
    ('Start (UTC)', 'Time, standard deviation (seconds)', 'Probability: on foot (0 to 1)')
    """
    text = _WHOLE.get(name) or _put_together(name)
    return f"{text} (UTC)" if is_time and "UTC" not in text else text


def _put_together(name: str) -> str:
    plain = name.lower()
    for end, words in _ENDS:
        if plain.endswith(end) and len(plain) > len(end):
            return _put_together(plain[: -len(end)]) + words
    words = " ".join(_SHORT.get(w, w) for w in plain.split("_") if w)
    return words[:1].upper() + words[1:]


__all__ = ["field_in_words"]

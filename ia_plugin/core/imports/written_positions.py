"""Coordinates with what people write about a number: 52.479 N, W1.904, 52°28'45.2"N, 406612 m, E406612."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

_LETTERS = {"lat": "NS", "lon": "EW", "easting": "E", "northing": "N"}  # the second turns the sign
_NUMBER = r"^(?P<a>[NSEW]?)\s*(?P<v>[-+]?\d+(?:[.,]\d+)?)\s*(?:m|metres?|meters?|°|º|deg(?:rees?)?)?\s*(?P<b>[NSEW]?)$"
_SEXAGESIMAL = (
    r"^(?P<a>[NSEW]?)\s*(?P<s>[-+]?)(?P<d>\d{1,3})(?:\s*[°º:]\s*|\s+)(?P<m>[0-5]?\d)(?:\s*['′’:]\s*|\s+)"
    r"(?P<v>[0-5]?\d(?:[.,]\d+)?)\s*(?:\"|″|”|''|′′)?\s*(?P<b>[NSEW]?)$"
)


def written_coordinates(words: pd.Series, role: str) -> Any:
    """Numbers that texts say as a coordinate of `role` (lat, lon, easting, northing); NaN where they say none.

    A letter must be one of the role's: a longitude of 52 N is none. Degrees, minutes and seconds are read for lat and lon.

    >>> written_coordinates(pd.Series(["1.904 W", "1°54'14.4\\"W", "-1 54 14.4", "1.904 N"]), "lon").tolist()
    [-1.904, -1.904, -1.904, nan]
    """
    if role not in _LETTERS:
        return np.full(len(words), np.nan)
    letters = _LETTERS[role]
    upper = words.str.strip().str.upper()
    plain = upper.str.extract(
        _NUMBER.replace("m|metres?|meters?", "M|METRES?|METERS?").replace("deg(?:rees?)", "DEG(?:REES?)")
    )
    found = _number(plain["v"])
    letter = plain["a"].fillna("") + plain["b"].fillna("")
    if role in ("lat", "lon"):
        dms = upper.str.extract(_SEXAGESIMAL)
        value = _number(dms["d"]) + _number(dms["m"]) / 60 + _number(dms["v"]) / 3600
        value = np.where(dms["s"].eq("-"), -value, value)
        use = np.isnan(found) & ~np.isnan(value)
        found = np.where(use, value, found)
        letter = letter.where(~use, dms["a"].fillna("") + dms["b"].fillna(""))
    one = letter.eq("") | (letter.str.len().eq(1) & letter.isin(list(letters)))
    turned = letter.eq(letters[1:]) if len(letters) > 1 else pd.Series(False, index=words.index)
    return np.where(one, np.where(turned, -np.abs(found), found), np.nan)


def _number(words: pd.Series) -> Any:
    return pd.to_numeric(words.str.replace(",", ".", regex=False), errors="coerce").to_numpy(dtype=np.float64)

"""Positions as extracts write them: degrees, eastings and northings, grid references, WKT, TETRA codes."""

from __future__ import annotations

from string import ascii_uppercase
from typing import Any

import numpy as np
import pandas as pd

from ..errors import CrsError, FileError
from ..fixes import FARTHEST_M
from ..reference_systems import projected
from ..texts import texts
from . import tetra
from .mapping import Mapping, numbers_of

NO_PLACE = "no position"
UNREADABLE = "a position that is no number"
ZERO = "the position (0, 0), which radios send before they know where they are"
SWAPPED = "latitude and longitude exchanged"
NOT_ON_EARTH = "a latitude beyond 90 or a longitude beyond 180 degrees"
DEGREES = "degrees among metres"
TOO_FAR = "a position no reference system reaches"

REMEDIES = {
    UNREADABLE: "Write positions as plain numbers with a point or a comma.",
    ZERO: "Filter such reports at the source, or keep the valid rows only.",
    SWAPPED: "Exchange the two columns in these rows.",
    NOT_ON_EARTH: "Check that the columns are latitude and longitude in degrees, in this order.",
    DEGREES: "All positions of a file must be in one reference system.",
    TOO_FAR: "Check the reference system.",
}


def places_of(rows: pd.DataFrame, mapping: Mapping, epsg: int, name: str) -> tuple[Any, Any, Any]:
    """x, y in the reference system `epsg` and for each row why it has none ("" where it has).

    Raises
    ------
    FileError, CrsError
        where nearly all rows show that the mapping itself is wrong: exchanged columns, degrees taken for metres.
    """
    why = np.full(len(rows), "", dtype=object)
    if "lat" in mapping.columns or "tetra_lat" in mapping.columns:
        lat, lon = _degrees(rows, mapping, why)
        _check_degrees(lat, lon, why, name)
        x, y = projected(np.where(why == "", lon, np.nan), np.where(why == "", lat, np.nan), 4326, epsg)
    else:
        x, y = _metres(rows, mapping, why)
        x, y = _one_system(x, y, why, mapping.epsg, epsg, name)
    lost = (why == "") & ~(np.isfinite(x) & np.isfinite(y) & (np.abs(x) <= FARTHEST_M) & (np.abs(y) <= FARTHEST_M))
    why[lost] = TOO_FAR
    return np.where(why == "", x, np.nan), np.where(why == "", y, np.nan), why


def _degrees(rows: pd.DataFrame, mapping: Mapping, why: Any) -> tuple[Any, Any]:
    raw = "lat" not in mapping.columns
    names = ("tetra_lat", "tetra_lon") if raw else ("lat", "lon")
    lat, lon = (_number(rows[mapping.columns[n]], n, why) for n in names)
    why[(why == "") & (lat == 0) & (lon == 0)] = ZERO
    return (tetra.latitude(lat), tetra.longitude(lon)) if raw else (lat, lon)


def _metres(rows: pd.DataFrame, mapping: Mapping, why: Any) -> tuple[Any, Any]:
    if "easting" in mapping.columns:
        x, y = (_number(rows[mapping.columns[n]], n, why) for n in ("easting", "northing"))
    elif "grid_ref" in mapping.columns:
        x, y = grid_positions(rows[mapping.columns["grid_ref"]], why)
    else:
        x, y = wkt_positions(rows[mapping.columns["wkt"]], why)
    why[(why == "") & (x == 0) & (y == 0)] = ZERO
    return x, y


def _number(values: pd.Series, role: str, why: Any) -> Any:
    numbers = numbers_of(values, role)
    lost = np.isnan(numbers)
    if not lost.any():
        return numbers
    missing = values.isna().to_numpy() | (texts(values).str.strip() == "").to_numpy()
    why[(why == "") & missing] = NO_PLACE
    why[(why == "") & lost] = UNREADABLE
    return numbers


def _check_degrees(lat: Any, lon: Any, why: Any, name: str) -> None:
    fine = why == ""
    beyond = fine & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
    if fine.any() and beyond.sum() > 0.5 * fine.sum():
        if np.nanmax(np.abs(lat[fine])) > 1000:
            raise CrsError(
                f"{name!r}: its latitudes and longitudes are no degrees.", "Map them as easting and northing."
            )
        raise FileError(
            f"{name!r}: most latitudes are beyond 90 degrees.",
            "Latitude and longitude are exchanged: exchange the columns in the mapping.",
        )
    fine &= ~beyond
    why[beyond] = NOT_ON_EARTH
    if not fine.any():
        return
    # British latitudes are 49 to 61, longitudes -9 to 2: exchanged, they lie off Somalia.
    off = fine & (np.abs(lat) < 10) & (lon > 49) & (lon < 61)
    if off.sum() > 0.9 * fine.sum():
        raise FileError(
            f"{name!r}: latitudes are about {np.median(lat[fine]):.0f}, longitudes about {np.median(lon[fine]):.0f}.",
            "Latitude and longitude are exchanged: exchange the columns in the mapping.",
        )
    middle = np.median(lat[fine]), np.median(lon[fine])
    if abs(middle[0] - middle[1]) > 5:
        far = np.hypot(lat - middle[0], lon - middle[1]) > 5
        why[fine & far & (np.hypot(lon - middle[0], lat - middle[1]) < 2)] = SWAPPED


def _one_system(x: Any, y: Any, why: Any, source: int, target: int, name: str) -> tuple[Any, Any]:
    """Metres of `source` in `target`; degrees where all are degrees, refused row by row where some are."""
    fine = why == ""
    small = fine & (np.abs(x) <= 180) & (np.abs(y) <= 90)
    if small.any() and small.sum() >= 0.9 * fine.sum() and source != 4326:
        if np.any((x[small] != np.round(x[small])) | (y[small] != np.round(y[small]))):
            # WKT and "x, y" of many systems are longitude and latitude.
            _check_degrees(y, x, why, name)
            return projected(x, y, 4326, target)
    elif small.any() and source != 4326:
        why[small] = DEGREES
    if source == 4326:
        _check_degrees(y, x, why, name)
    return projected(x, y, source, target)


_SQUARES = ascii_uppercase.replace("I", "")


def grid_positions(values: pd.Series, why: Any) -> tuple[Any, Any]:
    """Middle of the square that an OS grid reference names, metres (EPSG:27700); ``SP0686`` is a square of 1 km."""
    codes, uniques = pd.factorize(values)
    found = np.array([*(_grid_position(str(u)) for u in uniques), (np.nan, np.nan)], dtype=np.float64).reshape(-1, 2)
    xy = found[codes]
    why[(why == "") & (codes < 0)] = NO_PLACE
    why[(why == "") & np.isnan(xy[:, 0])] = UNREADABLE
    return xy[:, 0], xy[:, 1]


def _grid_position(text: str) -> tuple[float, float]:
    """Ordnance Survey, A guide to coordinate systems in Great Britain (2020), section 7.3."""
    word = "".join(text.upper().split())
    letters, digits = word[:2], word[2:]
    if (
        len(letters) < 2
        or not set(letters) <= set(_SQUARES)
        or not digits.isdigit()
        or len(digits) % 2
        or len(digits) > 10
    ):
        return np.nan, np.nan
    first, second = (_SQUARES.index(c) for c in letters)
    east = ((first - 2) % 5) * 5 + second % 5
    north = 19 - (first // 5) * 5 - second // 5
    half = len(digits) // 2
    size = 10 ** (5 - half)
    e, n = (int(d) * size if d else 0 for d in (digits[:half], digits[half:]))
    middle = size / 2 if half < 5 else 0.0
    return east * 100_000 + e + middle, north * 100_000 + n + middle


def wkt_positions(values: pd.Series, why: Any) -> tuple[Any, Any]:
    """x and y of WKT points."""
    said = values.astype(object)
    parts = texts(said).str.extract(r"^\s*(?:SRID=\d+;)?\s*POINT\s*(?:ZM|Z|M)?\s*\(\s*(\S+)\s+([^\s)]+)", flags=2)
    why[(why == "") & said.isna().to_numpy()] = NO_PLACE
    empty = texts(said).str.upper().str.contains("EMPTY").to_numpy()
    why[(why == "") & empty] = NO_PLACE
    x, y = (pd.to_numeric(parts[i], errors="coerce").to_numpy(dtype=np.float64) for i in (0, 1))
    why[(why == "") & ~(np.isfinite(x) & np.isfinite(y))] = UNREADABLE
    return x, y

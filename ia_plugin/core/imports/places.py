"""Positions as extracts write them: degrees, eastings and northings, grid references, WKT, TETRA codes."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..doubtful_positions import counted_doubts, doubtful_positions, is_filler, is_zero
from ..errors import CrsError, FileError, ImpactAreaError
from ..fixes import FARTHEST_M
from ..reference_systems import projected
from ..texts import texts
from . import tetra
from .accounts import Account
from .mapping import Mapping, numbers_of
from .roles import PLACES

NO_PLACE = "no position"
UNREADABLE = "a position that is no number"
ZERO = "the position (0, 0), which radios send before they know where they are"
FILLER = "a filler such as -1 or 9999 in place of both coordinates"
SWAPPED = "latitude and longitude exchanged"
NOT_ON_EARTH = "a latitude beyond 90 or a longitude beyond 180 degrees"
DEGREES = "degrees among metres"
ANOTHER_SYSTEM = "WKT that states another reference system than the first"
TOO_FAR = "a position no reference system reaches"

WGS84 = 4326
# Words in a column's name by which its place is that of something else, or one end of a way.
_OF_ANOTHER = frozenset("home house base station cell mast tower site from to start end origin dest destination previous prev next".split())  # fmt: skip
APART_M = 500.0  # two ways to say one place: more than other datums, or a coordinate of three decimals, make

REMEDIES = {
    UNREADABLE: "Write positions as plain numbers with a point or a comma.",
    ZERO: "Filter such reports at the source, or keep the valid rows only.",
    FILLER: "Leave the position empty where there is none, or keep the valid rows only.",
    SWAPPED: "Exchange the two columns in these rows.",
    NOT_ON_EARTH: "Check that the columns are latitude and longitude in degrees, in this order.",
    DEGREES: "All positions of a file must be in one reference system.",
    ANOTHER_SYSTEM: "All positions of a file must be in one reference system.",
    TOO_FAR: "Check the reference system.",
}


def places_of(rows: pd.DataFrame, mapping: Mapping, epsg: int, account: Account) -> tuple[Any, Any, Any]:
    """x, y in the reference system `epsg` and for each row why it has none ("" where it has).

    Of several ways to say a place (see :data:`~.roles.PLACES`) each row takes the first that it fills with a position that
    can be right; how many rows took another than the first is noted, and so are positions that are probably wrong. Where
    two ways name places more than `APART_M` from each other, a warning says how many rows, how far, and which counts.

    Raises
    ------
    FileError, CrsError
        where nearly all rows show that the mapping itself is wrong: exchanged columns, degrees taken for metres.
    """
    n = len(rows)
    x, y, why = np.full(n, np.nan), np.full(n, np.nan), np.full(n, NO_PLACE, dtype=object)
    all_ways = [ways for ways in PLACES if ways[0] in mapping.columns]
    failed: Optional[ImpactAreaError] = None
    unusable: list[tuple[str, ...]] = []
    for k, ways in enumerate(all_ways):
        doubtful = np.zeros(n, dtype=bool) if k == 0 else _doubtful(x, y, epsg)
        open_rows = (why != "") | doubtful
        try:
            found = _by_one_way(rows, mapping, ways, epsg, account.name)
        except (FileError, CrsError) as error:
            failed = failed or error
            unusable.append(ways)
            continue
        if k:
            _compare(x, y, ~open_rows, found, rows, mapping, (all_ways[0], ways), account)
        at = np.flatnonzero(open_rows)
        taken = _take(x, y, why, at, (found[0][at], found[1][at], found[2][at]), epsg)
        if k:
            account.note(
                f"rows take their place from {_columns(mapping, ways)}: {_columns(mapping, all_ways[0])} hold none that can be right",
                taken,
            )
    if failed is not None and not (why == "").any():
        raise failed
    found_by_name = [w for w in all_ways if "name" in mapping.found_by.get(w[0], "")]
    of_another = [w for w in found_by_name if any(_OF_ANOTHER & _words(mapping.columns[r]) for r in w)]
    for ways in of_another[:1]:
        account.warn(
            f"rows take their place from {_columns(mapping, ways)}: is that where it happened? If not, name the columns that say it: COLUMNS=…",
            n,
        )
    for ways in unusable:
        account.note(f"rows are not placed by {_columns(mapping, ways)}, which hold no places that can be right", n)
    for what, count in counted_doubts(x, y, epsg, degrees=_written_in_degrees(mapping, all_ways)).items():
        account.warn(what, count)
    return x, y, why


def _by_one_way(
    rows: pd.DataFrame, mapping: Mapping, ways: tuple[str, ...], epsg: int, name: str
) -> tuple[Any, Any, Any]:
    """Positions by one way to say them, as :func:`places_of`."""
    why = np.full(len(rows), "", dtype=object)
    if ways[0] in ("lat", "tetra_lat"):
        lat, lon = _degrees(rows, mapping, ways, why)
        _check_degrees(lat, lon, why, name, _exchanged(mapping, ways))
        x, y = projected(np.where(why == "", lon, np.nan), np.where(why == "", lat, np.nan), WGS84, epsg)
    else:
        x, y = _metres(rows, mapping, ways, why)
        system = _stated_system(rows[mapping.columns["wkt"]], why, mapping.epsg) if ways == ("wkt",) else mapping.epsg
        x, y = _one_system(x, y, why, system, epsg, name, _exchanged(mapping, ways))
    lost = (why == "") & ~(np.isfinite(x) & np.isfinite(y) & (np.abs(x) <= FARTHEST_M) & (np.abs(y) <= FARTHEST_M))
    why[lost] = TOO_FAR
    return np.where(why == "", x, np.nan), np.where(why == "", y, np.nan), why


def _compare(
    x: Any, y: Any, placed: Any, found: tuple[Any, Any, Any], rows: pd.DataFrame, mapping: Mapping, ways: Any, account: Account
) -> None:  # fmt: skip
    """Say where another way names other places for rows that are `placed`, or none."""
    u, v, reason = found
    first, other = (_columns(mapping, w) for w in ways)
    for nothing in (ZERO, FILLER):
        account.note(
            f"rows have {nothing}, in {other}: {first} say where they are", int((placed & (reason == nothing)).sum())
        )
    both = placed & (reason == "")
    away = np.where(both, np.hypot(u - x, v - y), 0.0)
    limit = np.full(len(away), APART_M)
    for way in ways:
        if way == ("grid_ref",):
            limit += np.nan_to_num(square_sides(rows[mapping.columns["grid_ref"]]))
    apart = away > limit
    if apart.any():
        typed = "; ".join(f"{role}={mapping.columns[role]}" for role in ways[1])
        account.warn(
            f"rows have a place in {first} and another in {other}, half of these {_far(np.median(away[apart]))} apart or more: "
            f"the first counts, as {' and '.join(ways[0])} do wherever both can be right. If the other is right: COLUMNS={typed}",
            int(apart.sum()),
        )


def _far(metres: float) -> str:
    """A distance to two digits: "130 km", "650 m"."""
    rounded = float(f"{metres:.2g}")
    return f"{rounded / 1000:,g} km" if rounded >= 1000 else f"{rounded:.0f} m"


def _take(x: Any, y: Any, why: Any, at: Any, found: tuple[Any, Any, Any], epsg: int) -> int:
    """Take over the positions found for the rows `at`, in place; those that had a doubtful one only where this is better."""
    u, v, reason = found
    first = (why == NO_PLACE).all()
    good = reason == ""
    filled = good & (why[at] != "")
    better = good & (why[at] == "")
    if better.any():
        tried_x, tried_y = x.copy(), y.copy()
        tried_x[at[good]], tried_y[at[good]] = u[good], v[good]
        better &= ~_doubtful(tried_x, tried_y, epsg)[at]
    taken = filled | better
    x[at[taken]], y[at[taken]], why[at[taken]] = u[taken], v[taken], ""
    if first:
        why[at[~taken]] = reason[~taken]
    return int(taken.sum())


def _doubtful(x: Any, y: Any, epsg: int) -> Any:
    return np.logical_or.reduce(list(doubtful_positions(x, y, epsg).values()))


def _written_in_degrees(mapping: Mapping, all_ways: list[tuple[str, ...]]) -> Optional[bool]:
    kinds = {ways[0] in ("lat", "tetra_lat") or mapping.epsg == WGS84 for ways in all_ways}
    return kinds.pop() if len(kinds) == 1 else None


def _columns(mapping: Mapping, ways: tuple[str, ...]) -> str:
    return " and ".join(repr(mapping.columns[r]) for r in ways)


def _words(column: str) -> set[str]:
    return {w.lower() for w in re.split(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])", column) if w}


def _exchanged(mapping: Mapping, ways: tuple[str, ...]) -> str:
    """What to type where two columns are exchanged."""
    if len(ways) < 2:
        return "Write x before y in each row."
    first, second = ways
    return f"Exchange the columns: COLUMNS={first}={mapping.columns[second]}; {second}={mapping.columns[first]}"


def _degrees(rows: pd.DataFrame, mapping: Mapping, ways: tuple[str, ...], why: Any) -> tuple[Any, Any]:
    lat, lon = (_number(rows[mapping.columns[n]], n, why) for n in ways)
    _no_places(lon, lat, why)
    return (tetra.latitude(lat), tetra.longitude(lon)) if ways[0] == "tetra_lat" else (lat, lon)


def _metres(rows: pd.DataFrame, mapping: Mapping, ways: tuple[str, ...], why: Any) -> tuple[Any, Any]:
    if ways[0] == "easting":
        x, y = (_number(rows[mapping.columns[n]], n, why) for n in ways)
    elif ways[0] == "grid_ref":
        x, y = grid_positions(rows[mapping.columns["grid_ref"]], why)
    else:
        x, y = wkt_positions(rows[mapping.columns["wkt"]], why)
    _no_places(x, y, why)
    return x, y


def _stated_system(values: pd.Series, why: Any, epsg: int) -> int:
    """The system that WKT states (SRID=4326;POINT (…)), `epsg` where it states none; rows of a second one are refused."""
    stated = pd.to_numeric(texts(values).str.extract(r"^\s*SRID=(\d+);", flags=2)[0], errors="coerce").to_numpy(
        dtype=np.float64
    )
    known = np.unique(stated[(why == "") & (stated > 0)])
    if not len(known):
        return epsg
    why[(why == "") & (np.where(stated > 0, stated, epsg) != known[0])] = ANOTHER_SYSTEM
    return int(known[0])


def _no_places(x: Any, y: Any, why: Any) -> None:
    """Numbers that stand for no position, as they are written."""
    why[(why == "") & is_zero(x, y)] = ZERO
    why[(why == "") & is_filler(x, y)] = FILLER


def _number(values: pd.Series, role: str, why: Any) -> Any:
    numbers = numbers_of(values, role)
    lost = np.isnan(numbers)
    if not lost.any():
        return numbers
    missing = values.isna().to_numpy() | (texts(values).str.strip() == "").to_numpy()
    why[(why == "") & missing] = NO_PLACE
    why[(why == "") & lost] = UNREADABLE
    return numbers


def _check_degrees(lat: Any, lon: Any, why: Any, name: str, exchange: str) -> None:
    fine = why == ""
    beyond = fine & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
    if fine.any() and beyond.sum() > 0.5 * fine.sum():
        if np.nanmax(np.abs(lat[fine])) > 1000:
            raise CrsError(
                f"{name!r}: its latitudes and longitudes are no degrees.",
                "Map them as easting and northing: COLUMNS=easting=…; northing=…",
            )
        raise FileError(f"{name!r}: most latitudes are beyond 90 degrees, latitude and longitude exchanged.", exchange)
    fine &= ~beyond
    why[beyond] = NOT_ON_EARTH
    if not fine.any():
        return
    # British latitudes are 49 to 61, longitudes -9 to 2: exchanged, they lie off Somalia.
    off = fine & (np.abs(lat) < 10) & (lon > 49) & (lon < 61)
    if off.sum() > 0.9 * fine.sum():
        raise FileError(
            f"{name!r}: latitudes are about {np.median(lat[fine]):.0f}, longitudes about {np.median(lon[fine]):.0f}: they are exchanged.",
            exchange,
        )
    rest = fine & ~off
    middle = np.median(lat[rest]), np.median(lon[rest])
    if abs(middle[0] - middle[1]) > 5:
        far = np.hypot(lat - middle[0], lon - middle[1]) > 5
        near = np.where(off, 5, 2)
        why[fine & far & (np.hypot(lon - middle[0], lat - middle[1]) < near)] = SWAPPED


def _one_system(x: Any, y: Any, why: Any, source: int, target: int, name: str, exchange: str) -> tuple[Any, Any]:
    """Metres of `source` in `target`; degrees where all are degrees, refused row by row where some are."""
    fine = why == ""
    small = fine & (np.abs(x) <= 180) & (np.abs(y) <= 90)
    if small.any() and small.sum() >= 0.9 * fine.sum() and source != WGS84:
        if np.any((x[small] != np.round(x[small])) | (y[small] != np.round(y[small]))):
            # WKT and "x, y" of many systems are longitude and latitude.
            _check_degrees(y, x, why, name, exchange)
            return projected(x, y, WGS84, target)
    elif small.any() and source != WGS84:
        why[small] = DEGREES
    if source == WGS84:
        _check_degrees(y, x, why, name, exchange)
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


def square_sides(references: pd.Series) -> Any:
    """Sides of the squares that OS grid references name, metres; NaN where there is none.

    >>> square_sides(pd.Series(["SP08", "SP 06 86", "SP 0660 8680"])).tolist()
    [10000.0, 1000.0, 10.0]
    """
    codes, uniques = pd.factorize(references)
    digits = [sum(c.isdigit() for c in str(u)) for u in uniques]
    return np.array([*(10.0 ** (5 - d // 2) for d in digits), np.nan])[codes]


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

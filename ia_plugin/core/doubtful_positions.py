"""Positions that are probably wrong, and what is wrong with them: one definition for imports, layers and the quality report."""

from __future__ import annotations

from typing import Optional

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Bools, Floats
from .reference_systems import on_own_ground, projected

FAR_M = 60_000.0  # farther from the middle than this, and than five times the usual reach, is far away
DEGREES = 4326

ZERO, FILLER, EXCHANGED, SIGN_LOST, OUTSIDE, FAR = (
    "zero_position",
    "filler_position",
    "swapped_position",
    "lost_sign",
    "outside_system",
    "far_position",
)
WORDS = {
    ZERO: "lie at (0, 0)",
    FILLER: "have a filler such as -1 or 9999 in place of both coordinates",
    EXCHANGED: "have x and y, or latitude and longitude, exchanged",
    SIGN_LOST: "have lost a minus sign",
    OUTSIDE: "lie outside the land or the area that their reference system is meant for",
    FAR: "lie far away from all others",
}
_NINES = tuple(s * (10.0**k - 1) for k in range(2, 16) for s in (1, -1))
_FILLERS = (1.0, -1.0, *_NINES, *(s * (2.0**k - 1) for k in (31, 32) for s in (1, -1)), -(2.0**31))


def is_zero(x: Floats, y: Floats) -> Bools:
    """Positions (0, 0), which radios send before they know where they are; bool (n,)."""
    at_zero: Bools = (x == 0) & (y == 0)
    return at_zero


def is_filler(x: Floats, y: Floats) -> Bools:
    """Positions whose two coordinates are a filler: the same (1, -1, 99, 2147483647, …), or nines of unlike length; bool (n,).

    >>> is_filler(np.r_[1.0, 9999999999.0, 999999.0, 1.0], np.r_[1.0, 9999999999.0, 9999999.0, 52.4]).tolist()
    [True, True, True, False]
    """
    found: Bools = np.asarray(x == y)
    if found.any():
        found[found] = np.isin(x[found], _FILLERS)
    # A field of six digits is filled with six nines, the one of seven beside it with seven.
    nines: Bools = np.isin(x, _NINES)
    if nines.any():
        found |= nines & np.isin(y, _NINES)
    return found


def near_the_rest(x: ArrayLike, y: ArrayLike, least: float = FAR_M) -> Bools:
    """Whether positions are near the middle of all: within five times the usual distance from it, at least `least`.

    The middle and the usual distance are medians, so that strays, up to nearly a half of all, have no say.

    Parameters
    ----------
    x, y : float (n,), any unit of length; NaN is never near
    least : in the same unit

    Examples
    --------
    >>> near_the_rest(np.r_[1.0, 2.0, 3.0, 4e6], np.zeros(4), 100.0).tolist()
    [True, True, True, False]
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    known: Bools = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        return known
    away = np.hypot(x - np.median(x[known]), y - np.median(y[known]))
    with np.errstate(invalid="ignore"):
        known &= away <= _usual(away[known], least)
    return known


def _usual(away: Floats, least: float) -> float:
    return max(least, 5.0 * float(np.median(away)))


def doubtful_positions(
    x: ArrayLike, y: ArrayLike, epsg: Optional[int] = None, *, degrees: Optional[bool] = None, far_m: float = FAR_M
) -> dict[str, Bools]:
    """What is probably wrong with positions, told by where the others are and by the ground of their reference system.

    Parameters
    ----------
    x, y : float (n,), metres; NaN is no position, and no doubt
    epsg : their reference system; without it degrees exchanged, lost signs of longitudes, and what lies outside its
        ground are not found
    degrees : whether the source wrote them in degrees, or in metres; None where that is not known
    far_m : what lies farther from the middle, and than five times the usual distance, is far

    Returns
    -------
    kind (see `WORDS`) -> bool (n,); a position has one kind at most. Where nearly all positions are off the ground and
    would be on it exchanged, or with the sign of their longitude turned, that is said of all of them.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    none = np.zeros(len(x), dtype=bool)
    found = {kind: none.copy() for kind in WORDS}
    found[ZERO], found[FILLER] = is_zero(x, y), is_filler(x, y)
    real = np.isfinite(x) & np.isfinite(y) & ~found[ZERO] & ~found[FILLER]
    if not real.any():
        return found
    ground = real & on_own_ground(x, y, epsg) if epsg else real
    if ground.sum() < 0.1 * real.sum():
        found[_kind_of_all(x[real], y[real], int(epsg or 0), degrees)] = real & ~ground
        return found
    middle = float(np.median(x[ground])), float(np.median(y[ground]))
    usual = _usual(np.hypot(x[ground] - middle[0], y[ground] - middle[1]), far_m)
    with np.errstate(invalid="ignore"):
        odd = np.flatnonzero(real & (~ground | (np.hypot(x - middle[0], y - middle[1]) > usual)))
    if not len(odd):
        return found
    kinds = np.where(ground[odd], FAR, OUTSIDE).astype(object)
    for kind, places in _other_readings(x[odd], y[odd], epsg, degrees):
        back = np.zeros(len(odd), dtype=bool)
        for u, v in places:
            with np.errstate(invalid="ignore"):
                back |= np.hypot(u - middle[0], v - middle[1]) <= usual
        kinds[back & np.isin(kinds, (FAR, OUTSIDE))] = kind
    for kind in (EXCHANGED, SIGN_LOST, OUTSIDE, FAR):
        found[kind][odd[kinds == kind]] = True
    return found


def counted_doubts(
    x: ArrayLike, y: ArrayLike, epsg: Optional[int], *, degrees: Optional[bool] = None
) -> dict[str, int]:
    """What :func:`doubtful_positions` finds, in words, and of how many positions.

    >>> counted_doubts([0.0, 407_000.0], [0.0, 287_000.0], 27700)
    {'positions lie at (0, 0)': 1}
    """
    ask = {OUTSIDE: f" (EPSG:{epsg}): is the reference system right?"}
    found = doubtful_positions(x, y, epsg, degrees=degrees)
    return {f"positions {WORDS[k]}{ask.get(k, '')}": int(mask.sum()) for k, mask in found.items() if mask.any()}


def _other_readings(
    x: Floats, y: Floats, epsg: Optional[int], degrees: Optional[bool]
) -> list[tuple[str, list[tuple[Floats, Floats]]]]:
    """Where positions would be had they been written the other way: exchanged, or with another sign."""
    exchanged: list[tuple[Floats, Floats]] = []
    signed: list[tuple[Floats, Floats]] = []
    if not degrees:
        exchanged.append((y, x))
        signed.append((np.abs(x), np.abs(y)))
    if epsg and degrees is not False:
        lon, lat = projected(x, y, epsg, DEGREES)
        possible = np.abs(lon) <= 90
        exchanged.append(projected(np.where(possible, lat, np.nan), np.where(possible, lon, np.nan), DEGREES, epsg))
        signed += [projected(-lon, lat, DEGREES, epsg), projected(lon, -lat, DEGREES, epsg)]
    return [(EXCHANGED, exchanged), (SIGN_LOST, signed)]


def _kind_of_all(x: Floats, y: Floats, epsg: int, degrees: Optional[bool]) -> str:
    """What is wrong where nearly all positions are off the ground of their system."""
    for kind, places in _other_readings(x, y, epsg, degrees):
        if any(on_own_ground(u, v, epsg).sum() > 0.9 * len(x) for u, v in places):
            return kind
    return OUTSIDE

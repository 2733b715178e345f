"""Codes of TETRA short location reports (ETSI TS 100 392-18-1, clause 6.3) in plain units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, Floats

ACCURACY_M = (
    2.0,
    20.0,
    200.0,
    2_000.0,
    20_000.0,
    200_000.0,
    np.inf,
    np.nan,
)  # classes 0 to 7; more than 200 km; unknown
UNKNOWN_SPEED = 127
_WORDS = {
    "<2m": 0,
    "<20m": 1,
    "<200m": 2,
    "<2km": 3,
    "<20km": 4,
    "<200km": 5,
    "<=200km": 5,
    "≤200km": 5,
    ">200km": 6,
    "unknown": 7,
}
_WORDS.update({"bestpossible": 7, "notknown": 7, "": 7})


def speed_kmh(code: ArrayLike) -> Floats:
    """Speed of 7-bit codes K: K km/h up to 28, 16 · 1.038^(K − 13) from 29 to 126, unknown at 127."""
    k = np.asarray(code, dtype=np.float64)
    speed = np.where(k <= 28, k, 16.0 * 1.038 ** (np.clip(k, 0, 127) - 13.0))
    return np.where((k >= 0) & (k < UNKNOWN_SPEED) & (k == np.floor(k)), speed, np.nan)


def heading_deg(code: ArrayLike) -> Floats:
    """Heading of 4-bit codes, sixteenths of a turn from north."""
    k = np.asarray(code, dtype=np.float64)
    return np.where((k >= 0) & (k <= 15) & (k == np.floor(k)), 22.5 * k, np.nan)


def latitude(code: ArrayLike) -> Floats:
    """Degrees of 24-bit two's complement codes: value · 180 / 2²⁴."""
    return _degrees(code, 24, 180.0)


def longitude(code: ArrayLike) -> Floats:
    """Degrees of 25-bit two's complement codes: value · 360 / 2²⁵."""
    return _degrees(code, 25, 360.0)


def accuracy_m(classes: Union[Sequence[object], Array]) -> Floats:
    """Radius in metres of accuracy classes, as their number (0–7) or their words ("<20 m"); NaN where unknown or too wide."""
    found = np.full(len(classes), np.nan)
    for i, value in enumerate(classes):  # a handful of distinct values: callers factorize first
        word = "".join(str(value).lower().split()) if value is not None and value == value else ""
        word = word.replace("metres", "m").replace("meters", "m").replace("lessthan", "<")
        try:
            number = int(float(word))
        except ValueError:
            number = _WORDS.get(word, 7)
        radius = ACCURACY_M[number] if 0 <= number <= 7 else np.nan
        found[i] = radius if np.isfinite(radius) else np.nan
    return found


def _degrees(code: ArrayLike, bits: int, turn: float) -> Floats:
    k = np.asarray(code, dtype=np.float64)
    k = np.where(k >= 2 ** (bits - 1), k - 2**bits, k)
    return np.where(np.abs(k) <= 2 ** (bits - 1), k * (turn / 2**bits), np.nan)

"""Lines that know their time, as ISO WKB bytes (LineString M, M in seconds since 1970, UTC).

shapely cannot carry M before GEOS 3.12, and building line objects one by one is slow; the bytes are plain arrays.
"""

from __future__ import annotations

import struct

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..times.instants import nanoseconds

LINESTRING_M = 2002  # OGC 06-103r4, ISO 13249-3


LEG = np.dtype([("order", "u1"), ("type", "<u4"), ("points", "<u4"), ("xym", "<f8", (2, 3))])
"""A leg as little-endian WKB: a line of two points with M."""


def lay_legs(legs: pd.DataFrame, rows: NDArray[np.void]) -> None:
    """Write each leg into `rows` (n,), whose fields are those of :data:`LEG`, and may be more.

    Parameters
    ----------
    legs : DataFrame with ``x0``, ``y0``, ``x1``, ``y1``, ``start``, ``end``
    """
    rows["order"], rows["type"], rows["points"] = 1, LINESTRING_M, 2
    for i, (x, y, t) in enumerate((("x0", "y0", "start"), ("x1", "y1", "end"))):
        rows["xym"][:, i, 0], rows["xym"][:, i, 1] = legs[x], legs[y]
        rows["xym"][:, i, 2] = _epoch(legs[t])


def leg_lines(legs: pd.DataFrame) -> list[bytes]:
    """WKB of each leg: two points (x, y, epoch seconds).

    Parameters
    ----------
    legs : DataFrame with ``x0``, ``y0``, ``x1``, ``y1``, ``start``, ``end``
    """
    lines = np.zeros(len(legs), dtype=LEG)
    lay_legs(legs, lines)
    blob, size = lines.tobytes(), LEG.itemsize
    return [blob[i : i + size] for i in range(0, len(blob), size)]


def track_lines(legs: pd.DataFrame) -> pd.Series:
    """WKB of each track, by ``track_id``, in the order the tracks first appear.

    Parameters
    ----------
    legs : DataFrame from :func:`~ia_plugin.core.tracks.build_legs`, the legs of a track one after the other
    """
    if not len(legs):
        return pd.Series([], index=pd.Index([], dtype=np.int64, name="track_id"), dtype=object)
    track = legs["track_id"].to_numpy()
    first = np.flatnonzero(np.r_[True, track[1:] != track[:-1]])
    # One more point than legs: the start of each track stands before the ends of its legs.
    points = np.empty((len(legs) + len(first), 3))
    place = np.arange(len(legs)) + np.cumsum(np.r_[True, track[1:] != track[:-1]])
    points[place] = np.column_stack([legs["x1"], legs["y1"], _epoch(legs["end"])])
    head = legs.iloc[first]
    points[place[first] - 1] = np.column_stack([head["x0"], head["y0"], _epoch(head["start"])])
    starts = place[first] - 1
    ends = np.r_[starts[1:], len(points)]
    lines = [struct.pack("<BII", 1, LINESTRING_M, int(b - a)) + points[a:b].tobytes() for a, b in zip(starts, ends)]
    return pd.Series(lines, index=pd.Index(track[first], name="track_id"), dtype=object)


def _epoch(times: pd.Series) -> np.ndarray:  # type: ignore[type-arg]
    return np.asarray(nanoseconds(times) / 1e9)

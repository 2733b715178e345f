"""The part of a straight leg inside a polygon, for whole arrays, without geometry objects.

Along the leg's line the indicator "inside" changes at each crossing with an edge. With shells counter-clockwise and
holes clockwise a crossing enters where the edge passes from the left of the line to its right, and leaves the other way.
One half-open rule holds for all: an edge counts iff exactly one of its ends has side >= 0 of the line. The side of a
vertex is computed by the same arithmetic for every polygon that has it, so areas that share an edge never both take a
leg along it, nor both leave it; on integers the arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .rings import Floats, Rings

Ints = NDArray[np.intp]

BLOCK = 1 << 16  # (leg, vertex) cells at a time: the working set stays in the second-level cache


@dataclass(frozen=True)
class Crossings:
    """Where the lines of legs cross the boundary of one polygon.

    Attributes
    ----------
    leg : int (k,), position of the leg in the arrays given, ascending
    t : float64 (k,), place along the leg: 0 at its start, 1 at its end, any value beyond. For a leg of no length it is
        the place along an eastward ray, and only its sign means anything
    sign : int8 (k,), +1 entering, −1 leaving
    """

    leg: Ints
    t: Floats
    sign: NDArray[np.int8]


def crossings(x0: Floats, y0: Floats, x1: Floats, y1: Floats, rings: Rings) -> Crossings:
    """All crossings of the lines of legs with the edges of a polygon.

    Parameters
    ----------
    x0, y0, x1, y1 : float64 (n,), ends of the legs, metres
    rings : the polygon, oriented
    """
    dx, dy = directions(x0, y0, x1, y1)
    found = [_cross(i, part, x0, y0, dx, dy, rings) for i, part in _blocks(len(x0), len(rings.x))]
    if not found:
        return Crossings(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0, dtype=np.int8))
    return Crossings(
        np.concatenate([f.leg for f in found]),
        np.concatenate([f.t for f in found]),
        np.concatenate([f.sign for f in found]),
    )


def directions(x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> tuple[Floats, Floats]:
    """Direction of each leg; a leg of no length looks east, so that one rule serves points too."""
    dx, dy = x1 - x0, y1 - y0
    dx[(dx == 0) & (dy == 0)] = 1.0
    return dx, dy


def inside_fraction(n: int, crossed: Crossings, point: NDArray[np.bool_]) -> Floats:
    """Fraction of each of `n` legs inside: [start inside] + Σ sign · (1 − t) over crossings of the leg itself; for points (`point`) 1 or 0.

    The whole number is added apart: who knows it otherwise (:mod:`.places`) gives the same fraction to the last bit.
    """
    start = depth_at_start(n, crossed)
    weight = crossed.sign * np.where(crossed.t < 0, 0.0, 1.0 - np.minimum(crossed.t, 1.0))
    along = np.bincount(crossed.leg, weights=weight, minlength=n)
    return np.clip(np.where(point, start > 0.5, start + along), 0.0, 1.0)


def depth_at_start(n: int, crossed: Crossings) -> Floats:
    """In how many parts of the polygon the start of each of `n` legs lies, a whole number: 1 inside, 0 outside."""
    return np.bincount(crossed.leg, weights=crossed.sign * (crossed.t < 0), minlength=n).astype(np.float64)


def ends_inside(n: int, crossed: Crossings) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the start and the end of each of `n` legs lie inside."""
    start = depth_at_start(n, crossed)
    end = np.bincount(crossed.leg, weights=crossed.sign * (crossed.t < 1), minlength=n)
    return start > 0.5, end > 0.5


def leg_ends_inside(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, rings: Rings
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """:func:`ends_inside` of legs by their ends; a leg of no length ends where it starts."""
    start, end = ends_inside(len(x0), crossings(x0, y0, x1, y1, rings))
    return start, np.where((x0 == x1) & (y0 == y1), start, end)


def inside_intervals(crossed: Crossings) -> tuple[Ints, Floats, Floats]:
    """Intervals [t_in, t_out] of the legs' lines inside, sorted by leg and t; touching intervals are one.

    Returns leg positions and the unclipped ends.
    """
    # At one place entering comes first: two parts that touch there are one stay.
    order = np.lexsort((-crossed.sign, crossed.t, crossed.leg))
    leg, t, sign = crossed.leg[order], crossed.t[order], crossed.sign[order]
    # Every line starts and ends outside, so the running sum returns to 0 after each leg.
    depth = np.cumsum(sign)
    enter = (sign > 0) & (depth == 1)
    leave = (sign < 0) & (depth == 0)
    return leg[enter], t[enter], t[leave]


def _blocks(n: int, vertices: int) -> Iterator[tuple[int, slice]]:
    if vertices:
        step = max(1, BLOCK // vertices)
        for i in range(0, n, step):
            yield i, slice(i, i + step)


def _cross(first: int, part: slice, x0: Floats, y0: Floats, dx: Floats, dy: Floats, rings: Rings) -> Crossings:
    ax, ay, ex, ey = x0[part], y0[part], dx[part], dy[part]
    # side of vertex = ex * (vy − ay) − ey * (vx − ax) >= 0, with the leg's share taken to the other side
    side = np.multiply.outer(ex, rings.y)
    side -= np.multiply.outer(ey, rings.x)
    level = ex * ay - ey * ax
    left = side >= level[:, None]
    flips = left[:, 1:] != left[:, :-1]
    flips[:, rings.joints] = False
    leg, edge = np.divmod(np.flatnonzero(flips), flips.shape[1])
    u, v = (rings.x[edge], rings.y[edge]), (rings.x[edge + 1], rings.y[edge + 1])
    t = place_along(ax[leg], ay[leg], ex[leg], ey[leg], level[leg], u, v)
    sign = np.where(left[leg, edge], 1, -1).astype(np.int8)
    return Crossings(leg + first, t, sign)


def place_along(
    ax: Floats, ay: Floats, ex: Floats, ey: Floats, level: Floats, u: tuple[Floats, Floats], v: tuple[Floats, Floats]
) -> Floats:
    """Where the lines of legs cross edges from `u` to `v`, t along the leg.

    Parameters
    ----------
    ax, ay, ex, ey : (k,), start and direction of each leg
    level : (k,), ``ex · ay − ey · ax``
    """
    # Two areas that share an edge run along it in opposite directions: take its ends in one order, so that both
    # compute the same crossing to the last bit.
    swap = (u[0] > v[0]) | ((u[0] == v[0]) & (u[1] > v[1]))
    ux, vx = np.where(swap, v[0], u[0]), np.where(swap, u[0], v[0])
    uy, vy = np.where(swap, v[1], u[1]), np.where(swap, u[1], v[1])
    su = ex * uy - ey * ux - level
    sv = ex * vy - ey * vx - level
    w = su / (su - sv)
    t: Floats = ((ux + w * (vx - ux) - ax) * ex + (uy + w * (vy - uy) - ay) * ey) / (ex * ex + ey * ey)
    return t

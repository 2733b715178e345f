"""Different officers, or whatever else has a code: counted by row, and numbered."""

from __future__ import annotations

from typing import Union

import numpy as np

from .arrays import Ints, Rows

SPARSE = 8
"""Numbers a code, up to which a table of all numbers is quicker than a sort."""


def distinct(row: Union[Rows, Ints], code: Union[Rows, Ints], n: int) -> Ints:
    """How many different codes each of `n` rows has.

    Examples
    --------
    >>> distinct(np.array([0, 0, 1, 1]), np.array([7, 7, 7, 8]), 2).tolist()
    [1, 2]
    """
    codes = int(code.max(initial=0)) + 1
    pairs = np.unique(row.astype(np.int64) * codes + code)
    return np.bincount(pairs // codes, minlength=n).astype(np.int64)


def numbered(*codes: Union[Rows, Ints]) -> tuple[Ints, tuple[Rows, ...]]:
    """The different codes, all ≥ 0, of some arrays in their order, and the place of each among them.

    As :func:`numpy.unique` gives it, but without a sort where the codes leave few numbers out.

    Examples
    --------
    >>> found, places = numbered(np.array([7, 3]), np.array([3, 3, 9]))
    >>> found.tolist(), [p.tolist() for p in places]
    ([3, 7, 9], [[1, 0], [0, 0, 2]])
    """
    most = max((int(c.max(initial=-1)) for c in codes), default=-1) + 1
    if most > SPARSE * (sum(map(len, codes)) + 1_000):
        found, place = np.unique(np.concatenate(codes), return_inverse=True)
        return found.astype(np.int64), tuple(np.split(place, np.cumsum([len(c) for c in codes])[:-1]))
    there = np.zeros(most, dtype=bool)
    for some in codes:
        there[some] = True
    found = np.flatnonzero(there).astype(np.int64)
    # Only the places that are asked for are written, however many there could be.
    places = np.empty(most, dtype=np.intp)
    places[found] = np.arange(len(found))
    return found, tuple(places[some] for some in codes)

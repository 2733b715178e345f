"""Lists of different lengths, laid out one after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]


def expand(count: NDArray[np.signedinteger]) -> tuple[Ints, Ints]:  # type: ignore[type-arg]
    """Repeat index i `count[i]` times; also the running number within each i.

    Examples
    --------
    >>> [found.tolist() for found in expand(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    index = np.repeat(np.arange(len(count), dtype=np.intp), count)
    first = np.cumsum(count) - count
    return index, np.arange(len(index), dtype=np.intp) - first.take(index)


def stable_order(place: Ints, n: int) -> Ints:
    """The order of whole numbers from 0 to `n` − 1 that keeps equal ones as they stand, by counting, sixteen bits at a time.

    Examples
    --------
    >>> stable_order(np.array([7, 3, 7, 0]), 8).tolist()
    [3, 1, 0, 2]
    """
    # Of numbers of sixteen bits numpy's stable sort counts, of longer ones it compares.
    order = np.argsort((place & 0xFFFF).astype(np.uint16), kind="stable")
    for shift in range(16, int(n).bit_length(), 16):
        order = order[np.argsort((place[order] >> shift & 0xFFFF).astype(np.uint16), kind="stable")]
    return np.asarray(order, dtype=np.intp)

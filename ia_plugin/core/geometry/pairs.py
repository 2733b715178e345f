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

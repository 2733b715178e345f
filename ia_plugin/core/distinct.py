"""Different officers, or whatever else has a code, counted by row."""

from __future__ import annotations

from typing import Union

import numpy as np

from .arrays import Ints, Rows


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

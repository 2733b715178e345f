"""Numbers that a program wrote short, 1.717408812E+09: read where every digit that matters is there.

A spreadsheet shows 1.71741E+09 for any of ten thousand seconds, and saves what it shows. Which one it was, nobody can
tell; where the digits reach down to the second the number is one as any other.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..arrays import Array
from .epochs import are_serials, from_numbers, per_second

_LARGEST = 18  # powers of ten that 64 bits hold


def from_short(lead: Array, fraction: Array, decimals: int, power: Array) -> tuple[Any, Array]:
    """Readings of numbers as :func:`~.epochs.from_numbers` gives them, and which have lost digits (bool, n).

    Parameters
    ----------
    lead, fraction, power : int64 (n,), of 1.717408812E+09 are 1, 717408812 and 9
    decimals : digits of each fraction

    >>> from_short(*(np.array([v], dtype=np.int64) for v in (1, 7174088)), 7, np.array([9], dtype=np.int64))[1].tolist()
    [True]
    """
    digits = lead * 10**decimals + fraction
    missing = np.clip(power, 0, _LARGEST) - decimals
    step = 10 ** np.maximum(missing, 0)
    part = 10 ** np.maximum(-missing, 0)
    far = (power > _LARGEST) | (digits > 9 * 10**18 // step)
    whole = np.where(far, 1, digits // part * step)  # 1 is no time of ours
    rest = np.where(far, 0, (digits % part).astype(np.float64) / part * 1e9).astype(np.int64)
    # Of a day's fraction five digits tell the second.
    coarse = np.where(are_serials(whole), (missing < 0) & (missing > -5), step > per_second(whole))
    lost = np.asarray(coarse & ~from_numbers(whole, rest)[3])
    return from_numbers(np.where(lost, 1, whole), rest), lost

"""What a leg's probabilities tell of its time: the one rule for hours by mode and for activities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .arrays import Bools, Floats
from .columns import KNOWN_MODES


def leg_shares(legs: pd.DataFrame, modes: Sequence[str]) -> tuple[Floats, Bools]:
    """Share of each leg's time by mode, and whether its mode is told at all.

    Parameters
    ----------
    legs : DataFrame with ``mode`` and ``p_`` of each of `modes`
    modes : foot, vehicle, stationary, and bicycle where a model tells it

    Returns
    -------
    (shares, known): float64 (n, modes), rows that add up to 1 where told and to 0 elsewhere; bool (n,). A leg is told whose mode is
    named and not "unknown", and whose probabilities of foot, vehicle and standing are all there; without ``p_bicycle`` it is of a
    model that knew no bicycles.

    Examples
    --------
    >>> legs = pd.DataFrame({"p_foot": [0.8, 0.6, np.nan], "p_vehicle": [0.1, 0.3, 0.9], "p_stationary": 0.1})
    >>> shares, known = leg_shares(legs.assign(mode=["foot", "unknown", "vehicle"]), KNOWN_MODES)
    >>> shares.round(2).tolist(), known.tolist()
    ([[0.8, 0.1, 0.1], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [True, False, False])
    """
    p = legs[[f"p_{m}" for m in modes]].to_numpy(dtype=np.float64)
    gaps = np.isnan(p)
    all_there = ~gaps[:, [k for k, m in enumerate(modes) if m in KNOWN_MODES]].any(axis=1)
    p = np.where(gaps, 0.0, p)
    total = p.sum(axis=1)
    codes, words = pd.factorize(legs["mode"])
    named = np.array([*(w != "unknown" for w in words), False], dtype=bool)[codes]  # the last is that of no word, -1
    known = named & all_there & (total > 0)
    return np.where(known[:, None], p / np.where(total > 0, total, 1.0)[:, None], 0.0), known

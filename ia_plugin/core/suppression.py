"""Small numbers kept out of what leaves the building: merged before they are blanked, and not to be worked out again.

One place for all outputs. Restricted outputs suppress nothing; board outputs merge a split by unit where it would show fewer
than five officers; public tables hide small cells, and further cells so that the hidden ones cannot be worked out from the
margins (secondary suppression; Hundepool et al. 2012, chapter 4).
"""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .arrays import Bools, Floats
from .errors import ParameterError
from .params import AUDIENCES

LEAST = 5
OTHER = "other"
BASE = 5  # public numbers are rounded to it


def check_audience(audience: str) -> str:
    """The audience, if it is one.

    Raises
    ------
    ParameterError
        for another word.
    """
    if audience not in AUDIENCES:
        raise ParameterError(f"audience = {audience!r} is not known.", f"Choose one of: {', '.join(AUDIENCES)}.")
    return audience


def merged_labels(officers: pd.Series, least: int = LEAST) -> dict[str, str]:
    """The label of each group as a board may see it, from how many officers at the least stand behind each.

    Groups with fewer than `least` are "other"; so that these together are surely enough, the smallest of the rest joins
    them, for officers of several groups may be the same. With one group left over, or none, all of them are one.

    Parameters
    ----------
    officers : number of distinct officers, or a lower bound of it, by group
    """
    counts = officers.sort_index(kind="stable").sort_values(kind="stable")
    few = [str(g) for g in counts.index if counts[g] < least]
    rest = [str(g) for g in counts.index if counts[g] >= least]
    if few and rest:
        few.append(rest.pop(0))
    return {str(g): OTHER if str(g) in few else str(g) for g in counts.index}


def merged_everywhere(officers: pd.DataFrame, least: int = LEAST) -> dict[str, str]:
    """One label of each group for all places, so that no hidden group follows from the totals and the other places.

    Groups with too few officers at any place where they have time are "other" at all; so that "other" is enough at each
    place, further groups join it, the smallest first. With one group left over, all of them are one.

    Parameters
    ----------
    officers : number of distinct officers, or a lower bound of it, by place (rows) and group (columns); NaN without time
    """
    counts = officers.sort_index(axis=1, kind="stable").min().sort_values(kind="stable")
    few = [g for g in counts.index if counts[g] < least]
    rest = [g for g in counts.index if counts[g] >= least]
    while few and rest:
        there = officers[few].max(axis=1)  # officers of several groups may be the same
        if not (there < least).any():
            break
        few.append(rest.pop(0))
    few += rest if few and len(rest) == 1 else []
    return {str(g): OTHER if g in few else str(g) for g in counts.index}


def rounded(values: ArrayLike, base: int = BASE) -> Floats:
    """Values rounded to a multiple of `base`, halves up.

    Examples
    --------
    >>> rounded([2, 2.5, 12]).tolist()
    [0.0, 5.0, 10.0]
    """
    return np.asarray(np.floor(np.asarray(values, dtype=np.float64) / base + 0.5) * base)


def hidden_cells(
    table: ArrayLike, least: int = LEAST, untold: Optional[ArrayLike] = None, cost: Optional[Floats] = None
) -> Bools:
    """Which cells of a table of counts must be hidden when its row, column and grand totals are published.

    Cells of 1 to ``least − 1`` are hidden; then further ones, smallest first, until no hidden cell can be derived from the
    totals to within less than `least`: each is bounded by linear programming over all tables that have the same totals
    and the same open cells.

    Parameters
    ----------
    table : (r, c) non-negative counts, without totals
    untold : bool (r,), rows whose totals are not published either; nothing of them is shown
    cost : (r, c), how much it would be missed; the counts by default

    Returns
    -------
    bool (r, c)
    """
    counts = np.asarray(table, dtype=np.float64)
    dark = np.zeros(len(counts), dtype=bool) if untold is None else np.asarray(untold, dtype=bool)
    if counts.ndim != 2 or (counts < 0).any():
        raise ParameterError(
            "A table of counts has rows and columns and nothing below 0.", "Give the counts without totals."
        )
    hidden = (counts > 0) & ((counts < least) | dark[:, None])
    while hidden.any() and not hidden.all():
        revealed = _revealed(counts, hidden, least, dark)
        if revealed is None:
            break
        row, column = revealed
        beside = np.zeros_like(hidden)
        beside[row, :] = beside[:, column] = True
        # An open cell in its row or column; failing that, any. Zeros tell as much as they hide: they come last.
        for candidates in (beside & ~hidden & (counts > 0), ~hidden & (counts > 0), ~hidden):
            if candidates.any():
                missed = np.where(candidates, counts if cost is None else cost, np.inf)
                hidden[np.unravel_index(int(missed.argmin()), missed.shape)] = True
                break
    return np.asarray(hidden, dtype=bool)


def hidden_parts(parts: ArrayLike, least: int = LEAST, cost: Optional[ArrayLike] = None) -> Bools:
    """Which of some counts must be hidden when only their sum is published: small ones, and others until they share enough.

    Parameters
    ----------
    parts : (n,) non-negative counts
    least : smallest count that may be shown
    cost : (n,), how much each would be missed; the counts by default

    Returns
    -------
    bool (n,)

    Examples
    --------
    >>> hidden_parts([3, 20, 7]).tolist()  # one hidden count alone would follow from the sum
    [True, False, True]
    """
    counts = np.asarray(parts, dtype=np.float64)
    missed = counts if cost is None else np.asarray(cost, dtype=np.float64)
    hidden = (counts > 0) & (counts < least)
    while hidden.any() and (hidden.sum() < 2 or counts[hidden].sum() < least):
        left = ~hidden & (counts > 0)
        if not left.any():
            break
        hidden[int(np.where(left, missed, np.inf).argmin())] = True
    return np.asarray(hidden, dtype=bool)


def _revealed(counts: Floats, hidden: Bools, least: int, dark: Bools) -> Optional[tuple[int, int]]:
    """The first hidden small cell that the totals reveal too closely, or None."""
    cells = np.argwhere(hidden)
    small = [i for i, (r, c) in enumerate(cells) if 0 < counts[r, c] < least]
    for i in small:
        if _swapped(counts, hidden, *cells[i]) >= least:
            continue
        low, high = bounds_of_hidden(counts, hidden, i, dark)
        if high - low < least - 1e-6:
            return tuple(cells[i])
    return None


def _swapped(counts: Floats, hidden: Bools, r: int, c: int) -> float:
    """A range that a hidden cell has for sure: by moving counts round a rectangle of four hidden cells. Cheap to look for."""
    beside, below, across = (np.where(h, v, 0.0) for h, v in (
        (hidden[r], counts[r]), (hidden[:, c], counts[:, c]), (hidden, counts)))  # fmt: skip
    up, down = np.minimum(beside[None, :], below[:, None]), np.minimum(across, counts[r, c])
    real = hidden & hidden[r][None, :] & hidden[:, c][:, None]
    real[r, :] = real[:, c] = False
    return float(np.where(real, up + down, 0.0).max(initial=0.0))


def bounds_of_hidden(
    counts: Floats, hidden: Bools, which: int, untold: Optional[ArrayLike] = None
) -> tuple[float, float]:
    """Least and most that the `which`-th hidden cell can be, for one who knows the totals and the open cells."""
    from scipy.optimize import linprog

    cells = np.argwhere(hidden)
    rows, columns = np.unique(cells[:, 0]), np.unique(cells[:, 1])
    if untold is not None:
        # Of rows without a total the columns tell all that is known.
        rows = rows[~np.asarray(untold, dtype=bool)[rows]]
    a = np.zeros((len(rows) + len(columns), len(cells)))
    b = np.empty(len(a))
    for k, r in enumerate(rows):
        a[k, cells[:, 0] == r] = 1
        b[k] = counts[r, hidden[r]].sum()
    for k, c in enumerate(columns, start=len(rows)):
        a[k, cells[:, 1] == c] = 1
        b[k] = counts[hidden[:, c], c].sum()
    goal = np.zeros(len(cells))
    goal[which] = 1.0
    low = linprog(goal, A_eq=a, b_eq=b, bounds=(0, None), method="highs")
    high = linprog(-goal, A_eq=a, b_eq=b, bounds=(0, None), method="highs")
    return float(low.fun), float(-high.fun)

"""Small numbers kept out of what leaves the building: merged before they are blanked, and not to be worked out again.

One place for all outputs. Restricted outputs suppress nothing; board outputs merge a split by unit where it would show fewer
than five officers; counts of events for the public are rounded together, so that they add up and none of them tells more of
another than is said of it (controlled rounding; Cox & Ernst 1982, Hundepool et al. 2012, section 4.3.3).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .arrays import Floats, Ints, Rows
from .errors import ParameterError
from .params import AUDIENCES
from .sentence import phrase, sentence

LEAST = 5
OTHER = "other"
BASE = 5  # public numbers are rounded to it
LEAST_OF_PERCENT = 10  # fewer things than these have no percentage: one more or less would make it another
LEAST_SEARCHES = LEAST_OF_PERCENT  # under so many searches no share of finds is told of a place
FEW_RESULTS = sentence("under {n} searches with a result", n=LEAST_SEARCHES)
FEW_OFFICERS = phrase("fewer than five officers")
SOME_OF_FEW = phrase("fewer than five officers in one of these areas")


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


def merged_everywhere(officers: pd.DataFrame, least: int = LEAST, last_joins: bool = True) -> dict[str, str]:
    """One label of each group for all places, so that no hidden group follows from the totals and the other places.

    Groups with too few officers at any place where they have time are "other" at all; so that "other" is enough at each
    place, further groups join it, the smallest first.

    Parameters
    ----------
    officers : number of distinct officers, or a lower bound of it, by place (rows) and group (columns); NaN without time
    last_joins : whether one group that is left over joins the others; where numbers are exact it need not
    """
    officers = officers.sort_index(axis=1, kind="stable")
    return labels_of(officers.columns, *hidden_everywhere(officers.to_numpy(dtype=np.float64), least, last_joins))


def labels_of(groups: Sequence[object], order: Rows, hidden: int) -> dict[str, str]:
    """The label of each group, as :func:`hidden_everywhere` orders them and says how many are "other"."""
    return {str(groups[k]): OTHER if place < hidden else str(groups[k]) for place, k in enumerate(order)}


def hidden_everywhere(officers: Floats, least: int = LEAST, last_joins: bool = True) -> tuple[Rows, int]:
    """:func:`merged_everywhere` of numbers alone: (the columns, those of fewest officers first; how many of them are "other").

    Examples
    --------
    >>> order, hidden = hidden_everywhere(np.array([[9.0, 3.0, 7.0, 8.0], [9.0, np.nan, 6.0, 5.0]]))
    >>> order.tolist(), hidden
    ([1, 3, 2, 0], 2)
    """
    fewest = np.fmin.reduce(officers, axis=0, initial=np.nan)
    order = np.argsort(fewest, kind="stable")  # those without time at all are last
    hidden, there_at_all = int((fewest < least).sum()), int((~np.isnan(fewest)).sum())
    if hidden:
        together = np.fmax.reduce(officers[:, order[:hidden]], axis=1)  # officers of several groups may be the same
        while hidden < there_at_all and (together < least).any():
            together = np.fmax(together, officers[:, order[hidden]])
            hidden += 1
        hidden += last_joins and there_at_all - hidden == 1
    return order, int(hidden)


def rounded(values: ArrayLike, base: int = BASE) -> Floats:
    """Values rounded to a multiple of `base`, halves up.

    Examples
    --------
    >>> rounded([2, 2.5, 12]).tolist()
    [0.0, 5.0, 10.0]
    """
    return np.asarray(np.floor(np.asarray(values, dtype=np.float64) / base + 0.5) * base)


# --- counts that are rounded together -------------------------------------------------------------------------------------

# How much a total counts beside a cell: of one place, of one group in a part, of a part, of one group in all, of all.
_WEIGHTS = (1.0, 2.0, 2.0, 4.0, 4.0, 8.0)


def rounded_together(counts: pd.DataFrame, part_of: Sequence[str], mark: str = "", base: int = BASE) -> pd.DataFrame:
    """A table of counts with every cell a multiple of `base`, so that its sums are near those of the counts as well.

    Each cell, each sum of a row, of a part (rows together), of a column in a part, of a column and of all lies less than `base`
    from the true one; what is a multiple already stays. As near as may be, totals and small counts first. Published are cells and *their*
    sums, so that the table adds up.

    Nobody can tell from it a count to less than two on either side: take the published table for the true one and change one
    cell of it by up to two; then nearest multiples add up, and this function gives the very same table. A 0 may be 0, 1 or 2
    at the least, a 5 anything from 3 to 7, whatever else is known of the table, the rule included. Nothing is drawn at
    random: the same counts give the same table, so that repeats do not average out.

    Parameters
    ----------
    counts : whole numbers, 0 or more, by place (rows, none twice) and group (columns)
    part_of : the part that each row belongs to, such as its role
    mark : what the table is of, such as kind and month; settles ties, with the names of row and column

    Returns
    -------
    DataFrame of int, as `counts`.

    Raises
    ------
    ParameterError
        for what is no whole number of things.

    Examples
    --------
    Three places with one event each are 0, 0, 5 and together 5, not 0, 0, 0 and together 5:

    >>> int(rounded_together(pd.DataFrame({"x": [1, 1, 1]}, index=["a", "b", "c"]), ["p"] * 3)["x"].sum())
    5
    """
    values = counts.to_numpy(dtype=np.float64)
    if not np.isfinite(values).all() or (values < 0).any() or (values != np.floor(values)).any():
        raise ParameterError(
            "Counts are whole numbers of things, and nothing below 0.", "Give the counts without totals or shares."
        )
    if not values.size:
        return counts.astype(np.int64)
    part, parts = pd.factorize(np.asarray(part_of, dtype=object))
    cells = values.astype(np.int64)
    names = [str(i) for i in counts.index]
    groups = [str(c) for c in counts.columns]
    rounded_up = _rounded_up(cells, part, [names, [str(p) for p in parts], groups], mark, base)
    return pd.DataFrame((cells // base + rounded_up) * base, index=counts.index, columns=counts.columns)


def _rounded_up(cells: Ints, part: ArrayLike, names: list[list[str]], mark: str, base: int) -> Ints:
    """Which cells go up (1), the others down (0).

    Rows lie in parts and parts in the whole, columns in their total: of such sums every corner of the linear programme is
    whole, and the counts themselves lie inside of it, so that there always is one (Causey, Cox & Ernst 1985).
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    (places, parts, groups), (rows, columns) = names, cells.shape
    within = np.zeros((len(parts), rows), dtype=np.int64)
    within[part, np.arange(rows)] = 1
    of_parts = within @ cells
    tables = (
        cells,
        cells.sum(1)[:, None],
        of_parts,
        of_parts.sum(1)[:, None],
        of_parts.sum(0)[None],
        np.array([[cells.sum()]]),
    )
    values = np.concatenate([t.ravel() for t in tables])
    floors, left = values // base, values % base
    # Where a sum begins among the values; each is its parts' sum.
    cell, row, column, whole, group, every = np.cumsum([0, *(t.size for t in tables)])[:-1]
    at = np.arange(rows * columns)
    cell_of_part = column + np.asarray(part)[at // columns] * columns + at % columns
    inner = np.arange(of_parts.size)
    sums = np.concatenate(
        [
            row + at // columns,
            cell_of_part,
            whole + inner // columns,
            group + inner % columns,
            np.full(len(parts), every),
        ]
    )
    terms = np.concatenate([cell + at, cell + at, column + inner, column + inner, whole + np.arange(len(parts))])
    totals, which = np.unique(sums, return_inverse=True)
    constraint = np.r_[which, np.arange(len(totals))]
    signs = np.r_[np.ones(len(terms)), -np.ones(len(totals))]
    matrix = coo_matrix((signs, (constraint, np.r_[terms, totals])), shape=(len(totals), len(values))).tocsr()
    weights = np.repeat(_WEIGHTS, [t.size for t in tables])
    labels = [(p, g) for ps in (places, parts, ["(all)"]) for gs in (groups, ["(all)"]) for p in ps for g in gs]
    # Ties are settled by name, the same on each machine.
    ties = np.array([zlib.crc32("|".join((mark, *label)).encode()) for label in labels], dtype=np.float64) / 2**32
    # Of two that could give way the larger does: to a small count it would be much.
    cost = (base - 2 * left) * weights * (1 + (values < base) + 0.01 * ties)
    bounds = np.c_[np.zeros(len(values)), left > 0]
    solved = linprog(cost, A_eq=matrix, b_eq=-(matrix @ floors), bounds=bounds, method="highs-ds")
    return np.asarray(np.round(solved.x[: cells.size]), dtype=np.int64).reshape(cells.shape)

"""Sums of a summary table's kept rows: by place for figures, by place and word for groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..words import TINY
from .places import Place
from .summary_tables import Hours

Floats = NDArray[np.float64]


def by_place(
    hours: Hours, keep: Any, rows_of: Sequence[Sequence[str]], amounts: Mapping[str, Any]
) -> dict[str, Floats]:
    """Sums over kept rows for each place.

    Parameters
    ----------
    keep : rows of the table to count (bool, n)
    rows_of : for each place the ``area_id`` that make it up; places may share some
    amounts : arrays (n) to add up

    Returns
    -------
    One array (places) for each of `amounts`.
    """
    names, codes = hours.codes("area_id")
    rows = np.flatnonzero(keep)
    codes = codes[rows]
    members = rows_of_places(hours, rows_of)
    found = {}
    for name, values in amounts.items():
        of_area = np.bincount(codes, weights=np.asarray(values, np.float64)[rows], minlength=len(names))
        # A sum a place, not a product of matrices: an amount that is not known spoils only the places it is part of.
        found[name] = np.array([of_area[m].sum() for m in members], dtype=np.float64)
    return found


def by_word(hours: Hours, keep: Any, places: Sequence[Place], column: str, amounts: Any) -> pd.DataFrame:
    """Sums over kept rows by place and by the words of a column.

    Time at police sites counts only in places that have it, where the table tells it.

    Returns
    -------
    DataFrame, one row a place in their order, one column a word.
    """
    (names, area), (words, word) = hours.codes("area_id"), hours.codes(column)
    size = (len(names), len(words))
    with_sites = np.array([p.with_sites for p in places], dtype=bool)
    grid = np.zeros((len(places), size[1]))
    for some in np.unique(with_sites):
        rows = np.flatnonzero(keep if some else keep & outside_sites(hours))
        at = area[rows].astype(np.int64) * size[1] + word[rows]
        sums = np.bincount(at, weights=np.asarray(amounts, np.float64)[rows], minlength=size[0] * size[1]).reshape(size)
        for i in np.flatnonzero(with_sites == some):
            grid[i] = sums[_known(names, places[i].rows)].sum(axis=0)
    return pd.DataFrame(grid, columns=[str(w) for w in words])


def rows_of_places(hours: Hours, rows_of: Sequence[Sequence[str]]) -> list[NDArray[np.intp]]:
    """For each place the codes, in a table, of the ``area_id`` that make it up; those that the table lacks are left out."""
    names = hours.codes("area_id")[0]
    return [_known(names, some) for some in rows_of]


def any_part(counts: Any) -> bool:
    """Whether any count is no whole number, for events of uncertain time are shared over hours.

    >>> any_part([3.0, float("nan")]), any_part([3.0, 4.4])
    (False, True)
    """
    known = np.asarray(counts, dtype=np.float64)
    known = known[np.isfinite(known)]
    return bool((np.abs(known - np.round(known)) >= TINY).any())


def outside_sites(hours: Hours) -> Any:
    """Rows of a table that are no time at police sites; all rows of a table without activities."""
    return ~hours.among("activity", ("police_site",)) if "activity" in hours.table.columns else True


def _known(names: Mapping[Any, int], some: Sequence[str]) -> NDArray[np.intp]:
    return np.array([names[n] for n in some if n in names], dtype=np.intp)

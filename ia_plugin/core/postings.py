"""Who belonged where, when: unit, department, role and resource type joined to rows by officer and time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .columns import require
from .times.instants import nanoseconds
from .times.open_ends import fillers


def posting_of(table: pd.DataFrame, postings: pd.DataFrame, *, time: str = "time") -> NDArray[np.intp]:
    """Row of the posting that each row falls in, −1 where there is none; of overlapping postings the one begun last.

    After a secondment the posting that it lay in holds again.

    Parameters
    ----------
    table : rows with ``officer_id`` and the moment `time`
    postings : the postings table
    """
    require(postings, ("officer_id", "valid_from", "valid_to"), "postings")
    if not len(postings) or not len(table):
        return np.full(len(table), -1, dtype=np.intp)
    names = pd.Index(pd.unique(postings["officer_id"].astype(object)))
    codes, officers = pd.factorize(table["officer_id"])
    # Few officers stand behind many rows: each is looked up once; the last slot is for rows without one.
    who = np.r_[names.get_indexer(pd.Index(officers).astype(object)), -1][codes]
    moment, begin = nanoseconds(table[time]), nanoseconds(postings["valid_from"])
    order = np.lexsort((np.arange(len(begin)), begin, names.get_indexer(postings["officer_id"].astype(object))))
    code = names.get_indexer(postings["officer_id"].astype(object))[order]
    low = int(min(moment.min(), begin.min()))
    # One sorted key of officer and second, which is as fine as postings are.
    wide = (int(max(moment.max(), begin.max())) - low) // 10**9 + 2
    at = (
        np.searchsorted(code * wide + (begin[order] - low) // 10**9, who * wide + (moment - low) // 10**9, side="right")
        - 1
    )
    lasts = postings["valid_to"].isna() | fillers(pd.to_datetime(postings["valid_to"], utc=True))
    until = np.where(lasts, np.iinfo(np.int64).max, nanoseconds(postings["valid_to"]))
    found = np.full(len(table), -1, dtype=np.intp)
    open_ = np.flatnonzero((at >= 0) & (who >= 0))
    while len(open_):
        # From the posting begun last backwards, as long as it is the same officer's and is over.
        open_ = open_[code[at[open_]] == who[open_]]
        row = order[at[open_]]
        holds = moment[open_] < until[row]
        found[open_[holds]] = row[holds]
        open_ = open_[~holds]
        at[open_] -= 1
        open_ = open_[at[open_] >= 0]
    return found


def completed_by_postings(
    table: pd.DataFrame, postings: Optional[pd.DataFrame], columns: Mapping[str, str], *, time: str = "start"
) -> pd.DataFrame:
    """Rows with what the posting says that their time falls in, where they do not say it themselves.

    Parameters
    ----------
    table : rows with ``officer_id`` and the moment `time`
    postings : the postings table, if there is one
    columns : column of the rows -> column of the postings

    Returns
    -------
    The rows; the columns that postings have are categories, missing where neither says anything.

    Examples
    --------
    >>> at = pd.to_datetime(["2024-06-03", "2024-06-04"], utc=True)
    >>> rows = pd.DataFrame({"officer_id": ["a", "b"], "start": at, "unit": [None, "South"]})
    >>> of = pd.DataFrame({"officer_id": ["a", "b"], "valid_from": at, "valid_to": pd.NaT, "unit": ["North", "West"]})
    >>> completed_by_postings(rows, of, {"unit": "unit"})["unit"].tolist()
    ['North', 'South']
    """
    if postings is None or not len(postings) or not len(table):
        return table
    row, found = posting_of(table, postings, time=time), {}
    for name, source in columns.items():
        if source not in postings.columns:
            continue
        none: tuple[NDArray[np.intp], list[str]] = (np.full(len(table), -1, dtype=np.intp), [])
        own, words = pd.factorize(table[name]) if name in table.columns else none
        posted, more = pd.factorize(postings[source])
        place: dict[str, int] = {}
        of_own, of_posted = (np.array([*(place.setdefault(str(w), len(place)) for w in v), -1]) for v in (words, more))
        codes = np.where(own >= 0, of_own[own], of_posted[np.r_[posted, -1][row]])  # −1, no such word, is the last
        found[name] = pd.Categorical.from_codes(codes, list(place))
    return table.assign(**found)


def with_postings(
    table: pd.DataFrame,
    postings: pd.DataFrame,
    *,
    time: str = "time",
    columns: tuple[str, ...] = ("unit", "resource_type"),
) -> tuple[pd.DataFrame, int]:
    """Rows with what the posting says that their time falls in (unit, resource type, …); how many have none.

    What a row says of itself stays where no posting says otherwise. Where postings overlap, the one begun last counts.

    Parameters
    ----------
    table : rows with ``officer_id`` and the moment `time`
    postings : the postings table
    columns : what is taken over; where `postings` lacks one and the row too, it is empty
    """
    if not len(postings) or not len(table):
        return table, 0 if len(postings) else len(table)
    row = posting_of(table, postings, time=time)
    inside, which = row >= 0, np.maximum(row, 0)
    result = table.copy()
    for name in columns:
        own = (
            table[name].astype(object).to_numpy() if name in table.columns else np.full(len(table), None, dtype=object)
        )
        posted = postings[name].to_numpy(dtype=object)[which] if name in postings.columns else own
        found = np.where(inside & pd.notna(posted), posted, own)
        found[pd.isna(found)] = None
        result[name] = pd.Series(found, index=result.index, dtype=object)
    return result, int((~inside).sum())

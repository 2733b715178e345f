"""Who belonged where, when: unit, department, role and resource type laid to rows by officer and time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .instants import nanoseconds


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
    right = postings.sort_values("valid_from", kind="stable").reset_index(drop=True)
    moment = nanoseconds(table[time])
    left = pd.DataFrame(
        {"officer_id": table["officer_id"].astype(object).to_numpy(), "time": moment, "at": range(len(table))}
    )
    keys = pd.DataFrame(
        {"officer_id": right["officer_id"], "time": nanoseconds(right["valid_from"]), "number": range(len(right))}
    )
    joined = pd.merge_asof(left.sort_values("time", kind="stable"), keys, on="time", by="officer_id").sort_values("at")
    number = joined["number"].to_numpy(dtype=np.float64)
    which = np.where(np.isnan(number), 0, number).astype(np.intp)
    until = np.where(right["valid_to"].isna(), np.iinfo(np.int64).max, nanoseconds(right["valid_to"]))[which]
    inside = ~np.isnan(number) & (moment < until)
    result = table.copy()
    for name in columns:
        own = (
            table[name].astype(object).to_numpy() if name in table.columns else np.full(len(table), None, dtype=object)
        )
        posted = right[name].to_numpy(dtype=object)[which] if name in right.columns else own
        result[name] = np.where(inside & pd.notna(posted), posted, own)
    return result, int((~inside).sum())

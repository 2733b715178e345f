"""Tables that are only added to: what of their rows stands, where a later row takes the place of an earlier one."""

from __future__ import annotations

import pandas as pd


def standing(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows that no other one supersedes, in their order; a table without such columns stands as it is.

    Parameters
    ----------
    rows : with their own id in column `name`, and ``supersedes``: the id of the row that each stands in the place of

    Examples
    --------
    >>> notes = pd.DataFrame({"note_id": ["a", "b", None], "supersedes": [None, "a", None]})
    >>> standing(notes, "note_id").index.tolist()
    [1, 2]
    """
    if "supersedes" not in rows.columns or name not in rows.columns:
        return rows
    gone = rows["supersedes"].dropna()
    return rows[~(rows[name].notna() & rows[name].isin(gone))]


__all__ = ["standing"]

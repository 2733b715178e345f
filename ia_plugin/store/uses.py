"""What a store was used for, counted from its record of runs: never who looked at what."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.errors import StoreError
from ..core.sql import composed
from ..gpkg.geopackage import GeoPackage
from .open_summary import is_shared
from .summary import summary_path
from .tables import RESTRICTED

COLUMNS = ("what", "purpose", "audience", "outcome", "runs", "people", "first", "last")


def uses_of(folder: Union[str, Path]) -> Optional[pd.DataFrame]:
    """Runs, look-ups and exports of a store by what they were, why and for whom.

    Parameters
    ----------
    folder : of the store, or its summary file

    Returns
    -------
    DataFrame ``what, purpose, audience, outcome`` (words; "" where none), ``runs, people`` (how many, and how many users), ``first,
    last`` (UTC), by name; None where this user may not read the record.
    """
    try:
        rows = _record_of(folder)
    except StoreError:
        return None
    if rows is None:
        return None
    words = rows[list(COLUMNS[:4])].astype(object).where(rows[list(COLUMNS[:4])].notna(), "")
    # Why a run stopped is a sentence of its own: what counts here is whether it came to its end.
    words["outcome"] = (words["outcome"] == "done").map({True: "done", False: "stopped"})
    grouped = words.assign(at=rows["at"], who=rows["who"]).groupby(list(COLUMNS[:4]), sort=True)
    found = grouped.agg(runs=("at", "size"), people=("who", "nunique"), first=("at", "min"), last=("at", "max"))
    return found.reset_index()[list(COLUMNS)]


def _record_of(folder: Union[str, Path]) -> Optional[pd.DataFrame]:
    """``at, who`` and the first four of :data:`COLUMNS` of each row of a store's record; None where its file cannot be read."""
    names = ["at", "who", *COLUMNS[:4]]
    if is_shared(folder):
        from ..pgcopy.driver import Connection

        with Connection(str(folder)) as db:  # an auditor's login may, and an analyst's may not
            found = db.execute(composed("SELECT {names} FROM ia_records.runs ORDER BY run_id", names=names))
        rows = pd.DataFrame(found, columns=names)
        return rows.assign(at=pd.to_datetime(rows["at"], utc=True))
    path = summary_path(folder).with_name(RESTRICTED)
    if not path.is_file() or not os.access(path, os.R_OK):
        return None
    with GeoPackage(path, create=False) as package:
        return package.read("runs") if "runs" in package.tables() else pd.DataFrame(columns=names)


__all__ = ["uses_of"]

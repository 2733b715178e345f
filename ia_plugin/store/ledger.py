"""Rows that people add to the summary: notes, flags, figures. They are added, superseded, and never changed or removed.

Where there is a restricted file, what is added counts as one change of both: the record of runs has it, or nothing was done.
No key is needed, for no officer is in it; whoever may write both files may add.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Callable, Optional, Union

import pandas as pd

from ..core.columns import TABLES, refuse_personal
from ..core.disclosure.shown_texts import WRITTEN
from ..core.empty import empty_table
from ..core.errors import StoreError
from ..core.sentence import sentence
from ..core.superseded import standing
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, only_add_to
from .intents import Intent, Intents
from .interface import SummaryHome
from .marks import has_table
from .open_summary import SummaryFile, is_shared, opened_summary, summary_path
from .pair import only_half, refuse_newer, why_not_written
from .tables import INDEXES, RESTRICTED
from .writer_note import noted

BUSY_S = 10.0  # how long a person waits for another program
Check = Callable[[pd.DataFrame], None]
"""Called with the rows there are, before a row is added and while nobody else can write; raises to stop."""


def why_not_added(folder: Union[str, Path]) -> str:
    """Why this user cannot add to a store's summary; "" where they can."""
    if is_shared(folder):
        return ""  # what a login may do its role says
    path = summary_path(folder)
    for file in (path, path.parent / RESTRICTED):
        if file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
            return sentence("You may read this store and not write {file}.", file=file.name)
    return ""


def rows_of(folder: Union[str, Path], table: str) -> pd.DataFrame:
    """All rows of a table of people's own words, with every declared column; none where nobody has added one."""
    with opened_summary(folder, checked=True) as summary:
        return _rows(summary, table)


def add_row(
    folder: Union[str, Path],
    table: str,
    row: pd.DataFrame,
    *,
    run: Optional[pd.DataFrame] = None,
    check: Check = lambda _rows: None,
    busy_s: float = BUSY_S,
    alone: bool = True,
) -> None:
    """Add a row to a table of the summary.

    Parameters
    ----------
    row : of one line or several
    run : the row of the record of runs that goes with it; for a summary that stands alone there is no such record
    check : sees what is there, in the same transaction
    alone : whether a summary without a restricted file beside it may take the row, which is then on no record

    Raises
    ------
    StoreError
        where the files may not be written, are of another version or no pair, or another program holds them too long.
    """
    if is_shared(folder):
        _add_to_shared(str(folder), table, row, run, check)
        return
    why = why_not_added(folder)
    if why:
        raise StoreError(why, "Ask who keeps the store, or leave a file in its drop folder.")
    with _both(summary_path(folder), busy_s) as (summary, restricted):
        if restricted is None and not alone:
            raise only_half(summary.path.parent)
        if restricted is None or run is None:
            with summary.transaction():
                check(_rows(SummaryFile(summary), table))
                summary.append(table, row, INDEXES.get(table, ()))
                only_add_to(summary, table, f"the table of {table}")
            return
        intents = Intents(restricted, summary)
        what = f"addition to {table}"
        with ExitStack() as note:
            with restricted.transaction():
                note.enter_context(noted(summary.path.parent, what))
                intents.settle_summary()
                check(_rows(SummaryFile(summary), table))
                add_run(restricted, run)
                Intent(restricted, summary, what).put(table, row)
            intents.settle()
        with summary.transaction():
            only_add_to(summary, table, f"the table of {table}")


def refuse_superseded(name: str, mark: str, called: str) -> Check:
    """A check that the row to be superseded is there and still stands: of two who answer at once the second one is told.

    Parameters
    ----------
    name, mark : the column of ids, and the id of the row
    called : "note", for the message
    """

    def check(rows: pd.DataFrame) -> None:
        if not rows[name].eq(mark).any():
            raise StoreError(
                sentence("There is no such {what} in the store.", what=WRITTEN.get(called, called)),
                "Read the list again.",
            )
        if not standing(rows, name)[name].eq(mark).any():
            later = rows.loc[rows["supersedes"].eq(mark), "recorded_at"].iloc[0]
            raise StoreError(
                sentence(
                    "The {what} was superseded by somebody else at {moment:%Y-%m-%d %H:%M} UTC.",
                    what=WRITTEN.get(called, called),
                    moment=pd.Timestamp(later),
                ),
                "Read the list again; nothing was written.",
            )

    return check


def _add_to_shared(target: str, table: str, row: pd.DataFrame, run: Optional[pd.DataFrame], check: Check) -> None:
    """Add rows to a table of a shared store, each with its line of the record of runs."""
    from .postgis.home import PostgisStore

    refuse_personal(map(str, row.columns), table)
    with PostgisStore(target) as shared, shared.adding_to(table):
        check(_rows(shared, table))
        shared.add_to(table, row, run)


def _rows(summary: SummaryHome, table: str) -> pd.DataFrame:
    declared = TABLES[table]
    if table not in summary.tables():
        return empty_table(declared)
    found = summary.read(table)
    lacking = {c: pd.Series([None] * len(found), dtype=object) for c in declared.names if c not in found.columns}
    return found.assign(**lacking)


@contextmanager
def _both(path: Path, busy_s: float) -> Iterator[tuple[GeoPackage, Optional[GeoPackage]]]:
    """The summary, and the restricted file beside it where there is one, to be written."""
    with ExitStack() as files:
        summary = files.enter_context(GeoPackage(path, create=False, busy_s=busy_s, check=refuse_personal))
        refuse_newer(path.name, summary)
        beside = path.parent / RESTRICTED
        restricted = None
        if beside.is_file() and path.name != RESTRICTED:
            restricted = files.enter_context(GeoPackage(beside, create=False, busy_s=busy_s))
            fault = why_not_written(restricted, summary)
            if fault is not None:
                raise fault
            if not has_table(restricted, "intents"):
                raise StoreError("The store is of an earlier version.", "Run Daily refresh once, then try again.")
        if not (summary.may_write and (restricted is None or restricted.may_write)):
            raise StoreError(
                sentence(
                    "The files in {folder!r}, or their folder, are protected against writing.", folder=str(path.parent)
                ),
                "Ask who keeps the store, or leave a file in its drop folder.",
            )
        yield summary, restricted


__all__ = ["add_row", "refuse_superseded", "rows_of", "why_not_added"]

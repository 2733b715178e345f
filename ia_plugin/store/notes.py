"""Notes on the data by those who may write the store: a new system, an outage, an operation. Superseded, and never edited.

A board and the public read the kind of a note alone; the text is for those who work with the data.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.columns import NOTE_KINDS, NOTES, WITHDRAWN
from ..core.disclosure.shown_texts import guarded_role, guarded_text, safe_notes
from ..core.errors import ParameterError, StoreError
from ..core.sentence import sentence
from ..core.superseded import standing
from ..core.times.civil import moment_of
from .audit import run_row
from .ledger import add_row, refuse_superseded, rows_of
from .open_summary import opened_summary
from .summary import read_store_areas

WHAT = "note on the data"  # in the record of runs
ANALYST = "analyst"


def add_note(
    folder: Union[str, Path],
    *,
    kind: str,
    first: date,
    last: Optional[date] = None,
    area_id: Optional[str] = None,
    text: str,
    author: str = ANALYST,
    supersedes: Optional[str] = None,
    at: pd.Timestamp,
    version: str,
) -> str:
    """Write a note into a store, or put one in the place of another, which stays in the file; its id.

    Parameters
    ----------
    kind : one of `NOTE_KINDS`
    first, last : civil days of the store's time zone, both included; `last` None for a change on one day
    area_id : an area of the store; None for all
    text : one sentence that names nobody
    author : a role
    supersedes : id of the note that it stands in the place of; None for a new one

    Raises
    ------
    ParameterError
        for a kind, days or an area that there are not, and for no text.
    PrivacyError
        for a text or an author that may name a person.
    StoreError
        where the store may not be written, there is no such note, or somebody else superseded it before.

    Examples
    --------
    ``add_note(folder, kind="outage", first=date(2024, 6, 3), text="No radio masts in the north.", at=now, version="0.2.0")``
    """
    row = _checked(folder, kind, first, last, area_id, text, author)
    return _write(folder, row, supersedes, at, version)


def withdraw_note(folder: Union[str, Path], note_id: str, *, at: pd.Timestamp, version: str) -> str:
    """Take a note back: it stands no more, and stays in the file. Raises as :func:`add_note`."""
    rows = rows_of(folder, NOTES.name)
    found = rows[rows["note_id"].eq(note_id)]
    if not len(found):
        raise StoreError("There is no such note in the store.", "Read the list again.")
    kept = found.iloc[0][["from", "to", "area_id"]]
    row = {**kept, "kind": WITHDRAWN, "text": "taken back", "author": ANALYST}
    return _write(folder, row, note_id, at, version)


def read_notes(folder: Union[str, Path]) -> pd.DataFrame:
    """The notes that stand, with their text, the latest first: for those who work with the data, not for a board."""
    rows = safe_notes(standing(rows_of(folder, NOTES.name), "note_id"))
    shown = rows[~rows["kind"].eq(WITHDRAWN)]
    return shown.sort_values("from", ascending=False, kind="stable").reset_index(drop=True)


def _checked(
    folder: Union[str, Path], kind: str, first: date, last: Optional[date], area_id: Optional[str], text: str, author: str
) -> dict[str, object]:  # fmt: skip
    if kind not in NOTE_KINDS:
        raise ParameterError(
            sentence("{kind!r} is no kind of note.", kind=kind),
            sentence("Choose one of: {choices}.", choices=", ".join(NOTE_KINDS)),
        )
    if last is not None and last < first:
        raise ParameterError(
            sentence("The note begins on {first} and ends before, on {last}.", first=first, last=last),
            "Swap the two days.",
        )
    if area_id is not None and area_id not in set(read_store_areas(folder)["area_id"].astype(str)):
        raise ParameterError("The area of the note is not in the store.", "Choose one of the areas of the store.")
    with opened_summary(folder) as summary:
        zone = summary.timezone
    after = pd.Timestamp(last or first) + timedelta(days=1)
    return {
        "from": moment_of(pd.Timestamp(first), zone),
        "to": moment_of(after, zone) - pd.Timedelta(1, "s"),
        "area_id": area_id,
        "text": guarded_text(text, "note"),
        "author": guarded_role(author, "author") or ANALYST,
        "kind": kind,
    }


def _write(
    folder: Union[str, Path], row: dict[str, object], supersedes: Optional[str], at: pd.Timestamp, version: str
) -> str:
    note_id = uuid.uuid4().hex
    values = {**row, "note_id": note_id, "recorded_at": at, "supersedes": supersedes}
    table = pd.DataFrame([values])
    for name in ("from", "to", "recorded_at"):
        table[name] = pd.to_datetime(table[name], utc=True)
    parameters = {"note": note_id, "kind": row["kind"], "supersedes": supersedes}
    run = run_row(WHAT, at=at, version=version, parameters=parameters)
    check = refuse_superseded("note_id", supersedes, "note") if supersedes else (lambda _rows: None)
    add_row(folder, NOTES.name, table, run=run, check=check)
    return note_id


__all__ = ["add_note", "read_notes", "withdraw_note"]

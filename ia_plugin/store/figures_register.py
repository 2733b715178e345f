"""Figures that were copied, kept so that they can be opened again: in the store where it may be written, and with the user.

The user's register is a file of lines, one figure each, in a folder of their own (QGIS's profile). A line that is cut off or was
changed by hand is passed over.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.answers.register import MOST, Entry, read_entry
from ..core.columns import FIGURES
from ..core.errors import FileError, ImpactAreaError, StoreError
from ..core.write_file import append_line
from ..gpkg.geopackage import GeoPackage
from .ledger import add_row, rows_of, why_not_added
from .marks import STORE, marks_of
from .open_summary import is_shared, opened_summary
from .summary import summary_path

USERS_FILE = "figures.jsonl"  # in the plugin's folder of the user's profile
SOON_S = 2.0  # a copy does not wait for a refresh at night: then the user's own register has it
LARGEST = 50_000_000  # bytes of the user's file that are read, from its end


def register(entry: Entry, folder: Optional[Union[str, Path]], users_file: Optional[Path]) -> list[str]:
    """Keep a figure; where it could be kept: "store", "user". A figure with the same values that is there already is not added again.

    Parameters
    ----------
    entry : see :func:`~ia_plugin.core.answers.register.entry_of`
    folder : the store; None for none
    users_file : the user's own register; None for none

    Notes
    -----
    A register that cannot be written stops nobody's copy: then the place is not in the answer.
    """
    places = []
    entry = replace(entry, store=_store_of(folder))
    if users_file is not None:
        try:
            if not any(entry.says_as(known) for known in of_user(users_file, entry.code.number)):
                append_line(users_file, json.dumps(entry.as_row(), sort_keys=True))
            places.append("user")
        except FileError:
            pass
    if folder is not None:
        try:
            if not why_not_added(folder):
                if not any(entry.says_as(known) for known in of_store(folder, entry.code.number)):
                    add_row(folder, FIGURES.name, entry.as_table(), busy_s=SOON_S)
                places.append("store")
        except StoreError:
            pass
    return places


def found_in_registers(number: str, folder: Optional[Union[str, Path]], users_file: Optional[Path]) -> list[Entry]:
    """What registers have of a figure, the first copy first; each set of values as often as a register has it."""
    store = _store_of(folder)
    # A number says nothing of the store: a demo that was made anew has the same ones for other figures.
    found = [e for e in of_user(users_file, number) if e.store == store] if users_file is not None else []
    if folder is not None:
        try:
            found += of_store(folder, number)
        except ImpactAreaError:  # a store that cannot be read now: the user's own register may know
            pass
    return sorted(found, key=lambda e: e.registered_at)


def _store_of(folder: Optional[Union[str, Path]]) -> str:
    """The id of a store; "" for none, and for one that cannot be read now."""
    if folder is None:
        return ""
    try:
        if is_shared(folder):
            with opened_summary(folder) as summary:
                return str(summary.mark)
        with GeoPackage(summary_path(folder), create=False, busy_s=SOON_S) as package:
            return marks_of(package).get(STORE, "")
    except StoreError:
        return ""


def of_store(folder: Union[str, Path], number: str) -> list[Entry]:
    """What the store's register has of a figure."""
    rows = rows_of(folder, FIGURES.name)
    return _entries(rows[rows["number"] == number])


def of_user(path: Path, number: str) -> list[Entry]:
    """What the user's register has of a figure; nothing where there is no such file."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, path.stat().st_size - LARGEST))
            lines = file.read(LARGEST).split(b"\n")
    except OSError:
        return []
    mark = number.encode()
    rows = [row for line in lines if mark in line and len(line) <= MOST and (row := _row(line)) is not None]
    return _entries(pd.DataFrame([r for r in rows if r.get("number") == number], dtype=object))


def _row(line: bytes) -> Optional[dict[str, object]]:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _entries(rows: pd.DataFrame) -> list[Entry]:
    found = []
    for row in rows.to_dict("records"):
        try:
            found.append(read_entry({str(k): v for k, v in row.items()}))
        except ValueError:
            continue
    return found


__all__ = ["USERS_FILE", "found_in_registers", "of_store", "of_user", "register"]

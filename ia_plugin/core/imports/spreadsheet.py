"""A sheet of a spreadsheet as a source of rows: title rows above the header, blank rows and footers are none of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Optional, Union
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

import numpy as np
import pandas as pd

from ..cells import unmarked_rows
from ..errors import FileError
from . import ods, xlsx
from .file_state import EMPTY, first_bytes, shown_name
from .footers import TAIL, footer_length
from .table_rows import BATCH, TableRows
from .text_form import distinct, header_of, plain
from .textfile import Chunk, content_hash, repeats_header
from .unpack import BROKEN, check_unpacked_size

READERS: dict[str, Any] = {".xlsx": xlsx, ".xlsm": xlsx, ".ods": ods}
MOST_ROWS = 1 << 20  # of a sheet, in Excel and in LibreOffice
MOST_ABOVE = 180  # rows among which the header is looked for
_SHEET = "|layername="


def is_spreadsheet(path: Union[str, Path]) -> bool:
    """Whether a file is a spreadsheet that is read here, by its name; a sheet may be named behind it."""
    return Path(str(path).partition("|")[0]).suffix.lower() in READERS


class SpreadsheetSource(TableRows):
    """A sheet of an Excel workbook (.xlsx) or an OpenDocument spreadsheet (.ods).

    Parameters
    ----------
    path : the file; a sheet may be named behind it as QGIS does (``book.xlsx|layername=June``), else the sheet is taken
        whose header has most names that are known, the first of several
    known : plain names by which a header is known

    Raises
    ------
    FileError
        where there is no such file or sheet, or it holds no table.
    """

    def __init__(self, path: Union[str, Path], *, known: frozenset[str] = frozenset()) -> None:
        file, _, named = str(path).partition(_SHEET)
        self.path, self.hash = Path(file), ""
        first_bytes(self.path)
        self.sheets, tables, self.since_1904 = _tables(self.path, named or None)
        found = [(known_names, table) for table in tables if (known_names := _known_names(table[1], known)) is not None]
        best = max(found, key=lambda f: f[0], default=(0, tables[0]))[1]
        self.sheet, rows = best
        name = shown_name(self.path)
        self.name = name if len(self.sheets) == 1 else f"{name} ({self.sheet})"
        line, header = header_of(rows[:MOST_ABOVE], known, self.name)
        self._table, self._blank = _below(rows, line, header)

    @property
    def remarks(self) -> list[str]:
        """What must be known of the file before its rows are used."""
        others = [s for s in self.sheets if s != self.sheet]
        if not others:
            return []
        typed = f"{self.path.name}{_SHEET}{others[0]}"
        return [f"Read is the sheet {self.sheet!r}; {', '.join(map(repr, others))} is not. Name another so: {typed}"]

    def content(self) -> str:
        """SHA-256 of the file, and of the sheet's name where it has several."""
        mark = content_hash(self.path)
        return mark if len(self.sheets) == 1 else hashlib.sha256(f"{mark}|{self.sheet}".encode()).hexdigest()

    def chunks(self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = ()) -> Iterator[Chunk]:
        wanted = self.columns if columns is None else [c for c in self.columns if c in set(columns)]
        again = repeats_header(self._table)
        for start in range(0, max(1, len(self._table)), BATCH):
            part, repeated = self._table.iloc[start : start + BATCH], again[start : start + BATCH]
            yield Chunk(
                part[~repeated][wanted], repeated_headers=int(repeated.sum()), blank=0 if start else self._blank
            )
        self.hash = self.content()


def _tables(path: Path, named: Optional[str]) -> tuple[list[str], list[tuple[str, list[xlsx.Row]]], bool]:
    """Names of all sheets; name and rows of those that may be read; whether days are counted from 1904.

    Read is the sheet that is named, else all that have rows.
    """
    reader, name = READERS[path.suffix.lower()], shown_name(path)
    try:
        with ZipFile(path) as book:
            check_unpacked_size(book, name)
            names = reader.sheet_names(book)
            if named is not None and named not in names:
                raise FileError(f"{name!r} has no sheet {named!r}.", f"It has {', '.join(map(repr, names))}.")
            since_1904 = reader.since_1904(book)
            tables = [(n, _all_rows(reader.sheet_rows(book, n), name)) for n in ([named] if named else names)]
    except (*BROKEN, ParseError, KeyError, OSError, ValueError, IndexError, OverflowError):
        # What they say may quote a cell.
        raise FileError(
            f"{name!r} cannot be read as a spreadsheet: it is damaged, has a password, or is another sort of file.",
            "Take its password away, save it again, or save the sheet as CSV UTF-8.",
        ) from None
    filled = [(n, rows) for n, rows in tables if any(any(cells) for _, cells in rows)]
    if not filled:
        raise FileError(f"{name!r} is empty.", EMPTY)
    return names, filled, since_1904


def _all_rows(rows: Iterator[xlsx.Row], name: str) -> list[xlsx.Row]:
    """Rows of a sheet, which has no more of them than programs write."""
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise FileError(f"{name!r} has a sheet of over {MOST_ROWS:,} rows: none can have that.", "Export it as CSV.")
    return found


def _known_names(rows: list[xlsx.Row], known: frozenset[str]) -> Optional[int]:
    """How many known names the header of a sheet has; None where it has no header."""
    try:
        _, header = header_of(rows[:MOST_ABOVE], known, "")
    except FileError:
        return None
    return len(known & {plain(c) for c in header})


def _below(rows: list[xlsx.Row], line: int, header: list[str]) -> tuple[pd.DataFrame, int]:
    """The rows under the header as a table, NaN where a cell is empty, its index the lines; and how many are blank or footers."""
    width = max([len(header), *(len(cells) for number, cells in rows if number > line and any(cells))])
    names = distinct([*header, *(f"column#{k + 1}" for k in range(len(header), width))])
    body = [(number, cells + [""] * (width - len(cells))) for number, cells in rows if number > line]
    body = body[: len(body) - footer_length([c if any(c) else [] for _, c in body[-TAIL:]], len(header))]
    full = [(number, cells) for number, cells in body if any(c.strip() for c in cells)]
    table = pd.DataFrame([c for _, c in full], columns=names, index=[n for n, _ in full], dtype=object)
    blank = sum(number > line for number, _ in rows) - len(full)
    if len(table):
        table = table.where(table.apply(lambda column: column.str.strip() != ""), np.nan)
    return unmarked_rows(table), blank

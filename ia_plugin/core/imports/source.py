"""Where the rows of an import come from: a text file, a spreadsheet, a Parquet file, or a table in memory."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Optional, Protocol, Union

import numpy as np
import pandas as pd

from ..errors import FileError
from .parquet_source import ParquetSource, is_parquet
from .roles import KINDS
from .spreadsheet import SpreadsheetSource, is_spreadsheet
from .table_rows import BATCH, TableRows
from .text_form import plain
from .textfile import Chunk, TextFile


class Source(Protocol):
    """Rows in chunks; ``hash`` is complete after the last, ``content()`` gives it before.

    ``in_one_part`` where it is known that all rows come as one chunk.
    """

    name: str
    hash: str

    @property
    def columns(self) -> list[str]: ...

    @property
    def in_one_part(self) -> bool: ...

    def sample(self, rows: int = 2_000) -> pd.DataFrame: ...

    def content(self) -> str: ...

    def chunks(self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = ()) -> Iterator[Chunk]: ...


def open_source(
    path: Union[str, Path], kind: str, *, encoding: Optional[str] = None, delimiter: Optional[str] = None
) -> Source:
    """A file as a source of rows of `kind`; spreadsheets by their names, Parquet by its name or first bytes, all else as text.

    Raises
    ------
    FileError
        where there is no such file, or it holds no table.
    """
    if is_spreadsheet(path):
        return SpreadsheetSource(path, known=all_names())
    if is_parquet(path):
        return ParquetSource(path)
    known = frozenset(k for role in KINDS[kind] for k in role.known) if kind in KINDS else all_names()
    return TextFile(path, encoding=encoding, delimiter=delimiter, known=known)


def all_names() -> frozenset[str]:
    """Every name that any kind of extract gives a column."""
    return frozenset(k for roles in KINDS.values() for role in roles for k in role.known)


def files_of(pattern: str) -> list[str]:
    """Files that a path or a pattern names, by name; several patterns are parted by ``;``.

    Raises
    ------
    FileError
        where nothing is found.
    """
    found: list[str] = []
    for part in (p.strip() for p in pattern.split(";")):
        if not part:
            continue
        if glob.has_magic(part) and not Path(part).exists():
            matched = sorted(p for p in glob.glob(part, recursive=True) if Path(p).is_file())
            if not matched:
                raise FileError(f"No file is named {part!r}.", "Check the folder and the pattern.")
            found += matched
        else:
            found.append(part)
    if not found:
        raise FileError("No file was named.", "Give a file, or a pattern such as folder/*.csv.")
    return list(dict.fromkeys(found))


class TableSource(TableRows):
    """A table in memory, from a layer."""

    def __init__(self, table: pd.DataFrame, name: str, first_row: int = 1) -> None:
        self._table, self.name = table, name
        self._table.index = pd.RangeIndex(first_row, first_row + len(table))
        self.hash = ""

    def content(self) -> str:
        """SHA-256 of what the table says."""
        digest = hashlib.sha256("|".join(self.columns).encode())
        for start in range(0, len(self._table), BATCH):
            part = self._table.iloc[start : start + BATCH].astype(str)
            digest.update(np.ascontiguousarray(pd.util.hash_pandas_object(part, index=False)).tobytes())
        return digest.hexdigest()

    def chunks(self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = ()) -> Iterator[Chunk]:
        wanted = self.columns if columns is None else [c for c in self.columns if c in set(columns)]
        for start in range(0, max(1, len(self._table)), BATCH):
            yield Chunk(self._table.iloc[start : start + BATCH][wanted])
        self.hash = self.content()


def left_out(source: Source, wanted: list[str]) -> list[str]:
    """Columns of a source that are not read; private ones too, which are never offered."""
    return [c for c in source.columns if c not in set(wanted)]


__all__ = ["ParquetSource", "Source", "TableSource", "all_names", "files_of", "left_out", "open_source", "plain"]

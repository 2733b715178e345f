"""Where the rows of an import come from: a text file, a spreadsheet, a Parquet file, or a table in memory."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Optional, Protocol, Union

import numpy as np
import pandas as pd

from ..errors import FileError, ImpactAreaError
from .roles import KINDS
from .spreadsheet import SpreadsheetSource, is_spreadsheet
from .table_rows import BATCH, TableRows
from .text_form import plain
from .textfile import Chunk, TextFile, content_hash

PARQUET = (".parquet", ".pq", ".geoparquet")


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
    """A file as a source of rows of `kind`; Parquet and spreadsheets by their names, all else as text.

    Raises
    ------
    FileError
        where there is no such file, or it holds no table.
    """
    if is_spreadsheet(path):
        return SpreadsheetSource(path, known=all_names())
    if Path(path).suffix.lower() in PARQUET and not Path(path).is_dir():
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


class ParquetSource:
    """A Parquet file, where pyarrow is installed."""

    def __init__(self, path: Union[str, Path]) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise ImpactAreaError(
                f"{Path(path).name!r} is a Parquet file, and pyarrow is not installed.",
                "Install pyarrow, or export the data as CSV.",
            ) from None
        self.path, self.name, self.hash = Path(path), Path(path).name, ""
        if not self.path.is_file():
            raise FileError(f"There is no file {str(path)!r}.", "Check the path.")
        try:
            self._file = parquet.ParquetFile(self.path)
        except (pyarrow.ArrowException, OSError) as error:
            raise FileError(f"{self.name!r} cannot be read as Parquet ({error}).", "Export it again.") from None

    @property
    def columns(self) -> list[str]:
        return [str(n) for n in self._file.schema_arrow.names]

    def content(self) -> str:
        """SHA-256 of the file."""
        return content_hash(self.path)

    @property
    def in_one_part(self) -> bool:
        return False  # row groups may end a batch early

    def sample(self, rows: int = 2_000) -> pd.DataFrame:
        for batch in self._file.iter_batches(batch_size=rows):
            return _plain(batch.to_pandas())
        return pd.DataFrame(columns=self.columns, dtype=object)

    def chunks(self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = ()) -> Iterator[Chunk]:
        wanted = self.columns if columns is None else [c for c in self.columns if c in set(columns)]
        row = 1
        for batch in self._file.iter_batches(batch_size=BATCH, columns=wanted):
            part = _plain(batch.to_pandas())
            part.index = pd.RangeIndex(row, row + len(part))
            row += len(part)
            yield Chunk(part[wanted])
        self.hash = content_hash(self.path)


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Categories as their words, bytes as text."""
    for name in table.columns:
        column: Any = table[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            table[name] = column.astype(object)
        elif column.dtype == object and len(column) and isinstance(column.iloc[0], bytes):
            table[name] = column.map(lambda v: v.decode("utf-8", "replace") if isinstance(v, bytes) else v)
    return table


def left_out(source: Source, wanted: list[str]) -> list[str]:
    """Columns of a source that are not read; private ones too, which are never offered."""
    return [c for c in source.columns if c not in set(wanted)]


__all__ = ["ParquetSource", "Source", "TableSource", "all_names", "files_of", "left_out", "open_source", "plain"]

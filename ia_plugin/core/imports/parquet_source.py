"""A Parquet file as a source of rows: whatever its types, cells that stand for themselves; where it is damaged, a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Union

import pandas as pd

from ..errors import FileError, ImpactAreaError
from .file_state import file_facts, first_bytes, shown_name
from .table_rows import BATCH
from .text_form import distinct
from .textfile import Chunk, content_hash

if TYPE_CHECKING:
    import pyarrow

ENDINGS = (".parquet", ".pq", ".geoparquet")
MAGIC = b"PAR1"


def is_parquet(path: Union[str, Path]) -> bool:
    """Whether a file is Parquet: by its name, or by how it begins."""
    path = Path(path)
    if path.is_dir():
        return False
    return path.suffix.lower() in ENDINGS or (path.is_file() and first_bytes(path, 4) == MAGIC)


class ParquetSource:
    """A Parquet file, where pyarrow is installed.

    Columns of one name are told apart as those of a text file are. Times that pandas cannot hold come as text, so that the
    reader of times counts and names them.

    Raises
    ------
    FileError
        for a file that is none, is damaged, or has lists or structures in a column that is read.
    """

    def __init__(self, path: Union[str, Path]) -> None:
        self.path, self.name, self.hash = Path(path), shown_name(path), ""
        file_facts(self.path)
        try:
            from pyarrow import parquet
        except ImportError:
            raise ImpactAreaError(
                f"{self.name!r} is a Parquet file, and pyarrow is not installed.",
                "Install pyarrow, or export the data as CSV.",
            ) from None
        first_bytes(self.path)
        with self._undamaged("cannot be read as Parquet: it is damaged, or was not copied whole"):
            self._file = parquet.ParquetFile(self.path)
            self._schema = self._file.schema_arrow
            self._names = distinct([str(n) for n in self._schema.names])

    @property
    def columns(self) -> list[str]:
        return list(self._names)

    def content(self) -> str:
        """SHA-256 of the file."""
        return content_hash(self.path)

    @property
    def in_one_part(self) -> bool:
        return False  # row groups may end a batch early

    def sample(self, rows: int = 2_000) -> pd.DataFrame:
        for part in self._parts(self._names, rows):
            return part
        return self._nothing(self._names)

    def chunks(self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = ()) -> Iterator[Chunk]:
        wanted = self._names if columns is None else [c for c in self._names if c in set(columns)]
        nested = [n for n, t in zip(self._names, self._schema.types) if n in wanted and _is_nested(t)]
        if nested and columns is not None:
            raise FileError(
                f"{self.name!r}: the column {nested[0]!r} holds lists or structures, not one value in each row.",
                "Export it with one value in each cell.",
            )
        row = 1
        for part in self._parts(wanted, BATCH):
            part.index = pd.RangeIndex(row, row + len(part))
            row += len(part)
            yield Chunk(part)
        if row == 1:
            yield Chunk(self._nothing(wanted))
        self.hash = content_hash(self.path)

    def _nothing(self, wanted: list[str]) -> pd.DataFrame:
        return pd.DataFrame(columns=wanted, dtype=object)

    def _parts(self, wanted: list[str], rows: int) -> Iterator[pd.DataFrame]:
        """The rows batch by batch, columns under our names."""
        named = self._schema.names
        # A name that stands twice, or has a point in it, is none that pyarrow could pick a column by.
        able = len(set(named)) == len(named) and not any("." in n for n in named)
        some = dict(columns=wanted) if able else {}
        names = [n for n in self._names if n in set(wanted)] if able else self._names
        batches = self._file.iter_batches(batch_size=rows, **some)
        while True:
            with self._undamaged("is damaged: its rows cannot be read to the end"):
                batch = next(batches, None)
                if batch is None:
                    return
                if not batch.num_rows:
                    continue
                cells = {n: _cells(column) for n, column in zip(names, batch.columns) if n in set(wanted)}
            yield pd.DataFrame(cells)[wanted]

    @contextmanager
    def _undamaged(self, what: str) -> Iterator[None]:
        """Raise :class:`FileError` where pyarrow cannot read the file; what it says may hold values of it."""
        import pyarrow

        try:
            yield
        except (pyarrow.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError) as error:
            if isinstance(error, (PermissionError, FileNotFoundError)):
                first_bytes(self.path)
            raise FileError(f"{self.name!r} {what}.", "Copy or export it again.") from error


def _is_nested(kind: pyarrow.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_nested(kind)) or (types.is_dictionary(kind) and bool(types.is_nested(kind.value_type)))


def _cells(column: pyarrow.Array) -> pd.Series:
    """A column's cells: numbers, moments and truths as they are, all else as text."""
    import pyarrow
    from pyarrow import types

    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind: Any = column.type
    if isinstance(kind, pyarrow.BaseExtensionType):
        column = column.storage
        kind = column.type
    if types.is_timestamp(kind):
        return _moments(column)
    if types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind):
        return _as_text(column, lambda v: v.decode("utf-8", "replace"))
    if types.is_date(kind) or types.is_time(kind):
        return _as_text(column.cast(pyarrow.string()), str)
    numbers = types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind)
    if numbers and not (types.is_integer(kind) and column.null_count):
        return pd.Series(column.to_pandas())
    if types.is_integer(kind):
        return _whole_numbers(column)
    return _as_text(column, str)


def _whole_numbers(column: pyarrow.Array) -> pd.Series:
    """Whole numbers beside empty cells: as floats, unless an id among them is too long for one."""
    values = [v for v in column.to_pylist() if v is not None]
    if all(abs(v) <= 1 << 53 for v in values):
        return pd.Series(column.to_pandas())
    return _as_text(column, str)


def _moments(column: pyarrow.Array) -> pd.Series:
    """Moments; as text where pandas cannot hold one of them (the year 1, or 9999)."""
    import pyarrow

    try:
        return pd.Series(column.cast(pyarrow.timestamp("ns", column.type.tz)).to_pandas())
    except (pyarrow.ArrowException, ValueError, OverflowError):
        zone = "Z" if column.type.tz else ""
        plain = column.cast(pyarrow.timestamp(column.type.unit)).cast(pyarrow.string())
        return _as_text(plain, lambda v: f"{v}{zone}")


def _as_text(column: pyarrow.Array, text: Any) -> pd.Series:
    return pd.Series([None if v is None else text(v) for v in column.to_pylist()], dtype=object)

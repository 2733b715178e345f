"""One text file of rows: its encoding, delimiter and header found from its first lines, its rows in chunks."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..cells import MARKED_BYTES, unmarked_rows
from ..errors import FileError
from ..references import SPELLINGS
from ..texts import holds_text
from .file_state import EMPTY, file_facts, shown_name
from .footers import notices
from .records import Records, only, records_of
from .text_form import delimiter_of, encoding_of, first_records, header_of, is_utf8, readable
from .unpack import FileBytes, Unpacked
from .unpack import readable as readable_bytes

BLOCK = 24 << 20  # bytes up to which a file is read at once: 250,000 rows of many columns, half a million of few
# Blocks of a longer file are so many times smaller: a row takes a kilobyte while it is read, whatever is in it.
OF_MANY = 3
SAMPLE = 1 << 18  # bytes from which the form is told

RAGGED = "another number of cells than the header"
UNCLOSED = "a quote that is never closed"
DAMAGED = "a NUL byte"
NOT_TEXT = "bytes that are not in the file's encoding"


@dataclass(frozen=True)
class Chunk:
    """Rows of a file as text.

    Attributes
    ----------
    rows : DataFrame of str, NaN where a cell is empty; columns as the header names them, the index the line in the file
    rejects : DataFrame ``row, reason, remedy`` of rows that are no rows of this table
    repeated_headers : rows that repeat the header (files put one behind the other)
    blank : rows without anything in them, and lines about the table (a footer, a line drawn under the header)
    searched : whether what stands for nothing (NULL, N/A) is NaN already
    """

    rows: pd.DataFrame
    rejects: pd.DataFrame = field(default_factory=lambda: rejects_of([], ""))
    repeated_headers: int = 0
    blank: int = 0
    searched: bool = False


def rejects_of(rows: Any, reason: str, remedy: str = "") -> pd.DataFrame:
    """A table of rejects, all for one reason."""
    return pd.DataFrame({"row": np.asarray(rows, dtype=np.int64), "reason": reason, "remedy": remedy})


class TextFile:
    """A CSV or the like, read in blocks; its content hash is known once it was read whole.

    Parameters
    ----------
    path : the file; gzip and a zip archive of one file are unpacked
    encoding, delimiter : found from the file where not given
    known : plain header names (see :func:`plain`) by which the header row is told from what may stand before it

    Raises
    ------
    FileError
        where there is no such file, or it holds no table.
    """

    def __init__(
        self,
        path: Union[str, Path],
        *,
        encoding: Optional[str] = None,
        delimiter: Optional[str] = None,
        known: frozenset[str] = frozenset(),
    ) -> None:
        self.path = Path(path)
        self.name = shown_name(self.path)
        self._state = file_facts(self.path)
        with Unpacked(self.path) as stream:
            sample, self._packed = stream.read(SAMPLE), stream.packed
        if not sample.strip(b"\0 \r\n\t\xef\xbb\xbf"):
            raise FileError(f"{self.name!r} is empty.", EMPTY)
        self.encoding = encoding or encoding_of(sample, self.name)
        text = readable(sample, self.encoding, self.name)
        self.old_lines = "\n" not in text and "\r" in text
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        self.delimiter = delimiter or delimiter_of(lines, known)
        self.header_row, self.header = header_of(first_records(lines, self.delimiter), known, self.name)
        self.hash = ""

    @property
    def columns(self) -> list[str]:
        return self.header

    @property
    def in_one_part(self) -> bool:
        """Whether all rows come as one chunk, of the usual size."""
        return self._state[0] < BLOCK and not self._packed

    def content(self) -> str:
        """SHA-256 of the file."""
        return content_hash(self.path)

    def sample(self, rows: int = 2_000) -> pd.DataFrame:
        """The first rows, to tell by their content what a column holds."""
        for chunk in self.chunks(block=SAMPLE):
            return chunk.rows.head(rows)
        return pd.DataFrame(columns=self.header, dtype=object)

    def chunks(
        self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = (), block: Optional[int] = None
    ) -> Iterator[Chunk]:
        """Rows block by block; only `columns` where named. Sets :attr:`hash` (SHA-256 of the file) at the end.

        Columns of `numbers` come as floats in blocks where all their cells are plain numbers, else as text.

        Raises
        ------
        FileError
            when the file cannot be read to its end, or changes meanwhile.
        """
        wanted = self.header if columns is None else [c for c in self.header if c in set(columns)]
        block = block or (BLOCK if self.in_one_part else max(1, BLOCK // OF_MANY))
        digest = hashlib.sha256()
        rest, line = b"", 1
        with Unpacked(self.path, digest) as stream:
            for data, last in self._blocks(stream, block):
                data = rest + data
                found = records_of(data, self.delimiter, last=last)
                rest = data[found.used :]
                if len(rest) > 8 * block:
                    raise FileError(
                        f"{self.name!r} line {line}: a row of over {8 * block >> 20} MB.", "Export it again."
                    )
                yield self._chunk(data, found, line, wanted, frozenset(numbers), last)
                line += found.lines
        if file_facts(self.path) != self._state:
            raise FileError(
                f"{self.name!r} changed while it was read.", "Wait until it is complete, then import it again."
            )
        self.hash = digest.hexdigest()

    def _chunk(
        self, data: bytes, found: Records, line: int, wanted: list[str], numeric: frozenset[str], last: bool
    ) -> Chunk:
        numbers = line + found.line
        keep = (found.cells > 0) & (numbers > self.header_row)
        nothing = keep & (found.empty | notices(data, found, keep, self.delimiter, len(self.header), last))
        keep &= ~nothing
        rejects = []
        for wrong, reason, remedy in (
            (found.damaged, DAMAGED, "The file is damaged there: export it again."),
            (found.unclosed, UNCLOSED, "Close the quote, or double it inside a cell."),
            (found.cells != len(self.header), RAGGED, "Often a delimiter or a line end inside a cell without quotes."),
        ):
            bad = keep & wrong
            if bad.any():
                rejects.append(rejects_of(numbers[bad], reason, remedy))
                keep &= ~bad
        body = only(data, found, keep)
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            good = np.array([is_utf8(data[a:b]) for a, b in zip(found.start, found.end)])
            bad = keep & ~good
            rejects.append(rejects_of(numbers[bad], NOT_TEXT, f"Name the file's encoding; {self.encoding} was found."))
            keep &= ~bad
            body = only(data, found, keep)
        rows = self._table(body, numbers[keep], wanted, numeric)
        again = repeats_header(rows)
        if again.any():
            rows = rows[~again]
        found_rejects = pd.concat(rejects, ignore_index=True) if rejects else rejects_of([], "")
        return Chunk(rows, found_rejects, int(again.sum()), int(nothing.sum()), searched=True)

    def _table(self, body: bytes, numbers: Any, wanted: list[str], numeric: frozenset[str]) -> pd.DataFrame:
        if not body:
            return pd.DataFrame(columns=wanted, dtype=object)
        kinds: Any = {c: np.float64 if c in numeric else str for c in wanted}
        options: dict[str, Any] = dict(
            header=None, names=self.header, usecols=wanted, dtype=kinds, sep=self.delimiter, skip_blank_lines=False,
            keep_default_na=False, na_values=SPELLINGS, encoding="utf-8", index_col=False,
        )  # fmt: skip
        try:
            rows = pd.read_csv(io.BytesIO(body), **options)
        except (pd.errors.ParserError, ValueError):
            if numeric:  # a cell that is no plain number: read as text, told row by row later
                return self._table(body, numbers, wanted, frozenset())
            rows = pd.DataFrame()
        if len(rows) != len(numbers):
            raise FileError(
                f"{self.name!r} lines {numbers[0]}–{numbers[-1]}: {len(numbers)} rows by their quotes and line ends, but "
                f"{len(rows)} as a table.",
                "Quotes inside cells must be doubled; export it again, or with another delimiter.",
            )
        rows.index = numbers
        return unmarked_rows(rows[wanted]) if MARKED_BYTES.search(body) else rows[wanted]

    def _blocks(self, stream: Unpacked, size: int) -> Iterator[tuple[bytes, bool]]:
        """Blocks of UTF-8 with line feeds, and whether each is the last."""
        codec = codecs.lookup(self.encoding).name.replace("_", "-")
        plain_text = codec in ("utf-8", "ascii")
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        first, data = True, stream.read(size)
        while True:
            following = stream.read(size) if data else b""
            last = not following
            if plain_text:
                out = data
            else:
                out = decoder.decode(data, last).encode("utf-8")
            if first and out.startswith(codecs.BOM_UTF8):
                out = out[3:]
            first = False
            yield (out.replace(b"\r", b"\n") if self.old_lines else out), last
            if last:
                return
            data = following


def content_hash(path: Union[str, Path]) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with readable_bytes(shown_name(path)), FileBytes(Path(path), digest) as stream:
        stream.drain()
    return digest.hexdigest()


def repeats_header(rows: pd.DataFrame) -> Any:
    """Rows that repeat the names of the columns, bool (n,)."""
    if not len(rows):
        return np.zeros(0, dtype=bool)
    same = np.ones(len(rows), dtype=bool)
    for name in [c for c in rows.columns if holds_text(rows[c])][:4] or rows.columns[:1]:
        same &= (rows[name] == name).to_numpy()
        if not same.any():
            break
    return same

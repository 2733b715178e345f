"""One text file of rows: its encoding, delimiter and header found from its first lines, its rows in chunks."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..errors import FileError
from ..texts import holds_text
from .records import Records, only, records_of

BLOCK = 24 << 20  # bytes read at a time: some 250,000 rows, so that memory does not grow with the file
SAMPLE = 1 << 18  # bytes from which the form is told
HEADER_WITHIN = 60  # rows that may stand before the header
DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

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
    """

    rows: pd.DataFrame
    rejects: pd.DataFrame = field(default_factory=lambda: rejects_of([], ""))
    repeated_headers: int = 0


def rejects_of(rows: Any, reason: str, remedy: str = "") -> pd.DataFrame:
    """A table of rejects, all for one reason."""
    return pd.DataFrame({"row": np.asarray(rows, dtype=np.int64), "reason": reason, "remedy": remedy})


class TextFile:
    """A CSV or the like, read in blocks; its content hash is known once it was read whole.

    Parameters
    ----------
    path : the file; gzip is unpacked
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
        self.name = self.path.name
        self._state = _state(self.path)
        with self._opened() as stream:
            sample = self._read(stream, SAMPLE)
        if not sample.strip(b"\0 \r\n\t\xef\xbb\xbf"):
            raise FileError(f"{self.name!r} is empty.", "Export it again.")
        self.encoding = encoding or _encoding_of(sample, self.name)
        text = _readable(sample, self.encoding, self.name)
        self.old_lines = "\n" not in text and "\r" in text
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        self.delimiter = delimiter or _delimiter_of(lines, known)
        self.header_row, self.header = _header_of(lines, self.delimiter, known, self.name)
        self.hash = ""

    @property
    def columns(self) -> list[str]:
        return self.header

    def sample(self, rows: int = 2_000) -> pd.DataFrame:
        """The first rows, to tell by their content what a column holds."""
        for chunk in self.chunks(block=SAMPLE):
            return chunk.rows.head(rows)
        return pd.DataFrame(columns=self.header, dtype=object)

    def chunks(
        self, columns: Optional[list[str]] = None, *, numbers: Iterable[str] = (), block: int = BLOCK
    ) -> Iterator[Chunk]:
        """Rows block by block; only `columns` where named. Sets :attr:`hash` (SHA-256 of the file) at the end.

        Columns of `numbers` come as floats in blocks where all their cells are plain numbers, else as text.

        Raises
        ------
        FileError
            when the file cannot be read to its end, or changes meanwhile.
        """
        wanted = self.header if columns is None else [c for c in self.header if c in set(columns)]
        digest = hashlib.sha256()
        rest, line = b"", 1
        try:
            with self._opened(digest) as stream:
                for data, last in self._blocks(stream, block):
                    data = rest + data
                    found = records_of(data, self.delimiter, last=last)
                    rest = data[found.used :]
                    if len(rest) > 8 * block:
                        raise FileError(
                            f"{self.name!r} line {line}: a row of over {8 * block >> 20} MB.", "Export it again."
                        )
                    yield self._chunk(data, found, line, wanted, frozenset(numbers))
                    line += found.lines
        except (OSError, EOFError) as error:
            raise FileError(f"{self.name!r} cannot be read to its end ({error}).", "Copy or export it again.") from None
        if _state(self.path) != self._state:
            raise FileError(
                f"{self.name!r} changed while it was read.", "Wait until it is complete, then import it again."
            )
        self.hash = digest.hexdigest()

    def _chunk(self, data: bytes, found: Records, line: int, wanted: list[str], numeric: frozenset[str]) -> Chunk:
        numbers = line + found.line
        keep = (found.cells > 0) & (numbers > self.header_row)
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
            good = np.array([_is_utf8(data[a:b]) for a, b in zip(found.start, found.end)])
            bad = keep & ~good
            rejects.append(rejects_of(numbers[bad], NOT_TEXT, f"Name the file's encoding; {self.encoding} was found."))
            keep &= ~bad
            body = only(data, found, keep)
        rows = self._table(body, numbers[keep], wanted, numeric)
        again = _repeats_header(rows)
        if again.any():
            rows = rows[~again]
        found_rejects = pd.concat(rejects, ignore_index=True) if rejects else rejects_of([], "")
        return Chunk(rows, found_rejects, int(again.sum()))

    def _table(self, body: bytes, numbers: Any, wanted: list[str], numeric: frozenset[str]) -> pd.DataFrame:
        if not body:
            return pd.DataFrame(columns=wanted, dtype=object)
        kinds: Any = {c: np.float64 if c in numeric else str for c in wanted}
        options: dict[str, Any] = dict(
            header=None, names=self.header, usecols=wanted, dtype=kinds, sep=self.delimiter, skip_blank_lines=False,
            keep_default_na=False, na_values=[""], encoding="utf-8", index_col=False,
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
        return rows[wanted]

    def _opened(self, digest: Any = None) -> _Whole:
        raw: Any = _Hashed(self.path, digest)
        if raw.peek2() == b"\x1f\x8b":
            return _Whole(gzip.GzipFile(fileobj=raw), raw)
        return _Whole(raw, raw)

    def _read(self, stream: _Whole, size: int) -> bytes:
        try:
            return stream.read(size)
        except (OSError, EOFError) as error:
            raise FileError(f"{self.name!r} cannot be read ({error}).", "Copy or export it again.") from None

    def _blocks(self, stream: _Whole, size: int) -> Iterator[tuple[bytes, bool]]:
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


class _Hashed(io.RawIOBase):
    """A file whose bytes are counted into a digest as they are read."""

    def __init__(self, path: Path, digest: Any) -> None:
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise FileError(f"{path.name!r} cannot be opened ({error.strerror}).", "Check your permissions.") from None
        self._digest = digest

    def readable(self) -> bool:
        return True

    def peek2(self) -> bytes:
        return self._file.peek(2)[:2]

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if self._digest is not None:
            self._digest.update(data)
        return data

    def drain(self) -> None:
        while self.read(1 << 20):
            pass

    def close(self) -> None:
        self._file.close()
        super().close()


class _Whole:
    """The stream and the file beneath it, closed together; what the unpacker left is still hashed."""

    def __init__(self, stream: Any, raw: _Hashed) -> None:
        self._stream, self._raw = stream, raw

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        if not data:
            self._raw.drain()
        return data

    def __enter__(self) -> _Whole:
        return self

    def __exit__(self, *error: Any) -> None:
        self._raw.close()


def plain(name: Any) -> str:
    """A header name without case, blanks and punctuation: 'Crime.type', 'crime_type' and 'Crime type' are one."""
    return "".join(c for c in str(name).lower() if c.isalnum())


def content_hash(path: Union[str, Path]) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with _Hashed(Path(path), digest) as stream:
        stream.drain()
    return digest.hexdigest()


def _state(path: Path) -> tuple[int, int]:
    if path.is_dir():
        raise FileError(f"{path.name!r} is a folder.", "Give a file, or a pattern such as folder/*.csv.")
    try:
        facts = os.stat(path)
    except OSError as error:
        raise FileError(f"There is no file {str(path)!r} ({error.strerror}).", "Check the path.") from None
    if not facts.st_size:
        raise FileError(f"{path.name!r} is empty.", "Export it again.")
    return facts.st_size, facts.st_mtime_ns


def _encoding_of(sample: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    head = np.frombuffer(sample[:4096], dtype=np.uint8)
    odd, even = np.mean(head[1::2] == 0), np.mean(head[::2] == 0)
    if max(odd, even) > 0.4 and min(odd, even) < 0.1:
        return "utf-16-le" if odd > even else "utf-16-be"
    if np.mean(np.frombuffer(sample, dtype=np.uint8) == 0) > 0.05 or sample[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise FileError(f"{name!r} is no text file.", "Export it as CSV (a spreadsheet: save as CSV UTF-8).")
    return "utf-8" if _is_utf8(sample) else "cp1252"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    return True


def _readable(sample: bytes, encoding: str, name: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise FileError(f"The encoding {encoding!r} is not known.", "Write utf-8, cp1252 or utf-16.") from None
    return sample.decode(encoding, "replace").lstrip("\ufeff")


def _first_records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of the first rows."""
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                found.append((line, cells))
            line = reader.line_num + 1
            if len(found) >= 3 * HEADER_WITHIN:
                break
    except csv.Error:
        pass
    return found


def _delimiter_of(text: str, known: frozenset[str]) -> str:
    """The delimiter by which most rows have one number of cells, and several."""

    def score(delimiter: str) -> tuple[int, float]:
        rows = [cells for _, cells in _first_records(text, delimiter)]
        if not rows:
            return 0, 0.0
        names = max(len(known & {plain(c) for c in cells}) for cells in rows[:HEADER_WITHIN])
        counts = np.bincount([len(r) for r in rows])
        counts[:2] = 0
        return names, float(counts.max(initial=0)) / len(rows) * min(int(counts.argmax()), 20) if counts.any() else 0.0

    return max(DELIMITERS, key=score)


def _header_of(text: str, delimiter: str, known: frozenset[str], name: str) -> tuple[int, list[str]]:
    rows = _first_records(text, delimiter)
    if not rows:
        raise FileError(f"{name!r} is empty.", "Export it again.")
    best, most = None, 0
    for line, cells in rows[:HEADER_WITHIN]:
        hits = len(known & {plain(c) for c in cells})
        if hits > most:
            best, most = (line, cells), hits
    if best is None or most < 2:
        usual = int(np.bincount([len(c) for _, c in rows]).argmax())
        words = [(n, c) for n, c in rows[:HEADER_WITHIN] if len(c) == usual and all(map(_is_name, c))]
        if usual < 2 or not words:
            raise FileError(
                f"{name!r} has no header row in its first {HEADER_WITHIN} lines.",
                "The first row of the table must name its columns; check the delimiter.",
            )
        best = words[0]
    return best[0], distinct([c.strip() for c in best[1]])


def _is_name(cell: str) -> bool:
    return bool(cell.strip()) and any(c.isalpha() for c in cell) and sum(c.isdigit() for c in cell) < 4


def distinct(names: list[str]) -> list[str]:
    """Names with a number where one is empty or repeated."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if name and seen[name] == 1 else f"{name or 'column'}#{seen[name]}")
    return result


def _repeats_header(rows: pd.DataFrame) -> Any:
    if not len(rows):
        return np.zeros(0, dtype=bool)
    same = np.ones(len(rows), dtype=bool)
    for name in [c for c in rows.columns if holds_text(rows[c])][:4] or rows.columns[:1]:
        same &= (rows[name] == name).to_numpy()
        if not same.any():
            break
    return same

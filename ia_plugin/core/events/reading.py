"""Text files of rows, whatever their encoding: every fault is an error that names file, row and remedy."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Union

import numpy as np
import pandas as pd

from ..errors import FileError

LONGEST_FIELD = 100_000
HEADER_WITHIN = 50  # rows before the header that a file may begin with


def read_rows(path: Union[str, Path], known: Iterable[str]) -> tuple[pd.DataFrame, str]:
    """Rows of a CSV or JSON file as text, and the file's hash.

    Parameters
    ----------
    path : a file; gzip is unpacked
    known : header names (see :func:`plain`) by which the header row is recognised

    Returns
    -------
    (table, hash): columns under their plain names, empty cells as NaN; index = row number in the file (1 = first line)

    Raises
    ------
    FileError
        for anything that is no such file, with the row where there is one.
    """
    path = Path(path)
    data = _bytes(path)
    mark = hashlib.sha256(data).hexdigest()[:16]
    text = _decoded(data, path)
    if text.lstrip()[:1] in "[{":
        return _json_rows(text, path), mark
    return _csv_rows(text, path, frozenset(known)), mark


def plain(name: Any) -> str:
    """A header name without case, blanks and punctuation: 'Crime.type', 'crime_type' and 'Crime type' are one."""
    return "".join(c for c in str(name).lower() if c.isalnum())


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise FileError(f"{path.name!r} is a folder.", "Give a file, or import the folder's files one by one.")
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except FileNotFoundError:
        raise FileError(f"There is no file {str(path)!r}.", "Check the path.") from None
    except (OSError, EOFError) as error:
        raise FileError(
            f"{path.name!r} cannot be read ({error}).", "Check that it is complete and that you may read it."
        ) from None
    if not data.strip():
        raise FileError(f"{path.name!r} is empty.", "Export it again.")
    return data


def _decoded(data: bytes, path: Path) -> str:
    """Text of a file: by its byte order mark, else UTF-8, else the Windows code page."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        raise FileError(
            f"{path.name!r} has a NUL byte in row {row}.", "It is damaged or no text file: export it again."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _csv_rows(text: str, path: Path, known: frozenset[str]) -> pd.DataFrame:
    csv.field_size_limit(LONGEST_FIELD)
    head = "\n".join(text.splitlines()[:HEADER_WITHIN])
    delimiter = max(",;\t|", key=head.count)
    rows, lines = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    try:
        for row in reader:
            if not header:
                names = [plain(c) for c in row]
                if len(known & set(names)) >= 2:
                    header = names
                elif reader.line_num >= HEADER_WITHIN:
                    break
            elif any(row):
                if len(row) != len(header):
                    raise FileError(
                        f"{path.name!r} row {reader.line_num} has {len(row)} cells, its header {len(header)}.",
                        "Mend the row (often a comma or a quote inside a cell) and import again.",
                    )
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise FileError(
            f"{path.name!r} row {reader.line_num} cannot be read ({error}).", "Mend the row and import again."
        ) from None
    if not header:
        raise FileError(
            f"{path.name!r} has no header row that is known (first row: {head.splitlines()[0][:80]!r}).",
            "Check that it is a street or a stop-and-search file of data.police.uk.",
        )
    table = pd.DataFrame(rows, columns=_distinct(header), index=lines, dtype=object)
    if any(plain(c) == h and c for c, h in zip(table.iloc[-1] if len(table) else [], header)) and len(table):
        table = table[~(table.apply(lambda r: [plain(v) for v in r] == header, axis=1))]
    return table.replace("", np.nan)


def _distinct(names: list[str]) -> list[str]:
    """Names with a number where one is empty or repeated."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if name and seen[name] == 1 else f"{name}#{seen[name]}")
    return result


def _json_rows(text: str, path: Path) -> pd.DataFrame:
    """Rows of the API's answer; nested objects become 'location.latitude'."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise FileError(f"{path.name!r} is no complete JSON ({error}).", "Ask the API again.") from None
    if not isinstance(found, list) or any(not isinstance(r, dict) for r in found):
        raise FileError(f"{path.name!r} holds no list of records.", "Give the answer of crimes-street or stops-street.")
    table = pd.json_normalize(found)
    table.columns = ["".join(plain(p) for p in str(c).split(".")) for c in table.columns]
    table.index = pd.RangeIndex(1, len(table) + 1)
    text_table = table.astype(object).where(table.notna(), np.nan)
    return text_table.apply(lambda c: c.map(lambda v: v if isinstance(v, float) and np.isnan(v) else str(v)))

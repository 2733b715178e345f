"""Rows of a public file as text: CSV in any form, or the API's JSON. Every fault names file, row and remedy."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Union

import numpy as np
import pandas as pd

from ..errors import FileError
from ..imports.accounts import Account
from ..imports.shown_names import shown_names
from ..imports.text_form import distinct, plain
from ..imports.textfile import Chunk, TextFile, content_hash, rejects_of


def read_rows(path: Union[str, Path], known: Iterable[str], account: Account) -> tuple[pd.DataFrame, str, pd.DataFrame]:
    """Rows of a CSV or JSON file as text, the file's hash, and the rows that are none.

    Parameters
    ----------
    path : a file; gzip is unpacked
    known : header names (see :func:`plain`) by which the header row is recognised
    account : the rows read are counted in it

    Returns
    -------
    (table, hash, rejects): columns under their plain names, empty cells as NaN; index = row number in the file (1 = first
    line); rejects ``row, reason, remedy``

    Raises
    ------
    FileError
        for anything that is no such file, with the row where there is one.
    """
    path = Path(path)
    names = frozenset(known)
    if is_json(path):
        found_rows = account.rows_of(Chunk(_json_rows(_whole_text(path), path)))
        return found_rows, content_hash(path)[:16], rejects_of([], "")
    file = TextFile(path, known=names)
    found = [plain(c) for c in file.header]
    if len(names & set(found)) < 2:
        raise FileError(
            f"{path.name!r} has no header row that is known (it names {shown_names(file.header)[:120]}).",
            "Check that it is a street or a stop-and-search file of data.police.uk, or import it by a mapping.",
        )
    chunks = list(file.chunks())
    rows = pd.concat([account.rows_of(c) for c in chunks])
    rows.columns = distinct(found)
    return rows, file.hash[:16], pd.concat([c.rejects for c in chunks], ignore_index=True)


def is_json(path: Union[str, Path]) -> bool:
    """Whether a file begins as JSON does."""
    if not Path(path).is_file():
        return False
    return _start_of(Path(path)).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        start = stream.read(64)
    if start[:2] == b"\x1f\x8b":
        with gzip.open(path) as unpacked:
            return unpacked.read(64)
    return start


def _whole_text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig", "replace")


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

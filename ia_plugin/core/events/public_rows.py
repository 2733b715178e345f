"""Rows of a public file as text: CSV in any form, or the API's JSON. Every fault names file, row and remedy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Union

import numpy as np
import pandas as pd

from ..errors import FileError
from ..imports.accounts import Account
from ..imports.file_state import shown_name
from ..imports.parquet_source import ParquetSource, is_parquet
from ..imports.shown_names import shown_names
from ..imports.source import Source
from ..imports.text_form import distinct, plain
from ..imports.textfile import Chunk, TextFile, content_hash, rejects_of
from ..imports.unpack import Unpacked, whole_bytes
from ..texts import holds_text, texts


def read_rows(path: Union[str, Path], known: Iterable[str], account: Account) -> tuple[pd.DataFrame, str, pd.DataFrame]:
    """Rows of a CSV, Parquet or JSON file as text, the file's hash, and the rows that are none.

    Parameters
    ----------
    path : a file, Parquet too; gzip and a zip archive of one file are unpacked
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
        found_rows = account.rows_of(Chunk(_json_rows(whole_bytes(path).decode("utf-8-sig", "replace"), path)))
        return found_rows, content_hash(path)[:16], rejects_of([], "")
    file = public_source(path, names)
    found = [plain(c) for c in file.columns]
    if len(names & set(found)) < 2:
        raise FileError(
            f"{file.name!r} has no header row that is known (it names {shown_names(file.columns)[:120]}).",
            "Check that it is a street or a stop-and-search file of data.police.uk, or import it by a mapping.",
        )
    chunks = list(file.chunks())
    rows = pd.concat([_texts(account.rows_of(c)) for c in chunks])
    rows.columns = distinct(found)
    return rows, file.hash[:16], pd.concat([c.rejects for c in chunks], ignore_index=True)


def public_source(path: Union[str, Path], names: frozenset[str]) -> Source:
    """A file as a source; a text file's header row is found by the plain `names`."""
    return ParquetSource(path) if is_parquet(path) else TextFile(path, known=names)


def is_json(path: Union[str, Path]) -> bool:
    """Whether a file begins as JSON does."""
    if not Path(path).is_file() or is_parquet(path):
        return False
    with Unpacked(Path(path)) as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")


def _texts(rows: pd.DataFrame) -> pd.DataFrame:
    """Cells as text: a Parquet file's may be numbers or times."""
    typed = {c: texts(rows[c]).where(rows[c].notna(), np.nan) for c in rows.columns if not holds_text(rows[c])}
    return rows.assign(**typed)


def _json_rows(text: str, path: Path) -> pd.DataFrame:
    """Rows of the API's answer; nested objects become 'location.latitude'."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise FileError(f"{shown_name(path)!r} is no complete JSON ({error}).", "Ask the API again.") from None
    except RecursionError:
        raise FileError(
            f"{shown_name(path)!r} holds lists within lists, and no records.", "Ask the API again."
        ) from None
    if not isinstance(found, list) or any(not isinstance(r, dict) for r in found):
        raise FileError(
            f"{shown_name(path)!r} holds no list of records.", "Give the answer of crimes-street or stops-street."
        )
    table = pd.json_normalize(found)
    table.columns = distinct(["".join(plain(p) for p in str(c).split(".")) for c in table.columns])
    table.index = pd.RangeIndex(1, len(table) + 1)
    text_table = table.astype(object).where(table.notna(), np.nan)
    return text_table.apply(lambda c: c.map(lambda v: v if isinstance(v, float) and np.isnan(v) else str(v)))

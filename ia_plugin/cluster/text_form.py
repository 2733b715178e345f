"""How a text file of rows is written, told from its first bytes: files of one form are read together, by the columns that each names."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..core.errors import FileError
from ..core.imports.text_form import delimiter_of, distinct, encoding_of, first_records, plain, readable
from ..core.imports.unpack import GZIP

ENDINGS = tuple(f"{kind}{packed}" for kind in (".csv", ".tsv", ".txt") for packed in ("", ".gz"))
HEAD = 1 << 14
"""Bytes from which the form is told."""
_JAVA = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "windows-1252"}


@dataclass(frozen=True)
class TextForm:
    """What files must share to be read as one: how cells are parted, the encoding as Java calls it, and the columns in their order."""

    delimiter: str
    encoding: str
    columns: tuple[str, ...]


def is_text(name: str) -> bool:
    """Whether a file is CSV or the like, by its name; else it is Parquet.

    >>> is_text("day=2024-06-03/FIXES.CSV.gz"), is_text("2024-06-03.parquet")
    (True, False)
    """
    return name.lower().endswith(ENDINGS)


def form_of(head: bytes, known: Sequence[str], name: str) -> TextForm:
    """The form of a file; one without a line, of an empty day, has the columns that are known.

    Parameters
    ----------
    head : its first bytes, packed or not
    known : names of columns that it may have

    Raises
    ------
    FileError
        for one that is no text, damaged, or in UTF-16, whose lines Spark cannot part.

    Examples
    --------
    >>> form_of(b"time;x;y\\r\\n2024-06-03T12:00:00Z;1;2\\r\\n", ["time", "x", "y"], "a.csv")
    TextForm(delimiter=';', encoding='UTF-8', columns=('time', 'x', 'y'))
    """
    sample = _unpacked(head, name)
    if not sample.strip():
        return TextForm(",", _JAVA["utf-8"], tuple(known))
    encoding = encoding_of(sample, name)
    if encoding not in _JAVA:
        raise FileError(f"{name!r} is written in UTF-16.", "Write it in UTF-8.")
    text = readable(sample, encoding, name)
    delimiter = delimiter_of(text, frozenset(map(plain, known)))
    rows = first_records(text, delimiter)
    return TextForm(delimiter, _JAVA[encoding], tuple(distinct([cell.strip() for cell in rows[0][1]])))


def _unpacked(head: bytes, name: str) -> bytes:
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 4 * HEAD)
    except zlib.error:
        raise FileError(f"{name!r} cannot be unpacked: it is damaged.", "Copy or export it again.") from None

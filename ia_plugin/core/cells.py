"""Text in files that spreadsheets open: a cell that begins like a formula is marked as text, and read back without the mark.

A spreadsheet runs what begins with = + - or @, and skips a leading tab or line end before it looks; an area called
``=HYPERLINK("http://…")`` would call out from the reader's computer. The mark is the apostrophe that spreadsheets
themselves use for text. What already begins with apostrophes before such a sign gets one more, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from .sentence import changed
from .texts import holds_text

SPREADSHEETS = frozenset((".csv", ".tsv", ".tab", ".psv", ".txt", ".ods", ".xlsx", ".xls"))
"""Ends of the names of files that spreadsheets open."""

_SIGNS = "=+\\-@\t\r\n＝＋－＠"  # the wide ones too: some spreadsheets take them for the narrow ones
_BEGINS = re.compile(f"'*(?:[{_SIGNS}]|(?i:of:=))")  # of:= is how OpenDocument writes a formula
_MARKED = re.compile(f"'(?={_BEGINS.pattern})")
_HARMLESS = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|-+")  # a number, or dashes where there is nothing
MARKED_BYTES = re.compile(b"'(?:[=+\\-@\t\r\n]|\xef\xbc|[oO][fF]:=)")
"""Finds in UTF-8 whether any cell may be marked."""


def opens_in_a_spreadsheet(destination: str) -> bool:
    """Whether an output, by its name, is a file that spreadsheets open.

    >>> [opens_in_a_spreadsheet(d) for d in ("hours.CSV", "hours.gpkg|layername=hours", "memory:")]
    [True, False, False]
    """
    return PurePath(destination.partition("|")[0]).suffix.lower() in SPREADSHEETS


def marked(text: str) -> str:
    """A text so that no spreadsheet runs it; a plain number stays as it is, and so do dashes alone.

    >>> [marked(t) for t in ("=1+1", "-5", "+44 20", "North - East", "'=1")]
    ["'=1+1", '-5', "'+44 20", 'North - East', "''=1"]
    """
    return f"'{text}" if _BEGINS.match(text) and not _HARMLESS.fullmatch(text) else text


def pasted(text: str) -> str:
    """A text as one cell of a table that is copied to be pasted: on one line, for what follows a line end is a cell of its own.

    >>> [pasted(t) for t in ("Aston\\n=1+1", "\\t=1+1", "North\\tEast")]
    ['Aston =1+1', "'=1+1", 'North East']
    """
    return changed(text, _on_one_line)


def _on_one_line(text: str) -> str:
    return marked(" ".join(text.split()))


def csv_line(values: Iterable[object]) -> str:
    """A line of a file for spreadsheets, without its end: each value on one line and marked, what is missing blank.

    >>> print(csv_line(["Aston, North", None, 2.5, float("nan"), "=1+1"]))
    "Aston, North",,2.5,,'=1+1
    """
    texts = ["" if v is None or v != v else pasted(str(v)) for v in values]
    return ",".join('"' + t.replace('"', 2 * '"') + '"' if any(c in t for c in ',"') else t for t in texts)


def unmarked(text: str) -> str:
    """A cell of a file as the text it was before :func:`marked`.

    >>> [unmarked(t) for t in ("'=1+1", "''=1", "'tis", "O'Neill")]
    ['=1+1', "'=1", "'tis", "O'Neill"]
    """
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text


def unmarked_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a file with :func:`unmarked` on each text; missing stays missing.

    >>> unmarked_rows(pd.DataFrame({"unit": ["'-A-", "B", None]}, dtype=object))["unit"].tolist()
    ['-A-', 'B', None]
    """
    found = {name: _unmarked_column(rows[name]) for name in rows.columns if holds_text(rows[name])}
    changed = {name: column for name, column in found.items() if column is not None}
    return rows.assign(**changed) if changed else rows


def _unmarked_column(values: pd.Series) -> Any:
    """The column without marks; None where it has none."""
    codes, uniques = pd.factorize(values.to_numpy(dtype=object))
    words = np.array([*(unmarked(u) if isinstance(u, str) else u for u in uniques), None], dtype=object)
    if all(a is b for a, b in zip(words, uniques)):
        return None
    found = words[codes]
    gone = codes < 0
    found[gone] = values.to_numpy(dtype=object)[gone]
    return pd.Series(found, index=values.index, name=values.name, dtype=object)


__all__ = [
    "MARKED_BYTES",
    "SPREADSHEETS",
    "csv_line",
    "marked",
    "opens_in_a_spreadsheet",
    "pasted",
    "unmarked",
    "unmarked_rows",
]

"""Cells of an Excel workbook (Office Open XML, ECMA-376) as text: what a cell says, not how it is coloured."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Callable, Optional
from xml.etree import ElementTree
from zipfile import ZipFile

Row = tuple[int, list[str]]

MOST_COLUMNS = 16_384
_DAY_MS = 86_400_000
_DAY_FORMATS, _CLOCK_FORMATS, _MOMENT_FORMATS = {*range(14, 18), *range(27, 32), 36, *range(50, 59)}, {*range(18, 22), *range(45, 48), *range(32, 36)}, {22}  # fmt: skip
Shown = Callable[[float], str]


def sheet_names(book: ZipFile) -> list[str]:
    """Names of the worksheets, in their order."""
    return [name for name, _ in _sheets(book)]


def sheet_rows(book: ZipFile, sheet: str) -> Iterator[Row]:
    """Rows of a worksheet that have cells: the line in the sheet and the cells' texts, "" where one is empty.

    A date is written 2024-06-03, a time of day 10:05:00, a moment 2024-06-03 10:05:00; a number that is shown with leading
    zeros keeps them.
    """
    strings, styles = _shared_strings(book), _styles(book)
    line = 0
    with book.open(dict(_sheets(book))[sheet]) as stream:
        for _, element in ElementTree.iterparse(stream):
            if _local(element.tag) != "row":
                continue
            line = int(element.get("r") or line + 1)
            cells: list[str] = []
            for cell in element:
                at = _column(cell.get("r"), len(cells))
                if at >= MOST_COLUMNS:
                    raise ValueError("a column beyond the last")
                cells += [""] * (at - len(cells))
                cells.append(_text(cell, strings, styles))
            yield line, cells
            element.clear()


def moment_text(serial: float, *, days: bool, clock: bool, epoch: datetime) -> str:
    """A serial number of a spreadsheet as a date, a time of day, or both.

    >>> moment_text(45446.5, days=True, clock=True, epoch=datetime(1899, 12, 30))
    '2024-06-03 12:00:00'
    """
    ms = round(serial * _DAY_MS)
    if clock and not days and 0 <= ms < _DAY_MS:
        return (datetime(1900, 1, 1) + timedelta(milliseconds=ms)).time().isoformat()
    moment = epoch + timedelta(milliseconds=ms)
    if not clock and not ms % _DAY_MS:
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def number_text(value: float, digits: int = 0) -> str:
    """A number as a person would write it: 1234.0 is 1234; `digits` are filled up with zeros.

    >>> number_text(1234.0), number_text(52.5), number_text(77.0, 4)
    ('1234', '52.5', '0077')
    """
    return str(int(value)).zfill(digits) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def since_1904(book: ZipFile) -> bool:
    """Whether the book counts its days from 1904, as those of old Macintoshes do."""
    return any(e.get("date1904") in ("1", "true") for e in _elements(book, "xl/workbook.xml", "workbookPr"))


def _sheets(book: ZipFile) -> list[tuple[str, str]]:
    """Name and file of each worksheet."""
    related = _related(book)
    found = []
    for element in _elements(book, "xl/workbook.xml", "sheet"):
        number = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
        if "worksheets/" in related.get(number, ""):
            found.append((element.get("name") or "", related[number]))
    return found


def _related(book: ZipFile) -> dict[str, str]:
    parts = _elements(book, "xl/_rels/workbook.xml.rels", "Relationship")
    return {e.get("Id", ""): posixpath.normpath(posixpath.join("/xl", e.get("Target", ""))).lstrip("/") for e in parts}


def _shared_strings(book: ZipFile) -> list[str]:
    return [_written(element) for element in _elements(book, "xl/sharedStrings.xml", "si")]


def _styles(book: ZipFile) -> list[Shown]:
    """How the numbers of each style are shown."""
    epoch = datetime(1904, 1, 1) if since_1904(book) else datetime(1899, 12, 30)
    codes = {int(e.get("numFmtId", 0)): e.get("formatCode", "") for e in _elements(book, "xl/styles.xml", "numFmt")}
    for styles in _elements(book, "xl/styles.xml", "cellXfs"):
        return [_shown(int(xf.get("numFmtId") or 0), codes, epoch) for xf in styles]
    return []


def _shown(number: int, codes: dict[int, str], epoch: datetime) -> Shown:
    code = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^]]*\]', "", codes.get(number, "").lower())
    if number in codes and re.fullmatch("0+", code):
        return lambda value: number_text(value, len(code))
    if code in ("general", "standard"):
        return number_text
    days = number in _DAY_FORMATS | _MOMENT_FORMATS or bool(set(code) & set("yd"))
    clock = number in _CLOCK_FORMATS | _MOMENT_FORMATS or bool(set(code) & set("hs"))
    if days or clock:
        return lambda value: moment_text(value, days=days, clock=clock, epoch=epoch)
    return number_text


def _text(cell: Any, strings: list[str], styles: list[Shown]) -> str:
    sort, value = cell.get("t", "n"), next((e.text or "" for e in cell if _local(e.tag) == "v"), "")
    if sort == "inlineStr":
        return "".join(_written(e) for e in cell if _local(e.tag) == "is")
    if sort == "e" or not value:
        return ""
    if sort == "s":
        return strings[int(value)]
    if sort == "b":
        return "TRUE" if value == "1" else "FALSE"
    if sort in ("str", "d"):
        return value
    style = int(cell.get("s") or 0)
    try:
        return (styles[style] if style < len(styles) else number_text)(float(value))
    except (ValueError, OverflowError):
        return value


def _written(element: Any) -> str:
    """The text of a string, of all its runs; how it is to be pronounced is left out."""
    if _local(element.tag) == "t":
        return element.text or ""
    return "".join(_written(e) for e in element if _local(e.tag) in ("t", "r"))


def _column(reference: Optional[str], following: int) -> int:
    """Number of a cell's column, from 0: "B7" is 1."""
    letters = re.match("[A-Z]+", reference or "")
    if letters is None:
        return following
    number = 0
    for letter in letters.group():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _elements(book: ZipFile, part: str, tag: str) -> Iterator[Any]:
    """Elements of a part of the book by their local name; none where there is no such part."""
    if part in book.namelist():
        with book.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if _local(element.tag) == tag:
                    yield element


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

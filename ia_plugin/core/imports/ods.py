"""Cells of an OpenDocument spreadsheet (ISO/IEC 26300) as text, as :mod:`.xlsx` gives those of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from .xlsx import Row, number_text

MOST_COLUMNS = 4_096  # a row's last cell is often repeated to the end of the sheet
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+(?:[.,]\d+)?)S")


def sheet_names(book: ZipFile) -> list[str]:
    """Names of the sheets, in their order."""
    with book.open("content.xml") as stream:
        return [_attribute(e, "name") for _, e in ElementTree.iterparse(stream, ["start"]) if _local(e.tag) == "table"]


def sheet_rows(book: ZipFile, sheet: str) -> Iterator[Row]:
    """Rows of a sheet that have cells, as :func:`.xlsx.sheet_rows`."""
    line, here = 0, False
    with book.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, ["start", "end"]):
            tag = _local(element.tag)
            if tag == "table":
                here = event == "start" and _attribute(element, "name") == sheet
            elif tag == "table-row" and event == "end":
                if here:
                    times = int(_attribute(element, "number-rows-repeated") or 1)
                    cells = _cells(element)
                    if any(cells):
                        yield from ((line + k + 1, list(cells)) for k in range(times))
                    line += times
                element.clear()


def since_1904(book: ZipFile) -> bool:
    """Whether the book counts its days from 1904."""
    with book.open("content.xml") as stream:
        for _, element in ElementTree.iterparse(stream):
            if _local(element.tag) == "null-date":
                return _attribute(element, "date-value").startswith("1904-01-01")
            if _local(element.tag) == "table-row":  # it stands before all rows
                return False
    return False


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if _local(cell.tag) in ("table-cell", "covered-table-cell"):
            times = int(_attribute(cell, "number-columns-repeated") or 1)
            cells += [_text(cell)] * min(times, MOST_COLUMNS - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any) -> str:
    sort = _attribute(cell, "value-type")
    if sort == "date":
        return _attribute(cell, "date-value").replace("T", " ")
    if sort == "time":
        clock = _CLOCK.fullmatch(_attribute(cell, "time-value"))
        return "{:0>2}:{:0>2}:{:0>2}".format(*clock.groups()) if clock else _paragraphs(cell)
    if sort in ("float", "percentage", "currency"):
        shown = _paragraphs(cell)
        # A number shown with leading zeros keeps them.
        if re.fullmatch(r"0\d+", shown):
            return shown
        return number_text(float(_attribute(cell, "value")))
    if sort == "boolean":
        return _attribute(cell, "boolean-value").upper()
    return _paragraphs(cell)


def _paragraphs(cell: Any) -> str:
    return "\n".join("".join(p.itertext()) for p in cell if _local(p.tag) == "p")


def _attribute(element: Any, name: str) -> str:
    """An attribute by its local name."""
    return next((str(v) for k, v in element.attrib.items() if _local(k) == name), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

"""A report on paper: HTML laid out by Qt on sheets of A4, each with its marking, title and page number."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QMarginsF, QRectF, QSizeF, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextFrame,
    QTextTable,
    QTextTableCell,
    QTransform,
)

from ..core.errors import FileError
from ..core.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DPI = 150
MARGIN_MM = 16.0
HEAD_MM = 9.0  # of a sheet, above and below its text, for marking and page number
PICTURE_WIDTH = 640  # of Qt's own pixels, of which a sheet has about 680 between its margins
FONT = "Arial"  # where there is none, Qt takes the nearest


def paper_of(html: str, *, marking: str, foot: str, title: str, progress: Progress | None = None) -> bytes:
    """A PDF of a page of HTML, its fonts embedded.

    Parameters
    ----------
    html : of the elements that Qt reads; pictures inside
    marking : at the head and the foot of every sheet; never blank
    foot : at the foot of every sheet beside its number
    title : of the document, for those who hear it read
    progress : told the share of the sheets that are drawn

    Raises
    ------
    FileError
        where no PDF can be written.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        _write(path, html, marking, foot, title, progress)
        return path.read_bytes()


def _write(
    path: Path, html: str, marking: str, foot: str, title: str, progress: Callable[[float], None] | None
) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setTitle(title)
    writer.setCreator("Impact Area")
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    head = HEAD_MM / 25.4 * DPI
    sheet = QSizeF(writer.width(), writer.height() - 2 * head)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(QFont(FONT, 9))
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(sheet)
    keep_rows_whole(document)
    painter = QPainter()
    if not painter.begin(writer):
        raise FileError(
            "The PDF of the report cannot be drawn.", "Ask for OUTPUT_HTML alone, and print it from a browser."
        )
    try:
        pages = document.pageCount()
        for page in range(pages):
            if page:
                writer.newPage()
            _draw_sheet(painter, document, sheet, head, page, (marking, foot, f"{page + 1} of {pages}"))
            if progress is not None:
                progress((page + 1) / pages)
    finally:
        painter.end()


def keep_rows_whole(document: QTextDocument) -> None:
    """Let a row of a table that would run over the edge of a page begin the next one, below the headings that Qt repeats.

    A row that is taller than a page stays as it is. Rows above one that moves stay where they are, so one pass is enough.
    """
    for table in _tables(document.rootFrame()):
        for row in range(table.format().headerRowCount(), table.rows()):
            cells = [table.cellAt(row, column) for column in range(table.columns())]
            top, first, last = page_of_row(document, cells)
            if first == last:
                continue
            # A page break in the cells would leave a page with nothing but the headings: what is above their text is filled instead.
            height = document.pageSize().height()
            for cell in cells:
                form = cell.format().toTableCellFormat()
                form.setTopPadding(height - top % height + 1)
                cell.setFormat(form)
            _lay_out_anew(document)


def _lay_out_anew(document: QTextDocument) -> None:
    """Qt moves only a part of what stands behind a row that went to another page."""
    size = document.pageSize()
    document.setPageSize(QSizeF(size.width(), 2 * size.height()))
    document.setPageSize(size)


def page_of_row(document: QTextDocument, cells: list[QTextTableCell]) -> tuple[float, int, int]:
    """(top of a row's first line, the page it stands on, the page on which its last ends), pages counted from 0: a block may begin above its first line."""
    layout, height = document.documentLayout(), document.pageSize().height()
    tops, ends = [], []
    for cell in cells:
        first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
        tops.append(layout.blockBoundingRect(first).top() + first.layout().lineAt(0).y())
        ends.append(layout.blockBoundingRect(last).bottom())
    return min(tops), int((min(tops) + 0.5) // height), int((max(ends) - 0.5) // height)


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        yield from _tables(child)


def _draw_sheet(
    painter: QPainter, document: QTextDocument, sheet: QSizeF, head: float, page: int, words: tuple[str, str, str]
) -> None:
    """One sheet: what stands on every one, and its part of the document."""
    marking, foot, number = words
    painter.setPen(QColor("#1b1f24"))
    painter.setFont(QFont(FONT, 8, QFont.Weight.Bold))
    top = QRectF(0, 0, sheet.width(), head)
    bottom = QRectF(0, head + sheet.height(), sheet.width(), head)
    painter.drawText(top, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), marking)
    painter.drawText(bottom, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), marking)
    painter.setFont(QFont(FONT, 7))
    painter.drawText(bottom, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), foot)
    painter.drawText(bottom, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), number)
    painter.save()
    painter.setTransform(QTransform.fromTranslate(0, head - page * sheet.height()))
    document.drawContents(painter, QRectF(0, page * sheet.height(), sheet.width(), sheet.height()))
    painter.restore()


__all__ = ["PICTURE_WIDTH", "keep_rows_whole", "page_of_row", "paper_of"]

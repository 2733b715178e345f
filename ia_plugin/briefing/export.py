"""Pages as files: one PDF of all sheets, a PDF or a picture of each; what is left behind is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qgis.core import Qgis, QgsAbstractLayoutIterator, QgsFeedback, QgsLayoutExporter, QgsPrintLayout

from ..core.briefing.sheet import Sheet, pages_in_words
from ..core.errors import Cancelled, FileError, ImpactAreaError
from .page import Page

DPI = 300
Made = Callable[[int], Sheet]
"""The n-th sheet, from 0; worked out when its page is drawn."""


class Sheets(QgsAbstractLayoutIterator):  # type: ignore[misc]
    """One page that is filled with one sheet after the other, as QGIS's exporter asks for them."""

    def __init__(self, page: Page, made: Made, some: range, of: int, tell: Callable[[float], None]) -> None:
        super().__init__()
        self._page, self._made, self._some, self._of, self._tell, self._at = page, made, some, of, tell, -1
        self.problem: BaseException | None = None  # the exporter passes no error of ours on

    def layout(self) -> QgsPrintLayout:
        return self._page.layout

    def beginRender(self) -> bool:
        self._at = -1
        return True

    def endRender(self) -> bool:
        return True

    def count(self) -> int:
        return len(self._some)

    def filePath(self, base: str, extension: str) -> str:
        return f"{base}_{self._at + 1}.{extension}"

    def next(self) -> bool:
        self._at += 1
        if self._at >= len(self._some):
            return False
        try:
            self._tell(self._at / len(self._some))
            number = self._some[self._at]
            self._page.fill(self._made(number), pages_in_words(number + 1, self._of))
        except BaseException as error:
            self.problem = error
            return False
        return True


def write_pdf(page: Page, made: Made, some: range, of: int, path: Path, tell: Callable[[float], None]) -> None:
    """Some sheets as one PDF.

    Parameters
    ----------
    some, of : which sheets, from 0, and how many there are in all
    path : where it is written; a file of a folder of its own, for it is moved to its place once it is whole
    tell : is told the share that is done, and may raise :class:`Cancelled`

    Raises
    ------
    FileError
        where it could not be written, or not whole.
    """
    sheets, feedback = Sheets(page, made, some, of, tell), QgsFeedback()
    result, problem = QgsLayoutExporter.exportToPdf(sheets, str(path), _pdf_settings(), feedback)
    if sheets.problem is not None:
        raise sheets.problem
    tell(1.0)
    _check(result, problem, path)
    if pages_of(path.read_bytes()) != len(some):
        raise _not_whole(path)


def write_picture(page: Page, made: Made, number: int, of: int, path: Path) -> None:
    """One sheet as PNG, 300 dots an inch, and nothing but the page: QGIS's own export would write the map's place to it.

    Parameters
    ----------
    number, of : which sheet, from 0, and how many there are in all
    """
    page.fill(made(number), pages_in_words(number + 1, of))
    picture = QgsLayoutExporter(page.layout).renderPageToImage(0, dpi=DPI)
    if picture.isNull() or not picture.save(str(path), "PNG") or not path.read_bytes().endswith(b"IEND\xaeB`\x82"):
        raise _not_whole(path)


def pages_of(pdf: bytes) -> int:
    """Pages of a PDF that Qt wrote; 0 where its end is missing.

    >>> pages_of(b"%PDF-1.4 /Type /Pages /Count 3 ... %%EOF"), pages_of(b"%PDF-1.4 /Type /Pages /Count 3")
    (3, 0)
    """
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-64:]:
        return 0
    return max((int(n) for n in re.findall(rb"/Count\s+(\d+)", pdf)), default=0)


def _pdf_settings() -> QgsLayoutExporter.PdfExportSettings:
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.forceVectorOutput = True
    settings.appendGeoreference = False  # nothing but the page: no layers, no attributes, no places
    settings.exportMetadata = False
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    settings.writeGeoPdf = False
    return settings


def _check(result: int, problem: str, path: Path) -> None:
    if result != QgsLayoutExporter.ExportResult.Success or not path.is_file():
        raise _not_whole(path, problem)


def _not_whole(path: Path, problem: str = "") -> ImpactAreaError:
    why = f": {problem}" if problem else ""
    return FileError(
        f"{path.name!r} could not be written whole{why}.",
        "Make room on the disk of temporary files, then run it again.",
    )


__all__ = ["Cancelled", "Sheets", "pages_of", "write_pdf", "write_picture"]

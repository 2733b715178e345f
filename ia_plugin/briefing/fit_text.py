"""Texts that fit their place on a page: broken into lines by the width of the letters, then made smaller, then shortened."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtGui import QFont, QFontMetricsF

from ..core.area_names import in_place
from ..core.briefing.svg import FONT, wrapped

POINT_MM = 25.4 / 72
LINE = 1.22  # height of a line, of the size of its letters
ASCENT = 0.905  # from the upper edge of a line to its base line, of the size of its letters: Arial
LEAST = 5.5  # points: smaller letters nobody reads
STEP = 0.5
ROOM = 0.965  # of the width: printers' fonts differ by a hair
_MEASURED = 200  # pixels: at a large size no rounding tells
_metrics: dict[bool, QFontMetricsF] = {}


@dataclass(frozen=True)
class Fitted:
    """A text broken into lines, and the size of its letters in points."""

    text: str
    points: float

    @property
    def height_mm(self) -> float:
        """How high it stands; 0 of nothing."""
        return (self.text.count("\n") + 1) * self.points * LINE * POINT_MM if self.text else 0.0


def not_an_expression(text: str) -> str:
    """A text that QGIS's labels print as it is: what stands between [% and %] they would work out.

    >>> not_an_expression("[% 1 + 1 %]")
    '[ % 1 + 1 %]'
    """
    return text.replace("[%", "[ %")


def width_of(text: str, points: float, bold: bool = False) -> float:
    """How wide a text is, points."""
    if bold not in _metrics:
        font = QFont(FONT)
        font.setPixelSize(_MEASURED)
        font.setBold(bold)
        _metrics[bold] = QFontMetricsF(font)
    return float(_metrics[bold].horizontalAdvance(text)) * points / _MEASURED


def fitted(text: str, width_mm: float, height_mm: float, points: float, bold: bool = False) -> Fitted:
    """A text as it fits a box.

    Parameters
    ----------
    points : the size it has where there is room; it goes down to :data:`LEAST`, then words are left out at the end, which "…" shows
    """
    width = ROOM * width_mm / POINT_MM
    text, size = in_place(not_an_expression(text)), points
    while True:
        lines = wrapped(text, width, size, width_of, bold)
        if len(lines) * size * LINE * POINT_MM <= height_mm + 0.05:
            return Fitted("\n".join(lines), size)
        if size - STEP < LEAST:
            break
        size -= STEP
    rows = max(1, int(height_mm / (size * LINE * POINT_MM)))
    return Fitted("\n".join([*lines[: rows - 1], _shortened(lines[rows - 1], width, size, bold)]), size)


def _shortened(line: str, width: float, size: float, bold: bool) -> str:
    while line and width_of(f"{line} …", size, bold) > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line} …"


__all__ = ["LEAST", "Fitted", "fitted", "not_an_expression", "width_of"]

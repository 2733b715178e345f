"""Draw the templates of the briefing maps, resources/layouts/*.qpt, on a grid of twelve columns.

python tools/qgis_env.py python tools/draw_layouts.py      (with the Python of QGIS, whose oldest version writes what all read)

Everything stands on the grid: margins of 15 mm, gutters of 4 mm, one scale of letters. A force may edit the files in QGIS's
layout designer; ids of items are what the plugin fills them by.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qgis.core import (
    QgsApplication,
    QgsFillSymbol,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from ia_plugin.core.colours import INK, PALE, RULE
from tools.make_styles import FONTS

OUT = ROOT / "resources" / "layouts"
TITLE, LEAD, VALUE, BODY, SMALL, NOTE = 22.0, 9.5, 15.0, 8.0, 7.0, 6.5  # points: the one scale
MARGIN, GUTTER = 15.0, 4.0
MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters


@dataclass(frozen=True)
class Box:
    """A place on the page, mm."""

    x: float
    y: float
    w: float
    h: float


def across(page_width: float, begin: int, columns: int, of: int = 12) -> tuple[float, float]:
    """Left edge and width of some columns of the grid."""
    one = (page_width - 2 * MARGIN - (of - 1) * GUTTER) / of
    return MARGIN + begin * (one + GUTTER), columns * one + (columns - 1) * GUTTER


class Drawing:
    """One template as it grows."""

    def __init__(self, name: str, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.layout = QgsPrintLayout(QgsProject.instance())
        self.layout.setName(name)
        self.layout.setUnits(MM)
        page = QgsLayoutItemPage(self.layout)
        page.setPageSize(QgsLayoutSize(width, height, MM))
        self.layout.pageCollection().addPage(page)
        self.layout.renderContext().setDpi(300)

    def _put(self, item, name: str, box: Box) -> None:
        self.layout.addLayoutItem(item)
        item.setId(name)
        item.attemptMove(QgsLayoutPoint(box.x, box.y, MM))
        item.attemptResize(QgsLayoutSize(box.w, box.h, MM))

    def label(self, name: str, box: Box, points: float, *, bold: bool = False, colour: str = INK, align: str = "left") -> None:  # fmt: skip
        item = QgsLayoutItemLabel(self.layout)
        font = QFont(FONTS[0])
        font.setPointSizeF(points)
        font.setBold(bold)
        item.setFont(font)
        item.setFontColor(QColor(colour))
        item.setMarginX(0)
        item.setMarginY(0)
        item.setHAlign({"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "middle": Qt.AlignmentFlag.AlignHCenter}[align])  # fmt: skip
        item.setVAlign(Qt.AlignmentFlag.AlignTop)
        item.setText(name)
        self._put(item, name, box)

    def picture(self, name: str, box: Box) -> None:
        item = QgsLayoutItemPicture(self.layout)
        item.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
        item.setPictureAnchor(item.ReferencePoint.UpperLeft)
        self._put(item, name, box)

    def map(self, name: str, box: Box) -> None:
        item = QgsLayoutItemMap(self.layout)
        self._put(item, name, box)
        item.setFrameEnabled(True)
        item.setFrameStrokeColor(QColor(PALE))
        item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))
        item.setBackgroundColor(QColor("#ffffff"))
        item.setKeepLayerSet(True)

    def rule(self, name: str, y: float) -> None:
        item = QgsLayoutItemShape(self.layout)
        item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
        item.setSymbol(QgsFillSymbol.createSimple({"color": RULE, "outline_style": "no"}))
        self._put(item, name, Box(MARGIN, y, self.width - 2 * MARGIN, 0.3))

    def scale_bar(self, name: str, box: Box, of: str) -> None:
        item = QgsLayoutItemScaleBar(self.layout)
        item.setStyle("Single Box")
        item.setLinkedMap(self.layout.itemById(of))
        item.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
        item.setUnitLabel("m")
        item.setNumberOfSegmentsLeft(0)
        item.setNumberOfSegments(2)
        item.setUnitsPerSegment(250)
        item.setHeight(1.2)
        item.setLabelBarSpace(0.8)
        item.setBoxContentSpace(1.0)
        font = QFont(FONTS[0])
        font.setPointSizeF(NOTE)
        form = QgsTextFormat()
        form.setFont(font)
        form.setFamilies(FONTS[1:])
        form.setSize(NOTE)
        form.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
        form.setColor(QColor(INK))
        item.setTextFormat(form)
        item.setFillColor(QColor(INK))
        item.setLineColor(QColor(INK))
        item.setLineWidth(0.2)
        self._put(item, name, box)
        item.setBackgroundEnabled(True)
        item.setBackgroundColor(QColor(255, 255, 255))

    # --- parts that both have -----------------------------------------------------------------------------------------

    def head(self, right: float, title_h: float, y: float, verdict_h: float, beside_h: float, locator: Box) -> None:
        wide = right - MARGIN
        self.label("marking", Box(MARGIN, 6.5, self.width - 2 * MARGIN, 4.5), BODY, bold=True, align="middle")
        self.label("headline", Box(MARGIN, 11.2, self.width - 2 * MARGIN, 3.2), SMALL, colour=PALE, align="middle")
        self.label("title", Box(MARGIN, y, wide, title_h), TITLE, bold=True)
        self.label("subtitle", Box(MARGIN, y + title_h, wide, 5), LEAD, colour=PALE)
        at = y + title_h + 6.5
        self.label("verdict", Box(MARGIN, at, wide, verdict_h), LEAD)
        self.label("beside", Box(MARGIN, at + verdict_h, wide, beside_h), SMALL, colour=PALE)
        self.map("locator", locator)

    def tile(self, i: int, box: Box, moved: bool) -> None:
        x, y, w = box.x, box.y, box.w
        self.label(f"tile_{i}_title", Box(x, y, w, 4), SMALL, bold=True, colour=PALE)
        self.label(f"tile_{i}_value", Box(x, y + 4, w, 7), VALUE, bold=True)
        self.label(f"tile_{i}_beside", Box(x, y + 11, w, 4), BODY)
        # How officers moved has a line for each mode in its picture.
        picture = 19.0 if moved else 4.0
        self.picture(f"tile_{i}_picture", Box(x, y + 15.5, w, picture))
        top = y + (35 if moved else 20.5)
        self.label(f"tile_{i}_lines", Box(x, top, w, box.y + box.h - top), SMALL)

    def panels(self, y: float, h: float, columns: int) -> None:
        for i, name in enumerate(("week_1", "week_2", "earlier")):
            x, w = across(self.width, i, 1, columns)
            self.label(f"{name}_title", Box(x, y, w, 4), SMALL, bold=True)
            self.picture(name, Box(x, y + 5, w, h - 5))

    def foot(self) -> None:
        bottom, wide = self.height - 6.5, self.width - 2 * MARGIN
        self.label("attribution", Box(MARGIN, bottom - 23.2, wide, 5.5), NOTE, colour=PALE)
        self.rule("rule_foot", bottom - 17.2)
        self.label(
            "figure", Box(MARGIN, bottom - 15.7, wide - 30, 5.0), NOTE
        )  # two lines: for whom it is, and that it is a beta, are never cut
        self.label("sheet_number", Box(MARGIN + wide - 28, bottom - 15.7, 28, 3.5), NOTE, align="right")
        self.label("code", Box(MARGIN, bottom - 10.7, wide, 4.5), NOTE, colour=PALE)
        self.label("marking_foot", Box(MARGIN, bottom - 4.5, wide, 4.5), BODY, bold=True, align="middle")

    def map_block(self, main: Box, key: Box, note: Box) -> None:
        self.map("main_map", main)
        self.scale_bar("scale_bar", Box(main.x + 2, main.y + main.h - 9.5, 40, 8), "main_map")
        self.picture("north", Box(main.x + main.w - 8, main.y + 2, 6, 9))
        self.picture("key", key)
        self.label("map_note", note, NOTE, colour=PALE)

    def write(self, name: str) -> None:
        from qgis.PyQt.QtXml import QDomDocument

        document = QDomDocument()
        document.appendChild(self.layout.writeXml(document, QgsReadWriteContext()))
        text = re.sub(r'(uuid|templateUuid|linkedMapUuid|mapUuid)="\{?([^"}]+)\}?"', _same_uuid(), document.toString(1))
        (OUT / name).write_text(text, encoding="utf-8")


def _same_uuid():
    """The same ids in each run, so that only what was changed differs."""
    known: dict[str, str] = {}

    def stable(found: re.Match[str]) -> str:
        number = known.setdefault(found.group(2), f"{{00000000-0000-4000-8000-{len(known):012}}}")
        return f'{found.group(1)}="{number}"'

    return stable


def portrait() -> None:
    page = Drawing("Briefing map, portrait", 210, 297)
    page.head(148, 15, 16.5, 9, 7, Box(153, 16.5, 42, 41))
    page.rule("rule_head", 59.5)
    for i in range(4):
        x, w = across(210, i, 1, 4)
        page.tile(i + 1, Box(x, 61.5, w, 40), i == 1)
    page.map_block(Box(15, 103, 134, 92), Box(153, 103, 42, 92), Box(15, 196.2, 180, 6))
    page.panels(204, 45, 3)
    x, w = across(210, 0, 1, 2)
    page.label("notes", Box(x, 250.5, w, 15.5), NOTE, colour=PALE)
    x, w = across(210, 1, 1, 2)
    page.label("method", Box(x, 250.5, w, 15.5), NOTE, colour=PALE)
    page.foot()
    page.write("briefing_portrait.qpt")


def landscape() -> None:
    page = Drawing("Briefing map, landscape", 297, 210)
    page.head(235, 8.5, 15.5, 8.5, 6.5, Box(240, 16, 42, 28))
    page.rule("rule_head", 46)
    page.map_block(Box(15, 48.5, 122, 76), Box(141, 48.5, 42, 76), Box(15, 125.6, 168, 6))
    for i in range(4):
        page.tile(i + 1, Box(187 + (i % 2) * 49.5, 48.5 + (i // 2) * 42, 45.5, 41), i == 1)
    page.panels(133, 45, 4)
    x, w = across(297, 3, 1, 4)
    page.label("notes", Box(x, 133.2, w, 21), NOTE, colour=PALE)
    page.label("method", Box(x, 155.5, w, 22.5), NOTE, colour=PALE)
    page.foot()
    page.write("briefing_landscape.qpt")


def main() -> int:
    app = QgsApplication([], False)
    app.initQgis()
    OUT.mkdir(parents=True, exist_ok=True)
    portrait()
    landscape()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""One page of the briefing maps: a template, and the sheet that its items are filled with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
)
from qgis.PyQt.QtXml import QDomDocument

from ..compat import label_look, set_label_points
from ..core.briefing.pictures import before_and_after, gauge, hours_of_week, map_key, north, not_shown, shares
from ..core.briefing.sheet import Sheet
from ..core.dashboard.map_classes import MapClasses
from ..core.dashboard.tiles import TICK, Tile
from ..core.errors import FileError
from ..core.resources import resource_path
from ..core.words import DASH, capitalised
from .drawings import MILLIMETRES, Drawings
from .fit_text import fitted, width_of
from .map_layers import Layers, name_all_but, own_area_layer, plain_areas

FRAME = {"style": "no", "outline_color": "#d55e00", "outline_width": "0.5", "joinstyle": "miter"}
NEEDED = ("marking", "marking_foot", "title", "subtitle", "main_map", "figure", "method")
"""Items that no template may lack: without them a page would not say what it is."""
SCALES = (2_000, 2_500, 4_000, 5_000, 7_500, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 75_000, 100_000, 150_000, 200_000, 250_000, 500_000, 1_000_000)  # fmt: skip
BARS_M = (10, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 50_000)
HEAD = (("title", 0.8), ("subtitle", 2.2), ("verdict", 1.2), ("beside", 0.0))  # and the room beneath each, mm
MOVED = "moved"  # key of the tile whose picture has a line for each mode
HARD = "\u00a0"  # a blank at which no line breaks
ROUND = 1.3  # of an area's box, so that its surroundings are seen


@dataclass(frozen=True)
class Words:
    """What all sheets of a run say alike.

    Attributes
    ----------
    marking : protective marking, at the head and the foot
    headline : the first line of any board output
    foot : age of the data, version, audience, that nobody has checked
    method : how the figures are made, sentences
    attribution : whose data the ground beneath is
    map_note : what the map shows, and what it leaves out
    """

    marking: str
    headline: str
    foot: str
    method: str
    attribution: str
    map_note: str


class Page:
    """A layout in a project of its own; :meth:`fill` puts one sheet after the other on it.

    Layouts are drawn on the main thread, and so is this made there. Its small pictures are files of a folder that the caller takes
    away afterwards.
    """

    def __init__(self, orientation: str, layers: Layers, classes: MapClasses, words: Words, crs: QgsCoordinateReferenceSystem, folder: Path, template: Optional[Path] = None) -> None:  # fmt: skip
        self.project = QgsProject()
        self.project.setCrs(crs)
        self.layout = _loaded(self.project, template or template_of(orientation))
        self.layers, self._words = layers, words
        self._small = plain_areas(layers.outlines)
        self._own: list[QgsMapLayer] = []
        for layer in (*layers.all, self._small):
            self.project.addMapLayer(layer, False)
        self._main = self._item("main_map", QgsLayoutItemMap)
        self._locator = self._item("locator", QgsLayoutItemMap)
        self._used: dict[str, float] = {}  # height of the text of each label, mm
        self._looks = {i.id(): label_look(i) for i in self.layout.items() if isinstance(i, QgsLayoutItemLabel)}
        for item in filter(None, map(self.layout.itemById, ("scale_bar", "north"))):
            self._main.addLabelBlockingItem(item)
        self._main.setLabelMargin(QgsLayoutMeasurement(2, MILLIMETRES))
        if self._locator is not None:
            overview = self._locator.overview()
            overview.setLinkedMap(self._main)
            overview.setFrameSymbol(QgsFillSymbol.createSimple(FRAME))
        self._drawings = Drawings(self.layout, folder)
        self._drawings.put("north", north)
        kinds = set(layers.events.uniqueValues(0)) if layers.events is not None else set()
        roles = set(layers.outlines.uniqueValues(2))
        self._drawings.put("key", lambda w, h: map_key(classes.title, classes.labels, sorted(kinds), sorted(roles), w, h, width_of, layers.side_m))  # fmt: skip

    def close(self) -> None:
        """Let go of the layers."""
        self.project.clear()

    def fill(self, sheet: Sheet, counted: str = "") -> None:
        """Put a sheet on the page.

        Parameters
        ----------
        counted : "Sheet 3 of 39"
        """
        words = self._words
        texts = {
            "marking": words.marking, "marking_foot": words.marking, "headline": words.headline, "title": sheet.title, "subtitle": sheet.subtitle, "verdict": sheet.verdict,
            "beside": sheet.beside, "attribution": words.attribution, "map_note": words.map_note, "notes": " ".join(sheet.notes), "method": words.method,
            "figure": f"Figure {sheet.number} · data as of {sheet.as_of} · {words.foot}",
            "code": f"Code {sheet.code}" if sheet.code else "", "sheet_number": counted, "earlier_title": sheet.earlier_title,
        }  # fmt: skip
        for name, text in texts.items():
            self._label(name, text)
        self._flow()
        for i, tile in enumerate(sheet.tiles, 1):
            self._tile(i, tile)
        for i, week in enumerate(sheet.weeks, 1):
            self._label(f"week_{i}_title", week.title)
            self._drawings.put(f"week_{i}", lambda w, h, week=week: hours_of_week(week, w, h, width_of))  # type: ignore[misc]
        if sheet.earlier_title:
            self._drawings.put("earlier", lambda w, h: before_and_after(sheet.earlier, w, h, width_of))
        else:
            self._drawings.clear("earlier")
        self._maps(sheet.area_id)
        self.layout.refresh()

    # --- items --------------------------------------------------------------------------------------------------------

    def _item(self, name: str, kind: type) -> Optional[object]:
        item = self.layout.itemById(name)
        return item if isinstance(item, kind) else None

    def _label(self, name: str, text: str) -> None:
        item = self._item(name, QgsLayoutItemLabel)
        if item is None:
            return
        size = item.sizeWithUnits()
        found = fitted(text, size.width(), size.height(), *self._looks[name])
        set_label_points(item, found.points)
        item.setText(found.text)
        self._used[name] = found.height_mm

    def _flow(self) -> None:
        """The lines of the head follow each other closely, however many each of them has."""
        at: Optional[float] = None
        for name, gap in HEAD:
            item = self._item(name, QgsLayoutItemLabel)
            if item is None:
                continue
            at = item.pagePos().y() if at is None else at
            item.attemptMove(QgsLayoutPoint(item.pagePos().x(), at, MILLIMETRES))
            at += self._used[name] + gap if self._used[name] else 0.0

    def _tile(self, i: int, tile: Tile) -> None:
        moved = bool(tile.parts)
        # How officers moved is in the words of its picture; what must be known of it stands above.
        beside, lines = (", ".join(tile.lines[:-1]), ()) if moved else (tile.beside, tile.lines)
        in_picture = bool(tile.why) and tile.key == MOVED  # there is room for it
        if tile.why:
            beside, lines = ("", ()) if in_picture else ("not shown", (f"{capitalised(tile.why)}.",))
        self._label(f"tile_{i}_title", tile.title)
        self._label(f"tile_{i}_value", DASH if tile.why else tile.value)
        self._label(f"tile_{i}_beside", beside)
        self._label(f"tile_{i}_lines", "\n".join(map(_kept_together, lines)))
        if in_picture:
            self._drawings.put(f"tile_{i}_picture", lambda w, h: not_shown(tile.why, w, h, width_of))
        elif moved:
            self._drawings.put(f"tile_{i}_picture", lambda w, h: shares(tile, w, h))
        elif tile.gauge is not None:
            self._drawings.put(f"tile_{i}_picture", lambda w, h: gauge(tile.gauge, w, h))
        else:
            self._drawings.clear(f"tile_{i}_picture")

    def _maps(self, area: str) -> None:
        layers, crs = self.layers, self.layers.areas.crs()
        self.project.removeMapLayers([y.id() for y in self._own])
        shape = next(QgsGeometry(f.geometry()) for f in layers.outlines.getFeatures() if f["area_id"] == area)
        self._own = [own_area_layer(shape, crs), own_area_layer(shape, crs, solid=True)]
        for layer in self._own:
            self.project.addMapLayer(layer, False)
        main = self._main
        main.setCrs(crs)
        name_all_but(layers.outlines, area)
        main.setLayers([self._own[0], *reversed(layers.all)])
        _zoom(main, layers.extents[area])
        _bar(self._item("scale_bar", QgsLayoutItemScaleBar), main.scale())
        if self._locator is not None:
            self._locator.setCrs(crs)
            self._locator.setLayers([self._own[1], self._small, *layers.boundaries])
            box = QgsRectangle(layers.outlines.extent())
            box.combineExtentWith(main.extent())
            box.scale(1.08)
            _show(self._locator, box)


def _kept_together(line: str) -> str:
    """A line of a tile whose part behind the tick is broken nowhere."""
    head, tick, rest = line.partition(f" {TICK} ")
    line = f"{head} {TICK}{HARD}{rest.replace(' ', HARD)}" if tick else line
    return re.sub(r"\([^)]*\)", lambda found: found.group().replace(" ", HARD), line).replace(" %", f"{HARD}%")


def template_of(orientation: str) -> Path:
    """The plugin's own template."""
    return resource_path("layouts", f"briefing_{orientation}.qpt")


def _loaded(project: QgsProject, path: Path) -> QgsPrintLayout:
    """A layout of a template.

    Raises
    ------
    FileError
        for a file that is no template, or one without an item that each page needs.
    """
    layout, document = QgsPrintLayout(project), QDomDocument()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"The template {path.name!r} cannot be read: {error}.", "Choose a .qpt file.") from error
    read = document.setContent(text)
    good = read[0] if isinstance(read, tuple) else bool(read)
    if not good or not layout.loadFromTemplate(document, QgsReadWriteContext())[1]:
        raise FileError(f"{path.name!r} is no template of a layout.", "Save one as .qpt from QGIS's layout designer.")
    lacking = [name for name in NEEDED if layout.itemById(name) is None]
    if lacking:
        raise FileError(
            f"The template {path.name!r} has no item {', '.join(lacking)}.",
            "Begin with the plugin's own template and keep the ids of its items.",
        )
    return layout


def _zoom(item: QgsLayoutItemMap, box: QgsRectangle) -> None:
    """The area in the middle, at a round scale that shows something about it."""
    wanted = QgsRectangle(box)
    wanted.scale(ROUND)
    _show(item, wanted)
    least = item.scale()
    item.setScale(next((s for s in SCALES if s >= least), least))


def _show(item: QgsLayoutItemMap, box: QgsRectangle) -> None:
    """All of a box, in the shape that the item has: QGIS would make the item as the box is, or fail on one of no extent."""
    shape = item.rect()
    wide = max(box.width(), box.height() * shape.width() / shape.height(), 1.0)
    high = wide * shape.height() / shape.width()
    middle = box.center()
    item.setExtent(
        QgsRectangle(middle.x() - wide / 2, middle.y() - high / 2, middle.x() + wide / 2, middle.y() + high / 2)
    )


def _bar(item: Optional[QgsLayoutItemScaleBar], scale: float) -> None:
    """Two segments of a round length, about 30 mm together."""
    if item is None:
        return
    metres = next((m for m in reversed(BARS_M) if 2 * m * 1000 / scale <= 32), BARS_M[0])
    item.setUnitsPerSegment(metres)
    item.update()


__all__ = ["NEEDED", "Page", "Words", "template_of"]

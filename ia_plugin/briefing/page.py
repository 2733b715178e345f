"""One page of the briefing maps: a template, and the sheet that its items are filled with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
)
from qgis.PyQt.QtXml import QDomDocument

from ..compat import label_points, set_label_points
from ..core.briefing.pictures import before_and_after, gauge, hours_of_week, map_key, north, shares
from ..core.briefing.sheet import Sheet
from ..core.dashboard.map_classes import MapClasses
from ..core.dashboard.tiles import Tile
from ..core.errors import FileError
from ..core.resources import resource_path
from ..core.write_file import write_file
from .fit_text import POINT_MM, fitted, width_of
from .map_layers import Layers, own_area_layer, plain_areas

ORIENTATIONS = ("portrait", "landscape")
NEEDED = ("marking", "marking_foot", "title", "subtitle", "main_map", "figure", "method")
"""Items that no template may lack: without them a page would not say what it is."""
SCALES = (2_000, 2_500, 4_000, 5_000, 7_500, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 75_000, 100_000, 150_000, 200_000, 250_000, 500_000, 1_000_000)  # fmt: skip
BARS_M = (10, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 50_000)
ROUND = 1.3  # of an area's box, so that its surroundings are seen


@dataclass(frozen=True)
class Words:
    """What all sheets of a run say alike.

    Attributes
    ----------
    marking : protective marking, at the head and the foot
    foot : age of the data, version, audience, that nobody has checked
    method : method and attribution, sentences
    map_note : what the map shows, and what it leaves out
    """

    marking: str
    foot: str
    method: str
    map_note: str


class Page:
    """A layout in a project of its own; :meth:`fill` puts one sheet after the other on it.

    Layouts are drawn on the main thread, and so is this made there.
    """

    def __init__(self, orientation: str, layers: Layers, classes: MapClasses, words: Words, crs: QgsCoordinateReferenceSystem, template: Optional[Path] = None) -> None:  # fmt: skip
        self.project = QgsProject()
        self.project.setCrs(crs)
        self.layers, self._classes, self._words = layers, classes, words
        self._small = plain_areas(layers.outlines)
        self._own: list[QgsMapLayer] = []
        self._folder = TemporaryDirectory(prefix="briefing")
        self._drawn = 0
        for layer in (*layers.all, self._small):
            self.project.addMapLayer(layer, False)
        self.layout = _loaded(self.project, template or template_of(orientation))
        self._main = self._item("main_map", QgsLayoutItemMap)
        self._locator = self._item("locator", QgsLayoutItemMap)
        self._sizes = {i.id(): label_points(i) for i in self.layout.items() if isinstance(i, QgsLayoutItemLabel)}
        if self._locator is not None:
            self._locator.overview().setLinkedMap(self._main)
        self._picture("north", north)
        kinds = set(layers.events.uniqueValues(0)) if layers.events is not None else set()
        roles = set(layers.outlines.uniqueValues(2))
        self._picture("key", lambda w, h: map_key(classes.title, classes.labels, sorted(kinds), sorted(roles), w, h, width_of))  # fmt: skip

    def close(self) -> None:
        """Let go of the layers and of the pictures' files."""
        self.project.clear()
        self._folder.cleanup()

    def fill(self, sheet: Sheet, counted: str = "") -> None:
        """Put a sheet on the page.

        Parameters
        ----------
        counted : "Sheet 3 of 39"
        """
        words = self._words
        texts = {
            "marking": words.marking, "marking_foot": words.marking, "title": sheet.title, "subtitle": sheet.subtitle, "verdict": sheet.verdict,
            "beside": sheet.beside, "map_note": words.map_note, "notes": " ".join(sheet.notes), "method": words.method,
            "figure": f"Figure {sheet.number} · data as of {sheet.as_of} · {words.foot}",
            "code": f"Code {sheet.code}" if sheet.code else "", "sheet_number": counted, "earlier_title": sheet.earlier_title,
        }  # fmt: skip
        for name, text in texts.items():
            self._label(name, text)
        for i, tile in enumerate(sheet.tiles, 1):
            self._tile(i, tile)
        for i, week in enumerate(sheet.weeks, 1):
            self._label(f"week_{i}_title", f"{week.title} by hour of the week")
            self._picture(f"week_{i}", lambda w, h, week=week: hours_of_week(week, w, h, width_of))  # type: ignore[misc]
        if sheet.earlier_title:
            self._picture("earlier", lambda w, h: before_and_after(sheet.earlier, w, h, width_of))
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
        found = fitted(text, size.width(), size.height(), self._sizes[name], item.font().bold())
        set_label_points(item, found.points)
        item.setText(found.text)

    def _picture(self, name: str, draw) -> None:  # type: ignore[no-untyped-def]
        item = self._item(name, QgsLayoutItemPicture)
        if item is None:
            return
        self._drawn += 1  # a new name: QGIS keeps pictures by their paths
        size = item.sizeWithUnits()
        path = Path(self._folder.name) / f"{name}_{self._drawn}.svg"
        write_file(path, draw(size.width() / POINT_MM, size.height() / POINT_MM))
        item.setPicturePath(str(path), item.Format.FormatSVG)

    def _tile(self, i: int, tile: Tile) -> None:
        moved = bool(tile.parts)
        lines = (f"Not shown: {tile.why}.",) if tile.why else tile.lines[:-1] if moved else tile.lines
        self._label(f"tile_{i}_title", tile.title)
        self._label(f"tile_{i}_value", tile.value if not tile.why else "–")
        self._label(f"tile_{i}_beside", tile.beside)
        self._label(f"tile_{i}_lines", "\n".join(lines))
        if moved:
            self._picture(f"tile_{i}_picture", lambda w, h: shares(tile, w, h))
        elif tile.gauge is not None:
            self._picture(f"tile_{i}_picture", lambda w, h: gauge(tile.gauge, w, h))
        elif (item := self._item(f"tile_{i}_picture", QgsLayoutItemPicture)) is not None:
            item.setPicturePath("", item.Format.FormatSVG)

    def _maps(self, area: str) -> None:
        layers, crs = self.layers, self.layers.areas.crs()
        self.project.removeMapLayers([y.id() for y in self._own])
        shape = next(QgsGeometry(f.geometry()) for f in layers.outlines.getFeatures() if f["area_id"] == area)
        self._own = [own_area_layer(shape, crs), own_area_layer(shape, crs, solid=True)]
        for layer in self._own:
            self.project.addMapLayer(layer, False)
        main = self._main
        main.setCrs(crs)
        main.setLayers([self._own[0], *reversed(layers.all)])
        _zoom(main, layers.extents[area])
        _bar(self._item("scale_bar", QgsLayoutItemScaleBar), main.scale())
        if self._locator is not None:
            self._locator.setCrs(crs)
            self._locator.setLayers([self._own[1], self._small])
            box = QgsRectangle(layers.outlines.extent())
            box.combineExtentWith(main.extent())
            box.scale(1.08)
            self._locator.zoomToExtent(box)


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
    item.zoomToExtent(wanted)
    least = item.scale()
    item.setScale(next((s for s in SCALES if s >= least), least))


def _bar(item: Optional[QgsLayoutItemScaleBar], scale: float) -> None:
    """Two segments of a round length, about 30 mm together."""
    if item is None:
        return
    metres = next((m for m in reversed(BARS_M) if 2 * m * 1000 / scale <= 32), BARS_M[0])
    item.setUnitsPerSegment(metres)
    item.update()


__all__ = ["NEEDED", "ORIENTATIONS", "Page", "Words", "template_of"]

"""The layers of printed maps, in memory: areas in classes, their outlines and names, events by square, the ground beneath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsFeature,
    QgsField,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProperty,
    QgsRectangle,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor, QFont

from ..compat import FieldType
from ..core.briefing.pictures import MARK_MM, MOST_MARKED
from ..core.briefing.svg import FONT
from ..core.colours import INK, PALE
from ..core.dashboard.map_classes import NOT_KNOWN, MapClasses
from ..layers.symbols import class_renderer, event_symbol, outline, role_renderer

if TYPE_CHECKING:
    import pandas as pd

MAPPED = ("impact", "comparison", "other", "buffer")
STREET = "#a9a9a4"
OUTLINE = "impactareas/outline"  # a property of layers
ALPHA = 190  # of 255, of shades over ground that would else be hidden
NAME_POINTS, NAME_LINE = 6.5, 22  # letters of a line of an area's name


@dataclass(frozen=True)
class Layers:
    """Layers of one run, bottom first.

    Attributes
    ----------
    ground : what lies beneath the areas
    areas : areas in classes; `outlines` with their names; `events` by square, None where none are mapped
    extents : the box of each area by id
    side_m : of the squares of events
    """

    ground: tuple[QgsMapLayer, ...]
    areas: QgsVectorLayer
    outlines: QgsVectorLayer
    events: Optional[QgsVectorLayer]
    extents: dict[str, QgsRectangle]
    side_m: float = 200.0

    @property
    def all(self) -> list[QgsMapLayer]:
        """Each layer, bottom first: lines of the ground stand above the areas' shades, all else of it beneath."""
        above = [y for y in self.ground if is_of_lines(y)]
        beneath = [y for y in self.ground if y not in above and y not in self.boundaries]
        events = [self.events] if self.events is not None else []
        return [*beneath, self.areas, *self.boundaries, *above, *events, self.outlines]

    @property
    def boundaries(self) -> list[QgsMapLayer]:
        """Polygons of the ground that are but an outline."""
        return [y for y in self.ground if isinstance(y, QgsVectorLayer) and y.customProperty(OUTLINE)]


def layers_of(
    areas: pd.DataFrame,
    classes: MapClasses,
    squares: Optional[pd.DataFrame],
    crs: QgsCoordinateReferenceSystem,
    ground: Sequence[QgsMapLayer] = (),
    side_m: float = 200.0,
) -> Layers:
    """The layers of all sheets of a run.

    Parameters
    ----------
    areas : ``area_id, name, role, geometry``
    classes : of the areas, by their figure
    squares : see :func:`~ia_plugin.core.briefing.event_squares.event_squares`; None where no events are mapped
    crs : of both, projected
    side_m : side of the squares, metres
    """
    shown = areas[areas["role"].isin(MAPPED)]
    class_of = dict(zip(classes.area_ids, (int(c) for c in classes.classes)))
    rows = [(str(r.area_id), str(r.name), str(r.role), class_of.get(str(r.area_id), NOT_KNOWN)) for r in shown.itertuples()]  # fmt: skip
    shapes = [QgsGeometry.fromWkt(g.wkt) for g in shown["geometry"]]
    layer = area_layer(rows, shapes, crs)
    layer.setRenderer(class_renderer(classes.labels))
    layer.setName(classes.title)
    if any(not is_of_lines(y) and not y.customProperty(OUTLINE) for y in ground):
        see_through(layer)
    outlines = layer.clone()
    outlines.setRenderer(role_renderer())
    name_all_but(outlines, "")
    extents = {row[0]: shape.boundingBox() for row, shape in zip(rows, shapes)}
    return Layers(
        tuple(ground),
        layer,
        outlines,
        event_layer(squares, crs, side_m) if squares is not None else None,
        extents,
        side_m,
    )


def area_layer(
    rows: Iterable[tuple[object, ...]], shapes: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem
) -> QgsVectorLayer:
    """Areas in memory: ``area_id, name, role, map_class``."""
    fields = (("area_id", FieldType.TEXT), ("name", FieldType.TEXT), ("role", FieldType.TEXT), ("map_class", FieldType.INTEGER))  # fmt: skip
    return _filled(_memory("MultiPolygon", "areas", crs), fields, rows, shapes)


def event_layer(squares: pd.DataFrame, crs: QgsCoordinateReferenceSystem, side_m: float) -> QgsVectorLayer:
    """A mark for each kind of event in a square, as large as there are many; kinds stand beside each other in it."""
    shift = {"crime": (-0.22, 0.2), "incident": (0.22, 0.2), "stop_search": (0.0, -0.25)}
    fields = (("kind", FieldType.TEXT), ("events", FieldType.INTEGER))
    known = squares[squares["kind"].isin(shift)].sort_values("events", ascending=False)
    rows = [(str(r.kind), int(r.events)) for r in known.itertuples()]
    shapes = [
        QgsGeometry.fromPointXY(QgsPointXY(r.x + side_m * shift[r.kind][0], r.y + side_m * shift[r.kind][1]))
        for r in known.itertuples()
    ]
    layer = _filled(_memory("Point", "events", crs), fields, rows, shapes)
    categories = []
    for kind in shift:
        symbol = event_symbol(kind)
        size = QgsProperty.fromExpression(f'{MARK_MM} * sqrt(min("events", {MOST_MARKED}))')
        symbol.symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.Property.PropertySize, size)
        categories.append(QgsRendererCategory(kind, symbol, kind))
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    return layer


def own_area_layer(shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, solid: bool = False) -> QgsVectorLayer:
    """The area of one sheet: a thick line, or filled for the small map."""
    layer = _filled(_memory("MultiPolygon", "this area", crs), (), [()], [shape])
    look = {"color": INK, "outline_color": INK, "outline_width": "0.2"} if solid else {"style": "no", **outline("impact"), "outline_color": "#000000", "outline_width": "0.7", "joinstyle": "round"}  # fmt: skip
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({k: str(v) for k, v in look.items()})))
    return layer


def plain_areas(layer: QgsVectorLayer) -> QgsVectorLayer:
    """The same areas for the small map: pale, without names."""
    plain = layer.clone()
    plain.setLabelsEnabled(False)
    plain.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"color": "#d9d9d9", "outline_color": "#9a9a9a", "outline_width": "0.1"})))  # fmt: skip
    return plain


def quiet(layer: QgsVectorLayer, line_mm: float = 0.14) -> None:
    """A plain grey look for ground that has none of its own: streets, boundaries, water."""
    if layer.geometryType() == QgsWkbTypes.GeometryType.LineGeometry:
        symbol = QgsLineSymbol.createSimple({"line_color": STREET, "line_width": str(line_mm), "capstyle": "round"})
    elif layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry:
        layer.setCustomProperty(OUTLINE, True)
        symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": PALE, "outline_width": "0.3"})
    else:
        return
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setLabelsEnabled(False)


def is_of_lines(layer: QgsMapLayer) -> bool:
    """Whether a layer is of lines, which leave visible what lies beneath."""
    return isinstance(layer, QgsVectorLayer) and layer.geometryType() == QgsWkbTypes.GeometryType.LineGeometry


def see_through(layer: QgsVectorLayer) -> None:
    """Let the ground beneath the shades of areas be seen."""
    for category in layer.renderer().categories():
        symbol = category.symbol().clone()
        colour = symbol.color()
        colour.setAlpha(ALPHA)
        symbol.setColor(colour)
        layer.renderer().updateCategorySymbol(layer.renderer().categoryIndexForValue(category.value()), symbol)


def name_all_but(layer: QgsVectorLayer, area: str) -> None:
    """Names of areas, in lines, with a white edge; the sheet's own stands at its head."""
    form, halo, font = QgsTextFormat(), QgsTextBufferSettings(), QFont(FONT)
    form.setFont(font)
    form.setSize(NAME_POINTS)
    form.setColor(QColor(INK))
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor("#ffffff"))
    form.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = f'if("area_id" = {QgsExpression.quotedString(area)}, \'\', "name")'
    settings.isExpression = True
    settings.autoWrapLength = NAME_LINE
    settings.setFormat(form)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _memory(kind: str, name: str, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    layer = QgsVectorLayer(kind, name, "memory")
    layer.setCrs(crs)
    return layer


def _filled(
    layer: QgsVectorLayer,
    fields: Iterable[tuple[str, object]],
    rows: Iterable[tuple[object, ...]],
    shapes: Sequence[QgsGeometry],
) -> QgsVectorLayer:
    layer.dataProvider().addAttributes([QgsField(name, kind) for name, kind in fields])
    layer.updateFields()
    made = []
    for row, shape in zip(rows, shapes):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        whole = QgsGeometry(shape)
        if layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry:
            whole.convertToMultiType()
        feature.setGeometry(whole)
        made.append(feature)
    layer.dataProvider().addFeatures(made)
    layer.updateExtents()
    return layer


__all__ = ["Layers", "area_layer", "event_layer", "layers_of", "name_all_but", "own_area_layer", "plain_areas", "quiet"]

"""The map that answers the filter: one group of layers, with the areas in classes of the figure that is looked at."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Optional, Union

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateTransform,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsLayerTreeGroup,
    QgsPalLayerSettings,
    QgsProject,
    QgsRectangle,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QCoreApplication, QTimer
from qgis.PyQt.QtGui import QColor

from ...compat import FieldType
from ...core.area_names import distinct_names
from ...core.colours import SHADES
from ...core.dashboard.map_classes import NOT_KNOWN, MapClasses
from ...layers.symbols import class_renderer
from ..translated import translated
from .roles import ROLE_PROPERTY
from .store_layers import GROUP, add_summary_layers
from .store_source import place_of_layer, place_to_compare, source_of

DENSITY_ROLE = "officer density"
ROLE = "figure of areas"  # of the layer: no role of ours, so that no filter takes an area from it
LABELS_FROM = 150_000  # scale: further out names would hide the areas
AT_ONCE = 2_000  # areas written before the window may draw again: some 10 ms
AREA_FIELDS = (("area_id", FieldType.TEXT), ("name", FieldType.TEXT), ("role", FieldType.TEXT), ("value", FieldType.REAL),
               ("map_class", FieldType.INTEGER), ("why", FieldType.TEXT))  # fmt: skip


class AreaMap:
    """The group of layers of one store in one project. Nothing of an earlier store stays when another is brought."""

    def __init__(self, project: QgsProject, canvas: Any = None) -> None:
        self._project, self._canvas = project, canvas
        self._layer_id = ""
        self._summary: Optional[Union[str, Path]] = None
        self._shown = ""  # key of the figure that the legend is of
        self._feature_of: dict[str, int] = {}  # by area, in the layer of classes
        self._written: dict[int, tuple[Any, ...]] = {}  # what the layer has, by feature
        self._left: dict[int, tuple[Any, ...]] = {}  # what it is still to get
        self._classes: Optional[MapClasses] = None
        self._soon = QTimer()
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._write)

    @property
    def layer(self) -> Optional[QgsVectorLayer]:
        """The areas in classes; None where it is not in the project, or was taken from it."""
        return self._project.mapLayer(self._layer_id) if self._layer_id else None

    def bring(self, summary: Union[str, Path]) -> list[QgsVectorLayer]:
        """Areas in classes, their outlines, and the events of a store into a group of their own, in place of another store's."""
        group = self._project.layerTreeRoot().findGroup(GROUP)
        if group is not None and self._summary != summary:
            self._take_away(group, summary)
        self._summary = summary
        added: list[QgsVectorLayer] = list(add_summary_layers(self._project, summary))
        if self.layer is None:
            made = self._classes_layer()
            if made is not None:
                self._project.addMapLayer(made, False)
                self._project.layerTreeRoot().findGroup(GROUP).addLayer(made)
                self._layer_id, self._shown = made.id(), ""
                added.append(made)
                self.zoom()
        return added

    def bring_store(self, place: Optional[Union[str, Path]]) -> list[QgsVectorLayer]:
        """:meth:`bring` of a store's summary, in whichever home."""
        from ...store.open_summary import is_shared, summary_path

        return [] if place is None else self.bring(place if is_shared(place) else summary_path(place))

    def add_density(self, folder: Path, week: date, shift: str) -> QgsVectorLayer:
        """Officer density of a week and shift into the group, beneath the others, in place of the one before."""
        from .density_layer import density_layer

        layer = density_layer(folder, week, shift)
        layer.setCustomProperty(ROLE_PROPERTY, DENSITY_ROLE)
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        root = self._project.layerTreeRoot()
        self._project.removeMapLayers(
            [y.id() for y in self._project.mapLayers().values() if y.customProperty(ROLE_PROPERTY) == DENSITY_ROLE]
        )
        self._project.addMapLayer(layer, False)
        (root.findGroup(GROUP) or root.insertGroup(0, GROUP)).addLayer(layer)
        return layer

    def show(self, classes: Optional[MapClasses]) -> None:
        """Put the areas into the classes of a figure; None leaves the map as it is.

        A few thousand areas stand in their classes at once, more in steps between which the window goes on; legend and canvas
        turn with the last of them. Another figure meanwhile takes the place of the one that is being written.
        """
        if self.layer is None or classes is None:
            return
        found = {
            area: (float(value) if int(kind) != NOT_KNOWN else None, int(kind), translated(why))
            for area, value, kind, why in zip(classes.area_ids, classes.values, classes.classes, classes.whys)
        }
        none = (None, NOT_KNOWN, "")
        wanted = {fid: found.get(area, none) for area, fid in self._feature_of.items()}
        self._left = {fid: values for fid, values in wanted.items() if self._written.get(fid) != values}
        self._classes = classes
        self._write()

    @property
    def busy(self) -> bool:
        """Whether areas are still being put into their classes."""
        return bool(self._left)

    def _write(self) -> None:
        """The next areas; with the last of them legend and canvas."""
        layer, classes = self.layer, self._classes
        if layer is None or classes is None:
            self._left = {}
            return
        some = dict(islice(self._left.items(), AT_ONCE))
        places = [layer.fields().indexOf(n) for n in ("value", "map_class", "why")]
        layer.dataProvider().changeAttributeValues({fid: dict(zip(places, values)) for fid, values in some.items()})
        self._written.update(some)
        for fid in some:
            del self._left[fid]
        if self._left:
            self._soon.start()
            return
        if classes.key != self._shown:  # a legend made anew unfolds, and forgets what the user ticked off
            self._shown = classes.key
            layer.setName(translated(classes.title))
            layer.setRenderer(_renderer(classes))
            layer.emitStyleChanged()
        layer.triggerRepaint()

    def zoom(self, area_ids: tuple[str, ...] = ()) -> None:
        """Move the map to some areas; to all that are Impact or comparison areas where none is named."""
        layer = self.layer
        if layer is None or self._canvas is None:
            return
        box = QgsRectangle()
        for feature in layer.getFeatures():
            wanted = feature["area_id"] in area_ids if area_ids else feature["role"] in ("impact", "comparison")
            if wanted:
                box.combineExtentWith(feature.geometry().boundingBox())
        if box.isEmpty():
            return
        system = self._canvas.mapSettings().destinationCrs()
        if system.isValid() and layer.crs().isValid():
            box = QgsCoordinateTransform(layer.crs(), system, self._project).transformBoundingBox(box)
        box.scale(1.15 if not area_ids else 1.6)
        self._canvas.setExtent(box)
        self._canvas.refresh()

    def clear(self) -> None:
        """What stands in memory alone goes; layers of the store stay, for the user may have styled them."""
        made = (ROLE, DENSITY_ROLE)
        self._project.removeMapLayers(
            [y.id() for y in self._project.mapLayers().values() if y.customProperty(ROLE_PROPERTY) in made]
        )
        self._layer_id, self._summary, self._left = "", None, {}
        self._soon.stop()

    def _take_away(self, group: QgsLayerTreeGroup, summary: Union[str, Path]) -> None:
        """Layers of another store; what the user put into the group himself stays."""
        ours = [n.layer() for n in group.findLayers() if n.layer() is not None and _is_ours(n.layer())]
        here = place_to_compare(summary)
        gone = [y.id() for y in ours if y.id() == self._layer_id or place_of_layer(y) != here]
        self._project.removeMapLayers(gone)
        self._layer_id = "" if self._layer_id in gone else self._layer_id

    def _classes_layer(self) -> Optional[QgsVectorLayer]:
        """A layer in memory with the areas of the store, not yet in any class."""
        if self._summary is None:
            return None
        place, provider = source_of(self._summary, "areas")
        source = QgsVectorLayer(place, "areas", provider)
        if not source.isValid():
            return None
        title = QCoreApplication.translate("ImpactArea", "Areas by figure")
        layer = QgsVectorLayer(f"MultiPolygon?crs={source.crs().authid()}", title, "memory")
        layer.dataProvider().addAttributes([QgsField(name, kind) for name, kind in AREA_FIELDS])
        layer.updateFields()
        made, areas = [], list(source.getFeatures())
        names = _names_of(areas, source.fields().names())
        for area, name in zip(areas, names):
            if area["role"] not in ("impact", "comparison", "other"):
                continue
            feature = QgsFeature(layer.fields())
            shape = QgsGeometry(area.geometry())
            shape.convertToMultiType()
            feature.setGeometry(shape)
            values = {"area_id": area["area_id"], "name": name, "role": area["role"], "map_class": NOT_KNOWN}
            for field, value in values.items():
                feature[field] = value
            made.append(feature)
        _done, added = layer.dataProvider().addFeatures(made)
        self._feature_of, self._written, self._left = {str(f["area_id"]): f.id() for f in added}, {}, {}
        layer.setCustomProperty(ROLE_PROPERTY, ROLE)
        layer.setCustomProperty("skipMemoryLayersCheck", 1)  # closing QGIS asks nothing: the store has it all
        layer.setRenderer(_renderer(None))
        _label(layer)
        return layer


def _names_of(areas: list[QgsFeature], fields: list[str]) -> list[str]:
    """Names as the figures beside the map say them."""
    ids = [str(a["area_id"]) for a in areas]
    names = (str(a["name"] or "") if "name" in fields else "" for a in areas)
    return distinct_names(ids, [n or i for n, i in zip(names, ids)])


def _is_ours(layer: QgsVectorLayer) -> bool:
    return bool(layer.customProperty(ROLE_PROPERTY))


def _renderer(classes: Optional[MapClasses]) -> QgsCategorizedSymbolRenderer:
    return class_renderer(tuple(map(translated, classes.labels)) if classes is not None else ())


def _label(layer: QgsVectorLayer) -> None:
    """Names of areas where there is room for them."""
    form, halo = QgsTextFormat(), QgsTextBufferSettings()
    form.setSize(8)
    form.setColor(QColor("#222222"))
    halo.setEnabled(True)
    halo.setSize(0.8)
    halo.setColor(QColor(255, 255, 255, 210))
    form.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.setFormat(form)
    settings.scaleVisibility = True
    settings.minimumScale = LABELS_FROM
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


__all__ = ["SHADES", "AreaMap"]

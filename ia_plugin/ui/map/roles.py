"""What a layer is to the dock: its role, its fields as kinds, and the dialect its filter is written in."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsField, QgsMapLayer, QgsVectorLayer, QgsWkbTypes

from ...compat import FieldType
from .expressions import ROLES

ROLE_PROPERTY = "impactareas/role"  # custom property of a layer; any other word than a role: not one of ours

# The first whose fields a layer has; tracks come after legs, which name their track.
_BY_FIELDS = (
    ("legs", {"leg_id", "start", "end"}),
    ("visits", {"visit_id", "enter", "leave"}),
    ("tracks", {"track_id", "start", "end"}),
    ("events", {"event_id", "kind", "start"}),
    ("events", {"kind", "category", "start", "location_precision"}),
    ("fixes", {"officer_id", "time"}),
)
_AREAS = {"area_id", "role"}

_KINDS = {
    FieldType.DATE_TIME: "time",
    FieldType.DATE: "date",
    FieldType.TEXT: "text",
    FieldType.REAL: "float",
    **dict.fromkeys(FieldType.INTEGERS, "int"),
}


def role_of(layer: QgsVectorLayer) -> str:
    """One of `ROLES`, by the layer's custom property or by its fields; '' for a layer that is not ours."""
    shown = layer.customProperty(ROLE_PROPERTY)
    if shown:
        return str(shown) if shown in ROLES else ""
    names = set(layer.fields().names())
    for role, needed in _BY_FIELDS:
        if needed <= names:
            return role
    polygons = layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
    return "areas" if polygons and names >= _AREAS else ""


def file_of(layer: QgsMapLayer) -> Path:
    """The file of a layer, to compare: on Windows a project gives it back with other slashes than it was opened with."""
    return Path(layer.source().split("|")[0])


def kinds_of(layer: QgsVectorLayer) -> dict[str, str]:
    """Field -> kind, of the fields that the source itself has: a filter cannot name joined or virtual ones."""
    return {f.name(): _kind(f) for f in layer.dataProvider().fields()}


def dialect_of(layer: QgsVectorLayer) -> str:
    """The dialect of a layer's filter; '' where its source cannot be filtered by time."""
    source = layer.providerType()
    if source in ("memory", "delimitedtext"):
        return "qgis"
    if source == "postgres":
        return "postgres"
    if source == "spatialite" or (source == "ogr" and layer.storageType() in ("GPKG", "SQLite")):
        return "sqlite"
    return ""


def _kind(field: QgsField) -> str:
    kind = _KINDS.get(field.type(), "other")
    return "clock" if kind == "time" and field.typeName() == "timestamp" else kind

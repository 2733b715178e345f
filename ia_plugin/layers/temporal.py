"""Temporal properties of layers: which fields the Temporal Controller moves through them by."""

from __future__ import annotations

from qgis.core import Qgis, QgsVectorLayer

_PAIRS = (("start", "end"), ("enter", "leave"))


def set_times(layer: QgsVectorLayer) -> bool:
    """Let the Temporal Controller move through a layer that has times (UTC, as it shows them); whether it has."""
    names = set(layer.fields().names())
    properties = layer.temporalProperties()
    pair = next((p for p in _PAIRS if set(p) <= names), None)
    if pair:
        properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
        properties.setStartField(pair[0])
        properties.setEndField(pair[1])
    elif "time" in names:
        properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
        properties.setStartField("time")
    else:
        return False
    properties.setIsActive(True)
    return True

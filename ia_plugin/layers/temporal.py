"""Temporal properties of layers: which fields the Temporal Controller moves through them by."""

from __future__ import annotations

from qgis.core import Qgis, QgsVectorLayer

_PAIRS = (("start", "end"), ("enter", "leave"))
_OF_EVENTS = {"event_id", "time_precision", "category"}  # what tells a layer of events from one of movement


def set_times(layer: QgsVectorLayer) -> bool:
    """Let the Temporal Controller move through a layer that has times (UTC, as it shows them); whether it has.

    Many events have no length and stand on a whole hour: with their end left out, as QGIS does by itself, one at the first moment of a
    frame is in no frame at all. Legs and visits have a length, and end where the next begins.
    """
    names = set(layer.fields().names())
    properties = layer.temporalProperties()
    pair = next((p for p in _PAIRS if set(p) <= names), None)
    if pair:
        properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
        properties.setStartField(pair[0])
        properties.setEndField(pair[1])
        limits = Qgis.VectorTemporalLimitMode
        properties.setLimitMode(limits.IncludeBeginIncludeEnd if names & _OF_EVENTS else limits.IncludeBeginExcludeEnd)
    elif "time" in names:
        properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
        properties.setStartField("time")
    else:
        return False
    properties.setIsActive(True)
    return True

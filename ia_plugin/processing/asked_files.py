"""What the value of a parameter names, out of what QGIS wraps it in."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
)


def asked_file(value: object, context: QgsProcessingContext) -> Path:
    """The file that an output's value names whole; a path of nothing where it names a table, a layer in memory or no place."""
    text = static_value(value, context)
    return Path(text if isinstance(text, str) and "|" not in text else "")


def static_value(value: object, context: QgsProcessingContext) -> object:
    """A parameter's value out of what QGIS wraps it in."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    elif isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    if isinstance(value, QgsProperty):
        value = value.valueAsString(context.expressionContext(), "")[0]
    return value

"""What a layer says of itself, where QGIS shows it: among its metadata."""

from __future__ import annotations

from qgis.core import QgsMapLayer


def describe(layer: QgsMapLayer, words: str) -> None:
    """Give a layer a description, in the place that every version of QGIS reads."""
    facts = layer.metadata()
    facts.setAbstract(words)
    layer.setMetadata(facts)


__all__ = ["describe"]

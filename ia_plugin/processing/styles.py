"""How outputs look when QGIS loads them: style file, temporal properties, and no more."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsGraduatedSymbolRenderer,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from ..core.resources import resource_path

# Style of each output: (algorithm, output) -> file in resources/styles.
STYLES = {
    ("buildtracks", "OUTPUT"): "tracks.qml",
    ("buildtracks", "LEGS"): "legs.qml",
    ("classifymovement", "OUTPUT"): "legs.qml",
    ("displacement", "RINGS"): "displacement_rings.qml",
    ("timeinareas", "OUTPUT"): "time_in_areas.qml",
    ("timeinareas", "LEGS"): "legs.qml",
}

CLASSES = 5

# QGIS keeps no reference to a Python post-processor: without this list it would be gone before it is called.
_waiting: list[Dresser] = []


class Dresser(QgsProcessingLayerPostProcessorInterface):  # type: ignore[misc]
    """Applies a style and temporal properties to one output, and says in its description whether its figures were checked."""

    def __init__(self, style: str, words: str = "") -> None:
        super().__init__()
        self._style, self._words = style, words

    def postProcessLayer(self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: Any) -> None:
        if self._words:
            facts = layer.metadata()
            facts.setAbstract(self._words)
            layer.setMetadata(facts)
        if isinstance(layer, QgsVectorLayer) and self._style:
            from ..layers.temporal import set_times  # here: listing the algorithms imports nothing heavy

            path = resource_path("styles", self._style)
            if path.is_file():
                layer.loadNamedStyle(str(path))
                if isinstance(layer.renderer(), QgsGraduatedSymbolRenderer):
                    # The file knows the colours; the classes are this layer's own.
                    layer.renderer().updateClasses(layer, CLASSES)
            set_times(layer)
            layer.triggerRepaint()
        if self in _waiting:
            _waiting.remove(self)


def dress(output: str, dest: str, algorithm: str, context: QgsProcessingContext, words: str = "") -> None:
    """Have the output dressed and described when it is loaded; nothing happens where it is not."""
    style = STYLES.get((algorithm, output), "")
    if (style or words) and context.willLoadLayerOnCompletion(dest):
        dresser = Dresser(style, words)
        _waiting.append(dresser)
        context.layerToLoadOnCompletionDetails(dest).setPostProcessor(dresser)

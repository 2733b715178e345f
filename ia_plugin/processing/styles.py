"""How outputs look when QGIS loads them: style file, classes of their own values, temporal properties, fields in words."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsFeatureRequest,
    QgsGraduatedSymbolRenderer,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from ..compat import FieldType
from ..core.columns.field_words import field_in_words
from ..core.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable

# Style of each output: (algorithm, output) -> file in resources/styles. Tables have none, and their fields in words all the same.
STYLES = {
    ("buildtracks", "OUTPUT"): "tracks.qml",
    ("buildtracks", "LEGS"): "legs.qml",
    ("classifymovement", "OUTPUT"): "legs.qml",
    ("displacement", "RINGS"): "displacement_rings.qml",
    ("eventsinareas", "AREA_COUNTS"): "event_rates.qml",
    ("importaffiliations", "OUTPUT"): "fixes.qml",
    ("importevents", "OUTPUT"): "events.qml",
    ("matchareas", "OUTPUT"): "areas.qml",
    ("simulateshifts", "OUTPUT"): "fixes.qml",
    ("simulateshifts", "TRUTH"): "legs.qml",
    ("simulateshifts", "EVENTS"): "events.qml",
    ("timeinareas", "OUTPUT"): "time_in_areas.qml",
    ("timeinareas", "LEGS"): "legs.qml",
}
SNAPPED = "events_snapped.qml"
LOOKED_AT = 500  # features, for whether places are snapped

CLASSES = 5
TIMES = "epoch("  # in the expression of a graduated style: its classes are moments

# QGIS keeps no reference to a Python post-processor: without this list it would be gone before it is called.
_waiting: list[Dresser] = []


class Dresser(QgsProcessingLayerPostProcessorInterface):  # type: ignore[misc]
    """Applies a style, where there is one, temporal properties and the words of its fields to one output, and says in its description whether its figures were checked."""

    def __init__(self, style: str = "", words: str = "") -> None:
        super().__init__()
        self._style, self._words = style, words

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        if self._words:
            from ..layers.description import describe

            describe(layer, self._words)
        if isinstance(layer, QgsVectorLayer):
            from ..layers.temporal import set_times  # here: listing the algorithms imports nothing heavy

            self._apply(layer)
            set_times(layer)
            put_into_words(layer)
            layer.triggerRepaint()
        if self in _waiting:
            _waiting.remove(self)

    def _apply(self, layer: QgsVectorLayer) -> None:
        style = SNAPPED if self._style == "events.qml" and are_snapped(layer) else self._style
        path = resource_path("styles", style) if style else None
        if path is None or not path.is_file():
            return
        layer.loadNamedStyle(str(path))
        renderer = layer.renderer()
        if isinstance(renderer, QgsGraduatedSymbolRenderer):
            # The file knows the colours; the classes are this layer's own.
            renderer.updateClasses(layer, CLASSES)
            _say_plainly(renderer)
            if renderer.classAttribute().startswith(TIMES):
                _say_times(renderer)


def put_into_words(layer: QgsVectorLayer) -> None:
    """Fields get an alias: what they are, and in which unit; their names stay."""
    for i, field in enumerate(layer.fields()):
        if not field.alias():
            layer.setFieldAlias(i, field_in_words(field.name(), is_time=field.type() == FieldType.DATE_TIME))


def are_snapped(layer: QgsVectorLayer) -> bool:
    """Whether most places of a layer of events are snapped to streets, so that many lie on one point."""
    at = layer.fields().indexOf("location_precision")
    if at < 0:
        return False
    request = QgsFeatureRequest().setSubsetOfAttributes([at]).setLimit(LOOKED_AT)
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    found = [f[at] == "snapped" for f in layer.getFeatures(request)]
    return 2 * sum(found) > len(found)


def _say_plainly(renderer: QgsGraduatedSymbolRenderer) -> None:
    """Classes of numbers as "3 to 11": QGIS forgets the form that the style file asks for."""
    ranges = renderer.ranges()
    most = max((abs(r.upperValue()) for r in ranges), default=0.0)
    decimals = 0 if most >= 20 else 1 if most >= 2 else 2
    for i, r in enumerate(ranges):
        renderer.updateRangeLabel(i, f"{r.lowerValue():,.{decimals}f} to {r.upperValue():,.{decimals}f}")


def _say_times(renderer: QgsGraduatedSymbolRenderer) -> None:
    """Classes of seconds since 1970 as the moments they are."""
    for i, words in enumerate(_in_moments((r.lowerValue(), r.upperValue()) for r in renderer.ranges())):
        renderer.updateRangeLabel(i, words)


def _in_moments(ranges: Iterable[tuple[float, float]]) -> list[str]:
    from ..core.filter_state import MONTHS

    found = []
    for ends in ranges:
        low, high = (datetime.fromtimestamp(s, timezone.utc) for s in ends)
        first, last = (f"{m.day} {MONTHS[m.month - 1]} {m:%H:%M}" for m in (low, high))
        found.append(f"{first} to {last if low.date() != high.date() else f'{high:%H:%M}'} UTC")
    return found


def dress(output: str, dest: str, algorithm: str, context: QgsProcessingContext, words: str = "") -> None:
    """Have the output dressed and described when it is loaded; nothing happens where it is not."""
    if context.willLoadLayerOnCompletion(dest):
        dresser = Dresser(style_of(algorithm, output) or "", words)
        _waiting.append(dresser)
        context.layerToLoadOnCompletionDetails(dest).setPostProcessor(dresser)


def style_of(algorithm: str, output: str) -> Optional[str]:
    """The style file of an output; None for a table."""
    return STYLES.get((algorithm, output))

"""Symbols that the dashboard's map, printed maps and styles share: classes of areas, outlines by role, events."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsCategorizedSymbolRenderer, QgsFillSymbol, QgsMarkerSymbol, QgsRendererCategory
from qgis.PyQt.QtCore import QCoreApplication

from ..core.colours import HATCH, INK, KIND_COLOURS, ROLE_LINES, SHADES
from ..core.dashboard.map_classes import NOT_KNOWN

NUMBERS = "①②③④⑤"
HATCHED = {"style": "b_diagonal", "color": HATCH, "outline_color": HATCH, "outline_width": "0.2"}
ROLE_WORDS = {
    "impact": "Impact Areas",
    "comparison": "Comparison areas",
    "site": "Police sites",
    "buffer": "Buffers",
    "other": "Other areas",
}
SHAPES = {"crime": "circle", "incident": "square", "stop_search": "triangle"}
"""Of marks in print, so that kinds of events differ in grey."""


def class_renderer(labels: Sequence[str] = (), field: str = "map_class") -> QgsCategorizedSymbolRenderer:
    """The classes of areas with their numbers, and hatched what is not known, which is not nought."""
    categories = [
        QgsRendererCategory(
            i, QgsFillSymbol.createSimple({"color": shade, "outline_style": "no"}), f"{NUMBERS[i]} {label}"
        )
        for i, (shade, label) in enumerate(zip(SHADES, labels))
    ]
    words = QCoreApplication.translate("ImpactArea", "not observed or not told")
    categories.append(QgsRendererCategory(NOT_KNOWN, QgsFillSymbol.createSimple(HATCHED), words))
    return QgsCategorizedSymbolRenderer(field, categories)


def outline(role: str) -> dict[str, str]:
    """How the line of an area's role is drawn, as properties of a simple fill."""
    colour, thick, style = ROLE_LINES[role]
    return {"outline_color": colour, "outline_width": f"{thick:g}", "outline_style": style}


def role_renderer() -> QgsCategorizedSymbolRenderer:
    """Outlines by role of area."""
    return QgsCategorizedSymbolRenderer(
        "role",
        [
            QgsRendererCategory(
                role,
                QgsFillSymbol.createSimple({"style": "no", **outline(role)}),
                QCoreApplication.translate("ImpactArea", words),
            )
            for role, words in ROLE_WORDS.items()
        ],
    )


def event_symbol(kind: str, size_mm: float = 1.6) -> QgsMarkerSymbol:
    """The mark of a kind of event in print."""
    return QgsMarkerSymbol.createSimple(
        {
            "name": SHAPES[kind],
            "color": KIND_COLOURS[kind],
            "outline_color": INK,
            "outline_width": "0.15",
            "size": f"{size_mm:g}",
        }
    )


__all__ = ["HATCHED", "NUMBERS", "ROLE_WORDS", "SHAPES", "class_renderer", "event_symbol", "outline", "role_renderer"]

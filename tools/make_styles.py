"""Draw the style files in resources/styles from code, so that they can be read, changed and redrawn in one place.

Run with QGIS's Python: ``.venv/bin/python tools/make_styles.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsClassificationJenks,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGraduatedSymbolRenderer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerLineSymbolLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererRange,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

STYLES = Path(__file__).resolve().parents[1] / "resources" / "styles"

FONTS = ["Arial", "Liberation Sans", "DejaVu Sans"]  # what Windows and macOS have, then what stands for it on Linux

# Colour-blind safe (Okabe & Ito 2008).
MODE_COLOURS = {
    "foot": "#009e73",
    "vehicle": "#0072b2",
    "stationary": "#e69f00",
    "unknown": "#999999",
    "bicycle": "#cc79a7",  # only from a model that was calibrated with bicycles
}
LINK = {"line_style": "dash", "line_width": "0.3", "line_color": "120,120,120,150", "capstyle": "round"}


def dotted_link(colour: str) -> QgsLineSymbol:
    """Dots at the fixes, joined by a dashed grey link: the link is not the route."""
    symbol = QgsLineSymbol.createSimple(LINK)
    dots = QgsMarkerLineSymbolLayer()
    dots.setPlacement(QgsMarkerLineSymbolLayer.Placement.Vertex)
    dots.setSubSymbol(
        QgsMarkerSymbol.createSimple({"name": "circle", "size": "1.4", "color": colour, "outline_style": "no"})
    )
    symbol.appendSymbolLayer(dots)
    return symbol


def tracks(layer: QgsVectorLayer) -> None:
    layer.setRenderer(QgsSingleSymbolRenderer(dotted_link("#0072b2")))
    layer.setMapTipTemplate(
        '<b>[% "officer_day" %]</b><br>[% format_date("start", \'d MMM HH:mm\') %] to [% format_date("end", \'HH:mm\') %]'
        ' UTC<br>[% "fixes" %] radio reports<br><i>Dots are radio reports; the link is not the route.</i>'
    )


def legs(layer: QgsVectorLayer) -> None:
    root = QgsRuleBasedRenderer.Rule(None)
    names = {
        "foot": "on foot",
        "vehicle": "in a vehicle",
        "stationary": "stopped",
        "bicycle": "by bicycle",
        "unknown": "cannot tell",
    }
    for mode, colour in MODE_COLOURS.items():
        symbol = dotted_link(colour)
        # The less sure, the fainter.
        opacity = QgsProperty.fromExpression("100 * coalesce(attribute('confidence'), 1)")
        symbol.setDataDefinedProperty(QgsSymbol.Property.PropertyOpacity, opacity)
        rule = QgsRuleBasedRenderer.Rule(symbol, filterExp=f"attribute('mode') = '{mode}'", label=names[mode])
        root.appendChild(rule)
    root.appendChild(QgsRuleBasedRenderer.Rule(dotted_link("#56b4e9"), filterExp="ELSE", label="not classified"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    layer.setMapTipTemplate(
        "[% format_date(\"start\", 'd MMM HH:mm:ss') %] to [% format_date(\"end\", 'HH:mm:ss') %] UTC<br>"
        "<i>Dots are radio reports; the link is not the route. Not evidence of where an officer was.</i>"
    )


def time_in_areas(layer: QgsVectorLayer) -> None:
    low, high = QColor("#edf3f8"), QColor("#08457e")
    symbol = QgsFillSymbol.createSimple({"color": "#9ecae1", "outline_color": "80,80,80", "outline_width": "0.3"})
    ranges = [QgsRendererRange(0, 1, symbol.clone(), "0 to 1"), QgsRendererRange(1, 1e9, symbol.clone(), "over 1")]
    renderer = QgsGraduatedSymbolRenderer("officer_hours_per_km2", ranges)
    method = QgsClassificationJenks()
    method.setLabelPrecision(0)
    method.setLabelFormat("%1 to %2")
    renderer.setClassificationMethod(method)
    renderer.setSourceSymbol(symbol)
    renderer.setSourceColorRamp(QgsGradientColorRamp(low, high))
    layer.setRenderer(renderer)
    layer.setMapTipTemplate(
        '<b>[% "name" %]</b> ([% "role" %])<br>[% round("officer_hours", 1) %] officer hours, '
        '[% round("officer_hours_per_km2", 1) %] per km²<br>cover [% round("patrol_hours", 1) %] h, [% "visits" %] visits'
        '<br>[% round("unobserved_seconds" / 3600, 1) %] h unobserved'
    )
    settings = QgsPalLayerSettings()
    settings.fieldName = "concat(\"name\", '\\n', round(\"officer_hours\", 1), ' h')"
    settings.isExpression = True
    text = QgsTextFormat()
    text.setFont(QFont(FONTS[0]))
    text.setFamilies(FONTS[1:])
    text.setSize(8)
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    buffer.setSize(0.8)
    text.setBuffer(buffer)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


READINGS = {
    "fewer": ("#0072b2", "fewer than areas vary by themselves"),
    "as areas vary": ("#f0f0f0", "as areas vary by themselves"),
    "more": ("#d55e00", "more than areas vary by themselves"),
    "none": ("#ffffff", "no such events"),
    "not shown": ("#bdbdbd", "not shown"),
}
ROLE_LINES = {"impact": ("#222222", "0.9"), "comparison": ("#7a7a7a", "0.6")}


def displacement_rings(layer: QgsVectorLayer) -> None:
    root = QgsRuleBasedRenderer.Rule(None)
    for reading, (colour, label) in READINGS.items():
        thin = {"color": colour, "outline_color": "150,150,150", "outline_width": "0.15"}
        symbol = QgsFillSymbol.createSimple(thin)
        symbol.setOpacity(0.8)
        root.appendChild(
            QgsRuleBasedRenderer.Rule(symbol, filterExp=f"attribute('reading') = '{reading}'", label=label)
        )
    for role, (colour, width) in ROLE_LINES.items():
        symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": colour, "outline_width": width})
        rule = QgsRuleBasedRenderer.Rule(
            symbol, filterExp=f"attribute('role') = '{role}' and attribute('band_m') = 0", label=f"{role} area"
        )
        root.appendChild(rule)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    layer.setMapTipTemplate(
        '<b>[% "name" %]</b> ([% "role" %])[% if("band_m" > 0, concat(\', \', "from_m", \'–\', "band_m", \' m around\'), \'\') %]<br>'
        "[% coalesce(\"before\", '–') %] before, [% coalesce(\"after\", '–') %] after, [% coalesce(round(\"expected\", 1), '–') %] expected"
        "<br><i>One place in twenty looks so by chance.</i>"
    )


def save(layer: QgsVectorLayer, name: str) -> None:
    kinds = QgsMapLayer.StyleCategory
    categories = kinds.Symbology | kinds.MapTips | kinds.Labeling
    message, done = layer.saveNamedStyle(str(STYLES / f"{name}.qml"), QgsMapLayer.StyleCategories(categories))
    if not done:
        sys.exit(message)


def main() -> None:
    app = QgsApplication([], False)
    app.initQgis()
    STYLES.mkdir(parents=True, exist_ok=True)
    line = "LineString?crs=EPSG:27700&field=officer_day:string&field=start:datetime&field=end:datetime&field=fixes:int&field=mode:string"
    area = "&".join(
        ["MultiPolygon?crs=EPSG:27700&field=name:string&field=role:string"]
        + [
            f"field={n}:double"
            for n in ("officer_hours", "patrol_hours", "visits", "unobserved_seconds", "officer_hours_per_km2")
        ]
    )
    rings = "MultiPolygon?crs=EPSG:27700&field=name:string&field=role:string&field=reading:string" + "".join(
        f"&field={n}:double" for n in ("from_m", "band_m", "before", "after", "expected")
    )
    styles = (
        ("tracks", line, tracks),
        ("legs", line, legs),
        ("time_in_areas", area, time_in_areas),
        ("displacement_rings", rings, displacement_rings),
    )
    for name, uri, draw in styles:
        layer = QgsVectorLayer(uri, name, "memory")
        draw(layer)
        save(layer, name)
    app.exitQgis()


if __name__ == "__main__":
    main()

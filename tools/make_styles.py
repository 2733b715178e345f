"""Draw the style files in resources/styles from code, so that they can be read, changed and redrawn in one place.

Run with QGIS's Python: ``.venv/bin/python tools/make_styles.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsClassificationJenks,
    QgsClassificationQuantile,
    QgsFillSymbol,
    QgsFontMarkerSymbolLayer,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsGraduatedSymbolRenderer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerLineSymbolLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointClusterRenderer,
    QgsPointDisplacementRenderer,
    QgsProperty,
    QgsRendererCategory,
    QgsRendererRange,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

from ia_plugin.core.colours import COLOURS, HATCH, INK, SHADES
from ia_plugin.layers.symbols import event_symbol, outline, role_renderer

STYLES = ROOT / "resources" / "styles"

FONTS = ["Arial", "Liberation Sans", "DejaVu Sans"]  # what Windows and macOS have, then what stands for it on Linux

# Of the dots of each mode; the fifth is only from a model that was calibrated with bicycles. Distinct in grey, as colours are not.
MODE_SHAPES = {
    "foot": "circle",
    "vehicle": "square",
    "stationary": "diamond",
    "unknown": "cross_fill",
    "bicycle": "triangle",
}
NOT_CLASSIFIED = "#555555"
LINK = {"line_style": "dash", "line_width": "0.3", "line_color": "120,120,120,150", "capstyle": "round"}


def ramp() -> QgsGradientColorRamp:
    """The dashboard's five shades: five classes have exactly these."""
    stops = [QgsGradientStop(i / 4, QColor(SHADES[i])) for i in (1, 2, 3)]
    return QgsGradientColorRamp(QColor(SHADES[0]), QColor(SHADES[4]), False, stops)


def label(layer: QgsVectorLayer, expression: str, scale: int = 0, points: float = 8) -> None:
    """Labels with a white edge; nearer than a scale alone where one is given."""
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.scaleVisibility = bool(scale)
    settings.minimumScale = scale
    text = QgsTextFormat()
    text.setFont(QFont(FONTS[0]))
    text.setFamilies(FONTS[1:])
    text.setSize(points)
    text.setColor(QColor(INK))
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    buffer.setSize(0.8)
    buffer.setColor(QColor("#ffffff"))
    text.setBuffer(buffer)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def dotted_link(colour: str, shape: str = "circle") -> QgsLineSymbol:
    """Dots at the fixes, joined by a dashed grey link: the link is not the route."""
    symbol = QgsLineSymbol.createSimple(LINK)
    dots = QgsMarkerLineSymbolLayer()
    dots.setPlacement(QgsMarkerLineSymbolLayer.Placement.Vertex)
    dots.setSubSymbol(
        QgsMarkerSymbol.createSimple(
            {"name": shape, "size": "1.6", "color": colour, "outline_color": INK, "outline_width": "0.1"}
        )
    )
    symbol.appendSymbolLayer(dots)
    return symbol


def tracks(layer: QgsVectorLayer) -> None:
    # By the time they began, earlier ones paler: classes and their words are made when a layer is loaded.
    symbol = dotted_link(SHADES[4])
    symbol.symbolLayer(0).setLocked(True)  # the link stays grey whatever the class
    ranges = [QgsRendererRange(0, 1e10, symbol.clone(), "all")]
    renderer = QgsGraduatedSymbolRenderer('epoch("start") / 1000', ranges)
    renderer.setClassificationMethod(QgsClassificationQuantile())
    renderer.setSourceSymbol(symbol)
    renderer.setSourceColorRamp(ramp())
    layer.setRenderer(renderer)
    label(layer, '"officer_day"', 10_000)
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
    for mode, shape in MODE_SHAPES.items():
        symbol = dotted_link(COLOURS[mode], shape)
        # The less sure, the fainter.
        opacity = QgsProperty.fromExpression("100 * coalesce(attribute('confidence'), 1)")
        symbol.setDataDefinedProperty(QgsSymbol.Property.PropertyOpacity, opacity)
        rule = QgsRuleBasedRenderer.Rule(symbol, filterExp=f"attribute('mode') = '{mode}'", label=names[mode])
        root.appendChild(rule)
    root.appendChild(QgsRuleBasedRenderer.Rule(dotted_link(NOT_CLASSIFIED), filterExp="ELSE", label="not classified"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    layer.setMapTipTemplate(
        "[% format_date(\"start\", 'd MMM HH:mm:ss') %] to [% format_date(\"end\", 'HH:mm:ss') %] UTC<br>"
        "<i>Dots are radio reports; the link is not the route. Not evidence of where an officer was.</i>"
    )


def time_in_areas(layer: QgsVectorLayer) -> None:
    symbol = QgsFillSymbol.createSimple({"color": SHADES[2], "outline_color": "80,80,80", "outline_width": "0.3"})
    ranges = [QgsRendererRange(0, 1, symbol.clone(), "0 to 1"), QgsRendererRange(1, 1e9, symbol.clone(), "over 1")]
    renderer = QgsGraduatedSymbolRenderer("officer_hours_per_km2", ranges)
    method = QgsClassificationJenks()
    method.setLabelPrecision(0)
    method.setLabelFormat("%1 to %2")
    renderer.setClassificationMethod(method)
    renderer.setSourceSymbol(symbol)
    renderer.setSourceColorRamp(ramp())
    layer.setRenderer(renderer)
    layer.setMapTipTemplate(
        '<b>[% "name" %]</b> ([% "role" %])<br>[% round("officer_hours", 1) %] officer hours, '
        '[% round("officer_hours_per_km2", 1) %] per km²<br>cover [% round("patrol_hours", 1) %] h, [% "visits" %] visits'
        '<br>[% round("unobserved_seconds" / 3600, 1) %] h unobserved'
    )
    label(layer, "concat(\"name\", '\\n', round(\"officer_hours\", 1), ' h')")


def event_rates(layer: QgsVectorLayer) -> None:
    time_in_areas(layer)
    layer.renderer().setClassAttribute("events_per_km2")
    layer.setMapTipTemplate(
        '<b>[% "name" %]</b> ([% "role" %])<br>[% "events" %] events, [% round("events_per_km2", 1) %] per km²'
        '<br>[% "crimes" %] crimes, [% "incidents" %] incidents, [% "searches" %] stops and searches'
    )
    label(layer, "concat(\"name\", '\\n', \"events\", ' events')")


def areas(layer: QgsVectorLayer) -> None:
    layer.setRenderer(role_renderer())
    layer.setMapTipTemplate('<b>[% "name" %]</b> ([% "role" %])')
    label(layer, '"name"', 150_000)


def fixes(layer: QgsVectorLayer) -> None:
    symbol = QgsMarkerSymbol.createSimple(
        {"color": "#333333", "size": "1.4", "outline_color": "#ffffff", "outline_width": "0.1"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setMapTipTemplate(
        "[% format_date(\"time\", 'd MMM HH:mm:ss') %] UTC<br><i>A radio report. Not evidence of where an officer was.</i>"
    )
    label(layer, "format_date(\"time\", 'HH:mm')", 2_500, 7)


def kinds_of_events() -> QgsCategorizedSymbolRenderer:
    words = {"crime": "crime", "incident": "incident", "stop_search": "stop and search"}
    return QgsCategorizedSymbolRenderer("kind", [QgsRendererCategory(k, event_symbol(k, 2.2), words[k]) for k in words])


EVENT_TIP = (
    '[% "category" %]<br>[% format_date("start", \'d MMM HH:mm\') %] UTC'
    "[% if(\"location_precision\" = 'snapped', '<br><i>The place is snapped to a street.</i>', '') %]"
)


def events(layer: QgsVectorLayer) -> None:
    """Circles with a number where points would lie on each other."""
    clusters = QgsPointClusterRenderer()
    circle = QgsMarkerSymbol.createSimple(
        {"color": "#ffffff", "outline_color": INK, "outline_width": "0.3", "size": "4.6"}
    )
    number = QgsFontMarkerSymbolLayer(FONTS[0], "", 2.6, QColor(INK))
    number.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyCharacter, QgsProperty.fromExpression("@cluster_size")
    )
    circle.appendSymbolLayer(number)
    clusters.setClusterSymbol(circle)
    clusters.setEmbeddedRenderer(kinds_of_events())
    clusters.setTolerance(4.0)
    layer.setRenderer(clusters)
    layer.setMapTipTemplate(EVENT_TIP)
    layer.setLabelsEnabled(False)


def events_snapped(layer: QgsVectorLayer) -> None:
    """Rings about a place to which many points are snapped, so that each is seen."""
    rings = QgsPointDisplacementRenderer()
    rings.setEmbeddedRenderer(kinds_of_events())
    rings.setCenterSymbol(
        QgsMarkerSymbol.createSimple({"color": "#ffffff", "outline_color": INK, "outline_width": "0.2", "size": "1.2"})
    )
    rings.setTolerance(0.5)
    rings.setPlacement(QgsPointDisplacementRenderer.Placement.ConcentricRings)
    rings.setCircleColor(QColor(HATCH))
    rings.setCircleWidth(0.1)
    layer.setRenderer(rings)
    layer.setMapTipTemplate(EVENT_TIP)
    layer.setLabelsEnabled(False)


READINGS = {
    "fewer": ("#0072b2", "fewer than areas vary by themselves"),
    "as areas vary": ("#f0f0f0", "as areas vary by themselves"),
    "more": ("#d55e00", "more than areas vary by themselves"),
    "none": ("#ffffff", "no such events"),
    "not shown": ("#bdbdbd", "not shown"),
}


def displacement_rings(layer: QgsVectorLayer) -> None:
    root = QgsRuleBasedRenderer.Rule(None)
    for reading, (colour, label) in READINGS.items():
        thin = {"color": colour, "outline_color": "150,150,150", "outline_width": "0.15"}
        symbol = QgsFillSymbol.createSimple(thin)
        symbol.setOpacity(0.8)
        root.appendChild(
            QgsRuleBasedRenderer.Rule(symbol, filterExp=f"attribute('reading') = '{reading}'", label=label)
        )
    for role in ("impact", "comparison"):
        symbol = QgsFillSymbol.createSimple({"style": "no", **outline(role), "outline_width": "0.7"})
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
    counts = "MultiPolygon?crs=EPSG:27700&field=name:string&field=role:string" + "".join(
        f"&field={n}:double" for n in ("events", "events_per_km2", "crimes", "incidents", "searches")
    )
    event = "Point?crs=EPSG:27700&field=kind:string&field=category:string&field=start:datetime&field=location_precision:string"
    styles = (
        ("tracks", line, tracks),
        ("legs", line, legs),
        ("time_in_areas", area, time_in_areas),
        ("displacement_rings", rings, displacement_rings),
        ("event_rates", counts, event_rates),
        ("areas", "MultiPolygon?crs=EPSG:27700&field=name:string&field=role:string", areas),
        ("fixes", "Point?crs=EPSG:27700&field=time:datetime", fixes),
        ("events", event, events),
        ("events_snapped", event, events_snapped),
    )
    for name, uri, draw in styles:
        layer = QgsVectorLayer(uri, name, "memory")
        draw(layer)
        save(layer, name)
    app.exitQgis()


if __name__ == "__main__":
    main()

"""Every output loads dressed: in the palette's colours, with labels, its times, and its fields in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ia_plugin.core.colours import COLOURS, KIND_COLOURS, ROLE_LINES, SHADES
from ia_plugin.core.density.scale import SCALE

pytestmark = pytest.mark.qgis

STYLES = sorted((Path(__file__).resolve().parents[2] / "resources" / "styles").glob("*.qml"))
LABELLED = ("areas", "event_rates", "fixes", "time_in_areas", "tracks")


def path_of(name):
    return next(p for p in STYLES if p.stem == name)


def hex_of(colour):
    return colour.name()


@pytest.fixture
def layer_of(qgis_app):
    """An empty layer in memory with a style."""
    from qgis.core import QgsVectorLayer

    kinds = {
        "legs": "LineString",
        "tracks": "LineString",
        "fixes": "Point",
        "events": "Point",
        "events_snapped": "Point",
    }

    def make(name):
        layer = QgsVectorLayer(f"{kinds.get(name, 'Polygon')}?crs=EPSG:27700", name, "memory")
        message, good = layer.loadNamedStyle(str(path_of(name)))
        assert good, message
        kept.append(layer)  # its renderer goes with it
        return layer

    kept = []
    yield make


def luminance(colour):
    """How light a colour is in grey, 0 to 255."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.stem)
def test_each_style_loads_with_a_tip_and_labels(layer_of, path):
    layer = layer_of(path.stem)
    assert layer.renderer() is not None
    assert layer.mapTipTemplate() or path.stem == "areas"
    assert layer.labelsEnabled() == (path.stem in LABELLED)


def test_legs_have_the_colours_of_modes_and_a_shape_each(layer_of):
    rules = {r.filterExpression().split("'")[-2]: r.symbol().clone() for r in layer_of("legs").renderer().rootRule().children() if "'mode')" in r.filterExpression() and "=" in r.filterExpression()}  # fmt: skip
    dots = {mode: s.symbolLayer(1).subSymbol().clone() for mode, s in rules.items()}
    assert {m: hex_of(d.color()) for m, d in dots.items()} == {m: COLOURS[m] for m in dots} and len(dots) == 5
    assert len({d.symbolLayer(0).properties()["name"] for d in dots.values()}) == 5


@pytest.mark.parametrize("name", ["time_in_areas", "event_rates", "tracks"])
def test_five_classes_have_the_dashboard_s_shades(layer_of, name):
    ramp = layer_of(name).renderer().sourceColorRamp().clone()
    assert tuple(hex_of(ramp.color(i / 4)) for i in range(5)) == SHADES


def test_roles_have_the_dashboard_s_lines(layer_of):
    found = {}
    for category in layer_of("areas").renderer().categories():
        symbol = category.symbol().clone()
        line = symbol.symbolLayer(0)
        found[category.value()] = (hex_of(line.strokeColor()), round(line.strokeWidth(), 2))
    assert found == {role: (colour, thick) for role, (colour, thick, _) in ROLE_LINES.items()}


@pytest.mark.parametrize("name", ["events", "events_snapped"])
def test_kinds_of_events_have_their_colours_and_shapes(layer_of, name):
    renderer = layer_of(name).renderer()
    inner = renderer.embeddedRenderer()
    symbols = {c.value(): c.symbol().clone() for c in inner.categories()}
    assert {k: hex_of(s.color()) for k, s in symbols.items()} == KIND_COLOURS
    assert len({s.symbolLayer(0).properties()["name"] for s in symbols.values()}) == 3


def test_each_style_is_of_an_output_or_stands_in_for_one():
    """Officer density is drawn by the dock alone, from its one scale in the core: a file beside that would be its twin."""
    from ia_plugin.processing.styles import SNAPPED
    from ia_plugin.processing.styles import STYLES as OF_OUTPUTS

    assert {p.name for p in STYLES} == {*OF_OUTPUTS.values(), SNAPPED}


@pytest.mark.parametrize("shades", [SHADES, tuple(c.colour for c in SCALE)], ids=["areas", "density"])
def test_shades_are_told_apart_in_grey(shades):
    grey = [luminance(c) for c in shades]
    assert all(one - other >= 25 for one, other in zip(grey, grey[1:]))


def walk():
    return [("p1", f"2024-06-03T{9 + m // 60:02}:{m % 60:02d}:00Z", 400_000 + 60 * m, 280_000) for m in range(0, 300, 10)]  # fmt: skip


def test_tracks_are_classed_by_their_time_in_words(run, points):
    from ia_plugin.processing.styles import Dresser

    fixes = [(f"p{k}", t.replace("06-03", f"06-0{3 + k}"), x, y) for k in range(5) for _, t, x, y in walk()]
    results, _ = run("buildtracks", {"INPUT": points(fixes), "OUTPUT": "memory:"})
    layer = results["OUTPUT"]
    Dresser("tracks.qml").postProcessLayer(layer, None, None)
    labels = [r.label() for r in layer.renderer().ranges()]
    assert labels and all(re.fullmatch(r"\d+ Jun \d\d:\d\d to (\d+ Jun )?\d\d:\d\d UTC", t) for t in labels), labels


def test_every_output_has_its_fields_in_words_and_its_times(run, points):
    """A table without a style too."""
    from ia_plugin.processing.styles import Dresser

    results, _ = run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:", "LEGS": "memory:"})
    legs = results["LEGS"]
    Dresser().postProcessLayer(legs, None, None)
    aliases = {f.name(): f.alias() for f in legs.fields()}
    assert aliases["start"] == "Start (UTC)" and aliases["speed_kmh"] == "Speed (km/h)"
    assert aliases["distance_m"] == "Distance (metres)" and all(aliases.values())
    assert legs.temporalProperties().isActive()


def test_outputs_of_every_algorithm_are_dressed(plugin):
    """Each output on a map has a style that is there; whatever is loaded is dressed in words at the least."""
    from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSink

    from ia_plugin.processing.models import ShippedModel
    from ia_plugin.processing.styles import style_of

    names = {p.name for p in STYLES}
    of_maps = (QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorLine, QgsProcessing.SourceType.TypeVectorPolygon)  # fmt: skip
    bare = []
    for algorithm in plugin.algorithms():
        if isinstance(algorithm, ShippedModel):
            continue  # its steps dress their own outputs
        for parameter in algorithm.destinationParameterDefinitions():
            mapped = isinstance(parameter, QgsProcessingParameterFeatureSink) and parameter.dataType() in of_maps
            if mapped and style_of(algorithm.name(), parameter.name()) not in names:
                bare.append((algorithm.name(), parameter.name()))
    assert bare == []


def test_snapped_events_stand_in_rings_and_others_in_clusters(qgis_app):
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    from ia_plugin.processing.styles import Dresser

    for precision, kind in (("snapped", "pointDisplacement"), ("point", "pointCluster")):
        layer = QgsVectorLayer(
            "Point?crs=EPSG:27700&field=kind:string&field=location_precision:string", "events", "memory"
        )
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["crime", precision])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1, 2)))
        layer.dataProvider().addFeatures([feature])
        Dresser("events.qml").postProcessLayer(layer, None, None)
        assert layer.renderer().type() == kind


def test_events_in_areas_can_be_mapped(run, polygons, events):
    """One polygon an area beside the table, which stays as it was; an area without events is nought, not absent."""
    from qgis.core import QgsWkbTypes

    from tests.support.outcomes import rows_of
    from tests.support.walks import box

    shapes = {"here": box(-200, -200, 1000, 400), "there": box(2000, -200, 1000, 400)}
    rows = [("crime", "2024-06-03T15:00:00Z", "2024-06-03T15:00:00Z", 0, 0, None)] * 3 + [
        ("incident", "2024-06-03T16:00:00Z", "2024-06-03T16:00:00Z", 10, 0, None)
    ]
    parameters = {"INPUT": events(rows), "AREAS": polygons(shapes), "AREA_ID_FIELD": "code", "ROLE_FIELD": "role", "OUTPUT": "memory:"}  # fmt: skip
    plain, _ = run("eventsinareas", parameters)
    mapped, _ = run("eventsinareas", {**parameters, "AREA_COUNTS": "memory:"})
    assert rows_of(plain["OUTPUT"]) == rows_of(mapped["OUTPUT"]) and "AREA_COUNTS" not in plain
    counts = {r["area_id"]: r for r in rows_of(mapped["AREA_COUNTS"])}
    here, there = counts["here"], counts["there"]
    assert (here["crimes"], here["incidents"], here["searches"], here["events"]) == (3, 1, 0, 4)
    assert here["area_km2"] == pytest.approx(0.4) and here["events_per_km2"] == pytest.approx(10.0)
    assert (there["events"], there["events_per_km2"]) == (0, 0.0)
    assert mapped["AREA_COUNTS"].geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry and mapped["EVENTS"] == 4

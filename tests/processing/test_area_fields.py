"""Which areas are impact areas: the field that is named, one called so, or nobody has said it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests.support.outcomes import refused, rows_of

pytestmark = pytest.mark.qgis

EXTRACT = """Collar No,Time,Easting,Northing
4512,2024-06-03 09:00:00,400100,280100
4512,2024-06-03 09:02:00,400300,280100
4512,2024-06-03 09:04:00,400500,280100
"""
GUIDE = Path(__file__).parents[2] / "docs/user-guide.md"


@pytest.fixture
def areas(qgis_app):
    """A memory layer of strips of 100 m by 400 m, the smallest areas that a store keeps, from {field: values}."""

    def make(fields, crs="EPSG:27700"):
        from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

        names = {"code": [f"A{i}" for i in range(len(next(iter(fields.values()))))], **fields}
        uri = f"Polygon?crs={crs}&" + "&".join(f"field={n}:string" for n in names)
        layer = QgsVectorLayer(uri, "areas", "memory")
        for i, values in enumerate(zip(*names.values())):
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(values))
            x = 400_050 + 150 * i
            strip = f"POLYGON(({x} 280000,{x + 100} 280000,{x + 100} 280400,{x} 280400,{x} 280000))"
            feature.setGeometry(QgsGeometry.fromWkt(strip))
            layer.dataProvider().addFeatures([feature])
        return layer

    return make


@pytest.fixture
def fixes(points):
    rows = [("4512", f"2024-06-03T09:0{i}:00Z", 400_100.0 + 50 * i, 280_100.0) for i in range(9)]
    return points(rows)


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """A folder with an extract, and the force's key."""
    (tmp_path / "extracts").mkdir()
    (tmp_path / "extracts/a.csv").write_text(EXTRACT, encoding="utf-8")
    (tmp_path / "force.key").write_bytes(b"a key for tests, of no force at all")
    (tmp_path / "force.key").chmod(0o600)
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


ROLES = ["impact", "Comparison", "comparison"]


@pytest.mark.parametrize(
    ("ids", "named", "expected", "said"),
    [
        (["N1", "N2", "N3"], {}, ["N1", "N2", "N3"], "AREA_ID_FIELD: the field 'area_id' is used"),
        (["N1", "N2", "N3"], {"AREA_ID_FIELD": "code"}, ["A0", "A1", "A2"], "3 areas: 1 impact"),
        (["N1", "N1", "N3"], {}, None, "The field 'area_id' has blanks, or a value twice"),
    ],
)
def test_a_field_called_area_id_is_the_id_where_none_is_named(run, areas, fixes, ids, named, expected, said):
    layer = areas({"area_id": ids, "role": ROLES})
    results, log = run(
        "timeinareas", {"INPUT": fixes, "AREAS": layer, "METHOD": "linear", "OUTPUT": "memory:", **named}
    )
    found = sorted(str(r["area_id"]) for r in rows_of(results["OUTPUT"]))
    assert found == (expected or sorted(str(f.id()) for f in layer.getFeatures()))
    assert said in " ".join((*log.said, *log.warned))


@pytest.mark.parametrize(
    ("fields", "named", "roles", "said"),
    [
        ({"role": ROLES}, {}, [r.lower() for r in ROLES], "3 areas: 1 impact, 2 comparison."),
        ({"Area role": ROLES}, {}, [r.lower() for r in ROLES], "ROLE_FIELD: the field 'Area role' is used"),
        ({"role": ROLES, "part": ["site"] * 3}, {"ROLE_FIELD": "part"}, ["site"] * 3, "3 areas: 3 site."),
        ({"role": ["Response", "", "Traffic"]}, {"ALL_IMPACT": True}, ["impact"] * 3, "3 areas: 3 impact."),
        ({"sort": ["impact"] * 3}, {"ALL_IMPACT": True}, ["impact"] * 3, "3 areas: 3 impact."),
    ],
)
def test_fields_called_so_are_used_and_the_roles_are_said(run, fixes, areas, fields, named, roles, said):
    layer = areas({**fields, "name": ["North", "Mid", "South"]})
    asked = {"INPUT": fixes, "AREAS": layer, "AREA_ID_FIELD": "code", "METHOD": "linear", "OUTPUT": "memory:", **named}
    results, log = run("timeinareas", asked)
    rows = rows_of(results["OUTPUT"])
    assert [r["role"] for r in rows] == roles and [r["name"] for r in rows] == ["North", "Mid", "South"]
    assert any(said in s for s in log.said)


@pytest.mark.parametrize("fields", [{"title": ["x", "y"]}, {"role": ["Impact", "Control"]}, {"role": [None, None]}])
def test_figures_by_role_stop_where_nobody_says_which_areas_are_impact_areas(run, fixes, areas, fields):
    layer = areas(fields)
    asked = {"INPUT": fixes, "AREAS": layer, "AREA_ID_FIELD": "code", "METHOD": "linear", "OUTPUT": "memory:"}
    for tool in ("timeinareas", "answers", "activities"):
        refused(partial(run, tool, asked), "All 2 areas would be impact areas", "ROLE_FIELD=…", "ALL_IMPACT=true")
    results, log = run("timeinareas", {**asked, "ALL_IMPACT": True})
    assert results["COMPARISON_HOURS"] == 0 and not any("impact area" in w for w in log.warned)
    # Visits tell nothing by role.
    _, log = run("visits", {k: v for k, v in asked.items() if k != "METHOD"})
    assert any("All 2 areas count as impact areas" in w and "ALL_IMPACT=true" in w for w in log.warned)


def test_one_area_is_the_area_asked_about(run, fixes, areas):
    asked = {"INPUT": fixes, "AREAS": areas({"title": ["x"]}), "METHOD": "linear", "OUTPUT": "memory:"}
    results, log = run("timeinareas", asked)
    assert results["IMPACT_HOURS"] > 0 and "1 area: 1 impact." in log.said
    assert any(w.startswith("The area counts as an impact area, for no field of roles was found.") for w in log.warned)


def test_a_field_that_holds_roles_under_another_name_is_asked_for(run, fixes, areas):
    asked = {
        "INPUT": fixes,
        "AREAS": areas({"sort": ROLES}),
        "AREA_ID_FIELD": "code",
        "METHOD": "linear",
        "OUTPUT": "memory:",
    }
    refused(lambda: run("timeinareas", asked), "All 3 areas would be impact areas", "ROLE_FIELD=sort")
    assert run("timeinareas", {**asked, "ROLE_FIELD": "sort"})


def test_the_refresh_stops_before_it_keeps_areas_of_which_nobody_knows_the_role(run, areas, watched):
    asked = {"INPUT": "extracts", "STORE": "store", "AREAS": areas({"title": ["x", "y"]}), "AREA_ID_FIELD": "code"}
    refused(lambda: run("dailyrefresh", asked), "All 2 areas would be impact areas", "ROLE_FIELD=…", "ALL_IMPACT=true")
    assert run("dailyrefresh", {**asked, "ALL_IMPACT": True, "METHOD": "linear"})[0]["FILES"] == 1
    comparison = areas({"code": ["B"]})
    assert run("dailyrefresh", {**asked, "COMPARISON_AREAS": comparison, "METHOD": "linear"})[0]["FILES"] == 0


def test_the_refresh_command_of_the_guide(run, areas, watched):
    """The command as it is printed, in a folder that has what it names."""
    from qgis.core import QgsVectorFileWriter

    from ia_plugin.store.store import Store

    layer = areas({"name": ["North", "Mid", "South"], "role": ROLES})
    saved = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, "areas.gpkg", layer.transformContext(), QgsVectorFileWriter.SaveVectorOptions()
    )
    assert saved[0] == QgsVectorFileWriter.WriterError.NoError
    [command] = re.findall(r"^qgis_process run impactareas:dailyrefresh -- (.+)$", GUIDE.read_text("utf-8"), re.M)
    results, log = run("dailyrefresh", dict(part.split("=", 1) for part in command.split()))
    assert results["SUMMARY"].startswith("dailyrefresh: ok, 1 new files")
    assert any("1 impact, 2 comparison" in s for s in log.said)
    with Store(watched / "store") as store:
        kept = store.read("areas").sort_values("area_id")
    assert kept["role"].tolist() == ["impact", "comparison", "comparison"] and kept["name"].tolist() == [
        "North",
        "Mid",
        "South",
    ]


def test_fields_of_officers_and_times_are_known_under_other_names(run, areas, qgis_app):
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=user:string&field=t_utc:string", "fixes", "memory")
    for i in range(5):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["4512", f"2024-06-03T09:0{i}:00Z"])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(400_100 + 50 * i, 280_100)))
        layer.dataProvider().addFeatures([feature])
    asked = {"INPUT": layer, "AREAS": areas({"role": ["impact"]}), "METHOD": "linear", "OUTPUT": "memory:"}
    results, log = run("timeinareas", asked)
    assert results["OBSERVED_HOURS"] > 0 and any("'t_utc' is used" in s for s in log.said)
    wrong = {**asked, "OFFICER_FIELD": "collar", "TIME_FIELD": "clock"}
    refused(lambda: run("timeinareas", wrong), "'collar' for the officer, nor 'clock' for the time", "user, t_utc")


def test_areas_under_the_minimum_are_not_kept_and_hold_up_nothing_else(run, areas, watched, polygons):
    """Such areas, named every night, must not stop the refresh for good: the files go in, the areas before stay."""
    from ia_plugin.store.store import Store

    asked = {"INPUT": "extracts", "STORE": "store", "AREA_ID_FIELD": "code", "ALL_IMPACT": True, "METHOD": "linear"}
    assert run("dailyrefresh", {**asked, "AREAS": areas({"title": ["x", "y"]})})
    (watched / "extracts/b.csv").write_text(EXTRACT.replace("4512", "4513"), encoding="utf-8")
    house = polygons({"house": "POLYGON((400100 280100,400116 280100,400116 280116,400100 280116,400100 280100))"})
    words = ("AREAS refused, 1 new files", "1 area under 4 ha: 'house' (256 m²)", "The areas it had before stay")
    refused(lambda: run("dailyrefresh", {**asked, "AREAS": house}), *words)
    with Store(watched / "store") as store:
        assert sorted(store.read("areas")["area_id"]) == ["A0", "A1"]
        assert store.read("fixes")["officer_id"].nunique() == 2
        assert not store.dirty_days()


def test_the_forces_minimum_is_kept_with_the_store(run, areas, watched):
    from ia_plugin.store.small_ground import least_ha_of

    asked = {"INPUT": "extracts", "STORE": "store", "AREA_ID_FIELD": "code", "ALL_IMPACT": True, "METHOD": "linear"}
    layer = areas({"title": ["x", "y"]})
    refused(lambda: run("dailyrefresh", {**asked, "AREAS": layer, "LEAST_AREA": 5}), "2 areas under 5 ha")
    assert least_ha_of("store") == 5
    refused(lambda: run("dailyrefresh", {**asked, "AREAS": layer}), "2 areas under 5 ha")
    assert run("dailyrefresh", {**asked, "AREAS": layer, "LEAST_AREA": 4})[0]["FILES"] == 0
    assert least_ha_of("store") == 4


@pytest.mark.parametrize("algorithm", ["timeinareas", "visits"])
def test_without_an_audience_small_areas_are_counted_and_the_outputs_restricted(run, fixes, polygons, algorithm):
    shapes = {f"h{k}": f"POLYGON(({x} 280095,{x + 10} 280095,{x + 10} 280105,{x} 280105,{x} 280095))" for k, x in enumerate((400_100, 400_200, 400_300))}  # fmt: skip
    shapes["large"] = "POLYGON((400000 280000,400900 280000,400900 280900,400000 280900,400000 280000))"
    asked = {"INPUT": fixes, "AREAS": polygons(shapes), "AREA_ID_FIELD": "code", "OUTPUT": "memory:"}
    _, log = run(algorithm, asked)
    assert any("3 areas under 4 ha: 'h0' (100 m²)" in w and "output is restricted" in w for w in log.warned)
    _, log = run(algorithm, {**asked, "AREAS": polygons({"large": shapes["large"]})})
    assert not any("restricted" in w for w in log.warned)


@pytest.mark.parametrize(("small", "name"), [(3, "Time in areas (restricted)"), (0, "Time in areas")])
def test_layers_of_small_areas_are_named_restricted_when_they_are_loaded(qgis_app, small, name):
    from types import SimpleNamespace

    from qgis.core import QgsProcessingContext, QgsProject

    from ia_plugin.processing.small_ground import mark_restricted

    context = QgsProcessingContext()
    details = QgsProcessingContext.LayerDetails("Time in areas", QgsProject.instance(), "OUTPUT")
    context.addLayerToLoadOnCompletion("dest", details)
    run = SimpleNamespace(
        context=context, written=lambda: {"OUTPUT": "dest", "LEGS": "other"}, algorithm=SimpleNamespace(tr=str)
    )
    mark_restricted(run, small)
    assert context.layerToLoadOnCompletionDetails("dest").name == name


def test_the_refresh_names_slivers_it_gave_away_and_areas_redrawn_by_little(run, watched, polygons):
    from ia_plugin.store.store import Store

    def square(x, y, wide=600):
        return f"POLYGON(({x} {y},{x + wide} {y},{x + wide} {y + 600},{x} {y + 600},{x} {y}))"

    asked = {"INPUT": "extracts", "STORE": "store", "AREA_ID_FIELD": "code", "ALL_IMPACT": True, "METHOD": "linear"}
    shapes = {"a": square(400_000, 280_000), "b": square(400_590, 280_000)}
    _, log = run("dailyrefresh", {**asked, "AREAS": polygons(shapes)})
    [sliver] = [w for w in log.warned if "sliver" in w]
    assert "0.6 ha of 'a' and 'b' now counts in" in sliver
    with Store("store") as store:
        kept = store.read("areas")
    assert sorted(round(g.area) for g in kept["geometry"]) == [354_000, 360_000]
    _, log = run("dailyrefresh", asked)
    assert log.warned == [], "done once, it is done"
    _, log = run("dailyrefresh", {**asked, "AREAS": polygons({**shapes, "b": square(400_590, 280_000, 612)})})
    assert any("Redrawn by less than 4 ha: 'b' (0.72 ha)" in w for w in log.warned)


@pytest.mark.parametrize("name", ["areas", "King's Heath", 'the "old" town', "100%", "a;b", "Zürich – ß", "select"])
def test_the_name_of_a_layer_changes_no_figure(run, fixes, areas, tmp_path, name):
    """SQL that QGIS 3.22 writes with an apostrophe in a table's name fails in GDAL, which says so; QGIS then reads the rows."""
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = name
    path = str(tmp_path / "ground.gpkg")
    given = areas({"role": ["impact", "comparison", "buffer"], "name": ["One", "Two", "Three"]})
    QgsVectorFileWriter.writeAsVectorFormatV3(given, path, QgsCoordinateTransformContext(), options)
    asked = {"INPUT": fixes, "AREA_ID_FIELD": "code", "OUTPUT": "memory:", "METHOD": "linear"}
    results, log = run("timeinareas", {**asked, "AREAS": f"{path}|layername={name}"})
    expected, _ = run("timeinareas", {**asked, "AREAS": given})
    assert "3 areas: 1 impact, 1 comparison, 1 buffer." in log.said
    assert results["IMPACT_HOURS"] == pytest.approx(expected["IMPACT_HOURS"]) and results["COMPARISON_HOURS"] > 0
    assert results["COMPARISON_HOURS"] == pytest.approx(expected["COMPARISON_HOURS"])


def test_a_field_of_many_words_holds_no_roles(run, fixes, areas):
    from qgis.core import QgsProcessingException

    given = areas({"role": [f"beat {i}" for i in range(30)]})
    with pytest.raises(QgsProcessingException, match="All 30 areas would be impact areas"):
        run("timeinareas", {"INPUT": fixes, "AREAS": given, "OUTPUT": "memory:", "METHOD": "linear"})

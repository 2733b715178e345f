"""Whether figures were checked against the source systems stands at every door of the algorithms: log, summary, table, description."""

from __future__ import annotations

import pytest

from tests.support.outcomes import rows_of
from tests.support.sqlite_files import sqlite_file

pytestmark = [pytest.mark.qgis]

NOT_YET = "Beta: not yet checked against source systems."
FIXES = [(f"p{k:024x}", f"2024-06-03T06:{m:02d}:00Z", 400_000 + 100 * m, 280_000 + 100 * k) for k in range(6) for m in range(30)]  # fmt: skip
HERE = "POLYGON((399000 279000,403000 279000,403000 282000,399000 282000,399000 279000))"


@pytest.mark.parametrize(
    "algorithm, more",
    [
        ("timeinareas", {}),
        ("visits", {}),
        ("buildtracks", {}),
        ("classifymovement", {}),
        ("dataquality", {}),
    ],
)
def test_log_and_description_say_it_once(run, points, polygons, tmp_path, algorithm, more):

    areas = (
        {"AREAS": polygons({"here": HERE}), "AREA_ID_FIELD": "code"} if algorithm in ("timeinareas", "visits") else {}
    )
    path = tmp_path / "out.gpkg"
    _, log = run(algorithm, {"INPUT": points(FIXES), **areas, "OUTPUT": str(path), **more})
    assert log.said.count(NOT_YET) == 1
    with sqlite_file(path) as file:
        assert file.execute("SELECT description FROM gpkg_contents").fetchall() == [(NOT_YET,)]


def test_a_run_that_gives_no_figures_says_nothing_of_it(run, tmp_path):
    extract = tmp_path / "radios.csv"
    extract.write_text("Collar,Time,Easting,Northing\n1,2024-06-03 10:00:00,400000,280000\n", encoding="utf-8")
    _, log = run("importaffiliations", {"INPUT": str(extract), "OUTPUT": "memory:", "IDS_ARE_PSEUDONYMS": True})
    assert not [s for s in log.said if "Beta" in s]


@pytest.mark.parametrize("ending", ["gpkg", "csv"])
def test_each_sentence_of_results_says_it(run, events, polygons, tmp_path, ending):
    """Counts of burglaries in three areas of each role: the table is read by itself, in QGIS or in a spreadsheet."""
    from qgis.core import QgsVectorLayer

    shapes, roles = {}, {}
    for i in range(12):
        x = 400_000 + 3_000 * i
        shapes[f"a{i}"] = f"POLYGON(({x} 280000,{x + 1000} 280000,{x + 1000} 281000,{x} 281000,{x} 280000))"
        roles[f"a{i}"] = "impact" if i % 2 else "comparison"
    rows = [("crime", f"2024-{m:02d}-{d:02d}T10:00:00Z", f"2024-{m:02d}-{d:02d}T10:00:00Z", 3_000 * i + 500, 500, "")
            for i in range(12) for m in range(1, 7) for d in range(1, 4 + (i + m) % 5)]  # fmt: skip
    path = tmp_path / f"results.{ending}"
    asked = {
        "EVENTS": events(rows),
        "AREAS": polygons(shapes, roles=roles),
        "AREA_ID_FIELD": "code",
        "ROLE_FIELD": "role",
        "PERIOD": "month",
    }
    results, log = run("baseline", {**asked, "OUTPUT": str(path), "OUTPUT_HTML": str(tmp_path / "page.html")})
    found = rows_of(QgsVectorLayer(str(path), "results", "ogr"))
    assert found and all(
        str(row["sentence"]).endswith(NOT_YET) and str(row["sentence"]).count("Beta") == 1 for row in found
    )
    assert results["SUMMARY"].endswith(NOT_YET) and log.said.count(NOT_YET) == 1
    assert (tmp_path / "page.html").read_text("utf-8").count("Beta: ") == 2, "at head and foot, as on every page"


def test_results_that_are_given_on_say_it_no_second_time(qgis_app):
    from ia_plugin.core.checked import with_beta, without_beta

    for checked in (None, (43, 50), (1, 1), (0, 1), (1_200, 1_250)):
        assert without_beta(with_beta("Fewer burglaries.", checked)) == "Fewer burglaries."
    assert without_beta("Beta blockers: 3 of 4 checks agreed.") == "Beta blockers: 3 of 4 checks agreed."
    assert with_beta("") == NOT_YET


def test_a_layer_that_qgis_loads_has_it_in_its_description(run, points):
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

    from ia_plugin.processing import styles

    context = QgsProcessingContext()
    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=time:datetime", "presence", "memory")
    context.temporaryLayerStore().addMapLayer(layer)
    context.addLayerToLoadOnCompletion(layer.id(), QgsProcessingContext.LayerDetails("presence", QgsProject.instance()))
    styles.dress("OUTPUT", layer.id(), "presenceatevents", context, NOT_YET)
    styles._waiting[-1].postProcessLayer(layer, context, QgsProcessingFeedback())
    assert layer.metadata().abstract() == NOT_YET

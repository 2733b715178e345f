"""Sample check, through Processing: a sheet out, results back, and what stands on the outputs of the store then."""

from __future__ import annotations

import pytest

from tests.support.stores import bring_up_to_date, extract

pytestmark = pytest.mark.qgis


@pytest.fixture
def store(qgis_app, tmp_path):
    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "june.csv")
    bring_up_to_date(tmp_path / "store", tmp_path / "watched")
    return tmp_path / "store"


def table(path):
    """Rows of a table as dictionaries."""
    from qgis.core import QgsVectorLayer

    layer = QgsVectorLayer(str(path), "sheet", "ogr")
    assert layer.isValid()
    names = layer.fields().names()
    return [dict(zip(names, f.attributes())) for f in layer.getFeatures()]


def filled(path, rows, results):
    """A sheet as a person gives it back: a CSV of numbers and results."""
    lines = [f"{r['check_id']},{result}" for r, result in zip(rows, results)]
    path.write_text("check_id,result\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_sheet_goes_out_and_comes_back(run, store, tmp_path):
    results, log = run("samplecheck", {"STORE": str(store), "COUNT": 10, "OUTPUT": str(tmp_path / "sheet.csv")})
    sheet = table(tmp_path / "sheet.csv")
    assert results["CHECKS"] == len(sheet) == 10
    assert list(sheet[0]) == ["check_id", "part", "source_file", "source_row", "source_row_to", "says", "result"]
    assert all(str(r["source_row"]).isdigit() for r in sheet), "a row is no 12.0"
    assert any("Purpose" in s for s in log.said) and not log.warned

    given = filled(tmp_path / "some.csv", sheet, ["agree"] * 9 + [""])
    results, log = run("samplecheck", {"STORE": str(store), "RESULTS": given})
    assert (results["CHECKS"], results["CHECKED"]) == (9, 0)
    assert results["SUMMARY"] == "Beta: not yet checked against source systems."

    given = filled(tmp_path / "all.csv", sheet, ["agree"] * 9 + ["differs"])
    results, log = run("samplecheck", {"STORE": str(store), "RESULTS": given})
    assert (results["CHECKS"], results["AGREE"], results["CHECKED"]) == (1, 9, 10)
    assert "9 of 10 rows agree with the source systems: 90 %, likely 65–98" in " ".join(log.said)

    page = tmp_path / "answers.html"
    results, log = run("answers", {"STORE": str(store), "FIRST_DAY": "2024-06-03", "LAST_DAY": "2024-06-03", "OUTPUT": "memory:", "OUTPUT_HTML": str(page)})  # fmt: skip
    assert page.read_text(encoding="utf-8").count("Beta: 9 of 10 checks agree") >= 2
    assert "Beta: 9 of 10 checks agree." in log.said


def test_each_run_is_on_the_record_with_its_purpose(run, store, tmp_path):
    from ia_plugin.gpkg.geopackage import GeoPackage

    run("samplecheck", {"STORE": str(store), "COUNT": 4, "SEED": 7, "OUTPUT": str(tmp_path / "s.gpkg")})  # fmt: skip
    with GeoPackage(store / "restricted.gpkg", create=False) as package:
        row = package.read("runs").iloc[-1]
    assert (row["what"], row["purpose"], row["audience"]) == ("samplecheck", "checking a figure against the source system", "restricted")  # fmt: skip
    assert '"SEED": 7' in row["parameters"]


@pytest.mark.parametrize(
    "parameters, words",
    [({}, "Neither OUTPUT nor RESULTS"), ({"OUTPUT": "memory:", "STORE": "nowhere"}, "no summary.gpkg")],
)
def test_what_cannot_be_done_is_refused(run, store, parameters, words):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException, match=words):
        run("samplecheck", {"STORE": str(store), **parameters})

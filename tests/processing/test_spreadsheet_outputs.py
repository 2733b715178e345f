"""Files that spreadsheets open run nothing of what the data hold, and are read back as it was."""

from __future__ import annotations

import csv
import zipfile

import pytest

from tests.support.outcomes import rows_of
from tests.support.walks import box, walk

pytestmark = pytest.mark.qgis

CALL = '=HYPERLINK("http://example.org","North")'
NAMES = {
    CALL: box(-300, 0, 300, 100),
    "-5": box(0, 0, 200, 100),
    "+44 20": box(9_000, 0, 100, 100),
    "O'Neill": box(9_500, 0, 100, 100),
}


@pytest.fixture
def timed(run, points, polygons):
    def go(output, areas=NAMES):
        given = {"INPUT": points(walk()), "AREAS": polygons(areas), "AREA_ID_FIELD": "code", "OUTPUT": str(output)}
        return run("timeinareas", given)

    return go


@pytest.mark.parametrize("end", ["csv", "CSV"])
def test_a_csv_marks_text_and_leaves_numbers(timed, tmp_path, end):
    timed(tmp_path / f"hours.{end}")
    with open(tmp_path / f"hours.{end}", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["area_id"] for r in rows] == [f"'{CALL}", "-5", "'+44 20", "O'Neill"]
    assert float(rows[0]["officer_seconds"]) == pytest.approx(180)


def test_a_spreadsheet_holds_no_formula(timed, tmp_path):
    timed(tmp_path / "hours.ods", {**NAMES, "of:=1+1": box(9_700, 0, 100, 100)})
    content = zipfile.ZipFile(tmp_path / "hours.ods").read("content.xml").decode("utf-8")
    assert "table:formula" not in content and "'of:=1+1" in content


@pytest.mark.parametrize("end", ["gpkg", "geojson"])
def test_other_files_keep_text_as_it_is(timed, tmp_path, end):
    from qgis.core import QgsVectorLayer

    timed(tmp_path / f"hours.{end}")
    found = rows_of(QgsVectorLayer(str(tmp_path / f"hours.{end}"), "hours", "ogr"))
    assert {r["area_id"] for r in found} == set(NAMES)


def test_a_layer_of_the_csv_is_read_as_it_was(timed, tmp_path):
    from qgis.core import QgsVectorLayer

    from ia_plugin.layers import read_table

    timed(tmp_path / "hours.csv")
    layer = QgsVectorLayer(str(tmp_path / "hours.csv"), "hours", "ogr")
    assert read_table(layer, {"area_id": "area_id"})["area_id"].tolist() == list(NAMES)

"""A format that cannot hold an output is refused by its kind before anything is computed, and is no full disk; what one cuts is warned of."""

from __future__ import annotations

import os

import pytest

from tests.support.outcomes import refused

pytestmark = [pytest.mark.qgis]

FIXES = [
    (f"p{k:024x}", f"2024-06-03T06:{m:02d}:00Z", 400_000 + 100 * m, 280_000 + 100 * k)
    for k in range(3)
    for m in range(20)
]
TABLE, PLACES = "cannot hold a table without places", "cannot hold places with columns"


@pytest.mark.parametrize(
    "algorithm, name, ending, why",
    [
        *(("classifymovement", "HOURS", e, TABLE) for e in ("shp", "fgb", "sqlite", "dxf", "gpx", "SHP")),
        ("dataquality", "OUTPUT", "shp", TABLE),
        *(("buildtracks", "LEGS", e, PLACES) for e in ("dxf", "gpx", "dgn")),
    ],
)
def test_a_format_that_cannot_hold_it_is_refused_first(run, points, tmp_path, algorithm, name, ending, why):
    asked = {"INPUT": points(FIXES), **({} if name == "OUTPUT" else {"OUTPUT": "memory:"})}
    path = tmp_path / f"out.{ending}"
    refused(lambda: run(algorithm, {**asked, name: str(path)}), f"{name}: a file of the kind", why, "GeoPackage")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("ending", ["gpkg", "csv", "geojson", "xlsx", "ods", "kml", "gml", "tab", "geojsonl", "json"])
def test_formats_that_hold_tables_and_places_are_written(run, points, tmp_path, ending):
    hours, legs = (str(tmp_path / f"{n}.{ending}") for n in ("hours", "legs"))
    _, log = run("classifymovement", {"INPUT": points(FIXES), "OUTPUT": "memory:", "HOURS": hours})
    assert not [w for w in log.warned if "GeoPackage" in w]
    _, log = run("buildtracks", {"INPUT": points(FIXES), "OUTPUT": "memory:", "LEGS": legs})
    assert not [w for w in log.warned if "GeoPackage" in w]


def test_what_a_shapefile_cuts_is_told(run, points, tmp_path):
    """Ten letters of a name: of the columns of legs 'officer_day' alone is longer than nine and one."""
    _, log = run("buildtracks", {"INPUT": points(FIXES), "OUTPUT": "memory:", "LEGS": str(tmp_path / "legs.shp")})
    told = [w for w in log.warned if "'legs.shp' keeps 10 letters of the name of a column" in w]
    assert len(told) == 1 and "officer_day" in told[0] and "GeoPackage" in told[0]


def test_sentences_that_a_format_cuts_are_counted(qgis_app, tmp_path):
    import pandas as pd

    from ia_plugin.core.errors import FileError
    from ia_plugin.processing.file_formats import check_rows, texts_cut

    table = pd.DataFrame({"sentence": ["x" * 254, "x" * 255, None, "x" * 300], "n": [1, 2, 3, 4]})
    assert [texts_cut(tmp_path / f"a.{e}", table, 0) for e in ("shp", "tab", "gpkg", "csv")] == [2, 2, 0, 0]
    check_rows(tmp_path / "a.xlsx", 1_048_575)
    check_rows(tmp_path / "a.csv", 9_000_000)
    with pytest.raises(FileError, match="1,048,575 rows .* there are 1,048,576"):
        check_rows(tmp_path / "a.ods", 1_048_576)


@pytest.mark.parametrize(
    "told", ["Geometry type of `None' not supported in GPX.", "Failed to write: 2GB file size limit reached"]
)
def test_what_gdal_tells_of_a_format_is_no_full_disk(qgis_app, tmp_path, told):
    from ia_plugin.processing.written_whole import not_whole

    assert "of the kind .gpx cannot hold all of it. Choose a GeoPackage" in str(not_whole(tmp_path / "a.gpx", [told]))
    assert "the disk is full" in str(not_whole(tmp_path / "a.gpx", ["database or disk is full"]))


def test_a_shapefile_of_two_gigabytes_is_at_its_end(qgis_app, tmp_path):
    from ia_plugin.processing.written_whole import not_whole

    with open(tmp_path / "big.dbf", "wb") as file:  # a hole: no such room is used
        file.truncate(2_000_000_000)
    assert "cannot hold all of it" in str(not_whole(tmp_path / "big.shp"))
    assert "the disk is full" in str(not_whole(tmp_path / "small.shp"))
    assert "the disk is full" in str(not_whole(tmp_path / "big.gpkg"))


def test_without_room_to_try_it_no_format_is_refused(qgis_app, monkeypatch):
    from ia_plugin.processing import file_formats

    def full(*_, **__):
        raise OSError("No space left on device")

    monkeypatch.setattr(file_formats.tempfile, "TemporaryDirectory", full)
    file_formats.kept_by.cache_clear()
    assert file_formats.kept_by(".gpx", 4) == file_formats.Kept()
    file_formats.kept_by.cache_clear()

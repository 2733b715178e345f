"""What is written comes back, and other programs read it without a word."""

from __future__ import annotations

import sqlite3
import struct

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import AREAS, FIXES
from ia_plugin.core.errors import ColumnError, StoreError
from ia_plugin.core.geometry.wkb import track_lines
from ia_plugin.core.times.instants import instants
from ia_plugin.core.tracks import build_legs, tracks
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.gpkg.rtree import PackedTree
from ia_plugin.gpkg.sqlite_errors import in_words
from ia_plugin.gpkg.values import from_sql, texts_of, times_of, to_sql
from tests.support.sqlite_files import sqlite_file

INDEXES = [("time",), ("officer_id", "time")]


@pytest.fixture
def package(tmp_path):
    with GeoPackage(tmp_path / "store.gpkg") as made:
        yield made


def same(a: pd.DataFrame, b: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(a[list(b.columns)], b.reset_index(drop=True), check_dtype=False)


@pytest.mark.parametrize(
    "moment, text",
    [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("2024-10-27T01:30:00+01:00", "2024-10-27T00:30:00.000Z"),
        ("2099-12-31T23:59:59.0015Z", "2099-12-31T23:59:59.001Z"),
    ],
)
def test_times_rest_as_text_of_one_width(moment, text) -> None:
    ns = pd.Timestamp(moment).value
    assert texts_of([ns]) == [text]
    assert times_of([text])[0] == pd.Timestamp(moment).floor("ms")


def test_text_of_times_sorts_like_times() -> None:
    ns = np.random.default_rng(1).integers(-(2**60), 2**62, 1000)
    texts = texts_of(ns)
    assert sorted(texts) == [texts[i] for i in np.argsort(ns)]
    assert (times_of(texts).tz_localize(None).astype("M8[ns]").asi8 == ns // 10**6 * 10**6).all()


def test_times_of_another_writing_are_read() -> None:
    found = times_of(["2024-06-03T12:00:00Z", None, "2024-06-03T12:00:00.5+01:00"])
    assert list(found) == [pd.Timestamp("2024-06-03T12:00Z"), pd.NaT, pd.Timestamp("2024-06-03T11:00:00.5Z")]


@pytest.mark.parametrize(
    "kind, values",
    [
        ("str", ["a", None, "ÅÖ'\"\0;"]),
        ("int", [1, -(2**62), 2**62]),
        ("float", [1.5, np.nan, -1e300]),
        ("bool", [True, False, True]),
        ("time", instants([1_717_416_000_000_000_000, pd.NaT.value])),
    ],
)
def test_values_come_back(kind, values) -> None:
    column = pd.Series(values)
    found = pd.Series(from_sql(to_sql(column, kind), kind))
    pd.testing.assert_series_equal(found, column, check_dtype=False)


@pytest.mark.parametrize("kind, values", [("int", [1.5]), ("float", ["north"]), ("time", [pd.Timestamp("2024-06-03")])])
def test_values_of_another_kind_are_refused(kind, values) -> None:
    with pytest.raises(ColumnError, match="'c'"):
        to_sql(pd.Series(values, name="c"), kind)


def test_fixes_come_back(package, fixes) -> None:
    before = fixes.copy(deep=True)
    assert package.append("fixes", fixes, INDEXES) == 500
    pd.testing.assert_frame_equal(fixes, before)
    same(package.read("fixes"), fixes)


def test_chunks_add_up_to_one_table(package, fixes) -> None:
    with package.loading("fixes", INDEXES) as load:
        for start in range(0, 500, 130):
            load.append(fixes.iloc[start : start + 130])
    same(package.read("fixes"), fixes)
    same(pd.concat([*package.read_chunks("fixes", size=77)], ignore_index=True), fixes)


def test_reading_takes_what_is_asked_for(package, fixes) -> None:
    package.append("fixes", fixes)
    noon = fixes["time"].median()
    found = package.read("fixes", "time >= ? AND unit = ?", (noon, "North"), ["y", "officer_id"], order="time DESC")
    wanted = fixes[(fixes["time"] >= noon) & (fixes["unit"] == "North")].iloc[::-1]
    same(found, wanted[["y", "officer_id"]])
    assert package.read("fixes", "0")["time"].dtype == "datetime64[ns, UTC]"
    with pytest.raises(ColumnError, match="colour"):
        package.read("fixes", columns=["colour"])


def test_a_fix_without_a_place_has_no_geometry(package, fixes) -> None:
    fixes.loc[3, "x"] = np.nan
    package.append("fixes", fixes)
    assert package.execute("SELECT fid FROM fixes WHERE geom IS NULL") == [(4,)]
    assert package.read("fixes")[["x", "y"]].iloc[3].isna().all()
    assert package.execute("SELECT count(*) FROM rtree_fixes_geom") == [(499,)]


def test_legs_and_tracks_come_back_from_their_geometry(package, fixes) -> None:
    legs = build_legs(fixes)
    package.append("legs", legs)
    same(package.read("legs"), legs)
    table = tracks(legs)
    table["geometry"] = track_lines(legs).to_numpy()
    package.append("tracks", table)
    found = package.read("tracks")
    same(found.drop(columns="geometry"), table.drop(columns="geometry"))
    assert list(found["geometry"]) == list(table["geometry"])


def test_areas_rest_as_multipolygons(package) -> None:
    square, hole = shapely.box(0, 0, 4, 4), shapely.box(10, 0, 14, 4) - shapely.box(11, 1, 12, 2)
    package.append(AREAS, pd.DataFrame({"area_id": ["a", "b"], "geometry": [square, hole]}))
    found = package.read("areas")["geometry"]
    assert [g.geom_type for g in found] == ["MultiPolygon"] * 2
    assert shapely.equals(found.to_numpy(), [square, hole]).all()


def test_a_new_column_is_added_to_the_table(package, fixes) -> None:
    package.append("fixes", fixes[["officer_id", "time", "x", "y"]])
    package.append("fixes", fixes.assign(ward=7))
    found = package.read("fixes")
    assert found["ward"].isna().sum() == 500 and (found["ward"].dropna() == 7).all()


@pytest.mark.parametrize(
    "sizes", [(0,), (1,), (51,), (52,), (2602,), (30, 30), (51, 3000), (140_000, 7, 2700), (2700, 60)]
)
def test_the_packed_index_is_one_that_sqlite_made(sizes) -> None:
    rng, rows, first = np.random.default_rng(1), [], 1
    with sqlite_file(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE tree USING rtree(id, a, b, c, d)")
        for size in sizes:
            tree = PackedTree(db, "tree")
            for part in np.array_split(np.arange(size), 3):
                corner = rng.uniform(4e5, 5e5, (len(part), 2))
                box = np.column_stack([corner[:, 0], corner[:, 0] + 9, corner[:, 1], corner[:, 1] + 9])
                tree.add(part + first, box)
                rows.append(box)
            tree.finish()
            first += size
        assert db.execute("SELECT rtreecheck('tree')").fetchone() == ("ok",)
        box = np.concatenate(rows)
        inside = (box[:, 0] >= 4.2e5) & (box[:, 1] <= 4.3e5) & (box[:, 2] >= 4.1e5) & (box[:, 3] <= 4.7e5)
        found = db.execute(
            "SELECT id FROM tree WHERE a >= 4.2e5 AND b <= 4.3e5 AND c >= 4.1e5 AND d <= 4.7e5 ORDER BY id"
        )
        # Boxes are kept in single precision, rounded outwards.
        assert abs(len(found.fetchall()) - inside.sum()) <= 1 + 1e-4 * len(box)
        db.execute("DELETE FROM tree WHERE id % 2")
        db.executemany("INSERT INTO tree VALUES (?, 1, 2, 3, 4)", [(i + 10**6,) for i in range(300)])
        assert db.execute("SELECT rtreecheck('tree')").fetchone() == ("ok",)


@pytest.mark.parametrize("many", [1, 10**6])
def test_removed_rows_leave_the_index_too(package, fixes, many, monkeypatch) -> None:
    monkeypatch.setattr("ia_plugin.gpkg.geopackage._MANY", many)
    package.append("fixes", fixes)
    noon = fixes["time"].median()
    early = fixes["time"] < noon
    assert package.delete("fixes", "time < ?", (noon,)) == early.sum()
    same(package.read("fixes"), fixes[~early])
    assert package.execute("SELECT count(*) FROM rtree_fixes_geom") == [((~early).sum(),)]
    assert package.execute("SELECT rtreecheck('rtree_fixes_geom')") == [("ok",)]
    assert package.execute("SELECT feature_count FROM gpkg_ogr_contents") == [((~early).sum(),)]


def test_a_block_that_fails_leaves_nothing(package, fixes) -> None:
    package.append("fixes", fixes, INDEXES)
    with pytest.raises(ColumnError), package.loading("fixes", INDEXES) as load:
        load.append(fixes)
        load.append(fixes.assign(accuracy_m="far"))
    same(package.read("fixes"), fixes)
    assert package.execute("SELECT rtreecheck('rtree_fixes_geom')") == [("ok",)]


def test_a_full_disk_loses_nothing(package, fixes) -> None:
    package.append("fixes", fixes, INDEXES)
    (pages,) = package.execute("PRAGMA page_count")[0]
    package.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="full.*Make room"):
        package.append("fixes", pd.concat([fixes] * 20), INDEXES)
    same(package.read("fixes"), fixes)


def test_a_second_writer_waits_then_is_told(tmp_path, fixes) -> None:
    path = tmp_path / "store.gpkg"
    with GeoPackage(path) as first, GeoPackage(path, busy_s=0.05) as second:
        with first.transaction():
            first.append("fixes", fixes)
            with pytest.raises(StoreError, match="Another program"):
                second.append("fixes", fixes)
        second.append("fixes", fixes)
        assert first.count("fixes") == 1000


@pytest.mark.parametrize("content, word", [(b"collar,time\n" * 99, "not a GeoPackage"), (None, "no GeoPackage")])
def test_what_is_no_geopackage_is_left_alone(tmp_path, content, word) -> None:
    path = tmp_path / "list.csv"
    if content is None:
        with sqlite_file(path) as db:
            db.execute("CREATE TABLE mine (a)")
        content = path.read_bytes()
    else:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=word):
        GeoPackage(path)
    assert path.read_bytes() == content


def test_a_protected_file_is_read_but_not_written(tmp_path, fixes, monkeypatch) -> None:
    path = tmp_path / "store.gpkg"
    with GeoPackage(path) as package:
        package.append("fixes", fixes)
    monkeypatch.setattr("os.access", lambda *a: False)  # a superuser may write any file
    with GeoPackage(path) as package:
        same(package.read("fixes"), fixes)
        with pytest.raises(StoreError, match="protected"):
            package.append("fixes", fixes)


def test_a_folder_that_is_not_there(tmp_path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        GeoPackage(tmp_path / "nowhere" / "store.gpkg")
    with pytest.raises(StoreError, match="no file"):
        GeoPackage(tmp_path / "store.gpkg", create=False)


def test_an_error_nobody_foresaw_is_told_as_it_is(tmp_path) -> None:
    assert "strange" in in_words(sqlite3.OperationalError("strange"), tmp_path).message


def test_ogr_reads_it_without_a_word(tmp_path, fixes) -> None:
    ogr = pytest.importorskip("osgeo.ogr", reason="this Python has no GDAL")
    gdal = pytest.importorskip("osgeo.gdal")
    gdal.UseExceptions()  # GDAL 3.7 and newer warn where nobody says which
    path = tmp_path / "store.gpkg"
    legs = build_legs(fixes)
    lines = tracks(legs).assign(geometry=track_lines(legs).to_numpy())
    with GeoPackage(path) as package:
        package.append("fixes", fixes, INDEXES)
        package.append("legs", legs)
        package.append("tracks", lines)
        package.append("areas", pd.DataFrame({"area_id": ["a"], "geometry": [shapely.box(4e5, 0, 9e5, 9e5)]}))
        package.append("coverage", pd.DataFrame({"period": fixes["time"][:1], "unit": "N", "observed_s": 1.0}))
    said = []
    gdal.PushErrorHandler(lambda *words: said.append(words))
    try:
        source = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        layers = {source.GetLayer(i).GetName(): source.GetLayer(i) for i in range(source.GetLayerCount())}
        assert {n: ogr.GeometryTypeToName(v.GetGeomType()) for n, v in layers.items()} == {
            "fixes": "Point",
            "legs": "Measured Line String",
            "tracks": "Measured Line String",
            "areas": "Multi Polygon",
            "coverage": "None",
        }
        layer = layers["fixes"]
        assert layer.GetFeatureCount() == 500 and layer.GetSpatialRef().GetAuthorityCode(None) == "27700"
        assert layer.TestCapability(ogr.OLCFastSpatialFilter)
        west, _, _, north = layer.GetExtent()
        assert (west, north) == pytest.approx((fixes["x"].min(), fixes["y"].max()))
        feature = layer.GetFeature(1)
        assert feature.GetField("time") == "2024/06/03 06:00:00+00"
        assert feature.GetGeometryRef().GetX() == fixes["x"][0] and feature.GetField("accuracy_m") is None
        leg = layers["legs"].GetFeature(1)
        line = leg.GetGeometryRef()
        assert line.GetM(1) - line.GetM(0) == pytest.approx(120)
        # A program that edits the file keeps the spatial index with it.
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkt("POINT (1 2)"))
        layer.SetFeature(feature)
        layer.DeleteFeature(2)
        layer.SetSpatialFilterRect(0, 0, 5, 5)
        assert layer.GetFeatureCount() == 1
        del line, leg, feature, layer, layers, source
    finally:
        gdal.PopErrorHandler()
    assert said == []
    with GeoPackage(path) as package:
        assert package.count("fixes") == 499 and package.execute("SELECT rtreecheck('rtree_fixes_geom')") == [("ok",)]


def test_gdal_finds_it_valid(tmp_path, fixes) -> None:
    validate = pytest.importorskip("osgeo_utils.samples.validate_gpkg", reason="GDAL's validator is not installed")
    path = tmp_path / "store.gpkg"
    legs = build_legs(fixes)
    with GeoPackage(path) as package:
        package.append(FIXES, fixes, INDEXES)
        package.append("tracks", tracks(legs).assign(geometry=track_lines(legs).to_numpy()))
        package.append("legs", legs)
    validate.check(str(path), abort_at_first_error=True)


def test_a_point_written_by_another_program_is_read(package, fixes) -> None:
    package.append("fixes", fixes[:1])
    bounds = struct.pack("<2sBBi4d", b"GP", 0, 0b11, 27700, 7, 7, 8, 8)
    for number in (1, 2, 3, 4):  # they would ask for functions of GDAL's
        package.execute(f"DROP TRIGGER rtree_fixes_geom_update{number}")
    package.execute("UPDATE fixes SET geom = ?", (bounds + shapely.to_wkb(shapely.Point(7, 8), byte_order=0),))
    assert package.read("fixes")[["x", "y"]].to_numpy().tolist() == [[7, 8]]

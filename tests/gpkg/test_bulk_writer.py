"""Rows on their way in: what the contents tell afterwards, indexes, and chunks that differ."""

from __future__ import annotations

import struct

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ColumnError, StoreError
from ia_plugin.gpkg import bulk_writer
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.gpkg.schema import triggers
from tests.support.sqlite_files import sqlite_file

TIMES = pd.to_datetime(["2024-06-03T10:00Z", "2024-06-03T10:01Z", "2024-06-03T10:02Z"])


def rows(xy, **columns):
    return pd.DataFrame(
        {
            "officer_id": "A",
            "time": TIMES[: len(xy)],
            "x": [float(p[0]) for p in xy],
            "y": [float(p[1]) for p in xy],
            **columns,
        }
    )


@pytest.fixture
def package(tmp_path):
    with GeoPackage(tmp_path / "store.gpkg") as made:
        yield made


def box(package, table="fixes"):
    return package.execute("SELECT min_x, max_x, min_y, max_y FROM gpkg_contents WHERE table_name = ?", (table,))[0]


def count(package, table="fixes"):
    return package.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (table,))[0][0]


def indexes(package, table="fixes"):
    query = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    return sorted(n for (n,) in package.execute(query, (table,)))


# --- how far a table reaches ------------------------------------------------------------------------------------------


def test_the_contents_tell_how_far_the_rows_reach(package):
    package.append("fixes", rows([(5, 70), (9, 20), (7, 50)]))
    assert box(package) == (5, 9, 20, 70) and count(package) == 3


def test_more_rows_reach_further_and_never_less(package):
    with package.loading("fixes") as load:
        load.append(rows([(5, 70)]))
        load.append(rows([(9, 20), (np.nan, 1)]))
    assert box(package) == (5, 9, 20, 70)
    package.append("fixes", rows([(6, 40)]))
    assert box(package) == (5, 9, 20, 70)
    package.append("fixes", rows([(1, 99)]))
    assert box(package) == (1, 9, 20, 99) and count(package) == 5


def test_rows_without_a_place_reach_nowhere(package):
    package.append("fixes", rows([(np.nan, 1), (2, np.nan)]))
    assert box(package) == (None, None, None, None) and count(package) == 2
    # A table of positions whose columns are not there at all.
    package.append("fixes", rows([(3, 4)]).drop(columns=["x", "y"]))
    assert box(package) == (None, None, None, None) and package.read("fixes")["x"].isna().all()


def test_legs_and_areas_reach_as_far_as_they_do(package):
    package.append(
        "areas", pd.DataFrame({"area_id": ["a", "b"], "geometry": [shapely.box(0, 0, 4, 4), shapely.box(9, -3, 10, 1)]})
    )
    assert box(package, "areas") == (0, 10, -3, 4)


# --- rows, numbers, indexes -------------------------------------------------------------------------------------------


def test_rows_are_numbered_on(package):
    assert package.append("fixes", rows([(1, 1), (2, 2)])) == 2
    assert package.append("fixes", rows([(3, 3)])) == 1
    assert [f for (f,) in package.execute("SELECT fid FROM fixes ORDER BY fid")] == [1, 2, 3]
    package.delete("fixes", "fid = 2")
    package.append("fixes", rows([(4, 4)]))
    assert [f for (f,) in package.execute("SELECT fid FROM fixes ORDER BY fid")] == [1, 3, 4]
    assert package.execute("SELECT id FROM rtree_fixes_geom ORDER BY id") == [(1,), (3,), (4,)]


def test_many_rows_go_in_batches(package, monkeypatch):
    monkeypatch.setattr(bulk_writer, "BATCH", 2)
    with package.loading("fixes") as load:
        load.append(rows([(1, 1), (2, 2), (3, 3)]))
        load.append(rows([(4, 4), (5, 5), (6, 6)]))
    assert load.rows == 6
    found = package.read("fixes")
    assert found["x"].tolist() == [1, 2, 3, 4, 5, 6] and found["time"].tolist() == [*TIMES, *TIMES]
    assert package.execute("SELECT rtreecheck('rtree_fixes_geom')") == [("ok",)]


def test_indexes_are_made_once_and_stay(package):
    wanted = [("time",), ("officer_id", "time")]
    package.append("fixes", rows([(1, 1)]), wanted)
    names = ["idx_fixes_officer_id_time", "idx_fixes_time"]
    assert indexes(package) == names
    package.append("fixes", rows([(2, 2)]), wanted)
    assert indexes(package) == names
    # Of columns the table does not have there is none.
    package.append("fixes", rows([(2, 2)]), [("unit",), ("unit", "time")])
    assert indexes(package) == names
    package.append("fixes", rows([(2, 2)], unit="N"), [("unit",)])
    assert indexes(package) == [*names, "idx_fixes_unit"]


def test_an_emptied_table_makes_its_indexes_anew(package):
    package.append("fixes", rows([(1, 1)]), [("time",)])
    package.replace("fixes", rows([(2, 2), (3, 3)]), indexes=[("time",)])
    assert indexes(package) == ["idx_fixes_time"]
    assert package.execute("SELECT count(*) FROM fixes INDEXED BY idx_fixes_time WHERE time > ''") == [(2,)]


def test_replacing_tells_what_went_and_what_came(package):
    package.append("fixes", rows([(1, 1), (2, 2), (3, 3)]))
    assert package.replace("fixes", rows([(9, 9)]), "time >= ?", (TIMES[1],)) == (2, 1)
    assert package.read("fixes")["x"].tolist() == [1, 9] and count(package) == 2
    assert package.delete("nothing") == 0 and package.delete("fixes", "0") == 0


def test_a_table_without_geometry(package):
    table = pd.DataFrame({"name": ["a", "b"], "value": ["1", None]})
    package.append("about", table)
    pd.testing.assert_frame_equal(package.read("about"), table, check_dtype=False)
    assert package.execute("SELECT data_type, srs_id FROM gpkg_contents") == [("attributes", None)]
    assert count(package, "about") == 2 and package.execute("SELECT * FROM gpkg_geometry_columns") == []
    package.drop("about")
    package.drop("about")  # there is none: nothing to do
    assert package.tables() == [] and package.execute("SELECT * FROM gpkg_ogr_contents") == []


def test_a_table_with_geometry_says_its_reference_system(tmp_path):
    path = tmp_path / "other.gpkg"
    with GeoPackage(path, epsg=25832) as package:
        assert package.epsg == 25832
        package.append("fixes", rows([(1, 1)]))
        assert package.execute("SELECT data_type, srs_id FROM gpkg_contents") == [("features", 25832)]
        (blob,) = package.execute("SELECT geom FROM fixes")[0]
        assert struct.unpack_from("<i", blob, 4) == (25832,)
    # The file keeps its own, whatever is asked for when it is opened again, with rows or without.
    with GeoPackage(path) as package:
        assert package.epsg == 25832
    with GeoPackage(tmp_path / "empty.gpkg", epsg=2056):
        pass
    with GeoPackage(tmp_path / "empty.gpkg") as package:
        assert package.epsg == 2056


def test_the_mark_and_version_of_the_file(package):
    assert package.execute("PRAGMA application_id") == [(0x47504B47,)]
    assert package.execute("PRAGMA user_version") == [(10200,)]


# --- what other programs do to the rows -------------------------------------------------------------------------------


def point(x, y):
    return struct.pack("<2sBBi", b"GP", 0, 1, 27700) + shapely.to_wkb(shapely.Point(x, y), byte_order=1)


def found(package, west, east):
    return [
        i
        for (i,) in package.execute(
            "SELECT id FROM rtree_fixes_geom WHERE maxx >= ? AND minx <= ? ORDER BY id", (west, east)
        )
    ]


def test_rows_put_in_changed_and_taken_out_one_by_one_keep_the_index(package):
    """By the functions and triggers that OGC 12-128r14 asks for."""
    package.append("fixes", rows([(1, 1), (2, 2)]))
    with package.transaction():
        package.execute("INSERT INTO fixes (officer_id, geom) VALUES ('B', ?), ('C', NULL)", (point(50, 60),))
    assert (count(package), found(package, 40, 60)) == (4, [3])
    assert package.execute("SELECT miny, maxy FROM rtree_fixes_geom WHERE id = 3") == [(60, 60)]
    with package.transaction():
        package.execute("UPDATE fixes SET geom = ? WHERE fid = 3", (point(80, 60),))
        package.execute("UPDATE fixes SET geom = NULL WHERE fid = 1")
        package.execute("UPDATE fixes SET geom = ? WHERE fid = 4", (point(81, 60),))
        package.execute("UPDATE fixes SET fid = 9 WHERE fid = 2")
    assert (found(package, 40, 60), found(package, 79, 90), found(package, 0, 5)) == ([], [3, 4], [9])
    package.execute("DELETE FROM fixes WHERE fid = 3")
    assert (count(package), found(package, 79, 90)) == (3, [4])


def test_triggers_are_there_after_every_load(package):
    package.append("fixes", rows([(1, 1)]))
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    expected = sorted(triggers("fixes", "geom"))
    assert [n for (n,) in package.execute(query)] == expected and len(expected) == 8
    package.append("fixes", rows([(1, 1)]))
    package.delete("fixes", "fid = 1")
    assert [n for (n,) in package.execute(query)] == expected
    assert len(triggers("about")) == 2


# --- what is refused --------------------------------------------------------------------------------------------------


def test_a_table_that_is_not_there_is_named_with_those_that_are(package):
    package.append("about", pd.DataFrame({"name": ["a"], "value": ["1"]}))
    with pytest.raises(StoreError, match="There is no table 'legs' in store.gpkg. It has about."):
        package.read("legs")
    with pytest.raises(ColumnError, match="Table 'about' has no column 'colour'. It has name, value."):
        package.read("about", columns=["name", "colour"])


def test_a_geopackage_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "other.gpkg"
    with GeoPackage(path):
        pass
    with sqlite_file(path) as db:
        db.execute("DROP TABLE gpkg_ogr_contents")
    db.close()
    with pytest.raises(StoreError, match="'other.gpkg' is a GeoPackage that this plugin did not make. Choose an empty"):
        GeoPackage(path)


def test_a_column_that_may_not_stand_here_stops_the_load_before_it_begins(tmp_path):
    def check(columns, table):
        if "officer_id" in set(columns):
            raise ColumnError(f"No officers in {table}.")

    with GeoPackage(tmp_path / "summary.gpkg", check=check) as package:
        with pytest.raises(ColumnError, match="No officers in fixes"):
            package.append("fixes", rows([(1, 1)]))
        assert package.tables() == []
        package.append("fixes", rows([(1, 1)]).drop(columns="officer_id"))
        assert package.count("fixes") == 1


def test_reading_in_parts(package):
    package.append("fixes", rows([(1, 1), (2, 2), (3, 3)]))
    assert [p["x"].tolist() for p in package.read_chunks("fixes", size=2)] == [[1, 2], [3]]
    assert [p["x"].tolist() for p in package.read_chunks("fixes", size=3)] == [[1, 2, 3]]
    assert [*package.read_chunks("fixes", "0", size=2)] == []
    [empty] = package.read_chunks("fixes", "0", size=0)
    assert len(empty) == 0 and "x" in empty
    assert package.read("fixes", columns=["y"])["y"].tolist() == [1, 2, 3]
    assert package.read("fixes", columns=[]).shape == (3, 0)
    assert package.read("fixes", "time = ?", (TIMES[1],))["x"].tolist() == [2]


def test_lines_are_read_as_lines_though_the_first_row_has_none(package):
    line = struct.pack("<BII6d", 1, 2002, 2, 0, 0, 0, 3, 4, 60)
    table = pd.DataFrame({"track_id": [1, 2], "geometry": [None, line]})
    package.append("tracks", table)
    assert package.read("tracks")["geometry"].tolist() == [None, line]

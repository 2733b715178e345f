"""Geometries as blobs: the bytes the standard asks for (OGC 12-128r14, 2.1.3), one by one."""

from __future__ import annotations

import struct

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.geometry.wkb import track_lines
from ia_plugin.core.tracks import build_legs
from ia_plugin.gpkg.blobs import bounds_of, leg_blobs, leg_ends, line_blobs, point_xy, points, shape_blobs, wkb_of

BOX = shapely.box(10, 20, 40, 60)


def legs_from(rows):
    """Legs from rows of (x0, y0, x1, y1), a minute each."""
    table = pd.DataFrame(rows, columns=["x0", "y0", "x1", "y1"], dtype=float)
    start = pd.Timestamp("2024-06-03T10:00Z")
    return table.assign(start=start, end=start + pd.Timedelta(minutes=1))


def head(blob):
    """(magic, version, flags, reference system) of a blob."""
    return struct.unpack_from("<2sBBi", blob)


# --- points -----------------------------------------------------------------------------------------------------------


def test_a_point_is_eight_bytes_of_head_and_wkb():
    [blob], bounds = points([400_000.5], [290_000.25], 27700)
    assert blob == struct.pack("<2sBBi", b"GP", 0, 1, 27700) + shapely.to_wkb(
        shapely.Point(400_000.5, 290_000.25), byte_order=1
    )
    assert bounds.tolist() == [[400_000.5, 400_000.5, 290_000.25, 290_000.25]]
    assert point_xy([blob]).tolist() == [[400_000.5, 290_000.25]]


@pytest.mark.parametrize("x, y", [(np.nan, 1), (1, np.nan), (np.inf, 1), (1, -np.inf), (None, 1)])
def test_half_a_place_is_none(x, y):
    found, bounds = points([1, x, 3], [4, y, 6], 27700)
    assert [b is None for b in found] == [False, True, False]
    assert np.isnan(bounds[1]).all() and bounds[[0, 2]].tolist() == [[1, 1, 4, 4], [3, 3, 6, 6]]
    np.testing.assert_array_equal(point_xy(found), [[1, 4], [np.nan, np.nan], [3, 6]])


def test_the_columns_given_stay_as_they_are():
    x = pd.Series([1.0, np.inf, 3.0])
    points(x, x, 27700)
    assert x.tolist() == [1.0, np.inf, 3.0]


def test_points_of_other_programs_are_read_beside_ours():
    """With bounds in the head, in the other byte order, empty, or none at all."""
    [ours], _ = points([1], [2], 27700)
    bounds = struct.pack("<2sBBi4d", b"GP", 0, 0b11, 27700, 7, 7, 8, 8) + shapely.to_wkb(
        shapely.Point(7, 8), byte_order=1
    )
    big = struct.pack(">2sBBi", b"GP", 0, 0b00, 27700) + shapely.to_wkb(shapely.Point(5, 6), byte_order=0)
    empty = struct.pack("<2sBBi", b"GP", 0, 0b10001, 27700) + shapely.to_wkb(shapely.Point(), byte_order=1)
    np.testing.assert_array_equal(
        point_xy([bounds, ours, None, big, empty, ours]),
        [[7, 8], [1, 2], [np.nan] * 2, [5, 6], [np.nan] * 2, [1, 2]],
    )
    assert point_xy([]).shape == (0, 2)


# --- legs and lines ---------------------------------------------------------------------------------------------------

LEGS = [(1, 20, 9, 5), (8, 3, 2, 30), (4, 4, 4, 4)]


def test_the_bounds_of_a_leg_whichever_way_it_goes():
    found, bounds = leg_blobs(legs_from(LEGS), 27700)
    assert bounds.tolist() == [[1, 9, 5, 20], [2, 8, 3, 30], [4, 4, 4, 4]]
    assert {head(b) for b in found} == {(b"GP", 0, 1, 27700)}
    assert leg_ends(found).tolist() == [list(map(float, row)) for row in LEGS]
    assert bounds_of(found).tolist() == bounds.tolist()


def test_a_leg_knows_its_times():
    [blob], _ = leg_blobs(legs_from(LEGS[:1]), 27700)
    assert struct.unpack_from("<BII", blob, 8) == (1, 2002, 2)
    began = pd.Timestamp("2024-06-03T10:00Z").timestamp()
    assert struct.unpack_from("<6d", blob, 17) == (1, 20, began, 9, 5, began + 60)


def test_lines_of_other_programs_have_ends_too():
    """QGIS writes bounds before a line, and may have put vertices in between."""
    found, _ = leg_blobs(legs_from(LEGS), 27700)
    line = struct.pack("<BII9d", 1, 2002, 3, 5, 6, 0, 99, 99, 1, 7, 8, 2)
    other = struct.pack("<2sBBi4d", b"GP", 0, 0b11, 27700, 5, 99, 6, 99) + line
    assert leg_ends([found[0], other, found[2]]).tolist() == [[1, 20, 9, 5], [5, 6, 7, 8], [4, 4, 4, 4]]
    assert bounds_of([found[0], other, None])[:2].tolist() == [[1, 9, 5, 20], [5, 99, 6, 99]]
    same_size = struct.pack("<2sBBi4d", b"GP", 0, 0b11, 27700, 1, 2, 3, 4) + b"\0" * 25  # as long as a leg's blob
    assert len(same_size) == len(found[0])
    assert bounds_of([found[0], same_size]).tolist() == [[1, 9, 5, 20], [1, 2, 3, 4]]


def test_lines_with_their_bounds_and_none():
    steps = [(0, 0, 5), (60, 8, 1), (120, 3, 9)]
    table = pd.DataFrame({"officer_id": "A", "time": pd.Timestamp("2024-06-03T10:00Z") + pd.to_timedelta([s[0] for s in steps], unit="s"),
                          "x": [float(s[1]) for s in steps], "y": [float(s[2]) for s in steps]})  # fmt: skip
    line = track_lines(build_legs(table)).iloc[0]
    found, bounds = line_blobs([line, None], 27700)
    assert bounds[0].tolist() == [0, 8, 1, 9] and np.isnan(bounds[1]).all() and found[1] is None
    assert head(found[0]) == (b"GP", 0, 0b11, 27700)
    assert struct.unpack_from("<4d", found[0], 8) == (0, 8, 1, 9)
    assert wkb_of(found[0]) == line


@pytest.mark.parametrize(
    "line, kind",
    [
        (shapely.to_wkb(shapely.LineString([(0, 0), (1, 1)]), byte_order=1), 2),
        (struct.pack(">BII", 0, 2002, 0), 3_523_674_112),
    ],
)
def test_a_line_without_time_is_refused_by_its_row(line, kind):
    with pytest.raises(ColumnError, match=f"Row 2 of the lines is WKB of type {kind}, not a line with M"):
        line_blobs([None, line], 27700)


# --- shapes -----------------------------------------------------------------------------------------------------------


def test_a_polygon_becomes_a_multipolygon_with_its_bounds():
    [blob, other], bounds = shape_blobs([BOX, shapely.MultiPolygon([BOX])], 27700)
    assert blob == other and bounds.tolist() == [[10, 40, 20, 60]] * 2
    assert head(blob) == (b"GP", 0, 0b11, 27700) and struct.unpack_from("<4d", blob, 8) == (10, 40, 20, 60)
    assert shapely.from_wkb(wkb_of(blob)).equals(shapely.MultiPolygon([BOX]))


def test_missing_and_empty_shapes():
    found, bounds = shape_blobs([None, shapely.Polygon(), BOX], 27700)
    assert found[0] is None and np.isnan(bounds[:2]).all() and bounds[2].tolist() == [10, 40, 20, 60]
    assert head(found[1]) == (b"GP", 0, 0b10001, 27700)  # the mark of an empty geometry, no bounds
    assert shapely.from_wkb(wkb_of(found[1])).is_empty


def test_the_shapes_given_stay_as_they_are_and_heights_fall_away():
    given_shapes = [BOX, shapely.Polygon([(0, 0, 5), (1, 0, 5), (1, 1, 5)])]
    found, _ = shape_blobs(given_shapes, 27700)
    assert [g.geom_type for g in given_shapes] == ["Polygon"] * 2
    assert not shapely.has_z(shapely.from_wkb(wkb_of(found[1])))


@pytest.mark.parametrize(("code", "size"), [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)])
def test_the_wkb_begins_after_bounds_of_any_dimension(code, size):
    blob = struct.pack("<2sBBi", b"GP", 0, 1 | code << 1, 27700) + b"\xee" * size + b"the wkb"
    assert wkb_of(blob) == b"the wkb"


# --- bounds of any blobs ----------------------------------------------------------------------------------------------


def test_bounds_of_points_and_of_nothing():
    found, bounds = points([1, np.nan, 3], [4, 5, 6], 27700)
    np.testing.assert_array_equal(bounds_of(found), bounds)
    assert np.isnan(bounds_of([None, None])).all() and bounds_of([None, None]).shape == (2, 4)
    assert bounds_of([]).shape == (0, 4)


def test_bounds_of_shapes_from_the_head_or_the_shape():
    [ours], _ = shape_blobs([BOX], 27700)
    plain = struct.pack("<2sBBi", b"GP", 0, 0b1, 27700) + shapely.to_wkb(BOX)
    big = struct.pack(">2sBBi4d", b"GP", 0, 0b10, 27700, 1, 2, 3, 4) + shapely.to_wkb(BOX, byte_order=0)
    [empty], _ = shape_blobs([shapely.Polygon()], 27700)
    found = bounds_of([ours, plain, None, big, empty])
    np.testing.assert_array_equal(found, [[10, 40, 20, 60]] * 2 + [[np.nan] * 4, [1, 2, 3, 4], [np.nan] * 4])


coordinate = st.floats(-1e7, 1e7)


@given(st.lists(st.tuples(coordinate, coordinate, coordinate, coordinate), min_size=1, max_size=12))
def test_what_goes_in_comes_out(rows):
    x0, y0, x1, y1 = (np.array(v) for v in zip(*rows))
    np.testing.assert_array_equal(point_xy(points(x0, y0, 27700)[0]), np.c_[x0, y0])
    found, bounds = leg_blobs(legs_from(rows), 27700)
    np.testing.assert_array_equal(leg_ends(found), np.c_[x0, y0, x1, y1])
    np.testing.assert_array_equal(bounds[:, [0, 2]], np.minimum(np.c_[x0, y0], np.c_[x1, y1]))
    np.testing.assert_array_equal(bounds[:, [1, 3]], np.maximum(np.c_[x0, y0], np.c_[x1, y1]))
    np.testing.assert_array_equal(bounds_of(found), bounds)

"""Areas made ready: which polygons can be used, which area counts where and when."""

import warnings

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.areas import (
    AreaReport,
    epochs,
    headline_ground,
    points_in_areas,
    polygonal,
    prepare_areas,
    rest_apart,
    validity,
    with_roles,
    within_validity,
    without_sites,
)
from ia_plugin.core.errors import AreaError, ColumnError, ImpactAreaWarning

BOX = shapely.box(0, 0, 100, 100)
BOW = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])  # two triangles of 25 m² that meet at (5, 5)
SPIKED = shapely.GeometryCollection([shapely.box(0, 0, 10, 10), shapely.LineString([(10, 10), (20, 20)])])


def table(*shapes, ids=None, **columns):
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    return pd.DataFrame({"area_id": ids or [f"a{i}" for i in range(len(shapes))], "geometry": geometry, **columns})


def size(areas):
    return {a: shapely.area(g) for a, g in zip(areas["area_id"], areas["geometry"])}


# --- usable polygons --------------------------------------------------------------------------------------------------


def test_good_polygons_stay_as_they_are():
    two = shapely.MultiPolygon([BOX, shapely.box(200, 0, 210, 10)])
    given = table(BOX, two, name=["One", "Two"])
    ready, report = prepare_areas(given)
    assert ready["geometry"].tolist() == [BOX, two] and ready["name"].tolist() == ["One", "Two"]
    assert (report.read, report.used, report.repaired, report.skipped) == (2, 2, {}, {})


def test_ids_become_text():
    ready, _ = prepare_areas(table(BOX, BOX, ids=[7, 8]))
    assert ready["area_id"].tolist() == ["7", "8"]


def test_a_bow_becomes_its_two_triangles_and_is_named():
    given = table(BOX, BOW)
    before = given["geometry"].tolist()
    ready, report = prepare_areas(given)
    assert size(ready) == {"a0": 10_000, "a1": 50}
    assert report.used == 2 and list(report.repaired) == ["a1"] and "Self-intersection" in report.repaired["a1"]
    assert report.sentences() == [f"Area a1 was invalid ({report.repaired['a1']}) and was repaired."]
    assert given["geometry"].tolist() == before  # the input stays


def test_what_is_no_polygon_in_a_collection_falls_away():
    ready, report = prepare_areas(table(SPIKED))
    assert size(ready) == {"a0": 100} and report.repaired == {"a0": "parts that are no polygon"}


def test_invalid_polygons_are_left_out_where_that_is_chosen():
    ready, report = prepare_areas(table(BOW, BOX), "skip")
    assert size(ready) == {"a1": 10_000}
    assert (report.read, report.used, report.repaired) == (2, 1, {})
    assert report.sentences()[0].startswith("Area a0 was left out: it is invalid (Self-intersection")


def test_or_stop_the_run():
    with pytest.raises(AreaError, match="'a1' is invalid: Self-intersection.* Repair the layer") as caught:
        prepare_areas(table(BOX, BOW), "stop")
    assert "repair or skip" in caught.value.remedy


@pytest.mark.parametrize("shape", [None, shapely.Polygon(), shapely.MultiPolygon(), shapely.GeometryCollection()])
@pytest.mark.parametrize("invalid", ["repair", "skip", "stop"])
def test_an_area_without_geometry_is_left_out_and_counted(shape, invalid):
    ready, report = prepare_areas(table(shape, BOX), invalid)
    assert ready["area_id"].tolist() == ["a1"] and report.skipped == {"a0": "it has no geometry"}


def test_a_polygon_of_no_extent_is_left_out():
    flat = shapely.Polygon([(0, 0), (10, 0), (5, 0)])
    ready, report = prepare_areas(table(flat, BOX))
    assert ready["area_id"].tolist() == ["a1"]
    assert "nothing of it is a polygon" in report.skipped["a0"]


@pytest.mark.parametrize("shape", [shapely.Point(1, 1), shapely.LineString([(0, 0), (1, 1)])])
def test_points_and_lines_are_no_areas(shape):
    with pytest.raises(AreaError, match=f"'a1' is a {shape.geom_type}, not a polygon. Choose a polygon layer"):
        prepare_areas(table(BOX, shape))


def test_ids_that_are_missing_or_twice_there_are_refused():
    with pytest.raises(AreaError, match="2 areas have no id. Choose an id field"):
        prepare_areas(table(BOX, BOX, BOX, ids=["a", None, np.nan]))
    with pytest.raises(AreaError, match="The area id 'b' occurs more than once. Choose a field"):
        prepare_areas(table(BOX, BOX, BOX, ids=["a", "b", "b"]))
    # As texts the number 1 and the text "1" are one.
    with pytest.raises(AreaError, match="'1' occurs"):
        prepare_areas(table(BOX, BOX, ids=[1, "1"]))
    with pytest.raises(ColumnError, match="areas table lacks geometry"):
        prepare_areas(pd.DataFrame({"area_id": ["a"]}))


def test_each_area_that_was_not_used_as_it_came_has_a_warning():
    report = AreaReport(3, 2, {"x": "a spike"}, {"y": "it has no geometry"})
    with pytest.warns(ImpactAreaWarning) as caught:
        report.warn()
    assert [str(w.message) for w in caught] == [
        "Area x was invalid (a spike) and was repaired.",
        "Area y was left out: it has no geometry.",
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        AreaReport(2, 2).warn()


def test_only_what_has_extent_is_polygonal():
    assert polygonal(SPIKED).equals(shapely.box(0, 0, 10, 10))
    assert polygonal(shapely.LineString([(0, 0), (1, 1)])).is_empty
    assert polygonal(shapely.Polygon()).is_empty


# --- roles and police sites -------------------------------------------------------------------------------------------


def test_roles_that_are_none_of_ours_are_other():
    ready, _ = with_roles(table(BOX, BOX, BOX, BOX, role=["impact", "Impact", None, "rest"]))
    assert ready["role"].tolist() == ["impact", "other", "other", "rest"]
    assert with_roles(table(BOX, BOX))[0]["role"].tolist() == ["impact", "impact"]


# A station of 20 × 10 m half in a, an area c that is all station, and b that has none.
WHERE = table(
    BOX, shapely.box(200, 0, 300, 100), shapely.box(105, 45, 110, 50), shapely.box(90, 40, 110, 50),
    ids=["a", "b", "c", "station"], role=["impact", "comparison", "impact", "site"],
)  # fmt: skip


def test_the_ground_of_a_site_is_taken_out_and_stands_beside():
    headline, at_sites = without_sites(WHERE)
    assert size(headline) == {"a": 10_000 - 100, "b": 10_000}
    assert size(at_sites) == {"a": 100, "c": 25}
    assert headline["role"].tolist() == ["impact", "comparison"]


def test_a_site_that_only_touches_takes_nothing():
    beside = table(BOX, shapely.box(100, 0, 120, 100), role=["impact", "site"])
    headline, at_sites = without_sites(beside)
    assert size(headline) == {"a0": 10_000} and len(at_sites) == 0


def test_without_sites_or_roles_all_stays():
    for areas in (WHERE[:3], WHERE.drop(columns="role")):
        headline, at_sites = without_sites(areas)
        pd.testing.assert_frame_equal(headline, areas)
        assert len(at_sites) == 0


def test_the_rest_has_what_no_other_area_has():
    whole = shapely.box(-1000, -1000, 1000, 1000)
    areas = table(
        whole,
        BOX,
        shapely.box(50, 0, 150, 100),
        shapely.box(2000, 0, 2010, 10),
        role=["rest", "impact", "buffer", "rest"],
    )
    assert size(rest_apart(areas)) == {"a0": 4_000_000 - 15_000, "a1": 10_000, "a2": 10_000, "a3": 100}
    # A rest that others cover wholly has no ground left.
    covered = table(shapely.box(10, 10, 20, 20), BOX, role=["rest", "impact"])
    assert size(rest_apart(covered)) == {"a1": 10_000}


def test_a_rest_alone_and_no_rest_stay_as_they_are():
    alone, none = table(BOX, BOX, role=["rest", "rest"]), table(BOX, BOX, role=["impact", "other"])
    assert rest_apart(alone) is alone and rest_apart(none) is none
    plain = table(BOX)
    assert rest_apart(plain) is plain


def test_the_ground_of_headlines_has_no_site_and_then_the_sites():
    areas = pd.concat(
        [WHERE, table(shapely.box(-500, -500, 500, 500), ids=["force"], role=["rest"])], ignore_index=True
    )
    ground = headline_ground(areas)
    assert ground["area_id"].tolist() == ["a", "b", "force", "station"]
    # The rest: the force less the areas, less the station (20 × 10, half of it in a), less what of a and b it covers.
    assert size(ground) == {"a": 9_900, "b": 10_000, "force": 1_000_000 - 20_000 - 100, "station": 200}


# --- points -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ((50, 50), {"impact"}),  # in the rest too, which has only what no other area has
        ((75, 150), {"rest"}),
        ((100, 50), {"impact"}),  # on the common edge: one of the two, as for time
        ((150, 50), {"comparison"}),
        ((0, 0), {"rest"}),  # on the corner that is the rest's by the same rule
        ((9999, 0), set()),
    ],
)
def test_a_point_belongs_to_each_area_that_has_it_and_to_the_rest_only_alone(point, found):
    areas = table(
        BOX, shapely.box(100, 0, 200, 100), shapely.box(-500, -500, 500, 500), role=["impact", "comparison", "rest"]
    )
    at, where = points_in_areas([point[0]], [point[1]], areas)
    assert {areas["role"].iloc[k] for k in where} == found and set(at) <= {0}


def test_points_keep_their_numbers():
    areas = table(BOX, shapely.box(100, 0, 200, 100))
    at, where = points_in_areas([150, 9999, 50, 150], [50, 50, 50, 60], areas)
    assert sorted(zip(at.tolist(), where.tolist())) == [(0, 1), (2, 0), (3, 1)]


# --- the days that areas count ----------------------------------------------------------------------------------------

LOW, HIGH = np.iinfo(np.int64).min, np.iinfo(np.int64).max


def utc(text):
    return pd.Timestamp(text, tz="UTC").value


DATED = table(
    BOX, BOX, BOX, BOX,
    valid_from=["2024-06-03", None, "2024-10-27", None], valid_to=[None, "2024-06-03", "2024-10-27", None],
)  # fmt: skip


def test_an_area_counts_from_civil_midnight_to_the_end_of_its_last_day():
    begin, end = validity(DATED, "Europe/London")
    # Summer time: civil midnight of 3 June is 23:00 UTC the day before; 27 October has 25 hours.
    assert begin.tolist() == [utc("2024-06-02T23:00"), LOW, utc("2024-10-26T23:00"), LOW]
    assert end.tolist() == [HIGH, utc("2024-06-03T23:00"), utc("2024-10-28T00:00"), HIGH]
    begin, end = validity(DATED, "UTC")
    assert begin[0] == utc("2024-06-03") and end[1] == utc("2024-06-04")


def test_without_days_areas_always_count():
    begin, end = validity(table(BOX, BOX), "Europe/London")
    assert begin.tolist() == [LOW, LOW] and end.tolist() == [HIGH, HIGH]
    begin, end = validity(DATED.drop(columns="valid_to"), "Europe/London")
    assert begin[0] == utc("2024-06-02T23:00") and end.tolist() == [HIGH] * 4


def test_days_may_come_as_dates_texts_or_moments():
    for day in (pd.Timestamp("2024-06-03"), pd.Timestamp("2024-06-03").date(), "2024-06-03", "2024-06-03T15:30:00"):
        assert validity(table(BOX, valid_from=[day]), "Europe/London")[0].tolist() == [utc("2024-06-02T23:00")]
    zoned = table(BOX, valid_from=pd.to_datetime(["2024-06-03"]).tz_localize("Europe/London"))
    assert validity(zoned, "Europe/London")[0].tolist() == [utc("2024-06-02T23:00")]


def spans(first, last, areas=DATED, zone="Europe/London"):
    return [(a, b, valid["area_id"].tolist()) for a, b, valid in epochs(areas, utc(first), utc(last), zone)]


def test_the_same_areas_count_all_through_a_span():
    assert spans("2024-06-01", "2024-07-01") == [
        (utc("2024-06-01"), utc("2024-06-02T23:00"), ["a1", "a3"]),
        (utc("2024-06-02T23:00"), utc("2024-06-03T23:00"), ["a0", "a1", "a3"]),
        (utc("2024-06-03T23:00"), utc("2024-07-01"), ["a0", "a3"]),
    ]


def test_a_span_within_which_nothing_changes_is_one():
    assert spans("2024-06-03", "2024-06-03T12:00") == [(utc("2024-06-03"), utc("2024-06-03T12:00"), ["a0", "a1", "a3"])]
    # From the very moment on at which an area begins to count, and to the one at which it ends.
    assert spans("2024-06-02T23:00", "2024-06-03T23:00") == [
        (utc("2024-06-02T23:00"), utc("2024-06-03T23:00"), ["a0", "a1", "a3"])
    ]
    # Of no length: a nanosecond.
    assert spans("2024-06-05", "2024-06-05") == [(utc("2024-06-05"), utc("2024-06-05") + 1, ["a0", "a3"])]


def test_spans_follow_each_other_without_a_break():
    found = spans("2024-01-01", "2025-01-01")
    assert [b for _, b, _ in found[:-1]] == [a for a, _, _ in found[1:]]
    assert (found[0][0], found[-1][1]) == (utc("2024-01-01"), utc("2025-01-01"))
    assert [names for _, _, names in found] == [
        ["a1", "a3"],
        ["a0", "a1", "a3"],
        ["a0", "a3"],
        ["a0", "a2", "a3"],
        ["a0", "a3"],
    ]


def rows(*pairs):
    return pd.DataFrame({"area_id": [a for a, _ in pairs], "period": [pd.Timestamp(t, tz="UTC") for _, t in pairs]})


def test_rows_of_an_area_are_kept_while_it_counts():
    given = rows(
        ("a0", "2024-06-02T22:59:59"), ("a0", "2024-06-02T23:00"), ("a1", "2024-06-03T22:59:59"), ("a1", "2024-06-03T23:00"),
        ("a3", "2000-01-01"), ("(rest)", "2000-01-01"), ("a2", "2024-10-27T12:00"), ("a2", "2024-10-28T12:00"),
    )  # fmt: skip
    assert within_validity(given, DATED, "Europe/London").index.tolist() == [1, 2, 4, 5, 6]


def test_one_dated_area_among_others_is_enough():
    first = table(BOX, BOX, valid_from=["2024-06-03", None])
    last = table(BOX, BOX, valid_to=[None, "2024-06-03"])
    given = rows(("a0", "2024-01-01"), ("a1", "2024-01-01"), ("a0", "2024-12-01"), ("a1", "2024-12-01"))
    assert within_validity(given, first, "Europe/London").index.tolist() == [1, 2, 3]
    assert within_validity(given, last, "Europe/London").index.tolist() == [0, 1, 2]


def test_without_days_or_rows_the_table_comes_back():
    given = rows(("a0", "2024-06-02T22:59:59"))
    assert within_validity(given, table(BOX), "Europe/London") is given
    assert within_validity(given, DATED.iloc[:0], "Europe/London") is given
    empty = given.iloc[:0]
    assert within_validity(empty, DATED, "Europe/London") is empty

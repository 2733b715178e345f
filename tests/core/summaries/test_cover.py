"""Cover and distinct officers: of spans by hand, and cells that add up over groups of officers."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import TIME_USE
from ia_plugin.core.params import PresenceParams, SummaryParams
from ia_plugin.core.presence import stays, time_in_areas
from ia_plugin.core.summaries.cover import SPANS, cover, cover_of, cover_spans
from ia_plugin.core.summaries.ground_time import GroundTime, legs_about
from ia_plugin.core.summaries.time_cells import KEYS, SECONDS, TimeCells, officers_seen, rows_alike
from ia_plugin.core.summaries.visit_lengths import BANDS, added_lengths, visit_lengths
from ia_plugin.core.tracks import build_legs
from tests.support.tables import areas, fixes

MINUTE, HOUR = 60 * 10**9, 3_600 * 10**9
BEGAN = pd.Timestamp("2024-06-03T10:00Z").value
BOX = shapely.box(0, 0, 100, 100)


def spans(*rows):
    """Spans of one hour from rows of (officer, first min, last min, p, unit, resource)."""
    data = [("a", BEGAN, r[4] if len(r) > 4 else "N", r[5] if len(r) > 5 else "car", r[0], BEGAN + r[1] * MINUTE, BEGAN + r[2] * MINUTE,
             r[3] if len(r) > 3 else 1.0, True) for r in rows]  # fmt: skip
    return pd.DataFrame(data, columns=list(SPANS))


def found(*rows):
    """{(unit, resource): (patrol minutes, officers)}"""
    table = cover_of(spans(*rows))
    assert set(table["area_id"]) == {"a"} and set(table["period"]) == {pd.Timestamp(BEGAN, tz="UTC")}
    return {(r.unit, r.resource_type): (round(r.patrol_seconds / 60, 9), r.officers) for r in table.itertuples()}


# --- cover ------------------------------------------------------------------------------------------------------------


def test_two_officers_at_once_cover_a_minute_once():
    assert found(("A", 0, 30), ("B", 20, 50))["(all)", "(all)"] == (50, 2)
    assert found(("A", 0, 10), ("A", 40, 50), ("A", 45, 55))["(all)", "(all)"] == (25, 1)


def test_each_grouping_is_computed_anew():
    table = found(("A", 0, 30, 1.0, "N", "car"), ("B", 20, 50, 1.0, "S", "car"), ("C", 0, 60, 1.0, "S", "foot"))
    assert table == {
        ("(all)", "(all)"): (60, 3),
        ("N", "(all)"): (30, 1), ("S", "(all)"): (60, 2),
        ("(all)", "car"): (50, 2), ("(all)", "foot"): (60, 1),
    }  # fmt: skip


def test_officers_who_may_be_there_are_independent():
    """Half and half: three quarters of the time somebody is. A third who surely is, for ten minutes of it."""
    assert found(("A", 0, 40, 0.5), ("B", 0, 40, 0.5))["(all)", "(all)"] == (pytest.approx(30), 2)
    assert found(("A", 0, 40, 0.5), ("B", 0, 40, 0.5), ("C", 0, 10))["(all)", "(all)"] == (pytest.approx(32.5), 3)


def test_a_row_that_only_tells_who_was_seen_adds_no_time():
    table = pd.concat([spans(("A", 0, 30)).assign(seen=False), spans(("A", 0, 60, 0.0), ("B", 0, 60, 0.0))])
    row = cover_of(table).iloc[0]
    assert (row["patrol_seconds"], row["officers"]) == (1800, 2)


def test_no_spans_no_cover():
    table = cover_of(spans().iloc[:0])
    assert len(table) == 0 and "patrol_seconds" in table
    none = build_legs(fixes([(0, 0, 0), (60, 1, 1)])).iloc[:0]
    assert len(cover_spans(none, areas(BOX), None, None, SummaryParams())) == 0


@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_an_officer_inside_all_the_hour_covers_all_of_it(method):
    t = np.arange(0, 7201, 600)
    legs = build_legs(fixes(np.c_[t, np.full((len(t), 2), 50)], epoch="2024-06-03T10:00:00Z"))
    shared = time_in_areas(legs, areas(BOX), PresenceParams(method=method))
    table = cover(legs, areas(BOX), shared, stays(legs, areas(BOX)))
    everybody = table[(table["unit"] == "(all)") & (table["resource_type"] == "(all)")]
    assert everybody["patrol_seconds"].tolist() == pytest.approx([3600, 3600]) and everybody["officers"].tolist() == [
        1,
        1,
    ]
    assert set(table["unit"]) == {"(all)", "unit not known"}


# --- cells that add up ------------------------------------------------------------------------------------------------


def cells(*rows):
    """Cells from rows of (area, seconds on foot, seconds not known, variance)."""
    table = pd.DataFrame({"area_id": [r[0] for r in rows], "period": pd.Timestamp(BEGAN, tz="UTC"), "unit": "N", "department": "d",
                          "officer_role": "r", "resource_type": "t", "at_site": False, "officer_seconds": [float(r[1] + r[2]) for r in rows],
                          "variance": [float(r[3]) for r in rows], "systematic": [0.1 * (r[1] + r[2]) for r in rows]})  # fmt: skip
    time = [(k, act, s) for k, r in enumerate(rows) for act, s in (("on_foot", r[1]), ("not_known", r[2])) if s]
    spent = pd.DataFrame(time, columns=["cell", "activity", "officer_seconds"]).astype({"officer_seconds": float})
    for name in SECONDS[1:]:
        spent[name] = spent["officer_seconds"] if name == "foot_seconds" else 0.0
    return TimeCells(table, spent)


def listed(table):
    return {
        (r.area_id, r.activity): (r.officer_seconds, round(r.variance, 9), round(r.systematic, 9))
        for r in table.itertuples()
    }


def test_a_share_of_the_time_passes_on_its_share_of_the_variance():
    table = cells(("a", 300, 100, 80)).table()
    assert listed(table) == {("a", "on_foot"): (300, 60, 30), ("a", "not_known"): (100, 20, 10)}
    assert table.columns.tolist() == list(TIME_USE.names)


def test_groups_are_added_before_the_spread_is_split():
    """300 on foot with a variance of 80, and 100 not known with none: of the sum three quarters are on foot."""
    whole = TimeCells.beside([cells(("a", 300, 0, 80)), cells(("a", 0, 100, 0), ("b", 50, 0, 5))]).table()
    assert listed(whole) == {
        ("a", "on_foot"): (300, 60, 30),
        ("a", "not_known"): (100, 20, 10),
        ("b", "on_foot"): (50, 5, 5),
    }


def test_the_order_of_groups_does_not_matter_and_empty_ones_add_nothing():
    parts = [cells(("a", 300, 10, 80)), TimeCells.none(), cells(("b", 1, 2, 3), ("a", 5, 6, 7)), cells(("b", 10, 0, 1))]
    one, two = (listed(TimeCells.beside(p).table()) for p in (parts, parts[::-1]))
    assert one == two and one["a", "on_foot"][0] == 305
    assert len(TimeCells.beside([]).table()) == 0 == len(TimeCells.beside([TimeCells.none()]).table())
    assert listed(TimeCells.beside([parts[0], TimeCells.none()]).table()) == listed(parts[0].table())


def test_some_of_the_cells():
    whole = cells(("a", 1, 2, 0), ("b", 3, 0, 0), ("c", 5, 6, 0))
    assert set(listed(whole.where(np.array([False, True, True])).table())) == {
        ("b", "on_foot"),
        ("c", "on_foot"),
        ("c", "not_known"),
    }
    assert whole.where(np.ones(3, dtype=bool)) is whole
    assert len(whole.where(np.zeros(3, dtype=bool)).table()) == 0


def test_rows_alike_come_in_the_order_of_their_words():
    table = pd.DataFrame({"a": ["y", "x", "y", "x"], "b": [1, 2, 1, 1]})
    first, row = rows_alike(table, ["a", "b"])
    assert first.tolist() == [3, 1, 0] and row.tolist() == [2, 1, 2, 0]
    first, row = rows_alike(table, ["a"])
    assert first.tolist() == [1, 0] and row.tolist() == [1, 0, 1, 0]
    many = pd.DataFrame({k: np.arange(3000) % 2999 for k in "abcd"})  # more sets than 63 bits could number
    assert len(rows_alike(many, list("abcd"))[0]) == 2999


def test_distinct_officers_of_each_group_and_of_all():
    """A in two units at a, B in one; on the next day A alone."""
    rows = [
        ("a", 1, "N", "A"),
        ("a", 1, "S", "A"),
        ("a", 1, "N", "B"),
        ("a", 1, "N", "B"),
        ("a", 2, "S", "A"),
        ("b", 1, "N", "B"),
    ]
    days = pd.DataFrame({"area_id": [r[0] for r in rows], "period": pd.to_datetime([f"2024-06-0{r[1]}T23:00Z" for r in rows]),
                         "unit": [r[2] for r in rows], "department": "d", "officer_role": "r", "resource_type": "t",
                         "officer_id": [r[3] for r in rows]})[[*KEYS, "officer_id"]]  # fmt: skip
    table = officers_seen(days)
    assert "officer_id" not in table
    seen = {
        (r.area_id, r.period.day, r.dimension, r.value): r.officers
        for r in table.itertuples()
        if r.dimension in ("(all)", "unit")
    }
    assert seen == {
        ("a", 1, "(all)", "(all)"): 2, ("a", 2, "(all)", "(all)"): 1, ("b", 1, "(all)", "(all)"): 1,
        ("a", 1, "unit", "N"): 2, ("a", 1, "unit", "S"): 1, ("a", 2, "unit", "S"): 1, ("b", 1, "unit", "N"): 1,
    }  # fmt: skip
    assert set(table["dimension"]) == {"(all)", "unit", "department", "officer_role", "resource_type"}
    assert len(officers_seen(days.iloc[:0])) == 0


# --- lengths of visits ------------------------------------------------------------------------------------------------


def visited(*rows, **columns):
    """Visits from rows of (area, track, minute of entry, seconds)."""
    table = pd.DataFrame({"area_id": [r[0] for r in rows], "track_id": [r[1] for r in rows],
                          "enter": pd.to_datetime([BEGAN + r[2] * MINUTE for r in rows], utc=True), "seconds": [float(r[3]) for r in rows]})  # fmt: skip
    legs = pd.DataFrame({"track_id": [1, 1, 2], **columns})
    return visit_lengths(table, legs)


def test_visits_are_counted_by_the_hour_they_began_in_and_their_length():
    table = visited(("a", 1, 0, 299), ("a", 1, 59, 299), ("a", 1, 60, 299), ("a", 2, 5, 300), ("b", 2, 5, 9999))
    assert [(r.area_id, r.period.hour, r.band, r.visits, r.seconds) for r in table.itertuples()] == [
        ("a", 10, "0–5 min", 2, 598), ("a", 10, "5–10 min", 1, 300), ("a", 11, "0–5 min", 1, 299), ("b", 10, "20+ min", 1, 9999),
    ]  # fmt: skip
    assert table["unit"].unique().tolist() == ["unit not known"] and set(table["band"]) <= set(BANDS)


def test_a_visit_is_of_the_unit_its_track_began_in():
    table = visited(
        ("a", 1, 0, 60), ("a", 2, 0, 60), ("a", 3, 0, 60), unit=["N", "S", None], resource_type=["car", "car", "foot"]
    )
    rows = {(r.unit, r.resource_type): r.visits for r in table.itertuples()}
    assert rows == {("N", "car"): 1, ("unit not known", "foot"): 1, ("unit not known", "not known"): 1}


def test_visits_of_groups_of_officers_add():
    one, two = visited(("a", 1, 0, 60), ("b", 1, 0, 60)), visited(("a", 1, 30, 90))
    whole = added_lengths([one, two.iloc[:0], two])
    assert [(r.area_id, r.visits, r.seconds) for r in whole.itertuples()] == [("a", 2, 150), ("b", 1, 60)]
    assert added_lengths([one]).equals(one) and len(added_lengths([])) == 0 and len(added_lengths([one.iloc[:0]])) == 0


# --- shapes worked through once ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "near"),
    [
        (0, 10, [True, True, False]),  # twice 60 minutes before and after
        (79, 80, [True, True, False]),
        (80, 81, [True, True, True]),  # 200 < 81 + 120
        (129, 140, [True, True, True]),  # 10 > 129 − 120
        (130, 140, [False, True, True]),
        (500, 600, [False, False, False]),
    ],
)
def test_legs_of_a_span_and_those_about_it(first, last, near):
    """The longest leg lasts 60 minutes."""
    start, end = np.array([0, 20, 200]), np.array([10, 80, 210])
    assert legs_about(start, end, first, last).tolist() == near


def test_pieces_that_are_known_take_their_rows_from_there():
    legs = build_legs(fixes([(0, -50, 50), (100, 50, 50), (200, 150, 50)]))
    known = areas(one=BOX, other=shapely.box(-100, 0, 0, 100))
    ground = GroundTime(legs, PresenceParams(method="linear"), known)
    pieces = pd.DataFrame(
        {"area_id": ["p", "q"], "geometry": [shapely.MultiPolygon([BOX]), shapely.box(100, 0, 200, 100)]}
    )
    shared, stays_of = ground.in_pieces(pieces, np.array([True, True]))
    by = shared.set_index(["area_id", "leg_id"])["seconds"]
    first, second = legs["leg_id"]
    assert by.to_dict() == {("p", first): 50, ("p", second): 50, ("q", second): 50}
    entered = stays_of(np.array([False, True]))
    assert sorted(zip(entered["area_id"], entered["leg_id"])) == [("p", second), ("q", second)]
    # Of some of the legs only.
    shared, stays_of = ground.in_pieces(pieces, np.array([True, False]))
    assert shared["area_id"].tolist() == ["p"] and shared["leg_id"].tolist() == [first]
    assert stays_of(np.array([True]))["leg_id"].tolist() == [first]

"""clean_fixes: what is dropped, why, and that each is counted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError, CrsError, TimeError
from ia_plugin.core.fixes import FARTHEST_M, clean_fixes, officer_text, refuse_degrees, sorted_order, utc_times
from ia_plugin.core.params import CleanParams
from tests.support.tables import fixes


def test_sorts_by_officer_and_time_and_leaves_the_input_alone():
    given_fixes = pd.concat([fixes([(60, 10, 0), (0, 0, 0)], "B"), fixes([(30, 5, 5)], "A")])
    before = given_fixes.copy(deep=True)
    clean, report = clean_fixes(given_fixes)
    assert clean["officer_id"].tolist() == ["A", "B", "B"]
    assert clean["x"].tolist() == [5, 0, 10]
    assert list(clean.index) == [0, 1, 2]
    assert report.rows_read == report.rows_kept == 3
    pd.testing.assert_frame_equal(given_fixes, before)


def test_each_reason_is_counted_and_every_row_is_accounted_for():
    table = fixes(
        [
            (0, 0, 0),
            (60, 100, 0),
            (60, 100, 0),
            (60, 500, 0),
            (120, 200, 0),
            (180, np.nan, 0),
            (240, 400, 0),
            (300, 9e9, 0),
        ]
    )
    times = [table["time"][0], pd.NaT, pd.Timestamp("2099-01-01", tz="UTC")]
    odd = pd.DataFrame({"officer_id": [None, "A", "A"], "time": times, "x": 0.0, "y": 0.0})
    table = pd.concat([table, odd], ignore_index=True)
    clean, report = clean_fixes(table)
    assert {k: v for k, v in report.dropped.items() if v} == {
        "no_officer": 1,
        "no_time": 1,
        "no_position": 1,
        "time_out_of_range": 1,
        "position_out_of_range": 1,
        "duplicate": 1,
        "same_time_other_place": 1,
    }
    assert clean["x"].tolist() == [0, 100, 200, 400]
    assert report.rows_kept + sum(report.dropped.values()) == report.rows_read == len(table)
    assert len(report.rejects) == sum(report.dropped.values())
    assert len(report.sentences()) == 7


def test_of_two_places_at_one_time_the_personal_radio_then_the_more_accurate_stays():
    table = fixes([(0, 0, 0), (60, 100, 0), (60, 900, 0), (120, 200, 0)], accuracy_m=[5.0, 200.0, 5.0, 5.0])
    assert clean_fixes(table)[0]["x"].tolist() == [0, 900, 200]
    table["radio_kind"] = ["personal", "personal", "other", "personal"]
    assert clean_fixes(table)[0]["x"].tolist() == [0, 100, 200]


def test_vehicle_sets_never_add_officer_time():
    clean, report = clean_fixes(fixes([(0, 0, 0), (60, 1, 1)], radio_kind=["vehicle", "personal"]))
    assert len(clean) == 1 and report.dropped["vehicle_radio"] == 1


@pytest.mark.parametrize("where", [0, 1, 5, 9])
def test_an_impossible_jump_is_dropped_wherever_it_stands(where):
    track = [(60 * i, 100.0 * i, 0.0) for i in range(10)]
    track[where] = (track[where][0], 60_000.0, 60_000.0)
    clean, report = clean_fixes(fixes(track))
    assert report.dropped["impossible_jump"] == 1
    assert 60_000.0 not in clean["x"].tolist()


def test_a_displaced_run_goes_as_one_and_a_long_one_stays():
    track = [(60 * i, 100.0 * i, 0.0) for i in range(30)]
    short = [(t, 90_000.0, y) if 10 <= t / 60 < 13 else (t, x, y) for t, x, y in track]
    assert clean_fixes(fixes(short))[1].dropped["impossible_jump"] == 3
    long = [(t, 90_000.0, y) if 10 <= t / 60 < 20 else (t, x, y) for t, x, y in track]
    assert clean_fixes(fixes(long))[1].dropped["impossible_jump"] == 0


def test_two_fixes_that_contradict_each_other_are_both_kept():
    assert clean_fixes(fixes([(0, 0, 0), (60, 90_000, 0)]))[1].dropped["impossible_jump"] == 0


@pytest.mark.parametrize(
    ("ids", "expected"),
    [([7.0, 7.0], ["7", "7"]), ([12, 12], ["12", "12"]), (["🚓", "🚓"], ["🚓", "🚓"]), ([" x ", "x"], ["x", "x"])],
)
def test_officer_ids_become_text(ids, expected):
    table = fixes([(0, 0, 0), (60, 1, 1)])
    table["officer_id"] = ids
    assert clean_fixes(table)[0]["officer_id"].tolist() == expected


def test_degrees_are_refused_and_small_metres_are_not():
    with pytest.raises(CrsError, match="52.48"):
        clean_fixes(fixes([(0, -1.9001, 52.4801), (60, -1.9012, 52.4805)]))
    assert len(clean_fixes(fixes([(0, 0.5, 0.5), (60, 70.5, 12.5)]))[0]) == 2


def test_naive_times_and_missing_columns_are_refused():
    table = fixes([(0, 0, 0)])
    with pytest.raises(ColumnError, match="officer_id"):
        clean_fixes(table.drop(columns="officer_id"))
    table["time"] = table["time"].dt.tz_localize(None)
    with pytest.raises(TimeError, match="time zone"):
        clean_fixes(table)


def test_an_empty_table_stays_one():
    clean, report = clean_fixes(fixes([]).iloc[:0])
    assert len(clean) == 0 and report.rows_read == 0 and not report.sentences()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-3, 3), st.sampled_from("AB")), max_size=30), st.randoms())
def test_the_order_of_the_input_does_not_matter(rows, random):
    table = pd.DataFrame(rows, columns=["t", "x", "officer_id"])
    table["time"] = pd.Timestamp("2024-06-03", tz="UTC") + pd.to_timedelta(table.pop("t") * 60, unit="s")
    table["x"] = table["x"] * 1000.0
    table["y"] = 0.0
    order = list(range(len(table)))
    random.shuffle(order)
    straight, shuffled = clean_fixes(table)[1], clean_fixes(table.iloc[order])[1]
    assert straight.dropped == shuffled.dropped
    assert straight.rows_kept + sum(straight.dropped.values()) == len(table)


def test_moments_kept_as_objects_are_the_same_moments():
    """pandas 3 reads objects in microseconds: taken for nanoseconds, every officer would drive a thousand times too fast."""
    times = pd.date_range("2024-06-03T12:00Z", periods=40, freq="min")
    table = pd.DataFrame({"officer_id": "a", "time": times, "x": 400_000.0 + 300 * np.arange(40), "y": 280_000.0})
    objects = table.assign(time=pd.Series(list(times), dtype=object))
    (plain, _), (same, report) = clean_fixes(table), clean_fixes(objects)
    assert len(same) == len(plain) == 40 and not any(report.dropped.values())
    assert (same["time"] == plain["time"]).all()


# --- limits, and what lies exactly on them ----------------------------------------------------------------------------


def kept(track, params=CleanParams(), **columns):
    return clean_fixes(fixes(track, **columns), params)[0]["x"].tolist()


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("1989-12-31T23:59:59Z", "time_out_of_range"),
        ("1990-01-01T00:00:00Z", None),
        ("2089-12-31T23:59:59Z", None),
        ("2090-01-01T00:00:00Z", "time_out_of_range"),
    ],
)
def test_the_first_and_last_possible_times(moment, reason):
    _, report = clean_fixes(fixes([(0, 0, 0)], epoch=moment))
    assert [k for k, n in report.dropped.items() if n] == ([reason] if reason else [])


@pytest.mark.parametrize("axis", ["x", "y"])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_farthest_possible_position(axis, sign):
    table = fixes([(0, 0, 0), (10**6, 10, 10)])
    table.loc[1, axis] = sign * FARTHEST_M
    assert clean_fixes(table)[1].dropped["position_out_of_range"] == 0
    table.loc[1, axis] = sign * FARTHEST_M * 1.001
    assert clean_fixes(table)[1].dropped["position_out_of_range"] == 1


def test_a_row_has_one_reason_the_first_that_fits():
    table = fixes([(0, 9e9, 0), (60, 0, 0)], radio_kind=["vehicle", "personal"])
    report = clean_fixes(table)[1]
    assert report.dropped["position_out_of_range"] == 1 and report.dropped["vehicle_radio"] == 0
    assert report.rejects.to_dict("records") == [{"row": 0, "reason": "position_out_of_range"}]


def test_rejects_name_the_rows_of_the_input():
    table = fixes([(0, 0, 0), (60, 100, 0), (60, 100, 0), (120, np.nan, 0)]).set_index(pd.Index([10, 20, 30, 40]))
    _, report = clean_fixes(table)
    assert report.rejects.to_dict("records") == [
        {"row": 30, "reason": "duplicate"},
        {"row": 40, "reason": "no_position"},
    ]
    assert report.sentences() == ["1 of 4 fixes dropped: no position.", "1 of 4 fixes dropped: exact duplicate."]


@pytest.mark.parametrize("column", ["x", "y", "officer_id", "time"])
def test_a_table_without_a_column_is_refused(column):
    with pytest.raises(ColumnError, match=f"fixes table lacks {column}; it has"):
        clean_fixes(fixes([(0, 0, 0)]).drop(columns=column))


# --- two places at one time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "stays"),
    [
        ([(60, 120, 0), (60, 900, 0)], 120),  # the one nearer the way from 0 to 200
        ([(60, 900, 0), (60, 120, 0)], 120),
        ([(60, 120, 0), (60, 900, 0), (60, 100, 0)], 120),  # 120 and 100 both lie on the way: the first in the table
        ([(60, 100, 5), (60, 100, 50)], 100),
    ],
)
def test_of_two_places_the_one_on_the_way_stays(places, stays):
    assert kept([(0, 0, 0), *places, (120, 200, 0)]) == [0, stays, 200]


def test_at_the_ends_of_a_track_the_one_neighbour_decides():
    assert kept([(0, 90, 0), (0, 500, 0), (60, 100, 0)]) == [90, 100]
    assert kept([(0, 100, 0), (60, 500, 0), (60, 110, 0)]) == [100, 110]
    # Alone with its clash, nothing decides but the order.
    assert kept([(0, 500, 0), (0, 110, 0)]) == [500]


def test_another_officers_fixes_are_no_neighbours():
    """B stands at 900 m before and after; A's two places are judged by A's own fix at 100 m."""
    table = pd.concat([fixes([(0, 900, 0), (60, 900, 0)], "0"), fixes([(0, 880, 0), (0, 130, 0), (60, 100, 0)], "A"),
                       fixes([(0, 900, 0), (60, 900, 0)], "Z")])  # fmt: skip
    clean = clean_fixes(table)[0]
    assert clean[clean["officer_id"] == "A"]["x"].tolist() == [130, 100]


def test_exact_copies_of_both_places_leave_one_of_each_to_choose_from():
    table = fixes([(0, 0, 0), (60, 100, 0), (60, 900, 0), (60, 100, 0), (60, 900, 0), (120, 200, 0)])
    clean, report = clean_fixes(table)
    assert clean["x"].tolist() == [0, 100, 200]
    assert (report.dropped["duplicate"], report.dropped["same_time_other_place"]) == (2, 1)


def test_an_unknown_accuracy_is_the_worst():
    track = [(0, 0, 0), (60, 100, 0), (60, 900, 0), (120, 200, 0)]
    assert kept(track, accuracy_m=[5.0, np.nan, 500.0, 5.0]) == [0, 900, 200]
    assert kept(track, accuracy_m=[5.0, 600.0, 500.0, 5.0]) == [0, 900, 200]
    assert kept(track, accuracy_m=[5.0, 500.0, 500.0, 5.0]) == [0, 100, 200]  # equally accurate: the one on the way


# --- jumps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("away", "dropped"),
    [(4400, 0), (4399, 0), (4401, 1), (60_000, 1)],  # 70 m/s × 60 s + 200 m = 4,400 m
)
def test_a_jump_is_a_move_no_car_can_make(away, dropped):
    track = [(0, 0, 0), (60, 0, 0), (120, 0, away), (180, 0, 0), (240, 0, 0)]
    assert clean_fixes(fixes(track))[1].dropped["impossible_jump"] == dropped


def test_the_allowance_and_the_speed_are_the_users():
    track = [(0, 0, 0), (60, 0, 0), (61, 0, 260), (62, 0, 0), (122, 0, 0)]
    assert len(kept(track)) == 5  # 70 + 200 m
    assert len(kept(track, CleanParams(jump_allowance_m=100.0))) == 4
    assert len(kept(track, CleanParams(max_jump_speed_ms=50.0))) == 4


@pytest.mark.parametrize(("run", "dropped"), [(1, 1), (5, 5), (6, 0)])
def test_a_run_of_at_most_five_is_one_jump(run, dropped):
    track = [(60 * i, 90_000 if 8 <= i < 8 + run else 0, 0) for i in range(20)]
    assert clean_fixes(fixes(track))[1].dropped["impossible_jump"] == dropped


def test_a_run_goes_only_where_what_is_before_and_after_agree():
    """From 0 to 90 km and on to 180 km: no side can be reached without the middle, so nobody knows which is wrong."""
    track = [(60 * i, 90_000 * (i // 3), 0) for i in range(9)]
    assert clean_fixes(fixes(track))[1].dropped["impossible_jump"] == 0


def test_two_displaced_fixes_apart_from_each_other_both_go():
    track = [(60 * i, x, 0) for i, x in enumerate([0, 0, 0, 50_000, 0, 0, 0, -70_000, 0, 0, 0])]
    assert kept(track) == [0] * 9


def test_one_officers_jump_is_no_other_officers():
    a, b = [(60 * i, 0, 0) for i in range(6)], [(60 * i, 90_000, 0) for i in range(6)]
    table = pd.concat([fixes(a, "A"), fixes(b, "B")])
    assert clean_fixes(table)[1].dropped["impossible_jump"] == 0


@settings(max_examples=15)
@given(st.integers(0, 5000), st.sampled_from([0.0, 250_000.0]), st.integers(-(10**7), 10**7))
def test_a_shift_of_all_fixes_changes_nothing(seed, metres, seconds):
    rng = np.random.default_rng(seed)
    track = np.c_[60.0 * rng.integers(0, 12, 14), rng.choice([0, 100, 200, 60_000], (14, 2))]
    plain, moved = (clean_fixes(fixes(t))[1] for t in (track, track + [seconds, metres, metres]))
    assert moved.dropped == plain.dropped and moved.rejects["row"].tolist() == plain.rejects["row"].tolist()


# --- degrees, ids, times ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "degrees"),
    [
        ([-1.9, -1.9001], [52.4, 52.4002], True),
        ([179.9, 179.9001], [89.9, 89.9001], True),
        ([-1.9, 180.1], [52.4, 52.4002], False),  # no longitude
        ([-1.9, -1.9001], [52.4, 90.1], False),
        ([-180.1, -1.9], [52.4, 52.4002], False),
        ([10.0, 10.0], [20.0, 20.0], False),  # standing still proves nothing
        ([10.0, 70.0], [20.0, 20.0], False),  # a metre a second
    ],
)
def test_degrees_are_small_and_move_slowly(x, y, degrees):
    x, y = np.array(x), np.array(y)
    speed = np.hypot(np.diff(x), np.diff(y)) / 60
    if degrees:
        with pytest.raises(CrsError, match="look like degrees.* Reproject the layer to metres"):
            refuse_degrees(x, y, lambda: speed)
    else:
        refuse_degrees(x, y, lambda: speed)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["  ", "", " a "], [None, None, "a"]),
        ([np.nan, "7", 7.0], [None, "7", "7"]),
    ],
)
def test_ids_as_text(ids, expected):
    assert officer_text(pd.Series(ids, dtype=object)).tolist() == expected


def test_a_column_of_numbers_is_read_as_whole_ones_where_they_are():
    assert officer_text(pd.Series([1.0, 2.5, np.nan])).tolist() == ["1", "2.5", None]


def test_a_categorical_of_ids_stays_one_unless_two_categories_are_one_officer():
    plain = officer_text(pd.Series([" a", "b", " a"], dtype="category"))
    assert plain.tolist() == ["a", "b", "a"] and isinstance(plain.dtype, pd.CategoricalDtype)
    both = officer_text(pd.Series([" a", "a", "b"], dtype="category"))
    assert both.tolist() == ["a", "a", "b"] and both.dtype == object
    blank = officer_text(pd.Series(["", "a"], dtype="category"))
    assert blank.isna().tolist() == [True, False]


@pytest.mark.parametrize("unit", ["ns", "us", "s"])
def test_times_of_any_zone_and_unit_are_the_same_moments(unit):
    times = pd.Series(pd.to_datetime(["2024-06-03T12:00:00Z", "2024-12-03T12:00:00Z"]))
    for zone in ("UTC", "Europe/London", "America/New_York"):
        given_times = times.dt.tz_convert(zone)
        if int(pd.__version__.split(".")[0]) >= 2:
            given_times = given_times.dt.as_unit(unit)
        found = utc_times(given_times, "time")
        assert str(found.dtype) == "datetime64[ns, UTC]" and (found == times).all()


@pytest.mark.parametrize("naive", ["2024-06-03T12:00", pd.Timestamp("2024-06-03T12:00"), 1_717_405_200])
def test_a_time_without_a_zone_is_refused_with_its_value(naive):
    with pytest.raises(TimeError, match="'seen' holds .*2024|'seen' holds int64") as caught:
        utc_times(pd.Series([naive]), "seen")
    assert "time zone" in caught.value.remedy


def test_one_naive_moment_among_zoned_ones_is_refused():
    mixed = pd.Series([pd.Timestamp("2024-06-03T12:00Z"), pd.Timestamp("2024-06-03T12:00")], dtype=object)
    with pytest.raises(TimeError):
        utc_times(mixed, "time")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=20))
def test_the_order_by_officer_and_time_is_stable(rows):
    codes, stamp = (np.array(v, dtype=np.int64) for v in (zip(*rows) if rows else ([], [])))
    expected = sorted(range(len(rows)), key=lambda i: rows[i])
    order = sorted_order(codes, stamp)
    assert (list(range(len(rows))) if order is None else order.tolist()) == expected
    assert (order is None) == (rows == sorted(rows))


def _day_and_next(last_x, first_x=0.0, pause_h=10.0):
    """Twelve fixes, the last of them at `last_x`; and after a pause twelve more, the first at `first_x`."""
    x = np.r_[np.zeros(11), last_x, first_x, np.zeros(11)] + 400_000.0
    seconds = np.r_[np.arange(12) * 120.0, 11 * 120 + pause_h * 3600 + np.arange(12) * 120.0]
    time = pd.Timestamp("2024-06-03T08:00Z") + pd.to_timedelta(seconds, unit="s")
    return pd.DataFrame({"officer_id": "o1", "time": time, "x": x, "y": 280_000.0})


@pytest.mark.parametrize("last_x, first_x", [(60_000.0, 0.0), (0.0, 60_000.0), (60_000.0, 60_000.0)])
def test_a_jump_at_the_end_of_a_duty_is_one_whether_the_next_is_known_or_not(last_x, first_x):
    """It can be reached from the next morning, which says nothing: or a day would change when the next one came."""
    fixes = _day_and_next(last_x, first_x)
    kept = clean_fixes(fixes)[0]
    apart = [clean_fixes(f)[0] for f in (fixes.iloc[:12], fixes.iloc[12:])]
    assert kept["time"].tolist() == pd.concat(apart)["time"].tolist()
    assert kept["x"].max() == 400_000 and len(kept) == 24 - (last_x > 0) - (first_x > 0)


def test_a_position_out_of_this_world_is_a_jump_over_any_pause():
    fixes = _day_and_next(0.0, 5_000_000.0)
    assert clean_fixes(fixes)[1].dropped["impossible_jump"] == 1
    assert clean_fixes(_day_and_next(0.0, 5_000_000.0, pause_h=4.0).iloc[10:14])[0]["x"].max() == 400_000


def test_what_more_fixes_could_change_is_known():
    """Eight fixes in a row cannot be a jump of at most five, nor can their ends be; a pause between duties is an end."""
    fixes = _day_and_next(0.0)
    for some, begins, ends in (
        (fixes.iloc[:8], [True] * 8, [True] * 8),
        (fixes.iloc[:7], [False] * 7, [False] * 7),
        (fixes.iloc[9:15], [False] * 3 + [True] * 3, [True] * 3 + [False] * 3),
    ):
        report = clean_fixes(some)[1]
        assert report.settled_from.tolist() == begins and report.settled_to.tolist() == ends


@pytest.mark.parametrize("seed", range(6))
def test_what_is_settled_is_so_whatever_more_is_known(seed):
    rng = np.random.default_rng(seed)
    n = 400
    seconds = np.cumsum(rng.choice([30.0, 120.0, 4_000.0, 20_000.0], n, p=[0.4, 0.5, 0.05, 0.05]))
    fixes = pd.DataFrame(
        {
            "officer_id": np.where(np.arange(n) < n // 2, "a", "b"),
            "time": pd.Timestamp("2024-06-03T08:00Z") + pd.to_timedelta(seconds, unit="s"),
            "x": 400_000.0 + 60_000 * (rng.random(n) < 0.15) + 50_000 * (rng.random(n) < 0.1),
            "y": 280_000.0,
        }
    )
    whole = clean_fixes(fixes)[0]
    for _ in range(20):
        a, b = sorted(rng.integers(0, n, 2).tolist())
        some, report = clean_fixes(fixes.iloc[a:b])
        for officer, here in some.groupby("officer_id"):
            rows = here.index.to_numpy()
            first, last = report.settled_from[rows], report.settled_to[rows]
            if first.any() and last.any():
                low, high = here["time"].iloc[first.argmax()], here["time"].iloc[len(last) - 1 - last[::-1].argmax()]
                there = whole[(whole["officer_id"] == officer) & whole["time"].between(low, high)]
                assert here.loc[here["time"].between(low, high), "time"].tolist() == there["time"].tolist()

"""clean_fixes: what is dropped, why, and that each is counted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError, CrsError, TimeError
from ia_plugin.core.fixes import clean_fixes
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
    table.loc[len(table)] = [None, table["time"][0], 0.0, 0.0]
    table.loc[len(table)] = ["A", pd.NaT, 0.0, 0.0]
    table.loc[len(table)] = ["A", pd.Timestamp("2099-01-01", tz="UTC"), 0.0, 0.0]
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

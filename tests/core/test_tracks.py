"""build_legs, tracks and gaps: what is joined, and what nobody observed."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError, DataRangeError, ImpactAreaWarning
from ia_plugin.core.params import TrackParams
from ia_plugin.core.quality.findings import Seen
from ia_plugin.core.quality.intervals import longest_gaps
from ia_plugin.core.tracks import (
    build_legs,
    gap_limit,
    gap_limits,
    gap_reason,
    gaps,
    legs_and_gaps,
    lone_fixes,
    near_limit,
    source_of,
    stable_id,
    tracks,
)
from tests.support.tables import fixes


def test_a_leg_joins_two_consecutive_fixes():
    legs = build_legs(fixes([(0, 0, 0), (60, 300, 400)]))
    leg = legs.iloc[0]
    assert (leg["distance_m"], leg["duration_s"], leg["speed_kmh"]) == (500, 60, 30)
    assert leg["end"] - leg["start"] == pd.Timedelta(seconds=60)
    assert not leg["over_speed"]


def test_legs_stop_at_a_gap_and_the_gap_is_kept():
    table = fixes([(0, 0, 0), (60, 10, 0), (5000, 20, 0), (5060, 30, 0)])
    legs, silent = build_legs(table), gaps(table)
    assert legs["duration_s"].tolist() == [60, 60]
    assert legs["track_id"].nunique() == 2
    assert silent["duration_s"].tolist() == [4940]
    assert silent["reason"].tolist() == ["silent_same_place"]
    assert tracks(legs)["fixes"].tolist() == [2, 2]


def test_legs_and_gaps_make_up_the_whole_time_of_an_officer():
    rng = np.random.default_rng(3)
    t = np.cumsum(rng.integers(1, 3000, 200))
    table = fixes(np.c_[t, rng.normal(0, 500, (200, 2)).cumsum(axis=0)])
    total = build_legs(table)["duration_s"].sum() + gaps(table)["duration_s"].sum()
    assert total == t[-1] - t[0]


def test_three_hours_of_silence_are_unobserved_and_a_night_off_is_not_called_so():
    table = fixes([(0, 0, 0), (10_800, 5000, 0), (10_860, 5100, 0), (10_860 + 50_000, 0, 0)])
    assert gaps(table)["reason"].tolist() == ["silent", "between_duties"]


def test_the_longest_gap_follows_the_interval_of_the_source():
    slow = fixes([(900 * i, 10 * i, 0) for i in range(20)])
    assert build_legs(slow).attrs["max_gap_s"] == 2250
    assert len(build_legs(slow)) == 19
    fast = fixes([(60 * i, 10 * i, 0) for i in range(20)])
    assert build_legs(fast).attrs["max_gap_s"] == 900
    both = pd.concat([slow.assign(source="old"), fast.assign(source="new", officer_id="B")])
    assert len(build_legs(both)) == 38


@pytest.mark.filterwarnings("ignore::ia_plugin.core.errors.ImpactAreaWarning")
def test_a_limit_measured_elsewhere_holds_for_its_source_alone():
    slow = fixes([(900 * i, 10 * i, 0) for i in range(20)]).assign(source="old")
    fast = fixes([(1000 * i, 10 * i, 0) for i in range(20)], "B").assign(source="new")
    some = pd.concat([slow, fast])
    assert len(build_legs(some, TrackParams(max_gap_by_source=(("old", 900.0), ("new", 900.0))))) == 19
    assert len(build_legs(some, TrackParams(max_gap_by_source=(("new", 900.0),)))) == 19
    assert len(build_legs(some, TrackParams(max_gap_s=900, max_gap_by_source=(("new", 2000.0),)))) == 19


def test_a_fix_of_no_known_source_has_a_limit_too():
    table = fixes([(900 * i, 10 * i, 0) for i in range(20)]).assign(source=["a"] * 10 + [None] * 10)
    assert build_legs(table).attrs["max_gap_s"] == 2250 and len(build_legs(table)) == 19


def test_the_quality_report_and_the_legs_see_the_same_gaps():
    """The report once had one limit for all sources, and 900 s for its table of roles."""
    slow = fixes([(1000 * i, 10 * i, 0) for i in range(30)]).assign(source="old")
    fast = fixes([(60 * i, 10 * i, 0) for i in range(200)] + [(60 * 199 + 1200, 0, 0)], "B").assign(source="new")
    both = pd.concat([slow, fast], ignore_index=True)
    silent = gaps(both)["duration_s"].tolist()
    assert silent == [1200]
    seen = Seen.of(both, "Europe/London")
    assert seen.seconds[seen.seconds > longest_gaps(seen)].tolist() == silent


def test_a_limit_in_the_middle_of_the_intervals_is_said():
    table = fixes([(900 * i, 10 * i, 0) for i in range(20)])
    with pytest.warns(ImpactAreaWarning, match="100 %"):
        build_legs(table, TrackParams(max_gap_s=900))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build_legs(table)


def test_ids_are_stable_over_reimports_and_differ_between_officers():
    a = build_legs(fixes([(0, 0, 0), (60, 1, 1), (120, 2, 2)]))
    late = build_legs(fixes([(60, 1, 1), (120, 2, 2)]))
    other = build_legs(fixes([(0, 0, 0), (60, 1, 1)], "B"))
    assert a["leg_id"].dtype == np.int64
    assert late["leg_id"][0] == a["leg_id"][1]
    assert other["leg_id"][0] != a["leg_id"][0]


def test_columns_of_the_first_fix_are_carried_along():
    table = fixes([(0, 0, 0), (60, 1, 1)], unit=["north", "south"], accuracy_m=[5.0, 9.0], speed_kmh=[12.0, 0.0])
    leg = build_legs(table).iloc[0]
    assert (leg["unit"], leg["accuracy0_m"], leg["accuracy1_m"], leg["reported_speed_kmh"]) == ("north", 5, 9, 12)


def test_over_speed_is_flagged_not_dropped():
    assert build_legs(fixes([(0, 0, 0), (10, 500, 0)]))["over_speed"].tolist() == [True]


def test_one_fix_gives_no_leg_and_is_counted():
    table = pd.concat([fixes([(0, 0, 0)], "A"), fixes([(0, 0, 0), (60, 1, 1)], "B")])
    legs = build_legs(table)
    assert legs["officer_id"].tolist() == ["B"]
    assert lone_fixes(table, legs) == 1


def test_no_fixes_give_typed_empty_tables():
    nothing = fixes([]).iloc[:0]
    legs = build_legs(nothing)
    assert len(legs) == 0 and str(legs["start"].dtype) == "datetime64[ns, UTC]"
    assert len(tracks(legs)) == 0 and len(gaps(nothing)) == 0


def test_uncleaned_fixes_are_refused():
    with pytest.raises(DataRangeError, match="1 fixes"):
        build_legs(fixes([(0, 0, 0), (60, np.nan, 1)]))


def test_the_answer_does_not_hang_on_order_or_index():
    table = fixes([(60 * i, i * i, i) for i in range(10)])
    shuffled = table.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(build_legs(table), build_legs(shuffled))


# --- limits, and what lies exactly on them ----------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "legs"), [(899, 1), (900, 1), (901, 0)])
def test_a_step_as_long_as_the_longest_gap_is_still_observed(seconds, legs):
    table = fixes([(0, 0, 0), (seconds, 10, 0)])
    params = TrackParams(max_gap_s=900)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limit lies among the intervals
        assert (len(build_legs(table, params)), len(gaps(table, params))) == (legs, 1 - legs)


@pytest.mark.parametrize(
    ("metres", "accuracy", "same"),
    [
        (100, None, True),  # as far as same_place_m
        (101, None, False),
        (101, (50.0, 50.0), False),  # 50 + 50 m reach 100 m
        (101, (50.0, 51.0), True),
        (150, (100.0, np.nan), False),  # an accuracy that is not known widens nothing
        (150, (50.0, 100.0), True),
        (90, (1.0, 1.0), True),  # an accurate radio does not narrow it
    ],
)
def test_two_ends_are_one_place_within_the_error_of_both(metres, accuracy, same):
    table = fixes([(0, 0, 0), (5000, metres, 0)])
    if accuracy:
        table["accuracy_m"] = accuracy
    assert gaps(table)["same_place"].tolist() == [same]


def test_the_error_that_counts_is_that_of_the_gaps_own_ends():
    """Three fixes of other accuracies beside them, and rows in another order."""
    track = [(0, 0, 0), (60, 0, 0), (6000, 150, 0), (6060, 150, 0)]
    table = fixes(track, accuracy_m=[900.0, 80.0, 75.0, 900.0])
    assert gaps(table)["same_place"].tolist() == [True]
    assert gaps(table.assign(accuracy_m=[900.0, 70.0, 75.0, 900.0]).iloc[::-1])["same_place"].tolist() == [False]


@pytest.mark.parametrize(
    ("seconds", "same", "reason"),
    [
        (35_999, False, "silent"),
        (35_999, True, "silent_same_place"),
        (36_000, False, "between_duties"),
        (36_000, True, "between_duties"),
    ],
)
def test_ten_hours_of_silence_lie_between_two_turns_wherever_they_end(seconds, same, reason):
    assert gap_reason(np.array([seconds]), np.array([same]), 36_000.0).tolist() == [reason]
    table = fixes([(0, 0, 0), (seconds, 0 if same else 900, 0)])
    assert gaps(table)["reason"].tolist() == [reason]


@pytest.mark.parametrize(
    ("steps", "limit"),
    [
        ([60, 60, 60], 900),  # 2.5 × 60 s are less than the least limit
        ([360, 360, 360], 900),  # 2.5 × 360 s are just as long
        ([400, 600, 800], 1500),
        ([600, 600, 7200, 7200, 7200], 1500),  # silences of over an hour are no intervals
        ([3600, 3600, 3601, 9999], 9000),  # an hour is one
        ([0, 0, 0, 0, 800], 2000),  # two fixes at one moment are none
        ([9000], 900),
        ([], None),
    ],
)
def test_the_limit_is_two_and_a_half_median_intervals_and_at_least_a_quarter_of_an_hour(steps, limit):
    assert gap_limits(np.array(steps, dtype=float)).get("") == limit


def test_each_source_has_a_limit_of_its_own_however_the_rows_lie():
    steps = np.array([60.0, 900, 60, 900, 60, 7200])
    source = np.array(["a", "b", "a", "b", "a", "c"])
    order = [5, 2, 3, 0, 1, 4]
    assert gap_limits(steps[order], source[order]) == gap_limits(steps, source) == {"a": 900, "b": 2250, "c": 900}
    assert gap_limit(np.array([100, 400, 1000])).tolist() == [900, 1000, 2500]


@pytest.mark.parametrize(
    ("steps", "share"), [([799, 800, 1000, 1200, 1201], 0.6), ([60, 60], 0.0), ([1000] * 3 + [60], 0.75), ([], 0.0)]
)
def test_how_many_steps_lie_within_a_fifth_of_the_limit(steps, share):
    assert near_limit(np.array(steps, dtype=float), 1000.0) == pytest.approx(share)


def test_one_step_in_twenty_near_the_limit_is_no_warning_yet():
    params = TrackParams(max_gap_s=900)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build_legs(fixes([(60 * i, i, 0) for i in range(20)] + [(60 * 19 + 850, 0, 0)]), params)  # 1 of 20
    with pytest.warns(ImpactAreaWarning, match="5.3 % of the intervals.*900 s.*Choose it with care"):
        build_legs(fixes([(60 * i, i, 0) for i in range(19)] + [(60 * 18 + 850, 0, 0)]), params)  # 1 of 19


# --- legs, tracks and what they carry ---------------------------------------------------------------------------------


def test_each_officer_and_each_break_begins_a_track():
    """A: two fixes, an hour of silence, three fixes; B: two fixes at the very times of A's."""
    a = fixes([(0, 0, 0), (60, 60, 0), (3660, 0, 0), (3720, 30, 40), (3780, 30, 40)], "A")
    b = fixes([(60, 500, 0), (120, 500, 0)], "B")
    legs = build_legs(pd.concat([b, a]))
    assert legs["officer_id"].tolist() == ["A", "A", "A", "B"]
    first, second, third, other = legs["track_id"]
    assert second == third and len({first, second, other}) == 3
    # A track is called by its first leg.
    assert [first, second, other] == legs["leg_id"].iloc[[0, 1, 3]].tolist()
    table = tracks(legs)
    assert table["track_id"].tolist() == [first, second, other]
    assert table["fixes"].tolist() == [2, 3, 2] and table["distance_m"].tolist() == [60, 50, 0]
    began = pd.Timestamp("2024-06-03T00:00:00Z")
    assert [(t - began).total_seconds() for t in table["start"]] == [0, 3660, 60]
    assert [(t - began).total_seconds() for t in table["end"]] == [60, 3780, 120]


def test_two_fixes_at_one_moment_are_no_leg():
    legs = build_legs(fixes([(0, 0, 0), (60, 10, 0), (60, 20, 0), (120, 30, 0)]))
    assert legs["duration_s"].tolist() == [60, 60] and (legs["speed_kmh"] < 100).all()
    assert len(gaps(fixes([(0, 0, 0), (0, 10, 0)]))) == 0


@pytest.mark.parametrize(("metres", "over"), [(400, False), (401, True)])
def test_a_leg_at_the_speed_limit_is_not_over_it(metres, over):
    assert build_legs(fixes([(0, 0, 0), (10, metres, 0)]), TrackParams(max_speed_ms=40))["over_speed"].tolist() == [
        over
    ]


def test_a_leg_carries_what_its_first_fix_said_and_a_gap_the_unit():
    table = fixes(
        [(0, 0, 0), (60, 1, 0), (6000, 2, 0)], unit=list("NSW"), resource_type=list("xyz"), source_ref=list("abc")
    )
    leg, gap = build_legs(table).iloc[0], gaps(table).iloc[0]
    assert (leg["unit"], leg["resource_type"], leg["source_ref"]) == ("N", "x", "a")
    assert (gap["unit"], gap["resource_type"], "source_ref" in gap) == ("S", "y", False)
    assert (gap["x0"], gap["x1"], gap["duration_s"]) == (1, 2, 5940)


def test_legs_and_gaps_of_one_sorting_are_those_of_two():
    table = fixes([(0, 0, 0), (60, 10, 0), (5000, 20, 0), (5060, 30, 0)]).iloc[::-1]
    legs, silent = legs_and_gaps(table)
    pd.testing.assert_frame_equal(legs, build_legs(table))
    pd.testing.assert_frame_equal(silent, gaps(table))


def test_the_source_of_a_fix_is_a_place_in_a_list_of_names():
    assert source_of(fixes([(0, 0, 0), (1, 0, 0)]))[1] == [""]
    codes, names = source_of(fixes([(0, 0, 0)] * 4, source=["b", None, "a", "b"]))
    assert [names[k] for k in codes] == ["b", "", "a", "b"]


def test_ids_hang_on_the_text_and_the_nanosecond_alone():
    stamp = np.array([0, 0, 1, 0], dtype=np.int64)
    found = stable_id(pd.Series(["a", "b", "a", "a"]), stamp)
    assert found.dtype == np.int64 and found[0] == found[3] and len(set(found.tolist())) == 3
    again = stable_id(pd.Series(["x", "b", "a"]), np.array([5, 0, 1], dtype=np.int64))
    assert again[1:].tolist() == [found[1], found[2]]
    # The number itself stands in stores and exports: it may never change.
    assert stable_id(pd.Series(["officer"]), np.array([1_717_405_200_000_000_000]))[0] == -1998703140980963686


@pytest.mark.parametrize("lacks", ["officer_id", "time", "x", "y"])
def test_fixes_without_a_column_are_refused(lacks):
    table = fixes([(0, 0, 0), (60, 1, 1)]).drop(columns=lacks)
    for stage in (build_legs, gaps, legs_and_gaps):
        with pytest.raises(ColumnError, match=f"fixes table lacks {lacks}"):
            stage(table)


@pytest.mark.parametrize("column, value", [("officer_id", None), ("time", pd.NaT), ("x", np.nan), ("y", np.inf)])
def test_a_fix_that_lacks_something_stops_the_stage_with_the_remedy(column, value):
    table = fixes([(0, 0, 0), (60, 1, 1), (120, 2, 2)])
    table.loc[1, column] = value
    with pytest.raises(DataRangeError, match="1 fixes lack officer, time or position. Clean them first"):
        build_legs(table)


@settings(max_examples=15)
@given(st.lists(st.integers(1, 4000), min_size=2, max_size=15), st.floats(-1e5, 1e5), st.integers(-(10**6), 10**6))
def test_a_shift_in_space_and_time_moves_the_legs_and_changes_nothing_else(steps, metres, seconds):
    t = np.cumsum(steps)
    track = np.c_[t, 7.0 * t % 900, 3.0 * t % 500]
    plain, moved = (gaps(fixes(track + [s, m, m])) for s, m in ((0, 0), (seconds, metres)))
    assert moved["reason"].tolist() == plain["reason"].tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one, two = build_legs(fixes(track)), build_legs(fixes(track + [seconds, metres, metres]))
    np.testing.assert_allclose(two["distance_m"], one["distance_m"], atol=1e-6)
    assert two["duration_s"].tolist() == one["duration_s"].tolist()
    assert ((two["start"] - one["start"]).dt.total_seconds() == seconds).all()

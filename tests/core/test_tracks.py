"""build_legs, tracks and gaps: what is joined, and what nobody observed."""

import warnings

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import DataRangeError, ImpactAreaWarning
from ia_plugin.core.params import TrackParams
from ia_plugin.core.quality.findings import Seen
from ia_plugin.core.quality.intervals import longest_gaps
from ia_plugin.core.tracks import build_legs, gaps, lone_fixes, tracks
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

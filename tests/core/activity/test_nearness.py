"""Bands, blocks, the time of the movement and other times: the small pieces behind presence at events."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.activity.at_events import (
    COLUMNS,
    DAY_NS,
    _drawn,
    _other_of,
    _other_times,
    _Spans,
    presence_at_events,
)
from ia_plugin.core.activity.at_events_words import FEW_EVENTS, FEW_OFFICERS, counted, in_words, shown_to
from ia_plugin.core.activity.nearness import _blocks, _differs, _window, windows
from ia_plugin.core.errors import ColumnError, TimeError
from ia_plugin.core.params import NearEventsParams

HOUR = 3_600 * 10**9


# --- bands ------------------------------------------------------------------------------------------------------------


def test_bands_run_from_the_longest_before_to_the_longest_after():
    assert windows((15.0, 5.0, 30.0)) == [
        ("before", 30.0), ("before", 15.0), ("before", 5.0), ("at", 0.0), ("after", 5.0), ("after", 15.0), ("after", 30.0),
    ]  # fmt: skip


@pytest.mark.parametrize(("when", "span"), [("before", (40, 100)), ("at", (100, 130)), ("after", (130, 190))])
def test_the_window_of_a_band(when, span):
    assert tuple(int(v) for v in _window(when, np.int64(60), np.int64(100), np.int64(130))) == span


@pytest.mark.parametrize(
    ("values", "differs"), [([], []), ([4], [True]), ([4, 4, 5, 4], [True, False, True, True]), ([0, 0], [True, False])]
)
def test_the_first_of_each_run(values, differs):
    assert _differs(np.array(values, dtype=int)).tolist() == differs


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(1, 12))
def test_blocks_hold_whole_runs_and_all_rows(runs, size):
    from ia_plugin.core.activity import nearness

    heads = np.r_[0, np.cumsum(runs)[:-1]]
    before, nearness.BLOCK = nearness.BLOCK, size
    try:
        found = _blocks(heads, sum(runs))
    finally:
        nearness.BLOCK = before
    assert [a for a, _ in found] == [0, *(b for _, b in found[:-1])] and found[-1][1] == sum(runs)
    assert {a for a, _ in found} <= set(heads.tolist())
    assert all(b - a < size + max(runs) for a, b in found)


# --- the time of the movement -----------------------------------------------------------------------------------------


def spans(*rows, margin=0):
    """Spans of legs from rows of (start h, end h)."""
    at = [[pd.Timestamp(int(h * HOUR), tz="UTC") for h in side] for side in zip(*rows)]
    return _Spans.of(pd.DataFrame({"start": at[0], "end": at[1]}), np.int64(margin * HOUR))


def hours(found):
    return [(float(a / HOUR), float(b / HOUR)) for a, b in zip(found.low, found.high)]


@pytest.mark.parametrize(
    ("legs", "margin", "expected"),
    [
        ([(0, 1), (1, 2)], 0, [(0, 2)]),
        ([(1, 2), (0, 1.5)], 0, [(0, 2)]),  # in any order
        ([(0, 5), (23.5, 24), (30, 31)], 0, [(0, 31)]),  # silences of under a day
        ([(0, 1), (25, 26)], 0, [(0, 1), (25, 26)]),  # a day without anybody
        ([(0, 1), (24.9, 26)], 0, [(0, 26)]),
        ([(0, 30), (2, 3), (53, 54)], 0, [(0, 54)]),  # the long leg reaches further than the last one begun
        ([(0, 4), (30, 34)], 0.5, [(0.5, 3.5), (30.5, 33.5)]),
        ([(0, 4), (30, 30.9)], 0.5, [(0.5, 3.5)]),  # too short for the band
        ([(0, 4), (30, 31)], 0.5, [(0.5, 3.5), (30.5, 30.5)]),
    ],
)
def test_spans_of_movement(legs, margin, expected):
    assert hours(spans(*legs, margin=margin)) == expected


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (0, 4, True),
        (1, 2, True),
        (-0.1, 1, False),
        (3, 4.1, False),
        (10, 11, False),
        (30, 34, True),
        (3, 31, False),
        (29, 31, False),
        (99, 99, False),
    ],
)
def test_a_time_is_held_by_one_span_wholly(first, last, held):
    found = spans((0, 4), (30, 34))
    ns = (np.array([int(v * HOUR)]) for v in (first, last))
    assert found.hold(*ns).tolist() == [held]


def test_no_movement_holds_nothing():
    none = spans((0, 0.1), margin=1)
    assert hours(none) == [] and none.hold(np.array([0]), np.array([0])).tolist() == [False] and none.days == 0


def test_days_of_movement_are_whole_ones():
    assert spans((0, 47.9)).days == 1 and spans((0, 48)).days == 2 and spans((0, 24), (72, 96)).days == 2


def test_any_time_lies_within_the_spans_as_long_as_they_are():
    found = spans((0, 6), (48, 66))  # 6 and 18 hours
    at = found.any_time(np.full(8000, HOUR), np.random.default_rng(1))
    assert found.hold(at, at + HOUR).all()
    first = at < 12 * HOUR
    assert first.mean() == pytest.approx(0.25, abs=0.02)
    assert at[~first].mean() / HOUR == pytest.approx(57, abs=0.4) and at.max() <= 65 * HOUR


# --- other times and places -------------------------------------------------------------------------------------------


@given(st.integers(2, 30), st.integers(0, 1000))
def test_everybody_goes_to_another_place(size, seed):
    other = _other_of(size, np.random.default_rng(seed))
    assert sorted(other.tolist()) == list(range(size)) and (other != np.arange(size)).all()


def test_the_same_hour_of_another_day():
    found = spans((0, 240))  # ten days
    first = np.arange(1, 9).repeat(50) * DAY_NS + 5 * HOUR
    params = NearEventsParams(timezone="UTC")
    at = _other_times(first, np.full(len(first), HOUR), found, params, np.random.default_rng(2))
    assert set((at - first) % DAY_NS) == {0} and not (at == first).any()
    days = (at // DAY_NS).tolist()
    assert min(days) == 0 and max(days) == 9 and found.hold(at, at + HOUR).all()
    # Each of the other days is as likely: of the events of the second day none stays, all others come.
    assert set(days[50:100]) == {0, 1, 3, 4, 5, 6, 7, 8, 9}


@pytest.mark.parametrize(("baseline", "length"), [("any time", 240), ("same hour", 40)])
def test_any_time_where_that_is_chosen_or_there_are_no_two_days(baseline, length):
    found = spans((0, length))
    first = np.full(300, 20 * HOUR)
    at = _other_times(
        first, np.zeros(300, dtype=np.int64), found, NearEventsParams(baseline_time=baseline), np.random.default_rng(3)
    )
    assert len(set((at - first) % DAY_NS)) > 100


def test_the_mean_of_the_draws_and_the_range_of_nineteen_in_twenty():
    found = _drawn("x", [*range(100), 1000.0])
    assert found == {
        "x": pytest.approx((4950 + 1000) / 101),
        "x_low": pytest.approx(2.5),
        "x_high": pytest.approx(97.5),
    }


# --- what each audience sees ------------------------------------------------------------------------------------------


def counts(events=20, near=8.0, kinds=("crime",), officers=9):
    rows = [
        {**dict.fromkeys(COLUMNS, 1.0), "kind": kind, "when": when, "minutes": m, "distance_m": d, "events": events,
         "near": near, "near_low": near - 3, "near_high": near + 4, "share": near / events, "random_time": 4.0, "random_time_low": 2.0,
         "random_time_high": 6.0, "random_place": 3.0, "random_place_low": 1.0, "random_place_high": 5.0}
        for kind in kinds for when, m in windows((5.0, 15.0, 30.0)) for d in (50.0, 100.0, 250.0)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    table.attrs["officers"] = officers
    return table


@pytest.mark.parametrize(("events", "note"), [(4, FEW_EVENTS), (5, "")])
def test_five_events_are_enough_for_a_board(events, note):
    shown = shown_to(counts(events, near=2.0), "board")
    assert set(shown["note"]) == {note} and shown["near"].isna().all() == bool(note)
    assert counted(shown) == (0 if note else events)
    assert set(shown_to(counts(events), "restricted")["note"]) == {""}


@pytest.mark.parametrize(("officers", "note"), [(4, FEW_OFFICERS), (5, "")])
def test_five_officers_are_enough_for_the_public(officers, note):
    shown = shown_to(counts(officers=officers), "public")
    assert set(shown["note"]) == {note}
    if not note:
        assert (shown["events"][0], shown["near"][0], shown["share"][0]) == (20, 10, 0.5)  # 8 rounded to 10 of 20
    assert set(shown_to(counts(officers=officers), "board")["note"]) == {""}


def test_the_sentence_is_about_the_middle_distance_and_the_middle_time():
    table = counts()
    table.loc[(table["when"] == "before") & (table["minutes"] == 15) & (table["distance_m"] == 100), "near"] = 9.0
    [said] = in_words(shown_to(table, "restricted"))
    assert said.startswith(
        "At 100 m and in the 15 min before: an officer was near 40 % of 20 crimes (best estimate 9, "
    )
    assert "at random times 20 %" in said and "at each other's places 15 %" in said
    said = in_words(shown_to(counts(4, kinds=("incident", "stop_search")), "board"))
    assert said == [f"Incidents: {FEW_EVENTS}.", f"Stops and searches: {FEW_EVENTS}."]


# --- what is refused --------------------------------------------------------------------------------------------------


def test_tables_without_their_columns_and_the_coarsest_event():
    legs = pd.DataFrame(columns=["officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s"])
    happened = pd.DataFrame({"event_id": ["a", "b"], "kind": "crime", "start": pd.Timestamp(0, tz="UTC"), "end": pd.Timestamp(0, tz="UTC"),
                             "time_precision": ["day", "month"], "x": 0.0, "y": 0.0})  # fmt: skip
    with pytest.raises(ColumnError, match="legs table lacks duration_s"):
        presence_at_events(legs.drop(columns="duration_s"), happened)
    with pytest.raises(ColumnError, match="events table lacks time_precision"):
        presence_at_events(legs, happened.drop(columns="time_precision"))
    with pytest.raises(TimeError, match="2 of 2 events tell the month only.* Leave them out"):
        presence_at_events(legs, happened)
    with pytest.raises(TimeError, match="1 of 1 events tell the day only"):
        presence_at_events(legs, happened[:1])

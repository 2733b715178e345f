"""Silences of officers, and the areas they could have been in meanwhile."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.presence.unobserved import silent_near, silent_steps
from ia_plugin.core.times.periods import civil_periods
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes

TEN_HOURS = 36_000.0
BEGAN = pd.Timestamp("2024-06-03T00:00:00Z").value


def steps_of(*tracks, between=TEN_HOURS):
    """Silences of officers A, B, … with these fixes."""
    legs = pd.concat([build_legs(fixes(t, o)) for t, o in zip(tracks, "ABC")], ignore_index=True)
    return legs, silent_steps(legs, between)


def seconds(steps):
    return [((a - BEGAN) / 1e9, (b - BEGAN) / 1e9) for a, b in zip(steps.start.tolist(), steps.end.tolist())]


PAUSE = [(0, 0, 0), (60, 100, 0), (3660, 400, 300), (3720, 500, 300)]  # an hour of silence


def test_a_silence_reaches_from_the_last_leg_to_the_next():
    legs, found = steps_of(PAUSE)
    assert seconds(found) == [(60, 3660)] and legs["leg_id"][found.leg[0]] == legs["leg_id"][0]
    assert [v.tolist() for v in (found.x0, found.y0, found.x1, found.y1)] == [[100], [0], [400], [300]]


def test_legs_that_follow_each_other_and_other_officers_make_no_silence():
    assert seconds(steps_of([(0, 0, 0), (60, 1, 0), (120, 2, 0)])[1]) == []
    assert seconds(steps_of([(0, 0, 0), (60, 1, 0)], [(7200, 0, 0), (7260, 1, 0)])[1]) == []
    assert seconds(steps_of(PAUSE, PAUSE)[1]) == [(60, 3660)] * 2


@pytest.mark.parametrize(("hours", "silent"), [(9.999, True), (10, False), (14, False)])
def test_silence_between_two_turns_of_duty_is_none(hours, silent):
    track = [(0, 0, 0), (60, 1, 0), (60 + hours * 3600, 0, 0), (120 + hours * 3600, 1, 0)]
    assert len(seconds(steps_of(track)[1])) == silent


def test_the_order_of_the_legs_does_not_matter():
    legs, found = steps_of(PAUSE, PAUSE)
    mixed = legs.iloc[::-1].reset_index(drop=True)
    again = silent_steps(mixed, TEN_HOURS)
    assert sorted(seconds(again)) == sorted(seconds(found))
    assert set(mixed["leg_id"].iloc[again.leg]) == set(legs["leg_id"].iloc[found.leg])


# --- areas in reach ---------------------------------------------------------------------------------------------------


def near(shape, speed=1.0, track=PAUSE, period="day"):
    """(area, period, seconds) of the silences of one officer near one or more areas."""
    _, steps = steps_of(track)
    periods = civil_periods(int(steps.start.min()), int(steps.end.max()), period, "UTC")
    shapes = np.array(shape if isinstance(shape, list) else [shape], dtype=object)
    found = silent_near(steps, shapes, periods, speed)
    return list(zip(found.area.tolist(), found.period.tolist(), found.seconds.tolist()))


@pytest.mark.parametrize(
    ("south", "speed", "reached"),
    [
        # A box south of (100, 0) and (400, 300): its distances are s and s + 300 in 3,600 s.
        (1600, 1.0, True),  # 1,600 + 1,900 m
        (1700, 1.0, False),  # 1,700 + 2,000 m
        (1700, 1.1, True),
        (100, 0.1, False),
    ],
)
def test_an_officer_could_have_gone_there_and_on_in_time(south, speed, reached):
    box = shapely.box(0, -south - 5000, 1000, -south)
    assert near(box, speed) == ([(0, 0, 3600)] if reached else [])


def test_a_box_in_reach_is_not_an_area_in_reach():
    """The corner of an L is far from its box's empty corner, where the officer is."""
    ell = shapely.box(0, -3000, 100, 1000).union(shapely.box(0, -3000, 4000, -2900))
    track = [(0, 3000, 800), (60, 3000, 800), (1860, 3000, 800), (1920, 3000, 800)]  # 1,800 s: 900 m each way
    assert near(ell, 1.0, track) == [] and near(shapely.box(*ell.bounds), 1.0, track) == [(0, 0, 1800)]
    assert near(ell, 3.3, track) == [(0, 0, 1800)]  # 2,900 m to the nearer arm


def test_silence_is_cut_where_a_period_ends():
    """From 00:50 to 02:20: 600, 3,600 and 1,200 s."""
    track = [(2940, 0, 0), (3000, 1, 0), (8400, 1, 0), (8460, 1, 0)]
    assert near(shapely.box(-10, -10, 10, 10), track=track, period="hour") == [(0, 0, 600), (0, 1, 3600), (0, 2, 1200)]


def test_each_area_in_reach_has_the_same_silence_and_none_has_none():
    boxes = [shapely.box(0, 0, 10, 10), shapely.box(1e6, 0, 1e6 + 1, 1), shapely.box(90, 0, 200, 50)]
    assert near(boxes) == [(0, 0, 3600), (2, 0, 3600)]
    _, steps = steps_of(PAUSE)
    none = silent_near(steps, np.array([], dtype=object), civil_periods(BEGAN, BEGAN + 10**13, "day", "UTC"), 1.0)
    assert len(none.step) == len(none.seconds) == 0

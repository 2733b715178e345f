"""Rests that may be at home: told by their length and by where in a turn they stand."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.density.home_rests import home_rests
from tests.support.density import at, legs_of, standing

PLACE = np.array([400_000.0, 280_000.0])


def about(officer, start, minutes, step=5, seed=0):
    """Driving about the town."""
    rng = np.random.default_rng(seed)
    return [(officer, start + pd.Timedelta(minutes=k), *rng.uniform(0, 4000, 2)) for k in range(0, minutes, step)]


def rest(officer, start, minutes, step=5, noise=15.0, seed=1):
    rng = np.random.default_rng(seed)
    return [
        (officer, start + pd.Timedelta(minutes=k), *(PLACE + rng.normal(0, noise, 2))) for k in range(0, minutes, step)
    ]


def rested_minutes(fixes):
    legs = legs_of(fixes)
    return legs.loc[home_rests(legs), "duration_s"].sum() / 60


@pytest.mark.parametrize("step", [1, 5, 15])
def test_a_radio_that_stays_on_after_the_turn_is_at_rest(step):
    start = at("14:00")
    fixes = about("p", start, 240, step) + rest("p", start + pd.Timedelta("4h"), 120, step)
    assert rested_minutes(fixes) == pytest.approx(120 - step, abs=1e-6)


def test_one_that_is_on_before_the_turn_is_too_and_a_stop_within_it_is_none():
    start = at("05:00")
    before = rest("p", start, 60) + about("p", start + pd.Timedelta("1h"), 240)
    assert rested_minutes(before) == pytest.approx(55)
    within = (
        about("p", start, 60)
        + rest("p", start + pd.Timedelta("1h"), 120)
        + about("p", start + pd.Timedelta("3h"), 60, seed=4)
    )
    assert rested_minutes(within) == 0


def test_a_short_stop_that_ends_a_turn_is_none():
    start = at("14:00")
    assert rested_minutes(about("p", start, 240) + rest("p", start + pd.Timedelta("4h"), 20)) == 0


def test_a_poor_position_ends_no_rest():
    start = at("14:00")
    fixes = about("p", start, 240) + rest("p", start + pd.Timedelta("4h"), 180)
    officer, time, x, y = fixes[-10]
    fixes[-10] = (officer, time, x + 900.0, y)
    assert rested_minutes(fixes) == pytest.approx(175 - 10)  # the two legs to it and back are on the move


def test_six_hours_at_one_place_are_a_rest_wherever_they_stand_and_five_are_not():
    start = at("00:00", 1)
    for hours, found in ((7, 7 * 60), (5, 0)):
        fixes = about("p", start, 60) + rest("p", start + pd.Timedelta("1h"), 60 * hours) + about("p", start + pd.Timedelta(hours=hours + 1), 60, seed=4)  # fmt: skip
        assert rested_minutes(fixes) == pytest.approx(found, abs=6)


def test_a_whole_turn_of_three_hours_at_one_place_is_a_rest_and_one_of_two_is_not():
    assert home_rests(standing("p", at("09:00"), hours=3.5)).all()
    assert not home_rests(standing("p", at("09:00"), hours=2)).any()


def test_officers_do_not_change_each_others_rests():
    start = at("14:00")
    one, other = about("p", start, 240) + rest("p", start + pd.Timedelta("4h"), 120), about("q", start, 300, seed=7)
    assert rested_minutes(one + other) == rested_minutes(one)
    assert not home_rests(legs_of(one).iloc[:0]).any()

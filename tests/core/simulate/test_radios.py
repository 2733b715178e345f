"""What a radio reports of a turn of duty: on time, on distance, when pressed; with error, late or not at all."""

from dataclasses import replace

import numpy as np
import pytest

from ia_plugin.core.params import SimulateParams
from ia_plugin.core.simulate.radios import HOME_S, SOONEST_S, Radio, reports
from ia_plugin.core.simulate.shifts import FOOT, STATIONARY, VEHICLE, Truth

# An hour: 600 s standing at (0, 0), 1,200 s east at 5 m/s, 600 s standing, 1,200 s back north-west at 5 m/s.
TURN = Truth(
    t=np.array([0.0, 600, 1800, 2400, 3600]),
    x=np.array([0.0, 0, 6000, 6000, 1200]),
    y=np.array([0.0, 0, 0, 0, 3600]),
    mode=np.array([STATIONARY, VEHICLE, STATIONARY, FOOT], dtype=np.int8),
    activity=np.zeros(4, dtype=np.int8),
)
EVERY = SimulateParams(interval_s=120.0, distance_limit_m=1000.0, stale_share=0.0)


def told(radio=Radio(), params=EVERY, seed=1):
    return reports(TURN, radio, params, np.random.default_rng(seed))


def of(found, reason):
    return {k: v[found["reason"] == reason] for k, v in found.items()}


def test_reports_come_in_order_and_none_too_soon():
    for seed in range(20):
        t = told(seed=seed)["t"]
        assert t[0] == 0 and (np.diff(t) >= SOONEST_S).all() and t[-1] <= 3600
        assert (t == np.round(t)).all()


def test_on_time_is_every_interval_give_or_take_three_seconds():
    for seed in range(10):
        t = of(told(seed=seed), "time")["t"]
        steps = np.diff(t)
        whole = np.round(steps / 120)  # some fall to a report of another reason
        assert (np.abs(steps - 120 * whole) <= 7).all() and len(t) >= 25


def test_on_distance_is_every_kilometre_of_the_way():
    """6,000 m out, 6,000 m back: at 1,000 m after 800 s, 2,000 m after 1,000 s …; standing still makes no way."""
    wanted = {800, 1000, 1200, 1400, 1600, 1800, 2600, 2800, 3000, 3200, 3400, 3600}
    seen = set()
    for seed in range(10):
        seen |= set(of(told(seed=seed), "distance")["t"].tolist())
    # The sixth is reached as the standing begins, and not left before it ends.
    assert seen <= wanted | {2400} and len(seen) >= 11


def test_a_radio_says_its_speed_and_heading_while_it_moves():
    found = told()
    east, away = (found["t"] > 605) & (found["t"] < 1795), found["t"] > 2405
    assert set(found["heading_deg"][east]) == {90.0}
    # North-west: 4,800 m west, 3,600 m north are 306.9°, to the next of 16 steps 315°.
    assert set(found["heading_deg"][away & (found["t"] < 3600)]) == {315.0}
    assert np.abs(found["speed_kmh"][east] - 18).max() <= 6 and np.mean(found["speed_kmh"][east]) == pytest.approx(
        18, abs=2
    )
    still = found["t"] < 595
    assert (found["speed_kmh"][still] == 0).all() and np.isnan(found["heading_deg"][still]).all()


def test_the_error_follows_the_accuracy():
    apart = {2.0: [], 20.0: [], 200.0: []}
    for seed in range(60):
        found = told(seed=seed)
        x, y = np.interp(found["t"], TURN.t, TURN.x), np.interp(found["t"], TURN.t, TURN.y)
        for accuracy in apart:
            some = found["accuracy_m"] == accuracy
            apart[accuracy] += np.hypot(found["x"] - x, found["y"] - y)[some].tolist()
    # Two reports in three lie within the accuracy: 1 − e^(−1.5²/2) = 0.675.
    for accuracy, off in apart.items():
        assert np.mean(np.array(off) <= accuracy) == pytest.approx(0.675, abs=3 * np.sqrt(0.22 / len(off)))
    share = np.array([len(v) for v in apart.values()]) / sum(map(len, apart.values()))
    assert share == pytest.approx([0.62, 0.34, 0.04], abs=0.03)


def test_a_stale_report_repeats_the_last_fresh_one():
    found = told(params=replace(EVERY, stale_share=0.5))
    same = (np.diff(found["x"]) == 0) & (np.diff(found["y"]) == 0)
    assert 0.3 < same.mean() < 0.7
    assert (np.diff(found["accuracy_m"])[same] == 0).all()
    everything = told(params=replace(EVERY, stale_share=1.0))
    assert len(set(everything["x"])) == 1


# --- radios that are elsewhere or silent ------------------------------------------------------------------------------


def test_a_radio_in_a_locker_stays_where_the_turn_began():
    found = told(Radio(in_locker=True))
    assert set(found["reason"]) == {"registration", "time"}
    assert np.hypot(found["x"], found["y"]).max() < 1000 and np.median(np.hypot(found["x"], found["y"])) < 15
    assert (found["speed_kmh"] == 0).all() and found["t"].max() > 3400


def test_a_radio_taken_home_goes_on_four_kilometres_away():
    for seed in range(5):
        found = told(Radio(taken_home=True), seed=seed)
        after = found["t"] > 3600
        assert 3600 + HOME_S - 125 < found["t"].max() <= 3600 + HOME_S
        assert after.sum() >= 55  # every two minutes for two hours
        away = np.hypot(found["x"][after] - 1200, found["y"][after] - 3600)
        assert np.median(away) == pytest.approx(4000, abs=30)
        assert (found["speed_kmh"][after] == 0).all()
        assert np.hypot(found["x"] - 1200, found["y"] - 3600)[~after].min() < 1000


def test_a_radio_that_is_silent_when_still_reports_on_time_only_while_it_moves():
    for seed in range(10):
        found = told(Radio(silent_when_still=True), seed=seed)
        t = of(found, "time")["t"]
        moving = ((t >= 599) & (t <= 1801)) | (t >= 2399)
        assert moving.all() and len(t) >= 12

"""A turn of duty as moves along streets: from a log of steps to the truth, and what a crew may do."""

import numpy as np
import pytest
import shapely

from ia_plugin.core.simulate import StreetNetwork
from ia_plugin.core.simulate.shifts import (
    FOOT,
    INCIDENT,
    MEAL,
    PAPERWORK,
    PATROL,
    SEARCH,
    STATIONARY,
    VEHICLE,
    Crew,
    Log,
    Places,
    expand,
)
from tests.support.streets import streets

# 30 m east, then a street of 20 m + 10 m with a bend, drawn towards the first one's end.
NET = StreetNetwork.from_lines(
    [shapely.LineString([(0, 0), (30, 0)]), shapely.LineString([(40, 20), (30, 20), (30, 0)])]
)
HOME = int(np.flatnonzero((NET.x == 0) & (NET.y == 0))[0])


def log_of(*steps):
    """A log from steps (edge or None, speed or seconds, mode, activity)."""
    log = Log()
    for edge, value, mode, activity in steps:
        if edge is None:
            log.stop(value, activity)
        else:
            log.edge.append(edge)
            log.speed.append(value)
            log.mode.append(mode)
            log.activity.append(activity)
    return log


def test_a_stop_is_standing_for_so_many_seconds():
    log = log_of((None, 60.0, None, PAPERWORK), (None, 30.0, None, MEAL))
    assert (log.seconds, log.mode, log.activity) == (90, [STATIONARY] * 2, [PAPERWORK, MEAL])
    truth, begins = expand(log, NET, HOME)
    assert truth.t.tolist() == [0, 60, 90] and begins.tolist() == [0, 60]
    assert truth.x.tolist() == [0, 0, 0] and truth.mode.tolist() == [STATIONARY] * 2


def test_a_walk_along_two_streets_by_hand():
    """30 m east at 1.5 m/s: 20 s. A minute's stop. Then the second street from its end: 20 m north and 10 m east at 2 m/s."""
    log = log_of((0, 1.5, FOOT, PATROL), (None, 60.0, None, SEARCH), (3, 2.0, FOOT, PATROL))
    truth, begins = expand(log, NET, HOME)
    assert truth.t.tolist() == [0, 20, 80, 90, 95] and begins.tolist() == [0, 20, 80]
    assert list(zip(truth.x.tolist(), truth.y.tolist())) == [(0, 0), (30, 0), (30, 0), (30, 20), (40, 20)]
    assert truth.mode.tolist() == [FOOT, STATIONARY, FOOT, FOOT]
    assert truth.activity.tolist() == [PATROL, SEARCH, PATROL, PATROL]


def test_a_street_driven_as_drawn_and_back():
    start = int(np.flatnonzero((NET.x == 40) & (NET.y == 20))[0])
    truth, _ = expand(log_of((2, 10.0, VEHICLE, PATROL), (1, 10.0, VEHICLE, PATROL)), NET, start)
    assert list(zip(truth.x.tolist(), truth.y.tolist())) == [(40, 20), (30, 20), (30, 0), (0, 0)]
    assert truth.t.tolist() == [0, 1, 3, 6]


def test_a_stop_of_no_length_leaves_no_move():
    truth, begins = expand(log_of((None, 1e-12, None, MEAL), (0, 3.0, FOOT, PATROL)), NET, HOME)
    assert (
        truth.t.tolist() == pytest.approx([0, 10])
        and truth.activity.tolist() == [PATROL]
        and begins.tolist() == pytest.approx([0, 0])
    )


# --- crews ------------------------------------------------------------------------------------------------------------

GRID = streets(6)


def crew(on_foot, seed=1, pulls=(0.0, 1.0, 1.0, 5.0)):
    nodes = np.array([0, 14, 30, 45])
    step, distance = GRID.trees(nodes)
    places = Places(nodes, np.array(pulls), step, distance, np.array([0]))
    return Crew(GRID, places, GRID.incident(), np.random.default_rng(seed), on_foot, 0), places


@pytest.mark.parametrize("on_foot", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_a_turn_begins_and_ends_at_the_station_with_a_meal_in_the_middle(on_foot, seed):
    worker, _ = crew(on_foot, seed)
    log = worker.work(9 * 3600.0)
    truth, begins = expand(log, GRID, 0)
    assert (truth.x[0], truth.y[0]) == (truth.x[-1], truth.y[-1]) == (GRID.x[0], GRID.y[0])
    assert log.activity[0] == log.activity[-1] == PAPERWORK and 900 <= log.speed[0] <= 2400
    meals = [k for k, a in enumerate(log.activity) if a == MEAL]
    assert len(meals) == 1 and 0.4 * 9 * 3600 <= begins[meals[0]] <= 0.75 * 9 * 3600
    assert 1500 <= log.speed[meals[0]] <= 2700
    assert 9 * 3600 <= truth.t[-1] <= 11 * 3600
    assert log.seconds == pytest.approx(truth.t[-1])
    assert FOOT in log.mode and (VEHICLE in log.mode) is not on_foot


@pytest.mark.parametrize("on_foot", [True, False])
def test_speeds_are_those_of_walkers_and_of_cars(on_foot):
    log = crew(on_foot)[0].work(9 * 3600.0)
    speed = {
        m: np.array([s for e, s, k in zip(log.edge, log.speed, log.mode) if e >= 0 and k == m]) for m in (FOOT, VEHICLE)
    }
    assert speed[FOOT].min() >= 0.81 and speed[FOOT].max() <= 1.89
    if not on_foot:
        assert speed[VEHICLE].min() >= 2.5 and speed[VEHICLE].max() <= 30 and 7 < speed[VEHICLE].mean() < 12


def test_waiting_at_a_light_is_still_being_in_the_car():
    log = crew(False)[0].work(9 * 3600.0)
    waits = [s for e, s, m in zip(log.edge, log.speed, log.mode) if e < 0 and m == VEHICLE]
    driven = sum(e >= 0 and m == VEHICLE for e, m in zip(log.edge, log.mode))
    assert min(waits) >= 4 and max(waits) <= 45
    assert 0.15 < len(waits) / driven < 0.4  # three in ten, fewer with blue lights


def test_what_is_attended_is_noted_with_its_place_and_length():
    log = crew(True, 3)[0].work(9 * 3600.0)
    assert log.incidents
    truth, begins = expand(log, GRID, 0)
    for step, node, kind, seconds in log.incidents:
        assert (
            kind in (INCIDENT, SEARCH)
            and log.activity[step] == kind
            and log.speed[step] == seconds
            and log.edge[step] == -1
        )
        at = np.searchsorted(truth.t, begins[step] + 0.5 * seconds) - 1
        assert (truth.x[at], truth.y[at]) == (GRID.x[node], GRID.y[node])


def test_places_without_pull_are_not_chosen():
    """All but the last place pull nothing; a crew that stands there has nowhere to go but the station."""
    worker, _ = crew(False, pulls=(0.0, 0.0, 0.0, 5.0))
    assert {worker._choose(6000.0) for _ in range(50)} == {3}
    worker._node = 45
    assert worker._choose(6000.0) == 0


def test_near_places_are_chosen_more_often():
    worker, places = crew(False, pulls=(0.0, 1.0, 1.0, 1.0))
    away = places.distance[:, 0].astype(float)
    chosen = np.bincount([worker._choose(3000.0) for _ in range(4000)], minlength=4) / 4000
    wanted = np.where(np.arange(4) > 0, np.exp(-away / 1000), 0.0)
    assert chosen == pytest.approx(wanted / wanted.sum(), abs=0.03)

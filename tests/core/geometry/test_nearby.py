"""Which legs pass near which points while something goes on there: discs by hand, and legs in squares and hours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry import nearby
from ia_plugin.core.geometry.nearby import HOUR_NS, STEP_M, LegsInTime, disc_span

SECOND = 10**9


def floats(*values):
    return [np.array([float(v)]) for v in values]


def span(move, centre, radius):
    enter, leave = disc_span(*floats(*move), *floats(*centre), *floats(radius))
    return float(enter[0]), float(leave[0])


NEVER = (1.0, 0.0)


@pytest.mark.parametrize(
    ("move", "centre", "radius", "expected"),
    [
        # 100 m east; the disc about its middle, 10 m wide each way.
        ((0, 0, 100, 0), (50, 0), 10, (0.4, 0.6)),
        # The same disc 6 m off the way: 8 m of chord each way (6-8-10).
        ((0, 0, 100, 0), (50, 6), 10, (0.42, 0.58)),
        ((0, 0, 100, 0), (50, -6), 10, (0.42, 0.58)),
        ((0, 0, 0, 100), (6, 50), 10, (0.42, 0.58)),
        # Walked the other way, and twice as long.
        ((100, 0, 0, 0), (30, 0), 10, (0.6, 0.8)),
        ((0, 0, 200, 0), (50, 0), 10, (0.2, 0.3)),
        # Starts in it, ends in it, all of it.
        ((0, 0, 100, 0), (0, 0), 10, (0.0, 0.1)),
        ((0, 0, 100, 0), (100, 0), 10, (0.9, 1.0)),
        ((0, 0, 100, 0), (50, 0), 500, (0.0, 1.0)),
        # Aslant: 3-4-5, a disc of 5 m about the place 25 m along.
        ((0, 0, 30, 40), (15, 20), 5, (0.4, 0.6)),
        # Touches at one place only.
        ((0, 0, 100, 0), (50, 10), 10, (0.5, 0.5)),
        ((0, 0, 100, 0), (-10, 0), 10, (0.0, 0.0)),
        ((0, 0, 100, 0), (110, 0), 10, (1.0, 1.0)),
        # Too far off, behind the start, beyond the end.
        ((0, 0, 100, 0), (50, 10.1), 10, NEVER),
        ((0, 0, 100, 0), (-20, 0), 10, NEVER),
        ((0, 0, 100, 0), (120, 0), 10, NEVER),
        # Standing still.
        ((5, 5, 5, 5), (5, 12), 7, (0.0, 1.0)),
        ((5, 5, 5, 5), (5, 12), 6.9, NEVER),
    ],
)
def test_when_a_move_is_in_a_disc(move, centre, radius, expected):
    assert span(move, centre, radius) == pytest.approx(expected, abs=1e-9)


coordinate = st.integers(-100, 100).map(float)


@given(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate, st.floats(1, 80))
def test_walked_back_it_is_the_same_from_the_other_end(x0, y0, x1, y1, x, y, radius):
    enter, leave = span((x0, y0, x1, y1), (x, y), radius)
    back = span((x1, y1, x0, y0), (x, y), radius)
    if (enter, leave) == NEVER:
        assert back == NEVER
    else:
        assert back == pytest.approx((1 - leave, 1 - enter), abs=1e-6)
        assert 0 <= enter <= leave <= 1


@given(
    coordinate, coordinate, coordinate, coordinate, coordinate, coordinate, st.floats(1, 80), st.floats(0.001, 0.999)
)
def test_inside_means_within_the_radius(x0, y0, x1, y1, x, y, radius, share):
    enter, leave = span((x0, y0, x1, y1), (x, y), radius)
    away = np.hypot(x0 + share * (x1 - x0) - x, y0 + share * (y1 - y0) - y)
    if enter + 1e-6 < share < leave - 1e-6:
        assert away <= radius + 1e-6
    elif share < enter - 1e-6 or share > leave + 1e-6:
        assert away >= radius - 1e-6


# --- legs by hour and square ------------------------------------------------------------------------------------------


def index(legs, within=100.0):
    """Legs from rows (start s, end s, x0, y0, x1, y1)."""
    start, end, *xy = np.array(legs, dtype=float).reshape(-1, 6).T.copy()
    return LegsInTime((start * SECOND).astype(np.int64), (end * SECOND).astype(np.int64), *xy, within)


def near(legs, points, within=100.0, reach=None):
    """(leg, point) pairs; points from rows (x, y, first s, last s)."""
    x, y, first, last = np.array(points, dtype=float).reshape(-1, 4).T.copy()
    widths = np.full(len(x), within) if reach is None else np.array(reach, dtype=float)
    found = index(legs, within).pairs(x, y, (first * SECOND).astype(np.int64), (last * SECOND).astype(np.int64), widths)
    return [pair for leg, point in found for pair in zip(leg.tolist(), point.tolist())]


EAST = (0, 600, 0, 0, 1200, 0)  # ten minutes, 1.2 km to the east


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ((600, 50, 0, 600), True),
        ((600, 100, 0, 600), True),  # at the very edge of the disc
        ((600, 101, 0, 600), False),
        ((-60, 80, 0, 600), True),  # 6-8-10 from the start
        ((-61, 80, 0, 600), False),
        ((1260, -80, 0, 600), True),
        ((600, 0, 599, 700), True),  # one second in common
        ((600, 0, 600, 700), False),  # touching in time is not overlapping
        ((600, 0, -100, 0), False),
        ((600, 0, -100, 1), True),
        ((600, 0, 7200, 7800), False),  # two hours later
        ((600, 0, -7200, 7200), True),  # hours around it
        ((600, 0, 300, 301), True),
    ],
)
def test_a_leg_is_found_where_it_passes_while_it_passes(point, found):
    assert near([EAST], [point]) == ([(0, 0)] if found else [])


def test_a_leg_over_several_hours_and_squares_is_found_in_each_and_once():
    long = (0, 4 * 3600, 0, 0, 6000, 3000)
    for share in (0.0, 0.1, 0.25, 0.5, 0.77, 1.0):
        for hour in range(4):
            point = (6000 * share, 3000 * share, hour * 3600 + 5, hour * 3600 + 10)
            assert near([long], [point]) == [(0, 0)]
    assert near([long], [(3000, 1500, 0, 4 * 3600)]) == [(0, 0)]


def test_pairs_come_sorted_by_point_then_leg():
    legs = [(0, 600, 10 * i, 0, 10 * i + 5, 0) for i in (3, 1, 2, 0)]
    points = [(0, 0, 0, 60), (20, 0, 0, 60), (5000, 0, 0, 60), (10, 0, 0, 60)]
    assert near(legs, points) == [(leg, point) for point in (0, 1, 3) for leg in range(4)]


def test_each_point_has_a_reach_of_its_own():
    points = [(600, 50, 0, 600)] * 3
    assert near([EAST], points, reach=[49.9, 50.0, 80.0]) == [(0, 1), (0, 2)]


def test_points_far_away_and_no_legs_find_nothing():
    assert near([EAST], [(1e7, 0, 0, 600), (0, -1e7, 0, 600), (-1e7, 1e7, 0, 600)]) == []
    assert near([], [(0, 0, 0, 600)]) == []
    assert near([EAST], []) == []


@pytest.mark.parametrize("shift", [(0, 0), (400_000, 290_000), (-1234.5, -987.6)])
@pytest.mark.parametrize("hours", [0, -5, 470_000])
def test_moving_everything_in_space_and_time_changes_nothing(shift, hours):
    rng = np.random.default_rng(3)
    a, b = rng.uniform(0, 3000, (2, 30, 2))
    start = rng.uniform(0, 7200, 30)
    legs = np.c_[start, start + rng.uniform(60, 5400, 30), a, b]
    points = np.c_[rng.uniform(0, 3000, (20, 2)), np.zeros((20, 2))]
    points[:, 2] = rng.uniform(0, 9000, 20)
    points[:, 3] = points[:, 2] + rng.uniform(1, 3600, 20)
    plain = near(legs, points, 250.0)
    assert len(plain) > 20
    legs[:, :2] += hours * 3600
    points[:, 2:] += hours * 3600
    legs[:, 2:] += [*shift, *shift]
    points[:, :2] += shift
    assert near(legs, points, 250.0) == plain


def brute(legs, points, within):
    """The same by two loops: closest approach on the straight line, and overlap in time."""
    found = []
    for j, (x, y, first, last) in enumerate(points):
        for i, (start, end, x0, y0, x1, y1) in enumerate(legs):
            dx, dy = x1 - x0, y1 - y0
            length2 = dx * dx + dy * dy
            at = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length2)) if length2 else 0.0
            close = np.hypot(x0 + at * dx - x, y0 + at * dy - y) <= within
            if close and start < last and end > first:
                found.append((i, j))
    return found


@given(st.integers(0, 10_000), st.sampled_from([30.0, 250.0, 1500.0]))
def test_two_loops_find_the_same(seed, within):
    rng = np.random.default_rng(seed)
    a = rng.uniform(0, 4000, (25, 2))
    b = a + rng.normal(0, rng.choice([0.0, 100.0, 2500.0], (25, 1)), (25, 2))
    start = rng.uniform(0, 9000, 25).round()
    legs = np.c_[start, start + rng.choice([60, 3600, 9000], 25), a, b]
    points = np.c_[rng.uniform(-200, 4200, (15, 2)), np.zeros((15, 2))]
    points[:, 2] = rng.uniform(-3600, 12_000, 15).round()
    points[:, 3] = points[:, 2] + rng.choice([1, 600, 7200], 15)
    assert near(legs, points, within) == brute(legs, points, within)


def test_the_squares_are_wide_enough_for_the_points_a_leg_is_kept_at():
    """A leg is kept at points STEP_M apart, so that it may pass a point half a step from each of them."""
    leg = (0, 600, 0, 0, 2 * STEP_M, 0)  # kept at 250 and 750 m
    assert near([leg], [(STEP_M, 99, 0, 600)]) == [(0, 0)]
    assert near([leg], [(-99, 0, 0, 600)]) == [(0, 0)]
    assert near([leg], [(2 * STEP_M + 99, 0, 0, 600)]) == [(0, 0)]


def test_all_pairs_of_a_point_come_in_one_portion(monkeypatch):
    legs = [(0, 600, 10 * i, 0, 10 * i + 5, 0) for i in range(6)]
    points = [(30, 0, 0, 60), (30, 0, 0, 60), (9000, 0, 0, 60), (30, 0, 0, 60)]
    monkeypatch.setattr(nearby, "MOST", 7)  # one point has six candidates
    x, y, first, last = np.array(points, dtype=float).T.copy()
    ask = (x, y, (first * SECOND).astype(np.int64), (last * SECOND).astype(np.int64), np.full(4, 100.0))
    portions = [(leg.tolist(), set(point.tolist())) for leg, point in index(legs).pairs(*ask)]
    assert [(leg, point) for leg, point in portions if leg] == [(list(range(6)), {k}) for k in (0, 1, 3)]
    monkeypatch.setattr(nearby, "MOST", 14)
    assert [len(leg) for leg, _ in index(legs).pairs(*ask)] == [12, 6]
    monkeypatch.setattr(nearby, "MOST", 1)  # even one point has more: it comes whole
    assert [len(leg) for leg, _ in index(legs).pairs(*ask) if len(leg)] == [6, 6, 6]


def test_hours_are_whole_hours():
    assert HOUR_NS == 3600 * SECOND


def test_near_asks_about_one_leg_at_a_time():
    legs = index([EAST, (0, 60, 0, 500, 0, 500)])
    enter, leave = legs.near(
        np.array([0, 1, 1]), *(np.array(v) for v in ([600.0, 0, 0], [0.0, 500, 700], [120.0, 1, 100]))
    )
    assert enter.tolist() == pytest.approx([0.4, 0.0, 1.0]) and leave.tolist() == pytest.approx([0.6, 1.0, 0.0])

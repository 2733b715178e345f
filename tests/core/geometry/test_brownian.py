"""The exact Brownian bridge: against its closed forms in one dimension, and how it scales."""

import math

import numpy as np
import pytest
import shapely

from ia_plugin.core.geometry.brownian import expected_seconds, leave_one_out_variance

EAST_OF_0 = shapely.box(0, -1e6, 1e6, 1e6)


def half_plane_seconds(a, b, seconds, sigma2, delta=0.0, steps=20_001):
    """∫ Φ(mean / sd) dt, the normal law of x alone: no plane, no paths, no polygon."""
    total = 0.0
    for k in range(steps):
        alpha = (k + 0.5) / steps
        mean = a + alpha * (b - a)
        variance = seconds * alpha * (1 - alpha) * sigma2 + ((1 - alpha) ** 2 + alpha**2) * delta**2
        total += 0.5 * (1 + math.erf(mean / math.sqrt(2 * variance)))
    return total * seconds / steps


@pytest.mark.parametrize(
    ("a", "b", "seconds", "sigma2", "delta"),
    [
        (-50, 150, 300, 25, 0),
        (-50, 150, 300, 25, 10),
        (-50, 50, 300, 25, 0),
        (-200, -50, 600, 40, 5),
        (80, 20, 120, 10, 30),
    ],
)
def test_a_half_plane_is_an_integral_in_one_dimension(a, b, seconds, sigma2, delta):
    found = expected_seconds((a, 0), (b, 0), seconds, EAST_OF_0, sigma2, delta)
    assert found == pytest.approx(half_plane_seconds(a, b, seconds, sigma2, delta), abs=0.003 * seconds)


def test_symmetry_by_hand():
    """From 70 m on one side to 70 m on the other: half of the time on either, whatever the spread."""
    for sigma2 in (0.0, 4.0, 400.0):
        assert expected_seconds((-70, 30), (70, -90), 300, EAST_OF_0, sigma2) == pytest.approx(150, abs=0.2)


def test_the_two_sides_of_a_line_have_all_of_the_time():
    west = shapely.box(-1e6, -1e6, 0, 1e6)
    sides = [
        expected_seconds((-10, 0), (40, 20), 240, side, 9.0, 4.0, radii=20, angles=8) for side in (west, EAST_OF_0)
    ]
    assert sum(sides) == pytest.approx(240, abs=1e-9)


def test_scale():
    """Lengths k times as long with σ² k² times as large are the same; so is time k times as long with σ² a k-th."""
    few = dict(radii=20, angles=8, moments=41)
    disc = shapely.Point(20, 10).buffer(60)
    plain = expected_seconds((-50, 0), (150, 30), 300, disc, 25.0, 10.0, **few)
    large = shapely.affinity.scale(disc, 3, 3, origin=(0, 0))
    assert expected_seconds((-150, 0), (450, 90), 300, large, 225.0, 30.0, **few) == pytest.approx(plain, rel=1e-9)
    assert expected_seconds((-50, 0), (150, 30), 600, disc, 12.5, 10.0, **few) == pytest.approx(2 * plain, rel=1e-9)
    back = expected_seconds((150, 30), (-50, 0), 300, disc, 25.0, 10.0, **few)
    assert back == pytest.approx(plain, rel=1e-9)


def test_more_spread_leaves_a_small_place_sooner():
    disc = shapely.Point(0, 0).buffer(75)
    found = [expected_seconds((0, 0), (0, 0), 300, disc, s, radii=40, angles=12, moments=41) for s in (0, 5, 25, 125)]
    assert found[0] == pytest.approx(300) and found == sorted(found, reverse=True)
    assert found[-1] < 200


def test_where_the_quadrature_is_coarse_it_is_still_near():
    fine = expected_seconds((-50, 0), (150, 0), 300, EAST_OF_0, 25.0)
    assert expected_seconds((-50, 0), (150, 0), 300, EAST_OF_0, 25.0, radii=40, angles=12, moments=41) == pytest.approx(
        fine, abs=0.5
    )


# --- the variance that fits a track -----------------------------------------------------------------------------------


def fit(rows, delta=0.0):
    return leave_one_out_variance(*np.array(rows, dtype=float).T, delta)


def test_one_fix_left_out_by_hand():
    """(0, 0) → (60 s, 30 E 40 N) → (120 s, 0, 0): 50 m off the middle. Variance of each axis 120·¼·σ²; likeliest where it is
    half the square of 50 m: σ² = 1250 / 30 = 41.67."""
    assert fit([(0, 0, 0), (60, 30, 40), (120, 0, 0)]) == pytest.approx(1250 / 30, rel=1e-5)


def test_a_fix_nearer_in_time_to_one_neighbour():
    """A quarter on the way of 100 s: expected at 25 m, found 15 m beside it; 100·(1/4)(3/4)·σ² = 15²/2."""
    assert fit([(0, 0, 0), (25, 25, 15), (100, 100, 0)]) == pytest.approx(112.5 / 18.75, rel=1e-5)
    # Along the way counts as across.
    assert fit([(0, 0, 0), (25, 40, 0), (100, 100, 0)]) == pytest.approx(112.5 / 18.75, rel=1e-5)


def test_an_error_of_position_takes_its_part():
    """Of 1250 m² of variance an error of 20 m explains (¼ + ¼)·400 = 200: σ² = 1050 / 30."""
    assert fit([(0, 0, 0), (60, 30, 40), (120, 0, 0)], 20.0) == pytest.approx(35, rel=1e-5)
    # An error that explains it all leaves nothing.
    assert fit([(0, 0, 0), (60, 30, 40), (120, 0, 0)], 60.0) == pytest.approx(0, abs=1e-3)


def test_only_every_second_fix_is_left_out():
    """Two triples with equal spans: the mean of their squares. (2500 + 400)/2 / 2 / 30."""
    rows = [(0, 0, 0), (60, 30, 40), (120, 0, 0), (180, 20, 0), (240, 0, 0)]
    assert fit(rows) == pytest.approx((2500 + 400) / 2 / 2 / 30, rel=1e-5)


def test_the_fit_scales_and_does_not_hang_on_place():
    rows = np.array([(0, 0, 0), (60, 30, 40), (120, 100, 0), (180, 100, 60), (240, 200, 100)], dtype=float)
    plain = fit(rows)
    assert fit(rows * [1, 3, 3]) == pytest.approx(9 * plain, rel=1e-5)
    assert fit(rows * [2, 1, 1]) == pytest.approx(plain / 2, rel=1e-5)
    assert fit(rows + [5000, 400_000, 290_000]) == pytest.approx(plain, rel=1e-5)
    assert fit((rows * [-1, 1, 1])[::-1]) == pytest.approx(plain, rel=1e-5)

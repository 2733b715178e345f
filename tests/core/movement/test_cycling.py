"""The class of bicycles: its features, its share, and the fit that stays near nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.movement.cycling import SCALE, SHRINKAGE, cycling_share, features, fit_cycling
from ia_plugin.core.movement.evidence import SLOWEST_KMH, read_moves
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes


def rows(steps, seconds=120.0):
    x = np.r_[0.0, np.cumsum(steps)]
    track = np.c_[np.arange(len(x)) * seconds, x, np.zeros(len(x))]
    return features(read_moves(build_legs(fixes(track))), 1000)


def test_a_steady_ride_by_hand():
    """500 m in two minutes, 15 km/h, four legs: no spread, straight on (2,000 of 2,020 m)."""
    found = rows([500] * 4)
    speed = np.log(15 + SLOWEST_KMH)
    wanted = [(speed - 2.3) / 0.8, (speed - 2.2) / 0.6, (0 - 0.5) / 0.3, (speed - 2.9) / 0.6, (2000 / 2020 - 0.6) / 0.3]
    assert found.shape == (4, 22) and found[:, 0].tolist() == [1] * 4
    assert found[:, 1] == pytest.approx([0] * 4)  # ln(120/120)
    assert found[1, 2:7] == pytest.approx(wanted, abs=1e-6)
    pairs = [wanted[i] * wanted[j] for i in range(5) for j in range(i, 5)]
    assert found[1, 7:] == pytest.approx(pairs, abs=1e-6)
    assert list(SCALE) == ["speed", "mean", "spread", "fastest", "straightness"]


def test_mean_and_spread_are_of_the_legs_round_it():
    """Legs of 3.6 and 36 km/h by turns: mean and deviation of the two logarithms, half each."""
    found = rows([120, 1200] * 2)
    low, high = np.log(3.6 + SLOWEST_KMH), np.log(36 + SLOWEST_KMH)
    assert found[0, 3] == pytest.approx(((low + high) / 2 - 2.2) / 0.6, abs=1e-6)
    assert found[0, 4] == pytest.approx(((high - low) / 2 - 0.5) / 0.3, abs=1e-6)


def test_six_legs_on_either_side_count():
    """One fast leg: of the means only those within six legs of it rise."""
    found = rows([500] * 10 + [5000] + [500] * 10)[:, 3]
    rises = np.flatnonzero(found > found[0] + 1e-9)
    assert rises.tolist() == list(range(4, 17))


def test_nothing_is_further_off_than_four():
    found = rows([60_000, 0, 0, 0])
    assert np.abs(found[:, 2:7]).max() == 4


@pytest.mark.parametrize(("score", "share"), [(0, 0.5), (np.log(3), 0.75), (-np.log(3), 0.25), (99, 1.0), (-99, 0.0)])
def test_the_share_is_the_logistic_of_the_score(score, share):
    found = cycling_share(np.array([[1.0, score]]), np.array([0.0, 1.0]))
    assert found[0] == pytest.approx(share, abs=1e-12)
    assert 0 < found[0] < 1  # never quite sure


def test_a_leg_by_itself_has_the_share_that_it_has_among_others():
    """To the last bit: a product of matrices rounds by how many rows there are, and a day must say what it says beside others."""
    rng = np.random.default_rng(1)
    x, weights = rng.normal(size=(300, 17)), rng.normal(size=17)
    together = cycling_share(x, weights)
    assert [cycling_share(x[i : i + 1], weights)[0] for i in range(len(x))] == together.tolist()


def test_how_common_bicycles_are_is_not_pulled():
    """Nothing but the first column: 30 of 100."""
    x = np.c_[np.ones(100), np.zeros((100, 2))]
    weights = fit_cycling(x, np.arange(100) < 30, np.ones(100))
    assert weights == pytest.approx([np.log(3 / 7), 0, 0], abs=1e-5)
    heavy = fit_cycling(x, np.arange(100) < 30, np.where(np.arange(100) < 30, 7.0, 3.0))
    assert heavy[0] == pytest.approx(0, abs=1e-5)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_at_the_fit_the_pull_is_as_strong_as_the_data(seed):
    rng = np.random.default_rng(seed)
    x = np.c_[np.ones(80), rng.normal(0, 1, (80, 3))]
    bicycle, weight = rng.random(80) < 1 / (1 + np.exp(-x[:, 1])), rng.uniform(0.5, 2, 80)
    w = fit_cycling(x, bicycle, weight)
    score = x.T @ (weight * (bicycle - cycling_share(x, w)))
    np.testing.assert_allclose(score, np.r_[1e-6, [SHRINKAGE] * 3] * w, atol=1e-6)
    np.testing.assert_array_equal(fit_cycling(x, bicycle, weight), w)

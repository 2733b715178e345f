"""The fit behind the model's last steps: closed forms, scipy as the oracle, and steps that would lead too far."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from ia_plugin.core.movement.logistic import fit_logistic


def fit(x, true, weight=None, prior=0.0, pull=1e-9):
    x = np.array(x, dtype=float)
    k = x.shape[1]
    weight = np.ones(len(x)) if weight is None else np.array(weight, dtype=float)
    return fit_logistic(x, np.array(true, dtype=bool), weight, np.full(k, float(prior)), np.full(k, float(pull)))


def test_one_column_of_ones_is_the_logit_of_the_share():
    assert fit(np.ones((4, 1)), [1, 1, 1, 0])[0] == pytest.approx(np.log(3), abs=1e-6)
    assert fit(np.ones((2, 1)), [1, 0], weight=[1, 4])[0] == pytest.approx(-np.log(4), abs=1e-6)


def test_two_groups_stand_apart():
    found = fit([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], [1, 1, 0, 0, 1])
    assert found == pytest.approx([np.log(2), 0], abs=1e-6)


def test_without_rows_it_stays_at_the_prior():
    assert fit(np.empty((0, 2)), [], prior=0.7, pull=3).tolist() == [0.7, 0.7]


def test_a_pull_that_holds_against_one_row():
    """One row of x = 1: 1 − p = pull·c, so c = 0 only without pull; at pull ½ p = 1 − c/2."""
    [c] = fit([[1]], [1], pull=0.5)
    assert 1 - expit(c) == pytest.approx(c / 2)


def test_groups_that_are_told_without_error_stay_finite():
    x = np.c_[np.ones(40), np.r_[np.full(20, -5.0), np.full(20, 5.0)]]
    found = fit(x, np.arange(40) >= 20, pull=1.0)
    assert 0.3 < found[1] < 3 and found[0] == pytest.approx(0, abs=1e-6)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.sampled_from([0.01, 1.0, 50.0]), st.sampled_from([1.0, 8.0]))
def test_it_is_the_top_that_another_climber_finds(seed, pull, wide):
    rng = np.random.default_rng(seed)
    x = np.c_[np.ones(50), wide * rng.normal(0, 1, (50, 2))]
    true, weight, prior = rng.random(50) < 0.4, rng.uniform(0.1, 3, 50), rng.normal(0, 1, 3)

    def cost(c):
        return (weight * np.logaddexp(0, np.where(true, -1, 1) * (x @ c))).sum() + pull / 2 * ((c - prior) ** 2).sum()

    found = fit_logistic(x, true, weight, prior, np.full(3, pull))
    best = minimize(cost, prior, method="BFGS", options={"gtol": 1e-9})
    assert cost(found) <= best.fun + 1e-7
    np.testing.assert_allclose(x.T @ (weight * (true - expit(x @ found))), pull * (found - prior), atol=1e-6)

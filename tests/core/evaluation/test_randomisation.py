"""Ratios by the draw alone: p by hand, what the interval holds, and worlds of known truth."""

import math

import numpy as np
import pytest

from ia_plugin.core.evaluation.randomisation import fit_draw, redrawn
from tests.support.long import long_after
from tools.benches.trial_worlds import TRIALS, trial, trial_worlds

ONE_OF_TWO = np.array([[True, False], [False, True]] * 3)


def test_p_by_hand():
    """One of two areas on each of six days, each day one event where it was drawn and three where not: 1⁄3.

    Of the 64 draws that could have been, this one and its opposite have the largest statistic: p = 2⁄64.
    """
    found = fit_draw(np.where(ONE_OF_TWO, 1.0, 3.0), ONE_OF_TWO, n=9_999).drawn
    assert found.estimate == pytest.approx(1 / 3) and found.p == pytest.approx(2 / 64, abs=0.006)


def test_nothing_drawn_nothing_found():
    """Events that are the same whatever is drawn: no draw is farther from 0 than another."""
    found = fit_draw(np.full((6, 2), 2.0), ONE_OF_TWO, n=199).drawn
    assert found.estimate == pytest.approx(1.0) and found.p == 1.0


def test_the_interval_is_what_the_test_does_not_reject():
    """Events of drawn cells divided by a ratio inside are no longer told from the others; outside they are."""
    data = trial(TRIALS["−20 %"], 3)
    found = fit_draw(data.counts, data.drawn, seed=4).drawn
    for ratio, held in (
        (found.low * 1.01, True),
        (found.high * 0.99, True),
        (found.low * 0.97, False),
        (found.high * 1.03, False),
    ):
        adjusted = fit_draw(np.where(data.drawn, data.counts / ratio, data.counts), data.drawn, seed=4).drawn
        assert adjusted.estimate == pytest.approx(found.estimate / ratio)
        assert (adjusted.p > 0.05) is held


def test_the_day_after_is_a_term_of_its_own():
    """Without noise both are found exactly: a half on the day, two thirds on the day after."""
    rng = np.random.default_rng(1)
    drawn = rng.permuted(np.tile(np.arange(10) < 4, (120, 1)), axis=1)
    yesterday = np.vstack([np.zeros((1, 10), dtype=bool), drawn[:-1]])
    found = fit_draw(12.0 * np.where(drawn, 0.5, 1.0) * np.where(yesterday, 2 / 3, 1.0), drawn, n=99)
    assert (found.drawn.estimate, found.day_after.estimate) == pytest.approx((0.5, 2 / 3))
    assert found.drawn.low < 0.5 < found.drawn.high


def test_cells_left_out_take_no_part():
    data = trial(TRIALS["−20 %"], 5)
    keep = np.random.default_rng(1).random(data.drawn.shape) < 0.9
    wrong = np.where(keep, data.counts, 1e6)
    ones = [fit_draw(c, data.drawn, keep, n=99) for c in (data.counts, wrong)]
    assert ones[0] == ones[1] and ones[0].drawn.low < 0.8 < ones[0].drawn.high


def test_no_events_on_a_side_is_no_ratio():
    counts = np.where(ONE_OF_TWO, 0.0, 3.0)
    assert math.isnan(fit_draw(counts, ONE_OF_TWO, n=99).drawn.estimate)


def test_draws_are_made_under_the_same_scheme():
    some = np.concatenate(list(redrawn((40, 12), 5, 300, 2)), axis=1)
    assert some.shape == (40, 300, 12) and (some.sum(axis=2) == 5).all()
    assert some.mean(axis=(0, 1)) == pytest.approx(np.full(12, 5 / 12), abs=0.02)


@pytest.mark.parametrize(
    "world", long_after(1, ["no effect", "−20 %, and −10 % the day after", "3 of 20 areas, −30 %"])
)
def test_worlds_of_known_truth(world):
    """150 worlds; the bench has 500 and more of them, and narrower bounds."""
    found = trial_worlds(world, 150, redraws=499)
    assert 0.89 <= found["coverage"] <= 0.995 and 0.89 <= found["coverage_after"] <= 0.995
    assert found["withheld"] <= 0.04 and found["coverage"] > found["naive"]
    if TRIALS[world].carry:
        assert found["alternating"] < 0.6 and -0.14 < found["median_alternating"] - 1 < -0.08
    if not TRIALS[world].effect:
        assert found["rejected"] <= 0.11


def test_drained_areas_are_seen_where_nothing_had_an_effect():
    found = trial_worlds("no effect, undrawn areas drained by 20 % and +5 %", 100, redraws=199)
    assert found["withheld"] >= 0.95 and found["stated"] == 0.0 and found["rejected"] > 0.08

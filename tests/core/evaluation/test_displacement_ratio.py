"""The stated figure of displacement: by hand, on worlds of known truth, and where there is none."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t as student

from ia_plugin.core.errors import DataRangeError, ParameterError
from ia_plugin.core.evaluation.displacement_ratio import change_against_comparison
from ia_plugin.core.evaluation.two_counts import binomial_p, e_test
from tests.support.long import long_after
from tools.benches.evaluation import displacement_worlds
from tools.benches.worlds import AROUND, WORLDS

ORACLES = Path(__file__).parents[4] / "shared" / "oracles.json"
BEFORE, AFTER = np.array([20.0, 30.0, 10.0, 40.0, 60.0]), np.array([10.0, 27.0, 8.0, 44.0, 56.0])
LARGE = 100.0  # times as many: areas then differ by more than chance makes them
TREATED = np.array([True, True, True, False, False])


def test_the_figure_by_hand():
    """60 before, 45 after; where they are compared 100 and 100: 60 were expected, 15 fewer came."""
    found = change_against_comparison(BEFORE, AFTER, TREATED, list("abcde"))
    assert (found.treated, found.compared, found.areas) == ((60, 45), (100, 100), (3, 2))
    assert (found.estimate, found.expected, found.percent) == (-15, 60, -25)


def test_the_error_by_hand():
    """Each area left out, the others standing for it: their figure times (whole size ÷ size without it), r = C₁/C₀ = 1."""
    found = change_against_comparison(LARGE * BEFORE, LARGE * AFTER, TREATED)
    size = 0.75 * AFTER[:3] + 0.25 * BEFORE[:3]
    moved = [(-15 - (AFTER[i] - BEFORE[i])) * size.sum() / (size.sum() - size[i]) + 15 for i in range(3)]
    # Without the fourth area the comparison is 60 to 56, without the fifth 40 to 44.
    compared = [60 * (1 - 56 / 60), 60 * (1 - 44 / 40)]
    parts = 2 / 3 * sum(m**2 for m in moved), 1 / 2 * sum(c**2 for c in compared)
    assert found.se == pytest.approx(LARGE * math.sqrt(sum(parts)))
    degrees = sum(parts) ** 2 / (parts[0] ** 2 / 2 + parts[1] ** 2 / 1)
    assert found.degrees == pytest.approx(degrees)
    assert found.high - found.estimate == pytest.approx(student.ppf(0.975, degrees) * found.se)
    assert found.p == pytest.approx(2 * student.sf(LARGE * 15 / found.se, degrees))


def test_the_interval_is_never_shorter_than_that_of_counts():
    """Areas that all change alike have no variation: 60 before and 45 after vary all the same, by 45 + 60 + 60²·(1/100 + 1/100)."""
    before, after = np.array([20.0, 40.0, 50.0, 50.0]), np.array([15.0, 30.0, 50.0, 50.0])
    found = change_against_comparison(before, after, np.array([True, True, False, False]))
    assert found.se == pytest.approx(math.sqrt(45 + 60 + 72)) and math.isinf(found.degrees)
    assert found.high == pytest.approx(-15 + 1.959964 * found.se)


def test_parts_have_each_their_own_comparison():
    rings = np.array([10.0, 10.0, 10.0, 50.0, 50.0]), np.array([15.0, 10.0, 11.0, 40.0, 50.0])
    both = change_against_comparison(np.column_stack([BEFORE, rings[0]]), np.column_stack([AFTER, rings[1]]), TREATED)
    assert both.estimate == pytest.approx(-15 + (36 - 30 * 0.9))
    # An area and its ring go together: noise that they share does not cancel.
    one, two = (
        change_against_comparison(*(LARGE * np.column_stack([v] * k) for v in (BEFORE, AFTER)), TREATED) for k in (1, 2)
    )
    assert two.se == pytest.approx(2 * one.se)


def test_the_length_of_the_period_after_takes_no_part():
    once, long = (change_against_comparison(BEFORE, k * AFTER, TREATED) for k in (1, 3))
    assert long.estimate == pytest.approx(45 * 3 - 180) and long.percent == pytest.approx(once.percent)


@pytest.mark.parametrize(
    "before, after, why",
    [
        (np.zeros(5), np.zeros(5), "no_events"),
        ([0, 0, 0, 40, 60], [1, 2, 3, 40, 60], "none_before"),
        ([20, 30, 10, 0, 0], [10, 27, 8, 3, 1], "none_before"),
    ],
)
def test_no_figure(before, after, why):
    found = change_against_comparison(before, after, TREATED)
    assert found.why == why and math.isnan(found.estimate) and math.isnan(found.se)


def test_one_area_has_a_figure_and_no_interval():
    found = change_against_comparison(BEFORE[2:], AFTER[2:], TREATED[2:], list("cde"))
    assert found.estimate == -2 and math.isnan(found.low) and math.isnan(found.p)
    assert found.rests_on == ("c",)


def test_areas_that_it_hangs_on_are_named():
    found = change_against_comparison([5, 0, 0, 40, 60], [3, 1, 2, 44, 56], TREATED, list("abcde"))
    assert found.rests_on == ("a",) and math.isnan(found.se)
    many = np.full(20, 50.0)
    after = np.where(np.arange(20) < 10, 50.0 + np.arange(20) % 2, 50.0)
    after[0] = 20
    found = change_against_comparison(many, after, np.arange(20) < 10)
    assert found.leans_on == "0"
    quiet = change_against_comparison([*BEFORE, 0, 0], [*AFTER, 0, 0], [*TREATED, True, False], list("abcdefg"))
    assert quiet.without_events == ("f", "g") and quiet.areas == (3, 2)
    assert quiet.se == change_against_comparison(BEFORE, AFTER, TREATED).se


def test_what_is_no_count_is_refused():
    for before, after in ((-BEFORE, AFTER), (BEFORE[1:], AFTER), (BEFORE * np.nan, AFTER)):
        with pytest.raises(DataRangeError):
            change_against_comparison(before, after, TREATED)


@pytest.mark.parametrize("world", long_after(5, AROUND))
def test_worlds_of_known_truth(world):
    """Intervals hold the truth in 0.90 to 0.99 of 200 worlds, and see what is not there in few (the bench: 2,000 each)."""
    found = displacement_worlds(world, 200)
    for where in ("in_areas", "around", "together"):
        assert 0.90 <= found[f"coverage_{where}"] <= 0.99, (where, found)
    if not WORLDS[AROUND[world][0]].effect:
        assert max(found[f"rejected_{where}"] for where in ("in_areas", "around", "together")) <= 0.10
    if not AROUND[world][1].moved:
        assert found["rejected_around"] <= 0.10


def test_published_intervals_are_too_short():
    """The reason why the published figure is no stated one: its interval holds the truth far too seldom."""
    assert displacement_worlds("no effect", 200)["coverage_published"] < 0.85


# --- two counts -------------------------------------------------------------------------------------------------------


def test_e_test_as_published():
    if not ORACLES.exists():
        pytest.skip("the shared oracles are not beside this checkout")
    for case in json.loads(ORACLES.read_text(encoding="utf-8"))["e_test"]["cases"]:
        assert e_test(*case["k"]) == pytest.approx(case["p"], abs=case.get("tol", 5e-5))


def test_e_test_is_even_handed_and_knows_lengths():
    assert e_test(3, 9, (1, 3)) == pytest.approx(1.0, abs=0.02)
    assert e_test(4, 11) == pytest.approx(e_test(11, 4))
    assert e_test(40_000, 41_000) == pytest.approx(4.4e-4, rel=0.05)  # as the normal law has it
    for bad in (-1, 2.5, math.nan):
        with pytest.raises(DataRangeError):
            e_test(bad, 1)
    with pytest.raises(ParameterError):
        e_test(1, 1, (1, 0))


def test_binomial_by_hand():
    """None after where 5 were before and as many expected: 2 · ½⁵."""
    assert binomial_p([5], [0], [1.0])[0] == pytest.approx(0.0625)
    assert np.isnan(binomial_p([0, 5, 5], [0, 0, 0], [1.0, np.nan, 0.0])).all()

"""Displacement: the published cases, and what must be refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import DataRangeError, ParameterError
from ia_plugin.core.evaluation.displacement import (
    harm_weighted,
    ratio_of_ratios,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)

ORACLES = Path(__file__).parents[4] / "shared" / "oracles.json"
PAPER = dict(treated=(207, 110), control=(308, 318), displacement_treated=(178, 157), displacement_control=(150, 140))


def oracles():
    if not ORACLES.exists():
        pytest.skip("the shared oracles are not beside this checkout")
    return json.loads(ORACLES.read_text(encoding="utf-8"))


def test_the_papers_example():
    found = weighted_displacement_difference(**PAPER)
    assert found.estimate == -118
    assert (found.se, found.z) == (pytest.approx(39.59797974644666), pytest.approx(-2.979950006429022))
    assert (found.low, found.high) == (pytest.approx(-195.61061416358194), pytest.approx(-40.38938583641804))
    assert (found.local.estimate, found.local.se) == (-107, pytest.approx(30.708305065568176))
    assert (found.displacement.estimate, found.displacement.se) == (-11, pytest.approx(25.0))


def test_areas_and_periods_of_different_size():
    found = weighted_displacement_difference(**PAPER, area_weights=(1.2, 0.9, 1.5, 1.6))
    assert (found.estimate, found.se) == (pytest.approx(-99.69444444), pytest.approx(35.4280755))
    found = weighted_displacement_difference((80, 20), (100, 50), time_weights=(2, 1))
    assert (found.estimate, found.se**2) == (pytest.approx(-20), pytest.approx(115))


def test_every_published_case():
    for case in oracles()["wdd"]["cases"]:
        if "treated" not in case:
            continue
        more = {}
        if "area_weights" in case:
            # Published in the order control, treated, displacement control, displacement treated.
            c, t, dc, dt = case["area_weights"]
            more["area_weights"] = (t, c, dt, dc)
        found = weighted_displacement_difference(
            case["treated"],
            case["control"],
            case.get("disp_treated", (0, 0)),
            case.get("disp_control", (0, 0)),
            time_weights=case.get("time_weights", (1, 1)),
            **more,
        )
        for name, value in (
            ("Est_Total", found.estimate),
            ("Est_Local", found.local.estimate),
            ("Est_Displace", found.displacement.estimate),
        ):
            if name in case:
                assert value == pytest.approx(case[name]), case["name"]


def test_harm_weights():
    case = next(c for c in oracles()["wdd"]["cases"] if c["name"] == "harm weights")
    parts = [weighted_displacement_difference(t, c) for c, t in case["pairs_control_treated"].values()]
    found = harm_weighted(parts, case["weights"])
    assert (found.estimate, found.se, found.z) == (
        pytest.approx(case["Est"]),
        pytest.approx(case["SE"]),
        pytest.approx(case["Z"]),
    )


def test_quotients():
    for case in oracles()["wdq"]:
        found = weighted_displacement_quotient(
            (case["Rb"], case["Ra"]), (case["Cb"], case["Ca"]), (case["Db"], case["Da"])
        )
        assert found.quotient == pytest.approx(case["WDQ"])
        assert found.total_net_effect == pytest.approx(case["TNE"])
        assert found.readable
        if "GE" in case:
            assert (found.gross_effect, found.net_effect) == (case["GE"], pytest.approx(case["NE"]))


def test_a_quotient_without_an_effect_is_not_read():
    assert not weighted_displacement_quotient((100, 150), (100, 100), (50, 50)).readable


@pytest.mark.parametrize("counts", [(1, -1), (1,), (float("nan"), 2), (None, 2), ("many", 2), 5])
def test_impossible_counts_are_named(counts):
    with pytest.raises(DataRangeError, match="treated"):
        weighted_displacement_difference(counts, (1, 1))


def test_zero_counts_weights_and_levels_are_refused():
    with pytest.raises(DataRangeError, match="control counts are 0"):
        weighted_displacement_quotient((1, 2), (0, 1), (1, 1))
    with pytest.raises(ParameterError, match="positive"):
        weighted_displacement_difference((1, 2), (1, 2), time_weights=(0, 1))
    with pytest.raises(ParameterError, match="alpha"):
        weighted_displacement_difference((1, 2), (1, 2), alpha=1.5)


# --- by hand ----------------------------------------------------------------------------------------------------------

count = st.integers(0, 500)
pair = st.tuples(count, count)


def test_four_areas_by_hand():
    """Treated −10, control −2, around them −1 and +4: (−10 + 2) + (−1 − 4) = −13; variance the sum of all eight counts."""
    found = weighted_displacement_difference((30, 20), (12, 10), (9, 8), (6, 10))
    assert (found.local.estimate, found.displacement.estimate, found.estimate) == (-8, -5, -13)
    assert (found.local.se, found.displacement.se) == (pytest.approx(np.sqrt(72)), pytest.approx(np.sqrt(33)))
    assert found.se == pytest.approx(np.sqrt(105)) and found.z == pytest.approx(-13 / np.sqrt(105))
    assert (found.low, found.high) == (
        pytest.approx(-13 - 1.959964 * found.se),
        pytest.approx(-13 + 1.959964 * found.se),
    )


@pytest.mark.parametrize(("alpha", "reach"), [(0.05, 1.959964), (0.1, 1.644854), (0.3173105, 1.0)])
def test_the_level_of_the_interval(alpha, reach):
    found = weighted_displacement_difference((30, 20), (12, 10), alpha=alpha)
    assert found.high - found.estimate == pytest.approx(reach * found.se, rel=1e-6)
    assert found.estimate - found.low == pytest.approx(found.high - found.estimate)


@pytest.mark.parametrize("alpha", [0, 1, -0.1, 1.1])
def test_a_level_is_between_nothing_and_all(alpha):
    with pytest.raises(ParameterError, match="is no probability. Give a number between 0 and 1"):
        weighted_displacement_difference((1, 2), (1, 2), alpha=alpha)


@pytest.mark.parametrize(
    "more",
    [
        {"time_weights": (1,)},
        {"time_weights": (1, -1)},
        {"time_weights": 1},
        {"time_weights": (float("inf"), 1)},  # would make the time before a rate of 0
        {"area_weights": (1, 1)},
        {"area_weights": (1, 1, 0, 1)},
        {"area_weights": (1, 1, None, 1)},
    ],
)
def test_weights_are_two_and_four_positive_numbers(more):
    with pytest.raises(ParameterError, match="not two and four positive numbers"):
        weighted_displacement_difference((1, 2), (1, 2), **more)


def test_nothing_happened_anywhere():
    found = weighted_displacement_difference((0, 0), (0, 0))
    assert (found.estimate, found.se, found.low, found.high) == (0, 0, 0, 0) and np.isnan(found.z)


@given(pair, pair, pair, pair)
def test_treated_and_control_exchanged_change_the_sign(t, c, dt, dc):
    one, other = weighted_displacement_difference(t, c, dt, dc), weighted_displacement_difference(c, t, dc, dt)
    assert one.estimate == -other.estimate and one.se == other.se and one.low == pytest.approx(-other.high)


@given(pair, pair, pair, pair, st.integers(1, 9))
def test_scale(t, c, dt, dc, k):
    """Periods or areas k times as long or large have a k-th of the difference; weights that are all k change nothing else."""
    plain = weighted_displacement_difference(t, c, dt, dc)
    for more in ({"time_weights": (k, k)}, {"area_weights": (k,) * 4}):
        found = weighted_displacement_difference(t, c, dt, dc, **more)
        assert found.estimate == pytest.approx(plain.estimate / k, abs=1e-9)
        assert found.se == pytest.approx(plain.se / k)


@given(pair, pair, pair, pair)
def test_the_total_is_the_local_and_the_displaced(t, c, dt, dc):
    found = weighted_displacement_difference(t, c, dt, dc)
    assert found.estimate == found.local.estimate + found.displacement.estimate
    assert found.se**2 == pytest.approx(found.local.se**2 + found.displacement.se**2)


def test_harm_by_hand():
    """Weights 2 and 5 of −10 ± √50 and 3 ± √9: −20 + 15, variance 4·50 + 25·9."""
    parts = [weighted_displacement_difference((20, 10), (10, 10)), weighted_displacement_difference((1, 4), (2, 2))]
    assert [(p.estimate, round(p.se**2)) for p in parts] == [(-10, 50), (3, 9)]
    found = harm_weighted(parts, [2, 5])
    assert (found.estimate, found.se) == (-5, pytest.approx(np.sqrt(425)))
    with pytest.raises(ParameterError, match="2 differences and 1 weights. Give one weight for each"):
        harm_weighted(parts, [2])


def test_a_quotient_by_hand():
    """Treated 100 → 50, control 100 → 100, buffer 100 → 90: (0.9 − 1) / (0.5 − 1) = 0.2: a fifth of the effect spread."""
    found = weighted_displacement_quotient((100, 50), (100, 100), (100, 90))
    assert found.quotient == pytest.approx(0.2) and found.readable
    assert (found.gross_effect, found.net_effect, found.total_net_effect) == (50, pytest.approx(0.5), pytest.approx(60))
    # The buffer gained ten: displacement of a fifth.
    assert weighted_displacement_quotient((100, 50), (100, 100), (100, 110)).quotient == pytest.approx(-0.2)
    # Where the treated areas did as the control did there is nothing to be a share of.
    same = weighted_displacement_quotient((100, 100), (100, 100), (100, 110))
    assert np.isnan(same.quotient) and not same.readable
    for zero in range(3):
        counts = [(1, 2), (3, 4), (5, 6)]
        counts[zero] = (0, 7)
        with pytest.raises(
            DataRangeError,
            match=f"The {('treated', 'control', 'displacement')[zero]} counts are 0 and 7. Take a longer",
        ):
            weighted_displacement_quotient(*counts)


def test_the_ratio_of_ratios_as_published():
    known = oracles()["log_did"]
    value, low, high = ratio_of_ratios(known["T"], known["C"])
    assert (value, np.log(value)) == (pytest.approx(known["ratio"]), pytest.approx(known["estimate"]))
    assert np.log(high / low) / 2 == pytest.approx(1.959963984540054 * known["se"])
    with pytest.raises(DataRangeError, match="zero"):
        ratio_of_ratios((3, 0), (5, 5))

"""Displacement: the published cases, and what must be refused."""

import json
from pathlib import Path

import pytest

from ia_plugin.core.errors import DataRangeError, ParameterError
from ia_plugin.core.evaluation.displacement import (
    harm_weighted,
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


@pytest.mark.parametrize("counts", [(1, -1), (1,), (float("nan"), 2)])
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

"""Matching: weights and pairs checked by hand and by other solvers; what is refused, and by which covariate."""

import math
import sys
import warnings

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import AreaError, ColumnError, DataRangeError, EstimateError, ImpactAreaError, ParameterError
from ia_plugin.core.evaluation.balance import balance_table, effective_areas
from ia_plugin.core.evaluation.day_window import window_of
from ia_plugin.core.evaluation.entropy import entropy_weights
from ia_plugin.core.evaluation.matching import match_areas, matching_of
from ia_plugin.core.evaluation.pairs import distances, nearest_pairs, optimal_pairs
from ia_plugin.core.evaluation.poisson import fit_poisson
from ia_plugin.core.evaluation.scored_window import chosen_by_these_counts, earlier_crime
from ia_plugin.core.params import MatchParams


def world(seed, k=2, gap=0.4, impact=19, comparison=20):
    """Areas with k covariates, those of the impact areas higher by `gap` standard deviations."""
    rng = np.random.default_rng(seed)
    own = np.arange(impact + comparison) < impact
    x = rng.normal(50, 10, (len(own), k)) + 10 * gap * own[:, None]
    columns = {f"c{j}": x[:, j] for j in range(k)}
    return pd.DataFrame(
        {"area_id": [f"A{i:02}" for i in range(len(own))], "role": np.where(own, "impact", "comparison"), **columns}
    )


def rows_of(impact, comparison, name="imd"):
    """Areas a, b, … with one covariate."""
    values = [*impact, *comparison]
    roles = ["impact"] * len(impact) + ["comparison"] * len(comparison)
    return pd.DataFrame({"area_id": [chr(97 + i) for i in range(len(values))], "role": roles, name: values})


# --- entropy balancing ------------------------------------------------------------------------------------------------


def test_two_values_have_the_weights_one_would_write_down():
    """Ten areas at 0, ten at 1; impact areas mean 0.75: each 1 has three times the weight of a 0."""
    areas = rows_of([1.0] * 9 + [0.0] * 3, [0.0] * 10 + [1.0] * 10)
    matched, balance = match_areas(areas, ["imd"])
    assert matched["weight"].iloc[12:22].round(9).unique().tolist() == [0.3]
    assert matched["weight"].iloc[22:].round(9).unique().tolist() == [0.9]
    assert matched["weight"].iloc[:12].tolist() == [1.0] * 12 and set(matched["pair"]) == {""}
    assert balance["difference_after"].abs().max() < 1e-8
    assert balance["comparison_mean_after"].iloc[0] == pytest.approx(0.75)
    assert balance.attrs["effective_areas"] == pytest.approx(12**2 / (10 * 0.09 + 10 * 0.81))


def nearest_to_equal(x, constraints):
    """Weights of smallest divergence from equal ones, by a general solver that knows nothing of multipliers."""
    optimize = pytest.importorskip("scipy.optimize", reason="the oracle needs scipy")
    n = len(x)
    whole = {"type": "eq", "fun": lambda w: w.sum() - 1}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the solver steps over a bound and back
        return optimize.minimize(
            lambda w: float((w * np.log(w * n)).sum()), np.full(n, 1 / n), method="SLSQP", bounds=[(1e-9, 1)] * n,
            constraints=[whole, *constraints], options={"ftol": 1e-14, "maxiter": 500},
        ).x  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_weights_are_those_of_an_independent_optimiser(seed):
    x = np.random.default_rng(seed).normal(0.2, 1, (15, 2))
    ours, _ = entropy_weights(x)
    assert ours == pytest.approx(nearest_to_equal(x, [{"type": "eq", "fun": lambda w: w @ x}]), abs=2e-5)


@pytest.mark.parametrize("tolerance", [0.05, 0.2])
def test_approximate_balance_is_the_nearest_to_equal_within_the_tolerance(tolerance):
    x = np.random.default_rng(3).normal(0.3, 1, (15, 2))
    ours, _ = entropy_weights(x, tolerance)
    limits = [{"type": "ineq", "fun": lambda w, s=s: tolerance - s * (w @ x)} for s in (1, -1)]
    assert ours == pytest.approx(nearest_to_equal(x, limits), abs=2e-5)
    assert np.abs(ours @ x).max() <= tolerance + 1e-8


def test_weights_exist_exactly_where_a_linear_programme_finds_some():
    optimize = pytest.importorskip("scipy.optimize", reason="the oracle needs scipy")
    exist = []
    for seed in range(60):
        x = np.random.default_rng(seed).normal(0.5, 1, (20, 4))
        found = optimize.linprog(np.zeros(20), A_eq=np.vstack([x.T, np.ones(20)]), b_eq=[0] * 4 + [1])
        exist.append(found.success)
        assert (entropy_weights(x) is not None) == found.success, seed
    assert 10 < sum(exist) < 50


def test_moving_and_scaling_a_covariate_changes_no_weight():
    areas = world(1)
    weights = match_areas(areas, ["c0", "c1"], MatchParams(tolerance=0.1))[0]["weight"]
    other = match_areas(areas.assign(c0=1e6 - 1_000 * areas["c0"]), ["c1", "c0"], MatchParams(tolerance=0.1))[0][
        "weight"
    ]
    assert weights.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-6)


def test_two_covariates_that_say_the_same_are_no_trouble():
    areas = world(2, k=1).assign(twice=lambda t: 2 * t["c0"], flat=7.0)
    one, _ = match_areas(areas, ["c0"])
    several, balance = match_areas(areas, ["c0", "twice", "flat"])
    assert several["weight"].to_numpy() == pytest.approx(one["weight"].to_numpy(), abs=1e-6)
    assert balance["difference_after"].iloc[:2].abs().max() < 1e-7 and math.isnan(balance["difference_after"].iloc[2])


# --- what is refused --------------------------------------------------------------------------------------------------


def test_the_covariate_that_breaks_the_weights_is_named_with_a_remedy():
    areas = world(4, k=2, gap=0.1)
    areas["youth"] = np.where(areas["role"] == "impact", 90.0, 10.0) + areas["c0"] / 10
    with pytest.raises(
        EstimateError, match=r"No weights .* It is youth \(the groups are .* sd apart\) that breaks it"
    ) as caught:
        match_areas(areas, ["c0", "c1", "youth"])
    assert "Leave out youth" in str(caught.value) and "c1" not in str(caught.value)


@pytest.mark.parametrize(
    "impact, comparison, match",
    [
        ([3.0, 3.1, 2.9] * 4, [0.0] * 19 + [9.0], "would have .* of all weight; 25 % is the most"),
        ([1.0] * 12, [0.0] * 30 + [3.0] * 5 + [0.9] * 2, ""),
        ([0.0, 1.0] * 6, [0.0, 1.0] * 4, "There are 8 comparison areas; 10 are the least"),
        ([5.0] * 12, [1.0] * 20, "No weights of the comparison areas"),
        ([0.7] * 12, [0.0] * 8 + [1.0] * 4, r"as much as \d(.\d)? areas; 10 are the least|25 %"),
    ],
    ids=["one area has it all", "good", "few areas", "outside", "little weight"],
)
def test_weights_that_nobody_should_use(impact, comparison, match):
    if not match:
        assert match_areas(rows_of(impact, comparison), ["imd"])[0]["weight"].sum() == pytest.approx(2 * len(impact))
        return
    with pytest.raises(EstimateError, match=match):
        match_areas(rows_of(impact, comparison), ["imd"])


def test_weights_that_hang_on_one_area_are_refused():
    """One comparison area alone lies beyond the mean of the impact areas; it needs little weight, and without it nothing holds."""
    areas = rows_of([0.5] * 10, [0.0] * 6 + [0.4] * 8 + [0.49] * 6 + [3.0]).assign(area_id=[*range(30), "far"])
    with pytest.raises(EstimateError, match="Without the area far no such weights exist"):
        match_areas(areas, ["imd"])


def test_approximate_balance_is_offered_where_it_exists():
    with pytest.raises(EstimateError, match=r"Take approximate balance \(a tolerance of 0.2\)"):
        match_areas(rows_of([0.5] * 10 + [0.6] * 10, [0.0] * 2 + [0.45, 0.52, 0.54] * 6), ["imd"])


@pytest.mark.parametrize(
    "change, error, match",
    [
        ({"drop": "role"}, ColumnError, "role"),
        ({"names": []}, ParameterError, "No covariate"),
        ({"names": ["imd", "imd"]}, ParameterError, "twice"),
        ({"names": ["wealth"]}, ColumnError, "no column 'wealth'"),
        ({"values": "high"}, DataRangeError, "holds text"),
        ({"values": None}, DataRangeError, "empty for all"),
        ({"role": "impact"}, AreaError, "0 areas of role comparison"),
        ({"ids": "same"}, DataRangeError, "same id"),
    ],
)
def test_bad_input_is_said(change, error, match):
    areas = rows_of([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    if "drop" in change:
        areas = areas.drop(columns=change["drop"])
    if "values" in change:
        areas["imd"] = change["values"]
    areas = areas.assign(**{k: v for k, v in (("role", change.get("role")), ("area_id", change.get("ids"))) if v})
    with pytest.raises(error, match=match):
        match_areas(areas, change.get("names", ["imd"]), MatchParams(method="nearest"))


def test_one_area_is_said():
    with pytest.raises(AreaError, match="1 area of role impact can be matched; two are the least"):
        match_areas(rows_of([1.0], [1.0, 2.0]), ["imd"])


def test_areas_of_which_a_covariate_is_not_known_are_named_and_take_no_part():
    areas = rows_of([1.0, 2.0, np.nan], [1.0, 2.0, 3.0]).assign(name=["Ash", "Birch", "Cedar", "Dale", "Elm", "Fir"])
    matched, balance = match_areas(areas, ["imd"], MatchParams(method="optimal"))
    assert balance.attrs["left_out"] == ["Cedar"] and matched["weight"].iloc[2] == 0
    assert areas.columns.tolist() == ["area_id", "role", "imd", "name"], "the input is not changed"


def test_areas_of_other_roles_take_no_part():
    areas = pd.concat(
        [rows_of([1.0, 2.0], [1.0, 2.0]), pd.DataFrame({"area_id": ["z"], "role": ["buffer"], "imd": [1.0]})]
    )
    assert match_areas(areas, ["imd"], MatchParams(method="nearest"))[0]["weight"].tolist() == [1, 1, 1, 1, 0]


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_pairs_by_hand():
    """Impact 1 and 2; comparison 2.1 and 9: the nearest of both is 2.1, and 2 has the farther way to go."""
    distance = distances(np.array([[1.0], [2.0]]), np.array([[2.1], [9.0]]))
    assert distance.round(9).tolist() == [[1.1, 8.0], [0.1, 7.0]]
    assert nearest_pairs(distance).tolist() == [0, 1], "the one with the farthest way to its nearest goes first"
    assert optimal_pairs(distance).tolist() == [0, 1], "1.1 + 7.0 = 8.1 is as much as 0.1 + 8.0"
    assert nearest_pairs(distance, 1.0).tolist() == [-1, 0]
    assert optimal_pairs(distance, 5.0).tolist() in ([0, -1], [-1, 0])


@pytest.mark.parametrize("seed", range(6))
def test_optimal_pairs_have_the_smallest_sum_of_all_orders(seed):
    from itertools import permutations

    distance = np.random.default_rng(seed).random((5, 6))
    found = optimal_pairs(distance)
    best = min(sum(distance[i, j] for i, j in enumerate(order)) for order in permutations(range(6), 5))
    assert sum(distance[i, j] for i, j in enumerate(found)) == pytest.approx(best)
    greedy = nearest_pairs(distance)
    assert sum(distance[i, j] for i, j in enumerate(greedy)) >= best - 1e-12 and len(set(greedy)) == 5


def test_as_many_pairs_as_the_caliper_allows():
    distance = np.array([[0.1, 0.5], [0.2, 9.0]])
    assert optimal_pairs(distance, 0.5).tolist() == [1, 0]
    assert optimal_pairs(np.array([[9.0, 9.0]]), 1.0).tolist() == [-1]


def test_unmatched_areas_are_named():
    matched, balance = match_areas(
        rows_of([1.0, 2.0, 50.0], [1.1, 2.1, 3.0]), ["imd"], MatchParams(method="nearest", caliper=0.5)
    )
    assert balance.attrs["unmatched"] == ["c"] and matched["pair"].tolist() == ["a", "b", "", "a", "b", ""]
    assert "2 pairs only" in balance.attrs["warnings"][-1]
    with pytest.raises(EstimateError, match="no pair"):
        match_areas(rows_of([1.0, 2.0], [50.0, 51.0]), ["imd"], MatchParams(method="optimal", caliper=0.1))


def test_without_scipy_optimal_pairs_say_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(ImpactAreaError, match="scipy"):
        optimal_pairs(np.ones((2, 2)))


# --- balance ----------------------------------------------------------------------------------------------------------


def test_balance_by_hand():
    """Impact 2, 4 (mean 3, variance 2); comparison 0, 2, 4 (mean 2, variance 4): 1 / √3 before; 0, ½, ½ give mean 3 after."""
    x, impact = np.array([[2.0], [4.0], [0.0], [2.0], [4.0]]), np.array([True, True, False, False, False])
    row = balance_table(x, ["imd"], impact, np.array([1, 1, 0, 0.5, 0.5])).iloc[0]
    assert row["difference_before"] == pytest.approx(1 / math.sqrt(3)) and row["difference_after"] == 0
    assert row["variance_ratio_before"] == 0.5 and row["variance_ratio_after"] == pytest.approx(1.0)
    assert effective_areas(np.array([0, 0.5, 0.5])) == 2


# --- refits -----------------------------------------------------------------------------------------------------------


def test_weights_without_an_area_are_those_of_a_matching_that_never_had_it():
    areas = world(1)
    found = matching_of(areas, ["c0", "c1"], MatchParams(tolerance=0.1))
    for gone in ("A03", "A25"):
        fresh = matching_of(areas[areas["area_id"] != gone], ["c0", "c1"], MatchParams(tolerance=0.1))
        there = found.areas != gone
        scale = found.impact[there].sum() / fresh.impact.sum()
        # The spread that a tolerance is told in stays that of all areas.
        assert found.without(gone)[there] == pytest.approx(fresh.weights * scale, abs=0.15)
        assert found.without(gone)[~there].tolist() == [0.0]
    exact = matching_of(areas, ["c0"])
    fresh = matching_of(areas[areas["area_id"] != "A25"], ["c0"])
    assert exact.without("A25")[exact.areas != "A25"] == pytest.approx(fresh.weights, abs=1e-6)


def test_of_a_pair_both_areas_go():
    found = matching_of(rows_of([1.0, 2.0], [1.1, 2.1]), ["imd"], MatchParams(method="optimal"))
    assert found.without("c").tolist() == [0, 1, 0, 1] and found.without("b").tolist() == [1, 0, 1, 0]


def test_the_weights_go_into_the_panel_fit_its_jackknife_and_its_permutations():
    areas, rng = world(1), np.random.default_rng(1)
    found = matching_of(areas, ["c0"])
    n, m = len(areas), 6
    x = (found.impact[:, None] & (np.arange(m) >= 3)[None]).astype(float)
    y = rng.poisson(20, (n, m))
    fit = fit_poisson(
        y.ravel(), x.ravel(), area=np.repeat(found.areas, m), period=np.tile(np.arange(m), n), weights=np.repeat(found.weights, m),
        weights_without=lambda area: np.repeat(found.without(area), m),
    )  # fmt: skip
    assert fit.low < fit.beta < fit.high and len(fit.areas) == n
    assert 0 < fit.permutation(n=99, reweigh=found.dealt) <= 1


# --- the time that scored the areas -----------------------------------------------------------------------------------

WINDOWS = {"scored_from": "2022-01-01", "scored_to": "2022-12-31"}


@pytest.mark.parametrize(
    "more, match",
    [
        ({}, "nobody has said by which time the areas were scored"),
        (WINDOWS, "Nobody has said from which time the earlier crime"),
        ({**WINDOWS, "prior_from": "2022-12-31", "prior_to": "2023-06-30"}, "overlaps the time that scored"),
        ({**WINDOWS, "prior_from": "2021-06-30", "prior_to": "2021-01-01"}, "lies before"),
        ({**WINDOWS, "prior_from": "last year"}, "is no day"),
        ({**WINDOWS, "prior_from": "0021-01-01", "prior_to": "2021-12-31"}, "outside the years"),
        ({"scored_from": "2022-01-01"}, "is no day"),
        ({**WINDOWS, "prior_from": "2021-01-01", "prior_to": "2021-12-31"}, None),
    ],
)
def test_earlier_crime_is_never_of_the_time_that_scored_the_areas(more, match):
    areas = rows_of([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], name="burglary_rate")
    params = MatchParams(method="nearest", **more)
    if match is None:
        assert match_areas(areas, ["burglary_rate"], params)[1].attrs["warnings"] == [
            "3 pairs only: another choice of areas may give another figure."
        ]
        return
    with pytest.raises(ParameterError, match=match):
        match_areas(areas, ["burglary_rate"], params)


def test_without_earlier_crime_an_unknown_time_is_said_plainly():
    warnings = match_areas(rows_of([1.0, 2.0], [1.0, 2.0]), ["imd"], MatchParams(method="nearest"))[1].attrs["warnings"]
    assert "Nobody has said by which time the areas were scored" in warnings[0]
    warnings = match_areas(rows_of([1.0, 2.0], [1.0, 2.0]), ["imd"], MatchParams(method="nearest", **WINDOWS))[1].attrs[
        "warnings"
    ]
    assert not any("scored" in w for w in warnings)


def test_names_of_earlier_crime():
    names = [
        "imd_score",
        "youth_share",
        "population",
        "km2",
        "pharmacies",
        "Burglary 2022",
        "asb_calls",
        "knife crime",
        "hours",
    ]
    assert earlier_crime(names) == ["Burglary 2022", "asb_calls", "knife crime"]
    assert window_of("2024-02-29", "2024-02-29", ("a", "b")).in_words() == "29 February 2024 to 29 February 2024"


def test_counts_that_chose_the_areas_tell_them_apart_more_sharply_than_later_ones():
    impact = np.arange(12) < 6
    before = np.where(impact, 100.0 + np.arange(12), 50.0 + np.arange(12))
    mixed = before.copy()
    mixed[[0, 11]] = mixed[[11, 0]]
    assert chosen_by_these_counts(before, mixed, impact)
    assert not chosen_by_these_counts(before, before, impact), "what lasts tells as sharply later"
    assert not chosen_by_these_counts(mixed, before, impact)
    assert not chosen_by_these_counts(before[4:8], mixed[4:8], impact[4:8]), "two areas a group tell nothing"


def test_ten_thousand_areas():
    areas = pd.concat(
        [world(s).assign(area_id=lambda t, s=s: t["area_id"] + f"_{s}") for s in range(257)], ignore_index=True
    )
    matched, balance = match_areas(areas, ["c0", "c1"])
    assert len(matched) == 10_023 and balance["difference_after"].abs().max() < 1e-7

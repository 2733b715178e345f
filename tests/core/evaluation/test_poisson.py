"""The two-way Poisson fit: what it must give to the digit, what it must refuse, and how often its interval holds."""

import math
import time
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import DataRangeError, EstimateError, ParameterError
from ia_plugin.core.evaluation import poisson
from ia_plugin.core.evaluation.negative_binomial import fit_negative_binomial
from ia_plugin.core.evaluation.poisson import fit_poisson, permuted_orders
from tests.support.long import long_after
from tools.benches.worlds import WORLDS, World, panel


def prototype(seed=1):
    """39 × 24, 19 treated from month 13: the panel that the figures of the method statement are of."""
    r = np.random.default_rng(seed)
    a = r.normal(3.0, 0.6, 39)
    months = 0.15 * np.sin(np.arange(24) / 12 * 2 * np.pi) + np.cumsum(r.normal(0, 0.03, 24))
    treated = np.zeros(39, bool)
    treated[r.permutation(39)[:19]] = True
    x = treated[:, None] & (np.arange(24) >= 12)[None]
    mu = np.exp(a[:, None] + months[None] - 0.15 * x)
    y = r.poisson(mu * r.gamma(20.0, 1 / 20.0, mu.shape))
    return y.ravel(), x.ravel().astype(float), np.repeat(np.arange(39), 24), np.tile(np.arange(24), 39)


def dummies(y, x, area, period, **more):
    """The same fit by statsmodels, with a column for each area and period."""
    sm = pytest.importorskip("statsmodels.api", reason="statsmodels, the oracle, is not installed")
    columns = [np.column_stack([x])]
    columns += [(np.asarray(area) == a)[:, None] for a in np.unique(area)]
    columns += [(np.asarray(period) == t)[:, None] for t in np.unique(period)[1:]]
    design = np.concatenate(columns, axis=1).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sm.GLM(y, design, family=sm.families.Poisson(), **more).fit(
            tol=1e-13,
            maxiter=200,
            cov_type="cluster",
            cov_kwds={"groups": pd.factorize(area)[0], "use_correction": False},
        )
    k = columns[0].shape[1]
    return found.params[:k], found.bse[:k]


# --- to the digit -----------------------------------------------------------------------------------------------------


def test_a_panel_by_hand():
    """Two areas, two periods: beta is the log of the ratio of ratios, (6/8) / (12/4) = 1/4, minus nothing else."""
    fit = fit_poisson([8, 6, 4, 12], [0, 1, 0, 0], area=["a", "a", "b", "b"], period=[1, 2, 1, 2])
    assert fit.beta == pytest.approx(math.log(0.25), abs=1e-9)
    assert fit.fitted == pytest.approx([8, 6, 4, 12], abs=1e-6)
    assert fit.events == 30 and fit.degrees == 1


def test_the_figures_of_the_method_statement():
    y, x, area, period = prototype()
    fit = fit_poisson(y, x, area=area, period=period)
    assert fit.beta == pytest.approx(-0.09928154, abs=5e-9)
    assert fit.se_cr0 == pytest.approx(0.04694, abs=5e-6)
    assert fit.se_cr1 == pytest.approx(fit.se_cr0 * math.sqrt(39 / 38))
    n, own = 39 * 24, fit.se_cr1
    assert own * math.sqrt((n - 1) / (n - 1 - 38 - 24)) == pytest.approx(0.04921, abs=5e-6)  # statsmodels' own factor
    assert own * math.sqrt(n / (n - 24)) == pytest.approx(0.04817, abs=5e-6)  # that of the second library
    low, high = fit.interval_cr1()
    assert low < fit.beta < high and fit.low < low


def test_the_prototype_itself_agrees(shared):
    assert (shared / "prototypes" / "panel.py").is_file()
    space = {}
    exec((shared / "prototypes" / "panel.py").read_text(encoding="utf-8"), space)
    theirs = space["panel"](1)
    assert np.array_equal(theirs["y"], prototype()[0])


@pytest.mark.parametrize("seed", range(50))
def test_it_equals_dummies_in_statsmodels(seed):
    """Random panels: of any shape, unbalanced, with offsets, weights, several regressors."""
    rng = np.random.default_rng(seed)
    areas, periods, k = rng.integers(4, 14), rng.integers(3, 20), rng.integers(1, 4)
    area, period = (g.ravel() for g in np.meshgrid(np.arange(areas), np.arange(periods), indexing="ij"))
    x = rng.normal(size=(areas * periods, k)) * 10.0 ** rng.integers(-2, 3)
    offset = rng.normal(0, 0.5, areas * periods) if seed % 2 else None
    y = rng.poisson(np.exp(rng.normal(1, 1, areas)[area] + rng.normal(0, 0.3, periods)[period]))
    keep = (rng.random(len(y)) > (0.2 if seed % 3 else 0)) & np.isin(area, area[y > 0]) & np.isin(period, period[y > 0])
    rows = rng.permutation(np.flatnonzero(keep))
    try:
        fit = fit_poisson(
            y[rows], x[rows, 0] if k == 1 else x[rows], area=area[rows], period=period[rows],
            offset=None if offset is None else offset[rows],
        )  # fmt: skip
    except EstimateError:
        pytest.skip("this panel is too small to be fitted")
    part = np.isfinite(fit.fitted)
    more = {} if offset is None else {"offset": offset[rows][part]}
    beta, se = dummies(y[rows][part], x[rows][part], area[rows][part], period[rows][part], **more)
    scale = np.abs(x).max()
    assert np.atleast_1d(fit.beta) * scale == pytest.approx(beta * scale, abs=1e-6)
    assert np.atleast_1d(fit.se_cr0) == pytest.approx(se, rel=1e-5)


def test_a_second_library_agrees():
    pyfixest = pytest.importorskip(
        "pyfixest", reason="pyfixest, the second oracle, is not in .venv: make rivals brings it"
    )
    y, x, area, period = prototype()
    frame = pd.DataFrame({"y": y, "d": x, "area": area, "month": period})
    theirs = pyfixest.fepois("y ~ d | area + month", frame, vcov={"CRV1": "area"})
    fit = fit_poisson(y, x, area=area, period=period)
    assert fit.beta == pytest.approx(theirs.coef()["d"], abs=1e-7)
    assert fit.se_cr1 == pytest.approx(theirs.se()["d"], rel=0.02)


@pytest.mark.parametrize("periods", [8, 40])
def test_the_jackknife_is_the_refits(periods):
    """Areas as units and, where there are more periods, as levels."""
    rng = np.random.default_rng(3)
    area, period = np.repeat(np.arange(12), periods), np.tile(np.arange(periods), 12)
    x, y = rng.normal(size=len(area)), rng.poisson(3, len(area))
    fit = fit_poisson(y, x, area=area, period=period)
    refits = [
        fit_poisson(y[area != a], x[area != a], area=area[area != a], period=period[area != a]).beta for a in range(12)
    ]
    assert fit.beta_without == pytest.approx(refits, abs=1e-8)
    assert fit.se_jackknife == pytest.approx(math.sqrt(11 / 12 * ((np.array(refits) - fit.beta) ** 2).sum()), rel=1e-7)


def test_one_step_of_the_jackknife_is_enough_for_many_areas(monkeypatch):
    rng = np.random.default_rng(5)
    area, period = np.repeat(np.arange(600), 12), np.tile(np.arange(12), 600)
    x, y = rng.normal(size=len(area)), rng.poisson(np.exp(rng.normal(0, 1, 600))[area])
    exact = fit_poisson(y, x, area=area, period=period)
    monkeypatch.setattr(poisson, "EXACT_AREAS", 10)
    step = fit_poisson(y, x, area=area, period=period)
    assert step.se_jackknife == pytest.approx(exact.se_jackknife, rel=1e-5)


def test_permutations_are_the_refits_and_quick():
    y, x, area, period = prototype()
    fit = fit_poisson(y, x, area=area, period=period)
    orders = permuted_orders(39, None, 99, 4)
    refits = [fit_poisson(y, x.reshape(39, 24)[o].ravel(), area=area, period=period) for o in orders]
    as_far = sum(abs(r.beta / r.se_cr0) >= abs(fit.beta / fit.se_cr0) for r in refits)
    assert fit.permutation(n=99, seed=4) == (1 + as_far) / 100
    begin = time.process_time()
    p = fit.permutation(n=999, seed=1)
    assert time.process_time() - begin < 4  # half of it on a machine that does nothing else
    assert 0.02 < p < 0.12


def test_histories_are_exchanged_within_strata():
    orders = permuted_orders(6, np.array(["a", "b", "a", "b", "a", "b"]), 200, 1)
    assert (np.sort(orders, axis=1) == np.arange(6)).all()
    assert (orders[:, [0, 2, 4]] % 2 == 0).all() and (orders[:, [1, 3, 5]] % 2 == 1).all()
    assert len({tuple(o) for o in orders.tolist()}) > 30
    with pytest.raises(ParameterError, match="An area has no stratum"):
        permuted_orders(3, np.array([None, "a", "a"], dtype=object), 99, 1)
    with pytest.raises(ParameterError, match="stratum of its own"):
        permuted_orders(3, np.array(["a", "b", "c"]), 99, 1)


def test_weights_are_repetitions():
    """An area with weight 2 is two areas alike, and weight 0 takes it out."""
    rng = np.random.default_rng(7)
    area, period = np.repeat(np.arange(6), 5), np.tile(np.arange(5), 6)
    x, y = rng.normal(size=30), rng.poisson(4, 30)
    weights = np.where(area == 2, 2.0, np.where(area == 4, 0.0, 1.0))
    twice, gone = area == 2, area != 4
    again = [np.r_[v[gone], v[twice]] for v in (y, x, area, period)]
    again[2][-5:] = 9
    one = fit_poisson(y, x, area=area, period=period, weights=weights)
    other = fit_poisson(*again[:2], area=again[2], period=again[3])
    assert one.beta == pytest.approx(other.beta, abs=1e-8)
    assert one.fitted[gone] == pytest.approx(other.fitted[:25], abs=1e-6)
    assert 4 not in one.areas and one.dropped.areas == ()
    same = fit_poisson(y, x, area=area, period=period, weights=weights, weights_without=lambda _: weights)
    assert same.beta_without == pytest.approx(one.beta_without, abs=1e-9)
    p = one.permutation(n=99, reweigh=lambda order: np.array([1.0, 1.0, 2.0, 1.0, 1.0])[: len(order)])
    assert p == one.permutation(n=99)


def test_weights_of_a_panel_with_holes_can_be_estimated_anew():
    rng = np.random.default_rng(9)
    rows = rng.permutation(60)[:50]
    area, period = rows // 6, rows % 6
    x, y, weights = rng.normal(size=50), rng.poisson(4, 50), 0.5 + (area % 3)
    fit = fit_poisson(
        y, x, area=area, period=period, weights=weights, weights_without=lambda a: np.where(area > a, 1.0, weights)
    )
    for k in (0, 4, 9):
        left, w = area != k, np.where(area > k, 1.0, weights)
        again = fit_poisson(y[left], x[left], area=area[left], period=period[left], weights=w[left])
        assert fit.beta_without[list(fit.areas).index(k)] == pytest.approx(again.beta, abs=1e-8)
    assert 0 < fit.permutation(n=99, reweigh=lambda order: 0.5 + order % 3) <= 1


def test_estimates_follow_the_shape_of_x():
    y, x, area, period = prototype()
    two = fit_poisson(y, np.column_stack([x, np.sin(area * period)]), area=area, period=period)
    assert two.beta.shape == two.se_jackknife.shape == two.low.shape == two.p.shape == (2,)
    assert two.permutation(n=99).shape == (2,) and two.beta_without.shape == (39, 2)
    one = fit_poisson(y, x[:, None], area=area, period=period)
    assert one.beta.shape == (1,)
    assert isinstance(fit_poisson(y, x, area=area, period=period).beta, float)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.integers(0, 5))
def test_units_order_and_names_change_nothing(seed, scale, shift):
    rng = np.random.default_rng(seed)
    area, period = np.repeat(np.arange(7), 6), np.tile(np.arange(6), 7)
    x, y = rng.normal(size=42), rng.poisson(6, 42)
    fit = fit_poisson(y, x, area=area, period=period)
    order = rng.permutation(42)
    names = np.array([f"area {9 - a}" for a in area])
    other = fit_poisson(y[order], (x * scale + shift + area)[order], area=names[order], period=period[order])
    assert other.beta * scale == pytest.approx(fit.beta, abs=1e-7)
    assert (other.p, other.dispersion) == (pytest.approx(fit.p, abs=1e-6), pytest.approx(fit.dispersion, abs=1e-6))


# --- what is left out, and what is refused ----------------------------------------------------------------------------


def test_areas_and_periods_without_events_are_left_out_and_named():
    y, x, area, period = prototype()
    y = np.where((area == 5) | (period == 3), 0, y)
    fit = fit_poisson(y, x, area=area, period=period)
    assert fit.dropped == ((5,), (3,)) and len(fit.areas) == 38 and len(fit.periods) == 23
    part = (area != 5) & (period != 3)
    assert fit.beta == pytest.approx(fit_poisson(y[part], x[part], area=area[part], period=period[part]).beta, abs=1e-9)
    assert (np.isnan(fit.fitted) == ~part).all()


def test_areas_and_periods_seen_once_count_for_no_degrees_of_freedom():
    """A hundred areas seen in one period each say nothing of beta; nor does a period that only one of the others has."""
    y, x, area, period = prototype()
    fit = fit_poisson(y, x, area=area, period=period)
    more = np.arange(100, 200)
    odd = fit_poisson(
        np.r_[y, np.full(100, 7), 5],
        np.r_[x, np.zeros(101)],
        area=np.r_[area, more, 0],
        period=np.r_[period, more % 24, 99],
    )
    assert odd.dropped == (tuple(more), (99,)) and odd.degrees == fit.degrees == 38
    assert (odd.beta, odd.p) == (pytest.approx(fit.beta), pytest.approx(fit.p))


def test_tables_of_pandas_are_taken_as_they_are():
    y, x, area, period = prototype()
    fit = fit_poisson(y, x, area=area, period=period)
    table = pd.DataFrame(
        {
            "y": y,
            "x": x > 0,
            "area": area,
            "period": pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(period, unit="D"),
        }
    )
    table = table.astype({"y": "Int64", "area": "category"}).sample(frac=1, random_state=1)
    assert fit_poisson(table["y"], table["x"], area=table["area"], period=table["period"]).beta == pytest.approx(
        fit.beta
    )
    mixed = np.array([a if a % 2 else f"A{a}" for a in area], dtype=object)
    assert fit_poisson(y, x, area=mixed, period=period).beta == pytest.approx(fit.beta)
    table["y"] = table["y"].mask(table["y"] > 60)
    for column in (table["y"], ["many"] * len(y)):
        with pytest.raises(DataRangeError, match="no numbers"):
            fit_poisson(column, table["x"], area=table["area"], period=table["period"])


def test_the_size_of_weights_changes_nothing():
    y, x, area, period = prototype()
    fit = fit_poisson(y, x, area=area, period=period)
    for size in (1e-6, 1e6):
        other = fit_poisson(y, x, area=area, period=period, weights=np.full(len(y), size))
        assert (other.beta, other.p, other.dispersion) == tuple(
            pytest.approx(v) for v in (fit.beta, fit.p, fit.dispersion)
        )


def test_a_figure_that_rests_on_one_area_has_no_interval():
    area, period = np.repeat(np.arange(5), 6), np.tile(np.arange(6), 5)
    y = np.random.default_rng(1).poisson(9, 30)
    fit = fit_poisson(y, ((area == 2) & (period > 2)).astype(float), area=area, period=period)
    assert fit.rests_on == (2,) and math.isnan(fit.se_jackknife) and math.isnan(fit.p)
    assert (fit.low, fit.high) == (-math.inf, math.inf) and math.isfinite(fit.se_cr1)


def test_parts_of_a_panel_that_never_meet_are_no_hindrance():
    rng = np.random.default_rng(2)
    area, period = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    period = np.where(area < 3, period, period + 10)
    x, y = rng.normal(size=24), rng.poisson(5, 24)
    fit = fit_poisson(y, x, area=area, period=period)
    assert fit.beta == pytest.approx(
        dummies(y, x, area, np.where(period < 10, period, period - 10) + 100 * (period >= 10))[0][0], abs=1e-6
    )


GRID = dict(area=[1, 1, 1, 2, 2, 2, 3, 3, 3], period=[1, 2, 3] * 3)
Y, X = [4, 5, 6, 3, 3, 2, 5, 4, 6], [0, 0, 1, 0, 1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    "change, error, words",
    [
        (dict(x=[1, 1, 1, 0, 0, 0, 2, 2, 2]), EstimateError, "does not vary within areas"),
        (dict(x=[0, 0, 1] * 3), EstimateError, "does not vary within areas"),
        (dict(x=[0, 0, 0] * 3), EstimateError, "does not vary within areas"),
        (dict(x=np.column_stack([X, np.array(X) * 2 + 1])), EstimateError, "say the same"),
        (dict(x=np.column_stack([X, np.ones(9)])), EstimateError, "regressor 2 of 2"),
        (dict(y=[4, 5, 0, 3, 0, 0, 5, 4, 6]), EstimateError, "separated"),
        (dict(y=[0] * 9), EstimateError, "0 areas and 0 periods have events"),
        (dict(y=[4, 5, 6, 0, 0, 0, 0, 0, 0]), EstimateError, "0 areas"),
        (dict(area=[1] * 9, period=range(9)), EstimateError, "Of 1 area and 9 periods"),
        (dict(area=range(9), period=[1] * 9), EstimateError, "Of 9 areas and 1 period, 0 areas"),
        (dict(y=[], x=[], area=[], period=[]), EstimateError, "no rows"),
        (dict(y=np.ones((9, 1))), DataRangeError, r"y has the shape \(9, 1\)"),
        (dict(x=np.ones((9, 1, 1))), DataRangeError, "x has the shape"),
        (dict(x=np.empty((9, 0))), DataRangeError, "no column"),
        (dict(offset=3.0), DataRangeError, "offset has the shape"),
        (dict(area="Northgate"), DataRangeError, "area is no column of labels"),
        (dict(period=np.ones((9, 1))), DataRangeError, "period is no column of labels"),
        (dict(y=[4, 5, -6, 3, 3, 2, 5, 4, 6]), DataRangeError, "−6 in row 3"),
        (dict(y=[4, 5, math.nan, 3, 3, 2, 5, 4, 6]), DataRangeError, "no numbers"),
        (dict(x=[0, 0, math.inf, 0, 1, 1, 0, 0, 0]), DataRangeError, "x has 1 values"),
        (dict(offset=np.log(np.r_[np.ones(8), 0.5]) - np.r_[np.zeros(8), np.inf]), DataRangeError, "offset"),
        (dict(weights=[-1] * 9), DataRangeError, "weights"),
        (dict(x=[0, 1]), DataRangeError, "x has 2 rows"),
        (dict(area=[1, 1, 1, 1, 2, 2, 3, 3, 3]), DataRangeError, "more than one row"),
        (dict(area=[None, 1, 1, 2, 2, 2, 3, 3, 3]), DataRangeError, "area does not name"),
        (dict(level=1.0), ParameterError, "level"),
    ],
)
def test_what_cannot_be_known_is_refused_in_words(change, error, words):
    with pytest.raises(error, match=words) as found:
        fit_poisson(**{"y": Y, "x": X, **GRID, **change})
    assert found.value.remedy


# --- how reliable a measured exposure is ------------------------------------------------------------------------------


def test_the_reliability_of_an_exposure_after_demeaning():
    """A balanced panel of equal counts: 1 − error variance × (1 − 1/A)(1 − 1/P) / variance left, by hand."""
    rng = np.random.default_rng(1)
    area, period = np.repeat(np.arange(10), 8), np.tile(np.arange(8), 10)
    x = rng.normal(size=80) + 3 * area
    fit = fit_poisson(np.full(80, 5) + (np.arange(80) == 0) * 1e-3, x, area=area, period=period)
    cells = x.reshape(10, 8)
    rest = cells - cells.mean(1, keepdims=True) - cells.mean(0) + cells.mean()
    by_hand = 1 - 0.2 * 80 * (9 / 10) * (7 / 8) / (rest**2).sum()
    assert fit.reliability(np.full(80, 0.2)) == pytest.approx(by_hand, abs=1e-4)
    assert fit.reliability(np.zeros(80)) == 1 and fit.reliability(np.full(80, 9.0)) == 0
    with pytest.raises(ParameterError):
        fit.reliability(np.full(80, -1.0))


def test_the_coefficient_shrinks_by_the_reliability():
    rng = np.random.default_rng(2)
    area, period = np.repeat(np.arange(200), 24), np.tile(np.arange(24), 200)
    true = rng.normal(0, 1, 4800) + rng.normal(0, 2, 200)[area]
    y = rng.poisson(np.exp(2 - 0.1 * true))
    seen = true + rng.normal(0, 0.7, 4800)
    fit = fit_poisson(y, seen, area=area, period=period)
    found = fit.reliability(np.full(4800, 0.49))
    assert found == pytest.approx(1 / 1.49, abs=0.02)
    assert fit.beta == pytest.approx(-0.1 * found, abs=0.01)


# --- how often it is right --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", long_after(1, WORLDS))
def test_the_interval_holds(name):
    """200 small panels of each world, seeds fixed once; `make bench JOB=evaluation` takes 2,000 of full size."""
    world = replace(WORLDS[name], areas=20, treated=10, periods=8, adopted=4)
    held = wrong = 0
    for seed in range(200):
        rows = panel(world, seed)
        fit = fit_poisson(rows["events"], rows["x"], area=rows["area"], period=rows["period"])
        held += fit.low <= world.beta <= fit.high
        wrong += fit.p < 0.05
    assert 0.90 <= held / 200 <= 0.99
    assert world.effect or wrong / 200 <= 0.10


def test_an_area_that_a_figure_leans_on_is_named_there_and_hardly_elsewhere():
    """Sixty worlds of areas alike, and sixty with a treated area of thirty times the crime whose own crime jumps."""
    alone, found = 0, 0
    for seed in range(60):
        rows = panel(World(periods=12, adopted=6), seed)
        columns = {"area": rows["area"], "period": rows["period"]}
        alone += fit_poisson(rows["events"], rows["x"], **columns).leans_on() != ""
        one = rows.loc[rows["treated"], "area"].iloc[0]
        large = np.where(rows["area"] == one, rows["events"] * 30 * (1 + rows["x"]), rows["events"])
        found += fit_poisson(large, rows["x"], **columns).leans_on() == one
    assert alone <= 6 and found >= 57


def test_a_permutation_p_is_a_fair_one():
    """Without effect, p under 0.05 in about five of a hundred."""
    world, low = World(areas=16, treated=8, periods=8, adopted=4), 0
    for seed in range(60):
        rows = panel(world, seed)
        fit = fit_poisson(rows["events"], rows["x"], area=rows["area"], period=rows["period"])
        low += fit.permutation(n=99, seed=seed) <= 0.05
    assert low <= 7


# --- counts that vary more than Poisson -------------------------------------------------------------------------------


def test_negative_binomial_beside():
    pytest.importorskip("statsmodels", reason="statsmodels is not installed")
    y, x, area, period = prototype()
    found = fit_negative_binomial(y, x, area=area, period=period)
    assert found.beta == pytest.approx(-0.1, abs=0.03) and 0.02 < found.alpha < 0.08
    assert found.se == pytest.approx(0.048, abs=0.006)


def test_negative_binomial_without_statsmodels_says_so(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "statsmodels", None)
    monkeypatch.setitem(sys.modules, "statsmodels.api", None)
    y, x, area, period = prototype()
    with pytest.raises(EstimateError, match="statsmodels"):
        fit_negative_binomial(y, x, area=area, period=period)

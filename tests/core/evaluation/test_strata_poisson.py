"""Counts conditioned on their stratum's sum: by hand, against statsmodels, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import DataRangeError, EstimateError, ParameterError
from ia_plugin.core.evaluation import strata_poisson
from ia_plugin.core.evaluation.results import from_fit
from ia_plugin.core.evaluation.strata_poisson import fit_in_strata


def counts(seed=1, strata=60, size=4, areas=6, beta=(0.3, -0.2)):
    """Strata of some rows, in turn in the areas, with lasting levels of their own."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(strata * size, len(beta)))
    stratum = np.repeat(np.arange(strata), size)
    level = rng.normal(-0.5, 1, strata)[stratum]
    return rng.poisson(np.exp(level + x @ np.array(beta))), x, stratum, stratum % areas


def test_one_event_a_stratum_by_hand():
    """Ten strata of two rows: in seven the event lies where x is 1, in three where it is 0: 7 to 3."""
    y = [1, 0] * 7 + [0, 1] * 3
    fit = fit_in_strata(y, [1, 0] * 10, stratum=np.repeat(np.arange(10), 2), area=np.repeat([0, 1] * 5, 2))
    assert fit.beta[0] == pytest.approx(math.log(7 / 3))
    assert (fit.strata, fit.events, fit.degrees) == (10, 10, 1)


def test_a_longer_time_is_no_higher_rate():
    """Twice the events in twice the time."""
    args = dict(stratum=[1, 1, 2, 2, 3, 3], area=[1, 1, 1, 1, 2, 2])
    fit = fit_in_strata([8, 4, 2, 1, 6, 3], [1, 0] * 3, offset=np.log([2, 1] * 3), **args)
    assert fit.beta[0] == pytest.approx(0, abs=1e-9)


def test_it_is_the_fit_with_a_column_for_each_stratum():
    sm = pytest.importorskip("statsmodels.api", reason="statsmodels, the oracle, is not installed")
    for seed in range(5):
        y, x, stratum, area = counts(seed)
        own = np.unique(stratum[y > 0])
        keep = np.isin(stratum, own)
        columns = np.column_stack([x, *(stratum == s for s in own)]).astype(float)[keep]
        found = sm.GLM(y[keep], columns, family=sm.families.Poisson()).fit(
            tol=1e-12, cov_type="cluster", cov_kwds={"groups": area[keep], "use_correction": False}
        )
        fit = fit_in_strata(y, x, stratum=stratum, area=area)
        assert fit.beta == pytest.approx(found.params[:2], abs=1e-7)
        assert fit.se_cr0 == pytest.approx(found.bse[:2], rel=1e-5)


def test_the_jackknife_leaves_out_areas_to_the_end_or_by_one_step(monkeypatch):
    y, x, stratum, area = counts(3, strata=400, areas=20)
    whole = fit_in_strata(y, x, stratum=stratum, area=area)
    by_hand = [fit_in_strata(y[k], x[k], stratum=stratum[k], area=area[k]).beta for k in (area != a for a in range(20))]
    assert whole.beta_without == pytest.approx(np.array(by_hand), abs=1e-8)
    monkeypatch.setattr(strata_poisson, "MOST_WORK", 0)
    step = fit_in_strata(y, x, stratum=stratum, area=area)
    assert step.se_jackknife == pytest.approx(whole.se_jackknife, rel=0.01)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-5, 5))
def test_units_and_what_is_the_same_in_a_stratum_change_nothing(seed, unit, shift):
    y, x, stratum, area = counts(seed, beta=(0.2,))
    plain = fit_in_strata(y, x, stratum=stratum, area=area)
    moved = fit_in_strata(y, unit * x + shift * stratum[:, None], stratum=stratum, area=area)
    assert moved.beta * unit == pytest.approx(plain.beta, abs=1e-5)


def test_what_says_nothing_drops_out_and_is_named():
    """The stratum without an event, the one of a single row, and the area that has no others."""
    y, x = [1, 0, 0, 1, 0, 0, 3], [1, 0, 1, 0, 5, 9, 1]
    fit = fit_in_strata(y, x, stratum=[1, 1, 2, 2, 3, 3, 4], area=["a", "a", "b", "b", "c", "c", "c"])
    assert fit.dropped.areas == ("c",) and fit.strata == 2 and fit.beta[0] == pytest.approx(0, abs=1e-9)


def test_a_result_of_it_counts_strata_where_a_panel_counts_periods():
    y, x, stratum, area = counts(2, beta=(0.3,))
    fit = fit_in_strata(y, x, stratum=stratum, area=area)
    one = from_fit(fit, question="association", outcome="crimes", exposure="ten more minutes", per=2.0)
    assert one.estimate == pytest.approx(math.exp(2 * fit.beta[0])) and one.periods == fit.strata


@pytest.mark.parametrize(
    "change, kind, words",
    [
        (dict(y=[-1, 0, 1, 0]), DataRangeError, "below 0"),
        (dict(y=[np.nan, 0, 1, 0]), DataRangeError, "no numbers"),
        (dict(x=[1, 0, np.inf, 0]), DataRangeError, "no numbers"),
        (dict(x=[1, 0]), DataRangeError, "different lengths"),
        (dict(area=[1, 2, 2, 2]), DataRangeError, "two areas"),
        (dict(stratum=[1, 1, None, 2]), DataRangeError, "no stratum"),
        (dict(offset=[-np.inf, 0, 0, 0]), DataRangeError, "no length"),
        (dict(x=[1, 1, 2, 2]), EstimateError, "the same for all rows"),
        (dict(y=[0, 0, 0, 0]), EstimateError, "two are the least"),
        (dict(area=[1, 1, 1, 1]), EstimateError, "two are the least"),
        (dict(x=[1, 0, 1, 0]), EstimateError, "separated"),
        (dict(x=np.array([[1, 2], [0, 0], [0, 0], [1, 2]])), EstimateError, "say the same"),
        (dict(level=95), ParameterError, "no share"),
    ],
)
def test_what_is_refused(change, kind, words):
    args = dict(y=[1, 0, 1, 0], x=[1, 0, 0, 1], stratum=[1, 1, 2, 2], area=[1, 1, 2, 2])
    args.update(change)
    with pytest.raises(kind, match=words):
        fit_in_strata(args.pop("y"), args.pop("x"), **args)


def test_an_area_without_which_nothing_is_known_is_named():
    """Only area 1 has a row where x differs."""
    fit = fit_in_strata([2, 1, 1, 1], [1, 0, 1, 1], stratum=[1, 1, 2, 2], area=[1, 1, 2, 2])
    assert fit.rests_on == (1,) and math.isnan(fit.se_jackknife[0])

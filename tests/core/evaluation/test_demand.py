"""Calls for service and recorded crime: the oracle, coverage under shared shocks, pairs told twice, and bad days."""

import json
import math

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import EstimateError, ParameterError
from ia_plugin.core.evaluation.correlation import (
    across_areas,
    pearson_and_spearman,
    slope_within,
    what_is_left,
    within_areas,
)
from ia_plugin.core.evaluation.demand import calls_crime, calls_crime_of, without_linked
from ia_plugin.core.evaluation.panel import build_panel
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.params import CallsCrimeParams, PanelParams
from tools.benches.call_worlds import over_areas_alone, series

MONTH = PanelParams(period="month", timezone="UTC")
QUICK = CallsCrimeParams(resamples=199)
ZEROS = np.zeros(36, dtype=np.int64)


def happened(kind, counts, **more):
    """Events of counts (areas, months) from January 2022 on, one an hour."""
    counts = np.asarray(counts)
    a, t = (v.ravel().repeat(counts.ravel()) for v in np.indices(counts.shape))
    month = pd.Timestamp("2022-01-01", tz="UTC") + pd.to_timedelta(0, "h")
    start = pd.DatetimeIndex([month + pd.DateOffset(months=int(m)) for m in range(counts.shape[1])])[t]
    start = start + pd.to_timedelta(7 * np.arange(len(a)) % 648, "h")
    table = pd.DataFrame(
        {"event_id": [f"{kind}{i}" for i in range(len(a))], "kind": kind, "category": "x", "key_type": None}
    )
    return table.assign(
        generated_by="public", start=start, end=start, time_precision="minute", x=2_000.0 * a + 500, y=500.0, **more
    )


def panel(calls, crimes, notes=None, more=None, residents=None):
    n = len(calls)
    ids = [f"a{i:02}" for i in range(n)]
    ground = [shapely.box(2_000 * i, 0, 2_000 * i + 1_000, 1_000) for i in range(n)]
    areas = pd.DataFrame({"area_id": ids, "name": [f"Area {i}" for i in range(n)], "role": "other", "geometry": ground})
    areas = areas if residents is None else areas.assign(residents=residents)
    table = pd.concat(
        [happened("incident", calls), happened("crime", crimes), *([more] if more is not None else [])],
        ignore_index=True,
    )
    return build_panel(areas, None, table, MONTH, notes=notes)


def drawn(n=12, m=36, seed=1, linked=0.7):
    rng = np.random.default_rng(seed)
    own = np.exp(linked * rng.normal(0, 0.35, (n, m)))
    level = rng.gamma(4, 0.25, n)[:, None]
    return rng.poisson(15 * level * own), rng.poisson(6 * level * own)


# --- to the digit -----------------------------------------------------------------------------------------------------


def test_the_oracle(shared):
    known = json.loads((shared / "oracles.json").read_text(encoding="utf-8"))["correlation"]
    found = pearson_and_spearman(known["calls"], known["crimes"])
    assert found == pytest.approx((0.975813, 0.898645), abs=5e-7)
    calls, crimes = (np.array(known[k], dtype=float)[:, None] for k in ("calls", "crimes"))
    assert across_areas(calls, crimes, np.ones(6), 199).estimate == pytest.approx(0.975813, abs=5e-7)


def test_draws_are_those_of_the_seed_whether_made_anew_or_kept():
    """Numpy's own, in this order: areas, then where blocks of three begin. Kept for the next correlation, they are the same."""
    from ia_plugin.core.evaluation import correlation

    rng = np.random.default_rng(7)
    of_areas = rng.multinomial(5, np.full(5, 0.2), 99)
    starts = rng.integers(0, 8, (99, 3))
    of_periods = np.zeros((99, 8))
    for i, row in enumerate(starts):
        for start in row:
            of_periods[i, [start, (start + 1) % 8, (start + 2) % 8]] += 1
    correlation.forget_draws()
    for _ in range(2):
        found = correlation._weights(5, 8, 99, 7, alone=False)
        assert np.array_equal(found[0], of_areas) and np.array_equal(found[1], of_periods)


def test_how_many_resamples_are_looked_at_at_once_changes_nothing(monkeypatch):
    from ia_plugin.core.evaluation import correlation

    calls, crimes = (v.astype(float) for v in drawn(n=12, m=36))
    calls[3, 5] = crimes[7, :4] = np.nan
    whole = across_areas(calls, crimes, np.linspace(1, 3, 12), 199)
    for n in (1, 7, 10_000):
        monkeypatch.setattr(correlation, "AT_ONCE", n)
        found = across_areas(calls, crimes, np.linspace(1, 3, 12), 199)
        assert [found.estimate, found.low, found.high, found.p] == pytest.approx(
            [whole.estimate, whole.low, whole.high, whole.p], rel=1e-12
        )


def test_areas_known_for_part_of_the_time_do_not_make_calls_and_crimes_go_together():
    """By hand: calls 1 to 6 and crimes 3, 1, 2, 2, 1, 3 a period have no correlation, nor have they where three areas are known in one period of four."""
    calls, crimes = (np.tile(np.array(v, dtype=float)[:, None], 4) for v in ([1, 2, 3, 4, 5, 6], [3, 1, 2, 2, 1, 3]))
    whole = across_areas(calls, crimes, np.ones(6), 199)
    for values in (calls, crimes):
        values[3:, :3] = np.nan
    assert whole.estimate == pytest.approx(0, abs=1e-12)
    assert across_areas(calls, crimes, np.ones(6), 199).estimate == pytest.approx(0, abs=1e-12)


def test_an_area_that_is_never_known_is_no_area_without_calls():
    rng = np.random.default_rng(3)
    calls, crimes = rng.poisson(20, (2, 8, 12)).astype(float)
    more = [np.vstack([v, np.full((3, 12), np.nan)]) for v in (calls, crimes)]
    assert across_areas(*more, np.ones(11), 199) == across_areas(calls, crimes, np.ones(8), 199)


def test_trend_and_season_are_taken_out():
    time = np.arange(36.0)
    season = np.tile(np.arange(12), 3)
    values = 5 + 0.3 * time[None] + np.sin(season / 12 * 2 * np.pi)[None] * np.ones((4, 1))
    assert np.abs(what_is_left(values, season, ZEROS)).max() < 0.25  # trend and season share a little
    assert np.abs(what_is_left(5 + 0.3 * time[None], ZEROS, ZEROS)).max() < 1e-9


def test_nothing_is_held_against_what_lies_beyond_a_break():
    """A jump of both at the break: over it they go together, on each side they do not."""
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(2, 20, 24))
    jump = np.where(np.arange(24) >= 12, 8.0, 0.0)
    cut = np.repeat([0, 1], 12)
    one, none = np.zeros(24, dtype=np.int64), np.zeros(24, dtype=np.int64)
    assert within_areas(x + jump, y + jump, 199).estimate > 0.8
    rest = [what_is_left(v + jump, none, cut) for v in (x, y)]
    assert abs(within_areas(*rest, 199, cut=cut).estimate) < 0.15
    assert abs(within_areas(*rest, 199, lag=3, cut=cut).estimate) < 0.15 and one.sum() == 0


def test_lags_find_what_comes_later():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(20, 40))
    y = np.roll(x, 2, axis=1) + 0.3 * rng.normal(size=(20, 40))
    found = {lag: within_areas(x, y, 99, lag=lag).estimate for lag in range(-3, 4)}
    assert max(found, key=found.get) == 2 and found[2] > 0.8


def test_the_interval_holds_under_shared_shocks():
    """100 panels: 0.95 in 2,000 of them; fewer than 85 in 100 would be seen once in ten thousand runs."""
    held = 0
    for seed in range(100):
        x, y, truth = series(seed)
        found = within_areas(x, y, 199)
        held += found.low <= truth <= found.high
    assert 85 <= held <= 100


def test_a_slope_is_crimes_by_calls():
    """Each crime takes two calls: a hundred calls more are fifty crimes more."""
    rng = np.random.default_rng(3)
    crimes = rng.normal(size=(20, 24))
    found = slope_within(2 * crimes, crimes, 199)
    assert found.estimate == pytest.approx(0.5)
    noisy = slope_within(2 * crimes + rng.normal(size=crimes.shape), crimes, 199)
    assert noisy.low < 2 / 5 < noisy.high and noisy.low > 0.3
    calls, made = drawn()
    table = calls_crime(panel(calls, made), QUICK)
    row = table[table["design"] == "slope within areas"].iloc[0]
    assert row["measure"] == "difference" and row["sentence"].startswith(
        "Exploratory: 100 more calls for service in an area went with more crimes"
    )


def test_areas_drawn_alone_are_too_sure_under_shared_shocks():
    """Half of the spread is of months that all areas share, and redrawing areas does not see it."""
    held = sum(
        low <= truth <= high for x, y, truth in map(series, range(60)) for low, high in [over_areas_alone(x, y, 199)]
    )
    assert held < 50


def test_what_one_area_makes_has_no_interval():
    """Eleven areas alike and one empty: r = 1 of that one alone, which a third of the resamples lack; those have no correlation."""
    alike = np.full((12, 24), 5.0)
    alike[0] = 0.0
    found = across_areas(alike, alike + 1.0, np.ones(12), 499)
    assert found.estimate == pytest.approx(1.0) and math.isnan(found.low) and math.isnan(found.p)
    rng = np.random.default_rng(6)
    some = np.where(np.arange(12)[:, None] == 0, 0.0, 5.0) + np.where(np.arange(24) == 3, 0.0, 0.0)
    nearly = across_areas(some, some * 2 + np.where(np.arange(12)[:, None] == 0, rng.random(24), 0.0), np.ones(12), 499)
    assert nearly.estimate > 0.99 and math.isnan(nearly.low)


def test_a_single_series_has_an_interval_from_sixty_periods_on():
    x, y, _ = series(1, areas=1, periods=59)
    assert math.isnan(within_areas(x, y, 199).low) and not math.isnan(within_areas(x, y, 199).estimate)
    x, y, _ = series(1, areas=1, periods=60)
    assert within_areas(x, y, 199).low < within_areas(x, y, 199).high


# --- results ----------------------------------------------------------------------------------------------------------


def test_across_and_within_with_what_the_public_reported_alone():
    calls, crimes = drawn()
    police = happened("crime", np.full((12, 36), 9), key_type="drugs").assign(
        generated_by="police", event_id=lambda t: "p" + t["event_id"]
    )
    alone, both = (calls_crime(panel(calls, crimes, more=m), QUICK) for m in (None, police))
    first = alone.iloc[0]
    assert first["outcome"] == "crimes per km² across areas" and first["exposure"] == "calls for service"
    totals = [v.sum(axis=1) for v in (calls, crimes)]
    assert first["estimate"] == pytest.approx(pearson_and_spearman(*totals)[0], abs=1e-3)
    assert alone["estimate"].iloc[1] > 0.2 and alone["low"].iloc[1] > 0
    assert list(both["estimate"]) == pytest.approx(list(alone["estimate"]), nan_ok=True)
    assert list(alone["primary"][:2]) == [True, True] and not alone["primary"][2:].any()
    assert not [s for s in alone["sentence"] if banned(s)]


def test_per_resident_where_all_are_known():
    calls, crimes = drawn()
    people = np.linspace(1_000, 12_000, 12)
    found = calls_crime(panel(calls, crimes, residents=people), QUICK)
    rates = [v.sum(axis=1) / people for v in (calls, crimes)]
    assert found["outcome"][0].startswith("crimes per 1,000 residents")
    assert found["estimate"][0] == pytest.approx(pearson_and_spearman(*rates)[0], abs=1e-3)


def test_pairs_of_one_reference_are_one_event():
    calls, crimes = drawn()
    table = pd.concat([happened("incident", calls), happened("crime", crimes)], ignore_index=True)
    some = table.index[table["kind"] == "crime"][:100]
    table.loc[some, "event_id"] = [f"incident{i}" for i in range(100)]
    left, linked = without_linked(table, "UTC")
    assert linked.became == 100 and linked.crimes == 100 and len(left) == len(table) - 200
    [text] = linked.sentences()
    assert text.startswith(f"Of {calls.sum():,} calls, 100 have the reference of a crime")
    assert "no pair is taken out" in without_linked(left, "UTC")[1].sentences()[0]


def test_a_system_change_in_the_middle_is_named_first_and_cuts_the_series():
    calls, crimes = drawn()
    note = pd.DataFrame({"from": [pd.Timestamp("2023-06-10", tz="UTC")], "to": [pd.Timestamp("2023-06-11", tz="UTC")],
                         "text": ["new command and control system"], "area_id": [None]})  # fmt: skip
    found = calls_crime_of(panel(calls, crimes, notes=note), QUICK)
    text = calls_crime(panel(calls, crimes, notes=note), QUICK)["sentence"][0]
    assert text.startswith("This comparison is cut by: new command and control system.")
    assert any("cut by notes of the whole force into 2 stretches" in n for n in found.notes)


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_calls_that_never_change_and_a_lag_longer_than_the_data():
    flat = np.full((6, 8), 5)
    found = calls_crime(panel(flat, flat), CallsCrimeParams(resamples=99, lags=12))
    assert found["estimate"].isna().all() and all(
        s.startswith(("Cannot tell", "Exploratory: cannot tell")) for s in found["sentence"]
    )


def test_one_area_and_few_months():
    calls, crimes = drawn(n=1, m=12)
    found = calls_crime(panel(calls, crimes), QUICK)
    assert found["low"].isna().all()


@pytest.mark.parametrize("calls, crimes, words", [(0, 1, "no calls"), (1, 0, "no crimes")])
def test_without_calls_or_crimes(calls, crimes, words):
    with pytest.raises(EstimateError, match=words):
        calls_crime(panel(np.full((5, 8), calls), np.full((5, 8), crimes)), QUICK)


def test_a_name_that_no_event_has():
    with pytest.raises(ParameterError, match="arson"):
        calls_crime(panel(*drawn()), CallsCrimeParams(crimes="arson", resamples=99))


def test_an_area_whose_size_is_not_known_has_no_rate():
    calls, crimes = drawn()
    made = panel(calls, crimes)
    made.cells.loc[made.cells["area_id"] == "a00", "km2"] = np.nan
    rest = [v[1:].sum(axis=1) for v in (calls, crimes)]
    assert calls_crime(made, QUICK)["estimate"][0] == pytest.approx(pearson_and_spearman(*rest)[0], abs=2e-3)

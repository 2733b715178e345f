"""The baseline: ratios checked by hand, intervals on worlds of known truth, and what stops a figure."""

import math
import tracemalloc
import warnings
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.columns import RATES, RESULTS
from ia_plugin.core.errors import AreaError, DataRangeError, EstimateError, ImpactAreaWarning, ParameterError
from ia_plugin.core.evaluation.baseline import baseline, baseline_of
from ia_plugin.core.evaluation.baseline_page import baseline_page
from ia_plugin.core.evaluation.matched_on import with_record
from ia_plugin.core.evaluation.matching import matching_of, with_weights
from ia_plugin.core.evaluation.panel import build_panel
from ia_plugin.core.evaluation.pooled import pooled_ratio
from ia_plugin.core.evaluation.rates import first_line, rates_table
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.params import BaselineParams, MatchParams, PanelParams
from tests.support.month_panels import crimes, every_hour, squares
from tools.benches.evaluation import panel_of_world
from tools.benches.worlds import FALLING_BACK, WORLDS, World, panel

IMPACT, COMPARISON = {"role": "impact"}, {"role": "comparison"}
JUNE = {"first": date(2024, 6, 1), "last": date(2024, 6, 30)}


def force(own=(1800.0,) * 5, other=(900.0,) * 5, **more):
    """June: impact areas I0… and comparison areas C0… of 1 km², with so many officer seconds in every hour of each."""
    named = {**{f"I{i}": IMPACT for i in range(len(own))}, **{f"C{i}": COMPARISON for i in range(len(other))}}
    areas = squares(**named)
    time = [every_hour(JUNE["first"], JUNE["last"], area=a, seconds=s, **more) for a, s in zip(named, (*own, *other))]
    parts = (("(impact)", sum(own)), ("(comparison)", sum(other)), ("(rest)", 7 * sum(own) + 7 * sum(other)))
    time += [every_hour(JUNE["first"], JUNE["last"], area=a, seconds=s, **more) for a, s in parts]
    return areas, pd.concat(time, ignore_index=True)


def june(*args, events=None, **more):
    areas, time = force(*args, **more)
    return build_panel(areas, time, events, **JUNE)


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_the_ratio_and_its_interval_by_hand():
    """Rates 4, 8 beside 3, 3: 6 / 3 = 2. Without the first 8 / 3, without the second 4 / 3: variance ½ (ln² 4⁄3 + ln² 2⁄3)."""
    found = pooled_ratio(np.array([4.0, 8.0, 3.0, 3.0]), np.ones(4), np.array([True, True, False, False]))
    se = math.sqrt((math.log(4 / 3) ** 2 + math.log(2 / 3) ** 2) / 2)
    assert found.estimate == pytest.approx(2.0) and found.se == pytest.approx(se) and found.degrees == 2
    assert found.high == pytest.approx(2 * math.exp(4.302653 * se), rel=1e-6)
    assert found.without.round(6).tolist() == [round(8 / 3, 6), round(4 / 3, 6), 2.0, 2.0]


def test_only_the_shared_error_is_added_by_role():
    """Areas all alike: nothing between them, so 3 % and 4 % of shared error are the whole standard error, 5 %."""
    found = pooled_ratio(np.ones(8), np.ones(8), np.arange(8) < 4, shared=(0.03, 0.04))
    assert found.se == pytest.approx(0.05) and pooled_ratio(np.ones(8), np.ones(8), np.arange(8) < 4).se == 0


def test_an_area_counts_by_its_weight():
    """Comparison rates 2 and 6, weights 3 and 1: (3·2 + 1·6) / 4 = 3."""
    found = pooled_ratio(
        np.array([6.0, 6.0, 2.0, 6.0]), np.ones(4), np.arange(4) < 2, weights=np.array([1.0, 1.0, 3.0, 1.0])
    )
    assert found.estimate == pytest.approx(2.0)


def test_hours_by_ground_and_the_first_line():
    """Half an hour in every hour of each impact area, a quarter in the others: twice as many; 1⁄8 of 2:1 is 8.3 %."""
    made = june()
    row = baseline(made).set_index("outcome").loc["officer hours per km²"]
    assert (
        row["estimate"] == pytest.approx(2.0)
        and row["areas"] == 10
        and row["primary"]
        and row["measure"] == "rate_ratio"
    )
    assert row["sentence"].startswith(
        "Impact Areas had more officer hours per km² than comparison areas: best estimate 2.0"
    )
    assert first_line(made) == "Impact Areas: 8.3 % of observed officer time."
    assert list(baseline(made).columns) == list(RESULTS.names)


def test_rates_by_hand():
    rates = rates_table(june()).set_index(["place", "split", "part", "outcome"])
    row = rates.loc[("(impact)", "all", "", "officer hours")]
    assert (row["amount"], row["per_day"], row["per_km2_day"]) == pytest.approx((1800.0, 60.0, 12.0))
    assert rates.loc[("I0", "all", "", "officer hours"), "per_day"] == pytest.approx(12.0)
    assert rates.loc[("(impact)", "mode", "vehicle", "officer hours"), "amount"] == pytest.approx(1800.0)
    assert list(rates_table(june()).columns) == list(RATES.names)


def test_rates_of_a_shift_are_of_a_day_and_of_its_hours():
    areas, time = force()
    made = build_panel(areas, time, None, PanelParams(period="shift"), first=date(2024, 6, 3), last=date(2024, 6, 9))
    rates = rates_table(made).set_index(["place", "split", "part"])
    everything = rates[rates["outcome"] == "officer hours"].loc[("(impact)", "all", "")]
    assert everything["per_km2_day"] == pytest.approx(12.0)
    early = rates[rates["outcome"] == "officer hours"].loc[("(impact)", "hours", "07:00–15:00")]
    assert early["per_km2_day"] == pytest.approx(4.0)


def test_hours_per_crime():
    at = [(500 + 2000 * i, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for i in range(10) for d in range(1, 31)]
    row = baseline(june(events=crimes(*at))).set_index("outcome")
    assert row.loc["officer hours per crime", "estimate"] == pytest.approx(2.0)
    assert row.loc["crimes per km²", "estimate"] == pytest.approx(1.0) and row.loc["crimes per km²", "events"] == 300


# --- weights ----------------------------------------------------------------------------------------------------------


def test_what_part_of_a_difference_goes_with_how_the_groups_are_made_up():
    """Comparison areas with 450 s and 1800 s: as they are 1.6 times, by weights of the latter alone no difference is left."""
    made = june(
        (1790.0, 1800.0, 1810.0, 1800.0, 1800.0),
        (440.0, 450.0, 460.0, 450.0, 450.0, 1800.0, 1790.0, 1810.0, 1800.0, 1800.0),
    )
    ids = made.cells["area_id"].unique()
    weights = pd.Series([1.0] * 5 + [0.0] * 5 + [1.0] * 5, index=sorted(ids, key=lambda a: (a[0] == "C", a)))
    found = baseline_of(made, weights)
    by_name = {r.outcome: r for r in found.results}
    assert by_name["officer hours per km²"].estimate == pytest.approx(1.6)
    assert by_name["officer hours per km² (weighted)"].estimate == pytest.approx(1.0)
    assert any(
        "100 % of the difference goes with the groups' make-up" in n or "none to explain" in n for n in found.notes
    )


def test_weights_that_were_fitted_are_fitted_anew_for_each_area_left_out():
    rng = np.random.default_rng(1)
    imd = np.r_[rng.normal(32, 5, 19), rng.normal(30, 5, 20)]
    made = june(tuple(60 * imd[:19]), tuple(60 * imd[19:]))
    areas = pd.DataFrame({"area_id": [*(f"I{i}" for i in range(19)), *(f"C{i}" for i in range(20))], "role": ["impact"] * 19 + ["comparison"] * 20, "imd": imd})  # fmt: skip
    matching = matching_of(areas, ["imd"])
    name = "officer hours per km² (weighted)"
    fitted = baseline(made, matching).set_index("outcome").loc[name]
    fixed = baseline(made, pd.Series(matching.weights, index=matching.areas)).set_index("outcome").loc[name]
    assert fitted["estimate"] == pytest.approx(1.0) == fixed["estimate"]
    assert fitted["high"] - fitted["low"] < 0.2 * (fixed["high"] - fixed["low"]), (
        "time is all deprivation: none is left"
    )
    table = with_record(with_weights(areas, matching), matching)
    again = baseline(made, table).set_index("outcome").loc[name]
    assert (again["low"], again["high"]) == pytest.approx((fitted["low"], fitted["high"]), rel=1e-6)
    for change in ({"imd": areas["imd"][::-1].to_numpy()}, {"matched_on": "by hand"}):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ImpactAreaWarning)
            stands = baseline(made, table.assign(**change)).set_index("outcome").loc[name]
        assert any("taken as they stand" in str(w.message) for w in caught)
        assert stands["high"] == pytest.approx(fixed["high"], rel=1e-6)


@pytest.mark.parametrize(
    "weights, match", [(-1.0, "below 0"), (0.0, "No impact area has a weight"), (np.inf, "no number")]
)
def test_weights_that_are_none(weights, match):
    with pytest.raises(DataRangeError, match=match):
        baseline(june(), pd.Series(weights, index=[f"{r}{i}" for r in "IC" for i in range(5)]))


def test_weights_may_be_a_mapping_by_area():
    by_id = {f"{r}{i}": 1.0 + i for r in "IC" for i in range(5)}
    pd.testing.assert_frame_equal(baseline(june(), by_id), baseline(june(), pd.Series(by_id)))


# --- worlds of known truth --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORLDS)
def test_the_interval_holds(name):
    """200 worlds of each, seeds fixed once; `make bench JOB=evaluation` takes 2,000."""
    world, held, wrong = WORLDS[name], 0, 0
    for seed in range(200):
        rows = panel(world, seed)
        events, treated = (rows[c].to_numpy().reshape(world.areas, world.periods) for c in ("events", "treated"))
        found = pooled_ratio(events[:, world.adopted :].sum(axis=1).astype(float), np.ones(world.areas), treated[:, 0])
        held += found.low <= 1 + world.effect <= found.high
        wrong += found.p < 0.05
    assert 0.90 <= held / 200 <= 0.99
    assert world.effect or wrong / 200 <= 0.10


def since_adoption(chosen, seed, **windows):
    world = replace(FALLING_BACK, chosen=chosen)
    made = panel_of_world(panel(world, seed), world.adopted)
    return next(r for r in baseline_of(made, params=BaselineParams(**windows)).results if r.outcome == "crimes")


@pytest.mark.long
def test_places_chosen_by_last_year_are_no_success():
    """Nothing has an effect. Chosen by the year before adoption, and nobody has said so: no figure. Otherwise a figure stands."""
    fault = [since_adoption("last", seed) for seed in range(40)]
    assert sum("looks_chosen" in r.caveats and r.withheld for r in fault) >= 38
    for chosen in ("", "earlier"):
        sound = [since_adoption(chosen, seed) for seed in range(40)]
        assert sum(r.withheld for r in sound) <= 4
        assert sum(not r.withheld and r.p < 0.05 for r in sound) <= 6


def test_the_time_that_scored_the_areas_is_never_before():
    known = since_adoption("last", 1, scored_from="2022-01-01", scored_to="2022-12-31")
    assert known.caveats[0] == "before_scored_areas" and known.withheld
    half = since_adoption("", 1, scored_from="2022-01-01", scored_to="2022-06-30")
    assert not half.withheld and half.periods == 18
    other = since_adoption("", 1, scored_from="2020-01-01", scored_to="2020-12-31")
    assert other.periods == 24 and "looks_chosen" not in other.caveats
    with pytest.raises(ParameterError, match="is no day"):
        since_adoption("", 1, scored_from="2022")


def test_the_time_that_areas_were_matched_on_is_no_before_either():
    rows = panel(World(), 1)
    made = panel_of_world(rows, 12)
    first = rows.groupby("area")["events"].apply(lambda e: float(e.iloc[:6].sum()))
    areas = made.cells.drop_duplicates("area_id")[["area_id", "name", "role"]]
    areas = areas.assign(crime=areas["area_id"].map(first))

    def change(last):
        days = {"scored_from": "2020-01-01", "scored_to": "2020-12-31", "prior_from": "2022-01-01", "prior_to": last}
        params = MatchParams(tolerance=0.2, **days)
        table = with_record(with_weights(areas, found := matching_of(areas, ["crime"], params)), found)
        own = {r.outcome: r for r in baseline_of(made, found).results}["crimes"]
        assert {r.outcome: r for r in baseline_of(made, table).results}["crimes"].estimate == pytest.approx(
            own.estimate, nan_ok=True
        )
        return own

    assert change("2022-06-30").periods == 18
    assert change("2022-12-31").withheld and "matched on" in change("2022-12-31").facts.not_compared


def test_no_data_of_before_adoption_is_a_result():
    areas, time = force()
    areas["adopted_on"] = [date(2024, 5, 1) if r == "impact" else None for r in areas["role"]]
    at = [(500 + 2000 * i, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for i in range(10) for d in range(1, 31)]
    found = baseline(build_panel(areas, time, crimes(*at), **JUNE)).set_index("outcome").loc["crimes"]
    assert "There are no data from before adoption" in found["sentence"] and math.isnan(found["estimate"])


# --- what stops a figure ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "own, other, match",
    [
        ((1800.0,), (900.0,) * 6, "1 area of role impact; 5 are the least"),
        ((1800.0,) * 5, (900.0,) * 4, "4 areas of role comparison; 5 are the least"),
        ((1800.0,) * 5, (1.0,) * 5, "under 10 h in all comparison areas"),
        ((0.0,) * 5, (900.0,) * 5, "under 10 h in all impact areas"),
    ],
)
def test_too_little_to_compare(own, other, match):
    row = baseline(june(own, other)).set_index("outcome").loc["officer hours per km²"]
    assert match in row["sentence"] and "annot tell" in row["sentence"] and math.isnan(row["estimate"])


def test_one_area_is_told_where_it_stands_among_the_comparison_areas():
    notes = baseline_of(june((3000.0,), (900.0,) * 6)).notes
    assert "Officer hours per km²: more than most of the comparison areas (6 of 6)." in notes


def test_a_group_without_a_crime_has_no_ratio():
    at = [
        (500 + 2000 * i, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for i in range(5, 10) for d in range(1, 31)
    ]
    row = baseline(june(events=crimes(*at))).set_index("outcome")
    assert "No such events were recorded in any impact area" in row.loc["crimes per km²", "sentence"]
    assert row.loc["officer hours per km²", "estimate"] == pytest.approx(2.0)


def test_an_area_without_crime_is_one_like_the_others():
    at = [
        (500 + 2000 * i, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for i in range(1, 10) for d in range(1, 31)
    ]
    row = baseline(june(events=crimes(*at))).set_index("outcome").loc["crimes per km²"]
    assert row["estimate"] == pytest.approx(0.8) and row["areas"] == 10


def test_no_role_and_no_data_are_said():
    areas, time = force()
    with pytest.raises(AreaError, match="no areas of role comparison"):
        baseline(build_panel(areas.assign(role="impact"), time, **JUNE))
    with pytest.raises(EstimateError, match="No month is covered by data to 90 %"):
        baseline(build_panel(areas, time[time["period"] < "2024-06-05"], **JUNE))


def test_all_zero_is_said():
    row = baseline(june((0.0,) * 5, (0.0,) * 5)).set_index("outcome").loc["officer hours per km²"]
    assert row["sentence"].startswith("Cannot tell") and math.isnan(row["estimate"])


def test_ten_thousand_areas():
    rng = np.random.default_rng(1)
    found = pooled_ratio(rng.poisson(20, 10_000).astype(float), np.ones(10_000), np.arange(10_000) < 300)
    assert found.low < 1 < found.high


# --- who may see what -------------------------------------------------------------------------------------------------


def split_force():
    """Two units of which one has two officers."""
    areas, many = force(unit="North")
    _, few = force((60.0,) * 5, (60.0,) * 5, unit="Dogs")
    return build_panel(areas, pd.concat([many, few], ignore_index=True), None, **JUNE)


def test_groups_of_few_officers_are_one_for_a_board():
    made = split_force()
    officers = {
        "unit": pd.DataFrame(
            {"area_id": ["(impact)"] * 2 + ["(comparison)"] * 2, "value": ["North", "Dogs"] * 2, "officers": [9, 2] * 2}
        )
    }

    def units(audience, known):
        rates = rates_table(made, audience, known)
        return set(rates.loc[rates["split"] == "unit", "part"])

    assert units("restricted", None) == {"North", "Dogs"}
    assert units("board", officers) == {"other"}
    assert units("board", None) == set() == units("public", officers), "nobody knows how many officers they have"


def test_the_public_sees_rounded_amounts_of_roles_alone():
    rates = rates_table(june((1801.0,) * 5), "public")
    assert set(rates["place"]) == {"(impact)", "(comparison)"} and set(rates["split"]) == {"all"}
    assert (rates["amount"] % 5 == 0).all()


def test_the_public_sees_events_by_kind_and_rounded():
    at = [(500 + 2000 * i, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for i in range(10) for d in range(1, 31)]
    made = june(events=crimes(*at[:-1]))
    seen = {a: {r.outcome: r for r in baseline_of(made, audience=a).results} for a in ("board", "public")}
    assert "crimes of burglary per km²" in seen["board"] and not any(" of burglary" in o for o in seen["public"])
    assert seen["board"]["crimes per km²"].events == 299 and seen["public"]["crimes per km²"].events == 300


def test_the_page_says_the_share_first_and_no_banned_word():
    pytest.importorskip("matplotlib", reason="the page's charts need matplotlib")
    at = [(500 + 2000 * i, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for i in range(10) for d in range(1, 31)]
    areas, time = force()
    made = build_panel(
        areas, time, crimes(*at), PanelParams(period="week"), first=date(2024, 6, 3), last=date(2024, 6, 30)
    )
    page = baseline_page(baseline_of(made), made, rates_table(made), about=made.days_in_words())
    text = words_of(page)
    assert text.index("of observed officer time") < text.index("Impact Areas had more officer hours per km²")
    assert "3 June 2024 to 30 June 2024, by week" in text and "smallest ratios that these data could have shown" in text
    assert page.count("data:image/png") == 3 and banned(text) == []


def words_of(page):
    import re

    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>|data:image[^\"]+", " ", page, flags=re.S))
    )


def test_a_public_ratio_is_that_of_the_rounded_sums_and_tells_no_count():
    """Whichever counts round to the same sums, the public's ratio is the same: to its last digit it cannot tell them apart."""

    def seen(own, other):
        many = [own // 5 + (i < own % 5) for i in range(5)] + [other // 5 + (i < other % 5) for i in range(5)]
        days = [f"2024-06-{1 + (7 * k + i) % 30:02}T12:00Z" for i, n in enumerate(many) for k in range(n)]
        at = [(500 + 2000 * i, d, d) for i, d in zip(np.repeat(range(10), many), days)]
        at += [
            (50_000, f"2024-06-{d:02}T12:00Z", f"2024-06-{d:02}T12:00Z") for d in range(1, 31)
        ]  # elsewhere, for the days they tell of
        found = {r.outcome: r for r in baseline_of(june(events=crimes(*at)), audience="public").results}[
            "crimes per km²"
        ]
        return found.estimate, found.p

    known = [seen(own, other)[0] for own, other in ((23, 38), (24, 41), (27, 42), (25, 40))]
    assert known == pytest.approx([25 / 40] * 4, abs=0) and all(
        p == round(p, 2) for _, p in (seen(23, 38), seen(60, 20))
    )


def test_each_area_left_out_is_a_ratio_anew():
    """From sums less each area's own; where nothing is left there is no ratio, and no rounding error that looks like one."""
    rng = np.random.default_rng(7)
    amount, ground = rng.poisson(0.7, 40) * 0.1, rng.gamma(2, 1, 40)
    impact, weights = np.arange(40) < 15, np.where(rng.random(40) < 0.2, 0.0, rng.random(40))
    found = pooled_ratio(amount, ground, impact, weights=weights)

    def ratio(w):
        own, other = ((w * g * amount).sum() / (w * g * ground).sum() for g in (impact, ~impact))
        return own / other

    anew = [ratio(np.where(np.arange(40) == i, 0.0, weights)) for i in range(40)]
    assert found.without == pytest.approx(anew) and found.estimate == pytest.approx(ratio(weights))
    lone = pooled_ratio(np.array([0.1, 0.0, 0.0, 0.3, 0.7]), np.ones(5), np.arange(5) < 3)
    assert lone.rests_on == (0,) and math.isnan(lone.low)


def test_ten_thousand_areas_need_no_table_of_areas_by_areas():
    rng = np.random.default_rng(8)
    tracemalloc.start()
    found = pooled_ratio(rng.poisson(5, 10_000) + 0.0, np.ones(10_000), np.arange(10_000) < 200)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6 and found.low < 1 < found.high

"""Presence and crime in a panel: by hand, what the lead test and the order of events withhold, and bad days."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import EstimateError, ParameterError
from ia_plugin.core.evaluation.asked_events import asked_events
from ia_plugin.core.evaluation.association import moran_in_words, presence_crime, presence_crime_of
from ia_plugin.core.evaluation.association_page import association_page
from ia_plugin.core.evaluation.case_crossover import Follows
from ia_plugin.core.evaluation.panel import build_panel
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.evaluation.spatial import morans_i
from ia_plugin.core.params import PanelParams, PresenceCrimeParams

DAY = PanelParams(period="day", timezone="UTC")
QUICK = PresenceCrimeParams(permutations=0, lags=0, per_hours=1)
START = pd.Timestamp("2024-06-03", tz="UTC")


def panel(hours, crimes, **more):
    """A panel by day of hours (areas, days) and crimes (areas, days), each hour of a day alike; more as columns of the events."""
    hours, crimes = np.asarray(hours, dtype=float), np.asarray(crimes, dtype=int)
    n, m = hours.shape
    ids = [f"a{i:02}" for i in range(n)]
    ground = [shapely.box(2_000 * i, 0, 2_000 * i + 1_000, 1_000) for i in range(n)]
    areas = pd.DataFrame(
        {"area_id": ids, "name": [f"Area {i:02}" for i in range(n)], "role": "impact", "geometry": ground}
    )
    area, day, hour = (a.ravel() for a in np.indices((n, m, 24)))
    time = pd.DataFrame({"area_id": np.array(ids)[area], "period": START + pd.to_timedelta(24 * day + hour, unit="h")})
    time = time.assign(activity="on_foot", officer_seconds=hours[area, day] * 150.0)
    a, d = (v.ravel().repeat(crimes.ravel()) for v in np.indices(crimes.shape))
    events = pd.DataFrame(
        {"event_id": [f"e{i}" for i in range(len(a))], "kind": "crime", "category": "Burglary", "key_type": "burglary"}
    )
    start = START + pd.to_timedelta(24 * d + 12, unit="h")
    events = events.assign(
        generated_by="public", start=start, end=start, time_precision="minute", x=2_000.0 * a + 500, y=500.0
    )
    return build_panel(areas, time, events.assign(**more), DAY)


def drawn(n=20, m=40, beta=0.0, seed=1):
    rng = np.random.default_rng(seed)
    hours = rng.gamma(2.0, 1.0, (n, m)) * rng.gamma(3.0, 0.3, n)[:, None]
    return hours, rng.poisson(1.5 * rng.gamma(4, 0.25, n)[:, None] * np.exp(beta * hours))


# --- to the digit -----------------------------------------------------------------------------------------------------


def test_two_areas_two_days_by_hand():
    """An hour more, and crimes 8 to 6 where the other area's went 4 to 12: (6/8) / (12/4) = 0.25, which two areas give no interval."""
    found = presence_crime(panel([[0, 1], [0, 0]], [[8, 6], [4, 12]]), QUICK).iloc[0]
    assert found["estimate"] != found["estimate"] and "rests_on_one_area" in found["caveats"]
    one = presence_crime_of(panel([[0, 1], [0, 0]], [[8, 6], [4, 12]]), QUICK).results[0]
    assert one.estimate == pytest.approx(0.25, abs=1e-6)


def test_the_interval_holds_the_truth_and_the_unit_is_told():
    hours, crimes = drawn(beta=-0.2, seed=5)
    found = presence_crime(panel(hours, crimes), PresenceCrimeParams(permutations=0, lags=0, per_hours=2)).iloc[0]
    assert found["low"] < math.exp(-0.4) < found["high"] < 1
    assert found["exposure"] == "2 more officer hours in a day" and found["sentence"].startswith(
        "2 more officer hours in a day went with fewer"
    )


def test_a_usual_change_is_a_round_number_near_the_spread():
    hours, crimes = drawn()
    rest = hours - hours.mean(axis=0) - hours.mean(axis=1, keepdims=True) + hours.mean()
    assert 2 / 2**0.5 < rest.std() < 2 * 2**0.5  # nearer to two than to one or five, by ratio
    found = presence_crime(panel(hours, crimes), PresenceCrimeParams(permutations=0, lags=0))
    assert found["exposure"][0] == "2 more officer hours in a day"


def test_presence_before_is_told_by_periods_and_together():
    hours, crimes = drawn(m=60)
    before = np.roll(hours, 2, axis=1)
    crimes = np.random.default_rng(3).poisson(2 * np.exp(-0.3 * before))
    found = presence_crime(panel(hours, crimes), PresenceCrimeParams(permutations=0, lags=3, per_hours=1))
    lags = found[found["design"].str.endswith("earlier presence")].set_index("exposure")
    second = lags.loc["1 more officer hour in a day, 2 days before"]
    assert second["low"] < math.exp(-0.3) < second["high"] < 0.85 and len(lags) == 3
    assert not lags["primary"].any()


# --- what is withheld -------------------------------------------------------------------------------------------------


def test_presence_that_follows_crime_a_day_later_says_nothing():
    """Officers are sent where crime was the day before: presence *after* explains crime, and no figure is given."""
    rng = np.random.default_rng(2)
    crimes = rng.poisson(3, (20, 40))
    hours = rng.gamma(2, 1, (20, 40)) + np.c_[np.zeros((20, 1)), crimes[:, :-1]]
    found = presence_crime(panel(hours, crimes), QUICK).iloc[0]
    assert "placebo" in found["caveats"] and math.isnan(found["estimate"])
    assert found["sentence"].startswith("Cannot tell whether")


def test_officers_who_come_within_the_hour_say_nothing_of_the_same_day():
    hours, crimes = drawn()
    follows = {"crimes": Follows(1.3, 1.2, 1.4, 0.0001)}
    found = presence_crime_of(
        panel(hours, crimes), PresenceCrimeParams(permutations=0, lags=2), follows=follows
    ).results
    assert found[0].withheld and "order_unknown" in found[0].caveats
    assert not found[-1].withheld and "follows_events" in found[-1].caveats  # presence of earlier days


def test_measured_presence_that_is_mostly_error_is_withheld():
    hours, crimes = drawn()
    made = panel(hours, crimes)
    made.cells["officer_hours_variance"] = 0.6 * hours.var(axis=1).mean()
    found = presence_crime_of(made, QUICK).results[0]
    assert 0.2 < found.reliability < 0.7 and "unreliable_exposure" in found.caveats


def test_what_officers_record_stands_apart():
    hours, crimes = drawn()
    by = {"generated_by": np.where(np.arange(crimes.sum()) % 3, "public", "police")}
    found = presence_crime(panel(hours, crimes, **by), QUICK)
    assert list(found["outcome"]) == ["crimes", "crimes that officers themselves recorded"]
    assert list(found["primary"]) == [True, False] and "police_generated" in found["caveats"][1]
    assert found["events"].sum() == crimes.sum()


def test_three_are_declared_and_the_rest_exploratory():
    hours, crimes = drawn()
    kinds = np.array(["burglary", "robbery", "theft", "arson"])[np.arange(crimes.sum()) % 4]
    made = panel(hours, crimes, key_type=kinds)
    found = presence_crime(made, PresenceCrimeParams("theft, arson,Robbery , burglary", permutations=0, lags=0))
    assert list(found["primary"]) == [True, True, True, False] and found["outcome"][0] == "crimes of theft"
    with pytest.raises(ParameterError, match="'murder'"):
        presence_crime(made, PresenceCrimeParams("murder"))


def test_each_area_left_out_and_what_neighbours_share():
    hours, crimes = drawn()
    crimes[0] *= 40
    places = {f"a{i:02}": (2_000.0 * i, 0.0) for i in range(20)}
    found = presence_crime_of(panel(hours, crimes), QUICK, places=places)
    assert found.influence.names == tuple(f"Area {i:02}" for i in range(20)) and found.moran is not None
    assert moran_in_words(found.moran).startswith("Moran's I of the residuals")
    moved = np.abs(found.influence.estimates - found.results[0].estimate)
    assert moved.argmax() == 0


def test_morans_i_of_values_in_order_and_by_chance():
    rng = np.random.default_rng(1)
    places = rng.uniform(0, 10_000, (60, 2))
    assert morans_i(places[:, 0] + rng.normal(0, 500, 60), places).p < 0.01
    ps = [morans_i(rng.normal(size=(60, 3)), places, n=99, seed=k).p for k in range(40)]
    assert np.mean(np.array(ps) <= 0.1) < 0.3


def test_the_page_says_it_without_a_banned_word():
    pytest.importorskip("matplotlib", reason="the page's charts need matplotlib")
    hours, crimes = drawn()
    found = presence_crime_of(
        panel(hours, crimes), PresenceCrimeParams(permutations=99), places={f"a{i:02}": (i, 0) for i in range(20)}
    )
    text = association_page(found, about="June", audience="board", runs_before=2)
    assert not [r for r in found.results if banned(" ".join([r.outcome, r.exposure]))] and not [
        n for n in found.notes if banned(n)
    ]
    assert "Evaluations that touched these data before this one: 2." in text and "each of 20 areas left out" in text


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_presence_that_never_changes():
    found = presence_crime(panel(np.ones((6, 10)), np.full((6, 10), 2)), QUICK)
    assert "Cannot tell" in found["sentence"][0] and "not_compared" in found["caveats"][0]


def test_lags_longer_than_the_data():
    hours, crimes = drawn(m=8)
    found = presence_crime(panel(hours, crimes), PresenceCrimeParams(permutations=0, lags=6))
    assert "too few days" in found["sentence"].iloc[-1] and not found["primary"].iloc[-1]


def test_no_events_and_one_area():
    hours, crimes = drawn()
    with pytest.raises(EstimateError, match="no event"):
        presence_crime(panel(hours, 0 * crimes), QUICK)
    assert "not_compared" in presence_crime(panel(hours[:1], crimes[:1]), QUICK)["caveats"][0]


def test_one_key_type_is_told_once():
    table = pd.DataFrame({"kind": ["crime"] * 2, "category": "x", "key_type": "burglary", "generated_by": "public"})
    assert [a.name for a in asked_events(table)] == ["crimes"]
    incidents = table.assign(kind="incident", key_type=None)
    assert [a.name for a in asked_events(pd.concat([table, incidents]))] == ["crimes", "incidents"]


def test_the_public_is_told_no_area_without_crime_and_no_small_count():
    pytest.importorskip("matplotlib", reason="the page's charts need matplotlib")
    rng = np.random.default_rng(0)
    hours, crimes = rng.gamma(4, 2, (12, 12)).round(1), rng.poisson(5, (12, 12))
    crimes[3] = 0
    found = presence_crime_of(panel(hours, crimes), QUICK)
    found = replace(found, notes=(*found.notes, "3 crimes have no hour, or a window over several: they are left out."))
    board, public = (association_page(found, audience=a) for a in ("board", "public"))
    told = ("Area 03", "3 crimes have no hour", "areas left out. The band")
    assert [t in board for t in told] == [True] * 3
    assert [t in public for t in told] == [False] * 3

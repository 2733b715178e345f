"""A figure beside the earlier period: an arrow only where the interval leaves out no change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import GROUP_TIME
from ia_plugin.core.dashboard.change import Daily, change, change_of
from ia_plugin.core.empty import empty_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.filled_days import last_filled_day
from ia_plugin.core.material.summary_tables import Material

WEEK = np.arange("2024-06-03", "2024-06-10", dtype="datetime64[D]")
TWO_WEEKS = np.arange("2024-06-03", "2024-06-17", dtype="datetime64[D]")


def days_before(days, count):
    return days - np.timedelta64(count, "D")


def test_twice_as_much_every_day_is_more_and_the_interval_is_that_of_the_days_alone():
    """Two weeks of 10 h a day after two of 5 h: days do not differ within weekdays, so there is nothing to be unsure of."""
    found = change(
        Daily(TWO_WEEKS, np.full(14, 10.0)), Daily(days_before(TWO_WEEKS, 14), np.full(14, 5.0)), counts=False
    )
    assert (found.word, round(found.low), round(found.high)) == ("more", 100, 100)
    assert found.sentence == "more (+100 to +100 %)" and found.arrow == "↑"


def test_the_interval_by_hand():
    """Four Mondays, 9 and 11 h in each period of two: (x − mean)² ÷ mean² is 4 × 0.01 over 4 − 1 − 1 days, each sum has two days."""
    mondays = np.array(["2024-06-03", "2024-06-10", "2024-06-17", "2024-06-24"], dtype="datetime64[D]")
    found = change(Daily(mondays[2:], np.array([9.0, 11.0])), Daily(mondays[:2], np.array([11.0, 9.0])), counts=False)
    half = 2.919986 * np.sqrt(0.02 * (1 / 2 + 1 / 2))  # t of two degrees of freedom, 95 %
    assert (found.low, found.high) == pytest.approx((100 * (np.exp(-half) - 1), 100 * (np.exp(half) - 1)), rel=1e-5)
    assert found.word == "no clear change" and found.arrow == "" and found.sentence == "no clear change (−34 to +51 %)"


def test_counts_vary_as_poisson_at_the_least():
    """A hundred a day in both weeks, exactly: a count of 700 still varies by its root, 1 ÷ √700 each."""
    found = change(Daily(WEEK, np.full(7, 100.0)), Daily(days_before(WEEK, 7), np.full(7, 100.0)), counts=True)
    half = 1.943180 * np.sqrt(2 / 700)
    assert found.high == pytest.approx(100 * (np.exp(half) - 1), rel=1e-5)


def test_an_estimate_carries_its_own_error():
    exact = change(Daily(WEEK, np.full(7, 10.0)), Daily(days_before(WEEK, 7), np.full(7, 10.0)), counts=False)
    rough = change(Daily(WEEK, np.full(7, 10.0), 0.1), Daily(days_before(WEEK, 7), np.full(7, 10.0), 0.1), counts=False)
    assert exact.high == pytest.approx(0) and rough.high > 20


@pytest.mark.parametrize(("now", "before", "counts", "words"), [
    (1, 8, True, "no percentage of under 10"),  # of which an interval would say −99 to +13,163 %
    (9, 70, True, "no percentage of under 10"),
    (70, 0, True, "no percentage of under 10"),  # none at all is a count, and no percentage
    (9.5, 80, False, "no percentage of under 10 h"),
])  # fmt: skip
def test_fewer_than_ten_in_either_period_have_no_percentage(now, before, counts, words):
    share = np.full(7, 1 / 7)
    found = change(Daily(WEEK, now * share), Daily(days_before(WEEK, 7), before * share), counts=counts)
    assert (found.sentence, found.small, found.word, found.arrow) == (words, True, "", "")
    ten = change(Daily(WEEK, 10 * share), Daily(days_before(WEEK, 7), 70 * share), counts=counts)
    assert ten.word == "fewer"


def test_one_day_alone_is_not_compared():
    one = change(Daily(WEEK[:1], np.full(1, 20.0)), Daily(days_before(WEEK, 7)[:1], np.full(1, 20.0)), counts=True)
    assert one.sentence == "not compared: too few days to tell by how much days differ"


def test_it_rejects_no_change_in_one_of_ten():
    """500 pairs of four weeks drawn alike, over-dispersed: at most a tenth and a little are called more or fewer."""
    rng, clear = np.random.default_rng(1), 0
    month = np.arange("2024-06-03", "2024-07-01", dtype="datetime64[D]")
    for _ in range(500):
        values = rng.negative_binomial(10, 0.4, (2, 28)) * np.tile([1.0, 1, 1, 1, 2, 2, 1], 4)
        clear += bool(change(Daily(month, values[0]), Daily(days_before(month, 28), values[1]), counts=True).arrow)
    assert clear <= 0.125 * 500


# --- of a material ----------------------------------------------------------------------------------------------------


def material_of(hours_of_day, *, notes=None, last_hours=24):
    """One Impact Area from Monday 6 May 2024 on, so many officer hours in each hour of each day; the last day may be cut."""
    begin = pd.Timestamp("2024-05-06", tz="Europe/London")
    rows = []
    for d, level in enumerate(hours_of_day):
        upto = last_hours if d == len(hours_of_day) - 1 else 24
        rows += [{"area_id": place, "period": (begin + pd.Timedelta(days=d, hours=h)).tz_convert("UTC"), "unit": "U", "department": "not known",
                  "officer_role": "not known", "resource_type": "r", "activity": "on_foot", "officer_seconds": 3600.0 * level, "variance": 0.0,
                  "systematic": 0.0, "foot_seconds": 3600.0 * level, "vehicle_seconds": 0.0, "bicycle_seconds": 0.0,
                  "stationary_seconds": 0.0, "unknown_seconds": 0.0}
                 for h in range(upto) for place in ("a", "(impact)")]  # fmt: skip
    areas = pd.DataFrame([{"area_id": "a", "name": "A", "role": "impact", "geometry": shapely.box(0, 0, 1000, 1000)}])
    return Material.of(areas, pd.DataFrame(rows), notes=notes)


def four_weeks(first=date(2024, 6, 3), last=date(2024, 6, 30)):
    return FilterState(first=first, last=last)


def test_four_weeks_of_twice_the_time_are_more():
    material = material_of([2.0] * 28 + [4.0] * 28)
    assert change_of(material, four_weeks(), "presence").sentence == "more (+100 to +100 %)"


def test_a_note_in_either_period_other_weekdays_and_missing_days_are_said_not_compared():
    note = {
        "from": pd.Timestamp("2024-05-20T08:00Z"),
        "to": pd.NaT,
        "kind": "outage",
        "area_id": None,
        "unit": None,
        "text": "radios down",
    }
    cut = material_of([2.0] * 56, notes=pd.DataFrame([note]))
    assert (
        change_of(cut, four_weeks(), "presence").why
        == "a note falls into the earlier period (20 May 2024: radios down)"
    )
    whole = material_of([2.0] * 56)
    assert change_of(whole, four_weeks(date(2024, 6, 5)), "presence").why == "the periods have other weekdays"
    short = material_of([2.0] * 50)
    assert change_of(short, four_weeks(), "presence").why == "data on 22 of 28 days of this period"
    published = replace(whole, groups=empty_table(GROUP_TIME))
    assert (
        change_of(published, replace(four_weeks(), units=("U",)), "presence").why
        == "groups of officers are told by whole months"
    )


def test_a_day_half_arrived_is_still_filling():
    """The last day has its early hours only, so that its hours are there to 23:00 but not their time."""
    whole = material_of([2.0] * 42)
    assert last_filled_day(whole) == date(2024, 6, 16)
    thin = material_of([2.0] * 41 + [0.3])
    assert last_filled_day(thin) == date(2024, 6, 15), "a tenth of the usual time has come in"
    quiet = material_of([2.0] * 41 + [1.2])
    assert last_filled_day(quiet) == date(2024, 6, 16), "a quiet day is no missing one"
    assert last_filled_day(material_of([2.0] * 42, last_hours=13)) == date(2024, 6, 15)

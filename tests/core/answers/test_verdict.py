"""The verdict on officer time: twenty worlds, each with its sentence to the letter."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ia_plugin.core.answers.verdict import Group, verdict, verdict_of
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.measure_list import BY_KEY
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import area_places
from ia_plugin.core.words import amount
from tests.support.page_world import IDS, page_world


def group(name, hours, *, km2=1.0, sd=0.0, shared=0.0, days=28, observed=None):
    """Areas of some hours and one size; sd of each area's own error."""
    n = len(hours)
    names = tuple(f"{name[0]}{i}" for i in range(1, n + 1))
    return Group(
        name,
        names,
        np.array(hours, dtype=float),
        np.full(n, km2),
        np.full(n, sd**2),
        np.full(n, shared),
        days,
        28,
        observed,
    )


EVEN = group("Comparison areas", [10.0, 11.0, 9.0, 10.0, 10.0, 10.0])
WIDE = group("Comparison areas", [4.0, 20.0, 9.0, 14.0, 2.0, 13.0])
TWENTY = group("Comparison areas", [float(h) for h in range(2, 42, 2)])
MANY = group("Impact Areas", [20.0, 21.0, 19.0, 20.0, 20.0])
ALIKE = group("Impact Areas", [10.0, 10.5, 9.5, 10.0, 10.0])
LESS = group("Impact Areas", [5.0, 5.2, 4.9, 5.0, 5.0])

SENTENCES = [
    # five areas and more: the ratio of pooled rates
    (MANY, EVEN, {}, "more", "Impact Areas had more officer hours per km² than comparison areas: 2.00 times, likely 1.89–2.11."),
    (LESS, EVEN, {}, "fewer", "Impact Areas had fewer officer hours per km² than comparison areas: 0.50 times, likely 0.48–0.53."),
    (ALIKE, EVEN, {}, "about as many", "Impact Areas had about as many officer hours per km² as comparison areas: 1.00 times, likely 0.95–1.06."),
    (ALIKE, WIDE, {}, "cannot tell", "Cannot tell whether Impact Areas had more or fewer officer hours per km² than comparison areas: 0.59 to 1.59 times."),
    # not well observed
    (replace(MANY, days=20), replace(EVEN, days=20), {}, "more", "Only 71.4 % observed: Impact Areas had more officer hours per km² than comparison areas: 2.00 times, likely 1.89–2.11."),
    (replace(MANY, observed=0.96), replace(EVEN, observed=0.83), {}, "more", "Only 83 % observed: Impact Areas had more officer hours per km² than comparison areas: 2.00 times, likely 1.89–2.11."),
    (replace(MANY, observed=0.95), replace(EVEN, observed=0.95), {}, "more", "Impact Areas had more officer hours per km² than comparison areas: 2.00 times, likely 1.89–2.11."),
    # one to four areas: where they lie among the comparison areas
    (group("Northgate", [45.0], sd=1.0), TWENTY, {}, "more", "Northgate: 45 h per km², likely 43.4–46.6: more than most comparison areas (20 of 20)."),
    (group("Northgate", [35.0], sd=1.0), TWENTY, {}, "more", "Northgate: 35 h per km², likely 33.4–36.6: more than most comparison areas (17 of 20)."),
    (group("Northgate", [10.5], km2=2.0, sd=1.0), TWENTY, {}, "fewer", "Northgate: 5.2 h per km², likely 4.4–6.1: fewer than most comparison areas (18 of 20)."),
    (group("Northgate", [21.0], sd=1.0), TWENTY, {}, "within", "Northgate: 21 h per km², likely 19.4–22.6: within the middle half of the comparison areas (11.5–30.5 h per km²)."),
    (group("Northgate", [31.0], sd=2.0), TWENTY, {}, "cannot tell", "Northgate: 31 h per km², likely 27.7–34.3: near the edge of the comparison areas' middle half (11.5–30.5 h per km²): cannot tell."),
    (group("Chosen areas", [60.0, 40.0], sd=1.0), TWENTY, {}, "more", "Chosen areas: 50 h per km², likely 48.8–51.2: more than most comparison areas (20 of 20)."),
    # refused, in this order
    (MANY, EVEN, {"officers": 4}, "not compared", "Fewer than five officers: not shown."),
    (replace(MANY, days=7), EVEN, {}, "not compared", "Cannot compare: data on 7 of 28 days."),
    (MANY, replace(EVEN, observed=0.4), {}, "not compared", "Cannot compare: only 40 % of officers' time observed."),
    (MANY, EVEN, {"among": ["C1"]}, "not compared", "Impact Areas: 20 h per km². Nothing to compare with: C1 is a comparison area itself."),
    (MANY, group("Comparison areas", [10.0] * 4), {}, "not compared", "Impact Areas: 20 h per km². Nothing to compare with: 4 comparison areas; 5 are the least."),
    (MANY, group("Comparison areas", [1.0] * 6), {}, "not compared", "Impact Areas: 20 h per km². Nothing to compare with: under 10 h in comparison areas."),
    (group("Impact Areas", []), EVEN, {}, "not compared", "No area is chosen. Nothing to compare with: under 10 h in Impact Areas."),
]  # fmt: skip


@pytest.mark.parametrize("chosen, comparison, more, word, sentence", SENTENCES, ids=range(len(SENTENCES)))
def test_twenty_worlds(chosen, comparison, more, word, sentence):
    found = verdict(chosen, comparison, **more)
    assert (found.word, found.sentence) == (word, sentence)
    assert not banned(f"{found.sentence} {found.beside}")
    assert bool(found.beside) == (word != "not compared") and "not an effect" in (found.beside or "not an effect")


def test_an_area_without_which_the_word_changes_is_named():
    """Of all six 1.23 times, likely to 1.27; without I6 1.20 times, which would be about as many."""
    chosen = group("Impact Areas", [12.0, 12.0, 12.0, 12.0, 12.0, 13.5])
    found = verdict(chosen, group("Comparison areas", [10.0] * 6))
    assert found.word == "more" and found.sentence.endswith('Without I6 it would read "about as many".')


def test_few_officers_come_before_all_else():
    assert verdict(replace(MANY, days=1), EVEN, officers=0).sentence == "Fewer than five officers: not shown."


def test_error_that_all_areas_share_widens_the_interval():
    narrow, wide = (verdict(replace(MANY, systematic=np.full(5, s)), EVEN).ratio for s in (0.0, 4.0))
    assert wide.low < narrow.low and wide.high > narrow.high and wide.estimate == narrow.estimate


def test_an_area_that_does_not_count_in_the_period_is_none_of_those_compared():
    """The sixth Impact Area ended on 10 November: in the week after, the median is that of the other five."""
    material, state = page_world(), FilterState(first=date(2024, 11, 18), last=date(2024, 11, 24))
    rates = measured(material, state, area_places(material, IDS[:5])).compared(BY_KEY["officer_hours"])
    found = verdict_of(material, state)
    assert found.beside.startswith(f"Areas one by one: median {amount(float(np.median(rates)), 'h per km²')}, ")
    assert verdict_of(material, replace(state, areas=IDS[5:6])).sentence.startswith("No area is chosen.")

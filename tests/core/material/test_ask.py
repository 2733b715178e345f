"""What published tables do not tell is refused with what they do tell; for a purpose the restricted cells are asked, recorded first."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.answers.figure_words import as_answer, as_table
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask, refusal_of
from ia_plugin.core.material.by_group import (
    AREA_ALL_HOURS,
    LONGER_HOURS,
    ONE_AREA,
    SHARED_GROUND,
    SOME_AREAS,
    TOO_FEW,
    last_closed_month,
)
from ia_plugin.core.material.figures import figures
from ia_plugin.core.report.answers_page import answers_page
from ia_plugin.core.words import capitalised
from tests.support.published import JUNE, materials, officers, time_use

DAYS = replace(JUNE, first=date(2024, 6, 10), last=date(2024, 6, 16), units=("North",))
PURPOSE = "training: night shifts"


@pytest.fixture(scope="module")
def june():
    people = officers()
    return (people, *materials(people))


class Cells:
    """A look that keeps a record of what was asked of it, as a store does."""

    def __init__(self, people: pd.DataFrame, works: bool = True) -> None:
        self.people, self.works, self.record = people, works, []

    def __call__(self, material, periods, purpose):
        if not self.works:
            raise StoreError("The record of runs cannot be written.", "Make room.")
        self.record.append((purpose, list(periods)))
        empty = {n: pd.DataFrame() for n in ("cover", "visit_lengths", "officers_seen")}
        empty["cover"] = pd.DataFrame(
            columns=["area_id", "period", "unit", "resource_type", "patrol_seconds", "officers"]
        )
        lengths = ["area_id", "period", "unit", "resource_type", "band", "visits", "seconds"]
        empty["visit_lengths"] = pd.DataFrame(columns=lengths)
        return material.with_cells(purpose, {"time_use": time_use(self.people), **empty})


def test_days_of_a_unit_are_refused_with_the_last_closed_month(june):
    _, _, out = june
    answer = ask(out, DAYS)
    assert np.isnan(answer.figures.value("officer_hours"))
    assert "the last of them is 1–30 Jun 2024" in answer.refusal.why
    assert answer.refusal.offer == "June 2024"
    assert (answer.refusal.instead.first, answer.refusal.instead.last) == last_closed_month(out)
    again = ask(out, answer.refusal.instead)
    assert again.refusal is None and again.figures.value("officer_hours") > 0, "what is offered is told"


@pytest.mark.parametrize(
    "changes, offer",
    [
        ({"hour_from": 22, "hour_to": 7}, "June 2024, all hours"),  # nights end in another month
        ({"first": None, "last": None}, "June 2024"),
        ({"first": date(2025, 1, 1), "last": date(2025, 1, 28)}, "June 2024"),  # no such days; the last month there is
        ({"first": date(2024, 5, 1), "last": date(2024, 5, 8)}, "June 2024"),  # none began before
        ({"units": ("Dogs",)}, ""),  # four officers: no month tells them
        ({"resources": ("car",)}, ""),  # with a unit: one at a time
        ({"modes": ("foot",)}, ""),
    ],
)
def test_what_is_offered_is_told(june, changes, offer):
    _, _, out = june
    refusal = refusal_of(out, replace(DAYS, **changes))
    assert refusal is not None and refusal.offer == offer and (refusal.instead is None) == (not offer)
    if offer:
        assert refusal_of(out, refusal.instead) is None


def test_a_month_that_would_tell_nothing_either_is_not_promised(june):
    """Four officers of a unit: who chose that June would read no more than now."""
    _, _, out = june
    sentences = [refusal_of(out, replace(DAYS, units=(unit,))).why for unit in ("Dogs", "North")]
    either = f"For this choice it is not told in that month either: {TOO_FEW}."
    assert sentences[0].endswith(f"1–30 Jun 2024. {either}") and either not in sentences[1]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"units": ("South",), "areas": ("A",)},
            ONE_AREA,
        ),  # nine officers; but less North's it would tell that of Dogs' four
        ({"units": ("South",), "areas": ("A", "B")}, SOME_AREAS),
        ({"units": ("Dogs",)}, TOO_FEW),
        ({"units": ("North",), "areas": ("A",), "hour_from": 7, "hour_to": 22}, AREA_ALL_HOURS),
        ({"units": ("North",), "areas": ("A",), "weekdays": (4, 5)}, AREA_ALL_HOURS),
        ({"units": ("North",), "weekdays": (4, 5)}, LONGER_HOURS),
    ],
)
def test_what_is_withheld_is_not_called_what_is_not_kept(june, changes, why):
    """The reason stands where the figure would, in the dock's tiles and on the page alike."""
    _, _, out = june
    found = figures(out, replace(JUNE, **changes)).table.set_index("key")
    assert (
        found.loc["officer_hours", "why"] == why
        and refusal_of(out, replace(JUNE, **changes)).why == f"{capitalised(why)}."
    )


def test_ground_that_areas_share_is_not_kept_by_unit(june):
    """It counts once, in the role: of no single area of it are groups made."""
    out = replace(june[2], sharing=(("A", "B"),), groups=june[2].groups[june[2].groups["area_id"] != "A"])
    found = figures(out, replace(JUNE, units=("North",), areas=("A",))).table.set_index("key")
    assert found.loc["officer_hours", "why"] == SHARED_GROUND


def test_where_a_single_area_is_withheld_all_of_them_are_offered(june):
    state = replace(JUNE, units=("North",), areas=("A",))
    out = replace(june[2], groups=june[2].groups[june[2].groups["area_id"] != "A"])
    refusal = refusal_of(out, state)
    assert (refusal.why, refusal.offer) == (f"{capitalised(ONE_AREA)}.", "all Impact Areas")
    assert refusal.instead == replace(state, areas=()) and refusal_of(out, refusal.instead) is None


@pytest.mark.parametrize("state", [JUNE, replace(DAYS, units=()), replace(JUNE, units=("North",)), FilterState()])
def test_what_is_told_is_not_refused(june, state):
    _, whole, out = june
    assert refusal_of(out, state) is None
    assert refusal_of(whole, DAYS) is None, "tables that tell units apart refuse nothing"


@pytest.mark.parametrize("kind", ["unit", "resource_type", "visits"])
def test_a_chart_that_is_of_months_says_so_and_not_that_there_is_no_data(june, kind):
    _, _, out = june
    chart = prepare(out, replace(DAYS, units=()), Choice(kind))
    assert "whole closed months" in chart.why and chart.refusal.offer in ("June 2024", "") and not chart.restricted


@pytest.mark.parametrize(
    "changes, offer",
    [
        ({}, "June 2024, all units"),
        ({"first": JUNE.first, "last": JUNE.last}, "all units"),
        ({"units": (), "modes": ("foot",)}, "June 2024, all modes"),
        ({"units": (), "hour_from": 22, "hour_to": 7, "weekdays": (4,)}, "June 2024, every day, all hours"),
    ],
)
def test_a_chart_by_unit_offers_all_of_them(june, changes, offer):
    _, _, out = june
    chart = prepare(out, replace(DAYS, **changes), Choice("unit"))
    assert chart.refusal.offer == offer and "no data" not in chart.why and not chart.bars
    assert prepare(out, chart.refusal.instead, Choice("unit")).bars


def test_cells_for_a_purpose_add_up_to_the_digit(june):
    people, _, out = june
    look = Cells(people)
    answer = ask(out, DAYS, purpose=PURPOSE, look=look)
    asked, earlier = look.record[0][1]
    assert look.record[0][0] == PURPOSE and asked == DAYS and earlier.last == date(2024, 6, 9)
    local = people["period"].dt.tz_convert("Europe/London")
    for unit in ("North", "Dogs"):  # of Dogs there are four: who may look sees them
        kept = people[(local >= "2024-06-10") & (local < "2024-06-17") & (people["unit"] == unit)]
        true = kept.loc[kept["area_id"] == "(impact)", "seconds"].sum() / 3600
        found = ask(out, replace(DAYS, units=(unit,)), purpose=PURPOSE, look=look)
        assert found.figures.value("officer_hours") == pytest.approx(true, rel=1e-12) and true > 0
        assert found.refusal is None
    assert answer.figures.number != ask(out, DAYS).figures.number
    bars = prepare(answer.material, replace(DAYS, units=()), Choice("unit"))
    assert {b.key for b in bars.bars} == {"North", "South", "Dogs"} and bars.restricted


def test_a_look_that_cannot_be_recorded_shows_nothing(june):
    people, _, out = june
    look = Cells(people, works=False)
    with pytest.raises(StoreError):
        ask(out, DAYS, purpose=PURPOSE, look=look)
    assert look.record == [] and out.purpose == ""


@pytest.mark.parametrize("purpose, look", [("", Cells), ("  ", Cells), (PURPOSE, None)])
def test_without_a_purpose_or_a_record_nothing_is_looked_at(june, purpose, look):
    people, _, out = june
    made = look(people) if look else None
    with pytest.raises(PrivacyError):
        ask(out, DAYS, purpose=purpose, look=made)
    assert made is None or made.record == []


def test_restricted_cells_leave_in_no_output_for_a_board_or_the_public(june):
    people, _, out = june
    answer = ask(out, DAYS, purpose=PURPOSE, look=Cells(people))
    for audience in ("board", "public"):
        with pytest.raises(PrivacyError, match="restricted cells"):
            tables(answer.material, DAYS, audience)
        with pytest.raises(PrivacyError, match="restricted cells"):
            answers_page(answer.material, DAYS, {}, pd.DataFrame(), audience=audience)
    header = "Restricted: for training: night shifts, not to be passed on"
    for text in (as_table(answer.figures), as_answer(answer.figures), prepare(answer.material, DAYS).footer):
        assert header in text and "board" not in text
    assert header not in as_table(ask(out, DAYS).figures), "the material of before is as it was"

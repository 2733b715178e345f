"""The schedule of a trial: the same everywhere, by lot, whole operational days, and what no schedule is drawn for."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.columns import TRIAL_DAYS
from ia_plugin.core.errors import AreaError, DataRangeError, ImpactAreaError, ParameterError
from ia_plugin.core.evaluation.trial_schedule import draw_schedule, schedule_of_table, starts_of_days
from ia_plugin.core.params import ScheduleParams
from tests.support.trials import schedule_of

AT = pd.Timestamp("2024-03-28T10:00Z")
PLAN = ScheduleParams(first_day="2024-04-08", last_day="2024-04-21", areas_per_day=2)


def areas(*ids, names=None):
    return pd.DataFrame({"area_id": list(ids), "name": names or list(ids)})


def test_the_same_on_every_machine():
    """By SHA-256 of [seed, day, area]; a change of this table would be a new draw of every schedule there is."""
    drawn = draw_schedule(areas("a", "b", "c", "d"), PLAN, seed=1, at=AT)
    rows = ["".join(a for a, yes in zip(drawn.areas, row) if yes) for row in drawn.drawn]
    assert rows == PINNED
    again = draw_schedule(areas("d", "b", "a", "c", names=["D", "B", "A", "C"]), PLAN, seed=1, at=AT)
    assert (again.drawn == drawn.drawn).all() and again.mark == drawn.mark and again.names == ("A", "B", "C", "D")
    assert draw_schedule(areas("a", "b", "c", "d"), PLAN, seed=2, at=AT).mark != drawn.mark


PINNED = "bc bc bd ad ac bc ab bd ab bc ab ab cd bd".split()


def test_it_is_by_lot():
    """Two years of 5 in 12: each area about as often, and as often after a drawn day as after another; the number is fixed."""
    drawn = schedule_of(12, first="2024-04-08", last="2026-04-07", areas_per_day=5).drawn
    assert (drawn.sum(axis=1) == 5).all()
    assert drawn.mean(axis=0) == pytest.approx(np.full(12, 5 / 12), abs=0.075)
    assert drawn[1:][drawn[:-1]].mean() == pytest.approx(5 / 12, abs=0.03)


def test_half_of_the_areas_where_no_number_is_given():
    assert schedule_of(7).per_day == 3


@pytest.mark.parametrize(
    "zone, days, begins",
    [
        ("Europe/London", (date(2024, 3, 30), date(2024, 3, 31), date(2024, 4, 1)), ["30 06:00", "31 05:00", "01 05:00"]),
        ("Europe/London", (date(2024, 10, 26), date(2024, 10, 27)), ["26 05:00", "27 06:00"]),
        ("America/New_York", (date(2024, 11, 2), date(2024, 11, 3)), ["02 10:00", "03 11:00"]),
    ],
)  # fmt: skip
def test_operational_days_begin_at_six_by_the_clock(zone, days, begins):
    assert starts_of_days(days, zone).strftime("%d %H:%M").tolist() == begins


@pytest.mark.parametrize(
    "given, change, kind, words",
    [
        (("a",), {}, AreaError, "1 area has nothing to draw from"),
        (("a", "b"), {}, ParameterError, "every area would be drawn every day"),
        (("a", "b", "a"), {}, AreaError, "'a' stands there twice"),
        (("a", "b", "c"), dict(first_day="2024-03-28"), ParameterError, "2024-03-28, has begun: a schedule is drawn before it"),
        (("a", "b", "c"), dict(first_day="2023-04-08", last_day="2023-05-08"), ParameterError, "has begun"),
        (("a", "b", "c"), dict(first_day="", last_day=""), ParameterError, "The days of the trial were not given"),
        (("a", "b", "c"), dict(last_day="2024-04-08"), ParameterError, "A trial of 1 day cannot be drawn"),
        (("a", "b", "c"), dict(last_day="2034-04-08"), ParameterError, "cannot be drawn. Give 2 to 731 days"),
        (("a", "b", "c"), dict(outcomes=" , "), ParameterError, "0 outcomes are declared"),
        (("a", "b", "c"), dict(outcomes="a, b, c, d"), ParameterError, "4 outcomes are declared"),
    ],
)  # fmt: skip
def test_what_no_schedule_is_drawn_for(given, change, kind, words):
    with pytest.raises(kind) as caught:
        draw_schedule(areas(*given), replace(PLAN, **change), seed=1, at=AT)
    assert words in str(caught.value)


def test_a_schedule_may_be_drawn_until_six_of_its_first_day():
    draw_schedule(areas("a", "b", "c"), PLAN, seed=1, at=pd.Timestamp("2024-04-08T04:59Z"))
    with pytest.raises(ParameterError, match="has begun"):
        draw_schedule(areas("a", "b", "c"), PLAN, seed=1, at=pd.Timestamp("2024-04-08T05:00Z"))


def test_there_and_back_as_a_table_however_it_was_written():
    drawn = schedule_of()
    table = drawn.table()
    assert list(table.columns) == list(TRIAL_DAYS.names) and len(table) == 56 * 8
    as_text = table.assign(
        drawn=table["drawn"].map({True: "true", False: "0"}),
        seed=5.0,
        areas_per_day="4",
        drawn_at="2024-03-28T10:00:00Z",
    )
    for form in (
        table,
        as_text,
        table.sample(frac=1, random_state=1),
        table.assign(name="renamed"),
        table.assign(drawn_at=AT.tz_localize(None)),
    ):
        back = schedule_of_table(form)
        assert (back.drawn == drawn.drawn).all() and back.mark == drawn.mark and back.why_altered() == ""


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda t: t.iloc[:0], "The schedule is empty"),
        (lambda t: t[t["day"] != "2024-04-10"], "the day 2024-04-10 is missing"),
        (lambda t: t.iloc[1:], "not every day has every area once"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "not every day has every area once"),
        (lambda t: t.assign(drawn="perhaps"), "Whether an area was drawn is not told in 448 rows"),
        (lambda t: t.assign(day="Monday"), "A day of the schedule is no day"),
        (lambda t: t.assign(seed=[*t["seed"][1:], 9]), "differ in seed"),
    ],
)  # fmt: skip
def test_tables_that_are_no_schedule(change, words):
    with pytest.raises(DataRangeError) as caught:
        schedule_of_table(change(schedule_of().table()))
    assert words in str(caught.value)
    with pytest.raises(ImpactAreaError):
        schedule_of_table(schedule_of().table().drop(columns="hash"))


def test_what_was_altered_is_found():
    plan = schedule_of()
    swapped = plan.table()
    day = swapped["day"] == "2024-04-20"
    swapped.loc[day, "drawn"] = ~swapped.loc[day, "drawn"]
    assert (
        schedule_of_table(swapped).why_altered()
        == "The schedule is not the one that its seed draws: 8 rows of areas and days differ."
    )
    assert "its hash belongs to another one" in schedule_of_table(plan.table().assign(outcomes="robbery")).why_altered()
    other = schedule_of(seed=6).table().assign(hash=plan.mark)  # drawn again until it pleased
    assert "its hash belongs to another one" in schedule_of_table(other).why_altered()
    late = replace(plan, drawn_at=pd.Timestamp("2024-04-08T05:00Z"))
    assert "after its first day had begun" in replace(late, mark=late.own_mark()).why_altered()

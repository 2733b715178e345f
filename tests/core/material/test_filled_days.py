"""Which days are complete, by the arrival of officers' time and by the force's own recording delay of each kind of event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.answers.event_tables import events_table
from ia_plugin.core.charts.chart_table import as_sentence, as_table
from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.charts.series import series
from ia_plugin.core.dashboard.area_rows import area_rows
from ia_plugin.core.dashboard.change import change_of
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.filled_days import (
    default_period,
    filled_to,
    filling_in_words,
    filling_notes,
    last_complete_day,
    last_filled_day,
    still_filling,
)
from ia_plugin.core.material.summary_tables import Material
from tests.support.late_records import AREAS, JUNE, events_of, hours_of, material_of

LATE = "days after 28 Jun 2024 are still filling (95 % are recorded within 2 days)"


@pytest.fixture(scope="module")
def late():
    """Crimes: 60 % on the same day, 90 % a day later, all after two; incidents at once; officers' time to 30 June."""
    return material_of(pd.concat([events_of(61), events_of(61, by_delay=(5,), kind="incident")], ignore_index=True))


@pytest.fixture(scope="module")
def unknown():
    return material_of(events_of(61).drop(columns="recorded_at"))


def test_each_figure_has_its_own_last_day(late):
    ends = {what: filled_to(late, what) for what in ("presence", "crimes", "incidents", "searches", "demand")}
    assert ends == {"presence": date(2024, 6, 30), "crimes": date(2024, 6, 28), "incidents": date(2024, 6, 30),
                    "searches": None, "demand": date(2024, 6, 28)}  # fmt: skip
    days = np.arange("2024-06-27", "2024-07-01", dtype="datetime64[D]")
    assert still_filling(late, days, "crimes").tolist() == [False, False, True, True]
    assert not still_filling(late, days, "searches").any(), "what is not known is marked nowhere"


def test_a_default_period_ends_where_all_are_complete(late, unknown):
    assert last_complete_day(late) == date(2024, 6, 28) and last_filled_day(late) == date(2024, 6, 30)
    assert last_complete_day(unknown) == date(2024, 6, 30), "an unknown delay moves nothing"
    thin = material_of(events_of(61), last_day=0.1)
    assert last_complete_day(thin) == date(2024, 6, 28) and last_filled_day(thin) == date(2024, 6, 29)


def test_records_that_ended_long_ago_do_not_pull_a_default_period_back():
    """Crimes to 30 June beside officers' time to 14 August: the last weeks have no crimes, which is no day still filling."""
    assert last_complete_day(material_of(events_of(61), days=106)) == date(2024, 8, 14)
    assert last_complete_day(material_of(events_of(61), days=90)) == date(2024, 6, 28)


def test_every_door_opens_with_the_last_four_whole_weeks(late, unknown):
    """Crimes are complete to Friday the 28th: four weeks to Sunday the 23rd. With Sunday the 30th complete they end there."""
    assert default_period(late) == (date(2024, 5, 27), date(2024, 6, 23))
    assert default_period(unknown) == (date(2024, 6, 3), date(2024, 6, 30))
    assert default_period(unknown, "public") == (date(2024, 6, 1), date(2024, 6, 30)), "the public is told whole months"


def test_of_a_young_store_they_open_with_what_there_is():
    nine = Material.of(AREAS, hours_of(days=9, first="2024-06-03"))
    assert default_period(nine) == default_period(nine, "public") == (date(2024, 6, 3), date(2024, 6, 9))
    assert default_period(Material.of(AREAS, hours_of(days=5, first="2024-06-03"))) == (
        date(2024, 6, 3),
        date(2024, 6, 7),
    )
    assert default_period(Material.of(AREAS, hours_of(days=5, first="2024-06-03").iloc[:0])) is None


def test_crimes_are_not_compared_while_days_of_them_fill_and_incidents_are(late):
    assert change_of(late, JUNE, "crimes").why == LATE
    assert change_of(late, JUNE, "incidents").word == "no clear change"
    assert change_of(late, JUNE, "presence").word == "no clear change"
    whole = replace(JUNE, first=date(2024, 6, 1), last=date(2024, 6, 28))
    assert change_of(late, whole, "crimes").word == "no clear change"


def test_an_unknown_delay_forbids_no_comparison(unknown):
    assert change_of(unknown, JUNE, "crimes").why == "" and filling_in_words(unknown, JUNE, "crimes") == ""


def test_figures_say_which_days_fill(late, unknown):
    said = "Crimes: days after 28 Jun 2024 are still filling (95 % are recorded within 2 days)."
    assert filling_notes(late, JUNE) == ([], [said])
    assert said in figures(late, JUNE).beside.events
    assert filling_notes(late, FilterState()) == ([], [said]), "an open period goes to the end of the data"
    assert filling_notes(late, replace(JUNE, last=date(2024, 6, 28))) == ([], [])
    assert filling_notes(late, replace(JUNE, kinds=("incident",))) == ([], [])
    assert filling_notes(unknown, JUNE) == ([], [])


def test_the_earlier_period_stands_beside_complete_days_alone(late):
    """In the dock's table and in the answers: crimes of days that fill are beside nothing, and it is said why; incidents are compared."""
    rows = figures(late, JUNE).table.set_index("key")
    assert np.isnan(rows.loc["crimes", "earlier"]) and rows.loc["crimes", "earlier_why"] == LATE
    assert rows.loc["incidents", "earlier"] == 140.0 and np.isfinite(rows.loc["officer_hours", "earlier"])
    complete = replace(JUNE, first=date(2024, 6, 1), last=date(2024, 6, 28))
    assert figures(late, complete).table.set_index("key").loc["crimes", "earlier"] == 280.0
    for state, before in ((JUNE, float("nan")), (complete, 280.0)):
        table = events_table(late, state)
        own = table[(table["place"] == "(impact)") & (table["kind"] == "crime") & (table["by"] == "category")]
        assert own["events_before"].tolist() == pytest.approx([before] * len(own), nan_ok=True) and len(own)


def test_the_earlier_period_of_officers_stands_beside_complete_days_alone():
    thin = material_of(events_of(61), last_day=0.1)
    row = figures(thin, JUNE).table.set_index("key").loc["officer_hours"]
    assert np.isnan(row["earlier"]) and row["earlier_why"] == "days after 29 Jun 2024 are still filling"
    assert np.isfinite(row["value"])


def test_days_beyond_the_data_are_said_as_such_and_not_as_filling(late):
    beyond = FilterState(first=date(2024, 6, 24), last=date(2024, 7, 7))
    row = figures(late, beyond).table.set_index("key").loc["officer_hours"]
    assert np.isnan(row["earlier"]) and row["earlier_why"] == "data on 7 of 14 days of this period"


def test_the_days_of_a_chart_that_fill_are_shown_and_compared_with_nothing(late):
    found = series(late, JUNE, "crimes")
    assert found.values[-4:].tolist() == [10.0, 10.0, 9.0, 6.0] and found.open.tolist()[-4:] == [
        False,
        False,
        True,
        True,
    ]
    chart = prepare(late, JUNE, Choice("series", "crimes"))
    assert f"Dotted: {LATE}, and are not compared." in chart.notes
    assert as_sentence(chart) == "Crimes by day: 10 crimes in each of 26 days; left out, for still filling: 2 days."
    rows = [line.split("\t") for line in as_table(chart).split("\n")]
    assert rows[0][-1] == "Still filling" and [r[-1] for r in rows[26:29]] == ["", "yes", "yes"]


def test_a_chart_of_complete_days_says_nothing_of_it(late, unknown):
    chart = prepare(late, JUNE, Choice("series", "incidents"))
    assert not chart.series.open.any() and "still filling" not in as_table(chart).lower()
    assert any(
        n.startswith("Recording delay not known") for n in prepare(unknown, JUNE, Choice("series", "crimes")).notes
    )
    assert not any("delay" in n for n in prepare(unknown, JUNE, Choice("series")).notes)


def test_a_week_with_a_day_that_fills_is_still_filling():
    """Fourteen weeks to Sunday 30 June, the last two days of which fill; the week before is complete."""
    long = material_of(events_of(98, first="2024-03-25"), days=98, first="2024-03-25")
    found = series(long, FilterState(first=date(2024, 3, 25), last=date(2024, 6, 30)), "crimes")
    assert found.step == "week" and found.open.tolist()[-2:] == [False, True]
    assert found.values[-2:].tolist() == [70.0, 65.0]


def test_the_weeks_of_areas_are_marked_too(late):
    rows = area_rows(late, JUNE, "crimes")
    assert rows.filling == (False,) * 11 + (True,) and rows.weeks_title.endswith("; dotted: still filling")
    assert not any(area_rows(late, JUNE, "incidents").filling) and not any(area_rows(late, JUNE).filling)


@pytest.mark.parametrize("size", [(3.4, 3.0), (9.0, 5.0)])
def test_days_that_fill_are_named_on_the_picture(late, size):
    figure = pytest.importorskip("matplotlib.figure").Figure(figsize=size)
    from ia_plugin.core.charts.draw import draw

    draw(figure, prepare(late, JUNE, Choice("series", "crimes")))
    (axes,) = [a for a in figure.axes if a.get_gid() == "data"]
    assert [t.get_text() for t in axes.texts] == ["still filling"]
    assert [p.get_hatch() for p in axes.patches] == [".."]
    draw(figure, prepare(late, JUNE, Choice("series", "incidents")))
    assert not [t for a in figure.axes for t in a.texts if "filling" in t.get_text()]

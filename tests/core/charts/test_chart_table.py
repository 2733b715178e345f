"""A chart as a table and as a sentence: what is drawn, no more, with what must stand beside it, and nobody ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
import shapely

from ia_plugin.core.charts.chart_table import MOST_NAMED, as_sentence, as_table
from ia_plugin.core.charts.choice import CHARTS, Bar, Chart, Choice, prepare
from ia_plugin.core.charts.places_map import PlacesMap
from ia_plugin.core.charts.series import Series, WeekGrid
from ia_plugin.core.filter_state import FilterState
from tests.support.one_week import WEEK, week_material

NAN = float("nan")


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n") if "\t" in line]


def chart_of(kind: str, what: str = "presence", **parts: object) -> Chart:
    return Chart(Choice(kind, what), WEEK, "Title", "all areas", footer="MARKED. Figure IA-1", **parts)  # type: ignore[arg-type]


def grid(what: str, hours: np.ndarray | None = None, **values: float) -> WeekGrid:
    """Ones, but for hours such as Fri_22."""
    found = np.ones((7, 24))
    for name, value in values.items():
        day, hour = name.split("_")
        found["Mon Tue Wed Thu Fri Sat Sun".split().index(day), int(hour)] = value
    return WeekGrid(what, found, np.ones((7, 24)) if hours is None else hours)


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(CHARTS))
def test_every_kind_of_chart_has_table_sentence_number_and_marking(kind) -> None:
    chart = prepare(week_material(), WEEK, Choice(kind))
    text = as_table(chart)
    assert chart.footer in text and as_sentence(chart) in text.split("\n") and chart.subtitle in text
    assert len({len(row) for row in cells(text)}) <= 1
    assert len(cells(text)) == (0 if chart.why else {"week": 169, "series": 8, "unit": 3}.get(kind, 2))


def test_a_week_goes_hour_by_hour_as_it_is_drawn_and_a_night_past_midnight() -> None:
    night = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 9), weekdays=(4,), hour_from=23, hour_to=1)
    chart = replace(chart_of("week", grids=(grid("presence", Fri_23=2.5), grid("incidents", Sat_0=NAN))), state=night)
    assert cells(as_table(chart)) == [
        ["Day", "From", "To", "officer hours", "incidents"],
        ["Fri", "23:00", "00:00", "2.5", "1"],
        ["Sat", "00:00", "01:00", "1", "–"],
    ]


def test_days_stand_beside_the_earlier_ones() -> None:
    days = tuple(date(2024, 6, 3) + timedelta(days=i) for i in range(2))
    before = tuple(d - timedelta(days=7) for d in days)
    now = Series("crimes", "day", days, np.array([3.0, NAN]), ())
    chart = chart_of("series", "crimes", series=now, earlier=Series("crimes", "day", before, np.array([0.0, 5.0]), ()))
    assert cells(as_table(chart)) == [
        ["Day", "crimes", "Earlier: day", "Earlier: crimes"],
        ["2024-06-03", "3", "2024-05-27", "0"],
        ["2024-06-04", "–", "2024-05-28", "5"],
    ]


def test_bars_have_ranges_and_comparison_where_there_are_any() -> None:
    bars = (Bar("a", "on foot", 10.0, 62.5, 50.0, 75.0, 40.0), Bar("b", "not known", 6.0, 37.5))
    assert cells(as_table(chart_of("activity", bars=bars, unit="officer hours"))) == [
        ["Activity", "officer hours", "Share, %", "likely from, %", "to, %", "Comparison areas, %"],
        ["on foot", "10", "62.5", "50", "75", "40"],
        ["not known", "6", "37.5", "–", "–", "–"],
    ]


def maps_of(what: str, values: list[float]) -> PlacesMap:
    names, count = ("Weston", "Aston", "Bow"), len(values)
    shapes = tuple(shapely.box(i, 0, i + 1, 1) for i in range(count))
    return PlacesMap(what, f"{what} per km²", names, ("impact",) * count, shapes, np.array(values), np.array(values))


def test_areas_stand_by_name_whatever_their_figures() -> None:
    chart = chart_of(
        "places", "searches", maps=(maps_of("Searches", [9.0, NAN, 4.0]), maps_of("Crimes", [1.0, 2.0, 3.0]))
    )
    assert [row[0] for row in cells(as_table(chart))] == ["Area", "Aston", "Bow", "Weston"]
    assert cells(as_table(chart))[1] == ["Aston", "impact", "–", "2"]
    sentence = as_sentence(chart)
    assert (
        sentence
        == "Searches per km²: from 4 to 9 in 2 areas, not known of 1 area; Crimes per km²: from 1 to 3 in 3 areas."
    )


def test_restricted_cells_are_not_copied() -> None:
    assert as_table(chart_of("unit", bars=(Bar("a", "North", 1.0, 100.0),), restricted=True)) == ""


def test_a_name_that_a_spreadsheet_would_run_is_text() -> None:
    text = as_table(chart_of("unit", bars=(Bar("a", "=1+1\tx\ny", 1.0, 100.0),), unit="officer hours"))
    assert cells(text)[1][0].startswith("'=1+1") and len(cells(text)) == 2 and len(cells(text)[1]) == 3


# --- sentences --------------------------------------------------------------------------------------------------------


def test_hours_say_where_most_and_least_is_with_what_is_level() -> None:
    found = as_sentence(chart_of("week", grids=(grid("presence", Fri_22=12.0, Mon_4=0.5), grid("incidents"))))
    assert found == (
        "Presence by hour: most on Fri 22:00–23:00 (12 officer hours), least on Mon 04:00–05:00 (0.5 officer hours); "
        "incidents by hour: 1 incident in each of 168 hours."
    )
    level = as_sentence(chart_of("week", grids=(grid("presence", Fri_22=12.0, Sat_22=12.0),)))
    assert "most on Fri 22:00–23:00 and 1 more (12 officer hours), least on Mon 00:00–01:00 and 165 more" in level


def test_hours_without_data_are_counted_and_no_nought() -> None:
    found = as_sentence(chart_of("week", grids=(grid("presence", Fri_22=NAN, Mon_0=2.0),)))
    assert found.endswith("least on Mon 01:00–02:00 and 165 more (1 officer hour), no data of 1 hour.")


def test_that_some_hours_occur_more_often_is_said() -> None:
    often = np.ones((7, 24))
    often[0] = 2
    assert "not all of these hours occur equally often" in as_sentence(
        chart_of("week", grids=(grid("presence", often, Mon_0=2.0),))
    )


def test_a_series_says_its_days_or_weeks() -> None:
    days = tuple(date(2024, 6, 3) + timedelta(days=i) for i in range(3))
    found = as_sentence(
        chart_of("series", "crimes", series=Series("crimes", "day", days, np.array([3.0, NAN, 1.0]), ()))
    )
    assert (
        found
        == "Crimes by day: most on Mon 3 Jun 2024 (3 crimes), least on Wed 5 Jun 2024 (1 crime), no data of 1 day."
    )
    weeks = tuple(date(2024, 6, 3) + timedelta(weeks=i) for i in range(2))
    found = as_sentence(chart_of("series", "crimes", series=Series("crimes", "week", weeks, np.array([3.0, 1.0]), ())))
    assert "most in the week 3–9 Jun 2024 (3 crimes)" in found


def test_searches_have_no_most_for_their_number_is_no_aim() -> None:
    found = as_sentence(chart_of("week", "searches", grids=(grid("searches", Fri_22=40.0, Mon_0=0.0),)))
    assert found == "Stops and searches by hour: 206 searches in all, in 167 of 168 hours."


@pytest.mark.parametrize("kind", ["unit", "department", "officer_role", "resource_type"])
def test_groups_of_officers_are_named_in_their_order_and_never_ranked(kind) -> None:
    bars = tuple(Bar(str(i), f"Unit {i:02}", float(i), float(i)) for i in range(MOST_NAMED + 3))
    found = as_sentence(chart_of(kind, bars=bars, unit="officer hours"))
    assert found.startswith("In the order of the alphabet: Unit 00 0 %; Unit 01 1 %;")
    assert found.endswith(f"Unit {MOST_NAMED - 1} {MOST_NAMED - 1} %; and 3 more in the table.")
    assert not {"most", "least", "highest", "lowest", "largest"} & set(found.lower().replace(":", " ").split())


def test_nothing_shown_says_why() -> None:
    assert as_sentence(chart_of("unit", why="no data in this period.")) == "Nothing is shown: no data in this period."

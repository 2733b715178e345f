"""Records known by their month or day alone are in no frame of hours, behind whichever door of the dock, and are counted in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.answers.week_table import week_table
from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.charts.series import series, week_grid
from ia_plugin.core.dashboard.area_rows import area_rows
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.notes import coarse_notes
from tests.support.late_records import material_of

MONTH = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30))
NIGHTS = replace(MONTH, hour_from=22, hour_to=7)
MIDNIGHT = replace(MONTH, hour_from=0, hour_to=1)  # in which the rows of days and months stand in the table
FRIDAYS = replace(MONTH, weekdays=(4,))
WEEKS = replace(MONTH, first=date(2024, 6, 3))
SAID = "{} {} known by month only and {} {} known by day only are not in a frame of hours."
ONE_SENTENCE = SAID.format(12, "crimes", 3, "crimes")


def records(kind, *parts):
    rows = [(start, precision) for start, precision, count in parts for _ in range(count)]
    start = pd.to_datetime([s for s, _ in rows], utc=True)
    return pd.DataFrame({"event_id": [f"{kind}{i}" for i in range(len(rows))], "kind": kind, "category": "any", "start": start, "end": start,
                         "time_precision": [p for _, p in rows], "x": 0.0, "y": 0.0, "object_found": True})  # fmt: skip


@pytest.fixture(scope="module")
def mixed():
    """In June 12 crimes of the month, 3 of Friday 7 June, 5 at 23:30 of that day, one each at the ends of the month; searches alike."""
    parts = [("2024-05-31T23:00Z", "month", 12), ("2024-06-06T23:00Z", "day", 3), ("2024-06-07T22:30Z", "minute", 5),
             ("2024-06-01T10:00Z", "minute", 1), ("2024-06-30T10:00Z", "minute", 1)]  # fmt: skip
    return material_of(pd.concat([records("crime", *parts), records("stop_search", *parts)], ignore_index=True))


@pytest.mark.parametrize("key", ["crimes", "searches"])
def test_the_figures_of_each_frame(mixed, key):
    counts = [figures(mixed, s, "none").value(key) for s in (MONTH, WEEKS, FRIDAYS, NIGHTS, MIDNIGHT)]
    assert counts == [22.0, 9.0, 8.0, 5.0, 0.0]


@pytest.mark.parametrize(
    "state, said",
    [
        (MONTH, []),
        (WEEKS, ["12 crimes known by month only are counted in whole calendar months alone."]),
        (FRIDAYS, ["12 crimes known by month only are not in a choice of weekdays."]),
        (NIGHTS, [ONE_SENTENCE]),
        (MIDNIGHT, [ONE_SENTENCE]),
    ],
)
def test_one_sentence_tells_how_many(mixed, state, said):
    assert coarse_notes(mixed, state, kinds=("crime",)) == said


def test_both_kinds_stand_in_it_and_one_alone_is_singular(mixed):
    (both,) = [n for n in figures(mixed, NIGHTS, "none").notes_for("crimes") if "known by" in n]
    assert both == (
        "12 crimes and 12 stops and searches known by month only and 3 crimes and 3 stops and searches known by day only "
        "are not in a frame of hours."
    )
    one = material_of(records("crime", ("2024-05-31T23:00Z", "month", 1), ("2024-06-02T10:00Z", "minute", 1)))
    assert coarse_notes(one, NIGHTS) == ["1 crime known by month only is not in a frame of hours."]


@pytest.mark.parametrize("state", [NIGHTS, MIDNIGHT])
def test_tiles(mixed, state):
    shown = {t.key: t for t in overview(ask(mixed, state, "none"), state, "none").tiles}
    number = "5" if state is NIGHTS else "0"
    assert shown["events"].value.startswith(number) and ONE_SENTENCE in shown["events"].details
    assert shown["searches"].value == number
    assert SAID.format(12, "stops and searches", 3, "stops and searches") in shown["searches"].details


@pytest.mark.parametrize("what", ["crimes", "searches"])
def test_pages_of_hours_and_of_the_trend(mixed, what):
    """Hours of the week have none even where any hour is asked; days have those of days, and none of months."""
    name = "crimes" if what == "crimes" else "stops and searches"
    for state, hours, days in ((MONTH, 7.0, 10.0), (NIGHTS, 5.0, 5.0), (MIDNIGHT, 0.0, 0.0)):
        grid, line = week_grid(mixed, state, what), series(mixed, state, what)
        assert (grid.total, float(np.nansum(line.values))) == (hours, days)
        assert SAID.format(12, name, 3, name) in grid.notes
        of_days = f"12 {name} known by month only are not in a chart of days."
        assert (of_days if state is MONTH else SAID.format(12, name, 3, name)) in line.notes
    assert SAID.format(12, name, 3, name) in prepare(mixed, NIGHTS, Choice("week", "searches", "crimes")).notes


def test_areas_and_the_table_of_hours(mixed):
    assert [r.value for r in area_rows(mixed, NIGHTS, "crimes", weeks=0).rows] == [5.0]
    assert [r.value for r in area_rows(mixed, MIDNIGHT, "crimes", weeks=0).rows] == [0.0]
    table = week_table(mixed, MONTH, "restricted")  # a board is told no hour of the last seven days
    own = table[table["place"] == "(all)"]
    assert own["crimes"].sum() == 7.0 and own.loc[own["hour"] == 0, "crimes"].sum() == 0.0


def test_a_frame_that_only_coarse_records_reach_is_not_told_as_nought():
    coarse = material_of(records("crime", ("2024-05-31T23:00Z", "month", 12)))
    (row,) = figures(coarse, NIGHTS, "none").table.query("key == 'crimes'").to_dict("records")
    assert not np.isfinite(row["value"]) and "only the day or month" in row["why"]
    assert figures(coarse, MONTH, "none").value("crimes") == 12.0

"""A chart that shows less than the figure of the same filter says how much less."""

from datetime import date

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.summary_tables import Material
from tests.support.one_week import WEEK, week_material

AREA = pd.DataFrame(
    {"area_id": ["A"], "name": ["Aston"], "role": ["impact"], "geometry": [shapely.box(0, 0, 900, 900)]}
)
JUNE = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30))


def notes(material, state, **choice):
    return [n for n in prepare(material, state, Choice(**choice)).notes if n.startswith("Shown are ")]


def test_records_of_a_month_stand_in_the_figure_and_in_no_day():
    """Thirty crimes with their minute, one on each day of June, and 25 that tell the month alone."""
    days = pd.date_range("2024-06-01T12:00Z", periods=30)
    month = pd.DatetimeIndex(["2024-05-31T23:00Z"] * 25)
    events = pd.DataFrame(
        {"event_id": [str(k) for k in range(55)], "start": [*days, *month], "kind": "crime", "category": "any"}
    )
    events["end"] = [*days, *([pd.Timestamp("2024-06-30T23:00Z")] * 25)]
    events["time_precision"] = np.repeat(["minute", "month"], [30, 25])
    events = events.assign(x=10.0, y=10.0, source="test")
    material = Material.of(AREA, week_material().time_use.table, events=events)
    assert figures(material, JUNE).value("crimes") == 55
    [note] = notes(material, JUNE, kind="series", what="crimes")
    assert note.startswith("Shown are 30 of the 55 crimes of the figures: ")
    # Beside presence, of which there is one week, only that week's crimes are shown.
    assert [n[:30] for n in notes(material, JUNE, kind="week", against="crimes")] == ["Shown are 7 of the 55 crimes o"]


def test_a_chart_that_shows_all_says_nothing():
    material = week_material()
    for what in ("presence", "crimes", "incidents", "demand"):
        assert notes(material, WEEK, kind="series", what=what) == []
    assert notes(material, WEEK, kind="week", what="presence", against="demand") == []

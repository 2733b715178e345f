"""Two small maps: each per km², compared by counts, and not of small numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.charts.draw import draw, least_height
from ia_plugin.core.charts.places_map import PlacesMap, apart_in_words
from ia_plugin.core.filter_state import FilterState
from tests.support.one_week import WEEK, week_material


def map_of(what, counts):
    boxes = tuple(shapely.box(i, 0, i + 1, 1) for i in range(len(counts)))
    names = tuple("abc"[: len(counts)])
    return PlacesMap(what, what, names, ("impact",) * len(counts), boxes, np.array(counts), np.array(counts))


def test_what_lies_elsewhere_is_half_the_difference_of_shares():
    """Searches 30 : 10 where crimes are 50 : 50: a quarter of the searches lie in the other area."""
    words = apart_in_words((map_of("searches", [30.0, 10.0]), map_of("crimes", [50.0, 50.0])))
    assert words.startswith("25 % of stops and searches lie in other areas than crimes;") and "not a target" in words


def test_under_thirty_it_would_be_chance():
    words = apart_in_words((map_of("searches", [20.0, 9.0]), map_of("crimes", [50.0, 50.0])))
    assert words == "Not compared by area: under 30 stops and searches or 30 crimes it would be chance."


@pytest.mark.parametrize("against", ["crimes", "incidents", "demand"])
def test_a_chart_of_places_is_drawn_and_says_its_title(against):
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    material = week_material()
    assert set(material.outlines) == {"A"}
    chart = prepare(material, WEEK, Choice("places", "searches", against))
    assert chart.shape == (0, 0), "there is nothing to click"
    figure = Figure(figsize=(4, least_height(chart, 4)))
    FigureCanvasAgg(figure)
    draw(figure, chart)
    figure.canvas.draw()
    assert any("by area" in t.get_text() for t in figure.texts)


def test_without_data_it_says_so():
    chart = prepare(
        week_material(),
        replace(WEEK, first=WEEK.first.replace(year=2020), last=WEEK.last.replace(year=2020)),
        Choice("places", "searches"),
    )
    assert chart.why and isinstance(chart.state, FilterState)

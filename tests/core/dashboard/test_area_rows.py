"""The areas side by side: by name, in one unit, beside the middle half of the comparison areas, and in classes on the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from ia_plugin.core.answers.figure_words import as_table
from ia_plugin.core.dashboard.area_rows import alike, area_rows
from ia_plugin.core.dashboard.map_classes import NOT_KNOWN, SCALES, frame_hours, map_classes
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.dashboard.tiles import Gauge
from ia_plugin.core.disclosure.audiences import in_full
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import area_places
from ia_plugin.core.words import count_of
from tests.support.one_hour import DAY, material_of

AREAS = (
    ("north", "impact", 1.0, 10.0), ("east", "impact", 0.5, 0.5), ("south", "impact", 4.0, 2.0),
    *((f"c{i}", "comparison", 1.0, float(i)) for i in range(1, 6)),
)  # fmt: skip


@pytest.fixture(scope="module")
def material():
    return material_of(AREAS)


def test_rows_stand_by_name_and_per_km2(material):
    found = area_rows(material, DAY)
    assert [(r.name, r.value) for r in found.rows] == [("east", 1.0), ("north", 10.0), ("south", 0.5)]
    assert found.title == "Officer-hours per km²" and found.rows[1].words(found.measure) == "10 h per km² (8.4–11.6)"
    assert found.comparison == (2.0, 3.0, 4.0)
    assert found.comparison_words == "comparison areas: median 3, middle half 2–4 (n = 5)"


def test_a_share_by_mode_is_whole_as_in_every_table(material):
    """How officers moved is known to some points at best: the page of areas says no more than the table does."""
    material = in_full(material)
    found = area_rows(material, DAY, "foot")
    [row] = [r for r in found.rows if r.name == "north"]
    table = as_table(figures(material, FilterState(areas=("north",), first=DAY.first, last=DAY.last), "none"))
    [line] = [line for line in table.splitlines() if line.startswith("On foot")]
    assert row.words(found.measure) == line.split("\t")[1] == "100 % (97–100)"
    assert (
        found.bare(26.3) == "26"
        and found.comparison_words == "comparison areas: median 100, middle half 100–100 (n = 5)"
    )


def test_a_row_is_the_figure_of_its_area_alone(material):
    for row in area_rows(material, DAY).rows:
        alone = figures(material, FilterState(areas=(row.area_id,), first=DAY.first, last=DAY.last), "none")
        assert row.value == alone.table.set_index("key").loc["officer_hours", "rate"]


def test_weeks_before_the_data_are_gaps_and_the_last_week_ends_with_the_period(material):
    found = area_rows(material, FilterState(first=date(2024, 5, 1), last=date(2024, 6, 9)))
    assert found.weeks[-1] == date(2024, 6, 3) and len(found.weeks) == 12
    assert np.isnan(found.rows[0].weeks[:-1]).all() and found.rows[1].weeks[-1] == 10.0


def test_of_four_comparison_areas_there_is_no_middle_half():
    few = area_rows(material_of(AREAS[:-1]), DAY)
    assert few.comparison is None and few.comparison_words == "fewer than 5 comparison areas are known"


def test_areas_whose_ranges_overlap_have_no_order(material):
    rows = sorted(area_rows(material, DAY).rows, key=lambda r: -r.value)
    assert [r.name for r in rows] == ["north", "east", "south"]
    assert alike(tuple(rows)) == [(1, 2)], "10 (8.4–11.6) stands alone; the ranges of 1 and 0.5 overlap"


def test_classes_of_the_map_keep_their_meaning_on_any_filter(material):
    """Ten officer hours in an hour on one km² are ten officers per km², whatever the length of the period asked."""
    every = area_places(material)
    for state in (DAY, FilterState(first=date(2024, 5, 1), last=date(2024, 6, 30))):
        found = map_classes(material, state, "officer_hours", measured(material, state, every))
        of = dict(zip(found.area_ids, found.values))
        assert (of["north"], of["east"], of["south"]) == (10.0, 1.0, 0.5)
        assert set(found.classes) == {4} and found.labels[0] == "under 0.02" and found.labels[-1] == "0.2 and more"
    assert frame_hours(material, DAY) == 1.0


def test_what_is_not_known_is_no_class_and_what_no_map_is_of_is_refused(material):
    areas = measured(material, DAY, area_places(material))
    assert set(map_classes(material, DAY, "crimes", areas).classes) == {NOT_KNOWN}
    with pytest.raises(ParameterError, match="no map of 'share'"):
        map_classes(material, DAY, "share", areas)


@pytest.mark.parametrize("key", SCALES)
def test_scales_rise(key):
    breaks = SCALES[key].breaks
    assert list(breaks) == sorted(set(breaks)) and len(SCALES[key].labels()) == 5


def test_the_overview_is_the_figures_the_verdict_and_four_tiles(material):
    answer = ask(material, DAY, "none")
    found = overview(answer, DAY, "none")
    assert [t.key for t in found.tiles] == ["hours", "moved", "events", "searches"]
    hours = found.tiles[0]
    assert hours.value == "12 h" and hours.lines[0] == "2.3 h per km² │ comparison together 3"
    assert hours.gauge is not None and hours.gauge.value == pytest.approx(12.5 / 5.5) and hours.gauge.comparison == 3.0
    assert found.tiles[1].value == "0 % cannot tell" and "on foot 100 %" in found.tiles[1].lines[-1]
    assert found.tiles[2].why and found.tiles[2].sentence.startswith("Crimes · incidents: not told")
    assert found.verdict is not None and found.verdict.sentence.endswith("cannot tell.")


def test_a_tile_says_what_it_is_of_and_in_which_unit(material):
    """Of one day asked, and of a week of which the data have one; what is not told rests on nothing."""
    found = overview(ask(material, DAY, "none"), DAY, "none").tiles
    areas = count_of(len(material.of_role("impact")), "areas")
    assert (found[0].n, found[1].n, found[2].n, found[2].unit) == (f"{areas}, 1 day", "of 12 h", "", "")
    assert found[0].unit.startswith("officer hours (h)") and found[1].unit == "per cent of officer hours"
    week = replace(DAY, last=DAY.last + timedelta(days=6))
    hours = overview(ask(material, week, "none"), week, "none").tiles[0]
    assert hours.n.startswith(areas) and hours.n.endswith("of 7 days")


def test_a_gauge_ends_beyond_all_it_shows():
    assert Gauge(2.0, 1.0, 5.0, 4.0).top == pytest.approx(6.0) and Gauge(0.0).top == 1.0

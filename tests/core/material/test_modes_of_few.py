"""How fewer than five officers moved is told through no door; their time as a whole is. By hand: two areas, one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.verdict import verdict_of
from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.charts.series import series
from ia_plugin.core.columns import ALL
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.disclosure.audiences import in_full
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import area_places, chosen_place, role_place
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.suppression import FEW_OFFICERS, SOME_OF_FEW

DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3))
MIDNIGHT = pd.Timestamp("2024-06-02T23:00Z")
SEEN = {"a": 4, "b": 6}  # different officers of the day
HOURS = (9, 10, 11)  # of the day, one officer in each of them, and in b two


def material() -> Material:
    """Each officer half an hour in each hour, all of it on foot."""
    every = dict.fromkeys(("unit", "department", "officer_role", "resource_type"), ALL)
    modes = dict.fromkeys((f"{m}_seconds" for m in ("vehicle", "stationary", "unknown", "bicycle")), 0.0)
    there = {"a": 1, "b": 2, "(impact)": 3}
    use = [{"area_id": place, "period": MIDNIGHT + pd.Timedelta(hours=h), **every, "activity": "on_foot", "officer_seconds": 1800.0 * n,
            "variance": 1.0, "systematic": 1.0, "foot_seconds": 1800.0 * n, **modes}
           for h in HOURS for place, n in there.items()]  # fmt: skip
    cover = [{"area_id": a, "period": MIDNIGHT + pd.Timedelta(hours=h), "unit": ALL, "resource_type": ALL, "patrol_seconds": 1800.0,
              "officers": there[a]} for h in HOURS for a in SEEN]  # fmt: skip
    seen = [{"area_id": a, "period": MIDNIGHT, "dimension": ALL, "value": ALL, "officers": n} for a, n in SEEN.items()]
    areas = [{"area_id": a, "name": a.upper(), "role": "impact", "geometry": shapely.box(2000 * i, 0, 2000 * i + 1000, 1000)}
             for i, a in enumerate(SEEN)]  # fmt: skip
    return Material.of(*map(pd.DataFrame, (areas, use)), cover=pd.DataFrame(cover), officers_seen=pd.DataFrame(seen))


def told(state: FilterState, key: str, made: Material | None = None) -> tuple[float, str]:
    """A measure of the places of a filter, and why it is not told."""
    made = made or material()
    found = measured(made, state, [chosen_place(made, state)]).of(0, key)
    return found.value, found.why


def test_the_whole_stands_and_the_split_does_not():
    a = replace(DAY, areas=("a",))
    assert told(a, "officer_hours")[0] == 1.5
    value, why = told(a, "foot")
    assert np.isnan(value) and why == FEW_OFFICERS
    assert told(replace(DAY, areas=("b",)), "foot") == (100.0, "")


def test_nor_by_asking_for_one_mode():
    """Hours on foot beside all hours would be the share."""
    a = replace(DAY, areas=("a",), modes=("foot",))
    assert [told(a, key)[1] for key in ("officer_hours", "share")] == [FEW_OFFICERS, FEW_OFFICERS]
    assert series(material(), a, "presence").why == FEW_OFFICERS
    assert verdict_of(material(), a).sentence == "Fewer than five officers: not shown."
    assert told(replace(a, areas=("b",)), "officer_hours")[0] == 3.0


def test_nor_as_the_difference_of_two_choices_of_areas():
    value, why = told(replace(DAY, areas=("a", "b")), "foot")
    assert np.isnan(value) and why == SOME_OF_FEW
    assert told(DAY, "foot") == (100.0, ""), "all Impact Areas are a place of their own, of six officers at the least"


@pytest.mark.parametrize(("hours", "few"), [((9, 11), True), ((9, 12), False)])
def test_hours_whose_counts_come_to_fewer_than_five_are_of_fewer_than_five(hours, few):
    """Six officers in a day, but two in an hour: two hours count four at the most, three hours six."""
    state = replace(DAY, areas=("b",), hour_from=hours[0], hour_to=hours[1])
    assert told(state, "officer_hours")[0] == hours[1] - hours[0]
    assert told(state, "foot")[1] == (FEW_OFFICERS if few else "")


def test_tile_rows_and_chart_say_so_in_words():
    a = replace(DAY, areas=("a",))
    front = overview(ask(material(), a, "none"), a, "none")
    assert [t.why for t in front.tiles[:2]] == ["", FEW_OFFICERS]
    assert front.tiles[1].sentence == "How they moved: not told, fewer than five officers."
    activity = prepare(material(), a, Choice("activity"))
    assert not activity.bars and activity.why == FEW_OFFICERS


def test_a_restricted_audience_and_restricted_cells_are_told_in_full():
    a = replace(DAY, areas=("a",))
    assert (
        told(a, "foot", in_full(material())) == told(a, "foot", replace(material(), purpose="training")) == (100.0, "")
    )


def test_of_no_time_there_is_nothing_to_withhold():
    made = material()
    night = replace(DAY, hour_from=0, hour_to=5)
    every = [role_place(made, "(impact)"), *area_places(made)]
    assert not {FEW_OFFICERS, SOME_OF_FEW} & set(measured(made, night, every).columns["foot"].why)

"""Events by square: no mark is the place of one event, and together they are the count of the same filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.briefing.event_squares import event_squares
from ia_plugin.core.columns import TIME_USE
from ia_plugin.core.empty import empty_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import whole_force
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.store.published_events import event_points

JUNE = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30))
FILTERS = {
    "June": JUNE,
    "nights": replace(JUNE, hour_from=22, hour_to=6),
    "weekends": replace(JUNE, weekdays=(5, 6)),
    "one kind": replace(JUNE, kinds=("incident",)),
    "one category": replace(JUNE, categories=("Burglary",)),
    "a key type": replace(JUNE, key_types=("drugs",)),
    "a fortnight": replace(JUNE, last=date(2024, 6, 14)),
}


@pytest.fixture(scope="module")
def events():
    """Two thousand events of three months, some whose day or month alone is known, some sensitive, some without a place."""
    rng, n = np.random.default_rng(3), 2000
    start = pd.Timestamp("2024-05-01T00:00Z") + pd.to_timedelta(rng.integers(0, 90 * 24 * 60, n), unit="min")
    category = rng.choice(["Burglary", "Drugs", "Rape of a female", "Domestic incident"], n, p=[0.5, 0.3, 0.1, 0.1])
    return pd.DataFrame(
        {"event_id": [str(i) for i in range(n)], "kind": rng.choice(["crime", "incident", "stop_search"], n), "category": category,
         "key_type": np.where(category == "Drugs", "drugs", "other"), "start": start, "end": start, "version": 1, "status": "current",
         "time_precision": rng.choice(["minute", "day", "month"], n, p=[0.8, 0.15, 0.05]), "x": rng.uniform(0, 3000, n).round(2),
         "y": rng.uniform(0, 3000, n).round(2), "location_precision": "point", "source_ref": "t", "generated_by": "public"}
    )  # fmt: skip


@pytest.fixture(scope="module")
def material(events):
    areas = pd.DataFrame({"area_id": ["A"], "name": ["A"], "role": ["impact"], "geometry": [shapely.box(0, 0, 900, 900)]})  # fmt: skip
    open_events = events[events["category"].isin(["Burglary", "Drugs"])]
    return Material.of(areas, empty_table(TIME_USE), events=open_events.reset_index(drop=True))


@pytest.mark.parametrize("state", FILTERS.values(), ids=FILTERS)
def test_squares_add_up_to_the_count_of_the_filter(events, material, state):
    """Of all but sexual and domestic offences, which are counted and never drawn."""
    squares = event_squares(event_points(events, "Europe/London"), state)
    found = measured(material, state, [whole_force()])
    for key, kind in (("crimes", "crime"), ("incidents", "incident"), ("searches", "stop_search")):
        drawn = squares.loc[squares["kind"] == kind, "events"].sum()
        assert drawn == np.nan_to_num(found[key][0])


def test_marks_stand_in_the_middle_of_squares_of_the_least_area():
    points = pd.DataFrame(
        {"kind": "crime", "category": "Burglary", "key_type": "burglary", "x": [399_999.9, 400_000.0, -1.0], "y": [280_001.0, 280_199.9, -1.0],
         "start": pd.to_datetime(["2024-06-03T10:00Z"] * 3), "time_precision": "minute", "location_precision": ["point", "snapped", "point"]}
    )  # fmt: skip
    found = event_squares(points, JUNE)
    assert found[["x", "y"]].values.tolist() == [[-100, -100], [399_900, 280_100], [400_100, 280_100]]
    nine = event_squares(points, JUNE, least_ha=9.0)
    assert nine[["x", "y"]].values.tolist() == [[-150, -150], [399_750, 280_050], [400_050, 280_050]][:1] + nine[["x", "y"]].values.tolist()[1:]  # fmt: skip
    assert set(np.diff(sorted(nine["x"]))[1:]) <= {0.0, 300.0}


def test_a_place_that_is_a_wide_square_has_no_mark():
    point = {"kind": "crime", "category": "Burglary", "key_type": None, "x": 10.0, "y": 10.0, "time_precision": "minute"}  # fmt: skip
    rows = [{**point, "start": pd.Timestamp("2024-06-03T10:00Z"), "location_precision": p} for p in ("area", "none")]
    assert not len(event_squares(pd.DataFrame(rows), JUNE)) and not len(event_squares(pd.DataFrame(rows)[:0], JUNE))

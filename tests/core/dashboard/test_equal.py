"""Two doors, one figure: every number on tiles, rows of areas and the map is that of the measures, whatever the filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from ia_plugin.core.dashboard.area_rows import SHOWN, area_rows
from ia_plugin.core.dashboard.map_classes import SCALES, frame_hours, map_classes
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.measure_list import BY_KEY, OF_EVENTS
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import area_places, chosen_place, comparison_place
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.suppression import FEW_RESULTS
from ia_plugin.core.words import amount, number
from tests.support.eight_weeks import FIRST, eight_weeks
from tests.support.long import long_after

KINDS = ("department", "past midnight", "partly observed", "empty", "plain")


@pytest.fixture(scope="module")
def material() -> Material:
    return eight_weeks()


def filters(kind: str, count: int) -> list[FilterState]:
    """Filters of a kind, drawn from a seed of its own."""
    rng = np.random.default_rng(KINDS.index(kind))
    found = []
    for _ in range(count):
        first = FIRST + timedelta(days=int(rng.integers(0, 40)))
        state = FilterState(first=first, last=first + timedelta(days=int(rng.integers(0, 27))))
        if rng.random() < 0.5:
            state = replace(state, weekdays=tuple(sorted(rng.choice(7, rng.integers(1, 7), replace=False).tolist())))
        if rng.random() < 0.4:
            state = replace(
                state, areas=tuple(f"a{i:02}" for i in sorted(rng.choice(12, rng.integers(1, 4), replace=False)))
            )
        if kind == "department":
            state = replace(state, departments=("Local",) if rng.random() < 0.7 else ("Local", "Traffic"))
        elif kind == "past midnight":
            state = replace(state, hour_from=int(rng.integers(18, 24)), hour_to=int(rng.integers(1, 8)))
        elif kind == "partly observed":
            state = replace(
                state, first=FIRST + timedelta(days=15), last=FIRST + timedelta(days=int(rng.integers(23, 40)))
            )
        elif kind == "empty":
            state = replace(
                state,
                first=state.first.replace(year=2023),
                last=state.last.replace(year=2023),
                weekdays=tuple(range(7)),
            )
        found.append(state)
    return found


@pytest.mark.parametrize("sample", long_after(2, [*((k, 30) for k in KINDS[:2]), *((k, 100) for k in KINDS)]), ids=str)
def test_every_number_is_that_of_the_measures(material: Material, sample: tuple[str, int]) -> None:
    kind, count = sample
    rng = np.random.default_rng(100 + KINDS.index(kind))
    for state in filters(kind, count):
        found = overview(ask(material, state, "none"), state, "none")
        here, beside = chosen_place(material, state), comparison_place(material, state)
        whole, every = measured(material, state, [here, beside]), measured(material, state, area_places(material))
        _tiles_are(found, whole)
        key = str(rng.choice([k for k in SHOWN if k in SCALES]))
        rows = area_rows(material, state, key, now=found.areas, weeks=0).rows
        places = {p.label: i for i, p in enumerate(every.places)}
        for row in rows:
            i = places[row.area_id]
            expected = every.compared(BY_KEY[key])[i] if row.why != FEW_RESULTS else np.nan
            np.testing.assert_equal(row.value, expected)
        shown, scale = map_classes(material, state, key, found.areas), SCALES[key]
        hours = frame_hours(material, state, of_events=key in OF_EVENTS)
        for _area, value, row in (
            (a, v, r) for a, v in zip(shown.area_ids, shown.values) for r in rows if r.area_id == a
        ):
            expected = row.value * scale.per / hours if scale.per and hours else row.value if not scale.per else np.nan
            np.testing.assert_allclose(value, expected, rtol=1e-12)


def _tiles_are(found, whole) -> None:
    """The large figure and the gauge of each tile, against the measures of the places together."""
    hours, _, events, searches = found.tiles
    for tile, key, unit in ((hours, "officer_hours", "h"), (searches, "searches", "")):
        value = whole[key][0]
        assert bool(tile.why) == (not np.isfinite(value)), tile
        if np.isfinite(value):
            assert tile.value == (amount(value, unit) if unit else number(value))
    if hours.gauge is not None and np.isfinite(hours.gauge.value):
        rates = whole.compared(BY_KEY["officer_hours"])
        assert hours.gauge.value == rates[0]
        np.testing.assert_equal(hours.gauge.comparison, rates[1])
    if not events.why:
        assert events.value == " · ".join(number(whole[k][0]) for k in ("crimes", "incidents"))
    if searches.gauge is not None:
        assert searches.gauge.value == whole["found"][0] and whole.columns["results"].value[0] >= 10


def test_the_filters_are_what_they_are_called(material: Material) -> None:
    """An empty filter has no figure, a partly observed one has days without data: a test of them tests something."""
    empty = [overview(ask(material, s, "none"), s, "none").tiles[0].why for s in filters("empty", 5)]
    assert all(empty)
    assert all(s.departments for s in filters("department", 5)) and all(s.wraps for s in filters("past midnight", 5))

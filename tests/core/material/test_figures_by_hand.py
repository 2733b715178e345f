"""Every figure of a filter is what the slow way counts (`tests/support/figures_by_hand.py`), or says why it is silent."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.disclosure.audiences import in_full
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.measures import MEASURES
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import stays, time_in_areas, visits
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.summaries.zones import headline_ground
from tests.support.figures_by_hand import (
    cover_figures,
    event_figures,
    kept_pieces,
    pieces_of,
    time_figures,
    visit_figures,
    with_ground,
    with_units,
)
from tests.support.forces import usual_world
from tests.support.one_place import values_of

LINEAR = PresenceParams(method="linear", bounds="none")
FIRST = date(2024, 6, 3)
IMPACT_AREAS = ("one", "two")
MODE_KEYS = ("foot", "vehicle", "stationary", "unknown", "bicycle")

# Legs and areas that share less than half a second have no row: some of them make a second of hours and a hair of a percentage.
CLOSE = {"officer_hours": 1e-3, **dict.fromkeys(("share", *MODE_KEYS), 0.01)}
EXACT = 1e-6  # cover, officers, visits, events


@pytest.fixture(scope="module")
def world():
    """Each search is there nine times: of fewer than ten no share is told."""
    legs, areas, events = usual_world()
    searches = events[events["kind"] == "stop_search"]
    again = [searches.assign(event_id=searches["event_id"] + f"/{i}") for i in range(8)]
    return legs, areas, pd.concat([events, *again], ignore_index=True)


def random_filter(rng):
    first = FIRST + timedelta(days=int(rng.integers(0, 3)))
    some = (int(rng.integers(0, 11)), int(rng.integers(12, 25)))
    hour_from, hour_to = [(0, 24), (7, 15), (15, 23), (22, 7), (18, 3), some][rng.integers(0, 6)]

    def choice(words, probability):
        """One or two of the words, or none."""
        if rng.random() >= probability:
            return ()
        return tuple(str(word) for word in rng.choice(words, rng.integers(1, 3), replace=False))

    weekdays = rng.choice(7, rng.integers(1, 8), replace=False) if rng.random() < 0.3 else range(7)
    return FilterState(
        areas=choice(["one", "two", "like"], 0.6),
        first=first,
        last=first + timedelta(days=int(rng.integers(0, 3))),
        hour_from=hour_from,
        hour_to=hour_to,
        weekdays=tuple(int(day) for day in weekdays),
        units=choice(["North", "South"], 0.3),
        resources=choice(["beat", "car"], 0.2),
        modes=choice(["foot", "vehicle", "unknown"], 0.2),
        categories=choice(["x", "y"], 0.2),
    )


def is_told(key, state):
    """Whether a figure can be told under a filter, wherever there is any data."""
    if key in MODE_KEYS or key in ("visits", "visit_minutes"):
        return not state.modes
    if key in ("cover_hours", "officers"):  # stored by unit or by resource type; they do not add
        return not state.modes and len(state.units) + len(state.resources) <= 1
    return True


@pytest.mark.parametrize("filters, least", [(60, 4), pytest.param(500, 40, marks=pytest.mark.long)])
def test_figures_are_what_the_slow_way_counts(world, filters, least):
    legs, areas, events = world
    material = in_full(computed_material(legs, ForceFacts(areas, events, method=LINEAR)))
    pieces, placed = pieces_of(legs, areas), with_ground(events, areas)
    ground = headline_ground(areas)
    all_visits = with_units(visits(legs, ground, time_in_areas(legs, ground, LINEAR), stays(legs, ground)), legs)
    rng, told = np.random.default_rng(5), Counter()
    for _ in range(filters):
        state = random_filter(rng)
        chosen, kept = state.areas or IMPACT_AREAS, kept_pieces(pieces, state)
        by_hand = {
            **time_figures(kept, state),
            **cover_figures(kept, chosen),
            **visit_figures(all_visits, state, chosen),
            **event_figures(placed, state),
        }
        found = values_of(material, state)
        assert set(by_hand) == set(found) == {measure.key for measure in MEASURES}
        for key, true in by_hand.items():
            value = found[key].value
            if np.isnan(value):
                assert found[key].why, (key, state)
                assert not is_told(key, state) or np.isnan(true) or true == 0, (key, true, state)
            else:
                assert is_told(key, state), (key, state)
                assert value == pytest.approx(true, abs=CLOSE.get(key, EXACT)), (key, state)
                told[key] += 1
    assert len(told) == len(MEASURES) and min(told.values()) > least, told

"""What may be compared with an earlier period: one rule, whichever door is asked."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.event_tables import events_table, searches_table
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import sentences
from ia_plugin.core.answers.time_table import time_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.records import reaches_back
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.summaries.compute import ForceFacts
from tests.support.forces import areas_of, legs_of, walks

AREAS = areas_of(one=("impact", shapely.box(-1000, -1000, 4000, 4000)))
WEEK = FilterState(first=date(2024, 6, 10), last=date(2024, 6, 16))  # Monday to Sunday; the one before begins on 3 June
LAST = "2024-06-16T12:00Z"


def records(*starts, precision="minute"):
    at = pd.to_datetime(pd.Series(starts), utc=True)
    one = pd.DataFrame({"event_id": [f"{precision}{i}" for i in range(len(at))], "start": at, "end": at})
    return one.assign(time_precision=precision, x=500.0, y=500.0, category="x")


def material_of(events):
    both = pd.concat([events.assign(kind=k) for k in ("crime", "stop_search")], ignore_index=True)
    return computed_material(
        legs_of(walks()), ForceFacts(AREAS, both, method=PresenceParams(method="linear", bounds="none"))
    )


def earlier_by_door(material, state):
    """The earlier count of crimes and of searches, as each door tells it."""
    shown = figures(material, state).table.set_index("key")["earlier"]
    table, searched = events_table(material, state), searches_table(material, state).set_index("place")
    mine = table[(table["place"] == "(impact)") & (table["kind"] == "crime") & (table["group"] == "(all)")]
    return [shown["crimes"], shown["searches"], mine["events_before"].iloc[0], searched.loc["(impact)", "searches_before"]]  # fmt: skip


CASES = {
    "from its first day": (records("2024-06-03T20:00Z", LAST), WEEK, 1),
    "from its second day": (records("2024-06-04T08:00Z", LAST), WEEK, None),
    "from its second day, asked from Wednesday": (
        records("2024-06-04T08:00Z", "2024-06-05T08:00Z", "2024-06-18T12:00Z"),
        FilterState(first=date(2024, 6, 12), last=date(2024, 6, 18)),
        1,
    ),
    "from its second day, weekends asked": (
        records("2024-06-04T08:00Z", "2024-06-08T08:00Z", LAST),
        FilterState(first=WEEK.first, last=WEEK.last, weekdays=(5, 6)),
        1,
    ),
    "a hole of a week": (records("2024-05-01T08:00Z", LAST), WEEK, None),
    "a nought at night": (
        records("2024-06-03T12:00Z", LAST),
        FilterState(first=WEEK.first, last=WEEK.last, hour_from=22, hour_to=6),
        0,
    ),
    "of months only, then of minutes": (
        pd.concat([records("2024-05-31T23:00Z", precision="month"), records("2024-06-11T08:00Z", LAST)]),
        WEEK,
        None,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_door_compares_the_same(case):
    events, state, right = CASES[case]
    found = earlier_by_door(material_of(events), state)
    assert found == pytest.approx([np.nan if right is None else right] * 4, nan_ok=True)


@pytest.mark.parametrize(("first", "known"), [(3, True), (4, False)])
def test_each_door_compares_officer_time_by_the_same_rule(first, known):
    """Of officers from Monday on the week from Monday can be compared; from Tuesday on it cannot, though it has six days."""
    legs = legs_of(
        pd.concat(
            [walks(start=f"2024-06-{day:02d}T22:30Z", seed=day) for day in range(first - 1, 17)], ignore_index=True
        )
    )
    material = computed_material(legs, ForceFacts(AREAS, method=PresenceParams(method="linear", bounds="none")))
    table = time_table(material, WEEK).set_index("place").loc["(impact)"]
    shown = figures(material, WEEK).table.set_index("key")["earlier"]
    assert [table["officer_hours_before"], table["share_percent_before"]] == pytest.approx(
        [shown["officer_hours"], shown["share"]], nan_ok=True
    )
    assert np.isfinite(shown["officer_hours"]) == known


def test_sentences_do_not_compare_what_cannot_be():
    events = records("2024-06-04T08:00Z", LAST)
    legs = legs_of(walks(start="2024-06-10T09:00Z"))
    material = computed_material(
        legs, ForceFacts(AREAS, events.assign(kind="crime"), method=PresenceParams(method="linear"))
    )
    assert not reaches_back(material, WEEK.before(), "crime")
    told = sentences(material, WEEK, tables(material, WEEK))["sentence"]
    of_crimes = [s for s in told if "recorded crime" in s]
    assert of_crimes and not any("before" in s for s in of_crimes)

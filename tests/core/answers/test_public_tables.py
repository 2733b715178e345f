"""What the public sees of a place is the same in every table: hidden in one is hidden in all, and no total tells it."""

from datetime import date

import numpy as np
import pytest
import shapely

from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.time_table import time_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.places import FORCE
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.suppression import LEAST
from tests.support.attackers import known_by_attacker
from tests.support.forces import areas_of, events_of, legs_of, walks

DAY = date(2024, 6, 3)
SPOTS = {"i0": (450, 450), "i1": (1450, 450), "c0": (450, 2450), "c1": (1450, 2450), "(rest)": (4000, 4000)}
OF_TIME = ("resources", "activities", "modes", "week")
LINEAR = PresenceParams(method="linear", bounds="none")


def force(officers):
    """Summary tables of a force whose officers each stay at one place all day: numbers of them by place."""
    where = np.repeat(list(officers), list(officers.values()))
    fixes = walks(officers=len(where), fixes=30, step_s=300.0)
    drift = np.random.default_rng(1).normal(0, 20, (len(fixes), 2))
    at = fixes["officer_id"].str.slice(1).astype(int)
    fixes[["x", "y"]] = np.array([SPOTS[w] for w in where])[at] + drift
    square = [(n, shapely.box(x - 450, y - 450, x + 450, y + 450)) for n, (x, y) in SPOTS.items() if n != "(rest)"]
    areas = areas_of(**{n: ("impact" if n[0] == "i" else "comparison", s) for n, s in square})
    return computed_material(legs_of(fixes), ForceFacts(areas, events_of(fixes, n=200), method=LINEAR))


CASES = {
    "few in the rest": {"i0": 9, "i1": 8, "c0": 8, "(rest)": 3},
    "few in one area": {"i0": 9, "i1": 3, "c0": 8, "(rest)": 9},
    "few in the one area of a role": {"i0": 9, "i1": 8, "c0": 2, "(rest)": 9},
    "few in an area of each role": {"i0": 9, "i1": 3, "c0": 8, "c1": 2, "(rest)": 9},
    "few in all": {"i0": 3, "c0": 3},
    "few in the only place": {"(rest)": 3},
    "enough in all": {"i0": 9, "i1": 8, "c0": 8, "c1": 7, "(rest)": 9},
}


@pytest.mark.parametrize("modes", [(), ("foot",)])
@pytest.mark.parametrize("case", CASES)
def test_a_place_hidden_in_one_table_is_hidden_in_all(case, modes):
    officers, state = CASES[case], FilterState(first=DAY, last=DAY, modes=modes)
    material = force(officers)
    found = tables(material, state, "public")
    time = found["time"].set_index("place")
    hidden = set(time.index[time["why"] != ""])
    few = {p for p, n in officers.items() if n < LEAST}
    assert few <= hidden and (hidden == set()) == (few == set())
    assert time.loc[sorted(hidden)].select_dtypes("float").drop(columns="km2").isna().all(axis=None)
    for name in OF_TIME:
        assert not hidden & set(found[name]["place"]), name
    # One who knows the exact hours of all places shown, and that they add up, knows the hours of no other one.
    exact = time_table(material, FilterState(first=DAY, last=DAY), "restricted").set_index("place")["officer_hours"]
    parts = ["(impact)", "(comparison)", "(rest)"]
    sums = [(FORCE, parts), ("(impact)", ["i0", "i1"]), ("(comparison)", ["c0", "c1"])]
    nobody = {p for p in hidden if not exact[p]}
    for place, (low, high) in known_by_attacker(exact.to_dict(), hidden - nobody, sums).items():
        assert high - low > 0.5, (place, low, high)


def test_the_total_of_fewer_than_five_officers_is_no_gap_in_the_data():
    from ia_plugin.core.answers.sentences import sentences

    state = FilterState(first=DAY, last=DAY)
    material = force(CASES["few in all"])
    said = " ".join(sentences(material, state, tables(material, state, "public"), "public")["sentence"])
    assert "not shown" in said and "no time of officers" not in said


def test_counts_hidden_in_one_table_are_in_no_other():
    """Events of the public stand in one table each: categories only, and no hours of the week."""
    state = FilterState(first=DAY, last=DAY)
    found = tables(force(CASES["enough in all"]), state, "public")
    assert set(found["events"]["by"]) == {"category"} and set(found["events"]["kind"]) <= {"crime", "incident"}
    assert found["week"][["incidents", "crimes", "searches"]].isna().all(axis=None)
    for name in ("events", "searches"):
        own = found[name]
        others = [c for c in own if c.endswith("_before") or c.startswith("per_")]
        assert own[others].isna().all(axis=None)
        count = own["events" if name == "events" else "searches"]
        assert own.loc[count.isna(), [c for c in own if c.startswith("found_percent")]].isna().all(axis=None)


def test_what_was_rounded_reads_as_rounded():
    """Hours are "about 10 h" and no best estimate; a share rounded to nothing is "under 5 %", not "0 %"."""
    from ia_plugin.core.answers.page import answers_page
    from ia_plugin.core.answers.sentences import sentences

    state = FilterState(first=DAY, last=DAY)
    material = force(CASES["enough in all"])
    found = tables(material, state, "public")
    found["modes"].loc[found["modes"]["place"] == "(impact)", ["unknown_percent", "foot_percent"]] = [0.0, 15.0]
    found["time"].loc[found["time"]["place"] == "(rest)", ["officer_hours", "share_percent"]] = 0.0
    said = sentences(material, state, found, "public")
    lines = {(r.question, r.about): r.sentence for r in said.itertuples()}
    assert lines[4, "Impact Areas"].startswith("Impact Areas: under 5 % cannot tell, 15 % on foot")
    assert lines[1, "Impact Areas"].startswith("Impact Areas: about ")
    assert lines[1, "Rest of the force"] == "Rest of the force: under 5 h."
    page = answers_page(material, state, found, said, audience="public")
    assert "best estimate" not in page and ">under 5<" in page and ": 0 % cannot tell" not in page

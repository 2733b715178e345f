"""What the public sees of a place is the same in every table: hidden in one is hidden in all, and no total tells it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from ia_plugin.core.activity.rules import PRINTED
from ia_plugin.core.answers.public import places_hidden
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.splits import activities_table, modes_table
from ia_plugin.core.answers.time_table import time_table
from ia_plugin.core.answers.week_table import week_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.officers import officers_behind, officers_in_hours
from ia_plugin.core.material.places import FORCE, places
from ia_plugin.core.movement.likely_shares import concentration_of, share_range
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.suppression import LEAST
from tests.support.attackers import known_by_attacker
from tests.support.forces import areas_of, events_of, legs_of, walks
from tests.support.long import long_after

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


@pytest.mark.parametrize("modes", long_after(1, [(), ("foot",)]))
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
    from ia_plugin.core.answers.sentences import sentences
    from ia_plugin.core.report.answers_page import answers_page

    state = FilterState(first=DAY, last=DAY)
    material = force(CASES["enough in all"])
    found = tables(material, state, "public")
    found["modes"].loc[found["modes"]["place"] == "(impact)", ["unknown_percent", "foot_percent"]] = [0.0, 15.0]
    found["time"].loc[found["time"]["place"] == "(rest)", ["officer_hours", "share_percent"]] = 0.0
    said = sentences(material, state, found, "public")
    lines = {(r.question, r.about): r.sentence for r in said.itertuples()}
    assert lines[4, "Impact Areas"].startswith("Impact Areas: cannot tell under 5 %; on foot 15 %, likely ")
    assert lines[1, "Impact Areas"].startswith("Impact Areas: about ")
    assert lines[1, "Rest of the force"] == "Rest of the force: under 5 h."
    page = answers_page(material, state, found, said, audience="public")
    assert "best estimate" not in page and ">under 5<" in page and ": 0 % cannot tell" not in page


# --- who stands behind a figure -----------------------------------------------------------------------------------------


def test_a_filter_of_units_counts_their_officers_alone():
    """Nine officers of one unit and one of another at a place: of the one officer's hours neither board nor public sees a split."""
    material, alone = force(CASES["enough in all"]), FilterState(first=DAY, last=DAY, units=("South",))
    everybody = officers_behind(material, FilterState(first=DAY, last=DAY))
    south = officers_behind(material, alone)
    assert everybody["i0"] == 9 and 0 < south["i0"] < LEAST
    assert {"i0", "i1", "c0", "c1"} <= set(places_hidden(material, alone))
    assert not {"i0"} & set(modes_table(material, alone, "board")["place"])
    assert "i0" in set(modes_table(material, FilterState(first=DAY, last=DAY), "board")["place"])
    # How many are of a unit and a resource type at once is not known.
    both = FilterState(first=DAY, last=DAY, units=("North",), resources=("beat",))
    assert not len(officers_behind(material, both))


def test_where_nobody_was_looks_like_where_few_were():
    """A dash may be none: an area without an officer is hidden as one with three."""
    found = time_table(force(CASES["few in the rest"]), FilterState(first=DAY, last=DAY), "public").set_index("place")
    assert np.isnan(found.loc["c1", "officer_hours"]) and found.loc["c1", "why"] == found.loc["(rest)", "why"] != ""


def test_every_activity_has_a_row():
    """Which rows there are would tell whether there was a single search."""
    state = FilterState(first=DAY, last=DAY)
    found = activities_table(force(CASES["enough in all"]), state, "public")
    assert (found.groupby("place")["activity"].nunique() == len(PRINTED)).all()
    assert set(activities_table(force(CASES["enough in all"]), state)["activity"]) < set(PRINTED)


def test_what_the_tables_of_an_answer_share_is_worked_out_once(monkeypatch):
    from ia_plugin.core.answers import public, spans

    measured, hidden = [], []
    for module, name, calls in (
        (spans, "measured", measured),
        (spans, "measured_earlier", measured),
        (public, "_places_hidden", hidden),
    ):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, real=real, calls=calls, **k: calls.append(a[1]) or real(*a, **k))
    material, state = force(CASES["enough in all"]), FilterState(first=DAY, last=DAY)
    tables(material, state, "public")
    # The period, the one before and the same weeks a year before; these two as compared, and as they were.
    assert len(hidden) == len({*hidden}) == 3 and len(measured) == 5
    tables(material, state, "public")
    assert len(measured) == 5
    tables(replace(material, timezone="UTC"), state, "public")
    assert len(measured) == 10, "of other tables nothing is known"


# --- hours of the week --------------------------------------------------------------------------------------------------


def test_hours_with_fewer_than_five_officers_or_none_are_hidden():
    """Nine officers in one area from half past ten to two by the clock: those hours are told, and no other."""
    state = FilterState(first=DAY, last=DAY)
    material = force(CASES["enough in all"])
    found = week_table(material, state, "public").set_index(["place", "weekday", "hour"])
    exact = week_table(material, state, "restricted").set_index(["place", "weekday", "hour"])
    none = exact["officer_hours"] == 0
    assert none.any() and found.loc[none[none].index.intersection(found.index), "hidden"].all()
    assert found.loc[found["hidden"], "officer_hours"].isna().all()
    told = found[~found["hidden"]]
    assert len(told) and set(told.index.get_level_values("weekday")) == {"Mon"}
    assert (told["officer_hours"] % 5 == 0).all()


def test_time_alone_tells_how_many_officers_there_were_at_the_least():
    """4.2 officer-hours in an hour are those of five; six who stay ten minutes each are counted by the table of cover."""
    material, state = force(CASES["enough in all"]), FilterState(first=DAY, last=DAY)
    spots = {p.label: p for p in places(material)}
    hours = material.time_use
    for label in ("(rest)", "i0"):
        at_least = officers_in_hours(material, state, spots[label])
        rows = hours.among("area_id", (label,))
        spent = (
            np.bincount(hours.at[rows], weights=hours.table["officer_seconds"][rows], minlength=len(hours.moments))
            / 3600
        )
        assert (at_least >= np.ceil(spent - 1e-6)).all() and at_least.max() == CASES["enough in all"][label]


def test_no_hour_of_one_part_follows_from_the_whole():
    """Few in one comparison area and enough elsewhere: where one part's hour is hidden, another's is too."""
    material, state = force(CASES["few in the rest"]), FilterState(first=DAY, last=DAY)
    found = week_table(material, state, "public")
    roles = [p.label for p in places(material) if p.label.startswith("(")]
    seen = (
        found.pivot(index="place", columns=["weekday", "hour"], values="hidden")
        .reindex(roles)
        .astype("boolean")
        .fillna(True)
        .astype(bool)
    )
    parts, force_ = seen.drop(index="(all)"), seen.loc["(all)"]
    assert (force_ | (parts.sum() != 1)).all()


def test_the_range_of_a_rounded_share_follows_from_what_is_rounded():
    """An exact range would undo the rounding: the public's is that of five officers about the rounded share, rounded outwards."""
    material, state = force(CASES["enough in all"]), FilterState(first=DAY, last=DAY)
    public, board = (modes_table(material, state, audience).set_index("place") for audience in ("public", "board"))
    for mode in ("foot", "vehicle", "stationary"):
        low, share, high = (public[f"{mode}_percent{end}"] for end in ("_low", "", "_high"))
        assert (low <= share).all() and (share <= high).all() and (high <= 100).all()
        assert (low % 5 == 0).all() and (high % 5 == 0).all()
        known = np.maximum(1 - public["unknown_percent"] / 100, share / 100)
        ends = share_range(share / 100, known, public["officer_hours"], concentration_of(5), mode)
        assert (low <= 100 * ends[0] + 1e-6).all() and (high >= np.minimum(100 * ends[1], 100) - 1e-6).all()
        exact = board[[f"{mode}_percent_low", f"{mode}_percent", f"{mode}_percent_high"]].to_numpy()
        assert (np.diff(exact, axis=1) >= 0).all()
    assert "unknown_percent_low" not in board

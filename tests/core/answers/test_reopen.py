"""A figure opened again: the same, or "was 41 h, now 43 h" with why; and what no register may keep."""

import json
from dataclasses import replace
from datetime import date, datetime, timezone

import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.figure_words import as_answer, as_table
from ia_plugin.core.answers.register import entry_of, mark_of_areas, read_entry, why_not_registered
from ia_plugin.core.answers.reopen import Since, reopened
from ia_plugin.core.figure_code import figure_asked
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.summary_tables import Material

DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3))
HOUR = pd.Timestamp("2024-06-03T09:00Z")
COPIED = datetime(2024, 6, 10, 8, 30, tzinfo=timezone.utc)


def material_of(hours=41.0, crimes=10, east=1000.0):
    """One impact area of 1 km² with some hours and crimes on 3 June, and no range."""
    areas = pd.DataFrame({"area_id": ["A"], "name": ["Aston"], "role": ["impact"], "geometry": [shapely.box(0, 0, east, 1000)]})  # fmt: skip
    row = {
        "period": HOUR, "unit": "North", "department": "-", "officer_role": "-", "resource_type": "car", "activity": "on_foot",
        "officer_seconds": 3600 * hours, "variance": 0.0, "systematic": 0.0, "foot_seconds": 3600 * hours,
        **dict.fromkeys([f"{m}_seconds" for m in ("vehicle", "stationary", "unknown", "bicycle")], 0.0),
    }  # fmt: skip
    events = pd.DataFrame(
        {
            "area_id": ["A", "(impact)"], "period": [HOUR] * 2, "precision": ["hour"] * 2, "kind": ["crime"] * 2, "category": ["Burglary"] * 2,
            "key_type": ["burglary"] * 2, "generated_by": ["public"] * 2, "events": [crimes] * 2, "expected": [float(crimes)] * 2,
            "outcome_known": [0] * 2, "found": [0] * 2,
        }
    )  # fmt: skip
    table = pd.DataFrame([{**row, "area_id": a} for a in ("A", "(impact)")])
    return Material.of(areas, table, event_cells=events)


def copied(made, state=DAY, at=COPIED, version="0.1.0"):
    return entry_of(made, figures(made, state, "none"), at=at, version=version)


def again(entries, made, **facts):
    number = entries[0].code.number if entries else "IA-0000-0000"
    return reopened(number, entries, figures(made, DAY, "none"), version="0.1.0", areas=mark_of_areas(made), **facts)


def test_the_same_figure_is_the_same():
    made = material_of()
    found = again([copied(made)], made)
    assert found.same and found.changes == found.reasons == ()
    assert found.sentences() == [f"Figure {copied(made).code.number} is the same as when it was copied on 10 Jun 2024."]


def test_what_changed_is_told_measure_by_measure_and_why():
    since = Since(None, 212, {"incident": 5}, {"crime": 3}, {"crime": 1})
    found = again([copied(material_of())], material_of(hours=43, crimes=12), since=since)
    assert found.same is False and "is not the same as when it was copied on 10 Jun 2024" in found.lead
    assert "Officer-hours: was 41 h, now 43 h." in found.changes
    assert "Crimes: was 10, now 12." in found.changes
    assert found.reasons == (
        "Since then came in, of these days and the whole force: 212 late fixes, 3 crimes reclassified, 5 incidents added, 1 crime withdrawn.",
    )


def test_only_what_bears_on_the_change_is_given_as_a_reason():
    since = Since(None, 1, {}, {"crime": 3})
    crimes = again([copied(material_of())], material_of(crimes=12), since=since)
    hours = again([copied(material_of())], material_of(hours=43), since=since)
    assert crimes.reasons == ("Since then came in, of these days and the whole force: 3 crimes reclassified.",)
    assert hours.reasons == ("Since then came in, of these days and the whole force: 1 late fix.",)
    assert not [c for c in crimes.changes if c.startswith("Officer-hours")]


def test_a_reason_that_is_not_known_is_not_made_up():
    day = datetime(2024, 6, 12, 3, tzinfo=timezone.utc)
    known = again([copied(material_of())], material_of(hours=43), since=Since(day))
    assert known.reasons == ("The data were refreshed on 12 Jun 2024; why the figure changed is not known here.",)
    assert again([copied(material_of())], material_of(hours=43)).reasons == (
        "Why the figure changed is not known here.",
    )


def test_another_method_or_other_areas_are_reasons_too():
    older = again([copied(material_of(), version="0.0.9")], material_of(hours=43))
    assert older.reasons == ("It was computed by version 0.0.9, and is now by 0.1.0: the method may differ.",)
    redrawn = again([copied(material_of())], material_of(hours=43, east=2000.0))
    assert redrawn.reasons == ("Since then areas were redrawn, added, left out or given another role.",)


def test_a_change_that_no_digit_shows_is_none():
    assert again([copied(material_of())], material_of(hours=41.02)).same


def test_a_measure_that_is_not_known_any_more_says_so():
    gone = figures(material_of(), replace(DAY, first=date(2024, 6, 4), last=date(2024, 6, 4)), "none")
    found = reopened("IA-1", [copied(material_of())], gone)
    assert "Officer-hours: was 41 h, now not known (no data in this period)." in found.changes


def test_a_figure_in_no_register_is_not_compared():
    made = material_of()
    found = again([], made)
    assert found.same is None and "in no register" in found.lead
    assert figures(made, DAY, "none").number in found.lead


def test_one_number_copied_with_two_values_tells_both():
    """A number goes by the filter and the last moment of the data: late fixes change the figure under the same number."""
    first, second = copied(material_of()), copied(material_of(hours=42), at=COPIED.replace(day=11))
    assert first.code.number == second.code.number
    found = again([second, first, second], material_of(hours=42))
    assert "2 different values, on 10 Jun 2024 and 11 Jun 2024" in found.lead
    assert "10 Jun 2024: Officer-hours: was 41 h, now 42 h." in found.changes
    assert found.changes[-1] == "11 Jun 2024: the same as now."


def test_an_entry_comes_back_from_a_line_and_a_row():
    entry = copied(material_of())
    for row in (json.loads(json.dumps(entry.as_row())), entry.as_table().to_dict("records")[0]):
        back = read_entry(row)
        assert back.says_as(entry) and back.code == entry.code and back.registered_at == COPIED
        assert (back.version, back.areas) == ("0.1.0", entry.areas)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "IA1.AAAA.00000000"}, {"figures": "{"}, {"figures": '{"a": [1]}'}, {"figures": "[]"}, {"registered_at": "lately"},
        {"registered_at": "2024-06-03T10:00"}, {"number": "IA-0000-0000"}, {"figures": '{"a": ["A", "h", "x", null, null, ""]}'},
    ],
)  # fmt: skip
def test_a_line_changed_by_hand_is_no_entry(change):
    with pytest.raises(ValueError):
        read_entry({**copied(material_of()).as_row(), **change})


def test_no_register_keeps_what_is_restricted_or_strange():
    made = material_of()
    plain = figures(made, DAY, "none")
    assert why_not_registered(made, plain) == ""
    assert "restricted" in why_not_registered(made, replace(plain, purpose="training"))
    assert "own" in why_not_registered(made, replace(plain, state=replace(DAY, areas=("own area",))))
    for name in ("units", "areas", "categories", "modes"):
        strange = replace(plain, state=replace(DAY, **{name: ("PC Zzyxworth",)}))
        assert name in why_not_registered(made, strange) and "Zzyx" not in why_not_registered(made, strange)
    known = replace(
        plain, state=replace(DAY, units=("North",), categories=("Burglary",), areas=("A",), modes=("foot",))
    )
    assert why_not_registered(made, known) == ""


def test_copies_hold_the_code_and_restricted_ones_do_not():
    made = material_of()
    found = figures(made, DAY, "none")
    for copy in (as_answer(found), as_table(found), as_answer(found, "found")):
        number, code = figure_asked(copy)
        assert (number, code.state, code.comparison, code.as_of) == (found.number, DAY, "none", made.as_of)
    for copy in (as_answer, as_table):
        assert "code" not in copy(replace(found, purpose="training")).lower()

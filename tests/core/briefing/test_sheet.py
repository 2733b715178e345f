"""What a sheet says is what the dashboard says, and every number on it is that of the measures."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date, timedelta

import numpy as np
import pytest

from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import sentences
from ia_plugin.core.answers.verdict import verdict_of
from ia_plugin.core.briefing.file_names import file_names
from ia_plugin.core.briefing.run_words import foot_words, headline_words, map_words, method_words
from ia_plugin.core.briefing.sheet import ground_of_sheets, sheet_of
from ia_plugin.core.checked import beta_words
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.disclosure.audiences import hours_end, last_day
from ia_plugin.core.errors import PrivacyError
from ia_plugin.core.figure_code import read_code
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.earlier import measured_earlier
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import area_places
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.suppression import FEW_OFFICERS
from ia_plugin.core.words import amount, with_range
from tests.support.eight_weeks import FIRST, eight_weeks, with_officers

FORTNIGHT = FilterState(first=FIRST + timedelta(28), last=FIRST + timedelta(41))
FILTERS = {
    "a fortnight": FORTNIGHT,
    "nights past midnight": replace(FORTNIGHT, hour_from=22, hour_to=6, weekdays=(4, 5)),
    "one day": replace(FORTNIGHT, last=FORTNIGHT.first),
    "days without data": replace(FORTNIGHT, first=FIRST + timedelta(20), last=FIRST + timedelta(21)),
    "on foot": replace(FORTNIGHT, modes=("foot",)),
    "crimes alone": replace(FORTNIGHT, kinds=("crime",)),
}


@pytest.fixture(scope="module")
def material():
    return with_officers(eight_weeks())


@pytest.mark.parametrize("state", FILTERS.values(), ids=FILTERS)
def test_a_sheet_says_what_the_dashboard_says(material, state):
    for area in ("a00", "a05", "a07"):
        own = replace(state, areas=(area,))
        answer = ask(material, own)
        shown = overview(answer, own)
        sheet = sheet_of(material, state, area, ground_of_sheets(material, state))
        # By their fields: a range that is not known is NaN, which is like no other.
        np.testing.assert_equal([astuple(t) for t in sheet.tiles], [astuple(t) for t in shown.tiles])
        assert sheet.verdict == verdict_of(material, own).sentence
        assert sheet.number == answer.figures.number and set(answer.figures.notes) <= set(sheet.notes)
        assert read_code(sheet.code).state == own and sheet.title == f"Area {area[1:]}"


def test_two_areas_of_one_name_have_their_ids_on_sheets_files_tables_and_in_sentences():
    """Two wards of a force are called Castle: nobody may take one's sheet for the other's."""
    names = {"a00": "Castle", "a01": "Castle", "a02": "castle", "a07": "W" * 300, "a08": "W" * 300}
    material = eight_weeks(names=names)
    known = material.names()
    assert [known[a] for a in ("a00", "a01", "a02", "a03")] == [
        "Castle (a00)",
        "Castle (a01)",
        "castle (a02)",
        "Area 03",
    ]
    long = f"{'W' * 53}… (a07)"
    assert known["a07"] == long and file_names([known["a07"], known["a08"]]) == [long, long.replace("07", "08")]
    sheet = sheet_of(material, FORTNIGHT, "a01", ground_of_sheets(material, FORTNIGHT))
    assert sheet.title == "Castle (a01)" and sheet.verdict.count("Castle (a01)") == 1
    time = tables(material, FORTNIGHT, "board")["time"].set_index("place")["name"]
    assert time[["a00", "a01"]].tolist() == ["Castle (a00)", "Castle (a01)"]


@pytest.mark.parametrize("state", FILTERS.values(), ids=FILTERS)
def test_every_figure_is_that_of_the_measures(material, state):
    where = area_places(material, ("a03",))
    now = measured(material, state, where)
    before = measured_earlier(material, state.before(), where, state)
    sheet = sheet_of(material, state, "a03", ground_of_sheets(material, state))
    known = {r.label: r for r in sheet.earlier}
    for key, label in {"officer_hours": "Officer-hours", "crimes": "Crimes", "incidents": "Incidents", "searches": "Stops and searches"}.items():  # fmt: skip
        value, then = now.of(0, key), before.of(0, key)
        if not np.isfinite(value.value):
            assert label not in known
            continue
        row = known[label]
        np.testing.assert_equal(row.now, (value.value, value.low, value.high))
        np.testing.assert_equal(row.before, (then.value, then.low, then.high))
        unit = "h" if key == "officer_hours" else ""
        assert row.now_words == with_range(*row.now, unit) and row.before_words == with_range(*row.before, unit)
    hours, incidents = sheet.weeks
    if not hours.why:  # each hour of the week is one of the filter's, and together they are the figure
        assert np.nansum(hours.values) == pytest.approx(now["officer_hours"][0])
        assert hours.values.shape == (len(state.weekdays), len(state.hours))
        assert sheet.tiles[0].value == amount(now["officer_hours"][0], "h")
    if not incidents.why:
        assert np.nansum(incidents.values) == pytest.approx(now["incidents"][0])


@pytest.mark.parametrize("key", ["officer_hours", "foot", "crimes", "incidents", "searches"])
def test_the_map_is_of_the_period_and_hours_alone(material, key):
    """A class is that of the measure under the same filter, not of all days."""
    night = FILTERS["nights past midnight"]
    classes = {s: ground_of_sheets(material, s, key).classes for s in (FORTNIGHT, night)}
    assert classes[night].area_ids == classes[FORTNIGHT].area_ids
    assert not np.array_equal(classes[night].values, classes[FORTNIGHT].values, equal_nan=True)


def test_a_board_is_told_no_hour_of_the_last_seven_days(material):
    """Data to Sunday 30 June: by the hour a board's sheet ends with the 23rd, under a title of its own days; its totals do not."""
    until = FIRST + timedelta(48)
    last = replace(FORTNIGHT, first=FIRST + timedelta(42), last=FIRST + timedelta(55))
    ground = ground_of_sheets(material, last)
    board, restricted = (sheet_of(material, last, "a00", ground, audience=a) for a in ("board", "restricted"))
    cut = sheet_of(material, replace(last, last=until), "a00", ground)
    assert last_day(material) == last.last and until == date(2024, 6, 23)
    np.testing.assert_array_equal(board.weeks[0].values, cut.weeks[0].values)
    assert (
        board.weeks[0].title == "Officer hours by hour of the week, 17–23 Jun 2024" and hours_end(until) in board.notes
    )
    assert restricted.weeks[0].title == cut.weeks[0].title == "Officer hours by hour of the week"
    assert np.nansum(restricted.weeks[0].values) > np.nansum(board.weeks[0].values) > 0
    assert board.tiles[0] == restricted.tiles[0]
    week = replace(last, first=until + timedelta(1))
    assert sheet_of(material, week, "a00", ground).weeks[0].why == "the last seven days are told as whole days"


def test_a_board_sees_no_split_of_the_time_of_few_officers(material):
    """As in answers: the total stays, how they moved and in which hours would tell what one of them did."""
    made = with_officers(material, "a01")
    ground = ground_of_sheets(made, FORTNIGHT)
    board, restricted = (sheet_of(made, FORTNIGHT, "a01", ground, audience=a) for a in ("board", "restricted"))
    assert board.tiles[0] == restricted.tiles[0] and board.tiles[0].value
    assert board.tiles[1].why == board.weeks[0].why == FEW_OFFICERS and not np.isfinite(board.weeks[0].values).any()
    assert restricted.tiles[1].parts and not restricted.weeks[0].why and not board.weeks[1].why
    assert sheet_of(made, FORTNIGHT, "a08", ground).tiles[1].parts


def test_restricted_cells_are_printed_for_nobody_else(material):
    cells = replace(material, purpose="training")
    ground = ground_of_sheets(cells, FORTNIGHT)
    with pytest.raises(PrivacyError, match="restricted cells"):
        sheet_of(cells, FORTNIGHT, "a00", ground)
    assert sheet_of(cells, FORTNIGHT, "a00", ground, audience="restricted").code == ""


def test_no_earlier_period_no_panel_of_it(material):
    sheet = sheet_of(material, FORTNIGHT, "a00", ground_of_sheets(material, FORTNIGHT), "none")
    assert (sheet.earlier_title, sheet.earlier) == ("", ())
    year = sheet_of(material, FORTNIGHT, "a00", ground_of_sheets(material, FORTNIGHT), "year")
    assert year.earlier_title == "This period and 5–18 Jun 2023"
    assert all(r.why and not np.isfinite(r.before[0]) for r in year.earlier)


def test_an_open_period_has_no_earlier_one(material):
    state = FilterState(first=date(2024, 5, 6))
    assert sheet_of(material, state, "a00", ground_of_sheets(material, state)).earlier == ()


@pytest.mark.parametrize("audience", ["board", "public"])
def test_the_first_line_is_that_of_the_answers(material, audience):
    """Of the Impact Areas together, whichever area the sheet is of."""
    june = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30))
    for state in (june, FILTERS["days without data"]):
        found = sentences(material, state, tables(material, state, audience), audience)
        first = found.loc[found["about"].isin(["headline", "data"]), "sentence"].iloc[0]
        assert headline_words(material, replace(state, areas=("a07",)), audience) == first


def test_what_all_sheets_say_names_audience_version_and_that_nobody_checked(material):
    board, restricted = (foot_words(material, a, "training") for a in ("board", "restricted"))
    assert board.startswith("For the board · Impact Area ") and board.endswith(beta_words())
    assert restricted.startswith("Restricted: for training, not to be passed on · ")
    assert "not drawn" in map_words("Officers per km²", True) and "No event is drawn" in map_words(
        "Officers per km²", False
    )
    assert "not an effect" in method_words()


NAMES = {
    "turned": ("Aston\u202egnp", "Astongnp"), "isolated": ("\u2067Aston\u2069", "Aston"), "lines": ("Aston\nNorth", "Aston North"),
    "blank": (" ", "a00"), "missing": (None, "a00"), "from the right": ("\u05d0\u05d1", "\u05d0\u05d1"),
}  # fmt: skip


@pytest.mark.parametrize("given, shown", NAMES.values(), ids=NAMES)
def test_a_name_leaves_the_figures_behind_it_as_they_are(material, given, shown):
    areas = material.areas.assign(geometry=[material.outlines[a] for a in material.areas["area_id"]])
    areas.loc[areas["area_id"] == "a00", "name"] = given
    odd = Material.of(areas, material.time_use.table)
    assert odd.names()["a00"] == shown


def test_a_figure_stays_behind_a_name_of_any_length(material):
    """On a sheet the name is a line of its own; in the sentence 300 letters of it would leave no room for the figure."""
    name = "W" * 300
    odd = replace(
        material,
        areas=material.areas.assign(
            name=[name if a == "a00" else n for a, n in zip(material.areas["area_id"], material.areas["name"])]
        ),
    )
    sheet = sheet_of(odd, FORTNIGHT, "a00", ground_of_sheets(odd, FORTNIGHT))
    plain = sheet_of(material, FORTNIGHT, "a00", ground_of_sheets(material, FORTNIGHT))
    own = str(material.areas.set_index("area_id").loc["a00", "name"])
    assert (
        sheet.title == name and sheet.verdict == plain.verdict.replace(own, "W" * 60 + "…") and "km²" in sheet.verdict
    )

"""Which days a filter asks, which of them have data or records, and on which an area counts."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.charts.series import series, week_grid
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.days import civil_days, days_asked, days_counted, days_of_data, ground_of
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.measures import NO_RECORDS, measured
from ia_plugin.core.material.notes import cut_notes, day_of_note, missing_days
from ia_plugin.core.material.places import chosen_place
from ia_plugin.core.material.records import any_events, covered_days, last_whole_day
from ia_plugin.core.material.summary_tables import Material
from tests.support.one_week import WEEK, week_material

AREA = pd.DataFrame(
    {"area_id": ["A"], "name": ["Aston"], "role": ["impact"], "geometry": [shapely.box(0, 0, 900, 900)]}
)
JULY = FilterState(first=date(2024, 7, 1), last=date(2024, 7, 31))


def events_of(*spans, kind="stop_search", precision="minute"):
    start, end = ([pd.Timestamp(s[k]) for s in spans] for k in (0, 1))
    table = pd.DataFrame({"event_id": [str(k) for k in range(len(spans))], "start": start, "end": end})
    return table.assign(kind=kind, category="any", time_precision=precision, x=10.0, y=10.0, source="test")


def material_of(events, areas=AREA):
    return Material.of(areas, week_material().time_use.table.iloc[:0], events=events)


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (FilterState(first=date(2024, 6, 3), last=date(2024, 6, 16)), 14),
        (FilterState(first=date(2024, 6, 3), last=date(2024, 6, 16), weekdays=(4, 5)), 4),
        (FilterState(first=date(2024, 6, 3), last=date(2024, 6, 16), weekdays=(4, 5), hour_from=22, hour_to=4), 4),
        (FilterState(first=date(2024, 3, 30), last=date(2024, 3, 31)), 2),  # the clocks go forward on the second
        (FilterState(first=date(2024, 6, 4), last=date(2024, 6, 4), weekdays=(0,)), 0),  # a Tuesday
    ],
)
def test_the_days_asked_are_those_of_the_weekdays(state, asked):
    assert len(days_asked(state)) == asked


def test_hours_past_midnight_belong_to_the_evening():
    night = FilterState(first=date(2024, 6, 7), last=date(2024, 6, 7), hour_from=22, hour_to=4)
    # Saturday 8 June 02:30 by the clock, in the night of Friday; Friday 22:30.
    moments = pd.DatetimeIndex(["2024-06-08T01:30Z", "2024-06-07T21:30Z"]).tz_localize(None).to_numpy("datetime64[ns]")
    assert civil_days(moments.astype(np.int64), night).astype(str).tolist() == ["2024-06-07", "2024-06-07"]


@pytest.mark.parametrize(
    ("state", "there", "asked"),
    [
        (WEEK, 7, 7),
        (FilterState(first=date(2024, 5, 27), last=date(2024, 6, 9)), 7, 14),
        (FilterState(first=date(2024, 5, 27), last=date(2024, 6, 9), weekdays=(5, 6)), 2, 4),
        # Friday and Saturday nights of two weeks: the first week has no data but the hours of its Sunday night.
        (FilterState(first=date(2024, 5, 27), last=date(2024, 6, 9), weekdays=(4, 5), hour_from=22, hour_to=4), 2, 4),
    ],
)
def test_days_with_data_are_counted_among_the_days_asked(state, there, asked):
    material = week_material()
    assert (days_of_data(material, state), len(days_asked(state))) == (there, asked)
    sentence = f"This period has data on {there} of its {asked} days."
    assert (sentence in missing_days(material, state, "This period")) == (there < asked)


# --- records ----------------------------------------------------------------------------------------------------------


def test_a_record_that_only_spills_over_midnight_tells_nothing_of_the_day():
    # 30 June 23:40 to 1 July 00:20, by the clock.
    material = material_of(
        events_of(("2024-06-30T22:40Z", "2024-06-30T23:20Z"), ("2024-06-20T10:00Z", "2024-06-20T10:00Z"))
    )
    assert not any_events(material, JULY, "stop_search") and len(covered_days(material, JULY, "stop_search")) == 0
    found = measured(material, JULY, [chosen_place(material, JULY)]).of(0, "searches")
    assert np.isnan(found.value) and found.why == "no data in this period"
    notes = figures(material, JULY, "none").notes
    assert "Stops and searches: records cover 0 of the 31 days of this period." in notes


def test_a_source_that_ends_within_the_period_says_where():
    material = material_of(
        events_of(("2024-06-20T10:00Z", "2024-06-20T10:00Z"), ("2024-07-10T10:00Z", "2024-07-10T10:00Z"))
    )
    assert len(covered_days(material, JULY, "stop_search")) == 10
    assert measured(material, JULY, [chosen_place(material, JULY)])["searches"].tolist() == [1]
    assert (
        "Stops and searches: records cover 10 of the 31 days of this period." in figures(material, JULY, "none").notes
    )
    # Of kinds that the filter leaves out nothing is said.
    assert not any("searches" in n for n in missing_days(material, FilterState(first=JULY.first, last=JULY.last, kinds=("crime",)), "This period"))  # fmt: skip


def test_a_day_without_a_record_within_the_records_is_covered():
    spans = [(f"2024-{day}T10:00Z",) * 2 for day in ("06-30", "07-31")]
    assert len(covered_days(material_of(events_of(*spans)), JULY, "stop_search")) == 31


def test_a_record_of_a_month_stands_for_all_its_days():
    crimes = material_of(events_of(("2024-06-30T23:00Z", "2024-07-31T23:00Z"), kind="crime", precision="month"))
    assert len(covered_days(crimes, JULY, "crime")) == 31
    assert len(covered_days(crimes, FilterState(first=date(2024, 7, 25), last=date(2024, 8, 3)), "crime")) == 7


@pytest.mark.parametrize(("a_day", "covered"), [(20, 2), (2, 3)])
def test_a_day_without_records_is_a_hole_only_where_many_are_usual(a_day, covered):
    """Of three days the middle one has none: with twenty a day its records are missing, with two it was quiet."""
    spans = [(f"2024-07-0{d}T10:{k:02d}Z",) * 2 for d in (1, 3) for k in range(a_day)]
    three = FilterState(first=date(2024, 7, 1), last=date(2024, 7, 3))
    material = material_of(events_of(*spans))
    assert len(covered_days(material, three, "stop_search")) == covered
    quiet = FilterState(first=date(2024, 7, 2), last=date(2024, 7, 2))
    value = measured(material, quiet, [chosen_place(material, quiet)])["searches"][0]
    drawn = series(material, three, "searches").values.tolist()
    if covered == 2:
        assert np.isnan(value) and np.isnan(drawn[1])
    else:
        assert value == 0 and drawn == [2, 0, 2]


def test_records_too_coarse_are_counted_alike_beside_figures_and_charts():
    days = [(f"2024-07-{d:02d}T23:00Z",) * 2 for d in range(1, 9)]
    events = pd.concat(
        [
            events_of(*days, kind=k, precision="day").assign(event_id=lambda t, k=k: k + t["event_id"])
            for k in ("crime", "incident")
        ],
        ignore_index=True,
    )
    fine = events_of(("2024-07-01T10:00Z",) * 2, ("2024-07-30T10:00Z",) * 2, kind="crime").assign(event_id=["x", "y"])
    material = material_of(pd.concat([events, fine], ignore_index=True))
    state = FilterState(first=JULY.first, last=JULY.last, hour_from=7, hour_to=15, kinds=("crime",))
    [note] = [n for n in figures(material, state, "none").notes if "known by" in n]
    assert note == "8 crimes known by day only are not in a frame of hours."
    assert any(n == note for n in week_grid(material, state, "crimes").notes)


# --- areas ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        (None, None, 31),
        (date(2024, 7, 31), None, 1),
        (None, date(2024, 7, 1), 1),
        (date(2024, 7, 10), date(2024, 7, 12), 3),
        (date(2024, 8, 1), None, 0),
        (None, date(2024, 6, 30), 0),
    ],
)
def test_days_on_which_an_area_counts(begin, end, days):
    material = material_of(None, AREA.assign(valid_from=[begin], valid_to=[end]))
    assert days_counted(material, JULY).to_dict() == {"A": days}


@pytest.mark.parametrize(
    ("end", "weekdays", "hours", "days"),
    [
        (date(2024, 7, 2), (2,), (0, 24), 0),  # valid to a Tuesday, Wednesdays asked
        (date(2024, 7, 3), (2,), (0, 24), 1),
        (date(2024, 7, 2), (1,), (22, 4), 1),  # the night of Tuesday goes on after the area's last midnight
        (date(2024, 7, 1), (1,), (22, 4), 0),
    ],
)
def test_days_on_which_an_area_counts_are_among_those_asked(end, weekdays, hours, days):
    state = FilterState(
        first=JULY.first, last=date(2024, 7, 7), weekdays=weekdays, hour_from=hours[0], hour_to=hours[1]
    )
    material = material_of(None, AREA.assign(valid_from=[None], valid_to=[end]))
    assert days_counted(material, state).to_dict() == {"A": days}


def test_an_area_from_the_morning_after_counts_in_the_night_that_reaches_it():
    night = FilterState(first=date(2024, 7, 1), last=date(2024, 7, 1), hour_from=22, hour_to=3)
    material = material_of(None, AREA.assign(valid_from=[date(2024, 7, 2)], valid_to=[None]))
    assert days_counted(material, night)["A"] == 1
    # Three of the night's five hours are the area's: so much of its ground counts.
    assert ground_of(material, night)["A"] == pytest.approx(0.81 * 3 / 5)


def test_days_of_an_open_period_are_not_known():
    assert days_counted(material_of(None), FilterState(first=date(2024, 7, 1))) is None


def test_the_week_that_the_clocks_change_has_seven_days():
    material = material_of(None, AREA.assign(valid_from=[date(2024, 10, 21)], valid_to=[date(2024, 10, 27)]))
    assert days_counted(material, FilterState(first=date(2024, 10, 1), last=date(2024, 10, 31)))["A"] == 7


# --- the last whole day -----------------------------------------------------------------------------------------------


def at(*days):
    return [(f"{day}T12:00Z", f"{day}T12:00Z") for day in days]


def test_five_records_after_a_day_end_it_and_one_with_a_wrong_date_does_not():
    """Records to 10 June, and some dated 2 July: five of them end June, four or one in 2061 leave it running."""
    june = at(*["2024-06-10"] * 20)
    assert last_whole_day(material_of(events_of(*june, *at(*["2024-07-02"] * 5)))) == date(2024, 7, 1)
    for few in (at(*["2024-07-02"] * 4), at("2061-01-01"), at("2024-07-02", "2024-08-03", "2061-01-01")):
        assert last_whole_day(material_of(events_of(*june, *few))) == date(2024, 6, 9)
    assert last_whole_day(material_of(events_of(*june[:4]))) is None


def test_five_records_of_a_month_end_it_and_one_of_a_later_month_does_not():
    """Months as data.police.uk tells them: five of May tell all of May, one of June tells nothing of June."""
    may, june = (
        ("2024-04-30T23:00Z", "2024-05-31T23:00Z"),
        ("2024-05-31T23:00Z", "2024-06-30T23:00Z"),
    )
    assert last_whole_day(material_of(events_of(*[may] * 5, june, precision="month"))) == date(2024, 5, 31)
    assert last_whole_day(material_of(events_of(may, *[june] * 5, precision="month"))) == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("read_at", "last"),
    [
        ("2024-06-30T22:30Z", date(2024, 6, 29)),  # 23:30 by the clock: the 30th still runs
        ("2024-06-30T23:00Z", date(2024, 6, 30)),
        ("2024-09-01T00:00Z", date(2024, 7, 1)),
        (None, date(2024, 7, 1)),
    ],
)
def test_no_day_has_ended_that_has_not_by_the_clock(read_at, last):
    """However many records are dated tomorrow, June is told of when it is over by the clock of the force."""
    material = material_of(events_of(*at(*["2024-06-10"] * 20, *["2024-07-02"] * 5)))
    assert last_whole_day(replace(material, read_at=read_at and pd.Timestamp(read_at))) == last


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        ({}, {"crimes": 2.0, "incidents": 3.0}),
        ({"key_types": ("robbery",)}, {"crimes": 2.0}),  # incidents are never marked so: no nought beside two robberies
        ({"categories": ("Theft",)}, {}),
        ({"key_types": ("robbery", "noise")}, {"crimes": 2.0, "incidents": 3.0}),
    ],
)
def test_a_sort_that_the_data_lack_is_no_nought(changes: dict[str, tuple[str, ...]], known: dict[str, float]) -> None:
    """Two robberies and three incidents of noise in June, in tiles, tables and charts alike."""
    crimes = events_of(*at("2024-06-03", "2024-06-05"), kind="crime").assign(key_type="robbery")
    calls = events_of(*at("2024-06-03", "2024-06-04", "2024-06-05"), kind="incident").assign(key_type="noise")
    material = material_of(pd.concat([crimes, calls], ignore_index=True))
    state = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 5), **changes)
    found = measured(material, state, [chosen_place(material, state)])
    assert {k: found[k][0] for k in ("crimes", "incidents") if np.isfinite(found[k][0])} == known
    whys = {k: found.columns[k].why[0] for k in ("crimes", "incidents")}
    assert {k for k, why in whys.items() if why == NO_RECORDS} == {"crimes", "incidents"} - set(known)
    for key in ("crimes", "incidents"):
        assert (series(material, state, key).why == NO_RECORDS) == (key not in known)


# --- notes of people --------------------------------------------------------------------------------------------------


def test_a_note_stands_under_the_day_of_the_clock():
    """Midnight of 3 June in London is 23:00 of the 2nd in UTC; in January the two are the same day, in New York the day before."""
    note = {"from": [pd.Timestamp("2024-06-02T23:00Z")], "to": [pd.NaT], "text": ["New radios"], "author": ["test"]}
    material = replace(week_material(), notes=pd.DataFrame(note))
    assert cut_notes(material, [(WEEK, "This period")]) == ["Cut by a note: New radios (3 Jun 2024), in this period."]
    assert day_of_note("2024-01-02T23:00Z", WEEK) == day_of_note("2024-01-02 23:00", WEEK) == date(2024, 1, 2)
    assert day_of_note("2024-06-03T03:00Z", replace(WEEK, timezone="America/New_York")) == date(2024, 6, 2)


@pytest.mark.parametrize(
    ("begin", "end", "cut"),
    [
        ("2024-06-04", "2024-06-05", "this period"),
        ("2024-05-28", "2024-05-29", "the period before"),
        ("2024-06-02", "2024-06-04", "this period and the period before"),
        ("2024-05-20", "2024-05-26", ""),
        ("2024-06-10", "2024-06-11", ""),
    ],
)
def test_a_note_says_which_period_it_cuts(begin: str, end: str, cut: str) -> None:
    """Of the week from 3 June and the one before it; a note on the earlier one alone is no flaw of this one."""
    note = {
        "from": [pd.Timestamp(f"{begin}T10:00Z")],
        "to": [pd.Timestamp(f"{end}T10:00Z")],
        "text": ["x"],
        "author": ["test"],
    }
    material = replace(week_material(), notes=pd.DataFrame(note))
    before = replace(WEEK, first=date(2024, 5, 27), last=date(2024, 6, 2))
    found = cut_notes(material, [(WEEK, "This period"), (before, "The period before")])
    assert [s.rpartition(", in ")[2] for s in found] == ([f"{cut}."] if cut else [])

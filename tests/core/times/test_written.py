"""Names that tell a zone, times of day beside a date, and what a message may show."""

import pandas as pd
import pytest

from ia_plugin.core.references import NOBODY
from ia_plugin.core.times.column_zone import named_offset
from ia_plugin.core.times.file_times import FileTimes, TimeColumn
from ia_plugin.core.times.grains import MOMENT, NO_TIME
from ia_plugin.core.times.shown_times import shown
from ia_plugin.core.times.time_of_day import times_of_day
from ia_plugin.core.times.written import read_written


@pytest.mark.parametrize(
    "name",
    [
        "time_utc",
        "t_utc",
        "DateTime (UTC)",
        "gps_time_gmt",
        "occurred_z",
        "timeutc",
        "utctime",
        "eventTimeUTC",
        "TimeZ",
    ],
)
def test_names_that_say_utc(name):
    assert named_offset(name) == 0


@pytest.mark.parametrize("name", ["time", "outcome", "time_mgmt", "local time", "butcher", "zone", "size"])
def test_names_that_say_nothing(name):
    assert named_offset(name) is None


def test_a_name_may_tell_an_offset():
    assert (named_offset("time (UTC+01:00)"), named_offset("GMT-5")) == (60, -300)


def test_readings_of_a_column_named_utc_are_utc_with_and_without_z():
    rows = pd.DataFrame({"time_utc": ["2024-07-08 10:00:00", "2024-07-08T10:05:00Z", "2024-07-08 12:00+02:00"]})
    found = FileTimes({"time": TimeColumn("time_utc")}, "Europe/London").read(rows, "time")
    assert found.time.dt.strftime("%H:%M").tolist() == ["10:00", "10:05", "10:00"]
    assert list(found.report.counts().values()) == [1]


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("18:45", 18.75), ("18:45:00", 18.75), ("6:45 PM", 18.75), ("1845", 18.75), ("184500", 18.75), ("645", 6.75),
        ("18.45", 18.75), ("0.78125", 18.75), ("1899-12-30 18:45:00", 18.75), ("0 days 18:45:00", 18.75), ("645.0", 6.75), ("0", 0),
    ],
)  # fmt: skip
def test_a_time_of_day_in_each_writing(written, hours):
    found = times_of_day(pd.Series([written, "", None, "NULL", "soon", "25:00"]))
    assert found.ns[0] / 3.6e12 == hours
    assert found.missing.tolist() == [False, True, True, True, False, False]
    assert found.bad.tolist() == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    "written", [*sorted(NOBODY), "(null)", "<NA>", "N/A", "Not stated", "0000-00-00", "0000-00-00 00:00:00"]
)
def test_what_stands_for_nothing_elsewhere_is_no_time_either(written):
    found, of_day = read_written(pd.Series([written, "2024-06-13 10:00"])), times_of_day(pd.Series([written, "10:00"]))
    assert (found.grain.tolist(), found.bad.any()) == ([NO_TIME, MOMENT], False)
    assert (of_day.missing.tolist(), of_day.bad.any()) == ([True, False], False)


@pytest.mark.parametrize("written", ["€", "é", "=", "soon"])
def test_what_is_neither_a_time_nor_nothing_is_bad(written):
    column = pd.Series([written])
    assert read_written(column).bad.all() and times_of_day(column).bad.all()


def test_a_blank_time_of_day_leaves_a_day():
    rows = pd.DataFrame({"date": ["13/06/2024"] * 3, "time": ["10:00", None, "00:00"]})
    found = FileTimes({"time": TimeColumn("date", "time")}, "Europe/London").read(rows, "time")
    assert found.grain.tolist() == [3, 2, 3]


def test_a_day_before_a_time_of_day_is_left_out_only_where_it_is_none():
    rows = pd.DataFrame({"date": ["13/06/2024"] * 2, "time": ["30/12/1899 10:00", "14/06/2024 10:00"]})
    found = FileTimes({"time": TimeColumn("date", "time")}, "Europe/London").read(rows, "time")
    assert found.bad.tolist() == [False, True] and found.example == "14/06/2024 10:00"


@pytest.mark.parametrize("value", ["PC 4512 Smith", "07700 900123", "4512", "1717405200", "Jane Roe", "yesterday"])
def test_what_could_name_a_person_is_never_shown(value):
    assert shown(value) != value


@pytest.mark.parametrize("value", ["13/13/2024 10:00", "2024-06-31", "25:00", "2024-06-03T10:00:00+01:00", "1900-01"])
def test_what_looks_like_a_time_is_shown(value):
    assert shown(value) == value

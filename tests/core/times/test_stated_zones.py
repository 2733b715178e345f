"""Zones that a file states itself: in a column's name, or in a column of offsets and zones beside the times."""

import pandas as pd
import pytest

from ia_plugin.core.errors import TimeError
from ia_plugin.core.times.column_zone import may_name_zone, named_zone
from ia_plugin.core.times.file_times import FileTimes, TimeColumn
from ia_plugin.core.times.zone_words import zone_of

SUMMER, WINTER = "2024-07-01 10:00", "2024-01-15 10:00"


def read(table, column, timezone="Europe/London"):
    found = FileTimes({"time": column}, timezone).read(pd.DataFrame(table), "time")
    return found, found.time.dt.strftime("%H:%M").tolist()


def beside(zones, times=None, **more):
    times = [SUMMER] * len(zones) if times is None else times
    return read({"when": times, "tz": zones}, TimeColumn("when", zone="tz"), **more)


def in_column(name, *times, **more):
    return read({name: list(times)}, TimeColumn(name), **more)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("+01:00", 60), ("+0100", 60), ("+1", 60), ("-05:30", -330), ("\u221205:00", -300), ("'+01:00", 60), ("01:00", 60), ("01:00:00", 60),
        ("60", 60), ("60.0", 60), ("-300", -300), ("1", 60), ("5,5", 330), ("3600", 60), ("0", 0), ("Z", 0), ("UTC", 0), ("UTC+2", 120),
        ("GMT-05:00", -300), ("BST", 60), ("cest", 120), ("British Summer Time", 60),
    ],
)  # fmt: skip
def test_an_offset_in_each_writing(written, minutes):
    assert zone_of(written).offset == minutes


@pytest.mark.parametrize(
    ("written", "place"), [("Europe/Paris", "Europe/Paris"), ("GMT Standard Time", "Europe/London")]
)
def test_a_clock_by_its_name(written, place):
    assert (zone_of(written).civil, zone_of(written).offset) == (place, None)


@pytest.mark.parametrize("written", ["EST", "IST", "17", "100", "99999", "Mars/Olympus", "Shift A", "soon", "+25:00"])
def test_what_is_no_zone_or_may_be_several(written):
    assert zone_of(written) is None


def test_each_row_is_read_in_the_zone_beside_it():
    found, times = beside(["+02:00", "Europe/London", "BST", "0", "-240"])
    assert times == ["08:00", "09:00", "09:00", "10:00", "14:00"]
    assert found.report.counts() == {"times of 'when' read in the zone that 'tz' gives": 5}


def test_an_offset_in_the_value_and_utc_in_the_name_beat_the_zone_beside_it():
    assert beside(["Europe/Paris"], ["2024-07-01T10:00:00Z"])[1] == ["10:00"]
    assert read({"time_utc": [SUMMER], "tz": ["+01:00"]}, TimeColumn("time_utc", zone="tz"))[1] == ["10:00"]


def test_a_row_without_a_zone_is_read_in_the_time_zone_and_told():
    found, times = beside(["+02:00", None])
    assert times == ["08:00", "09:00"]
    assert found.report.doubts == {"times of 'when' have no zone in 'tz', and were read in Europe/London"}


def test_a_zone_that_is_not_known_leaves_no_time():
    found, _ = beside(["+02:00", "Mars"])
    assert found.bad.tolist() == [False, True] and found.report.doubts
    with pytest.raises(TimeError, match="Clocks of several countries are called EST"):
        beside(["EST"])
    found, times = beside(["Shift A"])
    assert times == ["09:00"] and "holds no zone that is known" in next(iter(found.report.doubts))


def test_offsets_counted_the_other_way_are_doubted():
    found, _ = beside(["-60", "0"], [SUMMER, WINTER])
    assert "the sign opposite to the clock of Europe/London" in next(iter(found.report.doubts))
    assert not beside(["60", "0"], [SUMMER, WINTER])[0].report.doubts


def test_the_repeated_hour_is_told_apart_by_the_offset_beside_it():
    assert beside(["60", "0"], ["2024-10-27 01:30"] * 2)[1] == ["00:30", "01:30"]


@pytest.mark.parametrize(
    ("name", "when", "utc"),
    [
        ("time_cet", WINTER, "09:00"), ("Start (local CEST)", SUMMER, "08:00"), ("timeCET", WINTER, "09:00"), ("time_bst", SUMMER, "09:00"),
        ("Time (Europe/Paris)", SUMMER, "08:00"), ("time_edt", SUMMER, "14:00"), ("time (UTC+01:00)", SUMMER, "09:00"), ("time_gmt", SUMMER, "10:00"),
    ],
)  # fmt: skip
def test_a_name_that_tells_one_clock_is_followed_and_said(name, when, utc):
    found, times = in_column(name, when)
    assert times == [utc] and not found.report.doubts
    assert [name in words for words in found.report.counts()] == [True]


def test_a_name_that_can_be_of_two_clocks_is_refused_with_both():
    with pytest.raises(
        TimeError, match=r"09:00 UTC at UTC\+01:00, .* or 2024-07-01 08:00 UTC on the clock of Europe/Paris"
    ):
        in_column("time_cet", WINTER, SUMMER)
    assert in_column("time_cet", WINTER, SUMMER, timezone="Europe/Paris")[1] == ["09:00", "08:00"]


def test_a_name_of_summer_on_winter_readings_of_the_same_clock_is_doubted():
    found, times = in_column("time_bst", SUMMER, WINTER)
    assert times == ["09:00", "10:00"]
    [(words, rows)] = [(w, n) for w, n in found.report.counts().items() if w in found.report.doubts]
    assert rows == 1 and "UTC+01:00" in words


def test_a_name_of_several_clocks_is_doubted_unless_it_is_of_the_clock_that_was_asked_for():
    assert "EST in the column's name may be a zone" in next(iter(in_column("time_est", SUMMER)[0].report.doubts))
    assert not in_column("time_est", SUMMER, timezone="America/New_York")[0].report.doubts


@pytest.mark.parametrize(
    "name", ["est_start", "best time", "time_west", "wet", "date_of_arrest", "latest", "met_time", "East"]
)
def test_words_that_only_look_like_zones(name):
    assert named_zone(name) is None and may_name_zone(name) is None

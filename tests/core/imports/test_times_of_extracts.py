"""Times of every import by one reader: fixes, events, duties, postings, and the public files."""

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError, TimeError
from ia_plugin.core.events import read_police_uk
from ia_plugin.core.events.extracts import read_extract
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.affiliations import read_affiliations
from ia_plugin.core.imports.mapping import read_mapping
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.imports.people import read_duties, read_postings
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")
REJECT = ImportParams(invalid_rows="reject")
HERE = ",400000,290000"


def file_of(tmp_path, header, rows, name="extract.csv"):
    path = tmp_path / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def fixes_of(tmp_path, header, rows, params=REJECT, **facts):
    path = file_of(tmp_path, header + ",easting,northing", [r + HERE for r in rows])
    source, mapping = prepared(path, "affiliations", **facts)
    account = Account(source.name, "affiliations")
    parts = list(read_affiliations(source, mapping, KEY, account, params))
    fixes = pd.concat([f for f, _ in parts])
    return fixes["time"].dt.strftime("%m-%d %H:%M").tolist(), account


def events_of(tmp_path, header, rows, params=REJECT, **facts):
    source, mapping = prepared(file_of(tmp_path, header, rows), "events", **facts)
    account = Account(source.name, "events")
    return pd.concat([e for e, _ in read_extract(source, mapping, None, account, params)]), account


def people_of(tmp_path, kind, reader, header, rows):
    source, mapping = prepared(file_of(tmp_path, header, rows), kind)
    account = Account(source.name, kind)
    return reader(source, mapping, KEY, account, REJECT)[0], account


# --- fixes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", "NULL", "-", "NaT"])
@pytest.mark.parametrize("day", ["13/06/2024", "2024-06-13", "2024-06-13 00:00:00", "13 Jun 2024"])
def test_a_blank_time_of_day_is_no_midnight(tmp_path, day, blank):
    times, account = fixes_of(tmp_path, "officer,date,time", [f"7001,{day},10:00", f"7001,{day},{blank}"])
    assert times == ["06-13 09:00"] and account.dropped == {"no time": 1}


@pytest.mark.parametrize("date", ["13/06/2024", "2024-06-13", "13-Jun-24", "20240613"])
def test_a_date_alone_is_no_time_of_a_report(tmp_path, date):
    times, account = fixes_of(tmp_path, "officer,time", [f"1,{date}", "1,2024-06-13 10:00"], ImportParams())
    assert times == ["06-13 09:00"] and account.dropped == {"no time": 1}
    assert account.found["times are a date without a time of day"] == 1


def test_midnight_on_every_row_is_no_time_of_a_report(tmp_path):
    times, account = fixes_of(tmp_path, "officer,time", ["1,2024-06-13 00:00:00", "2,2024-06-14 00:00:00"])
    assert times == [] and account.dropped == {"no time": 2}


@pytest.mark.parametrize("name", ["time_utc", "DateTime (UTC)", "gps_time_gmt"])
def test_a_column_named_utc(tmp_path, name):
    times, account = fixes_of(tmp_path, f"officer,{name}", ["1,2024-07-08 10:00:00", "1,2024-07-08T10:05:00"])
    assert times == ["07-08 10:00", "07-08 10:05"]
    assert any("read in UTC" in s and name in s for s in account.sentences())


@pytest.mark.parametrize(
    ("column", "zone"),
    [("utc_offset", "+02:00"), ("tz_offset", "120"), ("timezone", "Europe/Paris"), ("tz", "CEST"), ("Time Zone", "UTC+2"), ("zone", "CEST")],
)  # fmt: skip
def test_a_zone_in_a_column_of_its_own(tmp_path, column, zone):
    times, account = fixes_of(tmp_path, f"officer,time,{column}", [f"1,2024-07-08 10:00,{zone}"])
    assert times == ["07-08 08:00"]
    assert f"1 time of 'time' read in the zone that {column!r} gives." in account.sentences()
    events, _ = events_of(tmp_path, f"ref,offence,Date,Start,End,{column}", [f"1,Theft,13/06/2024,10:00,11:30,{zone}"])
    assert events["start"].dt.hour.tolist() == [8] and events["end"].dt.hour.tolist() == [9]


def test_start_and_end_may_have_zones_of_their_own(tmp_path):
    rows = ["1,Theft,2024-06-13 10:00,Europe/London,2024-06-13 12:00,Europe/Paris"]
    for header in ("start,start_tz,end,end_tz", "from,from timezone,to,to timezone", "start,tz,end,end utc offset"):
        events, account = events_of(tmp_path, f"ref,offence,{header}", rows)
        assert (events["start"].dt.hour.tolist(), events["end"].dt.hour.tolist()) == ([9], [10])
        assert not account.warnings()


def test_a_row_of_units_that_says_the_zone_is_doubted(tmp_path):
    _, account = events_of(
        tmp_path, "ref,offence,start", [",,UTC", "1,Theft,13/06/2024 10:00", "2,Theft,14/06/2024 10:00"]
    )
    [warning] = account.warnings()
    assert "1 row says UTC in the column 'start'" in warning


@pytest.mark.parametrize(("column", "held"), [("zone", "4"), ("zone", "North"), ("offset", "12"), ("tz", "")])
def test_a_column_that_only_sounds_like_a_zone_is_none(tmp_path, column, held):
    times, account = fixes_of(tmp_path, f"officer,time,{column}", [f"1,2024-07-08 10:00,{held}"])
    assert times == ["07-08 09:00"] and not account.warnings()


def test_month_first_files_are_read_whole(tmp_path):
    rows = [f"7001,05/{d}/2023 10:00" for d in ("03", "04", "13", "14", "31")]
    times, account = fixes_of(tmp_path, "officer,time", rows)
    assert times == [f"05-{d} 09:00" for d in ("03", "04", "13", "14", "31")]
    assert any("month first" in s for s in account.sentences())


def test_dates_of_one_day_alone_are_said_to_be_read_with_the_day_first(tmp_path):
    times, account = fixes_of(tmp_path, "officer,time", ["7001,03/06/2024 10:00", "7001,03/06/2024 10:05"])
    assert times == ["06-03 09:00", "06-03 09:05"]
    [warning] = account.warnings()
    assert "2 dates" in warning and "3 June 2024" in warning and "6 March 2024" in warning


def test_dates_that_make_more_sense_the_other_way_are_asked_and_the_answer_rests_in_the_mapping(tmp_path):
    rows = ["7001,05/03/2024 10:00", "7001,05/04/2024 10:05"]
    with pytest.raises(TimeError, match=r"'extract.csv': .*5 March 2024 .* 3 May 2024 .*, row 2\. Type DATE_ORDER="):
        fixes_of(tmp_path, "officer,time", rows)
    assert fixes_of(tmp_path, "officer,time", rows, date_order="month_first")[0] == ["05-03 09:00", "05-04 09:05"]
    _source, mapping = prepared(tmp_path / "extract.csv", "affiliations", date_order="month_first")
    saved = tmp_path / "mapping.json"
    saved.write_text(mapping.to_json(), encoding="utf-8")
    assert read_mapping(saved).date_order == "month_first"


def test_an_extract_with_the_newest_row_on_top(tmp_path):
    rows = [f"7001,27/10/2024 {t}:00" for t in ("02:25", "01:45", "01:15", "00:45")]
    times, account = fixes_of(tmp_path, "officer,time", rows)
    assert times == ["10-27 02:25", "10-27 00:45", "10-27 00:15", "10-26 23:45"]
    assert any("0 told apart" in s for s in account.sentences())


def test_seconds_that_became_milliseconds_and_zeros(tmp_path):
    rows = ["1,1717405200", "1,1717405500000", "1,0", "1,60", "1,1970-01-01T00:00:00Z"]
    times, account = fixes_of(tmp_path, "officer,epoch", rows)
    assert times == ["06-03 09:00", "06-03 09:05"]
    assert account.dropped == {"no time": 1, "a time that cannot be read": 1, "a time out of range": 1}
    assert sum("mixes units" in s for s in account.sentences()) == 2


@pytest.mark.parametrize("lost", ["1.7174088E+09", "1.71741E+09", "1,71741e+09", "1.7174088E+12", "4.54464E+04"])
def test_numbers_that_have_lost_their_last_digits_are_refused_by_that_name(tmp_path, lost):
    with pytest.raises(
        TimeError, match=r"'extract.csv': 2 times of column 'time' .* lost their last digits \(first: '.*E\+\d"
    ):
        fixes_of(tmp_path, "officer,time", [f'1,"{lost.upper()}"'] * 2)
    times, account = fixes_of(tmp_path, "officer,time", [f'1,"{lost}"', "1,1717405200", "1,1717405260"])
    assert times == ["06-03 09:00", "06-03 09:01"]
    assert [s for s in account.found if "its last digits are lost" in s and lost in s]


def test_days_counted_from_1904_are_doubted_where_other_dates_are_four_years_later(tmp_path):
    # 43,984 is 2 June 2020 from 1900 and 3 June 2024 from 1904
    serials = ["1,Theft,43984.5", "2,Theft,43985.25"]
    for header, rows in (
        ("ref,offence,start,recorded", [f"{r},2024-06-04" for r in serials]),
        (
            "ref,offence,start",
            [*serials, "3,Theft,2024-06-04 10:00", "4,Theft,2024-06-05 10:00", "5,Theft,2024-06-06 10:00"],
        ),
        ("ref,offence,start", [*serials, "3,Theft,45446.5", "4,Theft,45447.5", "5,Theft,45448.5"]),
    ):
        events, account = events_of(tmp_path, header, rows)
        assert events["start"].dt.year.tolist()[:2] == [2020, 2020]
        [warning] = account.warnings()
        assert warning.startswith("extract.csv: 2 times of 'start'") and "counted from 1904" in warning


@pytest.mark.parametrize(
    "rows",
    [
        ["1,Theft,45446.5,2024-06-04"],
        ["1,Theft,43984.5,2020-06-04", "2,Theft,45446.5,2024-06-04", "3,Theft,44700.5,2022-05-19"],  # years on end
        ["1,Theft,41000.5,2024-06-04"],  # an offence of long ago
    ],
)
def test_days_counted_from_1900_are_not(tmp_path, rows):
    _, account = events_of(tmp_path, "ref,offence,start,recorded", rows)
    assert account.warnings() == []


def test_a_mixed_offset_is_shown_with_the_line_of_the_file(tmp_path):
    rows = ["1,2024-06-13T10:00:00Z", "1,2024-06-13T10:01:00Z", "1,2024-06-13T10:02:00"]
    with pytest.raises(TimeError, match=r"'2024-06-13T10:02:00', row 4\)"):
        fixes_of(tmp_path, "officer,time", rows)


def test_what_cannot_be_read_is_shown_where_it_looks_like_a_time(tmp_path):
    _, account = fixes_of(tmp_path, "officer,time", ["1,2024-06-31 10:00", "1,2024-06-30 10:00"])
    assert account.found["times look like 2024-06-31 10:00, which is no time"] == 1
    _, account = fixes_of(tmp_path, "officer,time", ["1,07700 900123", "1,2024-06-30 10:00"])
    assert account.found["times look like 99999 999999, which is no time"] == 1


def test_the_first_chunk_of_a_large_file_waits_for_the_day_that_tells(tmp_path, monkeypatch):
    from ia_plugin.core.imports import textfile

    monkeypatch.setattr(textfile, "BLOCK", 200)
    monkeypatch.setattr(textfile.TextFile.chunks, "__kwdefaults__", {"numbers": (), "block": 200})
    rows = [f"7001,05/{d:02d}/2023 10:00" for d in range(1, 32)]
    times, _ = fixes_of(tmp_path, "officer,time", rows)
    assert times == [f"05-{d:02d} 09:00" for d in range(1, 32)]


MANY = [f"1,2024-06-13 10:{m:02}:00" for m in range(60)]


@pytest.mark.parametrize(
    ("far", "words"),
    [
        ("2004-10-28 10:00", "1 fix is 1,024 weeks before the others (28 October 2004, first in row 62)"),
        ("2042-01-05 10:00", "1 fix is more than a year from all others of the file (5 January 2042, first in row 62)"),
        ("2019-01-05 10:00", "1 fix is more than a year from all others of the file (5 January 2019, first in row 62)"),
    ],
)
def test_fixes_of_a_wrong_clock_are_told(tmp_path, far, words):
    _, account = fixes_of(tmp_path, "officer,time", [*MANY, f"2,{far}"])
    assert [words in w for w in account.warnings()] == [True]


def test_two_periods_that_are_compared_are_no_wrong_clocks(tmp_path):
    _, account = fixes_of(tmp_path, "officer,time", [*MANY, *(r.replace("2024", "2022") for r in MANY[:30])])
    assert not account.warnings()
    _, account = fixes_of(tmp_path, "officer,time", [*MANY, "1,2023-07-13 10:00"])
    assert not account.warnings()


# --- events -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dates",
    [
        ["1/6/2024", "2/6/2024", "11/6/2024", "3.6.2024"],
        ["2024-06-01 00:00:00", "2024-06-02 00:00:00"],
        ["13/06/2024 00:00", "14/06/2024 00:00"],
        ["1 June 2024", "Sun 2 Jun 2024"],
        ["45444", "45445"],
        ["20240601", "20240602"],
        ["2024-05-31T23:00:00Z", "2024-12-01T00:00:00Z"],
    ],
)
def test_a_date_without_a_time_is_a_day(tmp_path, dates):
    events, _ = events_of(tmp_path, "incident_no,type,start", [f"I{i},Noise,{d}" for i, d in enumerate(dates)])
    assert set(events["time_precision"]) == {"day"}
    assert set((events["end"] - events["start"]) / pd.Timedelta("1h")) == {24}


def test_days_and_moments_in_one_column(tmp_path):
    events, _ = events_of(tmp_path, "incident_no,type,start", ["1,Noise,13/6/2024", "2,Noise,14/6/2024 00:00"])
    assert events["time_precision"].tolist() == ["day", "day"]
    events, _ = events_of(tmp_path, "incident_no,type,start", ["1,Noise,13/6/2024", "2,Noise,14/6/2024 09:30"])
    assert events["time_precision"].tolist() == ["day", "minute"]


@pytest.mark.parametrize(
    "header", ["ref,offence,Date,Start,End", "ref,offence,Offence Date,Start Time,End Time", "ref,offence,date,from,to"]
)
def test_date_start_and_end_in_three_columns(tmp_path, header):
    rows = [
        "1,Theft,13/06/2024,21:00,23:30",
        "2,Theft,13/06/2024,22:00,02:00",
        "3,Theft,14/06/2024,,",
        "4,Theft,15/06/2024,09:00,",
    ]
    events, _account = events_of(tmp_path, header, rows)
    assert events["start"].dt.strftime("%d %H:%M").tolist() == ["13 20:00", "13 21:00", "13 23:00", "15 08:00"]
    assert ((events["end"] - events["start"]) / pd.Timedelta("1h")).tolist() == [2.5, 4, 24, 0]
    assert events["time_precision"].tolist() == ["minute", "minute", "day", "minute"]


def test_a_date_and_a_time_column_of_events(tmp_path):
    events, _ = events_of(tmp_path, "ref,offence,Date,Time", ["1,Theft,13/06/2024,0915", "2,Theft,14/06/2024,"])
    assert events["start"].dt.strftime("%d %H:%M").tolist() == ["13 08:15", "13 23:00"]
    assert events["time_precision"].tolist() == ["minute", "day"]


@pytest.mark.parametrize(
    "header",
    [
        "Offence Date,Offence Time",
        "Occurred Date,Occurred Time",
        "Date Committed,Time Committed",
        "Date,Call Time",
        "Date of Stop,Time of Stop",
        "offence_date,offence_time",
        "OffenceDate,OffenceTime",
        "OFFENCEDATE,OFFENCETIME",
        "Incident Date,Call Time",
        "Date of incident,Time (HH:MM)",
        "From Date,From Time",
        "Incident Day,Incident Time",
        "Stop date,hhmm",
        "DATE OCC,TIME OCC",
    ],
)
@pytest.mark.parametrize("time", ["22:00", "2200", "10:00 PM", "22:00:00"])
def test_the_time_of_day_that_belongs_to_a_date(tmp_path, header, time):
    rows = [f"1,Theft,13/06/2024,{time}", f"2,Theft,14/06/2024,{time}"]
    events, account = events_of(tmp_path, f"ref,offence,{header}", rows)
    assert events["start"].tolist()[0] == pd.Timestamp("2024-06-13T21:00Z") and not account.warnings()
    assert events["time_precision"].tolist() == ["minute", "minute"]


def test_the_time_of_day_that_belongs_to_a_date_that_was_typed(tmp_path):
    header, rows = "ref,offence,Date of Stop,Time of Stop", ["1,Theft,13/06/2024,22:00"]
    events, _ = events_of(tmp_path, header, rows, given={"start": "Date of Stop"})
    assert events["start"].tolist() == [pd.Timestamp("2024-06-13T21:00Z")]


def test_a_date_with_a_time_of_its_start_and_one_of_its_end(tmp_path):
    events, _ = events_of(tmp_path, "ref,offence,Date,Time Start,Time End", ["1,Theft,13/06/2024,22:00,01:05"])
    assert ((events["end"] - events["start"]) / pd.Timedelta("1min")).tolist() == [185]


def test_dates_and_times_of_both_ends(tmp_path):
    for header in (
        "Committed From Date,Committed From Time,Committed To Date,Committed To Time", "Start Date,Start Time,End Date,End Time",
        "Date From,Time From,Date To,Time To", "First Committed Date,First Committed Time,Last Committed Date,Last Committed Time",
    ):  # fmt: skip
        rows = ["1,Theft,13/06/2024,22:00,15/06/2024,07:00"]
        events, _ = events_of(tmp_path, f"ref,offence,{header}", rows)
        assert events["start"].tolist() == [pd.Timestamp("2024-06-13T21:00Z")], header
        assert events["end"].tolist() == [pd.Timestamp("2024-06-15T06:00Z")], header
    duties, _ = people_of(
        tmp_path,
        "duties",
        read_duties,
        "Collar,Start Date,Start Time,End Date,End Time",
        ["1,13/06/2024,07:00,15/06/2024,07:00"],
    )
    assert ((duties["end"] - duties["start"]) / pd.Timedelta("1h")).tolist() == [48]


@pytest.mark.parametrize(
    "column", ["Response Time", "Arrival time", "Time taken", "Time reported", "Closed Time", "Duration"]
)
def test_a_time_of_something_else_is_no_time_of_day_of_the_date(tmp_path, column):
    events, account = events_of(tmp_path, f"ref,offence,Incident Date,{column}", ["1,Theft,13/06/2024,00:12"])
    assert events["time_precision"].tolist() == ["day"] and not account.warnings()


def test_a_time_of_day_that_may_belong_to_a_date_is_named(tmp_path):
    header = "ref,offence,Incident Date,Sighting Time"
    events, account = events_of(tmp_path, header, ["1,Theft,13/06/2024,22:00"])
    assert events["time_precision"].tolist() == ["day"]
    assert "1 event lasts the whole day, for 'Sighting Time' is not read" in account.warnings()[0]
    events, account = events_of(tmp_path, header, ["1,Theft,13/06/2024,22:00"], given={"start_time": "Sighting Time"})
    assert events["time_precision"].tolist() == ["minute"] and not account.warnings()


ZERO_DAYS = ["1899-12-30 ", "30/12/1899 ", "1900-01-01T", "1904-01-01 ", "1970-01-01T", "0001-01-01 ", "0 days "]


@pytest.mark.parametrize("zero", ZERO_DAYS)
def test_a_time_of_day_behind_the_first_day_of_a_program(tmp_path, zero):
    events, _ = events_of(tmp_path, "ref,offence,Date,Start,End", [f"1,Theft,13/06/2024,{zero}09:15:00,{zero}10:00:00"])
    assert events["start"].dt.strftime("%d %H:%M").tolist() == ["13 08:15"]
    assert events["end"].dt.strftime("%d %H:%M").tolist() == ["13 09:00"]


def test_a_time_column_that_holds_the_date_too_is_the_time(tmp_path):
    events, _ = events_of(tmp_path, "ref,offence,Date,Time", ["1,Theft,13/06/2024,13/06/2024 09:15"])
    assert events["start"].dt.strftime("%d %H:%M").tolist() == ["13 08:15"]
    assert events["time_precision"].tolist() == ["minute"]


@pytest.mark.parametrize("month", ["2024-06", "06/2024", "Jun-24", "June 2024"])
def test_a_month_is_a_month_in_each_writing(tmp_path, month):
    events, _ = events_of(tmp_path, "ref,offence,start", [f"1,Theft,{month}"])
    assert events["time_precision"].tolist() == ["month"]
    assert (events["end"] - events["start"]).dt.days.tolist() == [30]


def test_an_offence_of_long_ago_is_an_event_and_the_first_of_1970_none(tmp_path):
    events, account = events_of(tmp_path, "ref,offence,start", ["1,Theft,1975-03-01", "2,Theft,1970-01-01"])
    assert len(events) == 1 and account.dropped == {"a time out of range": 1}


@pytest.mark.parametrize("name", ["occurred_z", "Start (UTC)", "incident_datetime_gmt"])
def test_an_event_column_named_utc_is_found_and_read_so(tmp_path, name):
    events, account = events_of(
        tmp_path, f"ref,offence,{name}", ["1,Theft,2024-07-08 10:00", "2,Theft,2024-07-08 10:05Z"]
    )
    assert events["start"].dt.hour.tolist() == [10, 10]
    assert sum("read in UTC" in s for s in account.sentences()) == 1


OCTOBER = [
    ("ref,offence,from,to", "27/10/2024 01:50,27/10/2024 01:10"),
    ("ref,offence,from,to", "2024-10-27 01:50 BST,2024-10-27 01:10"),
    ("ref,offence,from,to", "2024-10-27T00:50:00Z,27 Oct 2024 1:10 am"),
    ("ref,offence,Date,Start,End", "27/10/2024,01:50,01:10"),
    ("ref,offence,Offence Date,From Time,To Time", "2024-10-27,0150,0110"),
]


@pytest.mark.parametrize(("header", "window"), OCTOBER)
@pytest.mark.parametrize("newest_first", [False, True])
def test_a_window_that_spans_the_change_of_october_ends_in_the_second_hour(tmp_path, header, window, newest_first):
    plain = window.replace("27", "26").replace("01:10", "02:10").replace("0110", "0210").replace("1:10 am", "2:10 am")
    rows = [f"A,Theft,{plain}", f"B,Theft,{window}"]
    events, account = events_of(tmp_path, header, rows[::-1] if newest_first else rows)
    minutes = (events["end"] - events["start"]).dt.total_seconds() / 60
    assert dict(zip(events["event_id"], minutes)) == {"A": 20, "B": 20}
    assert any(s.startswith("1 end in the hour that October repeats") for s in account.sentences())


@pytest.mark.parametrize(
    "window", ["27/10/2024 03:50,27/10/2024 01:10", "2024-10-27T01:50+01:00,2024-10-27T01:10+01:00", "26/10/2024 01:50,26/10/2024 01:10"]
)  # fmt: skip
def test_other_ends_before_their_start_are_no_ends(tmp_path, window):
    events, account = events_of(tmp_path, "ref,offence,from,to", [f"1,Theft,{window}"])
    assert events["end"].tolist() == events["start"].tolist() and not account.dropped
    assert account.warnings() == [
        "extract.csv: 1 end is before its start: no end is known, and the record counts at its start."
    ]


def test_a_time_of_day_before_the_start_is_of_the_next_day_in_october_too(tmp_path):
    rows = ["1,Theft,26/10/2024,23:00,01:10", "2,Theft,27/10/2024,23:00,01:10"]
    events, _ = events_of(tmp_path, "ref,offence,Date,Start,End", rows)
    assert ((events["end"] - events["start"]) / pd.Timedelta("1min")).tolist() == [130, 130]


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_turn_of_duty_may_run_past_midnight(tmp_path):
    duties, _ = people_of(
        tmp_path,
        "duties",
        read_duties,
        "Collar,Duty Date,Start,End",
        ["1,13/06/2024,22:00,07:00", "1,14/06/2024,,07:00"],
    )
    assert ((duties["end"] - duties["start"]) / pd.Timedelta("1h")).tolist() == [9]


def test_a_turn_of_duty_that_ends_in_the_second_hour_of_october(tmp_path):
    duties, _ = people_of(tmp_path, "duties", read_duties, "Collar,Start,End", ["1,27/10/2024 01:30,27/10/2024 01:15"])
    assert ((duties["end"] - duties["start"]) / pd.Timedelta("1min")).tolist() == [45]


@pytest.mark.parametrize("last", ["30/06/2024", "30/06/2024 00:00:00", "2024-06-30 00:00:00", "30 June 2024"])
def test_the_last_day_of_a_posting_counts_whole(tmp_path, last):
    postings, _ = people_of(
        tmp_path, "postings", read_postings, "Collar,Unit,From,To", [f"1,A,13/06/2024,{last}", "2,B,13/06/2024,"]
    )
    assert postings["valid_to"].iloc[0] == pd.Timestamp("2024-06-30T23:00Z") and pd.isna(postings["valid_to"].iloc[1])


# --- the public files -------------------------------------------------------------------------------------------------

SEARCHES = "Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome"
STREET = "Crime ID,Month,Longitude,Latitude,Location,Crime type"


def searches_of(tmp_path, dates, **more):
    rows = [f"Person search,{d},52.508,-2.0,PACE,Drugs,Arrest" for d in dates]
    return read_police_uk(file_of(tmp_path, SEARCHES, rows), **more)


@pytest.mark.parametrize(
    "dates",
    [
        ["04/07/2021 21:30", "17/07/2021 14:00"],
        ["07/04/2021 21:30", "07/17/2021 14:00"],
        ["4 Jul 2021 9:30 PM", "17 Jul 2021 2:00 PM"],
    ],
)
def test_searches_of_a_file_that_a_spreadsheet_saved(tmp_path, dates):
    events, _ = searches_of(tmp_path, dates)
    assert events["start"].dt.strftime("%m-%d %H:%M").tolist() == ["07-04 20:30", "07-17 13:00"]


def test_searches_that_can_be_of_two_days_are_asked_or_said(tmp_path):
    with pytest.raises(TimeError, match="'extract.csv': .*7 April 2021 .* 4 July 2021"):
        searches_of(tmp_path, ["07/04/2021 21:30", "07/05/2021 21:30"])
    events, _ = searches_of(tmp_path, ["07/04/2021 21:30", "07/05/2021 21:30"], date_order="month_first")
    assert events["start"].iloc[0] == pd.Timestamp("2021-07-04T20:30Z")
    events, report = searches_of(tmp_path, ["04/07/2021 21:30"])
    assert events["start"].iloc[0] == pd.Timestamp("2021-07-04T20:30Z")
    assert any("4 July 2021" in s and "7 April 2021" in s for s in report.sentences())


def test_searches_whose_file_tells_days_alone(tmp_path):
    events, report = searches_of(tmp_path, ["2021-07-04T00:00:00+00:00", "2021-07-05T00:00:00+00:00"])
    assert events["time_precision"].tolist() == ["day", "day"]
    assert events["start"].iloc[0] == pd.Timestamp("2021-07-03T23:00Z")
    assert any("00:00:00 on every row" in s for s in report.sentences())


@pytest.mark.parametrize(
    "month", ["2021-07", "Jul-21", "01/07/2021", "07/01/2021", "2021-07-01", "July 2021", "01-Jul-21"]
)
def test_the_month_of_a_street_file_in_each_writing(tmp_path, month):
    events, _ = read_police_uk(file_of(tmp_path, STREET, [f"abc,{month},-1.9,52.48,A,Burglary"]))
    event = events.iloc[0]
    assert (str(event["start"]), str(event["end"])) == ("2021-06-30 23:00:00+00:00", "2021-07-31 23:00:00+00:00")
    assert event["time_precision"] == "month"


def test_a_bad_date_of_a_public_file_is_shown_with_its_row(tmp_path):
    with pytest.raises(FileError, match="row 2: a value like '2021-07-32T10:00' is no time"):
        searches_of(tmp_path, ["2021-07-32T10:00", "2021-07-30T10:00"])

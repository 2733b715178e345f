"""Written times -> UTC: every writing, the changes of clocks, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError, TimeError
from ia_plugin.core.times.clocks import read_clocks, to_utc
from ia_plugin.core.times.grains import NAIVE
from ia_plugin.core.times.shown_times import shown

LONDON = "Europe/London"
pytestmark = pytest.mark.clocks


def utc(values, timezone=LONDON, **more):
    return to_utc(values, timezone, **more)[0]


@pytest.mark.parametrize(
    "written, expected",
    [
        ("2024-06-01T12:00:00Z", "2024-06-01T12:00:00"),
        ("2024-06-01T12:00:00+01:00", "2024-06-01T11:00:00"),
        ("2024-06-01T12:00:00-0530", "2024-06-01T17:30:00"),
        ("2024-06-01 12:00:00", "2024-06-01T11:00:00"),
        ("2024-06-01T12:00", "2024-06-01T11:00:00"),
        ("2024-01-01 12:00:00", "2024-01-01T12:00:00"),
        ("2024-06-01T12:00:00.25Z", "2024-06-01T12:00:00.25"),
        ("2024-06-01T12:00:00.123456789123Z", "2024-06-01T12:00:00.123456789"),
        ("2024/06/01 12:00:00.250+01", "2024-06-01T11:00:00.25"),
        ("2024/06/01 12:00:00", "2024-06-01T11:00:00"),
        (" 2024-06-01 12:00:00 UTC ", "2024-06-01T12:00:00"),
        ("2024-06-01 12:00:00 BST", "2024-06-01T11:00:00"),
        ("20240601T120000Z", "2024-06-01T12:00:00"),
        ("2024-06-01T24:00:00Z", "2024-06-02T00:00:00"),
        ("01/06/2024", "2024-05-31T23:00:00"),
        ("01/06/2024 12:00", "2024-06-01T11:00:00"),
        ("1/6/24 1:05 pm", "2024-06-01T12:05:00"),
        ("21/06/2024", "2024-06-20T23:00:00"),
        ("21/06/2024 12:00", "2024-06-21T11:00:00"),
        ("06/21/2024 12:00", "2024-06-21T11:00:00"),
        ("21/6/24 1:05 pm", "2024-06-21T12:05:00"),
        ("21.06.2024 12.05.30", "2024-06-21T11:05:30"),
        ("Fri, 21 Jun 2024 12:00:00 +0100", "2024-06-21T11:00:00"),
        ("Jun 21, 2024 1:05 p.m.", "2024-06-21T12:05:00"),
        ("21-JUN-24 13.05", "2024-06-21T12:05:00"),
        ("21/06/2024 1:05\u202fPM", "2024-06-21T12:05:00"),
        ("2024-06-21T12:00:00.000+01:00[Europe/London]", "2024-06-21T11:00:00"),
        ("20240621120005", "2024-06-21T11:00:05"),
        ("20240621", "2024-06-20T23:00:00"),
        ("1718971200.25", "2024-06-21T12:00:00.25"),
        ("1718971200123456", "2024-06-21T12:00:00.123456"),
        ("45464.5", "2024-06-21T11:00:00"),
        ("01-Jun-2024 12:00:00", "2024-06-01T11:00:00"),
        ("1 June 2024 12:00 AM", "2024-05-31T23:00:00"),
        ("2024-02-29", "2024-02-29T00:00:00"),
        ("1717243200", "2024-06-01T12:00:00"),
        ("1717243200250", "2024-06-01T12:00:00.25"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5"),
    ],
)
def test_each_writing(written, expected):
    assert utc([written, None, ""]).tolist() == [pd.Timestamp(expected, tz="UTC"), pd.NaT, pd.NaT]
    if written.isascii():
        assert utc(np.array([written.encode()]))[0] == pd.Timestamp(expected, tz="UTC")


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "32/01/2024",
        "13/13/2024",
        "60",
        "2024-06-31",
        "2024-02-30",
        "2023-02-29",
        "2024-06",
        "12:00:00",
        "2024-06-01T25:00:00Z",
        "né",
        "9" * 60,
    ],
)
def test_what_is_no_time_is_refused_with_value_row_and_count(value):
    with pytest.raises(TimeError) as caught:
        to_utc(["2024-06-01", None, value, value], LONDON, name="when")
    assert "2 values" in str(caught.value) and shown(value) in str(caught.value) and "row 3" in str(caught.value)
    assert "when" in str(caught.value) and caught.value.remedy


def test_offsets_of_several_kinds_are_each_honoured():
    assert len(set(utc(["2024-06-01T12:00:00Z", "2024-06-01T13:00:00+01:00", "2024-06-01 07:00:00-05"]))) == 1


def test_a_column_with_and_without_offsets_is_refused():
    with pytest.raises(TimeError) as caught:
        to_utc(["2024-06-01T12:00:00Z", None, "2024-06-01T12:00:00", "2024-06-01T12:00:00+01:00"], LONDON)
    text = str(caught.value)
    assert "2 values with an offset" in text and "1 without" in text
    assert "'2024-06-01T12:00:00', row 3" in text and caught.value.remedy


@pytest.mark.parametrize("scale", [1, 10**3, 10**6, 10**9])
@pytest.mark.parametrize("kind", [np.int64, object, "Int64"])
def test_epoch_numbers_of_each_unit(scale, kind):
    values = pd.Series([1717243200 * scale, 1717243260 * scale]).astype(kind)
    assert utc(values).tolist() == [pd.Timestamp("2024-06-01T12:00Z"), pd.Timestamp("2024-06-01T12:01Z")]


@pytest.mark.parametrize("kind", [np.int64, object, str, "Int64"])
def test_ticks_of_dot_net_are_a_clocks_readings_and_said(kind):
    # new DateTime(2024, 6, 13, 10, 0, 0).Ticks; as nanoseconds since 1970 it would be 27 March 1990.
    times, report = to_utc(pd.Series([638538696000000000, 638538696000000001]).astype(kind), LONDON)
    assert times.dt.floor("s").tolist() == [pd.Timestamp("2024-06-13T09:00Z")] * 2
    assert "ticks of .NET" in report.sentences()[0]


def test_file_times_of_windows_are_utc():
    # (2024-06-13 10:00 UTC - 1601-01-01) in 100 ns: 11,644,473,600 s to 1970 and 1,718,272,800 s after.
    assert utc([133627464000000000]).tolist() == [pd.Timestamp("2024-06-13T10:00Z")]


def test_nanoseconds_of_our_years_are_no_ticks():
    assert utc([1717243200 * 10**9, 946_684_800 * 10**9]).dt.year.tolist() == [2024, 2000]


def test_a_column_that_changed_its_unit_is_read_row_by_row_and_said():
    times, report = to_utc([1717243200, 1717243260000, 1717243320], LONDON)
    assert times.dt.strftime("%H:%M").tolist() == ["12:00", "12:01", "12:02"]
    assert sorted(n for _, n in report.notes) == [1, 2] and all("mixes units" in words for words, _ in report.notes)


@pytest.mark.parametrize("none", [0, -1, "0", "-1", "NaT", "NULL", "n/a", "-", "0000-00-00 00:00:00", "00/00/0000"])
def test_what_stands_for_no_time_is_missing(none):
    assert utc([none, none]).isna().all()


@pytest.mark.parametrize("number", [60, -86_400, 1e8, 4e9, 99_999, 1e20, 20249999])
def test_a_number_that_falls_in_no_year_is_no_time(number):
    with pytest.raises(TimeError, match="cannot be read as a time"):
        utc([1717243200, number])


def test_days_of_a_spreadsheet_are_civil_time_and_said():
    times, report = to_utc([45444.520833, 45445.0], LONDON)
    assert times.dt.strftime("%d %H:%M:%S").tolist() == ["01 11:30:00", "01 23:00:00"]
    assert "counted from 1900" in report.sentences()[0]


def test_epoch_seconds_with_a_fraction_and_a_hole():
    assert utc([1717243200.25, np.nan]).tolist() == [pd.Timestamp("2024-06-01T12:00:00.25Z"), pd.NaT]


def test_datetimes_with_and_without_a_zone():
    naive = pd.Series(pd.to_datetime(["2024-06-01T12:00", None]), index=[7, 9])
    assert utc(naive).tolist() == [pd.Timestamp("2024-06-01T11:00Z"), pd.NaT]
    assert utc(naive).index.tolist() == [7, 9]
    assert utc(naive.dt.tz_localize("America/New_York"))[7] == pd.Timestamp("2024-06-01T16:00Z")


def test_the_hour_that_march_leaves_out_is_read_with_the_old_offset_and_counted():
    times, report = to_utc(["2024-03-31 00:59", "2024-03-31 01:30", "2024-03-31 02:00"], LONDON)
    assert times.dt.strftime("%H:%M").tolist() == ["00:59", "01:30", "01:00"]
    assert report.nonexistent == 1 and "1 value " in report.sentences()[0]


def test_the_hour_that_october_repeats_is_told_apart_by_the_order_of_each_officer():
    rows = [
        ("a", "00:50"),
        ("b", "01:50"),
        ("a", "01:10"),
        ("a", "01:50"),
        ("b", "01:20"),
        ("a", "01:05"),
        ("a", "02:05"),
        ("c", "01:30"),
    ]
    times, report = to_utc([f"2024-10-27 {t}" for _, t in rows], LONDON, groups=[o for o, _ in rows])
    assert times.dt.strftime("%d %H:%M").tolist() == [
        "26 23:50", "27 00:50", "27 00:10", "27 00:50", "27 01:20", "27 01:05", "27 02:05", "27 00:30",
    ]  # fmt: skip
    assert (report.ambiguous, report.by_order) == (6, 5)
    without, report = to_utc([f"2024-10-27 {t}" for _, t in rows], LONDON)
    assert without.dt.strftime("%H:%M").tolist()[4] == "00:20" and report.by_order == 0


NIGHT = ["00:45", "01:15", "01:45", "02:25"]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        # The step back is seen in a file that runs forwards, and in one that has the newest row on top.
        (
            ["00:45", "01:15", "01:45", "01:15", "01:45", "02:25"],
            ["23:45", "00:15", "00:45", "01:15", "01:45", "02:25"],
        ),
        (
            ["02:25", "01:45", "01:15", "01:45", "01:15", "00:45"],
            ["02:25", "01:45", "01:15", "00:45", "00:15", "23:45"],
        ),
    ],
)
def test_the_repeated_hour_in_files_of_either_direction(readings, expected):
    times, report = to_utc([f"2024-10-27 {t}" for t in readings], LONDON, groups=["a"] * len(readings))
    assert times.dt.strftime("%H:%M").tolist() == expected and report.by_order == 4


@pytest.mark.parametrize(
    "readings", [NIGHT, NIGHT[::-1], ["01:45", "01:15"], ["02:25", "01:45", "00:45", "01:15", "03:00", "00:30"]]
)
def test_without_a_step_back_in_the_order_of_time_the_hour_is_said_to_be_unknown(readings):
    times, report = to_utc([f"2024-10-27 {t}" for t in readings], LONDON, groups=["a"] * len(readings))
    summer = {"01:15": "00:15", "01:45": "00:45"}
    assert {r: t for r, t in zip(readings, times.dt.strftime("%H:%M")) if r in summer} == summer
    assert (report.ambiguous, report.by_order) == (2, 0)


def test_the_direction_of_the_file_serves_an_officer_who_shows_none():
    rows = [("a", "01:20"), ("a", "01:50"), ("b", "12:00"), ("b", "11:00"), ("b", "10:00")]
    times, report = to_utc([f"2024-10-27 {t}" for _, t in rows], LONDON, groups=[o for o, _ in rows])
    assert times.dt.strftime("%H:%M").tolist()[:2] == ["01:20", "00:50"] and report.by_order == 2


def test_an_unknown_zone_is_refused():
    with pytest.raises(ParameterError, match="Europe/Birmingham"):
        to_utc(["2024-06-01"], "Europe/Birmingham")


@pytest.mark.parametrize("values", [[], [None, None], ["", " "], np.array([], dtype="S1"), pd.Series([], dtype=float)])
def test_nothing_gives_a_typed_nothing(values):
    times, report = to_utc(values, LONDON)
    assert str(times.dtype) == "datetime64[ns, UTC]" and times.isna().all() and report.missing == len(values)


def test_the_input_is_left_alone():
    values = pd.Series(["2024-06-01", None])
    before = values.copy()
    to_utc(values, LONDON)
    pd.testing.assert_series_equal(values, before)


@pytest.mark.parametrize("zone", [LONDON, "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize(
    "form", ["%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d %b %Y %I:%M:%S %p"]
)
def test_a_year_of_readings_agrees_with_pandas(zone, form):
    rng = np.random.default_rng(1)
    moments = pd.DatetimeIndex(rng.integers(1704067200, 1735689600, 3000).astype("datetime64[s]")).tz_localize("UTC")
    wall = moments.tz_convert(zone).tz_localize(None)
    told = wall.tz_localize(zone, ambiguous=np.ones(len(wall), dtype=bool)).tz_convert("UTC")
    assert (pd.DatetimeIndex(utc(wall.strftime(form), zone)) == told).all()


def test_read_clocks_keeps_the_reading_and_the_offset_apart():
    clock, offset = read_clocks(["2024-06-01T12:00:00+01:00", "2024-06-01T12:00:00", None])
    assert clock[0] == clock[1] and offset.tolist() == [60, int(NAIVE), int(NAIVE)]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1.717408812E+09", "2024-06-03 10:00:12"), ("1,717408812e+9", "2024-06-03 10:00:12"), ("1.717408812345E+12", "2024-06-03 10:00:12.345"),
        ("1.717408812E+12", "2024-06-03 10:00:12"), ("1.717408812E+15", "2024-06-03 10:00:12"), ("1.7174088125E+09", "2024-06-03 10:00:12.5"),
        ("4.544641667E+04", "2024-06-03 10:00"), ("2.0240603E+07", "2024-06-03"), ("2.02406031000E+11", "2024-06-03 10:00"),
    ],
)  # fmt: skip
def test_a_number_written_short_is_read_where_its_digits_reach_the_second(written, moment):
    assert to_utc([written], "UTC")[0].iloc[0] == pd.Timestamp(moment, tz="UTC")


@pytest.mark.parametrize(
    "written", ["1.71740881E+09", "1.7174088E+12", "1.7E+09", "1E+09", "2.02406E+11", "4.54464E+04"]
)
def test_a_number_written_shorter_is_refused_and_shown(written):
    with pytest.raises(TimeError) as caught:
        to_utc([written], "UTC")
    assert f"{written} (a number written short: its last digits are lost)" in str(caught.value)


@pytest.mark.parametrize("written", ["7.7009E+09", "8.8E+88", "1E5", "1.2345E+05"])
def test_other_short_numbers_are_no_times_and_are_not_shown(written):
    with pytest.raises(TimeError) as caught:
        to_utc([written], "UTC")
    assert written not in str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        "'13/06/2024 10:00", '="13/06/2024 10:00"', "13/06/2024\u00a010:00", "13/06/2024 10:00\u202fAM", "2024-06-13t10:00:00", "13/06/2024 at 10:00",
        "13/06/2024 1000hrs", "13/06/2024 10:00 hrs", "13/06/2024, 10:00", "2024-06-13 11:00 bst", "2024-06-13 10:00 (UTC)", "2024-06-13T10:00:00z",
        "Thu, 13 Jun 2024 12:00:00 +0200", "13-JUN-24 10.00.00.000000 AM", "2024-06-13T10:00:00,000", "20240613T1000", "2024-06-13T12:00+02:00[Europe/Paris]",
    ],
)  # fmt: skip
def test_ten_in_the_morning_as_programs_write_it(written):
    assert to_utc([written], "UTC")[0].tolist() == [pd.Timestamp("2024-06-13T10:00Z")]


@pytest.mark.parametrize(
    "written",
    [
        "2024-06-13T10:00[Europe/Paris]", "2024-06-13 10:00 CET", "2024-06-13 10:00 EST", "13/06/2024 13:00 PM", "2024-06-13 24:01", "2024-W24-4",
        "2024-165", "13 Juin 2024 10:00", "15. M\u00e4rz 2024", "13/06/2024 10:00 - 11:00", "45,446.5", "-86400", "2024-Q2", "13/06/2024 10am", "########",
    ],
)  # fmt: skip
def test_what_could_be_read_wrongly_is_refused(written):
    with pytest.raises(TimeError, match="1 values of column 'time' cannot be read"):
        to_utc([written], "UTC")

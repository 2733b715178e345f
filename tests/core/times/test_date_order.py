"""The order of day and month: settled for the whole column and its file, or asked with both readings shown."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import TimeError
from ia_plugin.core.times.clocks import to_utc
from ia_plugin.core.times.file_times import FileTimes, TimeColumn

LONDON = "Europe/London"


def days(values, **more):
    return to_utc(values, "UTC", **more)[0].dt.strftime("%Y-%m-%d").tolist()


@pytest.mark.parametrize("separator", ["/", ".", "-"])
@pytest.mark.parametrize("year", ["2023", "23"])
@pytest.mark.parametrize("tail", ["", " 10:00", " 10:00:00 AM", "T10:00:00Z"])
def test_one_day_above_twelve_settles_the_column(separator, year, tail):
    def written(dates):
        return [d.replace("/", separator) + separator + year + tail for d in dates]

    may = ["2023-05-03", "2023-05-04", "2023-05-31"]
    assert days(written(["03/05", "04/05", "31/05"])) == may
    assert days(written(["05/03", "05/04", "05/31"])) == may


def test_days_that_lie_together_one_way_alone_are_read_so_and_said():
    times, report = to_utc(["1/6/2024", "2/6/2024", "11/6/2024"], "UTC")
    assert times.dt.strftime("%m-%d").tolist() == ["06-01", "06-02", "06-11"]
    [sentence] = report.sentences()
    assert "1 June 2024" in sentence and "6 January 2024" in sentence and "DATE_ORDER=month_first" in sentence


def test_one_day_alone_is_read_with_the_day_first_and_both_readings_are_shown():
    times, report = to_utc(["03/06/2024 10:00", "03/06/2024 11:00"], "UTC")
    assert times.dt.strftime("%m-%d").tolist() == ["06-03"] * 2
    [sentence] = report.sentences()
    assert sentence.startswith("2 dates") and "3 June 2024" in sentence and "6 March 2024" in sentence
    assert "DATE_ORDER=month_first" in sentence
    assert days(["03/06/2024"], date_order="month_first") == ["2024-03-06"]


@pytest.mark.parametrize(
    "values",
    [
        ["05/03/2023", "05/04/2023"],  # together in May, were the month first
        ["01/06/2024", "01/07/2024"],
        ["05/03/2023", "08/11/2023", "11/08/2023"],  # a year either way
    ],
)
def test_what_neither_tells_is_asked_with_both_readings(values):
    with pytest.raises(TimeError) as caught:
        days(values)
    said = str(caught.value)
    assert "with the day first or" in said and "DATE_ORDER=day_first" in said and "row 1" in said
    assert days(values, date_order="day_first")[0][5:] == f"{values[0][3:5]}-{values[0][:2]}"
    assert days(values, date_order="month_first")[0][5:] == f"{values[0][:2]}-{values[0][3:5]}"


@pytest.mark.parametrize("values", [["05/05/2024"], ["2024-06-03", "2024-06-04"], ["3 Jun 2024"], ["20240603"]])
def test_what_can_be_read_in_one_way_needs_no_order(values):
    assert len(days(values)) == len(values)


def test_a_column_written_both_ways_is_refused_whole():
    with pytest.raises(
        TimeError,
        match="1 can only be read with the day first, 1 can only be read with the month first, 1 can be read e",
    ):
        days(["13/05/2023", "05/13/2023", "04/05/2023"])
    with pytest.raises(TimeError, match=r"day first, 1 can only be read with the month first\.") as caught:
        days(["13/05/2023", "05/13/2023"])
    assert " 0 " not in str(caught.value)


def test_a_slip_among_hundreds_of_days_does_not_turn_them_round():
    june = [f"{d:02d}/06/2024" for d in range(1, 13)] * 20
    with pytest.raises(
        TimeError, match="contradict each other: 1 can only be .* month first, 220 can .* with the day"
    ) as caught:
        days([*june, "06/13/2024"])
    assert " 0 " not in str(caught.value)
    assert days([*june, "13/06/2024"])[-1] == "2024-06-13"


def test_years_of_two_digits_that_come_first_are_not_taken_for_days():
    june = ["24/06/03", "24/06/04", "24/06/28"]
    with pytest.raises(TimeError, match="DATE_ORDER=year_first"):
        days(june)
    assert days(june, date_order="year_first") == ["2024-06-03", "2024-06-04", "2024-06-28"]


def test_one_day_that_can_begin_with_its_year_is_told():
    _, report = to_utc(["24-06-13 10:00", "24-06-13 11:00"], "UTC")
    [sentence] = report.sentences()
    assert "24 June 2013 with the day first or 13 June 2024 with the year first" in sentence
    for clear in (["13/06/24"], ["13-06-24", "14-06-24"], ["24-06-2013"], ["31-12-24", "30-12-24"]):
        assert to_utc(clear, "UTC")[1].sentences() == []


@pytest.mark.parametrize("tail", ["", " 10:00", "T10:00:00Z"])
def test_a_day_before_the_month_behind_the_year_is_refused(tail):
    with pytest.raises(TimeError, match="'2024-13-06.* row 2.*: 1 others can be read with the month there"):
        days([f"2024-03-06{tail}", f"2024-13-06{tail}", f"2024-14-06{tail}"])
    with pytest.raises(TimeError, match="cannot be read as a time"):
        days(["2024-06-13", "2024-06-14", "2024-13-06"])  # a slip among days that tell


# --- a file of several columns and parts ------------------------------------------------------------------------------


def parts_of(table, size):
    return lambda names: (table[names].iloc[i : i + size] for i in range(0, len(table), size))


def read_parts(table, columns, size, **more):
    times = FileTimes(columns, LONDON, again=parts_of(table, size), **more)
    return [times.read(table.iloc[i : i + size], next(iter(columns))) for i in range(0, len(table), size)]


def test_a_later_part_of_the_file_settles_the_first():
    table = pd.DataFrame({"when": ["05/03/2023 10:00", "05/04/2023 10:00", "05/13/2023 10:00"]})
    found = read_parts(table, {"time": TimeColumn("when")}, 1)
    assert [m.time.iloc[0].strftime("%m-%d") for m in found] == ["05-03", "05-04", "05-13"]


def test_another_column_of_the_file_settles_a_column():
    table = pd.DataFrame({"from": ["05/03/2023 10:00"], "recorded": ["05/28/2023"]})
    columns = {"start": TimeColumn("from"), "recorded_at": TimeColumn("recorded")}
    [found] = read_parts(table, columns, 1)
    assert found.time.iloc[0].strftime("%m-%d") == "05-03"


def test_one_day_is_nothing_to_weigh_only_where_the_whole_file_is_of_it():
    columns = {"start": TimeColumn("from"), "recorded_at": TimeColumn("recorded")}
    one = pd.DataFrame({"from": ["03/06/2024 10:00"] * 2, "recorded": ["03/06/2024", "03/06/2024"]})
    assert [m.time.iloc[0].strftime("%m-%d") for m in read_parts(one, columns, 2)] == ["06-03"]
    # May, June and August, or March, December and November: neither closer together by far
    several = one.assign(recorded=["12/05/2024", "11/08/2024"])
    with pytest.raises(TimeError, match="can be read in two ways, and nothing in the file tells which"):
        read_parts(several, columns, 2)


def test_a_part_that_contradicts_the_first_refuses_the_file():
    table = pd.DataFrame({"when": ["05/13/2023 10:00", "13/05/2023 10:00"]})
    with pytest.raises(TimeError, match="'f.csv': The dates of column 'when' are written both ways"):
        read_parts(table, {"time": TimeColumn("when")}, 1, file="f.csv")


def test_offsets_in_one_part_and_none_in_the_next_are_refused():
    table = pd.DataFrame({"when": ["2023-05-13 10:00Z", "2023-05-13 11:00"]}, index=[2, 3])
    with pytest.raises(TimeError, match="'2023-05-13 11:00', row 3"):
        read_parts(table, {"time": TimeColumn("when")}, 1)


def test_midnights_are_days_only_where_every_row_of_the_file_has_them():
    midnights = pd.DataFrame({"when": ["2024-06-13 00:00:00", "2024-06-14 00:00:00"]})
    columns = {"start": TimeColumn("when")}
    assert [m.grain.tolist() for m in read_parts(midnights, columns, 1)] == [[2], [2]]
    mixed = pd.concat([midnights, pd.DataFrame({"when": ["2024-06-15 08:30:00"]})], ignore_index=True)
    assert [m.grain.tolist() for m in read_parts(mixed, columns, 1)] == [[3], [3], [3]]


@pytest.mark.parametrize(
    "written", ["2024-06-13 24:00", "13/06/2024 24:00:00", "2024-06-13T24:00:00Z", "2016-12-31T23:59:60Z"]
)
def test_the_end_of_a_day_is_a_moment_and_no_day(written):
    [found] = read_parts(pd.DataFrame({"when": [written]}), {"end": TimeColumn("when")}, 1)
    assert found.grain.tolist() == [3] and found.ends().tolist() == found.time.tolist()


def test_24_00_beside_a_date_is_the_midnight_after_it():
    table = pd.DataFrame({"date": ["13/06/2024"], "until": ["24:00"]})
    [found] = read_parts(table, {"end": TimeColumn("date", "until")}, 1)
    assert found.ends().tolist() == [pd.Timestamp("2024-06-13T23:00Z")]


@pytest.mark.parametrize(
    "values",
    [
        ["2024-06-13T00:00:00Z", "2024-01-13T00:00:00Z"],
        ["2024-06-12T23:00:00Z", "2024-01-13T00:00:00Z"],  # midnights of the wall's clock, in UTC
        pd.to_datetime(["2024-06-13", "2024-01-13"]),
        pd.to_datetime(["2024-06-13", "2024-01-13"]).tz_localize("Europe/London"),
        np.array([45456, 45304]),
    ],
)
def test_a_day_without_an_hour_in_every_form_lasts_its_civil_day(values):
    table = pd.DataFrame({"when": values})
    [found] = read_parts(table, {"start": TimeColumn("when")}, 2)
    assert found.grain.tolist() == [2, 2]
    assert found.time.dt.strftime("%m-%d %H").tolist() == ["06-12 23", "01-13 00"]
    assert ((found.ends() - found.time) / pd.Timedelta("1h")).tolist() == [24, 24]

"""Dates of a column that a spreadsheet read the wrong way round in part: told by their split, with both readings."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import TimeError
from ia_plugin.core.times.clocks import to_utc
from ia_plugin.core.times.file_times import FileTimes, TimeColumn

JUNE = pd.date_range("2024-06-01", "2024-06-30")
YEAR = pd.date_range("2023-01-05", "2024-01-04", freq="9D")
AS_SERIAL = (pd.Timestamp("1899-12-30"), pd.Timedelta("1D"))


def opened_wrongly(days, real="%Y-%m-%d", text="%d/%m/%Y", exchange=True):
    """What a spreadsheet of the other order makes of dates: real dates, exchanged, of those it can read."""

    def cell(day):
        if day.day > 12:
            return day.strftime(text)
        seen = day.replace(day=day.month, month=day.day) if exchange else day
        return str((seen - AS_SERIAL[0]) // AS_SERIAL[1]) if real == "serial" else seen.strftime(real)

    return [cell(day) for day in days]


@pytest.mark.parametrize(
    "days", [JUNE, YEAR, JUNE[10:15], JUNE[::-1]], ids=["a month", "a year", "five days", "newest first"]
)
@pytest.mark.parametrize("real", ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d-%b-%Y", "serial"])
@pytest.mark.parametrize("text", ["%d/%m/%Y", "%d.%m.%y", "%m/%d/%Y"])
def test_half_exchanged_dates_are_refused_with_both_readings(days, real, text):
    values = opened_wrongly(days, real, text)
    with pytest.raises(TimeError, match="may have day and month exchanged") as caught:
        to_utc(values, "UTC", name="when")
    first = next(d for d in days if d.day <= 12 and d.day != d.month)
    assert f"{first.day} {first:%B %Y} exchanged back" in str(caught.value)


@pytest.mark.parametrize("real", ["%Y-%m-%d", "%d %B %Y", "serial"])
@pytest.mark.parametrize("days", [JUNE, JUNE[10:15], JUNE[11:13]])
def test_an_extract_that_changed_its_form_in_the_middle_of_a_month_is_none(days, real):
    times, report = to_utc(opened_wrongly(days, real, exchange=False), "UTC")
    assert times.dt.tz_localize(None).tolist() == days.tolist() and not any(
        "exchanged" in s for s in report.sentences()
    )


@pytest.mark.parametrize(
    "values",
    [
        ["2024-03-06", "2024-04-16", "13/06/2024", "14/06/2024"],  # a real date above the twelfth
        ["2024-03-06", "2024-04-06", "03/06/2024", "14/06/2024"],  # a text below the thirteenth
        ["2024-03-03", "2024-06-06", "13/06/2024"],  # the same either way
        [f"2024-{m:02}-01" for m in range(1, 13)] + ["15/06/2024", "28/09/2024"],  # first days of months
        ["2024-03-06", "2024-04-06", "2024-12-06"],
        ["13/06/2024", "14/06/2024", "30/06/2024"],
    ],
)
def test_other_mixtures_are_none(values):
    _, report = to_utc(values, "UTC")
    assert not any("exchanged" in s for s in report.sentences())


def test_two_rows_are_too_few_to_refuse_and_are_told():
    times, report = to_utc(["2024-03-06", "13/06/2024"], "UTC")
    assert times.dt.month.tolist() == [3, 6]
    [sentence] = report.sentences()
    assert "6 March 2024 as it stands" in sentence and "3 June 2024 exchanged back" in sentence


def test_who_types_the_order_has_them_as_they_stand_with_a_warning():
    table = pd.DataFrame({"when": opened_wrongly(JUNE)})
    found = FileTimes({"start": TimeColumn("when")}, "UTC", date_order="day_first").read(table, "start")
    assert found.time.iloc[2] == pd.Timestamp("2024-03-06", tz="UTC")
    assert [found.report.counts()[w] for w in found.report.doubts] == [30]


def test_parts_of_a_file_are_weighed_together():
    table = pd.DataFrame({"when": opened_wrongly(JUNE)})
    times = FileTimes({"start": TimeColumn("when")}, "UTC")
    assert times.read(table[:12], "start").time.notna().all()
    with pytest.raises(TimeError, match="exchanged"):
        times.read(table[12:], "start")


def test_slips_do_not_hide_the_split():
    values = opened_wrongly(np.repeat(JUNE, 20).tolist())
    with pytest.raises(TimeError, match="exchanged"):
        to_utc([*values, "2024-06-28", "04/06/2024"], "UTC")

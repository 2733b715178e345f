"""Written times -> UTC: every writing, the changes of clocks, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError, TimeError
from ia_plugin.core.times.clocks import NAIVE, read_clocks, to_utc

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
    assert utc(np.array([written.encode()]))[0] == pd.Timestamp(expected, tz="UTC")


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "32/01/2024",
        "06/13/2024",
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
    shown = value.encode("ascii", "replace").decode()
    assert "2 values" in str(caught.value) and shown in str(caught.value) and "row 3" in str(caught.value)
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
    assert report.nonexistent == 1 and "1 values" in report.sentences()[0]


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

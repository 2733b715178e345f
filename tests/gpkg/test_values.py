"""Columns as values SQLite takes, and back: each kind, what is missing, and what is refused."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.times.instants import instants, nanoseconds
from ia_plugin.gpkg.values import from_sql, kind_of, texts_of, time_text, times_of, to_sql

NOON = pd.Timestamp("2024-06-03T12:00:00Z")


def column(values, dtype=None):
    return pd.Series(values, dtype=dtype, name="c")


# --- which kind -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (column([1, 2]), "int"),
        (column([1, None], "Int64"), "int"),
        (column([1, 2], "uint8"), "int"),
        (column([1.0, 2.5]), "float"),
        (column([1.0, None], "Float64"), "float"),
        (column([True, False]), "bool"),
        (column([True, None], "boolean"), "bool"),
        (column(["a", None]), "str"),
        (column([1, "a"], object), "str"),
        (column(["a"], "category"), "str"),
        (column([NOON]), "time"),
        (column([NOON]).dt.tz_convert("Asia/Tokyo"), "time"),
    ],
)
def test_a_column_tells_its_kind(values, kind):
    assert kind_of(values) == kind


def test_times_without_a_zone_have_no_kind():
    with pytest.raises(ColumnError, match="'c' holds times without a time zone. Read it with its time zone"):
        kind_of(column([pd.Timestamp("2024-06-03")]))


# --- to SQL -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        ("str", column(["a", None, "b"], object), ["a", None, "b"]),
        ("str", column(["a", np.nan], object), ["a", None]),
        ("str", column(["b", None, "a", "b"], "category"), ["b", None, "a", "b"]),
        ("str", column([1, "a", None, 2.5], object), ["1", "a", None, "2.5"]),
        ("str", column([3, 4]), ["3", "4"]),
        ("int", column([1, 2]), [1, 2]),
        ("int", column([1.0, 2.0]), [1, 2]),
        ("int", column([1.0, np.nan]), [1, None]),
        ("int", column([1, None], "Int64"), [1, None]),
        ("int", column([True, False]), [1, 0]),
        ("float", column([1, 2]), [1.0, 2.0]),
        ("bool", column([True, False]), [True, False]),
        ("bool", column([True, None], "boolean"), [True, None]),
        ("bool", column([1, 0, None], object), [True, False, None]),
        ("date", column([date(2024, 6, 3), None], object), ["2024-06-03", None]),
        ("date", column(["2024-06-03T23:30:00", "9999-12-31"]), ["2024-06-03", "9999-12-31"]),
        ("date", column([pd.Timestamp("2024-06-03T23:30")]), ["2024-06-03"]),
        ("time", column([NOON, pd.NaT]), ["2024-06-03T12:00:00.000Z", None]),
        ("time", column([NOON]).dt.tz_convert("Asia/Tokyo"), ["2024-06-03T12:00:00.000Z"]),
        ("time", column([None, None], object), [None, None]),
    ],
)
def test_values_as_sqlite_takes_them(kind, values, found):
    result = to_sql(values, kind)
    assert result == found and [type(v) for v in result] == [type(v) for v in found]


def test_the_column_given_stays_as_it_is():
    values = column(["a", np.nan, 3], object)
    to_sql(values, "str")
    assert values[0] == "a" and np.isnan(values[1]) and values[2] == 3


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("int", column([1.5, 2.0])),
        ("int", column(["x"])),
        ("float", column(["north"])),
        ("time", column(["2024-06-03T12:00Z"])),
        ("time", column([pd.Timestamp("2024-06-03")])),
        ("date", column(["third of June"])),
    ],
)
def test_what_is_not_of_the_kind_names_the_column(kind, values):
    with pytest.raises(ColumnError, match="Column 'c' (does not hold|holds)"):
        to_sql(values, kind)


# --- from SQL ---------------------------------------------------------------------------------------------------------


def test_whole_numbers_keep_their_digits_with_and_without_gaps():
    plain, gaps = from_sql([1, 2**62], "int"), from_sql([1, None, 2**62], "int")
    assert plain.dtype == np.int64 and plain.tolist() == [1, 2**62]
    assert str(gaps.dtype) == "Int64" and gaps[2] == 2**62 and gaps[1] is pd.NA


def test_flags_with_and_without_gaps():
    plain, gaps = from_sql([1, 0], "bool"), from_sql([1, None, 0], "bool")
    assert plain.dtype == np.bool_ and plain.tolist() == [True, False]
    assert str(gaps.dtype) == "boolean" and gaps[1] is pd.NA
    assert [bool(gaps[0]), bool(gaps[2])] == [True, False]


def test_numbers_texts_and_days():
    assert np.isnan(from_sql([None, 1.5], "float")[0])
    words = from_sql(["a", None], "str")
    assert words.dtype == object and words.tolist() == ["a", None]
    days = from_sql(["2024-06-03", None], "date")
    assert days[0] == np.datetime64("2024-06-03") and np.isnat(days[1])


@pytest.mark.parametrize("kind", ["str", "int", "float", "bool", "time", "date"])
def test_an_empty_column_has_its_kind(kind):
    found = from_sql([], kind)
    assert len(found) == 0
    assert {"str": "object", "int": "int64", "float": "float64", "bool": "bool", "time": "datetime64[ns, UTC]"}.get(
        kind, str(found.dtype)
    ) == str(found.dtype)
    assert to_sql(pd.Series(found), kind) == []


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOON, "2024-06-03T12:00:00.000Z"),
        (np.datetime64("2024-06-03T12:00:00.123"), None),
        (datetime(2024, 6, 3, 12), None),
        (pd.Timestamp("2024-06-03T13:00:00.999999+01:00"), "2024-06-03T12:00:00.999Z"),
    ],
)
def test_a_moment_for_a_comparison(moment, text):
    if text is None:
        with pytest.raises(ColumnError, match="has no time zone. Give a moment in UTC"):
            time_text(moment)
    else:
        assert time_text(moment) == text


def test_every_digit_of_a_time():
    ns = pd.Timestamp("1907-08-19T21:34:56.789Z").value
    assert texts_of([ns, 0, -1]) == ["1907-08-19T21:34:56.789Z", "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z"]
    assert texts_of([]) == [] and len(times_of([])) == 0


def test_days_far_apart_are_written_as_days_together_are():
    """Over a hundred thousand days between them, each day is written once; else each day of the span."""
    near = [pd.Timestamp(f"20{y:02d}-03-01T05:06:07.008Z").value for y in range(24)]
    far = [pd.Timestamp("1700-01-01T00:00Z").value, pd.Timestamp("2200-01-01T00:00Z").value]
    assert texts_of(near + far) == texts_of(near) + texts_of(far)


@pytest.mark.parametrize(
    "texts",
    [
        ["2024-06-03T12:00:00.000Z", None],
        [None, None],
        ["2024-06-03T12:00:00.000Z", "2024-06-03 12:00"],
        ["2024-06-03T13:00:00.000+01", "2024-06-03T12:00:00.000Z"],  # as wide as ours, another form
        ["2024-06-03", "2024-06-03T12:00:00Z"],
    ],
)
def test_times_in_any_writing(texts):
    found = times_of(texts)
    expected = [pd.NaT if t is None else pd.to_datetime(t, utc=True) for t in texts]
    assert str(found.dtype) == "datetime64[ns, UTC]"
    assert [a is b or a == b for a, b in zip(found, expected)] == [True] * len(texts)


@given(st.lists(st.one_of(st.none(), st.integers(-(2**60), 2**62)), max_size=20))
def test_times_come_back_to_the_millisecond(stamps):
    times = pd.Series(instants([pd.NaT.value if s is None else s for s in stamps]))
    found = pd.Series(from_sql(to_sql(times, "time"), "time"))
    assert found.isna().tolist() == [s is None for s in stamps]
    known = [s for s in stamps if s is not None]
    assert nanoseconds(found.dropna()).tolist() == [s // 10**6 * 10**6 for s in known]


@given(st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=20), st.booleans())
def test_texts_come_back_whatever_they_are(words, as_category):
    values = pd.Series(words, dtype=object)
    if as_category:
        values = values.astype("category")
        words = [None if pd.isna(v) else v for v in values]  # pandas takes "" and "\0" for one category
    assert from_sql(to_sql(values, "str"), "str").tolist() == words

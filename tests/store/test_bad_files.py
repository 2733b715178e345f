"""Files that cannot be taken in: each says in a sentence what is the matter, nothing of it is kept, and good ones go in."""

from __future__ import annotations

import gzip
import io
import os
import re
import sqlite3
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from ia_plugin.core import unforeseen
from ia_plugin.core.errors import FileError, ImpactAreaError, StoreError, UnforeseenError
from ia_plugin.core.params import ImportParams
from ia_plugin.core.unforeseen import place_of
from ia_plugin.store.imports import bring_file
from ia_plugin.store.store import Store
from ia_plugin.store.watched_folder import watched_files
from tests.support.stores import AT, KEY
from tests.support.workbooks import write_workbook

FIXES = "Collar,Time,Easting,Northing\n" + "".join(
    f"{9000 + m % 3},2024-06-03T06:{m:02d}:00Z,{405_000 + m},285000\n" for m in range(20)
)
POSTINGS = "Collar,Unit,Valid from,Valid to\n9000,North,2024-01-01,2024-12-31\n9001,North,2024-01-01,2024-12-31\n"
EVENTS = "Crime no,Offence,Committed from,Committed to,Easting,Northing\n20/1/24,Burglary,2024-06-03 06:10,2024-06-03 06:20,405000,285000\n"
STREET = "Crime ID,Month,Longitude,Latitude,Location,Crime type\n" + "".join(
    f"{k:064x},2024-05,-1.9,52.48,On or near High Street,Burglary\n" for k in range(3)
)
REJECT = ImportParams(invalid_rows="reject")


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", KEY) as opened:
        yield opened


def archive(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(f"{name}.csv", text)
    return content.getvalue()


def broken_gzip():
    """A gzip whose middle is wrong: zlib itself refuses it."""
    data = bytearray(gzip.compress((FIXES * 50).encode()))
    data[12:40] = bytes(28)
    return bytes(data)


def parquet_of(text, **changed):
    return pd.read_csv(io.StringIO(text), dtype=str).assign(**changed).to_parquet()


def cut(data):
    return data[: len(data) // 2]


BAD = {
    "nothing.csv": (b"", "is empty"),
    "blanks.csv": (b"\n\n\n", "is empty"),
    "broken.csv.gz": (broken_gzip(), "is damaged, or was not copied whole"),
    "cut.csv.gz": (cut(gzip.compress(os.urandom(4_000))), "is damaged, or was not copied whole"),
    "no members.zip": (archive(), "a zip archive of no file. Unpack it"),
    "two.zip": (archive(a=FIXES, b=FIXES), "a zip archive of 2 files. Unpack it"),
    "cut.zip": (cut(archive(a=FIXES)), "is no text file"),
    "old.xls.csv": (b"\xd0\xcf\x11\xe0" + bytes(600), "is no text file"),
    "noise.csv": (bytes(range(256)) * 40, "header row|no text file|no extract|is empty"),
    "no columns.csv": (b"nothing\nof use\n", "header row|no extract"),
    "years.csv": (POSTINGS.replace("2024-01-01", "2024-13-45").encode(), "none of its 2 rows can be used"),
    "cut.parquet": (b"PAR1" + bytes(100), "cannot be read as Parquet"),
    "list.csv": (b'[{"a": 1}, 7]', "holds no list of records"),
    "deep.json": (b"[" * 200_000, "lists within lists"),
    "damaged.xlsx": (b"PK\x03\x04" + bytes(200), "cannot be read as a spreadsheet"),
    "text.xlsx": (FIXES.encode(), "cannot be read as a spreadsheet"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence(tmp_path, store, name):
    data, words = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ImpactAreaError, match=words) as told:
        bring_file(store, tmp_path / name, params=REJECT, at=AT)
    assert name in str(told.value) and told.value.remedy
    assert not re.search(r"Error|Exception|Arrow|Traceback", str(told.value))
    assert not isinstance(told.value, (StoreError, UnforeseenError))
    assert store.count("sources") == 0 and store.count("rejects") == 0


def damaged_pages():
    data = bytearray(parquet_of(FIXES))
    data[4:400] = b"\xff" * 396
    return bytes(data)


def test_what_unpacks_to_far_more_than_a_table_would(tmp_path, store, monkeypatch):
    from ia_plugin.core.imports import unpack

    monkeypatch.setattr(unpack, "ALWAYS", 1 << 20)
    bomb = FIXES + "1,1,1,1\n" * 1_000_000
    for name, data in (("a.csv.gz", gzip.compress(bomb.encode())), ("a.zip", archive(a=bomb))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FileError, match="unpacks to more than 250 times its size"):
            bring_file(store, tmp_path / name, params=REJECT, at=AT)
    monkeypatch.setattr(unpack, "MOST_UNPACKED", 100)
    with pytest.raises(FileError, match="which must be held in memory at once"):
        bring_file(store, write_workbook(tmp_path / "a.xlsx", {"a": [["x"]]}), at=AT)


@pytest.mark.parametrize(
    "made, words",
    [
        (damaged_pages, "is damaged: its rows cannot be read to the end"),
        (lambda: parquet_of(FIXES, Collar=[[1, 2]] * 20), "'Collar' holds lists or structures"),
        (lambda: parquet_of(FIXES, Time=[{"a": 1}] * 20), "'Time' holds lists or structures"),
    ],
)
def test_a_bad_parquet(tmp_path, store, made, words):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    (tmp_path / "a.parquet").write_bytes(made())
    with pytest.raises(FileError, match=words):
        bring_file(store, tmp_path / "a.parquet", params=REJECT, at=AT)


@pytest.mark.parametrize("ending", (".parquet", ".pq", ".GeoParquet", ".csv", ""))
@pytest.mark.parametrize(
    "text, kind", [(FIXES, "affiliations"), (POSTINGS, "postings"), (EVENTS, "events"), (STREET, "events")]
)
def test_a_parquet_goes_by_its_columns(tmp_path, store, ending, text, kind):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / f"whatever{ending}"
    path.write_bytes(parquet_of(text))
    account = bring_file(store, path, at=AT)
    assert (account.kind, account.rows_kept) == (kind, len(text.splitlines()) - 1)


def test_the_cells_of_a_parquet_whatever_their_types(tmp_path, store):
    pyarrow = pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    from pyarrow import parquet

    times = [1_717_394_400 + 60 * m for m in range(3)] + [2**40]  # the last in the year 36812
    table = pyarrow.table(
        [
            pyarrow.array(["9000", "9001", "9002", "9003"]).dictionary_encode(),
            pyarrow.array(times, pyarrow.timestamp("s", "UTC")),
            pyarrow.array([405_000, None, 405_002, 405_003], pyarrow.int32()),
            pyarrow.array([285_000.0] * 4),
            pyarrow.array([b"North"] * 4, pyarrow.binary()),
            pyarrow.array(["x"] * 4),
        ],
        names=["Collar", "Time", "Easting", "Northing", "Unit", "Unit"],
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    account = bring_file(store, tmp_path / "a.parquet", params=REJECT, at=AT)
    # The second row has no place, the last no time that can be.
    assert (account.rows_read, account.rows_kept) == (4, 2)
    assert store.read("fixes")["time"].tolist() == [
        pd.Timestamp("2024-06-03T06:00Z"),
        pd.Timestamp("2024-06-03T06:02Z"),
    ]
    assert store.read("fixes")["unit"].tolist() == ["North", "North"]


@pytest.mark.parametrize("ending", (".csv", ".xlsx", ".ods", ".parquet"))
def test_a_header_alone_is_an_export_without_rows(tmp_path, store, ending):
    path, header = tmp_path / f"a{ending}", FIXES.splitlines()[0]
    if ending == ".csv":
        path.write_text(header + "\n", encoding="utf-8")
    elif ending == ".parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
        path.write_bytes(parquet_of(header))
    else:
        write_workbook(path, {"a": [header.split(",")]})
    assert bring_file(store, path, "affiliations", at=AT).rows_read == 0


def test_a_zip_of_one_file_is_that_file(tmp_path, store):
    (tmp_path / "a.zip").write_bytes(archive(june=FIXES))
    assert bring_file(store, tmp_path / "a.zip", at=AT).rows_kept == 20
    assert bring_file(store, tmp_path / "a.zip", at=AT) is None


def test_utf16_and_odd_names_go_in(tmp_path, store):
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    path = tmp_path / "a\nb.csv"
    path.write_bytes(FIXES.encode("utf-16"))
    account = bring_file(store, path, at=AT)
    assert account.name == r"a\nb.csv" and "\n" not in "".join(account.sentences())
    path = os.fsencode(tmp_path) + b"/\xff.csv"
    with open(path, "wb") as file:
        file.write(FIXES.replace("Collar", "Officer").encode())
    assert bring_file(store, os.fsdecode(path), at=AT).name == r"\udcff.csv"
    assert store.count("sources") == 2


def test_reports_still_to_come_are_none(tmp_path, store):
    path = tmp_path / "a.csv"
    path.write_text(FIXES, encoding="utf-8")
    why = "none of its 20 rows can be used .20 rows: a time that is still to come.*clocks of the system"
    with pytest.raises(FileError, match=why):
        bring_file(store, path, params=replace(REJECT, latest=pd.Timestamp("2024-06-02T00:00Z")), at=AT)
    account = bring_file(store, path, params=replace(REJECT, latest=pd.Timestamp("2024-06-03T06:09Z")), at=AT)
    assert (account.rows_kept, dict(account.dropped)) == (10, {"a time that is still to come": 10})
    assert store.count("fixes") == 10 and store.count("rejects") == 10


@pytest.mark.parametrize("error", [ValueError("9000 Featherstonehaugh"), MemoryError(), sqlite3.DataError("9000")])
def test_what_nobody_foresaw_is_the_files_fault_and_says_no_value(tmp_path, store, monkeypatch, error):
    monkeypatch.setattr(unforeseen, "SURFACE", False)
    from ia_plugin.store import imports

    def breaks(*_args, **_more):
        if isinstance(error, sqlite3.Error):
            raise StoreError("restricted.gpkg: 9000.") from error
        raise error

    (tmp_path / "a.csv").write_text(FIXES, encoding="utf-8")
    with monkeypatch.context() as broken, pytest.raises(UnforeseenError) as told:
        broken.setattr(imports, "read_affiliations", breaks)
        bring_file(store, tmp_path / "a.csv", at=AT)
    assert str(told.value).startswith("'a.csv' cannot be taken in: ") and told.value.remedy
    assert not re.search("9000|Feather|Error", str(told.value)) and "9000" not in told.value.place
    assert bring_file(store, tmp_path / "a.csv", at=AT).rows_kept == 20


def test_a_place_in_the_code_says_no_value():
    try:
        int("Featherstonehaugh")
    except ValueError as error:
        assert re.fullmatch(r"ValueError at test_bad_files\.py, line \d+", place_of(error))


def test_what_stands_in_a_watched_folder(tmp_path):
    (tmp_path / "Postings").mkdir()
    for name in ("B.CSV", "a.csv", "c.pq", "Postings/z.csv", "no.doc", "~$lock.csv", ".hidden.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "x.csv").mkdir()
    (tmp_path / "x.csv" / "inside.csv").write_text("x", encoding="utf-8")
    if hasattr(os, "mkfifo"):
        (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
        os.mkfifo(tmp_path / "pipe.csv")
    files, complaints = watched_files(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in files] == [
        "Postings/z.csv",
        "B.CSV",
        "a.csv",
        "c.pq",
        "x.csv/inside.csv",
    ]
    said = " ".join(map(str, complaints))
    assert "'x.csv' is a folder" in said
    if hasattr(os, "mkfifo"):
        assert "'gone.csv' is a link to a file that is not there" in said and "'pipe.csv' is no file that rests" in said
    # A pattern of all names means no folder.
    assert "x.csv" not in " ".join(map(str, watched_files(tmp_path, "*")[1]))

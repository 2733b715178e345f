"""How a text file is written is told from its first bytes, and two files are read as one only where they are written alike."""

from __future__ import annotations

import gzip

import pytest

from ia_plugin.cluster.text_form import TextForm, form_of, is_text
from ia_plugin.core.errors import FileError

KNOWN = ("officer_id", "time", "x", "y")
PLAIN = TextForm(",", "UTF-8", ("time", "y", "x", "officer_id"))


@pytest.mark.parametrize(
    "head, form",
    [
        (b"time,y,x,officer_id\n2024-06-03T12:00:00Z,1.5,2.5,p1\n", PLAIN),
        ("\ufefftime,y,x,officer_id\r\n".encode(), PLAIN),
        (b'"time","y","x","officer_id"\r\n', PLAIN),
        (gzip.compress(b"time,y,x,officer_id\n" * 9_000)[:60], PLAIN),  # the beginning of it alone
        (b"time;y;x;officer_id\n2024-06-03T12:00:00Z;1.5;2.5;p1\n", TextForm(";", "UTF-8", PLAIN.columns)),
        ("time;y;x;officer_id;Bezirk Süd\n".encode("cp1252"), TextForm(";", "windows-1252", (*PLAIN.columns, "Bezirk Süd"))),
        (b"\n", TextForm(",", "UTF-8", KNOWN)),  # an empty day, to which any columns may be given
        (b"", TextForm(",", "UTF-8", KNOWN)),
    ],
)  # fmt: skip
def test_the_form_is_that_of_the_first_line(head, form):
    assert form_of(head, KNOWN, "a.csv") == form


@pytest.mark.parametrize(
    "head, words",
    [
        ("time,y,x,officer_id\n".encode("utf-16"), "written in UTF-16"),
        (b"\x1f\x8bnot packed at all", "cannot be unpacked"),
        (b"PK\x03\x04 a spreadsheet", "is no text file"),
    ],
)
def test_a_file_without_such_a_line_is_refused_by_its_name(head, words):
    with pytest.raises(FileError, match=f"'a.csv'.*{words}"):
        form_of(head, KNOWN, "a.csv")


def test_what_is_text_is_told_by_the_name():
    names = ("a.csv", "day=1/A.CSV.GZ", "b.tsv", "c.txt", "d.parquet", "e", "csv/f.snappy.parquet")
    assert [is_text(name) for name in names] == [True, True, True, True, False, False, False]

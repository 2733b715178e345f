"""Names of files as SQLite reads them: of this computer's kind by SQLite itself, of Windows' by its rules."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.gpkg.sqlite_uri import read_only_uri
from tests.support.sqlite_files import sqlite_file


@pytest.mark.parametrize(
    "path, uri",
    [
        (r"C:\force\summary.gpkg", "file:///C:/force/summary.gpkg"),
        (r"C:\Forces\A B\100%\a#b?.gpkg", "file:///C:/Forces/A%20B/100%25/a%23b%3F.gpkg"),
        (r"C:\Größe\é.gpkg", "file:///C:/Gr%C3%B6%C3%9Fe/%C3%A9.gpkg"),
        (r"\\server\share\force\summary.gpkg", "file:////server/share/force/summary.gpkg"),
        (r"\\server\share$\a b.gpkg", "file:////server/share%24/a%20b.gpkg"),
        ("//server/share/a.gpkg", "file:////server/share/a.gpkg"),
        (r"\\?\C:\long\a.gpkg", "file:///C:/long/a.gpkg"),
        (r"\\?\UNC\server\share\a.gpkg", "file:////server/share/a.gpkg"),
    ],
)
def test_names_on_windows(path: str, uri: str) -> None:
    assert read_only_uri(PureWindowsPath(path)) == f"{uri}?mode=ro"


@pytest.mark.parametrize(
    "path, uri",
    [
        ("/force/summary.gpkg", "file:///force/summary.gpkg"),
        ("/a b/100%/a#b?&=.gpkg", "file:///a%20b/100%25/a%23b%3F%26%3D.gpkg"),
        ("/a\\b:c.gpkg", "file:///a%5Cb:c.gpkg"),
        ("//net/a.gpkg", "file:////net/a.gpkg"),
    ],
)
def test_names_elsewhere(path: str, uri: str) -> None:
    assert read_only_uri(PurePosixPath(path)) == f"{uri}?mode=ro"


@pytest.mark.parametrize("name", ["plain", "a b", "100%", "%41", "a#b", "é ö", "a&mode=rw", "a'b"])
def test_sqlite_opens_what_was_meant_and_writes_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with sqlite_file(path) as made:
        made.execute("CREATE TABLE t (a)")
    made.close()
    opened = sqlite3.connect(read_only_uri(path), uri=True)
    assert opened.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened.execute("INSERT INTO t VALUES (1)")
    opened.close()


def test_two_slashes_in_front_stay_two(tmp_path: Path) -> None:
    """As a share's name has them; Linux takes them for one."""
    with sqlite_file(tmp_path / "a") as made:
        made.execute("CREATE TABLE t (a)")
    made.close()
    opened = sqlite3.connect(read_only_uri(PureWindowsPath(f"/{tmp_path}/a")), uri=True)
    assert opened.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    opened.close()


def test_a_file_that_must_not_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with GeoPackage(tmp_path / "a b#.gpkg"):
        pass
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # root may always write
    monkeypatch.chdir(tmp_path)
    with GeoPackage("a b#.gpkg") as package:
        assert package.tables() == []

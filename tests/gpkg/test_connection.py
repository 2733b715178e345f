"""How files are opened: side files of killed programs, folders that may only be read, versions of other programs."""

import os
import shutil
import sqlite3

import pandas as pd
import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.gpkg.geopackage import GeoPackage


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "a" / "x.gpkg"
    found.parent.mkdir()
    with GeoPackage(found) as package:
        package.append("about", pd.DataFrame({"name": ["a"], "value": ["1"]}))
    return found


@pytest.fixture
def protected(monkeypatch):
    """As in a folder that this user may only read (the tests may be run by root, who may write anywhere)."""
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)


def killed_in_a_log(path, rows):
    """The file as a program leaves it that switched it to a write-ahead log, as QGIS does, and was killed."""
    whole = path.with_name("whole")
    whole.mkdir()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    for i in range(rows):
        db.execute("INSERT INTO about (name, value) VALUES ('w', ?)", (str(i),))
    for file in path.parent.glob("x.gpkg*"):
        shutil.copy(file, whole)
    db.close()
    for file in whole.iterdir():
        shutil.copy(file, path.parent)
    shutil.rmtree(whole)


def names(path):
    return sorted(p.name for p in path.parent.iterdir())


def test_the_log_of_a_killed_program_is_taken_in_and_goes(path):
    killed_in_a_log(path, 3)
    assert names(path) == ["x.gpkg", "x.gpkg-shm", "x.gpkg-wal"]
    with GeoPackage(path) as package:
        assert package.read("about")["value"].tolist() == ["1", "0", "1", "2"]
        assert package.execute("PRAGMA journal_mode") == [("delete",)]
    assert names(path) == ["x.gpkg"]


def test_a_log_that_another_program_works_with_stays(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("SELECT count(*) FROM about").fetchone()
    with GeoPackage(path, busy_s=1.0) as package:
        package.append("about", pd.DataFrame({"name": ["b"], "value": ["2"]}))
    assert other.execute("SELECT count(*) FROM about").fetchone() == (2,)
    other.close()


def test_what_may_only_be_read_is_read_and_nothing_is_written(path, protected):
    before = path.read_bytes()
    with GeoPackage(path) as package:
        assert not package.may_write and package.count("about") == 1
        with pytest.raises(StoreError, match="protected against writing"):
            package.append("about", pd.DataFrame({"name": ["b"], "value": ["2"]}))
    assert path.read_bytes() == before and names(path) == ["x.gpkg"]


def test_a_file_half_written_that_may_only_be_read_says_so(path, monkeypatch):
    """A journal that must be undone first, where nothing may be written."""
    import ia_plugin.gpkg.connection as connection

    path.with_name("x.gpkg-journal").write_bytes(b"\0" * 512)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    real = sqlite3.connect

    class Refusing(sqlite3.Connection):
        def execute(self, sql, *values):
            if "sqlite_master" in sql:
                raise sqlite3.OperationalError("attempt to write a readonly database")
            return super().execute(sql, *values)

    monkeypatch.setattr(connection.sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "factory": Refusing}))
    with pytest.raises(StoreError, match="in the middle of a write"):
        GeoPackage(path)


@pytest.mark.parametrize(
    "version, taken", [(10200, True), (10400, True), (10499, True), (10500, False), (99999, False)]
)
def test_a_version_that_nobody_knows_yet_is_refused(path, version, taken):
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    if taken:
        GeoPackage(path).close()
        return
    with pytest.raises(StoreError, match=r"newer version .*Update the plugin"):
        GeoPackage(path)


def test_a_damaged_name_in_the_schema_is_damage(path):
    """SQLite quotes the damaged bytes in its error, and Python cannot read them."""
    raw = path.read_bytes()
    at = raw.index(b"tablegpkg_contents")
    path.write_bytes(raw[: at + 5] + b"\x9a\xff" + raw[at + 7 :])
    with pytest.raises(StoreError):
        GeoPackage(path)


def test_what_a_snapshot_reads_is_of_one_moment_and_writers_wait_for_its_end(path):
    with GeoPackage(path) as writer, GeoPackage(path, create=False) as reader:
        writer.connection.busy_s = 0.0
        with reader.snapshot():
            assert len(reader.read("about")) == 1
            with pytest.raises(StoreError):
                writer.append("about", pd.DataFrame({"name": ["b"], "value": ["2"]}))
            assert len(reader.read("about")) == 1
        writer.append("about", pd.DataFrame({"name": ["b"], "value": ["2"]}))
        assert len(reader.read("about")) == 2

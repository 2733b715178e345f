"""Which stores may be written: two files that are whole, of one store, of one time, of a version that is known."""

import os
import shutil
import sqlite3
import threading
import time

import pytest

from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.core.privacy import Key
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import refresh
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store
from ia_plugin.store.summary import read_summary
from tests.support.stores import AT, KEY, extract, store_of_one_extract, take_in
from tools.attack import store_faults

OTHER = Key(b"another key of sixteen bytes")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small store that nobody changes."""
    return store_of_one_extract(tmp_path_factory.mktemp("made"), fixes=20)


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "s")


def sql(path, *statements):
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def emptied(path):
    path.write_bytes(b"")


def without_tables(path):
    path.unlink()
    GeoPackage(path).close()


def without_marks(folder):
    """As the version before marks and intents left a store."""
    for name in (RESTRICTED, SUMMARY):
        sql(folder / name, "DROP TABLE store_marks", "PRAGMA user_version = 10100")
    sql(folder / RESTRICTED, "DROP TABLE intents")


HURT = {
    "restricted lost": (RESTRICTED, lambda path: path.unlink(), "restricted.gpkg was lost or emptied"),
    "restricted emptied": (RESTRICTED, emptied, "restricted.gpkg was lost or emptied"),
    "restricted without tables": (RESTRICTED, without_tables, "restricted.gpkg was lost or emptied"),
    "summary lost": (SUMMARY, lambda path: path.unlink(), "summary.gpkg was emptied, lost"),
    "summary emptied": (SUMMARY, emptied, "summary.gpkg was emptied, lost"),
    "summary without tables": (SUMMARY, without_tables, "summary.gpkg was emptied, lost"),
    "no fingerprint": (
        RESTRICTED,
        lambda path: sql(path, "DELETE FROM settings WHERE name = 'key_fingerprint'"),
        "which key",
    ),
    "no settings": (RESTRICTED, lambda path: sql(path, "DROP TABLE settings"), "lost the facts of its store"),
}


@pytest.mark.parametrize("old", [False, True], ids=["", "of an older version"])
@pytest.mark.parametrize("case", HURT)
def test_half_a_store_is_refused_for_writing_with_the_remedy_and_nothing_is_made(folder, case, old):
    if old:
        without_marks(folder)
    name, hurt, message = HURT[case]
    hurt(folder / name)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    for key in (KEY, OTHER):
        with pytest.raises((StoreError, PrivacyError)) as refused:
            Store(folder, key)
        if key is KEY:
            assert message in str(refused.value) and "from one backup" in str(refused.value)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize("case", HURT)
def test_reading_stays(folder, case):
    name, hurt, message = HURT[case]
    hurt(folder / name)
    names = sorted(p.name for p in folder.iterdir())
    with Store(folder) as store:
        assert any(message in text and "can be read" in text for text in store.warnings)
        assert store.count("time_use") > 0 if name == RESTRICTED else store.count("fixes") > 0
    if name == RESTRICTED:
        assert len(read_summary(folder).areas) == 2
    assert sorted(p.name for p in folder.iterdir()) == names


@pytest.mark.parametrize(
    ("file", "table", "column"),
    [(SUMMARY, "time_use", "activity"), (SUMMARY, "cover", "period"), (RESTRICTED, "legs", "officer_id"), (RESTRICTED, "officer_time", "seconds")],
)  # fmt: skip
def test_a_table_that_lost_a_column_is_refused_before_its_rows_read_as_empty(folder, file, table, column):
    """The next refresh would add the column anew, without a value for each row that was there before."""
    sql(folder / file, f"ALTER TABLE {table} RENAME COLUMN {column} TO was_{column}")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    said = f"'{table}' of {file} has no column '{column}' any more"
    with pytest.raises(StoreError, match=f"cannot be written into.*{said}.*from one backup"):
        Store(folder, KEY)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    with Store(folder) as store:
        assert any(said in text for text in store.warnings)
    if file == SUMMARY:
        with pytest.raises(StoreError, match=said):
            read_summary(folder)
    sql(folder / file, f"ALTER TABLE {table} RENAME COLUMN was_{column} TO {column}")
    with Store(folder, KEY) as store:
        assert store.warnings == [] and len(read_summary(folder).areas) == 2


def test_a_column_more_is_no_fault(folder):
    for file, table in ((SUMMARY, "time_use"), (RESTRICTED, "fixes")):
        sql(folder / file, f"ALTER TABLE {table} ADD COLUMN tomorrow TEXT")
    with Store(folder, KEY) as store:
        assert store.warnings == [] and len(read_summary(folder).areas) == 2


def test_a_summary_that_stands_alone_is_whole(folder):
    """One that was made elsewhere: no word when it is read; and no second store grows beside it."""
    (folder / RESTRICTED).unlink()
    sql(folder / SUMMARY, "INSERT INTO about (name, value) VALUES ('stands_alone', 'yes')")
    with Store(folder) as store:
        assert store.warnings == [] and store.count("time_use") and store.count("fixes") == 0 and store.epsg == 27700
    assert len(read_summary(folder).areas) == 2
    with pytest.raises(StoreError, match="stands alone: it was made elsewhere.*import into another folder"):
        Store(folder, KEY)
    assert [p.name for p in folder.iterdir()] == [SUMMARY]


def test_two_halves_of_different_times(made, tmp_path, folder):
    """One file put back from an older backup: the days between would never be computed again."""
    extract(tmp_path / "more.csv", day="2024-06-09", fixes=20)
    with Store(folder, KEY) as store:
        bring_file(store, tmp_path / "more.csv", at=AT)
        refresh(store)
    for name in (RESTRICTED, SUMMARY):
        mixed = shutil.copytree(folder, tmp_path / name)
        shutil.copy(made / name, mixed / name)
        with pytest.raises(StoreError, match=f"{name} is an older copy.*from one backup"):
            Store(mixed, KEY)


def test_two_halves_of_different_stores(folder, tmp_path):
    with Store(tmp_path / "other", KEY) as other:
        other.set("a", "b")
    shutil.copy(tmp_path / "other" / SUMMARY, folder / SUMMARY)
    with pytest.raises(StoreError, match=r"not the one that belongs to"):
        Store(folder, KEY)


@pytest.mark.parametrize("name", [RESTRICTED, SUMMARY])
@pytest.mark.parametrize(
    "statement", ["PRAGMA user_version = 99999", "PRAGMA user_version = 10201", "UPDATE store_marks SET value = '5' WHERE name = 'layout'"]
)  # fmt: skip
def test_a_newer_store_is_refused_in_a_sentence(folder, name, statement):
    sql(folder / name, statement)
    before = (folder / name).read_bytes()
    with pytest.raises(StoreError, match="newer version of the plugin.*Update the plugin"):
        Store(folder, KEY)
    assert (folder / name).read_bytes() == before
    if name == SUMMARY and "layout" in statement:
        with pytest.raises(StoreError, match="newer version"):
            read_summary(folder)


def test_an_older_store_is_brought_to_this_version_and_goes_on(folder):
    without_marks(folder)
    sql(folder / RESTRICTED, "DROP TABLE dirty_days")
    with Store(folder) as reader:
        assert reader.warnings == [] and reader.count("fixes")
    with Store(folder, KEY) as store:
        assert store.restricted.version == store.summary.version == 10200
        refresh(store)
    with Store(folder, KEY) as store:
        assert store.warnings == []


@pytest.mark.parametrize("last", [RESTRICTED, SUMMARY])
def test_a_store_whose_first_opening_ended_early_begins_again(tmp_path, last, monkeypatch):
    """Killed before there was anything: no half of a store, a new one."""
    (tmp_path / "s").mkdir()
    GeoPackage(tmp_path / "s" / RESTRICTED).close()
    if last == SUMMARY:
        GeoPackage(tmp_path / "s" / SUMMARY).close()
    extract(tmp_path / "f.csv", fixes=20)
    with Store(tmp_path / "s", KEY) as store:
        assert store.warnings == [] and bring_file(store, tmp_path / "f.csv", at=AT)


def test_days_are_due_again_where_it_is_not_known_which_are(folder):
    sql(folder / RESTRICTED, "DROP TABLE dirty_days")
    with Store(folder, KEY) as store:
        assert len(store.dirty_days()) >= 2


def test_what_may_only_be_read_is_read_with_the_key_too(folder, monkeypatch):
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda _path, _mode: False)
        with Store(folder, KEY) as store:
            assert store.count("fixes") and not store.may_write
            with pytest.raises(StoreError, match="protected against writing"):
                refresh(store)
        with pytest.raises(PrivacyError):
            Store(folder, OTHER)
        assert len(read_summary(folder).areas) == 2
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_second_writer_waits_for_the_first(folder, tmp_path):
    extract(tmp_path / "more.csv", day="2024-06-09", fixes=20)
    first = sqlite3.connect(folder / RESTRICTED, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, lambda: first.execute("COMMIT"))
    release.start()
    began = time.monotonic()
    with Store(folder, KEY) as store:
        assert bring_file(store, tmp_path / "more.csv", at=AT)
    assert time.monotonic() - began >= 0.25
    release.join()
    first.close()


def test_and_says_so_where_that_takes_too_long(folder, tmp_path):
    extract(tmp_path / "more.csv", day="2024-06-09", fixes=20)
    first = sqlite3.connect(folder / RESTRICTED, isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    words = "Another program is writing to it.*Wait until it has finished"
    with Store(folder, KEY, busy_s=0.05) as store, pytest.raises(StoreError, match=words):
        bring_file(store, tmp_path / "more.csv", at=AT)
    first.close()
    with Store(folder, KEY) as store:
        assert store.count("sources") == 1


def test_without_a_key_nothing_is_made(tmp_path):
    (tmp_path / "s").mkdir()
    with pytest.raises(StoreError, match="There is no store"):
        Store(tmp_path / "s")
    assert not list((tmp_path / "s").iterdir())


def test_a_store_without_areas_or_events_has_an_empty_summary_and_is_whole(tmp_path):
    """Only fixes so far: nothing is lost with a summary that never held anything."""
    (tmp_path / "in").mkdir()
    extract(tmp_path / "in" / "f.csv", fixes=20)
    with Store(tmp_path / "s", KEY) as store:
        take_in(store, tmp_path / "in")
    (tmp_path / "s" / SUMMARY).unlink()
    with Store(tmp_path / "s", KEY) as store:
        assert store.warnings == [] and store.count("fixes") == 240


@pytest.mark.long
@pytest.mark.fork
def test_some_bad_luck_of_the_campaign(tmp_path):
    assert store_faults.attack(tmp_path, len(store_faults.KINDS), 4) == []

"""Two files, one truth: an operation on both is done or not done, whenever the process ends and whichever commit fails."""

import os
import sqlite3
import warnings

import pandas as pd
import pytest

from ia_plugin.core.errors import ImpactAreaWarning, PrivacyError, StoreError
from ia_plugin.core.params import PURPOSES
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.intents import Intents, finish, unfinished
from ia_plugin.store.purge import purge
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.summary import read_summary
from ia_plugin.store.trace import Tracer
from tests.support.stores import AREAS, KEY, bring_up_to_date, extract
from tools.attack import death_after_commit

NOON = pd.Timestamp("2024-06-03T12:00Z")


def row(name):
    return pd.DataFrame({"from": [NOON], "to": [NOON], "text": [name], "author": ["a"]})


def note(store, name):
    """A change of both files."""
    with store.together("change of notes") as change:
        change.put("notes", row(name))
        officer = pd.DataFrame({"kind": ["crime"], "event_id": [name], "officer_id": ["p"]})
        store.restricted.append("event_officers", officer)


class Died(BaseException):
    """In the place of the end of a process, which a test does not outlive."""


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "s", KEY) as opened:
        note(opened, "e1")
        yield opened


@pytest.fixture
def interrupted(store, monkeypatch):
    """A store in which a change ended after the commit of the restricted file."""
    with monkeypatch.context() as patched:
        patched.setattr(Intents, "settle", die)
        with pytest.raises(Died):
            note(store, "e2")
    return store


def die(*_):
    raise Died


def ids(store):
    return [text for (text,) in store.summary.execute("SELECT text FROM notes ORDER BY text")]


def test_one_death_by_hand(interrupted, tmp_path):
    """What the restricted file knows the summary does not yet; the next opening tells it, and once."""
    assert ids(interrupted) == ["e1"] and interrupted.count("event_officers") == 2
    assert unfinished(interrupted.restricted) == ["change of notes"]
    for _ in range(2):
        with Store(tmp_path / "s", KEY) as again:
            assert ids(again) == ["e1", "e2"] and unfinished(again.restricted) == []


def test_a_death_between_the_two_last_commits_does_nothing_twice(store, tmp_path, monkeypatch):
    """The summary has the note and its number; the restricted file has not crossed it out."""
    with monkeypatch.context() as patched:
        patched.setattr(Intents, "settle", settled_and_died)
        with pytest.raises(Died):
            note(store, "e2")
    assert unfinished(store.restricted) == ["change of notes"] and ids(store) == ["e1", "e2"]
    with Store(tmp_path / "s", KEY) as again:
        assert ids(again) == ["e1", "e2"] and unfinished(again.restricted) == []


def settled_and_died(self):
    with self._restricted.transaction():
        self.settle_summary()
        raise Died


def test_the_next_change_finishes_the_one_before_first(interrupted):
    """Even in the same program."""
    note(interrupted, "e3")
    assert ids(interrupted) == ["e1", "e2", "e3"] and unfinished(interrupted.restricted) == []


def test_who_reads_meanwhile_sees_what_was_before_and_is_told(interrupted, tmp_path):
    with Store(tmp_path / "s") as reader:
        assert ids(reader) == ["e1"]
        assert ["being brought up to date (change of notes)" in text for text in reader.warnings] == [True]
        with pytest.raises(PrivacyError, match="without the key"), reader.together("anything"):
            pass
    with Store(tmp_path / "s", KEY) as writer:
        assert writer.warnings == ["An interrupted operation was finished: change of notes."]
    with Store(tmp_path / "s") as reader:
        assert reader.warnings == []


def test_who_reads_both_files_finishes_it_first(interrupted, tmp_path):
    Tracer(tmp_path / "s", PURPOSES[0], version="1").opened("trace", at=NOON)
    assert ids(interrupted) == ["e1", "e2"]


def test_or_is_told_to_wait_where_it_may_not_be_written(interrupted, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(StoreError, match="being brought up to date"):
        finish(tmp_path / "s")


def test_what_fails_in_the_block_was_not_done(store):
    with pytest.raises(ZeroDivisionError), store.together("a change") as change:
        change.put("notes", row("e3"))
        store.restricted.append(
            "event_officers", pd.DataFrame({"kind": ["crime"], "event_id": ["e3"], "officer_id": ["p"]})
        )
        raise ZeroDivisionError
    assert ids(store) == ["e1"] and store.count("event_officers") == 1 and unfinished(store.restricted) == []


def test_a_summary_that_cannot_be_written_is_said_and_done_later(store, tmp_path):
    """Another program holds it: the change stands, the sentence says what is missing, the next opening does it."""
    store.summary.connection.busy_s = 0.01
    other = sqlite3.connect(tmp_path / "s" / "summary.gpkg", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(
        StoreError,
        match=r"change of notes is in restricted.gpkg, and summary.gpkg does not show it yet.*Nothing is lost",
    ):
        note(store, "e2")
    other.close()
    with Store(tmp_path / "s", KEY) as again:
        assert ids(again) == ["e1", "e2"]


def test_a_column_on_single_officers_is_refused_before_anything_is_written_down(store):
    with pytest.raises(PrivacyError), store.together("a change") as change:
        change.put("notes", pd.DataFrame({"officer_id": ["p1"]}))
    assert unfinished(store.restricted) == []


def test_a_change_of_both_cannot_hide_in_a_transaction_of_one(store):
    with pytest.raises(RuntimeError), store.restricted.transaction(), store.together("a change"):
        pass
    with pytest.raises(RuntimeError):
        store.put("areas", AREAS)


def test_areas_and_the_days_they_make_due_come_together(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    extract(tmp_path / "in" / "f.csv", fixes=20)
    bring_up_to_date(tmp_path / "s", tmp_path / "in")
    with Store(tmp_path / "s", KEY) as store:
        with monkeypatch.context() as patched:
            patched.setattr(Intents, "settle", die)
            with pytest.raises(Died):
                set_areas(store, AREAS.iloc[:1])
        assert len(store.read("areas")) == 2 and store.dirty_days()
    with Store(tmp_path / "s", KEY) as store:
        assert len(store.read("areas")) == 1 and store.dirty_days()
        # Until the days are computed the figures are those of other areas, and a reader of the summary alone is told.
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("ignore")
            warnings.simplefilter("always", ImpactAreaWarning)
            read_summary(tmp_path / "s")
        assert ["areas of the store were changed" in str(w.message) for w in caught] == [True]
        refresh(store)
        assert store.read("about")["name"].tolist() == ["timezone"]
    assert len(read_summary(tmp_path / "s").areas) == 1


def test_a_purge_overwrites_what_it_removed_even_after_a_death(tmp_path, monkeypatch):
    """Without SQLite's own overwriting, as most systems have it, removed rows stay in the file until VACUUM."""
    (tmp_path / "in").mkdir()
    extract(tmp_path / "in" / "f.csv", fixes=20)
    bring_up_to_date(tmp_path / "s", tmp_path / "in")
    monkeypatch.setattr(GeoPackage, "forget_what_is_removed", lambda self: self.execute("PRAGMA secure_delete = OFF"))
    path = tmp_path / "s" / "restricted.gpkg"
    with Store(tmp_path / "s", KEY) as store:
        marks = [ref.encode() for (ref,) in store.restricted.execute("SELECT source_ref FROM fixes LIMIT 50")]
        with monkeypatch.context() as patched:
            patched.setattr(GeoPackage, "vacuum", die)
            with pytest.raises(Died):
                purge(store, pd.Timestamp("2025-01-01T00:00Z"))
    assert any(mark in path.read_bytes() for mark in marks)
    with Store(tmp_path / "s", KEY) as store:
        assert purge(store, pd.Timestamp("2025-01-01T00:00Z")) == {}
    assert not any(mark in path.read_bytes() for mark in marks)


def test_a_purge_that_a_reader_hinders_says_what_may_still_be_there(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    extract(tmp_path / "in" / "f.csv", fixes=20)
    bring_up_to_date(tmp_path / "s", tmp_path / "in")

    def hindered(self):
        raise StoreError("Another program is writing to it.", "Wait.")

    with monkeypatch.context() as patched:
        patched.setattr(GeoPackage, "vacuum", hindered)
        with Store(tmp_path / "s", KEY) as store, pytest.raises(StoreError, match="may still stand in the free room"):
            purge(store, pd.Timestamp("2025-01-01T00:00Z"))
        with Store(tmp_path / "s", KEY) as store:  # no reason to take nothing in
            assert len(store.warnings) == 1 and "overwrites it" in store.warnings[0]
    with Store(tmp_path / "s", KEY) as store:
        assert store.count("fixes") == 0 and store.warnings == ["An interrupted operation was finished: purge."]


@pytest.mark.long
@pytest.mark.fork
def test_a_few_deaths_and_failed_commits_of_the_campaign(tmp_path):
    tried, found = death_after_commit.attack(tmp_path, 8, 4)
    assert (tried, found) == (8, [])

"""Two programs at one store: who waits is told for whom and can stop, and nothing is computed from what the other one changed."""

import json
import platform
import sqlite3
import threading
import time
from collections import Counter

import pytest

from ia_plugin.core.errors import Cancelled, StoreError
from ia_plugin.core.params import TrackParams
from ia_plugin.store import refresh as refreshing
from ia_plugin.store.imports import bring_file
from ia_plugin.store.purge import purge
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import RESTRICTED, Store
from ia_plugin.store.summary import read_summary
from ia_plugin.store.writer_note import NOTE, Wait, Writer, writer_of
from tests.support.long import long_after
from tests.support.stores import AREAS, AT, KEY, bring_up_to_date, extract

GAP = TrackParams(max_gap_s=900.0)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    extract(tmp_path / "in" / "0.csv", fixes=20)
    bring_up_to_date(tmp_path / "s", tmp_path / "in")
    return tmp_path / "s"


class Holder(threading.Thread):
    """Another program: its writes, in a block of :meth:`Store.together` that stays open until it is let go."""

    def __init__(self, folder, work=lambda store: None):
        super().__init__()
        self._folder, self._work, self._begun, self._go = folder, work, threading.Event(), threading.Event()
        self.start()
        assert self._begun.wait(60)

    def run(self):
        with Store(self._folder, KEY) as store, store.together("import of a long file"):
            self._work(store)
            self._begun.set()
            self._go.wait(60)

    def let_go(self):
        self._go.set()
        self.join()


def test_who_waits_is_told_soon_and_once_for_whom(folder):
    holder, heard, began = Holder(folder), [], time.monotonic()

    def hear(sentence):
        if sentence:
            heard.append((time.monotonic() - began, sentence))
            threading.Timer(0.5, holder.let_go).start()

    with Store(folder, KEY, waiting=hear) as store:
        began = time.monotonic()
        store.set("something", "new")
        assert store.setting("something") == "new"
    [(after_s, sentence)] = heard
    assert 0.9 < after_s < 2.0 or time.monotonic() - began > 10  # on a machine with time for it
    assert sentence.startswith("Another program is writing to this store: import of a long file by process ")
    assert f" on {platform.node()}, since 20" in sentence and "can be cancelled" in sentence
    assert sorted(p.name for p in folder.iterdir()) == ["restricted.gpkg", "summary.gpkg"]


def test_a_wait_can_be_cancelled_and_nothing_is_done(folder, tmp_path):
    holder = Holder(folder)
    extract(tmp_path / "more.csv", day="2024-06-09", fixes=20)

    def cancel(sentence):
        raise Cancelled

    with Store(folder, KEY, waiting=cancel) as store:
        with pytest.raises(Cancelled):
            bring_file(store, tmp_path / "more.csv", at=AT)
        assert store.count("sources") == 1
        holder.let_go()
        assert bring_file(store, tmp_path / "more.csv", at=AT) is None or store.count("sources") == 2


def test_another_kind_of_program_is_told_of_without_a_name(folder):
    other = sqlite3.connect(folder / RESTRICTED, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    heard = []
    words = "Another program is writing to it"
    with Store(folder, KEY, busy_s=1.6, waiting=heard.append) as store, pytest.raises(StoreError, match=words):
        store.set("something", "new")
    other.close()
    [said] = [h for h in heard if h]
    assert said.startswith(
        "Another program is writing to this store (restricted.gpkg; perhaps a layer of it is being edited)."
    )


def test_a_finished_write_that_waits_for_a_reader_says_so(folder):
    reader = sqlite3.connect(folder / RESTRICTED, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fixes").fetchone()
    heard = []
    with Store(folder, KEY, busy_s=1.6, waiting=heard.append) as store, pytest.raises(StoreError):
        store.set("something", "new")
    reader.close()
    [said] = [h for h in heard if h]
    assert said.startswith("Another program reads restricted.gpkg")


def test_each_wait_is_said_anew(tmp_path):
    said = []
    wait = Wait(tmp_path / RESTRICTED, 60, said.append)
    for waited_s in (0.2, 0.9, 1.1, 5.0, 0.2, 1.0):
        wait(waited_s, "BEGIN IMMEDIATE")
    assert [bool(s) for s in said] == [False, False, True, False, False, True]


def test_the_note_of_a_killed_program_is_not_believed_and_goes_with_the_next_run(folder):
    killed = {
        "what": "purge",
        "since": "2024-06-04T20:31:05+00:00",
        "process": 2**22 + 1,
        "computer": platform.node(),
        "run": "0",
    }
    (folder / NOTE).write_text(json.dumps(killed), encoding="utf-8")
    writer = writer_of(folder)
    assert writer == Writer(**killed) and writer.is_gone()
    with Store(folder):  # to read: nothing is touched
        assert (folder / NOTE).exists()
    with Store(folder, KEY):
        assert not (folder / NOTE).exists()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"what": "purge"}', '{"what": 1, "since": "soon", "process": 1, "computer": "", "run": ""}'],
)
def test_a_note_that_cannot_be_read_names_nobody_and_goes(folder, text):
    (folder / NOTE).write_text(text, encoding="utf-8")
    assert writer_of(folder) is None
    with Store(folder, KEY) as store, store.together("purge"):
        assert writer_of(folder).what == "purge"
    assert not (folder / NOTE).exists()


def test_a_note_of_who_writes_now_stays(folder):
    holder = Holder(folder)
    with Store(folder, KEY):
        assert writer_of(folder).what == "import of a long file"
    holder.let_go()
    assert writer_of(folder) is None


@pytest.mark.parametrize("public", [False, True])
def test_a_file_that_another_program_took_in_meanwhile_is_known(folder, tmp_path, public):
    path = tmp_path / "2024-05-force-street.csv"
    if public:
        path.write_text(
            "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n"
            + "a1,2024-05,F,F,-1.9,52.4,On or near High Street,E01,X 001A,Burglary,Under investigation,\n",
            encoding="utf-8",
        )
    else:
        extract(path, day="2024-06-09", fixes=20)
    holder = Holder(folder, lambda store: bring_file(store, path, at=AT))
    with Store(
        folder, KEY, waiting=lambda sentence: sentence and threading.Thread(target=holder.let_go).start()
    ) as store:
        assert bring_file(store, path, at=AT) is None
        assert store.count("sources") == 2
    holder.join()


def contents(folder):
    """The rows of both files that days are told by."""
    with Store(folder, KEY) as store:
        tables = {
            t: store.read(t).drop(columns=["fid"], errors="ignore")
            for t in ("legs", "visits", "time_use", "officer_time")
        }
        assert not store.dirty_days()
    return {t: Counter(map(repr, table.itertuples(index=False, name=None))) for t, table in tables.items()}


@pytest.mark.parametrize("what", long_after(1, ["a refresh", "fixes", "areas", "a purge"]))
def test_what_another_program_changes_while_days_are_computed_is_computed_too(folder, tmp_path, monkeypatch, what):
    """Its import came between the reading and the writing: the day would be done, and be without the new fixes."""
    new, more = extract(tmp_path / "1.csv", day="2024-06-03", hour=21, seed=7), tmp_path / "2.csv"
    extract(more, officers=14, day="2024-06-04", hour=20, seed=8)
    fewer = AREAS.iloc[:1]

    def other(store):
        if what == "fixes":
            assert bring_file(store, more, at=AT)
        elif what == "areas":
            assert set_areas(store, fewer)
        elif what == "a refresh":
            assert bring_file(store, more, at=AT) and refresh(store, GAP).days
        else:
            assert purge(store, AT)

    real, computed = refreshing.computed, []

    def while_computing(store, *given):
        found = real(store, *given)
        if not computed:
            computed.append(found)
            with Store(folder, KEY) as second:
                other(second)
        return found

    with Store(folder, KEY) as store:
        bring_file(store, new, at=AT)
        monkeypatch.setattr(refreshing, "computed", while_computing)
        refresh(store, GAP)
        monkeypatch.undo()
        refresh(store, GAP)
    bring_up_to_date(tmp_path / "apart", tmp_path / "in")
    with Store(tmp_path / "apart", KEY) as store:
        bring_file(store, new, at=AT)
        other(store)
        refresh(store, GAP)
    assert computed and contents(folder) == contents(tmp_path / "apart")
    read_summary(folder)

"""The force's store: two files, one key, whole imports, versions, days; killed at any moment and none the worse."""

import os
import random
import signal
import sqlite3
import threading
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import TABLES as DICTIONARY
from ia_plugin.core.columns import Table
from ia_plugin.core.errors import FileError, PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.params import PURPOSES, ImportParams, PresenceParams, TrackParams
from ia_plugin.core.privacy import Key
from ia_plugin.core.summaries.compute import ForceFacts, by_area_day, by_officers
from ia_plugin.core.summaries.publish import published
from ia_plugin.store.audit import run_row
from ia_plugin.store.day_passes import BY_GROUP
from ia_plugin.store.folder import check_folder
from ia_plugin.store.imports import bring_file
from ia_plugin.store.purge import purge, to_purge
from ia_plugin.store.refresh import refresh, steady
from ia_plugin.store.store import RESTRICTED, SUMMARY, SUMMARY_TABLES, Store
from ia_plugin.store.trace import Tracer
from tests.support.long import long_after
from tests.support.stores import AT, KEY, bring_up_to_date, extract, take_in

OTHER = Key(b"another key of sixteen bytes")
TABLES = (
    "fixes",
    "legs",
    "tracks",
    "gaps",
    "visits",
    "cover",
    "time_use",
    "visit_lengths",
    "enough_officers",
    "cover_by_group",
    "time_use_by_group",
    "visit_lengths_by_group",
    "officers_seen",
    "officer_time",
    "event_cells",
    "sources",
    "areas",
    "events",
    "event_officers",
)


@pytest.fixture
def folder(tmp_path):
    """Three days of extracts."""
    watched = tmp_path / "watched"
    watched.mkdir()
    for i in range(3):
        extract(watched / f"{i}.csv", day=f"2024-06-0{3 + i}", seed=i, fixes=200)
    return watched


def content(path):
    """All that a store says, row numbers and moments of import aside, in one order."""
    found = {}
    with Store(path, KEY) as store:
        for name in TABLES:
            table = store.read(name)
            table = table.drop(columns=[c for c in ("imported_at",) if c in table])
            if "geometry" in table:
                table["geometry"] = [
                    g if isinstance(g, bytes) else shapely.to_wkb(shapely.normalize(g)) for g in table["geometry"]
                ]
            numbers = table.select_dtypes("float")
            words = (
                table.drop(columns=numbers.columns).apply(lambda c: c.map(str)).agg("|".join, axis=1)
                if len(table)
                else []
            )
            tenths = numbers.round(1).fillna(-1.0).to_numpy()
            order = sorted(range(len(table)), key=lambda i: (words[i], *tenths[i]))
            found[name] = [words[i] for i in order], numbers.to_numpy()[order]
    return found


def same(one, other):
    """Probabilities are sums over tracks: their last digits hang on which tracks are summed together."""
    return all(
        one[n][0] == other[n][0] and np.allclose(one[n][1], other[n][1], atol=1e-4, equal_nan=True) for n in TABLES
    )


def test_fixes_rest_in_the_restricted_file_alone(tmp_path, folder):
    bring_up_to_date(tmp_path / "s", folder)
    with Store(tmp_path / "s", KEY) as store:
        assert {"cover", "time_use", "areas"} <= set(store.summary.tables())
        assert not {"fixes", "legs", "tracks", "visits", "events", "officers_seen"} & set(store.summary.tables())
        assert not any("officer_id" in store.summary.kinds(t) for t in store.summary.tables())
        fixes = store.read("fixes")
    assert fixes["local_hour"].between(0, 23).all() and fixes["source_ref"].str.contains(":").all()
    raw = (tmp_path / "s" / RESTRICTED).read_bytes() + (tmp_path / "s" / SUMMARY).read_bytes()
    assert b"Collar" not in raw


def test_the_same_content_is_stored_once(tmp_path, folder):
    with Store(tmp_path / "s", KEY) as store:
        assert all(take_in(store, folder))
        n = store.count("fixes")
        (folder / "again.csv").write_bytes((folder / "0.csv").read_bytes())
        assert take_in(store, folder) == [None] * 4 and store.count("fixes") == n


def test_a_watched_file_that_is_known_is_opened_once_and_no_mapping_is_looked_for(tmp_path, folder, monkeypatch):
    opened, asked, real = [], [], Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: opened.append(self.name) or real(self, *a, **k))
    files = sorted(folder.glob("*.csv"))
    with Store(tmp_path / "s", KEY) as store:
        assert all(bring_file(store, path, "affiliations", asked.append, at=AT) for path in files)
        new = Counter(opened)
        opened.clear()
        assert not any(bring_file(store, path, "affiliations", asked.append, at=AT) for path in files)
    assert Counter(opened) == Counter(p.name for p in files)  # for the hash of its content
    assert set(new.values()) <= {2, 3, 4}  # for its hash, header, sample and rows
    assert asked == ["affiliations"] * len(files)


def test_without_the_key_a_store_is_read_and_not_written(tmp_path, folder):
    with Store(tmp_path / "s", KEY) as store:
        take_in(store, folder)
    with Store(tmp_path / "s") as store:
        assert store.count("fixes")
        with pytest.raises(PrivacyError, match="without the key"):
            bring_file(store, folder / "0.csv", at=AT)
    with pytest.raises(PrivacyError, match="another key"):
        Store(tmp_path / "s", OTHER)
    with pytest.raises(StoreError, match="no store"):
        Store(tmp_path / "none")


def test_a_refresh_again_changes_nothing_and_late_rows_change_their_days(tmp_path, folder):
    bring_up_to_date(tmp_path / "s", folder)
    before = content(tmp_path / "s")
    bring_up_to_date(tmp_path / "s", folder)
    assert same(content(tmp_path / "s"), before)
    extract(folder / "late.csv", officers=20, fixes=30, day="2024-06-03", seed=9, hour=12)
    bring_up_to_date(tmp_path / "s", folder)
    bring_up_to_date(tmp_path / "fresh", folder)
    assert same(content(tmp_path / "s"), content(tmp_path / "fresh"))


@pytest.mark.parametrize("method", long_after(1, ["linear", "bridge"]))
def test_days_do_not_hang_on_which_days_are_computed_with_them(tmp_path, folder, monkeypatch, method):
    bring_up_to_date(tmp_path / "together", folder, method)
    monkeypatch.setattr("ia_plugin.store.refresh.MOST_DAYS", 1)
    bring_up_to_date(tmp_path / "apart", folder, method)
    assert same(content(tmp_path / "together"), content(tmp_path / "apart"))


class Steps:
    """Counts what SQLite does, by a hundred of its instructions, and kills the process at a step: no clock is asked."""

    def __init__(self, monkeypatch):
        self.done, self.last, connect = 0, None, sqlite3.connect

        def counted(*args, **more):
            database = connect(*args, **more)
            database.set_progress_handler(self, 100)
            return database

        monkeypatch.setattr(sqlite3, "connect", counted)

    def __call__(self):
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


@pytest.mark.long
@pytest.mark.fork
def test_killed_at_twenty_moments_and_run_again_it_is_the_same_store(tmp_path, folder, monkeypatch):
    steps = Steps(monkeypatch)
    bring_up_to_date(tmp_path / "whole", folder)
    whole = steps.done
    expected, rng, killed = content(tmp_path / "whole"), random.Random(4), 0
    for i in range(20):
        path = tmp_path / f"killed{i % 4}"
        steps.done, steps.last = 0, rng.randrange(1, whole)
        child = os.fork()
        if child == 0:
            try:
                bring_up_to_date(path, folder)
            finally:
                os._exit(0)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        steps.last = None
        if i >= 16:
            bring_up_to_date(path, folder)
            assert same(content(path), expected)
    assert killed >= 8


def test_two_writers_at_once(tmp_path, folder):
    with Store(tmp_path / "s", KEY):
        pass
    errors = []

    def write(name):
        try:
            with Store(tmp_path / "s", KEY) as store:
                bring_file(store, folder / name, at=AT)
        except Exception as error:  # shown below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(f"{i}.csv",)) for i in range(3)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert not errors
    with Store(tmp_path / "s", KEY) as store:
        assert store.count("fixes") == 3 * 12 * 200 and store.count("sources") == 3


def test_a_bad_file_leaves_nothing_behind(tmp_path, folder):
    path = folder / "0.csv"
    path.write_text(path.read_text(encoding="utf-8") + "100,soon,1,2,North\n", encoding="utf-8")
    with Store(tmp_path / "s", KEY) as store:
        with pytest.raises(FileError, match="row 2402"):
            bring_file(store, path, at=AT)
        assert store.count("fixes") == 0 and not store.dirty_days()
        account = bring_file(store, path, params=ImportParams(invalid_rows="reject"), at=AT)
        assert account.rows_kept == 2400 and store.count("rejects") == 1


CRIMES = "Crime No,Offence,From,To,Easting,Northing,OIC,Status\n"


def test_events_are_versioned(tmp_path):
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text(
        CRIMES
        + "1,Burglary,03/06/2024 22:00,,400000,280000,101,open\n2,Robbery,03/06/2024 23:00,,400000,280000,102,open\n",
        encoding="utf-8",
    )
    second.write_text(
        CRIMES
        + "1,Theft,03/06/2024 22:00,,400000,280000,101,open\n2,Robbery,03/06/2024 23:00,,400000,280000,102,open\n3,Drugs,04/06/2024 01:00,,400000,280000,,No crime\n",
        encoding="utf-8",
    )
    with Store(tmp_path / "s", KEY) as store:
        bring_file(store, first, at=AT)
        account = bring_file(store, second, at=AT)
        events = store.read("events", order="event_id, version")
        assert "officer_ids" not in events and store.count("event_officers") == 2
    assert list(zip(events["event_id"], events["version"], events["status"])) == [
        ("1", 1, "superseded"),
        ("1", 2, "current"),
        ("2", 1, "current"),
        ("3", 1, "withdrawn"),
    ]
    assert account.found["records are new versions of known ones"] == 1


def test_a_record_without_a_place_that_comes_again_is_no_new_version(tmp_path):
    """Where x and y are missing: "nothing" equals "nothing", on every pandas."""
    (tmp_path / "1.csv").write_text(
        CRIMES + "1,Burglary,03/06/2024 22:00,,,,,\n,Robbery,03/06/2024,,,,,\n", encoding="utf-8"
    )
    (tmp_path / "anew").mkdir()
    (tmp_path / "anew" / "1.csv").write_text(
        CRIMES + "1,Burglary,03/06/2024 22:00,,,,,\n,Robbery,03/06/2024,,,,,\n\n", encoding="utf-8"
    )
    with Store(tmp_path / "s", KEY) as store:
        bring_file(store, tmp_path / "1.csv", at=AT)
        bring_file(store, tmp_path / "anew" / "1.csv", at=AT)
        assert store.read("events")["version"].tolist() == [1, 1]


def test_purge_leaves_what_is_young_and_no_trace_of_the_rest(tmp_path, folder):
    bring_up_to_date(tmp_path / "s", folder)
    day = pd.Timestamp("2024-06-04T12:00Z")
    with Store(tmp_path / "s", KEY) as store:
        old = store.read("fixes", "time < ?", (day,))["officer_id"].unique()
        said = to_purge(store, day)
        assert purge(store, day) == said and said["fixes"] > 0
        assert store.read("fixes")["time"].min() >= day and store.count("time_use")
        assert len(old) and to_purge(store, day) == {}


def test_purge_takes_marks_of_looks_and_files_of_flags_that_are_as_old(tmp_path, folder):
    """A flag that was set aside may name a person; a mark is of a look at one officer. What is younger stays."""
    import os

    from ia_plugin.store.repeated_looks import forget_expired_looks

    bring_up_to_date(tmp_path / "s", folder)
    visit = int(Tracer(tmp_path / "s", PURPOSES[0], version="t").visits(FilterState(), ("a", "b"), at=AT).visits["visit_id"].iloc[0])  # fmt: skip
    for days in (0, 10):
        Tracer(tmp_path / "s", PURPOSES[0], version="t").journey(visit, at=AT + pd.Timedelta(days, "D"))
    aside, taken = (tmp_path / "s" / "flags" / n for n in ("set aside", "taken"))
    for place, name, when in (
        (aside, "old.json", AT),
        (aside, "new.json", AT + pd.Timedelta("10D")),
        (taken, "old.json", AT),
    ):
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("PC 4512 Jane Smith", encoding="utf-8")
        (place / f"{name}.reason.txt").write_text("It may name a person.", encoding="utf-8")
        os.utime(place / name, (when.timestamp(), when.timestamp()))
    before = AT + pd.Timedelta("5D")
    with Store(tmp_path / "s", KEY) as store:
        said = to_purge(store, before)
        assert (said["look_marks"], said["flags/set aside"], said["flags/taken"]) == (1, 2, 2)
        assert purge(store, before) == said
        assert [p.name for p in sorted(aside.iterdir())] == ["new.json", "new.json.reason.txt"] and not [
            *taken.iterdir()
        ]
        assert store.restricted.execute("SELECT count(*) FROM look_marks") == [(1,)]
        assert to_purge(store, before) == {}
        forget_expired_looks(store.restricted, AT + pd.Timedelta("39D"))
        assert store.restricted.execute("SELECT count(*) FROM look_marks") == [(1,)]
        forget_expired_looks(store.restricted, AT + pd.Timedelta("41D"))
        for table in ("look_marks", "look_secret"):
            assert store.restricted.execute(f"SELECT count(*) FROM {table}") == [(0,)]


def test_the_record_of_runs_can_only_be_added_to(tmp_path):
    with Store(tmp_path / "s", KEY) as store:
        row = run_row("x", at=AT, version="1", parameters={"A": 1, "KEY_FILE": "secret"})
        store.add_run(row)
        store.add_run(row)
        assert store.count("runs") == 2 and "secret" not in store.read("runs").to_string()
        for sql in ("DELETE FROM runs", "UPDATE runs SET who = 'x'"):
            with pytest.raises(StoreError, match="only be added to"):
                store.restricted.execute(sql)


@pytest.mark.parametrize("name", ["OneDrive - Force/store", "Dropbox/x", "Google Drive/y"])
def test_folders_that_leave_the_building_are_refused(tmp_path, name):
    with pytest.raises(StoreError, match="cloud"):
        check_folder(tmp_path / name)
    with pytest.raises(StoreError, match="cloud"):
        check_folder(tmp_path / "sync" / "x", {"OneDrive": str(tmp_path / "sync")})


def test_a_folder_that_may_not_be_written(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError):
        Store(tmp_path / "file" / "store", KEY)


def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path, folder):
    with Store(tmp_path / "s", KEY) as store:
        bring_file(store, folder / "0.csv", at=AT)
        (pages,) = store.restricted.execute("PRAGMA page_count")[0]
        store.restricted.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(StoreError, match="full"):
            bring_file(store, folder / "1.csv", at=AT)
    with Store(tmp_path / "s", KEY) as store:
        assert store.count("fixes") == 2400 and store.count("sources") == 1


def two_sources(day, slow=900):
    """A radio that reports every quarter of an hour, and one that reports every minute and falls silent for 20 minutes."""
    start = pd.Timestamp(f"{day}T09:00Z")
    told = {"old": np.arange(16) * slow, "new": np.r_[np.arange(60) * 60, 59 * 60 + 1200]}
    parts = [
        pd.DataFrame({"officer_id": f"p{k:024d}", "time": start + pd.to_timedelta(s, unit="s"), "source": name})
        for k, (name, s) in enumerate(told.items())
    ]
    fixes = pd.concat(parts, ignore_index=True)
    return fixes.assign(x=400_000.0 + np.arange(len(fixes)), y=280_000.0)


def test_the_store_has_a_longest_gap_for_each_source_and_keeps_it(tmp_path):
    """One limit for all, from the median over all, once made every step of the slow radios unobserved."""
    with Store(tmp_path / "s", KEY) as store:
        for day in ("2024-06-03", "2024-06-04"):
            fixes = two_sources(day, slow=900 if day == "2024-06-03" else 1500)
            with store.importing(Account(day, "affiliations"), day * 7, AT) as part:
                part.add_fixes(fixes)
            refresh(store)
            assert steady(store, TrackParams()).max_gap_by_source == (("new", 900.0), ("old", 2250.0))
        silent = store.read("gaps")["duration_s"]
        assert sorted(silent[silent < 36_000]) == [1200, 1200]
        assert len(store.read("legs")) == 2 * (15 + 59)
        refresh(store, TrackParams(max_gap_s=600))
        assert steady(store, TrackParams()).max_gap_s == 600


@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_the_tables_of_a_store_are_those_computed_in_one_go(tmp_path, folder, method):
    """Day by day from the store, and all officers and days at once: no table is composed a second way."""
    bring_up_to_date(tmp_path / "s", folder, method)
    with Store(tmp_path / "s", KEY) as store:
        facts = ForceFacts(
            store.read("areas"), method=PresenceParams(method=method), tracks=steady(store, TrackParams())
        )
        parts = by_officers(store.read("fixes", order="officer_id, time, fid"), facts)
        cells = by_area_day([parts])
        expected = {n: getattr(cells, of) for n, of in BY_GROUP.items()} | {"officer_time": parts.officer_time}
        expected |= published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
        for name, table in expected.items():
            words = [c for c in table if table[c].dtype.kind != "f"]
            mine, theirs = (t.sort_values(words).reset_index(drop=True)[[*table]] for t in (store.read(name), table))
            pd.testing.assert_frame_equal(mine, theirs, check_dtype=False, check_exact=True, obj=name)


@pytest.mark.parametrize("column", ["officer_id", "radio_id", "officer_ids", "leg_id"])
def test_what_is_marked_personal_never_enters_the_summary(tmp_path, column):
    """By the mark in the data dictionary, in a table that is there, a new one, or an unknown one."""
    with Store(tmp_path / "s", KEY) as store:
        rows = pd.DataFrame({"from": [AT], "to": [AT], "text": ["x"], "author": ["x"]})
        store.summary.append("notes", rows)
        for table in ("notes", "quality", "cover"):
            declared = DICTIONARY.get(table) or Table(table, "", ())
            with pytest.raises(PrivacyError, match=column):
                store.summary.append(declared, rows.assign(**{column: "o1"}))
        assert store.count("notes") == 1 and "cover" not in store.summary.tables()
        assert column not in store.summary.kinds("notes")


def test_no_table_of_the_summary_declares_a_personal_column_it_must_have():
    for name in SUMMARY_TABLES:
        columns = DICTIONARY[name].columns if name in DICTIONARY else ()
        assert not [c.name for c in columns if c.personal and not c.optional], name


def test_tables_that_nobody_reads_leave_an_old_store(tmp_path, folder):
    bring_up_to_date(tmp_path / "s", folder)
    with Store(tmp_path / "s", KEY) as store:
        store.summary.append("coverage", pd.DataFrame({"period": [AT], "unit": ["North"], "observed_s": [1.0]}))
    bring_up_to_date(tmp_path / "s", folder)
    with Store(tmp_path / "s", KEY) as store:
        assert not {"presence", "coverage"} & set(store.summary.tables())


def test_behind_a_figure_stand_the_file_its_line_and_its_own_record(tmp_path):
    watched = tmp_path / "watched"
    watched.mkdir()
    table = pd.read_csv(extract(watched / "radios.csv", fixes=200))
    table.assign(**{"Message ID": [f"M{i}" for i in range(len(table))]}).to_csv(watched / "radios.csv", index=False)
    bring_up_to_date(tmp_path / "s", watched)
    tracer = Tracer(tmp_path / "s", PURPOSES[0], version="test")
    found = tracer.visits(FilterState(), ("a", "b"), at=AT)
    fixes = tracer.behind(int(found.visits["visit_id"].iloc[0]), at=AT).fixes
    line = fixes["source_ref"].str.split(":").str[1].astype(int)
    assert fixes["source"].tolist() == [f"radios.csv, line {n:,}, record M{n - 2}" for n in line]

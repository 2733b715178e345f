"""The register of copied figures, in the store and with the user; and what came into the data since."""

import json
import os
import sqlite3
from dataclasses import replace
from datetime import date, datetime, timezone

import pandas as pd
import pytest

from ia_plugin.core.answers.register import entry_of, same_values
from ia_plugin.core.errors import StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import figures_register, ledger, since_then
from ia_plugin.store.figures_register import found_in_registers, of_store, of_user, register
from ia_plugin.store.imports import bring_file
from ia_plugin.store.since_then import changes_since
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store
from ia_plugin.store.summary import read_summary
from tests.support.sqlite_files import sqlite_file
from tests.support.stores import AT, KEY, copy_of, extract, store_of_one_extract

NOW = pd.Timestamp("2024-07-10T12:00Z")
DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 4))
CRIMES = "Crime No,Offence,From,To,Easting,Northing,OIC,Status\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("register")
    folder = store_of_one_extract(root, fixes=30)
    rows = [f"{i},Burglary,03/06/2024 2{i}:30,,{399_500 + 100 * i},280000,101,open" for i in range(3)]
    (root / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
    with Store(folder, KEY) as store:
        bring_file(store, root / "crimes.csv", at=AT)
    return folder


@pytest.fixture
def store(made, tmp_path):
    return copy_of(made, tmp_path / "s")


@pytest.fixture
def entry(store):
    material = read_summary(store)
    return entry_of(material, figures(material, DAY), at=NOW.to_pydatetime(), version="test")


def test_a_figure_is_kept_in_both_places_once(store, entry, tmp_path):
    users = tmp_path / "profile" / "impact_area" / "figures.jsonl"
    for _ in range(3):
        assert register(entry, store, users) == ["user", "store"]
    assert len(of_user(users, entry.code.number)) == len(of_store(store, entry.code.number)) == 1
    found = found_in_registers(entry.code.number, store, users)
    assert len(found) == 2 and all(
        same_values(f.values, entry.values) and f.code == entry.code and f.store for f in found
    )
    assert found_in_registers("IA-0000-0000", store, users) == []


def test_the_users_register_keeps_stores_apart(store, entry, tmp_path):
    """A demo that is made anew has the same filter and the same last hour, so the same number, and other figures."""
    users = tmp_path / "figures.jsonl"
    register(entry, store, users)
    (tmp_path / "other").mkdir()
    for name in (RESTRICTED, SUMMARY):
        (tmp_path / "other" / name).write_bytes((store / name).read_bytes())
        with sqlite_file(tmp_path / "other" / name) as file:
            file.execute("UPDATE store_marks SET value = 'another' WHERE name = 'store'")
        file.close()
    assert len(found_in_registers(entry.code.number, store, users)) == 2
    assert [e.store for e in found_in_registers(entry.code.number, tmp_path / "other", users)] != ["another"] * 2
    assert len(found_in_registers(entry.code.number, tmp_path / "other", users)) == 1, "what came with the copied file"


def test_other_values_under_the_same_number_are_another_entry(store, entry, tmp_path):
    hours = entry.values["officer_hours"]
    other = replace(entry, values={**entry.values, "officer_hours": replace(hours, value=hours.value + 2)})
    users = tmp_path / "figures.jsonl"
    register(entry, store, users)
    register(other, store, users)
    assert len(of_user(users, entry.code.number)) == len(of_store(store, entry.code.number)) == 2


def test_a_store_that_may_not_be_written_leaves_the_users_register(store, entry, tmp_path, monkeypatch):
    monkeypatch.setattr(ledger.os, "access", lambda _path, mode: mode == os.R_OK)
    assert register(entry, store, tmp_path / "figures.jsonl") == ["user"]
    assert not len(of_store(store, entry.code.number))


def test_a_register_that_cannot_be_written_stops_no_copy(store, entry, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert register(entry, store, tmp_path / "file" / "figures.jsonl") == ["store"]
    monkeypatch.setattr(figures_register, "SOON_S", 0.3)
    other = replace(entry, code=replace(entry.code, number="IA-0000-0000"))
    holder = sqlite3.connect(store / SUMMARY, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert register(other, store, tmp_path / "u.jsonl") == ["user"]
    holder.execute("ROLLBACK")
    holder.close()


def test_lines_cut_off_or_of_others_are_passed_over(entry, tmp_path):
    users = tmp_path / "figures.jsonl"
    line = json.dumps(entry.as_row())
    users.write_bytes(b"\xff\xfe\n[1]\n" + line.encode() + b"\n" + line[: len(line) // 2].encode())
    other = replace(entry, code=replace(entry.code, number="IA-0000-0000"))
    register(other, None, users)  # behind the half line that another program left
    assert len(of_user(users, entry.code.number)) == 1 and len(of_user(users, "IA-0000-0000")) == 1
    assert of_user(tmp_path / "none.jsonl", "IA-0000-0000") == []


def test_the_register_in_the_store_is_only_added_to_and_has_no_officer(store, entry):
    register(entry, store, None)
    with GeoPackage(store / SUMMARY) as package:
        with pytest.raises(StoreError, match="only be added to"):
            package.execute("DELETE FROM figures")
        assert not {"officer_id", "who"} & set(package.kinds("figures"))


# --- since then -------------------------------------------------------------------------------------------------------


def since(store, moment, state=DAY):
    return changes_since(store, state, moment, number="IA-1A2B-3C4D", at=NOW, version="test")


def test_late_fixes_and_changed_records_of_the_days_are_counted(store, tmp_path):
    (tmp_path / "late").mkdir()
    extract(tmp_path / "late" / "late.csv", officers=2, fixes=5, seed=9)  # 10 fixes on the evening of 3 June
    extract(tmp_path / "late" / "next.csv", officers=2, fixes=5, seed=9, day="2024-06-09")
    rows = ["0,Robbery,03/06/2024 20:30,,399500,280000,101,open", "1,Burglary,03/06/2024 21:30,,399600,280000,101,open",
            "9,Burglary,04/06/2024 21:30,,399600,280000,101,open", "8,Burglary,09/06/2024 21:30,,399600,280000,101,open"]  # fmt: skip
    (tmp_path / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
    with Store(store, KEY) as opened:
        for path in (*sorted((tmp_path / "late").iterdir()), tmp_path / "crimes.csv"):
            bring_file(opened, path, at=NOW)
    found = since(store, datetime(2024, 7, 5, tzinfo=timezone.utc))
    assert found.late_fixes == 10
    assert (dict(found.reclassified), dict(found.added), dict(found.withdrawn)) == ({"crime": 1}, {"crime": 1}, {})
    assert found.of_events() == ["1 crime reclassified", "1 crime added"]
    assert since(store, datetime(2024, 7, 11, tzinfo=timezone.utc)).late_fixes == 0
    everything = since(store, datetime(2024, 7, 5, tzinfo=timezone.utc), FilterState())
    assert everything.late_fixes == 20 and everything.added == {"crime": 2}


def test_a_record_moved_out_of_the_days_and_one_taken_back_are_counted(store, tmp_path):
    rows = ["0,Burglary,03/06/2024 20:30,,399900,280000,101,open", "1,Burglary,09/06/2024 21:30,,399600,280000,101,open",
            "2,Burglary,03/06/2024 22:30,,399700,280000,101,Cancelled / no crime"]  # fmt: skip
    (tmp_path / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
    with Store(store, KEY) as opened:
        bring_file(opened, tmp_path / "crimes.csv", at=NOW)
    found = since(store, datetime(2024, 7, 5, tzinfo=timezone.utc))
    assert (dict(found.moved), dict(found.withdrawn), dict(found.added)) == ({"crime": 2}, {"crime": 1}, {})
    assert found.of_events() == ["2 crimes with another time or place", "1 crime withdrawn"]


def test_the_look_is_on_the_record_and_who_may_not_write_learns_the_day_alone(store, monkeypatch):
    assert since(store, datetime(2024, 6, 1, tzinfo=timezone.utc)).late_fixes == 360
    with Store(store) as opened:
        (row,) = opened.read("runs").to_dict("records")
    assert row["what"] == since_then.WHAT and json.loads(row["parameters"])["figure"] == "IA-1A2B-3C4D"
    monkeypatch.setattr(since_then.os, "access", lambda _path, mode: mode == os.R_OK)
    found = since(store, datetime(2024, 6, 1, tzinfo=timezone.utc))
    assert found.late_fixes is None and found.added == {} and found.refreshed_at is not None
    (store / RESTRICTED).unlink()
    assert since(store, datetime(2024, 6, 1, tzinfo=timezone.utc)).late_fixes is None

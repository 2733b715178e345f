"""Runs in their folders: one at a time, and what counts is what the newest manifest says."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from ia_plugin.cluster.folders import DiskFolder
from ia_plugin.cluster.publication import hand_out
from ia_plugin.cluster.runs import (
    LOCK,
    Label,
    Manifest,
    alone,
    manifest_of,
    new_run,
    newest,
    put_in_place,
    with_its_runs,
)
from ia_plugin.core.errors import FileError, StoreError
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.summary import ABOUT
from ia_plugin.store.tables import SUMMARY
from ia_plugin.store.taken_summary import MADE_BY


@pytest.fixture
def folder(tmp_path):
    return DiskFolder(str(tmp_path))


def test_a_manifest_is_read_as_it_was_written():
    made = Manifest(2, "b", gaps={"s": 900.0}, inputs={"2024-06-03": Label([["a.csv", 1, 2]], {"19877": 5})}, days={"2024-06-03": "b"})  # fmt: skip
    assert manifest_of(made.text()) == made and made.complete


def test_one_of_a_newer_form_is_refused():
    with pytest.raises(StoreError, match="newer version"):
        manifest_of(Manifest().text().replace('"format": 1', '"format": 2'))


def test_the_newest_manifest_counts_and_what_was_cut_short_does_not(folder):
    assert newest(folder) == Manifest()
    put_in_place(folder, Manifest(1, "a"))
    put_in_place(folder, Manifest(2, "b"))
    folder.write_new("runs/c/_manifest.json", Manifest(3, "c").text())
    assert newest(folder).run == "b"


def test_of_two_runs_that_end_one_counts(folder):
    put_in_place(folder, Manifest(1, "a"))
    with pytest.raises(StoreError, match="Another run ended while b was computing"):
        put_in_place(folder, Manifest(1, "b"))
    assert newest(folder).run == "a"


def test_a_second_run_is_refused_while_one_is_at_it(folder):
    with alone(folder, "a"):
        with pytest.raises(StoreError, match=r"Another run is at it \(a\)"), alone(folder, "b"):
            pass
        assert folder.read_text(LOCK) == "a"
    with alone(folder, "b"):
        pass


def test_what_a_dead_run_left_is_taken_over_after_its_time(folder, tmp_path):
    folder.write_new(LOCK, "dead")
    os.utime(tmp_path / LOCK, (1, 1))
    with alone(folder, "b"):
        assert folder.read_text(LOCK) == "b"
    assert folder.read_text(LOCK) is None


def test_a_folder_gets_its_name_whole_and_only_where_nothing_has_it(folder):
    folder.write_new("work/legs/day=2024-06-03/a", "1")
    folder.move("work/legs", "restricted/legs")
    assert [f.name for f in folder.files()] == ["restricted/legs/day=2024-06-03/a"]
    folder.write_new("work/legs/day=2024-06-03/a", "2")
    with pytest.raises(FileExistsError):
        folder.move("work/legs", "restricted/legs")
    assert folder.read_text("restricted/legs/day=2024-06-03/a") == "1"


def test_later_runs_have_later_names():
    import time

    assert new_run(time.gmtime(0)) < new_run(time.gmtime(10**9))


@pytest.mark.parametrize("text", ["", "{", '{"format": 1}', '{"format": 1, "inputs": {}, "unheard": 1}', "[]"])
def test_a_damaged_manifest_is_said_to_be_one(text):
    with pytest.raises(StoreError, match="newest manifest of OUTPUT is damaged"):
        manifest_of(text)


def test_where_the_folder_of_a_run_that_counts_is_gone_all_is_due_again(folder):
    made = Manifest(2, "b", days={"2024-06-03": "a", "2024-06-04": "b"})
    folder.write_new("runs/a/restricted/x", "")
    folder.write_new(f"runs/b/{SUMMARY}", "")
    assert with_its_runs(folder, made) is made and with_its_runs(folder, Manifest()) == Manifest()
    folder.remove("runs/a")
    assert with_its_runs(folder, made) == Manifest(2)
    folder.write_new("runs/a/restricted/x", "")
    folder.remove(f"runs/b/{SUMMARY}")
    assert with_its_runs(folder, made) == Manifest(2)


def test_a_summary_that_found_no_room_is_put_there_by_the_next_run_and_no_other_is_touched(folder, tmp_path):
    place = tmp_path / "readers" / SUMMARY
    for k, run in enumerate("ab"):
        with GeoPackage(tmp_path / f"{run}.gpkg") as made:
            made.append(ABOUT, pd.DataFrame({"name": [MADE_BY], "value": [run]}))
        folder.put(tmp_path / f"{run}.gpkg", f"runs/{run}/{SUMMARY}")
        hand_out(folder, Manifest(k + 1, run), place)
        assert place.read_bytes() == (tmp_path / f"{run}.gpkg").read_bytes()
    before = place.stat().st_mtime_ns
    hand_out(folder, Manifest(2, "b"), place)
    assert place.stat().st_mtime_ns == before and [p.name for p in place.parent.iterdir()] == [SUMMARY]
    with pytest.raises(FileError, match="cannot be written|no folder"):
        hand_out(folder, Manifest(2, "b"), place / "below a file" / SUMMARY)

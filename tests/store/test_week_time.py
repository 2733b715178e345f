"""What is kept of a week of density: late data of a few officers tells what computing all of it anew tells."""

import json

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.density.cell_time import square_time
from ia_plugin.store import week_time
from ia_plugin.store.condition import equals
from ia_plugin.store.imports import bring_file
from ia_plugin.store.purge import purge
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.versions import store_events
from tests.support.long import long_after
from tests.support.stores import AREAS, AT, KEY
from tests.support.week_files import MONDAY, X, Y, few, latecomers, turn, week, written

TABLES = ("density", "density_parts")


@pytest.fixture
def computed(monkeypatch):
    """How many officers each computation of the squares of the week of 3 June was of."""
    seen = []

    def counted(legs, some, facts):
        seen.extend([legs["officer_id"].nunique()] if some.monday == "2024-06-03" else [])
        return square_time(legs, some, facts)

    monkeypatch.setattr(week_time, "square_time", counted)
    return seen


def brought(store, path):
    bring_file(store, path, at=AT)
    refresh(store)


def all_anew(store):
    """Forget what is kept, so that the next refresh computes weeks as a whole."""
    kept = json.loads(store.setting("weeks"))
    store.set("weeks", json.dumps({monday: {**w, "facts": ""} for monday, w in kept.items()}))


def told(store):
    by = {"density": ["shift", "cell"], "density_parts": ["shift", "cell", "day", "officer_id", "telling"]}
    return [store.read(t).sort_values(by[t], ignore_index=True).drop(columns="fid", errors="ignore") for t in TABLES]


def late_turns(rng, name):
    """A few officers' turns of one to three days, at places that others may know, with a rest at the end of some."""
    parts = []
    for k in rng.choice(12, rng.integers(3, 11), replace=False):
        for day in rng.choice(np.arange(3, 10), rng.integers(1, 4), replace=False):
            place = {"x": X + 200.0 * rng.integers(0, 3), "y": Y + 200.0 * rng.integers(0, 2)}
            parts.append(turn(100 + k, f"2024-06-{day:02}", f"{rng.integers(7, 22):02}:0{rng.integers(0, 5)}", int(rng.integers(20, 200)), **place))  # fmt: skip
    return written(name, parts)


@pytest.fixture
def closed(tmp_path):
    closes = [turn(100 + k, "2024-06-13", "12:00") for k in range(5)]
    return written(tmp_path / "week.csv", week() + few() + closes)


@pytest.mark.parametrize("seed", long_after(1, range(4)))
def test_weeks_that_keep_their_squares_tell_what_weeks_computed_as_a_whole_tell(tmp_path, closed, seed):
    rng = np.random.default_rng(seed)
    files = [closed, *(late_turns(rng, tmp_path / f"late{k}.csv") for k in range(3))]
    with Store(tmp_path / "kept", KEY) as kept, Store(tmp_path / "whole", KEY) as whole:
        for store in (kept, whole):
            set_areas(store, AREAS)
        for path in files:
            brought(kept, path)
            if whole.setting("weeks"):
                all_anew(whole)
            brought(whole, path)
            for one, other in zip(told(kept), told(whole)):
                pd.testing.assert_frame_equal(one, other)
        assert kept.count("density") and kept.read("density_parts")["telling"].max() >= 1


def test_of_late_data_only_its_officer_is_computed(tmp_path, closed, computed):
    with Store(tmp_path / "s", KEY) as store:
        set_areas(store, AREAS)
        brought(store, closed)
        assert computed == [9]  # five on the beat, four in a cell of their own
        brought(store, written(tmp_path / "late.csv", [turn(203, "2024-06-05", "10:00")]))
        assert computed == [9, 1]
        brought(store, written(tmp_path / "new.csv", [turn(300, "2024-06-05", "10:00")]))
        assert computed == [9, 1, 1] and store.count("density_time", equals(week=MONDAY)) == 10
        refresh(store)
        assert computed == [9, 1, 1]


def test_an_event_that_may_be_on_no_map_has_all_officers_computed(tmp_path, closed, computed):
    start = pd.Timestamp("2024-06-03T08:10Z")
    event = pd.DataFrame([{"event_id": "E1", "kind": "incident", "category": "Domestic incident", "start": start, "end": start + pd.Timedelta("20min"), "time_precision": "minute", "status": "current", "x": X, "y": Y, "location_precision": "point", "source_ref": "f:1", "generated_by": "public", "outcome": None, "key_type": None}])  # fmt: skip
    with Store(tmp_path / "s", KEY) as store:
        set_areas(store, AREAS)
        brought(store, closed)
        before = store.read("density_parts")["seconds"].sum()
        store_events(store, event)
        refresh(store)
        assert computed == [9, 9]
        assert before == store.read("density_parts").query("telling == 0")["seconds"].sum()


def test_what_is_kept_goes_with_a_purge_and_where_rows_were_lost_all_is_computed(tmp_path, closed, computed):
    with Store(tmp_path / "s", KEY) as store:
        set_areas(store, AREAS)
        brought(store, closed)
        store.restricted.execute("DELETE FROM density_time")
        brought(store, written(tmp_path / "late.csv", [turn(203, "2024-06-05", "10:00")]))
        assert computed == [9, 9] and store.count("density_time", equals(week=MONDAY)) == 9
        purge(store, pd.Timestamp("2024-06-05T00:00Z"))
        assert store.count("density_time") == 0


def test_weeks_that_late_data_seldom_reaches_are_not_kept_and_say_the_same(tmp_path, closed, computed, monkeypatch):
    later = [turn(100 + k, f"2024-06-{day}", "12:00") for k in range(5) for day in (17, 18, 19, 27)]
    late = latecomers()
    monkeypatch.setattr(week_time, "KEPT", pd.Timedelta("7D"))
    with Store(tmp_path / "s", KEY) as store:
        set_areas(store, AREAS)
        brought(store, closed)
        brought(store, written(tmp_path / "later.csv", later))
        assert computed == [9] and store.count("density_time", equals(week=MONDAY)) == 0
        brought(store, written(tmp_path / "late.csv", late))
        assert computed == [9, 14] and store.count("density_time", equals(week=MONDAY)) == 14
        assert store.read("density", equals(week=MONDAY))["officer_seconds"].sum() / 3600 == 22.5

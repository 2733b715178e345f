"""Officer density of a store: told of closed weeks, the same however days came together, and kept when old data goes."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import StoreError
from ia_plugin.core.params import PresenceParams
from ia_plugin.store import refresh as refresh_module
from ia_plugin.store.density import density_weeks, read_density
from ia_plugin.store.imports import bring_file
from ia_plugin.store.purge import purge, to_purge
from ia_plugin.store.refresh import mark_all, refresh, set_areas
from ia_plugin.store.small_ground import keep_least_ha
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store
from ia_plugin.store.versions import store_events
from tests.support.long import long_after
from tests.support.stores import AREAS, AT, KEY, copy_of
from tests.support.week_files import CELL, FEW_CELL, MONDAY, X, Y, few, latecomers, turn, week, written


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The week's extract, and one of five officers that closes it."""
    folder = tmp_path_factory.mktemp("week")
    closes = [turn(100 + k, "2024-06-13", "12:00") for k in range(5)]
    return written(folder / "week.csv", week() + few()), written(folder / "closes.csv", closes)


@pytest.fixture(scope="module")
def told_store(files, tmp_path_factory):
    path = tmp_path_factory.mktemp("told") / "s"
    with Store(path, KEY) as store:
        brought(store, *files)
    return path


@pytest.fixture
def closed(told_store, tmp_path):
    """A store that tells the week, to be changed."""
    return copy_of(told_store, tmp_path / "s")


def brought(store, *paths, areas=AREAS):
    for path in paths:
        bring_file(store, path, at=AT)
    set_areas(store, areas)
    refresh(store)


def told(path):
    table = read_density(path)
    return {(r.week, r.shift, r.cell): r.officer_seconds / 3600 for r in table.itertuples()}


def test_a_week_is_told_when_the_fixes_reach_three_days_beyond_it(tmp_path, files):
    """By hand: five officers on three days for an hour each are 15 hours; four officers tell nothing."""
    with Store(tmp_path / "s", KEY) as store:
        brought(store, files[0])
        assert store.count("density") == store.count("density_parts") == 0 and told(tmp_path / "s") == {}
        brought(store, files[1])
        assert set(store.read("density_parts")["cell"]) == {CELL}
    assert told(tmp_path / "s") == {(MONDAY, "early", CELL): 15.0}
    assert density_weeks(tmp_path / "s") == [date(2024, 6, 3)]
    assert len(read_density(tmp_path / "s", date(2024, 6, 3), "early")) == 1
    assert not len(read_density(tmp_path / "s", date(2024, 6, 3), "late"))
    assert not len(read_density(tmp_path / "s", date(2024, 6, 10)))
    raw = (tmp_path / "s" / SUMMARY).read_bytes()
    assert FEW_CELL.encode() not in raw


@pytest.mark.fork
def test_two_cores_that_share_the_officers_tell_the_same_week(tmp_path, files, monkeypatch):
    monkeypatch.setattr("ia_plugin.store.officers_shared.WORTH", 1)
    tables = []
    for cores in (1, 2):
        with Store(tmp_path / f"s{cores}", KEY) as store:
            for path in files:
                bring_file(store, path, at=AT)
            set_areas(store, AREAS)
            refresh(store, presence_params=PresenceParams(workers=cores))
            tables.append([store.read(name) for name in ("density", "density_parts")])
    for one, two in zip(*tables):
        assert len(one)
        pd.testing.assert_frame_equal(one, two)


def test_four_officers_or_two_days_tell_no_cell(tmp_path, files):
    for name, turns in (("four", week(4, (3, 4, 5, 6, 7))), ("two", week(9, (3, 4)))):
        with Store(tmp_path / name, KEY) as store:
            brought(store, written(tmp_path / f"{name}.csv", turns), files[1])
        assert told(tmp_path / name) == {}


def test_a_site_a_home_and_a_sensitive_incident_are_left_out(tmp_path, files):
    """A sixth officer's evening at home in the cell, and twenty minutes of all five beside a domestic incident on Monday."""
    rng = np.random.default_rng(1)
    time = pd.Timestamp("2024-06-03 16:00") + pd.to_timedelta(np.arange(0, 240, 5), unit="min")
    about = pd.DataFrame({"Collar": 300, "DateTime": time.strftime("%d/%m/%Y %H:%M:%S"), "Easting": np.round(400_000 + rng.uniform(0, 900, len(time)), 1), "Northing": np.round(280_000 + rng.uniform(300, 900, len(time)), 1), "Unit": "A"})  # fmt: skip
    home = [about, turn(300, "2024-06-03", "20:00", 120, x=X + 50)]
    start = pd.Timestamp("2024-06-03T08:10Z")
    event = pd.DataFrame([{"event_id": "E1", "kind": "incident", "category": "Domestic incident", "start": start, "end": start + pd.Timedelta("20min"), "time_precision": "minute", "status": "current", "x": X, "y": Y, "location_precision": "point", "source_ref": "f:1", "generated_by": "public", "outcome": None, "key_type": None}])  # fmt: skip
    with Store(tmp_path / "s", KEY) as store:
        store_events(store, event)
        brought(store, written(tmp_path / "home.csv", week() + few() + home), files[1])
        table = store.read("density")
        assert dict(zip(table["shift"], table["officer_seconds"] / 3600)) == {
            "early": pytest.approx(15 - 5 / 3, abs=0.13)
        }
        assert store.read("density_parts")["seconds"].sum() / 3600 == pytest.approx(15 - 5 / 3)
    site = pd.DataFrame({"area_id": ["s"], "role": ["site"], "geometry": [shapely.box(X - 10, Y - 10, X + 10, Y + 10)]})
    with Store(tmp_path / "t", KEY) as store:
        brought(store, *files, areas=pd.concat([AREAS, site], ignore_index=True))
    assert told(tmp_path / "t") == {}


@pytest.mark.parametrize("most", long_after(1, [1, 3]))
def test_days_in_any_groups_tell_the_same(tmp_path, told_store, files, monkeypatch, most):
    monkeypatch.setattr(refresh_module, "MOST_DAYS", most)
    monkeypatch.setattr("ia_plugin.store.week_time.MOST_LEGS", 40)
    monkeypatch.setattr("ia_plugin.store.week_time.MOST_OFFICERS", 2)
    with Store(tmp_path / "t", KEY) as store:
        brought(store, *reversed(files))
    pd.testing.assert_frame_equal(read_density(told_store), read_density(tmp_path / "t"))


def test_computed_again_a_week_says_the_same_and_is_written_once(closed):
    with Store(closed, KEY) as store:
        before = store.read("density"), store.read("density_parts")
        mark_all(store)
        refresh(store)
        for one, other in zip(before, (store.read("density"), store.read("density_parts"))):
            pd.testing.assert_frame_equal(one, other)


def test_one_officer_who_comes_late_waits_and_five_on_three_days_do_not(tmp_path, closed):
    late = latecomers()
    one = [t for t in late if t["Collar"].iloc[0] == 150]
    with Store(closed, KEY) as store:
        brought(store, written(tmp_path / "one.csv", one))
        assert told(tmp_path / "s") == {(MONDAY, "early", CELL): 15.0}
        brought(store, written(tmp_path / "all.csv", late))
    assert told(tmp_path / "s") == {(MONDAY, "early", CELL): 22.5}


def test_purge_takes_what_stands_behind_and_leaves_the_week_as_it_was_told(tmp_path, closed):
    late = latecomers()
    with Store(closed, KEY) as store:
        before = pd.Timestamp("2024-06-05T00:00Z")
        assert to_purge(store, before)["density_parts"] == 15
        purge(store, before)
        assert store.count("density_parts") == 0
        brought(store, written(tmp_path / "late.csv", late))
    assert told(tmp_path / "s") == {(MONDAY, "early", CELL): 15.0}


def test_a_store_written_before_there_was_density_tells_it_with_the_next_refresh(tmp_path, closed):
    with Store(closed, KEY) as store:
        store.summary.drop("density")
        store.restricted.drop("density_parts")
        store.restricted.execute("DELETE FROM settings WHERE name = 'weeks'")
    assert not len(read_density(tmp_path / "s")) and density_weeks(tmp_path / "s") == []
    with Store(tmp_path / "s", KEY) as store:
        refresh(store)
    assert told(tmp_path / "s") == {(MONDAY, "early", CELL): 15.0}


def test_cells_are_as_large_as_the_forces_minimum_and_a_told_week_keeps_its_own(tmp_path, files):
    with Store(tmp_path / "s", KEY) as store:
        keep_least_ha(store, 9.0)
        brought(store, *files)
        keep_least_ha(store, 4.0)
        mark_all(store)
        refresh(store)
    table = read_density(tmp_path / "s")
    assert list(zip(table["cell"], table["side_m"])) == [("933:1333", 300.0)]
    with Store(tmp_path / "s", KEY) as store:
        keep_least_ha(store, 16.0)
        mark_all(store)
        refresh(store)
        assert set(store.read("density")["side_m"]) == {300.0}  # never told in cells of 400 m beside them
    assert not len(read_density(tmp_path / "s"))


def test_what_cannot_be_read_is_told(tmp_path, files):
    with pytest.raises(StoreError, match="no summary"):
        read_density(tmp_path)
    with Store(tmp_path / "s", KEY) as store:
        brought(store, *files)
        store.summary.execute("ALTER TABLE density RENAME COLUMN side_m TO side")
    with pytest.raises(StoreError, match="side_m"):
        read_density(tmp_path / "s")
    assert (tmp_path / "s" / RESTRICTED).is_file()

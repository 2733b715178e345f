"""How late records come, from the extracts through a refresh to what a reader of the summary alone is told."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.dashboard.change import change_of
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.filled_days import filled_to, last_complete_day, last_filled_day
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.about_facts import about_of
from ia_plugin.store.imports import bring_file
from ia_plugin.store.record_delays import DELAYS, MEASURED_OF
from ia_plugin.store.refresh import set_areas
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store
from ia_plugin.store.summary import read_summary
from tests.support.late_records import events_of
from tests.support.late_store import crimes_file, late_store, refreshed
from tests.support.stores import AREAS, AT, KEY, copy_of, extract

LAST = date(2024, 6, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return late_store(tmp_path_factory.mktemp("delays"))


@pytest.fixture
def folder(made, tmp_path):
    return copy_of(made, tmp_path)


def fact(folder):
    with GeoPackage(folder / SUMMARY, create=False) as summary:
        rows = summary.execute("SELECT value FROM about WHERE name = ?", (DELAYS,))
    return json.loads(rows[0][0]) if rows else None


def test_a_refresh_measures_it_and_the_summary_alone_tells_it(folder):
    (folder / RESTRICTED).unlink()
    material = read_summary(folder)
    delay = material.delays["crime"]
    assert delay.complete[:3] == (0.6, 0.9, 1.0) and delay.to == LAST
    assert filled_to(material, "crimes") == date(2024, 6, 28) == last_complete_day(material)
    assert last_filled_day(material) >= date(2024, 6, 29), "officers' time has come in"
    fortnight = FilterState(first=date(2024, 6, 17), last=LAST)
    assert change_of(material, fortnight, "crimes").why.startswith("days after 28 Jun 2024 are still filling")
    assert about_of(folder).delays == (("crimes", delay.sentence),)
    assert delay.sentence.startswith("95 % are recorded within 2 days, so days are filled to 28 Jun 2024")


def test_the_summary_tells_shares_and_counts_and_no_record(folder):
    assert set(fact(folder)) == {"crime"}
    assert set(fact(folder)["crime"]) == {"basis", "to", "complete", "events", "why"}
    assert fact(folder)["crime"]["events"] >= 100


def test_a_store_of_a_version_before_opens_and_is_measured_at_its_next_refresh(folder):
    with Store(folder, KEY) as store, store.restricted.transaction(), store.summary.transaction():
        store.summary.delete("about", "name = ?", (DELAYS,))
        store.set(MEASURED_OF, "")
    material = read_summary(folder)
    assert material.delays == {} and filled_to(material, "crimes") is None
    assert last_complete_day(material) == last_filled_day(material)
    assert about_of(folder).delays == (("crimes", "recording delay not known"),)
    with Store(folder, KEY) as store:
        refreshed(store)
    assert read_summary(folder).delays["crime"].days == 2


def test_it_is_measured_anew_when_records_came_and_only_then(folder, tmp_path, monkeypatch):
    from ia_plugin.store import record_delays

    asked = []
    real = record_delays.recording_delays
    monkeypatch.setattr(record_delays, "recording_delays", lambda *a: asked.append(1) or real(*a))
    with Store(folder, KEY) as store:
        refreshed(store)
        assert not asked
        later = events_of(75)
        later = later[later["start"] >= pd.Timestamp("2024-06-28", tz="Europe/London")]
        bring_file(store, crimes_file(tmp_path / "more.csv", later.assign(event_id="n" + later["event_id"])), at=AT)
        refreshed(store)
        assert asked == [1]
    assert read_summary(folder).delays["crime"].to == date(2024, 7, 14)


def test_without_a_day_of_recording_the_refresh_that_first_had_a_record_tells_it(tmp_path):
    """A file each morning with the crimes of the day before yesterday; all at once tells nothing."""
    events = events_of(40, by_delay=(0, 0, 5), first="2024-05-22")
    told = {"daily": tmp_path / "daily", "once": tmp_path / "once"}
    for name, folder in told.items():
        with Store(folder, KEY) as store:
            bring_file(store, extract(tmp_path / f"{name}.csv", day="2024-06-29", hour=22, fixes=60), at=AT)
            whole = [("all", events)] if name == "once" else events.groupby(events["recorded_at"].dt.floor("D"))
            for day, part in whole:
                path = crimes_file(tmp_path / f"crimes{name}{str(day)[:10]}.csv", part, recorded="")
                bring_file(store, path, at=AT if name == "once" else day + pd.Timedelta("5h"))
            set_areas(store, AREAS)
            refreshed(store)
    daily, once = (read_summary(folder).delays["crime"] for folder in told.values())
    assert (daily.basis, daily.days, daily.to) == ("first seen", 2, date(2024, 6, 30))
    assert not once.known and once.why == "fewer than 80 % of the records say when they were made"

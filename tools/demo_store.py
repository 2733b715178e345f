"""The demo's store: the simulated months brought in as a force brings its extracts, for the dock to open.

Invented areas, simulated officers. Writes build/demo/store/: restricted.gpkg and summary.gpkg, by the plugin's own code.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pandas as pd

from ia_plugin.core.movement import default_model
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.privacy import Key, pseudonymise
from ia_plugin.core.simulate import Simulation
from ia_plugin.store.about_facts import refresh_noted
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import Refreshed, refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.versions import store_events

# As a force's system would write them; the import finds them by name and content.
NAMES = {"time": "DateTime", "x": "Easting", "y": "Northing", "officer_id": "Collar", "radio_id": "ISSI"}


def write_extracts(world: Simulation, folder: Path) -> None:
    """Positions and postings as CSV files, with plain collar numbers: the import hides them."""
    fixes = world.fixes.drop(columns="source_ref").rename(columns=NAMES)
    fixes["DateTime"] = fixes["DateTime"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    fixes.to_csv(folder / "fixes.csv", index=False)
    world.postings.to_csv(folder / "postings.csv", index=False)


def events_of(world: Simulation, key: Key) -> pd.DataFrame:
    """Crimes, incidents and searches, with the officers at them under their pseudonyms."""
    events = world.events.assign(status="current")
    several = events["officer_ids"].str.split().explode().dropna()
    events["officer_ids"] = pseudonymise(several, key).groupby(level=0).agg(" ".join).reindex(events.index)
    events["officer_ids"] = events["officer_ids"].astype(object).where(events["officer_ids"].notna(), None)
    return events


def make_store(folder: Path, world: Simulation, areas: pd.DataFrame, notes: pd.DataFrame, key: Key) -> Refreshed:
    """A new store in `folder` with everything of a simulated force and the notes on it; what the refresh did."""
    shutil.rmtree(folder, ignore_errors=True)
    at = world.fixes["time"].max().ceil("D")
    with tempfile.TemporaryDirectory() as extracts, Store(folder, key) as store:
        write_extracts(world, Path(extracts))
        bring_file(store, Path(extracts) / "postings.csv", "postings", at=at)
        bring_file(store, Path(extracts) / "fixes.csv", "affiliations", at=at)
        store_events(store, events_of(world, key))
        set_areas(store, areas)
        with store.together("notes of people"):
            store.put("notes", notes, "1")
        with refresh_noted(store, pd.Timestamp.now(tz="UTC"), PresenceParams().method, None):
            return refresh(store, model=default_model())

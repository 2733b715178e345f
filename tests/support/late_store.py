"""A store whose crimes are recorded late, made of extracts as a force writes them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ia_plugin.core.params import PresenceParams, TrackParams
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from tests.support.late_records import events_of
from tests.support.stores import AREAS, AT, KEY, extract


def late_store(root: Path) -> Path:
    """Officers on the last three evenings of June 2024; crimes of May and June, 60 % recorded on their day, 90 % a day later, all after two."""
    with Store(root / "store", KEY) as store:
        for i, (day, hour) in enumerate((("2024-06-28", 20), ("2024-06-29", 20), ("2024-06-30", 22))):
            bring_file(store, extract(root / f"{i}.csv", day=day, hour=hour, seed=i, fixes=60), at=AT)
        bring_file(store, crimes_file(root / "crimes.csv", events_of(61)), at=AT)
        set_areas(store, AREAS)
        refreshed(store)
    return root / "store"


def crimes_file(path: Path, events: pd.DataFrame, recorded: str = "Recorded Date") -> Path:
    """An extract in local times, with the moment of recording in a column of its own where it has a name."""
    start, made = (
        events[n].dt.tz_convert("Europe/London").dt.strftime("%d/%m/%Y %H:%M") for n in ("start", "recorded_at")
    )
    table = pd.DataFrame({"Crime No": events["event_id"], "Offence": "Theft", "Committed From": start, "Committed To": start,
                          "Easting": 399_500, "Northing": 280_000, **({recorded: made} if recorded else {})})  # fmt: skip
    table.to_csv(path, index=False)
    return path


def refreshed(store: Store) -> None:
    """Everything of a store computed and told in its summary."""
    refresh(store, TrackParams(), PresenceParams(method="linear"))

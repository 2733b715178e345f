"""The daily refresh of a force's store: its first fill, one more day, one day changed, and days of few fixes."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .clock import clocked, core_seconds

if TYPE_CHECKING:
    import pandas as pd

    from ia_plugin.store.store import Store

A_SHIFT = 240  # fixes of an officer in a turn of eight hours
FIRST_DAY = "2024-06-03"


def day_of_fixes(officers: int, day: int, a_shift: int = A_SHIFT) -> pd.DataFrame:
    """A turn of each officer, who comes on at the same time each day, in the store's columns."""
    import numpy as np
    import pandas as pd

    from . import data

    table = data.fixes(officers * a_shift, a_shift=a_shift, seed=1 + day)
    begins = pd.Timestamp(f"{FIRST_DAY}T06:00Z") + pd.Timedelta(day, "D")
    minutes = np.repeat(np.arange(officers) * 7 % 960, a_shift) + np.tile(np.arange(a_shift) * 2, officers)
    ids = np.array([f"{i:032x}" for i in range(officers)], dtype=object)
    return table.assign(
        officer_id=np.repeat(ids, a_shift),
        time=begins + pd.to_timedelta(minutes, unit="m"),
        accuracy_m=10.0,
        source_ref=[f"made{day}:{i}" for i in range(len(table))],
    )


def areas_and_sites(areas: int, sites: int) -> pd.DataFrame:
    """Areas of 200 vertices, and police sites as large as a yard."""
    import pandas as pd

    from . import data

    yards = data.areas(sites, 20, km2=0.01, seed=8)
    yards = yards.assign(area_id=[f"S{i:02}" for i in range(sites)], role="site")
    return pd.concat([data.roles(data.areas(areas)), yards], ignore_index=True)


def add_day(store: Store, fixes: pd.DataFrame, events: int = 0) -> None:
    """A day's fixes as an import adds them, and events where officers were."""
    from ia_plugin.core.tracks import build_legs
    from ia_plugin.store.store import Importing
    from ia_plugin.store.versions import store_events

    from . import data

    with store.together("fixes of a bench"):
        part = Importing(store)
        part.add_fixes(fixes)
        part.finish()
    if events:
        seed = int(fixes["time"].iloc[0].dayofyear)
        happened = data.events(build_legs(fixes), events, seed=seed)
        store_events(store, happened.assign(status="current", location_precision="point", key_type=None))


def new_store(folder: Path, officers: int, areas: int = 39, sites: int = 12) -> Store:
    """A store with postings and areas."""
    import pandas as pd

    from ia_plugin.core.privacy import Key
    from ia_plugin.store.refresh import set_areas
    from ia_plugin.store.store import Store

    shutil.rmtree(folder, ignore_errors=True)
    store = Store(folder, Key(b"a key for the bench alone"))
    i = range(officers)
    postings = pd.DataFrame({
        "officer_id": [f"{k:032x}" for k in i], "unit": [f"unit {k % 20:02}" for k in i],
        "department": [f"department {k % 3}" for k in i], "role": ["constable" if k % 6 else "sergeant" for k in i],
        "resource_type": [("response", "neighbourhood", "dog")[k % 3] for k in i],
        "valid_from": pd.Timestamp("2024-01-01T00:00Z"), "valid_to": pd.NaT,
    })  # fmt: skip
    postings["valid_to"] = pd.to_datetime(postings["valid_to"], utc=True)
    with store.together("postings of a bench"):
        store.append("postings", postings)
    set_areas(store, areas_and_sites(areas, sites))
    return store


def refresh_force(folder: str, officers: int, days: int, cores: int = 2) -> dict[str, Any]:
    """First fill of `days` days, then one more day, then one in the middle of which a turn in fifty came late."""
    from ia_plugin.core.movement import default_model
    from ia_plugin.core.params import PresenceParams
    from ia_plugin.store.refresh import refresh

    warnings.simplefilter("ignore")
    marks: list[tuple[float, float]] = []

    def tell(share: float) -> None:
        marks.append((share, core_seconds()))

    method = PresenceParams(workers=cores)

    def computed(store: Store, **more: Any) -> dict[str, float]:
        return clocked(lambda: refresh(store, presence_params=method, model=default_model(), **more))

    with new_store(Path(folder), officers) as store:
        late = []
        for day in range(days):
            fixes = day_of_fixes(officers, day)
            if day == days // 2:
                held = fixes["officer_id"].isin(sorted(set(fixes["officer_id"]))[::50])
                fixes, late = fixes[~held].reset_index(drop=True), [fixes[held].reset_index(drop=True)]
            add_day(store, fixes, events=officers // 3)
        fill = computed(store, tell=tell)
        add_day(store, day_of_fixes(officers, days), events=officers // 3)
        more = computed(store)
        add_day(store, late[0])
        changed = computed(store)
    size = sum(p.stat().st_size for p in Path(folder).glob("*.gpkg"))
    shutil.rmtree(folder, ignore_errors=True)
    # By the shares that were told when each batch of days began: core-seconds a day.
    steps = [
        ((b[1] - a[1]) / (b[0] - a[0]) / days) for a, b in zip(marks, marks[1:]) if b[0] - a[0] > 0 and b[0] < 0.99
    ]
    return {
        "fill": fill,
        "more": more,
        "changed": changed,
        "a_day": steps,
        "megabytes": size / 1e6,
        "fixes": officers * A_SHIFT,
    }


def refresh_few(folder: str, officers: int = 12, a_shift: int = 60, days: int = 28) -> dict[str, Any]:
    """Days of few fixes: all in one run, then one more alone, each in a process that has not computed a day."""
    from ia_plugin.core.movement import default_model
    from ia_plugin.store.refresh import refresh

    warnings.simplefilter("ignore")
    with new_store(Path(folder), officers) as store:
        for day in range(days):
            add_day(store, day_of_fixes(officers, day, a_shift), events=3)
        together = clocked(lambda: refresh(store, model=default_model()))
        add_day(store, day_of_fixes(officers, days, a_shift), events=3)
    return {"together": together}


def refresh_one(folder: str) -> dict[str, Any]:
    """The day that :func:`refresh_few` left due."""
    from ia_plugin.core.movement import default_model
    from ia_plugin.core.privacy import Key
    from ia_plugin.store.refresh import refresh
    from ia_plugin.store.store import Store

    warnings.simplefilter("ignore")
    found: list[Any] = []
    with Store(Path(folder), Key(b"a key for the bench alone")) as store:
        alone = clocked(lambda: found.append(refresh(store, model=default_model())))
    shutil.rmtree(folder, ignore_errors=True)
    return {"alone": alone, "days": found[0].days}

"""A store of invented extracts, brought up to date as the daily refresh does it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.movement import default_model
from ia_plugin.core.params import PresenceParams, TrackParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store

KEY = Key(b"a key of sixteen bytes or more")
AT = pd.Timestamp("2024-07-01T00:00Z")
AREAS = pd.DataFrame(
    {
        "area_id": ["a", "b"],
        "role": ["impact", "comparison"],
        "geometry": [shapely.box(399_000, 279_000, 400_100, 281_000), shapely.box(400_100, 279_000, 401_000, 281_000)],
    }
)


def extract(path, officers=12, fixes=60, day="2024-06-03", seed=1, hour=20):
    """An affiliation extract: each officer wanders about the areas, a fix every two minutes, over midnight."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp(f"{day} {hour}:00")
    who = np.repeat(np.arange(officers) + 100, fixes)
    time = start + pd.to_timedelta(np.tile(np.arange(fixes), officers) * 120, unit="s")
    steps = rng.normal(0, 60, (2, officers, fixes)).cumsum(axis=2)
    table = pd.DataFrame(
        {
            "Collar": who,
            "DateTime": time.strftime("%d/%m/%Y %H:%M:%S"),
            "Easting": np.round(400_050 + steps[0].ravel(), 1),
            "Northing": np.round(280_000 + steps[1].ravel(), 1),
            "Unit": np.where(who % 2, "North", "South"),
        }
    )
    table.to_csv(path, index=False)
    return path


def take_in(store, watched):
    """Bring each extract of a folder in; what each import gave."""
    return [bring_file(store, p, at=AT) for p in sorted(watched.glob("*.csv"))]


def bring_up_to_date(path, watched, method="linear"):
    """A store at `path` with the extracts of `watched`, its areas set and everything computed."""
    with Store(path, KEY) as store:
        take_in(store, watched)
        set_areas(store, AREAS)
        refresh(store, TrackParams(), PresenceParams(method=method), model=default_model())


def made_once(make, root):
    """What `make(folder)` leaves there, under `root`: made by the first who asks, and copied for all who ask after."""
    for name, content in _left_by(make).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


@cache
def _left_by(make):
    with TemporaryDirectory() as folder:
        make(Path(folder))
        return {
            p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()
        }


def store_of_one_extract(root, **extract_with):
    """A store of one day's extract, left in ``watched`` beside it, brought up to date; its folder. Keywords are those of `extract`."""
    made_once(_of_one_extract(**extract_with), root)
    return root / "store"


@cache
def _of_one_extract(**extract_with):
    def make(folder):
        (folder / "watched").mkdir()
        extract(folder / "watched" / "0.csv", **extract_with)
        bring_up_to_date(folder / "store", folder / "watched")

    return make


def copy_of(store, folder):
    """Both files of a store in another folder, so that a test has one, and a record of runs, of its own."""
    folder.mkdir(exist_ok=True)
    for name in (RESTRICTED, SUMMARY):
        (folder / name).write_bytes((store / name).read_bytes())
    return folder

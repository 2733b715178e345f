"""A small invented force for attacks on a store: extracts of two rounds, areas, and what a store made of them holds."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.params import ImportParams, TrackParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.about_facts import REFRESHED
from ia_plugin.store.imports import bring_file
from ia_plugin.store.purge import purge
from ia_plugin.store.record_delays import MEASURED_OF
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store

KEY_BYTES = b"a key for attacks, of no force at all"
KEY = Key(KEY_BYTES)
AREAS_FILE = "areas.geojson"
AT = pd.Timestamp("2024-07-01T00:00Z")
PURGED_BEFORE = pd.Timestamp("2024-06-04T12:00Z")
FILES = ("restricted.gpkg", "summary.gpkg")
_X, _Y = 400_000.0, 280_000.0
Step = Callable[[Store], Any]


def areas_of(width: float) -> pd.DataFrame:
    """Two areas side by side, the first `width` metres wide."""
    shapes = [
        shapely.box(_X - 800, _Y - 800, _X - 800 + width, _Y + 800),
        shapely.box(_X, _Y - 800, _X + 800, _Y + 800),
    ]
    return pd.DataFrame({"area_id": ["A", "B"], "role": ["impact", "comparison"], "geometry": shapes})


def write_areas(path: Path, width: float) -> Path:
    """:func:`areas_of` as a layer, in the British National Grid."""
    table = areas_of(width)
    features = [
        {"type": "Feature", "properties": {"area_id": a, "role": r}, "geometry": json.loads(shapely.to_geojson(g))}
        for a, r, g in zip(table["area_id"], table["role"], table["geometry"])
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    return path


def write_extracts(folder: Path, seed: int) -> Path:
    """The extracts of three rounds: fixes of two days, of one more and of one that closes the week, postings, duties, events and what
    became of them."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    for name, day in (("fixes_1.csv", 3), ("fixes_2.csv", 4), ("fixes_3.csv", 5)):
        _fixes(rng, day).to_csv(folder / name, index=False)
    officers = [f"9{i:03d}" for i in range(6)]
    pd.DataFrame(
        {"Collar": officers, "Unit": ["North", "South"] * 3, "Valid from": "2024-01-01", "Valid to": ""}
    ).to_csv(folder / "postings.csv", index=False)
    turns = {"Collar": officers, "Duty start": "2024-06-05T20:00:00Z", "Duty end": "2024-06-05T22:30:00Z"}
    pd.DataFrame(turns).to_csv(folder / "duties.csv", index=False)
    events = _events(rng, 40)
    events.iloc[:25].to_csv(folder / "events_1.csv", index=False)
    later = events.copy()
    moved = later.index[:15]
    later.loc[moved, "Easting"] += 300.0
    later.loc[later.index[15:20], "Offence"] = "Theft"
    later.to_csv(folder / "events_2.csv", index=False)
    _fixes(rng, 13).to_csv(folder / "fixes_4.csv", index=False)
    return folder


def _fixes(rng: np.random.Generator, day: int) -> pd.DataFrame:
    n = 60
    officer = np.repeat(np.arange(6), n)
    time = pd.Timestamp(f"2024-06-{day:02d}T20:00Z") + pd.to_timedelta(np.tile(np.arange(n) * 180, 6), unit="s")
    steps = rng.normal(0, 70, (2, 6, n)).cumsum(axis=2)
    return pd.DataFrame(
        {
            "Collar": [f"9{i:03d}" for i in officer],
            "DateTime": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Easting": np.round(_X + steps[0].ravel(), 1),
            "Northing": np.round(_Y + steps[1].ravel(), 1),
        }
    )


def _events(rng: np.random.Generator, n: int) -> pd.DataFrame:
    start = pd.Timestamp("2024-06-03T20:00Z") + pd.to_timedelta(rng.integers(0, 2 * 86_400, n), unit="s")
    named = [";".join(f"9{i:03d}" for i in rng.choice(6, 2, replace=False)) if k % 2 else "" for k in range(n)]
    return pd.DataFrame(
        {
            "Crime no": [f"E{k}" for k in range(n)],
            "Record type": rng.choice(["crime", "incident", "stop and search"], n),
            "Offence": rng.choice(["Burglary", "Robbery", "Disorder"], n),
            "Committed from": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Committed to": (start + pd.Timedelta("5min")).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Easting": np.round(_X + rng.normal(0, 300, n), 1),
            "Northing": np.round(_Y + rng.normal(0, 300, n), 1),
            "Attending officers": named,
        }
    )


def bring(*files: Path) -> list[Step]:
    """Steps that import files."""
    return [
        lambda store, p=p: bring_file(store, p, None, None, ImportParams(invalid_rows="reject"), at=AT) for p in files
    ]


def bring_up_to_date(store: Store) -> None:
    """Compute the days that are due, with one longest gap so that no day hangs on the others."""
    refresh(store, TrackParams(max_gap_s=900.0))


def stages(extracts: Path) -> dict[str, tuple[Optional[str], list[Step]]]:
    """Name -> (the stage whose store it starts from, its steps): what is done to a store in its life."""
    at = extracts.joinpath
    first = [
        *bring(at("postings.csv"), at("fixes_1.csv"), at("fixes_2.csv"), at("events_1.csv")),
        lambda store: set_areas(store, areas_of(700.0)),
        bring_up_to_date,
    ]
    return {
        "a new store": (None, first),
        "a second round": (
            "a new store",
            [*bring(at("duties.csv"), at("fixes_3.csv"), at("events_2.csv")), bring_up_to_date],
        ),
        "a week that closes": ("a new store", [*bring(at("fixes_3.csv"), at("fixes_4.csv")), bring_up_to_date]),
        "events alone": ("a new store", bring(at("events_2.csv"))),
        "other areas": ("a new store", [lambda store: set_areas(store, areas_of(500.0)), bring_up_to_date]),
        "a purge": ("a new store", [lambda store: purge(store, PURGED_BEFORE)]),
    }


def run(folder: Path, steps: list[Step], key: Key = KEY) -> None:
    """One run of a program: the store is opened, the steps are done, the store is closed."""
    with Store(folder, key) as store:
        for step in steps:
            step(store)


Content = dict[str, "Counter[tuple[object, ...]]"]
_BY_CLOCK = {"sources": {"imported_at"}}
_TELLS_WHEN = {"about": ("name", REFRESHED), "settings": ("name", MEASURED_OF)}
"""Rows that hold a moment of import or refresh in a text."""


def content_of(path: Path) -> Content:
    """Table -> its rows as a multiset; row numbers, moments of import, when it was refreshed and the record of runs left out."""
    found: Content = {}
    if not path.exists() or not path.stat().st_size:
        return found
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    for (table,) in db.execute("SELECT table_name FROM gpkg_contents WHERE table_name <> 'runs'").fetchall():
        columns = sorted(r[1] for r in db.execute(f'PRAGMA table_info("{table}")'))
        columns = [c for c in columns if c != "fid" and c not in _BY_CLOCK.get(table, ())]
        rows = db.execute(f'SELECT {", ".join(chr(34) + c + chr(34) for c in columns)} FROM "{table}"')
        # A column that nobody filled says as little as one that is not there.
        kept = (tuple((c, _rounded(v)) for c, v in zip(columns, row) if v is not None) for row in rows)
        told = Counter(row for row in kept if _TELLS_WHEN.get(table) not in row)
        found[f"{path.name}/{table}"] = told
    db.close()
    return {table: rows for table, rows in found.items() if rows}


def _rounded(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value


def whole_content(folder: Path) -> Content:
    """:func:`content_of` both files of a store."""
    return {table: rows for name in FILES for table, rows in content_of(folder / name).items()}


def differences(wanted: Content, found: Content) -> list[str]:
    """A sentence for each table that is not as wanted."""
    said = []
    for table in sorted({*wanted, *found}):
        here, there = wanted.get(table, Counter()), found.get(table, Counter())
        lost, more = here - there, there - here
        if lost or more:
            said.append(f"{table}: {sum(lost.values())} rows lost, {sum(more.values())} more of {sum(here.values())}")
    return said


def faults(folder: Path) -> list[str]:
    """What is wrong with the files as files: pages, counts of rows, spatial indexes, side files left over."""
    said = sorted(f"left over: {p.name}" for p in folder.iterdir() if p.name not in FILES)
    for name in FILES:
        if not (folder / name).exists():
            continue
        db = sqlite3.connect(f"{(folder / name).resolve().as_uri()}?mode=ro", uri=True)
        if (answer := db.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            said.append(f"{name}: {answer[:2]}")
        for table, counted in db.execute("SELECT table_name, feature_count FROM gpkg_ogr_contents").fetchall():
            (rows,) = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            if counted != rows:
                said.append(f"{name}/{table}: counted {counted} of {rows} rows")
            tree = f"rtree_{table}_geom"
            if db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (tree,)).fetchone():
                (boxes,) = db.execute(f'SELECT count(*) FROM "{tree}"').fetchone()
                (shapes,) = db.execute(f'SELECT count(*) FROM "{table}" WHERE geom IS NOT NULL').fetchone()
                if boxes != shapes:
                    said.append(f"{name}/{table}: {boxes} boxes of {shapes} shapes")
        db.close()
    return said

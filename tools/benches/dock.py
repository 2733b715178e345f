"""The dock on a large store: from a changed filter to figures redrawn, and to the layers' new filters."""

from __future__ import annotations

import time
import warnings
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

FIXES, LEGS, EVENTS = 2_000_000, 200_000, 100_000
SHIFTS = ((0, 24), (18, 3), (7, 15), (22, 7))


def large_store(folder: Path) -> Path:
    """A store of 2 M fixes, 200 k legs and 100 k events, and the summary of all the fixes; made once."""
    import pandas as pd

    from ia_plugin.core.columns import EVENTS as EVENT_TABLE
    from ia_plugin.core.columns import FIXES as FIX_TABLE
    from ia_plugin.core.columns import LEGS as LEG_TABLE
    from ia_plugin.core.params import PresenceParams
    from ia_plugin.core.summaries.compute import ForceFacts, by_area_day, by_officers
    from ia_plugin.core.summaries.event_cells import event_cells
    from ia_plugin.core.summaries.publish import published
    from ia_plugin.core.tracks import build_legs
    from ia_plugin.gpkg.geopackage import GeoPackage
    from ia_plugin.store.published_events import event_points
    from ia_plugin.store.store import INDEXES, RESTRICTED, SUMMARY

    from . import data

    if (folder / "made").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.gpkg"):
        old.unlink()
    days = 28
    fixes = pd.concat([data.fixes(FIXES // days, seed=i, day=i) for i in range(days)], ignore_index=True)
    fixes["officer_id"] = fixes["officer_id"].astype(object)
    legs = data.with_modes(build_legs(fixes))
    events = pd.concat([data.events(legs, EVENTS // 10, seed=i) for i in range(10)], ignore_index=True)
    events = events.assign(
        status="current",
        version=1,
        location_precision="point",
        generated_by="public",
        key_type=None,
        source_ref="made:1",
    )
    areas, method = data.roles(data.areas()), PresenceParams(method="linear", bounds="none")
    cells = by_area_day([by_officers(legs, ForceFacts(areas, events, method=method))])
    tables = published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
    tables["event_cells"] = event_cells(events, areas)

    def local(table: pd.DataFrame, column: str) -> pd.DataFrame:
        civil = table[column].dt.tz_convert("Europe/London")
        return table.assign(
            local_hour=civil.dt.hour.astype("int64"), local_weekday=civil.dt.day_of_week.astype("int64")
        )

    with GeoPackage(folder / SUMMARY) as package:
        package.append("areas", areas)
        for name, table in tables.items():
            package.append(name, table, INDEXES.get(name, ()))
        points = event_points(local(events, "start"), "Europe/London")
        package.append("event_points", points, INDEXES["event_points"])
    with GeoPackage(folder / RESTRICTED) as package:
        package.append(EVENT_TABLE, local(events.drop(columns="officer_ids"), "start"), INDEXES["events"])
        package.append(FIX_TABLE, local(fixes.assign(source_ref="made:1"), "time"), INDEXES["fixes"])
        some = legs.iloc[:: max(1, len(legs) // LEGS)].head(LEGS).reset_index(drop=True)
        package.append(
            LEG_TABLE,
            local(
                some.astype({"mode": object, "unit": object, "resource_type": object, "officer_id": object}), "start"
            ),
            INDEXES["legs"],
        )
    (folder / "made").write_text("", encoding="utf-8")
    return folder


def map_of_areas(areas: int = 10_000, turns: int = 6) -> dict[str, Any]:
    """The longest block of the window while the map's areas turn to another figure, and seconds until all have."""
    warnings.simplefilter("ignore")
    import tempfile

    import numpy as np
    from qgis.core import QgsApplication, QgsProject

    from ia_plugin.core.dashboard.map_classes import MapClasses
    from ia_plugin.gpkg.geopackage import GeoPackage
    from ia_plugin.ui.map.area_map import AreaMap

    from . import data

    application = QgsApplication([], True)
    application.initQgis()
    table = data.roles(data.areas(areas, 20))
    ids = tuple(table["area_id"])
    blocks, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        with GeoPackage(Path(folder) / "summary.gpkg") as package:
            package.append("areas", table)
        shown = AreaMap(QgsProject.instance())
        shown.bring(Path(folder) / "summary.gpkg")
        for turn in range(turns):
            values = np.random.default_rng(turn).random(areas)
            classes = MapClasses(str(turn), ids, values, (5 * values).astype(np.int64), ("",) * areas, "", ("",) * 5)
            began = last = time.perf_counter()
            shown.show(classes)
            blocks.append(time.perf_counter() - last)
            while shown.busy:
                last = time.perf_counter()
                application.processEvents()
                blocks.append(time.perf_counter() - last)
            whole.append(time.perf_counter() - began)
        shown.clear()
    return {"blocked_worst": max(blocks), "shown_worst": max(whole), "areas": areas}


def dock_filter(folder: str, filters: int = 20) -> dict[str, Any]:
    """Seconds from a changed filter to the figures shown, and to the new filters on the layers; the longest block of the window."""
    warnings.simplefilter("ignore")
    import numpy as np
    from qgis.core import QgsApplication, QgsProject
    from qgis.PyQt.QtCore import QTimer

    from ia_plugin.compat import load_shapely

    application = QgsApplication([], True)
    application.initQgis()
    load_shapely()
    from ia_plugin.ui.dock import ImpactAreaDock
    from ia_plugin.ui.map.store_layers import add_movement_layers

    store = large_store(Path(folder))
    dock = ImpactAreaDock(QgsProject.instance())
    dock.show()

    def wait(done: Any) -> None:
        while not done():
            application.processEvents()
            time.sleep(0.001)

    began = time.perf_counter()
    dock.open_store(store)
    wait(lambda: dock.controller.figures is not None)
    opened = time.perf_counter() - began
    dock.add_layers()
    add_movement_layers(QgsProject.instance(), store / "restricted.gpkg")
    wait(lambda: not dock.controller.worker.busy)
    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    heart = QTimer()
    heart.setInterval(5)
    heart.timeout.connect(beat)
    heart.start()
    base, rng = dock.bar.state, np.random.default_rng(1)
    shown, layers, rows = [], [], []
    areas = dock.controller.material.areas["area_id"].tolist()
    for i in range(filters):
        hours = SHIFTS[i % len(SHIFTS)]
        state = replace(
            base, hour_from=hours[0], hour_to=hours[1], first=base.last - timedelta(days=int(rng.integers(3, 27))),
            areas=() if i % 2 else (str(rng.choice(areas)),), weekdays=(4, 5) if i % 3 == 0 else tuple(range(7)),
        )  # fmt: skip
        for _ in range(3):
            application.processEvents()
        last[0] = began = time.perf_counter()
        dock.bar.set_state(state)  # as a click does, the pause that gathers clicks included
        overlays = dock.controller.overlays
        done: dict[str, float] = {}
        dock.pages.setCurrentWidget(dock.pages.areas)
        while len(done) < 3:
            application.processEvents()
            now = time.perf_counter() - began
            if overlays.state == state and not overlays.busy:
                done.setdefault("layers", now)
            # Verdict, tiles and the classes of the map stand when the figures do: one slot shows them all.
            if dock.controller.figures.state == state and dock.controller.overview is not None:
                done.setdefault("figures", now)
                if dock.pages.areas.shown_state == state:
                    done.setdefault("areas", now)
            time.sleep(0.0005)
        layers.append(done["layers"])
        shown.append(done["figures"])
        rows.append(done["areas"] - done["figures"])
    return {
        "opened": opened,
        "figures": float(np.median(shown)), "figures_worst": max(shown),
        "areas_after": float(np.median(rows)), "areas_after_worst": max(rows),
        "layers": float(np.median(layers)), "layers_worst": max(layers),
        "blocked_worst": max(gaps, default=0.0),
        "cells": len(dock.controller.material.time_use.table),
    }  # fmt: skip

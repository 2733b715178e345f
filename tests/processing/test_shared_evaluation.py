"""The evaluation on a shared store: each algorithm gives the figures that it gives of the folder the store was moved from."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

pytestmark = pytest.mark.qgis

from tests.support.long import long_after
from tests.support.outcomes import refused
from tests.support.shared_store import shared_store
from tests.support.small_store import CRIMES
from tests.support.stores import AT, KEY, extract

DAYS = 26
AREAS = pd.DataFrame(
    {
        "area_id": [f"A{i}" for i in range(6)],
        "role": ["impact"] * 3 + ["comparison"] * 3,
        "geometry": [shapely.box(x, 279_400, x + 500, 280_600) for x in range(398_500, 401_500, 500)],
    }
)
NOTE = "The radios of the north were changed."
ASKED = {  # four hours a day have data
    "hours before events": ("presencecrime", {"PERIOD": "day", "DESIGN": "case_crossover", "LEAST_COVERED": 0.05}),
    "all designs": ("presencecrime", {"PERIOD": "day", "PERMUTATIONS": 99, "LEAST_COVERED": 0.05}),
    "calls": ("callscrime", {"PERIOD": "day", "RESAMPLES": 99, "LEAST_COVERED": 0.05}),
    "baseline": ("baseline", {"PERIOD": "day", "LEAST_COVERED": 0.05}),
    "report": ("technicalreport", {"PERIOD": "day", "LEAST_COVERED": 0.05}),
    # One design of all that are asked for above.
    "panel": ("presencecrime", {"PERIOD": "day", "PERMUTATIONS": 99, "DESIGN": "panel", "LEAST_COVERED": 0.05}),
}


@pytest.fixture(scope="module")
def stores(postgis, tmp_path_factory):
    """Ten days of a force in a folder, moved into a database: (folder, shared store)."""
    from ia_plugin.core.movement import default_model
    from ia_plugin.core.params import PresenceParams
    from ia_plugin.store.imports import bring_file
    from ia_plugin.store.move import move
    from ia_plugin.store.notes import add_note
    from ia_plugin.store.postgis.home import PostgisStore
    from ia_plugin.store.refresh import refresh, set_areas
    from ia_plugin.store.store import Store

    root: Path = tmp_path_factory.mktemp("evaluation")
    rng = np.random.default_rng(1)
    with Store(root / "store", KEY) as one:
        for i in range(DAYS):
            day = f"2024-06-{3 + i:02d}"
            bring_file(one, extract(root / f"{i}.csv", day=day, seed=i, fixes=120, hour=10, officers=6), at=AT)
        when = [f"{3 + rng.integers(DAYS):02d}/06/2024 {9 + rng.integers(6):02d}:30" for _ in range(400)]
        rows = [
            f"{i},{rng.choice(['Burglary', 'Robbery'])},{day},{day},"
            f"{398_500 + rng.integers(3_000)},{279_400 + rng.integers(1_200)},101,open"
            for i, day in enumerate(when)
        ]
        (root / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
        bring_file(one, root / "crimes.csv", at=AT)
        calls = [
            f"{i},Noise,{3 + rng.integers(DAYS):02d}/06/2024 {rng.integers(24):02d}:10,,{398_500 + rng.integers(3_000)},{279_400 + rng.integers(1_200)},"
            for i in range(600)
        ]
        (root / "calls.csv").write_text("Log No,Type,Start,End,Easting,Northing,Officers\n" + "\n".join(calls) + "\n", encoding="utf-8")  # fmt: skip
        bring_file(one, root / "calls.csv", at=AT)
        set_areas(one, AREAS)
        refresh(one, presence_params=PresenceParams(method="linear"), model=default_model())
        add_note(root / "store", kind="system change", first=date(2024, 6, 9), text=NOTE, at=AT, version="t")
        with shared_store(postgis, filled=False) as shared:
            with PostgisStore(shared.target("lee"), KEY) as other:
                move(one, other)
            yield root / "store", shared


def page_without_times(path: Path) -> str:
    """The text of a page but for when it was made and how often the same was asked."""
    text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", re.sub(r"\d{1,2} \w+ \d{4},? (at )?\d\d:\d\d( \w+)?", "", text))


@pytest.mark.parametrize("which", long_after(5, ASKED))
def test_the_figures_are_those_of_the_folder(run, stores, tmp_path, which):
    folder, shared = stores
    name, asked = ASKED[which]
    found, pages, notes = {}, {}, {}
    for home, store in (("folder", str(folder)), ("shared", shared.target("alice"))):
        out = {"OUTPUT": str(tmp_path / f"{home}.csv"), "OUTPUT_HTML": str(tmp_path / f"{home}.html")}
        results, log = run(name, {**asked, "STORE": store, "MARKING": "OFFICIAL", **out})
        found[home] = results["SUMMARY"], pd.read_csv(out["OUTPUT"])
        # What a report tells of the store itself ends it, and there the homes are two.
        pages[home] = page_without_times(Path(out["OUTPUT_HTML"]))
        pages[home] = re.split(r"come from (?=Extracts|What went)", pages[home])[0]
        notes[home] = [line for line in (*log.said, *log.warned) if str(tmp_path) not in line]
    assert found["shared"][0] == found["folder"][0] != ""
    pd.testing.assert_frame_equal(found["shared"][1], found["folder"][1])
    assert len(found["folder"][1]) and pages["shared"] == pages["folder"]
    assert notes["shared"] == notes["folder"] != []
    if "hours" in which:
        assert not any("No such events were recorded" in text for text in notes["folder"])
        assert len(notes["folder"]) > 3, notes["folder"]


def test_a_trial_is_drawn_once_and_compared_in_either_home(run, stores, tmp_path, monkeypatch):
    (tmp_path / "force.key").write_bytes(b"a key of sixteen bytes or more")
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))
    folder, shared = stores
    drawn = {"OPERATION": "draw", "FIRST_DAY": "2090-01-02", "LAST_DAY": "2090-02-26", "SEED": 7, "AREAS_PER_DAY": 1}
    tables, said, compared = {}, {}, {}
    for home, store in (("folder", str(folder)), ("shared", shared.target("lee"))):
        out = str(tmp_path / f"{home}.csv")
        run("trial", {**drawn, "STORE": store, "OUTPUT": out})
        tables[home] = pd.read_csv(out)[["day", "area_id", "drawn", "seed"]]
        refused(partial(run, "trial", {**drawn, "STORE": store, "OUTPUT": "memory:"}), "has drawn nothing")
        said[home] = run("trial", {"OPERATION": "compare", "STORE": store.replace("user=lee", "user=alice"), "OUTPUT": out})[0]["SUMMARY"]  # fmt: skip
        compared[home] = pd.read_csv(out)
    pd.testing.assert_frame_equal(tables["shared"], tables["folder"])
    pd.testing.assert_frame_equal(compared["shared"], compared["folder"])
    assert said["shared"] == said["folder"]
    refused(lambda: run("trial", {**drawn, "STORE": shared.target("alice"), "OUTPUT": "memory:"}), "ia_loader")


def test_findings_on_the_data_are_kept_by_the_loader_alone(run, stores, tmp_path):
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    from ia_plugin.store.about_facts import about_of

    _, shared = stores
    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=officer_id:string&field=time:string", "fixes", "memory")
    features = []
    for i in range(6 * 60):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([str(100 + i // 60), f"2024-06-03 10:{i % 60:02d}:00"])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(400_000, 280_000)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    data = {"INPUT": layer, "OUTPUT": "memory:"}
    decided = run("dataquality", {**data, "STORE": shared.target("lee")})[0]["TO_DECIDE"]
    assert len(about_of(shared.target("alice")).findings) == decided
    refused(lambda: run("dataquality", {**data, "STORE": shared.target("alice")}), "ia_loader")

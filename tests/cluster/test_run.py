"""A run on a real standalone cluster of two workers says what one process says of the same, to the digit; and what ends badly changes nothing."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.summary import read_summary
from tools.spark_cluster import (
    HOME,
    KEYS,
    differences,
    finished,
    packed_plugin,
    run,
    standalone_cluster,
    store_of,
    submit,
    world,
    write_day,
)

pytestmark = pytest.mark.skipif(
    HOME is None or shutil.which("java") is None,
    reason="there is no Spark or no Java here (make spark brings them), so nothing runs on a cluster",
)
TOLERATED = {"time_use.variance": 1e-9, "time_use.systematic": 1e-9, "cover.patrol_seconds": 1e-6}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Ten days in a first night, on one machine; on the cluster in the second the other two, a day put right, and a file that is broken.

    While the first is at it, one process makes the store of the same, and the cluster is begun: the second core has nothing else to do.
    """
    folder = tmp_path_factory.mktemp("force")
    fixes = world(folder)
    days = sorted((folder / "fixes").iterdir())
    late = [d.rename(folder / d.name) for d in days[-2:]]
    wrong = fixes[fixes["time"].dt.strftime("%Y-%m-%d") == "2024-10-29"]
    write_day(folder, "2024-10-29", wrong.assign(x=wrong["x"] + 500.0))
    # The same from whichever machines, and through whichever door to the folders: Hadoop's here, the disk's own after.
    as_hadoop = [f"{name}=file://{folder / value}" for name, value in (("INPUT", "fixes"), ("OUTPUT", "runs"))]
    begun = submit(folder / "plan.toml", "local[1]", None, *as_hadoop)
    expected = store_of(folder, fixes, pd.read_parquet(folder / "events"))
    zip_file = packed_plugin(tmp_path_factory.mktemp("zip"))
    with standalone_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        first = finished(begun)
        before = manifest(folder)
        bring_the_rest(folder, late, wrong)
        second = run(folder / "plan.toml", cluster.master, zip_file)
    return folder, fixes, first, before, second, expected


def bring_the_rest(folder, late, put_right):
    """What came after the first night: with it an empty day, whose file says nothing of its columns' kinds."""
    for day in late:
        day.rename(folder / "fixes" / day.name)
    write_day(folder, "2024-10-29", put_right)
    (folder / "fixes" / "day=2024-11-07").mkdir()
    (folder / "fixes" / "day=2024-11-07" / "fixes.parquet").write_bytes(b"PAR1 cut off")
    (folder / "fixes" / "day=2024-11-08").mkdir()
    pd.DataFrame(columns=put_right.columns).to_parquet(folder / "fixes" / "day=2024-11-08" / "fixes.parquet")


def manifest(folder):
    return json.loads(max((folder / "runs" / "manifests").iterdir()).read_text(encoding="utf-8"))


def test_the_summary_is_that_of_one_process(nights):
    folder, _, first, *_, expected = nights
    assert first[0] == 0, first[1]
    apart = differences(expected, folder / "out" / "summary.gpkg")
    assert {name: d for name, d in apart.items() if d > TOLERATED.get(name, 0.0)} == {}


def test_the_world_has_rows_in_every_table_that_is_compared(nights):
    """October is closed, and five officers of each unit were there."""
    with GeoPackage(nights[-1], create=False) as store:
        assert {
            name: len(store.read(name)) for name in KEYS if name not in store.tables() or not len(store.read(name))
        } == {}


def test_the_dock_opens_the_summary(nights):
    folder = nights[0]
    material = read_summary(folder / "out")
    assert len(material.areas) == 4 and material.timezone == "Europe/London"


def test_a_second_night_computes_what_changed_and_what_that_reaches(nights):
    folder, _, _, before, *_ = nights
    after = manifest(folder)
    kept = {day for day, of in after["days"].items() if of == before["run"]}
    assert kept == {day for day in before["days"] if day < "2024-10-25"}
    assert after["number"] == before["number"] + 1


def test_a_broken_file_is_named_and_holds_up_no_other(nights):
    folder, *_, (status, said), _ = nights
    assert status == 3 and "NOT READ, and tried again by the next run: day=2024-11-07/fixes.parquet" in said
    assert manifest(folder)["not_read"] == ["day=2024-11-07/fixes.parquet"]


def test_what_a_run_prints_names_no_officer(nights):
    _, fixes, first, _, second, _ = nights
    said = first[1] + second[1]
    assert not [officer for officer in fixes["officer_id"].unique() if officer in said]

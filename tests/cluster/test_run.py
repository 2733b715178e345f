"""A run on a real standalone cluster of two workers says what one process says of the same, to the digit; and what ends badly changes nothing."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.summary import read_summary
from tools import spark_nights
from tools.spark_cluster import (
    HOME,
    KEYS,
    differences,
    finished,
    packed_plugin,
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
    """Ten days in a first night; in the second the other two, a day put right, and a file that is broken.

    Both by one program on two workers, which are new to the first night alone; meanwhile one process makes the store of the same.
    """
    folder = tmp_path_factory.mktemp("force")
    fixes = in_milliseconds(world(folder), "2024-11-04")
    days = sorted((folder / "fixes").iterdir())
    late = [d.rename(folder / d.name) for d in days[-2:]]
    wrong = fixes[fixes["time"].dt.strftime("%Y-%m-%d") == "2024-10-29"]
    write_day(folder, "2024-10-29", wrong.assign(x=wrong["x"] + 500.0))
    zip_file, plan = packed_plugin(tmp_path_factory.mktemp("zip")), str(folder / "plan.toml")
    # The same through whichever door to the folders: Hadoop's in the first night, the disk's own in the second.
    as_hadoop = [f"{name}=file://{folder / value}" for name, value in (("INPUT", "fixes"), ("OUTPUT", "runs"))]
    with standalone_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        program = Path(spark_nights.__file__)
        begun = submit(folder, cluster.master, zip_file, json.dumps([[plan, *as_hadoop], [plan]]), program=program)
        try:
            expected = store_of(folder, fixes, pd.read_parquet(folder / "events"))
            first = one_night(begun)
            assert first[0] == 0, first[1]
            before = manifest(folder)
            bring_the_rest(folder, late, wrong, fixes)
            spark_nights.begin_next(folder, 1)
            second = one_night(begun)
            finished(begun)
        finally:
            begun.kill()
    return folder, fixes, first, before, second, expected


def one_night(begun):
    """(what a run ended with, what it said), of a program of several."""
    said = ""
    for line in begun.stdout:
        if line.startswith(spark_nights.ENDED):
            return int(line.removeprefix(spark_nights.ENDED)), said
        said += line
    return None, said


def bring_the_rest(folder, late, put_right, fixes):
    """What came after the first night: a day as CSV in an order of its own, one in a folder of an odd name; and what is no day's fixes.

    An empty day, whose file says nothing of its columns' kinds; one that is cut off; and one whose clock readings are of no known clock.
    """
    rows = pd.read_parquet(late[0])
    spelt = rows.assign(time=rows["time"].dt.tz_convert("Europe/London").map(lambda t: t.isoformat()))
    new_day(folder, "2024-11-03").joinpath("fixes.csv").write_bytes(as_csv(spelt))
    last = fixes[fixes["time"].dt.strftime("%Y-%m-%d") == "2024-11-04"]
    last.to_parquet(late[1] / "fixes.parquet", index=False, version="2.6")  # nanoseconds, as pandas writes them
    late[1].rename(folder / "fixes" / "2024-11-04 späte [Lieferung] 100%20")
    write_day(folder, "2024-10-29", put_right)
    new_day(folder, "2024-11-07").joinpath("fixes.parquet").write_bytes(b"PAR1 cut off")
    pd.DataFrame(columns=put_right.columns).to_parquet(new_day(folder, "2024-11-08") / "fixes.parquet")
    local = rows.assign(time=rows["time"].dt.strftime("%Y-%m-%d %H:%M:%S"))
    new_day(folder, "2024-11-09").joinpath("fixes.csv").write_bytes(as_csv(local))


def in_milliseconds(fixes, day):
    """The fixes of a day each at a millisecond of its own, which as a fraction of microseconds may fall before it."""
    some = (fixes["time"].dt.strftime("%Y-%m-%d") == day).to_numpy()
    parts = pd.to_timedelta((some * range(len(fixes))) % 997, unit="ms")
    return fixes.assign(time=fixes["time"] + parts)


def new_day(folder, day):
    path = folder / "fixes" / f"day={day}"
    path.mkdir()
    return path


def as_csv(rows):
    """As a spreadsheet writes it: with its mark, parted by semicolons; and the columns from the last to the first."""
    return rows[rows.columns[::-1]].to_csv(index=False, sep=";", quoting=csv.QUOTE_NONNUMERIC).encode("utf-8-sig")


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


def test_a_file_that_cannot_serve_is_named_and_holds_up_no_other(nights):
    folder, *_, (status, said), _ = nights
    assert status == 3
    assert "NOT READ, and tried again by the next run: day=2024-11-07/fixes.parquet: It is broken" in said
    assert "NOT READ, and tried again by the next run: day=2024-11-09/fixes.csv: None of its rows has a moment" in said
    assert manifest(folder)["not_read"] == ["day=2024-11-07/fixes.parquet", "day=2024-11-09/fixes.csv"]


def test_what_a_run_prints_is_short_and_names_no_officer(nights):
    """Java's own account of the broken file, and of columns that are of other kinds on other days, has hundreds of lines."""
    _, fixes, first, _, second, _ = nights
    said = first[1] + second[1]
    assert len(said.splitlines()) < 30, said
    assert not [officer for officer in fixes["officer_id"].unique() if officer in said]

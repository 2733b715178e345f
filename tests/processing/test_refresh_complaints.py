"""The daily refresh over a folder of bad files: the good ones go in, the days are computed, the end names the others."""

from __future__ import annotations

import gzip
import os

import pytest

from ia_plugin.core.privacy import Key

pytestmark = pytest.mark.qgis

FIXES = "Collar No,Time,Easting,Northing\n" + "".join(
    f"{9000 + m % 3},2024-06-03T06:{m:02d}:00Z,{405_000 + m},285000\n" for m in range(20)
)


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """A folder of bad files and two good ones, long at rest."""
    (tmp_path / "key").write_bytes(b"a key of sixteen bytes or more")
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "key"))
    folder = tmp_path / "watched"
    (folder / "x.csv").mkdir(parents=True)
    for name, data in {
        "a empty.csv": b"",
        "b broken.csv.gz": gzip.compress(FIXES.encode())[:-20],
        "c broken.parquet": b"PAR1 and no more",
        "d nothing.csv": b"nothing\nof use\n",
        "good.csv": FIXES.encode(),
        "y future.csv": FIXES.replace("2024-06", "2099-06").encode(),
        "z GOOD.CSV": FIXES.replace("06:", "07:").encode("utf-16"),
    }.items():
        (folder / name).write_bytes(data)
        os.utime(folder / name, (1e9, 1e9))
    return folder


def test_bad_files_hold_up_no_good_one(run, watched, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingException

    from ia_plugin.store.store import Store

    logs = []
    asked = {"INPUT": str(watched), "STORE": str(tmp_path / "store")}
    with pytest.raises(QgsProcessingException) as told:
        run("dailyrefresh", asked, logs.append)
    said = str(told.value)
    bad = ("a empty.csv", "b broken.csv.gz", "c broken.parquet", "d nothing.csv", "y future.csv", "x.csv")
    assert (
        f"dailyrefresh: with complaints: FAILED for {len(bad)} of them, set aside, 2 new files, 0 known, 40 of 40 rows"
        in said
    )
    assert all(name in said for name in bad)
    assert "Traceback" not in said and "good.csv" not in said
    assert sum(text.startswith("Set aside: ") for text in logs[0].warned) == len(bad)
    with Store(tmp_path / "store", Key((tmp_path / "key").read_bytes())) as store:
        assert store.count("fixes") == 40 and store.count("legs") > 0 and store.dirty_days() == []
        assert store.read("runs")["outcome"].iloc[0] == said.strip()
    for name in bad[:-1]:
        (watched / name).unlink()
    (watched / "x.csv").rmdir()
    results, _ = run("dailyrefresh", asked)
    assert results["SUMMARY"].startswith("dailyrefresh: ok, 0 new files, 2 known")


def test_an_error_nobody_foresaw_is_one_files(run, watched, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingException

    from ia_plugin.core import unforeseen
    from ia_plugin.store import imports

    monkeypatch.setattr(unforeseen, "SURFACE", False)
    real = imports.prepared

    def breaks(path, *args, **more):
        if path.name == "good.csv":
            raise ZeroDivisionError("Featherstonehaugh")
        return real(path, *args, **more)

    monkeypatch.setattr(imports, "prepared", breaks)
    with pytest.raises(QgsProcessingException) as told:
        run("dailyrefresh", {"INPUT": str(watched), "STORE": str(tmp_path / "store"), "PATTERN": "*good.csv"})
    said = str(told.value)
    assert "'good.csv' cannot be taken in: nobody foresaw what stands in it." in said and "1 new files" in said
    assert not any(word in said for word in ("Featherstonehaugh", "ZeroDivision", "Traceback"))


def test_an_error_nobody_foresaw_is_a_sentence_in_every_algorithm(run, points, monkeypatch):
    from qgis.core import QgsProcessingException

    from ia_plugin.core import unforeseen
    from ia_plugin.processing.algorithms.build_tracks import BuildTracks

    monkeypatch.setattr(unforeseen, "SURFACE", False)
    monkeypatch.setattr(BuildTracks, "execute", lambda self, run: {}["Featherstonehaugh"])
    with pytest.raises(QgsProcessingException) as told:
        run("buildtracks", {"INPUT": points([("p1", "2024-06-03T09:00:00Z", 400_000, 280_000)]), "OUTPUT": "memory:"})
    assert "Build tracks cannot use its input: nobody foresaw what stands in it." in str(told.value)
    assert "Featherstonehaugh" not in str(told.value) and "Traceback" not in str(told.value)

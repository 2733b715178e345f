"""A disk that is full is never "done": every format, told before or after the file is closed."""

from __future__ import annotations

import contextlib
import os

import pytest

from tests.support.long import long_after

pytestmark = [pytest.mark.qgis, pytest.mark.fork]

FIXES = [
    (f"p{k:024x}", f"2024-06-03T{6 + m // 60:02d}:{m % 60:02d}:00Z", 400_000 + 100 * m, 280_000 + 100 * k)
    for k in range(12)
    for m in range(60)
]
FORMATS = ("gpkg", "shp", "csv", "geojson", "xlsx", "fgb", "kml", "sqlite", "tab", "ods", "gml", "geojsonl")


@contextlib.contextmanager
def no_file_larger_than(size):
    """As on a full disk, each write beyond `size` bytes of a file fails; Python ignores the signal that comes with it."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def stopped(call):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException) as told:
        call()
    return str(told.value)


CUT = [("gpkg", 0.3), ("csv", 0.3), ("shp", 0.6), *((e, 0.97) for e in FORMATS)]


@pytest.mark.parametrize("cut", long_after(9, CUT), ids=str)
def test_a_file_that_is_cut_short_is_no_result(run, points, tmp_path, cut):
    ending, share = cut
    (tmp_path / "out").mkdir()
    legs = tmp_path / "out" / f"legs.{ending}"
    asked = {"INPUT": points(FIXES), "OUTPUT": "memory:", "LEGS": str(legs)}
    run("buildtracks", asked)
    whole = max(os.path.getsize(p) for p in legs.parent.iterdir())
    assert whole > 20_000
    for path in legs.parent.iterdir():
        path.unlink()
    with no_file_larger_than(int(whole * share)):
        said = stopped(lambda: run("buildtracks", asked))
    assert "Traceback" not in said and said.strip().endswith("."), said
    assert not legs.exists()


@pytest.mark.parametrize("begins", [True, False])
def test_a_file_that_was_begun_without_a_sink_is_taken_away(run, points, tmp_path, monkeypatch, begins):
    """GDAL makes the file, then finds no room for its head. One that another program holds is not touched, and stays."""
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingException

    from ia_plugin.processing.base import ImpactAreaAlgorithm

    legs, real = tmp_path / "legs.gpkg", QgsProcessingAlgorithm.parameterAsSink
    legs.write_bytes(b"what was there before")

    def sink(self, parameters, name, *more):
        if name != "LEGS":
            return real(self, parameters, name, *more)
        if begins:
            legs.write_bytes(b"half of")
        raise QgsProcessingException("database or disk is full")

    monkeypatch.setattr(ImpactAreaAlgorithm, "parameterAsSink", sink, raising=False)
    said = stopped(lambda: run("buildtracks", {"INPUT": points(FIXES), "OUTPUT": "memory:", "LEGS": str(legs)}))
    assert legs.exists() != begins
    assert ("could not be written whole: the disk is full" if begins else "open in another program") in said


def test_a_page_that_does_not_fit_leaves_the_old_one(tmp_path):
    from ia_plugin.core.errors import FileError
    from ia_plugin.core.write_file import write_file

    page = write_file(tmp_path / "page.html", "old")
    with no_file_larger_than(10_000), pytest.raises(FileError, match="the disk is full. Make room"):
        write_file(page, "x" * 20_000)
    assert page.read_text("utf-8") == "old" and os.listdir(tmp_path) == ["page.html"]


def test_a_device_that_is_full(tmp_path):
    from ia_plugin.core.errors import FileError
    from ia_plugin.core.write_file import write_file

    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with pytest.raises(FileError, match="the disk is full"):
        write_file("/dev/full", "x")


def test_a_table_beside_others_is_no_full_disk(run, points, tmp_path):
    """Into a GeoPackage that is there QGIS puts a table without places by asking for an index of its places: GDAL calls that a failure."""
    from ia_plugin.gpkg.geopackage import GeoPackage

    path = tmp_path / "all.gpkg"
    run("buildtracks", {"INPUT": points(FIXES), "OUTPUT": "memory:", "LEGS": str(path)})
    into = f"ogr:dbname='{path}' table=\"hours\" ()"
    run("classifymovement", {"INPUT": points(FIXES), "OUTPUT": "memory:", "HOURS": into})
    with GeoPackage(path, create=False) as package:
        assert package.execute("SELECT count(*) FROM hours")[0][0] > 0


def test_no_page_is_left_of_a_run_whose_table_is_cut_short(run, points, tmp_path, monkeypatch):
    """The page is small and would find room: it is written when the table is known to be whole, and not before."""
    from ia_plugin.processing import written_whole

    table, page = tmp_path / "findings.csv", tmp_path / "page.html"
    asked = {"INPUT": points(FIXES), "OUTPUT": str(table), "OUTPUT_HTML": str(page)}
    run("dataquality", asked)
    assert table.exists() and page.exists()
    table.unlink(), page.unlink()

    def cut(path, *_):
        raise written_whole.not_whole(path)

    monkeypatch.setattr(written_whole, "check_whole", cut)
    assert "not be written whole" in stopped(lambda: run("dataquality", asked))
    assert not table.exists() and not page.exists()

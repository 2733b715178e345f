"""Outputs of a run that stopped: taken away, closed first, and never at the price of the reason or of the record."""

from __future__ import annotations

import os
import sqlite3

import pytest

from ia_plugin.core.errors import Cancelled, DataRangeError
from tests.support.sqlite_files import sqlite_file
from tests.support.written_rows import once_written
from tools.platforms.locked_files import POSSIBLE, is_open, locked

pytestmark = pytest.mark.qgis

WALK = [("p1", f"2024-06-03T09:{m:02d}:00Z", 400_000 + 100 * m, 280_000) for m in range(10)]
needs_list = pytest.mark.skipif(not POSSIBLE, reason="this system does not list a process' open files")


@pytest.fixture
def stopped(run, points, monkeypatch):
    """Run an algorithm into a file, stopped by an error while its sink is open."""

    def runner(output, error=None):
        def broken(_feedback):
            raise error or DataRangeError("4512.3 is no latitude.", "Look at it.")

        once_written(monkeypatch, broken)
        return run("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(output)})

    return runner


@pytest.fixture
def record(tmp_path, monkeypatch):
    """The user's own record of runs, in a folder of the test; gives what it says."""
    from ia_plugin.processing import run_record as recording

    path = tmp_path / "record" / "runs.gpkg"
    monkeypatch.setattr(recording, "own_record", lambda: path)

    def outcomes() -> list[str]:
        with sqlite_file(path) as db:
            return [text for (text,) in db.execute("SELECT outcome FROM runs ORDER BY fid")]

    return outcomes


def reason(call) -> str:
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException) as told:
        call()
    return str(told.value)


def test_the_imitation_of_locked_files_locks(tmp_path):
    path = tmp_path / "a"
    with open(path, "w", encoding="utf-8"), locked(), pytest.raises(PermissionError, match="WinError 32"):
        assert not POSSIBLE or is_open(path)
        path.unlink()
    with locked():
        path.unlink()
    assert not path.exists()


@needs_list
@pytest.mark.parametrize("name", ["tracks.gpkg", "tracks.shp", "tracks.geojson", "tracks.csv"])
def test_files_are_closed_before_they_are_removed(stopped, record, tmp_path, name):
    (tmp_path / "out").mkdir()
    with locked():
        assert "4512.3 is no latitude. Look at it." in reason(lambda: stopped(tmp_path / "out" / name))
    assert os.listdir(tmp_path / "out") == []
    assert record() == ["4512.3 is no latitude. Look at it."]


@needs_list
def test_an_error_that_came_from_another_holds_no_file_either(stopped, record, tmp_path):
    error = DataRangeError("odd")
    try:
        raise ValueError("first")
    except ValueError as first:
        error.__context__ = first
    with locked():
        reason(lambda: stopped(tmp_path / "tracks.gpkg", error))
    assert not (tmp_path / "tracks.gpkg").exists()


def test_a_table_among_others_goes_alone(stopped, run, points, record, tmp_path):
    path, into = tmp_path / "force.gpkg", "ogr:dbname='{}' table=\"{}\" (geom)"

    def tables() -> list[str]:
        with sqlite_file(path) as db:
            return [name for (name,) in db.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]

    for table in ("first", "second"):
        run("buildtracks", {"INPUT": points(WALK), "OUTPUT": into.format(path, table)})
    assert tables() == ["first", "second"]
    reason(lambda: stopped(into.format(path, "second")))
    assert tables() == ["first"]


@pytest.mark.parametrize("error", [DataRangeError("4512.3 is no latitude.", "Look at it."), Cancelled()])
def test_what_cannot_be_removed_hides_neither_the_reason_nor_the_record(stopped, record, tmp_path, monkeypatch, error):
    from ia_plugin.processing import run as run_module

    def refuses(dest):
        raise PermissionError(13, "Permission denied", dest)

    monkeypatch.setattr(run_module, "remove_output", refuses)
    logs = []
    monkeypatch.setattr(run_module.Run, "warn", lambda self, *sentences: logs.extend(sentences))
    assert str(error) in reason(lambda: stopped(tmp_path / "tracks.gpkg", error))
    assert record() == [str(error)]
    [sentence] = [s for s in logs if "is not finished" in s]
    assert "tracks.gpkg' cannot be written: it is open in another program" in sentence


def test_a_cancel_while_reading_is_recorded_as_a_cancel(run, points, record, monkeypatch):
    from ia_plugin.layers import read_layers

    real = read_layers._read

    def cancelled_meanwhile(*args, **more):
        more["feedback"].cancel()
        return real(*args, **more)

    monkeypatch.setattr(read_layers, "_read", cancelled_meanwhile)
    logs = []
    task = {"INPUT": points(WALK), "OUTPUT": "memory:"}
    assert "The run was cancelled." in reason(lambda: run("buildtracks", task, logs.append))
    assert record() == ["The run was cancelled."]
    assert "The run was cancelled; nothing of it was kept." in logs[0].warned


def test_a_record_that_cannot_be_written_hides_no_result(run, points, record, tmp_path, monkeypatch):
    from ia_plugin.processing import run_record as recording

    def fails(*args):
        raise sqlite3.ProgrammingError("closed")

    monkeypatch.setattr(recording, "_add", fails)
    output = tmp_path / "tracks.gpkg"
    _, log = run("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(output)})
    assert output.exists() and any("could not be added to the record of runs" in w for w in log.warned)


def test_an_output_that_cannot_be_opened_names_the_file_and_the_remedy(run, points, record, tmp_path, monkeypatch):
    from ia_plugin.processing.base import ImpactAreaAlgorithm

    output = tmp_path / "tracks.gpkg"
    output.write_bytes(b"")
    monkeypatch.setattr(ImpactAreaAlgorithm, "parameterAsSink", lambda *a: (None, None), raising=False)
    said = reason(lambda: run("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(output)}))
    assert "If tracks.gpkg is open in another program, close it there" in said


def test_a_run_on_a_store_that_may_only_be_read_is_on_the_readers_own_record(run, record, tmp_path, monkeypatch):
    """And the evaluations of it that stand there are counted with those of the store; those of another store are not."""
    from types import SimpleNamespace

    from ia_plugin.processing import run_record as recording
    from tests.support.stores import store_of_one_extract

    store, other = (
        store_of_one_extract(made, fixes=40) for made in (tmp_path / "one", tmp_path / "two") if made.mkdir() is None
    )
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK and access(path, mode, **more))
    _, log = run("answers", {"STORE": str(store), "OUTPUT": "memory:"})
    assert record() == ["done"] and not [w for w in log.warned if "record of runs" in w]

    def before(folder, *names):
        definitions = [SimpleNamespace(name=lambda n=n: n) for n in names]
        algorithm = SimpleNamespace(parameterDefinitions=lambda: definitions)
        return recording.evaluations_before(
            SimpleNamespace(algorithm=algorithm, parameters={"STORE": str(folder)}, text=lambda _name: str(folder))
        )

    assert before(store, "STORE") == 0
    with sqlite_file(tmp_path / "record" / "runs.gpkg") as db:
        db.execute(
            "INSERT INTO runs (at, who, what, version, parameters, inputs, outcome, seconds) SELECT at, who, 'baseline', version, parameters, inputs, outcome, seconds FROM runs"
        )
    assert before(store, "STORE") == before(f"{store}/", "STORE") == 1 and before(other, "STORE") == 0
    (store / "restricted.gpkg").unlink()
    assert before(store, "STORE") is None, "the record lies where a reader of the summary alone cannot look"


def test_results_are_plain_texts(qgis_app):
    """Qt takes a sentence of the core for an object, of which a model or qgis_process makes nothing."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ia_plugin.core.sentence import phrase
    from ia_plugin.processing.provider import algorithm_classes

    made = algorithm_classes()[0]()
    made.initAlgorithm()
    made._origins, made._refusal = {}, None
    made.execute = lambda _run: {"SUMMARY": phrase("on foot"), "ROWS": 3}
    results = made.processAlgorithm({}, QgsProcessingContext(), QgsProcessingFeedback())
    assert type(results["SUMMARY"]) is str and results["ROWS"] == 3

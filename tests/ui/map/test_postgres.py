"""The filter on a real PostgreSQL, started for these tests alone where its programs are at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pytest

from ia_plugin.core.filter_state import FilterState
from ia_plugin.ui.map.expressions import subset
from tests.support.overlay_data import NASTY, expected, ids, local, moments, some_states

pytestmark = [pytest.mark.qgis, pytest.mark.clocks]


def _program(name):
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return shutil.which(name) or next((str(h / name) for h in reversed(homes) if (h / name).is_file()), None)


@pytest.fixture(scope="module")
def server():
    """The folder of the socket of a server that hears nobody else."""
    programs = {n: _program(n) for n in ("initdb", "pg_ctl", "psql")}
    if None in programs.values():
        pytest.skip("PostgreSQL's programs are not at hand")
    # PostgreSQL refuses to run as root, and a socket's path is short.
    user = "nobody" if os.name == "posix" and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)
    run = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60}
    data = ["-D", str(folder / "d")]
    try:
        made = subprocess.run([programs["initdb"], *data, "-A", "trust", "-U", "ia", "-E", "UTF8", "-N"], **run)
        if made.returncode:
            pytest.skip("a PostgreSQL cluster cannot be made here")
        options = f"-k {folder} -c listen_addresses='' -c timezone=Asia/Tokyo -c fsync=off"
        started = subprocess.run(
            [programs["pg_ctl"], *data, "-o", options, "-l", str(folder / "log"), "-w", "start"], **run
        )
        if started.returncode:
            pytest.skip("PostgreSQL does not start here")
        yield programs["psql"], folder
        subprocess.run([programs["pg_ctl"], *data, "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def frame():
    return local(moments())


def query(server, text):
    psql, folder = server
    done = subprocess.run(
        [psql, "-h", str(folder), "-U", "ia", "-v", "ON_ERROR_STOP=1", "-q", "postgres"],
        input=text, text=True, capture_output=True, timeout=60, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module", params=["timestamptz", "timestamp", "text"])
def table(request, server, frame):
    """The name of a table of events with times of one type, without civil clocks."""
    kind = request.param
    form = {"timestamptz": "%Y-%m-%dT%H:%M:%SZ", "timestamp": "%Y-%m-%d %H:%M:%S", "text": "%Y-%m-%dT%H:%M:%SZ"}[kind]
    words = [
        '({}, {}, {}, {}, {}, {})'.format(
            r.id, *("NULL" if v is None else "'" + str(v).replace("'", "''") + "'"
                    for v in (r.start.strftime(form), r.end.strftime(form), r.unit, r.kind, r.category))
        )
        for r in frame.itertuples()
    ]  # fmt: skip
    name = f"ev_{kind}"
    query(
        server,
        f'CREATE TABLE {name} (id int PRIMARY KEY, start {kind}, "end" {kind}, unit text, kind text, category text);'
        f"INSERT INTO {name} VALUES {', '.join(words)};",
    )
    return name


@pytest.fixture
def layer(table, server):
    """The table, opened; pytest-qgis takes a layer down after each test."""
    from qgis.core import QgsVectorLayer

    uri = f"dbname='postgres' host={server[1]} user='ia' key='id' table=\"public\".\"{table}\""
    made = QgsVectorLayer(uri, table, "postgres")
    if not made.isValid():
        pytest.skip("QGIS does not open tables of this PostgreSQL")
    return made


def test_postgres_keeps_what_the_definition_keeps(layer, frame):
    from ia_plugin.ui.map.roles import dialect_of, kinds_of

    table = frame.drop(columns=["local_hour", "local_weekday"])
    for state in some_states():
        text = subset(state, "events", kinds_of(layer), dialect_of(layer)).text
        assert layer.setSubsetString(text), text
        assert ids(layer) == expected(table, state), (state, text)


def test_no_word_breaks_out_of_its_quotes(layer, frame):
    from ia_plugin.ui.map.roles import kinds_of

    for word in [*NASTY, "') OR 1=1 --", "\\' OR 1=1 --"]:
        text = subset(FilterState(categories=(word,)), "events", kinds_of(layer), "postgres").text
        assert layer.setSubsetString(text)
        assert ids(layer) == list(frame["id"][frame["category"] == word])


def test_the_overlays_give_back(layer):
    from qgis.core import QgsProject

    from ia_plugin.ui.map.overlays import Overlays

    project = QgsProject()
    layer.setSubsetString('"id" < 50')
    layer.setCustomProperty("impactareas/role", "events")
    project.addMapLayer(layer)
    overlays = Overlays(project)
    overlays.apply(FilterState(first=date(2024, 5, 29), last=date(2024, 6, 2)))
    assert overlays.notes == [] and 0 < len(ids(layer)) < 50
    overlays.close()
    assert layer.subsetString() == '"id" < 50'
    project.takeMapLayer(layer)

"""A database administrator prepares a shared store from QGIS: the SQL is shown first, and no password is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.qgis

from ia_plugin.core.connection_text import WITHHELD
from ia_plugin.store.postgis.migrations import migrations


def test_the_sql_is_shown_first_and_run_after(run, postgis, tmp_path):
    with postgis.database() as name:
        given = {"STORE": postgis.target(name), "OUTPUT_SQL": str(tmp_path / "a.sql")}
        shown = run("preparestore", given)[0]
        sql = Path(shown["OUTPUT_SQL"]).read_text(encoding="utf-8")
        assert (
            shown["STEPS"] == len(migrations())
            and "CREATE SCHEMA ia_restricted" in sql
            and "geometry(Point, 27700)" in sql
        )
        assert postgis.psql("SELECT to_regclass('ia_records.runs') IS NULL", database=name) == "t"
        assert run("preparestore", {**given, "DRY_RUN": False})[0]["STEPS"] == len(migrations())
        assert postgis.psql("SELECT count(*) FROM ia_records.migrations", database=name) == str(len(migrations()))
        assert run("preparestore", {**given, "DRY_RUN": False})[0]["STEPS"] == 0
        # The first, which only showed, found no record in the database and stands in the user's own.
        assert (
            postgis.psql("SELECT who, what, outcome FROM ia_records.runs", database=name).splitlines()
            == ["dba|preparestore|done"] * 2
        )


def test_a_password_is_refused_before_qgis_writes_its_history(run, plugin):
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().algorithmById("impactareas:preparestore")
    for text in ("host=db dbname=ia password=hunter2", "postgresql://ann:hunter2@db/ia"):
        good, why = algorithm.checkParameterValues({"STORE": text, "OUTPUT_SQL": "a.sql"}, QgsProcessingContext())
        assert not good and "password" in why and "hunter2" not in why


def test_no_record_of_a_run_holds_a_password():
    from ia_plugin.processing.run_record import _shown

    assert _shown("postgresql://ann:hunter2@db/ia") == WITHHELD
    assert _shown("host=db dbname=ia PASSWORD='hunter2'") == WITHHELD
    assert _shown("service=force") == "service=force"

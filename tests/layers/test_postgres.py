"""A layer of PostgreSQL is read in whole columns, and gives to the row what its features give."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pandas as pd
import pytest
from qgis.core import QgsDataSourceUri, QgsVectorLayer

from ia_plugin.core.errors import Cancelled
from ia_plugin.layers import Origin, postgres, read_legs, read_points, read_table
from ia_plugin.pgcopy import driver as drivers
from tests.support.layer_files import both_ways, source_of
from tests.support.postgis import Cluster

pytestmark = pytest.mark.qgis

COLUMNS = {"officer_id": "collar", "time": "when", "unit": "team", "accuracy_m": "acc", "fixes": "n"}

FIXES = """
CREATE TYPE shift AS ENUM ('early', 'late');
CREATE TABLE "Fixes of June" (
  fid serial PRIMARY KEY, collar text, "when" timestamptz, clock timestamp, day date, team varchar(20), code char(8), acc real, n int,
  big numeric(12,2), known boolean, key uuid, shift shift, notes jsonb, geom geometry(Point, 27700));
INSERT INTO "Fixes of June" (collar, "when", clock, day, team, code, acc, n, big, known, key, shift, notes, geom) VALUES
  ('P001', '2024-10-27 00:30Z', '2024-06-03 10:00', '2024-06-03', 'Zürich é', 'ab', 1.1, 7, 12345678.25, true,
   '00000000-0000-0000-0000-000000000001', 'early', '{"a": 1}', ST_SetSRID(ST_MakePoint(400000, 300000), 27700)),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('', '2024-10-27 01:30:00.999800Z', '2024-07-01 10:00:00.0004', '1970-01-01', ' x ', 'abc', 0.1, -7, 2, false, NULL, 'late', NULL,
   ST_SetSRID(ST_MakePoint(400100.5, 300000), 27700)),
  ('P001', '1969-12-31 23:59:59.5Z', 'infinity', '2024-12-31', 'x', 'c', 'NaN', 0, 'NaN', NULL, NULL, NULL, NULL,
   ST_SetSRID(ST_MakePoint(1, 2), 27700))"""


@pytest.fixture(scope="module")
def database(postgis: Cluster) -> Iterator[str]:
    with postgis.database() as name:
        postgis.psql(FIXES, database=name)
        yield name


@pytest.fixture
def layer(qgis_app, postgis: Cluster, database: str) -> QgsVectorLayer:
    return shown(postgis, database)


def shown(
    postgis: Cluster,
    database: str,
    rows: str = "Fixes of June",
    where: str = "",
    geometry: str = "geom",
    more: str = "",
) -> QgsVectorLayer:
    """A layer as QGIS's browser adds it, or of a query."""
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), database, "dba", "")
    uri.setDataSource("" if rows.startswith("(") else "public", rows, geometry, where, "fid")
    layer = QgsVectorLayer(f"{uri.uri(False)} {more}", "fixes", "postgres")
    assert layer.isValid(), layer.dataProvider().error().message()
    return layer


def by_columns_and_by_features(layer: QgsVectorLayer, columns: dict[str, str], read=read_points) -> pd.DataFrame:
    """The table by COPY, once it is known to be that of the features."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of clocks: both ways warn alike
        return both_ways(layer, columns, read=read, how="copy")


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_each_driver_gives_the_table_of_the_features(layer, monkeypatch, driver):
    module = pytest.importorskip(driver)
    monkeypatch.setattr(drivers, "driver", lambda: module)
    monkeypatch.setattr(postgres, "driver", lambda: module)
    table = by_columns_and_by_features(layer, COLUMNS)
    assert table["x"].tolist()[:1] == [400_000.0] and table["x"].isna().tolist() == [False, True, False, False]
    assert table["officer_id"].tolist() == ["P001", None, "", "P001"]
    assert table["time"].astype(str).tolist()[0] == "2024-10-27 00:30:00+00:00"


@pytest.mark.parametrize(
    "name", ["collar", "when", "clock", "day", "team", "code", "acc", "n", "big", "known", "key", "shift", "fid"]
)
def test_a_column_of_each_type_is_that_of_the_features(layer, name):
    by_columns_and_by_features(layer, {"extra": name}, read_table)


def test_a_type_that_is_not_read_here_comes_by_features(layer):
    assert read_table(layer, {"extra": "notes"}).attrs["reading"]["how"] == "features"


def test_the_layers_filter_holds(layer):
    assert layer.setSubsetString("collar = 'P001' AND \"n\" > 0")
    assert by_columns_and_by_features(layer, COLUMNS)["fixes"].tolist() == [7]


def test_a_query_is_a_layer_too(qgis_app, postgis, database):
    query = '(SELECT row_number() OVER () AS fid, collar, "when", geom FROM "Fixes of June" WHERE collar <> \'\')'
    table = by_columns_and_by_features(shown(postgis, database, query), {"officer_id": "collar", "time": "when"})
    assert table["officer_id"].tolist() == ["P001", "P001"]


def test_a_selection_an_edit_and_an_estimate_are_the_features_own(layer, postgis, database):
    layer.selectByIds([1, 3])
    table = read_points(source_of(layer, selected=True), COLUMNS, layer=layer)
    assert table.attrs["reading"]["how"] == "features" and len(table) == 2
    layer.startEditing()
    layer.deleteFeature(2)
    assert len(read_points(layer, COLUMNS)) == 3
    layer.rollBack()
    # The server's estimate of a table that it has not looked at yet is less than there is: a limit might cut the rest.
    guessed = shown(postgis, database, more="estimatedmetadata=true")
    assert len(read_points(guessed, COLUMNS)) == 4


def test_lines_give_their_ends(qgis_app, postgis, database):
    postgis.psql(
        'CREATE TABLE legs (fid serial PRIMARY KEY, officer_id text, start timestamptz, "end" timestamptz, geom geometry(LineStringM, 27700));'
        "INSERT INTO legs (officer_id, start, \"end\", geom) VALUES ('p', '2024-06-03 10:00Z', '2024-06-03 10:01Z',"
        " 'SRID=27700;LINESTRING M (1 2 0, 3 4 60)'), ('p', '2024-06-03 10:01Z', '2024-06-03 10:02Z', NULL)",
        database=database,
    )
    legs = read_legs(shown(postgis, database, "legs"))
    assert legs.attrs["reading"]["how"] == "copy"
    assert legs[["x0", "y0", "x1", "y1"]].iloc[0].tolist() == [1, 2, 3, 4] and legs["x0"].isna().tolist() == [
        False,
        True,
    ]


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_cancel_stops_the_servers_answer_and_the_connection_goes(qgis_app, postgis, database, monkeypatch, driver):
    module = pytest.importorskip(driver)
    monkeypatch.setattr(drivers, "driver", lambda: module)
    told: list[int] = []

    def stop(rows: int) -> None:
        told.append(rows)
        raise Cancelled

    with drivers.Connection(postgis.target(database)) as db:
        with pytest.raises(Cancelled):
            db.copy_out("COPY (SELECT generate_series(1, 5000000)) TO STDOUT (FORMAT binary)", stop)
        assert told == [16384]
        assert db.execute("SELECT 1") == [(1,)], "and the connection serves on"
        with pytest.raises(Exception, match="division by zero"):
            db.copy_out("COPY (SELECT 1 / (g - 40000) FROM generate_series(1, 50000) g) TO STDOUT (FORMAT binary)")
        assert db.execute("SELECT 1") == [(1,)]


def test_a_password_stands_in_nothing_that_is_shown(qgis_app, postgis, database):
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), database, "dba", "not to be seen")
    uri.setDataSource("public", "Fixes of June", "geom", "", "fid")
    layer = QgsVectorLayer(uri.uri(False), "fixes", "postgres")
    origin = Origin.of(layer)
    assert "not to be seen" in origin.database.connection and "not to be seen" not in repr(origin)
    assert read_points(layer, COLUMNS).attrs["reading"]["how"] == "copy"

"""Columns go into a table and come back as they were, through either driver; what cannot is refused in words."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ColumnError, ParameterError, PrivacyError, StoreError
from ia_plugin.pgcopy import decode, encode, ewkb
from ia_plugin.pgcopy import driver as drivers
from ia_plugin.pgcopy.driver import Connection
from tests.support.postgis import Cluster

TABLE = "n bigint, word text, share double precision, known boolean, at timestamptz, day date, geom geometry"
TYPES = ("int8", "text", "float8", "bool", "timestamptz", "date", "geometry")


@pytest.fixture(scope="module")
def database(postgis: Cluster) -> Iterator[str]:
    with postgis.database() as name:
        yield name


@pytest.fixture(params=["psycopg", "psycopg2"])
def connection(
    request: pytest.FixtureRequest, postgis: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Connection]:
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"no {request.param} here: make postgis brings it")
    module = pytest.importorskip(request.param)
    monkeypatch.setattr(drivers, "driver", lambda: module)
    with Connection(postgis.target(database)) as opened:
        opened.execute("DROP TABLE IF EXISTS t")
        yield opened


def rows_with_everything() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "n": pd.array([1, None, -(2**62), 4], dtype="Int64"),
            "word": ["Ashcroft", None, "", "Ünit „9“\n\t,\\N"],
            "share": [0.1, np.nan, -1e300, 4.0],
            "known": pd.array([True, False, None, True], dtype="boolean"),
            "at": pd.to_datetime(["2024-06-03T11:00:00.000001Z", None, "1969-12-31T23:59:59.5Z", "2024-10-27T00:30Z"], utc=True),
            "day": ["2024-06-03", None, "9999-12-31", "1970-01-01"],
            "x": [1.5, 2.5, np.nan, 4.5],
            "y": [1.0, 2.0, 3.0, 4.0],
        }
    )  # fmt: skip


def fields(rows: pd.DataFrame) -> list[encode.Field]:
    kinds = {"n": "int", "word": "str", "share": "float", "known": "bool", "at": "time", "day": "date"}
    geometry = ewkb.points(rows["x"].to_numpy(), rows["y"].to_numpy(), 27700)
    return [*(encode.field(rows[name], kind) for name, kind in kinds.items()), encode.fixed(*geometry)]


def test_every_kind_comes_back_and_so_does_what_is_missing(connection: Connection) -> None:
    connection.execute(f"CREATE TABLE t ({TABLE})")
    rows = rows_with_everything()
    assert connection.copy_in("COPY t FROM STDIN (FORMAT binary)", encode.rows_of(fields(rows), rows=3)) == 4
    assert connection.execute("SELECT word, st_astext(geom), st_srid(geom), at::text FROM t WHERE n = 1") == [
        ("Ashcroft", "POINT(1.5 1)", 27700, connection.execute("SELECT '2024-06-03 11:00:00.000001+00'::timestamptz::text")[0][0])
    ]  # fmt: skip
    n, word, share, known, at, day, geom = decode.columns_of(connection.copy_out("COPY t TO STDOUT (FORMAT binary)"), TYPES)  # fmt: skip
    assert n.values[~n.null].tolist() == [1, -(2**62), 4] and n.null.tolist() == [False, True, False, False]
    assert [None if m else w.decode() for w, m in zip(word.values, word.null)] == [
        "Ashcroft",
        None,
        "",
        "Ünit „9“\n\t,\\N",
    ]
    assert share.values[~share.null].tolist() == [0.1, -1e300, 4.0] and share.null[1]
    assert known.values[~known.null].tolist() == [True, False, True] and known.null[2]
    assert at.values.astype("M8[ns]").tolist() == rows["at"].dt.tz_localize(None).to_numpy("M8[ns]").tolist()
    assert [str(d) for d in day.values] == ["2024-06-03", "NaT", "9999-12-31", "1970-01-01"]
    shapes = ewkb.without_srid(np.frombuffer(geom.values[~geom.null].tobytes(), np.uint8).reshape(3, 25))
    assert shapes[0].tobytes().hex() == "0101000000" + np.array([1.5, 1.0]).tobytes().hex()
    assert geom.null.tolist() == [False, False, True, False]


def test_a_table_without_rows_has_its_columns(connection: Connection) -> None:
    connection.execute(f"CREATE TABLE t ({TABLE})")
    found = decode.columns_of(connection.copy_out("COPY t TO STDOUT (FORMAT binary)"), TYPES)
    assert [len(c.values) for c in found] == [0] * 7


def test_infinity_is_no_moment_and_no_day(connection: Connection) -> None:
    never = connection.copy_out("COPY (SELECT date '-infinity') TO STDOUT (FORMAT binary)")
    assert str(decode.columns_of(never, ("date",))[0].values[0]) == "NaT"
    said = connection.copy_out(
        "COPY (SELECT 'infinity'::timestamptz, timestamp '2024-06-03 12:00') TO STDOUT (FORMAT binary)"
    )
    endless, clock = decode.columns_of(said, ("timestamptz", "timestamp"))
    assert endless.null.tolist() == [True] and str(clock.values[0]) == "2024-06-03T12:00:00.000000"


def test_a_block_that_fails_leaves_nothing(connection: Connection) -> None:
    connection.execute("CREATE TABLE t (n bigint PRIMARY KEY)")
    with pytest.raises(StoreError, match="duplicate key"), connection.transaction():
        connection.execute("INSERT INTO t VALUES (1)")
        twice = [encode.field(pd.Series([2, 2], name="n"), "int")]
        connection.copy_in("COPY t FROM STDIN (FORMAT binary)", encode.rows_of(twice))
    assert connection.execute("SELECT count(*) FROM t") == [(0,)]


def test_an_error_never_repeats_the_row(connection: Connection) -> None:
    connection.execute("CREATE TABLE t (word text PRIMARY KEY)")
    connection.execute("INSERT INTO t VALUES (%s)", ("PC 1234 Ashcroft",))
    with pytest.raises(StoreError) as error:
        connection.execute("INSERT INTO t VALUES (%s)", ("PC 1234 Ashcroft",))
    assert "Ashcroft" not in str(error.value) and "unique" in str(error.value)


def test_reading_can_be_stopped(connection: Connection) -> None:
    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        connection.copy_out("COPY (SELECT generate_series(1, 100000)) TO STDOUT (FORMAT binary)", stop)


def test_an_answer_cut_short_is_refused(connection: Connection) -> None:
    rows = connection.copy_out("COPY (SELECT 1::int8 UNION ALL SELECT 2) TO STDOUT (FORMAT binary)")
    assert decode.columns_of(rows, ("int8",))[0].values.tolist() == [1, 2]
    for broken, types in ((rows[:-1], ("int8",)), (rows[1:], ("int8",)), (rows, ("int8", "int8")), (rows, ("int4",))):
        with pytest.raises(StoreError):
            decode.columns_of(broken, types)


@pytest.mark.parametrize(
    "column, kind",
    [
        (pd.Series(["a"], name="c"), "float"),
        (pd.Series([1.5], name="c"), "int"),
        (pd.Series([1.5, None], name="c"), "int"),
        (pd.Series(pd.to_datetime(["2024-06-03"]), name="c"), "time"),
        (pd.Series(["a\0b"], name="c"), "str"),
    ],
)
def test_what_is_not_of_its_kind_is_refused_without_its_value(column: pd.Series, kind: str) -> None:
    with pytest.raises(ColumnError, match="'c'"):
        encode.field(column, kind)


@pytest.mark.parametrize(
    "text",
    [
        "host=db password=hunter2",
        "host=db PASSWORD = hunter2",
        "postgresql://ann:hunter2@db/ia",
        "postgresql://ann@db/ia?pass%77ord=hunter2",
        "host=db sslpassword=hunter2",
    ],
)
def test_a_password_in_the_connection_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises((PrivacyError, ParameterError)) as error:
        Connection(text)
    assert "hunter2" not in str(error.value)


def test_a_connection_that_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(ParameterError) as error:
        Connection("host=db hunter2")
    assert "hunter2" not in str(error.value)


def test_a_server_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as error:
        Connection("host=127.0.0.1 port=1 dbname=ia user=ann", password="hunter2")
    assert "hunter2" not in str(error.value) and "\n" not in str(error.value)

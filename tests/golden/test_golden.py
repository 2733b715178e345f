"""A small hand-made force through the main algorithms: each value of their outputs is as in `expected`.

README.md beside this file tells the force. `make golden` accepts what the algorithms give now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.golden import differences, read_table, report, write_table, written

HERE = Path(__file__).parent
FORCE, EXPECTED = HERE / "force", HERE / "expected"
FILES = tuple(path.name for path in FORCE.iterdir())

FIELDS = {"UNIT_FIELD": "unit", "RESOURCE_FIELD": "resource_type"}
AREAS = {"AREAS": "areas.geojson", "AREA_ID_FIELD": "area_id", "AREA_NAME_FIELD": "name", "ROLE_FIELD": "role"}
FIXES = {"INPUT": "fixes.csv", **FIELDS}
EVERYTHING = {**FIXES, **AREAS, "EVENTS": "events.csv", "POSTINGS": "postings.csv"}
NIGHT = {"FIRST_DAY": "2024-10-26", "LAST_DAY": "2024-10-27"}


@dataclass(frozen=True)
class Table:
    """One output: the columns that tell its rows apart (none: their order does), and fields that only repeat others."""

    key: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Golden:
    """One run: the algorithm, its parameters, in which a file's name stands for that layer of the force, and its tables."""

    algorithm: str
    parameters: dict[str, object]
    tables: dict[str, Table]


LEG = ("officer_day", "start")
# What buildtracks/LEGS.csv has of every leg, and other tables of legs only repeat.
OF_LEGS = tuple(
    "leg_id track_id end geometry x0 y0 x1 y1 duration_s distance_m speed_kmh over_speed accuracy0_m accuracy1_m "
    "reported_speed_kmh unit resource_type source radio_kind".split()
)
ANSWERS = {
    "OUTPUT": Table(),
    "TIME": Table(("place",)),
    "RESOURCES": Table(("place", "dimension", "value")),
    "ACTIVITIES": Table(("place", "activity")),
    "MODES": Table(("place",)),
    "CRIMES": Table(("place", "kind", "by", "group")),
    "SEARCHES": Table(("place",)),
    "WEEK": Table(("place", "weekday", "hour")),
}

RUNS = {
    "importaffiliations": Golden(
        "importaffiliations",
        {
            "INPUT": ";".join(str(HERE / "extracts" / name) for name in ("airwave.csv", "app.csv")),
            "INVALID_ROWS": "reject",
        },
        {"OUTPUT": Table(("officer_id", "time", "source_ref")), "REJECTS": Table()},
    ),
    "buildtracks": Golden(
        "buildtracks", FIXES, {"OUTPUT": Table(LEG), "LEGS": Table(LEG, without=("track_id", "geometry"))}
    ),
    "classifymovement": Golden(
        "classifymovement", FIXES, {"OUTPUT": Table(LEG, without=OF_LEGS), "HOURS": Table(("unit", "hour"))}
    ),
    "timeinareas": Golden(
        "timeinareas",
        {**FIXES, **AREAS, "PERIOD": "day"},
        {
            "OUTPUT": Table(("area_id",)),
            "PRESENCE": Table(("area_id", "period", "unit", "resource_type", "mode")),
            "LEGS": Table(("area_id", *LEG), without=OF_LEGS),
        },
    ),
    "timeinareas-linear": Golden(
        "timeinareas", {**FIXES, **AREAS, "METHOD": "linear"}, {"OUTPUT": Table(("area_id",), without=("geometry",))}
    ),
    "visits": Golden(
        "visits",
        {**FIXES, **AREAS},
        {"OUTPUT": Table(("officer_day", "area_id", "enter")), "BANDS": Table(("area_id", "band"))},
    ),
    "activities": Golden("activities", {**EVERYTHING, "AUDIENCE": "restricted"}, {"OUTPUT": ANSWERS["ACTIVITIES"]}),
    "eventsinareas": Golden(
        "eventsinareas",
        {"INPUT": "events.csv", **AREAS, "PERIOD": "day"},
        {"OUTPUT": Table(("area_id", "period", "kind", "category"))},
    ),
    "answers": Golden("answers", {**EVERYTHING, **NIGHT, "AUDIENCE": "restricted"}, ANSWERS),
    "answers-public": Golden("answers", {**EVERYTHING, **NIGHT, "AUDIENCE": "public"}, ANSWERS),
    "presenceatevents": Golden(
        "presenceatevents",
        {**FIXES, "EVENTS": "events.csv|subset=time_precision = 'minute'", "AUDIENCE": "restricted"},
        {"OUTPUT": Table(("kind", "when", "minutes", "distance_m"))},
    ),
    "matchareas": Golden(
        "matchareas",
        {
            "AREAS": "scored.geojson",
            "AREA_ID_FIELD": "area_id",
            "AREA_NAME_FIELD": "name",
            "ROLE_FIELD": "role",
            "COVARIATES": ["imd", "young"],
        },
        {"OUTPUT": Table(("area_id",), without=("geometry",)), "BALANCE": Table(("covariate",))},
    ),
    "baseline": Golden(
        "baseline",
        {**EVERYTHING, **NIGHT, "PERIOD": "day", "LEAST_COVERED": 0.1, "AUDIENCE": "restricted"},
        {"OUTPUT": Table(("outcome",)), "RATES": Table(("place", "split", "part", "outcome"))},
    ),
    "displacement": Golden(
        "displacement",
        {"INPUT": "counts.csv", "OUTCOME": "burglaries", "AUDIENCE": "board"},
        {"OUTPUT": Table(("outcome",))},
    ),
    "presencecrime": Golden(
        "presencecrime",
        {**EVERYTHING, **NIGHT, "PERIOD": "day", "LEAST_COVERED": 0.1, "AUDIENCE": "restricted"},
        {
            "OUTPUT": Table(
                ("design", "outcome", "exposure"), without=("question", "sentence", "reference", "level", "p_kind")
            )
        },
    ),
    "dataquality": Golden(
        "dataquality",
        {"INPUT": "fixes.csv", **AREAS, "EVENTS": "events.csv", "DUTIES": "duties.csv"},
        {"OUTPUT": Table()},
    ),
}


def layer_of(name: str):
    """A file of the force as a layer, its positions on the British grid."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

    layer = QgsVectorLayer(str(FORCE / name), Path(name).stem, "ogr")
    assert layer.isValid(), name
    if layer.isSpatial():
        layer.setCrs(QgsCoordinateReferenceSystem("EPSG:27700"))
    return layer


def rows_of(path: str, without: tuple[str, ...]) -> list[dict[str, str]]:
    """The one layer of a GeoPackage as another program reads it, as texts."""
    from osgeo import ogr

    source = ogr.Open(path)
    layer = source.GetLayer(0)
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())]
    rows = []
    for feature in layer:
        row = {}
        for one in fields:
            is_time = one.GetType() in (ogr.OFTDateTime, ogr.OFTDate)
            value = feature.GetFieldAsString(one.GetName()) if is_time else feature.GetField(one.GetName())
            row[one.GetName()] = written(value)
        shape = feature.GetGeometryRef()
        if shape is not None:
            row["geometry"] = re.sub(
                r"\d+\.\d+", lambda number: f"{float(number.group()):.12g}", shape.ExportToIsoWkt()
            )
        rows.append({name: text for name, text in row.items() if name not in without})
    return rows


@pytest.fixture
def tables_of(run, monkeypatch, tmp_path):
    """Run one golden run; its tables, and its numbers as one more."""

    def go(golden: Golden) -> dict[str, list[dict[str, str]]]:
        key = tmp_path / "key"
        key.write_text("the key of the golden force, known to everybody", encoding="utf-8")
        monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(key))
        outputs = {name: str(tmp_path / f"{name}.gpkg") for name in golden.tables}
        inputs = {n: layer_of(v) if str(v).startswith(FILES) else v for n, v in golden.parameters.items()}
        results, _ = run(golden.algorithm, {**inputs, **outputs})
        numbers = {n: v for n, v in results.items() if isinstance(v, (int, float))}
        tables = {name: rows_of(path, golden.tables[name].without) for name, path in outputs.items()}
        return {**tables, "numbers": [{"name": n, "value": written(v)} for n, v in sorted(numbers.items())]}

    return go


def strays() -> list[Path]:
    """Files among the expected tables that no run makes."""
    known = {EXPECTED / name / f"{table}.csv" for name, golden in RUNS.items() for table in (*golden.tables, "numbers")}
    return sorted({path for path in EXPECTED.rglob("*") if path.is_file()} - known)


@pytest.mark.qgis
@pytest.mark.parametrize("name", RUNS)
def test_outputs_are_as_expected(name, tables_of, request):
    accept, sentences = request.config.getoption("--accept-golden"), []
    for table, found in tables_of(RUNS[name]).items():
        key, path = RUNS[name].tables.get(table, Table(("name",))).key, EXPECTED / name / f"{table}.csv"
        assert found, f"{name}/{table} is empty: the force is to have something for every table"
        differing = differences(f"{name}/{table}", read_table(path) if path.exists() else [], found, key)
        if differing and accept:
            write_table(path, found, key)
        else:
            sentences += differing
    if accept:
        for path in strays():
            path.unlink()
    if sentences:
        pytest.fail(report(sentences), pytrace=False)


def test_every_expected_table_is_of_some_run():
    assert strays() == [], "`make golden` removes them"


def test_golden_files_stay_small_enough_to_read():
    assert sum(p.stat().st_size for p in HERE.rglob("*") if p.is_file()) < 410_000

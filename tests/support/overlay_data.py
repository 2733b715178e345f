"""One table of moments and one of intervals, as layers of each kind, and the filter's definition in plain Python."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pandas as pd

from ia_plugin.core.columns import Table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.times.time_zones import time_zone

NASTY = [
    "O'Brien's 100% \"quoted\" 😀 ; DROP TABLE q; --",
    "a|layername=z|subset=x",
    "back\\slash\\",
    "%s {0} [% 1 %]",
    "01",
    "1",
]
UNITS = ["North", "O'Neill's", None]
PRECISIONS = {"day", "month"}
LONDON = time_zone("Europe/London")


def moments(n: int = 400, seed: int = 3) -> pd.DataFrame:
    """Moments around both changes of clocks and on exact hours, with words that try to break out of their quotes."""
    rng = random.Random(seed)
    starts = [datetime(2024, 3, 27), datetime(2024, 5, 29), datetime(2024, 10, 24)]
    times = [rng.choice(starts) + timedelta(minutes=30 * rng.randrange(48 * 7)) for _ in range(n)]
    frame = pd.DataFrame({"id": range(n), "start": pd.to_datetime(times, utc=True)})
    lengths = pd.to_timedelta([rng.choice([0, 0, 5, 60, 700]) for _ in range(n)], unit="min")
    return frame.assign(
        end=frame["start"] + lengths,
        unit=[rng.choice(UNITS) for _ in range(n)],
        kind=[rng.choice(["crime", "incident"]) for _ in range(n)],
        category=[rng.choice(NASTY) for _ in range(n)],
    )


def local(frame: pd.DataFrame) -> pd.DataFrame:
    civil = frame["start"].dt.tz_convert(LONDON)
    return frame.assign(local_hour=civil.dt.hour.astype("int64"), local_weekday=civil.dt.day_of_week.astype("int64"))


def coarse(frame: pd.DataFrame) -> pd.DataFrame:
    """Of three events in seven the time is known to the hour or not said how well, of others by the day or the month alone."""
    said = ["minute", "day", "month", None, "hour", "day", "month"]
    return frame.assign(time_precision=[said[i % 7] for i in range(len(frame))])


def store_layer(path, frame, interval=True):
    """A GeoPackage as the plugin's store writes it."""
    from qgis.core import QgsVectorLayer

    from ia_plugin.gpkg.geopackage import GeoPackage

    kinds = {"id": "int", "start": "time", "end": "time", "unit": "str", "kind": "str", "category": "str"}
    kinds.update({c: "int" for c in frame if c.startswith("local_")}, time_precision="str")
    table = frame if interval else frame.drop(columns="end")
    with GeoPackage(path) as package:
        package.create_table(Table("q", "one row", ()), {k: v for k, v in kinds.items() if k in table})
        package.append(Table("q", "one row", ()), table)
    return QgsVectorLayer(f"{path}|layername=q", "store", "ogr")


def memory_layer(frame, interval=True, spec=None):
    """A layer in memory; `spec` is how its times know their zone (UTC by default)."""
    from qgis.core import QgsFeature, QgsVectorLayer
    from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

    def clock(t):
        date_, time_ = QDate(t.year, t.month, t.day), QTime(t.hour, t.minute, t.second)
        return QDateTime(date_, time_, Qt.TimeSpec.UTC if spec is None else spec)

    columns = [c for c in frame if interval or c != "end"]
    types = {"start": "datetime", "end": "datetime", "unit": "string", "kind": "string", "category": "string"}
    types["time_precision"] = "string"
    fields = "".join(f"&field={c}:{types.get(c, 'integer')}" for c in columns)
    layer = QgsVectorLayer(f"Point?crs=EPSG:27700{fields}", "memory", "memory")
    features = []
    for row in frame[columns].itertuples(index=False):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([clock(v) if isinstance(v, pd.Timestamp) else v for v in row])
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def qgis_layer(path, frame, interval=True):
    """A GeoPackage as QGIS writes it: 3.22 drops the offset of the times."""
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter, QgsVectorLayer

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", "q"
    context = QgsCoordinateTransformContext()
    done = QgsVectorFileWriter.writeAsVectorFormatV3(memory_layer(frame, interval), str(path), context, options)
    assert done[0] == QgsVectorFileWriter.WriterError.NoError, done
    return QgsVectorLayer(f"{path}|layername=q", "qgis", "ogr")


def text_layer(path, frame, interval=True, detect="yes", form="%Y-%m-%dT%H:%M:%SZ", zone="UTC"):
    """Delimited text."""
    from urllib.parse import quote

    from qgis.core import QgsVectorLayer

    table = frame if interval else frame.drop(columns="end")
    times = {c: table[c].dt.tz_convert(time_zone(zone)).dt.strftime(form) for c in ("start", "end") if c in table}
    table.assign(**times).to_csv(path, index=False)
    uri = f"file://{quote(str(path))}?type=csv&geomType=none&detectTypes={detect}"
    return QgsVectorLayer(uri, "text", "delimitedtext")


def ids(layer):
    return sorted(int(f["id"]) for f in layer.getFeatures())


def expected(frame, state, interval=True):
    """The ids that a state keeps, row by row, by the definition."""
    begin, end = state.edges()
    by_clock = "local_hour" in frame or not interval
    spans = state.spans() if not by_clock and state.days is not None else [(begin, end)]
    kept = []
    for row in frame.itertuples():
        start, last = row.start, row.end if interval else row.start
        met = any((b is None or start < b) and (a is None or start >= a or last > a) for a, b in spans)
        if by_clock and met and not state.any_time:
            civil = start.astimezone(LONDON)
            day = civil - timedelta(days=1) if state.wraps and civil.hour < state.hour_to else civil
            met = civil.hour in state.hours and day.weekday() in state.weekdays
        met = met and getattr(row, "time_precision", None) not in PRECISIONS - set(state.precisions)
        unit = "unit not known" if row.unit is None else row.unit
        words = ((state.units, unit), (state.kinds, row.kind), (state.categories, row.category))
        if met and all(not chosen or word in chosen for chosen, word in words):
            kept.append(row.id)
    return kept


def some_states(n=40, seed=5):
    """Filters of every kind, with days at both changes of clocks."""
    rng = random.Random(seed)
    for _ in range(n):
        first = date(2024, 3, 26) + timedelta(days=rng.choice([0, 2, 5, 63, 66, 212, 214]))
        hour_from = rng.randrange(24)
        hour_to = rng.choice([h for h in range(1, 25) if h != hour_from])
        state = FilterState(first=first, last=first + timedelta(days=rng.choice([0, 1, 6, 40])))
        if rng.random() < 0.7:
            state = replace(state, hour_from=hour_from, hour_to=hour_to)
        if rng.random() < 0.5:
            state = replace(state, weekdays=tuple(rng.sample(range(7), rng.randint(1, 6))))
        yield replace(
            state,
            units=tuple(rng.sample(["North", "O'Neill's", "unit not known"], rng.choice([0, 0, 1, 2]))),
            kinds=tuple(rng.sample(["crime", "incident"], rng.choice([0, 0, 1]))),
            categories=tuple(rng.sample(NASTY, rng.choice([0, 0, 1, 3]))),
        )


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)

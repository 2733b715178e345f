"""The filter state as subset strings: what the layer leaves is what the definition keeps."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cache

import pytest

from ia_plugin.core.filter_state import FilterState
from ia_plugin.ui.map.dialects import DIALECTS, NEVER
from ia_plugin.ui.map.expressions import MAX_SPANS, combined, subset, without_ours
from tests.support.long import long_after
from tests.support.overlay_data import (
    NASTY,
    coarse,
    expected,
    ids,
    local,
    memory_layer,
    moments,
    qgis_layer,
    some_states,
    store_layer,
    text_layer,
)

PERIOD = {"first": date(2024, 5, 29), "last": date(2024, 6, 2)}
NIGHT = FilterState(hour_from=22, hour_to=3, weekdays=(4,), **PERIOD)
LEG = {"start": "time", "end": "time", "mode": "text", "unit": "text"}


# --- strings ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def db():
    """SQLite in memory, closed again."""
    made = sqlite3.connect(":memory:")
    yield made
    made.close()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_everything_is_no_condition(dialect):
    assert subset(FilterState(), "legs", LEG, dialect).text == ""


def test_a_night_belongs_to_the_evening_it_began_on():
    fields = {"time": "time", "local_hour": "int", "local_weekday": "int"}
    text = subset(NIGHT, "fixes", fields, "postgres").text
    assert '("local_hour" >= 22) AND ("local_weekday" IN (4))' in text
    assert '("local_hour" < 3) AND ("local_weekday" IN (5))' in text
    assert text.count("timestamptz") == 2, "the clock of the row needs no spans"


def test_postgres_says_the_zone_of_each_moment():
    state = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 1))
    text = subset(state, "fixes", {"time": "time"}, "postgres").text
    assert (
        text == """("time" < '2024-06-01T23:00:00Z'::timestamptz AND "time" >= '2024-05-31T23:00:00Z'::timestamptz)"""
    )
    clock = subset(state, "fixes", {"time": "clock"}, "postgres").text
    assert clock == """("time" < '2024-06-01T23:00:00'::timestamp AND "time" >= '2024-05-31T23:00:00'::timestamp)"""


@pytest.mark.parametrize(
    "dialect, said",
    [
        ("sqlite", "'a''b\\c'"),
        ("postgres", "E'a''b\\\\c'"),
        ("qgis", "'a''b\\\\c'"),
    ],
)
def test_texts_are_quoted(dialect, said):
    assert DIALECTS[dialect].literal("a'b\\c") == said
    assert DIALECTS[dialect].name('my "unit"') == '"my ""unit"""'


def test_what_a_layer_cannot_tell_is_named():
    closed = FilterState(first=date(2020, 1, 1), last=date(2024, 12, 31), hour_from=8)
    assert subset(closed, "legs", LEG, "sqlite").notes == ("many spans",)
    assert subset(FilterState(hour_from=8), "legs", LEG, "sqlite").notes == ("open hours",)
    assert subset(NIGHT, "legs", {}, "sqlite").notes == ("no time",)
    assert subset(NIGHT, "tracks", {"start": "date"}, "sqlite").notes == ("days only",)
    assert subset(FilterState(modes=("foot",)), "tracks", {"start": "time"}, "qgis").notes == ("lacks mode",)
    assert subset(FilterState(modes=("foot",)), "crimes", {"start": "time"}, "qgis").notes == ()


def test_a_layer_of_events_that_knows_days_only_is_in_no_frame_of_hours():
    """As its records in the figures; weekdays it could tell, and does not: that is said as before."""
    found = subset(NIGHT, "events", {"start": "date"}, "sqlite")
    assert (found.text, found.notes) == (NEVER, ("no hours",))
    weekday = subset(FilterState(weekdays=(4,), **PERIOD), "crimes", {"start": "date"}, "sqlite")
    assert weekday.text and weekday.text != NEVER and weekday.notes == ("days only",)
    assert subset(FilterState(**PERIOD), "crimes", {"start": "date"}, "sqlite").notes == ()


@pytest.mark.parametrize(
    "state, left",
    [
        (FilterState(), {"minute", "hour", "day", "month", None}),
        (FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30)), {"minute", "hour", "day", "month", None}),
        (FilterState(first=date(2024, 6, 1), last=date(2024, 6, 28)), {"minute", "hour", "day", None}),
        (FilterState(weekdays=(5,)), {"minute", "hour", "day", None}),
        (FilterState(hour_from=0, hour_to=3), {"minute", "hour", None}),
        (FilterState(hour_from=22, hour_to=7), {"minute", "hour", None}),
    ],
)
def test_the_map_keeps_the_records_that_the_figures_count(state, left, db):
    """All begin on Saturday 1 June at midnight of summer time: a month, a day, and moments known to the minute or the hour."""
    db.execute('CREATE TABLE q ("start", "end", "time_precision", "local_hour", "local_weekday")')
    ends = {"month": "2024-06-30T23:00:00Z", "day": "2024-06-01T23:00:00Z"}
    for precision in ("minute", "hour", "day", "month", None):
        row = ("2024-05-31T23:00:00Z", ends.get(precision, "2024-05-31T23:00:00Z"), precision, 0, 5)
        db.execute("INSERT INTO q VALUES (?, ?, ?, ?, ?)", row)
    fields = {"start": "time", "end": "time", "time_precision": "text"}
    for more in ({}, {"local_hour": "int", "local_weekday": "int"}):
        if not more and state.days is None and not state.any_time:
            continue  # without a clock of its own a layer cannot be asked hours of an open period
        text = subset(state, "crimes", {**fields, **more}, "sqlite").text or "1"
        assert {p for (p,) in db.execute(f"SELECT time_precision FROM q WHERE {text}")} == left
    assert "time_precision" not in subset(state, "legs", fields, "sqlite").text


def test_a_layer_of_one_kind_need_not_say_so():
    state = FilterState(kinds=("crime",))
    assert subset(state, "crimes", {}, "sqlite").text == ""
    assert subset(state, "incidents", {}, "sqlite").text == NEVER
    assert subset(state, "incidents", {"kind": "text"}, "sqlite").text == "\"kind\" IN ('crime')"


def test_visits_tell_the_mode_by_its_seconds():
    fields = {"enter": "time", "leave": "time", "seconds_foot": "float", "seconds_vehicle": "float"}
    assert subset(FilterState(modes=("foot",)), "visits", fields, "sqlite").text == '"seconds_foot" > 0'


def test_weekdays_that_the_period_has_not_leave_nothing():
    state = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3), weekdays=(5,))
    assert subset(state, "legs", LEG, "sqlite").text == NEVER


def test_spans_are_few_enough_for_the_parser_of_sqlite(db):
    state = FilterState(first=date(2024, 1, 1), last=date(2024, 4, 9), hour_from=20, hour_to=4)
    assert state.days == MAX_SPANS
    text = subset(state, "legs", LEG, "sqlite").text
    db.execute('CREATE TABLE q ("start", "end")')
    assert db.execute(f"SELECT count(*) FROM q WHERE {text}").fetchone() == (0,)


def test_the_index_on_time_is_used(db):
    db.execute('CREATE TABLE q ("time" DATETIME)')
    db.execute('CREATE INDEX i ON q ("time")')
    text = subset(NIGHT, "fixes", {"time": "time"}, "sqlite").text
    plan = db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM q WHERE {text}").fetchall()
    assert "SEARCH" in plan[0][3] and "time>" in plan[0][3]


def test_ours_is_found_in_what_the_user_made_of_it():
    own, ours = '"a" = 1 -- mine', "\"unit\" IN ('x')"
    both = combined(own, ours)
    assert without_ours(both, own, ours) == own
    assert without_ours(combined('"b" = 2', ours), own, ours) == '"b" = 2'
    assert without_ours(combined("", ours), own, ours) == ""
    assert without_ours(both + ' AND "c" = 3', own, ours) == f'({own}) AND "c" = 3'
    assert without_ours('"d" = 4', own, ours) is None
    assert without_ours("", own, ours) is None


# --- layers -----------------------------------------------------------------------------------------------------------


KINDS = {"id": "int", "start": "time", "end": "time", "unit": "text", "kind": "text", "category": "text"}


@pytest.fixture(scope="module")
def frame():
    return moments()


@pytest.fixture(scope="module")
def kept_of(frame):
    """A table of each shape, and of some filters the ids that the definition keeps: worked out once for all layers."""

    @cache
    def made(shape):
        table = coarse(frame) if "coarse" in shape else frame
        table = local(table) if "clocks" in shape else table
        return table, [(state, expected(table, state, shape != "moments")) for state in some_states()]

    return made


MAKERS = {
    "store": lambda folder, f, i: store_layer(folder / "s.gpkg", f, i),
    "qgis": lambda folder, f, i: qgis_layer(folder / "q.gpkg", f, i),
    "memory": lambda folder, f, i: memory_layer(f, i),
    "text": lambda folder, f, i: text_layer(folder / "t.csv", f, i),
    "plain text": lambda folder, f, i: text_layer(folder / "p.csv", f, i, "no", "%Y-%m-%d %H:%M:%S"),
    "offsets": lambda folder, f, i: text_layer(folder / "o.csv", f, i, "no", "%Y-%m-%dT%H:%M:%S%z", "Europe/London"),
}


@pytest.mark.qgis
@pytest.mark.clocks
@pytest.mark.parametrize("maker", long_after(2, MAKERS))
@pytest.mark.parametrize("shape", ["moments", "intervals", "intervals with clocks", "coarse intervals"])
def test_layers_keep_what_the_definition_keeps(qgis_app, tmp_path, kept_of, maker, shape):
    from ia_plugin.ui.map.roles import dialect_of, kinds_of

    table, kept = kept_of(shape)
    layer = MAKERS[maker](tmp_path, table, shape != "moments")
    assert layer.isValid() and len(ids(layer)) == len(table)
    states = kept[: 40 if maker == "store" else 16]  # a layer without an index is asked less often
    for state, expected_ids in states:
        wanted = subset(state, "events", kinds_of(layer), dialect_of(layer))
        assert layer.setSubsetString(wanted.text)
        assert wanted.notes == ()
        assert ids(layer) == expected_ids, (state, wanted.text)
    assert sum(bool(found) for _, found in states) > len(states) / 4, "filters that leave nothing prove nothing"


@pytest.mark.qgis
@pytest.mark.clocks
def test_memory_times_without_zone_are_utc(qgis_app, frame):
    from qgis.PyQt.QtCore import Qt

    layer = memory_layer(frame, False, Qt.TimeSpec.LocalTime)
    for state in some_states(10):
        layer.setSubsetString(subset(state, "events", {**KINDS, "end": "none"}, "qgis").text)
        # A machine's missing hour of March cannot be held by such a layer.
        assert set(ids(layer)) ^ set(expected(frame, state, False)) <= _in_a_missing_hour(frame)


def _in_a_missing_hour(frame):
    clock = frame["start"].dt.strftime("%m-%d %H")
    return set(frame["id"][clock.isin(["03-31 01", "03-10 02"])])


@pytest.mark.qgis
@pytest.mark.clocks
@pytest.mark.parametrize("form", ["2024-06-01T13:00:00+01:00", "2024-06-01 12:00:00", "2024-06-01T12:00:00Z",
                                  "2024-06-01T12:00:00", "2024-06-01T12:00:00.000"])  # fmt: skip
def test_sqlite_reads_every_form_of_iso_8601(form, db):
    db.execute('CREATE TABLE q ("time" DATETIME)')
    db.execute("INSERT INTO q VALUES (?)", (form,))
    for hours, count in (((13, 14), 1), ((12, 13), 0), ((14, 15), 0)):
        day = date(2024, 6, 1)
        state = FilterState(first=day, last=day, hour_from=hours[0], hour_to=hours[1])
        text = subset(state, "fixes", {"time": "time"}, "sqlite").text
        assert db.execute(f"SELECT count(*) FROM q WHERE {text}").fetchone() == (count,)


@pytest.mark.qgis
@pytest.mark.parametrize("maker", MAKERS)
def test_no_word_breaks_out_of_its_quotes(qgis_app, tmp_path, frame, maker):
    from ia_plugin.ui.map.roles import dialect_of, kinds_of

    layer = MAKERS[maker](tmp_path, frame, True)
    for word in [*NASTY, "') OR 1=1 --", "nul\0", "\\' OR 1=1 --"]:
        text = subset(FilterState(categories=(word,)), "events", kinds_of(layer), dialect_of(layer)).text
        assert layer.setSubsetString(text)
        assert ids(layer) == list(frame["id"][frame["category"] == word])

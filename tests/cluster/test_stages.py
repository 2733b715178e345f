"""The two stages without Spark: officers in any tasks, days in any spans and slabs, and the same tables bit for bit."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from ia_plugin.cluster.area_day_stage import PUBLISHED, pieces_of_days, tables_of_days
from ia_plugin.cluster.chunks import PARTS
from ia_plugin.cluster.day_rows import columns_kept, moment_column
from ia_plugin.cluster.longest_gaps import intervals_of, limits_of
from ia_plugin.cluster.officer_stage import OFFICER_TABLES, chunks_of_officers, edges_of, fixes_table
from ia_plugin.cluster.packed_fixes import DAY_US, packed_by_task, unpacked_fixes
from ia_plugin.cluster.spans import MARGIN_DAYS, SpanOfDays, day_number, spans_of
from ia_plugin.cluster.tasks import fixes_by_officer, tasks_of
from ia_plugin.core.params import TrackParams
from ia_plugin.core.summaries.compute import ForceFacts, by_officers
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import gap_limits
from tools.attack.batch_days import AREAS, invented_events, invented_fixes

DAYS = range(day_number("2024-10-23"), day_number("2024-10-31"))


@pytest.fixture(scope="module")
def force():
    rng = np.random.default_rng(5)
    first = pd.Timestamp("2024-10-24", tz="Europe/London").tz_convert("UTC")
    fixes = invented_fixes(rng, first, 6, 5)
    events = invented_events(rng, fixes, 20)
    facts = ForceFacts(AREAS, events[events["time_precision"].isin(["minute", "hour"])], tracks=TrackParams(max_gap_s=900.0))  # fmt: skip
    rows = fixes.assign(us=nanoseconds(fixes["time"]) // 1_000).drop(columns="time")
    return rows, facts


def tables(rows, facts, width, groups):
    """The published tables, with officers in groups and days in spans of a width."""
    slabs: dict[int, list[bytes]] = {}
    day = rows["us"] // 86_400_000_000
    for span in spans_of(DAYS, width):
        for group in range(groups):
            mine = rows["officer_id"].map(lambda o, g=group: int(o[-2:]) % groups == g)
            some = rows[mine & day.between(span.read.start, span.read.stop - 1)]
            if len(some):
                for chunk in chunks_of_officers(some.sample(frac=1, random_state=1), span, facts):
                    slabs.setdefault(chunk.slab, []).append(chunk.payload) if chunk.kind == PARTS else None
    found: dict[str, list[pd.DataFrame]] = {}
    for payloads in slabs.values():
        for name, table in tables_of_days(payloads[::-1]).items():
            found.setdefault(name, []).append(table)
    keys = ["area_id", "period", "activity"]
    return {n: pd.concat(t).sort_values([k for k in keys if k in t[0].columns], ignore_index=True) for n, t in found.items() if n in PUBLISHED}  # fmt: skip


def test_tasks_and_spans_of_any_size_give_the_same_bits(force):
    one, other = tables(*force, width=84, groups=1), tables(*force, width=3, groups=3)
    assert set(one) == set(PUBLISHED)
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True)


def test_fixes_stand_in_the_order_of_what_they_say_to_the_millisecond(force):
    rows = force[0].head(50)
    a, b = (
        fixes_table(rows),
        fixes_table(rows.sample(frac=1, random_state=2).assign(task=3, us=lambda t: t["us"] + 999)),
    )
    pd.testing.assert_frame_equal(a, b)


def test_the_two_hours_of_an_october_night_stay_two():
    moments = ["2024-10-27T00:30Z", "2024-10-27T01:30Z"]
    us = [pd.Timestamp(m).value // 1_000 for m in moments]
    table = fixes_table(pd.DataFrame({"officer_id": ["a", "a"], "us": us, "x": [0.0, 1.0], "y": [0.0, 1.0]}))
    assert table["time"].tolist() == [pd.Timestamp(m) for m in moments]


def test_an_officer_of_five_million_fixes_is_computed_in_spans_that_fit():
    due = set(range(100, 350))
    tasks = tasks_of(
        due, dict.fromkeys(range(90, 360), 21_000), {"radio": (5_000_000, 250), "lee": (900, 250)}, 300_000
    )
    assert tasks.officers == [("radio", 0, 7), ("lee", 0, 168)]
    own = {(width, first) for width, _, first, n in tasks.days if width == 7}
    assert len(own) == 36 and max(len(tasks.spans[first].read) * 20_000 for _, first in own) <= 400_000
    assert {d for _, first in own for d in range(tasks.spans[first].first, tasks.spans[first].after)} == due


def test_officers_are_dealt_out_by_their_fixes_so_that_no_task_has_many_more_than_another():
    by_officer = {f"p{k}": (1_000 + 37 * k, 10) for k in range(60)}
    tasks = tasks_of(set(range(10)), dict.fromkeys(range(10), 12_540), by_officer, 30_000)
    loads = [
        sum(by_officer[o][0] for o, turn, _ in tasks.officers if turn % tasks.count == k) for k in range(tasks.count)
    ]
    assert tasks.count == 5 and max(loads) < 1.1 * min(loads)


@pytest.mark.parametrize("name", OFFICER_TABLES)
def test_a_days_file_has_the_rows_of_the_table_in_the_columns_of_the_dictionary(force, name):
    """From Arrow to Arrow, without a detour by Spark's session clock: 00:30Z and 01:30Z of an October night are of one civil day."""
    rows, facts = force
    span = SpanOfDays(DAYS.start, DAYS.stop)
    parts = by_officers(fixes_table(rows), facts, edges_of(span, facts.timezone))
    table = {**parts.tables, "officer_time": parts.officer_time}[name]
    pieces = [
        p for p in pieces_of_days(chunks_of_officers(rows, span, facts), (name,), facts.timezone) if p.table == name
    ]
    found = pd.concat([pd.read_parquet(BytesIO(p.content)).assign(day=p.day) for p in pieces], ignore_index=True)
    keys = [c for c in ("officer_id", moment_column(name), "area_id", "period", "leg_id") if c in table.columns]
    found, table = (t.sort_values(keys, kind="stable", ignore_index=True) for t in (found, table))
    assert list(found.columns) == [*(c for c, _ in columns_kept(name)), "day"] and len(found) == len(table) > 0
    for column in table.columns.intersection(found.columns):
        if table[column].dtype.kind == "M":
            table[column] = table[column].dt.floor("us")  # Spark's own grain
        assert found[column].astype(object).where(found[column].notna(), None).tolist() == [
            None if pd.isna(v) else v for v in table[column].astype(object)
        ]
    assert (found["day"] == found[moment_column(name)].dt.tz_convert("Europe/London").dt.strftime("%Y-%m-%d")).all()


@pytest.fixture(scope="module")
def packed(force):
    """(the tasks, the fixes that each is given): two radios of two sources, one of them so busy that it has spans of its own."""
    rows = force[0].assign(source=lambda t: np.where(t["officer_id"].str[-1] == "1", "vehicle", None))
    census = rows.assign(day=rows["us"] // DAY_US, n=1).groupby(["officer_id", "day"], as_index=False)["n"].sum()
    by_officer = fixes_by_officer(census)
    by_officer[rows["officer_id"].max()] = (2_000_000, 6)
    tasks = tasks_of(set(DAYS), census.groupby("day")["n"].sum().to_dict(), by_officer, 1_000)
    batches = pa.Table.from_pandas(rows, preserve_index=False).to_batches(max_chunksize=700)
    given: dict[int, list[bytes]] = {}
    for task, payload in packed_by_task(batches, tasks, most=1_500):
        given.setdefault(task, []).append(payload)
    return rows, tasks, {task: unpacked_fixes(payloads) for task, payloads in given.items()}


def test_each_task_is_given_all_fixes_of_its_officers_on_the_days_that_it_reads(packed):
    rows, tasks, given = packed
    day = rows["us"] // DAY_US
    assert {tasks.spans[t].after - tasks.spans[t].first for t in given} > {len(DAYS)}  # narrower spans beside the whole
    for task, found in given.items():
        read = tasks.spans[task].read
        due = rows[rows["officer_id"].isin(found["officer_id"].unique()) & day.between(read.start, read.stop - 1)]
        pd.testing.assert_frame_equal(fixes_table(found), fixes_table(due), check_dtype=False)
    own = [(o, tasks.spans[t].first) for t, found in given.items() for o in found["officer_id"].unique()]
    assert len(set(own)) == len(own) and {o for o, _ in own} == set(rows["officer_id"])


def test_the_longest_gaps_counted_by_task_are_those_of_all_fixes(packed):
    rows, tasks, given = packed
    counted = pd.concat([intervals_of(found, tasks.spans[task]) for task, found in given.items()])
    ordered = rows.assign(ms=rows["us"] // 1_000).sort_values(["officer_id", "ms"], ignore_index=True)
    seconds = (ordered.groupby("officer_id")["ms"].shift(-1) - ordered["ms"]).to_numpy() / 1e3
    assert limits_of(counted, ["", "vehicle"]) == gap_limits(seconds, ordered["source"].fillna("").tolist())


def test_a_span_reads_as_far_as_a_stretch_may_reach():
    assert SpanOfDays(10, 12).read == range(10 - MARGIN_DAYS, 12 + MARGIN_DAYS)

"""The two stages without Spark: officers in any tasks, days in any spans and slabs, and the same tables bit for bit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ia_plugin.cluster.area_day_stage import PUBLISHED, chunks_of_days
from ia_plugin.cluster.chunks import PARTS, unpacked
from ia_plugin.cluster.day_rows import columns_by_day, rows_by_day
from ia_plugin.cluster.officer_stage import OFFICER_TABLES, chunks_of_officers, fixes_table, moment_column
from ia_plugin.cluster.spans import MARGIN_DAYS, SpanOfDays, day_number, spans_of
from ia_plugin.cluster.tasks import tasks_of
from ia_plugin.core.params import TrackParams
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.times.instants import nanoseconds
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
    for slab, payloads in slabs.items():
        for chunk in chunks_of_days(slab, payloads[::-1]):
            found.setdefault(chunk.kind, []).append(unpacked(chunk.payload))
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
    due = set(range(100, 200))
    tasks = tasks_of(
        due, dict.fromkeys(range(90, 210), 60_000), {"radio": (5_000_000, 100), "lee": (900, 100)}, 300_000
    )
    assert tasks.officers == [("radio", 0, 7), ("lee", 0, 84)]
    own = {(width, first) for width, _, first, n in tasks.days if width == 7}
    assert len(own) == 15 and max(len(tasks.spans[first].read) * 50_000 for _, first in own) <= 1_000_000
    assert {d for _, first in own for d in range(tasks.spans[first].first, tasks.spans[first].after)} == due


def test_officers_are_dealt_out_by_their_fixes_so_that_no_task_has_many_more_than_another():
    by_officer = {f"p{k}": (1_000 + 37 * k, 10) for k in range(60)}
    tasks = tasks_of(set(range(10)), dict.fromkeys(range(10), 12_540), by_officer, 30_000)
    loads = [
        sum(by_officer[o][0] for o, turn, _ in tasks.officers if turn % tasks.count == k) for k in range(tasks.count)
    ]
    assert tasks.count == 5 and max(loads) < 1.1 * min(loads)


@pytest.mark.parametrize("name", OFFICER_TABLES)
def test_rows_by_day_are_the_rows_of_the_table_in_the_columns_of_the_dictionary(force, name):
    """From Arrow to Arrow, without a detour by Spark's session clock: 00:30Z and 01:30Z of an October night are of one civil day."""
    rows, facts = force
    span = SpanOfDays(DAYS.start, DAYS.stop)
    chunks = [c for c in chunks_of_officers(rows, span, facts) if c.kind == name]
    packed = pd.concat([unpacked(c.payload) for c in chunks], ignore_index=True)
    found = pd.concat([rows_by_day(c.payload, name, "Europe/London").to_pandas() for c in chunks], ignore_index=True)
    assert list(found.columns) == [c for c, _ in columns_by_day(name)] and len(found) == len(packed) > 0
    for column in packed.columns.intersection(found.columns):
        if packed[column].dtype.kind == "M":
            packed[column] = packed[column].dt.floor("us")  # Spark's own grain
        assert found[column].astype(object).where(found[column].notna(), None).tolist() == [
            None if pd.isna(v) else v for v in packed[column].astype(object)
        ]
    assert (found["day"] == found[moment_column(name)].dt.tz_convert("Europe/London").dt.strftime("%Y-%m-%d")).all()


def test_a_span_reads_as_far_as_a_stretch_may_reach():
    assert SpanOfDays(10, 12).read == range(10 - MARGIN_DAYS, 12 + MARGIN_DAYS)

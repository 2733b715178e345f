"""One run: what is due, the two stages, the tables by day, the summary, and last the manifest that makes all of it count."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

from ..core.privacy import Key, load_key
from ..core.resources import plugin_version
from ..core.summaries.compute import ForceFacts
from ..store.refresh import BY_GROUP, PUBLISHED
from .changes import Changed, changed, due_days, facts_of, files_to_read, in_words, labels_of
from .chunks import REPORT, SLAB_DAYS
from .folders import Folder, folder_of
from .force import event_marks, force_of, rule_of
from .officers import with_pseudonyms
from .plan import Plan
from .publication import hand_out, published_summary
from .readable import Contents, contents_of
from .runs import Label, Manifest, alone, new_run, newest, put_in_place, superseded
from .spans import MARGIN_DAYS, about, day_text
from .spark_stages import (
    by_days,
    by_officer,
    chunk_by_chunk,
    fixes_by_officer,
    longest_gaps,
    table_by_day,
    write_chunks,
)
from .spark_tables import fixes_of, rows_of
from .tasks import tasks_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Say = Callable[[str], None]
"""Is given each line for the operator."""
AT_ONCE = 4
"""Tables that are written at the same time."""


def run_once(spark: SparkSession, plan: Plan, say: Say = lambda _words: None) -> Manifest:
    """Bring the folder of the runs up to date, and say what counts now.

    Raises
    ------
    StoreError
        where another run is at it, or was quicker; then, and whenever else it fails, what counted before still does.
    """
    folder, run = folder_of(plan.output, spark), new_run(time.gmtime())
    with alone(folder, run, stale_s=plan.stale_s):
        before = newest(folder)
        try:
            manifest = _Run(spark, plan, folder, run, say, before, load_key(os.environ)).computed()
            if manifest is not before:
                put_in_place(folder, manifest)
        except BaseException:
            folder.remove(f"runs/{run}")
            raise
        if manifest is not before:
            folder.remove(f"runs/{run}/work")
            if plan.summary:
                hand_out(folder, manifest, Path(plan.summary))
            if not plan.keep_runs:
                for old in superseded(manifest, folder.children("runs")):
                    folder.remove(f"runs/{old}")
    return manifest


@dataclass
class _Run:
    """One run on its way, from what counted before."""

    spark: SparkSession
    plan: Plan
    folder: Folder
    run: str
    say: Say
    before: Manifest
    key: Optional[Key] = field(repr=False)

    def computed(self) -> Manifest:
        """The manifest of all that this run has written; the one of before where nothing is to be done."""
        plan, before = self.plan, self.before
        source = folder_of(plan.input, self.spark)
        files = labels_of(source.files())
        found = changed(before, files)
        facts, events = force_of(self.spark, plan, self.key)
        rule, marks = rule_of(facts, plan), event_marks(facts)
        names = [f.name for some in found.fresh.values() for f in some]
        contents = self._contents(source, names)
        inputs = _inputs(before, found, contents)
        due = due_days(before, found, inputs, rule, marks)
        if not due and not found:
            self.say("nothing is new")
            return before
        self.say(f"{len(names)} new files of {sum(map(len, files.values()))}; to compute: {in_words(due)}")
        manifest = Manifest(
            before.number + 1, self.run, plugin_version(), rule, before.gaps, inputs, _days(before, inputs, due, self.run),
            dict(before.months), marks, max(before.reached_us, contents.reached_us), contents.not_read,
        )  # fmt: skip
        gaps, counts = before.gaps, {"no_time": contents.without_time}
        if due:
            chosen = [n for n in files_to_read(inputs, due) if n not in contents.not_read]
            gaps, facts, more = self._stages(source, chosen, due, inputs, facts)
            counts |= more
        manifest = replace(manifest, gaps=gaps, counts=counts)
        manifest = published_summary(self.spark, self.folder, plan, manifest, before, due, facts, events)
        self.say(f"{len(manifest.days)} days count, {len(manifest.months)} months are told by group")
        return manifest

    def _contents(self, source: Folder, names: list[str]) -> Contents:
        self._describe("reading new files")
        contents = contents_of(self.spark, source, names, self.plan)
        for name in contents.not_read:
            self.say(f"NOT READ, and tried again by the next run: {name}")
        if contents.without_time:
            self.say(f"{contents.without_time:,} fixes have no moment that can be known")
        return contents

    def _stages(
        self, source: Folder, names: list[str], due: set[int], inputs: dict[str, Label], facts: ForceFacts
    ) -> tuple[dict[str, float], ForceFacts, dict[str, int]]:
        """(longest gaps, the facts with them, counts), with all tables of the days written."""
        work, gaps = f"runs/{self.run}/work", dict(self.before.gaps)
        if not names:
            return gaps, facts, {}
        wanted = about(due, MARGIN_DAYS)
        fixes = fixes_of(self.spark, [source.path(n) for n in names], self.plan.names)
        fixes = fixes.where(fixes["day"].between(min(wanted), max(wanted)))
        fixes = with_pseudonyms(self.spark, fixes, self.key)
        if self.plan.max_gap is None:
            gaps = self._gaps(fixes)
            facts = replace(facts, tracks=replace(facts.tracks, max_gap_by_source=tuple(sorted(gaps.items()))))
        _ = facts.prepared, facts.headline  # worked out once, and carried along to every task
        on = Counter[int]()
        for label in inputs.values():
            on.update({int(d): n for d, n in label.days.items()})
        tasks = tasks_of(due, on, fixes_by_officer(fixes), self.plan.task_fixes)
        self._describe("stage by officer")
        self.say(f"{tasks.count} tasks by officer, {sum(on[d] for d in wanted):,} fixes to read")
        officers, days = (self.folder.path(f"{work}/{name}") for name in ("officers", "days"))
        write_chunks(by_officer(self.spark, fixes, tasks, facts, self.plan.restricted), officers)
        with chunk_by_chunk(self.spark):
            chunks, slabs = self.spark.read.parquet(officers), len({d // SLAB_DAYS for d in due})
            self._describe("stage by area and day")
            write_chunks(by_days(chunks, slabs), days)
            self._write_tables(chunks, self.spark.read.parquet(days), slabs)
            return gaps, facts, self._counts(chunks)

    def _gaps(self, fixes: DataFrame) -> dict[str, float]:
        """The longest gap of each source, measured where one is met for the first time, and kept."""
        kept = self.before.gaps
        sources = {str(r[0] or "") for r in rows_of(fixes.select("source").distinct())} if "source" in fixes.columns else {""}  # fmt: skip
        if sources <= set(kept):
            return kept
        self._describe("intervals between fixes")
        return {**longest_gaps(fixes), **kept}

    def _write_tables(self, officers: DataFrame, days: DataFrame, slabs: int) -> None:
        """Each table as Parquet, a folder a day; what tells of single officers, or by group, apart from the summary."""
        self._describe("tables by day")
        wanted = [(days if n in BY_GROUP else officers, n, "restricted") for n in self.plan.restricted]
        wanted += [(days, n, "summary") for n in PUBLISHED]

        def write(chunks: DataFrame, name: str, room: str) -> None:
            table = table_by_day(chunks, name, slabs, self.plan.timezone)
            table.write.partitionBy("day").parquet(self.folder.path(f"runs/{self.run}/{room}/{name}"))

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda one: write(*one), wanted))

    def _counts(self, chunks: DataFrame) -> dict[str, int]:
        found = Counter[str]()
        for row in rows_of(chunks.where(chunks["kind"] == REPORT).select("payload")):
            report = json.loads(bytes(row["payload"]))
            found.update(fixes=report["fixes"], legs=report["legs"], **{f"dropped_{k}": n for k, n in report["dropped"].items()})  # fmt: skip
            found["cpu_ms"] += round(1_000 * report["cpu_s"])
        self.say(", ".join(f"{n:,} {what}" for what, n in sorted(found.items())))
        return dict(found)

    def _describe(self, words: str) -> None:
        """What Spark's pages call the jobs that follow."""
        self.spark.sparkContext.setJobDescription(f"Impact Area: {words}")


def _inputs(before: Manifest, found: Changed, contents: Contents) -> dict[str, Label]:
    """Every label as it is now."""
    inputs = {label: kept for label, kept in before.inputs.items() if label not in found.gone}
    for label, files in found.fresh.items():
        days = Counter[int]()
        for file in files:
            days.update(contents.days.get(file.name, {}))
        inputs[label] = Label(facts_of(files), {str(d): n for d, n in sorted(days.items())})
    return inputs


def _days(before: Manifest, inputs: dict[str, Label], due: set[int], run: str) -> dict[str, str]:
    """Civil day -> the run that counts for it; days of which there are no fixes any more are none."""
    possible = about((int(d) for label in inputs.values() for d in label.days), 1)
    days = {**before.days, **{day_text(d): run for d in due}}
    texts = {day_text(d) for d in possible}
    return {day: of for day, of in sorted(days.items()) if day in texts}

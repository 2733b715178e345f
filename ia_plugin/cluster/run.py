"""One run: what is due, the two stages, the tables by day, the summary, and last the manifest that makes all of it count."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

import pandas as pd

from ..core.errors import FileError
from ..core.privacy import Key, load_key
from ..core.resources import plugin_version
from ..core.summaries.compute import ForceFacts
from .area_day_stage import RESTRICTED, SUMMARY
from .changes import Changed, changed, due_days, facts_of, files_to_read, in_words, labels_of
from .chunks import REPORT, SLAB_DAYS
from .folders import Folder, folder_of
from .force import event_marks, force_of, rule_of
from .longest_gaps import limits_of
from .officer_stage import OFFICER_TABLES
from .officers import with_pseudonyms
from .plan import Plan
from .publication import hand_out, published_summary
from .readable import Contents, contents_of
from .runs import Label, Manifest, alone, new_run, newest, place_of_work, put_in_place, superseded, with_its_runs
from .spans import MARGIN_DAYS, about, day_text
from .spark_stages import by_days, by_officer, by_task, chunk_by_chunk, intervals, read_pieces, write_pieces
from .spark_tables import fixes_of
from .tasks import Tasks, fixes_by_officer, tasks_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Say = Callable[[str], None]
"""Is given each line for the operator."""


def run_once(spark: SparkSession, plan: Plan, say: Say = lambda _words: None) -> Manifest:
    """Bring the folder of the runs up to date, and say what counts now.

    Raises
    ------
    StoreError
        where another run is at it, or was quicker; then, and whenever else it fails, what counted before still does.
    """
    folder, run = folder_of(plan.output, spark), new_run(time.gmtime())
    with alone(folder, run, stale_s=plan.stale_s):
        found = newest(folder)
        before = with_its_runs(folder, found)
        if before is not found:
            say("the folder of a run that counts is gone: every day is computed anew")
        try:
            manifest = _Run(spark, plan, folder, run, say, before, load_key(os.environ)).computed()
            if manifest is not before:
                put_in_place(folder, manifest)
        except BaseException:
            folder.remove(f"runs/{run}")
            raise
        if manifest is not before:
            folder.remove(f"runs/{run}/work")
            if not plan.keep_runs:
                for old in superseded(manifest, folder.children("runs")):
                    folder.remove(f"runs/{old}")
        if plan.summary:
            hand_out(folder, manifest, Path(plan.summary))
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
    looked_at: dict[tuple[str, ...], DataFrame] = field(default_factory=dict, repr=False)

    def computed(self) -> Manifest:
        """The manifest of all that this run has written; the one of before where nothing is to be done."""
        plan, before = self.plan, self.before
        source = folder_of(plan.input, self.spark)
        files = labels_of(source.files())
        if not files:  # a share that is not mounted looks like this, and would take every day away
            raise FileError(
                f"INPUT {plan.input!r} holds no file.", "Look whether it is there, and whether this machine sees it."
            )
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
            dict(before.months), marks, max(before.reached_us, contents.reached_us), list(contents.not_read),
        )  # fmt: skip
        gaps, counts = before.gaps, {"no_time": contents.without_time}
        if due:
            chosen = [n for n in files_to_read(inputs, due) if n not in contents.not_read]
            gaps, facts, more = self._stages(source, chosen, contents, due, inputs, facts)
            counts |= more
        manifest = replace(manifest, gaps=gaps, counts=counts)
        manifest = published_summary(self.spark, self.folder, plan, manifest, before, due, facts, events)
        self.say(f"{len(manifest.days)} days count, {len(manifest.months)} months are told by group")
        return manifest

    def _contents(self, source: Folder, names: list[str]) -> Contents:
        self._describe("reading new files")
        contents = contents_of(source, names, lambda some: self._fixes(source, some))
        for name, why in contents.not_read.items():
            self.say(f"NOT READ, and tried again by the next run: {name}: {why}")
        if contents.without_time:
            self.say(f"{contents.without_time:,} fixes have no moment that can be known, or an impossible one")
        return contents

    def _stages(
        self,
        source: Folder,
        names: list[str],
        new: Contents,
        due: set[int],
        inputs: dict[str, Label],
        facts: ForceFacts,
    ) -> tuple[dict[str, float], ForceFacts, dict[str, int]]:
        """(longest gaps, the facts with them, counts), with all tables of the days written."""
        gaps = dict(self.before.gaps)
        if not names:
            return gaps, facts, {}
        wanted = about(due, MARGIN_DAYS)
        others = [n for n in names if n not in new.days]
        known = contents_of(source, others, lambda some: self._fixes(source, some))
        fixes = self._fixes(source, names)
        fixes = fixes.where(fixes["day"].between(min(wanted), max(wanted)))
        census = pd.concat([some for some in (new.census, known.census) if len(some)])
        fixes, census = with_pseudonyms(self.spark, fixes, census[census["day"].isin(wanted)], self.key)
        on = Counter[int]()
        for label in inputs.values():
            on.update({int(d): n for d, n in label.days.items()})
        tasks = tasks_of(due, on, fixes_by_officer(census), self.plan.task_fixes)
        self.say(f"{tasks.count} tasks by officer, {sum(on[d] for d in wanted):,} fixes to read")
        packed = by_task(fixes, tasks)
        if self.plan.max_gap is None:
            gaps = self._gaps(packed, tasks, set(census["source"]))
            facts = replace(facts, tracks=replace(facts.tracks, max_gap_by_source=tuple(sorted(gaps.items()))))
        self._compute(packed, tasks, due, facts)
        packed.unpersist()
        return gaps, facts, self._counts()

    def _fixes(self, source: Folder, names: Sequence[str]) -> DataFrame:
        """The fixes of some files. Finding out what columns thousands of files have takes time, so the answer for the last ones is kept."""
        files = tuple(sorted(names))
        if files not in self.looked_at:
            self.looked_at.clear()
            self.looked_at[files] = fixes_of(self.spark, source, files, self.plan.names)
        return self.looked_at[files]

    def _gaps(self, packed: DataFrame, tasks: Tasks, sources: set[str]) -> dict[str, float]:
        """The longest gap of each source, measured where one is met for the first time, and kept."""
        kept = self.before.gaps
        if sources <= set(kept):
            return kept
        self._describe("intervals between fixes")
        return {**limits_of(intervals(packed, tasks), sources), **kept}

    def _compute(self, packed: DataFrame, tasks: Tasks, due: set[int], facts: ForceFacts) -> None:
        """Both stages in one go, and each table as Parquet, a folder a day: what tells of single officers, or by group, apart from the summary."""
        _ = facts.prepared, facts.headline  # worked out once, and carried along to every task
        plan, slabs = self.plan, sorted({d // SLAB_DAYS for d in due})
        officers = tuple(n for n in plan.restricted if n in OFFICER_TABLES)
        self._describe("by officer, then by area and day")
        with chunk_by_chunk(self.spark):
            chunks = by_officer(self.spark, packed, tasks, slabs, facts, officers)
            pieces = f"runs/{self.run}/work/pieces"
            write_pieces(by_days(chunks, slabs, plan.restricted, plan.timezone), self.folder.path(pieces))
        for room in (RESTRICTED, SUMMARY):
            for table in self.folder.children(f"{pieces}/room={room}"):
                name = table.partition("=")[2]
                self.folder.move(f"{pieces}/room={room}/{table}", f"runs/{self.run}/{room}/{name}")

    def _counts(self) -> dict[str, int]:
        found = Counter[str]()
        place = place_of_work(self.run)
        written = read_pieces(self.spark, self.folder.path(place), [REPORT]) if self.folder.children(place) else {}
        for report in (json.loads(line) for text in written.get(REPORT, ()) for line in text.splitlines()):
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

"""What a run lets out: the summary that the dock opens, of its own days and of those that stand; and closed months by group."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import pandas as pd

from ..core.columns import GROUP_PARTS, OFFICER_TIME, TABLES, VISIT_LENGTHS_BY_GROUP
from ..core.empty import empty_table
from ..core.errors import ImpactAreaError
from ..core.summaries.compute import ForceFacts, together
from ..core.write_file import unwritable
from ..gpkg.geopackage import GeoPackage
from ..store.day_passes import PUBLISHED
from ..store.months import ClosedMonth, closed_month, edges_of_month, roles_of
from ..store.summary import ABOUT
from ..store.tables import SUMMARY
from ..store.taken_summary import run_of
from .closed_months import days_of_month, months_to_tell
from .folders import Folder
from .officer_stage import edges_of
from .plan import Plan
from .runs import Manifest, place_of_work
from .spans import spans_of
from .spark_stages import published_tables
from .spark_tables import literal, rows_of
from .summary_file import SummaryFile

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_BEGINS_ANEW = ("areas", "layout", "timezone")
"""Where one of these is another, nothing of the summary stays; else months keep the labels under which they were told."""
_LONG = 100_000  # days: all that follow each other in one span


def published_summary(
    spark: SparkSession,
    folder: Folder,
    plan: Plan,
    manifest: Manifest,
    before: Manifest,
    due: set[int],
    facts: ForceFacts,
    events: pd.DataFrame,
) -> Manifest:
    """Write the run's summary.gpkg into its folder; the manifest with the months that were told.

    Parameters
    ----------
    manifest, before : of this run, whose tables are written, and the one that counts until now
    due : the days of this run
    events : all of them
    """
    with tempfile.TemporaryDirectory() as here:
        path = Path(here) / SUMMARY
        if all(manifest.rule[n] == before.rule.get(n) for n in _BEGINS_ANEW):
            folder.bring(f"runs/{before.run}/{SUMMARY}", path)
        with SummaryFile(path, plan.epsg) as summary:
            summary.put_areas(facts.areas)
            tables = _tables(spark, folder, manifest.run) if due else {}
            for span in spans_of(due, _LONG):
                edges = edges_of(span, plan.timezone)
                some = {n: t[(t["period"] >= edges[0]) & (t["period"] < edges[1])] for n, t in tables.items()}
                summary.put_days(edges, some, plan.timezone)
            manifest = _months(spark, folder, plan, manifest, due, facts, summary, Path(here))
            summary.put_events(events, facts)
            summary.put_facts(facts, plan.least_ha, manifest.run, events)
        folder.put(path, f"runs/{manifest.run}/{SUMMARY}")
    return manifest


def hand_out(folder: Folder, manifest: Manifest, path: Path) -> None:
    """Put the summary that counts where readers look for it, whole or not at all; the one that is there stays.

    Raises
    ------
    FileError
        where it cannot be written there; the run counts all the same, and the next one puts it there.
    """
    fresh = path.with_name(f".{manifest.run}.tmp")
    try:
        if _made_by(path) == manifest.run:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if folder.bring(f"runs/{manifest.run}/{SUMMARY}", fresh):
            os.replace(fresh, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _made_by(path: Path) -> str:
    """The run that made a summary; nothing where there is none, or none that can be read."""
    if not path.is_file():
        return ""
    try:
        with GeoPackage(path, create=False) as summary:
            return run_of(summary) if ABOUT in summary.tables() else ""
    except ImpactAreaError:
        return ""


def _tables(spark: SparkSession, folder: Folder, run: str) -> dict[str, pd.DataFrame]:
    if not folder.children(place_of_work(run)):
        return {}
    found = published_tables(spark, folder.path(place_of_work(run)), PUBLISHED)
    order = {n: [c for c in ("period", "area_id", "activity", "unit", "resource_type") if c in TABLES[n].names] for n in found}  # fmt: skip
    return {n: together(t).sort_values(order[n], kind="stable", ignore_index=True) for n, t in found.items() if t}


def _months(
    spark: SparkSession,
    folder: Folder,
    plan: Plan,
    manifest: Manifest,
    due: set[int],
    facts: ForceFacts,
    summary: SummaryFile,
    here: Path,
) -> Manifest:
    if not {OFFICER_TIME.name, VISIT_LENGTHS_BY_GROUP.name} <= set(plan.restricted):  # which months are made of
        return manifest
    mark, months = manifest.rule["areas"], dict(manifest.months)
    with_fixes = {int(d) for label in manifest.inputs.values() for d in label.days}
    roles = roles_of(facts.areas)
    for month in months_to_tell(manifest, due, mark, with_fixes, plan.timezone):
        first, _ = edges_of_month(month, plan.timezone)
        there = _of_days(spark, folder, manifest, OFFICER_TIME.name, month)
        lengths = _of_days(spark, folder, manifest, VISIT_LENGTHS_BY_GROUP.name, month)
        kept = months.get(month, {})
        before = _as_it_was(folder, summary, month, kept["run"], first, here) if kept.get("areas") == mark else None
        found = closed_month(there, lengths, roles, first, plan.timezone, before)
        if found is None:
            continue
        summary.put_month(first, found)
        file = here / "parts.parquet"
        found.parts.to_parquet(file, index=False)
        folder.put(file, _parts_name(manifest.run, month))
        months[month] = {"run": manifest.run, "areas": mark}
    return replace(manifest, months=months)


def _parts_name(run: str, month: str) -> str:
    return f"runs/{run}/restricted/{GROUP_PARTS.name}/month={month}/parts.parquet"


def _as_it_was(
    folder: Folder, summary: SummaryFile, month: str, run: str, first: pd.Timestamp, here: Path
) -> Optional[ClosedMonth]:
    file = here / "before.parquet"
    if not folder.bring(_parts_name(run, month), file):
        return None
    return ClosedMonth(*summary.month(first), pd.read_parquet(file))


def _of_days(spark: SparkSession, folder: Folder, manifest: Manifest, name: str, month: str) -> pd.DataFrame:
    """The rows of a table on the days of a month, each from the run that counts for it."""
    paths: list[str] = []
    for day in days_of_month(month):
        run = manifest.days.get(day)
        place = f"runs/{run}/restricted/{name}/day={day}"
        if run is not None and folder.children(place):
            paths.append(literal(folder.path(place)))
    table = TABLES[name]
    if not paths:
        return empty_table(table)
    files = spark.read.format("binaryFile").load(paths).orderBy("path").select("content")
    rows = pd.concat([pd.read_parquet(BytesIO(bytes(r["content"])), columns=[*table.names]) for r in rows_of(files)])
    moments = {
        c.name: pd.to_datetime(rows[c.name], utc=True).astype("datetime64[ns, UTC]")
        for c in table.columns
        if c.kind == "time"
    }
    return rows.assign(**moments).reset_index(drop=True)

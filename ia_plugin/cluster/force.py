"""What officers' time is set beside, read once and given to every task: areas, events, postings, model; and marks of what they said."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import pandas as pd

from ..core.areas import prepare_areas
from ..core.columns import AREAS, TABLES, require
from ..core.errors import AreaError, FileError, StoreError
from ..core.events.area_events import NEEDED
from ..core.movement import MovementModel, default_model, read_model, write_model
from ..core.privacy import Key, as_pseudonyms
from ..core.summaries.compute import ForceFacts
from ..gpkg.geopackage import GeoPackage
from ..store.areas_mark import areas_mark
from ..store.marks import NEWEST_LAYOUT
from ..store.movement_model import model_mark
from ..store.small_ground import ground_for_boards
from .folders import Folder, folder_of
from .plan import Plan
from .spans import about
from .spark_tables import small_table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_FROM_A_STORE = "Give the summary.gpkg of a store that Prepare store made."
LINKED = ("minute", "hour")
"""How finely the time of an event must be known for officers' time to be linked to it."""


def force_of(spark: SparkSession, plan: Plan, key: Optional[Key]) -> tuple[ForceFacts, pd.DataFrame]:
    """(the force's facts without the longest gaps, all its events).

    Raises
    ------
    AreaError, PrivacyError, ColumnError
        for areas or tables that cannot serve.
    """
    prepared, report = prepare_areas(_areas(spark, plan))
    report.warn()
    ready = ground_for_boards(prepared, plan.least_ha, prepared.iloc[:0])
    events = _table(spark, plan.events, "events") if plan.events else pd.DataFrame()
    if plan.events:
        require(events, NEEDED, "events")
    officers = _named(spark, plan.event_officers, "event_officers", key)
    postings = _named(spark, plan.postings, "postings", key)
    facts = ForceFacts(
        ready, linkable(events), officers, postings, None, plan.presence, plan.tracks, _model(spark, plan), plan.timezone
    )  # fmt: skip
    return facts, events


def linkable(events: pd.DataFrame) -> Optional[pd.DataFrame]:
    """The events that officers' time can be linked to, in one order."""
    if not len(events):
        return None
    kept = events["time_precision"].isin(LINKED)
    if "status" in events.columns:
        kept &= events["status"].fillna("current").eq("current")
    by = [c for c in ("kind", "event_id", "version") if c in events.columns]
    return events[kept].sort_values(by, kind="stable", ignore_index=True)


def rule_of(facts: ForceFacts, plan: Plan) -> dict[str, str]:
    """Marks of what all days are computed by: where one differs, each day is due again."""
    postings = facts.postings
    mark = "" if postings is None else hashlib.sha256(postings.to_csv(index=False).encode()).hexdigest()[:16]
    return {
        "areas": areas_mark(facts.areas)[:16],
        "layout": str(NEWEST_LAYOUT),
        "max_gap_s": repr(plan.max_gap),
        "max_speed_ms": repr(plan.max_speed),
        "method": plan.method,
        "model": model_mark(facts.model),
        "postings": mark,
        "timezone": plan.timezone,
    }


def event_marks(facts: ForceFacts) -> dict[str, str]:
    """Day (number) -> a mark of the events that its officers' time can be linked to, and of the officers they name."""
    events, officers = facts.events, facts.event_officers
    if events is None or not len(events):
        return {}
    table = events.copy()
    if officers is not None and len(officers):
        named = officers.sort_values("officer_id").groupby(["kind", "event_id"])["officer_id"].agg(" ".join)
        table = table.join(named.rename("named"), on=["kind", "event_id"])
    words = table.drop(columns=["source_ref", "recorded_at", "updated_at"], errors="ignore").astype(str)
    rows = words.agg("|".join, axis=1)
    first, last = (table[c].dt.floor("D").astype("int64") // (86_400 * 10**9) for c in ("start", "end"))
    found: dict[int, list[str]] = {}
    for row, a, b in zip(rows, first, last):
        for day in about(range(a, min(b, a + 40) + 1), 2):  # one that lasts for weeks is linked to nobody
            found.setdefault(day, []).append(row)
    return {str(d): hashlib.sha256("\n".join(sorted(r)).encode()).hexdigest()[:16] for d, r in found.items()}


def _areas(spark: SparkSession, plan: Plan) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as here:
        copy = Path(here) / "areas.gpkg"
        folder, name = _folder_and_name(plan.areas, spark)
        if not folder.bring(name, copy):
            raise _not_there("AREAS", plan.areas)
        try:
            with GeoPackage(copy, create=False) as package:
                if AREAS.name not in package.tables():
                    raise AreaError(f"AREAS {plan.areas!r} has no table of areas.", _FROM_A_STORE)
                if package.epsg != plan.epsg:
                    raise AreaError(
                        f"AREAS is in EPSG:{package.epsg}, and the plan says EPSG = {plan.epsg}.",
                        "Give the system in which the fixes are, and areas in it.",
                    )
                return package.read(AREAS.name)
        except StoreError:  # of the copy, whose name nobody knows
            raise AreaError(f"AREAS {plan.areas!r} is no GeoPackage.", _FROM_A_STORE) from None


def _folder_and_name(path: str, spark: SparkSession) -> tuple[Folder, str]:
    where, _, name = path.rpartition("/")
    return folder_of(where or ".", spark), name


def _not_there(what: str, path: str) -> FileError:
    return FileError(f"{what} {path!r} is not there.", "Look at the path, and whether this machine sees it.")


def _table(spark: SparkSession, path: str, table: str) -> pd.DataFrame:
    """A small table of the plan, in a file or a folder."""
    folder, name = _folder_and_name(path, spark)
    if name and name not in folder.children(""):
        raise _not_there(table.upper(), path)
    return small_table(spark, folder_of(path, spark), table)


def _named(spark: SparkSession, path: str, table: str, key: Optional[Key]) -> Optional[pd.DataFrame]:
    """A table that names officers, by pseudonyms."""
    if not path:
        return None
    rows = _table(spark, path, table)
    require(rows, TABLES[table].required, table)
    return rows.assign(officer_id=as_pseudonyms(rows["officer_id"], key)) if key is not None else rows


def _model(spark: SparkSession, plan: Plan) -> Optional[MovementModel]:
    if not plan.model:
        return None
    folder, name = _folder_and_name(plan.model, spark)
    text = folder.read_text(name)
    if text is None:
        raise _not_there("MODEL", plan.model)
    model = read_model(text)
    return None if write_model(model) == write_model(default_model()) else model

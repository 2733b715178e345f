"""Whether the two files of a folder are the two halves of one store, so that it may be written; and how a new pair begins."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Optional

from ..core.columns import TABLES
from ..core.errors import StoreError
from ..core.sql import composed
from ..gpkg.geopackage import GeoPackage
from ..gpkg.positions import SHAPES, axes_of
from ..gpkg.schema import VERSION
from ..gpkg.sqlite_errors import newer
from .intents import disagreement, lay_out_intents, unfinished
from .marks import LAYOUT, NEWEST_LAYOUT, OPERATION, STORE, has_table, marks_of, operation_of, set_marks
from .tables import RESTRICTED, SUMMARY

STANDS_ALONE = "stands_alone"
"""Name of the fact in ``about`` of a summary that is whole without a restricted file: one that was made elsewhere."""
_YES = ("yes", "true", "1")
_OF_THE_STORE = ("settings", "dirty_days", "runs", "about")  # tables that hold no data
_BACKUP = f"Put {RESTRICTED} and {SUMMARY} back from one backup, or import the extracts into a new folder."
FINGERPRINT = "key_fingerprint"
# Tables that are always written with all their columns: what is taken in may lack some.
COMPUTED = (
    "legs", "tracks", "visits", "time_use", "cover", "visit_lengths", "enough_officers", "group_time", "visit_bands", "event_cells",
    "time_use_by_group", "cover_by_group", "visit_lengths_by_group", "officers_seen", "officer_time", "density",
    "density_parts", "density_time",
)  # fmt: skip


def why_not_written(restricted: GeoPackage, summary: GeoPackage) -> Optional[StoreError]:
    """What forbids to write into the store of two files, with the remedy; None where nothing does. Reading stays.

    A file that is not there is given as an empty one. The restricted file is read as of one moment: an operation that another
    program ended between two looks would make one of the two seem an older copy.
    """
    with restricted.snapshot():
        return _why_not_written(restricted, summary)


def _why_not_written(restricted: GeoPackage, summary: GeoPackage) -> Optional[StoreError]:
    for name, package in ((RESTRICTED, restricted), (SUMMARY, summary)):
        if package.version > VERSION:
            return newer(name, package.version, VERSION)
        try:
            refuse_newer(name, package)
            refuse_lost_columns(name, package)
        except StoreError as error:
            return error
    if not has_table(restricted, "settings"):
        return _without_settings(restricted, summary)
    if _has_data(restricted) and not restricted.execute("SELECT 1 FROM settings WHERE name = ?", (FINGERPRINT,)):
        return StoreError(
            f"{RESTRICTED} does not say any more which key it was written with, so that no key can be checked.",
            f"{_BACKUP} With another key each officer would become a new one.",
        )
    if marks_of(summary).get(STORE):
        reason = disagreement(restricted, summary)
        return StoreError(reason, _BACKUP) if reason else None
    if operation_of(restricted) or (_filled_the_summary(restricted) and not _has_data(summary)):
        return StoreError(f"{SUMMARY} was emptied, lost or put there by another program.", _BACKUP)
    return None


def only_half(folder: Path) -> StoreError:
    """What is said where one of the two files is not there."""
    return StoreError(
        f"{str(folder)!r} has only half of the store, which is read and not written.",
        "Open the folder that Daily refresh keeps.",
    )


def refuse_newer(name: str, package: GeoPackage) -> None:
    """Refuse a file whose tables are laid out as a newer version does it: they may mean something else.

    Raises
    ------
    StoreError
        for such a file, and one whose mark no version writes.
    """
    mark = marks_of(package).get(LAYOUT, "1")
    if not mark.isdecimal():
        raise StoreError(
            f"{name!r} is damaged: its tables are marked as no version does it.",
            "Make it again, or restore it from a backup.",
        )
    layout = int(mark)
    if layout > NEWEST_LAYOUT:
        raise newer(name, layout, NEWEST_LAYOUT)


def refuse_lost_columns(name: str, package: GeoPackage) -> None:
    """Refuse a file of today's layout in which a computed table has lost a column: the next refresh would add it, empty.

    Raises
    ------
    StoreError
        for such a file, with the table and the column.
    """
    if marks_of(package).get(LAYOUT) != str(NEWEST_LAYOUT):
        return  # one of an earlier layout had others, and is brought to this one
    for table in [TABLES[n] for n in package.tables() if n in COMPUTED]:
        there = {
            *package.kinds(table.name),
            *(axes_of(SHAPES[table.geometry][0], table.name) if table.geometry else ()),
        }
        lost = [c for c in table.required if c not in there]
        if lost:
            raise StoreError(
                f"The table {table.name!r} of {name} has no column {lost[0]!r} any more: another program renamed it or took it out.",
                f"Give it its name back. Failing that: {_BACKUP}",
            )


def stands_alone(summary: GeoPackage) -> bool:
    """Whether the summary says that it is whole without a restricted file."""
    if "about" not in summary.tables():
        return False
    values = summary.execute("SELECT value FROM about WHERE name = ?", (STANDS_ALONE,))
    return any(str(value).strip().lower() in _YES for (value,) in values)


def agree(restricted: GeoPackage, summary: GeoPackage) -> bool:
    """Whether the pair is laid out, of this layout, and nothing is left to do: then nothing needs to be written to open it."""
    ours = marks_of(restricted)
    return (
        ours.get(LAYOUT) == str(NEWEST_LAYOUT)
        and ours == marks_of(summary)
        and restricted.version == summary.version == VERSION
        and has_table(restricted, "dirty_days")
        and not unfinished(restricted)
        and not any(_has_lost_columns(package) for package in (restricted, summary))
    )


def lay_out_restricted(restricted: GeoPackage) -> None:
    """The marks of a restricted file that has none, in the caller's transaction. It comes first: a marked summary has a partner."""
    marks = marks_of(restricted)
    lay_out_intents(restricted)
    new = {STORE: marks.get(STORE, uuid.uuid4().hex), OPERATION: marks.get(OPERATION, "0"), LAYOUT: str(NEWEST_LAYOUT)}
    set_marks(restricted, **new)
    _as_we_write(restricted)


def lay_out_summary(restricted: GeoPackage, summary: GeoPackage) -> None:
    """The marks of the summary: those of its partner, where it has none yet."""
    with summary.transaction():
        marks = marks_of(summary) or marks_of(restricted)
        set_marks(summary, **{**marks, LAYOUT: str(NEWEST_LAYOUT)})
        _as_we_write(summary)


def _has_lost_columns(package: GeoPackage) -> bool:
    try:
        refuse_lost_columns(package.path.name, package)
    except StoreError:
        return True
    return False


def _as_we_write(package: GeoPackage) -> None:
    if package.version < VERSION:
        package.execute(composed("PRAGMA user_version = {version}", version=VERSION))


def _without_settings(restricted: GeoPackage, summary: GeoPackage) -> Optional[StoreError]:
    if _has_data(restricted):
        return StoreError(f"{RESTRICTED} has lost the facts of its store (time zone, key).", _BACKUP)
    if stands_alone(summary):
        return StoreError(
            f"{SUMMARY} stands alone: it was made elsewhere, and there is no {RESTRICTED} that it could be kept up to date from.",
            "Read it as it is; import into another folder.",
        )
    if _has_data(summary) or marks_of(summary):
        return StoreError(f"{RESTRICTED} was lost or emptied: {SUMMARY} beside it is of a store.", _BACKUP)
    return None


def _has_data(package: GeoPackage) -> bool:
    tables = [t for t in package.tables() if t not in _OF_THE_STORE]
    return any(package.execute(composed("SELECT 1 FROM {t} LIMIT 1", t=t)) for t in tables)


def _filled_the_summary(restricted: GeoPackage) -> bool:
    """Whether there are rows here that there can only be with others in the summary: visits need areas, files of events events."""
    have = restricted.tables()
    if "visits" in have and restricted.execute("SELECT 1 FROM visits LIMIT 1"):
        return True
    events = "SELECT 1 FROM sources WHERE kind = 'events' AND rows_kept > 0 LIMIT 1"
    return "sources" in have and bool(restricted.execute(events))

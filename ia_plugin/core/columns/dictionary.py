"""All tables by name, and the two checks that read them: needed columns are there, personal ones stay where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable

from ..errors import ColumnError, PrivacyError
from .areas import (
    AREAS,
    COVER,
    COVER_BY_GROUP,
    COVERAGE,
    DENSITY,
    DENSITY_PARTS,
    DENSITY_TIME,
    ENOUGH_OFFICERS,
    GROUP_PARTS,
    GROUP_TIME,
    OFFICER_TIME,
    OFFICERS_SEEN,
    PRESENCE,
    TIME_USE,
    TIME_USE_BY_GROUP,
    VISIT_BANDS,
    VISIT_LENGTHS,
    VISIT_LENGTHS_BY_GROUP,
)
from .declaration import Table
from .evaluation import RESULTS, TRIAL_DAYS
from .events import EVENT_CELLS, EVENT_OFFICERS, EVENT_POINTS, EVENTS
from .movement import DUTIES, FIXES, GAPS, LEG_AREAS, LEGS, POSTINGS, RADIOS, STAYS, TRACKS, VISITS
from .records import ABOUT, CHECKS, FIGURES, FLAGS, GOVERNANCE, NOTES, QUALITY, REJECTS, RUNS, SOURCES

if TYPE_CHECKING:
    import pandas as pd

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        FIXES, POSTINGS, DUTIES, LEGS, TRACKS, AREAS, LEG_AREAS, STAYS, GAPS, VISITS, COVERAGE, PRESENCE, COVER, TIME_USE,
        OFFICERS_SEEN, OFFICER_TIME, GROUP_TIME, GROUP_PARTS, DENSITY, DENSITY_PARTS, DENSITY_TIME, ENOUGH_OFFICERS, TIME_USE_BY_GROUP, COVER_BY_GROUP, VISIT_LENGTHS_BY_GROUP, EVENT_POINTS, VISIT_BANDS, VISIT_LENGTHS, EVENTS, EVENT_CELLS, EVENT_OFFICERS, RADIOS, NOTES, FIGURES, FLAGS, SOURCES, REJECTS, ABOUT, GOVERNANCE, CHECKS, QUALITY, RUNS, RESULTS, TRIAL_DAYS,
    )
}  # fmt: skip

PERSONAL = frozenset(c.name for t in TABLES.values() for c in t.columns if c.personal)
"""Columns that reveal who an officer is, by their marks."""


def refuse_personal(names: Iterable[str], what: str) -> None:
    """Refuse a table for the summary where one of its columns is marked personal.

    Parameters
    ----------
    names : names of its columns
    what : the table's name, for the message

    Raises
    ------
    PrivacyError
        with the columns that are marked: ``refuse_personal(["area_id", "officer_id"], "cover")``.
    """
    found = sorted(PERSONAL & set(names))
    if found:
        raise PrivacyError(
            f"The table {what} has {', '.join(found)}, which identify single officers.",
            "Nothing was written. Such columns stay in the restricted file.",
        )


def require(table: pd.DataFrame, names: Iterable[str], what: str) -> None:
    """Raise :class:`ColumnError` unless `table` has all of `names`.

    Parameters
    ----------
    table : DataFrame
    names : column names that the stage needs
    what : the table's name, for the message
    """
    missing = [n for n in names if n not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns)) or "no columns"
        raise ColumnError(
            f"The {what} table lacks {', '.join(missing)}; it has {found}.",
            "Name the columns as in the data dictionary.",
        )

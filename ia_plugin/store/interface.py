"""What the rest of the plugin asks of a store, whichever home its tables have: a folder of two GeoPackages, or a database.

The operations, by who asks for them, and how far both homes have them:

=============  ====================================================================  ==========  =======
who            what                                                                  GeoPackage  PostGIS
=============  ====================================================================  ==========  =======
dock, answers  read the summary's tables and facts, its areas and its points         yes         yes
imports        take in a file whole, once, with its source, rejects and days         yes         yes
audit          add a run, a look-up or an export to the record                       yes         yes
refresh        days that are due; all fixes of a day; rows in the place of a day's   yes         days
purge          remove what is older, dry run first                                   yes         removal
trace          visits behind a figure, one officer-day, a check by collar number     yes         in SQL
cells by unit  a recorded look at restricted cells                                   yes         no
people         notes, flags, figures, governance, checks: rows added, never changed  yes         no
own areas      legs near a shape, through blocks                                     yes         no
=============  ====================================================================  ==========  =======

What both have is named by the protocols below and held by tests/store/contract.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Optional, Protocol

import pandas as pd

from ..core.imports.accounts import Account

if TYPE_CHECKING:
    from ..core.privacy import Key


class SummaryHome(Protocol):
    """An open summary, to be read: no key, and nothing of single officers."""

    epsg: int

    def tables(self) -> Collection[str]:
        """Names of the tables that somebody has written."""

    def read(self, table: str) -> pd.DataFrame:
        """All rows of a table, in the order in which they were written, with the columns and kinds of the data dictionary."""


class FileImport(Protocol):
    """One file on its way into a store."""

    def add_fixes(self, fixes: pd.DataFrame) -> None:
        """Position reports; the days they touch become due."""

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Rows of another table."""

    def add_rejects(self, rejects: pd.DataFrame) -> None:
        """Rows that could not be used, and why."""


class ImportHome(Protocol):
    """An open store into which files are taken."""

    timezone: str
    key: Optional[Key]

    def has_source(self, mark: str) -> bool:
        """Whether a file of this content was imported already."""

    def importing(self, account: Account, mark: str, at: pd.Timestamp) -> AbstractContextManager[FileImport]:
        """All of a block or nothing of it; AlreadyStored for content that is there; one writer at a time."""

    def count(self, table: str) -> int:
        """How many rows a table has; 0 for one that nobody has written."""

    def add_run(self, row: pd.DataFrame) -> None:
        """Add a row of :func:`~ia_plugin.store.audit.run_row` to the record of runs, which is never changed."""

    def mark_days(self, days: Iterable[str]) -> None:
        """Civil days, 2024-06-03, become due."""

    def dirty_days(self) -> list[str]:
        """The civil days that are due, in order."""

    def clear_days(self, days: Iterable[str]) -> None:
        """Civil days are computed."""

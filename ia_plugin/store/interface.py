"""What the rest of the plugin asks of a store, whichever home its tables have: a folder of two GeoPackages, or a database.

The operations, by who asks for them, and how far both homes have them:

=============  ====================================================================  ==========  =======
who            what                                                                  GeoPackage  PostGIS
=============  ====================================================================  ==========  =======
dock, answers  read the summary's tables and facts, its areas and its points         yes         yes
imports        take in a file whole, once, with its source, rejects and days         yes         yes
versions       late, reclassified and withdrawn events become versions               yes         yes
audit          add a run, a look-up or an export to the record                       yes         yes
refresh        days that are due; all fixes of a day; rows in the place of a day's   yes         yes
purge          remove what is older, dry run first                                   yes         yes
trace          visits behind a figure, one officer-day, a check by collar number     yes         yes
cells by unit  a recorded look at restricted cells                                   yes         yes
people         notes, flags, figures, governance: rows added, never changed          yes         yes
manual check   a sheet drawn from the restricted tables, its results                 yes         yes
own areas      figures of drawn blocks: at once, or by the next refresh               yes         yes
=============  ====================================================================  ==========  =======

What both have is named by the protocols below and held by tests/store/contract.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Protocol, Union

import pandas as pd

from ..core.columns import Table
from ..core.imports.accounts import Account
from .condition import ALL, NONE, Condition, Span, Value

if TYPE_CHECKING:
    from ..core.privacy import Key


class FileImport(Protocol):
    """One file on its way into a store."""

    def add_fixes(self, fixes: pd.DataFrame) -> None:
        """Position reports; the days they touch become due."""

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Rows of another table."""

    def add_rejects(self, rejects: pd.DataFrame) -> None:
        """Rows that could not be used, and why."""

    def finish(self) -> None:
        """What came so far can be read; more may come after."""


class ImportHome(Protocol):
    """An open store into which files are taken."""

    key: Optional[Key]

    @property
    def timezone(self) -> str:
        """The IANA name of the store's time zone."""

    def has_source(self, mark: str) -> bool:
        """Whether a file of this content was imported already."""

    def importing(self, account: Account, mark: str, at: pd.Timestamp) -> AbstractContextManager[FileImport]:
        """All of a block or nothing of it; AlreadyStored for content that is there; one writer at a time."""

    def add_run(self, row: pd.DataFrame) -> None:
        """Add a row of :func:`~ia_plugin.store.audit.run_row` to the record of runs, which is never changed."""

    def mark_days(self, days: Iterable[str]) -> None:
        """Civil days, 2024-06-03, become due."""

    def mark_dirty(self, times: pd.Series) -> None:
        """The civil days of some moments, and those near enough that their tracks may change, become due."""

    def dirty_days(self) -> list[str]:
        """The civil days that are due, in order."""

    def clear_days(self, days: Iterable[str]) -> None:
        """Civil days are computed."""

    def drop_off_duty(self) -> int:
        """Remove stored fixes of officers with duties that fall outside them, within the civil days the duties cover."""

    def post_fixes(self) -> int:
        """Give stored fixes the unit and resource type of their posting; how many are of no known unit."""


class ReadHome(Protocol):
    """An open store, for reading rows of its tables, named by conditions that know no dialect."""

    def tables(self) -> Collection[str]:
        """Names of the tables that somebody has written."""

    def is_written(self, table: str) -> bool:
        """Whether a table was laid out, rows or none."""

    def columns(self, table: str) -> Collection[str]:
        """Columns of a table; () of one that nobody has laid out."""

    def read(
        self,
        table: str,
        where: Condition = ALL,
        *,
        columns: Optional[Sequence[str]] = None,
        order: Sequence[str] = ("fid",),
    ) -> pd.DataFrame:
        """Rows of a table, all by default; a table that nobody has written yet is empty."""

    def count(self, table: str, where: Condition = ALL) -> int:
        """How many such rows a table has; 0 for one that nobody has written."""

    def has(self, table: str, where: Condition = ALL) -> bool:
        """Whether there is such a row."""

    def distinct(
        self, table: str, columns: Sequence[str], where: Condition = ALL, most: Optional[int] = None
    ) -> list[tuple[Any, ...]]:
        """What some columns hold, each once, in no order; `most` of them."""

    def counts(self, table: str, column: str, where: Condition = ALL) -> list[tuple[str, int]]:
        """(value of a column, how many rows have it), by value."""

    def nth(self, table: str, places: Sequence[int], where: Condition = ALL) -> pd.DataFrame:
        """Such rows by their place in the order they were written in, from 0."""

    def source_rows(self, table: str) -> dict[str, tuple[int, int]]:
        """The first and the last row of each file that a table's ``source_ref`` names, by the mark of the file."""

    def edges(self, table: str, column: str, where: Condition = ALL) -> Optional[Span]:
        """The first and the last moment of a column; None where there is none."""

    def latest(self, table: str, column: str, after: int) -> Optional[pd.Timestamp]:
        """The latest moment of a column but for so many that are later; None where there are not as many."""

    def last_row(self, table: str) -> int:
        """The number of the row written last, 0 where there is none."""

    def next_times(self, ends: pd.DataFrame, size: int, *, later: bool) -> pd.DataFrame:
        """The moments of the next fixes of officers.

        Parameters
        ----------
        ends : ``officer_id``, and ``edge``: the moment beyond which
        size : how many fixes of each at most
        later : after the edge; else before it

        Returns
        -------
        DataFrame ``officer_id``, ``first``, ``last`` of those fixes; no row of an officer who has none.
        """


class RowsHome(ReadHome, Protocol):
    """An open store, for reading and writing rows of its tables."""

    def append(self, table: Union[str, Table], rows: pd.DataFrame) -> None:
        """Add rows to a restricted table."""

    def update(self, table: str, values: Mapping[str, Value], where: Condition) -> None:
        """Give columns of a restricted table's rows values."""

    def remove(self, table: str, where: Condition) -> int:
        """Remove rows of a restricted table; how many there were."""


class SummaryHome(ReadHome, Protocol):
    """An open summary, to be read: no key, and nothing of single officers."""

    epsg: int

    @property
    def mark(self) -> str:
        """The id of the store, which figures bear; "" of one without."""

    @property
    def timezone(self) -> str:
        """The IANA name of the store's time zone."""


class StoreHome(ImportHome, RowsHome, Protocol):
    """An open store that is brought up to date."""

    epsg: int

    @property
    def folder(self) -> Optional[Path]:
        """Where the force keeps files beside the store; None for a home without."""

    def require_key(self) -> Key:
        """The key; PrivacyError without one, or with another than the store's."""

    def setting(self, name: str) -> Optional[str]:
        """A fact of the store that is no table's."""

    def set(self, name: str, value: str) -> None:
        """Keep such a fact."""

    def settings(self) -> dict[str, str]:
        """All such facts that are the same in another home."""

    def writing(self) -> AbstractContextManager[None]:
        """One change of restricted tables: all of the block, or nothing."""

    def together(self, what: str, *, declared: bool = False) -> AbstractContextManager[object]:
        """One change of restricted tables and of the summary: all of the block or nothing; one writer at a time.

        What people declare (`declared`) needs no key, for nothing of an officer is in it.
        """

    def put(self, table: str, rows: pd.DataFrame, where: Condition = NONE) -> None:
        """Rows in the place of those meant, of any table; within :meth:`together`."""

    def seen(self) -> tuple[int, int]:
        """Another value once another program has written to the store."""

    def opened_again(self) -> Optional[Callable[[], AbstractContextManager[StoreHome]]]:
        """How a process forked from this one opens the store, to read it; None where it cannot, as within a change of it."""

    def local(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        """The table with ``local_hour`` and ``local_weekday`` (0 Monday) of a column's civil time."""

    def drop_tables(self, names: Sequence[str]) -> None:
        """Tables of the summary that versions before have written, and nobody reads."""

    def forget_expired(self, at: pd.Timestamp) -> None:
        """What the store keeps for a while alone, and that is over by now."""

    # --- purge: what is older goes for good -----------------------------------------------------------------------------

    def purging(self) -> AbstractContextManager[Callable[[], None]]:
        """As :meth:`together`, for a purge; what it hands out has the room of removed rows overwritten after the block, where the home can."""

    def remove_movement(self, tables: Mapping[str, str], before: pd.Timestamp) -> None:
        """Remove the rows of tables of movement, each with the column of its moment, that lie before a moment."""

    def looks_before(self, before: pd.Timestamp) -> int:
        """How many marks of looks at officers are older than a moment; none where the record itself tells repeated looks."""

    def forget_looks(self, before: pd.Timestamp) -> None:
        """Remove such marks."""

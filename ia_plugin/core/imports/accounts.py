"""What an import read, kept and dropped, and why: every row is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..errors import FileError
from ..params import ImportParams
from ..times.clocks import ClockReport
from .textfile import Chunk, rejects_of

BLANK = frozenset(("no position", "no officer", "no time", "no radio"))  # nothing to mend: never stops an import


@dataclass
class Account:
    """Counts of one import, filled while its chunks pass.

    Attributes
    ----------
    name, kind : the file, and what kind of extract it is
    rows_read, rows_kept : rows of the table, and rows that became rows of ours
    dropped : reason -> rows
    found : what else must be known -> rows
    warned : those of `found` that ask for a look
    left_out : columns of the file that were not kept
    """

    name: str
    kind: str
    rows_read: int = 0
    rows_kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    warned: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    hash: str = ""

    def note(self, what: str, rows: int) -> None:
        if rows:
            self.found[what] += int(rows)

    def warn(self, what: str, rows: int) -> None:
        """Note what asks for a look before the rows are used."""
        self.note(what, rows)
        if rows:
            self.warned.add(what)

    def rows_of(self, chunk: Chunk) -> pd.DataFrame:
        """The rows of a chunk, counted; those that say nothing at all are none."""
        nothing = chunk.rows.isna().all(axis=1) if len(chunk.rows.columns) else pd.Series(False, index=chunk.rows.index)
        rows = chunk.rows[~nothing.to_numpy()] if nothing.any() else chunk.rows
        self.rows_read += len(rows) + len(chunk.rejects)
        self.note("repeated header rows left out", chunk.repeated_headers)
        self.note("blank rows, footers and lines drawn under a header left out", chunk.blank + int(nothing.sum()))
        return rows

    def note_all(self, report: ClockReport) -> None:
        """Note what must be known of a column of times; what is doubtful asks for a look."""
        for what, rows in report.counts().items():
            (self.warn if what in report.doubts else self.note)(what, rows)

    def add(self, other: Account) -> None:
        """Count the rows of another import too, for the account of several files."""
        self.rows_read += other.rows_read
        self.rows_kept += other.rows_kept
        self.dropped.update(other.dropped)
        self.found.update(other.found)
        self.warned |= other.warned

    def sentences(self) -> list[str]:
        """What was read, kept and dropped; :meth:`warnings` hold the rest."""
        said = [f"{self.name}: {self.rows_kept:,} of {self.rows_read:,} rows kept ({self.kind})."]
        said += [f"{n:,} rows dropped: {why}." for why, n in sorted(self.dropped.items()) if n]
        said += [f"{n:,} {what}." for what, n in sorted(self.found.items()) if n and what not in self.warned]
        if self.left_out:
            said.append(f"Not kept: {', '.join(self.left_out)}.")
        return said

    def warnings(self) -> list[str]:
        """Those of the sentences that ask for a look."""
        return [f"{self.name}: {self.found[what]:,} {what}." for what in sorted(self.warned)]

    def reject(self, rejects: list[pd.DataFrame], params: ImportParams) -> pd.DataFrame:
        """Count rejected rows; raise at the first where bad rows are to stop the import.

        Raises
        ------
        FileError
            with the file, the row, the reason and the remedy.
        """
        table = pd.concat(rejects, ignore_index=True) if rejects else rejects_of([], "")
        table = table.sort_values("row", kind="stable", ignore_index=True)
        if params.invalid_rows == "stop":
            bad = table[~table["reason"].isin(BLANK)]
            if len(bad):
                first = bad.iloc[0]
                also = f" ({len(bad):,} such rows in this part of the file)" if len(bad) > 1 else ""
                raise FileError(
                    f"{self.name!r} row {first['row']}: {first['reason']}{also}.",
                    f"{first['remedy']} Or keep the valid rows only: the others then go to the table of rejects.".strip(),
                )
        self.dropped.update(table["reason"].value_counts().to_dict())
        table.insert(0, "file", self.name)
        return table


def rows_where(index: Any, why: Any, remedies: dict[str, str]) -> list[pd.DataFrame]:
    """Tables of rejects, one for each reason in `why` ("" keeps a row)."""
    return [
        rejects_of(np.asarray(index)[why == reason], reason, remedies.get(reason, ""))
        for reason in pd.unique(why[why != ""])
    ]

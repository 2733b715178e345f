"""What an import read, kept and dropped, and why: every row is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..errors import ColumnError, FileError
from ..params import ImportParams
from ..references import codes_of, known_rows, officers_of, references, without_thousands, zeros_eaten
from ..times.clocks import ClockReport
from ..words import counted, so_many
from .shown_names import shown_name
from .textfile import Chunk, rejects_of
from .unfit_ids import OF_IDS, TRUTHS, SeenIds, are_flags, without_unfit
from .words import Withheld

OFFICERS = "references of officers"
NEEDED = (OFFICERS, "references")  # ids without which rows are none, or are all one
_MANY = 1_000  # rows from which a column is long: its ids recur
LISTED = 10  # values withheld that are listed of a column
ROWS_NAMED = 8  # rows that are named for review of values that wait
RECUR_BY = {"officers": "five officers have them", "days": "five days have them"}
RELEASE = (
    "review them in the file, then list those that name nobody in released_words.csv of the store's folder, as RELEASED_WORDS "
    'or in the mapping ("released": [...])'
)
BLANK = frozenset(
    ("no position", "no officer", "no time", "no radio", "no end")
)  # nothing to mend: never stops an import


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
    withheld : column -> the values of it that may name a person, and those that wait until they recur
    recurs_by : officers or days, what a value must recur among
    """

    name: str
    kind: str
    rows_read: int = 0
    rows_kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    warned: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    withheld: dict[str, list[Withheld]] = field(default_factory=dict)
    hash: str = ""
    recurs_by: str = "officers"
    _ids: dict[str, SeenIds] = field(default_factory=dict, repr=False)

    def note(self, what: str, rows: int) -> None:
        if rows:
            self.found[what] += int(rows)

    def warn(self, what: str, rows: int) -> None:
        """Note what asks for a look before the rows are used."""
        self.note(what, rows)
        if rows:
            self.warned.add(what)

    def rows_of(self, chunk: Chunk) -> pd.DataFrame:
        """The rows of a chunk, counted, without what stands for nothing; those that say nothing at all are none."""
        rows = chunk.rows if chunk.searched else known_rows(chunk.rows)
        nothing = rows.isna().all(axis=1) if len(rows.columns) else pd.Series(False, index=rows.index)
        rows = rows[~nothing.to_numpy()] if nothing.any() else rows
        self.rows_read += len(rows) + len(chunk.rejects)
        self.note("repeated header rows left out", chunk.repeated_headers)
        self.note("blank rows, footers and lines drawn under a header left out", chunk.blank + int(nothing.sum()))
        return rows

    def note_all(self, report: ClockReport) -> None:
        """Note what must be known of a column of times; what is doubtful asks for a look."""
        for what, rows in report.counts().items():
            (self.warn if what in report.doubts else self.note)(what, rows)

    def withhold(self, column: str, values: list[Withheld]) -> None:
        if values:
            self.withheld.setdefault(column, []).extend(values)

    def drop(self, why: str, rows: int) -> None:
        """Count rows that were kept at first and went later."""
        if rows:
            self.dropped[why] += int(rows)
            self.rows_kept -= int(rows)

    def ids_of(self, values: pd.Series, whose: str) -> pd.Series:
        """Each id of a column by :func:`~..references.references`, officers by :func:`~..references.officers_of`.

        What can be no reference is missing and counted by its kind; numbers with thousands separators are noted.
        """
        return self._each_id_once(values, whose) if len(values) > _MANY else self._ids_of(values, whose)

    def _each_id_once(self, values: pd.Series, whose: str) -> pd.Series:
        """As :meth:`ids_of`, each id of a long column looked at once where nothing is noted, which is counted by rows."""
        try:
            codes, uniques = codes_of(values)
        except TypeError:  # lists cannot be told apart by their hash
            return self._ids_of(values, whose)
        trial = Account(self.name, self.kind)
        ids = trial._ids_of(pd.Series(uniques, name=values.name), whose)
        if trial.found:
            return self._ids_of(values, whose)
        self._ids.setdefault(whose, SeenIds()).add(str(values.name), Counter(), ids)
        words = np.array([*ids, None], dtype=object)
        return pd.Series(words[codes], index=values.index, name=values.name, dtype=object)

    def _ids_of(self, values: pd.Series, whose: str) -> pd.Series:
        values, unfit = self._fit(values, whose)
        values, parted = without_thousands(values)
        self.note(f"{whose} are written with thousands separators (1,234) and read without them, as numbers", parted)
        ids = officers_of(values, self.note) if whose == OFFICERS else references(values)
        self._ids.setdefault(whose, SeenIds()).add(str(values.name), unfit, ids)
        return ids

    def fit(self, values: pd.Series, whose: str, kinds: frozenset[str] = OF_IDS, *, flags: bool = True) -> pd.Series:
        """The values, missing where one is of `kinds` that refer to nothing, and, but for `flags`, where all are answers; counted by kind."""
        fit, _ = self._fit(values, whose, kinds)
        if flags or not are_flags(map(str, fit.dropna().unique())):
            return fit
        self.warn(_unfit_words(whose, TRUTHS), int(fit.notna().sum()))
        return pd.Series(None, index=fit.index, name=fit.name, dtype=object)

    def _fit(self, values: pd.Series, whose: str, kinds: frozenset[str] = OF_IDS) -> tuple[pd.Series, Counter[str]]:
        fit, unfit = without_unfit(values, kinds)
        for kind, rows in unfit.items():
            self.warn(_unfit_words(whose, kind), rows)
        return fit, unfit

    def judge_ids(self) -> None:
        """Look at each column of ids once all of it was read: a flag is no reference of an officer, nor of a record.

        Raises
        ------
        ColumnError
            naming the column, what it holds and the remedy.
        """
        for whose, seen in self._ids.items():
            held = seen.is_no_reference() if whose in NEEDED else None
            if held:
                what = "yes or no, true or false" if held == TRUTHS else held
                raise ColumnError(
                    f"{self.name!r}: the column {shown_name(seen.column)} is to hold {whose}, and holds nothing but {what}.",
                    "Choose the column that holds the references, or export them as text, one in each cell.",
                )
            if seen.may_be_a_flag():
                held = " and ".join(sorted(a.upper() for a in seen.answers))
                self.warn(
                    f"columns of {whose} hold {held} alone: that may be a flag, and then figures by it are wrong", 1
                )

    def note_zeros(self, ids: Iterable[str]) -> None:
        """Say where a spreadsheet may have taken the zeros before a part of the numbers away."""
        short, same = zeros_eaten(ids)
        alike = f" ({same:,} of them the same but for the zeros)" if same else ""
        self.note(
            f"numbers of officers are shorter than those that begin with 0{alike}: a spreadsheet may have taken their zeros "
            "away. They stand as they came",
            short,
        )

    def add(self, other: Account) -> None:
        """Count the rows of another import too, for the account of several files."""
        self.rows_read += other.rows_read
        self.rows_kept += other.rows_kept
        self.dropped.update(other.dropped)
        self.found.update(other.found)
        self.warned |= other.warned
        for column, values in other.withheld.items():
            self.withhold(column, values)
        self.recurs_by = other.recurs_by

    def sentences(self) -> list[str]:
        """What was read, kept and dropped; :meth:`warnings` hold the rest."""
        said = [f"{self.name}: {self.rows_kept:,} of {self.rows_read:,} rows kept ({self.kind})."]
        said += [f"{so_many(n, 'rows dropped')}: {why}." for why, n in sorted(self.dropped.items()) if n]
        said += [counted(n, what) for what, n in sorted(self.found.items()) if n and what not in self.warned]
        said += withheld_sentences(self.withheld)
        if self.left_out:
            said.append(f"Not kept: {', '.join(map(shown_name, self.left_out))}.")
        return said

    def warnings(self) -> list[str]:
        """Those of the sentences that ask for a look."""
        said = [f"{self.name}: {counted(self.found[what], what)}" for what in sorted(self.warned)]
        return said + [f"{self.name}: {s}" for s in waiting_sentences(self.withheld, self.recurs_by)]

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


def _unfit_words(whose: str, kind: str) -> str:
    return f"{whose} are {kind}, which stand for nothing here, and count as missing"


class RecordNotes:
    """What must be known of records, by the rows that say it: counted when it is known which rows are records.

    Copies and older tellings of a record go after all rows were read; a count made before them would not add up with
    what is kept.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {}
        self._warned: set[str] = set()

    def note(self, what: str, rows: Any) -> None:
        """Note what is true of `rows`, by their numbers."""
        if len(rows):
            self._rows.setdefault(what, []).append(np.asarray(rows))

    def warn(self, what: str, rows: Any) -> None:
        """Note what asks for a look."""
        self.note(what, rows)
        if len(rows):
            self._warned.add(what)

    def tell(self, account: Account, kept: Any) -> None:
        """Count in `account` those of the rows noted that were `kept`, and forget all."""
        for what, parts in self._rows.items():
            say = account.warn if what in self._warned else account.note
            say(what, int(np.isin(np.concatenate(parts), np.asarray(kept)).sum()))
        self._rows.clear()
        self._warned.clear()


def withheld_in_words(column: str, values: list[Withheld]) -> str:
    """What was withheld of a column, by count, for a person to look up in the file; letters read a, digits 9.

    >>> withheld_in_words("unit", [Withheld("aa aaaaa", 3, 7)])
    "3 values of unit withheld, for they may name a person: 3 like 'aa aaaaa' from row 7 on."
    """
    ranked = sorted(values, key=lambda w: (-w.rows, w.first))
    listed = [f"{w.rows:,} like {w.shape!r} from row {w.first} on" for w in ranked[:LISTED]]
    more = [f"and {len(ranked) - LISTED:,} others"] if len(ranked) > LISTED else []
    total = sum(w.rows for w in values)
    return f"{so_many(total, 'values')} of {column} withheld, for they may name a person: {'; '.join(listed + more)}."


def withheld_sentences(withheld: dict[str, list[Withheld]]) -> list[str]:
    """What of each column was withheld for good."""
    for_good = {c: [v for v in values if not v.waits] for c, values in sorted(withheld.items())}
    return [withheld_in_words(c, values) for c, values in for_good.items() if values]


def waiting_sentences(withheld: dict[str, list[Withheld]], by: str) -> list[str]:
    """What of each column waits until it recurs among officers, or on days."""
    waits = {c: [v for v in values if v.waits] for c, values in sorted(withheld.items())}
    return [waiting_in_words(c, values, by) for c, values in waits.items() if values]


def waiting_in_words(column: str, values: list[Withheld], by: str = "officers") -> str:
    """What of a column waits until it recurs, by count and row, and what a person may do.

    >>> waiting_in_words("unit", [Withheld("aaaa", 3, 4, True), Withheld("aaaaa", 1, 9, True)]).partition(":")[0]
    '2 values in 4 rows of unit are withheld until five officers have them (rows 4, 9)'
    """
    first = sorted({v.first for v in values})
    rows = ", ".join(map(str, first[:ROWS_NAMED])) + (", …" if len(first) > ROWS_NAMED else "")
    total, one = sum(v.rows for v in values), len(values) == 1
    many = f"{'1 value' if one else f'{len(values):,} values'} in {'1 row' if total == 1 else f'{total:,} rows'}"
    until = RECUR_BY[by].replace("them", "it") if one else RECUR_BY[by]
    return f"{many} of {column} {'is' if one else 'are'} withheld until {until} ({'row' if len(first) == 1 else 'rows'} {rows}): {RELEASE}."


def rows_where(index: Any, why: Any, remedies: dict[str, str]) -> list[pd.DataFrame]:
    """Tables of rejects, one for each reason in `why` ("" keeps a row)."""
    return [
        rejects_of(np.asarray(index)[why == reason], reason, remedies.get(reason, ""))
        for reason in pd.unique(why[why != ""])
    ]

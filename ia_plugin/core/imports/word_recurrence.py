"""Words that no vocabulary holds: kept once so many officers, or days, have them that they name none of these.

A value of a unit that five officers share is a unit; a category of five days is a category. Before that it waits: it reads
"(withheld)", and nothing but its count and, in a store, its keyed digest is kept of it. What was released once stays so.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional, Protocol, Union

import numpy as np
import pandas as pd

from ..arrays import Ints
from ..errors import FileError
from ..references import NOTHING
from .accounts import Account
from .unfit_ids import OF_PLACES, OF_WORDS
from .words import LONGEST, WAITS, WITHHELD, Withheld, judged, safe_words

ENOUGH = 5  # distinct officers, or days
WHERE = ("unit", "department", "role", "resource_type")  # where "unknown", or "true", is no name of one
APART = ("source",)  # columns whose values decide figures: those withheld stay apart from one another
OFFICERS, DAYS = "officers", "days"
RELEASED_WORDS = "released_words.csv"  # in the store's folder: values that a person has looked at

Part = tuple[dict[str, pd.Series], pd.Series, Iterable[str]]
"""Values of each column, who has them, and the collar numbers of the same rows."""


class WordsBefore(Protocol):
    """What is known of the words of earlier files, by their digests."""

    def mark(self, column: str, word: str, who: str = "") -> str:
        """The keyed digest of a word of a column, or of somebody's having it."""
        ...

    def is_released(self, mark: str) -> bool: ...

    def seen(self, mark: str) -> frozenset[str]:
        """Digests of those who had the word, for a word that waits."""
        ...


@dataclass
class _Seen:
    """One word that no vocabulary holds, in this source: its rows, and up to :data:`ENOUGH` of those who have it.

    `written` is its first writing, `at` the rows (their labels) that read "(withheld)" for it.
    """

    rows: int = 0
    who: set[str] = field(default_factory=set)
    released: Optional[bool] = None
    written: str = ""
    at: list[Ints] = field(default_factory=list)


class RecurringWords:
    """The words of one source, kept, withheld or waiting.

    Parameters
    ----------
    by : OFFICERS for positions and postings, DAYS for events: what a word must recur among
    listed : values that are kept whatever their words: the force's own
    before : what earlier files had
    ahead : gives all parts of the source, where they come one by one: asked once, when the first word would wait
    longest : characters beyond which a value is a sentence

    Examples
    --------
    >>> words = RecurringWords()
    >>> units = pd.Series(["Zzyx"] * 5 + ["Quux"])
    >>> words.kept(units, "unit", pd.Series(list("abcdef")), Account("f.csv", "postings")).tolist()[4:]
    ['Zzyx', '(withheld)']
    """

    def __init__(
        self,
        by: str = OFFICERS,
        *,
        listed: Iterable[str] = (),
        before: Optional[WordsBefore] = None,
        ahead: Optional[Callable[[], Iterator[Part]]] = None,
        longest: int = LONGEST,
    ) -> None:
        self.by, self.before, self.ahead, self.longest = by, before, ahead, longest
        self._listed = {_folded(w): w for w in listed}
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._waiting: dict[tuple[str, str], Withheld] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._counted = False

    def release(self, values: Iterable[str]) -> None:
        """Keep these values whatever their words."""
        self._listed.update((_folded(w), w) for w in values)

    def kept(
        self,
        values: pd.Series,
        column: str,
        who: pd.Series,
        account: Account,
        collars: Iterable[str] = (),
        nothing: frozenset[str] = NOTHING,
    ) -> pd.Series:
        """The values of a column that may be kept, "(withheld)" for the others; what names a person is counted at once.

        Parameters
        ----------
        values : text, as written; missing stays missing, and so does what stands for `nothing`
        column : of ours; words count column by column
        who : the officer, or the day, of each value, same index
        """
        own = frozenset(str(c).strip().upper() for c in collars)
        where = column in WHERE
        values = account.fit(values, f"values of {column}", OF_PLACES if where else OF_WORDS, flags=not where)
        if not self._counted:
            self.count(values, column, who, own)
        if self.ahead is not None and any(not self._recurs(column, w) for c, w in self._seen if c == column):
            ahead, self.ahead = self.ahead, None
            self._seen.clear()
            for columns, owners, numbers in ahead():
                theirs = frozenset(str(c).strip().upper() for c in numbers)
                for name, part in columns.items():
                    self.count(part, name, owners, theirs)
            self._counted = True

        def recurs(word: str) -> bool:
            return self._recurs(column, _folded(word))

        words, withheld = safe_words(values, own, longest=self.longest, nothing=nothing, recurs=recurs)
        account.withhold(column, [w for w in withheld if not w.waits])
        if column in APART and any(w.waits for w in withheld):
            words = self._told_apart(values, words, column, own)
        if any(w.waits for w in withheld):
            self._note_waiting(values, words, column, withheld)
            if self.before is not None:
                self._note_rows(values, words, column, own)
        return words

    def count(self, values: pd.Series, column: str, who: pd.Series, collars: frozenset[str] = frozenset()) -> None:
        """Count who has the words of a column that no vocabulary holds."""
        codes, uniques = pd.factorize(values)
        words = [" ".join(str(u).split()) for u in uniques]
        waits = np.array([bool(w) and judged(w, collars, self.longest) == WAITS for w in words] + [False], dtype=bool)
        rows = np.flatnonzero(waits[codes])
        if not len(rows):
            return
        number = np.bincount(codes[rows], minlength=len(uniques))
        pairs = pd.DataFrame({"code": codes[rows], "who": who.to_numpy(dtype=object)[rows]}).dropna().drop_duplicates()
        owners = {code: several.head(ENOUGH) for code, several in pairs.groupby("code")["who"]}
        for code in np.flatnonzero(waits[:-1]):
            seen = self._seen.setdefault((column, _folded(words[code])), _Seen())
            seen.written = seen.written or words[code]
            seen.rows += int(number[code])
            if len(seen.who) < ENOUGH:
                seen.who.update(str(w).upper() for w in owners.get(code, ()))
                seen.released = None

    def report(self, account: Account) -> None:
        """Count in the account what waits, once the source is read."""
        for (column, _), waiting in self._waiting.items():
            account.withhold(column, [waiting])
        account.recurs_by = self.by
        self._waiting.clear()

    def waiting(self) -> Iterator[tuple[str, str, set[str], int]]:
        """Column, word (folded), who has it and rows of what still waits."""
        for (column, word), seen in self._seen.items():
            if not self._recurs(column, word):
                yield column, word, seen.who, seen.rows

    def rows_waiting(self) -> Iterator[tuple[str, str, Ints]]:
        """Column, word (folded) and the rows, ascending, that read "(withheld)" for it."""
        for (column, word), seen in self._seen.items():
            if seen.at:
                yield column, word, np.unique(np.concatenate(seen.at))

    def recurring(self) -> Iterator[tuple[str, str, str]]:
        """Column, word (folded) and its writing of what is released because it recurs."""
        return (
            (c, w, s.written or w) for (c, w), s in self._seen.items() if self._recurs(c, w) and w not in self._listed
        )

    def listed(self) -> Iterator[tuple[str, str]]:
        """Word (folded) and its writing of what is released because somebody has listed it, and that names no person."""
        return ((w, s) for w, s in self._listed.items() if judged(s, longest=self.longest) == WAITS)

    def _recurs(self, column: str, word: str) -> bool:
        if word in self._listed:
            return True
        seen = self._seen.setdefault((column, word), _Seen())
        if seen.released is None:
            seen.released = len(seen.who) >= ENOUGH or self._recurs_with_before(column, word, seen.who)
        return seen.released

    def _recurs_with_before(self, column: str, word: str, who: set[str]) -> bool:
        if self.before is None:
            return False
        mark = self.before.mark(column, word)
        if self.before.is_released(mark):
            return True
        return len(self.before.seen(mark) | {self.before.mark(column, word, w) for w in who}) >= ENOUGH

    def _told_apart(self, values: pd.Series, words: pd.Series, column: str, collars: frozenset[str]) -> pd.Series:
        """Words that wait and stay different from one another without being said."""
        codes, uniques = pd.factorize(values.where((words == WITHHELD).to_numpy()))
        waits = [judged(" ".join(str(u).split()), collars, self.longest) == WAITS for u in uniques]
        labels = [self._label(column, _folded(str(u))) if w else WITHHELD for u, w in zip(uniques, waits)]
        return words.where(codes < 0, pd.Series(np.array([*labels, None], dtype=object)[codes], index=words.index))

    def _label(self, column: str, word: str) -> str:
        number = self._numbers.setdefault((column, word), len(self._numbers) + 1)
        return f"(withheld {self.before.mark(column, word)[:6] if self.before else number})"

    def _note_rows(self, values: pd.Series, words: pd.Series, column: str, collars: frozenset[str]) -> None:
        """Keep which rows wait for which word, so that they can be told once it is released."""
        codes, uniques = pd.factorize(values.where(words.str.startswith(WITHHELD[:-1]).fillna(False).astype(bool)))
        for code, labels in values.index.to_series().groupby(codes):
            word = " ".join(str(uniques[code]).split()) if code >= 0 else ""
            if word and judged(word, collars, self.longest) == WAITS:
                self._seen.setdefault((column, _folded(word)), _Seen()).at.append(labels.to_numpy(np.int64))

    def _note_waiting(self, values: pd.Series, words: pd.Series, column: str, withheld: list[Withheld]) -> None:
        first_row = {w.first: w for w in withheld if w.waits}
        for label, value in values[[i in first_row for i in values.index]].items():
            found, key = first_row[int(label)], (column, _folded(str(value)))
            known = self._waiting.get(key)
            rows, first = (known.rows, known.first) if known else (0, found.first)
            self._waiting[key] = Withheld(found.shape, rows + found.rows, first, True)


def of_fullest_day(values: pd.Series, who: pd.Series, day: pd.Series) -> pd.Series:
    """Who has each value on the day on which most have it; missing on other days.

    Where an id lasts one day, the five ids of an officer's five days are no five officers: as many as have a value on one
    day are surely so many.

    Parameters
    ----------
    values : text, as written
    who : ids that last one day
    day : of each row; a missing one counts for nobody, and so does an id that has two

    Examples
    --------
    >>> who, day = pd.Series(["d1", "d2", "d3", "d4"]), pd.Series([1, 2, 2, 3])
    >>> of_fullest_day(pd.Series(["Zzyx", "ZZYX", "Zzyx", "Zzyx"]), who, day).tolist()
    [None, 'd2', 'd3', None]
    """
    word = values.map(_folded, na_action="ignore")
    rows = pd.DataFrame({"word": word.to_numpy(), "who": who.to_numpy(dtype=object), "day": day.to_numpy(dtype=object)})
    rows["who"] = rows["who"].where(rows.groupby("who")["day"].transform("nunique") == 1)
    count = rows.groupby(["word", "day"])["who"].nunique().rename("count").reset_index()
    fullest = count.sort_values(["count", "day"], ascending=[False, True]).drop_duplicates("word").set_index("word")
    kept = rows["who"].where(rows["word"].map(fullest["day"]) == rows["day"])
    return pd.Series(kept.astype(object).where(kept.notna(), None).to_numpy(), index=who.index, dtype=object)


def _folded(word: str) -> str:
    """One form for the writings of a word."""
    return " ".join(str(word).split()).casefold()


def read_released(path: Union[str, Path]) -> tuple[str, ...]:
    """Values that a person has released: the column ``words`` of a CSV, or its first.

    Raises
    ------
    FileError
        for a file that cannot be read.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.reader(stream) if any(cell.strip() for cell in row)]
    except (OSError, ValueError, csv.Error) as error:
        raise FileError(
            f"The released words {Path(path).name!r} cannot be read ({type(error).__name__}).",
            "Give a CSV in UTF-8 with a column words, a value in each row.",
        ) from None
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = head.index("words") if "words" in head else 0
    return tuple(row[at].strip() for row in rows["words" in head :] if len(row) > at and row[at].strip())


__all__ = [
    "DAYS",
    "ENOUGH",
    "OFFICERS",
    "RELEASED_WORDS",
    "WHERE",
    "Part",
    "RecurringWords",
    "WordsBefore",
    "of_fullest_day",
    "read_released",
]

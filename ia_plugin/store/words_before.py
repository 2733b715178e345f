"""What a store remembers of words that wait until they recur: keyed digests and counts, never the word."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..core.columns import Table
from ..core.events.word_days import words_of_events
from ..core.imports.word_recurrence import DAYS, RELEASED_WORDS, RecurringWords, read_released
from ..core.privacy import Key, as_pseudonyms, is_pseudonym
from .condition import begins, listed
from .interface import StoreHome
from .released_rows import note_waiting, owners_of_waiting, release_rows, waiting_columns

PENDING = Table("pending_words", "one officer, or day, that has a word which waits", ())
RECURRING = Table("recurring_words", "one word that recurs and is kept from then on", ())


class StoreWords:
    """The words of the files before, by their digests.

    Parameters
    ----------
    store : open, with its key
    by : OFFICERS or DAYS
    """

    def __init__(self, store: StoreHome, by: str) -> None:
        self.store, self._by, self._key = store, by, store.require_key()
        # Read at once: a file is read ahead in a thread of its own, where SQLite does not answer.
        self._recurs = {str(m) for (m,) in store.distinct(RECURRING.name, ["mark"])}
        self._seen: dict[str, set[str]] = {}
        for mark, who in store.distinct(PENDING.name, ["mark", "who"], begins("who", "w")):
            self._seen.setdefault(mark, set()).add(who)

    def mark(self, column: str, word: str, who: str = "") -> str:
        word_mark = self._key.digest(f"word by {self._by} {column}: {word}", 32)
        return _owner_mark(self._key, word_mark, who) if who else word_mark

    def is_released(self, mark: str) -> bool:
        return mark in self._recurs

    def seen(self, mark: str) -> frozenset[str]:
        return frozenset(self._seen.get(mark, ()))

    def learn(self, words: RecurringWords) -> None:
        """Know what of a file waits and recurs, for the files after it; the store keeps nothing of it."""
        self._recurs |= {self.mark(c, w) for c, w, _ in words.recurring()}
        for column, word, owners, _ in words.waiting():
            self._seen.setdefault(self.mark(column, word), set()).update(self.mark(column, word, o) for o in owners)

    def keep(self, words: RecurringWords) -> None:
        """Remember what of a file waits, and for good what of it recurs; within the import's transaction."""
        recurs = [(c, m) for c, m in ((c, self.mark(c, w)) for c, w, _ in words.recurring()) if not self.is_released(m)]
        if recurs:
            table = pd.DataFrame(recurs, columns=["name", "mark"])
            self.store.append(RECURRING, table)
            self.store.remove(PENDING.name, listed(table[["mark"]]))
        fresh, rows = [], []
        for column, word, owners, count in words.waiting():
            mark = self.mark(column, word)
            new = {self.mark(column, word, who) for who in owners} - self.seen(mark)
            fresh += [(column, mark, who, 0) for who in sorted(new)]
            rows.append((count, mark))
        if fresh:
            table = pd.DataFrame(fresh, columns=["name", "mark", "who", "rows_seen"])
            self.store.append(PENDING, table)
        if rows:
            more = pd.DataFrame(rows, columns=["more", "mark"]).groupby("mark")["more"].sum()
            at = listed(pd.DataFrame({"mark": more.index}))
            kept = self.store.read(PENDING.name, at)
            self.store.remove(PENDING.name, at)
            self.store.append(PENDING, kept.assign(rows_seen=kept["rows_seen"] + kept["mark"].map(more)))

    def released_now(self, words: RecurringWords, columns: Iterable[str]) -> dict[str, tuple[str, str]]:
        """(column, writing) by the mark of each word that a file, or a list, releases; `columns` have rows that wait."""
        found = {self.mark(c, w): (c, written) for c, w, written in words.recurring()}
        for column in columns:
            found.update((self.mark(column, w), (column, written)) for w, written in words.listed())
        return found


def forget_owners(store: StoreHome) -> int:
    """Forget that somebody has a word of whom no row waits any more: what was removed must tie nobody to it.

    Those who are left go on counting, and what was released stays so.

    Returns
    -------
    How many officers' or days' counts were forgotten.
    """
    if not store.has(PENDING.name):
        return 0
    key, pairs = store.require_key(), owners_of_waiting(store)
    there = {(mark, _owner_mark(key, mark, who)) for mark, who in pairs}
    gone = sorted(set(store.distinct(PENDING.name, ["mark", "who"])) - there)
    store.remove(PENDING.name, listed(pd.DataFrame(gone, columns=["mark", "who"])))
    return len(gone)


def _owner_mark(key: Key, word_mark: str, who: str) -> str:
    """The keyed digest of somebody's having a word: an officer, by collar number or pseudonym in any case, or a day.

    Made of the word's digest, so that a purge can tell whose rows still wait, which has no word to go by. Those of an
    earlier form, without the w, can be told of nobody: they count no more, and go with the next purge.
    """
    owner = as_pseudonyms(pd.Series([who.lower() if is_pseudonym(pd.Series([who.lower()]))[0] else who]), key)[0]
    return "w" + key.digest(f"{word_mark} of {owner or who}", 31)


def words_for(store: StoreHome, by: str, released: Iterable[str] = ()) -> RecurringWords:
    """The words of a file on its way into a store: after those of earlier files, and what the force has released."""
    return WordsBeside(store, by, released)()


class WordsBeside:
    """The words of files read for a layer beside a store: by what the store knows, file after file, and nothing is kept.

    Examples
    --------
    >>> beside = WordsBeside(store, OFFICERS)  # doctest: +SKIP
    >>> words = beside()  # of one file; once it is read: beside.learn(words)  # doctest: +SKIP
    """

    def __init__(self, store: StoreHome, by: str, released: Iterable[str] = ()) -> None:
        own = store.folder / RELEASED_WORDS if store.folder else None
        self._listed = [*released, *(read_released(own) if own and own.is_file() else ())]
        self._by, self._before = by, StoreWords(store, by)

    def __call__(self) -> RecurringWords:
        if self._by == DAYS:
            return words_of_events(self._listed, self._before)
        return RecurringWords(self._by, listed=self._listed, before=self._before)

    def learn(self, words: RecurringWords) -> None:
        """Know the words of a file that was read, for the next."""
        self._before.learn(words)


def remember(words: RecurringWords, source: str = "") -> int:
    """Keep in the store what a file's words have told, and write the words that it releases where rows of earlier files read "(withheld)".

    Within the import's transaction.

    Parameters
    ----------
    source : content hash of the file

    Returns
    -------
    How many rows of earlier files read their word now.
    """
    before = words.before
    if not isinstance(before, StoreWords):
        return 0
    before.keep(words)
    store = before.store
    written = release_rows(store, before.released_now(words, waiting_columns(store)))
    note_waiting(store, source, ((c, before.mark(c, w), at) for c, w, at in words.rows_waiting()))
    return written


__all__ = ["PENDING", "RECURRING", "StoreWords", "WordsBeside", "forget_owners", "remember", "words_for"]

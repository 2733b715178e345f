"""What is known of an extract of events before its rows are read, and what is kept while they pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..imports.accounts import RecordNotes
from ..imports.word_recurrence import RecurringWords
from ..imports.words import as_listed
from ..texts import texts
from ..words import so_many
from .event_ids import MadeIds
from .record_kinds import CRIME
from .statuses import StatusWords
from .word_days import words_of_events

UNLISTED = "records have no key type, for no table of key types has their category ({}, such as {})"
MOST_SHOWN = 5  # categories that are shown of those without a key type
MOST_LISTED = 10  # words of a column that are listed for review


@dataclass(frozen=True)
class Known:
    """What is known before the rows are read, and what was met in the parts before.

    Attributes
    ----------
    made : by what ids made up are told apart
    flags : columns that withdraw records by yes or no, besides those of the mapping
    outcomes : columns that say how a record ended
    listed : words of a column that were listed for review
    unlisted : categories that no table knows, and the rows of each
    categories : columns that say what a record is where its category is blank
    recurring : the words of the rows, kept where they recur
    """

    key_types: pd.DataFrame
    statuses: StatusWords
    made: MadeIds
    flags: tuple[str, ...]
    outcomes: tuple[str, ...]
    notes: RecordNotes
    kind: str = CRIME
    listed: set[tuple[str, str]] = field(default_factory=set)
    unlisted: dict[str, list[Any]] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    recurring: RecurringWords = field(default_factory=words_of_events)

    def review(self, what: str, written: pd.Series, where: Bools) -> None:
        """Warn of words that are not known, each by its count in place of the {} of `what`; none that may name a person."""
        words = texts(written[where])
        for value, _ in words.value_counts().items():
            shown = as_listed(value)
            if (what, shown) not in self.listed and sum(w == what for w, _ in self.listed) >= MOST_LISTED:
                shown = "others"
            self.listed.add((what, shown))
            self.notes.warn(what.format(shown), words.index[words == value])

    def sort(self, category: pd.Series, unlisted: Bools) -> None:
        """Keep the categories that no table of key types knows, with their rows, for :meth:`tell_unlisted`."""
        words = texts(category[unlisted]).str.strip()
        for value, rows in words[words != ""].groupby(words, sort=False).groups.items():
            self.unlisted.setdefault(str(value), []).append(np.asarray(rows))

    def tell_unlisted(self) -> None:
        """Say how many categories, in how many records, have no key type for no table knows them, with the commonest."""
        if not self.unlisted:
            return
        size = {value: sum(map(len, rows)) for value, rows in self.unlisted.items()}
        often = sorted(size, key=lambda v: (-size[v], v))[:MOST_SHOWN]
        what = UNLISTED.format(so_many(len(size), "categories"), ", ".join(dict.fromkeys(map(as_listed, often))))
        self.notes.note(what, np.concatenate([r for rows in self.unlisted.values() for r in rows]))


__all__ = ["MOST_LISTED", "UNLISTED", "Known"]

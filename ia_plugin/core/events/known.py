"""What is known of an extract of events before its rows are read, and what is kept while they pass."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from ..arrays import Bools
from ..imports.accounts import RecordNotes
from ..imports.words import as_listed
from ..texts import texts
from .record_kinds import CRIME
from .statuses import StatusWords

MOST_LISTED = 10  # words of a column that are listed for review


@dataclass(frozen=True)
class Known:
    """What is known before the rows are read, and what was met in the parts before.

    Attributes
    ----------
    flags : columns that withdraw records by yes or no, besides those of the mapping
    seen : how often each row without a reference was met
    listed : words of a column that were listed for review
    """

    key_types: pd.DataFrame
    statuses: StatusWords
    file: str
    flags: tuple[str, ...]
    notes: RecordNotes
    kind: str = CRIME
    seen: Counter[str] = field(default_factory=Counter)
    listed: set[tuple[str, str]] = field(default_factory=set)

    def review(self, what: str, written: pd.Series, where: Bools) -> None:
        """Warn of words that are not known, each by its count in place of the {} of `what`; none that may name a person."""
        words = texts(written[where])
        for value, _ in words.value_counts().items():
            shown = as_listed(value)
            if (what, shown) not in self.listed and sum(w == what for w, _ in self.listed) >= MOST_LISTED:
                shown = "others"
            self.listed.add((what, shown))
            self.notes.warn(what.format(shown), words.index[words == value])


__all__ = ["MOST_LISTED", "Known"]

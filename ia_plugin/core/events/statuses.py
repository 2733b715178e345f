"""Which records a status withdraws: words of a table that the force edits (``resources/words/status_words.csv``).

A phrase counts as whole words and by what is said of it (:mod:`~ia_plugin.core.phrases`): "Undeleted", "Avoidable", "Not
cancelled" and "Deleted: no" withdraw nothing. A longer phrase takes its words ("complaint withdrawn"), and a record that
was brought back ("reinstated after deletion") stands. A status that is in no table, or leaves it open ("possible
duplicate"), withdraws nothing and is listed by count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Bools, Objects
from ..errors import FileError
from ..phrases import ASSERTED, EMPTY, OPEN, Clauses, Found, Phrases, yes_or_no
from ..resources import resource_path
from ..texts import texts

WITHDRAWN, CURRENT, NEUTRAL = "withdrawn", "current", "neutral"
UNKNOWN = "unknown"
_MEANINGS = (WITHDRAWN, CURRENT, NEUTRAL)
_AGAIN = frozenset(("then", "again", "later", "subsequently", "finally"))
_OF_FLAGS = frozenset("is was has been record crime incident log call case event row entry flag flags flagged marked for as soft logically yn y n ind indicator marker status at on date time datetime utc".split())  # fmt: skip
# In a column of outcomes a phrase withdraws the record where its clause says nothing else: these words are nothing else.
_OF_RECORDS = _OF_FLAGS | EMPTY | frozenset(
    "records logs crimes incidents calls cases events report entries job occurrence reference ref no number see closed closure resulted result outcome code error".split()
)  # fmt: skip
_OF_CRIMES = frozenset(("no", "not", "nocrime", "nocrimed"))  # first words of what is no crime, and may be an incident
# When a record was withdrawn, where a column says that instead of yes; the dates that programs write for "never".
_MOMENT = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}.*|\d{1,2}:\d{2}.*|\d{10}|\d{13}"
)
_NEVER = re.compile(r".*\b(?:0000|0001|1899|1900|1970|2099|2999|9999)\b.*")


@dataclass(frozen=True)
class StatusWords:
    """Phrases and what each means for a record: withdrawn, current (brought back, whatever else is said) or neutral."""

    phrases: Phrases

    def meant_by(self, status: str) -> Optional[str]:
        """The phrase by which a status withdraws a record; None where it does not.

        >>> words = status_words()
        >>> [words.meant_by(s) for s in ("Cancelled - duplicate", "Not cancelled", "Undeleted", "Complaint withdrawn")]
        ['cancelled', None, None, None]
        """
        meaning, phrase = self.read(status)
        return phrase if meaning == WITHDRAWN else None

    def read(self, status: str) -> tuple[str, str]:
        """(withdrawn, current or unknown, the phrase that withdraws or "").

        >>> words = status_words()
        >>> [words.read(s)[0] for s in ("Void", "Filed", "Not yet void", "Possible duplicate", "Zzz")]
        ['withdrawn', 'current', 'current', 'unknown', 'unknown']
        """
        found = self.phrases.found_in(status)
        read = self.phrases.clauses(status)
        gone = [f for f in found if (f.meaning, f.verdict) == (WITHDRAWN, ASSERTED)]
        back = [f for f in found if (f.meaning, f.verdict) == (CURRENT, ASSERTED)]
        if back:
            gone = [f for f in gone if _comes_after(f, back[-1], read)]
        if gone:
            return WITHDRAWN, gone[0].phrase
        if back:
            return CURRENT, ""
        if any(f.verdict == OPEN and f.meaning != NEUTRAL for f in found):
            return UNKNOWN, ""
        known = any(f.meaning != NEUTRAL for f in found) or _is_known(read, found)
        return CURRENT if known else UNKNOWN, ""

    def of_outcome(self, outcome: str, kind: str = "crime") -> tuple[str, str]:
        """As :meth:`read`, of an outcome: unknown only where it may withdraw the record, which ordinary outcomes never do.

        A withdrawal stands alone in its clause; who cancelled what, or when ("cancelled by caller"), may be of the
        attendance. An incident that is no crime is an incident still, and a complaint may be "withdrawn" without its crime.

        >>> words = status_words()
        >>> [words.of_outcome(o)[0] for o in ("Cancelled - duplicate log", "No crime", "Cancelled by caller", "No further action")]
        ['withdrawn', 'withdrawn', 'unknown', 'current']
        """
        meaning, _ = self.read(outcome)
        read = self.phrases.clauses(outcome)
        found = [f for f in self.phrases.found_in(outcome) if f.meaning == WITHDRAWN and f.verdict in (ASSERTED, OPEN)]
        if not found or meaning == CURRENT:
            return CURRENT, ""
        crimes = [f for f in found if f.phrase.split()[0] in _OF_CRIMES]
        if kind == "stop_search":
            found = [f for f in found if f not in crimes]
        alone = [f for f in found if _is_alone(f, found, read)]
        if all(f.phrase == "withdrawn" for f in found):
            return (UNKNOWN, "") if alone else (CURRENT, "")
        plainly = [
            f.phrase
            for f in alone
            if f.verdict == ASSERTED and f.phrase != "withdrawn" and (kind == "crime" or f not in crimes)
        ]
        return (WITHDRAWN, plainly[0]) if plainly and meaning == WITHDRAWN else (UNKNOWN, "")

    def of_flag(self, column: str) -> Optional[str]:
        """The phrase by which a yes in a column of this name withdraws a record; None where it does not.

        >>> words = status_words()
        >>> [words.of_flag(c) for c in ("is_deleted", "Cancelled?", "Void flag", "Status", "Void reason", "Not cancelled")]
        ['deleted', 'cancelled', 'void', None, None, None]
        """
        name = column.replace("?", " ")
        found = self.phrases.found_in(name)
        if len(found) != 1 or (found[0].meaning, found[0].verdict) != (WITHDRAWN, ASSERTED):
            return None
        words = self.phrases.clauses(name).words
        return found[0].phrase if {*words[: found[0].start], *words[found[0].end :]} <= _OF_FLAGS else None

    def of_category(self, category: str) -> Optional[str]:
        """The phrase by which a category says that there is no such record; None where it says anything else too.

        >>> words = status_words()
        >>> [words.of_category(c) for c in ("No Crime", "Cancelled - no crime", "Theft (cancelled card)", "Burglary")]
        ['no crime', 'cancelled', None, None]
        """
        found = self.phrases.found_in(category)
        if not found or any((f.meaning, f.verdict) != (WITHDRAWN, ASSERTED) for f in found):
            return None
        words = self.phrases.clauses(category).words
        rest = {w for k, w in enumerate(words) if not any(f.start <= k < f.end for f in found)}
        return found[0].phrase if rest <= _OF_FLAGS else None


def _is_alone(phrase: Found, found: list[Found], read: Clauses) -> bool:
    """Whether the clause of a phrase holds nothing but phrases that were found, references and words for a record."""
    taken = {k for f in found for k in range(f.start, f.end)}
    rest = [w for k, w in enumerate(read.words) if read.clause(k) == read.clause(phrase.start) and k not in taken]
    return all(w in _OF_RECORDS or any(c.isdigit() for c in w) for w in rest)


def stands_by(column: str) -> Optional[tuple[str, bool]]:
    """Of a column that says by a no that a record is gone, the word for such records and whether that withdraws them.

    What is not active may be closed, which withdraws nothing: nobody can tell. None for any other column.

    >>> [stands_by(c) for c in ("Is Valid", "record_active", "Valid postcode", "Status")]
    [('valid', True), ('active', False), None, None]
    """
    rest = {*Clauses.of(column.replace("?", " ")).words} - _OF_FLAGS
    word = rest.pop() if len(rest) == 1 else ""
    return (word, word == "valid") if word in ("valid", "active", "live") else None


def _comes_after(withdrawal: Found, back: Found, read: Clauses) -> bool:
    """Whether a record was withdrawn once more after it was brought back ("reinstated, then cancelled")."""
    if withdrawal.start < back.end:
        return False
    between = {*read.words[back.end : withdrawal.start], *read.words[withdrawal.end : withdrawal.end + 1]}
    return bool(between & _AGAIN)


def _is_known(read: Clauses, found: list[Found]) -> bool:
    """Whether each clause holds a phrase of the table, or numbers alone beside one."""
    clauses = {read.clause(k) for k, word in enumerate(read.words) if not word.isdigit()}
    return bool(found) and clauses <= {read.clause(f.start) for f in found}


def status_words(path: Optional[Union[str, Path]] = None) -> StatusWords:
    """The table of a force, or the one shipped; what is neutral in that one stays so where a force does not list it.

    Parameters
    ----------
    path : CSV with ``words`` (a phrase) and ``meaning`` (withdrawn, current or neutral)

    Raises
    ------
    FileError
        for a file that is no such table.
    """
    if path is None:
        return _shipped()
    neutral = {words: meaning for words, meaning in _read(_table()).items() if meaning == NEUTRAL}
    return StatusWords(Phrases({**neutral, **_read(Path(path))}))


@lru_cache(maxsize=1)
def _shipped() -> StatusWords:
    return StatusWords(Phrases(_read(_table())))


def _table() -> Path:
    return resource_path("words", "status_words.csv")


def _read(source: Path) -> dict[str, str]:
    remedy = "Give a CSV with words,meaning; the meaning is withdrawn, current or neutral."
    try:
        table = pd.read_csv(source, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise FileError(f"The status words {source.name!r} cannot be read ({error}).", remedy) from None
    if not {"words", "meaning"} <= set(table.columns):
        raise FileError(f"{source.name!r} has no columns words and meaning.", remedy)
    meaning = table["meaning"].str.strip().str.lower()
    if not meaning.isin(_MEANINGS).all():
        row = int(np.flatnonzero(~meaning.isin(_MEANINGS))[0]) + 2
        raise FileError(f"{source.name!r} row {row}: the meaning is none of {', '.join(_MEANINGS)}.", remedy)
    return {w: m for w, m in zip(table["words"], meaning)}


class Statuses(NamedTuple):
    """Of each row: withdrawn or current, the phrase that withdraws it (else ""), and whether it cannot be known."""

    status: Objects
    phrase: Objects
    unknown: Bools


def statuses(written: pd.Series, words: StatusWords, column: str = "", *, is_flag: bool = False) -> Statuses:
    """What the statuses of a column say, or its flags.

    Parameters
    ----------
    written : the statuses as written; missing is current
    column : its name: in a column called "Cancelled" a yes withdraws, and so does the moment when it was cancelled
    is_flag : whether a yes withdraws whatever the column is called

    Examples
    --------
    >>> statuses(pd.Series(["Open", "Void", "Zzz", None]), status_words()).status.tolist()
    ['current', 'withdrawn', 'current', 'current']
    """
    codes, uniques = pd.factorize(texts(written).str.strip())
    flag = words.of_flag(column) or (WITHDRAWN if is_flag else None)
    read = [_flagged(str(u), words, flag) if flag else words.read(str(u)) if u else (CURRENT, "") for u in uniques]
    phrases = np.array([phrase for _, phrase in read], dtype=object)[codes]
    unknown = np.array([meaning == UNKNOWN for meaning, _ in read], dtype=bool)[codes]
    return Statuses(np.where(phrases != "", WITHDRAWN, CURRENT).astype(object), phrases, unknown)


def _flagged(value: str, words: StatusWords, flag: str) -> tuple[str, str]:
    answer = yes_or_no(value)
    if answer is None and _MOMENT.fullmatch(value):
        answer = not _NEVER.fullmatch(value)
    if not value or answer is False:
        return CURRENT, ""
    return (WITHDRAWN, flag) if answer else words.read(value)


__all__ = [
    "CURRENT",
    "NEUTRAL",
    "UNKNOWN",
    "WITHDRAWN",
    "StatusWords",
    "Statuses",
    "stands_by",
    "status_words",
    "statuses",
]

"""Which records of an extract are withdrawn: by their status, by flags, or by an outcome that plainly says so."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict

import numpy as np
import pandas as pd

from ..arrays import Bools, Objects
from ..imports.mapping import Mapping
from ..imports.text_form import plain
from ..phrases import yes_or_no
from ..texts import texts
from .known import Known
from .record_kinds import CRIME
from .statuses import CURRENT, UNKNOWN, WITHDRAWN, StatusWords, stands_by, statuses

STATUS_UNKNOWN = (
    "records count, though it is not known whether their status ({}) withdraws them: list it in your status words"
)


OUTCOME_UNKNOWN = "records count, though their outcome ({}) may withdraw them: say so in a column of statuses"
INACTIVE = "records count, though the column {!r} says that they are not {}: that may be closed, or withdrawn"
_OUTCOME = re.compile(
    r"(?:final|last|latest|crime|incident|log|call|case|event|record|job|cad)?(?:outcome|result|disposition|disposal|resolution|closure|closing|final|closed|close)"
    r"(?:code|codes|reason|type|text|desc|description|status|category|group|classification|result|outcome|qualifier|method)*\d?|reason(?:for)?(?:closure|closing|closed)"
)


def is_outcome(column: str) -> bool:
    """Whether a column says by its name how a record ended.

    >>> [is_outcome(c) for c in ("Result", "Disposition Code", "Closing Code 1", "Reason closed", "Closed", "Final", "Search result date")]
    [True, True, True, True, False, False, False]
    """
    name = plain(column)
    return bool(_OUTCOME.fullmatch(name)) and name not in ("final", "closed", "close", "closing", "closure")


def telling_columns(mapping: Mapping, header: list[str], words: StatusWords) -> tuple[list[str], list[str]]:
    """(flags, outcomes) of a header that may withdraw records, besides the status and the flag of the mapping."""
    others = [c for c in header if c not in mapping.wanted]
    stated = {mapping.columns.get("status"), mapping.columns.get("withdrawn"), mapping.columns.get("kind")}
    outcomes = [c for c in header if c not in stated and (is_outcome(c) or c == mapping.columns.get("outcome"))]
    return [c for c in others if words.of_flag(c) or stands_by(c)], outcomes


def standing(rows: pd.DataFrame, columns: Dict[str, str], category: pd.Series, kind: Objects, known: Known) -> Objects:
    """withdrawn where the status, a flag, an outcome or the category withdraws a record; what withdraws it is counted.

    Parameters
    ----------
    category : as written: a crime of which it says no more than "No crime" or "Cancelled" is withdrawn by that
    kind : crime, incident or stop_search of each row: a crime whose outcome is "no crime" is withdrawn, an incident is none
    """
    found = np.full(len(rows), CURRENT, dtype=object)
    flags = [columns[r] for r in ("withdrawn",) if r in columns] + [c for c in known.flags if not stands_by(c)]
    unknown = []
    for column in [columns[r] for r in ("status",) if r in columns] + flags:
        read = statuses(rows[column], known.statuses, column, is_flag=column in flags)
        _withdraw(found, read.phrase, "status", rows, known)
        unknown.append((STATUS_UNKNOWN, column, read.unknown))
    for column in known.flags:
        if stands_by(column):
            _withdraw(found, _denied(rows, column, found, known), "status", rows, known)
    for column in known.outcomes:
        phrase, doubtful = _outcomes(rows[column], kind, known.statuses)
        _withdraw(found, phrase, "outcome", rows, known)
        unknown.append((OUTCOME_UNKNOWN, column, doubtful))
    codes, uniques = pd.factorize(texts(category).str.strip())
    of_category = np.array([known.statuses.of_category(str(u)) or "" for u in uniques], dtype=object)[codes]
    _withdraw(found, np.where(kind == CRIME, of_category, "").astype(object), "category", rows, known)
    for what, column, where in unknown:
        known.review(what, rows[column], where & (found != WITHDRAWN))
    return found


def _withdraw(found: Objects, phrase: Objects, by: str, rows: pd.DataFrame, known: Known) -> None:
    """Withdraw the records of which a phrase says so, and count them by it."""
    first = (phrase != "") & (found != WITHDRAWN)
    for word in pd.unique(phrase[first]):
        what = f"records are withdrawn by their {by} ({word}) and leave the counts"
        known.notes.note(what, rows.index[first & (phrase == word)])
    found[first] = WITHDRAWN


def _denied(rows: pd.DataFrame, column: str, found: Objects, known: Known) -> Objects:
    """ "not valid" where such a column says no, else ""; of what is not active it is only told, by count."""
    word, withdraws = stands_by(column) or ("", False)
    values = texts(rows[column]).str.strip()
    gone = values.map(lambda v: yes_or_no(v) is False or plain(v) in (f"in{word}", f"not{word}")).to_numpy(dtype=bool)
    if withdraws:
        return np.where(gone, f"not {word}", "").astype(object)
    # Where most are not active they are closed, as most logs are.
    tell = known.notes.note if 2 * gone.sum() > len(gone) else known.notes.warn
    tell(INACTIVE.format(column, word), rows.index[gone & (found != WITHDRAWN)])
    return np.full(len(rows), "", dtype=object)


def _outcomes(written: pd.Series, kind: Objects, words: StatusWords) -> tuple[Objects, Bools]:
    """The phrase by which the outcome of each row withdraws it (else ""), and where it may."""
    values = texts(written).str.strip()
    codes, uniques = pd.factorize(values)
    phrase, doubtful = np.full(len(written), "", dtype=object), np.zeros(len(written), dtype=bool)
    for one in pd.unique(kind):
        read = [words.of_outcome(str(u), str(one)) for u in uniques]
        here = kind == one
        phrase[here] = np.array([p for _, p in read], dtype=object)[codes][here]
        doubtful[here] = np.array([m == UNKNOWN for m, _ in read], dtype=bool)[codes][here]
    return phrase, doubtful


__all__ = ["INACTIVE", "OUTCOME_UNKNOWN", "STATUS_UNKNOWN", "is_outcome", "standing", "telling_columns"]

"""Which records a status withdraws: words of a table that the force edits (``resources/words/status_words.csv``).

A phrase counts as whole words, and not where it is denied: "Undeleted", "Avoidable", "Not cancelled" and "Deleted: no"
withdraw nothing. A longer phrase that leaves a record standing ("reinstated", "complaint withdrawn") comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..errors import FileError
from ..resources import resource_path
from ..texts import texts

WITHDRAWN, CURRENT = "withdrawn", "current"
_NOT = frozenset("not never non un nor cannot isn't wasn't aren't weren't hasn't haven't hadn't won't".split())
_BETWEEN = frozenset("a an as be been being yet to was were is are has have had formally previously longer currently ever".split())  # fmt: skip
_DENIED = frozenset(("no", "n", "false", "0"))  # "Deleted: no"
_CONFIRMED = frozenset(("yes", "y", "true", "1", "1.0"))


@dataclass(frozen=True)
class StatusWords:
    """Phrases, as tuples of words, and whether each withdraws a record; the longest first."""

    phrases: tuple[tuple[tuple[str, ...], bool], ...]

    def meant_by(self, status: str) -> Optional[str]:
        """The phrase by which a status withdraws a record; None where it does not.

        >>> words = status_words()
        >>> [words.meant_by(s) for s in ("Cancelled - duplicate", "Not cancelled", "Undeleted", "Complaint withdrawn")]
        ['cancelled', None, None, None]
        """
        tokens = _tokens(status)
        found: list[tuple[int, str]] = []
        taken: set[int] = set()
        for phrase, withdraws in self.phrases:
            for i in range(len(tokens) - len(phrase) + 1):
                span = set(range(i, i + len(phrase)))
                if tuple(tokens[i : i + len(phrase)]) != phrase or span & taken:
                    continue
                taken |= span
                if not withdraws:
                    if not _denied(tokens, i, len(phrase)):
                        return None
                elif not _denied(tokens, i, len(phrase)):
                    found.append((i, " ".join(phrase)))
        return min(found)[1] if found else None


def _tokens(status: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", status.lower().replace("’", "'"))


def _denied(tokens: list[str], at: int, size: int) -> bool:
    """Whether a negation stands before a phrase, or "no" is the answer behind it."""
    i = at - 1
    while i >= 0 and tokens[i] in _BETWEEN:
        i -= 1
    before = i >= 0 and (tokens[i] in _NOT or (tokens[i] == "no" and "longer" in tokens[i:at]))
    return before or tuple(tokens[at + size :]) in {(w,) for w in _DENIED}


def status_words(path: Optional[Union[str, Path]] = None) -> StatusWords:
    """The table of a force, or the one shipped.

    Parameters
    ----------
    path : CSV with ``words`` (a phrase) and ``meaning`` (withdrawn or current)

    Raises
    ------
    FileError
        for a file that is no such table.
    """
    return _shipped() if path is None else _read(Path(path))


@lru_cache(maxsize=1)
def _shipped() -> StatusWords:
    return _read(resource_path("words", "status_words.csv"))


def _read(source: Path) -> StatusWords:
    remedy = "Give a CSV with words,meaning; the meaning is withdrawn or current."
    try:
        table = pd.read_csv(source, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise FileError(f"The status words {source.name!r} cannot be read ({error}).", remedy) from None
    if not {"words", "meaning"} <= set(table.columns):
        raise FileError(f"{source.name!r} has no columns words and meaning.", remedy)
    meaning = table["meaning"].str.strip().str.lower()
    if not meaning.isin([WITHDRAWN, CURRENT]).all():
        row = int(np.flatnonzero(~meaning.isin([WITHDRAWN, CURRENT]))[0]) + 2
        raise FileError(f"{source.name!r} row {row}: the meaning is neither withdrawn nor current.", remedy)
    phrases = {tuple(_tokens(w)): m == WITHDRAWN for w, m in zip(table["words"], meaning)}
    return StatusWords(tuple(sorted(((p, w) for p, w in phrases.items() if p), key=lambda pw: (-len(pw[0]), pw[0]))))


def statuses(written: pd.Series, words: StatusWords, column: str = "") -> tuple[Any, Any]:
    """For each row withdrawn or current, and the phrase that withdraws it ("" where none does).

    Parameters
    ----------
    written : the statuses as written; missing is current
    column : its name: in a column called "Cancelled" a yes withdraws
    """
    codes, uniques = pd.factorize(texts(written).str.strip())
    flag = words.meant_by(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", column))
    by = [flag if flag and str(u).lower() in _CONFIRMED else words.meant_by(str(u)) for u in uniques]
    phrases = np.array([p or "" for p in by], dtype=object)[codes]
    return np.where(phrases != "", WITHDRAWN, CURRENT).astype(object), phrases


__all__ = ["CURRENT", "WITHDRAWN", "StatusWords", "status_words", "statuses"]

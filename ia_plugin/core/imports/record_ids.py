"""Ids of records: a code is kept as the way back to the source; a name or a sentence is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..privacy import Key, KeyOrMaker
from .person_names import FAMILY, GIVEN
from .vocabulary import tokens_of, vocabulary
from .words import as_listed, may_be_a_person, names_a_person

SHORT = 4  # letters of a part of a code
_HEX = re.compile(r"(?:0x)?[0-9a-f]{6,}|[0-9a-f]{4}", re.IGNORECASE)
_PARTS = re.compile(r"[a-z]+|\d+")
_MIXED = re.compile(r"(?=(?:.*\d){3})[a-z0-9]{10,}")  # one long run of letters and digits, as programs make them
_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d(?!\d)")  # "Log 12 of 03/06/2024"
_DIGEST = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{24,128}", re.IGNORECASE)  # as data.police.uk's ids are
_NAMES = frozenset(n for n in GIVEN | FAMILY if len(n) > 2)


def is_code(ids: pd.Series, collars: Iterable[str] = ()) -> Bools:
    """Where an id of a record is a code: digits, short letters, words of police work, and what parts them (bool, n).

    Parameters
    ----------
    ids : text; a missing one is no code
    collars : collar numbers of the same rows, which are none

    Examples
    --------
    >>> is_code(pd.Series(["20BW/1234/24", "CR-2024-00017", "Burglary 17", "Khan 17", "Zzyxworth", None])).tolist()
    [True, True, True, False, False, False]
    """
    codes, uniques = pd.factorize(ids)
    plain = pd.Series([_DATE.sub("", str(u)) for u in uniques], dtype=object)
    suspect = may_be_a_person(plain, collars) if len(uniques) else np.zeros(0, dtype=bool)
    found = [bool(_DIGEST.fullmatch(str(u))) or (_is_code(str(u)) and not s) for u, s in zip(uniques, suspect)]
    table: Bools = np.array([*found, False], dtype=bool)
    return np.asarray(table[codes], dtype=bool)


def shown_value(value: object) -> str:
    """A value as a message may show it: a code or words that name nobody between quotes, else its shape.

    >>> shown_value("CR-17"), shown_value("Zzyxworth")
    ("'CR-17'", "like 'aaaaaaaaa'")
    """
    text = str(value)
    return repr(text) if _is_code(text) and not names_a_person(text) else as_listed(text)


def hashed_ids(ids: Iterable[str], key: KeyOrMaker) -> list[str]:
    """Ids that are no codes under a keyed digest: the same id is the same record in a later file too."""
    made = key if isinstance(key, Key) else key()
    return ["k" + made.digest(f"record {word}", 24) for word in ids]


def _is_code(text: str) -> bool:
    if len(text) > 80 or not text.isascii():
        return False
    tokens = tokens_of(text)
    if not any(c.isdigit() for c in text):
        return len(tokens) == 1 and len(tokens[0]) < SHORT and tokens[0] not in _NAMES
    known = vocabulary().words
    for token in tokens:
        if _HEX.fullmatch(token) or (_MIXED.fullmatch(token) and not _names_in(token)):
            continue
        for part in _PARTS.findall(token):
            if part.isdigit() or part in known:
                continue
            if len(part) > SHORT or part in _NAMES:
                return False
    return True


def _names_in(token: str) -> bool:
    return any(part in _NAMES for part in _PARTS.findall(token))


__all__ = ["hashed_ids", "is_code", "shown_value"]

"""Names of areas as they are read, in sentences and on sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from .texts import texts

LONGEST = 60  # letters of a name within a sentence, so that there is room for what is said of it
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters that are written from the right
_WORDS = re.compile(f"[{_RIGHT}]+(?:[ '\u2019.-]+[{_RIGHT}]+)*")
_MARK = "\u200e"


def names_of(names: pd.Series, ids: pd.Series) -> pd.Series:
    """Each name on one line, without marks that turn the direction of writing; the id where there is no name.

    Such a mark turns what follows it too: figures behind the name would read backwards.

    >>> names_of(pd.Series(["Aston", " ", None, "As\\u202eton\\n2"]), pd.Series(["A1", "A2", "A3", "A4"])).tolist()
    ['Aston', 'A2', 'A3', 'Aston 2']
    """
    plain = texts(names).str.replace(_TURNING, "", regex=True).str.split().str.join(" ")
    return plain.where(plain != "", texts(ids))


def distinct_names(ids: Iterable[str], names: Iterable[str]) -> list[str]:
    """Names that tell areas apart: those that several areas have, whatever their case, get the id behind them.

    Such a name is cut to :data:`LONGEST` letters with its id, so that what cuts names to that length keeps the id.

    >>> distinct_names(["A1", "A2", "B1"], ["Aston", "aston", "Bordesley"])
    ['Aston (A1)', 'aston (A2)', 'Bordesley']
    >>> [len(n) for n in distinct_names(["A1", "A2"], ["W" * 300, "W" * 300])]
    [60, 60]
    """
    rows = list(zip(ids, names))
    having: dict[str, set[str]] = {}
    for area, name in rows:
        having.setdefault(name.casefold(), set()).add(area)
    return [_with_id(name, area) if len(having[name.casefold()]) > 1 else name for area, name in rows]


def _with_id(name: str, area: str) -> str:
    room = max(LONGEST - len(area) - 3, 1)  # " (" and ")"
    short = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
    return f"{short} ({area})"


def in_place(text: str) -> str:
    """A sentence whose figures stay behind a name that is written from the right.

    >>> in_place("Aston: 6.9 h")
    'Aston: 6.9 h'
    >>> in_place("\\u05d0\\u05d1 \\u05d2: 6.9 h") == "\\u200e\\u05d0\\u05d1 \\u05d2\\u200e: 6.9 h"
    True
    """
    return _WORDS.sub(lambda found: f"{_MARK}{found.group()}{_MARK}", text)


def shortened(sentence: str, name: str) -> str:
    """A sentence with a name cut to :data:`LONGEST` letters wherever it stands.

    >>> shortened("Under 10 h in " + "W" * 300 + ".", "W" * 300) == "Under 10 h in " + "W" * 60 + "…."
    True
    """
    if len(name) <= LONGEST:
        return sentence
    cut = f"{name[:LONGEST].rstrip()}…"
    return sentence.replace(name, cut).replace(name[:1].upper() + name[1:], cut[:1].upper() + cut[1:])


__all__ = ["LONGEST", "distinct_names", "in_place", "names_of", "shortened"]

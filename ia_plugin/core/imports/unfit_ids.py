"""Values that are the reference of nothing, whatever their column is called: truths, raw bytes, structures, long texts.

Typed files (Parquet, GeoPackage, spreadsheets) give such values as they are; as text each would be an officer. What a column
holds only as a whole tells, a flag of Y and N or of 0 and 1, is judged when all of it was read.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..phrases import yes_or_no
from ..references import codes_of

TRUTHS, BYTES, NESTED, MOMENTS, LONG, ENDLESS = (
    "true or false", "raw bytes", "lists or structures", "dates or times", "texts of more than 200 letters", "infinite numbers",
)  # fmt: skip
OF_IDS = frozenset((TRUTHS, BYTES, NESTED, MOMENTS, LONG, ENDLESS))
OF_SEVERAL = OF_IDS - {LONG}  # of several officers in one cell
OF_PLACES = OF_IDS - {LONG}  # of units, departments, roles, vehicles; long texts are withheld as sentences
OF_WORDS = frozenset((BYTES,))  # of categories and the like: "false" may be what a record says
LONGEST = 200
_PAIRS = ({"y", "n"}, {"t", "f"}, {"j", "n"})
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffd]")  # what bytes that are no text read as
_STRUCTURE = re.compile(r"\[.*[,:].*\]|\{.*[,:].*\}", re.DOTALL)
# Those of the answers that are no officer's initials.
_TRUTH_WORDS = frozenset("true false yes wahr falsch vrai faux vero falso verdadero nein".split())
_KINDS: tuple[tuple[Any, str], ...] = (
    ((bool, np.bool_), TRUTHS),
    ((bytes, bytearray, memoryview), BYTES),
    ((Mapping, list, tuple, set, frozenset, np.ndarray), NESTED),
    ((datetime.date, datetime.time, datetime.timedelta, np.datetime64, np.timedelta64), MOMENTS),
)


def unfit_kind(value: Any) -> str:
    """What a value is that can be no reference; "" for one that can.

    >>> [unfit_kind(v) for v in (True, b"\\xff", [1], "FALSE", "1234", "No")]
    ['true or false', 'raw bytes', 'lists or structures', 'true or false', '', '']
    """
    if isinstance(value, str):
        text = value.strip()
        if _UNREADABLE.search(text):
            return BYTES
        if len(text) > LONGEST:
            return LONG
        if _STRUCTURE.fullmatch(text):
            return NESTED
        return TRUTHS if text.casefold() in _TRUTH_WORDS else ""
    if isinstance(value, (float, np.floating)):
        return ENDLESS if np.isinf(value) else ""
    return "" if value is pd.NaT else next((kind for types, kind in _KINDS if isinstance(value, types)), "")


def without_unfit(values: pd.Series, kinds: frozenset[str] = OF_IDS) -> tuple[pd.Series, Counter[str]]:
    """The values of a column, missing where one is of `kinds`, and how many rows hold which.

    >>> ids, found = without_unfit(pd.Series(["12", True, b"\\x00", "No", None], dtype=object))
    >>> ids.tolist(), dict(found)
    (['12', None, None, None, None], {'true or false': 2, 'raw bytes': 1})
    """
    if values.dtype.kind in "iu":
        return values, Counter()
    try:
        codes, uniques = codes_of(values)
    except TypeError:  # lists cannot be told apart by their hash
        codes, uniques = np.arange(len(values)), values.tolist()
    held = [unfit_kind(u) for u in uniques]
    if any(isinstance(u, (int, float)) or any(c.isdigit() for c in str(u)) for u, k in zip(uniques, held) if not k):
        held = [k or (TRUTHS if str(u).strip().casefold() == "no" else "") for u, k in zip(uniques, held)]
    of_rows = np.array([*(k if k in kinds else "" for k in held), ""], dtype=object)[codes]
    found = Counter(str(k) for k in of_rows if k)
    if not found:
        return values, found
    kept = values.astype(object).to_numpy(copy=True)
    kept[of_rows != ""] = None
    return pd.Series(kept, index=values.index, name=values.name, dtype=object), found


def are_flags(words: Iterable[str]) -> bool:
    """Whether words, together all that a column holds, are the answers of a flag. One letter alone may be an officer or a unit.

    >>> [are_flags(w) for w in (["Y", "N"], ["yes"], ["N"], ["N", "S"], ["0", "1"])]
    [True, True, False, False, False]
    """
    said = {w.strip().casefold() for w in words}
    if not said or any(yes_or_no(w) is None or any(c.isdigit() for c in w) for w in said):
        return False
    return any(len(w) > 1 for w in said) or said in _PAIRS


@dataclass
class SeenIds:
    """What one column of ids has held so far.

    Attributes
    ----------
    column : its name in the file
    unfit : rows by the kind of what can be no reference
    answers : its ids, as long as all are what a flag may hold (Y, no, 1)
    others : whether there was one that is not
    """

    column: str = ""
    unfit: Counter[str] = field(default_factory=Counter)
    answers: set[str] = field(default_factory=set)
    others: bool = False

    def add(self, column: str, unfit: Counter[str], ids: pd.Series) -> None:
        """Take a part of the column in."""
        self.column = column
        self.unfit.update(unfit)
        if not self.others:
            words = [str(i).casefold() for i in ids.dropna().unique()]
            self.others = any(yes_or_no(w) is None for w in words)
            self.answers.update(() if self.others else words)

    def is_no_reference(self) -> Optional[str]:
        """What the whole column holds instead of references; None where it may hold them."""
        if self.others:
            return None
        if are_flags(self.answers):
            return TRUTHS
        return self.unfit.most_common(1)[0][0] if self.unfit and not self.answers else None

    def may_be_a_flag(self) -> bool:
        """Whether all ids are 0 and 1, or one is the letter Y or N: officers of that name, or a flag."""
        return not self.others and ({"0", "1"} <= self.answers or self.answers in ({"y"}, {"n"}))


__all__ = [
    "OF_IDS",
    "OF_PLACES",
    "OF_SEVERAL",
    "OF_WORDS",
    "TRUTHS",
    "SeenIds",
    "are_flags",
    "unfit_kind",
    "without_unfit",
]

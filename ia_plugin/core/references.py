"""Ids as systems write them: which texts stand for nothing, and which writings are one reference.

Databases write NULL, spreadsheets #N/A, programs nan and 1234.0; whatever column and door such a text comes in by, it is
read here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Optional

import numpy as np
import pandas as pd

from .arrays import Ints, Objects
from .texts import holds_text

# Compared without case and blanks; brackets round a word ("(null)", "<NA>") say the same.
NOTHING = frozenset(
    ("", "null", "n/a", "na", "n.a.", "n.a", "#n/a", "#na", "#null!", "#value!", "#ref!", "#name?", "#div/0!", "nan", "nat", "none", "nil",
     "\\n", "-", "--", "---", "–", "—", "−", ".", "..", "...", "?", "??", "notapplicable", "undefined", "blank")
)  # fmt: skip
# Of a column of ids or of units these say that it is not known; as a category or an outcome they are words like others.
NOBODY = NOTHING | frozenset(
    ("unknown", "notknown", "unk", "notrecorded", "notstated", "notgiven", "unassigned", "notassigned", "unallocated",
     "notallocated", "noofficer", "nobody", "noone", "tbc", "tba")
)  # fmt: skip
# Of a column of officers these say that there is none: a post that nobody holds, a place kept for a number.
NO_OFFICER = NOBODY | frozenset(
    ("vacant", "vacancy", "vacantpost", "unfilled", "nk", "n.k.", "n.k", "n/k", "tobeconfirmed", "tobeallocated", "tobeassigned", "noneallocated",
     "noneassigned", "nooneallocated", "unidentified", "noofficerallocated", "noofficerassigned", "nocollar")
)  # fmt: skip
_NO_NUMBER = re.compile(r"0{2,}|x{2,}|\*+|#+|_+", re.IGNORECASE)
SPELLINGS = tuple(
    sorted({s for w in NOTHING if w.isascii() for s in (w, w.upper(), w.capitalize(), f"({w})", f"({w.upper()})", f"<{w.upper()}>")}
           | {"NaN", "NaT", "<NA>", "<null>", "[NULL]"} - {"()"})
)  # fmt: skip
"""The usual writings of nothing, to be found in a whole column at once."""

_WHOLE = re.compile(r"([+-]?\d+)\.0*")
_POWER = re.compile(r"(\d)(?:\.(\d+))?e\+?(\d{1,2})", re.IGNORECASE)
_QUOTED = re.compile(r'="(.*)"|\'(\d+)')  # how spreadsheets are made to keep a number's zeros


def stands_for_nothing(text: Any, nothing: frozenset[str] = NOTHING) -> bool:
    """Whether a text says that there is no value.

    >>> [stands_for_nothing(t) for t in ("N/A", " (null) ", "Unknown", "Nil by mouth")]
    [True, True, False, False]
    """
    word = "".join(str(text).split()).casefold()
    return word in nothing or (word[:1] + word[-1:] in ("()", "<>", "[]", "{}") and word[1:-1] in nothing)


def known(values: pd.Series, nothing: frozenset[str] = NOTHING) -> pd.Series:
    """The values, missing where a text stands for nothing.

    >>> known(pd.Series(["North", "NULL", 7])).tolist()
    ['North', None, 7]
    """
    codes, uniques = codes_of(values)
    words = np.array([*uniques, None], dtype=object)
    gone = np.array([isinstance(u, str) and stands_for_nothing(u, nothing) for u in uniques] + [False], dtype=bool)
    if not gone.any():
        return values
    words[gone] = None
    return pd.Series(words[codes], index=values.index, name=values.name, dtype=object)


def known_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a source without the usual writings of nothing, whatever their column: "NULL" as a time is no time.

    >>> known_rows(pd.DataFrame({"time": ["NULL", "09:00"]}, dtype=object))["time"].isna().tolist()
    [True, False]
    """
    hits = {c: rows[c].isin(SPELLINGS).to_numpy() for c in rows.columns if holds_text(rows[c])}
    found = {c: rows[c].astype(object).mask(hit, np.nan) for c, hit in hits.items() if hit.any()}
    return rows.assign(**found) if found else rows


def reference(value: Any) -> Optional[str]:
    """One id as text: 1234.0, 1234.00 and 1.234e3 are 1234; leading zeros stay; None where there is none.

    >>> [reference(v) for v in (1234.0, "1234.00", "1.234E+03", " 0071 ", '="0071"', "1E5", "#N/A")]
    ['1234', '1234', '1234', '0071', '0071', '1E5', None]
    """
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, str) and value.isascii() and value.isalnum():  # most ids: nothing of what follows is in them
        return None if value.casefold() in NOBODY else str(value)
    text = str(value).strip()
    quoted = _QUOTED.fullmatch(text)
    text = (quoted.group(1) or quoted.group(2) or "").strip() if quoted else text
    if stands_for_nothing(text, NOBODY):
        return None
    whole = _WHOLE.fullmatch(text)
    if whole:
        return whole.group(1)
    power = _POWER.fullmatch(text)
    # A code such as 1E5 is one; 1E+05 and 1.5e5 are numbers that a program wrote, kept where they tell every digit.
    if power and ("+" in text or power.group(2)):
        lead, rest, shift = power.group(1), power.group(2) or "", int(power.group(3))
        rest = rest.rstrip("0")
        if len(rest) <= shift <= 17 and not _is_short(text):
            return lead + rest.ljust(shift, "0")
    return text


def officer_reference(value: Any) -> Optional[str]:
    """One id of an officer by :func:`reference`; none where it is zeros or X alone, or says that nobody holds the post.

    Whether a single 0 is somebody only its column tells, see :func:`references`.

    >>> [officer_reference(v) for v in ("00000", "N.K.", "Vacant", "XXXX", "10", "X12", "0071", 0)]
    [None, None, None, None, '10', 'X12', '0071', '0']
    """
    word = reference(value)
    nobody = word is None or _NO_NUMBER.fullmatch(word) or stands_for_nothing(word, NO_OFFICER)
    return None if nobody else word


def codes_of(values: pd.Series) -> tuple[Ints, Any]:
    """The place of each value of a column among its different ones, -1 where there is none; and those as they came.

    pandas alone would make numbers of objects that are all numbers.

    >>> codes, different = codes_of(pd.Series([7, "7", None, 7], dtype=object))
    >>> codes.tolist(), list(different)
    ([0, 1, -1, 0], [7, '7'])
    """
    codes, different = pd.factorize(values.to_numpy() if values.dtype == object else values)
    return codes, different


def references(values: pd.Series, one: Callable[[Any], Optional[str]] = reference) -> pd.Series:
    """Each id of a column by :func:`reference`, those of officers by :func:`officer_reference`; missing where there is none.

    An officer 0 is none among collar numbers, and one of those who are numbered 0, 1, 2.

    >>> references(pd.Series([0, 4512]), officer_reference).tolist(), references(pd.Series([0, 1]), officer_reference).tolist()
    ([None, '4512'], ['0', '1'])
    """
    codes, words = reference_codes(values, one)
    return pd.Series(words[codes], index=values.index, name=values.name, dtype=object)


def reference_codes(values: pd.Series, one: Callable[[Any], Optional[str]] = reference) -> tuple[Ints, Objects]:
    """As :func:`references`, as a place of each in the list of ids, whose last is None; two places may hold one id.

    >>> [found.tolist() for found in reference_codes(pd.Series([7.0, "7", None]))]
    [[0, 1, -1], ['7', '7', None]]
    """
    codes, uniques = codes_of(values)
    words = np.array([*(one(u) for u in uniques), None], dtype=object)
    if one is officer_reference and not any(w and len(w) == 1 and w != "0" for w in words):
        words[words == "0"] = None
    return codes, words


_THOUSANDS = re.compile(r"\d{1,3}(?:[,.'\u2019 \u00a0\u202f]\d{3})+")
_PLAIN = re.compile(r"\d+(?:\.0+)?")


def without_thousands(values: pd.Series) -> tuple[pd.Series, int]:
    """A column of ids, numbers with thousands separators (1,234) as plain ones where most of its ids are numbers.

    Beside words and codes, and where the column holds other numbers with the separator (12,34), such an id stays as it is.

    Returns
    -------
    (the ids, how many rows were so written)

    >>> [list(without_thousands(pd.Series(v))[0]) for v in (["1,234", "987", "4512"], ["1,234", "A-17", "B-18"])]
    [['1234', '987', '4512'], ['1,234', 'A-17', 'B-18']]
    """
    codes, uniques = codes_of(values)
    words = [u.strip() if isinstance(u, str) else "" for u in uniques]
    parted = np.array([bool(_THOUSANDS.fullmatch(w)) for w in words] + [False], dtype=bool)
    if not parted.any():
        return values, 0
    numbers = sum(not isinstance(u, str) or bool(_PLAIN.fullmatch(w)) for u, w in zip(uniques, words))
    known_ids = sum(not isinstance(u, str) or not stands_for_nothing(u, NOBODY) for u in uniques)
    if 2 * (numbers + int(parted.sum())) <= known_ids:
        return values, 0
    plain = np.array([*uniques, None], dtype=object)
    plain[parted] = [re.sub(r"\D", "", w) for w, p in zip(words, parted) if p]
    return pd.Series(plain[codes], index=values.index, name=values.name, dtype=object), int(parted[codes].sum())


# Before the slash: temporary, acting, probationary, detective, chief.
_RANK_WORD = r"(?:s?pc|wpc|pcso|cso|w?ps|dci?|ds|di|sgt|sergeant|insp|inspector|con|constable|special|sc|supt)\.?"
_RANK = rf"(?:[tapdc]/){{0,2}}{_RANK_WORD}"
_OF_RANK = re.compile(rf"(?<![^\W_])([tapdc])\s*/\s*(?=(?:[dc]\s*/\s*)?{_RANK_WORD}(?![a-z]))", re.IGNORECASE)
_RANKED = re.compile(_RANK + r"[ /_-]*(\d{2,})(?:\.0+)?", re.IGNORECASE)
_BETWEEN_BLANKS = re.compile(rf"(?:(?<!\S){_RANK}\s+(?=\d\d))?\S+", re.IGNORECASE)


def between_blanks(text: str) -> list[str]:
    """The references that blanks part; a rank stays with its number.

    >>> between_blanks("PC 1234 77 sgt. 88")
    ['PC 1234', '77', 'sgt. 88']
    """
    return [" ".join(found.split()) for found in _BETWEEN_BLANKS.findall(text)]


def between_slashes(text: str) -> list[str]:
    """The references that slashes part; that of a rank (temporary, acting, probationary) is part of it.

    >>> between_slashes("T/DS 1234/PC 77"), between_slashes("A/B")
    (['T/DS 1234', 'PC 77'], ['A', 'B'])
    """
    return [part.replace("\0", "/") for part in _OF_RANK.sub("\\1\0", text).split("/")]


def without_ranks(values: pd.Series) -> tuple[pd.Series, int, int]:
    """A column of officers, ranks before numbers taken away ("PC 1234" is 1234) where most of its other ids are bare numbers.

    A number that stands behind two ranks may be two officers: such ids stay as they came.

    Returns
    -------
    (the ids, rows whose rank was taken away, rows left since their number stands behind two ranks)

    >>> without_ranks(pd.Series(["PC1234", "1234", "ps 77", "PC 77", "912"]))[0].tolist()
    ['1234', '1234', 'ps 77', 'PC 77', '912']
    """
    codes, uniques = codes_of(values)
    ranked = [_RANKED.fullmatch(u.strip()) if isinstance(u, str) else None for u in uniques]
    if not any(ranked):
        return values, 0, 0
    others = [u for u, r in zip(uniques, ranked) if not r and officer_reference(u)]
    if 2 * sum((officer_reference(u) or "").isdigit() for u in others) <= len(others):
        return values, 0, 0
    number = [str(r.group(1)) if r else "" for r in ranked]
    ranks: dict[str, set[str]] = {}
    for digits, found in zip(number, ranked):
        ranks.setdefault(digits, set()).add(re.sub(r"[^a-z]", "", found.group().casefold()) if found else "")
    several = np.array([len(ranks[n]) > 1 and n != "" for n in number] + [False], dtype=bool)
    bare = np.array([n != "" for n in number] + [False], dtype=bool) & ~several
    words = np.array([*uniques, None], dtype=object)
    words[bare] = np.array([*number, ""], dtype=object)[bare]
    found_ids = pd.Series(words[codes], index=values.index, name=values.name, dtype=object)
    return found_ids, int(bare[codes].sum()), int(several[codes].sum())


RANKS_GONE = "references of officers carry a rank (PC 1234) and read without it, since the others are numbers"
RANKS_DOUBTFUL = (
    "references of officers carry a rank before a number that stands behind two ranks: they are left as they came"
)


def officers_of(values: pd.Series, tell: Callable[[str, int], None]) -> pd.Series:
    """The officers of a column, each by :func:`officer_reference`; `tell` is called with what was read otherwise, and in how many rows."""
    values, gone, doubtful = without_ranks(values)
    tell(RANKS_GONE, gone)
    tell(RANKS_DOUBTFUL, doubtful)
    return references(values, officer_reference)


def one_case(ids: pd.Series) -> tuple[pd.Series, int, bool]:
    """Ids that differ in capitals only as one, in their commonest writing, unless capitals mean something in the column.

    They mean something where more than one id in ten has small and capital letters mixed, as codes of a computer do.

    Returns
    -------
    (the ids, how many rows share an id with others but for capitals, whether they were made one)

    >>> one_case(pd.Series(["C1", "C1", "c1", "C2"]))[0].tolist()
    ['C1', 'C1', 'C1', 'C2']
    """
    folded = ids.map(lambda v: v.casefold(), na_action="ignore")
    times = ids.groupby(ids).transform("size")
    several = ids.groupby(folded).transform("nunique") > 1
    if not several.any():
        return ids, 0, False
    distinct = ids.dropna().drop_duplicates()
    mixed = distinct.map(lambda v: v != v.lower() and v != v.upper())
    if mixed.mean() > 0.1:
        return ids, int(several.sum()), False
    ranked = pd.DataFrame({"folded": folded, "id": ids, "times": times})[several.to_numpy()]
    first = ranked.sort_values("times", ascending=False, kind="stable").drop_duplicates("folded").set_index("folded")
    return ids.mask(several, folded.map(first["id"])), int(several.sum()), True


def lost_digits(values: pd.Series) -> Any:
    """Where a spreadsheet wrote a long number short (1.23457E+11): which one it was, nobody can tell (bool, n)."""
    codes, uniques = codes_of(values)
    return np.array([isinstance(u, str) and _is_short(u.strip()) for u in uniques] + [False], dtype=bool)[codes]


def _is_short(text: str) -> bool:
    power = _POWER.fullmatch(text)
    return bool(
        power and power.group(2) and len(power.group(2)) in (2, 5) and int(power.group(3)) > len(power.group(2))
    )


def zeros_eaten(ids: Any) -> tuple[int, int]:
    """How many numbers are shorter than those written with leading zeros, and how many of them are the same but for the zeros.

    A spreadsheet takes the zeros of a number away, often in a part of the rows only: the officer 0071 is then 71 there.

    >>> zeros_eaten(["0071", "71", "0450", "912", "1234"])
    (2, 1)
    """
    numbers = {str(i) for i in ids if str(i).isdigit()}
    led = {n for n in numbers if n.startswith("0") and n.strip("0")}
    widths = {len(n) for n in led}
    short = {n for n in numbers - led if n.strip("0") and widths and len(n) < max(widths)}
    return len(short), len(short & {n.lstrip("0") for n in led})


__all__ = [
    "NOBODY",
    "NOTHING",
    "NO_OFFICER",
    "RANKS_DOUBTFUL",
    "RANKS_GONE",
    "SPELLINGS",
    "between_blanks",
    "between_slashes",
    "codes_of",
    "known",
    "known_rows",
    "lost_digits",
    "officer_reference",
    "officers_of",
    "one_case",
    "reference",
    "references",
    "stands_for_nothing",
    "without_ranks",
    "without_thousands",
    "zeros_eaten",
]

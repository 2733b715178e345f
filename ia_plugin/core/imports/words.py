"""Words of an extract that may be kept: codes and names of units, never what names a person.

A column of units can hold anything a clerk once typed into it. What looks like a phone number, an e-mail address, a
person's name with a rank or title, one of the file's own collar numbers or a sentence is withheld for good, counted and
listed for review. Of the rest a value is kept that is made only of words that name nobody
(:mod:`~ia_plugin.core.imports.vocabulary`); any other waits until it recurs, or a person releases it
(:mod:`~ia_plugin.core.imports.word_recurrence`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Callable

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..references import NOTHING, stands_for_nothing
from ..texts import shape_of
from .person_names import FAMILY, GIVEN
from .vocabulary import vocabulary

LONGEST = 60  # a longer value is a sentence, not a name of a unit or a category
WITHHELD = "(withheld)"
_WITHHELD = re.compile(r"\(withheld(?: \w{1,8})?\)")  # what earlier guards left, told apart or not

_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().-]{8,}\d(?![\w/])")
_LONG_NUMBER = re.compile(r"\d{7,}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_RANKS = "pc|wpc|ps|dc|ds|di|dci|dcs|pcso|sgt|sergeant|insp|inspector|ch insp|supt|constable|officer|mr|mrs|ms|miss|dr|sir|cllr"
_TITLES = frozenset(" ".join(_RANKS.split("|")).split())
_RANKED = re.compile(rf"\b(?i:{_RANKS})\b\.?\s+[A-Z][a-z'’-]+")
_NUMBERED = re.compile(rf"\b(?i:{_RANKS})\b\.?\s+[A-Z]?\d{{2,}}")
_BADGE = re.compile(rf"\b(?:{_RANKS})\.?\s?[A-Z]?\d{{3,}}", re.IGNORECASE)
_BIRTH = re.compile(r"\bdob\b|\bborn\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b", re.IGNORECASE)
_NI = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE)
_PLATE = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", re.IGNORECASE)
_HOME = re.compile(
    r"^(?:(?:flat|apartment|apt|unit)\s*\d{0,4}[a-z]?,?\s+)?\d{1,4}\s?[a-z]?,?(?:\s+[^\W\d_][\w.'’-]*){1,4}?\s+"
    r"(?:road|rd|street|st|lane|ln|avenue|ave|drive|close|crescent|terrace|gardens|grove|place|court|way|walk|mews|square|row)\b",
    re.IGNORECASE,
)  # "14 Acacia Road"
_INITIALS = re.compile(
    r"^[^\W\d_][\w'’-]+,\s?(?:[^\W\d_]\.?\s?){1,3}$|^(?:[^\W\d_]\.\s?){1,3}[^\W\d_][\w'’-]{2,}$"
)  # "Surname, F."
_PERSONAL = (_MAIL, _PHONE, _LONG_NUMBER, _NUMBERED, _BADGE, _BIRTH, _NI, _PLATE, _POSTCODE, _HOME)

_PARTICLES = frozenset("ap ab ferch bin bint ibn abu al el van von der de da del della di mac ni".split())  # of names
_PLACE_WORDS = frozenset(
    "road street lane avenue park north south east west central city town centre response neighbourhood team unit station division ward local policing "
    "area sector shift relief district village green hill house hall cross police force squad support patrol hub estate square court gate custody cid bank heath wood end common castle bridge church farm lodge valley ground rise way close".split()
)  # fmt: skip


@dataclass(frozen=True)
class Withheld:
    """One value that was withheld: what it looks like, how many rows hold it, and the first of them; never the value.

    `waits` where it is withheld only until it recurs, or is released.
    """

    shape: str
    rows: int
    first: int
    waits: bool = False


KEPT, PERSONAL, WAITS = "kept", "personal", "waits"


def _never(_word: str) -> bool:
    return False


def safe_words(
    values: pd.Series,
    collars: Iterable[str] = (),
    *,
    longest: int = LONGEST,
    nothing: frozenset[str] = NOTHING,
    recurs: Callable[[str], bool] = _never,
) -> tuple[pd.Series, list[Withheld]]:
    """Values that name no person; the others read "(withheld)". Also each value that was withheld, the commonest first.

    Parameters
    ----------
    values : text; missing stays missing, and what stands for nothing (NULL, N/A) is
    collars : collar numbers of the same rows, as written
    longest : characters beyond which a value is a sentence
    nothing : what stands for no value
    recurs : whether a value that no vocabulary holds is kept all the same

    Examples
    --------
    >>> words, withheld = safe_words(pd.Series(["Noise", "PC Example", "PC Example"], index=[2, 3, 4]))
    >>> words.tolist(), withheld
    (['Noise', '(withheld)', '(withheld)'], [Withheld(shape='aa aaaaaaa', rows=2, first=3, waits=False)])
    """
    codes, uniques = pd.factorize(values)
    own = _upper(collars)
    texts = [None if stands_for_nothing(u, nothing) else " ".join(str(u).split()) or None for u in uniques]
    kinds = [judged(t, own, longest) if t else KEPT for t in texts]
    kinds = [KEPT if k == WAITS and t and recurs(t) else k for k, t in zip(kinds, texts)]
    rows = np.bincount(codes[codes >= 0], minlength=len(uniques))
    found = [
        Withheld(shape_of(uniques[i]), int(rows[i]), int(values.index[np.argmax(codes == i)]), kinds[i] == WAITS)
        for i in np.flatnonzero([k != KEPT for k in kinds])
    ]
    table = np.array([*(t if k == KEPT else WITHHELD for t, k in zip(texts, kinds)), None], dtype=object)
    kept = pd.Series(table[codes], index=values.index, name=values.name, dtype=object)
    return kept, sorted(found, key=lambda w: (-w.rows, w.first))


def judged(word: str, collars: frozenset[str] = frozenset(), longest: int = LONGEST) -> str:
    """Whether a value is kept, is withheld for it may name a person, or waits until it recurs.

    >>> [judged(w) for w in ("Dudley CID", "PC 4512", "Zzyx Unit")]
    ['kept', 'personal', 'waits']
    """
    # A bare number of four digits or more is a reference to something, or to someone.
    number = word.isdigit() and len(word) >= 4
    if number or len(word) > longest or names_a_person(word, collars):
        return PERSONAL
    return KEPT if is_withheld(word) or vocabulary().holds(word, _TITLES) else WAITS


def is_withheld(value: object) -> bool:
    """Whether a value stands for one that was withheld, told apart from others or not.

    >>> [is_withheld(v) for v in ("(withheld)", "(withheld 3fa9c2)", "Noise", None)]
    [True, True, False, False]
    """
    return isinstance(value, str) and _WITHHELD.fullmatch(value) is not None


def _upper(collars: Iterable[str]) -> frozenset[str]:
    return frozenset(str(c).strip().upper() for c in collars)


def as_listed(value: object) -> str:
    """A value as a list for review may show it: itself where it is made only of words that name nobody, else its shape.

    >>> as_listed("Possible duplicate"), as_listed("Zzyx 12"), as_listed("P")
    ("'Possible duplicate'", "like 'aaaa 99'", "'P'")
    """
    text = " ".join(str(value).split())
    shown = len(text) <= LONGEST and not any(p.search(text) for p in _PERSONAL) and vocabulary().holds(text, _TITLES)
    # A single letter or digit is a code, and its shape would tell nothing.
    return repr(text) if shown or len(text) == 1 else f"like {shape_of(text)!r}"


def names_a_person(text: str, collars: frozenset[str] = frozenset()) -> bool:
    """Whether a text holds what could name or reach a person."""
    if any(p.search(text) for p in _PERSONAL):
        return True
    tokens = re.split(r"[^A-Za-z0-9]+", text)
    if any(len(t) >= 3 and t.upper() in collars for t in tokens):
        return True
    return _looks_like_a_name(text, tokens) and not vocabulary().holds(text, _TITLES)


def _looks_like_a_name(text: str, tokens: list[str]) -> bool:
    """Whether there is a rank or a given name with a name behind it, or a family name."""
    tokens = [t for t in tokens if t and t.lower() not in _PARTICLES]
    lower = [t.lower() for t in tokens]
    if _RANKED.search(text) or _INITIALS.search(text):
        return True
    if any(t in FAMILY for t in lower) and not any(t in _PLACE_WORDS for t in lower):
        return True
    if re.search(r"^[A-Z][a-zA-Z'’-]+, ?[A-Z]", text) and any(t in GIVEN for t in lower):
        return True
    return any(
        a.lower() in GIVEN
        and len(b) > 1
        and b.isalpha()
        and b.lower() not in _PLACE_WORDS
        and (b[0].isupper() or a.islower())
        for a, b in zip(tokens, tokens[1:])
    )


_BORN = re.compile(r"\bd\.?o\.?b\b|\bborn\b", re.IGNORECASE)
_AT_HOME = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[A-Z][\w.'’-]* ){1,3}(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Drive|Close|Crescent|Terrace|Gardens|Grove|Place|Court|Way|Walk|Mews)\b"
)
_WRITTEN_DATE = re.compile(r"\b(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?:[T ]\d\d:\d\d)?")
_OF_SENTENCES = (_MAIL, _PHONE, _NUMBERED, _BADGE, _NI, _PLATE, _POSTCODE, _RANKED, _BORN, _AT_HOME)


def mentions_a_person(sentence: str) -> bool:
    """Whether a sentence names or reaches a person: a rank or a given name with a name behind it, a phone number, a home.

    Words that are names in a column of units, and dates, are words in a sentence.

    >>> [mentions_a_person(s) for s in ("Radios changed on 01/06/2024.", "Sgt Example was off.", "Call 07700 900123", "Price rise")]
    [False, True, True, False]
    """
    sentence = _WRITTEN_DATE.sub(" ", sentence)
    if any(p.search(sentence) for p in _OF_SENTENCES):
        return True
    pairs = re.findall(r"(?=\b([A-Z][a-z'’-]+) ([A-Z][A-Za-z'’-]+))", sentence)
    return any(a.lower() in GIVEN and b.lower() not in _PLACE_WORDS for a, b in pairs)


def may_be_a_person(references: pd.Series, collars: Iterable[str] = ()) -> Bools:
    """Where the reference of a record is really a phone number, a name or a collar number (bool, n).

    >>> may_be_a_person(pd.Series(["20BW/1234/24", "07700 900123", "4512", None]), ["4512"]).tolist()
    [False, True, True, False]
    """
    own = _upper(collars)
    words = references.dropna().astype(object)
    # Ids of letters and digits in one piece need no closer look.
    whole = words.str.fullmatch(r"(?!0[1-9]\d{8,9}$|0044)[0-9A-Fa-f-]{1,40}").fillna(False).to_numpy(dtype=bool)
    plain = whole & ~words.str.upper().isin(own).to_numpy()
    found = np.zeros(len(references), dtype=bool)
    odd = np.flatnonzero(references.notna().to_numpy())[~plain]
    found[odd] = [_is_suspect(str(word), own) for word in words[~plain]]
    return found


def _is_suspect(word: str, collars: frozenset[str]) -> bool:
    if word.upper() in collars or "@" in word or len(word) > 60:
        return True
    phone = re.fullmatch(r"(?:\+44|0044|0)\s?[1-9](?:[\s()-]?\d){8,9}", word)
    return (
        bool(phone)
        or (" " in word and names_a_person(word, collars))
        or any(t.upper() in collars for t in re.split(r"\W+", word) if len(t) > 3 and not t.isdigit())
    )


__all__ = [
    "KEPT",
    "LONGEST",
    "PERSONAL",
    "WAITS",
    "WITHHELD",
    "Withheld",
    "as_listed",
    "is_withheld",
    "judged",
    "may_be_a_person",
    "mentions_a_person",
    "names_a_person",
    "safe_words",
    "shape_of",
]

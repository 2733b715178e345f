"""Words of an extract that may be kept: codes and names of units, never what names a person.

A column of units can hold anything a clerk once typed into it. What looks like a phone number, an e-mail address, a
person's name with a rank or title, one of the file's own collar numbers or a sentence is withheld, counted and listed for
review. Numbers and addresses are looked for first; what only looks like a name is kept where all its words are kinds of
crime, incident or unit (:mod:`~ia_plugin.core.imports.vocabulary`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..references import NOTHING, stands_for_nothing
from ..texts import shape_of
from .vocabulary import vocabulary

LONGEST = 60  # a longer value is a sentence, not a name of a unit or a category
WITHHELD = "(withheld)"

_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().-]{8,}\d(?![\w/])")
_LONG_NUMBER = re.compile(r"\d{7,}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_RANKS = "pc|wpc|ps|dc|ds|di|dci|dcs|pcso|sgt|sergeant|insp|inspector|ch insp|supt|constable|officer|mr|mrs|ms|miss|dr|sir|cllr"
_TITLES = frozenset(" ".join(_RANKS.split("|")).split())
_RANKED = re.compile(rf"\b(?i:{_RANKS})\b\.?\s+[A-Z][a-z'’-]+")
_NUMBERED = re.compile(rf"\b(?i:{_RANKS})\b\.?\s+[A-Z]?\d{{2,}}")
_BADGE = re.compile(rf"\b(?:{_RANKS})\.?\s?[A-Z]?\d{{3,}}", re.IGNORECASE)
_BIRTH = re.compile(r"\bdob\b|\bborn\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b", re.IGNORECASE)
_NI = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_PLATE = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")
_PERSONAL = (_MAIL, _PHONE, _LONG_NUMBER, _NUMBERED, _BADGE, _BIRTH, _NI, _PLATE, _POSTCODE)

# Commonest given names of England and Wales (ONS); with a capitalised word behind them they name a person.
_GIVEN = frozenset(
    "aaron abdul abigail adam adrian ahmed aisha alan albert alex alexander alexandra alfie ali alice alison amanda amelia amir amy andrea andrew "
    "angela anita ann anna anne anthony antonia arthur ashley barbara barry ben benjamin bernard beth bethany bilal brandon brenda brian bridget bruce callum "
    "cameron carl carol caroline catherine charles charlie charlotte cheryl chloe chris christian christina christine christopher claire clare clive colin connor "
    "craig daisy dan daniel danielle darren dave david dawn dean deborah debra denise dennis derek diana diane dominic donald donna dorothy douglas dylan edward "
    "eileen elaine eleanor elizabeth ella ellie emily emma eric ethan eve evie fatima fiona frances francis frank fred freya gareth gary gavin gemma geoffrey george "
    "georgia gerald gillian glenn gordon grace graham grant gregory hannah harold harriet harry harvey hassan hayley heather helen henry holly howard hugh hussain "
    "ian ibrahim imran irene isaac isabel isabella isla jack jackie jacob jacqueline jade jake james jamie jane janet janice jasmine jason jay jayne jean jeffrey "
    "jennifer jenny jeremy jessica jill jim joan joanna joanne joe john jonathan joseph josh joshua joyce judith julia julian julie june karen karl kate "
    "katherine kathleen kathryn katie keith kelly kenneth kerry kevin khadija khalid kieran kim kimberley kyle laura lauren lawrence leah leanne lee leo leon lesley lewis "
    "liam lily linda lisa logan louis louise lucas lucy luke lynn lynne malcolm marc marcus margaret maria marie marion mark martin mary mason matthew maureen max megan "
    "melanie melissa michael michelle mike mohammad mohammed muhammad natalie natasha nathan neil nicholas nicola nigel noah norman oliver olivia omar oscar owen "
    "pamela patricia patrick paul paula pauline peter philip phillip phoebe poppy rachael rachel raymond rebecca rhys richard robert robin roger ronald rosemary ross roy "
    "russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean shannon sharon shaun sheila shirley simon sophia sophie stacey stanley stephanie stephen "
    "steve steven stewart stuart sunita susan suzanne sylvia tanya teresa terence terry thomas tim timothy tina toby tom tony tracey tracy trevor usman valerie vanessa "
    "vincent wayne wendy william yasmin yusuf yvonne zachary zara zoe".split()
)  # fmt: skip
# Commonest family names (ONS, 2011) that are no words of places or of police work.
_FAMILY = frozenset(
    "smith jones taylor brown williams wilson johnson davies davis patel robinson thompson evans walker white roberts hughes edwards lewis thomas "
    "jackson harris harrison clarke turner khan singh ahmed ali hussain begum kaur shah anderson campbell mitchell bailey cooper richardson bennett "
    "griffiths phillips simpson collins murphy kelly miller stewart morgan murray morris rogers russell richards carter gibson palmer powell allen "
    "watson ward harvey kennedy reynolds fisher ellis chapman saunders webb rose stone hunt mills pearson lloyd hopkins jenkins osborne barnes fletcher "
    "roe doe bloggs citizen mohammed iqbal malik hussein akhtar mahmood rahman chowdhury kowalski nowak okafor adeyemi mensah obrien oneill oconnor".split()
) - frozenset(("ward", "mills", "stone", "rose", "hunt", "palmer", "fisher"))
_PLACE_WORDS = frozenset(
    "road street lane avenue park north south east west central city town centre response neighbourhood team unit station division ward local policing "
    "area sector shift relief district village green hill house hall cross police force squad support patrol hub estate square court gate custody cid bank heath wood end common castle bridge church farm lodge valley ground rise way close".split()
)  # fmt: skip


@dataclass(frozen=True)
class Withheld:
    """One value that was withheld: what it looks like, how many rows hold it, and the first of them; never the value."""

    shape: str
    rows: int
    first: int


def safe_words(
    values: pd.Series,
    collars: Iterable[str] = (),
    *,
    longest: int = LONGEST,
    nothing: frozenset[str] = NOTHING,
) -> tuple[pd.Series, list[Withheld]]:
    """Values that name no person; the others read "(withheld)". Also each value that was withheld, the commonest first.

    Parameters
    ----------
    values : text; missing stays missing, and what stands for nothing (NULL, N/A) is
    collars : collar numbers of the same rows, as written
    longest : characters beyond which a value is a sentence
    nothing : what stands for no value

    Examples
    --------
    >>> words, withheld = safe_words(pd.Series(["Noise", "PC Example", "PC Example"], index=[2, 3, 4]))
    >>> words.tolist(), withheld
    (['Noise', '(withheld)', '(withheld)'], [Withheld(shape='aa aaaaaaa', rows=2, first=3)])
    """
    codes, uniques = pd.factorize(values)
    own = frozenset(str(c).strip().upper() for c in collars)
    words = [None if stands_for_nothing(u, nothing) else _clean(str(u), own, longest) for u in uniques]
    rows = np.bincount(codes[codes >= 0], minlength=len(uniques))
    found = [
        Withheld(shape_of(uniques[i]), int(rows[i]), int(values.index[np.argmax(codes == i)]))
        for i in np.flatnonzero([w == WITHHELD for w in words])
    ]
    table = np.array([*words, None], dtype=object)
    kept = pd.Series(table[codes], index=values.index, name=values.name, dtype=object)
    return kept, sorted(found, key=lambda w: (-w.rows, w.first))


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
    lower = [t.lower() for t in tokens if t]
    if _RANKED.search(text):
        return True
    if any(t in _FAMILY for t in lower) and not any(t in _PLACE_WORDS for t in lower):
        return True
    if re.search(r"^[A-Z][a-zA-Z'’-]+, ?[A-Z]", text) and any(t in _GIVEN for t in lower):
        return True
    return any(
        a.lower() in _GIVEN
        and len(b) > 1
        and b.isalpha()
        and b.lower() not in _PLACE_WORDS
        and (b[0].isupper() or a.islower())
        for a, b in zip(tokens, tokens[1:])
    )


def may_be_a_person(references: pd.Series, collars: Iterable[str] = ()) -> Bools:
    """Where the reference of a record is really a phone number, a name or a collar number (bool, n).

    >>> may_be_a_person(pd.Series(["20BW/1234/24", "07700 900123", "4512", None]), ["4512"]).tolist()
    [False, True, True, False]
    """
    own = frozenset(str(c).strip().upper() for c in collars)
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


def _clean(text: str, collars: frozenset[str], longest: int) -> Optional[str]:
    word = " ".join(text.split())
    if not word:
        return None
    # A bare number of four digits or more is a reference to something, or to someone.
    number = word.isdigit() and len(word) >= 4
    return WITHHELD if number or len(word) > longest or names_a_person(word, collars) else word


__all__ = ["LONGEST", "WITHHELD", "as_listed", "may_be_a_person", "names_a_person", "safe_words", "shape_of"]

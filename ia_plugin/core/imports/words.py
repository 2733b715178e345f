"""Words of an extract that may be kept: codes and names of units, never what names a person.

A column of units can hold anything a clerk once typed into it. What looks like a phone number, an e-mail address, a
person's name with a rank or title, one of the file's own collar numbers or a sentence is withheld and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Optional

import numpy as np
import pandas as pd

from ..texts import shape_of

LONGEST = 60  # a longer value is a sentence, not a name of a unit or a category
WITHHELD = "(withheld)"

_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().-]{8,}\d(?![\w/])")
_LONG_NUMBER = re.compile(r"\d{7,}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_RANKS = "pc|wpc|ps|dc|ds|di|dci|dcs|pcso|sgt|sergeant|insp|inspector|ch insp|supt|constable|officer|mr|mrs|ms|miss|dr|sir|cllr"
_RANKED = re.compile(rf"\b(?i:{_RANKS})\b\.?\s+(?:[A-Z]?\d{{2,}}|[A-Z][a-z'’-]+)")
_BADGE = re.compile(rf"\b(?:{_RANKS})\.?\s?[A-Z]?\d{{3,}}", re.IGNORECASE)
_BIRTH = re.compile(r"\bdob\b|\bborn\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b", re.IGNORECASE)
_NI = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_PLATE = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")

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


def safe_words(values: pd.Series, collars: Iterable[str] = (), *, longest: int = LONGEST) -> tuple[pd.Series, int]:
    """Values that name no person; the others read "(withheld)". Also how many rows were withheld.

    Parameters
    ----------
    values : text; missing stays missing
    collars : collar numbers of the same rows, as written
    longest : characters beyond which a value is a sentence
    """
    codes, uniques = pd.factorize(values)
    known = frozenset(str(c).strip().upper() for c in collars)
    words = [_clean(str(u), known, longest) for u in uniques]
    bad = np.array([w == WITHHELD for w in words] + [False])
    table = np.array([*words, None], dtype=object)
    return pd.Series(table[codes], index=values.index, name=values.name, dtype=object), int(bad[codes].sum())


def names_a_person(text: str, collars: frozenset[str] = frozenset()) -> bool:
    """Whether a text holds what could name or reach a person."""
    patterns = (_MAIL, _PHONE, _LONG_NUMBER, _RANKED, _BADGE, _BIRTH, _NI, _PLATE, _POSTCODE)
    if any(p.search(text) for p in patterns):
        return True
    tokens = re.split(r"[^A-Za-z0-9]+", text)
    if any(len(t) >= 3 and t.upper() in collars for t in tokens):
        return True
    lower = [t.lower() for t in tokens if t]
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


def _clean(text: str, collars: frozenset[str], longest: int) -> Optional[str]:
    word = " ".join(text.split())
    if not word:
        return None
    # A bare number of four digits or more is a reference to something, or to someone.
    number = word.isdigit() and len(word) >= 4
    return WITHHELD if number or len(word) > longest or names_a_person(word, collars) else word


__all__ = ["LONGEST", "WITHHELD", "names_a_person", "safe_words", "shape_of"]

"""Which events may stand as points on a map that anyone may open: those whose place leads to nobody in need."""

from __future__ import annotations

import re
import unicodedata
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..imports.text_form import plain
from ..imports.words import is_withheld
from .sensitive import answers_as_kept, is_sensitive

# Roots of words of categories, beside sexual and domestic ones, whose places would lead to a person in need.
_SENSITIVE = (
    "sexuel", "seksu", "honour", "honor", "coerc", "groom", "child", "abuse", "vulnerab",
    "safeguard", "stalk", "harass", "controlling", "malicious comm",
    "slavery", "traffick", "exploit", "hate", "mental", "suicid", "self harm", "overdose", "concern for", r"missing\b(?!\W*(?:propert|vehic|item|animal|dog))", "sudden death",
    "welfare", "section 136", "revenge porn", "intimate", "haeuslich", "hauslich", "vergewalt", r"viols?\b", "conjugal",
    "verkracht", "huiselijk", "valdtakt",
    "misper", "awol", "abscond", "runaway", "restraining order", r"s\W?136", r"mha\b", "unexplained death", "safe and well", "cuckooing", "kidnap", "abduct",
    "false imprison", "infanticid", "concealment of birth", r"cce\b", "abortion", r"hiv\b", "spiking", r"refuge\b", r"rso\b", "mosovo", "notification req", "notification order",
    "homophob", "transphob", "biphob", "islamophob", "antisemit", "anti semit", "racis", "racial", "religiously",
)  # fmt: skip
_IS_SENSITIVE = re.compile(r"\b(?:" + "|".join(w.replace(" ", r"\W*") for w in _SENSITIVE) + ")")
_PUBLIC_MIX = "Violence and sexual offences"  # data.police.uk's one category of all violence


def place_is_sensitive(category: object, told: Optional[bool] = None) -> bool:
    """Whether a category is sexual, domestic or another whose place would lead to a person in need.

    One without a word of three letters, a code or nothing, may be any and so is, unless the force has said that it is not; one
    that is withheld may be any until it is released. The list of all violence holds sexual offences, one by one, and is too.

    Parameters
    ----------
    told : what the force's table says of it: True always holds, False of a code alone

    Examples
    --------
    >>> [place_is_sensitive(c) for c in ("Rape of a female", "Domestic incident", "Burglary - domestic", "Shoplifting", "08/56")]
    [True, True, False, False, True]
    >>> place_is_sensitive("(withheld)"), place_is_sensitive("Missing - MISPER 3"), place_is_sensitive("Racially aggravated damage")
    (True, True, True)
    >>> [place_is_sensitive(*c) for c in (("Shoplifting", True), ("08/56", False), ("Rape of a female", False))]
    [True, False, True]
    """
    if told or is_withheld(category):  # a word that is not told may be any
        return True
    text = str(category).casefold() if category is not None and category == category else ""
    if not re.search(r"[^\W\d_]{3}", text):
        return told is not False or not text.strip()
    if is_sensitive(text) or plain(text) == plain(_PUBLIC_MIX):
        return True
    return _IS_SENSITIVE.search(f"{_without_accents(text)} ") is not None


def may_be_mapped(events: pd.DataFrame) -> Bools:
    """Which events may be shown as points: not the sensitive ones. (n,)

    data.police.uk's "Violence and sexual offences" may not either, though it is published at the middles of streets: beside a
    force's own figures a point in a street of few homes would tell where a sexual offence may have been.

    Parameters
    ----------
    events : with ``category`` and, where the force's table decides, ``sensitive``
    """
    told = answers_as_kept(events["sensitive"]) if "sensitive" in events.columns else [None] * len(events)
    pairs = pd.DataFrame({"category": events["category"].to_numpy(dtype=object), "told": np.array(told, dtype=object)})
    codes = pairs.groupby(["category", "told"], dropna=False, sort=False).ngroup().to_numpy()
    first = pairs[~pd.Series(codes).duplicated().to_numpy()]
    held = [place_is_sensitive(c, t) for c, t in zip(first["category"], answers_as_kept(first["told"]))]
    return ~np.array(held, dtype=bool)[codes] if len(codes) else np.zeros(0, dtype=bool)


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))

"""Which events may stand as points on a map that anyone may open: those whose place leads to nobody in need."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..imports.text_form import plain
from .sensitive import is_sensitive

# Roots of words of categories, beside sexual and domestic ones, whose places would lead to a person in need.
_SENSITIVE = (
    "sexuel", "seksu", "honour", "honor", "coerc", "groom", "child", "abuse", "vulnerab",
    "safeguard", "stalk", "harass", "controlling", "malicious comm",
    "slavery", "traffick", "exploit", "hate", "mental", "suicid", "self harm", "overdose", "concern for", r"missing\b(?!\W*(?:propert|vehic|item|animal|dog))", "sudden death",
    "welfare", "section 136", "s136", "revenge porn", "intimate", "haeuslich", "hauslich", "vergewalt", r"viols?\b", "conjugal",
    "verkracht", "huiselijk", "valdtakt",
)  # fmt: skip
_IS_SENSITIVE = re.compile(r"\b(?:" + "|".join(w.replace(" ", r"\W*") for w in _SENSITIVE) + ")")
PUBLIC_PLACES = "snapped"  # how data.police.uk tells places: the middles of streets, published by itself
_PUBLIC_MIX = "Violence and sexual offences"  # its one category of all violence


def place_is_sensitive(category: object) -> bool:
    """Whether a category is sexual, domestic or another whose place would lead to a person in need.

    One without a word of three letters, a code or nothing, may be any and so is.

    >>> [place_is_sensitive(c) for c in ("Rape of a female", "Domestic incident", "Burglary - domestic", "Shoplifting", "08/56")]
    [True, True, False, False, True]
    """
    text = str(category).casefold() if category is not None and category == category else ""
    if not re.search(r"[^\W\d_]{3}", text):
        return True
    # Of a force's own extract the list of all violence holds sexual offences, one by one.
    if is_sensitive(text) or plain(text) == plain(_PUBLIC_MIX):
        return True
    return _IS_SENSITIVE.search(f"{_without_accents(text)} ") is not None


def may_be_mapped(events: pd.DataFrame) -> Bools:
    """Which events may be shown as points: not the sensitive ones. (n,)

    data.police.uk's "Violence and sexual offences" may: that category is published, at the middles of streets, with all violence in it.

    Parameters
    ----------
    events : with ``category``, ``location_precision``
    """
    codes, uniques = pd.factorize(events["category"])
    held = np.array([place_is_sensitive(u) for u in uniques] + [True], dtype=bool)[codes]
    mix = np.array([plain(u) == plain(_PUBLIC_MIX) for u in uniques] + [False], dtype=bool)[codes]
    return np.asarray(~held | (mix & (events["location_precision"] == PUBLIC_PLACES).to_numpy()), dtype=bool)


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))

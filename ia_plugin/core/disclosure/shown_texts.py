"""Texts of the analyst's own that a board or the public reads: notes without persons in them, a warning of names of areas."""

from __future__ import annotations

import pandas as pd

from ..imports.record_ids import is_code
from ..imports.words import mentions_a_person, names_a_person

NOTE_WITHHELD = "(a note is withheld, for it may name a person)"


def safe_notes(notes: pd.DataFrame) -> pd.DataFrame:
    """Notes for others to read: one that may name or reach a person reads :data:`NOTE_WITHHELD`.

    Parameters
    ----------
    notes : with ``text``

    Examples
    --------
    >>> texts = ["New system from 1 April", "Ask PC Example on 07700 900123"]
    >>> safe_notes(pd.DataFrame({"text": texts}))["text"].tolist()
    ['New system from 1 April', '(a note is withheld, for it may name a person)']
    """
    if "text" not in notes.columns or not len(notes):
        return notes
    held = notes["text"].map(lambda t: isinstance(t, str) and mentions_a_person(t)).astype(bool)
    return notes.assign(text=notes["text"].astype(object).mask(held, NOTE_WITHHELD)) if held.any() else notes


def odd_names_in_words(areas: pd.DataFrame) -> str:
    """How many names of areas look like a person, a home or a phone number; blank where none does. It quotes none.

    Parameters
    ----------
    areas : with ``area_id`` and, where they have one, ``name``

    Examples
    --------
    >>> odd_names_in_words(pd.DataFrame({"area_id": ["E01008881", "Old Town", "14 Acacia Road"]})).partition(":")[0]
    '1 area has a name that looks like a person, a home or a phone number'
    """
    columns = [areas[c].astype(object) for c in ("area_id", "name") if c in areas.columns]
    texts = pd.concat(columns).dropna().astype(str).drop_duplicates() if columns else pd.Series(dtype=object)
    odd = int(sum(names_a_person(t) for t in texts[~is_code(texts)]))
    if not odd:
        return ""
    many = "1 area has a name that looks" if odd == 1 else f"{odd:,} areas have names that look"
    return f"{many} like a person, a home or a phone number: names of areas are shown to all readers as they are. Rename what does."


__all__ = ["NOTE_WITHHELD", "odd_names_in_words", "safe_notes"]

"""Texts of the analyst's own that a board or the public reads: notes without persons in them, a warning of names of areas."""

from __future__ import annotations

import pandas as pd

from ..columns import WITHDRAWN
from ..errors import ParameterError, PrivacyError
from ..imports.record_ids import is_code
from ..imports.words import LONGEST, mentions_a_person, names_a_person
from ..sentence import phrases, sentence
from ..superseded import standing

NOTE_WITHHELD = "(a note is withheld, for it may name a person)"
TEXT_WITHHELD = "(a text is withheld, for it may name a person)"
LONGEST_TEXT = 500  # letters of a note, a flag or a reply


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


def notes_for_board(notes: pd.DataFrame) -> pd.DataFrame:
    """The notes that stand, as a board and the public read them: their kind alone; one of no kind as :func:`safe_notes` has it.

    Parameters
    ----------
    notes : the notes table, with those that were superseded

    Examples
    --------
    >>> rows = {"text": ["Radios of Aston fail", "Football"], "kind": ["outage", None], "note_id": ["a", None], "supersedes": [None, None]}
    >>> notes_for_board(pd.DataFrame(rows, dtype=object))["text"].tolist()
    ['outage', 'Football']
    """
    rows = safe_notes(standing(notes, "note_id"))
    if "kind" not in rows.columns:
        return rows.reset_index(drop=True)
    kind = rows["kind"].astype(object).where(rows["kind"].notna(), None)
    shown = rows.assign(text=rows["text"].astype(object).where(kind.isna(), kind))
    return shown[~kind.eq(WITHDRAWN)].reset_index(drop=True)


WRITTEN = phrases("author", "flag", "note", "owner", "reason", "reply")
"""What people write, as messages call it."""


def guarded_text(text: object, called: str) -> str:
    """A text of somebody's own for others to read, on one line.

    Parameters
    ----------
    called : what it is, for the message: "note"

    Raises
    ------
    ParameterError
        for none, or one that is too long.
    PrivacyError
        for one that may name or reach a person; the message does not repeat it.
    """
    line = " ".join(text.split()) if isinstance(text, str) else ""
    if not line:
        raise ParameterError(
            sentence("The {called} has no text.", called=WRITTEN.get(called, called)),
            "Say what it is about in a sentence.",
        )
    if len(line) > LONGEST_TEXT:
        raise ParameterError(
            sentence("The {called} has {n:,} letters.", called=WRITTEN.get(called, called), n=len(line)),
            sentence("Say it in {n}.", n=LONGEST_TEXT),
        )
    if mentions_a_person(line):
        raise PrivacyError(
            sentence(
                "The {called} may name or reach a person: a name, a rank with a number, a phone, an address.",
                called=WRITTEN.get(called, called),
            ),
            "Say it without: roles, places and times are enough.",
        )
    return line


def guarded_role(role: object, called: str) -> str:
    """Who does something, as a role: "Data quality lead"; "" where none is given.

    Raises
    ------
    PrivacyError
        for one that names a person.
    ParameterError
        for one that is too long.
    """
    line = " ".join(role.split()) if isinstance(role, str) else ""
    if len(line) > LONGEST:
        raise ParameterError(
            sentence("The {called} has {n:,} letters.", called=WRITTEN.get(called, called), n=len(line)),
            sentence("Name the role in {n}.", n=LONGEST),
        )
    if line and names_a_person(line):
        raise PrivacyError(
            sentence("The {called} may be a person's name.", called=WRITTEN.get(called, called)),
            "Give the role: Data quality lead.",
        )
    return line


def shown_text(text: object) -> str:
    """A stored text as it is read: what slipped past the guard of an earlier version is withheld; "" for none.

    >>> shown_text("Ask Sgt Example"), shown_text(None)
    ('(a text is withheld, for it may name a person)', '')
    """
    if not isinstance(text, str):
        return ""
    return TEXT_WITHHELD if mentions_a_person(text) else text


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


__all__ = [
    "LONGEST_TEXT",
    "NOTE_WITHHELD",
    "TEXT_WITHHELD",
    "guarded_role",
    "guarded_text",
    "notes_for_board",
    "odd_names_in_words",
    "safe_notes",
    "shown_text",
]

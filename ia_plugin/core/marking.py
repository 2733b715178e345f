"""The protective marking of what leaves the plugin: its default, and the check that it is there (standard library only)."""

from __future__ import annotations

from .errors import ParameterError
from .sentence import phrase, sentence

MARKING = "OFFICIAL-SENSITIVE"
FOR = {"board": phrase("for the board"), "public": phrase("for the public")}
"""Whom an output is for, by audience; of a restricted one :func:`restricted_for` says it."""


def checked_marking(marking: str) -> str:
    """A marking without blanks around it.

    Raises
    ------
    ParameterError
        for a blank one; nothing leaves unmarked.
    """
    if not marking.strip():
        raise ParameterError("The protective marking is blank.", f"Write {MARKING}, or the force's own.")
    return marking.strip()


def restricted_for(purpose: str) -> str:
    """What stands over figures of restricted cells.

    >>> restricted_for("training")
    'Restricted: for training, not to be passed on'
    """
    return sentence("Restricted: for {purpose}, not to be passed on", purpose=purpose)

"""The text that names a database: libpq's settings or URI, or a name that the program around knows (standard library only)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Callable, Optional
from urllib.parse import unquote

from .errors import PrivacyError

_URI = ("postgresql://", "postgres://")
_SETTING = re.compile(r"\s*[a-z_]+\s*=")
_SECRET = re.compile(r"pass(word|wd)?\s*=|^\s*\w+://[^/@]*:[^/@]*@", re.I)
WITHHELD = "(a connection with a password: withheld)"


Named = tuple[str, Mapping[str, str]]
"""libpq's text without a password, and the settings that are kept in no text."""
Names = Callable[[str], Optional[Named]]


def _none(_name: str) -> Optional[Named]:
    return None


def _nobody() -> list[str]:
    return []


_names: Names = _none
_listed: Callable[[], list[str]] = _nobody


def know_names(names: Names, listed: Callable[[], list[str]] = _nobody) -> None:
    """From now on ask `names` what a text means that is not libpq's, such as QGIS's name of a connection; it says None of what it does not know.

    `listed` says which there are.
    """
    global _names, _listed
    _names, _listed = names, listed


def known_names() -> list[str]:
    """The names that stand for a database."""
    return _listed()


def connection_of(text: str) -> Named:
    """What libpq is given for a text, and settings beside it that no text may hold."""
    return (None if _is_libpq(text) else _names(text.strip())) or (text, {})


def _is_libpq(text: str) -> bool:
    return text.startswith(_URI) or bool(_SETTING.match(text))


def names_a_database(text: str) -> bool:
    """Whether a text is libpq's, a URI or settings with an equals sign, or a name that is known for one; else it is a folder.

    >>> [names_a_database(t) for t in ("service=force", "postgresql://db.force/ia", " host = db", "D:/store", "stores/force")]
    [True, True, True, False, False]
    """
    return _is_libpq(text) or (bool(text.strip()) and _names(text.strip()) is not None)


def shown_name(text: str) -> str:
    """What a person calls a database: its name or its service, else the text as it is.

    >>> [shown_name(t) for t in ("host=db dbname=force user=ann", "service='force store'", "postgresql://db.force:5432/ia?sslmode=require", "Force")]
    ['force', 'force store', 'ia', 'Force']
    """
    found = re.search(r"\b(?:dbname|service)\s*=\s*(?:'([^']+)'|(\S+))", text) or re.search(
        r"^\w+://[^/]*/([^?]+)", text
    )
    return next((part for part in found.groups() if part), text) if found else text


def holds_password(text: str) -> bool:
    """Whether a password stands in a text, written in clear or with signs of a URI in place of letters.

    >>> [holds_password(t) for t in ("host=db password=x", "postgresql://ann:x@db/ia", "postgres://db/ia?pass%77ord=x", "host=db passfile=x")]
    [True, True, True, False]
    """
    return bool(_SECRET.search(text) or _SECRET.search(unquote(text)))


def refuse_password(text: str) -> None:
    """Refuse a text with a password: it would rest in projects, histories and records of runs.

    Raises
    ------
    PrivacyError
        without repeating it.
    """
    if holds_password(text):
        raise PrivacyError(
            "A password stands in the connection to the shared store.",
            "Take it out: keep it in QGIS's authentication store, in a service file or in .pgpass.",
        )

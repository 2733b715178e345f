"""Crime, incident or stop and search: what the rows of an extract are where they do not say it, by their columns or their file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, Optional

from ..imports.mapping import Mapping
from ..imports.own_reference import kind_of_column
from ..sentence import phrase
from .record_kinds import CRIME, INCIDENT, STOP_SEARCH

KINDS = (CRIME, INCIDENT, STOP_SEARCH)
NAMES_OF_KINDS = {
    "incident": phrase("incidents"),
    "crime": phrase("crimes"),
    "stop_search": phrase("stops and searches"),
}
NOT_STATED = (
    "rows are counted as crimes, for nothing says which of crimes, incidents or stops and searches: name the file or its folder "
    "so, or say it in the mapping (event_kind)"
)

_IN_NAMES = {
    "stop_search": frozenset("stop stops search searches stopsearch stopsearches stopandsearch sns".split()),
    "crime": frozenset("crime crimes offence offences".split()),
    "incident": frozenset("incident incidents call calls cad log logs".split()),
}
_ACCOUNTS = frozenset(("account", "accounts"))
_SEARCHES = _IN_NAMES["stop_search"] - frozenset(("stop", "stops"))
# The columns that say best what a row is, first.
_TELLING = ("category", "event_id", "object_found", "start", "status", "outcome")


class Inferred(NamedTuple):
    """What an extract holds, and by what that is known; no kind where nothing tells it."""

    kind: Optional[str]
    by: str


def kind_by_name(name: str) -> Optional[str]:
    """The kind that the name of a file or folder tells; None where it tells none, or two.

    >>> [kind_by_name(n) for n in ("Incidents_2024-06.csv", "stop and search", "stop and account", "crimes-and-incidents.csv", "north.csv")]
    ['incident', 'stop_search', 'incident', None, None]
    """
    words = set(re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(name)).lower()))
    found = [kind for kind, known in _IN_NAMES.items() if words & known]
    if found == [STOP_SEARCH] and words & _ACCOUNTS and not words & _SEARCHES:
        return INCIDENT  # nobody is searched in a stop and account
    return found[0] if len(found) == 1 else None


def inferred_kind(mapping: Mapping, header: Iterable[str], name: str) -> Inferred:
    """What an extract holds by the names of its columns, those that say what a row is first; else by its own name.

    Parameters
    ----------
    mapping : which column says what
    header, name : of the source

    Examples
    --------
    "Incident Type" for the category tells of incidents, though a column "Crime No" says which crime came of it.
    """
    for role in _TELLING:
        column = mapping.columns.get(role)
        kind = kind_of_column(column) if column else None
        if kind:
            return Inferred(kind, f"the column {column!r}")
    others = {kind: column for column in header for kind in [kind_of_column(column)] if kind}
    if len(others) == 1:
        [(kind, column)] = others.items()
        return Inferred(kind, f"the column {column!r}")
    by_name = kind_by_name(name)
    return Inferred(by_name, f"the name {name!r}") if by_name else Inferred(None, "")


def kind_of_source(mapping: Mapping, header: Iterable[str], name: str) -> tuple[str, str, bool]:
    """The kind of rows that do not say it, what must be said of that, and whether it asks for a look.

    What the mapping states counts; else :func:`inferred_kind`; where nothing tells it, rows are crimes.
    """
    found, given = inferred_kind(mapping, header, name), mapping.event_kind
    kind = given or found.kind or CRIME
    if "kind" in mapping.columns or (given and found.kind in (None, given)):
        return kind, "", False
    if given and found.kind:
        other = f"though {found.by} tells of {NAMES_OF_KINDS[found.kind]}"
        return kind, f"rows count as {NAMES_OF_KINDS[given]}, as was said, {other}", True
    if found.kind is None:
        return kind, NOT_STATED, True
    return kind, f"rows count as {NAMES_OF_KINDS[kind]}, as {found.by} tells", False


__all__ = ["KINDS", "NAMES_OF_KINDS", "Inferred", "inferred_kind", "kind_by_name", "kind_of_source"]

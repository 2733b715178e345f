"""Which column holds the references of an extract's own records, where others hold those of what came of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Optional

import pandas as pd

from .roles import EVENTS
from .text_form import bare, plain
from .time_columns import written_values

# In the name of a column (plain); one that has words of two kinds tells none.
_IN_COLUMNS = {
    "stop_search": re.compile(r"search|^stop(?:id|ref|reference|no|number|urn|date|datetime|type|reason|outcome|location|officer)+$|^stopping|^stop(?:and)?search"),
    "crime": re.compile(r"crime|offence|offense|^hoclass|^homeoffice|^committed"),
    "incident": re.compile(r"incident|^cad|^ois|^log(?:no|number|ref|reference|id|date|time)+$|^call|ofcall$|^openingcode|^closingcode"),
}  # fmt: skip
# The columns that say best what a row is, first; its reference comes after all of them.
_TELLING = ("category", "object_found", "start", "status", "outcome")
_REFERENCE = re.compile(
    r"(?:crime|offence|incident|inc|cad|ois|log|call|event|occurrence|case|stopandsearch|stopsearch|stopandsearches|stop|search)"
    r"(?:record|report|log)?(?:ref|reference|no|nr|num|number|id|urn|key)+"
)
_KNOWN = next(role for role in EVENTS if role.name == "event_id").known


def kind_of_column(column: str) -> Optional[str]:
    """crime, incident or stop_search by the name of a column; None where it tells none, or two.

    >>> [kind_of_column(c) for c in ("Crime No", "Incident Type", "Stop Ref", "Date")]
    ['crime', 'incident', 'stop_search', None]
    """
    found = [kind for kind, known in _IN_COLUMNS.items() if known.search(plain(column))]
    return found[0] if len(found) == 1 else None


def choose_own_reference(
    columns: dict[str, str], how: dict[str, str], header: Iterable[str], sample: pd.DataFrame, kind: Optional[str]
) -> None:
    """Take the reference of the extract's own kind for ``event_id``, where columns hold references of several kinds.

    A log of incidents says which crime came of each, and one crime may come of several. Where no column is of the
    extract's own kind, or nothing tells its kind, the column that tells most rows apart counts.

    Parameters
    ----------
    columns, how : role -> column, and how it was found; changed in place, if the user has not said which it is
    header, sample : the columns of the file and some rows
    kind : of the records, where the user has said so
    """
    if how.get("event_id") == "as given":
        return
    taken = {c for role, c in columns.items() if role != "event_id"}
    found = [c for c in header if c not in taken and (_rank(c) < len(_KNOWN) or _REFERENCE.fullmatch(plain(c)))]
    if "event_id" in columns and columns["event_id"] not in found:
        found.append(columns["event_id"])
    if len({kind_of_column(c) for c in found}) < 2:
        return
    own = kind or (None if "kind" in columns else _kind_of(columns))
    told = {c: _told_apart(sample, c) for c in found}
    alike = [c for c in found if own and kind_of_column(c) == own and told[c]]
    first = min(alike or found, key=lambda c: (-told[c], kind_of_column(c) is not None, _rank(c)))
    others = [c for c in found if c != first and kind_of_column(c) != kind_of_column(first)]
    columns["event_id"] = first
    reason = "the records' own reference" if alike else "it tells most rows apart"
    how["event_id"] = f"{reason}, and not {' nor '.join(map(repr, others))}"


def _kind_of(columns: dict[str, str]) -> Optional[str]:
    kinds = (kind_of_column(columns[role]) for role in _TELLING if role in columns)
    return next((k for k in kinds if k), None)


def _rank(column: str) -> int:
    return min((_KNOWN.index(n) for n in (plain(column), bare(column)) if n in _KNOWN), default=len(_KNOWN))


def _told_apart(sample: pd.DataFrame, column: str) -> int:
    """How many values a column has among some rows."""
    return int(written_values(sample[column]).nunique()) if column in sample else 0


__all__ = ["choose_own_reference", "kind_of_column"]

"""Which events an evaluation asks for, by name: what the public reported apart from what officers found themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..errors import EstimateError, ParameterError
from .outcomes import KINDS
from .results import MOST_PRIMARY

FROM_PUBLIC = ("public", "unknown")
FROM_POLICE = ("police",)
FOUND = "that officers themselves recorded"
MOST_NAMED = 24  # names in a refusal


@dataclass(frozen=True)
class Asked:
    """Events of one name.

    Attributes
    ----------
    name : in the plural, as it stands in a sentence
    kind, key_type, category : what they are; blank for any
    generated_by : who caused the record
    primary : declared before the run
    police : whether officers themselves make these records
    """

    name: str
    kind: str = ""
    key_type: str = ""
    category: str = ""
    generated_by: tuple[str, ...] = FROM_PUBLIC
    primary: bool = False
    police: bool = False

    @property
    def which(self) -> dict[str, object]:
        """The words that a table of events is asked by."""
        return {
            "kind": self.kind,
            "key_type": self.key_type,
            "category": self.category,
            "generated_by": self.generated_by,
        }


def asked_events(events: pd.DataFrame, outcomes: str = "", most_primary: int = MOST_PRIMARY) -> tuple[Asked, ...]:
    """What is to be counted.

    Parameters
    ----------
    events : what there is: ``kind, category, key_type, generated_by``, a row an event or a group of them
    outcomes : key types, categories or kinds, with commas; the first are primary. Left empty: all crimes, which are
        primary, then each key type and the incidents
    most_primary : how many of those named are declared comparisons

    Raises
    ------
    ParameterError
        for a name that no event has.
    EstimateError
        where there is no event.

    Examples
    --------
    >>> table = pd.DataFrame({"kind": "crime", "category": ["Burglary", "Drugs"], "key_type": ["burglary", "drugs"],
    ...                       "generated_by": ["public", "police"]})
    >>> [(a.name, a.primary) for a in asked_events(table, "burglary")]
    [('crimes of burglary', True)]
    >>> [a.name for a in asked_events(table)][1]
    'crimes that officers themselves recorded'
    """
    if not len(events):
        raise EstimateError(
            "There is no event in these areas and this time.",
            "Give events of the days of officers' time, or other areas.",
        )
    words = events[["kind", "category", "key_type", "generated_by"]].astype(object)
    words = words.where(words.notna(), "").astype(str).drop_duplicates()
    names = [n.strip() for n in outcomes.split(",") if n.strip()]
    wanted = list(dict.fromkeys(_named(words, n) for n in names)) if names else list(_usual(words))
    out = []
    for k, (name, which) in enumerate(wanted):
        rows = words
        for column, value in which:
            rows = rows[rows[column] == value]
        first = k < most_primary if names else k == 0
        sides = [(FROM_PUBLIC, False), (FROM_POLICE, True)]
        there = [(by, police) for by, police in sides if rows["generated_by"].isin(by).any()]
        for n, (by, police) in enumerate(there):
            label = f"{name} {FOUND}" if police and len(there) > 1 else name
            out.append(Asked(label, **dict(which), generated_by=by, primary=first and n == 0, police=police))
    return tuple(out)


_Wanted = tuple[str, tuple[tuple[str, str], ...]]


def _usual(words: pd.DataFrame) -> Iterator[_Wanted]:
    kinds = [k for k in ("crime", "incident") if (words["kind"] == k).any()] or sorted(set(words["kind"]))[:1]
    yield KINDS.get(kinds[0], kinds[0]), (("kind", kinds[0]),)
    own = set(words.loc[words["kind"] == kinds[0], "key_type"])
    for key_type in sorted(own - {""}) if len(own) > 1 else []:  # the only one there is says what all say
        yield f"{KINDS.get(kinds[0], kinds[0])} of {key_type}", (("kind", kinds[0]), ("key_type", key_type))
    for kind in kinds[1:]:
        yield KINDS[kind], (("kind", kind),)


def _named(words: pd.DataFrame, name: str) -> _Wanted:
    """What a name stands for: a key type, a category, a kind, in this order."""
    plain = _plain(name)
    for column in ("key_type", "category", "kind"):
        for value in sorted(set(words[column]) - {""}):
            spellings = {_plain(value), _plain(KINDS.get(value, value))} if column == "kind" else {_plain(value)}
            if plain in spellings:
                kinds = sorted(set(words.loc[words[column] == value, "kind"]))
                many = KINDS.get(kinds[0], "events") if len(kinds) == 1 else "events"
                return (KINDS.get(value, value) if column == "kind" else f"{many} of {value}"), ((column, value),)
    # A key type and a category may differ in capitals alone, which no name tells apart.
    known = sorted(
        {_plain(v): v for c in ("category", "key_type", "kind") for v in words[c] if v}.values(), key=str.lower
    )
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    raise ParameterError(
        f"No event here is of {name!r}.",
        f"Name key types, categories or kinds that there are: {', '.join(known[:MOST_NAMED])}{more}.",
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


__all__ = ["Asked", "asked_events"]

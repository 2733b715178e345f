"""What kind a record is and who caused it, by the words of its source: whole words, and not where they are denied."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..arrays import Bools, Objects
from ..phrases import ASSERTED, DENIED, Phrases, yes_or_no
from ..texts import texts
from .key_types import is_disorder

CRIME, INCIDENT, STOP_SEARCH = "crime", "incident", "stop_search"
ACCOUNT = "account"  # a stop in which nobody was searched
POLICE, PUBLIC, UNKNOWN = "police", "public", "unknown"
_ASIDE = ""  # a longer phrase that takes its words and says nothing


def _table(**phrases: str) -> dict[str, str]:
    """Phrase -> meaning; the phrases of a meaning parted by commas."""
    return {p.strip(): _ASIDE if m == "aside" else m for m, several in phrases.items() for p in several.split(",")}


_KINDS = Phrases(
    _table(
        crime="crime, crimes, crimed, recorded crime, crime report, crime log, crime call, offence, offences, offense, offenses, notifiable, délit, straftat, "
        "delito, reato, misdrijf, trosedd",
        incident="incident, incidents, incident log, incident call, call, calls, call log, call for service, calls for service, cfs, cad, cad log, log, logs, "
        "incidente, incidencia, digwyddiad",
        stop_search="stop, stops, search, searches, searched, stop search, stops searches, stop and search, stops and searches, stop or search, stop and searches, "
        "stop and search record, search record, stop record, person search, vehicle search, person and vehicle search, stopsearch",
        account="stop and account, stops and account, stops and accounts, stop and accounts, stop account, stops accounts, stop accounts, stop or account, stop and account record, "
        "stopandaccount, stop and encounter, stop encounter, stop and talk, stop and question",
        aside="crime related, crime linked, crime prevention, crime scene, crime number, crime reference, offence related, incident related, incident number, "
        "stop related, search related, search warrant, bus stop, tram stop, call sign, call handler, house search, missing person search, search for",
    )
)
_GENERATORS = Phrases(
    _table(
        police="police, officer, officers, police officer, constable, pcso, patrol, proactive, proactively, self generated, self initiated, self raised, on view, "
        "stop and search, stop search, stop and account, stop account, vehicle stop, traffic stop, heddlu, polizei, politie, policía, polizia",
        public="public, member of the public, member of public, general public, mop, victim, victims, injured party, ip, caller, call, calls, called, call in, "
        "999, 999 call, 101, 101 call, 112, phone, phoned, telephone, telephoned, online, web, website, internet, email, e mail, counter, front counter, "
        "police counter, police front counter, police station counter, front desk, walk in, witness, witnesses, cyhoedd",
        aside="police station, call sign, call handler, call handlers, call taker, bus stop, prison officer, housing officer, council officer, security officer, "
        "probation officer, welfare officer, fire officer, enforcement officer, to police, to the police, to officer, to officers, to an officer, "
        "at police station, called police, called the police, call to police, call to the police, police called",
    )
)


# How a call came in, or that nobody knows: words that are known and say neither police nor public.
_MEANS = frozenset("radio airwave alarm alarms cctv anpr camera cameras sensor tracker unknown other".split())
_BESIDE_MEANS = frozenset(
    "automatic automated burglar intruder fire smoke panic personal attack vehicle activation activated system control room centre monitoring company operator "
    "operators council town security source not known and or the a by via from".split()
)


class Read(NamedTuple):
    """What each row says, and where it is written but not known (bool, n)."""

    words: Objects
    unknown: Bools


def kinds_of(written: pd.Series, default: str = CRIME) -> Read:
    """crime, incident or stop_search of each row; `default` where it is blank or its words tell none.

    "Non-crime" and "not a crime" are incidents; words of two kinds ("crime / stop and search") tell none.

    Examples
    --------
    >>> kinds_of(pd.Series(["Recorded crime", "Non-crime", "Locally", "", "Stop & Search"]), "incident").words.tolist()
    ['crime', 'incident', 'incident', 'incident', 'stop_search']
    """
    return _read(written, _kind, np.full(len(written), default, dtype=object), default)


def generators_of(written: pd.Series, default: Objects, column: str = "") -> Read:
    """police or public of each row; unknown where its words tell neither or both, and `default` where it is blank.

    Parameters
    ----------
    default : n words
    column : its name: in a column called "Proactive" a yes is the police, and a no leaves open who else it was

    Examples
    --------
    >>> rows = pd.Series(["999 call", "Non-police", "Officer on patrol", None])
    >>> generators_of(rows, np.full(4, "public", dtype=object)).words.tolist()
    ['public', 'unknown', 'police', 'public']
    """
    flag = _generator(column)

    def meant(value: str) -> str:
        answer = yes_or_no(value) if flag else None
        if answer is None:
            return UNKNOWN if _is_means(value) else _generator(value)
        return flag if answer else UNKNOWN  # who else caused it, a no does not say

    return _read(written, meant, default, UNKNOWN)


def _read(written: pd.Series, meant: Callable[[str], str], blank: Objects, unknown: str) -> Read:
    codes, uniques = pd.factorize(texts(written).str.strip())
    words = [meant(str(u)) for u in uniques]
    empty = np.array([not str(u) for u in uniques], dtype=bool)[codes]
    lost = np.array([w == "" for w in words], dtype=bool)[codes] & ~empty
    found = np.array([w or unknown for w in words], dtype=object)[codes]
    return Read(np.where(empty, blank, found).astype(object), lost)


def is_account(text: object) -> bool:
    """Whether words tell of a stop in which nobody was searched: a stop and account.

    >>> [is_account(t) for t in ("Stop and Account", "Stop & account (no search)", "Stop - not searched", "Stop and Search")]
    [True, True, True, False]
    """
    found = _KINDS.found_in(str(text))
    said = {f.meaning for f in found if f.verdict == ASSERTED}
    denied = any(f.verdict == DENIED and "search" in f.phrase for f in found)
    return said == {ACCOUNT} or (said == {STOP_SEARCH} and denied)


def accounts_of(written: pd.Series) -> Bools:
    """Where a text tells of a stop and account (bool, n).

    >>> accounts_of(pd.Series(["Stop and account", "Drugs", None])).tolist()
    [True, False, False]
    """
    codes, uniques = pd.factorize(written)
    found: Bools = np.array([is_account(u) for u in uniques] + [False], dtype=bool)[codes]
    return found


def _kind(text: str) -> str:
    if is_account(text):
        return INCIDENT
    found = _KINDS.found_in(text)
    kinds = {f.meaning for f in found if f.verdict == ASSERTED} - {_ASIDE}
    kinds |= {INCIDENT} if is_disorder(text) else set()
    if not kinds and {f.meaning for f in found if f.verdict == DENIED} == {CRIME}:
        return INCIDENT
    return kinds.pop() if len(kinds) == 1 else ""


def _is_means(text: str) -> bool:
    words = {*_GENERATORS.clauses(text).words}
    return bool(words & _MEANS or words == {"not", "known"}) and words <= _MEANS | _BESIDE_MEANS


def _generator(text: str) -> str:
    """Police or public; who stands behind "by" did it, whoever else is named."""
    found = [f for f in _GENERATORS.found_in(text) if f.verdict == ASSERTED]
    words = _GENERATORS.clauses(text).words
    agents = {f.meaning for f in found if {"by"} & {*words[max(0, f.start - 2) : f.start]}}
    who = ({f.meaning for f in found} if not agents - {_ASIDE} else agents) - {_ASIDE}
    return who.pop() if len(who) == 1 else ""


__all__ = [
    "CRIME",
    "INCIDENT",
    "POLICE",
    "PUBLIC",
    "STOP_SEARCH",
    "UNKNOWN",
    "Read",
    "accounts_of",
    "generators_of",
    "is_account",
    "kinds_of",
]

"""Which column of times of day belongs to which column of dates, by their names: Offence Date and Offence Time.

What is left of a name without the words for date and time is its stem: "Time of Stop" and "Date of Stop" have one.
"""

from __future__ import annotations

import re

from .text_form import plain

_DATE_WORDS = frozenset("date dt day dates".split())
_TIME_WORDS = frozenset("time times tm clock hhmm hhmmss hhmi hour hours tod hrs timestamp".split())
_SMALL_WORDS = frozenset("of at on in the local was is hh mm ss 24 24hr uk gmt bst utc".split())
_CLOCKS = frozenset("time timeofday starttime clock clocktime hhmm hhmmss tod".split())
_GLUED = re.compile(r"^(?:dateof|timeof|date|time)(?=[a-z]{3})|(?<=[a-z]{2})(?:date|time|datetime)$")

# Of what a record is: a lone time of day so named is that of its date, whatever that is called.
_OF_RECORDS = frozenset(
    "call callreceived received occ incident offence crime occurred occurrence event stop search encounter committed start begin from log "
    "reportedas happened fromstart committedfrom occurredfrom earliest first firstcommitted firstoccurred cad job".split()
)  # fmt: skip
_OF_ENDS = frozenset("end to until finish committedto occurredto latest last lastcommitted lastoccurred toend".split())
# Neither a start nor an end: when others came or went, and how long it took.
_OF_OTHERS = frozenset(
    "response arrival arrived attend attended attendance dispatch dispatched despatch despatched scene onscene closed close cleared clear recorded "
    "reported report updated update modified created taken elapsed duration travel waiting wait total average mean resolved assigned sla target shift "
    "custody arrest detention lead process".split()
)  # fmt: skip


def stem(name: str) -> str:
    """A name without the words for date and time.

    >>> stem("Offence Date"), stem("time_of_stop"), stem("DateCommitted"), stem("offencetime"), stem("Time")
    ('offence', 'stop', 'committed', 'offence', '')
    """
    words = [w.lower() for w in re.split(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])", name) if w]
    kept = [w for w in words if w not in _DATE_WORDS | _TIME_WORDS | _SMALL_WORDS]
    return _GLUED.sub("", "".join(kept))


def is_clock(name: str) -> bool:
    """Whether a column is named a time and no more ("Time", "hhmm")."""
    return plain(name) in _CLOCKS


def is_of_role(name: str, role: str) -> bool:
    """Whether a column is named after the start or the end of a record, not after how it went on ("Closed date").

    >>> is_of_role("Date of Stop", "start"), is_of_role("Last Committed Date", "end"), is_of_role("Closed date", "end")
    (True, True, False)
    """
    return stem(name) in (_OF_ENDS if role == "end" else _OF_RECORDS)


def may_be_of(name: str, date: str, role: str) -> bool:
    """Whether a column of this name may be the time of day of the `role` (start or end) whose date has the name `date`.

    >>> may_be_of("Call Time", "Date", "start"), may_be_of("Time to", "Date", "start"), may_be_of("Response Time", "Date", "start")
    (True, False, False)
    """
    own = stem(name)
    if not (_is_time(name) or is_clock(name)):
        return False
    if own == stem(date):
        return bool(own) or role == "start"
    return own in (_OF_ENDS if role == "end" else _OF_RECORDS | {""})


def is_time_name(name: str) -> bool:
    """Whether a column may be named for the time of day of a record: a time, and not one of others, of an end or a duration."""
    words = {w.lower() for w in re.split(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])", name)} | {stem(name)}
    return _is_time(name) and not words & (_OF_OTHERS | _OF_ENDS)


def _is_time(name: str) -> bool:
    words = [w.lower() for w in re.split(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])", name) if w]
    return bool(set(words) & _TIME_WORDS) or plain(name).startswith("time") or plain(name).endswith("time")

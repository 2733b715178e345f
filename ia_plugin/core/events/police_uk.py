"""data.police.uk: street and stop-and-search files in every form seen, and the API's JSON.

Only what the questions need is kept. Gender, age, ethnicity and free text are left out, and there is no switch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Floats, Objects
from ..errors import FileError
from ..imports.accounts import Account, rows_where, waiting_sentences, withheld_sentences
from ..imports.affiliations import kept_words
from ..imports.file_state import shown_name
from ..imports.mapping import Mapping
from ..imports.places import FILLER, NO_PLACE, TOO_FAR, ZERO, places_of
from ..imports.places import REMEDIES as PLACE_REMEDIES
from ..imports.record_ids import is_code
from ..imports.shown_names import shown_names
from ..imports.spreadsheet import is_spreadsheet
from ..imports.text_form import plain
from ..imports.to_come import FUTURE, FUTURE_REMEDY, still_to_come
from ..imports.word_recurrence import DAYS, RecurringWords
from ..imports.words import Withheld
from ..params import ImportParams
from ..phrases import yes_or_no
from ..texts import texts
from ..times.civil import from_civil, pandas_zone
from ..times.date_order import DAY_FIRST, FOUND, MONTH_FIRST
from ..times.file_times import FileTimes, TimeColumn
from ..times.grains import DAY
from ..times.shown_times import shown
from ..words import counted, so_many
from .key_types import counted_kinds, key_types, with_key_types
from .public_rows import is_json, public_source, read_rows
from .records import distinct_records, file_names, made_ids
from .sensitive import with_told
from .word_days import days_of, words_of_events

_REMEDIES = {**PLACE_REMEDIES, FUTURE: FUTURE_REMEDY}
CIVIL = "Europe/London"
Chosen = dict[str, Optional[pd.Series]]  # our name -> the column, None where the file has none

# Our name -> names in the files, plain (see reading.plain).
_STREET = {
    "id": ("crimeid", "persistentid", "id"),
    "month": ("month",),
    "category": ("crimetype", "category", "type"),
    "lon": ("longitude", "locationlongitude"),
    "lat": ("latitude", "locationlatitude"),
    "easting": ("easting",),
    "northing": ("northing",),
    "place": ("location", "street", "locationstreetname"),
    "force": ("reportedby", "fallswithin"),
    "outcome": ("lastoutcomecategory", "outcomestatuscategory"),
}
_SEARCH = {
    "time": ("date", "datetime"),
    "category": ("objectofsearch",),
    "sort": ("type",),
    "lon": ("longitude", "locationlongitude"),
    "lat": ("latitude", "locationlatitude"),
    "outcome": ("outcome",),
    "linked": ("outcomelinkedtoobjectofsearch",),
    "law": ("legislation",),
}
_PAIRS = (("easting", "northing"), ("lat", "lon"))
_KNOWN = {n for names in (*_STREET.values(), *_SEARCH.values()) for n in names}


@dataclass(frozen=True)
class EventReport:
    """What a file held: rows read and kept, dropped by reason, and what must be known of it."""

    file: str
    kind: str
    rows_read: int
    rows_kept: int
    dropped: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    rejects: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    warned: frozenset[str] = frozenset()
    withheld: dict[str, list[Withheld]] = field(default_factory=dict)

    def account(self) -> Account:
        """The same counts as an import's."""
        account = Account(self.file, "events", self.rows_read, self.rows_kept, warned=set(self.warned), recurs_by=DAYS)
        account.dropped.update(self.dropped)
        account.found.update(self.findings)
        account.withheld.update(self.withheld)
        return account

    def sentences(self) -> list[str]:
        said = [f"{self.file}: {self.rows_kept:,} of {self.rows_read:,} rows kept ({self.kind})."]
        said += [f"{so_many(n, 'rows dropped')}: {why}." for why, n in self.dropped.items() if n]
        said += [counted(n, what) for what, n in self.findings.items() if n]
        return said + [*withheld_sentences(self.withheld), *waiting_sentences(self.withheld, DAYS)]


def read_police_uk(
    path: Union[str, Path],
    table: Optional[pd.DataFrame] = None,
    params: ImportParams = ImportParams(),
    *,
    date_order: str = FOUND,
    file: Optional[str] = None,
    recurring: Optional[RecurringWords] = None,
) -> tuple[pd.DataFrame, EventReport]:
    """Read one file of data.police.uk; which kind it is, is found from its header.

    Parameters
    ----------
    path : street or stop-and-search CSV (2011 form with easting and northing, today's form, R's names, extra columns; gzip),
        or the API's JSON
    table : ``category, key_type, generated_by``; the default is :func:`~ia_plugin.core.events.key_types.key_types`
    params : ImportParams; with ``invalid_rows`` "reject" rows that cannot be read are left out, counted and listed
    date_order : of dates such as 04/07/2021, which a spreadsheet has put there; "found" from the file
    file : name that stands in the ids made up for rows without one; the file's own where None
    recurring : what is known of the words of earlier files, and released

    Returns
    -------
    (events, report): the events table, EPSG:27700, a row for each record of the file. A record published several times
    under one id counts once; anti-social behaviour is an incident. Street files tell the month only:
    ``time_precision`` is "month" and the window is the civil month. A search whose file tells days alone lasts its day.
    Rows without coordinates have NaN in x and y.

    Raises
    ------
    FileError
        for a file that is none of these, naming the row where there is one.
    """
    name = shown_name(path)
    account = Account(name, "events")
    rows, mark, ragged = read_rows(path, _KNOWN, account)
    searches = "legislation" in rows.columns or "objectofsearch" in rows.columns
    chosen = _picked(rows, _SEARCH if searches else _STREET)
    kind, needed = ("stop_search", "time") if searches else ("crime", "month")
    if chosen[needed] is None or (not searches and chosen["category"] is None):
        raise _lacking("date" if searches else "month or crime type", rows, name)
    x, y, why = _places(rows, account)
    start, end, precision = _moments(chosen[needed], why, searches, date_order, account, params)
    rejects = account.reject([ragged, *rows_where(rows.index, why, _REMEDIES)], params)
    good = why == ""
    rows, x, y, start, end, precision = rows[good], x[good], y[good], start[good], end[good], precision[good]
    chosen = _picked(rows, _SEARCH if searches else _STREET)
    found = dict(account.found)
    events = _searches(chosen, rows) if searches else _crimes(chosen, rows, table)
    events["start"], events["end"], events["time_precision"] = start, end, precision
    events = _completed(events, rows, x, y, mark, account, _listed(recurring, table))
    events["event_id"] = _ids(events, chosen, file_names([str(path)])[0] if file is None else file)
    account.rows_kept = len(events)
    events = distinct_records(events, account, timezone=CIVIL)
    places = events[["x", "y"]].to_numpy(dtype=np.float64).T
    found.update({**_place_findings(*places), **_notes(events, searches), **account.found})
    counts = (account.rows_read, len(events), dict(account.dropped))
    report = EventReport(name, kind, *counts, found, rejects, frozenset(account.warned), account.withheld)
    order = ["event_id", "kind", "category", "key_type", "generated_by", "start", "end", "time_precision"]
    return events[order + [c for c in events.columns if c not in order]].reset_index(drop=True), report


def _listed(recurring: Optional[RecurringWords], table: Optional[pd.DataFrame]) -> RecurringWords:
    """The words of a file, the categories that the force's own table lists among those kept."""
    words = words_of_events() if recurring is None else recurring
    words.release(() if table is None else table["category"].dropna())
    return words


def _lacking(what: str, rows: pd.DataFrame, name: str) -> FileError:
    return FileError(f"{name!r} has no column for the {what}.", f"It has: {shown_names(rows.columns)}.")


def _completed(
    events: pd.DataFrame, rows: pd.DataFrame, x: Floats, y: Floats, mark: str, account: Account, known: RecurringWords
) -> pd.DataFrame:
    """Events with their places and what every record has; words that may name a person are withheld."""
    days = days_of(events["start"])
    for column in ("category", "outcome"):
        words = pd.Series(events[column], index=rows.index)
        events[column] = kept_words(words, column, days, account, known)
    known.report(account)
    events["category"] = events["category"].fillna("not recorded")
    events["x"], events["y"] = x, y
    events["location_precision"] = np.where(np.isnan(x), "none", "snapped")
    events["version"], events["status"] = 1, "current"
    return events.assign(source_ref=[f"{mark}:{row}" for row in rows.index])


def is_police_uk(path: Union[str, Path]) -> bool:
    """Whether a file has the header of data.police.uk's files, or is the API's JSON."""
    if is_spreadsheet(path):
        return False
    if is_json(path):
        return True
    names = {plain(c) for c in public_source(path, frozenset(_KNOWN)).columns}
    street = {"month", "crimetype"} <= names or {"month", "category"} <= names
    return street or (
        "legislation" in names and bool({"objectofsearch", "outcome"} & names) and bool({"date", "datetime"} & names)
    )


def _picked(rows: pd.DataFrame, names: dict[str, tuple[str, ...]]) -> Chosen:
    return {ours: next((rows[n] for n in theirs if n in rows.columns), None) for ours, theirs in names.items()}


def _places(rows: pd.DataFrame, account: Account) -> tuple[Floats, Floats, Objects]:
    """Easting and northing of each row, and why a row cannot be read ("" where it can)."""
    roles = {role: next((n for n in _STREET[role] if n in rows.columns), None) for pair in _PAIRS for role in pair}
    whole = {r: name for pair in _PAIRS for r in pair if (name := roles[r]) and all(roles[p] for p in pair)}
    x, y, why = places_of(rows, Mapping("events", whole), 27700, account)
    why[np.isin(why, (NO_PLACE, ZERO, FILLER, TOO_FAR))] = ""
    return x, y, why


def _place_findings(x: Floats, y: Floats) -> dict[str, int]:
    """What there is to say of the places of a file."""
    good = np.isfinite(x)
    return {
        "rows have no coordinates": int((~good).sum()),
        "distinct places hold all located rows": len(np.unique(np.c_[x[good], y[good]], axis=0)),
    }


def _moments(
    written: pd.Series, why: Objects, searches: bool, date_order: str, account: Account, params: ImportParams
) -> tuple[pd.Series, pd.Series, Objects]:
    """Start, end and precision of each row, UTC; rows that have none get their reason."""
    what, column = ("time" if searches else "month"), str(written.name)
    if not searches and date_order == FOUND:
        date_order = _order_of_months(written)
    times = FileTimes({what: TimeColumn(column)}, CIVIL, date_order=date_order, file=account.name)
    found = times.read(written.to_frame(), what)
    start, end, bad = found.time, found.ends(), found.bad
    precision = np.where(found.grain == DAY, "day", "minute").astype(object)
    if not searches:
        # A spreadsheet makes 01/07/2021 of 2021-07: whatever its writing, the column tells a month.
        start, end = _civil_months(start)
        early, late = (pd.Timestamp(t, tz="UTC") for t in ("2000-01-01", "2090-01-01"))
        bad = bad | ((start < early - pd.Timedelta(1, "D")) | (start >= late)).to_numpy()
        precision[:] = "month"
    if bad.any():
        example = shown(written.iloc[int(np.flatnonzero(bad)[0])])
        why[(why == "") & bad] = f"a value like {example!r} is no {what}"
    why[(why == "") & start.isna().to_numpy()] = f"no {what}"
    why[(why == "") & still_to_come(start, params)] = FUTURE
    if searches:
        account.note_all(found.report)
    return start, end, precision


def _order_of_months(written: pd.Series) -> str:
    """A month written as a date is its first day: the number that is 1 on every row is the day."""
    parts = texts(written.dropna()).str.extract(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}").dropna().astype(int)
    if len(parts) and (parts[0] == 1).all():
        return DAY_FIRST
    return MONTH_FIRST if len(parts) and (parts[1] == 1).all() else FOUND


def _civil_months(moments: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The civil months in which moments lie, from their first moment to that of the next."""
    first = pd.DatetimeIndex(moments).tz_convert(pandas_zone(CIVIL)).tz_localize(None).to_period("M").to_timestamp()
    edges = (first, first + pd.offsets.MonthBegin(1))
    start, end = (pd.Series(from_civil(pd.DatetimeIndex(e), CIVIL), index=moments.index) for e in edges)
    return start, end


def _crimes(chosen: Chosen, rows: pd.DataFrame, table: Optional[pd.DataFrame]) -> pd.DataFrame:
    written = chosen["category"]
    assert written is not None  # a file without one is refused before
    category = written.map(_spoken)
    key, who, _ = with_key_types(category, key_types() if table is None else table)
    crimes = pd.DataFrame(
        {
            "kind": counted_kinds(np.full(len(rows), "crime", dtype=object), category),
            "category": category,
            "key_type": key,
            "generated_by": who,
            "outcome": chosen["outcome"] if chosen["outcome"] is not None else None,
        },
        index=rows.index,
    )
    return with_told(crimes, category, table)


def _spoken(category: object) -> object:
    """'anti-social-behaviour' of the API as 'Anti-social behaviour'."""
    if isinstance(category, str) and " " not in category and "-" in category and category.islower():
        words = category.replace("-", " ").replace("anti social", "anti-social")
        return words[:1].upper() + words[1:]
    return category


def _searches(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    category = chosen["category"] if chosen["category"] is not None else pd.Series(np.nan, index=rows.index)
    outcome = chosen["outcome"] if chosen["outcome"] is not None else pd.Series(np.nan, index=rows.index)
    return pd.DataFrame(
        {
            "kind": "stop_search",
            "category": category.fillna("object not recorded"),
            "key_type": None,
            "generated_by": "police",
            "outcome": outcome,
            "object_found": _found(chosen["linked"], outcome),
        },
        index=rows.index,
    )


def _found(linked: Optional[pd.Series], outcome: pd.Series) -> pd.Series:
    """Whether the object was found: True, False, or None where the file does not tell."""
    found = pd.Series(None, index=outcome.index, dtype=object)
    if linked is not None:
        found = texts(linked).map(yes_or_no).astype(object)
        found = found.where(found.notna(), None)
    nothing = texts(outcome).str.lower().str.contains("no further action|nothing found")
    found[nothing & found.isna()] = False
    return found


def _ids(events: pd.DataFrame, chosen: Chosen, file: str) -> pd.Series:
    """The file's own ids; where there are none, ids made of what a row says, its force and its file."""
    own = chosen.get("id")
    ids = own.astype(object).copy() if own is not None else pd.Series(None, index=events.index, dtype=object)
    # What a clerk typed there is no reference: the publisher's are long hashes, or the API's numbers.
    odd = ids.map(lambda v: not re.fullmatch(r"(?!0\d{9,10}$|\d{1,4}$)[\w/.#-]{1,80}", str(v)), na_action="ignore")
    blank = ids.isna().to_numpy() | odd.eq(True).to_numpy(dtype=bool) | ~is_code(ids)
    columns = {n: events[n] for n in ("kind", "start", "category", "outcome")}
    columns.update({n: events[n].round(1) for n in ("x", "y")})
    columns.update({n: chosen[n] for n in ("place", "force") if chosen.get(n) is not None})
    ids[blank] = made_ids(pd.DataFrame(columns)[blank], file)
    return ids


def _notes(events: pd.DataFrame, searches: bool) -> dict[str, int]:
    if not searches:
        disorder = events["kind"] == "incident"
        return {
            "rows tell the month only and take no part in questions of the hour": len(events),
            "rows are anti-social behaviour: they count as incidents, not as recorded crimes": int(disorder.sum()),
        }
    local = events["start"].dt.tz_convert(pandas_zone(CIVIL))
    month = local.dt.strftime("%Y-%m").mode()
    utc_month = events["start"].dt.strftime("%Y-%m")
    found = {
        "rows do not say whether the object was found": int(pd.Series(events["object_found"]).isna().sum()),
        "rows name no object of search": int((events["category"] == "object not recorded").sum()),
    }
    if len(month) and local.dt.strftime("%Y-%m").nunique() == 1:
        found["rows are of the month before by UTC, of the file's month by the clock on the wall"] = int(
            (utc_month != month[0]).sum()
        )
    return found

"""A force's own crimes, incidents and stops and searches, by mapping: windows kept, officers under pseudonyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..imports.accounts import Account, RecordNotes, rows_where
from ..imports.affiliations import SHORTENED, kept_words
from ..imports.mapping import Mapping
from ..imports.places import FILLER, NO_PLACE, ZERO, places_of
from ..imports.places import REMEDIES as PLACE_REMEDIES
from ..imports.rounded_places import square_sizes
from ..imports.source import Source, left_out
from ..imports.words import may_be_a_person
from ..params import ImportParams
from ..privacy import Key, officer_references
from ..references import lost_digits, one_case
from ..texts import texts
from ..times.file_times import FileTimes
from ..times.grains import DAY, MONTH
from .key_types import counted_kinds, key_types, with_key_types
from .records import distinct_records, file_names, made_ids
from .statuses import CURRENT, StatusWords, status_words, statuses

NO_START, BAD_TIME, OUT_OF_RANGE, BACKWARDS = (
    "no start",
    "a time that cannot be read",
    "a time out of range",
    "an end before its start",
)
_REMEDIES = {
    **PLACE_REMEDIES,
    NO_START: "Give each record the earliest moment it may have happened.",
    BAD_TIME: "Write times as 2024-06-01T12:00:00, or all in one form with days before months (30/06/2024 12:00).",
    OUT_OF_RANGE: "Dates such as 1900, 1970-01-01 or 2099 stand for no date: leave them empty.",
    BACKWARDS: "Exchange the two, or correct them.",
}
_EARLIEST, _LATEST = pd.Timestamp("1970-01-02", tz="UTC"), pd.Timestamp("2090-01-01", tz="UTC")
NO_COLUMN = "events have no place: none is read from"
_WRITE_PLACES = ". Write coordinates in a column each, OS grid references (SP 0660 8680) or WKT (POINT (x y))"
_AS_ONE = "they are taken for one, since no other reference mixes small and capital letters"
_AS_TWO = "they stay apart, since capitals tell other references apart too"
SQUARES = "events are known to a square of 1 km or more and take no part in areas smaller than it"
DISORDER_SET_RIGHT = "records are anti-social behaviour listed as crimes: they count as incidents"
KINDS = ("crime", "incident", "stop_search")
_YES, _NO = (
    ("true", "yes", "y", "1", "1.0", "found", "positive"),
    ("false", "no", "n", "0", "0.0", "not found", "negative", "nothing found"),
)
_POLICE = r"police|officer|proactive|self.?generated|stop"
_PUBLIC = r"public|999|101|victim|call|member|online|counter"


def read_extract(
    source: Source,
    mapping: Mapping,
    key: Optional[Key],
    account: Account,
    params: ImportParams = ImportParams(),
    table: Optional[pd.DataFrame] = None,
    *,
    statuses: Optional[StatusWords] = None,
    epsg: int = 27700,
    file: Optional[str] = None,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Events of a source, chunk by chunk.

    Parameters
    ----------
    source, mapping : the rows, and which column says what; ``mapping.event_kind`` where rows do not say it
    key : of the pseudonyms of officers; without one, officer references are left out
    account : filled with the counts
    table : ``category, key_type, generated_by``, the force's own or the default
    statuses : words that withdraw a record, the force's own or the default
    epsg : reference system of the result, metres
    file : name that stands in the ids made up for rows without one; the source's own where None

    Yields
    ------
    (events, rejects), a row for each row that can be used; :func:`read_records` makes one row a record of them. Rows
    without a place are kept, with NaN in x and y. An empty end is the start. A window that is a date alone lasts its civil
    day, and ``time_precision`` says so.
    """
    notes = RecordNotes()
    for events, rejects in _parts(source, mapping, key, account, params, table, notes, statuses, epsg, file):
        _note_records(events, account, notes, mapping.unread_places(source.columns))
        yield events, rejects


def _parts(
    source: Source,
    mapping: Mapping,
    key: Optional[Key],
    account: Account,
    params: ImportParams,
    table: Optional[pd.DataFrame],
    notes: RecordNotes,
    statuses: Optional[StatusWords] = None,
    epsg: int = 27700,
    file: Optional[str] = None,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """As :func:`read_extract`; what there is to say of records is left in `notes`."""
    mapping = mapping.checked(source.columns, source.name)
    account.left_out = left_out(source, mapping.wanted)
    known = _Known(
        key_types() if table is None else table,
        status_words() if statuses is None else statuses,
        file_names([source.name])[0] if file is None else file,
        notes,
    )
    times = mapping.times(source)
    for chunk in source.chunks(mapping.wanted):
        rows = account.rows_of(chunk)
        events, why = _events(rows, mapping, times, key, account, known, epsg)
        rejects = account.reject([chunk.rejects, *rows_where(rows.index, why, _REMEDIES)], params)
        kept = events[why == ""]
        account.rows_kept += len(kept)
        yield kept.reset_index(drop=True), rejects
    account.hash = source.hash


def _note_records(events: pd.DataFrame, account: Account, notes: RecordNotes, unread: list[str]) -> None:
    """Count what there is to say of the records that are kept; `unread` columns are named like places and hold none."""
    notes.tell(account, events["row"])
    if unread:
        account.warn(
            f"{NO_COLUMN} {' and '.join(map(repr, unread))}{_WRITE_PLACES}",
            len(events),
        )
    account.note("events have no place and are kept without one", int(events["x"].isna().sum()))
    coarse = events["time_precision"] == "month"
    account.note("events tell the month only and take no part in questions of the hour", int(coarse.sum()))
    account.note(SQUARES, int((events["location_precision"] == "area").sum()))


def read_records(
    source: Source,
    mapping: Mapping,
    key: Optional[Key],
    account: Account,
    params: ImportParams = ImportParams(),
    table: Optional[pd.DataFrame] = None,
    *,
    tell: Callable[[int], None] = lambda _rows: None,
    **more: Any,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(events, rejects) of a whole source, one row a record (:func:`~ia_plugin.core.events.records.distinct_records`).

    Parameters
    ----------
    tell : called with the rows read so far; may raise to stop
    more : as of :func:`read_extract`
    """
    parts, refused, notes = [], [], RecordNotes()
    for events, rejects in _parts(source, mapping, key, account, params, table, notes, **more):
        parts.append(events)
        refused.append(rejects)
        tell(account.rows_read)
    events = pd.concat(parts, ignore_index=True)
    ids, alike, joined = one_case(events["event_id"])
    account.note(f"references differ from others in capitals only: {_AS_ONE if joined else _AS_TWO}", alike)
    found = distinct_records(events.assign(event_id=ids), account, timezone=mapping.timezone)
    _note_records(found, account, notes, mapping.unread_places(source.columns))
    return found, pd.concat(refused, ignore_index=True)


@dataclass(frozen=True)
class _Known:
    """What is known before the rows are read."""

    key_types: pd.DataFrame
    statuses: StatusWords
    file: str
    notes: RecordNotes
    seen: Counter[str] = field(default_factory=Counter)


def _events(
    rows: pd.DataFrame,
    mapping: Mapping,
    times: FileTimes,
    key: Optional[Key],
    account: Account,
    known: _Known,
    epsg: int,
) -> tuple[pd.DataFrame, Any]:
    columns, n = mapping.columns, len(rows)
    x, y, why = places_of(rows, mapping, epsg, account)
    # An event without a place is an event all the same; what is no number at all is a damaged row.
    for reason in (ZERO, FILLER):
        known.notes.warn(f"events have {reason}: they are kept without a place", rows.index[why == reason])
    why[np.isin(why, (NO_PLACE, ZERO, FILLER))] = ""
    collars = _collars(rows, columns)
    start, end, precision = _windows(rows, mapping, times, why, account)
    category = _said(rows, columns, "category", collars, account)
    key_type, generated = with_key_types(category, known.key_types)
    came = _kinds(rows, mapping, why)
    kind = counted_kinds(came, category)
    known.notes.note(DISORDER_SET_RIGHT, rows.index[kind != came])
    told = pd.DataFrame({"kind": kind, "start": start, "category": category.to_numpy(), "x": x, "y": y})
    square_m = np.where(np.isnan(x), np.nan, square_sizes(rows, mapping))
    events = pd.DataFrame(
        {
            "event_id": _ids(rows, columns, told, collars, account, key, known),
            "kind": kind,
            "category": category.fillna("not recorded").to_numpy(),
            "key_type": key_type.to_numpy(),
            "generated_by": _generated(rows, columns, generated, kind),
            "start": start,
            "end": end,
            "time_precision": precision,
            "version": np.ones(n, dtype=np.int64),
            "status": _status(rows, columns, known),
            "x": x,
            "y": y,
            "location_precision": np.where(np.isnan(x), "none", np.where(np.isnan(square_m), "point", "area")),
        }
    )
    if not np.isnan(square_m).all():
        events["square_m"] = square_m
    for role in ("recorded_at", "updated_at"):
        if role in columns:
            events[role] = pd.DatetimeIndex(times.read(rows, role).time)
    if "outcome" in columns:
        events["outcome"] = _said(rows, columns, "outcome", collars, account).to_numpy()
    if "object_found" in columns:
        events["object_found"] = _yes_no(rows[columns["object_found"]]).to_numpy()
    if "officer_ids" in columns and key is not None:
        events["officer_ids"] = officer_references(rows[columns["officer_ids"]], key).to_numpy()
    events["row"] = np.asarray(rows.index)
    return events, why


def _collars(rows: pd.DataFrame, columns: Any) -> list[str]:
    if "officer_ids" not in columns:
        return []
    said = rows[columns["officer_ids"]].dropna().astype(str).unique()
    return [p.strip() for value in said for p in re.split(r"[;,/|&\s]+", value) if len(p.strip()) >= 3]


def _said(rows: pd.DataFrame, columns: Any, role: str, collars: list[str], account: Account) -> pd.Series:
    if role not in columns:
        return pd.Series(None, index=rows.index, dtype=object)
    return kept_words(rows[columns[role]], role, collars, account, longest=120)


def _windows(
    rows: pd.DataFrame, mapping: Mapping, times: FileTimes, why: Any, account: Account
) -> tuple[Any, Any, Any]:
    """Start, end and precision of each event's window."""
    first = times.read(rows, "start")
    account.note_all(first.report)
    start, end = first.time, first.ends()
    why[(why == "") & first.bad] = BAD_TIME
    why[(why == "") & start.isna().to_numpy()] = NO_START
    why[(why == "") & ((start < _EARLIEST) | (start >= _LATEST)).to_numpy()] = OUT_OF_RANGE
    read = [first]
    if "end" in mapping.columns:
        until, last = times.read_end(rows, "end", first, of="start")
        account.note_all(last.report)
        why[(why == "") & last.bad] = BAD_TIME
        end = end.where(until.isna(), until)
        why[(why == "") & (end < start).to_numpy()] = BACKWARDS
        read.append(last)
    for found in read:
        if found.example:
            account.note(f"times look like {found.example}, which is no time", int(found.bad.sum()))
    precision = np.where(first.grain == MONTH, "month", np.where(first.grain == DAY, "day", "minute"))
    return start.to_numpy(), end.to_numpy(), precision


def _kinds(rows: pd.DataFrame, mapping: Mapping, why: Any) -> Any:
    if "kind" not in mapping.columns:
        return np.full(len(rows), mapping.event_kind or "crime", dtype=object)
    said = texts(rows[mapping.columns["kind"]]).str.lower()
    found = np.where(
        said.str.contains("stop|search"),
        "stop_search",
        np.where(said.str.contains("incid|call|cad|log"), "incident", "crime"),
    )
    return found.astype(object)


def _ids(
    rows: pd.DataFrame,
    columns: Any,
    told: pd.DataFrame,
    collars: list[str],
    account: Account,
    key: Optional[Key],
    known: _Known,
) -> Any:
    """The source's own references, those that could name a person hashed; where there are none, ids made of the row's facts."""
    written = rows[columns["event_id"]] if "event_id" in columns else pd.Series(None, index=rows.index, dtype=object)
    shortened = lost_digits(written)
    account.note(SHORTENED, int(shortened.sum()))
    named = account.ids_of(written, "references").mask(shortened)
    words = np.array([" ".join(word.split()) for word in texts(named)], dtype=object)
    suspect = may_be_a_person(pd.Series(words, dtype=object), collars)
    account.note("references hashed, for they may name a person", int(suspect.sum()))
    odd = suspect | (words == "")
    if odd.any():
        hidden = [key.digest(w, 24) if key and s else "" for w, s in zip(words, suspect)]
        words[odd] = made_ids(told.assign(own=hidden)[odd], known.file, known.seen)
    return words


def _status(rows: pd.DataFrame, columns: Any, known: _Known) -> Any:
    if "status" not in columns:
        return np.full(len(rows), CURRENT, dtype=object)
    found, phrases = statuses(rows[columns["status"]], known.statuses, columns["status"])
    for phrase in pd.unique(phrases[phrases != ""]):
        said = f"records are withdrawn by their status ({phrase}) and leave the counts"
        known.notes.note(said, rows.index[phrases == phrase])
    return found


def _generated(rows: pd.DataFrame, columns: Any, by_category: pd.Series, kind: Any) -> Any:
    found = np.where(np.asarray(kind) == "stop_search", "police", by_category.to_numpy(dtype=object))
    if "generated_by" in columns:
        said = texts(rows[columns["generated_by"]]).str.lower()
        found = np.where(said.str.contains(_POLICE, regex=True), "police", found)
        found = np.where(said.str.contains(_PUBLIC, regex=True), "public", found)
    return found.astype(object)


def _yes_no(said: pd.Series) -> pd.Series:
    words = texts(said).str.strip().str.lower()
    found = pd.Series(None, index=said.index, dtype=object)
    found[words.isin(_YES)] = True
    found[words.isin(_NO)] = False
    return found


__all__ = ["KINDS", "read_extract", "read_records"]

"""A force's own crimes, incidents and stops and searches, by mapping: windows kept, officers under pseudonyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Objects
from ..imports.accounts import Account, RecordNotes, rows_where
from ..imports.affiliations import SHORTENED, kept_words
from ..imports.mapping import Mapping
from ..imports.places import FILLER, NO_PLACE, ZERO, places_of
from ..imports.places import REMEDIES as PLACE_REMEDIES
from ..imports.rounded_places import square_sizes
from ..imports.source import Source, left_out
from ..imports.words import as_listed, may_be_a_person
from ..params import ImportParams
from ..phrases import yes_or_no
from ..privacy import Key, officer_references
from ..references import lost_digits, one_case
from ..texts import texts
from ..times.file_times import FileTimes
from .key_types import counted_kinds, key_types, with_key_types
from .kinds import KINDS, kind_of_source
from .record_kinds import CRIME, POLICE, STOP_SEARCH, generators_of, kinds_of
from .records import NO_REFERENCE, distinct_records, file_names, made_ids
from .statuses import CURRENT, WITHDRAWN, StatusWords, status_words, statuses
from .windows import BAD_TIME, NO_START, OUT_OF_RANGE, windows_of

_REMEDIES = {
    **PLACE_REMEDIES,
    NO_START: "Give each record the earliest moment it may have happened.",
    BAD_TIME: "Write times as 2024-06-01T12:00:00, or all in one form with days before months (30/06/2024 12:00).",
    OUT_OF_RANGE: "Dates such as 1900, 1970-01-01 or 2099 stand for no date: leave them empty.",
}
NO_COLUMN = "events have no place: none is read from"
_WRITE_PLACES = ". Write coordinates in a column each, OS grid references (SP 0660 8680) or WKT (POINT (x y))"
_AS_ONE = "they are taken for one, since no other reference mixes small and capital letters"
_AS_TWO = "they stay apart, since capitals tell other references apart too"
SQUARES = "events are known to a square of 1 km or more and take no part in areas smaller than it"
DISORDER_SET_RIGHT = "records are anti-social behaviour listed as crimes: they count as incidents"
_FOUND, _NOTHING = ("found", "positive", "item found"), ("not found", "negative", "nothing found")
MOST_LISTED = 10  # words of a column that are listed for review

STATUS_UNKNOWN = (
    "records count, though it is not known whether their status ({}) withdraws them: list it in your status words"
)
KIND_BLANK = "records do not tell their kind"
KIND_UNKNOWN = "records tell their kind in unknown words ({})"
GENERATOR_UNKNOWN = "records tell who caused them in unknown words, or deny it ({}): that stays unknown"


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
    source, mapping : the rows, and which column says what; ``mapping.event_kind`` where rows do not say it, else
        what :func:`~ia_plugin.core.events.kinds.kind_of_source` finds
    key : of the pseudonyms of officers; without one, officer references are left out
    account : filled with the counts
    table : ``category, key_type, generated_by``, the force's own or the default
    statuses : words that withdraw a record, the force's own or the default; columns that such a word names ("is_deleted")
        are read as flags, whatever else the mapping names
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
    words = status_words() if statuses is None else statuses
    flags = [c for c in left_out(source, mapping.wanted) if words.of_flag(c)]
    wanted = [*mapping.wanted, *flags]
    account.left_out = left_out(source, wanted)
    kind, reason, doubtful = kind_of_source(mapping, source.columns, source.name)
    known = _Known(
        key_types() if table is None else table,
        words,
        file_names([source.name])[0] if file is None else file,
        tuple(flags),
        notes,
        kind,
    )
    times = mapping.times(source)
    for chunk in source.chunks(wanted):
        rows = account.rows_of(chunk)
        events, why = _events(rows, mapping, times, key, account, known, epsg)
        rejects = account.reject([chunk.rejects, *rows_where(rows.index, why, _REMEDIES)], params)
        kept = events[why == ""]
        account.rows_kept += len(kept)
        (account.warn if doubtful else account.note)(reason, len(kept) if reason else 0)
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
    statuses: Optional[StatusWords] = None,
    epsg: int = 27700,
    file: Optional[str] = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(events, rejects) of a whole source, one row a record (:func:`~ia_plugin.core.events.records.distinct_records`).

    Parameters
    ----------
    tell : called with the rows read so far; may raise to stop
    statuses, epsg, file : as of :func:`read_extract`
    """
    parts, refused, notes = [], [], RecordNotes()
    for events, rejects in _parts(source, mapping, key, account, params, table, notes, statuses, epsg, file):
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
    """What is known before the rows are read, and what was met in the parts before.

    Attributes
    ----------
    flags : columns that withdraw records by yes or no, besides those of the mapping
    seen : how often each row without a reference was met
    listed : words of a column that were listed for review
    """

    key_types: pd.DataFrame
    statuses: StatusWords
    file: str
    flags: tuple[str, ...]
    notes: RecordNotes
    kind: str = CRIME
    seen: Counter[str] = field(default_factory=Counter)
    listed: set[tuple[str, str]] = field(default_factory=set)

    def review(self, what: str, written: pd.Series, where: Bools) -> None:
        """Warn of words that are not known, each by its count in place of the {} of `what`; none that may name a person."""
        words = texts(written[where])
        for value, _ in words.value_counts().items():
            shown = as_listed(value)
            if (what, shown) not in self.listed and sum(w == what for w, _ in self.listed) >= MOST_LISTED:
                shown = "others"
            self.listed.add((what, shown))
            self.notes.warn(what.format(shown), words.index[words == value])


def _events(
    rows: pd.DataFrame,
    mapping: Mapping,
    times: FileTimes,
    key: Optional[Key],
    account: Account,
    known: _Known,
    epsg: int,
) -> tuple[pd.DataFrame, Objects]:
    columns, n = mapping.columns, len(rows)
    x, y, why = places_of(rows, mapping, epsg, account)
    # An event without a place is an event all the same; what is no number at all is a damaged row.
    for reason in (ZERO, FILLER):
        known.notes.warn(f"events have {reason}: they are kept without a place", rows.index[why == reason])
    why[np.isin(why, (NO_PLACE, ZERO, FILLER))] = ""
    collars = _collars(rows, columns)
    start, end, precision = windows_of(rows, mapping, times, why, account, known.notes)
    category = _words(rows, columns, "category", collars, account)
    # By the words as written: a category that is withheld is still a burglary, or disorder.
    written = _column(rows, columns, "category")
    key_type, generated = with_key_types(written, known.key_types)
    came = _kinds(rows, mapping, known)
    kind = counted_kinds(came, written)
    known.notes.note(DISORDER_SET_RIGHT, rows.index[kind != came])
    facts = pd.DataFrame({"kind": kind, "start": start, "category": category.to_numpy(), "x": x, "y": y})
    square_m = np.where(np.isnan(x), np.nan, square_sizes(rows, mapping))
    events = pd.DataFrame(
        {
            "event_id": _ids(rows, columns, facts, collars, account, key, known),
            "kind": kind,
            "category": category.fillna("not recorded").to_numpy(),
            "key_type": key_type.to_numpy(),
            "generated_by": _generated(rows, columns, generated, kind, known),
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
        events["outcome"] = _words(rows, columns, "outcome", collars, account).to_numpy()
    if "object_found" in columns:
        events["object_found"] = _yes_no(rows[columns["object_found"]]).to_numpy()
    if "officer_ids" in columns and key is not None:
        events["officer_ids"] = officer_references(rows[columns["officer_ids"]], key).to_numpy()
    events["row"] = np.asarray(rows.index)
    return events, why


def _collars(rows: pd.DataFrame, columns: Dict[str, str]) -> list[str]:
    if "officer_ids" not in columns:
        return []
    written = rows[columns["officer_ids"]].dropna().astype(str).unique()
    return [p.strip() for value in written for p in re.split(r"[;,/|&\s]+", value) if len(p.strip()) >= 3]


def _column(rows: pd.DataFrame, columns: Dict[str, str], role: str) -> pd.Series:
    return rows[columns[role]] if role in columns else pd.Series(None, index=rows.index, dtype=object)


def _words(rows: pd.DataFrame, columns: Dict[str, str], role: str, collars: list[str], account: Account) -> pd.Series:
    if role not in columns:
        return _column(rows, columns, role)
    return kept_words(rows[columns[role]], role, collars, account, longest=120)


def _kinds(rows: pd.DataFrame, mapping: Mapping, known: _Known) -> Objects:
    default = known.kind
    if "kind" not in mapping.columns:
        return np.full(len(rows), default, dtype=object)
    written = rows[mapping.columns["kind"]]
    kinds = kinds_of(written, default)
    taken = f"and count as {default}"
    known.notes.warn(f"{KIND_BLANK} {taken}", rows.index[(texts(written).str.strip() == "").to_numpy()])
    known.review(f"{KIND_UNKNOWN} {taken}", written, kinds.unknown)
    return kinds.words


def _ids(
    rows: pd.DataFrame,
    columns: Dict[str, str],
    facts: pd.DataFrame,
    collars: list[str],
    account: Account,
    key: Optional[Key],
    known: _Known,
) -> Objects:
    """The source's own references, those that could name a person hashed; where there are none, ids made of the row's facts."""
    written = rows[columns["event_id"]] if "event_id" in columns else pd.Series(None, index=rows.index, dtype=object)
    shortened = lost_digits(written)
    account.note(SHORTENED, int(shortened.sum()))
    named = account.ids_of(written, "references").mask(shortened)
    words = np.array([" ".join(word.split()) for word in texts(named)], dtype=object)
    suspect = may_be_a_person(pd.Series(words, dtype=object), collars)
    account.note("references hashed, for they may name a person", int(suspect.sum()))
    known.notes.note(NO_REFERENCE, rows.index[words == ""])
    odd = suspect | (words == "")
    if odd.any():
        hidden = [key.digest(w, 24) if key and s else "" for w, s in zip(words, suspect)]
        words[odd] = made_ids(facts.assign(own=hidden)[odd], known.file, known.seen)
    return words


def _status(rows: pd.DataFrame, columns: Dict[str, str], known: _Known) -> Objects:
    """withdrawn where the status, or any of the flags, withdraws a record; what withdraws it is counted."""
    found = np.full(len(rows), CURRENT, dtype=object)
    flags = [columns[r] for r in ("withdrawn",) if r in columns] + list(known.flags)
    unknown = []
    for column in [columns[r] for r in ("status",) if r in columns] + flags:
        read = statuses(rows[column], known.statuses, column, is_flag=column in flags)
        first = (read.status == WITHDRAWN) & (found != WITHDRAWN)
        for phrase in pd.unique(read.phrase[first]):
            what = f"records are withdrawn by their status ({phrase}) and leave the counts"
            known.notes.note(what, rows.index[first & (read.phrase == phrase)])
        found[first] = WITHDRAWN
        unknown.append((column, read.unknown))
    for column, where in unknown:
        known.review(STATUS_UNKNOWN, rows[column], where & (found != WITHDRAWN))
    return found


def _generated(
    rows: pd.DataFrame, columns: Dict[str, str], by_category: pd.Series, kind: Objects, known: _Known
) -> Objects:
    default = np.where(kind == STOP_SEARCH, POLICE, by_category.to_numpy(dtype=object)).astype(object)
    if "generated_by" not in columns:
        return default
    written = rows[columns["generated_by"]]
    found = generators_of(written, default, columns["generated_by"])
    known.review(GENERATOR_UNKNOWN, written, found.unknown)
    return found.words


def _yes_no(written: pd.Series) -> pd.Series:
    words = texts(written).str.strip().str.lower()
    found = words.map(yes_or_no).astype(object)
    found[words.isin(_FOUND)] = True
    found[words.isin(_NOTHING)] = False
    return found.where(found.notna(), None)


__all__ = ["KINDS", "read_extract", "read_records"]

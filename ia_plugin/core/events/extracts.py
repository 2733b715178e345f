"""A force's own crimes, incidents and stops and searches, by mapping: windows kept, officers under pseudonyms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Objects
from ..imports.accounts import OFFICERS, Account, RecordNotes, rows_where
from ..imports.affiliations import kept_words
from ..imports.mapping import Mapping
from ..imports.places import FILLER, NO_PLACE, ZERO, places_of
from ..imports.places import REMEDIES as PLACE_REMEDIES
from ..imports.rounded_places import square_sizes
from ..imports.source import Source, left_out
from ..imports.to_come import FUTURE, FUTURE_REMEDY
from ..imports.unfit_ids import OF_SEVERAL
from ..imports.word_recurrence import RecurringWords
from ..params import ImportParams
from ..privacy import KeyOrMaker, officer_references
from ..references import one_case
from ..times.file_times import FileTimes
from .event_ids import MadeIds, event_ids
from .key_types import counted_kinds, key_types, with_key_types
from .kinds import KINDS, kind_of_source
from .known import Known
from .record_kinds import INCIDENT, POLICE, STOP_SEARCH, accounts_of
from .records import distinct_records, file_names
from .row_facts import categories, category_columns, column_of, row_answers, row_generators, row_kinds
from .sensitive import with_told
from .statuses import StatusWords, status_words
from .tellings import revision_numbers
from .windows import BAD_TIME, NO_START, OUT_OF_RANGE, last_changes, windows_of
from .withdrawals import standing, telling_columns
from .word_days import WORDS, days_of, words_of_source

_REMEDIES = {
    **PLACE_REMEDIES,
    NO_START: "Give each record the earliest moment it may have happened.",
    BAD_TIME: "Write times as 2024-06-01T12:00:00, or all in one form with days before months (30/06/2024 12:00).",
    FUTURE: FUTURE_REMEDY,
    OUT_OF_RANGE: "Dates such as 1900, 1970-01-01 or 2099 stand for no date: leave them empty.",
}
NO_COLUMN = "events have no place: none is read from"
_WRITE_PLACES = ". Write coordinates in a column each, OS grid references (SP 0660 8680) or WKT (POINT (x y))"
_AS_ONE = "they are taken for one, since no other reference mixes small and capital letters"
_AS_TWO = "they stay apart, since capitals tell other references apart too"
SQUARES = "events are known to a square of 1 km or more and take no part in areas smaller than it"
DISORDER_SET_RIGHT = "records are anti-social behaviour listed as crimes: they count as incidents"
ACCOUNTS_SET_RIGHT = "records are stops and accounts, in which nobody was searched: they count as incidents"


def read_extract(
    source: Source,
    mapping: Mapping,
    key: Optional[KeyOrMaker],
    account: Account,
    params: ImportParams = ImportParams(),
    table: Optional[pd.DataFrame] = None,
    *,
    statuses: Optional[StatusWords] = None,
    epsg: int = 27700,
    file: Optional[str] = None,
    recurring: Optional[RecurringWords] = None,
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
    file, recurring : name in the ids made up for rows without one, the source's own where None; words of earlier files

    Yields
    ------
    (events, rejects), a row for each row that can be used; :func:`read_records` makes one row a record of them. Rows
    without a place are kept, with NaN in x and y. An empty end is the start. A window that is a date alone lasts its civil
    day, and ``time_precision`` says so.
    """
    notes, kept = RecordNotes(), [np.zeros(0, dtype=np.int64)]
    for events, rejects in _parts(source, mapping, key, account, params, table, notes, statuses, epsg, file, recurring):
        _note_records(events, account, notes, mapping.unread_places(source.columns))
        kept.append(events["row"].to_numpy())
        yield events, rejects
    notes.tell(account, np.concatenate(kept))


def _parts(
    source: Source,
    mapping: Mapping,
    key: Optional[KeyOrMaker],
    account: Account,
    params: ImportParams,
    table: Optional[pd.DataFrame],
    notes: RecordNotes,
    statuses: Optional[StatusWords] = None,
    epsg: int = 27700,
    file: Optional[str] = None,
    recurring: Optional[RecurringWords] = None,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """As :func:`read_extract`; what there is to say of records is left in `notes`."""
    mapping = mapping.checked(source.columns, source.name)
    words = status_words() if statuses is None else statuses
    flags, outcomes = telling_columns(mapping, source.columns, words)
    spare = category_columns(source.columns, mapping)
    wanted = [*dict.fromkeys([*mapping.wanted, *spare, *flags, *outcomes])]
    account.left_out = left_out(source, wanted)
    kind, reason, doubtful = kind_of_source(mapping, source.columns, source.name)
    known = Known(
        key_types() if table is None else table,
        words,
        MadeIds(file_names([source.name])[0] if file is None else file, notes),
        tuple(flags),
        tuple(outcomes),
        notes,
        kind,
        categories=spare,
        recurring=words_of_source(source, mapping, table, recurring),
    )
    times = mapping.times(source)
    for chunk in source.chunks(wanted):
        rows = account.rows_of(chunk)
        events, why = _events(rows, mapping, times, key, account, known, params, epsg)
        rejects = account.reject([chunk.rejects, *rows_where(rows.index, why, _REMEDIES)], params)
        kept = events[why == ""]
        account.rows_kept += len(kept)
        (account.warn if doubtful else account.note)(reason, len(kept) if reason else 0)
        yield kept.reset_index(drop=True), rejects
    account.judge_ids()
    known.recurring.report(account)
    known.tell_unlisted()
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
    key: Optional[KeyOrMaker],
    account: Account,
    params: ImportParams = ImportParams(),
    table: Optional[pd.DataFrame] = None,
    *,
    tell: Callable[[int], None] = lambda _rows: None,
    statuses: Optional[StatusWords] = None,
    epsg: int = 27700,
    file: Optional[str] = None,
    recurring: Optional[RecurringWords] = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(events, rejects) of a whole source, one row a record (:func:`~ia_plugin.core.events.records.distinct_records`).

    Parameters
    ----------
    tell : called with the rows read so far; may raise to stop
    statuses, epsg, file, recurring : as of :func:`read_extract`
    """
    parts, refused, notes = [], [], RecordNotes()
    chunks = _parts(source, mapping, key, account, params, table, notes, statuses, epsg, file, recurring)
    for events, rejects in chunks:
        parts.append(events)
        refused.append(rejects)
        tell(account.rows_read)
    events = pd.concat(parts, ignore_index=True)
    ids, alike, joined = one_case(events["event_id"])
    account.note(f"references differ from others in capitals only: {_AS_ONE if joined else _AS_TWO}", alike)
    found = distinct_records(events.assign(event_id=ids), account, timezone=mapping.timezone)
    _note_records(found, account, notes, mapping.unread_places(source.columns))
    return found, pd.concat(refused, ignore_index=True)


def _events(
    rows: pd.DataFrame,
    mapping: Mapping,
    times: FileTimes,
    key: Optional[KeyOrMaker],
    account: Account,
    known: Known,
    params: ImportParams,
    epsg: int,
) -> tuple[pd.DataFrame, Objects]:
    columns, n = mapping.columns, len(rows)
    x, y, why = places_of(rows, mapping, epsg, account)
    # An event without a place is an event all the same; what is no number at all is a damaged row.
    for reason in (ZERO, FILLER):
        known.notes.warn(f"events have {reason}: they are kept without a place", rows.index[why == reason])
    why[np.isin(why, (NO_PLACE, ZERO, FILLER))] = ""
    collars = _collars(rows, columns)
    written = written_as = categories(rows, columns, known)
    start, end, precision = windows_of(rows, mapping, times, why, account, known.notes, params)
    # By the words as written: a category that is withheld is still a burglary, or disorder.
    shown = rows if not known.categories else rows.assign(**{columns["category"]: written})
    words = _words(shown, columns, days_of(start, rows.index), collars, account, known)
    category = words.get("category", column_of(rows, columns, "category"))
    kind, key_type, generated = _sorted(rows, mapping, written, known)
    facts = pd.DataFrame({"kind": kind, "start": start, "category": category.to_numpy(), "x": x, "y": y})
    square_m = np.where(np.isnan(x), np.nan, square_sizes(rows, mapping))
    events = pd.DataFrame(
        {
            "event_id": event_ids(column_of(rows, columns, "event_id"), facts, known.made, account, collars, key),
            "kind": kind,
            "category": category.fillna("not recorded").to_numpy(),
            "key_type": key_type.to_numpy(),
            "generated_by": row_generators(rows, columns, generated, kind, known),
            "start": start,
            "end": end,
            "time_precision": precision,
            "version": np.ones(n, dtype=np.int64),
            "status": standing(rows, columns, written, kind, known),
            "x": x,
            "y": y,
            "location_precision": np.where(np.isnan(x), "none", np.where(np.isnan(square_m), "point", "area")),
        }
    )
    if not np.isnan(square_m).all():
        events["square_m"] = square_m
    for role, told in last_changes(rows, mapping, times, known.notes, params).items():
        events[role] = told
    if "outcome" in words:
        events["outcome"] = words["outcome"].to_numpy()
    if "revision" in columns:
        events["revision"] = revision_numbers(rows[columns["revision"]]).to_numpy()
    if "object_found" in columns:
        events["object_found"] = row_answers(rows[columns["object_found"]]).to_numpy()
    if "officer_ids" in columns and key is not None:
        written = account.fit(rows[columns["officer_ids"]], OFFICERS, OF_SEVERAL, flags=False)
        events["officer_ids"] = officer_references(written, key, tell=account.note).to_numpy()
    events["row"] = np.asarray(rows.index)
    return with_told(events, written_as, known.key_types), why


def _collars(rows: pd.DataFrame, columns: Dict[str, str]) -> list[str]:
    if "officer_ids" not in columns:
        return []
    written = rows[columns["officer_ids"]].dropna().astype(str).unique()
    return [p.strip() for value in written for p in re.split(r"[;,/|&\s]+", value) if len(p.strip()) >= 3]


def _words(
    rows: pd.DataFrame, columns: Dict[str, str], days: pd.Series, collars: list[str], account: Account, known: Known
) -> dict[str, pd.Series]:
    """The columns of words there are, what may name a person withheld."""
    have = [role for role in WORDS if role in columns]
    return {r: kept_words(rows[columns[r]], r, days, account, known.recurring, collars) for r in have}


def _sorted(
    rows: pd.DataFrame, mapping: Mapping, category: pd.Series, known: Known
) -> tuple[Objects, pd.Series, pd.Series]:
    """(kind, key type, who causes such records) of each row; what was set right is noted."""
    came = row_kinds(rows, mapping, known)
    accounts = _accounts(rows, mapping.columns, came)
    known.notes.note(ACCOUNTS_SET_RIGHT, rows.index[accounts])
    kind = counted_kinds(np.where(accounts, INCIDENT, came), category)
    known.notes.note(DISORDER_SET_RIGHT, rows.index[(kind != came) & ~accounts])
    sorts = with_key_types(category, known.key_types, kind)
    known.sort(category, ~sorts.listed & (kind != STOP_SEARCH))
    return kind, sorts.key_type, sorts.generated_by.mask(accounts, POLICE)


def _accounts(rows: pd.DataFrame, columns: Dict[str, str], kind: Objects) -> Bools:
    """Where a stop and account is told, by the kind of a record or by its category among the searches (bool, n)."""
    by_kind: Bools = accounts_of(column_of(rows, columns, "kind")) & (kind == INCIDENT)
    by_category: Bools = accounts_of(column_of(rows, columns, "category")) & (kind == STOP_SEARCH)
    return np.logical_or(by_kind, by_category)


__all__ = ["KINDS", "read_extract", "read_records"]

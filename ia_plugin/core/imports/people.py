"""Who belonged where, who was on duty, which radio is of what kind: small tables that explain the fixes."""

from __future__ import annotations

from functools import partial
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..params import ImportParams
from ..privacy import Key, as_pseudonyms
from ..references import officer_reference, references, without_ranks, without_thousands
from ..times.file_times import FileTimes, Moments
from ..times.grains import DAY, MONTH
from ..times.instants import nanoseconds
from ..times.open_ends import LAST_END, NO_END
from .accounts import OFFICERS, Account, rows_where
from .affiliations import NO_OFFICER, collars_of, kept_words, radio_kinds, radio_pseudonyms, words_ahead
from .mapping import Mapping
from .source import Source, left_out
from .unfit_ids import without_unfit
from .word_recurrence import RecurringWords

NO_RESOURCE = (
    "postings have no resource type, so it stays not known; if another column says it, name that one: "
    "COLUMNS=resource_type=…"
)
BACKWARDS, BAD_TIME = "an end before its start", "a time that cannot be read"
NO_LAST = "no end"
OUT_OF_RANGE = "a start out of range"
DAY_ALONE = "a date without a time of day"
_REMEDIES = {
    BACKWARDS: "Exchange start and end, or correct them.",
    BAD_TIME: "Write times as 2024-06-01T12:00:00, or all in one form with days before months (30/06/2024 12:00).",
    OUT_OF_RANGE: "Dates such as 2099 stand for no date: leave them empty, or leave the row out.",
    "no start": "Give each row its start and end.",
    DAY_ALONE: "A turn of duty needs the time of day of its start and end.",
}
_WORDS = ("unit", "department", "role", "resource_type")
_FIRST = pd.Timestamp("1970-01-01", tz="UTC")


def read_postings(
    source: Source,
    mapping: Mapping,
    key: Key,
    account: Account,
    params: ImportParams = ImportParams(),
    *,
    words: Optional[RecurringWords] = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(postings, rejects). A ``valid_to`` that is a date alone is the posting's last day, and counts whole.

    ``resource_type`` is what the extract says; where it has no such column nobody knows, and the account says so. `words`
    is what is known of the words of earlier files.
    """

    times = mapping.times(source)
    known = RecurringWords() if words is None else words
    known.release(mapping.released)
    known.ahead = None if source.in_one_part else partial(words_ahead, source, mapping, _WORDS)

    def convert(rows: pd.DataFrame, why: Any) -> pd.DataFrame:
        columns = mapping.columns
        officer = _officers(rows, mapping, why, account)
        table: dict[str, Any] = {"officer_id": as_pseudonyms(officer, key).to_numpy()}
        for name in (n for n in _WORDS if n in columns):
            written = rows[columns[name]]
            table[name] = kept_words(written, name, officer, account, known, collars_of(officer)).to_numpy()
        for name in ("unit", "resource_type"):
            table.setdefault(name, np.full(len(rows), None, dtype=object))
        starts = _limit(times, rows, "valid_from" in columns and "valid_from", why, account).fillna(_FIRST)
        ends = _limit(times, rows, "valid_to" in columns and "valid_to", why, account)
        why[(why == "") & (ends < starts).to_numpy()] = BACKWARDS
        return pd.DataFrame({**table, "valid_from": starts.to_numpy(), "valid_to": ends.to_numpy()})

    table, rejects = _read(source, mapping, account, params, convert, ("valid_from", "valid_to"))
    known.report(account)
    if "resource_type" not in mapping.columns:
        account.note(NO_RESOURCE, len(table))
    return table, rejects


def read_duties(
    source: Source, mapping: Mapping, key: Key, account: Account, params: ImportParams = ImportParams()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(duties, rejects). A start and end that are times of day beside one date may run past midnight."""
    times = mapping.times(source)

    def convert(rows: pd.DataFrame, why: Any) -> pd.DataFrame:
        officers = as_pseudonyms(_officers(rows, mapping, why, account), key).to_numpy()
        start = times.read(rows, "start")
        ends, end = times.read_end(rows, "end", start, of="start")
        starts = start.time
        if end.no_end is not None:
            account.note(NO_END, int(end.no_end.sum()))
            why[(why == "") & end.no_end] = NO_LAST
        for found in (start, end):
            _mark(found, why, account)
            why[(why == "") & ((found.grain == DAY) | (found.grain == MONTH))] = DAY_ALONE
        why[(why == "") & (starts.isna() | ends.isna()).to_numpy()] = "no start"
        why[(why == "") & (ends <= starts).to_numpy()] = BACKWARDS
        return pd.DataFrame({"officer_id": officers, "start": starts.to_numpy(), "end": ends.to_numpy()})

    return _read(source, mapping, account, params, convert, ("start", "end"))


def read_radios(
    source: Source, mapping: Mapping, key: Key, account: Account, params: ImportParams = ImportParams()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(radios, rejects): ``radio_id`` under pseudonyms and ``radio_kind`` (personal, vehicle, other)."""

    def convert(rows: pd.DataFrame, why: Any) -> pd.DataFrame:
        radio = account.ids_of(rows[mapping.columns["radio_id"]], "numbers of radios")
        why[radio.isna().to_numpy()] = "no radio"
        kinds = radio_kinds(rows[mapping.columns["radio_kind"]])
        return pd.DataFrame({"radio_id": radio_pseudonyms(radio, key).to_numpy(), "radio_kind": kinds.to_numpy()})

    return _read(source, mapping, account, params, convert, ())


def on_duty(fixes: pd.DataFrame, duties: pd.DataFrame) -> tuple[Any, int]:
    """Which fixes fall in a turn of duty of their officer (bool, n), and how many are of officers without any duty.

    Those of officers whom the duty table does not know are taken as on duty: nobody can tell.
    """
    known = fixes["officer_id"].astype(object).isin(duties["officer_id"]).to_numpy()
    if not known.any():
        return np.ones(len(fixes), dtype=bool), int((~known).sum())
    both = pd.concat([fixes["officer_id"].astype(object), duties["officer_id"].astype(object)])
    codes = pd.factorize(both)[0].astype(np.int64)
    mine, theirs = codes[: len(fixes)], codes[len(fixes) :]
    start, end, time = nanoseconds(duties["start"]), nanoseconds(duties["end"]), nanoseconds(fixes["time"])
    # Turns of one officer may overlap: count those begun and those ended before each fix.
    begun = _rank(theirs, start, mine, time, "right")
    ended = _rank(theirs, end, mine, time, "right")
    return ~known | (begun > ended), int((~known).sum())


def _rank(group: Any, value: Any, of_group: Any, of_value: Any, side: Any) -> Any:
    """How many of `value` in the same group come before each of `of_value`."""
    order = np.lexsort((value, group))
    group, value = group[order], value[order]
    low = min(int(value.min(initial=0)), int(of_value.min(initial=0)))
    span = max(int(value.max(initial=0)), int(of_value.max(initial=0))) - low + 1
    if span * (int(group.max(initial=0)) + 2) < 2**62:
        keys, wanted = group * span + (value - low), of_group * span + (of_value - low)
        return np.searchsorted(keys, wanted, side=side) - np.searchsorted(keys, of_group * span, side="left")
    # Nanoseconds of decades for thousands of officers outgrow an int64: seconds do.
    return _rank(group, value // 1_000_000_000, of_group, of_value // 1_000_000_000, side)


def _officers(rows: pd.DataFrame, mapping: Mapping, why: Any, account: Account) -> pd.Series:
    officer = account.ids_of(rows[mapping.columns["officer_id"]], OFFICERS)
    why[officer.isna().to_numpy()] = NO_OFFICER
    return officer


def _limit(times: FileTimes, rows: pd.DataFrame, role: Any, why: Any, account: Account) -> pd.Series:
    """Moments of `role`, NaT where it has no column; an end that is a date alone ends with its day, a filler is none."""
    if not role:
        return pd.Series(pd.DatetimeIndex([None] * len(rows), tz="UTC"), index=rows.index)
    found = times.read(rows, role)
    _mark(found, why, account)
    if found.no_end is not None:
        account.note(NO_END, int(found.no_end.sum()))
        return found.ends()
    why[(why == "") & (found.time >= LAST_END).to_numpy()] = OUT_OF_RANGE
    return found.time.mask(found.time < _FIRST)


def _mark(found: Moments, why: Any, account: Account) -> None:
    """Reject what is no time; say what must be known of the column."""
    why[(why == "") & found.bad] = BAD_TIME
    account.note_all(found.report)
    if found.example:
        account.note(f"times look like {found.example}, which is no time", int(found.bad.sum()))


def _read(
    source: Source, mapping: Mapping, account: Account, params: ImportParams, convert: Any, times: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    mapping = mapping.checked(source.columns, source.name)
    account.left_out = left_out(source, mapping.wanted)
    tables, rejected = [], []
    officers: set[str] = set()
    for chunk in source.chunks(mapping.wanted):
        rows = account.rows_of(chunk)
        if "officer_id" in mapping.columns:
            written = without_thousands(without_unfit(rows[mapping.columns["officer_id"]])[0])[0]
            officers.update(references(without_ranks(written)[0], officer_reference).dropna().unique())
        why = np.full(len(rows), "", dtype=object)
        table = convert(rows, why)
        table["row"] = np.asarray(rows.index)
        rejected.append(account.reject([chunk.rejects, *rows_where(rows.index, why, _REMEDIES)], params))
        tables.append(table[why == ""])
        account.rows_kept += len(tables[-1])
    account.judge_ids()
    account.note_zeros(officers)
    account.hash = source.hash
    found = pd.concat(tables, ignore_index=True)
    for name in times:
        found[name] = pd.to_datetime(found[name], utc=True)
    found["source_ref"] = source.hash[:16] + ":" + found.pop("row").astype(str)
    return found, pd.concat(rejected, ignore_index=True)


__all__ = [
    "on_duty",
    "read_duties",
    "read_postings",
    "read_radios",
]

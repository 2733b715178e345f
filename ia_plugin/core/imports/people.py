"""Who belonged where, who was on duty, which radio is of what kind: small tables that explain the fixes."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import pandas as pd

from ..params import ImportParams
from ..privacy import Key, as_pseudonyms
from ..texts import holds_text, texts
from ..times.civil import pandas_zone
from ..times.clocks import readable_times
from ..times.instants import nanoseconds
from .accounts import Account, rows_where
from .affiliations import NO_OFFICER, radio_kinds, radio_pseudonyms
from .mapping import Mapping
from .source import Source, left_out
from .words import safe_words

RESOURCE_GROUPS = ("response", "neighbourhood", "offender management", "partnerships", "other")
_GROUP_WORDS = (
    ("response", "response|999|emergency|patrol|shift|relief|force support|traffic|roads policing|firearms|dog"),
    ("neighbourhood", "neighbour|npt|snt|local policing|community|pcso|ward|sector|town"),
    ("offender management", "offender|iom|mappa|custody management|prolific|managing"),
    ("partnerships", "partner|licens|safer|youth|school|prevent|problem solving|problem-solving"),
)
BACKWARDS, BAD_TIME = "an end before its start", "a time that cannot be read"
_REMEDIES = {
    BACKWARDS: "Exchange start and end, or correct them.",
    BAD_TIME: "Write times as 2024-06-01T12:00:00, days before months (01/06/2024 12:00).",
    "no start": "Give each row its start.",
}
_FIRST, _LAST = pd.Timestamp("1970-01-01", tz="UTC"), pd.Timestamp("2090-01-01", tz="UTC")


def read_postings(
    source: Source, mapping: Mapping, key: Key, account: Account, params: ImportParams = ImportParams()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(postings, rejects). A ``valid_to`` that is a date alone is the posting's last day, and counts whole.

    ``resource_type`` is put into the default groups (:data:`RESOURCE_GROUPS`) from the words of resource, department,
    role and unit where the extract has no such column.
    """

    def convert(rows: pd.DataFrame, why: Any) -> pd.DataFrame:
        columns = mapping.columns
        table: dict[str, Any] = {"officer_id": as_pseudonyms(_officers(rows, mapping, why), key).to_numpy()}
        collars = [str(v).strip() for v in rows[columns["officer_id"]].dropna().unique()]
        for name in ("unit", "department", "role", "resource_type"):
            if name in columns:
                words, withheld = safe_words(rows[columns[name]], collars)
                account.note(f"values of {name} withheld, for they may name a person", withheld)
                table[name] = words.to_numpy()
        if "resource_type" not in table:
            words = pd.DataFrame({n: table[n] for n in ("department", "role", "unit") if n in table})
            table["resource_type"] = resource_groups(words).to_numpy()
        table.setdefault("unit", np.full(len(rows), None, dtype=object))
        starts = _moments(rows, columns.get("valid_from"), mapping, why, missing=_FIRST)
        ends = _moments(rows, columns.get("valid_to"), mapping, why, whole_day=True)
        why[(why == "") & (ends < starts).to_numpy()] = BACKWARDS
        return pd.DataFrame({**table, "valid_from": starts.to_numpy(), "valid_to": ends.to_numpy()})

    return _read(source, mapping, account, params, convert, ("valid_from", "valid_to"))


def read_duties(
    source: Source, mapping: Mapping, key: Key, account: Account, params: ImportParams = ImportParams()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(duties, rejects)."""

    def convert(rows: pd.DataFrame, why: Any) -> pd.DataFrame:
        officers = as_pseudonyms(_officers(rows, mapping, why), key).to_numpy()
        starts, ends = (_moments(rows, mapping.columns[c], mapping, why) for c in ("start", "end"))
        why[(why == "") & (starts.isna() | ends.isna()).to_numpy()] = "no start"
        why[(why == "") & (ends <= starts).to_numpy()] = BACKWARDS
        return pd.DataFrame({"officer_id": officers, "start": starts.to_numpy(), "end": ends.to_numpy()})

    return _read(source, mapping, account, params, convert, ("start", "end"))


def read_radios(
    source: Source, mapping: Mapping, key: Key, account: Account, params: ImportParams = ImportParams()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(radios, rejects): ``radio_id`` under pseudonyms and ``radio_kind`` (personal, vehicle, other)."""

    def convert(rows: pd.DataFrame, why: Any) -> pd.DataFrame:
        radio = rows[mapping.columns["radio_id"]]
        why[radio.isna().to_numpy()] = "no radio"
        kinds = radio_kinds(rows[mapping.columns["radio_kind"]])
        return pd.DataFrame({"radio_id": radio_pseudonyms(radio, key).to_numpy(), "radio_kind": kinds.to_numpy()})

    return _read(source, mapping, account, params, convert, ())


def resource_groups(words: pd.DataFrame) -> pd.Series:
    """The default group of each row's words, the first column that tells counting first."""
    found = pd.Series("other", index=words.index, dtype=object)
    for name in reversed(list(words.columns)):
        said = texts(words[name]).str.lower()
        for group, pattern in reversed(_GROUP_WORDS):
            found[said.str.contains(pattern, regex=True)] = group
    return found


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


def _officers(rows: pd.DataFrame, mapping: Mapping, why: Any) -> pd.Series:
    officer = rows[mapping.columns["officer_id"]]
    why[officer.isna().to_numpy() | (texts(officer).str.strip() == "").to_numpy()] = NO_OFFICER
    return officer


def _moments(
    rows: pd.DataFrame,
    column: Optional[str],
    mapping: Mapping,
    why: Any,
    *,
    missing: Optional[pd.Timestamp] = None,
    whole_day: bool = False,
) -> pd.Series:
    """Moments of a column; `missing` where it is empty. With `whole_day` a date alone ends with its day."""
    if column is None:
        return pd.Series(pd.to_datetime([missing] * len(rows), utc=True), index=rows.index)
    said = rows[column]
    times, bad, _ = readable_times(said, mapping.timezone, name=column)
    why[(why == "") & bad] = BAD_TIME
    if whole_day and holds_text(said):
        date_only = said.notna() & ~texts(said).str.contains(r"\d:\d|\d{1,2}(?:am|pm)", case=False)
        local = times.dt.tz_convert(pandas_zone(mapping.timezone))
        times = times.where(~date_only.to_numpy(), (local + pd.DateOffset(days=1)).dt.tz_convert("UTC"))
    # 9999-12-31 and 2099 mean no end.
    times = times.mask(times >= _LAST)
    return times.fillna(missing) if missing is not None else times


def _read(
    source: Source, mapping: Mapping, account: Account, params: ImportParams, convert: Any, times: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    mapping = mapping.checked(source.columns, source.name)
    account.left_out = left_out(source, mapping.wanted)
    tables, rejected = [], []
    for chunk in source.chunks(mapping.wanted):
        rows = account.rows_of(chunk)
        why = np.full(len(rows), "", dtype=object)
        table = convert(rows, why)
        table["row"] = np.asarray(rows.index)
        rejected.append(account.reject([chunk.rejects, *rows_where(rows.index, why, _REMEDIES)], params))
        tables.append(table[why == ""])
        account.rows_kept += len(tables[-1])
    account.hash = source.hash
    found = pd.concat(tables, ignore_index=True)
    for name in times:
        found[name] = pd.to_datetime(found[name], utc=True)
    found["source_ref"] = source.hash[:16] + ":" + found.pop("row").astype(str)
    return found, pd.concat(rejected, ignore_index=True)


__all__ = [
    "RESOURCE_GROUPS",
    "on_duty",
    "read_duties",
    "read_postings",
    "read_radios",
    "resource_groups",
]

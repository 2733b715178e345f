"""Radio affiliations of any extract to fixes, chunk by chunk; collar numbers go no further than this file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..columns import FIXES
from ..params import CleanParams, ImportParams
from ..privacy import Key, as_pseudonyms, pseudonymise
from ..references import (
    NOBODY,
    NOTHING,
    known_rows,
    lost_digits,
    officer_reference,
    references,
    without_ranks,
    without_thousands,
)
from ..texts import texts
from ..times.file_times import FileTimes
from ..times.grains import DAY, MONTH
from ..words import amount
from .accounts import OFFICERS, Account, rows_where
from .mapping import Mapping
from .places import REMEDIES as PLACE_REMEDIES
from .places import places_of
from .readings import readings
from .record_ids import is_code
from .rounded_places import named_squares, square_sizes
from .source import Source, left_out
from .stray_times import DaysSeen
from .to_come import FUTURE, FUTURE_REMEDY, still_to_come
from .unfit_ids import without_unfit
from .word_recurrence import WHERE, Part, RecurringWords

COARSE = "a grid reference of a square of 1 km or more, which is no position of an officer"
NO_OFFICER, NO_TIME = "no officer", "no time"
BAD_TIME, TIME_OUT_OF_RANGE = "a time that cannot be read", "a time out of range"
REMEDIES = {
    **PLACE_REMEDIES,
    COARSE: "Give references of six figures or more (SP 066 868).",
    BAD_TIME: "Write times as 2024-06-01T12:00:00, or all in one form with days before months (30/06/2024 12:00).",
    FUTURE: FUTURE_REMEDY,
    TIME_OUT_OF_RANGE: "Dates such as 1900, 1970 or 2099 stand for no date: leave them empty.",
}
SHORTENED = "references were written short by a spreadsheet (9.9E+99) and have lost digits: export them as text"
_NUMBERS = ("lat", "lon", "easting", "northing", "accuracy_m", "speed_kmh", "speed_mph", "speed_ms", "heading_deg")
_WORDS = ("source", "reason", "radio_kind", "unit", "resource_type")


def read_affiliations(
    source: Source,
    mapping: Mapping,
    key: Key,
    account: Account,
    params: ImportParams = ImportParams(),
    *,
    epsg: int = 27700,
    words: Optional[RecurringWords] = None,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Fixes of a source, chunk by chunk.

    Parameters
    ----------
    source, mapping : the rows, and which column says what
    key : of the pseudonyms; ids that have a pseudonym's form already are kept
    account : filled with the counts
    epsg : reference system of the result, metres
    words : what is known of the words of earlier files, and released

    Yields
    ------
    (fixes, rejects): the fixes table without ``source_ref``'s hash (see :func:`with_source`), and ``file, row, reason, remedy``.

    Raises
    ------
    FileError, ColumnError, CrsError, TimeError
        for what is wrong with the file as a whole, or with its first bad row where ``params.invalid_rows`` is "stop".
    """
    mapping = mapping.checked(source.columns, source.name)
    account.left_out = left_out(source, mapping.wanted)
    numbers = {c for role, c in mapping.columns.items() if role in _NUMBERS}
    times = mapping.times(source)
    officers: set[str] = set()
    words = RecurringWords() if words is None else words
    words.release(mapping.released)
    words.ahead = None if source.in_one_part else partial(words_ahead, source, mapping, (*_WORDS, *mapping.keep))
    days = DaysSeen()
    for chunk in source.chunks(mapping.wanted, numbers=numbers):
        rows = account.rows_of(chunk)
        fixes, why = _fixes(rows, mapping, times, key, account, params, epsg, officers, words)
        days.add(fixes["time"].dt.tz_localize(None), fixes["row"].to_numpy())
        rejects = account.reject([chunk.rejects, *rows_where(rows.index, why, REMEDIES)], params)
        account.rows_kept += len(fixes)
        yield fixes, rejects
    account.judge_ids()
    account.note_zeros(officers)
    days.tell(account)
    words.report(account)
    account.hash = source.hash


def words_ahead(source: Source, mapping: Mapping, names: Iterable[str]) -> Iterator[Part]:
    """The words of a source and the officers who have them, part by part; a column that is kept goes by its own name."""
    columns = {n: mapping.columns.get(n, n) for n in names if n in mapping.columns or n in mapping.keep}
    who = mapping.columns["officer_id"]
    for chunk in source.chunks([who, *columns.values()]):
        rows = chunk.rows if chunk.searched else known_rows(chunk.rows)
        written = without_thousands(without_unfit(rows[who])[0])[0]
        officer = references(without_ranks(written)[0], officer_reference)
        yield {n: rows[c] for n, c in columns.items()}, officer, collars_of(officer)


def collars_of(officer: pd.Series) -> list[str]:
    """Each collar number once, as text."""
    return [str(v) for v in officer.dropna().unique()]


def with_source(fixes: pd.DataFrame, mark: str) -> pd.DataFrame:
    """The fixes with ``source_ref`` = hash and row of their file."""
    return fixes.assign(source_ref=(mark + ":" + fixes["row"].astype(str)).to_numpy()).drop(columns="row")


def _fixes(
    rows: pd.DataFrame,
    mapping: Mapping,
    times: FileTimes,
    key: Key,
    account: Account,
    params: ImportParams,
    epsg: int,
    officers: set[str],
    words: RecurringWords,
) -> tuple[pd.DataFrame, Any]:
    x, y, why = places_of(rows, mapping, epsg, account)
    square_m = _squares(rows, mapping, why)
    officer = account.ids_of(rows[mapping.columns["officer_id"]], OFFICERS)
    blank = officer.isna().to_numpy()
    time = _times(rows, mapping, times, officer, why, account, params)
    why[blank] = NO_OFFICER
    keep = why == ""
    collars = collars_of(officer)
    for side in np.unique(square_m[keep & np.isfinite(square_m)])[::-1]:
        account.warn(rounded_words(side), int((square_m[keep] == side).sum()))
    officers.update(collars)
    if lost_digits(pd.Series(collars, dtype=object)).any():
        account.note(SHORTENED, int(lost_digits(officer).sum()))
    table: dict[str, Any] = {"officer_id": as_pseudonyms(officer[keep], key).to_numpy()}
    table["time"] = time[keep]
    table["x"], table["y"] = x[keep], y[keep]
    for column, values in readings(rows, mapping, account).items():
        table[column] = values[keep]
    for column in _WORDS:
        if column in mapping.columns:
            written = rows[mapping.columns[column]][keep]
            table[column] = kept_words(written, column, officer[keep], account, words, collars).to_numpy()
    if "record_id" in mapping.columns:
        record = references(account.fit(rows[mapping.columns["record_id"]][keep], "ids of records"))
        suspect = record.notna().to_numpy() & ~is_code(record, collars)
        account.note("ids of records left out, for they may name a person", int(suspect.sum()))
        table["record_id"] = record.astype(object).where(~suspect, None).to_numpy()
    if "radio_kind" in table:
        table["radio_kind"] = radio_kinds(pd.Series(table["radio_kind"])).to_numpy()
    if "radio_id" in mapping.columns:
        table["radio_id"] = radio_pseudonyms(
            account.ids_of(rows[mapping.columns["radio_id"]][keep], "numbers of radios"), key
        ).to_numpy()
    for column in mapping.keep:
        kept = rows[column][keep]
        if pd.api.types.is_numeric_dtype(kept.dtype):
            table[column] = kept.to_numpy()
        else:
            table[column] = kept_words(kept, column, officer[keep], account, words, collars).to_numpy()
    fixes = pd.DataFrame({c: np.asarray(v) if c != "time" else v.to_numpy() for c, v in table.items()})
    fixes["time"] = pd.DatetimeIndex(fixes["time"]).tz_localize("UTC") if len(fixes) else pd.DatetimeIndex([], tz="UTC")
    order = [c for c in FIXES.names if c in fixes.columns]
    fixes = fixes[order + [c for c in fixes.columns if c not in order]]
    fixes["row"] = np.asarray(rows.index)[keep]
    return fixes, why


def _squares(rows: pd.DataFrame, mapping: Mapping, why: Any) -> Any:
    """Sides of the squares that places are, NaN for points; a grid reference that is a square of 1 km is no position."""
    square_m = square_sizes(rows, mapping, smallest=100.0)
    if "grid_ref" in mapping.columns:
        named = named_squares(rows[mapping.columns["grid_ref"]])
        why[(why == "") & (named == square_m)] = COARSE
    return square_m


def rounded_words(side: float) -> str:
    """What to say of positions that are rounded to squares of `side` metres."""
    size = amount(side / 1000, "km") if side >= 1000 else amount(side, "m")
    return f"positions are rounded to {size}: each may be anywhere in a square of that size, and the area it falls in is chance where areas are not much larger"


def kept_words(
    values: pd.Series,
    column: str,
    who: pd.Series,
    account: Account,
    words: RecurringWords,
    collars: Iterable[str] = (),
) -> pd.Series:
    """Words of a column that may be kept, what is withheld counted; a unit or the like that is "unknown" is missing."""
    return words.kept(values, column, who, account, collars, NOBODY if column in WHERE else NOTHING)


def radio_pseudonyms(radio: pd.Series, key: Key) -> pd.Series:
    """Pseudonyms of radios, of the form ``r`` + 24 hex digits."""
    found = pseudonymise(references(radio).map(lambda v: f"radio {v}", na_action="ignore"), key)
    return found.map(lambda v: "r" + v[1:], na_action="ignore")


RADIO_WORDS = {"personal": "person|hand|portable|body|officer|^p$|^hh", "vehicle": "vehic|mobile|car|^v$|van|fixed mob"}


def radio_kinds(said: pd.Series) -> pd.Series:
    """personal, vehicle or other, from the words of a system."""
    known = said.notna()
    words = texts(said[known]).str.lower()  # of a column of which nothing is known, none
    found = pd.Series(None, index=said.index, dtype=object)
    found[known] = "other"
    for kind, names in RADIO_WORDS.items():
        found[words.index[words.str.contains(names).to_numpy(dtype=bool)]] = kind
    return found


def _times(
    rows: pd.DataFrame,
    mapping: Mapping,
    times: FileTimes,
    officer: pd.Series,
    why: Any,
    account: Account,
    params: ImportParams,
) -> pd.Series:
    """UTC of each row; rows whose time cannot be read, and those of a date alone, get their reason."""
    found = times.read(rows, "time" if "time" in mapping.columns else "date", groups=officer.to_numpy())
    account.note_all(found.report)
    time = found.time
    limits = CleanParams()
    early, late = (pd.Timestamp(t, tz="UTC") for t in (limits.earliest, limits.latest))
    bad = found.bad | (found.grain == MONTH)
    why[(why == "") & bad] = BAD_TIME
    dates = found.grain == DAY
    why[(why == "") & (time.isna().to_numpy() | dates)] = NO_TIME
    why[(why == "") & ((time < early) | (time >= late)).to_numpy()] = TIME_OUT_OF_RANGE
    why[(why == "") & still_to_come(time, params)] = FUTURE
    account.note("times are a date without a time of day", int(dates.sum()))
    if found.example:
        account.note(f"times look like {found.example}, which is no time", int(bad.sum()))
    return time.dt.tz_localize(None)

"""When an event may have happened: its start, its end and how exactly they are known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Array, Bools, Clocks, Objects
from ..imports.accounts import Account, RecordNotes
from ..imports.mapping import Mapping
from ..imports.to_come import CHANGE_TO_COME, END_TO_COME, FUTURE, still_to_come
from ..params import ImportParams
from ..times.file_times import FileTimes, Moments
from ..times.grains import DAY, MONTH
from ..times.open_ends import NO_END

NO_START, BAD_TIME, OUT_OF_RANGE = "no start", "a time that cannot be read", "a time out of range"
BACKWARDS = "ends are before their start: no end is known"
LONGEST_WINDOW = pd.Timedelta(3653, "D")
"""Ten years: a longer window is a filler (31/12/2039), and would hide a crime of last week in years to come. An offence that
really lasted longer counts at its start, which is the only day of it that a comparison of months can use."""
TOO_LONG = "ends are more than ten years after their start: no end is known"
_EARLIEST, _LATEST = pd.Timestamp("1970-01-02", tz="UTC"), pd.Timestamp("2090-01-01", tz="UTC")


def windows_of(
    rows: pd.DataFrame,
    mapping: Mapping,
    times: FileTimes,
    why: Objects,
    account: Account,
    notes: RecordNotes,
    params: ImportParams,
) -> tuple[Clocks, Clocks, Array]:
    """Start, end and precision of each event's window; an end that cannot be one is none, and the event stays."""
    first = times.read(rows, "start")
    account.note_all(first.report)
    start, end = first.time, first.ends()
    why[(why == "") & first.bad] = BAD_TIME
    why[(why == "") & start.isna().to_numpy()] = NO_START
    why[(why == "") & ((start < _EARLIEST) | (start >= _LATEST)).to_numpy()] = OUT_OF_RANGE
    why[(why == "") & still_to_come(start, params)] = FUTURE
    read = [first]
    if "end" in mapping.columns:
        until, last = times.read_end(rows, "end", first, of="start")
        account.note_all(last.report)
        why[(why == "") & last.bad] = BAD_TIME
        end = end.where(_no_end(until, start, last, notes, rows, params), until)
        read.append(last)
    for found in read:
        if found.example:
            account.note(f"times look like {found.example}, which is no time", int(found.bad.sum()))
    if "start_time" in mapping.proposed:
        column = mapping.proposed["start_time"]
        unread = f"events last the whole day, for {column!r} is not read: if it is their time of day, type COLUMNS=start_time={column}"
        notes.warn(unread, rows.index[first.grain == DAY])
    precision = np.where(first.grain == MONTH, "month", np.where(first.grain == DAY, "day", "minute"))
    return start.to_numpy(), end.to_numpy(), precision


def last_changes(
    rows: pd.DataFrame, mapping: Mapping, times: FileTimes, notes: RecordNotes, params: ImportParams
) -> dict[str, pd.DatetimeIndex]:
    """When each record was recorded and changed, as far as columns say; never later than the import, or it would win for ever."""
    found = {}
    for role in ("recorded_at", "updated_at"):
        if role in mapping.columns:
            told = times.read(rows, role).time
            ahead = still_to_come(told, params)
            notes.warn(CHANGE_TO_COME, rows.index[ahead])
            found[role] = pd.DatetimeIndex(told.mask(ahead))
    return found


def _no_end(
    until: pd.Series,
    start: pd.Series,
    last: Moments,
    notes: RecordNotes,
    rows: pd.DataFrame,
    params: ImportParams,
) -> Bools:
    """Where no end is known: none is written, or a filler, or one before the start, still to come or absurdly far from it."""
    long = (until - start > LONGEST_WINDOW).to_numpy()
    before = (until < start).to_numpy()
    ahead = still_to_come(until, params) & ~long
    for what, where in ((NO_END, last.no_end), (BACKWARDS, before), (TOO_LONG, long), (END_TO_COME, ahead)):
        if where is not None:
            notes.warn(f"{what}, and the record counts at its start", rows.index[where])
    return np.asarray(until.isna().to_numpy() | before | long | ahead)

"""Where the times of an extract stand: a column each, or a date and times of day beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Optional

import pandas as pd

from ..texts import texts
from ..times.file_times import FileTimes, TimeColumn
from ..times.time_of_day import ZERO_DAY
from ..times.written import says_no_time
from ..times.zone_words import zone_of
from .roles import is_private
from .source import Source
from .text_form import plain
from .time_names import is_clock, is_of_role, is_time_name, may_be_of, stem

# Of each kind of extract: our name of a time -> that of its time of day, where it stands apart.
OF_DAY: dict[str, dict[str, Optional[str]]] = {
    "affiliations": {"time": None, "date": "time_of_day"},
    "postings": {"valid_from": None, "valid_to": None},
    "duties": {"start": "start_time", "end": "end_time"},
    "radios": {},
    "events": {"start": "start_time", "end": "end_time", "recorded_at": None, "updated_at": None},
}
_DIGITS = r"|\d{3,6}"
_CLOCK = rf"(?:\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:[.,]\d+)?{_DIGITS})\s*(?:[AaPp]\.?[Mm]\.?|[Zz])?"
_TIME_OF_DAY = rf"{ZERO_DAY}?{_CLOCK}|0?\.\d+"
_DAY = r"(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|\d{8}|\d{5}|\d{1,2}[-/. ]?[A-Za-z]{3,9}[-/. ,]*\d{2,4})"
_DATE = rf"{_DAY}(?:[ T]0{{1,2}}:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?"
_MOMENT = rf"{_DAY}[T ,]+\d{{1,2}}[:.]\d{{2}}.*"
ZONE, END_ZONE = "time_zone", "end_zone"
ENDS = ("end", "valid_to")
_START_WORDS = "start|from|begin|time|datetime|date|event|incident|occurred|committed|local|fix|gps|report"
_END_WORDS = "end|to|until|finish|enddate|enddatetime|endtime"
_ZONE_NAMES = r"(?:time)?zone(?:name|id)?|tz(?:name|id|offset|info)?|(?:utc|gmt|timezone|time)?offset(?:utc|min|mins|minutes|h|hours)?|zoneoffset"
_LOOSE_ZONE_NAMES = ("zone", "offset")  # of a place, or of a clock: only what they hold tells
_DATE_NAMES = ("date", "day", "onday")
OF_WINDOW = (("start", "start_time"), ("end", "end_time"))
_CLOCK_ALONE = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?"


def times_of(source: Source, columns: Mapping[str, str], kind: str, timezone: str, date_order: str) -> FileTimes:
    """The reader of the times of a source whose `columns` are role -> name; see :class:`~..times.file_times.FileTimes`."""
    wanted = {}
    for role, of_day in OF_DAY[kind].items():
        if role in columns:
            zone = columns.get(END_ZONE if role == "end" and END_ZONE in columns else ZONE)
            wanted[role] = TimeColumn(columns[role], columns.get(of_day) if of_day else None, zone, role in ENDS)

    def again(names: list[str]) -> Iterator[pd.DataFrame]:
        for chunk in source.chunks(names):
            yield chunk.rows

    since_1904 = bool(getattr(source, "since_1904", False))
    parts = None if source.in_one_part else again
    return FileTimes(wanted, timezone, date_order=date_order, file=source.name, since_1904=since_1904, again=parts)


def split_times(
    kind: str, columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame, free: Optional[list[str]] = None
) -> None:
    """Mend a mapping whose times are dates and times of day in columns of their own, by what these hold.

    Parameters
    ----------
    columns, how : role -> column, and how it was found; changed in place
    sample : some rows
    free : columns that no role has
    """
    if kind == "affiliations":
        _of_fixes(columns, how, sample)
    elif "start" in OF_DAY[kind]:
        rest = list(free or ())
        if kind == "events":
            _by_their_stem(columns, how, sample, rest)
        _of_windows(columns, how, sample, rest)
    if OF_DAY[kind]:
        _zones_beside(columns, how, sample)


def _zones_beside(columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame) -> None:
    """Columns of zones or offsets: by their names, and by what they hold where a name may be that of something else."""
    free = [str(c) for c in sample.columns if c not in columns.values()]
    for role, words in ((END_ZONE, _END_WORDS), (ZONE, _START_WORDS)):
        if how.get(role) == "as given":
            continue
        found = [columns.pop(role)] if role in columns else []
        how.pop(role, None)
        if role == END_ZONE and "end" not in columns:
            continue
        beside = "" if role == END_ZONE else "?"
        found += [c for c in free if re.fullmatch(rf"(?:{words}){beside}(?:{_ZONE_NAMES})", plain(c))]
        zone = next((c for c in found if _may_hold_zones(c, sample)), None)
        if zone is not None:
            columns[role], how[role] = zone, "by its name"


def _may_hold_zones(column: str, sample: pd.DataFrame) -> bool:
    said = written_values(sample[column]) if column in sample else pd.Series(dtype=object)
    if not re.fullmatch(_ZONE_NAMES, plain(column)) or plain(column) in _LOOSE_ZONE_NAMES:
        # "1" may be the number of a beat
        words = [w for w in said.unique() if not w.replace(".", "").isdigit()]
        return bool(words) and all(zone_of(w) is not None for w in words)
    return bool(len(said))


def _of_fixes(columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame) -> None:
    # 45446 alone may be a spreadsheet's day; beside a date it is a time of day.
    pattern = _TIME_OF_DAY if "date" in columns else _TIME_OF_DAY.replace(_DIGITS, "")
    if "time" in columns and _mostly(sample, columns["time"], pattern):
        columns["time_of_day"], how["time_of_day"] = columns.pop("time"), "by what it holds"
        how.pop("time", None)
    if "time" not in columns and "date" not in columns:
        columns.pop("time_of_day", None)
    if "time" in columns:
        for role in ("date", "time_of_day"):
            if how.get(role) != "as given":
                columns.pop(role, None)
                how.pop(role, None)


def _by_their_stem(columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame, free: list[str]) -> None:
    """A lone date that is named after the record ("Date of Stop") is its start, and one after its end its end."""
    for role, _ in OF_WINDOW:
        named = [c for c in free if is_of_role(c, role) and (_is_date_name(c) or plain(c).endswith("day"))]
        dates = [c for c in named if _mostly(sample, c, f"{_DATE}|{_MOMENT}")]
        if role not in columns and len(dates) == 1:
            columns[role], how[role] = dates[0], "by part of its name"
            free.remove(dates[0])


def _of_windows(columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame, free: list[str]) -> None:
    """Date, start and end; date and time; date and end time: the times of day go with the date."""
    dates = [c for c in free if _is_date_name(c) and not is_private(plain(c)) and _mostly(sample, c, _DATE)]
    for role, of_day in OF_WINDOW:
        column = columns.get(role)
        if column is None or how.get(role) == "as given" or not _mostly(sample, column, _TIME_OF_DAY):
            continue
        # A date of the same name goes before any other; the end's date is the start's, where it has none of its own.
        own = [c for c in dates if stem(c) == stem(column)]
        day = next(iter(own or dates), None) if role == "start" else next(iter(own), columns.get("start"))
        if day is not None:
            columns[of_day], how[of_day] = column, "by what it holds"
            found = role == "start" or day != columns.get("start")
            columns[role], how[role] = day, "by what it holds" if found else "as that of the start"
            free[:] = [c for c in free if c != day]
            dates = [c for c in dates if c != day]
    for role, of_day in OF_WINDOW:
        if role in columns and of_day not in columns and _mostly(sample, columns[role], _DATE):
            _time_beside(role, of_day, columns, how, sample, free)
    if "end" not in columns and "end_time" not in columns and "start_time" in columns:
        named = [c for c in free if is_of_role(c, "end") and may_be_of(c, columns["start"], "end")]
        ends = [c for c in named if _mostly(sample, c, _TIME_OF_DAY)]
        if ends:
            columns["end_time"], how["end_time"] = ends[0], "by what it holds"
    if "end_time" in columns and "end" not in columns and "start" in columns:
        columns["end"], how["end"] = columns["start"], "as that of the start"
    for role, of_day in OF_WINDOW:
        if (
            of_day in columns
            and how.get(of_day) != "as given"
            and (role not in columns or not _mostly(sample, columns[role], _DATE))
        ):
            columns.pop(of_day)
            how.pop(of_day, None)


def _time_beside(
    role: str, of_day: str, columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame, free: list[str]
) -> None:
    """The time of day of a column of dates, or a column that holds both."""
    names = [c for c in free if may_be_of(c, columns[role], role)]
    clocks = [c for c in names if _mostly(sample, c, _TIME_OF_DAY)]
    clock = next((c for c in clocks if stem(c) == stem(columns[role])), clocks[0] if len(clocks) == 1 else None)
    moment = next((c for c in names if role == "start" and is_clock(c) and _holds_moments(sample, c)), None)
    if clock is not None:
        columns[of_day], how[of_day] = clock, "by what it holds"
        free.remove(clock)
    elif moment is not None and how.get(role) != "as given":
        columns[role], how[role] = moment, "by what it holds"


def unread_times(columns: Mapping[str, str], sample: pd.DataFrame) -> list[str]:
    """Columns of times of day that no role has, beside a start that is a date alone; durations and other moments are none."""
    if "start" not in columns or "start_time" in columns or not _mostly(sample, columns["start"], _DATE):
        return []
    free = [str(c) for c in sample.columns if c not in columns.values()]
    return [c for c in free if is_time_name(c) and _mostly(sample, c, _CLOCK_ALONE)]


def _is_date_name(name: str) -> bool:
    word = plain(name)
    return word in _DATE_NAMES or word.endswith("date") or word.startswith("date")


def _holds_moments(sample: pd.DataFrame, column: str) -> bool:
    """Whether a column holds dates with their time of day, so that a date beside it says nothing more."""
    return _mostly(sample, column, _MOMENT) and not _mostly(sample, column, _DATE)


def _mostly(sample: pd.DataFrame, column: str, pattern: str) -> bool:
    """Whether most of what a column holds is written so."""
    if column not in sample:
        return False
    said = written_values(sample[column])
    return bool(len(said) and said.str.fullmatch(pattern).mean() > 0.5)


def written_values(values: pd.Series) -> pd.Series:
    """Some of the values of a column as text, without those that say there is none."""
    said: Any = texts(values.dropna()).str.strip().str.lstrip("'")
    known = (i for i, word in enumerate(said) if not says_no_time(word))
    return said.iloc[list(islice(known, 500))]

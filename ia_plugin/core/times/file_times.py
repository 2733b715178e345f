"""The times of one file: the one reader of every import, whatever a file's columns and parts.

What one value cannot tell, the column and the file do: whether 03/06/2024 is in June or in March, whether 00:00:00 on
every row is a day without an hour. A file that comes in parts is looked through once more where its first part leaves
that open. The same rules serve fixes, postings, duties, events and the public files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np
import pandas as pd

from ..arrays import Array
from ..errors import TimeError
from .civil import from_civil, pandas_zone
from .clocks import ClockReport, resolve_clocks, unit_notes
from .date_order import DAY_FIRST, FOUND, DateEvidence, Settled, settle, written_both_ways
from .exchanged_dates import exchanged, refuse_year_day_month
from .grains import DAY, MOMENT, MONTH, NAIVE, NAT, NO_TIME
from .open_ends import fillers, open_ends
from .repeated_hour import second_hours
from .shown_times import shown
from .since_1904 import doubt_1904
from .stated_zones import read_in_stated_zone
from .time_of_day import TimesOfDay, times_of_day
from .written import Written, read_written

Notes = tuple[tuple[str, int], ...]
_DAY_NS = 86_400 * 1_000_000_000


@dataclass(frozen=True)
class TimeColumn:
    """Where a time stands: in one column, or as a date with the time of day in another; and its zone, if beside it.

    Of an end, fillers such as 9999-12-31 are none (`is_end`, see :mod:`.open_ends`).
    """

    name: str
    of_day: Optional[str] = None
    zone: Optional[str] = None
    is_end: bool = False

    @property
    def names(self) -> list[str]:
        """Of the columns it is read from."""
        return [n for n in (self.name, self.of_day, self.zone) if n is not None]


@dataclass(frozen=True)
class Moments:
    """Times of n rows.

    Attributes
    ----------
    time : ``datetime64[ns, UTC]`` (n,) on the rows' index; NaT where nothing is written or it is no time. Of a day or a
        month alone it is the first moment, in civil time
    grain : uint8 (n,): :data:`~.grains.MOMENT`, ``DAY``, ``MONTH``, or ``NO_TIME``
    bad : bool (n,), where something is written that is no time
    by_clock : bool (n,), moments without an offset, read on the clock of `timezone`
    report : what must be known of the column
    example : the first value of `bad`, as a message may show it
    no_end : bool (n,), ends that are written as a filler, and so missing; None where the column holds no ends
    """

    time: pd.Series
    grain: Array
    bad: Array
    by_clock: Array
    report: ClockReport
    timezone: str
    example: str = ""
    no_end: Optional[Array] = None

    def ends(self) -> pd.Series:
        """Where what each row tells ends: a day with its civil day, a month with its month, a moment at once."""
        long = (self.grain == DAY) | (self.grain == MONTH)
        if not long.any():
            return self.time.copy()
        local = pd.DatetimeIndex(self.time).tz_convert(pandas_zone(self.timezone)).tz_localize(None).normalize()
        months = (local + pd.offsets.MonthBegin(1)).where(self.grain == MONTH, local + pd.Timedelta(1, "D"))
        after = pd.Series(from_civil(months, self.timezone), index=self.time.index)
        return self.time.where(~long, after)


class FileTimes:
    """Reads the time columns of one file, part by part.

    Parameters
    ----------
    columns : our name of a time -> where it stands
    timezone : in which readings without an offset are read, where the column's name tells no other
    date_order : "found", or the order that the user gave
    file : its name, for messages
    since_1904 : whether the file's workbook counts its days from 1904
    again : hands out the named columns of the whole file, part by part; without it the first part is all there is
    """

    def __init__(
        self,
        columns: Mapping[str, TimeColumn],
        timezone: str,
        *,
        date_order: str = FOUND,
        file: str = "",
        since_1904: bool = False,
        again: Optional[Callable[[list[str]], Iterable[pd.DataFrame]]] = None,
    ) -> None:
        pandas_zone(timezone)
        self._columns, self._timezone, self._asked, self._again = dict(columns), timezone, date_order, again
        self._file, self._since_1904 = file, since_1904
        self._settled: dict[str, Settled] = {}
        self._seen: dict[str, DateEvidence] = {}
        self._exchanged: dict[str, str] = {}
        self._days_only: dict[str, bool] = {}
        self._with_offset: dict[str, bool] = {}

    def read(self, rows: pd.DataFrame, role: str, groups: Optional[Array] = None) -> Moments:
        """The times of `role` in these rows, which are a part of the file in its order.

        Parameters
        ----------
        rows : DataFrame whose index is the numbers of the rows in the file
        groups : n labels (the officer), by which the repeated hour of October is told apart

        Raises
        ------
        TimeError
            for dates that can be read in two ways, and columns with and without offsets.
        """
        try:
            return self._read(rows, role, groups)
        except TimeError as error:
            raise TimeError(f"{self._file!r}: {error.message}" if self._file else error.message, error.remedy) from None

    def _read(self, rows: pd.DataFrame, role: str, groups: Optional[Array]) -> Moments:
        column = self._columns[role]
        found, of_day = self._written(rows, column)
        _refuse_short(found, rows[column.name])
        notes = [*self._in_order(found, role, rows), *unit_notes(found, column.name)]
        early = self._four_years_early(found, role, rows)
        notes += [] if early is None else [early]
        cells = of_day.bad if of_day is not None else np.zeros(len(rows), dtype=bool)
        if of_day is not None:
            _join(found, of_day, self._timezone)
        notes += self._as_days(found, role, rows)
        unread = found.bad.copy()
        zones = None if column.zone is None else rows[column.zone]
        zone_notes = read_in_stated_zone(
            found, [n for n in (column.name, column.of_day) if n], self._timezone, zones, groups
        )
        values = rows[column.of_day if cells.any() and column.of_day else column.name]
        first = np.flatnonzero(cells if cells.any() else unread)
        if len(first):
            zone_notes.add_unit(values, int(first[0]), self._timezone)
        time, report = self._resolved(found, role, groups, rows, (*notes, *zone_notes.counts))
        settled = self._settled.get(role)
        doubts = zone_notes.doubts | ({settled.note} if settled is not None and settled.doubtful else set())
        doubts |= {self._exchanged[role]} if role in self._exchanged else set()
        report = replace(report, doubts=frozenset(doubts | ({early[0]} if early is not None else set())))
        example = shown(values.iloc[int(first[0])]) if len(first) else ""
        by_clock = (found.grain == MOMENT) & (found.offset == NAIVE)
        no_end = None
        if column.is_end:
            no_end = open_ends(rows[column.name]) | fillers(time)
            time, found.grain[no_end] = time.mask(no_end), NO_TIME
        return Moments(time, found.grain, found.bad, by_clock, report, self._timezone, example, no_end)

    def read_end(self, rows: pd.DataFrame, role: str, start: Moments, of: str) -> tuple[pd.Series, Moments]:
        """(moments at which `role` ends, as read): a day or month counts whole.

        An end before its start in the hour that October repeats is in the second of the two. Where it has its date from the
        column that the start `of` has it from, an empty time of day is no end, and a time before the start is that of the
        next day.
        """
        found = self.read(rows, role)
        ends, found = _in_second_hour(found.ends(), start, found)
        if self._columns[role].name != self._columns[of].name:
            return ends, found
        ends = ends.where(found.grain == MOMENT)
        before = (ends < start.time).to_numpy() & (start.grain == MOMENT)
        if before.any():
            local = pd.DatetimeIndex(ends[before]).tz_convert(pandas_zone(self._timezone)).tz_localize(None)
            ends = ends.copy()
            ends[before] = from_civil(local + pd.Timedelta(1, "D"), self._timezone)
        return ends, found

    def _written(self, rows: pd.DataFrame, column: TimeColumn) -> tuple[Written, Optional[TimesOfDay]]:
        found = self._column(rows, column)
        return found, times_of_day(rows[column.of_day]) if column.of_day else None

    def _column(self, rows: pd.DataFrame, column: TimeColumn) -> Written:
        values = rows[column.name]
        if column.is_end:
            no_end = open_ends(values)
            values = values.mask(no_end) if no_end.any() else values
        return read_written(values, np.asarray(rows.index), since_1904=self._since_1904)

    def _four_years_early(self, found: Written, role: str, rows: pd.DataFrame) -> Optional[tuple[str, int]]:
        """What there is to say of days of a spreadsheet that may be counted from 1904, by the other dates of these rows."""
        if found.serial is None or self._since_1904 or not found.serial.any():
            return None
        days = [found.clock[~found.serial & (found.clock != NAT)] // _DAY_NS]
        for other, column in self._columns.items():
            if other != role and column.name != self._columns[role].name and column.name in rows:
                beside = self._column(rows, column)
                beside.decide(self._settled[other].order if other in self._settled else DAY_FIRST)
                which = beside.clock != NAT if beside.serial is None else ~beside.serial & (beside.clock != NAT)
                days.append(beside.clock[which] // _DAY_NS)
        return doubt_1904(
            found.clock[found.serial & (found.clock != NAT)] // _DAY_NS, np.concatenate(days), self._columns[role].name
        )

    def _in_order(self, found: Written, role: str, rows: pd.DataFrame) -> list[tuple[str, int]]:
        """Give the dates their order; what there is to say of it."""
        name = self._columns[role].name
        seen = self._seen.setdefault(role, DateEvidence())
        seen.add(found.evidence)
        refuse_year_day_month(seen, name)
        split = exchanged(seen, name, self._asked)
        doubts = []
        if split is not None and role not in self._exchanged:
            self._exchanged[role] = split.note
            doubts = [(split.note, seen.sure.count + seen.dates)]
        if not found.undecided:
            return doubts
        if self._asked != FOUND:
            found.decide(self._asked)
            return doubts
        if role not in self._settled:
            own, file = found.evidence, None
            if own.sure_order() is None and own.either:
                by_role = self._evidence(rows, role)
                own, file = by_role[role], DateEvidence()
                for evidence in by_role.values():
                    file.add(evidence)
            self._settled[role] = settle(own, file, name)
        settled = self._settled[role]
        if seen.contradicts(settled.order):
            raise written_both_ways(seen, name)
        found.decide(settled.order)
        return [*doubts, *([(settled.note, found.evidence.dates)] if settled.note else [])]

    def _evidence(self, rows: pd.DataFrame, asked: str) -> dict[str, DateEvidence]:
        """role -> what its dates tell, over as much of the file as settles those of `asked`."""
        found = {role: DateEvidence() for role in self._columns}
        for part in self._parts(rows):
            for role, column in self._columns.items():
                found[role].add(self._column(part, column).evidence)
            if found[asked].sure_order() is not None:
                break
        return found

    def _parts(self, rows: pd.DataFrame) -> Iterable[pd.DataFrame]:
        names = [n for c in self._columns.values() for n in c.names]
        return [rows] if self._again is None else self._again([*dict.fromkeys(names)])

    def _as_days(self, found: Written, role: str, rows: pd.DataFrame) -> list[tuple[str, int]]:
        """Midnights on every row of the file are days without an hour."""
        moments = found.grain == MOMENT
        if not moments.any() or self._days_only.get(role) is False:
            return []
        if not _midnights(found, self._timezone)[moments].all():
            self._days_only[role] = False
            return []
        if role not in self._days_only:
            self._days_only[role] = self._again is None or self._no_hours(role)
        if not self._days_only[role]:
            return []
        _drop_hours(found, moments, self._timezone)
        return [
            (f"times of {self._columns[role].name!r} are 00:00:00 on every row, and taken as days", int(moments.sum()))
        ]

    def _no_hours(self, role: str) -> bool:
        column = self._columns[role]
        for part in self._parts(pd.DataFrame()):
            found, of_day = self._written(part, column)
            found.decide(self._settled[role].order if role in self._settled else DAY_FIRST)
            if of_day is not None:
                _join(found, of_day, self._timezone)
            if not _midnights(found, self._timezone)[found.grain == MOMENT].all():
                return False
        return True

    def _resolved(
        self, found: Written, role: str, groups: Optional[Array], rows: pd.DataFrame, notes: Notes
    ) -> tuple[pd.Series, ClockReport]:
        name, values = self._columns[role].name, rows[self._columns[role].name]
        moments = found.grain == MOMENT
        clock = np.where(moments, found.clock, NAT)
        times, report = resolve_clocks(
            clock, found.offset, self._timezone, name=name, groups=groups, rows=np.asarray(rows.index),
            shown_from=values, notes=notes,
        )  # fmt: skip
        if moments.any():
            naive = bool((found.offset[moments] == NAIVE).all())
            if self._with_offset.setdefault(role, not naive) == naive:
                at = int(np.flatnonzero(moments)[0])
                raise TimeError(
                    f"Column {name!r} mixes values with and without an offset from UTC (first {'without' if naive else 'with'}: "
                    f"{shown(values.iloc[at])!r}, row {rows.index[at]}): their moment cannot be known.",
                    "Write all times with an offset, or all without and choose the time zone.",
                )
        long = (found.grain == DAY) | (found.grain == MONTH)
        if long.any():
            first = from_civil(
                pd.DatetimeIndex(np.where(long, found.clock, NAT).view("datetime64[ns]")), self._timezone
            )
            times = times.where(~long, first)
        return pd.Series(times, index=rows.index, name=name), report


def _refuse_short(found: Written, values: pd.Series) -> None:
    """Numbers that mostly have lost their last digits are refused; a few of them are rows that cannot be read."""
    if found.short is None or 2 * found.short.sum() <= np.count_nonzero(found.grain) + found.bad.sum():
        return
    at = int(np.flatnonzero(found.short)[0])
    raise TimeError(
        f"{int(found.short.sum()):,} times of column {str(values.name)!r} are numbers that a program wrote short and that have lost "
        f"their last digits (first: {str(values.iloc[at]).strip()!r}, row {values.index[at]}): their second cannot be known.",
        "Export the column as whole numbers (in a spreadsheet: format its cells as a number without decimals), or as "
        "2024-06-01T12:00:00Z.",
    )


def _in_second_hour(ends: pd.Series, start: Moments, found: Moments) -> tuple[pd.Series, Moments]:
    """Ends that lie before their start only because October's clock reads the same twice, an hour later; and so said."""
    before = np.flatnonzero(found.by_clock & (start.grain == MOMENT) & (ends < start.time).to_numpy())
    later = second_hours(pd.DatetimeIndex(ends.iloc[before]), found.timezone)
    right = np.asarray(
        (later >= pd.DatetimeIndex(start.time.iloc[before])) & (later > pd.DatetimeIndex(ends.iloc[before]))
    )
    if not right.any():
        return ends, found
    moved = ends.copy()
    moved.iloc[before[right]] = later[right]
    note = (
        "ends in the hour that October repeats taken as in the second, for in the first they are before their start",
        int(right.sum()),
    )
    return moved, replace(found, report=replace(found.report, notes=(*found.report.notes, note)))


def _join(found: Written, of_day: TimesOfDay, timezone: str) -> None:
    """Put times of day to the dates read; an empty one leaves the day, or the time that the date has of its own."""
    known = found.clock != NAT
    at_midnight = known & _midnights(found, timezone)
    _drop_hours(found, at_midnight, timezone)
    has = known & ~of_day.missing
    bad = has & of_day.bad
    good = has & ~of_day.bad
    late = good & (of_day.ns >= _DAY_NS)
    if late.any():
        found.late = late if found.late is None else found.late | late
    found.clock[good] = found.clock[good] // _DAY_NS * _DAY_NS + of_day.ns[good]
    found.offset[good] = of_day.offset[good]
    found.grain[good] = MOMENT
    found.clock[bad], found.offset[bad], found.grain[bad], found.bad[bad] = NAT, NAIVE, 0, True


def _midnights(found: Written, timezone: str) -> Array:
    """Where a reading is at midnight: on its own clock on every row, or on the wall's on every row (bool, n)."""
    known = found.clock != NAT
    own: Array = known & (found.clock % _DAY_NS == 0)
    if found.late is not None:
        own &= ~found.late
    with_offset = known & (found.offset != NAIVE)
    if not with_offset.any() or own[known].all():
        return own
    on_wall = _wall(found, with_offset, timezone)
    civil: Array = own & ~with_offset
    civil[with_offset] = on_wall % _DAY_NS == 0
    if found.late is not None:
        civil &= ~found.late
    return civil if civil[known].all() else own


def _drop_hours(found: Written, which: Array, timezone: str) -> None:
    """Make midnights days: readings with an offset that are midnights on the wall alone are days of the wall."""
    on_wall = which & (found.offset != NAIVE) & (found.clock % _DAY_NS != 0)
    if on_wall.any():
        found.clock[on_wall] = _wall(found, on_wall, timezone)
    found.offset[which], found.grain[which] = NAIVE, np.where(found.grain[which] == MONTH, MONTH, DAY)


def _wall(found: Written, which: Array, timezone: str) -> Array:
    """The reading of the clock on the wall, ns, of readings with an offset."""
    utc = found.clock[which] - found.offset[which].astype(np.int64) * 60 * 1_000_000_000
    local = pd.DatetimeIndex(utc.view("datetime64[ns]")).tz_localize("UTC").tz_convert(pandas_zone(timezone))
    return np.asarray(local.tz_localize(None).to_numpy("datetime64[ns]").view(np.int64))

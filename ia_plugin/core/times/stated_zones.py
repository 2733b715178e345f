"""Readings without an offset, in the zone that their column's name or a column beside them states.

A zone that is stated beats the zone asked for; an offset in the value itself beats both. Where a stated word can mean two
clocks (CET in July, EST anywhere) the readings are refused, or read with a warning that says how.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Array
from ..errors import TimeError
from ..texts import shape_of
from .column_zone import may_name_zone, named_offset, named_zone, zone_in_words, zone_note
from .grains import MOMENT, NAIVE, NAT, NO_TIME
from .repeated_hour import localise
from .written import Written, says_no_time
from .zone_words import SEVERAL, Zone, abbreviations, zone_of

_MINUTE_NS = 60 * 1_000_000_000


@dataclass
class ZoneNotes:
    """What there is to say of zones that were stated: words and rows; those of them that ask for a look."""

    counts: list[tuple[str, int]] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)

    def add(self, words: str, rows: int, *, doubtful: bool = False) -> None:
        if rows:
            self.counts.append((words, int(rows)))
            if doubtful:
                self.doubts.add(words)

    def add_unit(self, values: pd.Series, at: int, timezone: str) -> None:
        """Doubt times under a row that says their zone, as a second header does: "UTC"."""
        word = str(values.iloc[at]).strip()
        if word.isalpha() and zone_of(word) is not None:
            words = f"rows say {word} in the column {str(values.name)!r}, whose times were read in {timezone} where it tells no zone"
            self.add(f"{words}: write the zone in its name, as time_{word.lower()}", 1, doubtful=True)


def read_in_stated_zone(
    found: Written,
    names: Sequence[str],
    timezone: str,
    zones: Optional[pd.Series] = None,
    groups: Optional[Array] = None,
) -> ZoneNotes:
    """Give offsets to the readings that have none and whose zone is stated; the others are left to `timezone`.

    Parameters
    ----------
    found : changed in place; where a zone cannot be read the time is bad
    names : of the columns that the readings stand in
    zones : n cells of a column of zones or offsets beside them, under its name
    groups : n labels (the officer), by which the repeated hour of October is told apart

    Raises
    ------
    TimeError
        where a column's name states a zone that the readings cannot all be of, and for a column of zones that holds none.
    """
    notes = ZoneNotes()
    which = (found.grain == MOMENT) & (found.offset == NAIVE)
    if not which.any():
        return notes
    for name in names:
        offset = named_offset(name)
        if offset is not None:
            found.offset[which] = offset
            notes.add(zone_note(name, offset), int(which.sum()))
            return notes
    if zones is not None:
        _by_column(found, which, names[0], zones, timezone, groups, notes)
        return notes
    for name in names:
        zone = named_zone(name)
        if zone is not None:
            _by_name(found, which, name, zone, timezone, groups, notes)
            return notes
        word = may_name_zone(name)
        if word is not None and word not in abbreviations(timezone):
            notes.add(
                f"times of {name!r} are read in {timezone}, though {word} in the column's name may be a zone: if it is, write "
                "its offset there (UTC-05:00) or type the TIMEZONE",
                int(which.sum()),
                doubtful=True,
            )
    return notes


def _by_name(
    found: Written, which: Array, name: str, zone: Zone, timezone: str, groups: Optional[Array], notes: ZoneNotes
) -> None:
    assert zone.civil is not None
    here, there = (_offsets(found, which, place, groups) for place in (timezone, zone.civil))
    if zone.offset is None:
        if zone.civil != timezone:
            found.offset[which] = there
            notes.add(f"times without an offset read in {zone.civil}, as the column's name {name!r} says", len(there))
        return
    other = there != zone.offset
    always = zone_in_words(zone.offset)
    if (here == there).all():
        # The name is of the clock that was asked for: it is the season's name for it.
        notes.add(zone_note(name, zone.offset), int((~other).sum()))
        notes.add(
            f"times of {name!r} are of the part of the year in which the clock of {timezone} is not at {always}, as the "
            f"column's name says, and were read on that clock; if the column keeps {always} all the year, write that in its "
            "name",
            int(other.sum()),
            doubtful=True,
        )
        return
    if other.any():
        at = int(np.flatnonzero(other)[0])
        reading = found.clock[np.flatnonzero(which)[at]]
        first, second = (_hour(reading - m * _MINUTE_NS) for m in (zone.offset, int(there[at])))
        raise TimeError(
            f"{int(other.sum()):,} times of column {name!r} can be of two clocks: {_hour(reading)} is {first} UTC at {always}, as "
            f"the column's name says, or {second} UTC on the clock of {zone.civil} on that day.",
            f"Type TIMEZONE={zone.civil} if it is that clock, or write {always} in the column's name.",
        )
    found.offset[which] = zone.offset
    notes.add(zone_note(name, zone.offset), int(which.sum()))


def _by_column(
    found: Written,
    which: Array,
    name: str,
    zones: pd.Series,
    timezone: str,
    groups: Optional[Array],
    notes: ZoneNotes,
) -> None:
    codes, uniques = pd.factorize(zones)
    words = ["" if says_no_time(str(u)) and str(u).strip() != "-" else str(u).strip() for u in uniques]
    read = [zone_of(w) if w else None for w in words]
    unknown = np.array([bool(w) and z is None for w, z in zip(words, read)] + [False])[codes] & which
    if unknown[which].all():
        _none_known(words, which, name, zones, timezone, notes)
        return
    for k, zone in enumerate(read):
        rows = which & (codes == k)
        if zone is None or not rows.any():
            continue
        there = None if zone.civil is None else _offsets(found, rows, zone.civil, groups)
        if zone.offset is not None and there is not None:
            notes.add(
                f"times of {name!r} are called {words[k]} in {str(zones.name)!r} in the part of the year that has none, and were "
                f"read at {zone_in_words(zone.offset)}",
                int((there != zone.offset).sum()),
                doubtful=True,
            )
        found.offset[rows] = there if zone.offset is None else zone.offset
    notes.add(
        f"times of {name!r} read in the zone that {str(zones.name)!r} gives",
        int((which & (found.offset != NAIVE)).sum()),
    )
    _doubt_signs(found, which & (found.offset != NAIVE), name, zones, timezone, notes)
    blank = which & (found.offset == NAIVE) & ~unknown
    if blank.any():
        found.offset[blank] = _offsets(found, blank, timezone, groups)
        if not blank[which].all():
            notes.add(
                f"times of {name!r} have no zone in {str(zones.name)!r}, and were read in {timezone}",
                int(blank.sum()),
                doubtful=True,
            )
    if unknown.any():
        notes.add(
            f"times of {name!r} have a zone in {str(zones.name)!r} that is not known ({_shown(words, codes, unknown)})",
            int(unknown.sum()),
            doubtful=True,
        )
        found.clock[unknown], found.grain[unknown], found.bad[unknown] = NAT, NO_TIME, True


def _none_known(words: list[str], which: Array, name: str, zones: pd.Series, timezone: str, notes: ZoneNotes) -> None:
    """Of a column of zones that holds none: refused where they are zones of several countries, else told."""
    first = next(w for w in words if w)
    if first.lower() in SEVERAL:
        raise TimeError(
            f"Clocks of several countries are called {first}, as {str(zones.name)!r} says of the times of {name!r}.",
            "Write offsets (-05:00) or names such as America/New_York; or take the column out and type the TIMEZONE.",
        )
    notes.add(
        f"times of {name!r} are read in {timezone}, for the column {str(zones.name)!r} holds no zone that is known "
        f"(first looks like {shape_of(first)!r})",
        int(which.sum()),
        doubtful=True,
    )


def _doubt_signs(found: Written, rows: Array, name: str, zones: pd.Series, timezone: str, notes: ZoneNotes) -> None:
    """Some programs write how far UTC is from the clock, -60 for +01:00."""
    if not rows.any():
        return
    written, civil = found.offset[rows], _offsets(found, rows, timezone, None)
    moved = written != 0
    if moved.any() and (written == -civil).all():
        notes.add(
            f"offsets in {str(zones.name)!r} have the sign opposite to the clock of {timezone}: they were read as hours east of "
            f"UTC, as they are written. If they are hours west, take the column out; {name!r} is then read in the TIMEZONE",
            int(moved.sum()),
            doubtful=True,
        )


def _offsets(found: Written, rows: Array, civil: str, groups: Optional[Array]) -> Array:
    """Minutes east of UTC (int16) of the readings `rows` on the clock of a place."""
    clock = found.clock[rows]
    utc, _ = localise(clock, np.ones(len(clock), dtype=bool), civil, None if groups is None else groups[rows])
    return ((clock - utc) // _MINUTE_NS).astype(np.int16)


def _shown(words: list[str], codes: Array, unknown: Array) -> str:
    word = words[int(codes[np.flatnonzero(unknown)[0]])]
    return f"{word}, which several countries have" if word.lower() in SEVERAL else shape_of(word)


def _hour(ns: int) -> str:
    return f"{pd.Timestamp(int(ns)):%Y-%m-%d %H:%M}"

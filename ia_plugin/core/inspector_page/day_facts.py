"""What a page must know of days to say the same as the core: which have records, how much ground there was, when clocks change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Optional, Union

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..areas import validity
from ..arrays import Ints
from ..events.kinds import NAMES_OF_KINDS
from ..filter_state import FilterState
from ..material.days import civil_days
from ..material.filled_days import last_filled_day
from ..material.records import covered_days, starts_of
from ..material.summary_tables import Material
from ..movement.likely_shares import SCATTER, checked_on_force, default_spread
from ..presence.likely import Z90
from ..times.civil import from_civil, pandas_zone
from .day_slots import Slots, days_since

FINE: dict[str, Optional[tuple[str, ...]]] = {"any": None, "hour": ("hour",), "day": ("hour", "day")}
"""How coarse records may be in time, by name."""
_FAR = 200 * 365 * 86_400 * 10**9  # ns: a moment further off is the end of time

Facts = dict[str, object]
"""What JSON can hold, by name."""

Moment = Optional[list[float]]
"""[number of the civil day, hours since its beginning by the clock]; None for the ends of time."""


def records_by_day(got: Material, slots: Slots) -> Facts:
    """By kind and how fine records are: days that records cover, days on which some begin, as texts of 0 and 1 (day 0 first), and
    when the first begins."""
    period = FilterState(first=slots.base, last=slots.base + timedelta(days=slots.days - 1), timezone=slots.timezone)
    found: Facts = {}
    for kind in NAMES_OF_KINDS:
        if not got.events.has("kind", kind):
            continue
        by_fine = {}
        for name, fine in FINE.items():
            starts = starts_of(got, kind, fine)
            by_fine[name] = {
                "covered": _bits(_numbers(covered_days(got, period, kind, fine), slots.base), slots.days),
                "begin": _bits(days_since(starts, slots.base, slots.timezone), slots.days),
                "first": civil_moment(int(starts.min()), slots) if len(starts) else None,
            }
        found[kind] = by_fine
    return found


def delays_of(got: Material) -> Facts:
    """How late officers' time (``presence``) and the records of each kind come; dates as ISO."""
    last = got.days[1]
    found: Facts = {
        "presence": {"days": 0, "known": last is not None, "filled_to": _iso(last_filled_day(got)), "to": _iso(last), "last_record": _iso(last)}
    }  # fmt: skip
    for kind in NAMES_OF_KINDS:
        delay, starts = got.delays.get(kind), starts_of(got, kind)
        if delay is None and not len(starts):
            continue
        known = delay is not None and delay.known
        end = civil_days(np.array([starts.max()]), FilterState(timezone=got.timezone))[0] if len(starts) else None
        found[kind] = {
            "days": delay.days if delay is not None and known else 0,
            "known": known,
            "filled_to": _iso(delay.filled_to) if delay is not None else None,
            "to": _iso(delay.to) if delay is not None else None,
            "last_record": None if end is None else str(end),
        }
    return found


def ground_of_spans(got: Material, slots: Slots, rows: list[str]) -> list[Facts]:
    """Ground, km², of rows by spans of civil days (``first``, ``last``: numbers, both included; None for no end), all areas that
    come or go do so at midnight."""
    found: list[Facts] = []
    for span in got.ground:
        first, last = civil_moment(span.begin, slots), civil_moment(span.end, slots)
        if (last is not None and last[0] <= 0) or (first is not None and first[0] > slots.days):
            continue
        km2 = {row: span.km2[row] for row in rows if row in span.km2}
        found.append({"first": None if first is None else int(first[0]), "last": None if last is None else int(last[0]) - 1, "km2": km2})  # fmt: skip
    return found


def valid_days(got: Material, areas: pd.DataFrame, slots: Slots) -> list[tuple[Optional[int], Optional[int]]]:
    """First and last number of the days on which each area counts; None for no end."""
    begin, end = validity(areas, got.timezone)
    found = []
    for a, b in zip(begin.tolist(), end.tolist()):
        first, last = civil_moment(a, slots), civil_moment(b, slots)
        found.append((None if first is None else int(first[0]), None if last is None else int(last[0]) - 1))
    return found


def odd_days(slots: Slots) -> dict[str, list[int]]:
    """Civil hours, as they come, of the days on which clocks change, by number: 1 is missing in March and twice there in October."""
    zone = pandas_zone(slots.timezone)
    days = pd.date_range(slots.base, periods=slots.days + 2, freq="D")
    edges = from_civil(days, slots.timezone)
    found = {}
    for i, (begin, end) in enumerate(zip(edges[:-1], edges[1:])):
        if end - begin != pd.Timedelta(24, "h"):
            hours = pd.date_range(begin, end, freq="h", inclusive="left").tz_convert(zone).hour
            found[str(i)] = [int(h) for h in hours]
    return found


def notes_of_days(got: Material, slots: Slots) -> list[Facts]:
    """The notes a board reads: civil moments ``from`` and ``to``, numbers of their days, area and unit ("" for all), and the text."""
    found = []
    for note in got.notes.to_dict("records"):
        begin = _stamp(note["from"])
        end = _stamp(note["to"]) if pd.notna(note.get("to")) else begin
        a, b = civil_moment(begin.value, slots), civil_moment(end.value, slots)
        if a is None or b is None:
            continue
        found.append({"from": a, "to": b, "day": int(a[0]), "last_day": int(b[0]), "area": _word(note, "area_id"), "unit": _word(note, "unit"), "text": str(note["text"])})  # fmt: skip
    return found


def spread_facts(got: Material) -> Facts:
    """The numbers that ranges of shares by mode are made of, and whether the model was checked on the force's own officers."""
    parts = {n: v for n, v in asdict(got.share_spread or default_spread()).items() if n != "provenance"}
    return {**parts, "scatter": SCATTER, "z90": Z90, "checked_on_force": checked_on_force(got.share_spread)}


def civil_moment(moment: int, slots: Slots) -> Moment:
    """A moment (ns) as the number of its civil day and the hours of its clock; None for the ends of time."""
    if abs(moment) > _FAR:
        return None
    local = pd.Timestamp(moment, tz="UTC").tz_convert(pandas_zone(slots.timezone)).tz_localize(None)
    day = local.normalize()
    return [float((day - pd.Timestamp(slots.base)).days), (local - day) / pd.Timedelta(1, "h")]


def _numbers(days: NDArray[np.datetime64], base: date) -> Ints:
    return np.asarray((days - np.datetime64(base, "D")).astype(np.int64))


def _bits(days: Ints, size: int) -> str:
    some = np.zeros(size, dtype=np.int64)
    some[days[(days >= 0) & (days < size)]] = 1
    return "".join(map(str, some))


def _stamp(moment: Union[pd.Timestamp, str]) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    return stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp


def _word(note: Mapping[Hashable, object], column: str) -> str:
    value = note.get(column)
    return value if isinstance(value, str) else ""


def _iso(day: Optional[date]) -> Optional[str]:
    return day.isoformat() if day is not None else None


__all__ = [
    "Facts",
    "civil_moment",
    "delays_of",
    "ground_of_spans",
    "notes_of_days",
    "odd_days",
    "records_by_day",
    "spread_facts",
    "valid_days",
]

"""The schedule of a trial: which areas are to be visited on which operational days, drawn by lot before the first of them.

Each day a fixed number of areas is drawn afresh, by the hash of seed, day and area: the same seed, days and areas give the same
schedule on every machine and with every version of every library. It tells of areas, never of officers.

>>> from datetime import date
>>> plan = ScheduleParams(first_day="2024-06-03", last_day="2024-06-09", areas_per_day=1)
>>> areas = pd.DataFrame({"area_id": ["a", "b", "c"], "name": ["Market", "Station", "Park"]})
>>> drawn = draw_schedule(areas, plan, seed=7, at=pd.Timestamp("2024-05-30T09:00Z"))
>>> [str(areas["name"][i]) for i in drawn.drawn.argmax(axis=1)]
['Market', 'Market', 'Market', 'Park', 'Station', 'Market', 'Market']
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from ..area_names import distinct_names
from ..arrays import Bools
from ..columns import TRIAL_DAYS, require
from ..errors import AreaError, DataRangeError, ParameterError
from ..params import ScheduleParams
from ..texts import texts
from ..times.civil import from_civil
from ..words import count_of
from .day_window import window_of

DAY_BEGINS = 6
"""Civil hour at which an operational day begins; it ends at 05:59 of the next civil day, after 23, 24 or 25 hours."""
LONGEST_DAYS = 731
MOST_PRIMARY = 3
_TRUE, _FALSE = ("1", "true", "t", "yes"), ("0", "false", "f", "no")


@dataclass(frozen=True, eq=False)
class Schedule:
    """What was drawn.

    Attributes
    ----------
    days : consecutive operational days, by the civil day on which each begins
    areas, names : ids of the areas, in their order as texts, and their names
    drawn : (days, areas)
    seed, per_day, timezone : what it was drawn by
    drawn_at : when, UTC
    outcomes : what is counted, declared before the first day
    visit_minutes : length of the visit that is planned in a drawn area
    most_drained : per cent of officer time that undrawn areas may lose before no effect is stated
    mark : hash of all of this, as it stands in the schedule
    """

    days: tuple[date, ...]
    areas: tuple[str, ...]
    names: tuple[str, ...]
    drawn: Bools
    seed: int
    per_day: int
    timezone: str
    drawn_at: pd.Timestamp
    outcomes: tuple[str, ...]
    visit_minutes: float
    most_drained: float
    mark: str = ""

    @property
    def begins(self) -> pd.DatetimeIndex:
        """The moment (UTC) at which each day begins."""
        return starts_of_days(self.days, self.timezone)

    def own_mark(self) -> str:
        """The hash of what the schedule says; names are no part of it, for areas may be renamed."""
        facts = [
            self.seed,
            self.per_day,
            self.timezone,
            int(self.drawn_at.timestamp()),
            list(self.outcomes),
            self.visit_minutes,
            self.most_drained,
        ]
        rows = [[str(d), *(a for a, yes in zip(self.areas, row) if yes)] for d, row in zip(self.days, self.drawn)]
        return hashlib.sha256(json.dumps([facts, list(self.areas), rows]).encode()).hexdigest()

    def table(self) -> pd.DataFrame:
        """The table `trial_days`: a row for each day and area."""
        n, m = self.drawn.shape
        day = np.repeat(np.arange(n), m)
        return pd.DataFrame(
            {
                "schedule": self.mark[:12],
                "day": np.array([str(d) for d in self.days], dtype=object)[day],
                "begins": self.begins[day],
                "area_id": np.tile(np.array(self.areas, dtype=object), n),
                "name": np.tile(np.array(self.names, dtype=object), n),
                "drawn": self.drawn.ravel(),
                "areas_per_day": self.per_day,
                "visit_minutes": float(self.visit_minutes),
                "most_drained": float(self.most_drained),
                "outcomes": ", ".join(self.outcomes),
                "seed": self.seed,
                "timezone": self.timezone,
                "drawn_at": self.drawn_at,
                "hash": self.mark,
            }
        )

    def why_altered(self) -> str:
        """How the schedule differs from the one that was drawn, as a sentence; "" where it does not."""
        again = _drawn(self.seed, self.days, self.areas, self.per_day)
        wrong = int((again != self.drawn).sum())
        if wrong:
            return (
                f"The schedule is not the one that its seed draws: {count_of(wrong, 'rows')} of areas and days differ."
            )
        if self.mark != self.own_mark():
            return "The schedule is not the one that was drawn: its hash belongs to another one."
        late = self.drawn_at >= self.begins[0]
        return "The schedule was drawn after its first day had begun." if late else ""


def starts_of_days(days: Sequence[date], timezone: str) -> pd.DatetimeIndex:
    """The moments (UTC) at which operational days begin.

    >>> starts_of_days([date(2024, 3, 30), date(2024, 3, 31), date(2024, 4, 1)], "Europe/London").strftime("%d %H:%M").tolist()
    ['30 06:00', '31 05:00', '01 05:00']
    """
    wall = pd.DatetimeIndex(pd.to_datetime(list(map(str, days)))) + pd.Timedelta(hours=DAY_BEGINS)
    return from_civil(wall, timezone)


def draw_schedule(areas: pd.DataFrame, params: ScheduleParams, *, seed: int, at: pd.Timestamp) -> Schedule:
    """Draw the areas of each day.

    Parameters
    ----------
    areas : with ``area_id`` and ``name``
    params : ScheduleParams; its `seed` is not looked at
    seed : of the draw
    at : the moment of the draw

    Raises
    ------
    ParameterError
        for days that have begun or are too many, or as many areas a day as there are.
    AreaError
        for fewer than two areas, or an id twice.
    """
    require(areas, ("area_id",), "areas")
    ids = areas["area_id"].astype(str)
    if ids.duplicated().any():
        raise AreaError(f"The area id {ids[ids.duplicated()].iloc[0]!r} stands there twice.", "Give each area one id.")
    days = _days(params)
    per_day = params.areas_per_day or len(ids) // 2
    if len(ids) < 2:
        raise AreaError(
            f"A trial of {count_of(len(ids), 'areas')} has nothing to draw from.",
            "Give two areas at the least; ten and more are better.",
        )
    if per_day >= len(ids):
        raise ParameterError(
            f"areas_per_day = {per_day} of {count_of(len(ids), 'areas')}: every area would be drawn every day, so that nothing would be undrawn.",
            f"Give at most {len(ids) - 1}; about half of them tells most.",
        )
    begins = starts_of_days(days[:1], params.timezone)[0]
    if at >= begins:
        raise ParameterError(
            f"The first day, {days[0]}, has begun: a schedule is drawn before it.",
            "Give a first day that begins later than now, at 06:00.",
        )
    order = np.argsort(ids.to_numpy(dtype=object))
    named = areas["name"].where(areas["name"].notna(), ids).astype(str) if "name" in areas.columns else ids
    sorted_ids, names = (tuple(map(str, t.to_numpy(dtype=object)[order])) for t in (ids, named))
    names = tuple(distinct_names(sorted_ids, names))
    drawn = _drawn(seed, days, sorted_ids, per_day)
    facts = (seed, per_day, params.timezone, at, outcomes_declared(params.outcomes))
    limits = (float(params.visit_minutes), float(params.most_drained))
    made = Schedule(days, sorted_ids, names, drawn, *facts, *limits)
    return Schedule(days, sorted_ids, names, drawn, *facts, *limits, mark=made.own_mark())


def outcomes_declared(text: str) -> tuple[str, ...]:
    """The outcomes of a text with commas, each once.

    Raises
    ------
    ParameterError
        for none, or more than three.
    """
    found = tuple(dict.fromkeys(w.strip() for w in text.split(",") if w.strip()))
    if not 0 < len(found) <= MOST_PRIMARY:
        raise ParameterError(
            f"{len(found)} outcomes are declared.", f"Declare one to {MOST_PRIMARY}, such as: burglary, vehicle crime."
        )
    return found


def schedule_of_table(table: pd.DataFrame) -> Schedule:
    """The schedule that a table `trial_days` holds; whether it was altered is another question (:meth:`Schedule.why_altered`).

    Raises
    ------
    ColumnError
        for a table without its columns.
    DataRangeError
        for several schedules in one table, days or areas that are missing, or a value that no schedule has.
    """
    require(table, TRIAL_DAYS.names, "schedule")
    if not len(table):
        raise DataRangeError("The schedule is empty.", "Give the table that Trial wrote when it was drawn.")
    one = table.iloc[0]
    for name in ("hash", "seed", "areas_per_day", "timezone", "drawn_at", "outcomes", "visit_minutes", "most_drained"):
        if table[name].astype(str).nunique() > 1:
            raise DataRangeError(
                f"The rows of the schedule differ in {name}: they are of several schedules.", "Give one schedule alone."
            )
    rows = pd.DataFrame({"day": texts(table["day"]).str.slice(0, 10), "area": texts(table["area_id"])})
    rows["drawn"], rows["name"] = _truths(table["drawn"]), table["name"].astype(str).to_numpy()
    days = _read_days(rows["day"])
    areas = tuple(sorted(rows["area"].unique()))
    whole = [str(days[0] + timedelta(days=i)) for i in range((days[-1] - days[0]).days + 1)]
    if len(rows) != len(whole) * len(areas) or rows.duplicated(["day", "area"]).any():
        lacking = sorted(set(whole) - set(rows["day"]))
        which = f"the day {lacking[0]} is missing" if lacking else "not every day has every area once"
        raise DataRangeError(f"The schedule is not whole: {which}.", "Give all rows as they were drawn.")
    grid = rows.pivot(index="day", columns="area", values="drawn").loc[whole, list(areas)]
    names = rows.drop_duplicates("area").set_index("area")["name"]
    return Schedule(
        tuple(map(date.fromisoformat, whole)), areas, tuple(names[a] for a in areas), grid.to_numpy(dtype=bool), int(float(one["seed"])),
        int(float(one["areas_per_day"])), str(one["timezone"]), _moment(one["drawn_at"]), outcomes_declared(str(one["outcomes"])),
        float(one["visit_minutes"]), float(one["most_drained"]), str(one["hash"]),
    )  # fmt: skip


# --- parts ------------------------------------------------------------------------------------------------------------


def _drawn(seed: int, days: Sequence[date], areas: Sequence[str], per_day: int) -> Bools:
    """(days, areas): the areas whose hash with seed and day is among the first."""
    out = np.zeros((len(days), len(areas)), dtype=bool)
    for row, day in zip(out, days):
        keys = [hashlib.sha256(json.dumps([seed, str(day), area]).encode()).hexdigest() for area in areas]
        row[sorted(range(len(areas)), key=keys.__getitem__)[:per_day]] = True
    return out


def _days(params: ScheduleParams) -> tuple[date, ...]:
    window = window_of(params.first_day, params.last_day, ("first_day", "last_day"))
    if window is None:
        raise ParameterError("The days of the trial were not given.", "Give first_day and last_day, as YYYY-MM-DD.")
    n = (window.last - window.first).days + 1
    if not 2 <= n <= LONGEST_DAYS:
        raise ParameterError(
            f"A trial of {count_of(n, 'days')} cannot be drawn.",
            f"Give 2 to {LONGEST_DAYS} days; eight weeks and more are better.",
        )
    return tuple(window.first + timedelta(days=i) for i in range(n))


def _truths(column: pd.Series) -> Bools:
    words = texts(column).str.strip().str.lower().str.replace(r"\.0$", "", regex=True)
    unknown = ~words.isin(_TRUE + _FALSE)
    if unknown.any():
        raise DataRangeError(
            f"Whether an area was drawn is not told in {count_of(int(unknown.sum()), 'rows')}.",
            "Give true or false in the column drawn.",
        )
    out: Bools = words.isin(_TRUE).to_numpy(dtype=bool)
    return out


def _moment(value: object) -> pd.Timestamp:
    moment = pd.Timestamp(value)
    return moment.tz_localize("UTC") if moment.tzinfo is None else moment.tz_convert("UTC")


def _read_days(column: pd.Series) -> list[date]:
    try:
        return sorted(date.fromisoformat(t) for t in column.unique())
    except ValueError:
        raise DataRangeError(
            "A day of the schedule is no day.", "Give days as YYYY-MM-DD, as they were drawn."
        ) from None


__all__ = ["DAY_BEGINS", "Schedule", "draw_schedule", "outcomes_declared", "schedule_of_table", "starts_of_days"]

"""Events before and after in areas and their rings: in all, by hour and day next to an activity, and by neighbouring type."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pandas as pd

from ..area_names import distinct_names, names_of
from ..areas import points_in_areas
from ..arrays import Bools, Floats, Ints
from ..columns import require
from ..errors import ColumnError, DataRangeError, ParameterError, TimeError
from ..events.area_events import current_events
from ..events.sensitive import is_sensitive
from ..events.squares import sides_of
from ..imports.text_form import plain
from ..texts import texts
from ..times.civil import pandas_zone
from ..times.instants import nanoseconds
from ..words import counted, number, share, so_many
from .caveats import in_a_list
from .displacement_ground import Ground, checked_distances, widths
from .displacement_plan import Plan

HOUR_NS = 3_600_000_000_000
DAY_NS = 24 * HOUR_NS
LEAST_TO_TELL = 30  # events, by which the first and the last day of data are known
LEAST_COVERED = 0.90
MOST = 1e9  # of a count
SNAPPED_M = 250.0
MAIN = "main"
TABLE_COLUMNS = ("area_id", "role", "before", "after")
FINE = {"day": ("minute", "hour", "day"), "hour": ("minute", "hour")}
_PLURALS = {"crime": "recorded crimes", "incident": "incidents", "stop_search": "stops and searches"}


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts beside the rows of a ground's table.

    Attributes
    ----------
    ground : areas and rings; of a table of counts without geometry
    before, after : (rows,) by what is counted: ``main``, ``hours``, ``days`` next to those of the activity, ``type:…`` a
        neighbouring type, ``harm:…`` a type with a weight
    outcome : the main count in words, in the plural
    police_generated : whether officers themselves make most of these records
    snapped_m : the narrowest ring, where points are snapped to anchors and it is too narrow for them; NaN otherwise
    sensitive : whether sexual or domestic offences are among them, which the public is told of roles only
    notes : sentences about what was counted and what was not
    """

    ground: Ground
    before: dict[str, Floats]
    after: dict[str, Floats]
    outcome: str
    police_generated: bool = False
    snapped_m: float = math.nan
    sensitive: bool = False
    notes: tuple[str, ...] = field(default=())


def count_around(events: pd.DataFrame, ground: Ground, plan: Plan) -> Counts:
    """Count events by the start of their windows.

    Parameters
    ----------
    events : the events table, metres; withdrawn versions and events without a place take no part
    ground : areas and rings

    Raises
    ------
    TimeError
        where events tell their time too coarsely for the hours, days or windows asked.
    ParameterError
        for a type that no event has.
    """
    require(events, ("event_id", "kind", "category", "start", "end", "time_precision", "x", "y"), "events")
    current = current_events(events, None, plan.timezone)
    main, what, police = _chosen(current, plan.outcome)
    start = nanoseconds(current["start"])
    when = [_within(start, plan.moments(w)) for w in (plan.before, plan.after)]
    asked = main | np.any(
        [_chosen(current, (n,))[0] for n in (*plan.neighbours, *dict(plan.weights))] or [~main & False], axis=0
    )
    uncovered = _uncovered(current, plan)
    some = (when[0] | when[1]) & asked
    current, start, main = current[some], start[some], main[some]
    when = [w[some] for w in when]
    _refuse_coarse(current, plan)
    placed = current["x"].notna().to_numpy() & current["y"].notna().to_numpy()
    wide = sides_of(current) > float(widths(ground).min())
    usable = placed & ~wide
    notes = [counted(int(n.sum()), t) for n, t in ((~placed, "events without a place take no part"), (wide & placed, "events known to a square wider than a ring take no part")) if n.any()]  # fmt: skip
    notes += uncovered
    hour, day, vague = _clock(current, plan)
    if vague.any():
        notes.append(counted(int(vague.sum()), "events with a window of over an hour have no hour and take no part"))
    usable &= ~vague
    row = _rows(current, usable, ground)
    inside = row >= 0
    parts = _parts(current, plan, main, hour, day)
    size = len(ground.table)
    sums = [
        {name: np.bincount(row[inside & w & part], minlength=size).astype(np.float64) for name, part in parts.items()}
        for w in when
    ]
    snapped = _snapped(current, inside & main, ground)
    by_police = float((police[some] & main & inside).sum()) / max(1, int((main & inside).sum()))
    sensitive = any(is_sensitive(c) for c in current.loc[main, "category"].dropna().unique())
    return Counts(ground, sums[0], sums[1], what, by_police > 0.5, snapped, sensitive, tuple(notes))


def counts_of_table(table: pd.DataFrame, outcome: str = "") -> Counts:
    """Counts that others have made, as :class:`Counts` without geometry.

    Parameters
    ----------
    table : ``area_id, role, before, after`` and, for rings, ``band_m``: the outer distance, 0 or empty for the area itself;
        ``name`` and ``km2`` where known

    Raises
    ------
    ColumnError, DataRangeError
        for columns that lack, counts that are none, and a place that has two rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"area_id": ["a", "b"], "role": ["impact", "comparison"], "before": [20, 30], "after": [10, 30]})
    >>> counts_of_table(rows, "burglaries").before["main"].tolist()
    [20.0, 30.0]
    """
    lacking = [c for c in TABLE_COLUMNS if c not in table.columns]
    if lacking:
        raise ColumnError(
            f"The table of counts has no column {in_a_list(lacking)}.",
            f"It needs {', '.join(TABLE_COLUMNS)}; for rings band_m too.",
        )
    if not len(table):
        raise DataRangeError(
            "The table of counts has no rows.", "Give a row for each area, and one for each of its rings."
        )
    rows = pd.DataFrame(
        {"area_id": texts(table["area_id"]), "role": texts(table["role"]).map(lambda r: r.strip().lower())}
    )
    rows["band_m"] = _bands(table["band_m"]) if "band_m" in table.columns else 0.0
    rows["km2"] = pd.to_numeric(table["km2"], errors="coerce") if "km2" in table.columns else np.nan
    names = names_of(table["name"], rows["area_id"]) if "name" in table.columns else rows["area_id"]
    rows["name"] = distinct_names(rows["area_id"], names)
    found = [
        pd.to_numeric(table[c], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        for c in ("before", "after")
    ]
    if not all(((v >= 0) & (v <= MOST)).all() for v in found):
        raise DataRangeError(
            f"A count before or after is missing, below zero or above {number(MOST)}.",
            "Give a number from 0 on in each row.",
        )
    twice = rows.duplicated(["area_id", "band_m"])
    if twice.any():
        raise DataRangeError(
            f"Area {rows.loc[twice, 'area_id'].iloc[0]!r} has two rows for one distance.",
            "Give each place once: add them up.",
        )
    keep = rows["role"].isin(["impact", "comparison"]).to_numpy()
    bands = sorted(set(rows.loc[keep & (rows["band_m"] > 0).to_numpy(), "band_m"]))
    if bands:
        checked_distances(bands)
    inner = dict(zip(bands, [0.0, *bands[:-1]]))
    rows["from_m"] = rows["band_m"].map(inner).fillna(0.0)
    ground = Ground(rows[keep].reset_index(drop=True), tuple(bands), (), 0.0, int((~keep).sum()))
    return Counts(ground, {MAIN: found[0][keep]}, {MAIN: found[1][keep]}, outcome or "events")


def _bands(column: pd.Series) -> pd.Series:
    """Outer distances; 0 where none is given. What is there and no distance is no ring, and not the area itself either."""
    found = pd.to_numeric(column, errors="coerce").astype(np.float64)
    blank = texts(column).str.strip() == ""
    wrong = int((~blank & ~(found >= 0)).sum())
    if wrong:
        raise DataRangeError(
            f"band_m is no distance in {so_many(wrong, 'rows')}.",
            "Give metres as a number, such as 250; 0 or nothing for the area itself.",
        )
    return found.fillna(0.0)


# --- what is counted --------------------------------------------------------------------------------------------------


def _chosen(events: pd.DataFrame, words: tuple[str, ...]) -> tuple[Bools, str, Bools]:
    """Which events are of the types named, in words, and which of all are made by officers."""
    kinds = events["kind"].astype(object)
    maker = (
        events["generated_by"]
        if "generated_by" in events.columns
        else pd.Series(None, index=events.index, dtype=object)
    )
    police = (maker == "police").to_numpy(dtype=bool) | (kinds == "stop_search").to_numpy(dtype=bool)
    if not words:
        types = events["key_type"].dropna().unique() if "key_type" in events.columns else []
        if len(types) == 1 and events["key_type"].notna().all():
            return np.ones(len(events), dtype=bool), f"records of {types[0]}", police
        there = [k for k in _PLURALS if (kinds == k).any()]
        return np.ones(len(events), dtype=bool), _PLURALS[there[0]] if len(there) == 1 else "events", police
    columns = [c for c in ("key_type", "category", "kind") if c in events.columns]
    chosen = np.zeros(len(events), dtype=bool)
    for word in words:
        found = np.zeros(len(events), dtype=bool)
        for column in columns:
            codes, uniques = pd.factorize(events[column])
            same = np.array([plain(u) == plain(word) for u in uniques] + [False], dtype=bool)
            found = same[codes]
            if found.any():
                break
        if not found.any() and len(events):
            have = sorted({str(v) for c in columns for v in events[c].dropna().unique()})
            raise ParameterError(f"No event is of the type {word!r}.", f"The layer has: {', '.join(have[:20])}.")
        chosen |= found
    if len(words) == 1 and words[0].strip().lower() in _PLURALS:
        return chosen, _PLURALS[words[0].strip().lower()], police
    return chosen, f"records of {' or '.join(words)}", police


def _parts(events: pd.DataFrame, plan: Plan, main: Bools, hour: Ints, day: Ints) -> dict[str, Bools]:
    """Which events belong to each count."""
    in_hours = np.isin(hour, list(plan.hours)) if plan.hours is not None else np.ones(len(events), dtype=bool)
    on_days = np.isin(day, list(plan.days)) if plan.days is not None else np.ones(len(events), dtype=bool)
    parts = {MAIN: main & in_hours & on_days}
    if plan.hours is not None:
        parts["hours"] = main & np.isin(hour, list(plan.next_hours)) & on_days
    if plan.days is not None:
        parts["days"] = main & in_hours & np.isin(day, list(plan.next_days))
    for name in plan.neighbours:
        parts[f"type:{name}"] = _chosen(events, (name,))[0] & ~main & in_hours & on_days if len(events) else main
    for name, _ in plan.weights:
        parts[f"harm:{name}"] = _chosen(events, (name,))[0] & in_hours & on_days if len(events) else main
    return parts


def _clock(events: pd.DataFrame, plan: Plan) -> tuple[Ints, Ints, Bools]:
    """Civil hour and weekday of each event, and which have no hour though hours are asked."""
    civil = pd.DatetimeIndex(pd.to_datetime(events["start"], utc=True)).tz_convert(pandas_zone(plan.timezone))
    span = nanoseconds(events["end"]) - nanoseconds(events["start"])
    vague = (span > HOUR_NS) if plan.hours is not None else np.zeros(len(events), dtype=bool)
    return (
        np.asarray(civil.hour, dtype=np.int64),
        np.asarray(civil.day_of_week, dtype=np.int64),
        np.asarray(vague, dtype=bool),
    )


def _refuse_coarse(events: pd.DataFrame, plan: Plan) -> None:
    """Refuse hours of events known to the day, days of those known to the month, and windows that cut months."""
    precision = events["time_precision"].astype(object)
    asked: Optional[str] = "hour" if plan.hours is not None else "day" if plan.days is not None else None
    if asked:
        coarse = (~precision.isin(FINE[asked])).to_numpy()
        if coarse.any():
            worst = "month" if (precision == "month").any() else str(precision[coarse].iloc[0])
            raise TimeError(
                f"{so_many(int(coarse.sum()), 'events')} of {len(events):,} tell the {worst} only, so they have no {asked}.",
                f"Leave {asked.upper()}S empty, or leave these events out.",
            )
    monthly = int((precision == "month").sum())
    if monthly and not plan.whole_months:
        raise TimeError(
            f"{so_many(monthly, 'events')} of {len(events):,} tell the month only, and the windows cut months.",
            "Let both windows begin on the first and end on the last day of a month.",
        )


def _uncovered(events: pd.DataFrame, plan: Plan) -> list[str]:
    """Sentences where all events together begin too late, or end too early, for a window: nobody knows what happened there then."""
    if len(events) < LEAST_TO_TELL:
        return []
    first, last = int(nanoseconds(events["start"]).min()), int(nanoseconds(events["end"]).max())
    found = []
    for name, window in (("before", plan.before), ("after", plan.after)):
        begin, end = plan.moments(window)
        covered = max(0, min(end, last + DAY_NS) - max(begin, first - DAY_NS)) / (end - begin)
        if covered < LEAST_COVERED:
            found.append(
                f"The events cover {share(100 * covered)} of the time {name} only. That falls on both groups of areas alike, if their records began and "
                "ended alike: find out, or choose days that the data cover."
            )
    return found


def _within(moments: Ints, window: tuple[int, int]) -> Bools:
    return np.asarray((moments >= window[0]) & (moments < window[1]))


def _rows(events: pd.DataFrame, usable: Bools, ground: Ground) -> Ints:
    """Row of the ground's table that each event lies in; −1 for none."""
    row = np.full(len(events), -1, dtype=np.int64)
    some = np.flatnonzero(usable)
    if len(some):
        x, y = (events[c].to_numpy(dtype=np.float64)[some] for c in ("x", "y"))
        # Areas before rings: a sliver that two areas share counts once.
        at, where = points_in_areas(x, y, ground.table)
        order = np.lexsort((where, ground.table["band_m"].to_numpy()[where], at))
        at, where = at[order], where[order]
        first = np.r_[True, at[1:] != at[:-1]] if len(at) else np.empty(0, dtype=bool)
        row[some[at[first]]] = where[first]
    return row


def _snapped(events: pd.DataFrame, which: Bools, ground: Ground) -> float:
    """The narrowest ring, where it is too narrow for the points in it, which lie on anchors; NaN otherwise."""
    if "location_precision" not in events.columns or not len(ground.bands_m):
        return math.nan
    narrowest = float(widths(ground).min())
    snapped = (events["location_precision"] == "snapped").to_numpy(dtype=bool)
    return narrowest if narrowest < SNAPPED_M and (snapped & which).any() else math.nan


__all__ = ["MAIN", "Counts", "count_around", "counts_of_table"]

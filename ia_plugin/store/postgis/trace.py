"""Looks behind the figures of a shared store: each is asked for with its purpose, and committed, before it is read."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.columns import TABLES
from ...core.errors import StoreError
from ...core.filter_state import FilterState
from ...core.journey import COLUMNS, GAP, LAST, REPORTED, Journey, linked, reports_shown
from ...core.sentence import phrase
from ...core.times.civil import pandas_zone
from ..journeys import with_sources
from ..look import refuse_no_look, refuse_purpose
from ..trace import MOST, WITHOUT, Trace, VisitReports, of_hours
from .asked import asked_rows, read_reports
from .home import PostgisStore

_MOMENT, _NUMBER, _WHOLE, _SHORT, _TEXT = "timestamptz", "float8", "int8", "int2", "text"
_LOCAL = {"local_hour": _SHORT, "local_weekday": _SHORT}
_VISITS = {
    "visit_id": _WHOLE, "area_id": _TEXT, "officer_day": _TEXT, "track_id": _WHOLE, "enter": _MOMENT, "leave": _MOMENT, "seconds": _NUMBER,
    "seconds_low": _NUMBER, "seconds_high": _NUMBER, "seconds_sd": _NUMBER, "seconds_foot": _NUMBER, "seconds_vehicle": _NUMBER,
    "seconds_stationary": _NUMBER, **_LOCAL,
}  # fmt: skip
_LEGS = {
    "leg_id": _WHOLE, "track_id": _WHOLE, "start": _MOMENT, "end": _MOMENT, "duration_s": _NUMBER, "distance_m": _NUMBER, "speed_kmh": _NUMBER,
    "over_speed": "bool", "accuracy0_m": _NUMBER, "accuracy1_m": _NUMBER, "p_foot": _NUMBER, "p_vehicle": _NUMBER, "p_stationary": _NUMBER,
    "p_bicycle": _NUMBER, "mode": _TEXT, "confidence": _NUMBER, "unit": _TEXT, "resource_type": _TEXT, **_LOCAL, "geom": "geometry",
}  # fmt: skip


@dataclass(frozen=True)
class _Asked:
    """A look at an officer's movement that is recorded: its number, its civil day, its reports with ``link`` and ``seconds``, and what is told of them."""

    number: int
    day: str
    timezone: str
    fixes: pd.DataFrame
    left_out: int
    any_sites: bool
    before: bool
    after: bool


class SharedTracer:
    """Looks behind the figures of a shared store for one purpose, as :class:`~ia_plugin.store.trace.Tracer` does in a folder.

    Labels of officer-days are the database's own, by which they are also asked for in SQL.
    """

    path = None  # nothing of the store lies in a file

    def __init__(self, target: str, purpose: str, *, version: str) -> None:
        refuse_purpose(purpose)
        refuse_no_look(target, WITHOUT)
        self._target, self.purpose, self._version = target, purpose, version
        self._entered: dict[int, pd.Series] = {}  # visits that were listed: when, and the label of their officer-day

    def opened(self, what: str, *, at: pd.Timestamp) -> None:
        """Refused: all movement at once is shown to nobody who logs in here."""
        raise StoreError(
            phrase("A shared store has no layers of all movement."),
            phrase("Open an officer-day behind a figure: from then on ia_journeys has its fixes and legs as layers for an hour."),
        )  # fmt: skip

    def visits(self, state: FilterState, areas: tuple[str, ...], *, at: pd.Timestamp) -> Trace:
        """Visits that a filter keeps in some areas, by the hour of their entry."""
        edges = [None if e is None else pd.Timestamp(e).isoformat() for e in state.edges()]
        groups = {name: list(values) for name, values in state.groups.items() if name in ("unit", "resource_type")}
        asked = [list(areas), *edges, json.dumps(groups), json.dumps(state.as_dict(), default=str), self.purpose, self._version]  # fmt: skip
        with PostgisStore(self._target) as shared:
            sql = "SELECT ia_journeys.ask_visits(%s::text[], %s::timestamptz, %s::timestamptz, %s::jsonb, %s::jsonb, %s, %s)"
            number = int(shared.db.execute(sql, asked)[0][0])
            table = asked_rows(shared, "visits", [number], _VISITS, TABLES["visits"])
        table = of_hours(table, state)
        shown = table.head(MOST)
        self._entered.update({int(row["visit_id"]): row for _, row in shown.iterrows()})
        return Trace(shown, len(table))

    def behind(self, visit_id: int, *, at: pd.Timestamp) -> VisitReports:
        """Legs and fixes of one visit of a list that was shown within the hour; the server leaves rests out that may be at home."""
        with PostgisStore(self._target) as shared:
            asked = self._ask(shared, visit_id, whole_day=False)
            legs = asked_rows(shared, "visit_legs", [asked.number], _LEGS, TABLES["legs"])
        return VisitReports(legs, asked.fixes, asked.left_out)

    def journey(self, visit_id: int, *, at: pd.Timestamp) -> Journey:
        """The officer-day that a visit of such a list belongs to."""
        with PostgisStore(self._target) as shared:
            asked = self._ask(shared, visit_id, whole_day=True)
        label = str(self._entered[int(visit_id)]["officer_day"])
        shown = reports_shown(asked.fixes).assign(seconds=asked.fixes["seconds"])[[*COLUMNS]]
        return Journey(
            label, asked.day, asked.timezone, shown, asked.left_out, asked.any_sites, asked.before, asked.after
        )

    def _ask(self, shared: PostgisStore, visit_id: int, *, whole_day: bool) -> _Asked:
        """Record a look at a visit's officer-day, then read what it shows."""
        visit = self._entered.get(int(visit_id))
        if visit is None:
            raise StoreError("The visit is not in the store any more.", "Refresh the list.")
        asked = (int(visit_id), visit["enter"].isoformat(), whole_day, self.purpose, self._version)
        sql = "SELECT ia_journeys.ask_visit(%s::bigint, %s::timestamptz, %s, %s, %s)"
        number = int(shared.db.execute(sql, asked)[0][0])
        fixes, names = read_reports(shared, number)
        facts = shared.db.execute("SELECT * FROM ia_journeys.look_facts(%s)", (number,))[0]
        day = f"{visit['enter'].tz_convert(pandas_zone(shared.timezone)):%Y-%m-%d}"
        return _Asked(
            number, day, shared.timezone, _linked(with_sources(fixes, names)), int(facts[0]), *map(bool, facts[1:])
        )


def _linked(fixes: pd.DataFrame) -> pd.DataFrame:
    """Reports as the server shows them, with what joins each to the next; no line joins one without a position."""
    placed = fixes["x"].notna()
    some = fixes[placed].reset_index(drop=True)
    some = some.assign(link=np.where(some["joined"], REPORTED, GAP))
    some = linked(some, some["skipped"].to_numpy(dtype=bool))
    bare = fixes[~placed].assign(link=LAST, seconds=np.nan)
    rows = pd.concat([some, bare], ignore_index=True) if len(bare) else some
    return rows.sort_values("time", kind="stable").reset_index(drop=True).drop(columns=["joined", "skipped"])


__all__ = ["SharedTracer"]

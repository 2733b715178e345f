"""From a figure back to what stands behind it: visits, their legs and fixes. Each opening is recorded before it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Union

import numpy as np
import pandas as pd

from ..core.errors import StoreError
from ..core.filter_state import FilterState
from ..core.journey import Journey, of_stay
from ..core.material.summary_tables import kept_moments
from ..core.privacy import officer_day, one_off_key
from ..core.sentence import phrase
from ..core.times.civil import pandas_zone
from ..core.times.instants import nanoseconds
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, run_row
from .intents import finish
from .journeys import open_journey, reports_about
from .local_time import zone_of
from .look import refuse_no_look, refuse_purpose
from .repeated_looks import record_look
from .store import RESTRICTED

MOST = 2_000  # visits shown at once
WITHOUT = phrase("do without the trace")


@dataclass(frozen=True)
class Trace:
    """Visits behind a figure.

    Attributes
    ----------
    visits : ``visit_id, area_id, officer_day, enter, leave, seconds`` and its spread, the latest first
    found : how many there are; more than are shown where there are many
    """

    visits: pd.DataFrame
    found: int


class VisitReports(NamedTuple):
    """What is behind a visit.

    Attributes
    ----------
    legs, fixes : by time; ``link`` of a fix says what joins it to the next one shown, ``source`` its file, line and the source's own id
    left_out : reports of rests that may be at home, and of the way to them
    """

    legs: pd.DataFrame
    fixes: pd.DataFrame
    left_out: int


def of_hours(visits: pd.DataFrame, state: FilterState) -> pd.DataFrame:
    """Visits that a filter of days, weekdays and hours keeps, by the hour of their entry."""
    if not len(visits):
        return visits
    hours = nanoseconds(visits["enter"]) // 3_600_000_000_000 * 3_600_000_000_000
    return visits[kept_moments(hours, state)].reset_index(drop=True)


class Tracer:
    """Looks into the restricted store for one purpose, held for the session."""

    def __init__(self, folder: Union[str, Path], purpose: str, *, version: str) -> None:
        refuse_purpose(purpose)
        path = Path(folder)
        self.path = (path if path.is_dir() else path.parent) / RESTRICTED
        self.purpose, self._version = purpose, version
        # The officer-day ids of one session hang together, and say nothing outside it.
        self._key = one_off_key()
        self._journeys: set[str] = set()
        refuse_no_look(self.path.parent, WITHOUT)

    def _package(self) -> GeoPackage:
        finish(self.path.parent)  # the visits behind a figure are those it was computed from
        return GeoPackage(self.path, create=False)

    def opened(self, what: str, *, at: pd.Timestamp) -> None:
        """Record that something of the restricted store is opened; raises where it cannot be recorded."""
        with self._package() as package:
            self._record(package, what, {}, at)

    def visits(self, state: FilterState, areas: tuple[str, ...], *, at: pd.Timestamp) -> Trace:
        """Visits that a filter keeps in some areas, by the hour of their entry."""
        began, ended = state.edges()
        with self._package() as package:
            self._record(package, "trace", {"filter": state.as_dict(), "areas": list(areas)}, at)
            if "visits" not in package.tables():
                return Trace(pd.DataFrame(columns=["visit_id"]), 0)
            where, values = [f"area_id IN ({', '.join('?' * len(areas))})"], list(areas)
            if began is not None:
                where, values = [*where, "enter >= ?"], [*values, pd.Timestamp(began)]
            if ended is not None:
                where, values = [*where, "enter < ?"], [*values, pd.Timestamp(ended)]
            table = package.read("visits", " AND ".join(where), values, order="enter DESC")
            table = self._of_groups(package, of_hours(table, state), state)
        shown = table.head(MOST)
        shown = shown.assign(officer_day=officer_day(shown["officer_id"], shown["enter"], state.timezone, self._key))
        return Trace(shown.drop(columns="officer_id"), len(table))

    def behind(self, visit_id: int, *, at: pd.Timestamp) -> VisitReports:
        """Legs and fixes of one visit; the officer is not shown, and neither is a rest that may be at home, as in an officer-day.

        It counts as a look at its officer, once a session with the officer-day of it. The record has the civil day: the visit's own id would lead from it to the officer.
        """
        with self._package() as package:
            visit = package.read("visits", "visit_id = ?", (int(visit_id),))
            if not len(visit):
                raise StoreError("The visit is not in the store any more.", "Refresh the list.")
            row = visit.iloc[0]
            day = f"{row['enter'].tz_convert(pandas_zone(zone_of(package))):%Y-%m-%d}"
            officer = str(row["officer_id"])
            label = str(officer_day(visit["officer_id"], visit["enter"], zone_of(package), self._key).iloc[0])
            run = run_row(
                "trace of a visit",
                at=at,
                version=self._version,
                parameters={"day": day},
                purpose=self.purpose,
                audience="restricted",
            )
            record_look(package, officer, run, label, self._journeys)
            of_visit = (officer, row["leave"], row["enter"])
            legs = package.read("legs", 'officer_id = ? AND start < ? AND "end" > ?', of_visit, order="start")
            span = (legs["start"].min(), legs["end"].max()) if len(legs) else (row["enter"], row["leave"])
            fixes, starts, sites = reports_about(package, officer, *span)
        reports, shown, left_out = of_stay(fixes, legs, span, starts, sites)
        hidden = ["officer_id", "radio_id"]
        return VisitReports(
            shown.drop(columns=hidden, errors="ignore"), reports.drop(columns=hidden, errors="ignore"), left_out
        )

    def journey(self, visit_id: int, *, at: pd.Timestamp) -> Journey:
        """The officer-day that a visit belongs to; see :func:`~ia_plugin.store.journeys.open_journey`."""
        with self._package() as package:
            return open_journey(
                package, visit_id, self._key, purpose=self.purpose, at=at, version=self._version, again=self._journeys
            )

    def _of_groups(self, package: GeoPackage, visits: pd.DataFrame, state: FilterState) -> pd.DataFrame:
        """Visits of the groups of officers chosen, as their track's first leg tells them."""
        chosen = state.groups
        if not len(visits) or not chosen:
            return visits
        have = package.kinds("legs")
        names = [n for n in chosen if n in have]
        legs = package.read("legs", "start <= ? AND start >= ?", (visits["leave"].max(), visits["enter"].min() - pd.Timedelta("24h")),
                            columns=["track_id", *names], order="start")  # fmt: skip
        first = legs.drop_duplicates("track_id").set_index("track_id").reindex(visits["track_id"])
        keep = np.ones(len(visits), dtype=bool)
        for name in names:
            keep &= first[name].isin(chosen[name]).to_numpy()
        return visits[keep].reset_index(drop=True)

    def _record(self, package: GeoPackage, what: str, parameters: dict[str, Any], at: pd.Timestamp) -> None:
        row = run_row(
            what, at=at, version=self._version, parameters=parameters, purpose=self.purpose, audience="restricted"
        )
        add_run(package, row)  # where this cannot be written nothing is shown

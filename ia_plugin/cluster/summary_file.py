"""summary.gpkg, made on the driver: what anyone may read, in the file that the dock opens. No officer is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ..core.columns import AREAS, GROUP_TIME, VISIT_BANDS, refuse_personal
from ..core.events.area_events import current_events
from ..core.events.record_delays import delays_as_text, recording_delays
from ..core.movement.likely_shares import checked_officers
from ..core.summaries.compute import ForceFacts, Span
from ..core.summaries.event_cells import event_cells
from ..gpkg.geopackage import GeoPackage
from ..store.day_passes import PUBLISHED
from ..store.local_time import with_local_time
from ..store.marks import LAYOUT, NEWEST_LAYOUT, set_marks
from ..store.months import ClosedMonth
from ..store.pair import STANDS_ALONE
from ..store.published_events import event_points
from ..store.record_delays import DELAYS
from ..store.small_ground import NAME as LEAST_HA
from ..store.summary import ABOUT, OFFICERS
from ..store.tables import INDEXES
from ..store.taken_summary import MADE_BY


class SummaryFile:
    """One summary.gpkg that is brought up to date; use it in a ``with`` block."""

    def __init__(self, path: Path, epsg: int) -> None:
        self._package = GeoPackage(path, epsg=epsg, check=refuse_personal)

    def __enter__(self) -> SummaryFile:
        return self

    def __exit__(self, *error: object) -> None:
        self._package.close()

    def put_areas(self, areas: pd.DataFrame) -> None:
        """The areas that all figures are about."""
        self._put(AREAS.name, areas)

    def put_days(self, span: Span, tables: Mapping[str, pd.DataFrame], timezone: str) -> None:
        """The rows of some days in the place of what was there for them."""
        for name in PUBLISHED:
            rows = tables.get(name, pd.DataFrame())
            rows = with_local_time(rows.reset_index(drop=True), "period", timezone) if len(rows) else rows
            self._put(name, rows, '"period" >= ? AND "period" < ?', span)

    def put_month(self, month: pd.Timestamp, closed: ClosedMonth) -> None:
        """A closed month by group."""
        for name, rows in ((GROUP_TIME.name, closed.table), (VISIT_BANDS.name, closed.bands)):
            self._put(name, rows, "month = ?", (month,))

    def put_events(self, events: pd.DataFrame, facts: ForceFacts) -> None:
        """Counts of events by place and hour, those points that may be mapped, and how late records come."""
        counted = event_cells(events, facts.areas, facts.timezone) if len(events) else pd.DataFrame()
        self._put("event_cells", counted)
        if len(events):
            self._put("event_points", event_points(current_events(events, timezone=facts.timezone), facts.timezone))

    def put_facts(self, facts: ForceFacts, least_ha: float, run: str, events: pd.DataFrame) -> None:
        """What a reader must know of it; the last that is written."""
        about = {
            "timezone": facts.timezone,
            STANDS_ALONE: "yes",
            LEAST_HA: repr(least_ha),
            MADE_BY: run,
            OFFICERS: repr(float(checked_officers(facts.model) or 0)),
        }
        if len(events) and "recorded_at" in events.columns:
            about[DELAYS] = delays_as_text(recording_delays(events, facts.timezone, {}))
        self._put(ABOUT, pd.DataFrame({"name": list(about), "value": list(about.values())}))
        set_marks(self._package, **{LAYOUT: str(NEWEST_LAYOUT)})

    def month(self, month: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
        """A month's rows of group_time and visit_bands, as they were told."""
        have = self._package.tables()
        table, bands = (
            self._package.read(t.name, "month = ?", (month,)).reindex(columns=[*t.names])
            if t.name in have
            else pd.DataFrame(columns=[*t.names])
            for t in (GROUP_TIME, VISIT_BANDS)
        )
        return table, bands

    def _put(self, name: str, rows: pd.DataFrame, where: str = "1", values: Iterable[object] = ()) -> None:
        self._package.delete(name, where, tuple(values))
        if len(rows):
            self._package.append(name, rows, INDEXES.get(name, ()))

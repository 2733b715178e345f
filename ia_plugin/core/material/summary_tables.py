"""The tables that figures are drawn from, ready to be filtered: what the summary store holds, or what was just computed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Optional

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ..area_names import distinct_names, names_of
from ..checked import Checked
from ..columns import COVER, EVENT_CELLS, NOTES, OFFICERS_SEEN, TIME_USE, VISIT_LENGTHS
from ..empty import empty_table
from ..events.record_delays import RecordingDelay, recording_delays
from ..filter_state import GROUPS, FilterState
from ..memo import Memo
from ..movement.likely_shares import ShareSpread
from ..summaries.area_totals import SITES_IN, SITES_OUT
from ..summaries.event_cells import event_cells as cells_of_events
from ..summaries.ground_size import GroundSpan, ground_spans, km2_of
from ..summaries.zones import ROLE_ORDER, Grounds, grounds, pairs_that_overlap, role_label, with_roles
from ..suppression import OTHER
from ..times.civil import pandas_zone
from ..times.instants import nanoseconds
from .whole_seconds import whole_cover, whole_time_use, whole_visits

_WORDS = ("area_id", "unit", "department", "officer_role", "resource_type", "activity", "mode", "band", "kind", "category",
          "key_type", "generated_by", "precision")  # fmt: skip


@dataclass(frozen=True)
class Hours:
    """One table by hour: its rows, and the hours they stand at, each hour once."""

    table: pd.DataFrame
    moments: NDArray[np.int64]
    at: NDArray[np.intp]
    _codes: dict[str, tuple[dict[Any, int], NDArray[np.int64]]] = field(init=False, default_factory=dict, repr=False)

    @classmethod
    def of(cls, table: pd.DataFrame) -> Hours:
        """Words become categories: a filter asks a few names, not each row."""
        ready = table.copy(deep=False)
        for name in _WORDS:
            if name in ready.columns and not isinstance(ready[name].dtype, pd.CategoricalDtype):
                ready[name] = ready[name].astype(object).where(ready[name].notna(), "").astype("category")
        at, moments = pd.factorize(nanoseconds(ready["period"])) if len(ready) else (np.empty(0, int), np.empty(0))
        return cls(ready.reset_index(drop=True), np.asarray(moments, dtype=np.int64), np.asarray(at, dtype=np.intp))

    def when(self, state: FilterState) -> NDArray[np.bool_]:
        """Rows whose hour the filter keeps."""
        return np.asarray(kept_moments(self.moments, state)[self.at], dtype=bool)

    def among(self, name: str, values: tuple[str, ...]) -> Any:
        """Rows whose word is one of some; all rows where none is named."""
        if not values:
            return True
        places, codes = self.codes(name)
        wanted = np.zeros(len(places) + 1, dtype=bool)  # the last is of rows without a word, whose code is -1
        wanted[[places[v] for v in values if v in places]] = True
        return wanted[codes]

    def codes(self, name: str) -> tuple[dict[Any, int], NDArray[np.int64]]:
        """The code of each word of a column, and that of each row (-1 for none): a filter asks for them many times over."""
        if name not in self._codes:
            column = self.table[name].cat
            places = {word: code for code, word in enumerate(column.categories)}
            self._codes[name] = places, column.codes.to_numpy()
        return self._codes[name]

    def has(self, name: str, value: str) -> bool:
        """Whether any row has a word."""
        return bool(len(self.table)) and bool(self.among(name, (value,)).any())


def kept_moments(moments: NDArray[np.int64], state: FilterState) -> NDArray[np.bool_]:
    """Which moments (ns) a filter keeps; an open period is all there is."""
    if not len(moments):
        return np.zeros(0, dtype=bool)
    if state.any_time:
        begin, end = state.edges()
        keep = np.ones(len(moments), dtype=bool)
        if begin is not None:
            keep &= moments >= pd.Timestamp(begin).value
        if end is not None:
            keep &= moments < pd.Timestamp(end).value
        return keep
    edges = [pd.Timestamp(e).value for span in closed(state, moments).spans() for e in span]
    return np.asarray(np.searchsorted(np.array(edges, dtype=np.int64), moments, side="right") % 2 == 1)


def closed(state: FilterState, moments: NDArray[np.int64]) -> FilterState:
    """The state with the days of the data where its period is open."""
    if (state.first is not None and state.last is not None) or not len(moments):
        return state
    low, high = (
        pd.Timestamp(int(m), tz="UTC").tz_convert(pandas_zone(state.timezone)).date()
        for m in (moments.min(), moments.max())
    )
    # A night that began on the evening before has its hours here; of other hours that day has none.
    begin = low - timedelta(days=1) if state.wraps else low
    return replace(
        state, first=state.first or min(begin, state.last or begin), last=state.last or max(high, state.first or high)
    )


@dataclass(frozen=True)
class Material:
    """All that the figures of any filter are drawn from; it tells of no single officer.

    Attributes
    ----------
    areas : ``area_id, name, role, km2`` (police sites left out), ``residents`` (NaN where not known), ``shape`` (its mark), by name;
        each name once, see :func:`~ia_plugin.core.area_names.distinct_names`
    roles : ``km2``, ``residents``, ``areas`` by role label "(impact)", …; no ground twice
    time_use, cover, visits, events : the summary tables by hour
    officers : the officers_seen table
    notes : the notes table
    as_of : the last moment of the data
    overlapping : pairs of areas that share ground
    under_own_area : ids of the areas that an area of one's own shares ground with
    sharing : these pairs by area ids, whenever the areas count; of role rest too, not of police sites
    caveats : what must be said beside the figures
    without : "cover", "visits": tables that were not made, which is not the same as tables without rows
    ground : how much ground areas and roles have, by spans of time in which the same areas count
    groups : the group_time table where the others are the published ones, which tell no units apart; None where they do
    bands : the visit_bands table, beside published ones
    read_at : the moment at which the figures are asked for, by the clock: no day after it has ended; None where it does not count
    purpose : why the restricted cells of a store stand here in place of the published ones, as recorded; "" where they do not
    in_full : whether how few officers moved is told: to a restricted audience, see :mod:`~ia_plugin.core.disclosure.audiences`
    share_spread : how far shares by mode may be off, where the model was calibrated on the force's officers; None where it was not
    outlines : the shapes of the areas by id, for a small map
    checked : (checks of the store that agree with the source systems, of how many); None where it was not checked, or there is no store
    delays : how late the records of each kind of event come; a kind that is not in it has no known delay
    memo : what was worked out of these tables before
    """

    areas: pd.DataFrame
    roles: pd.DataFrame
    time_use: Hours
    cover: Hours
    visits: Hours
    events: Hours
    officers: pd.DataFrame
    notes: pd.DataFrame
    timezone: str
    as_of: Optional[datetime]
    overlapping: int = 0
    under_own_area: tuple[str, ...] = ()
    caveats: tuple[str, ...] = field(default=())
    ground: tuple[GroundSpan, ...] = field(default=())
    without: frozenset[str] = frozenset()
    groups: Optional[pd.DataFrame] = None
    bands: Optional[pd.DataFrame] = None
    sharing: tuple[tuple[str, str], ...] = field(default=())
    read_at: Optional[datetime] = None
    purpose: str = ""
    in_full: bool = False
    share_spread: Optional[ShareSpread] = None
    outlines: Mapping[str, shapely.Geometry] = field(default_factory=dict, compare=False, repr=False)
    checked: Optional[Checked] = None
    delays: Mapping[str, RecordingDelay] = field(default_factory=dict, compare=False)
    memo: Memo = field(default_factory=Memo, init=False, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        areas: pd.DataFrame,
        time_use: pd.DataFrame,
        *,
        cover: Optional[pd.DataFrame] = None,
        visit_lengths: Optional[pd.DataFrame] = None,
        officers_seen: Optional[pd.DataFrame] = None,
        events: Optional[pd.DataFrame] = None,
        event_cells: Optional[pd.DataFrame] = None,
        notes: Optional[pd.DataFrame] = None,
        groups: Optional[pd.DataFrame] = None,
        bands: Optional[pd.DataFrame] = None,
        timezone: str = "Europe/London",
        share_spread: Optional[ShareSpread] = None,
        checked: Optional[Checked] = None,
        delays: Optional[Mapping[str, RecordingDelay]] = None,
    ) -> Material:
        """Made of the tables of a summary, or of the restricted ones; `events` is the events table where its cells are not given."""
        ready, _ = with_roles(areas)
        cells = event_cells
        if cells is None:
            some = events is not None and len(events)
            cells = cells_of_events(events, areas, timezone) if some else empty_table(EVENT_CELLS)
        if delays is None:
            delays = recording_delays(events, timezone) if events is not None else {}
        ground = grounds(areas) if len(areas) else None
        known, roles = _known_areas(ready, ground)
        hours = Hours.of(time_use if len(time_use) else empty_table(TIME_USE))
        as_of = pd.Timestamp(int(hours.moments.max()), tz="UTC").to_pydatetime() if len(hours.moments) else None
        return cls(
            areas=known,
            roles=roles,
            time_use=hours,
            cover=Hours.of(cover if cover is not None and len(cover) else empty_table(COVER)),
            visits=Hours.of(
                visit_lengths if visit_lengths is not None and len(visit_lengths) else empty_table(VISIT_LENGTHS)
            ),
            events=Hours.of(cells),
            officers=officers_seen if officers_seen is not None and len(officers_seen) else empty_table(OFFICERS_SEEN),
            notes=notes if notes is not None else pd.DataFrame(columns=list(NOTES.names)),
            timezone=timezone,
            as_of=as_of,
            overlapping=ground.overlapping if ground else 0,
            ground=ground_spans(ready, ground, timezone) if ground else (),
            without=frozenset(n for n, t in (("cover", cover), ("visits", visit_lengths)) if t is None),
            sharing=_sharing(ready),
            caveats=(SITES_OUT if (ready["role"] == "site").any() else SITES_IN,),
            groups=groups,
            bands=bands,
            share_spread=share_spread,
            outlines=dict(zip(ready["area_id"].astype(str), ready["geometry"])),
            checked=checked,
            delays=delays,
        )

    def with_cells(self, purpose: str, cells: dict[str, pd.DataFrame]) -> Material:
        """The material with restricted cells, which tell units apart, in place of the published tables; in whole seconds as these.

        Parameters
        ----------
        purpose : why they are looked at
        cells : time_use, cover, visit_lengths and officers_seen by group
        """
        return replace(
            self,
            time_use=Hours.of(whole_time_use(cells["time_use"])),
            cover=Hours.of(whole_cover(cells["cover"])),
            visits=Hours.of(whole_visits(cells["visit_lengths"])),
            officers=cells["officers_seen"] if len(cells["officers_seen"]) else empty_table(OFFICERS_SEEN),
            without=frozenset(),
            groups=None,
            bands=None,
            purpose=purpose,
        )

    @property
    def days(self) -> tuple[Optional[date], Optional[date]]:
        """First civil day with time of officers, and the last complete one."""
        if not len(self.time_use.moments):
            return None, None
        ends = (int(self.time_use.moments.min()), int(self.time_use.moments.max()))
        low, high = (pd.Timestamp(m, tz="UTC").tz_convert(pandas_zone(self.timezone)) for m in ends)
        whole = high.hour == 23
        last = high.date() if whole else high.date() - timedelta(days=1)
        return low.date(), max(low.date(), last)

    def names(self) -> dict[str, str]:
        """Names of areas by id."""
        return dict(zip(self.areas["area_id"], self.areas["name"].astype(str)))

    def of_role(self, role: str) -> list[str]:
        """Ids of the areas of a role."""
        ids = self.memo.once(("ids", role), lambda: self.areas.loc[self.areas["role"] == role, "area_id"].tolist())
        return [str(a) for a in ids]

    def values_of(self, dimension: str) -> list[str]:
        """The units, departments, roles or resource types that figures are known of; alphabetical."""
        if self.groups is None:
            return _words_of(self.time_use, dimension)
        return sorted(set(self.groups.loc[self.groups["dimension"] == dimension, "value"].astype(str)) - {OTHER})

    def choices(self) -> dict[str, list[str]]:
        """What can be chosen: units, departments, roles, resource types, kinds, categories, key types; alphabetical."""

        return {
            **{name: self.values_of(dimension) for name, dimension in GROUPS.items()},
            "kinds": _words_of(self.events, "kind"),
            "categories": _words_of(self.events, "category"),
            "key_types": _words_of(self.events, "key_type"),
        }


def _sharing(ready: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    areas = ready[ready["role"] != "site"]
    one, other = pairs_that_overlap(areas)
    ids = areas["area_id"].astype(str).to_numpy(dtype=object)
    return tuple(zip(ids[one], ids[other]))


def _words_of(hours: Hours, name: str) -> list[str]:
    return sorted(str(c) for c in hours.table[name].cat.categories if c) if len(hours.table) else []


def _known_areas(ready: pd.DataFrame, ground: Optional[Grounds]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = names_of(ready["name"], ready["area_id"]) if "name" in ready.columns else ready["area_id"]
    residents = pd.to_numeric(ready["residents"], errors="coerce") if "residents" in ready.columns else np.nan
    names = distinct_names(ready["area_id"].astype(str), names.astype(str))
    table = pd.DataFrame({"area_id": ready["area_id"], "name": names, "role": ready["role"]})
    table["residents"] = residents
    for name in ("adopted_on", "valid_from", "valid_to"):
        table[name] = ready[name] if name in ready.columns else None
    rows = []
    if ground is None:
        return table.assign(km2=0.0, shape=""), pd.DataFrame(columns=["km2", "residents", "areas"])
    km2 = km2_of(ground)
    table["shape"] = [hashlib.sha256(shapely.to_wkb(shapely.normalize(g))).hexdigest()[:12] for g in ready["geometry"]]
    table["km2"] = table["area_id"].map(km2).fillna(0.0).astype(np.float64)
    for role in ROLE_ORDER:
        part = table[table["role"] == role]
        size = km2.get(role_label(role), 0.0)
        # Who lives on ground that areas share, or that another role has, would count twice.
        alone = bool(part["residents"].notna().all()) and abs(float(part["km2"].sum()) - size) <= 0.01 * size
        if len(part):
            rows.append((role_label(role), size, part["residents"].sum() if alone else np.nan, len(part)))
    roles = pd.DataFrame(rows, columns=["role", "km2", "residents", "areas"]).set_index("role")
    return table.sort_values("name", kind="stable").reset_index(drop=True), roles

"""The panel: areas through civil periods, with what officers spent there, what happened, and how far each is known.

Every question of the evaluation reads this one table. It is made of the tables of a summary (:func:`panel_of`), or of plain
tables (:func:`build_panel`), which are brought into the same form first: two doors, one figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..areas import validity
from ..arrays import Bools, Floats, Ints
from ..errors import AreaError, ParameterError
from ..filter_state import FilterState
from ..material.summary_tables import Material
from ..params import PanelParams
from ..times.civil import pandas_zone
from ..times.instants import instants, nanoseconds
from ..times.periods import Periods
from ..words import so_many
from .caveats import Facts
from .panel_periods import (
    adopted_from,
    days_in,
    enough,
    events_covered,
    overlap_share,
    panel_periods,
    refuse_coarser,
    time_covered,
)
from .panel_tables import (
    AT_SITES,
    EVENT_KEYS,
    LINKED_ACTIVITIES,
    as_time_use,
    event_table,
    group_table,
    hours_of_cells,
    observed_share,
    sums_at,
    time_table,
)
from .poisson import PoissonFit, fit_poisson

Words = Union[str, Sequence[str]]


@dataclass(frozen=True, eq=False)
class Panel:
    """Areas × periods.

    Attributes
    ----------
    cells : one row an area and period, areas by id: ``area_id, name, role, km2, residents, period`` (start, UTC), ``period_end,
        counted`` (share of the period in which the area counts), ``adopted`` (share of it after adoption), ``days, days_observed,
        time_covered`` (share of the period with data of officers' time), ``covered_crime``… (the same of each kind of event),
        ``observed_share`` (of officers' time; NaN where not given), ``officer_hours, officer_hours_variance`` (error of its own),
        ``officer_hours_systematic`` (error that all share), ``linked_hours`` (at incidents and searches), ``foot_hours``…,
        ``patrol_hours, cut_by`` (texts of notes), ``kept``. Hours are NaN where nothing is known, never 0
    time : hours by ``area_id, period, unit, resource_type, activity``, roles of areas ("(impact)") and the rest among the areas
    events : ``area_id, period, kind, category, key_type, generated_by, events`` (by their start), ``expected`` (windows shared)
    notes : notes of people that touch the panel's time
    warnings : sentences on what was left out or counts twice
    params : how it was made
    groups : hours of closed months by ``area_id, period, dimension, value`` where a summary tells no groups apart by hour
    """

    cells: pd.DataFrame
    time: pd.DataFrame
    events: pd.DataFrame
    notes: pd.DataFrame
    warnings: tuple[str, ...]
    params: PanelParams
    groups: Optional[pd.DataFrame] = None

    @property
    def kept(self) -> pd.DataFrame:
        """The cells that take part: covered by every source there is, of areas that count."""
        return self.cells[self.cells["kept"]]

    def kept_for(self, *sources: str) -> Bools:
        """Cells that take part where only some sources are asked: "time", or kinds of events such as "crime".

        So crime from before officers' time was recorded takes part in ``panel.cells[panel.kept_for("crime")]``.
        """
        shares = [self.cells["time_covered" if s == "time" else f"covered_{s}"].to_numpy() for s in sources]
        return enough([self.cells["counted"].to_numpy(), *shares], self.params.least_covered)

    def counts(
        self,
        kind: Words = (),
        *,
        key_type: Words = (),
        category: Words = (),
        generated_by: Words = (),
        shared: bool = True,
    ) -> Floats:
        """Events of each cell, in the order of `cells`; 0 where there were none.

        Parameters
        ----------
        kind, key_type, category, generated_by : only these, where any is named
        shared : windows shared over the periods they cross (aoristic); otherwise by the start of the window
        """
        asked = dict(zip(EVENT_KEYS, (kind, category, key_type, generated_by)))
        return self._summed(self.events, asked, "expected" if shared else "events")

    def hours(
        self, *, unit: Words = (), resource_type: Words = (), activity: Words = (), apart: bool = False
    ) -> Floats:
        """Officer hours of each cell, in the order of `cells`; NaN where nothing is known. Time at police sites is an activity to be named.

        Parameters
        ----------
        unit, resource_type, activity : only these, where any is named
        apart : leave out time that is linked to incidents and searches: it follows events, and does not come before them

        Raises
        ------
        ParameterError
            where a summary does not tell it: by unit or resource type it tells whole closed months, one of them at a time.
        """
        asked = {"unit": unit, "resource_type": resource_type}
        named = {k: v for k, v in asked.items() if len(v)}
        if named and self.groups is not None:
            return self._of_group(named, bool(len(activity)) or apart)
        out = (*(LINKED_ACTIVITIES if apart else ()), *(() if len(activity) else AT_SITES))
        rows = self.time[~self.time["activity"].isin(out)]
        sums = self._summed(rows, {**asked, "activity": activity}, "officer_hours")
        return np.where(self.cells["officer_hours"].isna(), np.nan, sums)

    def _of_group(self, named: dict[str, Words], split: bool) -> Floats:
        """Of published months; a value that is not shown in a month may be part of "other": it is not known, and no 0."""
        assert self.groups is not None
        if len(named) > 1 or split or self.params.period != "month":
            raise ParameterError(
                "By unit or resource type this summary tells whole closed months, one of the two at a time, without activities.",
                "Ask for the period 'month' and for one of them, or use the restricted tables.",
            )
        ((dimension, words),) = named.items()
        values = [words] if isinstance(words, str) else list(words)
        rows = self.groups[(self.groups["dimension"] == dimension) & self.groups["value"].isin(values)]
        sums = self._summed(rows, {}, "officer_hours")
        own = rows[rows["cell"] >= 0]
        shown = np.bincount(own["cell"].to_numpy(dtype=np.intp), minlength=len(self.cells))
        return np.where(shown == len(set(values)), sums, np.nan)

    def per_day(self, values: Floats) -> Floats:
        """Amounts by civil day, so that February stands beside March."""
        out: Floats = np.asarray(values, dtype=np.float64) / self.cells["days"].to_numpy(dtype=np.float64)
        return out

    def notes_between(self, first: pd.Timestamp, last: pd.Timestamp) -> list[str]:
        """Texts of the notes that touch a span of time, each once: what cuts a comparison across it."""
        return notes_between(self.notes, first, last)

    def fit(
        self,
        y: Floats,
        x: Floats,
        keep: Optional[Bools] = None,
        *,
        weights: Optional[Floats] = None,
        level: float = 0.95,
        weights_without: Optional[Callable[[object], Floats]] = None,
    ) -> PoissonFit:
        """The two-way Poisson fit of the cells that take part, by day: see :func:`~.poisson.fit_poisson`.

        Parameters
        ----------
        y, x, weights : in the order of `cells`: (cells,) counts; (cells,) or (cells, k) regressors; (cells,) weights
        keep : which cells take part; those of `kept` where not given. ``fit.fitted`` has a row for each of them
        weights_without : of estimated weights: given an area's id, the weights (cells,) had it not been there
        """
        part = self.cells["kept"].to_numpy() if keep is None else keep
        rows = self.cells[part]
        exposure = rows["days"].to_numpy(dtype=np.float64) * rows["counted"].to_numpy()
        return fit_poisson(
            y[part], x[part], area=rows["area_id"].to_numpy(), period=rows["period"].to_numpy(), offset=np.log(exposure),
            weights=None if weights is None else weights[part], level=level,
            weights_without=None if weights_without is None else lambda area: weights_without(area)[part],
        )  # fmt: skip

    def as_filter(self) -> FilterState:
        """The filter that keeps the panel's days."""
        zone = pandas_zone(self.params.timezone)
        first, last = self.cells["period"].min().tz_convert(zone), self.cells["period_end"].max().tz_convert(zone)
        return FilterState(
            first=first.date(), last=(last - pd.Timedelta(1, "ns")).date(), timezone=self.params.timezone
        )

    def days_in_words(self) -> str:
        """``1 June 2024 to 30 June 2024, by day``."""
        days = self.as_filter()
        first, last = (f"{d.day} {d:%B %Y}" for d in (days.first, days.last) if d is not None)
        return f"{first} to {last}, by {self.params.period}"

    def facts(self, keep: Optional[Bools] = None) -> Facts:
        """What caveats are found by: periods left out, notes that cut, whether impact stand beside comparison areas."""
        part = self.cells["kept"].to_numpy() if keep is None else keep
        rows = self.cells[part]
        texts = [t for text in dict.fromkeys(rows["cut_by"]) for t in text.split("; ") if t]
        return Facts(
            compares_areas={"impact", "comparison"} <= set(rows["role"]),
            periods_left_out=self.cells["period"].nunique() - rows["period"].nunique(),
            cut_by=tuple(dict.fromkeys(texts)),
        )

    def _summed(self, rows: pd.DataFrame, asked: dict[str, Words], column: str) -> Floats:
        keep = np.ones(len(rows), dtype=bool)
        for name, words in asked.items():
            if len(words):
                keep &= rows[name].isin([words] if isinstance(words, str) else list(words)).to_numpy()
        keep &= rows["cell"].to_numpy() >= 0
        part = rows[keep]
        return sums_at(part["cell"], part[column], len(self.cells))


def build_panel(
    areas: pd.DataFrame,
    time_use_or_presence: Optional[pd.DataFrame],
    events: Optional[pd.DataFrame] = None,
    params: PanelParams = PanelParams(),
    *,
    cover: Optional[pd.DataFrame] = None,
    notes: Optional[pd.DataFrame] = None,
    coverage: Optional[pd.DataFrame] = None,
    first: Optional[date] = None,
    last: Optional[date] = None,
) -> Panel:
    """A panel of plain tables.

    Parameters
    ----------
    areas : the areas table
    time_use_or_presence : the time_use table, or a presence table by hour (or by the panel's own period); None without
    events : the events table, or event_cells; None without
    params : PanelParams
    cover, notes, coverage : the tables of these names; `cover` is taken from a presence table that is not split by groups
    first, last : civil days; all there are data of where not given

    Returns
    -------
    Panel

    Raises
    ------
    AreaError, EstimateError, TimeError
        as :func:`panel_of`.
    """
    time, own_cover = as_time_use(time_use_or_presence)
    cells = events if events is not None and "expected" in events.columns else None
    material = Material.of(
        areas, time, cover=cover if cover is not None else own_cover, events=None if cells is not None else events,
        event_cells=cells, notes=notes, timezone=params.timezone,
    )  # fmt: skip
    whole = time_use_or_presence is not None and refuse_coarser(time_use_or_presence, params)
    return _panel(material, params, coverage, first, last, whole)


def panel_of(
    material: Material,
    params: PanelParams = PanelParams(),
    *,
    coverage: Optional[pd.DataFrame] = None,
    first: Optional[date] = None,
    last: Optional[date] = None,
) -> Panel:
    """A panel of what a summary holds: ``panel_of(read_summary(folder))``.

    Raises
    ------
    AreaError
        where there is no area.
    EstimateError
        where there are neither time nor events.
    TimeError
        where all events tell their time too coarsely for the period.
    """
    return _panel(material, params, coverage, first, last, False)


# --- parts ------------------------------------------------------------------------------------------------------------


def _panel(
    material: Material,
    params: PanelParams,
    coverage: Optional[pd.DataFrame],
    first: Optional[date],
    last: Optional[date],
    whole: bool,
) -> Panel:
    """`whole`: officers' time is told by whole periods, not by hour."""
    areas = (
        material.areas[material.areas["role"] != "site"].sort_values("area_id", kind="stable").reset_index(drop=True)
    )
    if not len(areas):
        raise AreaError("There is no area to follow.", "Give the layer of areas, with their role.")
    periods = panel_periods(material, params, first, last)
    shape = (len(areas), len(periods.edges) - 1)
    ids = pd.Index(areas["area_id"].astype(str))
    time = time_table(material, periods, ids)
    events, warnings = event_table(material, periods, ids, params)
    cells = _frame(areas, periods, params)
    covered, seen = time_covered(material, periods, params, whole)
    cells["days_observed"], cells["time_covered"] = np.tile(seen, shape[0]), np.tile(covered, shape[0])
    kinds = [k for k in ("crime", "incident", "stop_search") if material.events.has("kind", k)]
    for kind in kinds:
        cells[f"covered_{kind}"] = np.tile(events_covered(material, periods, params, kind), shape[0])
    cells["observed_share"] = np.tile(observed_share(coverage, periods), shape[0])
    known = cells["time_covered"].to_numpy() > 0
    for name, values in hours_of_cells(material, time, periods, ids, shape).items():
        cells[name] = np.where(known & (cells["counted"].to_numpy() > 0), values, np.nan)
    notes, cut_by = _notes(material.notes, ids, periods)
    cells["cut_by"] = cut_by
    sources = [f"covered_{k}" for k in kinds] + (["time_covered"] if len(material.time_use.moments) else [])
    cells["kept"] = enough([cells[c].to_numpy() for c in ("counted", *sources)], params.least_covered)
    warnings += _marked(int((~cells["kept"]).sum()), len(material.sharing))
    return Panel(cells, time, events, notes, tuple(warnings), params, group_table(material, periods, ids))


def _marked(left: int, sharing: int) -> list[str]:
    """Sentences on rows that take no part, and on ground that counts twice."""
    marked = "rows of areas and periods are less covered than asked: they are marked and take no part."
    shared = "pairs of areas share ground: time and events there count in both."
    return [so_many(n, words) for n, words in ((left, marked), (sharing, shared)) if n]


def _frame(areas: pd.DataFrame, periods: Periods, params: PanelParams) -> pd.DataFrame:
    """Every area in every period."""
    n = len(periods.edges) - 1
    rows = np.repeat(np.arange(len(areas)), n)
    table = areas.loc[rows, ["area_id", "name", "role", "km2", "residents"]].reset_index(drop=True)
    table["area_id"] = table["area_id"].astype(str)
    table["period"] = instants(np.tile(periods.edges[:-1], len(areas)))
    table["period_end"] = instants(np.tile(periods.edges[1:], len(areas)))
    table["counted"] = overlap_share(periods, *validity(areas, params.timezone)).ravel()
    never = np.full(len(areas), np.iinfo(np.int64).max)
    table["adopted"] = overlap_share(periods, adopted_from(areas, params.timezone), never).ravel()
    begin, end = days_in(periods, params.timezone)
    table["days"] = np.tile(end - begin, len(areas))
    return table


def notes_between(notes: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> list[str]:
    """Texts of the rows of a notes table that touch a span of time, each once."""
    begin, end = _spans(notes)
    low, high = pd.Timestamp(first).value, pd.Timestamp(last).value
    return list(dict.fromkeys(notes.loc[(begin < high) & (end >= low), "text"].astype(str)))


def _spans(notes: pd.DataFrame) -> tuple[Ints, Ints]:
    if not len(notes):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    begin = pd.to_datetime(notes["from"], utc=True)
    end = pd.to_datetime(notes["to"], utc=True) if "to" in notes.columns else begin
    return nanoseconds(begin), nanoseconds(end.fillna(begin))


def _notes(notes: pd.DataFrame, ids: pd.Index, periods: Periods) -> tuple[pd.DataFrame, list[str]]:
    """The notes of the panel's time, and the texts that touch each cell."""
    begin, end = _spans(notes)
    inside = (begin < periods.edges[-1]) & (end >= periods.edges[0])
    kept, begin, end = notes[inside].reset_index(drop=True), begin[inside], end[inside]
    n = len(periods.edges) - 1
    texts: list[list[str]] = [[] for _ in range(len(ids) * n)]
    for note, low, high in zip(kept.to_dict("records"), begin, end):  # a handful of notes, written by people
        touched = np.flatnonzero((periods.edges[:-1] <= high) & (periods.edges[1:] > low))
        area = note.get("area_id")
        areas = range(len(ids)) if area is None or pd.isna(area) or not area else ids.get_indexer([str(area)])
        for cell in (a * n + t for a in areas if a >= 0 for t in touched):
            texts[cell].append(str(note["text"]))
    return kept, ["; ".join(dict.fromkeys(t)) for t in texts]


__all__ = ["LINKED_ACTIVITIES", "Panel", "build_panel", "notes_between", "panel_of"]

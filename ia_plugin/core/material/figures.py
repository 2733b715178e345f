"""The figures of one filter: each with the earlier period, and like against like with the comparison areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

import numpy as np
import pandas as pd

from ..checked import Checked
from ..figure_code import FigureCode
from ..filter_state import FilterState
from ..words import SHARED_TIMES
from .earlier import measured_earlier
from .measure_list import KIND_OF
from .measures import MEASURES, OF_EVENTS, Measured, Value, measured
from .notes import Notes, notes_of
from .own_area import OWN
from .places import NAN, area_places, chosen_place, comparison_place
from .summary_tables import Material
from .sums import Floats, any_part

ROW = ("key", "label", "help", "unit", "rate_unit", "value", "low", "high", "why", "rate", "area_median", "area_low", "area_high", "areas",
       "earlier", "earlier_low", "earlier_high", "earlier_why",
       "comparison", "comparison_range_low", "comparison_range_high", "comparison_rate", "comparison_median", "comparison_low",
       "comparison_high", "comparison_areas")  # fmt: skip


WORDS = ("key", "label", "help", "unit", "rate_unit", "why", "earlier_why")


@dataclass(frozen=True)
class Figures:
    """The figures of a filter.

    Attributes
    ----------
    table : one row a measure, columns `ROW`. Of the places chosen together ``value, low, high`` (``why`` where not known) and
        ``rate`` (per km² for what grows with size, else the value, in ``rate_unit``); of single areas among them, where there are
        several, ``area_median, area_low, area_high`` of ``areas`` (as `rate`); ``earlier``… in the earlier period; of the
        comparison areas together ``comparison`` with its likely range and ``comparison_rate``, and of each by itself
        ``comparison_median, comparison_low, comparison_high``. What is set side by side is the same statistic: pooled beside
        pooled, median of areas beside median of areas.
    state, number : the filter, and the number of the figure
    beside : what must be said beside figures of officers' time, of events, and of both
    purpose : why restricted cells were looked at for them; "" where they are of what anyone may read
    comparison, as_of : the earlier period they are beside, and the last moment of the data; None where not known
    checked : how many checks of the store agree, of how many; None where it was not checked
    """

    table: pd.DataFrame
    state: FilterState
    number: str
    beside: Notes
    purpose: str = ""
    checked: Optional[Checked] = None
    results: float = 0.0  # searches whose outcome is known, which the share found is of
    comparison: str = "before"
    as_of: Optional[datetime] = None

    @property
    def code(self) -> str:
        """The code that the figures are opened again by; "" where they rest on restricted cells or an area of the reader's own."""
        if self.purpose or OWN in self.state.areas:
            return ""
        return FigureCode(self.state, self.number, self.comparison, self.as_of).text()

    @property
    def notes(self) -> tuple[str, ...]:
        """All that must be said beside the figures."""
        return self.beside.all()

    def notes_for(self, key: str) -> tuple[str, ...]:
        """What must be said beside one figure."""
        own = self.beside.events if key in OF_EVENTS else self.beside.time
        return tuple(dict.fromkeys((*own, *self.beside.both)))

    def value(self, key: str) -> float:
        """A figure by its key."""
        return float(self.table.set_index("key").loc[key, "value"])


def figures(material: Material, state: FilterState, comparison: str = "before") -> Figures:
    """Every figure of a filter, for its areas together, the earlier period and the comparison areas.

    Parameters
    ----------
    material : the summary tables
    state : the filter; without areas all Impact Areas count, ground that two of them share once
    comparison : ``none``, ``before`` or ``year``: the earlier period
    """
    here, others = chosen_place(material, state), comparison_place(material, state)
    own = area_places(material, here.areas) if len(here.areas) > 1 else []
    rest = [a for a in material.of_role("comparison") if a not in state.areas]
    beside = area_places(material, rest) if rest else []
    now = measured(material, state, [here, others, *own, *beside])
    earlier_state = earlier_of(state, comparison)
    before = measured_earlier(material, earlier_state, [here], state) if earlier_state else None
    table = _rows(now, before, len(own))
    if not (material.time_use.table["bicycle_seconds"] > 0).any():
        table = table[table["key"] != "bicycle"].reset_index(drop=True)
    number, notes = figure_number(material, state, comparison), notes_of(material, state, earlier_state)
    counts = table.loc[table["key"].isin(tuple(KIND_OF)), ["value", "earlier", "comparison"]]
    if any_part(counts):
        notes = notes._replace(events=(*notes.events, SHARED_TIMES))
    results = float(np.nan_to_num(now.columns["results"].value[0]))
    return Figures(table, state, number, notes, material.purpose, material.checked, results, comparison, material.as_of)


def figure_number(material: Material, state: FilterState, comparison: str = "before") -> str:
    """The number of the figures and charts of a filter: the same only for the same figures.

    An area of one's own is known by its shape, another comparison by its name, and restricted cells as such.
    """
    mark = material.as_of.isoformat() if material.as_of else ""
    mark += "" if comparison == "before" else f"|{comparison}"
    mark += "|restricted" if material.purpose else ""
    own = material.areas.loc[material.areas["area_id"].isin(state.areas) & (material.areas["area_id"] == OWN), "shape"]
    return state.number(mark + "".join(f"|{shape}" for shape in own))


def spread(values: Floats) -> tuple[float, float, float, int]:
    """Median, least and most of the areas that have a value, and how many have: the one way areas are summed up."""
    some = values[np.isfinite(values)]
    if not len(some):
        return NAN, NAN, NAN, 0
    return float(np.median(some)), float(some.min()), float(some.max()), len(some)


def earlier_of(state: FilterState, comparison: str) -> FilterState | None:
    """The earlier period that a filter is compared with; None for none."""
    if comparison == "none" or state.first is None or state.last is None:
        return None
    return state.before() if comparison == "before" else state.year_before()


def _rows(now: Measured, before: Measured | None, own: int) -> pd.DataFrame:
    rows = []
    for measure in MEASURES:
        key = measure.key
        here, others = now.of(0, key), now.of(1, key)
        earlier = before.of(0, key) if before is not None else Value(NAN)
        rates = now.compared(measure)
        of_areas = rates if measure.by_area else np.full_like(rates, NAN)
        middle, beside = spread(of_areas[2 : 2 + own]), spread(of_areas[2 + own :])
        rows.append((key, measure.label, measure.help, measure.unit, measure.rate_unit, here.value, here.low, here.high, here.why, rates[0], *middle,
                     earlier.value, earlier.low, earlier.high, earlier.why,
                     others.value, others.low, others.high, rates[1], *beside))  # fmt: skip
    # Words as objects: a column of text of pandas 3 would forget how its sentences were made.
    columns = {n: pd.Series(v, dtype=object if n in WORDS else float) for n, v in zip(ROW, zip(*rows))}
    return pd.DataFrame(columns)


__all__ = ["Figures", "earlier_of", "figure_number", "figures", "spread"]

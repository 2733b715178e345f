"""What the baseline counts, and what it holds it against: officer time and events by ground, residents, crime and incidents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..arrays import Bools, Floats
from .panel import Panel

KINDS = {"crime": "crimes", "incident": "incidents", "stop_search": "stops and searches"}
PRIMARY = ("officer hours per km²", "crimes per km²", "incidents per km²")
"""Declared before any run, three at most; the others are exploratory."""
MOSTLY = 0.5


@dataclass(frozen=True, eq=False)
class Outcome:
    """One rate, in the order of a panel's cells.

    Attributes
    ----------
    name : in the plural, as it stands in a sentence
    amount, held_against : hours or events; km² × days, 1,000 residents × days, crimes…
    keep : cells that take part
    counts : whether the amounts are events
    systematic : error of the hours that all areas of a group share; 0 for events
    police : whether most of these records are made by officers themselves
    against_counts : whether what it is held against is a number of events
    """

    name: str
    amount: Floats
    held_against: Floats
    keep: Bools
    counts: bool
    systematic: Floats
    police: bool = False
    against_counts: bool = False

    @property
    def primary(self) -> bool:
        """Whether it was declared before the run."""
        return self.name in PRIMARY


def outcomes_of(panel: Panel, *, key_types: bool = True) -> list[Outcome]:
    """Every rate that the panel carries; hours first. Without `key_types` events are told by their kind alone."""
    return [*_hours(panel), *_events(panel, key_types)]


def kinds_of(panel: Panel) -> list[str]:
    """Kinds of events that the panel has."""
    return [k for k in KINDS if f"covered_{k}" in panel.cells.columns]


def exposure(panel: Panel) -> tuple[Floats, Floats, Floats]:
    """Days, km² × days and 1,000 residents × days of each cell, in which the area counted; a shift is a part of a day."""
    cells = panel.cells
    days = cells["days"].to_numpy(dtype=np.float64)
    if panel.params.period == "shift":
        days = (cells["period_end"] - cells["period"]).dt.total_seconds().to_numpy(dtype=np.float64) / 86_400
    days = days * cells["counted"].to_numpy(dtype=np.float64)
    return (
        days,
        cells["km2"].to_numpy(dtype=np.float64) * days,
        cells["residents"].to_numpy(dtype=np.float64) / 1000 * days,
    )


def _hours(panel: Panel) -> Iterator[Outcome]:
    cells = panel.cells
    keep = panel.kept_for("time") & cells["officer_hours"].notna().to_numpy()
    if not keep.any():
        return
    days, ground, people = exposure(panel)
    hours, shared = (cells[c].to_numpy(dtype=np.float64) for c in ("officer_hours", "officer_hours_systematic"))
    yield Outcome("officer hours per km²", hours, ground, keep, False, shared)
    patrol = cells["patrol_hours"].to_numpy(dtype=np.float64)
    if np.isfinite(patrol[keep]).any():
        yield Outcome("hours of cover per area", patrol, days, keep & np.isfinite(patrol), False, 0 * shared)
    if np.isfinite(people[_compared(panel)]).all():
        yield Outcome("officer hours per 1,000 residents", hours, people, keep, False, shared)
    for kind in ("crime", "incident"):
        if kind in kinds_of(panel):
            both = keep & panel.kept_for(kind)
            yield Outcome(
                f"officer hours per {kind}", hours, panel.counts(kind), both, False, shared, against_counts=True
            )
    for mode, words in (("foot", "officer hours on foot per km²"), ("vehicle", "officer hours in vehicles per km²")):
        if f"{mode}_hours" in cells.columns and np.nansum(cells[f"{mode}_hours"]) > 0:
            yield Outcome(words, cells[f"{mode}_hours"].to_numpy(dtype=np.float64), ground, keep, False, 0 * shared)


def _events(panel: Panel, key_types: bool) -> Iterator[Outcome]:
    _, ground, people = exposure(panel)
    nothing = np.zeros(len(ground))
    for kind in kinds_of(panel):
        keep = panel.kept_for(kind)
        if not keep.any():
            continue
        counts, by_police = panel.counts(kind), kind == "stop_search"
        yield Outcome(f"{KINDS[kind]} per km²", counts, ground, keep, True, nothing, by_police)
        if kind == "crime" and np.isfinite(people[_compared(panel)]).all():
            yield Outcome(f"{KINDS[kind]} per 1,000 residents", counts, people, keep, True, nothing)
        for key_type in _key_types(panel, kind) if key_types else []:
            counts = panel.counts(kind, key_type=key_type)
            own = panel.counts(kind, key_type=key_type, generated_by="police")
            mostly = bool(own.sum() > MOSTLY * counts.sum())
            yield Outcome(f"{KINDS[kind]} of {key_type} per km²", counts, ground, keep, True, nothing, mostly)


def _key_types(panel: Panel, kind: str) -> list[str]:
    if kind == "stop_search":
        return []
    rows = panel.events[(panel.events["kind"] == kind) & (panel.events["cell"] >= 0)]
    return sorted({str(k) for k in rows["key_type"] if isinstance(k, str) and k})


def _compared(panel: Panel) -> Bools:
    return np.asarray(panel.cells["role"].isin(("impact", "comparison")), dtype=bool)

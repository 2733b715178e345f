"""Displacement as results: in the areas, around them, both together; by band, to other hours, days and types; and as published."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ..arrays import Bools, Floats
from ..errors import DataRangeError
from ..words import count_of, number, p_value, range_of, ratio, ratio_with_likely, share
from .caveats import FEW_EVENTS, Facts
from .displacement import (
    Difference,
    Number,
    harm_weighted,
    ratio_of_ratios,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from .displacement_counts import MAIN, Counts
from .displacement_plan import Plan
from .displacement_ratio import Change, change_against_comparison
from .for_public import for_public
from .result import Result
from .two_counts import e_test

REFERENCE = "stratified jackknife of a ratio (Wolter 2007, Introduction to Variance Estimation)"
PUBLISHED = "Wheeler & Ratcliffe 2018 (WDD); Bowers & Johnson 2003 (WDQ); Krishnamoorthy & Thomson 2004 (E-test)"
SPATIAL_ONLY = "Spatial only: whether crime moved to other hours, days or types was not asked."
METHOD = (
    "Events after less what the comparison areas let expect: T₁ − T₀·C₁/C₀; for what lies around the areas likewise, with the rings of "
    "the comparison areas. The interval is a jackknife over areas within their role, each left out with its ring, and t with degrees of "
    "freedom by Welch and Satterthwaite. A ring has no ground of any area, nor any that lies in another ring.",
)
EXPOSURE = "adoption"


@dataclass(frozen=True, eq=False)
class Displacement:
    """What a look at displacement gave.

    Attributes
    ----------
    areas_change : in the areas
    results : primary: in the areas, around them, together; exploratory: bands, hours, days and types
    bands : (from_m, to_m, change) of each band, for the curve
    notes : sentences beside them
    method : how it was done, and the published figures
    """

    areas_change: Change
    results: tuple[Result, ...]
    bands: tuple[tuple[float, float, Change], ...]
    notes: tuple[str, ...]
    method: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Units:
    """Counts by area (n,) and part: 0 the area itself, then its bands."""

    names: list[str]
    treated: Bools
    before: Floats
    after: Floats

    def change(self, *parts: list[int], level: float = 0.95) -> Change:
        """Of parts summed: each list of columns is one part with its own comparison."""
        b, a = (np.column_stack([v[:, p].sum(axis=1) for p in parts]) for v in (self.before, self.after))
        return change_against_comparison(b, a, self.treated, self.names, level=level)


def displacement(
    counts: Counts, plan: Optional[Plan] = None, *, audience: str = "restricted", cut_by: Sequence[str] = ()
) -> Displacement:
    """Results of counts before and after in areas and their rings.

    Parameters
    ----------
    counts : of :func:`count_around` or :func:`counts_of_table`
    plan : what was asked; None for a table of counts
    audience : for the public what rests on fewer than five events is withheld, and no count stands in a sentence
    cut_by : texts of notes (system changes, outages, operations) in the time looked at: they open every sentence

    Examples
    --------
    >>> import pandas as pd
    >>> from .displacement_counts import counts_of_table
    >>> rows = [(f"{r[0]}{i}", r, m, 40, 40 - 12 * (r == "impact" and not m) + i) for r in ("impact", "comparison") for i in range(6) for m in (0, 500)]
    >>> table = pd.DataFrame(rows, columns=["area_id", "role", "band_m", "before", "after"])
    >>> [round(r.estimate) for r in displacement(counts_of_table(table, "burglaries")).results]
    [-72, 0, -72]
    """
    units, bands = _units(counts, MAIN), counts.ground.bands_m
    inside, what = units.change([0]), counts.outcome
    ring = list(range(1, 1 + len(bands)))
    results = [_result(counts, plan, inside, f"{what} in Impact Areas", primary=True)]
    around = units.change(ring) if ring else None
    if around is not None:
        together = units.change([0], ring)
        far = f"within {number(bands[-1])} m of"
        results.append(
            _result(counts, plan, around, f"{what} {far} Impact Areas", primary=True, ring=True, narrow=len(ring) == 1)
        )
        results.append(
            _result(counts, plan, together, f"{what} in Impact Areas or {far} them", primary=True, ring=True)
        )
    curve = tuple((lo, hi, units.change([k])) for k, (lo, hi) in enumerate(zip((0.0, *bands), bands), start=1))
    if len(ring) > 1:
        results += [
            _result(counts, plan, c, f"{what} {number(lo)}–{number(hi)} m from Impact Areas", ring=True, narrow=True)
            for lo, hi, c in curve
        ]
    results += [_result(counts, plan, _units(counts, name).change([0]), text) for name, text in _elsewhere(counts)]
    results = [replace(r, facts=replace(r.facts, cut_by=tuple(cut_by))) for r in results]
    if audience == "public":
        results = [for_public(r) for r in results]
    shown = audience != "public"
    notes = [*counts.notes, *counts.ground.sentences(), *_of_windows(plan)]
    notes += [] if ring else ["No rings were given: what happened around the areas is not seen."]
    notes += _counted(inside, around) if shown else []
    return Displacement(
        inside,
        tuple(results),
        curve,
        tuple(notes),
        (*METHOD, *(_published(counts, units, plan) if shown else ())),
    )


def _units(counts: Counts, name: str) -> _Units:
    table, bands = counts.ground.table, counts.ground.bands_m
    areas = table.drop_duplicates("area_id").sort_values("area_id", kind="stable")
    ids = areas["area_id"].astype(str).tolist()
    row = {a: i for i, a in enumerate(ids)}
    column = {b: k for k, b in enumerate((0.0, *bands))}
    at = (table["area_id"].astype(str).map(row).to_numpy(), table["band_m"].map(column).to_numpy())
    grids = []
    for values in (counts.before[name], counts.after[name]):
        grid = np.zeros((len(ids), 1 + len(bands)))
        np.add.at(grid, at, values)
        grids.append(grid)
    names = areas["name"].astype(str).tolist()
    return _Units(names if len(set(names)) == len(names) else ids, (areas["role"] == "impact").to_numpy(), *grids)


def _elsewhere(counts: Counts) -> Iterator[tuple[str, str]]:
    """Counts in the areas at other hours and days, and of other types."""
    for name in counts.before:
        if name == "hours":
            yield name, f"{counts.outcome} in the hours next to those of the activity, in Impact Areas"
        elif name == "days":
            yield name, f"{counts.outcome} on the days next to those of the activity, in Impact Areas"
        elif name.startswith("type:"):
            yield name, f"records of {name[5:]} in Impact Areas"


def _result(
    counts: Counts, plan: Optional[Plan], change: Change, outcome: str, *, primary: bool = False, ring: bool = False,
    narrow: bool = False,
) -> Result:  # fmt: skip
    no_ring = ring and not _has_rings(counts)
    why = "no_ring" if no_ring else change.why
    facts = Facts(
        compares_areas=True, rests_on=() if why else change.rests_on or _alone(change, counts), leans_on=change.leans_on,
        turns_on=change.turns_on, dropped_areas=change.without_events,
        before_scored_areas=plan is not None and plan.before_scored_areas,
        scoring_unknown=plan is None or plan.scored is None, police_generated=counts.police_generated,
        snapped_m=counts.snapped_m if narrow else math.nan, none_before=change.why == "none_before" and not no_ring, no_ring=no_ring,
    )  # fmt: skip
    return Result(
        "displacement", "ratio of ratios by place", outcome, EXPOSURE, "difference", change.estimate, change.low, change.high,
        change.p, "jackknife", sum(change.areas), 2, change.events, degrees=change.degrees, primary=primary, unit="events",
        facts=facts, reference=REFERENCE,
    )  # fmt: skip


def _has_rings(counts: Counts) -> bool:
    return bool((counts.ground.table["band_m"] > 0).any())


def _alone(change: Change, counts: Counts) -> tuple[str, ...]:
    """The one area of its role that has any event: without it there is no figure."""
    table = counts.ground.table.drop_duplicates("area_id")
    gone = set(change.without_events)
    found: list[str] = []
    for role, n in zip(("impact", "comparison"), change.areas):
        if n == 1:
            names = table.loc[table["role"] == role, "name"].astype(str)
            left = [a for a in names if a not in gone]
            found.append(left[0] if len(left) == 1 else f"the one {role} area")
    return tuple(found)


def _of_windows(plan: Optional[Plan]) -> list[str]:
    if plan is None:
        return [SPATIAL_ONLY]
    found = [SPATIAL_ONLY] if plan.spatial_only else []
    if not plan.same_months:
        found.append(
            "The time before and the time after have other months of the year; the comparison takes out only such seasons as both groups of areas share."
        )
    return found


def _counted(areas: Change, around: Optional[Change]) -> list[str]:
    """Counts and what was expected, of the areas and around them."""
    found = []
    for where, c in (("In Impact Areas", areas), ("Around them", around)):
        if c is None or c.why or c.events <= 0:
            continue
        (t0, t1), (c0, c1) = c.treated, c.compared
        found.append(
            f"{where}: {number(t0)} events before, {number(t1)} after, where {number(c.expected)} were expected by the change of the comparison "
            f"({number(c0)} to {number(c1)}): {_more_or_fewer(share(abs(c.percent)), c.estimate)} than expected."
        )
    return found


def _published(counts: Counts, units: _Units, plan: Optional[Plan]) -> list[str]:
    """WDD with periods, areas and harm, WDQ and the exact comparison of small counts, as they are published."""
    pairs = _pairs(units)
    treated, control, near, _ = pairs
    wdd = weighted_displacement_difference(*pairs)
    found = [
        f"As published, by counts as if areas did not differ, so with intervals that are too short: weighted displacement difference {_of(wdd)}; "
        f"in the areas {_of(wdd.local)}, around them {_of(wdd.displacement)}."
    ]
    lengths = plan.lengths if plan is not None else (1, 1)
    if lengths[0] != lengths[1]:
        by_time = weighted_displacement_difference(*pairs, time_weights=(1.0, lengths[1] / lengths[0]))
        found.append(f"The same by the lengths of the periods, as if both were as long as that before: {_of(by_time)}.")
    sizes = _sizes(counts)
    if all(s > 0 for s in sizes):
        by_size = weighted_displacement_difference(
            *pairs, time_weights=(1.0, lengths[1] / lengths[0]), area_weights=sizes
        )
        found.append(f"The same by period and km²: {_of(by_size)} per km².")
    harm = _harm(counts, plan)
    if harm is not None:
        found.append(f"Weighed by harm: {_of(harm)}.")
    if min(*treated, *control) > 0:
        found.append(
            f"Ratio of ratios of counts in the areas: {ratio_with_likely(*ratio_of_ratios(treated, control))}."
        )
    found.append(_quotient(treated, control, near))
    if 0 < sum(treated) < FEW_EVENTS and all(n == int(n) for n in treated):
        p = e_test(*treated, times=lengths)
        found.append(
            f"So few events ({number(treated[0])} before, {number(treated[1])} after in the Impact Areas) beside each other exactly, as Poisson "
            f"counts over {count_of(lengths[0], 'days')} and {count_of(lengths[1], 'days')} (E-test): p {p_value(p)}. It knows of no comparison area."
            if plan is not None
            else f"So few events ({number(treated[0])} before, {number(treated[1])} after in the Impact Areas) beside each other exactly, as "
            f"Poisson counts (E-test): p {p_value(p)}. It knows of no comparison area."
        )
    return [*found, f"Published methods of these figures: {PUBLISHED}."]


def _pairs(units: _Units) -> tuple[tuple[Number, Number], ...]:
    """(before, after) of impact, comparison, around impact, around comparison areas."""
    found = []
    for columns in (slice(0, 1), slice(1, None)):
        for role in (units.treated, ~units.treated):
            found.append((float(units.before[role][:, columns].sum()), float(units.after[role][:, columns].sum())))
    return tuple(found)


def _sizes(counts: Counts) -> tuple[float, ...]:
    """km² in the order of :func:`_pairs`; of no ring 1, for its counts are 0."""
    table = counts.ground.table
    ring = (table["band_m"] > 0).to_numpy()
    found = []
    for part in (~ring, ring):
        for role in ("impact", "comparison"):
            some = part & (table["role"] == role).to_numpy()
            found.append(float(table.loc[some, "km2"].sum(skipna=False)) if some.any() else 1.0)
    return tuple(found)


def _harm(counts: Counts, plan: Optional[Plan]) -> Optional[Difference]:
    if plan is None or not plan.weights:
        return None
    parts = [weighted_displacement_difference(*_pairs(_units(counts, f"harm:{name}"))) for name, _ in plan.weights]
    return harm_weighted(parts, [w for _, w in plan.weights])


def _quotient(treated: tuple[Number, Number], control: tuple[Number, Number], near: tuple[Number, Number]) -> str:
    try:
        found = weighted_displacement_quotient(treated, control, near)
    except DataRangeError:
        return "No weighted displacement quotient: it needs counts above zero before and after, in the areas, around them and where they are compared."
    if not found.readable:
        return "The weighted displacement quotient is not read: crime fell no more in the Impact Areas than in the comparison areas, so there is nothing that could have moved."
    way = (
        "below 0: some of it may have moved around the areas"
        if found.quotient < 0
        else "above 0: fewer around the areas too"
    )
    return (
        f"Weighted displacement quotient {ratio(found.quotient)} ({way}; it has no interval); total net effect, as the method calls it, "
        f"{_more_or_fewer(f'{number(abs(found.total_net_effect))} events', -found.total_net_effect)}."
    )


def _more_or_fewer(size: str, change: float) -> str:
    return f"{size} {'more' if change > 0 else 'fewer'}"


def _of(found: Difference) -> str:
    ends = range_of(found.estimate, found.low, found.high)
    return (
        f"{number(found.estimate)} ({ends}; z {ratio(found.z)})"
        if found.se > 0
        else f"{number(found.estimate)} (no interval)"
    )


__all__ = ["METHOD", "SPATIAL_ONLY", "Displacement", "displacement"]

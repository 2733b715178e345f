"""Counts of events as the public may see them: by whole calendar month, rounded together, so that nothing is hidden that a dash could tell.

A month is released once and for all: its counts of a kind by place and category are rounded together, and whatever the public is
told is made from these. Months share no event, so that the tables of yesterday and today, or of a week and of the week less a
day, have no difference; areas that share ground have none either, for the first of them alone is told by itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Optional

import numpy as np
import pandas as pd

from ..areas import EVENT_ROLE_ORDER
from ..columns import ALL
from ..events.sensitive import is_sensitive, named_sensitive
from ..filter_state import ALL_DAYS, FilterState
from ..material.days import days_counted
from ..material.kept import kept_events
from ..material.measures import FILTERED_OUT, NO_RECORDS, NOT_VALID, why_no_events
from ..material.places import FORCE, Place, area_places
from ..material.records import last_whole_day
from ..material.summary_tables import Material
from ..material.sums import by_place, by_word
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import REST, ROLE_LABELS, role_label
from ..suppression import BASE, LEAST, OTHER, rounded_together

BY_MONTH = "the public is told counts by whole calendar months that have ended, of all hours and categories"
SHARES_GROUND = "shares ground with another area, and is told with its role"
WITHHELD = (BY_MONTH, SHARES_GROUND)  # why something is not told that is known
PARTS = (*ROLE_LABELS, NO_PLACE)  # each event once
LEFT = " left"  # rows of what is in no area that is told, by part; never shown


def why_not_published(material: Material, state: FilterState) -> str:
    """Why the public is told no counts under a filter; blank where it is."""
    narrowed = state.categories or state.key_types or state.weekdays != ALL_DAYS or not state.any_hour
    ended = state.last is not None and (last := last_whole_day(material)) is not None and state.last <= last
    return "" if ended and months_of(state) and not narrowed else BY_MONTH


def months_of(state: FilterState) -> list[FilterState]:
    """The calendar months of a period, whole ones, each with nothing left out; none where it is not made of such."""
    first, last = state.first, state.last
    if first is None or last is None or first.day != 1 or (last + timedelta(days=1)).day != 1:
        return []
    starts = [
        date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    ends = [(d + timedelta(days=31)).replace(day=1) - timedelta(days=1) for d in starts]
    return [FilterState(first=a, last=b, timezone=state.timezone) for a, b in zip(starts, ends)]


def counts_rounded_to(state: FilterState) -> int:
    """What every published count is less than away from the true one, and so what a nought is under: 5 for each month."""
    return BASE * max(1, len(months_of(state)))


def published_counts(material: Material, state: FilterState, kind: str) -> pd.DataFrame:
    """Counts of a kind of crime or incident by place and category, ``ALL`` first: the sum of the months' releases.

    Returns
    -------
    DataFrame of int, one row a place by its label: parts, the whole force, and areas that are told. Of areas sensitive
    categories stand in "other" (NaN in their own columns), which has all that are fewer than five in the force as well.
    """
    months = [_released(material, month, kind) for month in months_of(state)]
    # A category has its own name where it has it in each month, so that no part of it passes for the whole.
    named = set.intersection(*({*m.columns} for m in months))
    told = named_sensitive(material.events.table)
    return _added([m.T.groupby([c if c in named else OTHER for c in m.columns]).sum().T for m in months], told)


def published_searches(material: Material, state: FilterState) -> pd.DataFrame:
    """Searches by place: ``found``, ``not found``, ``not known`` (whether the object was), and ``ALL``; as `published_counts`."""
    return _added([_released_searches(material, month) for month in months_of(state)])


def _added(months: list[pd.DataFrame], told: Optional[frozenset[str]] = None) -> pd.DataFrame:
    """The sum of the months, of an area over those in which it counted; sensitive categories of areas, `told` ones too, in
    "other" (None where the columns are no categories)."""
    table = pd.concat(months).groupby(level=0, sort=False).sum()
    table.insert(0, ALL, table.sum(axis=1))
    sensitive = [
        g for g in table.columns if told is not None and g not in (ALL, OTHER) and (g in told or is_sensitive(g))
    ]
    areas = ~table.index.isin([*PARTS, FORCE])
    if sensitive:
        table.loc[areas, OTHER] += table.loc[areas, sensitive].sum(axis=1)
        table[sensitive] = table[sensitive].astype(np.float64)
        table.loc[areas, sensitive] = np.nan
    return table


def published_areas(material: Material, month: FilterState) -> list[Place]:
    """The areas that the public is told of by themselves: of those that share ground the first, impact areas before others.

    What it is, hangs on the map and not on any count.
    """
    days = days_counted(material, month)
    assert days is not None
    order = {role: i for i, role in enumerate(EVENT_ROLE_ORDER)}
    first: list[Place] = []
    beside = {p: {b for pair in material.sharing if p in pair for b in pair} - {p} for p in days.index}
    for place in sorted(
        (p for p in area_places(material) if days[p.label]), key=lambda p: order.get(p.role, len(order))
    ):
        before = [t for t in first if t.label in beside[place.label]]
        if not before and not _lies_in_another(place, beside, material, days, order):
            first.append(place)
    return first


def _lies_in_another(
    place: Place, beside: dict[str, set[str]], material: Material, days: pd.Series, order: dict[str, int]
) -> bool:
    """Whether ground of an area counts with a role before its own."""
    roles = dict(zip(material.areas["area_id"], material.areas["role"]))
    own = order.get(place.role, len(order))
    return any(days.get(b, 0) and order.get(roles.get(b, ""), len(order)) < own for b in beside[place.label])


def why_area_not_published(material: Material, state: FilterState) -> dict[str, str]:
    """Of each area that is not told by itself in all months in which it counts, why."""
    counted: set[str] = set()
    withheld: set[str] = set()
    for month in months_of(state):
        days = days_counted(material, month)
        now = {p.label for p in published_areas(material, month)}
        there = {p.label for p in area_places(material) if days is not None and days[p.label]}
        counted |= there
        withheld |= there - now
    whys = {p.label: NOT_VALID for p in area_places(material) if p.label not in counted}
    return {**whys, **dict.fromkeys(withheld, SHARES_GROUND)}


def _released(material: Material, month: FilterState, kind: str) -> pd.DataFrame:
    """The release of a month: counts by place and category, rounded together; small categories are one, "other"."""
    hours, areas = material.events, published_areas(material, month)
    keep = kept_events(material, month) & hours.among("kind", (kind,))
    # By the start of its window each event is one, in one month.
    counts = by_word(hours, keep, [*_parts(), *areas], "category", hours.table["events"])
    small = counts.iloc[: len(PARTS)].sum() < LEAST
    counts = counts.T.groupby([OTHER if small[c] else c for c in counts.columns]).sum().T
    return _rounded(counts.assign(**{OTHER: counts.get(OTHER, 0.0)}), areas, f"{kind}|{month.first}")


def _released_searches(material: Material, month: FilterState) -> pd.DataFrame:
    hours, areas = material.events, published_areas(material, month)
    keep = kept_events(material, month) & hours.among("kind", ("stop_search",))
    amounts = {n: hours.table[n] for n in ("events", "outcome_known", "found")}
    sums = by_place(hours, keep, [p.rows for p in (*_parts(), *areas)], amounts)
    found, known = sums["found"], sums["outcome_known"]
    table = pd.DataFrame({"found": found, "not found": known - found, "not known": sums["events"] - known})
    return _rounded(table, areas, f"stop_search|{month.first}")


def _parts() -> list[Place]:
    return [Place(label, label, label.strip("()"), (label,)) for label in PARTS]


def _rounded(counts: pd.DataFrame, areas: list[Place], mark: str) -> pd.DataFrame:
    """Counts of parts and areas, rounded as areas and what is left of each part, and put together again."""
    of = [role_label(p.role) if p.role in EVENT_ROLE_ORDER else REST for p in areas]
    parts = counts.iloc[: len(PARTS)].set_axis([*PARTS])
    inside = counts.iloc[len(PARTS) :].set_axis([p.label for p in areas])
    left = parts - inside.groupby(of).sum().reindex(PARTS, fill_value=0.0)
    # What lies in an area and yet in no part for sure (its place is a square) is where it surely is.
    left.loc[NO_PLACE] += left.clip(upper=0).sum()
    cells = pd.concat([left.clip(lower=0).set_axis([f"{p}{LEFT}" for p in PARTS]), inside])
    rounded = rounded_together(cells, [*PARTS, *of], mark)
    whole = rounded.groupby([*PARTS, *of]).sum().reindex(PARTS)
    return pd.concat([whole, whole.sum().to_frame(FORCE).T, rounded.iloc[len(PARTS) :]])


def why_kind_not_published(material: Material, state: FilterState, kind: str) -> str:
    """Why nothing is told of a kind: nothing is known of it, or the public is told by months only; blank where something is."""
    bare = replace(state, categories=(), key_types=())
    why = why_no_events(material, bare, kind)
    # Whether a day or a running month has records is told no more than how many.
    return why if why in (NO_RECORDS, FILTERED_OUT) else why_not_published(material, state) or why

"""Questions 1 to 6 as dots, one a row: what a chart of the report draws, and a page of the answers shows as it stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..activity.rules import ACTIVITY_WORDS, PRINTED
from ..answers.group_rows import KINDS
from ..answers.splits import activity_share
from ..charts.intervals import Interval
from ..columns import ALL
from ..material.measures import measured
from ..material.places import COMPARISON, IMPACT, PLACE_NAMES, places
from ..suppression import OTHER
from ..words import MODE_WORDS, amount, mode_share, share, with_likely
from .asked import Asked
from .chapter import MOST_NAMES, DotRows

ROLES = {"impact": True, "comparison": False}  # full dots, hollow dots
FEW = "not told"
FULL_AND_HOLLOW = "Full dots are Impact Areas, hollow ones comparison areas."
ENDS = ("", "_low", "_high")
UNIT = "per km²"
Row = Mapping[Hashable, Any]


def area_dots(asked: Asked) -> DotRows:
    """Hours per km² of each area with its range, Impact Areas first; of the roles alone where there are too many areas to name."""
    time = asked.tables["time"]
    areas = time[time["role"].isin(ROLES) & ~time["place"].isin(PLACE_NAMES)]
    if not 0 < len(areas) <= MOST_NAMES:
        areas = time[time["place"].isin([IMPACT, COMPARISON])]
    areas = areas.assign(order=areas["role"].map(list(ROLES).index)).sort_values(["order", "name"], kind="stable")
    km2 = areas["km2"].to_numpy(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (areas[f"officer_hours_{end}"].to_numpy(np.float64) / km2 for end in ("low", "high"))
    rows = tuple(
        Interval(str(n), float(rate), float(a), float(b), filled=ROLES[str(role)], text=FEW)
        for n, rate, a, b, role in zip(areas["name"], areas["hours_per_km2"], low, high, areas["role"])
    )
    caption = f"Officer hours per km² in the period, each with its likely range, by name. {FULL_AND_HOLLOW}"
    words = tuple((r.label, with_likely(r.estimate, r.low, r.high, "h per km²")) for r in rows)
    return DotRows(rows, "officer hours per km²", caption, words)


def unit_dots(asked: Asked) -> DotRows:
    """The share of each unit in officer time, "other" last."""
    units = asked.tables["resources"]
    units = units[units["dimension"] == "unit"]
    order = tuple(sorted(units["value"].unique(), key=lambda v: (v == OTHER, v)))
    caption = f"Share of officer time by unit, in alphabetical order. {FULL_AND_HOLLOW}"
    return _shares(units, "value", order, str, caption, lambda r: share(r["share_percent"], asked.base))


def activity_dots(asked: Asked) -> DotRows:
    """The share of officer time by what it is linked to, not known first."""
    caption = f"Share of officer time by what it is linked to, not known first, with likely ranges where the way of moving alone tells it. {FULL_AND_HOLLOW}"
    return _shares(
        asked.tables["activities"], "activity", PRINTED, ACTIVITY_WORDS.__getitem__, caption,
        lambda r: activity_share(r, asked.base),
    )  # fmt: skip


def mode_dots(asked: Asked) -> DotRows:
    """The share of officer time by how officers moved, "cannot tell" first."""
    wide = asked.tables["modes"]
    modes = tuple(m for m in MODE_WORDS if f"{m}_percent" in wide.columns)
    long = pd.concat(
        [
            wide[["place"]].assign(mode=m, **{f"share_percent{e}": wide.get(f"{m}_percent{e}", np.nan) for e in ENDS})
            for m in modes
        ]
        or [pd.DataFrame(columns=["place", "mode"])]
    )
    caption = f"Share of officer time by how officers moved, “cannot tell” first, with likely ranges. {FULL_AND_HOLLOW}"
    return _shares(
        long, "mode", modes, MODE_WORDS.__getitem__, caption,
        lambda r: mode_share(*(r[f"share_percent{e}"] for e in ENDS), base=asked.base),
    )  # fmt: skip


def event_dots(asked: Asked) -> DotRows:
    """Crimes and incidents by category per km², comparison areas below Impact Areas."""
    table = asked.tables["events"]
    rows, beside, words = [], [], []
    if len(table):
        own = table[(table["by"] == "category") & table["place"].isin([IMPACT, COMPARISON]) & table["kind"].isin(KINDS)]
        for (kind, group), part in own.groupby(["kind", "group"], sort=True):
            label = f"All {KINDS[str(kind)]}" if group == ALL else str(group)
            rates = part.set_index("place")["per_km2"]
            here, there = (float(rates.get(place, np.nan)) for place in (IMPACT, COMPARISON))
            rows.append(Interval(label, here, np.nan, np.nan, text=FEW))
            beside.append(Interval(label, there, np.nan, np.nan, filled=False, text=FEW))
            words.append((label, f"{amount(here, UNIT)}, comparison areas {amount(there, UNIT)}"))
    caption = f"Recorded crimes and incidents per km² in the period: counts, which have no range. {FULL_AND_HOLLOW}"
    return DotRows(tuple(rows), "recorded events per km²", caption, tuple(words), tuple(beside))


def found_dots(asked: Asked) -> DotRows:
    """The share of each role; its range is that of the figures. The public's shares are of rounded counts, and have none."""
    shares = asked.at_roles("searches").set_index("place")["found_percent"].dropna()
    ends: dict[str, tuple[float, float]] = {}
    if asked.audience != "public":
        where = [p for p in places(asked.material) if p.label in shares.index]
        column = measured(asked.material, asked.state, where, keys=("found",)).columns["found"]
        ends = {p.label: (float(a), float(b)) for p, a, b in zip(where, column.low, column.high)}
    nothing = (np.nan, np.nan)
    rows = tuple(Interval(PLACE_NAMES[str(p)], float(v), *ends.get(str(p), nothing)) for p, v in shares.items())
    caption = (
        "Share of stops and searches in which the object was found, of those with a known result, with likely ranges."
    )
    words = tuple((r.label, mode_share(r.estimate, r.low, r.high, base=asked.base)) for r in rows)
    return DotRows(rows, "per cent of searches", caption, words)


def _shares(
    table: pd.DataFrame,
    by: str,
    order: Sequence[str],
    label: Callable[[str], str],
    caption: str,
    in_words: Callable[[Row], str],
) -> DotRows:
    """Shares of Impact Areas word by word in an order, with those of comparison areas below them."""
    found = {(r["place"], r[by]): r for r in table[table["place"].isin([IMPACT, COMPARISON])].to_dict("records")}
    rows, beside, words = [], [], []
    for word in order:
        here, there = (found.get((place, word)) for place in (IMPACT, COMPARISON))
        if here is None and there is None:
            continue
        rows.append(_share_dot(label(word), here, True))
        beside.append(_share_dot(label(word), there, False) if there is not None else None)
        figures = [in_words(r) if r is not None else FEW for r in (here, there)]
        words.append((label(word), f"{figures[0]}, comparison areas {figures[1]}"))
    return DotRows(tuple(rows), "per cent of officer time", caption, tuple(words), tuple(beside))


def _share_dot(label: str, row: Optional[Row], filled: bool) -> Interval:
    value, low, high = (float(row.get(f"share_percent{end}", np.nan)) if row is not None else np.nan for end in ENDS)
    return Interval(label, value, low, high, filled=filled, text=FEW)


__all__ = [
    "activity_dots",
    "area_dots",
    "event_dots",
    "found_dots",
    "mode_dots",
    "unit_dots",
]

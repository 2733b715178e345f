"""What each audience may see of presence at events, and in which words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..params import SmallestAreaParams
from ..suppression import LEAST, check_audience, rounded
from ..words import ASSOCIATION, amount, best_estimate, capitalised, count_of, number, share, with_range

FEW_EVENTS = f"not shown: fewer than {LEAST} events"
FEW_OFFICERS = f"not shown: fewer than {LEAST} officers"
FEW_GROUND = "not shown: places of less than {} together"
_KEYS = ("kind", "when", "minutes", "distance_m")
_WORDS = {"crime": "crimes", "incident": "incidents", "stop_search": "stops and searches"}


def shown_to(table: pd.DataFrame, audience: str, least_ha: float = SmallestAreaParams().least_ha) -> pd.DataFrame:
    """The table of presence at events as an audience may see it, with a column ``note``.

    Parameters
    ----------
    table : made by :func:`~ia_plugin.core.activity.at_events.presence_at_events`
    audience : restricted (all of it), board (no kind of fewer than five events, nor rings of less ground than the minimum),
        public (neither that, nor anything where fewer than five officers stand behind it; counts rounded to 5, and shares made
        from these)
    least_ha : the minimum, hectares: five events at one door would tell when officers were at that door
    """
    check_audience(audience)
    shown = table.copy()
    shown["note"] = pd.Series("", index=shown.index, dtype=object)
    shown["events"] = shown["events"].astype(np.float64)
    if audience == "restricted":
        return shown
    numbers = [c for c in table.columns if c not in _KEYS]
    few = table["events"] < LEAST
    shown.loc[few, numbers], shown.loc[few, "note"] = np.nan, FEW_EVENTS
    sizes = table.attrs.get("ring_ground_ha", {})
    ground = np.array([sizes.get((str(k), float(d)), np.inf) for k, d in zip(table["kind"], table["distance_m"])])
    small = ~few.to_numpy() & (ground < least_ha)
    shown.loc[small, numbers], shown.loc[small, "note"] = np.nan, FEW_GROUND.format(amount(least_ha, "ha"))
    if audience == "public":
        if table.attrs.get("officers", LEAST) < LEAST:
            left = ~few & ~small
            shown.loc[left, numbers], shown.loc[left, "note"] = np.nan, FEW_OFFICERS
        counts = [c for c in numbers if c != "share"]
        shown[counts] = rounded(shown[counts])
        shown["share"] = (shown["near"] / shown["events"]).round(2)
    return shown


def counted(shown: pd.DataFrame) -> int:
    """Events behind the rows that are shown."""
    return int(shown.groupby("kind")["events"].max().sum()) if len(shown) else 0


def in_words(shown: pd.DataFrame) -> list[str]:
    """A sentence for each kind of event, about the middle distance and the middle time before."""
    lines = []
    for kind, rows in shown.groupby("kind", sort=True):
        name = _WORDS.get(str(kind), f"events of the kind {kind}")
        before = rows[rows["when"] == "before"]
        distance, minutes = (_middle(before[c]) for c in ("distance_m", "minutes"))
        row = before[(before["distance_m"] == distance) & (before["minutes"] == minutes)].iloc[0]
        if row["note"]:
            lines.append(f"{capitalised(name)}: {row['note']}.")
            continue
        there = ""
        if np.isfinite(row["random_place"]):
            there = f", at each other's places {_percent(row, 'random_place')}"
        lines.append(
            f"At {number(distance)} m and in the {number(minutes)} min before: an officer was near {share(100.0 * row['share'])} of "
            f"{count_of(row['events'], name)} ({best_estimate(row['near'], row['near_low'], row['near_high'], '')}); at random times "
            f"{_percent(row, 'random_time')}{there}. {ASSOCIATION}"
        )
    return lines


def _middle(values: pd.Series) -> float:
    different = np.unique(values)
    return float(different[len(different) // 2])


def _percent(row: pd.Series, name: str) -> str:
    best, low, high = (100.0 * row[n] / row["events"] for n in (name, f"{name}_low", f"{name}_high"))
    return with_range(best, low, high, "%")

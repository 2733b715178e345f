"""Visits counted by area, hour of entry, unit, resource type and length: what remains of them where no officer may be shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..columns import RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN, VISIT_LENGTHS, require
from ..empty import empty_table
from ..presence.area_visits import DWELL_BANDS
from ..times.instants import instants, nanoseconds
from ..times.periods import civil_periods
from .grains import fine

BANDS = tuple(f"{low}–{high} min" if np.isfinite(high) else f"{low}+ min" for low, high in DWELL_BANDS)
_KEYS = ("area_id", "period", "unit", "resource_type", "band")
_MISSING = {"unit": UNIT_NOT_KNOWN, "resource_type": RESOURCE_NOT_KNOWN}


def visit_lengths(visits: pd.DataFrame, legs: pd.DataFrame, timezone: str = "Europe/London") -> pd.DataFrame:
    """Visits by area, civil hour of entry, unit and resource type of the track, and band of length.

    Parameters
    ----------
    visits : the visits table
    legs : the legs they were made from, with ``unit`` and ``resource_type`` where known
    timezone : civil time of the hours

    Returns
    -------
    DataFrame, the visit_lengths table of these visits.
    """
    require(visits, ("area_id", "track_id", "enter", "seconds"), "visits")
    if not len(visits):
        return empty_table(VISIT_LENGTHS)
    enter = nanoseconds(visits["enter"])
    edges = civil_periods(int(enter.min()), int(enter.max()) + 1, "hour", timezone)
    band = np.searchsorted([60.0 * low for low, _ in DWELL_BANDS], visits["seconds"].to_numpy(), side="right") - 1
    table = pd.DataFrame(
        {
            "area_id": visits["area_id"].to_numpy(dtype=object),
            "period": edges.edges[edges.index(enter)],
            "band": np.array(BANDS, dtype=object)[np.maximum(band, 0)],
            "seconds": fine(visits["seconds"].to_numpy()),
        }
    )
    first = legs.drop_duplicates("track_id")
    # Not set_index: pandas 3.0 takes two ids, which are hashes, for the ends of a range that outgrows 64 bits.
    row = pd.Index(first["track_id"].to_numpy()).get_indexer(visits["track_id"])
    for name, missing in _MISSING.items():
        table[name] = missing
        if name in first.columns:
            known = np.r_[first[name].to_numpy(dtype=object), [None]][row]  # −1, no such track, is the last
            table[name] = np.where(pd.notna(known), known, missing)
    found = table.groupby(list(_KEYS), sort=True)["seconds"].agg(visits="size", seconds="sum").reset_index()
    found["period"] = instants(found["period"].to_numpy())
    return found[list(VISIT_LENGTHS.names)]


def added_lengths(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The visit_lengths table of several groups of officers: visits and seconds add, in whole :mod:`.grains`."""
    some = [t for t in tables if len(t)]
    if not some:
        return empty_table(VISIT_LENGTHS)
    found = pd.concat(some, ignore_index=True).groupby(list(_KEYS), sort=True)[["visits", "seconds"]].sum()
    return found.reset_index()[list(VISIT_LENGTHS.names)]

"""The summary alone, read from either home: what the dock, the answers and the briefing draw their figures from. No key, no officer."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..core.about.agreement import Agreement
from ..core.checked import Checked
from ..core.columns import ALL, TABLES
from ..core.disclosure.shown_texts import notes_for_board
from ..core.empty import empty_table
from ..core.errors import ImpactAreaWarning, StoreError
from ..core.events.record_delays import delays_of_text
from ..core.material.summary_tables import Material
from ..core.material.whole_seconds import whole_cover, whole_time_use, whole_visits
from ..core.movement.likely_shares import spread_after
from ..core.sentence import sentence
from ..core.suppression import LEAST
from .open_summary import ABOUT as ABOUT
from .open_summary import facts_of, opened_summary
from .open_summary import summary_path as summary_path
from .record_delays import DELAYS
from .tables import SUMMARY

AREAS_CHANGED = "areas_changed"  # a fact: areas were put in whose figures are not computed yet
CHECKS = "checks"  # a fact: what the sheets of the manual check found, counts alone
OFFICERS = "movement_officers"  # a fact: on how many of the force's officers the movement model was calibrated
_READ = ("areas", "time_use", "cover", "visit_lengths", "notes")
# What a summary tells beside them; one of an earlier version tells every unit apart, and holds the records of events.
_NOW = ("enough_officers", "group_time", "visit_bands", "event_cells")
PUBLISHED = ("time_use", "cover", "visit_lengths", *_NOW)
"""Tables of what anyone may read that tell of areas."""
_EARLIER = ("officers_seen", "events")


def read_summary(folder: Union[str, Path], *, timezone: str = "Europe/London") -> Material:
    """The material of figures, from the summary file of a store.

    Parameters
    ----------
    folder : the store's folder, its summary file, or libpq's words for a shared store
    timezone : for a summary that does not tell its own

    Raises
    ------
    StoreError
        where there is no summary, it is of a newer version, a table has lost a column, or nothing was computed into it yet.

    Warns
    -----
    ImpactAreaWarning
        where the areas were changed and a refresh has not come to its end since.
    """
    with opened_summary(folder, checked=True) as summary:
        have = set(summary.tables())
        if not {"areas", "time_use"} <= have:
            raise StoreError(
                sentence("{name!r} has no areas or no time of officers yet.", name=SUMMARY),
                "Run Daily refresh with areas, then open it again.",
            )
        wanted = (*_READ, *(_NOW if _NOW[0] in have else _EARLIER))
        found = {n: summary.read(n) if n in have else empty_table(TABLES[n]) for n in wanted}
        facts = facts_of(summary)
    if AREAS_CHANGED in facts:
        words = "The areas of the store were changed and not all figures are computed for them yet: run Daily refresh to its end."
        warnings.warn(words, ImpactAreaWarning, stacklevel=2)
    areas = found["areas"]
    return Material.of(
        areas,
        whole_time_use(found["time_use"]),
        cover=whole_cover(found["cover"]),
        visit_lengths=whole_visits(found["visit_lengths"]),
        notes=notes_for_board(found["notes"]),
        timezone=str(facts.get("timezone", timezone)),
        share_spread=spread_after(float(facts.get(OFFICERS) or 0)),
        checked=Agreement.of_text(facts.get(CHECKS)).checked,
        delays=delays_of_text(facts.get(DELAYS)),
        **of_published(found) if _NOW[0] in found else {n: found[n] for n in _EARLIER},
    )


def checked_of(folder: Union[str, Path]) -> Optional[Checked]:
    """How many checks of a store agree, and of how many; None where nobody has checked it."""
    with opened_summary(folder) as summary:
        return Agreement.of_text(facts_of(summary).get(CHECKS)).checked


def read_store_areas(folder: Union[str, Path]) -> pd.DataFrame:
    """The areas table of a store, with its geometries, in the store's projected system.

    Raises
    ------
    StoreError
        where there is no summary.
    """
    with opened_summary(folder) as summary:
        return summary.read("areas")


def of_published(found: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What published tables are to :meth:`~..core.material.summary_tables.Material.of`. Officers in the form of officers_seen: five stand for five or more, none for fewer."""
    enough = found["enough_officers"]
    seen = enough[["area_id", "period"]].assign(dimension=ALL, value=ALL)
    seen["officers"] = np.where(enough["five_or_more"].astype(bool), LEAST, 0).astype(np.int64)
    return {
        "officers_seen": seen,
        "groups": found["group_time"],
        "bands": found["visit_bands"],
        "event_cells": found["event_cells"],
    }


def epsg_of(folder: Union[str, Path]) -> int:
    """EPSG code of the projected system that a store's positions and areas are in."""
    with opened_summary(folder) as summary:
        return int(summary.epsg)

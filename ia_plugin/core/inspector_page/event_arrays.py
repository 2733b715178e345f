"""Crimes, incidents and searches of a page as arrays: a row each cell, sensitive categories by closed week apart."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..arrays import Array
from ..times.civil import pandas_zone
from ..times.instants import instants
from .day_facts import Facts
from .day_slots import WHOLE_DAY, Slots, days_since
from .released import Released

WHAT = ["kind", "category", "key_type", "generated_by", "precision"]
_SUMS = ["events", "outcome_known", "found", "expected"]
_NAMES = {"events": "count", "outcome_known": "known", "found": "found", "expected": "expected"}


class EventArrays(NamedTuple):
    """Arrays by name; what the numbers of `event_what` and `sensitive_what` stand for, and whether each is sensitive."""

    arrays: dict[str, Array]
    whats: list[Facts]


def event_arrays(got: Released, slots: Slots, rows: list[str]) -> EventArrays:
    """The events of a page.

    Parameters
    ----------
    rows : areas, then roles
    """
    hours = got.material.events
    table = hours.table
    if not len(table):
        return EventArrays({n: np.empty(0, dtype=np.int64) for n in _array_names()}, [])
    day = days_since(hours.moments, slots.base, slots.timezone)[hours.at]
    local = np.asarray(instants(hours.moments).tz_convert(pandas_zone(slots.timezone)).hour)[hours.at]
    fine = hours.among("precision", ("hour",)) & (day <= slots.hours_until)
    what, whats = _whats(table, got.sensitive)
    cells = pd.DataFrame(
        {
            "row": pd.Index(rows).get_indexer(table["area_id"].astype(object)),
            "day": day,
            "hour": np.where(fine, local, WHOLE_DAY),
            "what": what,
            **{n: table[n].to_numpy() for n in _SUMS},
        }
    )
    cells = cells[((cells["row"] >= 0) & (cells["day"] < slots.days)).to_numpy()]
    apart = np.array([w["sensitive"] for w in whats], dtype=bool)[cells["what"].to_numpy()]
    open_ = cells[~apart].groupby(["day", "hour", "row", "what"], sort=True)[_SUMS].sum().reset_index()
    by_month = np.array([w["precision"] == "month" for w in whats], dtype=bool)[cells["what"].to_numpy()]
    weeks = _by_week(cells[apart & ~by_month], got, slots)
    arrays = {f"event_{n}": open_[n].to_numpy() for n in ("row", "day", "hour", "what")}
    arrays |= {f"event_{name}": open_[n].to_numpy() for n, name in _NAMES.items()}
    arrays |= {f"sensitive_{n}": weeks[n].to_numpy() for n in ("row", "week", "what")}
    arrays |= {f"sensitive_{_NAMES[n]}": weeks[n].to_numpy() for n in ("events", "expected")}
    return EventArrays({n: arrays[n] for n in _array_names()}, whats)


def _array_names() -> list[str]:
    return [
        *(f"event_{n}" for n in ("row", "day", "hour", "what", *_NAMES.values())),
        *(f"sensitive_{n}" for n in ("row", "week", "what", "count", "expected")),
    ]


def _whats(table: pd.DataFrame, sensitive: frozenset[str]) -> tuple[Array, list[Facts]]:
    """The number of what each row is of, and what it stands for, alphabetical."""
    words = table[WHAT].astype(object).astype(str)
    number = words.groupby(WHAT, sort=True).ngroup().to_numpy()
    first = words.assign(n=number).drop_duplicates("n").sort_values("n")
    return number, [
        {**{n: getattr(r, n) for n in WHAT}, "sensitive": r.category in sensitive} for r in first.itertuples()
    ]


def _by_week(cells: pd.DataFrame, got: Released, slots: Slots) -> pd.DataFrame:
    """Sums by area and calendar week (the number of its Monday) of the weeks that are closed."""
    monday = cells["day"] - (cells["day"] + slots.base.weekday()) % 7
    weeks = cells.assign(week=monday)
    until = -1 if got.weeks_until is None else (got.weeks_until - timedelta(days=6) - slots.base).days
    kept = weeks[((monday >= 0) & (monday <= until)).to_numpy()]
    return kept.groupby(["week", "row", "what"], sort=True)[_SUMS].sum().reset_index()


__all__ = ["WHAT", "EventArrays", "event_arrays"]

"""Schedules of trials in the store: kept before their first day, once, so that nobody draws again until it pleases."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.columns import TRIAL_DAYS
from ..core.errors import StoreError
from ..core.evaluation.trial_schedule import Schedule, schedule_of_table
from .interface import StoreHome
from .open_summary import opened_summary

TABLE = TRIAL_DAYS.name


def keep_schedule(store: StoreHome, schedule: Schedule) -> int:
    """Keep a schedule; its number in the store, from 1.

    Raises
    ------
    StoreError
        where some of its areas were drawn for some of its days already.
    PrivacyError
        without the key.
    """
    with store.together("schedule of a trial"):
        held = store.read(TABLE)
        again = held["day"].isin(set(map(str, schedule.days))) & held["area_id"].astype(str).isin(set(schedule.areas))
        if again.any():
            first = held[again].iloc[0]
            raise StoreError(
                f"The schedule {first['schedule']}, drawn {pd.Timestamp(first['drawn_at']):%Y-%m-%d %H:%M} UTC, has these areas on these days "
                f"already, from {first['day']} on: who draws again until it pleases has drawn nothing.",
                "Compare the one that is there, or draw for other days.",
            )
        store.put(TABLE, schedule.table())
    return int(held["schedule"].nunique()) + 1


def kept_schedule(folder: Union[str, Path], name: str = "", *, needed: bool = True) -> Optional[Schedule]:
    """A schedule of a store's summary, by the first letters of its hash; the only one where none is named.

    None where the store holds none at all and none is named, or where it need not hold the one that is.

    Raises
    ------
    StoreError
        where there are several and none is named, or none of that name.
    """
    with opened_summary(folder, checked=True) as summary:
        held = summary.read(TABLE)
    if not len(held) and not name:
        return None
    some = held[held["schedule"].str.startswith(name)] if name else held
    names = sorted(some["schedule"].unique())
    if not names and not needed:
        return None
    if len(names) != 1:
        known = ", ".join(
            f"{n} (from {held.loc[held['schedule'] == n, 'day'].min()})" for n in sorted(held["schedule"].unique())
        )
        raise StoreError(
            f"The store holds {len(names)} schedules of trials" + (f" that begin with {name!r}." if name else "."),
            f"Name one by the first letters of its hash: {known or 'there is none'}.",
        )
    return schedule_of_table(some.reset_index(drop=True))


__all__ = ["keep_schedule", "kept_schedule"]

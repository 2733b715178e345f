"""The officer-day of a collar number in a shared store: asked for by its label, which the force's key makes of the number."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ...core.columns import TABLES
from ...core.journey import civil_day
from ...core.privacy import Key, officer_day
from .add_rows import check_label
from .asked import asked_rows, read_reports
from .home import PostgisStore

_TYPES = {"area_id": "text", "enter": "timestamptz", "leave": "timestamptz"}


def day_of(
    target: str, officer: str, day: date, purpose: str, words: str, mark: str, key: Key, version: str
) -> tuple[pd.DataFrame, dict[str, str], pd.DataFrame, str]:
    """(fixes of the passes of a civil day, all of the day where an officer asks for their own, names of their files, visits that meet the day, time zone).

    Parameters
    ----------
    officer : the pseudonym; it stays in memory, and goes into no statement
    words, mark : the reason, and what tells that two looks were at one officer

    Raises
    ------
    PrivacyError
        when the store was written with another key.
    StoreError
        where the login is no inspector's, or the look cannot be recorded: then nothing is read.
    """
    with PostgisStore(target, key) as shared:
        begin, _ = civil_day(day.isoformat(), shared.timezone)
        label = officer_day(pd.Series([officer]), pd.Series([begin]), shared.timezone, key).iloc[0]
        asked = (check_label(str(label), key), day.isoformat(), words, mark, purpose, version)
        number = int(shared.db.execute("SELECT ia_journeys.ask_check(%s, %s, %s, %s, %s, %s)", asked)[0][0])
        fixes, names = read_reports(shared, number)
        visits = asked_rows(shared, "day_visits", [number], _TYPES, TABLES["visits"])
        return fixes, names, visits, shared.timezone


__all__ = ["day_of"]

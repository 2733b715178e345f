"""Months that are told by group: which are closed, and what they say."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..store.months import GRACE, edges_of_month
from .runs import Manifest
from .spans import day_number, day_text


def months_to_tell(
    manifest: Manifest, computed: Iterable[int], areas: str, with_fixes: Iterable[int], timezone: str
) -> list[str]:
    """Closed months of which days were computed, or which were told for other areas.

    A month is closed as a store closes it: every day of it with fixes is computed, and fixes of five officers reach
    :data:`~ia_plugin.store.months.GRACE` beyond its end.

    Parameters
    ----------
    manifest : with today's days and how far fixes reach
    computed : the days of this run
    areas : a mark of the areas
    with_fixes : all days that have fixes
    """
    due = {day_text(d)[:7] for d in computed}
    due |= {m for m, facts in manifest.months.items() if facts["areas"] != areas}
    missing = {day_text(d)[:7] for d in with_fixes if day_text(d) not in manifest.days}
    months = {d[:7] for d in manifest.days}
    reached = pd.Timestamp(manifest.reached_us * 1_000, tz="UTC")
    return sorted(m for m in due & months - missing if reached >= edges_of_month(m, timezone)[1] + GRACE)


def days_of_month(month: str) -> list[str]:
    """The days of a month.

    >>> len(days_of_month("2024-02"))
    29
    """
    first = day_number(f"{month}-01")
    after = day_number(str((pd.Timestamp(f"{month}-01") + pd.offsets.MonthBegin(1)).date()))
    return [day_text(d) for d in range(first, after)]

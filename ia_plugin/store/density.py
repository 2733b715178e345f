"""Officer density, read from the summary file alone: what the map shows. No key, no officer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.columns import DENSITY
from ..core.density.shift_weeks import ShiftWeek
from ..core.disclosure.blocks import side_of
from ..core.empty import empty_table
from ..core.times.civil import pandas_zone
from .condition import Value, equals
from .open_summary import opened_summary
from .small_ground import least_ha_kept


def read_density(folder: Union[str, Path], week: Optional[date] = None, shift: Optional[str] = None) -> pd.DataFrame:
    """The density table of a store.

    Parameters
    ----------
    folder : the store's folder, or its summary file
    week : its Monday; all weeks by default
    shift : early, late or night; all of them by default

    Returns
    -------
    DataFrame, the density table: ``officer_seconds`` of the whole week. Empty where no week is told, or none of such cells; a store
    of an earlier version tells none until the next refresh. Cells that are smaller than the force's minimum is by now are left out.

    Raises
    ------
    StoreError
        where there is no summary, it is of a newer version, or the table has lost a column.
    """
    with opened_summary(folder, checked=True) as summary:
        if DENSITY.name not in summary.tables():
            return empty_table(DENSITY)
        asked: dict[str, Value] = {}
        if week is not None:
            asked["week"] = ShiftWeek(week.isoformat(), summary.timezone).start
        if shift is not None:
            asked["shift"] = shift
        table = summary.read(DENSITY.name, equals(**asked), columns=DENSITY.names)
        large = table["side_m"] >= side_of(least_ha_kept(summary)) * (1 - 1e-9)
        return table if large.all() else table[large].reset_index(drop=True)


def density_weeks(folder: Union[str, Path]) -> list[date]:
    """The Mondays of the weeks that have told cells, by time."""
    with opened_summary(folder) as summary:
        if DENSITY.name not in summary.tables():
            return []
        zone = pandas_zone(summary.timezone)
        starts = sorted(pd.Timestamp(start) for (start,) in summary.distinct(DENSITY.name, ["week"]))
        return [start.tz_convert(zone).date() for start in starts]

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
from ..core.sql import composed
from ..core.times.civil import pandas_zone
from ..gpkg.geopackage import GeoPackage
from .local_time import zone_of
from .pair import refuse_lost_columns, refuse_newer
from .small_ground import least_ha_kept
from .summary import summary_path


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
    path = summary_path(folder)
    with GeoPackage(path, create=False) as package:
        refuse_newer(path.name, package)
        refuse_lost_columns(path.name, package)
        if DENSITY.name not in package.tables():
            return empty_table(DENSITY)
        asked: dict[str, object] = {}
        if week is not None:
            asked["week"] = ShiftWeek(week.isoformat(), zone_of(package)).start
        if shift is not None:
            asked["shift"] = shift
        where = " AND ".join(composed("{name} = ?", name=name) for name in asked) or "1"
        table = package.read(DENSITY.name, where, [*asked.values()], columns=DENSITY.names)
        large = table["side_m"] >= side_of(least_ha_kept(package)) * (1 - 1e-9)
        return table if large.all() else table[large].reset_index(drop=True)


def density_weeks(folder: Union[str, Path]) -> list[date]:
    """The Mondays of the weeks that have told cells, by time."""
    path = summary_path(folder)
    with GeoPackage(path, create=False) as package:
        if DENSITY.name not in package.tables():
            return []
        zone = pandas_zone(zone_of(package))
        starts = package.execute(composed("SELECT DISTINCT week FROM {table} ORDER BY week", table=DENSITY.name))
        return [pd.Timestamp(start).tz_convert(zone).date() for (start,) in starts]

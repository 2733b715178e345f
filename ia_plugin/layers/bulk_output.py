"""An output that is a table of a GeoPackage: QGIS lays it out, and its rows go in as whole columns.

One feature after the other is 28,000 rows a second; whole columns are ten times that, and the file is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd
from qgis.core import QgsFeedback, QgsFields

from ..core.errors import Cancelled, FileError, StoreError
from ..core.geometry.wkb import leg_lines
from ..core.times.instants import instants
from ..gpkg.blobs import Blobs, Bounds, leg_blobs, points, wkb_blobs
from ..gpkg.bulk_writer import BATCH
from ..gpkg.made_table import MadeTable
from ..gpkg.values import to_sql
from .write_layers import KINDS

if TYPE_CHECKING:
    from .write_layers import Geometries

_HALF_MS = 500_000  # nanoseconds


@dataclass(frozen=True)
class BulkOutput:
    """An empty table, and the kind of each of its columns."""

    table: MadeTable
    kinds: dict[str, str]

    @classmethod
    def of(cls, path: Path, name: str, fields: QgsFields) -> Optional[BulkOutput]:
        """The output as QGIS has just laid it out; None where features must be written: it has rows, or other columns than `fields`."""
        try:
            table = MadeTable.empty(path, name)
        except StoreError:
            return None
        kinds = {field.name(): KINDS[field.type()] for field in fields.toList() if field.type() in KINDS}
        return cls(table, kinds) if table is not None and table.columns == tuple(kinds) else None

    def append(self, rows: pd.DataFrame, geometry: Optional[Geometries], feedback: Optional[QgsFeedback]) -> int:
        """Rows behind those that are there, all or, where it is cancelled, none; otherwise as :func:`.write_layers.write_table`.

        Raises
        ------
        Cancelled, FileError
        """
        try:
            return self.table.append(self._parts(rows, geometry, feedback))
        except StoreError as error:
            raise FileError(error.message, error.remedy) from error

    def _parts(
        self, rows: pd.DataFrame, geometry: Optional[Geometries], feedback: Optional[QgsFeedback]
    ) -> Iterator[tuple[list[list[object]], Blobs, Bounds]]:
        for start in range(0, len(rows), BATCH):
            if feedback is not None:
                if feedback.isCanceled():
                    raise Cancelled
                feedback.setProgress(100.0 * start / len(rows))
            part = rows.iloc[start : start + BATCH]
            values = [
                to_sql(_to_the_millisecond(part[name]) if kind == "time" else part[name], kind)
                if name in part
                else [None] * len(part)
                for name, kind in self.kinds.items()
            ]
            yield (values, *self._places(part, geometry, start))

    def _places(self, part: pd.DataFrame, geometry: Optional[Geometries], start: int) -> tuple[Blobs, Bounds]:
        nothing: tuple[Blobs, Bounds] = [None] * len(part), np.full((len(part), 4), np.nan)
        if not self.table.geometry or geometry is None:
            return nothing
        if geometry is leg_lines:  # blobs at once, without the lines by themselves
            return leg_blobs(part, self.table.srs)
        if callable(geometry):
            found = geometry(part)
        elif isinstance(geometry, (tuple, list)) and len(geometry) == 2 and all(isinstance(g, str) for g in geometry):
            x, y = (part[name].to_numpy(dtype=float) for name in geometry)
            return points(x, y, self.table.srs)
        else:
            found = geometry[start : start + len(part)]
        shapes = np.empty(len(part), dtype=object)
        shapes[:] = list(found)
        return wkb_blobs(shapes, self.table.srs)


def _to_the_millisecond(times: pd.Series) -> pd.Series:
    """Moments rounded as features have them: the file would cut them."""
    if not isinstance(times.dtype, pd.DatetimeTZDtype):
        return times  # refused, or empty, by whoever turns it into text
    ns = times.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
    rounded = np.where(times.isna(), ns, ns + _HALF_MS)
    return pd.Series(instants(rounded), index=times.index, name=times.name)

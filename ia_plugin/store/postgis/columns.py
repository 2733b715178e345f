"""Tables of the data dictionary as columns of a shared store, and back: positions rest in the geometry alone, as in a GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Union

import numpy as np
import pandas as pd
import shapely

from ...core.arrays import Array, Objects
from ...core.columns import Table
from ...core.texts import decoded
from ...core.times.instants import instants, nanoseconds, whole_nanoseconds
from ...gpkg.positions import LEG_AXES, POINT_AXES, SHAPES, axes_of
from ...pgcopy import ewkb
from ...pgcopy.decode import Read
from ...pgcopy.encode import Field, blobs, field, fixed

GEOMETRY, EXTRA = "geom", "extra"


def positions_of(table: Table) -> tuple[str, ...]:
    """Columns of a table that its geometry holds: none, ('x', 'y'), the ends of legs, or ('geometry',)."""
    return axes_of(SHAPES[table.geometry][0], table.name) if table.geometry else ()


def fields_of(rows: pd.DataFrame, table: Table, types: Mapping[str, str], srid: int) -> tuple[list[str], list[Field]]:
    """(names of columns, what COPY sends of them) of rows on their way into a table.

    Parameters
    ----------
    types : column of the table in the database -> its type; what is not there is not sent
    """
    kinds = {c.name: c.kind for c in table.columns}
    names = [n for n in map(str, rows.columns) if n in types and n not in (GEOMETRY, EXTRA)]
    fields = [field(rows[n], kinds.get(n) or _KINDS.get(types[n], "str"), types[n]) for n in names]
    axes = positions_of(table)
    more = [n for n in map(str, rows.columns) if n not in (*types, *axes)]
    if more and EXTRA in types:
        names, fields = [*names, EXTRA], [*fields, _extra(rows[more])]
    if axes and set(axes) <= set(rows.columns):
        return [*names, GEOMETRY], [*fields, _geometry(rows, axes, table, srid)]
    return names, fields


def _extra(rows: pd.DataFrame) -> Field:
    """Columns the table does not know, as one of JSON; moments as text."""
    listed = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return blobs([_JSONB + json.dumps(row, default=_plain).encode("utf-8") for row in listed])


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else str(value)


_JSONB = b"\x01"  # version of the form in which jsonb travels


_KINDS = {"smallint": "int", "integer": "int", "bigint": "int"}


def _geometry(rows: pd.DataFrame, axes: tuple[str, ...], table: Table, srid: int) -> Field:
    if axes == POINT_AXES:
        x, y = (rows[c].to_numpy(dtype=np.float64, na_value=np.nan) for c in axes)
        return fixed(*ewkb.points(x, y, srid))
    if axes == LEG_AXES:
        moments = np.column_stack([nanoseconds(rows[c]) / 1e9 for c in ("start", "end")])
        return fixed(*ewkb.legs(rows[list(axes)].to_numpy(dtype=np.float64), moments, srid))
    shapes = rows["geometry"].to_numpy(dtype=object)
    if table.geometry == "LineStringM":
        return blobs(ewkb.with_srid(list(shapes), srid))
    single = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    parts = shapes.copy()
    for i in np.flatnonzero(single):
        parts[i] = shapely.MultiPolygon([parts[i]])
    return blobs(ewkb.with_srid(list(shapely.to_wkb(parts, output_dimension=2, byte_order=1)), srid))


def frame_of(names: Sequence[str], found: Sequence[Read], table: Table) -> pd.DataFrame:
    """The rows of a table, each column in the form that a GeoPackage gives it."""
    columns: dict[str, object] = {}
    for name, one in zip(names, found):
        if name == GEOMETRY:
            columns.update(_positions(one, positions_of(table), table.geometry == "LineStringM"))
        elif name == EXTRA:
            further = [json.loads(bytes(v)[1:]) if not n else {} for v, n in zip(one.values, one.null)]
            columns.update(
                {n: [row.get(n) for row in further] for n in dict.fromkeys(k for row in further for k in row)}
            )
        else:
            columns[name] = _values(one)
    order = [n for n in table.names if n in columns]
    return pd.DataFrame({n: columns[n] for n in [*order, *(n for n in columns if n not in order)]}, copy=False)


def _values(one: Read) -> Union[Array, pd.DatetimeIndex, pd.api.extensions.ExtensionArray]:
    values, missing = one.values, bool(one.null.any())
    kind = values.dtype.kind
    if kind == "S":
        words = decoded(values)
        words[one.null] = None
        return words
    if kind == "O":
        words = np.empty(len(values), dtype=object)
        words[:] = [None if v is None else v.decode("utf-8") for v in values]
        return words
    if kind == "M":
        ns = whole_nanoseconds(values)
        return ns.view("M8[ns]") if values.dtype == np.dtype("M8[D]") else instants(ns)
    if kind == "f":
        return np.where(one.null, np.nan, values.astype(np.float64))
    if kind == "b":
        return pd.arrays.BooleanArray(values, one.null.copy()) if missing else values
    whole = values.astype(np.int64)
    return pd.arrays.IntegerArray(whole, one.null.copy()) if missing else whole


def _positions(one: Read, axes: tuple[str, ...], lines: bool) -> dict[str, Union[Array, Objects]]:
    known = np.flatnonzero(~one.null)
    if axes == ("geometry",):
        shapes = np.empty(len(one.null), dtype=object)
        if lines:  # with a measure, which a geometry of shapely may lose: WKB, as of a GeoPackage
            shapes[known] = [ewkb.line_wkb(bytes(one.values[i])) for i in known]
            return {"geometry": shapes}
        shapes[known] = shapely.from_wkb(np.array([bytes(one.values[i]) for i in known], dtype=object))
        return {"geometry": shapes}
    layout = ewkb.POINT if axes == POINT_AXES else ewkb.LEG
    rows: Array = np.frombuffer(b"".join(bytes(v) for v in one.values[known]), dtype=layout) if one.values.dtype.kind == "O" else one.values[known].view(layout)  # fmt: skip
    ends = rows["xy"] if axes == POINT_AXES else rows["xym"][:, :, :2].reshape(len(rows), 4)
    found = np.full((len(one.null), len(axes)), np.nan)
    found[known] = ends
    return dict(zip(axes, found.T))

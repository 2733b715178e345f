"""An area that a reader drew or selected, laid beside the others: refused where it is so small that a home could be watched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import shapely

from ..errors import AreaError, PrivacyError
from ..geometry.covered_ground import covered_ground
from ..words import amount
from .summary_tables import Hours, Material

LEAST_HECTARES = 4.0  # METHODS §6
LEAST_WIDTH_M = 50.0
OWN = "own area"


def checked_shape(shape: Any, least_hectares: float = LEAST_HECTARES) -> Any:
    """A usable polygon or multipolygon, metres.

    Raises
    ------
    AreaError
        where nothing of it is a polygon.
    PrivacyError
        where it, or a part of it that lies apart, is smaller than `least_hectares`.
    """
    ready = covered_ground(shape)
    if ready.is_empty:
        raise AreaError("The area is no polygon.", "Draw at least three corners.")
    smallest = min(float(p.area) for p in shapely.get_parts(ready)) / 1e4
    if smallest < least_hectares:
        raise PrivacyError(
            f"The area, or a part of it, has {amount(smallest, 'ha')}; less than {amount(least_hectares, 'ha')} are not shown, so that no home is watched.",
            "Draw a larger area.",
        )
    if any(p.buffer(-LEAST_WIDTH_M / 2).is_empty for p in shapely.get_parts(ready)):
        raise PrivacyError(
            f"The area, or a part of it, is nowhere {amount(LEAST_WIDTH_M, 'm')} wide: a single street is not shown.",
            "Draw a wider area.",
        )
    return ready


def with_area(material: Material, own: Material, area_id: str) -> Material:
    """A material with one area more: the rows that `own`, computed for that area, has of it."""
    return replace(
        material,
        areas=pd.concat(
            [material.areas[material.areas["area_id"] != area_id], own.areas[own.areas["area_id"] == area_id]],
            ignore_index=True,
        ),
        time_use=_joined(material.time_use, own.time_use, area_id),
        cover=_joined(material.cover, own.cover, area_id),
        visits=_joined(material.visits, own.visits, area_id),
        events=_joined(material.events, own.events, area_id),
        officers=pd.concat([material.officers, own.officers[own.officers["area_id"] == area_id]], ignore_index=True),
    )


def _joined(whole: Hours, own: Hours, area_id: str) -> Hours:
    rows = own.table[own.table["area_id"].astype(str) == area_id]
    kept = whole.table[whole.table["area_id"].astype(str) != area_id]
    if not len(rows):
        return Hours.of(kept)
    columns = [c for c in whole.table.columns if c in rows.columns]
    words = [c for c in columns if isinstance(whole.table[c].dtype, pd.CategoricalDtype)]
    tables = [t[columns].astype(dict.fromkeys(words, object)) for t in (kept, rows)]
    return Hours.of(pd.concat(tables, ignore_index=True))

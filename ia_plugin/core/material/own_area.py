"""The figures of an area that a reader drew or selected, beside those of the others."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from .summary_tables import Hours, Material

OWN = "own area"


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

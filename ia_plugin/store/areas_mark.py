"""Whether two tables of areas say the same."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd
import shapely

from ..core.texts import texts
from ..core.times.instants import parsed

_FACTS = ("area_id", "role", "valid_from", "valid_to")


def areas_mark(areas: pd.DataFrame) -> str:
    """A hash of what the areas say, whichever order and form they come in."""
    shapes = shapely.to_wkb(shapely.normalize([_many(g) for g in areas["geometry"]]), hex=True)
    facts = areas.assign(role=areas["role"] if "role" in areas.columns else "impact")
    words = ["|".join(row) for row in zip(*(_fact(facts, c) for c in _FACTS), shapes)]
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()


def _fact(areas: pd.DataFrame, name: str) -> pd.Series:
    """A column as words; days in one form, whatever kept them."""
    if name not in areas.columns:
        return pd.Series("", index=areas.index)
    if not name.startswith("valid"):
        return texts(areas[name])
    return parsed(areas[name], utc=False).dt.strftime("%Y-%m-%d").fillna("")


def _many(shape: Any) -> Any:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])

"""Covariates of areas as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..area_names import distinct_names
from ..arrays import Bools, Floats, Objects
from ..columns import require
from ..errors import ColumnError, DataRangeError, ParameterError


def covariates_of(areas: pd.DataFrame, names: Sequence[str]) -> tuple[Objects, Bools, Floats, tuple[str, ...]]:
    """Ids (n,), which are impact areas (n,) and covariates (n, k) of impact and comparison areas that all are known of.

    Returns
    -------
    ids, impact, values, and the names of the areas that are left out because a covariate is missing

    Raises
    ------
    ParameterError
        where no covariate is named, or one twice.
    ColumnError
        for a covariate that is no column.
    DataRangeError
        for one that holds text, or no number at all.
    """
    if not len(names):
        raise ParameterError(
            "No covariate was named.", "Choose what the areas should be alike in, such as deprivation."
        )
    if len(set(names)) < len(names):
        raise ParameterError("A covariate is named twice.", "Name each once.")
    require(areas, ("area_id", "role"), "areas")
    missing = [n for n in names if n not in areas.columns]
    if missing:
        raise ColumnError(
            f"The areas have no column {missing[0]!r}.", f"Choose from: {', '.join(map(str, areas.columns))}."
        )
    part = areas[areas["role"].isin(("impact", "comparison"))]
    values = np.column_stack([_numbers(part[n], str(n)) for n in names]) if len(part) else np.empty((0, len(names)))
    known = np.isfinite(values).all(axis=1)
    ids = part["area_id"].astype(str).to_numpy(dtype=object)
    if len(set(ids)) < len(ids):
        raise DataRangeError("Two areas have the same id.", "Give each area an id of its own.")
    names = part["name"].astype(str) if "name" in part.columns else ids
    shown = np.asarray(distinct_names(ids, names), dtype=object)
    impact = (part["role"] == "impact").to_numpy()
    return ids[known], impact[known], values[known], tuple(map(str, shown[~known]))


def _numbers(column: pd.Series, name: str) -> Floats:
    values = pd.to_numeric(column, errors="coerce")
    if (values.isna() & column.notna()).any():
        raise DataRangeError(f"The covariate {name!r} holds text.", "Choose a column of numbers.")
    if len(column) and values.isna().all():
        raise DataRangeError(f"The covariate {name!r} is empty for all areas.", "Choose another, or fill it in.")
    return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)

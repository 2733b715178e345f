"""Accuracy, speed and heading of the fixes of an extract, whatever their code or unit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..arrays import Floats
from . import tetra
from .accounts import Account
from .mapping import Mapping, numbers_of
from .units import LENGTHS, SPEEDS, unit_named, unknown_unit


def readings(rows: pd.DataFrame, mapping: Mapping, account: Account) -> dict[str, Any]:
    """``accuracy_m``, ``speed_kmh`` and ``heading_deg``, those that there are; what is below zero is none."""
    found: dict[str, Any] = {}
    columns = mapping.columns
    if "accuracy_m" in columns:
        found["accuracy_m"] = _in_unit(rows[columns["accuracy_m"]], "accuracy_m", LENGTHS, "m", account)
    elif "accuracy_class" in columns:
        codes, uniques = pd.factorize(rows[columns["accuracy_class"]])
        found["accuracy_m"] = np.r_[tetra.accuracy_m(uniques), np.nan][codes]
    for role, unit in (("speed_kmh", mapping.speed_unit), ("speed_mph", "mph"), ("speed_ms", "m/s")):
        if role in columns and "speed_kmh" not in found:
            found["speed_kmh"] = _in_unit(rows[columns[role]], role, SPEEDS, unit, account)
    if "speed_code" in columns and "speed_kmh" not in found:
        found["speed_kmh"] = tetra.speed_kmh(numbers_of(rows[columns["speed_code"]], "speed_code"))
    if "heading_deg" in columns:
        values = numbers_of(rows[columns["heading_deg"]], "heading_deg")
        found["heading_deg"] = np.where((values >= 0) & (values <= 360), values % 360, np.nan)
    elif "heading_code" in columns:
        found["heading_deg"] = tetra.heading_deg(numbers_of(rows[columns["heading_code"]], "heading_code"))
    return found


def _in_unit(column: pd.Series, role: str, units: dict[str, float], usual: str, account: Account) -> Floats:
    """Numbers of a column in km/h or metres, by the unit that its name tells, else by the `usual` one."""
    values = numbers_of(column, role)
    name, what = str(column.name), "speeds" if units is SPEEDS else "accuracies"
    named, unknown = unit_named(name, units), unknown_unit(name, units)
    n, unit = int(np.isfinite(values).sum()), named or usual
    if unknown is not None:
        account.warn(
            f"{what} of {name!r} are read in {usual}, for its unit {unknown!r} is not known: write it as {_LISTED[what]}",
            n,
        )
    elif units[unit] != units[usual]:
        doubted = usual not in ("km/h", "m")  # the mapping says a unit of its own
        told = f", though the mapping says {usual}" if doubted else ""
        (account.warn if doubted else account.note)(
            f"{what} are read in {unit}, as the column's name {name!r} says{told}", n
        )
    values = values * units[unit]
    return np.asarray(np.where(values >= 0, values, np.nan), dtype=np.float64)


_LISTED = {"speeds": "km/h, mph, m/s or knots", "accuracies": "m, ft or yd"}

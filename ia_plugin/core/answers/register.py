"""What is kept of a figure that was copied: its number, filter and version, and the value of each measure with its range."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

import pandas as pd

from ..columns import FIGURES, MODES_AND_BICYCLE
from ..errors import ImpactAreaError
from ..figure_code import FigureCode, read_code
from ..material.figures import Figures
from ..material.own_area import OWN
from ..material.summary_tables import Material

MOST = 200_000  # letters of a line of a register; a longer one is none


@dataclass(frozen=True)
class Registered:
    """One measure of a figure as it was copied; NaN where it was not known, and why."""

    label: str
    unit: str
    value: float
    low: float = math.nan
    high: float = math.nan
    why: str = ""


@dataclass(frozen=True)
class Entry:
    """A figure as it was copied.

    Attributes
    ----------
    code : its number, filter, comparison and date of the data
    registered_at : when it was copied, UTC
    version : of the plugin
    areas : mark of the areas' shapes and roles
    values : by key of the measure
    store : id of the store; "" for one that has none
    """

    code: FigureCode
    registered_at: datetime
    version: str
    areas: str
    values: Mapping[str, Registered]
    store: str = ""

    def as_row(self) -> dict[str, object]:
        """The row of the figures table, moments as text: for a file of lines."""
        code = self.code
        return {
            "number": code.number,
            "code": code.text(),
            "filter": json.dumps(code.state.as_dict(), sort_keys=True),
            "comparison": code.comparison,
            "as_of": code.as_of.isoformat() if code.as_of is not None else None,
            "registered_at": self.registered_at.isoformat(),
            "version": self.version,
            "store": self.store,
            "areas": self.areas,
            "figures": json.dumps({key: _listed(v) for key, v in self.values.items()}, sort_keys=True),
        }

    def as_table(self) -> pd.DataFrame:
        """The row as a table, moments as datetime64[ns, UTC]."""
        row = pd.DataFrame([self.as_row()], columns=[*FIGURES.names], dtype=object)
        moments = {name: pd.to_datetime(row[name], utc=True) for name in ("as_of", "registered_at")}
        return row.assign(**moments)

    def says_as(self, other: Entry) -> bool:
        """Whether another entry is of the same store and number, and has the same values."""
        ours, theirs = (self.store, self.code.number), (other.store, other.code.number)
        return ours == theirs and same_values(self.values, other.values)


def why_not_registered(material: Material, figures: Figures) -> str:
    """Why a figure is kept in no register; "" where it may be. Registers are for every reader, so they hold published figures alone.

    A filter may come from a code, which anybody can make: what is none of the store's own words is not written down.
    """
    if figures.purpose:
        return "it rests on restricted cells, which stay with who looked at them"
    if OWN in figures.state.areas:
        return "it is of an area of the reader's own, which is not kept"
    offered = {**material.choices(), "areas": list(map(str, material.areas["area_id"])), "modes": [*MODES_AND_BICYCLE]}
    chosen = {name: value for name, value in figures.state.as_dict().items() if isinstance(value, (list, tuple))}
    odd = [name for name, value in chosen.items() if name != "weekdays" and set(value) - set(offered.get(name, ()))]
    return f"its filter has {odd[0].replace('_', ' ')} that the store does not know" if odd else ""


def entry_of(material: Material, figures: Figures, *, at: datetime, version: str) -> Entry:
    """A figure as it is copied now. See :func:`why_not_registered` for those that are not to be kept."""
    rows = figures.table.to_dict("records")
    values = {
        str(r["key"]): Registered(
            str(r["label"]), str(r["unit"]), float(r["value"]), float(r["low"]), float(r["high"]), str(r["why"] or "")
        )
        for r in rows
    }
    code = FigureCode(figures.state, figures.number, figures.comparison, figures.as_of)
    return Entry(code, at.astimezone(timezone.utc), version, mark_of_areas(material), values)


def mark_of_areas(material: Material) -> str:
    """A value that is another one where an area was redrawn, added, left out or given another role."""
    known = material.areas[["area_id", "role", "shape"]].astype(str).sort_values("area_id")
    return hashlib.sha256(json.dumps(known.to_numpy().tolist()).encode()).hexdigest()[:12]


def read_entry(row: Mapping[str, object]) -> Entry:
    """The entry of a row of the figures table, or of a line of a file.

    Raises
    ------
    ValueError
        for a row that is none: cut off, or changed by hand.
    """
    try:
        code = read_code(str(row["code"]))
        listed = json.loads(str(row["figures"]))
        values = {str(key): _unlisted(value) for key, value in listed.items()}
        registered_at = pd.Timestamp(row["registered_at"])
        if registered_at is pd.NaT or registered_at.tzinfo is None or code.number != row["number"] or not values:
            raise ValueError("no row of a register")
        version, areas, store = (
            str(v) if isinstance(v := row.get(n), str) else "" for n in ("version", "areas", "store")
        )
        return Entry(code, registered_at.to_pydatetime(warn=False), version, areas, values, store)
    except (ImpactAreaError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("no row of a register") from error


def _listed(value: Registered) -> list[object]:
    numbers = [v if math.isfinite(v) else None for v in (value.value, value.low, value.high)]
    return [value.label, value.unit, *numbers, value.why]


def _unlisted(parts: list[object]) -> Registered:
    label, unit, value, low, high, why = parts
    now, least, most = (math.nan if v is None else float(str(v)) for v in (value, low, high))
    return Registered(str(label), str(unit), now, least, most, str(why))


def same_values(some: Mapping[str, Registered], others: Mapping[str, Registered]) -> bool:
    """Whether all measures are the same ones with the same values."""
    return set(some) == set(others) and all(same_value(some[key], others[key]) for key in some)


def same_value(one: Registered, other: Registered) -> bool:
    """Whether two values and their ranges are the same but for what sums of many rows leave over."""
    pairs = ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    return all((a != a and b != b) or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in pairs)


__all__ = [
    "Entry",
    "Registered",
    "entry_of",
    "mark_of_areas",
    "read_entry",
    "same_value",
    "same_values",
    "why_not_registered",
]

"""What a tile's figure rests on: of how many areas, days or records it is, and in which unit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from ..material.days import days_asked, days_of_data
from ..material.figures import Figures
from ..material.places import chosen_place
from ..material.summary_tables import Material
from ..sentence import joined, phrase, sentence
from ..words import amount, count_of, known, number
from .tiles import Tile

UNITS = {
    "hours": phrase("officer hours (h); the gauge in hours per km²"),
    "moved": phrase("per cent of officer hours"),
    "events": phrase("records; the gauge in records per km²"),
    "searches": phrase("searches; the gauge in per cent of those with a result"),
}


def with_basis(material: Material, found: Figures, tiles: tuple[Tile, ...]) -> tuple[Tile, ...]:
    """The tiles, each with what it is of (`n`) and its unit; one that tells nothing rests on nothing.

    Examples
    --------
    "19 areas, 28 days", "19 areas, 3 of 4 days", "of 1,002 h", "57 with a result"
    """
    rows: dict[str, Mapping[Hashable, Any]] = {r["key"]: r for r in found.table.to_dict("records")}
    areas = count_of(len(chosen_place(material, found.state).areas), "areas")
    hours = rows["officer_hours"]["value"]
    of = {
        "hours": joined(", ", (areas, _days(material, found))),
        "moved": sentence("of {hours}", hours=amount(hours, "h")) if known(hours) else areas,
        "events": areas,
        "searches": sentence("{n} with a result", n=number(found.results)),
    }
    return tuple(tile if tile.why else replace(tile, n=of[tile.key], unit=UNITS[tile.key]) for tile in tiles)


def _days(material: Material, found: Figures) -> str:
    """Days with data, of those that the filter asks for where some have none."""
    days = days_of_data(material, found.state)
    asked = len(days_asked(found.state)) if found.state.first and found.state.last else days
    return (
        count_of(days, "days")
        if days >= asked
        else sentence("{n} of {days}", n=number(days), days=count_of(asked, "days"))
    )


__all__ = ["UNITS", "with_basis"]

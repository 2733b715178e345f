"""Shift presets: the force's own, from the user's QGIS settings, or those the plugin comes with."""

from __future__ import annotations

import json
from collections.abc import Iterable

from qgis.core import QgsSettings

from ...core.errors import ParameterError
from ...core.filter_state import SHIFTS, FilterState

KEY = "impact_area/shifts"
Shift = tuple[str, int, int]  # name, first hour, hour it ends before


def read_shifts() -> tuple[Shift, ...]:
    """The presets in their order; the plugin's own where none were edited or the kept ones cannot be read."""
    try:
        kept = json.loads(QgsSettings().value(KEY, "") or "[]")
        return checked((str(name), int(start), int(end)) for name, start, end in kept)
    except (ParameterError, TypeError, ValueError):
        return SHIFTS


def write_shifts(shifts: Iterable[Shift]) -> None:
    """Keep edited presets."""
    QgsSettings().setValue(KEY, json.dumps(checked(shifts), ensure_ascii=False))


def restore_shifts() -> None:
    """Go back to the presets the plugin comes with."""
    QgsSettings().remove(KEY)


def checked(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The presets, names trimmed; ParameterError where one has no name, or no hours, or there is none at all."""
    found = tuple((name.strip(), start, end) for name, start, end in shifts)
    if not found:
        raise ParameterError("There is no shift.", "Keep at least one.")
    for name, start, end in found:
        if not name:
            raise ParameterError("A shift has no name.", "Give each shift a name.")
        FilterState(hour_from=start, hour_to=end)  # refuses hours that are no part of a day
    if len({name for name, _, _ in found}) < len(found):
        raise ParameterError("Two shifts have the same name.", "Give each a name of its own.")
    return found

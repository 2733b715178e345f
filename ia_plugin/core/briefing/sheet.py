"""One sheet of the briefing maps: what it says of one area under one filter, in the words of the dashboard.

A sheet holds plain values. Where they stand on the page, a template of resources/layouts says.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ..answers.public import places_hidden
from ..answers.verdict import verdict_of
from ..area_names import shortened
from ..arrays import Floats
from ..charts.chart_words import UNITS
from ..charts.choice import Choice, prepare
from ..dashboard.basis import with_basis
from ..dashboard.change import change_of
from ..dashboard.map_classes import MapClasses, map_classes
from ..dashboard.tiles import Tile, tiles_of
from ..disclosure.audiences import as_read_by, by_the_hour
from ..filter_state import DAYS, FilterState, period_in_words
from ..material.ask import refuse_restricted
from ..material.days import as_of_in_words
from ..material.figures import earlier_of, figures
from ..material.measures import Measured, Value, measured
from ..material.places import area_places
from ..material.summary_tables import Material
from ..material.sums import any_part
from ..suppression import FEW_OFFICERS
from ..words import NOT_CHOSEN, ONE_BY_ONE, RANGES_FROM_GAPS, SHARED_TIMES, capitalised, known, with_range

BY_HOUR = "by hour of the week"
NOT_BY_HOUR = "the last seven days are told as whole days"
EARLIER_OF = {"officer_hours": "presence", "crimes": "crimes", "incidents": "incidents", "searches": "searches"}
ROLE_WORDS = {
    "impact": "Impact Area",
    "comparison": "Comparison area",
    "buffer": "Buffer",
    "other": "Other area",
}


@dataclass(frozen=True)
class Earlier:
    """One figure in this period and in the earlier one.

    Attributes
    ----------
    label : "Officer-hours"
    now, before : value, low, high; NaN where not known
    now_words, before_words : as they are written, "13 h (13–14)"
    change : "fewer (−21 to −4 %)", or that it is not compared; blank where nothing is to be stated
    why : why it is not compared; blank where it is
    """

    label: str
    now: tuple[float, float, float]
    before: tuple[float, float, float]
    now_words: str
    before_words: str
    change: str
    why: str = ""


@dataclass(frozen=True, eq=False)
class Hours:
    """Amounts by hour of the week, as far as the filter keeps them.

    Attributes
    ----------
    title : "Officer hours by hour of the week", …
    values : (days, hours), NaN where there is no such hour
    days, hours : names of rows, hours of columns
    why : why there is nothing; blank where there is
    gap : what a hatched hour means
    """

    title: str
    values: Floats
    days: tuple[str, ...]
    hours: tuple[int, ...]
    why: str = ""
    gap: str = "no data"


@dataclass(frozen=True, eq=False)
class Sheet:
    """What one sheet says; texts are as they are printed.

    Attributes
    ----------
    area_id, title, subtitle : the area, its name, its role and the filter
    verdict, beside : as on the dashboard, see :class:`~ia_plugin.core.answers.verdict.Verdict`
    tiles : the four of the dashboard
    earlier_title, earlier : before and after
    weeks : the hours of the week of officers and of incidents
    notes : what must be said beside the figures, a sentence each
    number, code : of the figure; the code is blank where it has none
    as_of : the last moment of the data, in words
    """

    area_id: str
    title: str
    subtitle: str
    verdict: str
    beside: str
    tiles: tuple[Tile, ...]
    earlier_title: str
    earlier: tuple[Earlier, ...]
    weeks: tuple[Hours, ...]
    notes: tuple[str, ...]
    number: str
    code: str
    as_of: str


@dataclass(frozen=True, eq=False)
class Ground:
    """What all sheets of a run share: the measures of every area, and their classes on the map."""

    areas: Measured
    classes: MapClasses


def ground_of_sheets(material: Material, state: FilterState, key: str = "officer_hours") -> Ground:
    """The measures of every area and their classes on the map.

    Parameters
    ----------
    key : of the figure that the map shows; one of :data:`~ia_plugin.core.dashboard.map_classes.SCALES`

    Raises
    ------
    ParameterError
        for another figure.
    """
    areas = measured(material, state, area_places(material))
    return Ground(areas, map_classes(material, state, key, areas))


def sheet_of(
    material: Material,
    state: FilterState,
    area: str,
    ground: Ground,
    comparison: str = "before",
    audience: str = "board",
) -> Sheet:
    """The sheet of one area.

    Parameters
    ----------
    state : the filter; its areas are not asked, `area` is
    area : id of the area
    ground : of the same material and filter
    comparison : ``before``, ``year`` or ``none``: the earlier period
    audience : ``board`` or ``restricted``, see :mod:`~ia_plugin.core.disclosure.audiences`

    Raises
    ------
    PrivacyError
        for restricted cells and a board.

    Examples
    --------
    ``sheet_of(material, state, "A1", ground_of_sheets(material, state)).tiles[0].value`` is "13 h".
    """
    refuse_restricted(material, audience)
    material = as_read_by(audience, material)
    own = replace(state, areas=(area,))
    # As in answers: where fewer than five officers were, by totals alone.
    few = audience == "board" and area in places_hidden(material, replace(state, areas=()))
    found = figures(material, own, comparison)
    compared = bool(material.of_role("comparison")) and not own.groups
    judged = verdict_of(material, own) if compared else None
    row = material.areas.set_index("area_id").loc[area]
    weeks, hours_note = weeks_of(material, own, audience, few)
    shared = SHARED_TIMES if any_part(weeks[1].values) else ""
    beside = (*found.notes, hours_note, shared, RANGES_FROM_GAPS, *((ONE_BY_ONE, NOT_CHOSEN) if compared else ()))
    return Sheet(
        area,
        str(row["name"]),
        when_in_words(own, str(row["role"])),
        shortened(judged.sentence, str(row["name"])) if judged else "",  # the figure stands behind the name
        shortened(judged.beside, str(row["name"])) if judged else "",
        tuple(
            _without_split(t) if few and t.parts else t
            for t in with_basis(material, found, tiles_of(material, found, comparison, ground.areas))
        ),
        *_earlier(material, own, found.table, comparison),
        weeks,
        tuple(dict.fromkeys(note for note in beside if note)),
        found.number,
        found.code,
        as_of_in_words(material),
    )


def when_in_words(state: FilterState, role: str) -> str:
    """The role of an area and the filter without the area.

    >>> when_in_words(FilterState(hour_from=18, hour_to=3, weekdays=(4, 5)), "impact")
    'Impact Area, Fri–Sat 18:00–03:00, all days'
    """
    return replace(state, areas=("",)).in_words({"": ROLE_WORDS.get(role, capitalised(role))})


def _earlier(
    material: Material, state: FilterState, table: pd.DataFrame, comparison: str
) -> tuple[str, tuple[Earlier, ...]]:
    before = earlier_of(state, comparison)
    if before is None:
        return "", ()
    rows: dict[str, Mapping[Hashable, Any]] = {r["key"]: r for r in table.to_dict("records")}
    found = []
    for key, what in EARLIER_OF.items():
        row = rows[key]
        now, then = _ends(row, "value", "low", "high"), _ends(row, "earlier", "earlier_low", "earlier_high")
        if not known(now[0]):
            continue
        values = (Value(*now), Value(*then)) if what == "presence" else None
        change = change_of(material, state, what, comparison, values)
        found.append(
            Earlier(
                row["label"],
                now,
                then,
                with_range(*now, row["unit"]),
                with_range(*then, row["unit"]),
                f"{change.arrow} {change.sentence}".strip(),
                "" if change.small else change.why,
            )
        )
    title = f"This period and {period_in_words(before.first, before.last)}"
    return title, tuple(found)


def _ends(row: Mapping[Hashable, Any], value: str, low: str, high: str) -> tuple[float, float, float]:
    return float(row[value]), float(row[low]), float(row[high])


def _without_split(tile: Tile) -> Tile:
    return Tile(tile.key, tile.measure, tile.title, why=FEW_OFFICERS)


def weeks_of(
    material: Material, state: FilterState, audience: str = "board", few: bool = False
) -> tuple[tuple[Hours, ...], str]:
    """Officer hours and incidents by hour of the week, each over the hours that both have data of where both have any; and a sentence
    where they end before the filter does.

    Parameters
    ----------
    audience : what it is shown by the hour is the rule of :mod:`~ia_plugin.core.disclosure.audiences`; where that is less than the
        filter asks each title has the days of its own
    few : whether fewer than five officers were there, whose hours are not shown
    """
    shown, note = by_the_hour(material, state, audience)
    chart = prepare(material, shown or state, Choice("week", "presence", "incidents"))
    days, hours = chart.frame
    names, found = tuple(DAYS[d] for d in days), []
    for grid in chart.grids:
        title = f"{capitalised(UNITS[grid.what])} {BY_HOUR}"
        if note and shown is not None:
            title = f"{title}, {period_in_words(shown.first, shown.last)}"
        why = grid.why if shown is not None else NOT_BY_HOUR
        if few and grid.what == "presence":
            why = FEW_OFFICERS
        values = np.full((len(days), len(hours)), math.nan) if why else chart.framed(grid)
        found.append(
            Hours(title, values, names, hours, why or ("" if np.isfinite(values).any() else "no data in these hours"))
        )
    return tuple(found), note


def pages_in_words(number: int, of: int) -> str:
    """ "Sheet 3 of 39"."""
    return f"Sheet {number} of {of}"


__all__ = ["Earlier", "Ground", "Hours", "Sheet", "ground_of_sheets", "pages_in_words", "sheet_of", "weeks_of", "when_in_words"]  # fmt: skip

"""All that the dashboard shows at once of a filter: its figures, the verdict, the tiles, and every area's measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..answers.verdict import Verdict, verdict_of
from ..filter_state import FilterState
from ..material.ask import Answer
from ..material.measures import Measured, measured
from ..material.places import area_places
from .basis import with_basis
from .tiles import Tile, tiles_of


@dataclass(frozen=True, eq=False)
class Overview:
    """The front of the dashboard.

    Attributes
    ----------
    verdict : on the areas chosen beside the comparison areas; None where nothing may be compared, as of groups of officers
    tiles : see :mod:`.tiles`
    areas : measures of every area under the filter, for the page of areas and the map
    """

    answer: Answer
    state: FilterState
    verdict: Optional[Verdict]
    tiles: tuple[Tile, ...]
    areas: Measured


def overview(answer: Answer, state: FilterState, comparison: str = "before") -> Overview:
    """The front of the dashboard for the figures of a filter; touches nothing but its arguments, so it may run in a task."""
    material = answer.material
    areas = measured(material, state, area_places(material))
    compared = answer.refusal is None and not state.groups and bool(material.of_role("comparison"))
    return Overview(
        answer,
        state,
        verdict_of(material, state) if compared else None,
        with_basis(material, answer.figures, tiles_of(material, answer.figures, comparison, areas)),
        areas,
    )


__all__ = ["Overview", "overview"]

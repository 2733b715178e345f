"""Legs overlaid on areas: for each area, the legs near it and where they cross its boundary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Optional

import numpy as np
import shapely
from numpy.typing import NDArray

from ..progress import Progress, silent
from .candidates import AreaIndex, Ints
from .clip import Crossings, ends_inside, inside_fraction
from .mosaic import Mosaic
from .places import Places
from .rings import Floats, Rings, rings_of

PAIRS = 1 << 18  # legs of one area at a time, so that memory is bounded
MANY_AREAS, MANY_LEGS = 100, 20_000  # from which it pays to see areas side by side


@dataclass(frozen=True)
class Overlay:
    """Legs that may touch one area.

    Attributes
    ----------
    area : position of the area
    leg : int (k,), positions of the legs, ascending
    x0, y0, x1, y1 : float64 (k,), their ends seen from an origin near the areas, metres
    places : the area seen from the same origin
    origin : that origin
    crossed : crossings of the legs with the area, as :meth:`.Places.crossings` gives them; ``crossed.leg`` counts within `leg`
    """

    area: int
    leg: Ints
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    places: Places
    origin: tuple[float, float]
    crossed: Crossings

    @property
    def rings(self) -> Rings:
        """The area's rings, seen from the same origin."""
        return self.places.rings

    @property
    def fraction(self) -> Floats:
        """Fraction of each leg inside, 0 to 1."""
        return inside_fraction(len(self.leg), self.crossed, self.points)

    @property
    def points(self) -> NDArray[np.bool_]:
        """Legs of no length."""
        return np.asarray((self.x0 == self.x1) & (self.y0 == self.y1))

    @property
    def ends_inside(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether the start and the end of each leg lie inside."""
        start, end = ends_inside(len(self.leg), self.crossed)
        return start, np.where(self.points, start, end)


class _Areas:
    """Some areas, and what is made of them when it is asked for."""

    def __init__(self, shapes: tuple[bytes, ...]) -> None:
        self.rings = [rings_of(s) for s in shapely.from_wkb(np.array(shapes, dtype=object))]

    @cached_property
    def places(self) -> list[Optional[Places]]:
        return [Places(r.shifted(r.origin), r.origin) if len(r.x) else None for r in self.rings]

    @cached_property
    def index(self) -> AreaIndex:
        return AreaIndex(self.rings)

    @cached_property
    def mosaic(self) -> Optional[Mosaic]:
        """The areas side by side; None where too many lie over one another, or all are empty."""
        if not any(len(r.x) for r in self.rings):
            return None
        mosaic = Mosaic(self.rings)
        return mosaic if mosaic.useful else None


@lru_cache(maxsize=8)
def _areas_of(shapes: tuple[bytes, ...]) -> _Areas:
    """The same day after day."""
    return _Areas(shapes)


def overlay(
    x0: Floats,
    y0: Floats,
    x1: Floats,
    y1: Floats,
    shapes: Any,
    progress: Progress = silent,
    wide: Optional[Floats] = None,
) -> Iterator[Overlay]:
    """Lay legs over areas, area by area; pairs that cannot overlap are left out, few others remain.

    Parameters
    ----------
    x0, y0, x1, y1 : float64 (n,), ends of the legs, metres
    shapes : valid shapely polygons or multipolygons, in the same reference system
    wide : float64 (n,), metres about each leg that count as well
    """
    areas = _known(shapes)
    leg, area = areas.index.pairs(*_boxes(x0, y0, x1, y1, wide))
    progress(0.3)
    start = np.searchsorted(area, np.arange(len(areas.rings) + 1))
    for k, shape in enumerate(areas.rings):
        seen = areas.places[k]
        if start[k] == start[k + 1] or seen is None:
            continue
        origin = shape.origin
        for i in range(start[k], start[k + 1], PAIRS):
            part = leg[i : min(i + PAIRS, start[k + 1])]
            ends = (x0[part] - origin[0], y0[part] - origin[1], x1[part] - origin[0], y1[part] - origin[1])
            yield Overlay(k, part, *ends, seen, origin, seen.crossings(*ends))
        progress(0.3 + 0.7 * (k + 1) / len(areas.rings))


def touching(x0: Floats, y0: Floats, x1: Floats, y1: Floats, shapes: Any, wide: Floats) -> Ints:
    """Positions of the legs that may come within `wide` metres of some area, as :func:`overlay` takes both."""
    return _known(shapes).index.touching(*_boxes(x0, y0, x1, y1, wide))


def mosaic_of(legs: int, shapes: Any) -> Optional[Mosaic]:
    """The areas side by side, where that is the quicker way for so many legs; else they are laid over one area after the other."""
    many = len(shapes) >= MANY_AREAS and legs >= MANY_LEGS
    return _known(shapes).mosaic if many else None


def rings_of_all(shapes: Any) -> list[Rings]:
    """The rings of each area."""
    return _known(shapes).rings


def places_of_all(shapes: Any) -> list[Optional[Places]]:
    """Each area to be asked about legs, seen from an origin of its own; None for an empty one."""
    return _known(shapes).places


def _known(shapes: Any) -> _Areas:
    return _areas_of(tuple(shapely.to_wkb(np.asarray(shapes, dtype=object))))


def _boxes(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, wide: Optional[Floats]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Two opposite corners of the box about each leg."""
    if wide is None:
        return x0, y0, x1, y1
    low = np.minimum(x0, x1) - wide, np.minimum(y0, y1) - wide
    high = np.maximum(x0, x1) + wide, np.maximum(y0, y1) + wide
    return *low, *high

"""Atoms of an overlay: ground that lies in exactly the same areas.

Whatever is added up or taken away among the figures of areas, the result is about whole atoms. Figures of areas whose
atoms are all large tell of no small ground, however many are combined (inclusion and exclusion).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from ..areas import polygonal
from ..arrays import Objects, Rows
from .small_areas import NOTHING_M2

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LATTICE_M = 1e-4  # of the corners of borders that cross


@dataclass(frozen=True)
class Atom:
    """Ground that lies in the areas `members` (rows, ascending) and in no other."""

    members: tuple[int, ...]
    shape: BaseGeometry

    @property
    def m2(self) -> float:
        return float(self.shape.area)


def overlay_atoms(shapes: Objects) -> list[Atom]:
    """The atoms of areas; what is in no area is left out.

    Parameters
    ----------
    shapes : valid polygons and multipolygons, metres

    Examples
    --------
    Two areas that share a strip have three atoms.

    >>> atoms = overlay_atoms(np.array([shapely.box(0, 0, 100, 100), shapely.box(90, 0, 200, 100)], dtype=object))
    >>> [(a.members, a.m2) for a in atoms]
    [((0,), 9000.0), ((0, 1), 1000.0), ((1,), 10000.0)]
    """
    shared = np.zeros(len(shapes), dtype=bool)
    one, other = sharing(shapes)
    shared[one] = shared[other] = True
    alone = [Atom((int(k),), shapes[k]) for k in np.flatnonzero(~shared) if not shapes[k].is_empty]
    return sorted(alone + _of_shared(shapes, np.flatnonzero(shared)), key=lambda atom: atom.members)


def sharing(shapes: Objects) -> tuple[Rows, Rows]:
    """Pairs of areas that share ground, as rows."""
    if not len(shapes):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    real = shapely.area(shapely.intersection(shapes[one], shapes[other])) > NOTHING_M2
    return one[real], other[real]


def _of_shared(shapes: Objects, rows: Rows) -> list[Atom]:
    """Atoms of areas that share ground: the faces between all borders, by the areas each lies in."""
    if not len(rows):
        return []
    # On a fine lattice: lines that all but coincide leave gaps between them otherwise, and a face with a gap is no face.
    borders = shapely.union_all(shapely.boundary(shapes[rows]), grid_size=LATTICE_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(borders)))
    face, area = shapely.STRtree(shapes[rows]).query(shapely.point_on_surface(faces), predicate="within")
    members: dict[int, list[int]] = {}
    for k, row in zip(face.tolist(), rows[area].tolist()):
        members.setdefault(k, []).append(row)
    by_members: dict[tuple[int, ...], list[int]] = {}
    for k, found in members.items():
        by_members.setdefault(tuple(sorted(found)), []).append(k)
    return [Atom(m, polygonal(shapely.union_all(faces[ks]))) for m, ks in by_members.items()]

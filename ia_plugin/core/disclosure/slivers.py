"""Slivers: atoms of overlapping areas that are smaller than the minimum, given to the ground beside them.

Two areas that share a house, or of which one is the other with a house more, tell that house's figures by subtraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd
import shapely

from ..areas import epochs, headline_ground, polygonal, with_roles
from ..arrays import Objects
from ..errors import PrivacyError
from .atoms import overlay_atoms
from .small_areas import LEAST_HA, NOTHING_M2, amount_ha, ground_in_words

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ROUNDS = 50  # a sliver given to its neighbour may leave another; so many are never needed
TOUCH_M = 0.001  # how near borders lie that are the same
MOST_NAMED = 5
WORTH_HA = 1e-4  # less is how borders are drawn, and is not worth a sentence


@dataclass(frozen=True)
class Sliver:
    """Ground that counted in the areas `before`, and counts in `after` now; ids."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    hectares: float


def without_slivers(areas: pd.DataFrame, least_ha: float = LEAST_HA) -> tuple[pd.DataFrame, list[Sliver]]:
    """Areas whose atoms are each as large as the minimum, at every time.

    Each part of a sliver goes to the atom with which it has the longest border in common, unless an area would come to less
    than the minimum by that. Ground of police sites counts in none. Areas that share no sliver stay as they are.

    Parameters
    ----------
    areas : the areas table with usable polygons, each as large as the minimum (:func:`~.small_areas.small_areas`)
    least_ha : the minimum, hectares

    Raises
    ------
    PrivacyError
        where a sliver can be given to no neighbour.

    Examples
    --------
    >>> shapes = pd.Series([shapely.box(0, 0, 400, 300), shapely.box(390, 0, 800, 300)], dtype=object)
    >>> ready, slivers = without_slivers(pd.DataFrame({"area_id": ["a", "b"], "geometry": shapes}))
    >>> [s.before for s in slivers], sorted(g.area for g in ready["geometry"])
    ([('a', 'b')], [120000.0, 120000.0])
    """
    found: list[Sliver] = []
    for _ in range(ROUNDS):
        moved = False
        for _, _, rows in _at_each_time(areas):
            shapes, slivers = _given_away(areas, rows, least_ha)
            if slivers:
                areas = areas.assign(geometry=pd.Series(shapes, index=areas.index, dtype=object))
                found, moved = found + slivers, True
        if not moved:
            return areas, found
    raise _stuck(found[-1].before, found[-1].hectares, least_ha)


def slivers_between(areas: pd.DataFrame, least_ha: float = LEAST_HA) -> list[tuple[tuple[str, ...], float]]:
    """(areas it lies in, hectares) of each atom under the minimum at any time, the largest first; the areas stay as they are.

    Examples
    --------
    >>> shapes = pd.Series([shapely.box(0, 0, 400, 300), shapely.box(390, 0, 800, 300)], dtype=object)
    >>> slivers_between(pd.DataFrame({"area_id": ["a", "b"], "geometry": shapes}))
    [(('a', 'b'), 0.3)]
    """
    found: dict[tuple[str, ...], float] = {}
    for _, _, now in _at_each_time(areas):
        ground = _lived_in(now)
        ids = ground["area_id"].astype(str).tolist()
        overlay = _Overlay(ground["geometry"].to_numpy(dtype=object), least_ha)
        for atom in (overlay.atoms[k] for k in overlay.small):
            found[tuple(ids[m] for m in atom.members)] = atom.m2 / 1e4
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def small_ground_in_words(slivers: Sequence[tuple[tuple[str, ...], float]], least_ha: float = LEAST_HA) -> str:
    """What subtracting areas would tell of, the largest first; nothing where it is only what rounding leaves.

    >>> small_ground_in_words([(("a", "b"), 0.3), (("c",), 0.00001)])
    "Subtracting figures of these areas from each other would tell of less than 4 ha: 0.3 ha of 'a' and 'b'."
    """
    worth = [(ids, hectares) for ids, hectares in slivers if hectares >= WORTH_HA]
    if not worth:
        return ""
    named = [f"{ground_in_words(hectares)} of {_and(ids)}" for ids, hectares in worth[:MOST_NAMED]]
    more = f"; and {len(worth) - MOST_NAMED:,} more" if len(worth) > MOST_NAMED else ""
    return (
        f"Subtracting figures of these areas from each other would tell of less than {amount_ha(least_ha)}: "
        f"{'; '.join(named)}{more}."
    )


def slivers_in_words(slivers: Sequence[Sliver], least_ha: float = LEAST_HA) -> str:
    """What became of slivers, the largest first; nothing where they are only what rounding leaves.

    >>> slivers_in_words([Sliver(("a", "b"), ("a",), 0.3), Sliver(("b",), (), 1.5)])
    "2 slivers under 4 ha could be told by subtracting areas, and were given to the ground beside them: 1.5 ha of 'b' alone now counts in no area; 0.3 ha of 'a' and 'b' now counts in 'a' alone."
    """
    worth = sorted((s for s in slivers if s.hectares >= WORTH_HA), key=lambda s: -s.hectares)
    if not worth:
        return ""
    sentences = [
        f"{ground_in_words(s.hectares)} of {_and(s.before)} now counts in {_and(s.after)}" for s in worth[:MOST_NAMED]
    ]
    more = f"; and {len(worth) - MOST_NAMED:,} more" if len(worth) > MOST_NAMED else ""
    one = len(worth) == 1
    return (
        f"{'1 sliver' if one else f'{len(worth):,} slivers'} under {amount_ha(least_ha)} could be told by subtracting areas, and "
        f"{'was' if one else 'were'} given to the ground beside {'it' if one else 'them'}: {'; '.join(sentences)}{more}."
    )


def _and(ids: Sequence[str]) -> str:
    return " and ".join(repr(i) for i in ids) + " alone" * (len(ids) == 1) if ids else "no area"


def _at_each_time(areas: pd.DataFrame) -> list[tuple[int, int, pd.DataFrame]]:
    """Spans of time with the areas that count in them; a column ``row`` says where each stands."""
    ready = with_roles(areas)[0].assign(row=np.arange(len(areas)))
    always = np.iinfo(np.int64)
    return list(epochs(ready, always.min, always.max, "UTC"))


def _lived_in(now: pd.DataFrame) -> pd.DataFrame:
    """The ground that figures of areas are about, police sites left out."""
    ground = headline_ground(now)
    return ground[(ground["role"] != "site").to_numpy()]


def _given_away(areas: pd.DataFrame, now: pd.DataFrame, least_ha: float) -> tuple[Objects, list[Sliver]]:
    """(shapes of all areas, slivers given away) for the areas that count at one time."""
    shapes = areas["geometry"].to_numpy(dtype=object).copy()
    ground = _lived_in(now)
    rows, ids = ground["row"].to_numpy(dtype=np.int64), ground["area_id"].astype(str).tolist()
    overlay = _Overlay(ground["geometry"].to_numpy(dtype=object), least_ha)
    slivers: list[Sliver] = []
    for k in overlay.small:
        atom = overlay.atoms[k]
        names = tuple(ids[m] for m in atom.members)
        for part in shapely.get_parts(atom.shape):
            to = overlay.neighbour(part, k)
            if to is None:
                raise _stuck(names, part.area / 1e4, least_ha)
            if (
                to == atom.members
            ):  # beside another sliver that has just been given away: the next round sees what is left
                continue
            for m in set(atom.members) - set(to):
                shapes[rows[m]] = polygonal(shapely.difference(shapes[rows[m]], part))
            for m in set(to) - set(atom.members):
                shapes[rows[m]] = polygonal(shapely.union(shapes[rows[m]], part))
            overlay.moved(part, k, to)
            slivers.append(Sliver(names, tuple(ids[m] for m in to), float(part.area) / 1e4))
    return shapes, slivers


class _Overlay:
    """The atoms of areas at one time, and how large the areas are while slivers are given away."""

    def __init__(self, shapes: Objects, least_ha: float) -> None:
        self.least_m2 = least_ha * 1e4 * (1 - 1e-9)
        self.atoms = overlay_atoms(shapes)
        self.sizes = shapely.area(shapes)
        m2 = np.array([a.m2 for a in self.atoms])
        order = np.argsort(m2, kind="stable")
        self.small = [int(k) for k in order if NOTHING_M2 < m2[k] < self.least_m2]
        self._small, self._gone = set(self.small), set[int]()
        self._tree = shapely.STRtree([a.shape for a in self.atoms]) if self.small else None

    def neighbour(self, part: BaseGeometry, own: int) -> Optional[tuple[int, ...]]:
        """Members of the atom that a part of a sliver goes to: () is the ground of no area, the sliver's own that it waits.

        None where an area would come to less than the minimum whichever way it goes.
        """
        members = self.atoms[own].members
        assert self._tree is not None
        near = [int(k) for k in self._tree.query(part, predicate="dwithin", distance=TOUCH_M) if k != own]
        if self._gone & set(near):
            return members
        border, frame = shapely.boundary(part), part.envelope.buffer(1.0)
        lengths = {
            k: float(border.intersection(self.atoms[k].shape.intersection(frame).buffer(TOUCH_M)).length) for k in near
        }
        ways = [(k in self._small, -lengths[k], self.atoms[k].members) for k in near if lengths[k] > 10 * TOUCH_M]
        ways.append((False, sum(lengths.values()) - float(border.length), ()))
        for _, _, to in sorted(ways):
            if all(self.sizes[m] - part.area >= self.least_m2 for m in set(members) - set(to)):
                return to
        return None

    def moved(self, part: BaseGeometry, own: int, to: tuple[int, ...]) -> None:
        """Note that a part of an atom counts elsewhere now."""
        members = self.atoms[own].members
        self._gone.add(own)
        for m in set(members) - set(to):
            self.sizes[m] -= part.area
        for m in set(to) - set(members):
            self.sizes[m] += part.area


def _stuck(names: Sequence[str], hectares: float, least_ha: float) -> PrivacyError:
    return PrivacyError(
        f"{ground_in_words(hectares)} of {_and(names)}, less than {amount_ha(least_ha)}, could be told by subtracting areas, and no area "
        "can do without it.",
        "Draw these areas so that they share more ground or none, or make them one.",
    )

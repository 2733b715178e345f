"""The time of legs in areas by the bridge: the mean over the ways that could have been taken, and its spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Objects, Rows
from ..geometry.bridge import WEIGHTS, shares_among, shares_inside
from ..geometry.clip import leg_ends_inside
from ..geometry.mosaic import Mosaic, Within
from ..geometry.overlay import Overlay, touching
from ..geometry.places import Places
from ..weighted_sum import weighted_sum
from .bridge_model import READ, SHARED_BY_TWO, BridgedLegs, BridgeModel, at_most_wide, time_order
from .leg_arrays import leg_accuracy, leg_ends, leg_limits

LEGS = 1 << 16  # whose ways are laid out at a time


class Bridge:
    """Shares of legs inside one area after the other, by the bridge.

    Parameters
    ----------
    legs : the legs table
    limit : float64 (n,), speed limit of each leg, m/s
    model : BridgeModel
    """

    def __init__(self, legs: pd.DataFrame, limit: Floats, model: BridgeModel) -> None:
        self.model = model
        self.legs = BridgedLegs(legs, limit, model)
        self._seconds = legs["duration_s"].to_numpy(dtype=np.float64)

    @property
    def wide(self) -> Floats:
        """Metres by which no path of a leg leaves its straight line, (n,)."""
        wide: Floats = self.legs.wide
        return wide

    def __call__(self, leg: Rows, part: Overlay, ends: tuple[Bools, Bools]) -> tuple[Floats, Floats]:
        """Share of its duration that each leg of `part` spends inside, and the share's standard deviation over the paths.

        Parameters
        ----------
        leg : where the legs of `part` stand here
        part : legs over one area
        ends : whether each starts and ends inside
        """
        paths = shares_inside(self.legs.ways(leg).shifted(part.origin), part.places)
        a, b = (end.astype(np.float64) for end in ends)
        return mixed(paths, self.legs.stand.take(leg), a, b, self.legs.at_start.take(leg))

    def among(self, leg: Rows, mosaic: Mosaic) -> Iterator[tuple[Within, Floats, Floats]]:
        """Of legs in areas seen side by side, some at a time: where they are (``leg`` counts within `leg`), and as :meth:`__call__`."""
        for i in range(0, len(leg), LEGS):
            some = leg[i : i + LEGS]
            for found in shares_among(self.legs.ways(some).shifted(mosaic.origin), mosaic):
                of = some.take(found.leg)
                a, b = found.start.astype(np.float64), found.end.astype(np.float64)
                share, sd = mixed(found.share, self.legs.stand.take(of), a, b, self.legs.at_start.take(of))
                yield found.at(np.arange(i, i + len(some))), share, sd

    def share_sd(self, leg: Rows, share: Floats, over_paths: Floats) -> Floats:
        """Standard deviation of the share of legs inside, of which the paths tell only a part."""
        # No share has more than one that is all or nothing, of this leg and of the one it shares a fix with.
        most = np.maximum(over_paths, SHARED_BY_TWO * np.sqrt(share * (1.0 - share)))
        over = np.minimum(over_paths * self.legs.blurred[leg], most)
        return self.model.share_sd(over, share, self._seconds[leg], self.legs.fastest[leg])

    def parts(self, leg: Rows, area: Places, first: Floats, last: Floats) -> Floats:
        """Seconds of legs inside one area in a part of their time, from the share `first` to the share `last`."""
        ways = self.legs.ways(leg).shifted(area.origin)
        paths = weighted_sum(shares_inside(ways, area, (first, last)), WEIGHTS)
        start, end = leg_ends_inside(ways.x0, ways.y0, ways.x1, ways.y1, area.rings)
        stand, at_start = self.legs.stand[leg], self.legs.at_start[leg]
        early = np.clip(np.minimum(last, at_start) - first, 0.0, None)
        late = np.clip(last - np.maximum(first, at_start), 0.0, None)
        return np.asarray(self._seconds[leg] * ((1 - stand) * paths + stand * (early * start + late * end)))


@dataclass(frozen=True)
class BridgeOfSome:
    """The bridge of whichever legs are asked for: few are cut where a period ends, and only these and their neighbours are laid out.

    Attributes
    ----------
    legs : the legs table
    max_speed_ms : speed limit, m/s
    model : BridgeModel
    """

    legs: pd.DataFrame
    max_speed_ms: float
    model: BridgeModel

    def near(self, shapes: Objects) -> Rows:
        """Positions of the legs that may have a path in some area: few where areas are far apart. All, where most are."""
        every = np.arange(len(self.legs))
        if self._order is not None:
            return every
        ends = leg_ends(self.legs)
        near = touching(*ends, shapes, at_most_wide(ends, np.maximum(*leg_accuracy(self.legs)), self.model))
        return near if 2 * len(near) < len(every) else every

    def of(self, which: Rows) -> tuple[Bridge, Rows]:
        """A bridge that holds some legs, and where each stands in it."""
        order = self._order
        place = which
        if order is not None:
            places = np.empty(len(order), dtype=np.intp)
            places[order] = np.arange(len(order))
            place = places.take(which)
        needed = np.zeros(len(self.legs) + 2, dtype=bool)
        for beside in (0, 1, 2):  # the leg before, the leg, the leg after
            needed[place + beside] = True
        held = np.flatnonzero(needed[1:-1])
        if len(held) == len(self.legs):
            return Bridge(self.legs, leg_limits(self.legs, self.max_speed_ms), self.model), which
        rows = held if order is None else order.take(held)
        # Column by column: of a selection of columns pandas makes a copy of the whole table first, a gigabyte of a month.
        some = pd.DataFrame({c: self.legs[c].take(rows) for c in READ if c in self.legs.columns})
        bridge = Bridge(some, leg_limits(some, self.max_speed_ms), self.model)
        return bridge, np.searchsorted(held, place)

    @cached_property
    def _order(self) -> Optional[Rows]:
        return time_order(self.legs)


def mixed(
    paths: Floats, stand: Floats, a: Floats, b: Floats, at_start: Union[Floats, float] = 0.5
) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the share inside over the paths and over standing at the ends.

    Parameters
    ----------
    paths : (n, k) share inside by each path
    stand : (n,) share of standing
    a, b : (n,) 1 where the start, the end lies inside
    at_start : (n,) how much of the standing is at the start
    """
    ends = at_start * a + (1.0 - at_start) * b
    mean = weighted_sum(paths, WEIGHTS)
    share = (1 - stand) * mean + stand * ends
    # Who stood did so at the one end or at the other.
    square = (1 - stand) * weighted_sum(paths**2, WEIGHTS) + stand * ends
    return share, np.sqrt(np.maximum(square - share**2, 0.0))

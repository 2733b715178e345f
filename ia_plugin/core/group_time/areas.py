"""Which areas of a role are told by label beside the role itself, so that the difference of the two is no few officers' time."""

from __future__ import annotations

import numpy as np

from ..arrays import Bools, Floats, Ints
from ..distinct import distinct
from ..suppression import LEAST
from .bounds import Cube, known_within
from .least_cut import weak_side
from .there import KNOWN_TO, There, added


def shown_cells(
    there: There, areas: int, tellable: Bools, column: Ints, columns: int, block: Ints, least: int = LEAST
) -> Bools:
    """Which cells of a month's table of areas and labels are shown, where the sum of each row and of each column is.

    A cell is told where at least `least` officers stand behind it. What then follows of the hidden ones from the sums are the cuts
    of :mod:`~ia_plugin.core.group_time.least_cut`; while one rests on fewer officers, the smallest told cell across it is hidden too.

    Parameters
    ----------
    there : rows of one role and month; their spots are the areas, ``areas - 1`` may stand for what is in none of them
    tellable : (areas,) areas that may be told apart
    column : (n,) code of the label as the role tells it; ``columns - 1`` stands for "other" and is told of no area
    block : (n,) the block of hours of each row in which the role is told

    Returns
    -------
    bool (areas, columns)
    """
    area = there.spot
    cell = area * columns + column
    officers = distinct(cell, there.officer, areas * columns).reshape(areas, columns)
    seconds = added(there.seconds, cell, areas * columns).reshape(areas, columns)
    few = (officers > 0) & (officers < least)
    shown = (officers >= least) & tellable[:, None]
    shown[:, columns - 1] = False
    cube = Cube.of(there, areas, column, columns, block)
    while shown.any():
        hidden = (officers > 0) & ~shown
        near = _too_near(cube, shown, few, hidden, least)
        if near.any():
            beside = shown & (near[:, None] | (hidden & near[:, None]).any(axis=0))
            shown[_smallest(beside if beside.any() else shown, seconds)] = False
            continue
        side = weak_side(_weights(there, cell, hidden), np.r_[shown.any(axis=1), np.ones(columns, dtype=bool)], least)
        if side is None:
            break
        across = shown & (side[:areas, None] != side[None, areas:])
        if not across.any():
            break  # the sums alone tell it, whatever is told beside them
        shown[_smallest(across, seconds)] = False
    return np.asarray(shown, dtype=bool)


def _smallest(among: Bools, seconds: Floats) -> tuple[np.intp, ...]:
    return np.unravel_index(int(np.where(among, seconds, np.inf).argmin()), among.shape)


def _too_near(cube: Cube, shown: Bools, few: Bools, hidden: Bools, least: int) -> Bools:
    """Spots in which an hour's or the month's time of few officers is known too well."""
    low, high = known_within(cube, shown)
    few_then = (cube.officers > 0) & (cube.officers < least)
    near = (few_then & (low > KNOWN_TO * high)).any(axis=(1, 2))
    month = cube.seconds.sum(axis=1)
    of_area, of_label = (np.where(hidden, month, 0.0).sum(axis=k) for k in (1, 0))
    most = np.where(hidden, np.minimum(of_area[:, None], of_label[None, :]), 0.0)
    least_there = np.maximum(of_area[:, None] - (most.sum(axis=1)[:, None] - most), 0.0)
    return np.asarray(near | (few & hidden & (least_there > KNOWN_TO * most)).any(axis=1), dtype=bool)


def _weights(there: There, cell: Ints, hidden: Bools) -> Floats:
    """The graph of hidden cells: an officer of several of them counts as one over all of them together, so that no cut has too many."""
    areas, columns = hidden.shape
    rows = hidden.ravel()[cell]
    people = int(there.officer.max(initial=0)) + 1
    each = np.unique(cell[rows].astype(np.int64) * people + there.officer[rows])
    of_cell, officer = each // people, each % people
    share = 1.0 / np.maximum(np.bincount(officer, minlength=people), 1)[officer]
    weight = np.bincount(of_cell, weights=share, minlength=areas * columns).reshape(areas, columns)
    graph = np.zeros((areas + columns, areas + columns))
    graph[:areas, areas:] = weight
    graph[areas:, :areas] = weight.T
    return graph

"""The hidden cells of a table of areas and labels from which few officers' time would follow.

Whoever knows the hidden sum of each row and of each column knows just those signed sums of hidden cells that are the edge cuts of
the graph whose nodes are rows and columns and whose edges are the hidden cells. So every cut must rest on enough officers.
"""

from __future__ import annotations

from collections import deque
from typing import Optional

import numpy as np

from ..arrays import Bools, Floats


def weak_side(weights: Floats, marked: Bools, least: float) -> Optional[Bools]:
    """One side of a cut below `least` that parts two marked nodes; None where every such cut is at least that much.

    Parameters
    ----------
    weights : (n, n), symmetric: of the edges; 0 where there is none
    marked : (n,) nodes of which at least one must be on either side

    Returns
    -------
    bool (n,), the nodes of the side.

    Examples
    --------
    Two pairs that hold together strongly, joined by one weak edge:

    >>> w = np.zeros((4, 4)); w[0, 1] = w[2, 3] = 9.0; w[1, 2] = 3.0
    >>> weak_side(w + w.T, np.ones(4, dtype=bool), 5.0).tolist()
    [False, False, True, True]
    """
    left = weights.astype(np.float64).copy()
    member = [[k] for k in range(len(left))]  # the nodes that each node stands for
    alive = np.ones(len(left), dtype=bool)
    for start in np.flatnonzero(marked):
        if not alive[start]:
            continue
        while True:
            others = [m for m in _within_reach(left, int(start)) if marked[m] and alive[m] and m != start]
            if not others:
                break
            side = _below(left, int(start), others[0], least)
            if side is not None:
                found = np.zeros(len(left), dtype=bool)
                found[[k for m in np.flatnonzero(side & alive) for k in member[m]]] = True
                return found
            # No weak cut parts the two: from here on they are one node.
            _join(left, int(start), others[0])
            member[start] += member[others[0]]
            alive[others[0]] = False
    return None


def _join(left: Floats, one: int, other: int) -> None:
    left[one] += left[other]
    left[:, one] += left[:, other]
    left[other] = left[:, other] = 0.0
    left[one, one] = 0.0


def _within_reach(left: Floats, start: int) -> list[int]:
    """Nodes that paths lead to, the nearest first."""
    before = _paths(left, start)
    return [k for k in before if k != start]


def _paths(left: Floats, start: int, goal: int = -1) -> dict[int, int]:
    """Node -> the one before it on a shortest path."""
    before, queue = {start: start}, deque([start])
    while queue and goal not in before:
        node = queue.popleft()
        for following in np.flatnonzero(left[node] > 1e-9):
            if int(following) not in before:
                before[int(following)] = node
                queue.append(int(following))
    return before


def _below(weights: Floats, start: int, goal: int, least: float) -> Optional[Bools]:
    """The goal's side of the least cut between two nodes where that is below `least` (Edmonds & Karp 1972, ended early)."""
    left, flow = weights.copy(), 0.0
    while flow < least - 1e-9:
        before = _paths(left, start, goal)
        if goal not in before:
            side = np.ones(len(left), dtype=bool)
            side[list(before)] = False
            reach = _paths(weights, start)
            side[[k for k in range(len(left)) if k not in reach]] = False
            return side
        path, node = [], goal
        while node != start:
            path.append((before[node], node))
            node = before[node]
        amount = min(float(left[a, b]) for a, b in path)
        for a, b in path:
            left[a, b] -= amount
            left[b, a] += amount
        flow += amount
    return None

"""A street network as arrays: nodes, edges with their bends, and trees of shortest paths to chosen places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrays import Bools, Floats, Ints
from ..errors import DataRangeError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SNAP_M = 1.0  # ends of streets this close are one junction


@dataclass(frozen=True)
class StreetNetwork:
    """The largest connected part of a set of streets.

    Attributes
    ----------
    x, y : float64 (nodes,), junctions, metres
    start, end : int (edges,), junctions of each street
    length : float64 (edges,), metres
    bends : float64 (vertices, 2), the vertices of all streets, from their start to their end, one after the other
    first : int (edges + 1,), where the vertices of each street begin
    """

    x: Floats
    y: Floats
    start: Ints
    end: Ints
    length: Floats
    bends: Floats
    first: Ints

    @classmethod
    def from_lines(cls, lines: Iterable[BaseGeometry]) -> StreetNetwork:
        """Network of shapely LineStrings that meet at their ends.

        Raises
        ------
        DataRangeError
            when there are no lines, or no two of them are connected.
        """
        shapes = shapely.get_parts(np.asarray(list(lines), dtype=object))
        shapes = shapes[(shapely.get_type_id(shapes) == 1) & (shapely.length(shapes) > 0)]
        if not len(shapes):
            raise DataRangeError("The street network has no lines.", "Give a layer of lines in metres.")
        shapes = shapely.force_2d(shapes)
        count = shapely.get_num_coordinates(shapes)
        bends = shapely.get_coordinates(shapes)
        first = np.r_[0, np.cumsum(count)].astype(np.intp)
        ends = np.r_[bends[first[:-1]], bends[first[1:] - 1]]
        _, node = np.unique(np.round(ends / SNAP_M), axis=0, return_inverse=True)
        node = np.asarray(node).ravel()
        start, end = node[: len(shapes)], node[len(shapes) :]
        keep = _largest_part(start, end)
        vertices = np.repeat(keep, count)
        used, renumbered = np.unique(np.r_[start[keep], end[keep]], return_inverse=True)
        place = np.empty((node.max() + 1, 2))
        place[node] = ends
        kept = np.r_[0, np.cumsum(count[keep])].astype(np.intp)
        n = int(keep.sum())
        xy = place[used]
        return cls(
            xy[:, 0], xy[:, 1], renumbered[:n], renumbered[n:], shapely.length(shapes[keep]), bends[vertices], kept
        )

    def trees(self, roots: Ints) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Shortest paths to some junctions (Dijkstra 1959).

        Returns
        -------
        next edge from each junction towards each root, int32 (roots, nodes), −1 at the root, the edge's number doubled and
        one added when it is walked from its end to its start; and the distance, float32 (roots, nodes), metres.
        """
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import dijkstra

        n = len(self.x)
        # Of parallel streets the shortest counts; the matrix would add them up.
        order = np.argsort(-self.length, kind="stable")
        pair = {}
        for e in order.tolist():
            pair[int(self.start[e]), int(self.end[e])] = pair[int(self.end[e]), int(self.start[e])] = e
        index = np.array(list(pair), dtype=np.intp)
        edge = np.array(list(pair.values()), dtype=np.intp)
        matrix = coo_matrix((self.length[edge], (index[:, 0], index[:, 1])), shape=(n, n)).tocsr()
        distance, before = dijkstra(matrix, directed=True, indices=roots, return_predecessors=True)
        number = coo_matrix((edge + 1, (index[:, 0], index[:, 1])), shape=(n, n)).tocsr()
        step = np.full(before.shape, -1, dtype=np.int32)
        for k in range(len(roots)):
            here = np.flatnonzero(before[k] >= 0)
            e = np.asarray(number[here, before[k][here]]).ravel() - 1
            step[k, here] = 2 * e + (self.start[e] != here)
        return step, distance.astype(np.float32)

    def nearest(self, x: Floats, y: Floats) -> Ints:
        """Junction nearest to each point."""
        tree = shapely.STRtree(shapely.points(self.x, self.y))
        return np.asarray(tree.nearest(shapely.points(x, y)), dtype=np.intp)

    def incident(self) -> tuple[Ints, Ints]:
        """Streets at each junction: starts of lists, and a flat list of directed streets (as in :meth:`trees`)."""
        e = np.arange(len(self.start))
        at = np.r_[self.start, self.end]
        directed = np.r_[2 * e, 2 * e + 1]
        order = np.argsort(at, kind="stable")
        return np.searchsorted(at[order], np.arange(len(self.x) + 1)), directed[order]


def _largest_part(start: Ints, end: Ints) -> Bools:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = int(max(start.max(), end.max())) + 1
    _, part = connected_components(coo_matrix((np.ones(len(start)), (start, end)), shape=(n, n)), directed=False)
    return np.asarray(part[start] == np.bincount(part[start]).argmax())

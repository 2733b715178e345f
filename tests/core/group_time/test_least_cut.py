"""What follows of hidden cells from the sums of rows and columns: the cuts of their graph."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.group_time.least_cut import weak_side


def graph(edges: dict[tuple[int, int], float], n: int) -> np.ndarray:
    w = np.zeros((n, n))
    for (a, b), v in edges.items():
        w[a, b] = w[b, a] = v
    return w


def cut(w: np.ndarray, side: np.ndarray) -> float:
    return float(w[np.ix_(side, ~side)].sum())


def test_a_node_that_hangs_on_two_officers_is_found() -> None:
    w = graph({(0, 1): 9, (1, 2): 9, (2, 0): 9, (2, 3): 2}, 4)
    assert weak_side(w, np.ones(4, bool), 5).tolist() in ([False, False, False, True], [True, True, True, False])


def test_a_cut_that_leaves_no_marked_node_on_one_side_does_not_count() -> None:
    """The row of an area of which nothing is told by label: its sum is the area's own, which anyone may read."""
    w = graph({(0, 1): 9, (1, 2): 9, (2, 0): 9, (2, 3): 2}, 4)
    assert weak_side(w, np.array([True, True, True, False]), 5) is None


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 6), st.data())
def test_it_finds_a_weak_cut_wherever_there_is_one(n: int, data: st.DataObject) -> None:
    pairs = list(itertools.combinations(range(n), 2))
    w = graph({p: float(data.draw(st.integers(0, 6))) for p in pairs}, n)
    marked = np.array([data.draw(st.booleans()) for _ in range(n)])
    sides = [np.array(s) for s in itertools.product([False, True], repeat=n)]
    weak = [s for s in sides if marked[s].any() and marked[~s].any() and 0 < cut(w, s) < 5]
    found = weak_side(w, marked, 5)
    if found is None:
        # A cut of nothing parts two graphs; a weak one of a connected graph must be found.
        assert not [s for s in weak if _within_one(w, s)]
    else:
        assert 0 < cut(w, found) < 5


def _within_one(w: np.ndarray, side: np.ndarray) -> bool:
    """Whether all marked nodes on both sides hang together and the weak cut parts just them."""
    reach = np.linalg.matrix_power((w > 0).astype(float) + np.eye(len(w)), len(w)) > 0
    return bool(reach.all())

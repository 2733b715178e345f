"""Small numbers: merged before they are blanked, and not to be worked out from what is published."""

import itertools

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.suppression import (
    OTHER,
    bounds_of_hidden,
    check_audience,
    hidden_cells,
    hidden_parts,
    merged_everywhere,
    merged_labels,
    rounded,
)
from tests.support.attackers import known_by_attacker


def attacked(table, hidden):
    """Values each hidden cell can take, for an attacker who tries them all."""
    cells = np.argwhere(hidden)
    rows = [(hidden[r].nonzero()[0], table[r][hidden[r]].sum(), r) for r in range(len(table)) if hidden[r].any()]
    columns = {c: table[hidden[:, c], c].sum() for c in range(table.shape[1])}
    place = {tuple(c): i for i, c in enumerate(cells)}
    found = [set() for _ in cells]

    def compositions(total, n):
        if n == 1:
            yield (total,)
            return
        for first in range(int(total) + 1):
            for rest in compositions(total - first, n - 1):
                yield (first, *rest)

    for choice in itertools.product(*(list(compositions(int(s), len(cs))) for cs, s, _ in rows)):
        sums = dict.fromkeys(columns, 0)
        for (cs, _, _), values in zip(rows, choice):
            for c, v in zip(cs, values):
                sums[c] += v
        if all(sums[c] == columns[c] for c in columns if hidden[:, c].any()):
            for (cs, _, r), values in zip(rows, choice):
                for c, v in zip(cs, values):
                    found[place[(r, c)]].add(int(v))
    return {tuple(c): f for c, f in zip(cells, found)}


def bounded(table, hidden, small):
    """No hidden small cell is told by row totals, column totals and open cells to within less than five."""
    n, m = table.shape
    true = {(r, c): table[r, c] for r in range(n) for c in range(m)}
    true |= {("row", r): table[r].sum() for r in range(n)} | {("column", c): table[:, c].sum() for c in range(m)}
    sums = [(("row", r), [(r, c) for c in range(m)]) for r in range(n)]
    sums += [(("column", c), [(r, c) for r in range(n)]) for c in range(m)]
    for cell, (low, high) in known_by_attacker(true, {tuple(c) for c in np.argwhere(hidden)}, sums).items():
        assert not small[cell] or high - low >= 5 - 1e-6


def test_a_brute_force_attacker_learns_no_hidden_small_cell():
    rng = np.random.default_rng(1)
    tried = 0
    for _ in range(1000):
        table = rng.integers(0, 12, (rng.integers(2, 4), rng.integers(2, 4))).astype(float)
        hidden = hidden_cells(table)
        small = (table > 0) & (table < 5)
        assert (hidden | ~small).all()
        if hidden.all():
            continue  # nothing but totals is published
        size = np.prod(
            [
                float(table[r][hidden[r]].sum() + 1) ** max(0, hidden[r].sum() - 1)
                for r in range(len(table))
                if hidden[r].any()
            ]
        )
        if size > 3000:
            # Too many for brute force: bounds by linear programming.
            bounded(table, hidden, small)
            continue
        tried += 1
        for cell, values in attacked(table, hidden).items():
            if small[cell]:
                assert len(values) > 1
    assert tried > 150


def test_what_needs_no_hiding_is_shown():
    table = np.array([[10, 20], [30, 0]])
    assert not hidden_cells(table).any()
    assert rounded([2, 2.5, 7.4, 13]).tolist() == [0, 5, 5, 15]
    with pytest.raises(ParameterError):
        hidden_cells([1, 2])
    with pytest.raises(ParameterError, match="audience"):
        check_audience("press")


def test_rows_without_a_total_show_nothing():
    table = np.array([[3.0, 0.0, 40.0], [20.0, 30.0, 7.0], [9.0, 8.0, 50.0]])
    hidden = hidden_cells(table, untold=[True, True, False])
    assert hidden[0].tolist() == [True, False, True] and hidden[1].all() and not hidden[2].any()
    # Its total told, a row with one small cell needs more to hide behind.
    assert hidden_cells(table).sum() > 1


def test_labels_that_are_the_same_at_all_places():
    seen = pd.DataFrame({"A": [2, 9, 9], "B": [6, 6, np.nan], "C": [9, 9, 9], "D": [20, 20, 20]}, index=["p", "q", "r"])
    assert merged_everywhere(seen) == {"A": OTHER, "B": OTHER, "C": "C", "D": "D"}
    # At r neither A nor B is there: nothing is "other" there, so nothing is told by it.
    seen.loc["r", "A"] = np.nan
    assert merged_everywhere(seen) == {"A": OTHER, "B": OTHER, "C": "C", "D": "D"}
    assert set(merged_everywhere(seen[["A", "B"]]).values()) == {OTHER}
    assert merged_everywhere(seen[["C", "D"]]) == {"C": "C", "D": "D"}
    assert merged_labels(pd.Series({"A": 2, "B": 6, "C": 9})) == {"A": OTHER, "B": OTHER, "C": "C"}


@pytest.mark.parametrize(
    ("officers", "merged"),
    [
        ({"A": 5, "B": 6}, set()),
        ({"A": 4, "B": 6}, {"A", "B"}),
        ({"A": 4, "B": 6, "C": 5}, {"A", "C"}),
        ({"A": 1, "B": 2, "C": 3}, {"A", "B", "C"}),
        ({"B": 5, "A": 5, "C": 0}, {"C", "A"}),  # of equals the first by name joins
        ({}, set()),
    ],
)
def test_labels_from_numbers_of_officers(officers, merged):
    found = merged_labels(pd.Series(officers, dtype=float))
    assert {g for g, label in found.items() if label == OTHER} == merged
    assert all(label in (OTHER, g) for g, label in found.items()) and set(found) == set(officers)


def test_in_all_places_the_least_place_counts():
    seen = pd.DataFrame({"A": [9, 5], "B": [9, 4], "C": [20, 20], "D": [30, 30]})
    assert merged_everywhere(seen) == {"A": OTHER, "B": OTHER, "C": "C", "D": "D"}
    assert merged_everywhere(seen, least=4) == {"A": "A", "B": "B", "C": "C", "D": "D"}
    # With one left over, its hours would be the total less "other": it joins.
    assert set(merged_everywhere(seen[["B", "A", "C"]]).values()) == {OTHER}


# --- numbers for the public -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "five", "ten"),
    [(0, 0, 0), (2.4, 0, 0), (2.5, 5, 0), (7.5, 10, 10), (12, 10, 10), (-2, 0, 0), (1e6 + 3, 1_000_005, 1_000_000)],
)
def test_rounding_goes_to_the_nearest_and_halves_go_up(value, five, ten):
    assert (rounded(value), rounded(value, 10)) == (five, ten)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([9, 8, 7], []),
        ([0, 0, 9], []),  # nothing is no small number
        ([5, 9], []),
        ([3, 9, 20], [0, 1]),  # alone it would follow from the sum: the smallest of the rest goes with it
        ([4, 20, 9], [0, 2]),
        ([1, 2, 9, 20], [0, 1, 2]),  # two, but of three together: told to within three
        ([2, 3, 9], [0, 1]),  # five together
        ([4, 4, 9], [0, 1]),
        ([3, 0, 0], [0]),  # nothing else to hide behind
        ([1, 1, 0], [0, 1]),
        ([], []),
    ],
)
def test_parts_of_a_sum_hide_together(counts, hidden):
    assert np.flatnonzero(hidden_parts(counts)).tolist() == hidden


def test_what_would_be_missed_least_is_hidden_first():
    assert np.flatnonzero(hidden_parts([3, 9, 20], cost=[0, 5, 1])).tolist() == [0, 2]
    assert np.flatnonzero(hidden_parts([3, 9, 20], least=3)).tolist() == []


def test_one_small_cell_hides_among_others_and_none_is_told():
    table = np.array([[3, 9, 30], [40, 50, 60], [7, 70, 80]])
    hidden = hidden_cells(table)
    assert hidden[0, 0] and hidden[0, 1] and hidden[2, 0]
    bounded(table, hidden, (table > 0) & (table < 5))


def test_five_is_no_small_number_and_another_least_is():
    table = np.array([[5, 9], [9, 9]])
    assert not hidden_cells(table).any() and hidden_cells(table, least=6)[0, 0]


@pytest.mark.parametrize(
    ("which", "untold", "low", "high"),
    [
        # 3 9 | 12 and 4 30 | 34, columns 7 and 39: what one cell gains, its neighbours lose.
        (0, None, 0, 7),
        (1, None, 5, 12),
        (2, None, 0, 7),
        (3, None, 27, 34),
        # The first row's total is not told: the second row is still 4 + 30 = 34, the columns 7 and 39.
        (0, [True, False], 0, 7),
        (1, [True, False], 5, 39 - 27),
        # No row's total is told: each column stands alone.
        (1, [True, True], 0, 39),
        (0, [True, True], 0, 7),
    ],
)
def test_what_the_totals_tell_of_a_hidden_cell(which, untold, low, high):
    counts = np.array([[3.0, 9], [4, 30]])
    found = bounds_of_hidden(counts, np.ones((2, 2), dtype=bool), which, untold)
    assert found == pytest.approx((low, high), abs=1e-6)


def test_open_cells_are_no_part_of_what_is_hidden():
    counts = np.array([[3.0, 9, 100], [4, 30, 100]])
    hidden = np.array([[True, True, False], [True, True, False]])
    assert bounds_of_hidden(counts, hidden, 0) == pytest.approx((0, 7), abs=1e-6)


@pytest.mark.parametrize("table", [[[-1, 5]], [1, 2, 3]])
def test_what_is_no_table_of_counts_is_refused(table):
    with pytest.raises(ParameterError, match="nothing below 0. Give the counts without totals"):
        hidden_cells(table)


@pytest.mark.parametrize("audience", ["restricted", "board", "public"])
def test_audiences_by_name(audience):
    assert check_audience(audience) == audience
    with pytest.raises(ParameterError, match="'Board' is not known. Choose one of: restricted, board, public"):
        check_audience("Board")

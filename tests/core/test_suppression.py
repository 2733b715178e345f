"""Small numbers: merged before they are blanked, and not to be worked out from what is published."""

import itertools

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.suppression import (
    OTHER,
    check_audience,
    hidden_cells,
    merged_everywhere,
    merged_labels,
    merged_units,
    published,
    rounded,
)
from tests.support.attackers import known_by_attacker


def parts(**units):
    """Officers of units in one area, from unit=number of officers."""
    rows = [("a", unit, f"{unit}{i}") for unit, n in units.items() for i in range(n)]
    return pd.DataFrame(rows, columns=["area_id", "unit", "officer_id"])


@pytest.mark.parametrize(
    ("units", "merged"),
    [
        (dict(A=5, B=9), set()),
        (dict(A=2, B=3, C=9), {"A", "B"}),
        (dict(A=2, B=6, C=9), {"A", "B"}),
        (dict(A=2, B=1), {"A", "B"}),
        (dict(A=4, B=4, C=4), {"A", "B", "C"}),
    ],
)
def test_units_with_few_officers_are_merged_and_totals_stay(units, merged):
    table = parts(**units)
    labels = merged_units(table)
    assert set(table["unit"][labels == OTHER]) == merged
    counts = table.assign(label=labels).groupby("label")["officer_id"].nunique()
    assert counts.sum() == len(table) and ((counts >= 5).all() or len(counts) == 1)


def test_each_area_is_merged_by_its_own_officers():
    table = pd.concat([parts(A=2, B=9), parts(A=7, B=9).assign(area_id="b")], ignore_index=True)
    labels = merged_units(table)
    assert (labels[table["area_id"] == "a"] == OTHER).all() and not (labels[table["area_id"] == "b"] == OTHER).any()


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
    shown, hidden = published(table)
    assert not hidden.any() and (shown == table).all()
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

"""Small numbers: merged before they are blanked, and not to be worked out from what is published."""

import itertools

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.suppression import (
    OTHER,
    check_audience,
    merged_everywhere,
    merged_labels,
    rounded,
    rounded_together,
)


def test_an_audience_has_a_name():
    with pytest.raises(ParameterError, match="audience"):
        check_audience("press")


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


def table(rows):
    """Counts of places p0, p1, … by groups a, b, …"""
    values = np.atleast_2d(np.asarray(rows))
    return pd.DataFrame(values, index=[f"p{i}" for i in range(len(values))], columns=[*"abcdefgh"[: values.shape[1]]])


def sums_of(values, parts):
    """Every number that is published of a table: cells, and the sums of rows, of parts and of all, by column and together."""
    rows = (
        [values[[i]] for i in range(len(values))] + [values[np.array(parts) == p] for p in sorted({*parts})] + [values]
    )
    return np.array([n for some in rows for n in (*some.sum(axis=0), some.sum())])


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([[5, 10, 0]], [[5, 10, 0]]),  # what is a multiple stays
        ([[2, 10]], [[0, 10]]),
        ([[3, 10]], [[5, 10]]),
        ([[4, 0], [0, 9]], [[5, 0], [0, 10]]),
        ([[7], [11]], [[10], [10]]),  # together 18, which is 20: the one that is missed least goes up
        ([[1], [4], [1]], [[0], [5], [0]]),
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]]),
    ],
)
def test_counts_rounded_together_by_hand(counts, shown):
    found = rounded_together(table(counts), ["one"] * len(counts))
    assert found.to_numpy().tolist() == shown and list(found.columns) == list(table(counts).columns)


def test_single_events_at_many_places_are_not_rounded_away():
    """Twelve places with one event each: none of them alone is told, and all together are 10, not 0."""
    found = rounded_together(table([[1]] * 12), ["one"] * 12)["a"]
    assert found.sum() == 10 and set(found) == {0, 5}


def test_every_sum_is_within_four_of_the_true_one():
    rng = np.random.default_rng(1)
    for _ in range(150):
        counts = rng.poisson(rng.choice([0.3, 2.0, 7.0, 30.0]), rng.integers(1, 8, 2))
        parts = rng.choice(["one", "two", "three"], len(counts)).tolist()
        found = rounded_together(table(counts), parts).to_numpy()
        assert (found % 5 == 0).all() and (found >= 0).all()
        assert np.abs(sums_of(found, parts) - sums_of(counts, parts)).max() <= 4


def test_no_cell_is_told_to_less_than_two_on_either_side():
    """Take the published table for the true one, change one cell of it by up to two: the same table is published."""
    rng = np.random.default_rng(2)
    for _ in range(60):
        counts = rng.poisson(3, rng.integers(2, 5, 2))
        parts = rng.choice(["one", "two"], len(counts)).tolist()
        found = rounded_together(table(counts), parts)
        r, c = (int(rng.integers(n)) for n in found.shape)
        for change in (-2, -1, 1, 2):
            other = found.copy()
            other.iloc[r, c] += change
            if other.iloc[r, c] >= 0:
                assert rounded_together(other, parts).equals(found)


def test_one_who_knows_the_rule_and_tries_every_table_is_sure_of_no_count():
    """All 512 rows of three counts from 0 to 7, as published: behind each published number stand three counts at the least."""
    behind: dict = {}
    for counts in itertools.product(range(8), repeat=3):
        shown = tuple(rounded_together(table(counts), ["one"]).to_numpy()[0])
        if max(shown) <= 5:  # behind larger ones stand counts that are not tried here
            behind.setdefault(shown, []).append(counts)
    assert len(behind) == 8
    for shown, tables in behind.items():
        for cell in range(3):
            assert len({t[cell] for t in tables}) >= 3, (shown, cell)
        assert len({sum(t) for t in tables}) >= 3


def test_the_same_counts_are_the_same_table_and_names_settle_ties():
    counts = table([[1]] * 5)
    first = rounded_together(counts, ["one"] * 5, "crime|2024-05-01")
    assert first.equals(rounded_together(counts, ["one"] * 5, "crime|2024-05-01")) and first["a"].sum() == 5
    months = [f"crime|2024-{m:02}-01" for m in range(1, 13)]
    assert len({tuple(rounded_together(counts, ["one"] * 5, m)["a"]) for m in months}) > 1


@pytest.mark.parametrize("counts", [[[-1, 5]], [[0.5, 2]], [[np.nan, 1]]])
def test_what_is_no_table_of_counts_is_refused(counts):
    with pytest.raises(ParameterError, match="whole numbers of things.*Give the counts without totals"):
        rounded_together(table(counts), ["one"])


def test_a_table_without_groups_or_places_is_itself():
    assert rounded_together(table([[1, 2]]).iloc[:0], []).shape == (0, 2)
    assert rounded_together(table([[1, 2]])[[]], ["one"]).shape == (1, 0)


@pytest.mark.parametrize("audience", ["restricted", "board", "public"])
def test_audiences_by_name(audience):
    assert check_audience(audience) == audience
    with pytest.raises(ParameterError, match="'Board' is not known. Choose one of: restricted, board, public"):
        check_audience("Board")

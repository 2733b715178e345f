"""Grains: cells of officers are the same, bit for bit, in any groups and order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.summaries.grains import GRAIN, fine, grains, passed_on
from ia_plugin.core.summaries.time_cells import CELL, MODE_SECONDS, SECONDS, SPREAD, TimeCells

TEN = pd.Timestamp("2024-06-03T10:00Z")
ACTS = ("on_foot", "in_vehicle", "search_reference")


def cells(*rows):
    """Cells from rows of (area, hour, unit, activity, seconds by mode, variance, systematic), one cell a row."""
    keys = [(a, TEN + pd.Timedelta(hours=h), u, "d", "r", "t", False) for a, h, u, *_ in rows]
    spread = pd.DataFrame([(sum(r[4]), r[5], r[6]) for r in rows], columns=list(SPREAD), dtype=float)
    time = pd.DataFrame(
        [(k, r[3], sum(r[4]), *r[4]) for k, r in enumerate(rows)], columns=["cell", "activity", *SECONDS]
    )
    floats = time.astype(dict.fromkeys(SECONDS, float))
    return TimeCells(pd.concat([pd.DataFrame(keys, columns=list(CELL)), spread], axis=1), floats)


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_a_tenth_is_the_nearest_grain_and_ten_of_them_add_up_in_any_order():
    """0.1 s is no binary number: ten of them are 0.9999999999999999 s. Of grains ten are ten times one."""
    tenth = fine(np.array([0.1]))[0]
    assert tenth == round(0.1 / GRAIN) * GRAIN and abs(tenth - 0.1) < GRAIN / 2
    some = fine(np.random.default_rng(1).uniform(0, 3600, 10_000))
    assert some.sum() == some[::-1].sum() == sum(sorted(some.tolist()))
    assert np.isnan(fine(np.array([np.nan]))).all() and grains(np.array([np.nan, 1.0])).tolist() == [0, 2**28]


def test_an_hour_of_data_stays_known_where_it_comes_to_nothing():
    tiny = (1e-9, 0, 0, 0, 0)
    table = cells(
        ("a", 0, "N", "on_foot", tiny, 0, 0),
        ("a", 1, "N", "on_foot", tiny, 0, 0),
        ("b", 1, "N", "on_foot", (9.5, 0, 0, 0, 0), 0, 0),
    ).table()
    assert [(r.area_id, r.period.hour, r.officer_seconds) for r in table.itertuples()] == [("a", 10, 0), ("b", 11, 9.5)]


def test_what_is_not_known_stays_not_known():
    rows = [
        ("b", 0, "N", "on_foot", (9, 0, 0, 0, 0), np.nan, np.nan),
        ("c", 0, "N", "on_foot", (7, 0, 0, 0, 0), 0.0, 0.0),
    ]
    table = cells(*rows).table()
    np.testing.assert_array_equal(table["variance"], [np.nan, 0])
    np.testing.assert_array_equal(table["officer_seconds"], [9, 7])


# --- whatever comes ---------------------------------------------------------------------------------------------------

AMOUNTS = st.one_of(st.integers(0, 7200).map(lambda k: k / 2), st.floats(0, 3600), st.floats(0, 1e-3))


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(1e-3, 3600)), min_size=1, max_size=30), st.integers(0, 2**52))
def test_what_is_passed_on_adds_up(rows, amount):
    of = np.sort(np.array([r[0] for r in rows]))
    weights, amounts = np.array([r[1] for r in rows]), np.array([amount, 1, 0, 7])
    found = passed_on(amounts, weights, of)
    sums = np.bincount(of, weights=found, minlength=4)
    assert (found >= 0).all() and all(sums[k] == amounts[k] for k in set(of.tolist()))


OFFICER = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.integers(0, 1), st.sampled_from("NS"), st.sampled_from(ACTS), st.tuples(*[AMOUNTS] * 5),
        AMOUNTS, AMOUNTS,
    ),
    max_size=6,
)  # fmt: skip


def of_officer(rows):
    """An officer's cells in grains, as :meth:`SharedLegs.cells` sums them."""
    made = cells(*rows) if rows else TimeCells.none()
    made.time[list(MODE_SECONDS)] = fine(made.time[list(MODE_SECONDS)])
    made.cells[list(SPREAD)] = fine(made.cells[list(SPREAD)])
    return made


@given(st.lists(OFFICER, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_officers_in_any_groups_and_order_make_the_same_table_and_modes_its_total(officers, random):
    parts = [of_officer(rows) for rows in officers]
    table = TimeCells.beside(parts).table()
    assert (table[list(MODE_SECONDS)].sum(axis=1) == table["officer_seconds"]).all()
    random.shuffle(parts)
    cut = random.randint(0, len(parts))
    nested = TimeCells.beside([TimeCells.beside(parts[cut:]), TimeCells.beside(parts[:cut])])
    pd.testing.assert_frame_equal(nested.table(), table, check_exact=True)
    amounts = [(a, h, sum(s)) for rows in officers for a, h, _, _, s, *_ in rows]
    for (area, hour), sums in table.groupby(["area_id", "period"])["officer_seconds"]:
        true = sum(t for a, h, t in amounts if (a, TEN + pd.Timedelta(hours=h)) == (area, hour))
        assert sums.sum() == pytest.approx(true, abs=1e-4)

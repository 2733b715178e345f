"""Whole seconds: parts add up to their whole, and cells of officers are the same bit for bit in any groups and order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.summaries.cover import SPANS, cover_of
from ia_plugin.core.summaries.time_cells import CELL, MODE_SECONDS, SECONDS, SPREAD, TimeCells
from ia_plugin.core.summaries.visit_lengths import added_lengths
from ia_plugin.core.summaries.whole_seconds import GRAIN, fine, grains, passed_on, whole, whole_parts

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


def told(table, *names):
    return [tuple(r) for r in table[list(names)].itertuples(index=False)]


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_modes_of_an_hour_then_groups_add_up_to_its_nearest_second():
    """1.5 s are 2: on foot 1.0, the first unit's 0.25 being 0 and both 1; in a vehicle what is left."""
    one = cells(
        ("a", 0, "N", "on_foot", (0.25, 0, 0, 0, 0), 0.5, 0.5), ("a", 0, "N", "in_vehicle", (0, 0.5, 0, 0, 0), 0, 0)
    )
    two = cells(("a", 0, "S", "on_foot", (0.75, 0, 0, 0, 0), 0.75, 1.25))
    table = TimeCells.beside([one, two]).table()
    assert told(table, "unit", "activity", "officer_seconds", "foot_seconds", "vehicle_seconds") == [
        ("N", "in_vehicle", 1, 0, 1),
        ("S", "on_foot", 1, 1, 0),
    ]
    # 1.25 s² are the next whole number, 1.75 s the nearest.
    assert (table["variance"].sum(), table["systematic"].sum()) == (2, 2)


def test_the_totals_of_an_hour_hang_on_no_group_and_no_event():
    """20 rows of 0.3 s are 6 s, and so are 6 s in one row; each row rounded alone would be 0."""
    many = cells(*[("a", 0, f"u{k}", ACTS[k % 3], (0.1, 0.2, 0, 0, 0), 0.0625, 0.3) for k in range(20)]).table()
    one = cells(("a", 0, "u", "on_foot", (2.0, 4.0, 0, 0, 0), 1.25, 6.0)).table()
    names = [*SECONDS, *SPREAD[1:]]
    assert many[names].sum().tolist() == one[names].sum().tolist() == [6, 2, 4, 0, 0, 0, 2, 6]


def test_an_hour_of_data_stays_known_where_it_comes_to_no_second():
    table = cells(
        ("a", 0, "N", "on_foot", (0.4, 0, 0, 0, 0), 0, 0),
        ("a", 1, "N", "on_foot", (0.4, 0, 0, 0, 0), 0, 0),
        ("b", 1, "N", "on_foot", (9.4, 0, 0, 0, 0), 0, 0),
    ).table()
    assert [(r.area_id, r.period.hour, r.officer_seconds) for r in table.itertuples()] == [("a", 10, 0), ("b", 11, 9)]


def test_what_is_uncertain_stays_uncertain_and_what_is_not_known_not_known():
    rows = [
        ("a", 0, "N", "on_foot", (0.2, 0, 0, 0, 0), 1e-3, 0.0),
        ("b", 0, "N", "on_foot", (9, 0, 0, 0, 0), np.nan, np.nan),
    ]
    table = cells(*rows, ("c", 0, "N", "on_foot", (7, 0, 0, 0, 0), 0.0, 0.0)).table()
    np.testing.assert_array_equal(table["variance"], [1, np.nan, 0])
    np.testing.assert_array_equal(table["officer_seconds"], [0, 9, 7])


def test_cover_and_visits_are_whole_seconds():
    half = pd.DataFrame(
        [("a", TEN.value, "N", "car", "A", TEN.value, TEN.value + 10**9, 0.5, True)], columns=list(SPANS)
    )
    longer = half.assign(end=TEN.value + 3 * 10**9, officer_id="B")
    assert cover_of(half)["patrol_seconds"].tolist() == [0, 0, 0]  # a row that says who was seen stays
    assert cover_of(pd.concat([half, longer]))["patrol_seconds"].max() == 2  # 0.75 + 1
    rows = [("a", TEN, u, "car", "0–5 min", 1, s) for u, s in (("N", 60.4), ("S", 60.4), ("T", 60.4))]
    visits = pd.DataFrame(rows, columns=["area_id", "period", "unit", "resource_type", "band", "visits", "seconds"])
    assert added_lengths([visits[:1], visits[1:]])["seconds"].tolist() == [60, 61, 60]  # 60.4, 120.8, 181.2


def test_halves_go_to_the_even_second_with_the_noise_of_sums_or_without():
    assert whole(np.array([0.5, 1.5, 0.1 + 0.2 + 0.2, 1.5 - 1e-12])).tolist() == [0, 2, 0, 2]
    assert np.isnan(fine(np.array([np.nan]))).all() and grains(np.array([np.nan, 1.0])).tolist() == [0, 2**20]


# --- whatever comes ---------------------------------------------------------------------------------------------------

AMOUNTS = st.one_of(st.integers(0, 7200).map(lambda k: k / 2), st.floats(0, 3600), st.floats(0, 1e-3))


@given(st.lists(st.tuples(st.integers(0, 3), AMOUNTS), min_size=1, max_size=30), st.sampled_from([np.rint, np.ceil]))
def test_parts_add_up_to_their_whole_from_its_first_on(rows, rounded):
    of, parts = np.array([r[0] for r in rows]), grains(np.array([r[1] for r in rows]))
    found = whole_parts(parts, of, rounded)
    assert (found >= 0).all() and (found % 1 == 0).all() and (np.abs(found - parts * GRAIN) < 1).all()
    for k in set(of.tolist()):
        np.testing.assert_array_equal(found[of == k].cumsum(), rounded(parts[of == k].cumsum() * GRAIN))


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
        assert sums.sum() == pytest.approx(true, abs=0.5 + 1e-4)

"""What a store's figures are made of is in whole seconds: rows add up to their place's hour, however it is split."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.material.whole_seconds import whole_cover, whole_parts, whole_time_use, whole_visits
from ia_plugin.core.summaries.time_cells import MODE_SECONDS

TEN = pd.Timestamp("2024-06-03T10:00Z")
NAMES = [*MODE_SECONDS, "variance", "systematic"]


def table_of(*rows):
    """time_use from rows of (area, hour, activity, on foot, in a vehicle, variance, systematic)."""
    found = pd.DataFrame(
        [(a, TEN + pd.Timedelta(hours=h), w) for a, h, w, *_ in rows], columns=["area_id", "period", "activity"]
    )
    amounts = dict(zip(("foot_seconds", "vehicle_seconds", "variance", "systematic"), zip(*(r[3:] for r in rows))))
    found = found.assign(**dict.fromkeys(NAMES, 0.0)).assign(**amounts)
    return found.assign(officer_seconds=found[list(MODE_SECONDS)].sum(axis=1))


def test_rows_of_an_hour_add_up_to_its_nearest_second_by_mode_first():
    """1.5 s are 2: on foot 1.0, the first row's 0.25 being 0 and both 1; in a vehicle what is left."""
    found = whole_time_use(
        table_of(("a", 0, "on_foot", 0.25, 0.5, 0.5, 0.5), ("a", 0, "stopped", 0.75, 0.0, 0.75, 1.25))
    )
    assert found[["officer_seconds", "foot_seconds", "vehicle_seconds"]].to_numpy().tolist() == [[1, 0, 1], [1, 1, 0]]
    # 1.25 s² are the next whole number, 1.75 s the nearest.
    assert found[["variance", "systematic"]].sum().tolist() == [2, 2]


def test_an_hour_hangs_on_no_split_and_police_sites_are_apart():
    """20 rows of 0.3 s are 6 s, and so are 6 s in one row; each row rounded alone would be 0."""
    many = whole_time_use(table_of(*[("a", 0, f"w{k}", 0.1, 0.2, 0.0625, 0.3) for k in range(20)]))
    one = whole_time_use(table_of(("a", 0, "w", 2.0, 4.0, 1.25, 6.0)))
    assert many[NAMES].sum().tolist() == one[NAMES].sum().tolist()
    apart = whole_time_use(table_of(("a", 0, "police_site", 0.5, 0, 0, 0), ("a", 0, "stopped", 0.5, 0, 0, 0)))
    assert apart["officer_seconds"].sum() == 0, "two halves of their own, each to the even second"


def test_what_is_uncertain_stays_so_and_what_is_not_known_not_known():
    found = whole_time_use(table_of(("a", 0, "w", 9.2, 0, 1e-3, 0), ("b", 0, "w", 9, 0, np.nan, np.nan)))
    np.testing.assert_array_equal(found["variance"], [1, np.nan])


def test_cover_and_visits():
    rows = [("a", TEN, s) for s in (60.4, 60.4, 60.4)]
    visits = whole_visits(pd.DataFrame(rows, columns=["area_id", "period", "seconds"]))
    assert visits["seconds"].tolist() == [60, 61, 60]  # 60.4, 120.8, 181.2
    cover = whole_cover(pd.DataFrame({"patrol_seconds": [0.4, 1800.6]}))
    assert cover["patrol_seconds"].tolist() == [0, 1801]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 3600)), min_size=1, max_size=30),
    st.sampled_from([np.rint, np.ceil]),
)
def test_parts_add_up_to_their_whole_from_its_first_on(rows, rounded):
    of, parts = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    found = whole_parts(parts, of, rounded)
    assert (found >= 0).all() and (found % 1 == 0).all() and (np.abs(found - parts) < 1 + 1e-6).all()
    for k in set(of.tolist()):
        sums, whole = parts[of == k].cumsum(), found[of == k].cumsum()
        assert whole == pytest.approx(sums, abs=0.5 + 1e-4 if rounded is np.rint else 1 + 1e-4)

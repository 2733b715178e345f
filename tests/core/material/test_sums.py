"""Sums by place and by word: places that share rows, sites, and what is not known."""

import numpy as np
import pandas as pd

from ia_plugin.core.material.places import Place
from ia_plugin.core.material.summary_tables import Hours
from ia_plugin.core.material.sums import by_place, by_word

ROWS = pd.DataFrame(
    {
        "period": pd.to_datetime(["2024-06-03T09:00Z"] * 5),
        "area_id": ["a", "a", "b", "b", "c"],
        "unit": ["N", "S", "N", "N", "S"],
        "activity": ["on_foot", "police_site", "on_foot", "on_foot", "on_foot"],
        "amount": [1.0, 2.0, 4.0, 8.0, np.nan],
    }
)
HOURS = Hours.of(ROWS)
ALL_ROWS = np.ones(5, dtype=bool)


def place(*rows, with_sites=False):
    return Place("", "", "", rows, rows, with_sites=with_sites)


def test_places_may_share_rows():
    found = by_place(HOURS, ALL_ROWS, [("a",), ("a", "b"), ("nowhere",), ()], {"n": ROWS["amount"]})
    assert found["n"].tolist() == [3, 15, 0, 0]


def test_only_kept_rows_count():
    keep = np.array([True, False, True, False, False])
    assert by_place(HOURS, keep, [("a", "b")], {"n": ROWS["amount"]})["n"].tolist() == [5]


def test_what_is_not_known_spoils_only_the_places_it_is_part_of():
    found = by_place(HOURS, ALL_ROWS, [("a",), ("c",), ("b", "c")], {"n": ROWS["amount"]})["n"]
    assert found[0] == 3 and np.isnan(found[1:]).all()


def test_groups_leave_time_at_police_sites_out_where_a_place_does():
    keep = np.array([True] * 4 + [False])
    table = by_word(HOURS, keep, [place("a"), place("a", with_sites=True), place("a", "b")], "unit", ROWS["amount"])
    assert table.to_dict("list") == {"N": [1, 1, 13], "S": [0, 2, 0]}

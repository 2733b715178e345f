"""How often an area was visited, and how long it was left alone."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.presence import dwell_bands, rhythm

BEGAN = pd.Timestamp("2024-06-03T10:00Z")


def visits(*rows):
    """Visits from rows of (area, enter min, leave min)."""
    table = pd.DataFrame({"area_id": [r[0] for r in rows], "enter": [BEGAN + pd.Timedelta(minutes=r[1]) for r in rows],
                          "leave": [BEGAN + pd.Timedelta(minutes=r[2]) for r in rows]})  # fmt: skip
    return table.assign(seconds=(table["leave"] - table["enter"]).dt.total_seconds())


def found(*rows, days=1.0):
    return rhythm(visits(*rows), days).set_index("area_id").to_dict("index")


def test_an_area_is_alone_from_the_last_to_leave_to_the_next_to_come():
    """0–10, 5–30 within it, 12–14 within that; alone for 15 and 45 minutes; the last two touch."""
    rows = [("a", 0, 10), ("a", 5, 30), ("a", 12, 14), ("a", 45, 50), ("a", 95, 100), ("a", 100, 105)]
    a = found(*rows)["a"]
    assert (a["visits"], a["visits_per_day"], a["median_visit_s"]) == (6, 6, 300)
    assert (a["median_apart_s"], a["longest_apart_s"]) == (30 * 60, 45 * 60)
    assert found(*rows[::-1])["a"] == a


def test_areas_do_not_mix_and_one_visit_has_nothing_to_be_apart_from():
    table = found(("a", 0, 10), ("b", 20, 30), ("a", 40, 50), days=2.0)
    assert table["a"]["longest_apart_s"] == 1800 and table["a"]["visits_per_day"] == 1.0
    assert np.isnan(table["b"]["median_apart_s"]) and table["b"]["visits_per_day"] == 0.5


def test_a_period_of_no_length_has_no_rate():
    assert np.isnan(found(("a", 0, 10), days=0.0)["a"]["visits_per_day"])
    with pytest.raises(ColumnError, match="visits table lacks leave"):
        rhythm(visits(("a", 0, 1)).drop(columns="leave"), 1.0)


@pytest.mark.parametrize(
    ("seconds", "band"),
    [(0, 0), (299.9, 0), (300, 1), (599.9, 1), (600, 2), (900, 3), (1199.9, 3), (1200, 4), (90_000, 4)],
)
def test_a_band_holds_its_first_minute_and_not_its_last(seconds, band):
    table = dwell_bands(pd.Series([float(seconds)]))
    assert np.flatnonzero(table["visits"]).tolist() == [band] and table["share"][band] == 1
    assert table["band"].tolist() == ["0–5 min", "5–10 min", "10–15 min", "15–20 min", "20+ min"]
    assert dwell_bands(pd.Series([], dtype=float))["share"].tolist() == [0] * 5

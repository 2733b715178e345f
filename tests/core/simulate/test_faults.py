"""Faults by their kind: what is touched, by how much, and that all else stays."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.simulate import FAULTS, plant_faults

BEGAN = pd.Timestamp("2024-06-03T10:00Z")
N = 1000


def table(n=N):
    at = np.arange(n)
    return pd.DataFrame({"officer_id": [f"o{k % 10}" for k in at], "time": BEGAN + pd.to_timedelta(60 * at, unit="s"),
                         "x": 400_123.4 + at, "y": 290_678.9 + 2.0 * at, "source_ref": [f"f:{k}" for k in at]})  # fmt: skip


def planted(kind, share=0.005, seed=1):
    """(clean, with the fault, rows touched by their place in the clean table)."""
    clean = table()
    faulty, listed = plant_faults(clean, [kind], share=share, seed=seed)
    assert set(listed["kind"]) == {kind}
    return clean, faulty, [int(ref.split(":")[1]) for ref in listed["source_ref"]]


def others_stay(clean, faulty, rows):
    pd.testing.assert_frame_equal(faulty.iloc[: len(clean)].drop(index=rows), clean.drop(index=rows))


def test_duplicates_stand_at_the_end():
    clean, faulty, rows = planted("duplicates")
    assert len(rows) == 5 and len(faulty) == N + 5
    pd.testing.assert_frame_equal(faulty.iloc[N:].reset_index(drop=True), clean.iloc[rows].reset_index(drop=True))
    others_stay(clean, faulty, [])


@pytest.mark.parametrize(
    ("kind", "x", "y"),
    [
        ("swapped", lambda t: t["y"], lambda t: t["x"]),
        ("jumps", lambda t: t["x"] + 150_000, lambda t: t["y"]),
        ("missing", lambda t: t["x"] * np.nan, lambda t: t["y"]),
        ("zero", lambda t: t["x"] * 0, lambda t: t["y"] * 0),
        ("rounded", lambda t: np.round(t["x"] / 1000) * 1000, lambda t: np.round(t["y"] / 1000) * 1000),
    ],
)
def test_places_that_are_wrong(kind, x, y):
    clean, faulty, rows = planted(kind)
    touched = clean.iloc[rows]
    np.testing.assert_array_equal(faulty["x"].iloc[rows], x(touched))
    np.testing.assert_array_equal(faulty["y"].iloc[rows], y(touched))
    others_stay(clean, faulty, rows)


def test_a_time_in_the_future():
    clean, faulty, rows = planted("future")
    assert set(faulty["time"].iloc[rows]) == {pd.Timestamp("2099-01-01T00:00Z")}
    others_stay(clean, faulty, rows)


def test_one_officers_clock_is_an_hour_ahead_for_good():
    clean, faulty, rows = planted("clock")
    moved = (faulty["time"] - clean["time"]).dt.total_seconds()
    officer = clean["officer_id"].iloc[rows[0]]
    assert moved[clean["officer_id"] == officer].unique().tolist() == [3600]
    assert moved[clean["officer_id"] != officer].unique().tolist() == [0]


@pytest.mark.parametrize(("share", "rows"), [(0.005, 5), (0.02, 20), (0.0199, 19), (1e-9, 1)])
def test_the_share_is_of_all_rows_and_one_at_least(share, rows):
    assert len(planted("zero", share)[2]) == rows


def test_kinds_touch_rows_of_their_own():
    faulty, listed = plant_faults(table(), share=0.01)
    assert listed["kind"].tolist() == [k for k in FAULTS for _ in range(10)]
    assert listed["source_ref"].is_unique
    assert len(faulty) == N + 10


def test_the_seed_says_which_rows():
    assert planted("zero", seed=1)[2] == planted("zero", seed=1)[2] != planted("zero", seed=2)[2]
    assert planted("zero")[2] == sorted(planted("zero")[2])

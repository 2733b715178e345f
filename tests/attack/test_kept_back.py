"""How much is told by unit is counted as a hand counts it."""

import numpy as np
import pandas as pd
import pytest

from tests.support.published import officers
from tools.attack.kept_back import SIZES, in_words, shares, units_of

ROLES = {"A": "(impact)", "B": "(impact)"}


def test_shares_are_those_of_the_rows_told():
    """North (17 officers) is told everywhere; South and the four of Dogs are “other”: what is left of each place."""
    people = officers()
    found = shares(people, ROLES)
    for place, rows in (
        ("area", people["area_id"].isin(["A", "B"])),
        ("role", people["area_id"].str.startswith("(")),
    ):
        north = (
            100 * people.loc[rows & (people["unit"] == "North"), "seconds"].sum() / people.loc[rows, "seconds"].sum()
        )
        assert found[f"{place} told"] == pytest.approx(north, abs=0.5)  # to the quarter hour
        assert found[f"{place} other"] == pytest.approx(100 - north, abs=0.5)
    assert found["area cells told"] == pytest.approx(100 / 3)  # one of three units in each area
    assert found["role hours of the week"] <= found["role hours of the day"] <= found["role six hours of the day"]
    assert found["role six hours of the day"] <= found["role told"]
    assert "area told" in in_words(found)


def test_nothing_is_told_of_four_officers():
    few = officers()
    few = few[few["unit"] == "Dogs"]
    assert set(shares(few, ROLES).values()) == {0.0}


def test_units_have_the_sizes_they_are_given():
    units = units_of(pd.Series([f"S{k:05d}" for k in range(1000)]), 1000)
    names, counts = np.unique(units, return_counts=True)
    assert dict(zip(names, counts)) == pytest.approx({n: 1000 * s for n, s in SIZES.items()}, abs=1)

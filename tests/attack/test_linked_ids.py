"""A small run of the attack on ids, and that it finds what it is meant to find."""

from __future__ import annotations

import pandas as pd

from tools.attack import linked_ids


def test_nothing_joins_an_officers_days():
    assert [linked_ids.attack(seed) for seed in (1, 2)] == [[], []]


def test_open_ids_and_rows_by_officer_would_be_found(monkeypatch):
    def as_they_were(table: pd.DataFrame, key: object) -> pd.DataFrame:
        return table

    monkeypatch.setattr(linked_ids, "as_shown", as_they_were)
    found = " ".join(linked_ids.attack(1))
    for sign in (
        "ids of the core",
        "worked out",
        "another key",
        "a track on two officer-days",
        "followed by one of the same",
    ):
        assert sign in found

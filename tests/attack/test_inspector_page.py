"""A small run of the attack on the inspector's page; the long one is `make attack`. Without a rule it finds plenty."""

from __future__ import annotations

import numpy as np
import pytest

from ia_plugin.core.disclosure import audiences
from ia_plugin.core.inspector_page import released
from tools.attack.inspector_page import hours_told_apart, moved, told_apart, units_told_apart, world

SEED = 3
JUNE_IN_LAST_DAYS, JUNE_TOLD = 35, 44  # days of data from 1 June on


@pytest.mark.parametrize("days", [JUNE_IN_LAST_DAYS, JUNE_TOLD])
def test_no_hour_of_the_last_days_follows_from_three_nights(days: int) -> None:
    assert hours_told_apart(np.random.default_rng(SEED), days) == []


def test_a_few_officers_unit_does_not_follow_from_three_nights() -> None:
    assert units_told_apart(np.random.default_rng(SEED), JUNE_IN_LAST_DAYS) == []


def test_with_days_told_by_the_hour_their_hours_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audiences, "AS_TOTALS", 6)
    assert f"time_seconds after {JUNE_TOLD} days" in hours_told_apart(np.random.default_rng(SEED), JUNE_TOLD)


def test_with_a_month_told_too_early_hours_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(released, "_months_until", lambda material, _: material.groups)
    assert f"groups after {JUNE_IN_LAST_DAYS} days" in hours_told_apart(np.random.default_rng(SEED), JUNE_IN_LAST_DAYS)


def test_of_a_month_that_is_told_a_whole_unit_is_seen() -> None:
    """The attack looks where units are: eight officers who change theirs are seen once June is told, and not before."""
    truth = world(np.random.default_rng(SEED))
    own = sorted(set(truth.loc[truth["unit"] == "unit 0", "officer_id"]))
    assert f"groups after {JUNE_TOLD} days" in told_apart(truth, moved(truth, own, "unit 1"), JUNE_TOLD)
    assert told_apart(truth, moved(truth, own, "unit 1"), JUNE_IN_LAST_DAYS) == []

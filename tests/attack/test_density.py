"""A small run of the attack on officer density; the long one is `make attack`."""

from unittest import mock

import numpy as np
import pytest

from ia_plugin.core.density import week
from tools.attack.density import attack_nights, attack_store


def worlds(n):
    """What was found, and how many rows and differences were looked at, of one week after the other."""
    return (attack_nights(np.random.default_rng([9, k])) for k in range(n))


def test_no_officer_follows_from_cells_and_nights() -> None:
    found = list(worlds(12))
    assert [sentence for sentences, _ in found for sentence in sentences] == []
    assert sum(looked for _, looked in found) > 100


@pytest.mark.parametrize(("rule", "value"), [("LEAST", 3), ("LEAST_DAYS", 1), ("MOST_OF_ONE", 0.9)])
def test_the_attack_finds_what_each_rule_holds(rule, value) -> None:
    with mock.patch.object(week, rule, value):
        assert any(sentences for sentences, _ in worlds(20))


def test_the_attack_finds_late_data_that_is_told_at_once() -> None:
    with mock.patch.object(week, "_may_change", lambda cells, _now, before, _telling: cells.there(before.cell)):
        assert any(sentences for sentences, _ in worlds(20))


def test_a_lone_officer_at_home_and_beside_somebody_in_need_is_in_no_cell(tmp_path) -> None:
    found, looked = attack_store(np.random.default_rng([9, 0]), tmp_path)
    assert found == [] and looked > 30

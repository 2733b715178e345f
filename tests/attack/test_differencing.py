"""The attack by differencing finds nothing; and finds plenty where a rule is left out, so it is an attack."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.long import long_after
from tools.attack.differencing import Found, attack_asked, attack_store, campaign, store_of

SEED = 20


@pytest.mark.parametrize("stores", long_after(1, [2, 4]))
def test_no_ground_under_the_minimum_is_found(stores):
    found = campaign(stores, SEED)
    assert found.tries > 125 * stores and found.found == 0


@pytest.mark.parametrize(
    ("attack", "without"), [(attack_store, {"closing": False}), (attack_asked, {"snapped": False})]
)
def test_without_the_rule_homes_are_found(attack, without):
    found = Found()
    for k in range(8):
        rng = np.random.default_rng([SEED, k])
        areas = store_of(rng)
        if areas is not None:
            attack(rng, areas, found, **without)
    assert found.found > 0 and found.least_m2 < 200

"""A small run of the attack on the published officer time; the long one is `make attack`."""

import numpy as np
import pytest

from tools.attack.published import some_late, world, worst, worst_of_late


@pytest.mark.parametrize("seed", range(12))
def test_no_few_officers_time_follows_from_what_is_published(seed: int) -> None:
    _, _, ratio = worst(world(np.random.default_rng([7, seed])))
    assert ratio <= 0.5


def test_the_attack_has_something_to_attack() -> None:
    """Where nothing is told nothing can be found."""
    rows = [worst(world(np.random.default_rng([7, seed])))[:2] for seed in range(12)]
    assert sum(told for told, _ in rows) > 40
    assert sum(looked for _, looked in rows) > 200


def test_no_few_officers_late_time_follows_from_two_nights() -> None:
    again = looked = 0
    for seed in range(40):
        rng = np.random.default_rng([8, seed])
        first = world(rng)
        told, _, cells, ratio = worst_of_late(first, some_late(rng, first))
        assert ratio <= 0.5, seed
        again, looked = again + told, looked + cells
    assert again >= 5 and looked >= 50

"""A small run of the attack on the published officer time; the long one is `make attack`."""

import numpy as np
import pytest

from tests.support.long import long_after
from tools.attack.published import some_late, world, worst, worst_of_late


def test_no_few_officers_time_follows_from_what_is_published() -> None:
    """Where nothing is told nothing can be found: the attack has something to attack."""
    rows = [worst(world(np.random.default_rng([7, seed]))) for seed in range(12)]
    assert max(ratio for *_, ratio in rows) <= 0.5
    assert sum(told for told, *_ in rows) > 40
    assert sum(looked for _, looked, _ in rows) > 200


@pytest.mark.parametrize("nights", long_after(1, [20, 40]))
def test_no_few_officers_late_time_follows_from_two_nights(nights: int) -> None:
    again = looked = 0
    for seed in range(nights):
        rng = np.random.default_rng([8, seed])
        first = world(rng)
        told, _, cells, ratio = worst_of_late(first, some_late(rng, first))
        assert ratio <= 0.5, seed
        again, looked = again + told, looked + cells
    assert again >= 5 and looked >= 50

"""The progress of a step is a stretch of the whole's."""

import pytest

from ia_plugin.core.errors import Cancelled
from ia_plugin.core.progress import part, silent


@pytest.mark.parametrize(("share", "of_whole"), [(0.0, 0.2), (0.25, 0.35), (0.5, 0.5), (1.0, 0.8)])
def test_a_step_runs_from_its_start_to_its_end(share, of_whole):
    seen = []
    part(seen.append, 0.2, 0.8)(share)
    assert seen == [pytest.approx(of_whole)]


def test_steps_within_steps():
    seen = []
    half = part(seen.append, 0.5, 1.0)
    part(half, 0.0, 0.5)(1.0)  # the first half of the second half
    assert seen == [0.75]


def test_stopping_the_whole_stops_the_step():
    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        part(stop, 0.0, 1.0)(0.1)
    assert silent(0.5) is None

"""What is true of stops where ranges are scored: five minutes and more about one point, in recordings and on simulated forces alike."""

import numpy as np
import pandas as pd
import pytest

from tools.share_truth import stood
from tools.simulated_shares import said_modes


def recording(*rows, session=0):
    t, x = np.array(rows, dtype=float).T
    return pd.DataFrame({"seconds": t, "x": x, "y": 0.0, "session": session})


def seconds_stood(dense):
    which, lasts = stood(dense)
    return float(lasts[which].sum())


def walk(start, x, n=60):
    """A fix every 5 s, 1.4 m/s."""
    return [(start + 5 * k, x + 7 * k) for k in range(n)]


@pytest.mark.parametrize("minutes", [10, 20])
def test_a_logger_that_sleeps_at_one_place_stood_there(minutes):
    """Five minutes' walk, silence, and the walk goes on where it ended; or 400 m further on, where nobody knows how it got there."""
    silence = 60 * minutes
    before = walk(0, 0)
    asleep = recording(*before, *walk(295 + silence, 413 + 5))
    assert seconds_stood(asleep) == pytest.approx(silence, abs=60)
    moved = recording(*before, *walk(295 + silence, 413 + 400))
    assert seconds_stood(moved) == 0


def test_a_stand_of_three_minutes_is_no_stop():
    long, short = (
        recording(*walk(0, 0), *[(300 + 5 * k, 420) for k in range(n)], *walk(300 + 5 * n, 420)) for n in (120, 36)
    )
    assert seconds_stood(long) == pytest.approx(600, abs=90) and seconds_stood(short) == 0


def test_short_stands_of_a_simulated_officer_belong_to_the_way_before_them():
    modes = ["stationary", "vehicle", "stationary", "foot", "stationary", "stationary", "foot"]
    lasts = [60, 600, 299, 60, 200, 100, 30]
    end = pd.to_datetime(np.cumsum(lasts), unit="s", utc=True)
    moves = pd.DataFrame({"mode": modes, "end": end, "start": end - pd.to_timedelta(lasts, unit="s")})
    # The first belongs to the way after it; two stands in a row are one of five minutes.
    assert said_modes(moves).tolist() == ["vehicle", "vehicle", "vehicle", "foot", "stationary", "stationary", "foot"]
    alone = said_modes(moves.iloc[[0]])
    assert alone.tolist() == ["stationary"]

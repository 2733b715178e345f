"""Standing still: the likelihood ratio of METHODS §3 by hand, and what position error and jitter do to it."""

import numpy as np
import pytest

from ia_plugin.core.movement.evidence import read_moves
from ia_plugin.core.movement.stillness import DEFAULTS, stillness
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes


def logit_of(track, **more):
    """ln(still : moving) of each leg."""
    columns = {k: v for k, v in more.items() if k not in DEFAULTS}
    params = {**DEFAULTS, **{k: v for k, v in more.items() if k in DEFAULTS}}
    p = stillness(read_moves(build_legs(fixes(track, **columns))), params)
    return np.log(p / (1 - p))


def along(x, seconds=120.0):
    return np.c_[np.arange(len(x)) * seconds, np.array(x, dtype=float), np.zeros(len(x))]


def by_hand(n, seconds, chi2, variance=100.0, pace=0.7):
    """(n − 1)·ln(1 + τ²/σ²) − ½χ²·(1 − 1/(1 + τ²/σ²)), τ² = (pace·T)²/12."""
    wider = 1 + (pace * seconds) ** 2 / 12 / variance
    return (n - 1) * np.log(wider) - chi2 / 2 * (1 - 1 / wider)


def test_four_fixes_about_one_point():
    """0, 40, 0, 40 m, two minutes apart: Σ(x − 20)² = 1,600 m², by 10² = 16. The middle leg sees all four fixes."""
    assert by_hand(4, 360, 16) == pytest.approx(3 * np.log(53.92) - 8 * (1 - 1 / 53.92))
    assert logit_of(along([0, 40, 0, 40]))[1] == pytest.approx(-1.5 + by_hand(4, 360, 16))
    # The first leg sees the fixes 0, 40, 0: Σ(x − 13.3)² = 1,066.7.
    assert logit_of(along([0, 40, 0, 40]))[0] == pytest.approx(-1.5 + by_hand(3, 240, 3200 / 3 / 100))
    # Both axes count: 40 m north instead of east is the same, half each the half of it.
    track = along([0, 40, 0, 40])
    turned = track[:, [0, 2, 1]]
    assert logit_of(turned) == pytest.approx(logit_of(track))
    both = np.c_[track[:, 0], track[:, 1] * 0.6, track[:, 1] * 0.8]
    assert logit_of(both) == pytest.approx(logit_of(track))


def test_sure_either_way_ends_at_the_caps():
    assert logit_of(along([0, 0, 0, 0]))[1] == pytest.approx(-1.5 + 8)
    assert logit_of(along([0, 84, 168, 252]))[1] == pytest.approx(-1.5 - 30, abs=1e-3)
    assert logit_of(along([0, 0, 0, 0]), cap=3.0)[1] == pytest.approx(-1.5 + 3)
    assert logit_of(along([0, 0, 0, 0]), prior_logit=0.25)[1] == pytest.approx(0.25 + 8)


def test_a_known_accuracy_takes_the_place_of_the_usual_one():
    """Accuracies of 10, 20, 20 and 10 m: a mean variance of 250 m². 40 m to and fro is less against it."""
    found = logit_of(along([0, 60, 0, 60]), accuracy_m=[10.0, 20.0, 20.0, 10.0])
    assert found[1] == pytest.approx(-1.5 + by_hand(4, 360, 3600 / 250, 250))
    assert logit_of(along([0, 60, 0, 60]))[1] == pytest.approx(-1.5 + by_hand(4, 360, 36))
    # One that is not known is the usual 10 m, and none is better than a metre.
    some = logit_of(along([0, 60, 0, 60]), accuracy_m=[np.nan, 20.0, 20.0, np.nan])
    assert some == pytest.approx(found)
    exact = logit_of(along([0, 3, 0, 3]), accuracy_m=0.0)
    assert exact == pytest.approx(logit_of(along([0, 3, 0, 3]), accuracy_m=1.0))


def test_the_window_is_as_long_as_the_dwell():
    """150 s to either side: of legs of 60 s round(2.5) = 2, of 300 s at least one. Beyond the window nothing counts."""
    x = [0] * 6 + [5000] * 6
    short = logit_of(along(x, 60.0))
    assert (short[[0, 1, 2]] > 0).all() and (short[[3, 4, 5]] < -2).all()
    long = logit_of(along(x, 300.0))
    assert (long[[0, 1, 2, 3]] > 0).all() and (long[[4, 5, 6]] < -2).all()
    assert logit_of(along(x, 60.0), dwell_s=300.0)[2] < -2


def test_a_poor_position_needs_a_longer_window():
    """The eighth leg leads far away. σ = 70 m: 4·70/0.7 = 400 s, four legs of 100 s to either side; σ = 10 m: two."""
    x = [0] * 8 + [5000] * 8
    poor, good = (logit_of(along(x, 100.0), accuracy_m=a) for a in (70.0, 10.0))
    assert [i for i in range(15) if good[i] < 0] == [5, 6, 7, 8, 9]
    assert [i for i in range(15) if poor[i] < 0] == [3, 4, 5, 6, 7, 8, 9, 10, 11]


def test_jitter_tells_its_own_error():
    """Twelve fixes 100 m to and fro every minute: no walker does that (12 times 100 m in 11 minutes, back at the start)."""
    found = logit_of(along([0, 100] * 6, 60.0))
    assert (found > 0).all()
    # Five fixes are too few to tell an error from.
    assert (logit_of(along([0, 100, 0, 100, 0], 60.0)) < -9).all()
    # So slow that a walker could: nothing is told by it.
    assert (logit_of(along([0, 100] * 6, 600.0)) < -9).all()


def test_the_jitter_by_hand():
    """Thirteen fixes, 0 and 90 m by turns, a minute apart. Σ steps² = 12·8,100; σ² = 97,200/(4·12) = 2,025 = 45².
    Pace 3.6·√(97,200·12)/720 = 5.4 km/h, under 8: doubt 12·ln(5.4/8). The spread is 7·6/13·8,100."""
    x = [0, 90] * 6 + [0]
    spread = 42 / 13 * 8100
    jitter = min(by_hand(13, 720, spread / 2025, 2025), 8.0) + 12 * np.log(5.4 / 8)
    assert logit_of(along(x, 60.0))[6] == pytest.approx(-1.5 + jitter)


def test_national_coordinates_lose_no_digits():
    track = along([0, 40, 0, 40])
    far = track + [0, 400_000, 290_000]
    assert logit_of(far) == pytest.approx(logit_of(track), abs=1e-6)


def test_no_legs():
    assert len(logit_of(np.empty((0, 3)))) == 0

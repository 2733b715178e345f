"""Standing still: the likelihood ratio of METHODS §3 by hand, and what position error and jitter do to it."""

import numpy as np
import pytest

from ia_plugin.core.movement.evidence import read_moves
from ia_plugin.core.movement.stillness import DEFAULTS, stillness, stood_share
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


def by_hand(n, seconds, chi2, variance=100.0, pace=0.45):
    """(n − 1)·ln(1 + τ²/σ²) − ½χ²·(1 − 1/(1 + τ²/σ²)), τ² = (pace·T)²/12."""
    wider = 1 + (pace * seconds) ** 2 / 12 / variance
    return (n - 1) * np.log(wider) - chi2 / 2 * (1 - 1 / wider)


def mean_of(*ratios):
    """ln of the mean of the three windows' likelihood ratios: about the leg, up to its end, from its start."""
    return np.log(np.mean(np.exp(ratios)))


def test_four_fixes_about_one_point():
    """0, 40, 0, 40 m, two minutes apart: Σ(x − 20)² = 1,600 m², by 10² = 16. About the middle leg lie all four fixes; up to its
    end 0, 40, 0, and from its start 40, 0, 40: Σ(x − 13.3)² = 1,066.7 (three legs are wanted, two there are)."""
    assert by_hand(4, 360, 16) == pytest.approx(3 * np.log(22.87) - 8 * (1 - 1 / 22.87))
    three = by_hand(3, 240, 3200 / 3 / 100)
    assert logit_of(along([0, 40, 0, 40]))[1] == pytest.approx(-1.5 + mean_of(by_hand(4, 360, 16), three, three))
    # The first leg: no leg before it, so that up to its end there are two fixes, Σ(x − 20)² = 800; from its start there are all four.
    two = by_hand(2, 120, 8)
    assert logit_of(along([0, 40, 0, 40]))[0] == pytest.approx(-1.5 + mean_of(three, two, by_hand(4, 360, 16)))
    # Both axes count: 40 m north instead of east is the same, half each the half of it.
    track = along([0, 40, 0, 40])
    turned = track[:, [0, 2, 1]]
    assert logit_of(turned) == pytest.approx(logit_of(track))
    both = np.c_[track[:, 0], track[:, 1] * 0.6, track[:, 1] * 0.8]
    assert logit_of(both) == pytest.approx(logit_of(track))


def test_sure_either_way_ends_at_the_caps():
    still = np.zeros(8)
    # Of 300 s the leg with the next is more than twice the dwell; of 120 s it takes three legs.
    assert logit_of(along(still, 300.0), cap=99.0)[3] == pytest.approx(
        -1.5 + mean_of(by_hand(4, 900, 0), *[by_hand(3, 600, 0)] * 2)
    )
    assert logit_of(along(still), cap=99.0)[3] == pytest.approx(
        -1.5 + mean_of(by_hand(4, 360, 0), *[by_hand(4, 360, 0)] * 2)
    )
    assert logit_of(along(still, 60.0))[3] == pytest.approx(-1.5 + 8)
    assert logit_of(along([0, 84, 168, 252]))[1] < -1.5 - 18
    assert logit_of(along([0, 840, 1680, 2520]))[1] == pytest.approx(-1.5 - 30, abs=1e-3)
    assert logit_of(along(still, 60.0), cap=3.0)[3] == pytest.approx(-1.5 + 3)
    assert logit_of(along(still, 60.0), prior_logit=0.25)[3] == pytest.approx(0.25 + 8)


def test_known_errors_weigh_the_fixes():
    """Errors of 10, 20, 20 and 10 m weigh 1/100, 1/400, 1/400, 1/100: Σw = 0.025, Σw² = 0.0002125; they speak for 0.025²/0.0002125
    = 2.94 fixes of variance 2.94/0.025 = 117.6. Of 0, 60, 0, 60 m the mean is 30 and χ² = 0.025·900 = 22.5, of which 4 − 2.94 says nothing."""
    alike = 0.025**2 / 0.0002125
    about = by_hand(alike, 360, 22.5 - (4 - alike), alike / 0.025)
    # Of 10, 20, 20 m: Σw = 0.015, Σw² = 0.0001125, two fixes of 133.3; mean 60·0.0025/0.015 = 10, χ² = 1.25 + 6.25 = 7.5.
    three = by_hand(2, 240, 7.5 - 1, 2 / 0.015)
    found = logit_of(along([0, 60, 0, 60]), accuracy_m=[10.0, 20.0, 20.0, 10.0])
    assert found[1] == pytest.approx(-1.5 + mean_of(about, three, three))
    # One that is not known is the usual 10 m, and nobody stands stiller than that, however good the radio.
    some = logit_of(along([0, 60, 0, 60]), accuracy_m=[np.nan, 20.0, 20.0, np.nan])
    assert some == pytest.approx(found)
    assert logit_of(along([0, 13, 0, 13]), accuracy_m=1.0) == pytest.approx(logit_of(along([0, 13, 0, 13])))


def test_one_poor_position_hides_no_stand():
    """Twenty fixes of a stand, one of which only a cell vouches for, 150 m away: the rest says that it stood."""
    x, accuracy = np.zeros(20), np.full(20, 10.0)
    x[9], accuracy[9] = 150.0, 200.0
    assert (logit_of(along(x, 60.0), accuracy_m=accuracy) > 4).all()
    # A good position that far away is a walk there and back.
    assert (logit_of(along(x, 60.0), accuracy_m=10.0)[[8, 9]] < -2).all()


def test_a_stand_ends_where_it_ends():
    """Six fixes at a place, the next 5 km on: every leg there is told, also the last one; the one that leads away is not."""
    x = [0] * 6 + [5000] * 6
    for seconds, sure in ((60.0, 5.0), (120.0, 2.0), (300.0, 2.0)):
        found = logit_of(along(x, seconds))
        assert (np.delete(found, 5) > sure).all() and found[5] < -2, seconds


def test_a_leg_beside_a_stand_is_part_of_it():
    """What did not stand whole has 0.3 of the chance that a leg beside it stood; from one stand to the next of that of either."""
    moves = read_moves(build_legs(fixes(along([0, 0, 900, 1800, 1800], 120.0))))
    still = np.array([0.9, 0.0, 0.0, 0.8])
    assert stood_share(moves, still, DEFAULTS).tolist() == pytest.approx([0.9, 0.27, 0.24, 0.8])
    between = np.array([0.9, 0.2, 0.8, 0.0])
    assert stood_share(moves, between, {**DEFAULTS, "edge_share": 0.5})[1] == pytest.approx(0.2 + 0.8 * 0.5 * 0.98)
    # Nobody's stand is another's.
    two = read_moves(build_legs(fixes(along([0, 0, 900], 120.0), officer_id=["a", "a", "b"])))
    assert len(stood_share(two, np.ones(len(two)), DEFAULTS)) == 1


def test_a_poor_position_needs_a_longer_window():
    """σ = 70 m: 4·70/0.7 = 400 s to either side of a leg; σ = 10 m: 150 s. A stand of 20 minutes is told by either, up to the leg
    that leads away."""
    x = [0] * 12 + [5000] * 12
    poor, good = (logit_of(along(x, 100.0), accuracy_m=a) for a in (70.0, 10.0))
    assert [i for i in range(23) if good[i] < 0] == [i for i in range(23) if poor[i] < 0] == [11]


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
    jitter = min(by_hand(13, 720, spread / 2025, 2025, pace=0.7), 8.0) + 12 * np.log(5.4 / 8)
    assert logit_of(along(x, 60.0))[6] == pytest.approx(-1.5 + jitter)


def test_national_coordinates_lose_no_digits():
    track = along([0, 40, 0, 40])
    far = track + [0, 400_000, 290_000]
    assert logit_of(far) == pytest.approx(logit_of(track), abs=1e-6)


def test_no_legs():
    assert len(logit_of(np.empty((0, 3)))) == 0

"""Positions that are probably wrong: what each kind looks like, alone among right ones and in a whole file."""

import numpy as np
import pytest

from ia_plugin.core import doubtful_positions as doubtful
from ia_plugin.core.doubtful_positions import doubtful_positions, near_the_rest
from ia_plugin.core.reference_systems import on_own_ground, projected

HERE = (407_000.0, 287_000.0)  # Birmingham


def at(lon, lat):
    x, y = projected(np.array([lon]), np.array([lat]), 4326, 27700)
    return float(x[0]), float(y[0])


WRONG = [
    pytest.param((0.0, 0.0), doubtful.ZERO, id="null island, as metres"),
    pytest.param((-1.0, -1.0), doubtful.FILLER, id="-1, -1"),
    pytest.param((99_999.0, 99_999.0), doubtful.FILLER, id="nines"),
    pytest.param(HERE[::-1], doubtful.EXCHANGED, id="easting and northing exchanged"),
    pytest.param(at(52.48, -1.9), doubtful.EXCHANGED, id="latitude and longitude exchanged"),
    pytest.param(at(1.9, 52.48), doubtful.SIGN_LOST, id="a longitude without its minus sign"),
    pytest.param((-HERE[0], HERE[1]), doubtful.SIGN_LOST, id="a minus sign that is none of it"),
    pytest.param(at(116.4, 39.9), doubtful.OUTSIDE, id="Beijing"),
    pytest.param(at(0.0, 0.0), doubtful.OUTSIDE, id="null island, as degrees"),
    pytest.param((259_000.0, 665_000.0), doubtful.FAR, id="Glasgow"),
]


@pytest.mark.parametrize(("wrong", "kind"), WRONG)
@pytest.mark.parametrize("share", [0.01, 0.15, 0.4])
def test_wrong_positions_among_right_ones(wrong, kind, share):
    spread = np.random.default_rng(1).normal(0, 4_000, (400, 2))
    xy = np.vstack([HERE + spread, np.tile(wrong, (int(400 * share), 1))])
    found = {k: np.flatnonzero(mask).tolist() for k, mask in doubtful_positions(*xy.T, 27700).items() if mask.any()}
    assert found == {kind: list(range(400, len(xy)))}


@pytest.mark.parametrize(
    ("all_of_them", "degrees", "kind"),
    [
        (HERE, False, None),
        (HERE[::-1], False, doubtful.EXCHANGED),
        (HERE[::-1], None, doubtful.EXCHANGED),
        (at(52.48, -1.9), True, doubtful.EXCHANGED),
        (at(1.9, 52.48), True, doubtful.SIGN_LOST),
        (at(3.18, 51.48), True, doubtful.SIGN_LOST),
        (at(116.4, 39.9), None, doubtful.OUTSIDE),
    ],
)
def test_a_file_that_is_wrong_throughout(all_of_them, degrees, kind):
    found = doubtful_positions(*np.tile(all_of_them, (5, 1)).T, 27700, degrees=degrees)
    assert [k for k, mask in found.items() if mask.all()] == ([kind] if kind else [])


def test_no_position_is_no_doubt():
    nothing = np.array([np.nan])
    assert not any(mask.any() for mask in doubtful_positions(nothing, nothing, 27700).values())
    assert not any(len(mask) for mask in doubtful_positions([], [], 27700).values())


@pytest.mark.parametrize("strays", [1, 3, 90])
def test_strays_have_no_say(strays):
    x = np.r_[np.linspace(0.0, 0.1, 200), np.full(strays, 100.0)]
    assert near_the_rest(x, np.zeros(len(x)), 1.0).tolist() == [True] * 200 + [False] * strays


def test_the_ground_of_a_system():
    assert on_own_ground(*np.array([HERE, (HERE[0], 2e6), (700_000.0, 287_000.0)]).T, 27700).tolist() == [
        True,
        False,
        False,
    ]
    beijing, paris = (projected(*np.array([[p]]).T[:, 0], 4326, 32650) for p in ((116.4, 39.9), (2.3, 48.9)))
    assert on_own_ground(*beijing, 32650).all() and not on_own_ground(*paris, 32650).any()

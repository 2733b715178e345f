"""Where somebody may have been between two reports: an ellipse that can be worked out by hand."""

import numpy as np
import pytest
import shapely

from ia_plugin.core.geometry.possible_ground import possible_ground


def test_a_stay_of_a_minute_reaches_half_its_way_out_and_back():
    ground = possible_ground((1000, 2000), (1000, 2000), 60, 2.0)  # 120 m of way: 60 m out, 60 m back
    assert ground.bounds == pytest.approx((940, 1940, 1060, 2060), rel=1e-3)
    assert ground.area == pytest.approx(np.pi * 60**2, rel=1e-3)


def test_two_reports_are_the_foci_and_the_ellipse_turns_with_them():
    flat = possible_ground((0, 0), (60, 0), 100, 1.0)  # 2a = 100, 2c = 60: b = 40
    steep = possible_ground((0, 0), (0, 60), 100, 1.0)
    assert flat.area == pytest.approx(np.pi * 50 * 40, rel=1e-3) and steep.area == pytest.approx(flat.area)
    assert steep.bounds == pytest.approx((-40, -20, 40, 80), abs=0.1)
    # It holds all of the true ellipse: no side cuts anything off.
    turn = np.linspace(0, 2 * np.pi, 1000)
    assert shapely.contains_xy(flat.buffer(1e-6), 30 + 50 * np.cos(turn), 40 * np.sin(turn)).all()


def test_poor_positions_make_it_wider_and_unknown_ones_do_not():
    sure, loose = (possible_ground((0, 0), (60, 0), 100, 1.0, (a, 20.0)) for a in (0.0, 10.0))
    assert loose.bounds[2] - sure.bounds[2] == pytest.approx(5, abs=0.1)
    assert possible_ground((0, 0), (60, 0), 100, 1.0, (float("nan"),) * 2).area == pytest.approx(np.pi * 2000, rel=1e-3)


def test_faster_than_the_limit_is_not_refused():
    ground = possible_ground((0, 0), (1000, 0), 10, 40.0)  # 100 m/s, so 105 m/s: 2a = 1050
    assert ground.bounds[2] - ground.bounds[0] == pytest.approx(1050, rel=1e-3)


def test_of_no_time_and_no_way_there_is_no_ground():
    assert possible_ground((5, 5), (5, 5), 0, 40.0).is_empty

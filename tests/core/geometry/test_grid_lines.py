"""Lines of a square grid are crossed where the straight line crosses them."""

import numpy as np
import pytest

from ia_plugin.core.geometry.grid_lines import line_crossings, square_of


def test_crossings_of_a_move_are_those_of_a_hand():
    """From 100 to 500, 50 on the way back, standing on a line, and a move that only touches one."""
    start, end = np.array([100.0, 450.0, 200.0, 100.0]), np.array([500.0, 50.0, 200.0, 200.0])
    move, share = line_crossings(start, end, 200.0)
    assert move.tolist() == [0, 0, 1, 1, 3]
    # Backwards the lines stand in the order of the grid.
    assert share.tolist() == pytest.approx([0.25, 0.75, 0.625, 0.125, 1.0])


def test_a_place_on_a_line_belongs_to_one_square():
    assert square_of(np.array([-200.0, -1e-9, 0.0, 200.0]), 200.0).tolist() == [-1, -1, 0, 1]

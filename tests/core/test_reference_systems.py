"""Reference systems by their code: what PROJ does not know, and PROJ without its database."""

import numpy as np
import pyproj
import pytest

from ia_plugin.core.errors import CrsError
from ia_plugin.core.reference_systems import british_grid, projected, reference_system


def test_the_british_grid_is_known():
    assert reference_system(27700).to_epsg() == 27700


def test_a_code_that_nobody_has_given_out():
    with pytest.raises(CrsError, match=r"EPSG:99999 is not known.*27700"):
        reference_system(99999)


def test_a_database_that_is_not_found_is_no_unknown_code(monkeypatch):
    def lost(_code):
        raise pyproj.exceptions.DataDirError("Valid PROJ data directory not found.")

    monkeypatch.setattr(pyproj.CRS, "from_epsg", lost)
    with pytest.raises(CrsError, match=r"proj\.db.*PROJ_DATA"):
        reference_system(27700)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_positions_keep_their_shape(n):
    """An array of one too, which pyproj takes for a point and gives back as a number."""
    lon, lat = np.full(n, -2.0), np.full(n, 49.0)
    for x, y in (british_grid(lon, lat), projected(lon, lat, 4326, 27700)):
        assert x.shape == y.shape == (n,)
    east, north = projected(*projected(lon, lat, 4326, 32630), 32630, 4326)
    assert east.tolist() == pytest.approx([-2.0] * n) and north.tolist() == pytest.approx([49.0] * n)

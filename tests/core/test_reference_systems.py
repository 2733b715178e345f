"""Reference systems by their code: what PROJ does not know, and PROJ without its database."""

import pyproj
import pytest

from ia_plugin.core.errors import CrsError
from ia_plugin.core.reference_systems import reference_system


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

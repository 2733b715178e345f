"""Each test of layers begins with an empty project."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def empty_project(qgis_new_project):
    """A layer that a test gave to the project is gone for the next one."""

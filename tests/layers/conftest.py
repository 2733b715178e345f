"""Every test of layers needs QGIS."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def qgis(qgis_app):
    """The application, started."""

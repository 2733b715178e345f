"""The old name of :mod:`ia_plugin.gpkg.geopackage`, for programs written before it moved; goes with version 0.2."""

import sys

from ..gpkg import geopackage

sys.modules[__name__] = geopackage

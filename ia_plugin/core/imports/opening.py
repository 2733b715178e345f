"""The old name of :mod:`ia_plugin.core.imports.open_extract`, for programs written before it moved; goes with version 0.2."""

import sys

from . import open_extract

sys.modules[__name__] = open_extract

"""The old name of :mod:`ia_plugin.core.times.clocks`, for programs written before it moved; goes with version 0.2."""

import sys

from .times import clocks

sys.modules[__name__] = clocks

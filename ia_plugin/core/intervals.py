"""The old name of :mod:`ia_plugin.core.times.intervals`, for programs written before it moved; goes with version 0.2."""

import sys

from .times import intervals

sys.modules[__name__] = intervals

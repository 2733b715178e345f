"""The old name of :mod:`ia_plugin.core.times.instants`, for programs written before it moved; goes with version 0.2."""

import sys

from .times import instants

sys.modules[__name__] = instants

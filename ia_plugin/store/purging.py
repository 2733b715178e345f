"""The old name of :mod:`ia_plugin.store.purge`, for programs written before it moved; goes with version 0.2."""

import sys

from . import purge

sys.modules[__name__] = purge

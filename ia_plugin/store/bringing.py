"""The old name of :mod:`ia_plugin.store.imports`, for programs written before it moved; goes with version 0.2."""

import sys

from . import imports

sys.modules[__name__] = imports

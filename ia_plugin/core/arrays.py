"""Names for the types of arrays, for annotations: what an array holds, one row an element."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Of a kind that only the data tells: columns as read."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
"""Whole numbers; moments in ns since 1970 (UTC) among them."""

Rows = NDArray[np.intp]
"""Positions in another array or table."""

Clocks = NDArray[np.datetime64]
"""Clock readings without an offset."""

Objects = NDArray[np.object_]
"""Python objects: texts, geometries of shapely, WKB."""

Bytes = NDArray[np.uint8]

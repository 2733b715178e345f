"""Tables without rows that still know their columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .columns import Table

_KINDS = {"str": object, "float": np.float64, "int": np.int64, "time": "datetime64[ns, UTC]", "bool": object, "date": "datetime64[ns]", "geometry": object}  # fmt: skip


def empty_table(table: Table) -> pd.DataFrame:
    """A table of the data dictionary with its columns, each of its kind, and no row."""
    return pd.DataFrame({c.name: pd.Series(dtype=_KINDS[c.kind]) for c in table.columns})

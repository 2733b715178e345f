"""What sources have in common that hold all their rows in memory."""

from __future__ import annotations

import pandas as pd

BATCH = 250_000  # rows of a chunk


class TableRows:
    """The rows of a source as a table."""

    _table: pd.DataFrame

    @property
    def columns(self) -> list[str]:
        return [str(c) for c in self._table.columns]

    @property
    def in_one_part(self) -> bool:
        return len(self._table) <= BATCH

    def sample(self, rows: int = 2_000) -> pd.DataFrame:
        """The first rows."""
        return self._table.head(rows)

"""What happens to a run in the moment when the rows of an output have been written, whichever way they go."""

from __future__ import annotations

from typing import Any, Callable

import pytest


def once_written(monkeypatch: pytest.MonkeyPatch, then: Callable[[Any], None]) -> None:
    """Call `then` with the run's feedback after each part of an output: as whole columns, or as features."""
    import ia_plugin.layers
    from ia_plugin.layers import BulkOutput

    columns, features = BulkOutput.append, ia_plugin.layers.write_table

    def in_columns(self: Any, rows: Any, geometry: Any, feedback: Any) -> int:
        count = columns(self, rows, geometry, feedback)
        then(feedback)
        return count

    def as_features(table: Any, sink: Any, fields: Any, *, feedback: Any = None, **more: Any) -> int:
        count = features(table, sink, fields, feedback=feedback, **more)
        then(feedback)
        return count

    monkeypatch.setattr(BulkOutput, "append", in_columns)
    monkeypatch.setattr(ia_plugin.layers, "write_table", as_features)

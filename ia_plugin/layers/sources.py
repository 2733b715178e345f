"""What every reader asks of a feature source: its fields, its reference system, and how to report progress and warnings."""

from __future__ import annotations

import warnings
from typing import Mapping, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsFeedback,
)

from ..core.errors import Cancelled, ColumnError, CrsError, ImpactAreaWarning
from ..core.imports.shown_names import shown_names

Columns = Mapping[str, Optional[str]]
"""Column of the table -> field of the source; a field of None is skipped."""


class RowProgress:
    """Shows the user how far reading is, and stops when asked to."""

    def __init__(self, feedback: Optional[QgsFeedback], total: int) -> None:
        self.feedback, self.total = feedback, total

    def __call__(self, rows: int) -> None:
        if self.feedback is None:
            return
        if self.feedback.isCanceled():
            raise Cancelled
        if self.total > 0:
            self.feedback.setProgress(min(100.0, 100.0 * rows / self.total))


def say(feedback: Optional[QgsFeedback], sentence: str) -> None:
    """Warn through the feedback where it can show warnings, else as a Python warning."""
    if hasattr(feedback, "pushWarning"):
        feedback.pushWarning(sentence)
    else:
        warnings.warn(sentence, ImpactAreaWarning, stacklevel=3)


def field_names(source: QgsFeatureSource) -> str:
    """Its fields in words, for a message."""
    return shown_names(source.fields().names())


def check_fields(source: QgsFeatureSource, chosen: Mapping[str, Optional[str]]) -> None:
    """Raise :class:`ColumnError` for a chosen field that the source does not have."""
    known = set(source.fields().names())
    for target, field in chosen.items():
        if field not in known:
            raise ColumnError(
                f"There is no field {field!r} for {target!r}; the layer has {field_names(source)}.",
                "Choose one of its fields.",
            )


def known_crs(source: QgsFeatureSource, what: str = "layer") -> QgsCoordinateReferenceSystem:
    """Its reference system, or :class:`CrsError` where it has none."""
    crs = source.sourceCrs()
    if not crs.isValid():
        raise CrsError(
            f"The {what} has no coordinate reference system.",
            "Set it in the layer's properties (Source), then run again.",
        )
    return crs

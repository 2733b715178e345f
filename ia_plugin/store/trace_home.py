"""What stands behind a figure, whichever home a store has: the looks that both give, and who gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Protocol, Union

import pandas as pd

from ..core.filter_state import FilterState
from ..core.journey import Journey
from .open_summary import is_shared
from .trace import Trace, Tracer, VisitReports


class TraceHome(Protocol):
    """Looks behind figures for one purpose, in either home of a store."""

    @property
    def path(self) -> Optional[Path]:
        """The file of the restricted tables; None of a shared store."""

    def opened(self, what: str, *, at: pd.Timestamp) -> None:
        """Record that something of the restricted store is opened."""

    def visits(self, state: FilterState, areas: tuple[str, ...], *, at: pd.Timestamp) -> Trace:
        """Visits that a filter keeps in some areas."""

    def behind(self, visit_id: int, *, at: pd.Timestamp) -> VisitReports:
        """Legs and fixes of one visit."""

    def journey(self, visit_id: int, *, at: pd.Timestamp) -> Journey:
        """The officer-day that a visit belongs to."""


def tracer_of(store: Union[str, Path], purpose: str, *, version: str) -> TraceHome:
    """Looks behind the figures of a store, a folder or a database, for a purpose.

    Raises
    ------
    PrivacyError
        for a purpose that is not on the list.
    StoreError
        where this user may not look, with the reason.
    """
    if is_shared(store):
        from .postgis.trace import SharedTracer

        return SharedTracer(str(store), purpose, version=version)
    return Tracer(store, purpose, version=version)


__all__ = ["TraceHome", "tracer_of"]

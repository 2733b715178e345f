"""The clicks from a figure to the officer-day of the first visit behind it."""

from __future__ import annotations

from typing import Any

from .patience import wait


def open_a_day(dock: Any, purpose: str) -> None:
    """Have the visits behind the figures listed for a purpose, choose the first, and open its officer-day."""
    dock.show_trace("visits", purpose)
    wait(lambda: dock.trace.visits.rowCount() > 0)
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0)
    dock.trace.journey_button.click()
    wait(lambda: dock.journeys.page.fixes.rowCount() > 0)

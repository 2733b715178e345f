"""Parameters of the evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from .declaration import Params, declare, declare_timezone

PANEL_PERIODS: tuple[str, ...] = ("month", "week", "day", "shift")


@dataclass(frozen=True)
class PanelParams(Params):
    """How areas are followed through time."""

    period: str = declare(
        "month",
        "Period",
        "Length of one period, in civil time. shift: the shifts that begin at the hours given.",
        choices=PANEL_PERIODS,
    )
    timezone: str = declare_timezone()
    least_covered: float = declare(
        0.90,
        "Least part of a period that must be covered",
        "A period of which a source covers less than this is a gap: it is marked, and takes no part.",
        minimum=0.0,
        maximum=1.0,
        advanced=True,
    )
    shift_hours: tuple[float, ...] = declare(
        (7.0, 15.0, 23.0),
        "Hours at which shifts begin",
        "Whole civil hours; each shift lasts until the next begins, the last one past midnight.",
        advanced=True,
    )

"""Parameters of events by the time since the last visit."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ParameterError
from ..words import number
from .association import declare_outcomes
from .declaration import Params, declare, declare_timezone

LEAST_VISITS = ("5", "10", "15")


@dataclass(frozen=True)
class SinceVisitParams(Params):
    """Which stays are visits, and the bands of time since they ended."""

    outcomes: str = declare_outcomes()
    least_visit_min: str = declare(
        "10",
        "Shortest visit that counts",
        "A stay of any officer of at least so many minutes is a visit. It says what is counted and is no target.",
        unit="min",
        choices=LEAST_VISITS,
    )
    band_edges_min: str = declare(
        "30, 60, 120, 240, 480, 1440",
        "Bands of time since the last visit",
        "Minutes at which one band ends and the next begins, with commas; the first begins at 0, and the last has no end.",
        advanced=True,
    )
    reference_min: float = declare(
        240.0,
        "Band that the others are held against",
        "The band that begins so many minutes after a visit. Declare it before you look.",
        unit="min",
        minimum=1.0,
        maximum=100_000.0,
        advanced=True,
    )
    timezone: str = declare_timezone()

    def __post_init__(self) -> None:
        super().__post_init__()
        edges = self.edges_min
        if self.reference_min not in edges:
            raise ParameterError(
                f"reference_min = {number(self.reference_min)} begins no band.",
                f"Choose one of: {', '.join(map(number, edges[1:]))}.",
            )

    @property
    def edges_min(self) -> tuple[float, ...]:
        """Minutes at which bands begin, 0 first.

        >>> SinceVisitParams(band_edges_min="30, 240").edges_min
        (0.0, 30.0, 240.0)
        """
        try:
            found = tuple(float(part) for part in self.band_edges_min.split(",") if part.strip())
        except ValueError:
            found = ()
        if not found or not all(0 < a < b < 1e6 for a, b in zip(found, (*found[1:], 1e6 - 1))):
            raise ParameterError(
                f"band_edges_min = {self.band_edges_min!r} are no rising minutes.",
                "Give numbers above 0, each larger than the one before, such as 30, 60, 240.",
            )
        return (0.0, *found)

    @property
    def least_visit(self) -> float:
        """Minutes of the shortest visit."""
        return float(self.least_visit_min)


__all__ = ["LEAST_VISITS", "SinceVisitParams"]

"""Which measures there are: how each is called, whether it grows with size, and whether single areas can be set side by side."""

from __future__ import annotations

from dataclasses import dataclass

from ..nouns import UNITS
from ..sentence import phrase
from ..words import MODE_WORDS, capitalised


@dataclass(frozen=True)
class Measure:
    """A kind of figure.

    Attributes
    ----------
    key, label, unit : how it is called
    scales : whether it grows with an area's size, so that places are compared by km²
    by_area : whether its values for single areas can be set side by side; not a share of all, which hangs on their size
    added : whether it is added over areas, so that ground which areas share counts in each of them
    help : what it counts, where the label is too short for it
    """

    key: str
    label: str
    unit: str
    scales: bool = False
    by_area: bool = True
    added: bool = False
    help: str = ""

    @property
    def rate_unit(self) -> str:
        """Unit in which places are compared: "h per km²"."""
        unit = f"{self.unit} per km²".strip() if self.scales else self.unit
        return UNITS.get(unit, unit)


def _mode(mode: str) -> str:
    return capitalised(MODE_WORDS[mode])


MEASURES: tuple[Measure, ...] = (
    Measure(
        "share",
        phrase("Share of officer time"),
        "%",
        by_area=False,
        help=phrase("Of all observed officer time of the force under the same filter."),
    ),
    Measure("officer_hours", phrase("Officer-hours"), "h", scales=True),
    Measure(
        "cover_hours",
        phrase("Hours with any officer"),
        "h",
        scales=True,
        added=True,
        help=phrase("Cover: hours with at least one officer there; of several areas they are added."),
    ),
    Measure("visits", phrase("Visits"), "", scales=True, added=True),
    Measure("visit_minutes", phrase("Length of visit, mean"), "min"),
    Measure("foot", _mode("foot"), "%"),
    Measure("vehicle", _mode("vehicle"), "%"),
    Measure("bicycle", _mode("bicycle"), "%"),
    Measure("stationary", _mode("stationary"), "%"),
    Measure("unknown", _mode("unknown"), "%"),
    Measure(
        "officers",
        phrase("Officers there, mean"),
        "",
        help=phrase("Mean of the hours of areas with any officer in them."),
    ),
    Measure("incidents", phrase("Incidents"), "", scales=True),
    Measure("crimes", phrase("Crimes"), "", scales=True),
    Measure("searches", phrase("Stops and searches"), "", scales=True),
    Measure("found", phrase("Search: object found"), "%", help=phrase("Of the searches whose result is known.")),
)
KIND_OF = {"incidents": "incident", "crimes": "crime", "searches": "stop_search"}
MEASURE_OF = {kind: key for key, kind in KIND_OF.items()}
OF_EVENTS = (*KIND_OF, "found")  # the measures of events; all others are of officers' time
BY_KEY = {m.key: m for m in MEASURES}

__all__ = ["BY_KEY", "KIND_OF", "MEASURES", "MEASURE_OF", "OF_EVENTS", "Measure"]

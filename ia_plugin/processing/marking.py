"""The protective marking of a page."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterString

from ..core.marking import MARKING, checked_marking
from .base import ImpactAreaAlgorithm
from .run import Run


def declare_marking(algorithm: ImpactAreaAlgorithm) -> None:
    """MARKING."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterString("MARKING", tr("Protective marking"), MARKING),
        tr("At the head and the foot of the page; it cannot be blank."),
    )


def marking_of(run: Run) -> str:
    """The marking asked for; refused where it is blank."""
    return checked_marking(run.text("MARKING"))

"""The movement model of a run: the force's own, from a file, or the one that comes with the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsProcessingParameterFile

from .base import ImpactAreaAlgorithm
from .run import Run

if TYPE_CHECKING:
    from ..core.movement import MovementModel


def declare_model(algorithm: ImpactAreaAlgorithm, help_text: str, *, advanced: bool = False) -> None:
    """MODEL."""
    control = QgsProcessingParameterFile("MODEL", algorithm.tr("Calibrated model"), optional=True, extension="json")
    algorithm.add(control, help_text, advanced=advanced)


def model_of(run: Run) -> Optional[MovementModel]:
    """The model of the file given, or None."""
    from ..core.errors import DataRangeError
    from ..core.movement import read_model

    if not run.text("MODEL"):
        return None
    try:
        return read_model(Path(run.text("MODEL")).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise DataRangeError(
            f"The model file cannot be read ({why}).", "Choose a file that Calibrate movement wrote."
        ) from error

"""Why the movement of single officers is looked at: asked once a session, from the force's list."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QInputDialog, QWidget

from ..core.params import PURPOSES


class Purpose:
    """The purpose of this session; `None` until one was chosen."""

    def __init__(self) -> None:
        self.chosen: Optional[str] = None

    def ask(self, parent: QWidget) -> Optional[str]:
        """The purpose held, or the one the user chooses now; None where they chose none."""
        if self.chosen is None:
            title = QCoreApplication.translate("ImpactArea", "Purpose")
            text = QCoreApplication.translate(
                "ImpactArea",
                "Visits, legs and fixes show the movement of single officers.\nWhy are they needed? The purpose is recorded; "
                "judging individuals is not on the list.",
            )
            words, done = QInputDialog.getItem(parent, title, text, list(PURPOSES), 0, False)
            self.chosen = str(words) if done else None
        return self.chosen

"""A line over the pages: what anyone may read does not tell this, and what would; or whose restricted cells are shown."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.filter_state import FilterState
from ...core.marking import restricted_for
from ...core.material.ask import Refusal
from ..translated import translated
from ..widgets.flow_layout import FlowLayout


class PublishedBar(QFrame):  # type: ignore[misc]
    """Hidden while published figures are shown and tell what is asked.

    Signals
    -------
    insteadWanted : the FilterState of the closed month that is offered
    lookWanted : these days, for a stated purpose
    backWanted : what anyone may read again
    """

    insteadWanted = pyqtSignal(object)
    lookWanted = pyqtSignal()
    backWanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._instead: Optional[FilterState] = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.month_button = QPushButton(self)
        self.look_button = QPushButton(self.tr("Show for a purpose…"), self)
        self.back_button = QPushButton(self.tr("Back to what anyone may read"), self)
        buttons, layout = FlowLayout(), QVBoxLayout(self)
        for button in (self.month_button, self.look_button, self.back_button):
            buttons.addWidget(button)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self.label)
        layout.addLayout(buttons)
        self.month_button.clicked.connect(lambda _checked=False: self.insteadWanted.emit(self._instead))
        self.look_button.clicked.connect(lambda _checked=False: self.lookWanted.emit())
        self.back_button.clicked.connect(lambda _checked=False: self.backWanted.emit())
        self.hide()

    def show_refusal(self, refusal: Refusal, why_no_look: str = "") -> None:
        """Say what is not told, and offer what would be.

        Parameters
        ----------
        why_no_look : why restricted cells cannot be looked at; "" where they can
        """
        self._instead = refusal.instead
        self.label.setText(translated(refusal.why))
        self.month_button.setText(self.tr("Show {0}").format(translated(refusal.offer)))
        self.look_button.setEnabled(not why_no_look)
        recorded = self.tr(
            "Figures of the restricted file, by unit and day; the purpose is recorded before they are shown."
        )
        self.look_button.setToolTip(translated(why_no_look) or recorded)
        self._turn(restricted=False)

    def show_restricted(self, purpose: str) -> None:
        """Say whose the restricted cells are that are shown."""
        self.label.setText(translated(restricted_for(purpose)))
        self._turn(restricted=True)

    def _turn(self, restricted: bool) -> None:
        font = self.label.font()
        font.setBold(restricted)
        self.label.setFont(font)
        self.month_button.setVisible(not restricted and self._instead is not None)
        self.look_button.setVisible(not restricted)
        self.back_button.setVisible(restricted)
        self.show()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

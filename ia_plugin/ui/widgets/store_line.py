"""The line at the top of the dock: which store, how old its data, whether it was checked; and a menu of what is done with it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from .as_it_is import plain_label


class StoreLine(QWidget):
    """Labels and the actions `open_action`, `summary_action`, `density_action`, `movement_action`."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.label, self.beta = plain_label(parent=self), plain_label(parent=self)
        small = self.beta.font()
        small.setPointSizeF(0.88 * small.pointSizeF())
        self.beta.setFont(small)
        self.label.setText(self.tr("No store is open"))
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it may be cut
        button = QToolButton(self)
        menu = QMenu(button)
        self.open_action = menu.addAction(self.tr("Open store…"))
        self.summary_action = menu.addAction(self.tr("Add layers: areas, crimes, incidents, searches"))
        self.density_action = menu.addAction(self.tr("Add layers: officer density of a week…"))
        self.movement_action = menu.addAction(self.tr("Add layers: movement of officers (a purpose is asked for)…"))
        button.setText("⋯")
        button.setAccessibleName(self.tr("Store and layers"))
        button.setToolTip(self.tr("Store and layers"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAutoRaise(True)
        self.menu_button = button
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.beta)
        row.addWidget(button)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


__all__ = ["StoreLine"]

"""The line at the top of the dock: which store, how old its data, whether it was checked; and a menu of what is done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ...core.checked import Checked, beta_words
from ..translated import translated
from .as_it_is import plain_label, tell_tip


class StoreLine(QWidget):
    """Labels, `again_button` of a store that could not be read, and the actions `open_action`, `shared_action`, `summary_action`, `density_action`, `movement_action`."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.label, self.beta = plain_label(parent=self), plain_label(parent=self)
        small = self.beta.font()
        small.setPointSizeF(0.88 * small.pointSizeF())
        self.beta.setFont(small)
        self.label.setText(self.tr("No store is open"))
        button = QToolButton(self)
        menu = QMenu(button)
        self.open_action = menu.addAction(self.tr("Open store…"))
        self.shared_action = menu.addAction(self.tr("Open shared store (PostgreSQL)…"))
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
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.label, self.beta):
            label.setWordWrap(True)
            label.setMinimumWidth(1)  # a long name without a blank may be cut: its tip has it all
            words.addWidget(label)
        self.again_button = QPushButton(self.tr("Read again"), self)
        self.again_button.setToolTip(self.tr("Read the store again"))
        self.again_button.hide()
        row.addLayout(words, 1)
        row.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def show_reading(self, where: Union[str, Path]) -> None:
        """Say that a store is being read."""
        from ...store.open_summary import name_of

        self.again_button.hide()
        self.label.setText(self.tr("Reading {0}…").format(name_of(where)))

    def show_not_read(self, where: Union[str, Path]) -> None:
        """Say that a store cannot be read now, and offer to try again."""
        from ...store.open_summary import name_of

        self.label.setText(self.tr("{0} cannot be read now").format(name_of(where)))
        tell_tip(self.label, str(where))
        self.again_button.show()

    def show_store(self, where: Optional[Union[str, Path]], as_of: str, checked: Optional[Checked]) -> None:
        """Say which store is open.

        Parameters
        ----------
        where : its folder, or its connection; None for a material without one
        as_of : the last moment of its data in words, "" for none
        checked : how many checks agree, of how many
        """
        from ...store.open_summary import name_of

        self.again_button.hide()
        name = name_of(where) if where else self.tr("store")
        self.label.setText(self.tr("{0} · data as of {1}").format(name, as_of or "–"))
        tell_tip(self.label, str(where) if where else "")
        self.beta.setText(translated(beta_words(checked)))

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


__all__ = ["StoreLine"]

"""The areas: a searchable list by role, one step to the next or the one before, zoom, and an area of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ...core.area_names import distinct_names
from ..widgets.many_choice import Choice, ManyChoice


class AreaChoice(QWidget):
    """None chosen stands for all Impact Areas; several are shown with their total."""

    changed = pyqtSignal()
    zoomRequested = pyqtSignal(object)  # tuple of area ids
    drawRequested = pyqtSignal()
    selectionRequested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._impact: tuple[str, ...] = ()
        self._order: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.box = ManyChoice(self)
        self.box.set_words(self.tr("All Impact Areas"), self.tr("There are no areas in the data yet."))
        self.box.setAccessibleName(self.tr("Areas"))
        row.addWidget(self.box, 1)
        self.previous_button = self._button("mActionArrowLeft", self.tr("Previous area"))
        self.next_button = self._button("mActionArrowRight", self.tr("Next area"))
        self.zoom_button = self._button("mActionZoomToSelected", self.tr("Zoom the map to these areas"))
        self.own_button = self._button("mActionCapturePolygon", self.tr("An area of your own"))
        menu = QMenu(self)
        self.draw_action = menu.addAction(self.tr("Draw an area on the map"))
        self.selection_action = menu.addAction(self.tr("Use the selected polygons of the active layer"))
        self.own_button.setMenu(menu)
        self.own_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusProxy(self.box)
        self.box.chosenChanged.connect(self._chosen)
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.zoom_button.clicked.connect(lambda: self.zoomRequested.emit(self.box.chosen or self._impact))
        self.draw_action.triggered.connect(lambda: self.drawRequested.emit())
        self.selection_action.triggered.connect(lambda: self.selectionRequested.emit())

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QgsApplication.getThemeIcon(f"/{icon}.svg"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.layout().addWidget(button)
        return button

    def set_areas(self, areas: Iterable[tuple[str, str, str]]) -> None:
        """Offer these (id, name, role); two of one name are distinguished by their ids."""
        areas = list(areas)
        groups = {"impact": self.tr("Impact Areas"), "comparison": self.tr("Comparison areas")}
        other = self.tr("Other areas")
        ranks = list(groups)
        areas.sort(key=lambda a: ranks.index(a[2]) if a[2] in groups else len(ranks))  # stable: the order given stays
        ids = [i for i, _, _ in areas]
        self._names = dict(zip(ids, distinct_names(ids, (name or i for i, name, _ in areas))))
        self._impact = tuple(i for i, _, role in areas if role == "impact")
        self._order = tuple(self._names)
        self.box.set_choices(Choice(i, self._names[i], groups.get(role, other)) for i, _, role in areas)
        self._show()

    @property
    def names(self) -> dict[str, str]:
        """Names by id, as they are shown."""
        return dict(self._names)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen areas; empty for all Impact Areas."""
        return self.box.chosen

    def set_chosen(self, ids: Iterable[str]) -> None:
        """Choose by program: no signal."""
        self.box.set_chosen(ids)
        self._show()

    def step(self, by: int) -> None:
        """One area on (1) or back (-1), round the end; from several to the one after the last or before the first."""
        at = [self._order.index(i) for i in self.box.chosen if i in self._order]
        if not self._order:
            return
        start = (max(at) if by > 0 else min(at)) if at else (-1 if by > 0 else 0)
        self.box.choose_only(self._order[(start + by) % len(self._order)])

    def _chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for button in (self.previous_button, self.next_button, self.zoom_button):
            button.setEnabled(bool(self._order))

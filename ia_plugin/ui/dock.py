"""The dock: the filter bar above, below it the pages of figures, charts and what is behind them."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    Qgis,
    QgsGeometry,
    QgsProject,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QCloseEvent, QIcon
from qgis.PyQt.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..core.resources import resource_path
from .behind import Behind
from .controller import Controller
from .filter.filter_bar import FilterBar
from .filter.view import View
from .map.area_picker import AreaPicker
from .map.own_area_preview import OwnAreaPreview
from .pages.charts_page import ChartsPage
from .pages.figures_page import FiguresPage
from .pages.published_bar import PublishedBar
from .pages.trace_page import TracePage
from .purpose import Purpose
from .widgets.as_it_is import as_rich_text, plain_label

NAME = "ImpactAreaDock"
STORE_SETTING = "impact_area/store"
BAR_HEIGHT = 370


class ImpactAreaDock(QDockWidget):  # type: ignore[misc]
    """The dock of one QGIS window.

    Parameters
    ----------
    project : the project whose layers are filtered
    canvas : the map canvas, or None in tests
    messages : QgsMessageBar, or None
    temporal : the canvas' QgsTemporalController, or None
    """

    def __init__(
        self,
        project: QgsProject,
        canvas: Any = None,
        messages: Any = None,
        temporal: Any = None,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.setWindowTitle(self.tr("Impact Area"))
        self.setWindowIcon(QIcon(str(resource_path("icons", "impact_area.svg"))))
        self._canvas, self._messages = canvas, messages
        self.purpose = Purpose()
        self.controller = Controller(project, temporal, self)
        self.picker = AreaPicker(self.controller, canvas, self._say)
        self.preview = OwnAreaPreview(project, canvas)
        self.bar, self.figures, self.charts, self.trace = FilterBar(), FiguresPage(), ChartsPage(), TracePage()
        self.published = PublishedBar()
        self.behind = Behind(self.controller, self.trace, self.figures, self.purpose, self._say, canvas, self)
        self.show_trace, self.show_movement = self.behind.show_trace, self.behind.show_movement
        self.store_label, self.open_button = plain_label(), QPushButton(self.tr("Open store…"))
        self.layers_button = QPushButton()
        self._lay_out()
        self._slots = self._connect()

    # --- the store ----------------------------------------------------------------------------------------------------

    def ask_store(self, _checked: bool = False) -> None:
        """Let the user choose the folder of a store."""
        last = str(QgsSettings().value(STORE_SETTING, "") or "")
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the store"), last)
        if folder:
            self.open_store(folder)

    def open_store(self, folder: Any) -> None:
        """Open a store's summary; figures follow."""
        QgsSettings().setValue(STORE_SETTING, str(folder))
        self.behind.clear()
        self._forget_look()
        self.store_label.setText(self.tr("Reading {0}…").format(Path(folder).name))
        self.controller.open_store(folder)

    def open_last_store(self) -> None:
        """The store of last time, where it is still there."""
        folder = str(QgsSettings().value(STORE_SETTING, "") or "")
        if folder and Path(folder).is_dir():
            self.open_store(folder)

    def add_layers(self, _checked: bool = False) -> None:
        """The areas and events of the store into the project."""
        from .map.store_layers import add_summary_layers

        if self.controller.folder is not None:
            from ..store.summary import summary_path

            added = add_summary_layers(self.controller.project, summary_path(self.controller.folder))
            self._say(self.tr("{0} layers were added.").format(len(added)), False)

    def _material(self, material: Any) -> None:
        self._drop_areas(material)
        self.bar.set_choices(**self.controller.choices())
        self.layers_button.setEnabled(material is not None and self.controller.folder is not None)
        if material is None:
            self.figures.show_nothing()
            self.charts.clear()
            return
        where = self.controller.folder
        as_of = self.controller.as_of()
        self.store_label.setText(
            self.tr("{0} · data as of {1}").format(where.name if where else self.tr("store"), as_of or "–")
        )
        self.store_label.setToolTip(as_rich_text(str(where)) if where else "")
        self.bar.flush()  # a period that moves with the data has moved
        self.controller.show(self.bar.state, self.bar.comparison)

    def _drop_areas(self, material: Any) -> None:
        """Areas chosen that the data no longer have, such as one of one's own, are chosen no more."""
        known = self.controller.names()
        kept = tuple(a for a in self.bar.state.areas if a in known)
        if material is not None and kept != self.bar.state.areas:
            self.bar.set_state(replace(self.bar.state, areas=kept), quiet=True)
            self._say(self.tr("An area that was chosen is not in these data; the filter is without it."), True)

    # --- filter and figures -------------------------------------------------------------------------------------------

    def _filtered(self, *_state: Any) -> None:
        from ..core.material.own_area import OWN

        if self.preview.chosen and OWN not in self.bar.state.areas:
            self.preview.clear()  # the blocks are on the map as long as the figures are of them
        self.controller.show(self.bar.state, self.bar.comparison)

    def _figures(self, figures: Any) -> None:
        self._forget_look()
        refusal = self.controller.answer.refusal if self.controller.answer is not None else None
        names, as_of = self.controller.names(), self.controller.as_of()
        why = refusal.why if refusal is not None else ""
        self.figures.show_figures(figures, names, as_of, why, verdict=self.controller.verdict)
        self._offer()
        if self.tabs.currentWidget() is self.charts:
            self._draw()

    def _turned(self, _page: int) -> None:
        self._offer()
        self._draw()

    def _behind_shown(self) -> None:
        self.tabs.setCurrentWidget(self.trace)

    def _draw(self, *_choice: Any) -> None:
        """The chart of the filter, prepared in the background; a page that is not seen waits."""
        controller, page = self.controller, self.charts
        if self.tabs.currentWidget() is not page or controller.material is None:
            return
        from ..core.charts.choice import prepare

        material, state, choice, marking = controller.shown, controller.state, page.choice, page.marking
        comparison = controller.comparison
        job = lambda _tell: prepare(material, state, choice, marking=marking, comparison=comparison)  # noqa: E731
        controller.worker.begin("chart", self.tr("Chart"), job, self._drawn)

    def _days(self, first: Any, last: Any) -> None:
        self.bar.set_view(View(replace(self.bar.state, first=first, last=last), "custom", self.bar.view.comparison))

    def _previewed(self, found: Any, drawn: QgsGeometry) -> None:
        self.preview.show_blocks(found, drawn, self.controller.store_system)

    def _accepted(self, shape: QgsGeometry) -> None:
        self.controller.add_own_area(shape, self.controller.store_system)

    def _discarded(self) -> None:
        """Nothing of the reader's own any more: all Impact Areas again where its figures were shown."""
        from ..core.material.own_area import OWN

        if OWN in self.bar.state.areas:
            self.bar.set_state(replace(self.bar.state, areas=tuple(a for a in self.bar.state.areas if a != OWN)))

    def _own_area(self, area_id: str) -> None:
        self.bar.set_state(replace(self.bar.state, areas=(area_id,)))
        self.bar.flush()
        self.preview.confirm()

    # --- what anyone may read, and what a purpose shows ---------------------------------------------------------------

    def ask_look(self) -> None:
        """The restricted cells of the filter, for a purpose that the user states."""
        purpose = self.purpose.state(self)
        if purpose is not None:
            self.controller.look(purpose)

    def _instead(self, state: Any) -> None:
        """The closed month that was offered in place of days that published tables do not tell."""
        self.bar.set_state(state)
        self.bar.flush()

    def _offer(self) -> None:
        """Over the pages: whose restricted cells are shown, or what published tables do not tell and what would."""
        answer, charts = self.controller.answer, self.charts
        chart = charts.chart if self.tabs.currentWidget() is charts else None
        refusal = answer.refusal if answer is not None else None
        if refusal is None and chart is not None and chart.state == self.controller.state:
            refusal = chart.refusal
        if answer is not None and answer.material.purpose:
            self.published.show_restricted(answer.material.purpose)
        elif answer is not None and refusal is not None and self.tabs.currentWidget() is not self.trace:
            self.published.show_refusal(refusal, self.controller.why_no_look())
        else:
            self.published.hide()

    def _drawn(self, chart: Any) -> None:
        self.charts.show_prepared(chart)
        self._offer()

    def _forget_look(self) -> None:
        """Restricted figures and charts go from the screen."""
        if self.figures.restricted:
            self.figures.show_nothing(self.tr("Reading what anyone may read…"))
            self.published.hide()
        if self.charts.chart is not None and self.charts.chart.restricted:
            self.charts.clear()

    # --- the window ---------------------------------------------------------------------------------------------------

    def _say(self, sentence: str, warning: bool) -> None:
        if self._messages is not None:
            level = Qgis.MessageLevel.Warning if warning else Qgis.MessageLevel.Info
            # The bar puts its title in bold before the sentence, and so takes both for markup.
            self._messages.pushMessage(self.tr("Impact Area"), escape(sentence), level)
        self.last_said = sentence

    last_said = ""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed, the layers are the user's own; opened again, the filter is on again."""
        self.controller.reset()
        self._forget_look()
        super().closeEvent(event)

    def _visible(self, visible: bool) -> None:
        if visible and self.controller.material is not None and self.controller.overlays.state is None:
            self._filtered()

    def shut(self) -> None:
        """The end of the dock: nothing of it is left in the project, and it hears nothing any more."""
        for signal, slot in self._slots:
            signal.disconnect(slot)
        self._slots = []
        self.picker.close()
        self.preview.clear()
        self.controller.close()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _lay_out(self) -> None:
        body, top = QWidget(self), QHBoxLayout()
        top.addWidget(self.store_label, 1)
        menu = QMenu(self.layers_button)
        self.summary_action = menu.addAction(self.tr("Areas, crimes, incidents and searches"))
        self.movement_action = menu.addAction(self.tr("Movement of officers (a purpose is asked for)…"))
        self.layers_button.setText(self.tr("Add layers"))
        self.layers_button.setMenu(menu)
        self.layers_button.setEnabled(False)
        top.addWidget(self.layers_button)
        top.addWidget(self.open_button)
        self.store_label.setText(self.tr("No store is open"))
        self.store_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it may be cut
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.bar)
        self.tabs, lower = QTabWidget(), QWidget()
        pages = QVBoxLayout(lower)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.addWidget(self.published)
        pages.addWidget(self.tabs, 1)
        for page, title in (
            (self.figures, self.tr("Figures")),
            (self.charts, self.tr("Charts")),
            (self.trace, self.tr("Behind it")),
        ):
            self.tabs.addTab(page, title)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(area)
        split.addWidget(lower)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([BAR_HEIGHT, 2 * BAR_HEIGHT])
        self.bar.moreBox.setCollapsed(True)  # the controls used most come first; the rest unfold
        layout = QVBoxLayout(body)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addLayout(top)
        layout.addWidget(self.preview)
        layout.addWidget(split, 1)
        self.setWidget(body)

    def _connect(self) -> list[tuple[Any, Any]]:
        controller = self.controller
        slots = [
            (self.open_button.clicked, self.ask_store),
            (self.summary_action.triggered, self.add_layers),
            (self.movement_action.triggered, self.behind.ask_movement),
            (self.bar.changed, self._filtered),
            (self.bar.comparisonChanged, self._filtered),
            (self.bar.zoomRequested, self.picker.zoom),
            (self.bar.drawRequested, self.picker.draw),
            (self.bar.selectionRequested, self.picker.use_selection),
            (self.figures.traceWanted, self.behind.ask_trace),
            (self.behind.shown, self._behind_shown),
            (self.published.insteadWanted, self._instead),
            (self.published.lookWanted, self.ask_look),
            (self.published.backWanted, controller.compute),
            (self.charts.filterWanted, self.bar.set_state),
            (self.charts.choiceChanged, self._draw),
            (self.trace.visitChosen, self.behind.show_visit),
            (self.trace.mapWanted, self.behind.show_on_map),
            (self.tabs.currentChanged, self._turned),
            (self.visibilityChanged, self._visible),
            (controller.materialChanged, self._material),
            (controller.figuresChanged, self._figures),
            (controller.busyChanged, self.figures.show_busy),
            (controller.said, self._say),
            (controller.daysChosen, self._days),
            (controller.areaChosen, self._own_area),
            (controller.ownAreaPreviewed, self._previewed),
            (self.preview.accepted, self._accepted),
            (self.preview.discarded, self._discarded),
        ]
        for signal, slot in slots:
            signal.connect(slot)
        return slots

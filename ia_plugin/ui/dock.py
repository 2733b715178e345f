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

from ..core.errors import ImpactAreaError
from ..core.resources import plugin_version, resource_path
from .controller import Controller
from .filter.filter_bar import FilterBar
from .filter.view import View
from .map.area_picker import AreaPicker
from .map.own_area_preview import OwnAreaPreview
from .pages.charts_page import ChartsPage
from .pages.figures_page import FiguresPage
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
        self._tracer: Any = None
        self.controller = Controller(project, temporal, self)
        self.picker = AreaPicker(self.controller, canvas, self._say)
        self.preview = OwnAreaPreview(project, canvas)
        self.bar, self.figures, self.charts, self.trace = FilterBar(), FiguresPage(), ChartsPage(), TracePage()
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
        self._tracer = None
        self.trace.clear()
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

    def add_movement(self, _checked: bool = False) -> None:
        """Legs, tracks and fixes into the project, for a purpose, which is recorded."""
        purpose = self.purpose.ask(self) if self.controller.folder is not None else None
        if purpose is not None:
            self.show_movement(purpose)

    def show_movement(self, purpose: str) -> None:
        """Add the layers of movement; nothing is shown where the opening cannot be recorded."""
        import pandas as pd

        from .map.store_layers import add_movement_layers

        try:
            self._tracer = self._tracer or self._new_tracer(purpose)
            self._tracer.opened("layers of movement", at=pd.Timestamp.now(tz="UTC"))
        except ImpactAreaError as error:
            self._say(str(error), True)
            return
        add_movement_layers(self.controller.project, self._tracer.path)

    def _new_tracer(self, purpose: str) -> Any:
        from ..store.trace import Tracer

        return Tracer(self.controller.folder, purpose, version=plugin_version())

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
        self.figures.show_figures(figures, self.controller.names(), self.controller.as_of())
        if self.tabs.currentWidget() is self.charts:
            self._draw()

    def _draw(self, *_choice: Any) -> None:
        """The chart of the filter, prepared in the background; a page that is not seen waits."""
        controller, page = self.controller, self.charts
        if self.tabs.currentWidget() is not page or controller.material is None:
            return
        from ..core.charts.choice import prepare

        material, state, choice, marking = controller.material, controller.state, page.choice, page.marking
        comparison = controller.comparison
        job = lambda _tell: prepare(material, state, choice, marking=marking, comparison=comparison)  # noqa: E731
        controller.worker.begin("chart", self.tr("Chart"), job, page.show_prepared)

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

    # --- what is behind a figure --------------------------------------------------------------------------------------

    def _trace_wanted(self, key: str) -> None:
        purpose = self.purpose.ask(self)
        if purpose is None or self.controller.folder is None:
            return
        self.show_trace(key, purpose)

    def show_trace(self, key: str, purpose: str) -> None:
        """The visits behind a figure, for a purpose; in the background."""
        import pandas as pd

        from ..core.material.measures import OF_EVENTS
        from ..core.material.own_area import OWN

        controller = self.controller
        if key in OF_EVENTS:
            self._say(
                self.tr(
                    "Behind this figure stand records of events: see their layer. Visits stand behind officers' time."
                ),
                False,
            )
            return
        if OWN in controller.state.areas:
            self._say(
                self.tr("Visits of an area of your own are not kept: choose one of the areas of the store."), True
            )
            return
        try:
            self._tracer = self._tracer or self._new_tracer(purpose)
        except ImpactAreaError as error:
            self._say(str(error), True)
            return
        state, tracer = controller.state, self._tracer
        areas = state.areas or tuple(controller.material.of_role("impact"))
        row = self.figures.table.currentRow()
        label = self.figures.table.item(row, 0).text() if row >= 0 else key
        # A visit has no one mode, and no kind of event.
        plain = replace(state, modes=(), kinds=(), categories=(), key_types=())
        words = f"{label}, {plain.in_words(controller.names())}"
        now = pd.Timestamp.now(tz="UTC")
        controller.worker.begin(
            "trace", self.tr("What is behind it"), lambda _tell: tracer.visits(state, areas, at=now),
            lambda trace: self._traced(trace, words),
        )  # fmt: skip

    def _traced(self, trace: Any, words: str) -> None:
        self.trace.show_trace(trace, self.controller.names(), words, self.controller.state.timezone)
        self.tabs.setCurrentWidget(self.trace)

    def _visit(self, visit_id: Any) -> None:
        import pandas as pd

        tracer, now = self._tracer, pd.Timestamp.now(tz="UTC")
        if tracer is not None:
            job = lambda _tell: tracer.behind(int(visit_id), at=now)  # noqa: E731
            self.controller.worker.begin(
                "behind", self.tr("The visit"), job, lambda found: self.trace.show_behind(*found)
            )

    def _on_map(self, shape: QgsGeometry) -> None:
        from qgis.core import QgsCoordinateTransform

        found = self.trace.select_in(self.controller.project, self._tracer.path if self._tracer else None)
        if not found:
            self._say(self.tr("No layer of legs or fixes in the project has them: add those of restricted.gpkg."), True)
        if self._canvas is None or shape.isEmpty():
            return
        moved = QgsGeometry(shape)
        moved.transform(
            QgsCoordinateTransform(self.controller.store_system, self.controller.project.crs(), self.controller.project)
        )
        self._canvas.setExtent(moved.boundingBox().buffered(200))
        self._canvas.flashGeometries([moved], self.controller.project.crs())
        self._canvas.refresh()

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
        self.tabs = QTabWidget()
        for page, title in (
            (self.figures, self.tr("Figures")),
            (self.charts, self.tr("Charts")),
            (self.trace, self.tr("Behind it")),
        ):
            self.tabs.addTab(page, title)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(area)
        split.addWidget(self.tabs)
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
            (self.movement_action.triggered, self.add_movement),
            (self.bar.changed, self._filtered),
            (self.bar.comparisonChanged, self._filtered),
            (self.bar.zoomRequested, self.picker.zoom),
            (self.bar.drawRequested, self.picker.draw),
            (self.bar.selectionRequested, self.picker.use_selection),
            (self.figures.traceWanted, self._trace_wanted),
            (self.charts.filterWanted, self.bar.set_state),
            (self.charts.choiceChanged, self._draw),
            (self.trace.visitChosen, self._visit),
            (self.trace.mapWanted, self._on_map),
            (self.tabs.currentChanged, self._draw),
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

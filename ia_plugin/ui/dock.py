"""The dock: the filter as chips, the verdict, the tiles, and below them the pages."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any, Optional

from qgis.core import Qgis, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QCloseEvent, QIcon
from qgis.PyQt.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from ..core.checked import beta_words
from ..core.marking import MARKING
from ..core.resources import resource_path
from .behind import Behind
from .controller import Controller
from .density_choice import add_density
from .filter.filter_bar import FilterBar
from .filter.view import View
from .journeys import Journeys
from .map.area_map import AreaMap
from .map.area_picker import AreaPicker
from .map.own_area_preview import OwnAreaPreview
from .pages.empty_page import EmptyPage
from .pages.overview_head import OverviewHead
from .pages.pages import Pages
from .pages.published_bar import PublishedBar
from .purpose import Purpose
from .refusals import refusals_to
from .store_choice import STORE_SETTING, ask_folder, ask_shared, last_store
from .store_pages import StorePages
from .translated import translated
from .widgets.button_text import ReadableButtons
from .widgets.calm_wheel import CalmWheel
from .widgets.pages_scroll import PagesScroll
from .widgets.pale import PaleWhileBusy
from .widgets.store_line import StoreLine

NAME = "ImpactAreaDock"
LEAST_WIDTH, FIRST_WIDTH = 480, 520


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
        self.map = AreaMap(project, canvas)
        self.bar, self.head, self.pages = FilterBar(), OverviewHead(), Pages()
        self.figures, self.trace = self.pages.figures, self.pages.trace
        self.store_pages = StorePages(self.controller, self.pages, self._say, self)
        self.behind = Behind(self.controller, self.trace, self.figures, self.purpose, self._say, canvas, self)
        self.journeys = Journeys(self.controller, self.behind, self.pages, self._say, canvas, self)
        self.show_trace, self.show_movement = self.behind.show_trace, self.behind.show_movement
        self.line, self.empty, self.published = StoreLine(), EmptyPage(), PublishedBar()
        self.store_label = self.line.label
        self.pale = PaleWhileBusy((self.head, self.figures.table, self.pages.areas.table), self)
        self._lay_out()
        ReadableButtons(self)
        self._slots = self._connect()

    # --- the store ----------------------------------------------------------------------------------------------------

    def ask_store(self, _checked: bool = False) -> None:
        """Let the user choose the folder of a store."""
        if folder := ask_folder(self):
            self.open_store(folder)

    def ask_shared_store(self, _checked: bool = False) -> None:
        """Let the user choose a database."""
        if text := ask_shared(self, self._say):
            self.open_store(text)

    def open_store(self, folder: Any) -> None:
        """Open a store's summary, of a folder or a database; figures follow."""
        QgsSettings().setValue(STORE_SETTING, str(folder))
        self.behind.clear()
        self.store_pages.clear()
        self._forget_look()
        self._fresh = str(self.controller.folder or folder) != str(folder)
        self.line.show_reading(folder)
        self.controller.open_store(folder)

    def open_last_store(self) -> None:
        """The store of last time, where it is still there."""
        if folder := last_store():
            self.open_store(folder)

    def add_layers(self, _checked: bool = False) -> None:
        """The areas and events of the store into the project, where they were taken from it."""
        with refusals_to(self._say):
            added = self.map.bring_store(self.controller.folder)
            self._say(self.tr("{0} layers were added.").format(len(added)), False)

    def add_density(self, _checked: bool = False) -> None:
        """Officer density of a week and shift that the user chooses."""
        with refusals_to(self._say):
            add_density(self.map, self.controller.folder, self._say, self)

    def _bring(self) -> None:
        """The group of layers of the store that is open, once each."""
        with refusals_to(self._say):
            self.map.bring_store(self.controller.folder)

    def _material(self, material: Any) -> None:
        self._drop_areas(material)
        self.bar.set_choices(**self.controller.choices())
        if self._fresh:  # another store has other days
            self.bar.set_view(View(self.bar.state, comparison=self.bar.view.comparison))
            self._fresh = False
        self._show_parts(material is not None)
        if material is None:
            self.head.show_nothing()
            self.pages.show_nothing()
            return
        self.line.show_store(self.controller.folder, self.controller.as_of(), material.checked)
        self.bar.flush()  # a period that moves with the data has moved
        self.controller.show(self.bar.state, self.bar.comparison)

    def _show_parts(self, any_data: bool) -> None:
        """Filter and pages where there are data; what to do first where there are none."""
        self.empty.setVisible(not any_data)
        self.bar.setVisible(any_data)
        self.scroll.show_pages(any_data)

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
        self.figures.show_figures(figures, names, as_of, why)
        self.head.show_overview(self.controller.overview, self.figures.where, self.figures.told_share)
        self.store_pages.figures_shown(figures)
        self.pages.suggest(figures)
        self._offer()
        if not figures.purpose:
            self.map.show(self.controller.map_classes(self.pages.areas.measure))
        self._draw()

    def _turned(self) -> None:
        self._offer()
        self._draw()

    def _behind_shown(self) -> None:
        self.pages.setCurrentWidget(self.trace)
        self._page_wanted()

    def _draw(self) -> None:
        """What the page that is seen shows of the filter, prepared in the background; a page that is not seen waits."""
        controller, page = self.controller, self.pages.chart_page
        if self.pages.currentWidget() is self.pages.areas:
            controller.area_rows(self.pages.areas.measure, self._area_rows)
        if page is None or controller.material is None:
            return
        from ..core.charts.choice import prepare

        material, state, choice, marking = controller.shown, controller.state, page.choice, page.marking
        comparison = controller.comparison
        job = lambda _tell: prepare(material, state, choice, marking=marking, comparison=comparison)  # noqa: E731
        controller.worker.begin("chart", self.tr("Chart"), job, lambda chart: self._drawn(page, chart))

    def _area_rows(self, rows: Any) -> None:
        figures = self.controller.figures
        number = self.tr("Figure {0}. {1}").format(figures.number, MARKING)
        around = (translated(t) for t in (figures.state.in_words(self.controller.names()), beta_words(figures.checked)))
        self.pages.areas.show_rows(
            rows, self.controller.state, f". {number}. ".join(around), restricted=bool(figures.purpose)
        )

    def _measure(self, key: str) -> None:
        """Another figure on the page of areas, and so on the map."""
        if self.controller.figures is not None and not self.controller.figures.purpose:
            self.map.show(self.controller.map_classes(key))
        self._draw()

    def _open_measure(self, key: str) -> None:
        """A tile was clicked: its figure, area by area."""
        self.pages.setCurrentWidget(self.pages.areas)
        self.pages.areas.set_measure(key)
        self._page_wanted()

    def _page_wanted(self) -> None:
        """A page was asked for: the editor that is open makes room for it, and on a small screen one is taken there."""
        self.bar.open_editor("")
        self.scroll.bring_page()

    def _area(self, area_id: str) -> None:
        """An area was clicked: the filter is on it and the map goes there; clicked again, all Impact Areas."""
        again = self.bar.state.areas == (area_id,)
        self.bar.set_state(replace(self.bar.state, areas=() if again else (area_id,)))
        self.map.zoom(() if again else (area_id,))

    def _reopened(self, state: Any, comparison: str) -> None:
        self.bar.set_view(View(state, "custom", comparison))

    def _days(self, first: Any, last: Any) -> None:
        self.bar.set_view(View(replace(self.bar.state, first=first, last=last), "custom", self.bar.view.comparison))

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
        answer, page = self.controller.answer, self.pages.chart_page
        chart = page.chart if page is not None else None
        refusal = answer.refusal if answer is not None else None
        if refusal is None and chart is not None and chart.state == self.controller.state:
            refusal = chart.refusal
        if answer is not None and answer.material.purpose:
            self.published.show_restricted(answer.material.purpose)
        elif answer is not None and refusal is not None and self.pages.currentWidget() is not self.trace:
            self.published.show_refusal(refusal, self.controller.why_no_look())
        else:
            self.published.hide()

    def _drawn(self, page: Any, chart: Any) -> None:
        page.show_prepared(chart)
        self._offer()

    def _forget_look(self) -> None:
        """Restricted figures and charts go from the screen."""
        if self.pages.forget_restricted():
            self.published.hide()
            self.head.show_nothing(self.tr("Reading what anyone may read…"))

    # --- the window ---------------------------------------------------------------------------------------------------

    def _say(self, sentence: str, warning: bool) -> None:
        if self._messages is not None:
            level = Qgis.MessageLevel.Warning if warning else Qgis.MessageLevel.Info
            # The bar puts its title in bold before the sentence, and so takes both for markup.
            self._messages.pushMessage(self.tr("Impact Area"), escape(sentence), level)
        self.last_said = sentence

    last_said = ""
    _fresh = False  # whether another store than before is being opened

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed, the layers are the user's own; opened again, the filter is on again."""
        self.controller.reset()
        self.journeys.close()
        self._forget_look()
        super().closeEvent(event)

    def take_keys(self) -> None:
        """The keys to the first control: of the filter, or before there is a store of what opens one."""
        shown = self.empty.store_button if self.bar.isHidden() else self.bar.chipRow.chips["area"]
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scroll.bring_head()

    def _visible(self, visible: bool) -> None:
        if visible and self.controller.material is not None and self.controller.overlays.state is None:
            self._filtered()

    def shut(self) -> None:
        """The end of the dock: nothing of it is left in the project, and it hears nothing any more."""
        for signal, slot in self._slots:
            signal.disconnect(slot)
        self._slots = []
        self.journeys.shut()
        self.picker.close()
        self.preview.clear()
        self.map.clear()
        self.controller.close()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _lay_out(self) -> None:
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(5)
        layout.addWidget(self.line)
        for part in (self.preview, self.bar):
            layout.addWidget(part)
        self.scroll = PagesScroll((self.head, self.empty, self.published), self.pages.names, self.pages)
        layout.addWidget(self.scroll, 1)
        CalmWheel(body).calm(body)
        self._show_parts(False)
        body.setMinimumWidth(LEAST_WIDTH)
        self.setWidget(body)
        names = self.pages.names.buttons
        for before, after in zip((self.published.back_button, *names), names):
            self.setTabOrder(before, after)  # the names of the pages, then the page
        self.resize(FIRST_WIDTH, self.height())

    def _connect(self) -> list[tuple[Any, Any]]:
        controller = self.controller
        slots = [
            (self.line.open_action.triggered, self.ask_store),
            (self.line.shared_action.triggered, self.ask_shared_store),
            (self.empty.storeWanted, self.ask_store),
            (self.empty.demoWanted, self.open_store),
            (self.line.summary_action.triggered, self.add_layers),
            (self.line.density_action.triggered, self.add_density),
            (self.line.movement_action.triggered, self.behind.ask_movement),
            (self.line.again_button.clicked, lambda *_: self.open_store(controller.folder)),
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
            (self.pages.filterWanted, self.bar.set_state),
            (self.pages.areas.areaWanted, self._area),
            (self.pages.areas.measureChanged, self._measure),
            (self.head.measureWanted, self._open_measure),
            (self.head.copyWanted, self.figures.copy_answer),
            (self.trace.visitChosen, self.behind.show_visit),
            (self.trace.mapWanted, self.behind.show_on_map),
            (self.pages.turned, self._turned),
            (self.pages.wanted, self._page_wanted),
            (self.store_pages.filterWanted, self._reopened),
            (self.visibilityChanged, self._visible),
            (controller.storeRead, self._bring),
            (controller.storeRead, self.store_pages.opened),
            (controller.storeNotRead, self.line.show_not_read),
            (controller.overlays.unanswered, self.line.again_button.show),
            (controller.materialChanged, self._material),
            (controller.figuresChanged, self._figures),
            (controller.busyChanged, self.pale.show_busy),
            (controller.said, self._say),
            (controller.daysChosen, self._days),
            (controller.areaChosen, self._own_area),
            (controller.ownAreaPreviewed, self.preview.show_blocks),
            (self.preview.accepted, controller.accept_own_area),
            (self.preview.discarded, self._discarded),
        ]
        for signal, slot in slots:
            signal.connect(slot)
        return slots

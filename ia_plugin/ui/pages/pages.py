"""The pages below the head of the dashboard, and which chart each of them wants."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QSizePolicy, QTabBar, QTabWidget, QWidget

from ...core.filter_state import GROUPS
from ...core.material.figures import Figures
from ..widgets.page_bar import PageBar
from .areas_page import AreasPage
from .charts_page import ChartsPage
from .figures_page import FiguresPage
from .trace_page import TracePage

SEARCHES = "searches"


class NoTabs(QTabBar):
    """No tabs are seen: there are more pages than a line of tabs has room for. `names` of the pages has them all."""

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    minimumSizeHint = sizeHint


class Pages(QTabWidget):  # type: ignore[misc]
    """Areas, hours, who, what, searches, trend, the table, and what is behind a figure; their names stand in `names`, a widget of its own.

    Signals
    -------
    filterWanted : the FilterState of a cell, bar or day that was clicked
    copied : figures left the window, as text or as a picture
    wanted : a page was turned to by its name, not by the dock itself
    turned : a page was turned to, or a chart of it chosen: what it shows may have to be drawn
    """

    filterWanted = pyqtSignal(object)
    turned = pyqtSignal()
    wanted = pyqtSignal()
    copied = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.names = PageBar(self)
        self.setTabBar(NoTabs(self))
        self.tabBar().hide()
        for part in (self, self.tabBar()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.areas = AreasPage()
        self.hours = ChartsPage(kinds=("week", "places"), whats=("presence",))
        self.who = ChartsPage(kinds=tuple(GROUPS.values()))
        self.what = ChartsPage(kinds=("activity", "visits"))
        self.searches = ChartsPage(kinds=("week", "places"), whats=("searches",), against="crimes")
        self.trend = ChartsPage(kinds=("series",))
        self.figures, self.trace = FiguresPage(), TracePage()
        self.charts = (self.hours, self.who, self.what, self.searches, self.trend)
        for page, title in (
            (self.areas, self.tr("Areas")),
            (self.hours, self.tr("Hours")),
            (self.who, self.tr("Who")),
            (self.what, self.tr("What")),
            (self.searches, self.tr("Searches")),
            (self.trend, self.tr("Trend")),
            (self.figures, self.tr("Table")),
            (self.trace, self.tr("Behind it")),
        ):
            self.addTab(page, title)
        self.setDocumentMode(True)
        # As wide as the dock, whatever its letters: a page that wants more scrolls or cuts in itself.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for chart in self.charts:
            chart.choiceChanged.connect(lambda _choice: self.turned.emit())
            chart.filterWanted.connect(self.filterWanted)
            chart.pictureTaken.connect(lambda _where: self.copied.emit())
        for page in (self.areas, self.figures):
            page.copied.connect(self.copied)
        self.names.chosen.connect(self._named)
        self.currentChanged.connect(self._turned)
        self._turned(0)

    @property
    def chart_page(self) -> Optional[ChartsPage]:
        """The page of charts that is seen; None where another page is."""
        page = self.currentWidget()
        return page if isinstance(page, ChartsPage) else None

    def _turned(self, _page: int) -> None:
        """Only the page that is seen asks for room: a high chart makes no other page scroll."""
        for i in range(self.count()):
            seen = i == self.currentIndex()
            policy = QSizePolicy.Policy.Preferred if seen else QSizePolicy.Policy.Ignored
            self.widget(i).setSizePolicy(QSizePolicy.Policy.Ignored, policy)
        self.names.mark(self.currentIndex())
        self.updateGeometry()
        self.turned.emit()

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Of the page that is seen: Qt's own is that of the highest."""
        page = self.currentWidget()
        return page.heightForWidth(width) if page is not None else -1

    def _named(self, place: int) -> None:
        self.setCurrentIndex(place)
        self.wanted.emit()

    def tabInserted(self, place: int) -> None:
        super().tabInserted(place)
        self._show_names()

    def tabRemoved(self, place: int) -> None:
        super().tabRemoved(place)
        self._show_names()

    def setTabText(self, place: int, text: str) -> None:
        super().setTabText(place, text)
        self._show_names()

    def _show_names(self) -> None:
        self.names.show_pages([self.tabText(i) for i in range(self.count())], self.currentIndex())

    def add_page(self, page: QWidget, title: str) -> None:
        """A page behind the others."""
        self.addTab(page, title)
        self._turned(self.currentIndex())

    def suggest(self, figures: Figures) -> None:
        """Compare presence with what the filter keeps: incidents, or crimes where it keeps none, as of robbery alone."""
        crimes_alone = figures.value("crimes") > 0 and not figures.value("incidents") > 0
        self.hours.suggest("crimes" if crimes_alone else "incidents")

    def show_nothing(self, why: str = "") -> None:
        """No data: nothing on any page."""
        self.areas.show_nothing(why)
        self.figures.show_nothing(why)
        for page in self.charts:
            page.clear()

    def forget_restricted(self) -> bool:
        """Take restricted figures and charts from the screen; whether there were any."""
        held = self.figures.restricted
        if held:
            self.figures.show_nothing(self.tr("Reading what anyone may read…"))
            self.areas.show_nothing()
        for page in self.charts:
            if page.chart is not None and page.chart.restricted:
                page.clear()
                held = True
        return held

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


__all__ = ["Pages"]

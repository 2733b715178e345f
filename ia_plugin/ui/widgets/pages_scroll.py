"""Head and pages of the dock in one scrolling column; the names of the pages stay in sight wherever one has scrolled to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

LEAST_PAGE = 210  # pixels
ENOUGH_LINES = 17  # of text: a page with less below the head is made as high as the window, and one scrolls to it
GAP = 5
MOST_OF_WINDOW = 0.25  # that the names may take of it for good: with very large letters they scroll with the rest


class PagesScroll(QScrollArea):
    """Widgets above, the last of them a word on the page itself; then the names of the pages, then the page.

    On a small screen, or with large letters, the page begins below what is seen. So its names are pinned to the lower edge until
    one scrolls to them and to the upper edge from there, and :meth:`bring_page` goes there.
    """

    def __init__(
        self, above: Sequence[QWidget], names: QWidget, page: QWidget, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self._names, self._page, self._place, self._word = names, page, QWidget(), above[-1]
        self._settling = False
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (*above, self._place):
            column.addWidget(part)
        column.addWidget(page, 1)
        page.setMinimumHeight(LEAST_PAGE)
        self.setWidget(below)
        self.setWidgetResizable(True)
        self.setAccessibleName(QCoreApplication.translate("ImpactArea", "Figures and pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.setParent(self.viewport())
        below.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(self.settle)

    def show_pages(self, shown: bool) -> None:
        """Pages and their names, where there is anything to show."""
        for part in (self._names, self._place, self._page):
            part.setVisible(shown)
        self.settle()

    def bring_page(self) -> None:
        """Scroll to the page, unless the whole of it is seen; after the layouts have settled."""
        QTimer.singleShot(0, self._bring)

    def bring_head(self) -> None:
        """Scroll to the verdict and the tiles."""
        self.verticalScrollBar().setValue(0)

    def _bring(self) -> None:
        self.settle()
        bar, top = self.verticalScrollBar(), self._place.y() - self._word_height()
        bottom = self._page.geometry().bottom()
        if top < bar.value() or bottom > bar.value() + self.viewport().height():
            bar.setValue(top)

    def _word_height(self) -> int:
        """Height of what is said of the page, nothing as a rule."""
        return self._word.height() + GAP if self._word.isVisible() else 0

    def settle(self, *_value: int) -> None:
        """The names where they belong: at their place in the column, or at the edge beyond which it is."""
        if self._settling or self._page.isHidden():
            return
        self._settling = True
        width, height = self.viewport().width(), self.viewport().height()
        needed = self._names.heightForWidth(width)
        if self._place.minimumHeight() != needed:
            self._place.setFixedHeight(needed)
        enough = height - self._place.y() - needed >= ENOUGH_LINES * self.fontMetrics().lineSpacing()
        least = LEAST_PAGE if enough else max(LEAST_PAGE, height - needed - GAP - self._word_height())
        if self._page.minimumHeight() != least:
            self._page.setMinimumHeight(least)
        y = self._place.y() - self.verticalScrollBar().value()
        if needed <= MOST_OF_WINDOW * height:
            y = min(max(y, 0), height - needed)
        self._names.setGeometry(0, y, width, needed)
        self._names.raise_()
        self._settling = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self.settle)
        return super().eventFilter(watched, event)


__all__ = ["LEAST_PAGE", "PagesScroll"]

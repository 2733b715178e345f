"""The pages that speak of the store and not of a filter: About these data, and Challenge, each with what it needs done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..layers.force_key import needed_key_set_up
from .about import begin_about, begin_card, begin_refresh, is_due, note_seen
from .challenge import Challenge
from .controller import Controller
from .pages.about_page import AboutPage
from .pages.challenge_page import ChallengePage
from .pages.pages import Pages

if TYPE_CHECKING:
    from ..core.about.facts import About
    from ..core.material.figures import Figures


class StorePages(QObject):  # type: ignore[misc]
    """Adds its pages to the others and keeps them with the store that is open.

    Signals
    -------
    filterWanted : FilterState and comparison of a figure that was opened again
    """

    filterWanted = pyqtSignal(object, str)

    def __init__(
        self, controller: Controller, pages: Pages, say: Callable[[str, bool], None], parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._controller, self._pages, self._say = controller, pages, say
        self.about, self.challenge_page = AboutPage(), ChallengePage()
        self.challenge = Challenge(controller, self.challenge_page, say, needed_key_set_up, parent=self)
        self._asked_for: Optional[Path] = None  # the store whose page may come first
        pages.add_page(self.challenge_page, self.tr("Challenge"))
        pages.add_page(self.about, self.tr("About"))
        self.about.refreshWanted.connect(self.refresh)
        self.about.cardSaved.connect(self.save_card)
        self.challenge_page.filterWanted.connect(self.filterWanted)
        self.challenge.notesChanged.connect(self.read_again)
        self.challenge.flagsShown.connect(self._flags)
        pages.turned.connect(self._seen)
        pages.copied.connect(self._copied)

    def opened(self) -> None:
        """A store was read: what it says of itself is read too."""
        folder = self._controller.folder
        if folder is None:
            self.about.show_nothing()
            return
        self._asked_for = folder
        begin_about(self._controller.worker, folder, self._about)

    def figures_shown(self, figures: Figures) -> None:
        """The figures on the screen, which flags are raised at."""
        self.challenge.figures_shown(figures)

    def clear(self) -> None:
        """Another store is opened."""
        self.challenge.clear()
        self.about.show_nothing()

    def refresh(self) -> None:
        """Bring the store up to date in the background."""
        folder = self._controller.folder
        if folder is not None:
            self.about.show_busy(self.tr("The store is being brought up to date…"))
            begin_refresh(self._controller.worker, folder, self._refreshed)

    def save_card(self, answers: dict[str, str]) -> None:
        """Keep the governance card as declared."""
        folder = self._controller.folder
        if folder is not None:
            begin_card(self._controller.worker, folder, answers, self._about)

    def read_again(self) -> None:
        """Notes were written, or the store refreshed: figures and charts are read again."""
        if self._controller.folder is not None:
            self._controller.open_store(self._controller.folder)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _about(self, about: About) -> None:
        self.about.show_about(about)
        folder = self._controller.folder
        if folder is not None and folder == self._asked_for and is_due(folder, about):
            self._pages.setCurrentWidget(self.about)
            note_seen(folder, about)
        self._asked_for = None

    def _refreshed(self, about: About) -> None:
        self._about(about)
        self.read_again()

    def _seen(self) -> None:
        folder, about = self._controller.folder, self.about.about
        if folder is not None and about is not None and self._pages.currentWidget() is self.about:
            note_seen(folder, about)

    def _copied(self) -> None:
        answer: Any = self._controller.answer
        if answer is not None and not answer.material.purpose:
            self.challenge.copied(answer.figures, answer.material)

    def _flags(self, count: int) -> None:
        title = self.tr("Challenge")
        place = self._pages.indexOf(self.challenge_page)
        self._pages.setTabText(place, f"{title} ({count})" if count else title)


__all__ = ["StorePages"]

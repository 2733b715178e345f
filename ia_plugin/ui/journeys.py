"""One officer-day on a page of its own and on the map, while it is looked at; its export; and a chosen visit, drawn alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

import pandas as pd
from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ..core.resources import plugin_version
from .behind import Behind
from .controller import Controller
from .map.journey_map import JourneyMap
from .pages.journey_page import JourneyPage
from .pages.pages import Pages
from .purpose import ask_purpose
from .refusals import refusals_to

if TYPE_CHECKING:
    from ..core.journey import Journey

KINDS_OF_FILES = "CSV (*.csv);;GeoPackage (*.gpkg)"


class Journeys(QObject):  # type: ignore[misc]
    """Shows officer-days behind visits, and takes them away when their page is left, closed, or another store is opened."""

    def __init__(
        self,
        controller: Controller,
        behind: Behind,
        pages: Pages,
        say: Callable[[str, bool], None],
        canvas: Any = None,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._behind, self._pages, self._say = controller, behind, pages, say
        self.page, self.map = JourneyPage(), JourneyMap(controller.project, canvas, self)
        self._visit: Optional[tuple[pd.DataFrame, list[str]]] = None
        self._slots = [
            (pages.trace.journeyWanted, self.open),
            (pages.currentChanged, self._draw),
            (behind.shown, self._visits_shown),
            (behind.visitShown, self._visit_shown),
            (behind.cleared, self.close),
            (self.page.stepped, self._stepped),
            (self.page.eventsWanted, self._events),
            (self.page.exportWanted, self.ask_export),
            (self.page.closed, self.close_page),
            (self.map.hovered, self.page.hover),
        ]
        for signal, slot in self._slots:
            signal.connect(slot)

    def open(self, visit_id: Any) -> None:
        """The officer-day of a visit, in the background; recorded by who reads it."""
        tracer, now = self._behind.tracer, pd.Timestamp.now(tz="UTC")
        if tracer is not None:
            job = lambda _tell: tracer.journey(int(visit_id), at=now)  # noqa: E731
            self._controller.worker.begin("journey", self.tr("The officer-day"), job, self._shown)

    def ask_export(self) -> None:
        """Write the officer-day to a file, for a purpose that is asked anew."""
        parent = self._pages.window()
        purpose = ask_purpose(parent, self.tr("A file of one officer-day leaves the store.\nWhat is it needed for? The export is recorded."))  # fmt: skip
        if purpose is None:
            return
        name, kind = QFileDialog.getSaveFileName(parent, self.tr("Export this officer-day"), "", KINDS_OF_FILES)
        if name:
            ending = "" if Path(name).suffix else (".gpkg" if "gpkg" in kind else ".csv")
            self.export(Path(name + ending), purpose)

    def export(self, path: Path, purpose: str) -> None:
        """Write the officer-day that is shown, and nothing beside it."""
        from ..store.journeys import export_journey

        if self.page.journey is None:
            return
        with refusals_to(self._say):
            export_journey(
                self._controller.folder, self.page.journey, path, purpose,
                at=pd.Timestamp.now(tz="UTC"), version=plugin_version(),
            )  # fmt: skip
            self._say(self.tr("Written, and recorded: {0}").format(path), False)

    def close_page(self) -> None:
        """The officer-day is looked at no more."""
        self._controller.worker.drop("journey")
        self.page.clear()
        self.map.clear()
        place = self._pages.indexOf(self.page)
        if place >= 0:
            self._pages.removeTab(place)
            self._pages.setCurrentWidget(self._pages.trace)

    def close(self) -> None:
        """Nothing of anybody on page or map."""
        here = self._pages.currentWidget()
        self._visit = None
        self.close_page()
        if here is not self.page:
            self._pages.setCurrentWidget(here)

    def shut(self) -> None:
        """The end of the dock."""
        self.close()
        for signal, slot in self._slots:
            signal.disconnect(slot)
        self._slots = []

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _shown(self, journey: Journey) -> None:
        pages = self._pages
        if pages.indexOf(self.page) < 0:
            pages.insertTab(pages.indexOf(pages.trace) + 1, self.page, self.tr("Officer-day"))
        self.page.show_journey(journey)
        pages.setCurrentWidget(self.page)
        self._draw(zoom=True)

    def _visits_shown(self) -> None:
        """Another list of visits: none of them is chosen yet."""
        self._visit = None
        self._draw()

    def _visit_shown(self, fixes: pd.DataFrame, clocks: list[str]) -> None:
        self._visit = (fixes, clocks)
        self._draw()

    def _draw(self, _page: int = -1, zoom: bool = False) -> None:
        """On the map is what the page that is seen is about, alone; beside any other page nothing."""
        here, journey, system = self._pages.currentWidget(), self.page.journey, self._controller.store_system
        if here is self.page and journey is not None:
            self.map.show(journey.fixes, self.page.clocks(), system, zoom)
            self._events(self.page.events.isChecked())
            self._stepped(self.page.fixes.currentRow())
        elif here is self._pages.trace and self._visit is not None:
            self.map.show(*self._visit, system)
        else:
            self.map.clear()

    def _stepped(self, row: int) -> None:
        journey = self.page.journey
        if journey is not None and self._pages.currentWidget() is self.page:
            # What the pointer only passes over does not move the map.
            self.map.focus(row, journey.ground(row), follow=row == self.page.fixes.currentRow())

    def _events(self, wanted: bool) -> None:
        """Events of the hours that are shown, on the map and nowhere else."""
        from ..store.journeys import events_of_hours

        journey = self.page.journey
        events = None
        with refusals_to(self._say):
            events = events_of_hours(self._controller.folder, journey) if wanted and journey is not None else None
        self.map.show_events(events)


__all__ = ["Journeys"]

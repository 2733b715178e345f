"""A person's hour at the dock, step by step as their hands do it, on a store of its own; what each step left in the record of runs."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ia_plugin.core.params import CHECK_PURPOSES

from .patience import wait

DAY = date(2024, 6, 3)
SQUARE = "POLYGON((399190 279010,400420 278990,400410 281030,399205 280990,399190 279010))"
CHECKED = {"collar_number": "100", "day": DAY, "purpose": CHECK_PURPOSES[0], "reason": "Complaint of 3 July"}


class Hour:
    """The dock on a store; each step waits until it has happened.

    Parameters
    ----------
    key : the force's key, for checks of one officer-day
    """

    def __init__(self, project: Any, store: Path, room: Path, iface: Any, canvas: Any, key: Any) -> None:
        from qgis.core import QgsSettings

        from ia_plugin.ui.dock import STORE_SETTING, ImpactAreaDock

        self.store, self.room, self._setting = store, room, STORE_SETTING
        QgsSettings().remove("impact_area/about_seen")
        self.dock = ImpactAreaDock(project, canvas, iface.messageBar(), canvas.temporalController())
        self.dock.store_pages.challenge._users_file = room / "figures.jsonl"
        self.dock.store_pages.challenge._key_of = lambda: key
        self.dock.purpose.chosen = "training"
        self.dock.purpose.state = lambda _parent: "training: night shifts"
        self.open()

    def open(self) -> None:
        """Open the store, as on a Monday morning."""
        self.dock.controller.figures = None
        self.dock.open_store(self.store)
        wait(lambda: self.dock.controller.figures is not None and self._rests())

    def end(self) -> None:
        from qgis.core import QgsSettings

        self.dock.shut()
        self.dock.deleteLater()
        QgsSettings().remove(self._setting)

    def runs(self) -> pd.DataFrame:
        """The record of runs, as it stands."""
        from ia_plugin.gpkg.geopackage import GeoPackage
        from ia_plugin.store.tables import RESTRICTED

        with GeoPackage(self.store / RESTRICTED, create=False) as package:
            return package.read("runs") if "runs" in package.tables() else pd.DataFrame(columns=["what"])

    # --- what anyone may read -----------------------------------------------------------------------------------------

    def filters(self) -> None:
        """A dozen filters, some of them letter by letter and back again, on all pages."""
        for change in ({"areas": ("a",)}, {"hour_from": 22, "hour_to": 2}, {"weekdays": (0, 1)}, {"first": DAY, "last": DAY},
                       {"units": ("North",)}, {"units": ()}, {"areas": ()}, {"hour_from": 0, "hour_to": 24}, {"weekdays": tuple(range(7))}):  # fmt: skip
            self._filter(**change)
        self.dock.bar.undo()
        self.dock.bar.redo()
        for i in range(self.dock.pages.count()):
            self.dock.pages.setCurrentIndex(i)
            wait(self._rests)

    def views(self) -> None:
        """A view is saved, opened and deleted."""
        from ia_plugin.ui.filter.views import SavedViews

        views = SavedViews()
        views.save("hour", self.dock.bar.view)
        self.dock.bar.set_view(views.read("hour"))
        wait(self._rests)
        views.delete("hour")

    def copies(self) -> None:
        """A table and an answer are copied, twice each; a picture of a chart is saved."""
        page = self.dock.figures
        for copy in (page.copy_table, page.copy_answer, page.copy_table, page.copy_answer):
            copy()
            wait(self._rests)
        chart = self.dock.pages.hours
        self.dock.pages.setCurrentWidget(chart)
        wait(lambda: self._rests() and chart.chart is not None)
        chart.save_picture(str(self.room / "chart.png"))
        wait(self._rests)

    def density(self) -> None:
        """The layers of the store are added again, and a week of density that nobody tells yet is asked for."""
        self.dock.add_layers()
        self.dock.add_density()
        wait(self._rests)

    # --- looks --------------------------------------------------------------------------------------------------------

    def own_area(self) -> None:
        """An area is drawn, looked at and taken; then another filter within it, and away again."""
        self.takes_own_area()
        wait(lambda: self.dock.controller.state.areas == ("own area",) and self._rests())
        self._filter(hour_from=20, hour_to=23)
        self._filter(areas=(), hour_from=0, hour_to=24)

    def takes_own_area(self) -> None:
        """Draw one, and say yes to its blocks."""
        from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

        self.dock.controller.preview_own_area(QgsGeometry.fromWkt(SQUARE), QgsCoordinateReferenceSystem("EPSG:27700"))
        wait(lambda: not self.dock.preview.isHidden())
        self.dock.preview.show_button.click()

    def look(self) -> None:
        """Cells by unit and day, their pages and their chart; then what anyone may read."""
        self.asks_for_a_look()
        wait(lambda: self._rests() and self.dock.figures.restricted)
        for page in (self.dock.pages.areas, self.dock.pages.who, self.dock.figures):
            self.dock.pages.setCurrentWidget(page)
            wait(self._rests)
        self.dock.published.back_button.click()
        wait(lambda: self._rests() and not self.dock.figures.restricted)
        self._filter(units=())

    def asks_for_a_look(self) -> None:
        """Choose a unit, of which published tables tell no day, and press the button."""
        self._filter(units=("North",))
        self.dock.published.look_button.click()

    def visits(self) -> None:
        """The list of visits behind a figure."""
        self.dock.show_trace("visits", "training")
        wait(lambda: self.dock.trace.visits.rowCount() > 0 and self._rests())

    def trace(self) -> None:
        """What is behind a figure: the list, then two visits."""
        self.visits()
        for row in (0, 1):
            self.dock.trace.visits.setCurrentCell(row, 0)
            wait(lambda: self.dock.trace.fixes.rowCount() > 0 and self._rests())
        self.dock.trace.map_button.click()

    def journey(self) -> None:
        """The officer-day of a visit, stepped, with events, left for another page and back."""
        page = self.dock.journeys.page
        self.dock.trace.journey_button.click()
        wait(lambda: page.fixes.rowCount() > 0 and self._rests())
        for _ in range(5):
            page.next.click()
        page.events.setChecked(True)
        self.dock.pages.setCurrentWidget(self.dock.pages.areas)
        self.dock.pages.setCurrentWidget(page)
        wait(self._rests)

    def export(self) -> None:
        """That officer-day as a file; then its page is closed."""
        self.dock.journeys.export(self.room / "day.csv", "training")
        self.dock.journeys.page.close_button.click()
        wait(self._rests)

    def movement(self) -> None:
        """The layers of movement."""
        self.dock.show_movement("training")
        wait(self._rests)

    def asks_for_a_check(self) -> None:
        self.dock.store_pages.challenge.check(dict(CHECKED))

    def shown_check(self) -> None:
        """One officer-day against the source."""
        self.asks_for_a_check()
        wait(lambda: self.dock.store_pages.challenge_page.passes.rowCount() > 0 and self._rests())

    def check(self) -> None:
        """One officer-day against the source, and its passes as a file."""
        self.shown_check()
        self.dock.store_pages.challenge.export(str(self.room / "passes.csv"))
        wait(self._rests)

    # --- what people write --------------------------------------------------------------------------------------------

    def flag(self) -> None:
        """A doubt at the figure on the screen, and its answer."""
        from ia_plugin.store.flags import read_flags

        challenge, code = self.dock.store_pages.challenge, self.dock.controller.figures.code
        challenge.raise_flag({"reference": code, "text": "Two vans were there."})
        wait(self._rests)
        flag = read_flags(self.store)["flag_id"].iloc[0]
        challenge.answer_flag({"flag_id": flag, "status": "no fault", "owner": "analyst", "reply": "They were."})
        wait(self._rests)

    def note(self) -> None:
        """A note on the data; the store is read again."""
        self.dock.store_pages.challenge.write_note({"kind": "outage", "first": DAY, "last": DAY, "area_id": None, "text": "No masts in the north."})  # fmt: skip
        wait(self._rests)

    def card(self) -> None:
        """The governance card, declared twice alike."""
        for _ in range(2):
            self.dock.store_pages.save_card({"owner": "Head of Intelligence", "contact": "Analysis office"})
            wait(self._rests)

    def reopen(self) -> None:
        """A figure by its code, as nobody has copied it and as it was copied."""
        self.dock.store_pages.challenge.reopen(self.dock.controller.figures.code)
        wait(self._rests)

    # --- within -------------------------------------------------------------------------------------------------------

    def _filter(self, **changes: Any) -> None:
        state = replace(self.dock.bar.state, **changes)
        self.dock.bar.set_state(state)
        self.dock.bar.flush()
        wait(self._rests)

    def rests(self) -> None:
        """Wait until nothing is being done."""
        wait(self._rests)

    def _rests(self) -> bool:
        return not self.dock.controller.worker.busy


def made_read_only(folder: Path) -> None:
    """No file of a folder can be written, nor one added; for whoever is not the superuser."""
    for path in [*folder.iterdir(), folder]:
        os.chmod(path, 0o555 if path.is_dir() else 0o444)

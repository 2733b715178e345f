"""The page of one officer-day: its reports in order, stepped through one by one, and what they cannot say."""

from __future__ import annotations

from typing import Optional

import pandas as pd
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ...core.filter_state import month_in_words
from ...core.journey import CAVEAT, GAP, LEFT_OUT, REPORTED, Journey, civil_day
from ...core.times.civil import pandas_zone
from ...core.words import amount, count_of
from ..translated import translated
from ..widgets.as_it_is import plain_label
from ..widgets.plain_table import plain_table, put_rows

HEADS = ("Time", "Until the next report", "Source")


class JourneyPage(QWidget):  # type: ignore[misc]
    """Shows a Journey; reads nothing itself.

    Signals
    -------
    stepped : the row that is looked at, by key, button or pointer; −1 for none
    eventsWanted : whether events of these hours are to be on the map
    exportWanted, closed : of the officer-day
    """

    stepped = pyqtSignal(int)
    eventsWanted = pyqtSignal(bool)
    exportWanted = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.journey: Optional[Journey] = None
        self.title, self.caveat, self.ground = plain_label("", self), plain_label(self.tr(CAVEAT), self), plain_label("", self)  # fmt: skip
        for label in (self.title, self.caveat, self.ground):
            label.setWordWrap(True)
        self.fixes = plain_table([self.tr(h) for h in HEADS], self.tr("Reports of the officer-day"), (2,), self)
        self.fixes.setMouseTracking(True)
        self.fixes.installEventFilter(self)
        self.before = self._button("◀", self.tr("Report before"), self.tr("The report before (left arrow)"))
        self.next = self._button("▶", self.tr("Next report"), self.tr("The next report (right arrow)"))
        self.events = QCheckBox(self.tr("Show events"), self)
        self.events.setAccessibleName(self.tr("Events of these hours on the map"))
        self.events.setToolTip(self.tr("Of these hours, on the map, as squares: crimes, incidents and searches that may be mapped. They are in no list and no export."))  # fmt: skip
        self.export_button = QPushButton(self.tr("Export…"), self)
        self.export_button.setAccessibleName(self.tr("Export this officer-day (a purpose is asked for)"))
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setAccessibleName(self.tr("Close this officer-day"))
        self._lay_out()
        self.fixes.currentCellChanged.connect(lambda row, *_: self._look(row))
        self.fixes.cellEntered.connect(lambda row, _column: self._look(row))
        self.before.clicked.connect(lambda _checked=False: self.step(-1))
        self.next.clicked.connect(lambda _checked=False: self.step(1))
        self.events.toggled.connect(self.eventsWanted)
        self.export_button.clicked.connect(lambda _checked=False: self.exportWanted.emit())
        self.close_button.clicked.connect(lambda _checked=False: self.closed.emit())
        self.clear()

    def show_journey(self, journey: Journey) -> None:
        """Show an officer-day, its first report in focus."""
        self.journey = journey
        self.events.setChecked(False)
        self.title.setText(self._words(journey))
        clocks, links = self.clocks(seconds=True), [self._link(r) for r in journey.fixes.to_dict("records")]
        put_rows(self.fixes, [*zip(clocks, links, [translated(s) for s in journey.fixes["source"]])])
        any_fixes = len(clocks) > 0
        for part in (self.before, self.next, self.export_button, self.events):
            part.setEnabled(any_fixes)
        if any_fixes:
            self.fixes.setCurrentCell(0, 0)
            self.fixes.setFocus()
        self._look(0 if any_fixes else -1)

    def clear(self) -> None:
        """Show nothing of anybody."""
        self.journey = None
        self.events.setChecked(False)
        put_rows(self.fixes, [])
        for label in (self.title, self.ground):
            label.setText("")

    def step(self, by: int) -> None:
        """Go to the report `by` rows on."""
        row = self.fixes.currentRow() + by
        if 0 <= row < self.fixes.rowCount():
            self.fixes.setCurrentCell(row, 0)

    def hover(self, row: int) -> None:
        """The pointer came near a dot on the map; −1: it left, and the report that was stepped to is looked at again."""
        self._look(row if row >= 0 else self.fixes.currentRow())

    def clocks(self, seconds: bool = False) -> list[str]:
        """Civil time of each report; with the zone's letters on a day on which an hour comes twice."""
        if self.journey is None:
            return []
        begin, end = civil_day(self.journey.day, self.journey.timezone)
        form = ("%H:%M:%S" if seconds else "%H:%M") + (" %Z" if end - begin != pd.Timedelta("24h") else "")
        zone = pandas_zone(self.journey.timezone)
        return [f"{t.tz_convert(zone):{form}}" for t in self.journey.fixes["time"]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right step as the buttons do; the pointer leaving the list gives the focus back."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
            return True
        if event.type() == QEvent.Type.Leave:
            self._look(self.fixes.currentRow())
        return bool(super().eventFilter(watched, event))

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _look(self, row: int) -> None:
        journey = self.journey
        if journey is None:
            return
        ground = journey.ground(row)
        if ground.is_empty:
            self.ground.setText(self.tr("Nothing is known of what came after this report.") if row >= 0 else "")
        else:
            words = self.tr("Until the next report: anywhere in {0} (by the speed limit alone).")
            self.ground.setText(words.format(translated(amount(ground.area / 1e6, "km²"))))
        self.stepped.emit(row)

    def _words(self, journey: Journey) -> str:
        """What is shown, and what is not."""
        moment = pd.Timestamp(journey.day)
        day = f"{moment.day} {translated(month_in_words(moment))}"
        words = [self.tr("Officer-day {0}, {1}: {2}.").format(journey.officer_day[:9], day, translated(count_of(len(journey.fixes), "reports")))]  # fmt: skip
        if journey.before:
            words.append(self.tr("The turn began the day before."))
        if journey.after:
            words.append(self.tr("The turn goes on after midnight."))
        if journey.left_out:
            kept = self.tr("{0} left out: a rest that may be at home, and the way to it.")
            words.append(kept.format(translated(count_of(journey.left_out, "reports"))))
            if not journey.any_sites:
                words.append(self.tr("No police sites are known, so rests there are left out too."))
        words.append(self.tr("The opening is recorded; repeated looks at one officer are told to the record's owner."))
        return " ".join(words)

    def _link(self, row: dict[str, object]) -> str:
        if row["link"] == LEFT_OUT:
            return self.tr("reports left out")
        minutes = translated(amount(float(str(row["seconds"])) / 60, "min"))
        if row["link"] == REPORTED:
            return self.tr("reported after {0}").format(minutes)
        return self.tr("gap of {0}").format(minutes) if row["link"] == GAP else self.tr("last report")

    def _button(self, sign: str, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        """What cannot be said, and the way through the reports, above the list: on a small screen its end is not seen."""
        layout, row = QVBoxLayout(self), QHBoxLayout()
        layout.setContentsMargins(6, 6, 6, 6)
        for part in (self.before, self.next, self.events):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.export_button, self.close_button):
            row.addWidget(part)
        for part in (self.title, self.caveat):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addWidget(self.ground)
        layout.addWidget(self.fixes, 1)


__all__ = ["JourneyPage"]

"""The period: the last four whole weeks, the last 7 or 28 days, last month, all the data, or any first and last day."""

from __future__ import annotations

from datetime import date
from typing import Optional

from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ...core.filter_state import FilterState, day_in_words, period_in_words
from ..translated import translated
from ..widgets.day_edit import day_edit
from ..widgets.hint import Hint
from .view import MOVING, days_of


class PeriodChoice(QWidget):
    """The two days always show; changing one makes the period the user's own. A reversed pair is refused in place."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.kind_box = QComboBox(self)
        self.first_edit = day_edit(self.tr("First day"), self)
        self.last_edit = day_edit(self.tr("Last day, included"), self)
        self.hint = Hint(self)
        self._kept: tuple[Optional[date], Optional[date]] = (None, None)
        self._earliest: Optional[date] = None
        self._latest: Optional[date] = None
        self._reaches: Optional[date] = None
        self._filling = False
        for kind, words in (
            ("weeks4", self.tr("Last four whole weeks")),
            ("last7", self.tr("Last 7 days")),
            ("last28", self.tr("Last 28 days")),
            ("month", self.tr("Last month")),
            ("all", self.tr("All the data")),
            ("custom", self.tr("Other days")),
        ):
            self.kind_box.addItem(words, kind)
        self.kind_box.setAccessibleName(self.tr("Period"))
        self.setFocusProxy(self.kind_box)
        self._lay_out()
        self.kind_box.currentIndexChanged.connect(self._kind_changed)
        for edit in (self.first_edit, self.last_edit):
            edit.dateChanged.connect(self._day_changed)
        self.show_period(MOVING[0], None, None)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.kind_box, 0, 0, 1, 3)
        grid.addWidget(self.first_edit, 1, 0)
        self._dash = QLabel("–", self)
        grid.addWidget(self._dash, 1, 1)
        grid.addWidget(self.last_edit, 1, 2)
        grid.addWidget(self.hint, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def set_data(self, earliest: Optional[date], latest: Optional[date], reaches: Optional[date] = None) -> None:
        """Say what days the data have; None for no data.

        Parameters
        ----------
        earliest, latest : the first day, and the last complete one
        reaches : the last with any data, where later days are still filling
        """
        self._earliest, self._latest = earliest, latest
        self._reaches = latest if latest is None or reaches is None else max(latest, reaches)
        usable = latest is not None
        why = self.tr("There are no data yet, so there is no last complete day.")
        tip = self.tr("Ends at the last complete day: the data run over {days}.")
        if self._filling_days():
            tip += " " + self.tr("Later days are still filling.")
        for widget in (self.kind_box, self.first_edit, self.last_edit):
            widget.setEnabled(usable)
        for widget in (self.first_edit, self._dash, self.last_edit):
            widget.setVisible(usable)  # without data any day they showed would be made up
        self.kind_box.setToolTip(
            tip.replace("{days}", translated(period_in_words(earliest, latest))) if usable else why
        )

    def show_period(self, kind: str, first: Optional[date], last: Optional[date]) -> None:
        """Show a period: no signal."""
        self._filling = True
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind))
        self._kept = (first, last)
        for edit, day in ((self.first_edit, first or self._earliest), (self.last_edit, last or self._latest)):
            if day is not None:
                edit.setDate(QDate(day.year, day.month, day.day))
        self._filling = False
        self._show_hint()

    @property
    def kind(self) -> str:
        return str(self.kind_box.currentData())

    @property
    def days(self) -> tuple[Optional[date], Optional[date]]:
        """First and last day; (None, None) for all the data. A reversed pair leaves what was before."""
        return self._kept

    def _typed(self) -> tuple[date, date]:
        return self.first_edit.date().toPyDate(), self.last_edit.date().toPyDate()

    # --- what the user does -------------------------------------------------------------------------------------------

    def _kind_changed(self) -> None:
        if self._filling:
            return
        if self.kind == "custom":
            self._take_typed()
        elif self._latest is not None:
            self.show_period(self.kind, *days_of(self.kind, self._latest, self._earliest))
        self.changed.emit()

    def _day_changed(self) -> None:
        if self._filling:
            return
        self._filling = True
        self.kind_box.setCurrentIndex(self.kind_box.findData("custom"))
        self._filling = False
        self._take_typed()
        self.changed.emit()

    def _take_typed(self) -> None:
        first, last = self._typed()
        if first <= last:
            self._kept = (first, last)
        self._show_hint()

    def _show_hint(self) -> None:
        first, last = self._typed()
        if self.kind == "custom" and first > last:
            kept = FilterState(first=self._kept[0], last=self._kept[1])
            words = self.tr("The first day is after the last one: choose an earlier first day. Still showing {days}.")
            self.hint.warn(words.replace("{days}", translated(period_in_words(kept.first, kept.last))))
        elif self.kind == "custom" and self._outside(first, last):
            words = self.tr("The data run over {days} only.")
            self.hint.tell(words.replace("{days}", translated(period_in_words(self._earliest, self._reaches))))
        elif self.kind == "custom" and self._latest is not None and last > self._latest:
            words = self.tr("Days after {day} are still filling: they are shown, and not compared.")
            self.hint.tell(words.replace("{day}", translated(day_in_words(self._latest))))
        else:
            self.hint.tell("")

    def _outside(self, first: date, last: date) -> bool:
        """Whether some of the days are beyond the data."""
        return bool((self._earliest and first < self._earliest) or (self._reaches and last > self._reaches))

    def _filling_days(self) -> bool:
        """Whether the data reach beyond the last complete day."""
        return bool(self._latest and self._reaches and self._reaches > self._latest)

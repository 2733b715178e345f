"""The filter bar: a line of chips that say the filter, each with its editor; undo, saved views, reset.

Controls write a View (the FilterState, how its period was chosen, the comparison); the bar tells of it once a moment
after the last change, so that five clicks make one computation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsApplication
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QFrame, QLabel, QToolButton, QWidget

from ...core.filter_state import FilterState, period_in_words
from ..translated import translated
from ..widgets.calm_wheel import CalmWheel
from ..widgets.hint import Hint
from ..widgets.many_choice import Choice, ManyChoice
from .area_choice import AreaChoice
from .chip_words import chip_words, cut
from .chips import ChipRow
from .day_buttons import DayButtons
from .filter_words import Words
from .history import History
from .hour_choice import HourChoice
from .period_choice import PeriodChoice
from .view import COMPARISONS, View, period_of
from .views_menu import ViewsMenu

DEBOUNCE_MS = 150
FIRST_OF = {
    "area": "areaChoice",
    "period": "periodChoice",
    "hours": "hourChoice",
    "who": "unitChoice",
    "more": "modeChoice",
}


class FilterBar(QWidget):
    """The one filter of the dock. `changed` carries the new FilterState, once per pause of the user's."""

    changed = pyqtSignal(object)
    comparisonChanged = pyqtSignal(str)
    zoomRequested = pyqtSignal(object)  # tuple of area ids
    drawRequested = pyqtSignal()
    selectionRequested = pyqtSignal()

    areaChoice: AreaChoice
    periodChoice: PeriodChoice
    compareBox: QComboBox
    hourChoice: HourChoice
    dayButtons: DayButtons
    chipRow: ChipRow
    unitChoice: ManyChoice
    departmentChoice: ManyChoice
    roleChoice: ManyChoice
    resourceChoice: ManyChoice
    modeChoice: ManyChoice
    kindChoice: ManyChoice
    categoryChoice: ManyChoice
    keyTypeChoice: ManyChoice
    undoButton: QToolButton
    redoButton: QToolButton
    resetButton: QToolButton
    viewsButton: QToolButton
    summary: QLabel
    comparedHint: Hint
    refusedHint: Hint

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        uic.loadUi(str(Path(__file__).with_suffix(".ui")), self)
        self._words = Words()
        self._latest: Optional[date] = None
        self._view = self._announced = View()
        self._history = History(self._view)
        self._filling = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self.flush)
        self._many = {
            "units": self.unitChoice,
            "departments": self.departmentChoice,
            "officer_roles": self.roleChoice,
            "resources": self.resourceChoice,
            "modes": self.modeChoice,
            "kinds": self.kindChoice,
            "categories": self.categoryChoice,
            "key_types": self.keyTypeChoice,
        }
        self._dress()
        self._connect()
        self.set_choices([])

    # --- public -------------------------------------------------------------------------------------------------------

    def set_choices(
        self,
        areas: Iterable[tuple[str, str, str]],
        units: Iterable[str] = (),
        resources: Iterable[str] = (),
        modes: Iterable[str] = (),
        kinds: Iterable[str] = (),
        categories: Iterable[str] = (),
        key_types: Iterable[str] = (),
        latest: Optional[date] = None,
        earliest: Optional[date] = None,
        departments: Iterable[str] = (),
        officer_roles: Iterable[str] = (),
        reaches: Optional[date] = None,
    ) -> None:
        """Offer what the data hold; the filter stays, and a period such as "last four whole weeks" moves to the new last day.

        Parameters
        ----------
        areas : (id, name, role), in the order that next and previous go through within their group
        units, departments, officer_roles, resources, modes, kinds, categories, key_types : values as they stand in the tables
        latest, earliest : last complete day and first day of the data; None for no data
        reaches : last day with data, which may be still filling; the last complete one where it is not given
        """
        self._latest, self._earliest = latest, earliest
        self.areaChoice.set_areas(areas)
        values = (units, departments, officer_roles, resources, modes, kinds, categories, key_types)
        for (name, box), found in zip(self._many.items(), values):
            box.set_choices(Choice(value, self._words.of(name, value)) for value in dict.fromkeys(found))
        self.periodChoice.set_data(earliest, latest, reaches)
        for widget in (self.hourChoice, self.dayButtons):
            widget.setEnabled(latest is not None)
            widget.setToolTip("" if latest is not None else self._words.no_data)
        self._go(self._view.at(latest, earliest), step=self._timer.isActive())

    @property
    def state(self) -> FilterState:
        """The filter as the controls stand, announced already or not."""
        return self._view.state

    def set_state(self, state: FilterState, quiet: bool = False) -> None:
        """Show a filter; quietly: no signal, and no step to undo."""
        if state != self.state:
            likely = self._view.period
            self._go(
                replace(self._view, state=state, period=period_of(state, self._latest, likely, self._earliest)), quiet
            )
        elif quiet:
            self._settle()

    @property
    def view(self) -> View:
        """The filter with how its period was chosen and the comparison: what a project would keep."""
        return self._view

    def set_view(self, view: View, quiet: bool = False) -> None:
        """Show a view; a period that moves with the data ends at their last complete day."""
        self._go(view.at(self._latest, self._earliest), quiet)

    @property
    def comparison(self) -> str:
        """'none', 'before' or 'year'; 'none' while the period is all the data."""
        return self._view.compared

    @comparison.setter
    def comparison(self, value: str) -> None:
        if value not in COMPARISONS:
            raise ValueError(f"comparison = {value!r} is none of {', '.join(COMPARISONS)}")
        self._go(replace(self._view, comparison=value))

    def open_editor(self, name: str) -> None:
        """Show the editor of a chip, "" for none; the first control of it gets the focus."""
        for other in self.chipRow.chips:
            frame: QFrame = getattr(self, f"{other}Editor")
            frame.setVisible(other == name)
        if self.chipRow.open_chip != name:
            self.chipRow.open(name)
        if name:
            getattr(self, FIRST_OF[name]).setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Tell of a change now instead of in a moment."""
        self._timer.stop()
        shown, self._announced = self._announced, self._view
        self._history.do(self._view)
        self._show_steps()
        if shown.compared != self._view.compared:
            self.comparisonChanged.emit(self._view.compared)
        if shown.state != self._view.state:
            self.changed.emit(self._view.state)

    def undo(self) -> None:
        self.flush()
        self._go(self._history.undo().at(self._latest, self._earliest), step=False)

    def redo(self) -> None:
        self.flush()
        self._go(self._history.redo().at(self._latest, self._earliest), step=False)

    def reset(self) -> None:
        """All Impact Areas, the last four whole weeks, against the four before."""
        self._go(View(FilterState(timezone=self.state.timezone)).at(self._latest, self._earliest))

    # --- from the controls and to them --------------------------------------------------------------------------------

    def _touched(self) -> None:
        """A control was changed by the user."""
        if self._filling:
            return
        first, last = self.periodChoice.days
        hour_from, hour_to = self.hourChoice.hours
        state = replace(
            self.state,
            areas=self.areaChoice.chosen,
            first=first,
            last=last,
            hour_from=hour_from,
            hour_to=hour_to,
            weekdays=self.dayButtons.days,
            **{name: box.chosen for name, box in self._many.items()},
        )
        comparison = str(self.compareBox.currentData()) if self.compareBox.isEnabled() else self._view.comparison
        self._keep(View(state, self.periodChoice.kind, comparison))

    def _go(self, view: View, quiet: bool = False, step: bool = True) -> None:
        """Show a view in the controls and tell of it in a moment."""
        self._filling = True
        state = view.state
        self.areaChoice.set_chosen(state.areas)
        self.periodChoice.show_period(view.period, state.first, state.last)
        self.hourChoice.set_hours(state.hour_from, state.hour_to)
        self.dayButtons.set_days(state.weekdays)
        for name, box in self._many.items():
            box.set_chosen(getattr(state, name))
        self.compareBox.setCurrentIndex(self.compareBox.findData(view.comparison))
        self._filling = False
        if not step:
            self._history.replace(view)
        self._keep(view)
        if quiet:
            self._settle()

    def _keep(self, view: View) -> None:
        self._view = view
        self._show_words()
        self._show_steps()
        if view != self._announced:
            self._timer.start()
        else:
            self._timer.stop()

    def _settle(self) -> None:
        """Take the view as announced."""
        self._timer.stop()
        self._announced = self._view
        self._history.replace(self._view)
        self._show_steps()

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        """Icons, menus and words that a .ui file cannot hold."""
        for button, icon in ((self.undoButton, "mActionUndo"), (self.redoButton, "mActionRedo")):
            button.setIcon(QgsApplication.getThemeIcon(f"/{icon}.svg"))
        for name, box in self._many.items():
            box.set_words(*self._words.many[name])
        for value, words in self._words.comparisons.items():
            self.compareBox.addItem(words, value)
        for button in (self.undoButton, self.redoButton, self.resetButton, self.viewsButton):
            self.chipRow.add_button(button)
        self.viewsButton.setIcon(QgsApplication.getThemeIcon("/mActionShowBookmarks.svg"))
        self.viewsButton.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.viewsMenu = ViewsMenu(lambda: self._view, self)
        self.viewsButton.setMenu(self.viewsMenu)
        self.viewsButton.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        self.chipRow.opened.connect(self.open_editor)
        for part in (self.areaChoice, self.periodChoice, self.hourChoice, self.dayButtons):
            part.changed.connect(self._touched)
        for box in self._many.values():
            box.chosenChanged.connect(self._touched)
        self.compareBox.currentIndexChanged.connect(self._touched)
        self.areaChoice.zoomRequested.connect(self.zoomRequested)
        self.areaChoice.drawRequested.connect(self.drawRequested)
        self.areaChoice.selectionRequested.connect(self.selectionRequested)
        self.undoButton.clicked.connect(self.undo)
        self.redoButton.clicked.connect(self.redo)
        self.resetButton.clicked.connect(self.reset)
        self.viewsMenu.opened.connect(self.set_view)
        self.viewsMenu.refused.connect(self.refusedHint.warn)
        for box in (*self.findChildren(QComboBox), *self.findChildren(QAbstractSpinBox)):
            box.installEventFilter(self)
        CalmWheel(self).calm(self)

    def _show_words(self) -> None:
        """The filter and what it is compared with, in words; names cut so that one cannot fill the dock."""
        state, other = self.state, self._view.other
        short = {name: tuple(cut(v) for v in getattr(state, name)) for name in self._many}
        names = {i: cut(name) for i, name in self.areaChoice.names.items()}
        nothing = self._latest is None and state == FilterState(timezone=state.timezone)
        shown = translated(replace(state, **short).in_words(names))
        self.summary.setText(self._words.no_data if nothing else self._words.showing(shown))
        days = translated(period_in_words(other.first, other.last)) if other else ""
        self.comparedHint.tell(self._words.compared_with(days) if days else "")
        self.compareBox.setEnabled(state.days is not None)
        why = self._words.no_data if self._latest is None else self._words.no_comparison
        self.compareBox.setToolTip("" if state.days is not None else why)
        full = chip_words(self._view, self._words, names)
        year = self._latest.year if self._latest else None
        for name, (words, narrowed) in chip_words(self._view, self._words, names, year).items():
            self.chipRow.set_chip(name, words, narrowed, full[name][0])

    def _show_steps(self) -> None:
        pending = self._view != self._history.present
        self.undoButton.setEnabled(self._history.can_undo or pending)
        self.redoButton.setEnabled(self._history.can_redo and not pending)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep from the boxes undo, which they would swallow."""
        step = self._step_of(event) if event.type() == QEvent.Type.KeyPress else None
        if step:
            step()
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Claim undo and redo while the focus is in the bar: the window's own would undo edits of a layer."""
        if event.type() == QEvent.Type.ShortcutOverride and self._step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step_of(event)
        if step:
            step()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
        else:
            super().keyPressEvent(event)

    def _step_of(self, event: QKeyEvent) -> Optional[Callable[[], None]]:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo
        return self.redo if event.matches(QKeySequence.StandardKey.Redo) else None

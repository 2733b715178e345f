"""A page of charts, one at a time: which one is chosen here; clicking a cell, day or bar asks for that filter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QShowEvent
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.charts.chart_table import as_table
from ...core.charts.chart_words import WHATS
from ...core.charts.choice import AGAINST, AMONG, CHARTS, Chart, Choice, prepare
from ...core.errors import FileError, ImpactAreaError
from ...core.filter_state import FilterState
from ...core.marking import MARKING
from ...core.material.summary_tables import Material
from ...core.write_file import write_file
from ..translated import translated
from ..widgets.chart_view import ChartView
from ..widgets.flow_layout import FlowLayout
from ..widgets.hint import Hint


class ChartsPage(QWidget):
    """Charts of one filter, of some kinds; the boxes for what there is no choice of are hidden.

    `filterWanted` carries the FilterState of what was clicked; `choiceChanged` the Choice that the boxes now stand at, for a
    caller that prepares charts in a task; `pictureTaken` where a picture or a table went ("clipboard" or a path), for the record of runs.
    """

    filterWanted = pyqtSignal(object)
    choiceChanged = pyqtSignal(object)
    pictureTaken = pyqtSignal(str)

    def __init__(
        self,
        parent: Optional[QWidget] = None,
        marking: str = MARKING,
        kinds: Sequence[str] = tuple(CHARTS),
        whats: Sequence[str] = tuple(WHATS),
        against: str = Choice().against,
    ) -> None:
        super().__init__(parent)
        self._kinds, self._whats, self._against = tuple(kinds), tuple(whats), against
        self.marking = marking
        self._data: Optional[tuple[Material, FilterState]] = None
        self._chart: Optional[Chart] = None
        self._stale = False
        self._filling = False
        self._own_against = False  # whether the user chose what to compare with
        self._build()
        self._offer()

    # --- public -------------------------------------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        """The chart that the boxes stand at."""
        kind = str(self.chartBox.currentData())
        apart = kind in AMONG and self.whatBox.currentData() == "presence" and self.apartBox.isChecked()
        what = str(self.whatBox.currentData()) if kind in AMONG else "presence"
        beside = kind in ("week", "series") and self.besideBox.isChecked()
        return Choice(kind, what, str(self.againstBox.currentData()), apart, beside)

    def set_choice(self, choice: Choice) -> None:
        """Turn the boxes to a chart."""
        if choice == self.choice:
            return
        self._filling = True
        self.chartBox.setCurrentIndex(self.chartBox.findData(choice.kind))
        self._offer()
        self.whatBox.setCurrentIndex(max(0, self.whatBox.findData(choice.what)))
        self.againstBox.setCurrentIndex(self.againstBox.findData(choice.against))
        self.apartBox.setChecked(choice.apart)
        self.besideBox.setChecked(choice.beside)
        self._filling = False
        self._chosen()

    def suggest(self, against: str) -> None:
        """What to compare with where the user has not said: of a filter that leaves no incidents, their hours are no answer."""
        place = self.againstBox.findData(against)
        if not self._own_against and place >= 0:
            self._filling = True
            self.againstBox.setCurrentIndex(place)
            self._filling = False

    @property
    def chart(self) -> Optional[Chart]:
        """What is shown."""
        return self._chart

    def show_material(self, material: Material, state: FilterState) -> None:
        """Show a filter; computed here and now, or when the page is next seen."""
        self._data = (material, state)
        self._compute()

    def show_prepared(self, chart: Chart) -> bool:
        """Show a chart that :func:`prepare` made elsewhere; False if the boxes have been turned to another meanwhile."""
        if chart.choice != self.choice:
            return False
        self._chart, self._stale = chart, False
        self.redraw()
        return True

    def clear(self) -> None:
        """Show nothing, for there is no data any more."""
        self._data = self._chart = None
        self.redraw()

    def copy_picture(self) -> bool:
        """Lay the chart on the clipboard as a picture; False where there is none, or it has restricted cells."""
        data = self.view.picture("png") if self._chart is not None and not self._chart.restricted else None
        if data is None:
            return False
        QApplication.clipboard().setImage(QImage.fromData(data, "PNG"))
        self.hint.tell(self.tr("The picture is on the clipboard."))
        self.pictureTaken.emit("clipboard")
        return True

    def copy_table(self) -> bool:
        """Lay the values that are drawn on the clipboard as a table; False where there is none, or it has restricted cells."""
        text = translated(as_table(self._chart)) if self._chart is not None else ""
        if not text:
            return False
        QApplication.clipboard().setText(text)
        self.hint.tell(self.tr("The table is on the clipboard."))
        self.pictureTaken.emit("clipboard")
        return True

    def save_picture(self, path: str) -> bool:
        """Save the chart as PNG, SVG or PDF, by the ending of the path; without one as PNG."""
        if self._chart is not None and self._chart.restricted:
            self.hint.warn(self.tr("A chart of restricted cells is not saved."))
            return False
        kind = Path(path).suffix.lower().lstrip(".")
        if not kind:
            path, kind = f"{path}.png", "png"
        if kind not in ("png", "svg", "pdf"):
            self.hint.warn(self.tr("Pictures are saved as .png, .svg or .pdf."))
            return False
        data = self.view.picture(kind) if self._chart is not None else None
        if data is None:
            return False
        try:
            write_file(path, data)
        except FileError as error:
            self.hint.warn(
                self.tr("The picture could not be saved: {why}").replace("{why}", translated(error.sentence))
            )
            return False
        self.hint.tell(self.tr("Saved: {path}").replace("{path}", path))
        self.pictureTaken.emit(path)
        return True

    def redraw(self) -> None:
        """Draw what is shown at the present size; postponed while the page is not seen."""
        if not self.isVisible():
            return
        able = self.view.prepared()
        if not able:
            self.hint.warn(
                self.tr(
                    "Charts need matplotlib 3.5 or later, which QGIS's Python does not have. Everything else is there without it."
                )
            )
        ready = self._chart is not None and able
        for widget in (self.view, self.tip):
            widget.setVisible(ready)
        for button in (self.copyButton, self.saveButton):
            button.setEnabled(ready and not self._chart.restricted)
        # The table needs no matplotlib: who cannot see the chart, or cannot draw it, has it all the same.
        self.tableButton.setEnabled(self._chart is not None and not self._chart.restricted)
        if ready:
            self.view.show_chart(self._chart)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.chartBox, self.whatBox, self.againstBox = QComboBox(self), QComboBox(self), QComboBox(self)
        self.againstLabel = QLabel(self.tr("a&gainst"), self)
        self.againstLabel.setBuddy(self.againstBox)
        self.apartBox = QCheckBox(self.tr("Without &linked time"), self)
        self.apartBox.setToolTip(self.tr("Leave out officers' time that is linked to incidents, stops and searches."))
        self.besideBox = QCheckBox(self.tr("Comparison &areas instead"), self)
        self.besideBox.setToolTip(self.tr("The same of the comparison areas, which were not chosen at random."))
        self.hint, self.tip = Hint(self), QLabel(self)
        self.tip.setWordWrap(True)
        self.tip.setTextFormat(Qt.TextFormat.PlainText)
        self.copyButton = QPushButton(
            QgsApplication.getThemeIcon("/mActionEditCopy.svg"), self.tr("&Copy picture"), self
        )
        self.tableButton = QPushButton(
            QgsApplication.getThemeIcon("/mActionEditTable.svg"), self.tr("Copy &table"), self
        )
        self.saveButton = QPushButton(
            QgsApplication.getThemeIcon("/mActionFileSave.svg"), self.tr("Sa&ve picture…"), self
        )
        self.view = ChartView(self)
        for box, name in (
            (self.chartBox, self.tr("Chart")),
            (self.whatBox, self.tr("What the chart shows")),
            (self.againstBox, self.tr("What it is compared with")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for kind in self._kinds:
            self.chartBox.addItem(self._words()[kind], kind)
        for what in AGAINST:
            self.againstBox.addItem(self._words()[what], what)
        self.againstBox.setCurrentIndex(self.againstBox.findData(self._against))
        self._lay_out()
        self.chartBox.currentIndexChanged.connect(self._turned)
        for box in (self.whatBox, self.againstBox):
            box.currentIndexChanged.connect(self._chosen)
        self.againstBox.activated.connect(lambda _place: setattr(self, "_own_against", True))
        for tick in (self.apartBox, self.besideBox):
            tick.toggled.connect(self._chosen)
        self.chartBox.setVisible(len(self._kinds) > 1)
        self.copyButton.clicked.connect(self.copy_picture)
        self.tableButton.clicked.connect(self.copy_table)
        self.saveButton.clicked.connect(self._ask_and_save)
        self.view.wanted.connect(self.filterWanted)
        self.view.said.connect(self._tell)

    def _lay_out(self) -> None:
        compared, buttons, ticks = QHBoxLayout(), FlowLayout(), FlowLayout()
        for widget in (self.whatBox, self.againstLabel, self.againstBox):
            compared.addWidget(widget)
        for widget in (self.copyButton, self.tableButton, self.saveButton):
            buttons.addWidget(widget)
        page = QVBoxLayout(self)
        page.addWidget(self.chartBox)
        page.addLayout(compared)
        for tick in (self.apartBox, self.besideBox):
            ticks.addWidget(tick)
        page.addLayout(ticks)
        page.addWidget(self.view, 1)
        page.addWidget(self.tip)
        page.addLayout(buttons)
        page.addWidget(self.hint)
        page.addStretch(0)
        page.setContentsMargins(0, 0, 0, 0)

    def _words(self) -> dict[str, str]:
        return {
            "week": self.tr("Hours of the week"),
            "places": self.tr("Area by area, on two maps"),
            "series": self.tr("Day by day"),
            "unit": self.tr("By unit"),
            "department": self.tr("By department"),
            "officer_role": self.tr("By role"),
            "resource_type": self.tr("By resource type"),
            "visits": self.tr("Length of visit"),
            "activity": self.tr("Activity"),
            "presence": self.tr("Presence"),
            "searches": self.tr("Stops and searches"),
            "crimes": self.tr("Crimes"),
            "incidents": self.tr("Incidents"),
            "demand": self.tr("Crimes and incidents"),
        }

    def _offer(self) -> None:
        """The boxes that a chart has."""
        kind, before, filling = str(self.chartBox.currentData()), self.whatBox.currentData(), self._filling
        self._filling = True
        self.whatBox.clear()
        for what in (w for w in AMONG.get(kind, ()) if w in self._whats):
            self.whatBox.addItem(self._words()[what], what)
        self.whatBox.setCurrentIndex(max(0, self.whatBox.findData(before)))
        self._filling = filling
        self.whatBox.setVisible(kind in AMONG and self.whatBox.count() > 1)
        self.besideBox.setVisible(kind in ("week", "series"))
        for widget in (self.againstLabel, self.againstBox):
            widget.setVisible(kind in ("week", "places"))
        self.apartBox.setVisible(kind in AMONG and self.whatBox.currentData() == "presence")

    def _turned(self) -> None:
        if not self._filling:
            self._offer()
            self._chosen()

    def _chosen(self) -> None:
        if self._filling:
            return
        self.apartBox.setVisible(self.choice.kind in AMONG and self.whatBox.currentData() == "presence")
        self._compute()
        self.choiceChanged.emit(self.choice)

    def _compute(self) -> None:
        self.hint.tell("")
        if self._data is None:
            return
        if not self.isVisible():
            self._stale = True
            return
        try:
            self.show_prepared(prepare(*self._data, self.choice, marking=self.marking))
        except ImpactAreaError as error:
            self._chart = None
            self.redraw()
            self.hint.warn(translated(error.sentence))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._data is not None:
            self._compute()
        else:
            self.redraw()

    def _tell(self, words: str) -> None:
        self.tip.setText(words)

    def _ask_and_save(self) -> None:
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save picture"), "", kinds)
        if path:
            self.save_picture(path)

"""The page of figures: the headline, each figure here, earlier and in comparison areas, and copies of them."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from ...core.filter_state import listed
from ...core.words import DASH
from ..translated import translated
from ..widgets.as_it_is import sentence_label
from ..widgets.flow_layout import FlowLayout
from ..widgets.plain_table import text_item

HEADS = ("", "Here", "Earlier", "Comparison\nareas")
NOTE_LINES = 6


class FiguresPage(QWidget):  # type: ignore[misc]
    """Shows Figures; `traceWanted` when what stands behind one is asked for."""

    traceWanted = pyqtSignal(str)  # key of the figure
    copied = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._figures: Any = None
        self._names: dict[str, str] = {}
        self._as_of = ""
        self.where = self.told_share = ""  # the places, and their share of all officer time, in words
        self.headline = sentence_label(self, bold=True, size=1.15)
        self.table = QTableWidget(0, len(HEADS), self)
        self.table.setAccessibleName(self.tr("Figures"))
        font = QFont(self.table.font())
        font.setPointSizeF(0.92 * font.pointSizeF())  # three columns with their ranges fit beside the labels
        self.table.setFont(font)
        self.notes = sentence_label(self)
        self.copy_table_button = QPushButton(self.tr("Copy table"), self)
        self.copy_answer_button = QPushButton(self.tr("Copy answer"), self)
        self.trace_button = QPushButton(self.tr("Behind it…"), self)
        behind = self.tr("Visits, legs and fixes behind the figure; a purpose is asked for and recorded.")
        self.trace_button.setToolTip(behind)
        self._tips = {
            self.copy_table_button: "",
            self.copy_answer_button: self.tr(
                "Two sentences on the figure chosen, with its range, comparison and number."
            ),
        }
        self._lay_out()
        self.copy_table_button.clicked.connect(self.copy_table)
        self.copy_answer_button.clicked.connect(lambda: self.copy_answer())
        self.trace_button.clicked.connect(lambda: self.traceWanted.emit(self.chosen))
        self.show_nothing()

    def show_nothing(self, why: str = "") -> None:
        """No figures: say what to do."""
        self._figures = None
        self.headline.setText(why or self.tr("Open the force's store to see figures."))
        self.table.setRowCount(0)
        self.notes.setText("")
        self._enable()

    def show_figures(self, figures: Any, names: dict[str, str], as_of: str = "", refused: str = "") -> None:
        """Show the figures of a filter.

        Parameters
        ----------
        refused : what is said elsewhere on the screen of officer time that is not told, and is not said again here
        """
        from ...core.answers.figure_words import lines_of

        self._figures, self._names, self._as_of = figures, names, as_of
        rows = lines_of(figures)
        self.where = translated(listed([names.get(a, a) for a in figures.state.areas])) or self.tr("Impact Areas")
        if refused:
            self.told_share = self.tr("officer time is not told for this filter")
        elif rows[0]["here"][0] == DASH:
            self.told_share = self.tr("not known, {0}").format(translated(rows[0]["why"]))
        else:
            state = figures.state
            part = state.groups or state.modes
            whole = self.tr("officer time under this filter") if part else self.tr("all observed officer time")
            self.told_share = self.tr("{0} of {1}").format(translated(rows[0]["here"][0]), whole)
        self.headline.setText(f"{self.where}: {self.told_share}")
        kept = self.chosen
        self.table.setRowCount(len(rows))
        for i, row in enumerate(rows):
            # The same statistic stands on the same line of every column.
            tip = translated(row["tip"])
            self._put(i, 0, "\n    ".join(map(translated, row["label"])), tip, row["key"])
            for k, column in enumerate(("here", "earlier", "comparison"), 1):
                self._put(i, k, "\n".join(map(translated, row[column])), tip)
        self.table.resizeRowsToContents()
        self._fit()
        self._choose(kept or "officer_hours")
        number = self.tr("Figure {0} · data as of {1}").format(figures.number, as_of or self.tr("unknown"))
        beside = [translated(note) for note in figures.notes if note != refused]
        self.notes.setText("\n".join([translated(figures.state.in_words(names)), number, *beside]))
        self._enable()

    @property
    def chosen(self) -> str:
        """Key of the figure chosen, '' for none."""
        row = self.table.currentRow()
        item = self.table.item(row, 0) if row >= 0 else None
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    @property
    def chosen_label(self) -> str:
        """Label of the figure chosen, '' for none."""
        row = self.table.currentRow()
        return str(self.table.item(row, 0).text()).partition("\n")[0] if row >= 0 else ""

    @property
    def restricted(self) -> bool:
        """Whether figures of restricted cells are shown, which are not copied."""
        return self._figures is not None and bool(self._figures.purpose)

    def copy_table(self) -> None:
        """All figures as a table, to the clipboard."""
        from ...core.answers.figure_words import as_table

        if self.restricted:
            return
        QApplication.clipboard().setText(translated(as_table(self._figures, self._names, self._as_of)))
        self.copied.emit()

    def copy_answer(self, key: str = "", before: str = "") -> None:
        """A figure as an answer, to the clipboard: the one chosen, or one by its key; with words before it, as of its tile."""
        from ...core.answers.figure_words import as_answer

        if self.restricted or self._figures is None:
            return
        answer = translated(as_answer(self._figures, key or self.chosen or "officer_hours", self._names, self._as_of))
        QApplication.clipboard().setText("\n".join(words for words in (before, answer) if words))
        self.copied.emit()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _choose(self, key: str) -> None:
        for i in range(self.table.rowCount()):
            if self.table.item(i, 0).data(Qt.ItemDataRole.UserRole) == key:
                self.table.setCurrentCell(i, 0)

    def _put(self, row: int, column: int, text: str, tip: str = "", key: str = "") -> None:
        item = text_item(text)
        item.setToolTip(tip)
        if key:
            item.setData(Qt.ItemDataRole.UserRole, key)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(int(side | Qt.AlignmentFlag.AlignTop))
        self.table.setItem(row, column, item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The labels have what the figures leave, and their own width at the least."""
        header, room = self.table.horizontalHeader(), self.table.viewport().width()
        columns = range(1, len(HEADS))
        figures = sum(max(self.table.sizeHintForColumn(k), header.sectionSizeHint(k)) for k in columns)
        label = self.table.sizeHintForColumn(0)
        if self.table.rowCount() and figures + label > room:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(0, label)
        else:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _notes_area(self) -> QScrollArea:
        """The notes, which may be many, in a few lines: the figures come first on a small screen."""
        area = QScrollArea(self)
        area.setWidget(self.notes)
        area.setAccessibleName(self.tr("What must be said beside the figures"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = self.notes.fontMetrics().lineSpacing()
        area.setMinimumHeight(2 * line)
        area.setMaximumHeight(NOTE_LINES * line + 4)
        for part in (area.viewport(), self.notes):
            part.setAutoFillBackground(False)
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return area

    def _enable(self) -> None:
        self.trace_button.setEnabled(self._figures is not None)
        for button, tip in self._tips.items():
            button.setEnabled(self._figures is not None and not self.restricted)
            button.setToolTip(self.tr("Restricted figures are not copied.") if self.restricted else tip)

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels([self.tr(h) for h in HEADS])
        self.table.horizontalHeaderItem(3).setToolTip(
            self.tr(
                "Line by line the same statistic as under “Here”: the areas together; per km² what grows with size; median and range of single areas. Not chosen at random."
            )
        )
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)  # a label of two lines would push its figures beside another's
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        layout, buttons = QVBoxLayout(self), FlowLayout()
        layout.setContentsMargins(6, 6, 6, 6)
        for button in (self.copy_table_button, self.copy_answer_button, self.trace_button):
            buttons.addWidget(button)
        layout.addWidget(self.headline)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._notes_area())
        layout.addLayout(buttons)

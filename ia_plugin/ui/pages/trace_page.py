"""The page behind a figure: visits, and for the one chosen its legs and fixes with the way back to the source system."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.filter_state import MONTHS
from ...core.words import DASH, count_of, number, with_range
from ..map.roles import file_of
from ..translated import translated
from ..widgets.as_it_is import plain_label
from ..widgets.flow_layout import FlowLayout
from ..widgets.plain_table import rows_table, text_item

NOT_THE_ROUTE = "Fixes are radio reports; the line between them is not the route. Not evidence of where an officer was or what they could see."
VISIT_HEADS = ("Area", "Officer-day", "Entered", "Left", "Minutes (likely)")
FIX_HEADS = ("Time", "Easting", "Northing", "Source")


class TracePage(QWidget):  # type: ignore[misc]
    """Shows a Trace; `visitChosen` asks for what is behind one, `mapWanted` for its extent on the map, `journeyWanted` for its officer-day."""

    visitChosen = pyqtSignal(object)  # visit_id
    mapWanted = pyqtSignal(object)  # QgsGeometry in the store's system
    journeyWanted = pyqtSignal(object)  # visit_id

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._legs: Any = None
        self._fixes: Any = None
        self._zone = "Europe/London"
        self.title = plain_label(self.tr("Choose a figure on the page Table and press “Behind it…”."), self)
        self.title.setWordWrap(True)
        self.visits = _table(self, [self.tr(h) for h in VISIT_HEADS], self.tr("Visits"))
        self.visits.horizontalHeaderItem(4).setToolTip(
            self.tr(
                "Time inside, with its likely range: less than from entry to exit where the way may have led outside."
            )
        )
        self.fixes = _table(self, [self.tr(h) for h in FIX_HEADS], self.tr("Reports of the visit"))
        self.caveat = plain_label(self.tr(NOT_THE_ROUTE), self)
        self.caveat.setWordWrap(True)
        self.map_button = QPushButton(self.tr("Select on the map"), self)
        self.journey_button = QPushButton(self.tr("Show this officer-day…"), self)
        self.journey_button.setToolTip(
            self.tr("The reports of this officer on that day, one by one; the opening is recorded.")
        )
        self._enable(False)
        layout, row = QVBoxLayout(self), FlowLayout()
        layout.setContentsMargins(6, 6, 6, 6)
        row.addWidget(self.journey_button)
        row.addWidget(self.map_button)
        for widget in (self.title, self.visits, self.fixes, self.caveat):
            layout.addWidget(widget, 2 if widget is self.visits else 1 if widget is self.fixes else 0)
        layout.addLayout(row)
        self.visits.itemSelectionChanged.connect(self._chosen)
        self.journey_button.clicked.connect(lambda: self.journeyWanted.emit(self.visit_id))
        self.map_button.clicked.connect(lambda: self.mapWanted.emit(self.shape()))

    def show_trace(self, trace: Any, names: dict[str, str], said: str, timezone: str) -> None:
        """Show the visits behind a figure."""
        self._zone = timezone
        self._legs = self._fixes = None
        self.fixes.setRowCount(0)
        self._enable(False)
        shown = self.tr("{0:,} visits, the latest {1:,} shown").format(trace.found, len(trace.visits))
        self.title.setText(
            f"{said}\n{shown if trace.found > len(trace.visits) else translated(count_of(trace.found, 'visits'))}"
        )
        self.visits.blockSignals(True)
        self.visits.setRowCount(len(trace.visits))
        for i, row in enumerate(trace.visits.to_dict("records")):
            cells = (
                names.get(row["area_id"], row["area_id"]),
                row["officer_day"][:9],
                self._clock(row["enter"]),
                self._clock(row["leave"]),
                _minutes(row),
            )
            for k, text in enumerate(cells):
                self.visits.setItem(i, k, _cell(text, row["visit_id"] if k == 0 else None))
        self.visits.clearSelection()
        self.visits.resizeColumnsToContents()
        self.visits.blockSignals(False)

    def show_behind(self, legs: Any, fixes: Any, left_out: int = 0) -> None:
        """Show the legs and fixes of the visit chosen, and say how many reports are left out."""
        self._legs, self._fixes = legs, fixes
        kept = self.tr("{0} left out: a rest that may be at home, and the way to it.")
        words = [kept.format(translated(count_of(left_out, "reports")))] if left_out else []
        self.caveat.setText(" ".join([*words, self.tr(NOT_THE_ROUTE)]))
        self.fixes.setRowCount(len(fixes))
        for i, row in enumerate(fixes.to_dict("records")):
            cells = (
                self._clock(row["time"], "%d %b %H:%M:%S"),
                number(row["x"], "m"),
                number(row["y"], "m"),
                translated(row.get("source") or row.get("source_ref") or DASH),
            )
            for k, text in enumerate(cells):
                self.fixes.setItem(i, k, _cell(text))
        self.fixes.resizeColumnsToContents()
        self._enable(len(fixes) > 0)

    def clear(self) -> None:
        """Show nothing of anybody."""
        self._legs = self._fixes = None
        self.caveat.setText(self.tr(NOT_THE_ROUTE))
        for table in (self.visits, self.fixes):
            table.setRowCount(0)
        self._enable(False)

    def shape(self) -> QgsGeometry:
        """The fixes of the visit shown, as a line or a point in the store's reference system."""
        points = (
            []
            if self._fixes is None
            else [QgsPointXY(x, y) for x, y in zip(self._fixes["x"], self._fixes["y"]) if x == x and y == y]
        )
        if len(points) == 1:
            return QgsGeometry.fromPointXY(points[0])
        return QgsGeometry.fromPolylineXY(points) if points else QgsGeometry()

    def select_in(self, project: QgsProject, path: Optional[Path] = None) -> int:
        """Select the legs and fixes shown in the project's layers of them, of one file where given; how many were found."""
        found = 0
        for layer in project.mapLayers().values():
            if not isinstance(layer, QgsVectorLayer) or self._fixes is None:
                continue
            if path is not None and file_of(layer) != Path(path):
                continue  # the same numbers name other legs in another file
            names = set(layer.fields().names())
            if "leg_id" in names and self._legs is not None and "area_id" not in names:
                found += _select(layer, "leg_id", [str(int(i)) for i in self._legs["leg_id"]])
            elif {"source_ref", "time"} <= names and "source_ref" in self._fixes.columns:
                words = ["'" + str(w).replace("'", "''") + "'" for w in self._fixes["source_ref"].dropna()]
                found += _select(layer, "source_ref", words)
        return found

    @property
    def visit_id(self) -> Any:
        """The visit chosen; None for none."""
        row = self.visits.currentRow()
        item = self.visits.item(row, 0) if row >= 0 else None
        return item.data(Qt.ItemDataRole.UserRole) if item is not None and self.visits.selectedItems() else None

    def clocks(self) -> list[str]:
        """hh:mm of the fixes shown that have a position."""
        if self._fixes is None:
            return []
        placed = self._fixes[["x", "y"]].notna().all(axis=1)
        return [self._clock(t, "%H:%M") for t in self._fixes.loc[placed, "time"]]

    def _chosen(self) -> None:
        if self.visit_id is not None:
            self.visitChosen.emit(self.visit_id)

    def _enable(self, any_fixes: bool) -> None:
        for button in (self.journey_button, self.map_button):
            button.setEnabled(any_fixes)

    def _clock(self, moment: Any, form: str = "%d %b %H:%M") -> str:
        from ...core.times.civil import pandas_zone

        local = moment.tz_convert(pandas_zone(self._zone))
        return f"{local:{form.replace('%b', translated(MONTHS[local.month - 1]))}}"

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


def _select(layer: QgsVectorLayer, field: str, values: list[str]) -> int:
    if not values:
        return 0
    layer.selectByExpression(f'"{field}" IN ({", ".join(values)})')
    return int(layer.selectedFeatureCount())


def _minutes(row: dict[str, Any]) -> str:
    from ...core.presence.likely import likely_range

    minutes, sd = row["seconds"] / 60, row.get("seconds_sd")
    return translated(with_range(minutes, *likely_range(minutes, float("nan") if sd is None else sd / 60)))


def _cell(text: str, data: Any = None) -> QTableWidgetItem:
    item = text_item(text)
    if data is not None:
        item.setData(Qt.ItemDataRole.UserRole, data)
    return item


def _table(parent: QWidget, heads: list[str], name: str) -> QTableWidget:
    """Columns as wide as the user makes them: there may be thousands of rows, and none is measured."""
    table = rows_table(heads, name, parent)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.horizontalHeader().setStretchLastSection(True)
    table.resizeColumnsToContents()  # before there are any rows, as wide as the words above them
    return table

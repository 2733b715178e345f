"""The paper a chart is drawn on: as wide as the dock, as high as the chart needs, pointed at by mouse or keys.

Matplotlib is imported with the first drawing: it is slow to load, and may be missing.
"""

from __future__ import annotations

import io
from typing import Any, Optional

from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QWidget

from ...core.charts.chart_cells import cell_in_words, narrowed
from ...core.charts.chart_table import as_sentence
from ...core.charts.choice import Chart
from ...core.charts.draw import draw, least_height, outline, place
from ..translated import translated

REDRAW_MS = 60  # after the last change of size
PICTURE_DPI = 200
LEAST_WIDTH = 200  # pixels
STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
HERE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QScrollArea):
    """Shows a chart. `wanted` carries the FilterState of what was clicked, `said` what lies under mouse or cursor."""

    wanted = pyqtSignal(object)
    said = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.figure: Any = None
        self.canvas: Any = None
        self._chart: Optional[Chart] = None
        self._cursor = (0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)  # the chart scrolls: on a small screen the verdict and the tiles come first
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def prepared(self) -> bool:
        """Whether there is something to draw on; matplotlib takes the Qt that is loaded already, which is QGIS's."""
        if self.canvas is None:
            try:
                from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
                from matplotlib.figure import Figure
            except ImportError:
                return False
            self.figure = Figure(dpi=100)
            self.canvas = FigureCanvasQTAgg(self.figure)
            self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.canvas.installEventFilter(self)
            self.canvas.mpl_connect("resize_event", lambda _: self._timer.start())
            self.canvas.mpl_connect("button_press_event", self._clicked)
            self.canvas.mpl_connect("motion_notify_event", self._hovered)
            self.setWidget(self.canvas)
            self.setFocusProxy(self.canvas)
        return True

    def show_chart(self, chart: Chart) -> None:
        """Draw a chart; the cursor stays where the chart is of the same kind."""
        before = self._chart
        if before is None or (before.shape, before.choice.kind) != (chart.shape, chart.choice.kind):
            self._cursor = (0, 0)
        self._chart = chart
        self.redraw()

    def redraw(self) -> None:
        """Draw at the present size."""
        self._timer.stop()
        if self._chart is None or not self.prepared():
            return
        dots = float(self.figure.dpi) / float(self.canvas.device_pixel_ratio)  # of the screen's measure to the inch
        # As if the bar were there always: its coming and going must not change the height that it comes and goes by.
        width = max(self.width() - self.verticalScrollBar().sizeHint().width(), LEAST_WIDTH) / dots
        needed = int(least_height(self._chart, width, translated) * dots)
        self.canvas.setMinimumHeight(needed)
        self.setMinimumHeight(needed)  # what is around it scrolls, not the chart in itself
        # A little more than the canvas: what is rounded down would leave a line of the last drawing at the edge.
        size = [(pixels + 0.01) / dots for pixels in (self.canvas.width(), self.canvas.height())]
        self.figure.set_size_inches(*size, forward=False)
        draw(self.figure, self._chart, translated)
        self.canvas.setAccessibleName(translated(self._chart.title))
        chart = self._chart
        words = [translated(w) for w in (as_sentence(chart), chart.subtitle, chart.lead, *chart.notes) if w]
        self.canvas.setAccessibleDescription(" ".join(words))
        self._point(self.canvas.hasFocus())

    def picture(self, kind: str) -> Optional[bytes]:
        """The chart as it is seen, without the cursor, as png, svg or pdf; None where there is none."""
        if self._chart is None or not self.prepared():
            return None
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=tuple(self.figure.get_size_inches()))
        FigureCanvasAgg(figure)
        draw(figure, self._chart, translated)
        out = io.BytesIO()
        figure.savefig(out, format=kind, dpi=PICTURE_DPI)
        return out.getvalue()

    # --- pointing -----------------------------------------------------------------------------------------------------

    def _under(self, event: Any) -> Optional[tuple[int, int]]:
        if self._chart is None or event.inaxes is None or event.inaxes.get_gid() != "data":
            return None
        return place(self._chart, event.xdata, event.ydata)

    def _clicked(self, event: Any) -> None:
        at = self._under(event)
        if at is not None and int(event.button) == 1:
            self._cursor = at
            self._ask()

    def _hovered(self, event: Any) -> None:
        at = self._under(event)
        chart = self._chart if at is not None else None
        self.said.emit(translated(cell_in_words(chart, *at)) if chart is not None and at is not None else "")
        can = chart is not None and at is not None and narrowed(chart, *at) is not None
        self.canvas.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)

    def _ask(self) -> None:
        """Ask for the filter of what the cursor is on."""
        state = narrowed(self._chart, *self._cursor) if self._chart is not None else None
        if state is not None and self._chart is not None and state != self._chart.state:
            self.wanted.emit(state)

    def _point(self, shown: bool) -> None:
        """Show the cursor and say what is under it, or hide it."""
        if self._chart is None:
            return
        outline(self.figure, self._chart, *(self._cursor if shown else (-1, -1)))
        self.said.emit(translated(cell_in_words(self._chart, *self._cursor)) if shown else "")
        self.canvas.draw_idle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys, focus and wheel of the canvas, which would keep them to itself."""
        if watched is not self.canvas:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind == QEvent.Type.Wheel:
            event.ignore()
            return True
        if kind == QEvent.Type.KeyPress and self._key(event):
            return True
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._point(kind == QEvent.Type.FocusIn)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Arrows move over the chart, Return asks for what is under the cursor."""
        step = STEPS.get(event.key())
        if step is not None and self._chart is not None:
            row, column = (
                min(max(at + by, 0), max(n - 1, 0)) for at, by, n in zip(self._cursor, step, self._chart.shape)
            )
            self._cursor = (row, column)
            self._point(True)
            return True
        if event.key() in HERE:
            self._ask()
            return True
        return False

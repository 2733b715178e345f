"""What stands behind a figure: the movement of single officers, for a purpose that is recorded with each look."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Optional

import pandas as pd
from qgis.core import QgsCoordinateTransform, QgsGeometry
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..core.errors import ImpactAreaError
from ..core.resources import plugin_version
from .controller import Controller
from .pages.figures_page import FiguresPage
from .pages.trace_page import TracePage
from .purpose import Purpose
from .refusals import refusals_to
from .translated import translated


class Behind(QObject):  # type: ignore[misc]
    """Visits, legs and fixes of the restricted store, on a page and on the map; nothing is shown where a look cannot be recorded.

    Signals
    -------
    shown : the page has visits
    visitShown : the fixes of the visit chosen, with what joins each to the next, and their clock readings
    cleared : nothing is looked at any more
    """

    shown = pyqtSignal()
    visitShown = pyqtSignal(object, object)
    cleared = pyqtSignal()

    def __init__(
        self,
        controller: Controller,
        page: TracePage,
        figures: FiguresPage,
        purpose: Purpose,
        say: Callable[[str, bool], None],
        canvas: Any = None,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._page, self._figures = controller, page, figures
        self._purpose, self._say, self._canvas = purpose, say, canvas
        self._tracer: Any = None

    def clear(self) -> None:
        """Nothing is looked at any more: another store is opened."""
        self._tracer = None
        self._page.clear()
        self.cleared.emit()

    @property
    def tracer(self) -> Any:
        """The look into the restricted store; None before a purpose was stated."""
        return self._tracer

    def ask_movement(self, _checked: bool = False) -> None:
        """Legs, tracks and fixes into the project, for a purpose, which is recorded."""
        purpose = self._purpose.ask(self.parent()) if self._may_look() else None
        if purpose is not None:
            self.show_movement(purpose)

    def show_movement(self, purpose: str) -> None:
        """Add the layers of movement; nothing is shown where the opening cannot be recorded."""
        from .map.store_layers import add_movement_layers

        with refusals_to(self._say):
            self._tracer = self._tracer or self._new_tracer(purpose)
            self._tracer.opened("layers of movement", at=pd.Timestamp.now(tz="UTC"))
            add_movement_layers(self._controller.project, self._tracer.path)

    def ask_trace(self, key: str) -> None:
        """The visits behind a figure, for a purpose that the user chooses."""
        purpose = self._purpose.ask(self.parent()) if self._may_look() else None
        if purpose is not None:
            self.show_trace(key, purpose)

    def _may_look(self) -> bool:
        """Whether this user can look into the restricted file; why not is said, and no purpose is asked for nothing."""
        why = self._controller.why_no_look()
        if why:
            self._say(why, True)
        return not why

    def show_trace(self, key: str, purpose: str) -> None:
        """The visits behind a figure, for a purpose; in the background."""
        from ..core.material.measures import OF_EVENTS
        from ..core.material.own_area import OWN

        controller = self._controller
        if key in OF_EVENTS:
            self._say(
                self.tr(
                    "Behind this figure stand records of events: see their layer. Visits stand behind officers' time."
                ),
                False,
            )
            return
        if OWN in controller.state.areas:
            self._say(
                self.tr("Visits of an area of your own are not kept: choose one of the areas of the store."), True
            )
            return
        try:
            self._tracer = self._tracer or self._new_tracer(purpose)
        except ImpactAreaError as error:
            self._say(translated(error.sentence), True)
            return
        state, tracer = controller.state, self._tracer
        areas = state.areas or tuple(controller.material.of_role("impact"))
        # A visit has no one mode, and no kind of event.
        plain = replace(state, modes=(), kinds=(), categories=(), key_types=())
        words = f"{self._figures.chosen_label or key}, {translated(plain.in_words(controller.names()))}"
        now = pd.Timestamp.now(tz="UTC")
        controller.worker.begin(
            "trace", self.tr("What is behind it"), lambda _tell: tracer.visits(state, areas, at=now),
            lambda trace: self._traced(trace, words),
        )  # fmt: skip

    def show_visit(self, visit_id: Any) -> None:
        """Legs and fixes of a visit; in the background."""
        tracer, now = self._tracer, pd.Timestamp.now(tz="UTC")
        if tracer is not None:
            job = lambda _tell: tracer.behind(int(visit_id), at=now)  # noqa: E731
            self._controller.worker.begin("behind", self.tr("The visit"), job, lambda found: self._behind(*found))

    def show_on_map(self, shape: QgsGeometry) -> None:
        """Select what is shown in the layers of movement, and move the map there."""
        controller = self._controller
        found = self._page.select_in(controller.project, self._tracer.path if self._tracer else None)
        if not found:
            self._say(self.tr("No layer of legs or fixes in the project has them: add those of restricted.gpkg."), True)
        if self._canvas is None or shape.isEmpty():
            return
        moved = QgsGeometry(shape)
        moved.transform(QgsCoordinateTransform(controller.store_system, controller.project.crs(), controller.project))
        self._canvas.setExtent(moved.boundingBox().buffered(200))
        self._canvas.flashGeometries([moved], controller.project.crs())
        self._canvas.refresh()

    def _new_tracer(self, purpose: str) -> Any:
        from ..store.trace_home import tracer_of

        return tracer_of(self._controller.folder, purpose, version=plugin_version())

    def _behind(self, legs: Any, fixes: Any, left_out: int) -> None:
        self._page.show_behind(legs, fixes, left_out)
        self.visitShown.emit(fixes[fixes[["x", "y"]].notna().all(axis=1)].reset_index(drop=True), self._page.clocks())

    def _traced(self, trace: Any, words: str) -> None:
        self._page.show_trace(trace, self._controller.names(), words, self._controller.state.timezone)
        self.shown.emit()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

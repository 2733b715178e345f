"""What happens between the filter bar, the layers, the summary and the pages; it owns the tasks and no widget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Optional, Union

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsMessageLog, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..core.columns import MODES
from ..core.filter_state import FilterState
from ..core.words import capitalised
from .map.overlays import Overlays
from .map.temporal import TemporalLink
from .translated import translated
from .work import Worker

TAB = "Impact Area"  # of the message log


class Controller(QObject):  # type: ignore[misc]
    """The one who knows the filter, the material and the layers.

    Signals
    -------
    storeRead : the summary of a store was read; its material follows
    storeNotRead : it could not be read, which is said; figures of an earlier reading of the same store stay
    materialChanged : the Material, or None
    figuresChanged : the Figures of the filter
    busyChanged : whether figures are being computed
    said : (sentence, whether it is a warning), for the message bar
    daysChosen : (first, last), civil days the Temporal Controller was moved to
    areaChosen : id of an area of the reader's own, once its figures are there
    ownAreaPreviewed : the OwnBlocks that such an area comes to, what was drawn, and the store's system, which both are in
    """

    storeRead = pyqtSignal()
    storeNotRead = pyqtSignal(object)
    materialChanged = pyqtSignal(object)
    figuresChanged = pyqtSignal(object)
    busyChanged = pyqtSignal(bool)
    said = pyqtSignal(str, bool)
    daysChosen = pyqtSignal(object, object)
    areaChosen = pyqtSignal(str)
    ownAreaPreviewed = pyqtSignal(object, object, object)

    def __init__(self, project: QgsProject, temporal: Any = None, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.project = project
        self.overlays = Overlays(project, self)
        self.temporal = TemporalLink(temporal, self)
        self.worker = Worker(self._failed)
        self.material: Any = None
        self.folder: Optional[Union[str, Path]] = None  # of the store; a database by its connection
        self._read_from: Optional[tuple[Any, QgsCoordinateReferenceSystem]] = (
            None  # the store of the material, its system
        )
        self.state = FilterState()
        self.comparison = "before"
        self.figures: Any = None
        self.answer: Any = None  # to the question on the screen; None while it is asked
        self.overview: Any = None  # the front of that answer: verdict, tiles, every area's measures
        self._asked: Any = None
        self._looking = False
        self._slots = [
            (self.overlays.said, self._warn),
            (self.temporal.period_chosen, self.daysChosen.emit),
            (project.cleared, self._project_gone),
        ]
        for signal, slot in self._slots:
            signal.connect(slot)

    # --- the store ----------------------------------------------------------------------------------------------------

    def open_store(self, folder: Any) -> None:
        """Read the summary of a store in the background."""
        from ..store.open_summary import place_of

        self.folder = place_of(folder)
        self._forget_answer()
        self.busyChanged.emit(True)
        self.worker.begin(
            "material", self.tr("Reading the summary"), lambda _tell: _summary_of(folder), self._read, self._not_read
        )

    def _read(self, found: Any) -> None:
        material, system = found
        self._read_from = self.folder, system
        self.storeRead.emit()
        self.set_material(material)

    def _not_read(self, sentence: str, more: str) -> None:
        """Figures of another store are none of this one: they go. Those of the same store are whole as they were read."""
        self._failed(sentence, more)
        if self._read_from is not None and self._read_from[0] == self.folder:
            self.compute()
        elif self.material is not None:
            self.set_material(None)
        self.storeNotRead.emit(self.folder)

    def set_material(self, material: Any) -> None:
        """Show figures of a material; None for none."""
        self.material = material
        self._forget_answer()
        self.busyChanged.emit(False)
        self.materialChanged.emit(material)

    def choices(self) -> dict[str, Any]:
        """What the filter bar offers; empty without data."""
        if self.material is None:
            return {"areas": []}
        from ..core.material.filled_days import last_complete_day

        areas = self.material.areas[self.material.areas["role"] != "site"]
        (earliest, reaches), latest = self.material.days, last_complete_day(self.material)
        rows = list(zip(areas["area_id"].astype(str), areas["name"].astype(str), areas["role"].astype(str)))
        days = {"latest": latest, "earliest": earliest, "reaches": reaches}
        return {"areas": rows, **self.material.choices(), "modes": list(MODES), **days}

    @property
    def store_system(self) -> QgsCoordinateReferenceSystem:
        """The projected system of the open store, as it was read with its summary; an invalid one where none is open."""
        if self.folder is None:
            return QgsCoordinateReferenceSystem()
        if self._read_from is None or self._read_from[0] != self.folder:
            self._read_from = self.folder, _system_of(self.folder)
        return self._read_from[1]

    def preview_own_area(self, shape: Any, crs: Any) -> None:
        """Find in the background which blocks an area of the reader's own comes to; figures wait for a yes."""
        from ..store.own_area import OTHERWISE, blocks_of, why_no_own_area

        if self._no_store():
            return
        why = why_no_own_area(self.folder)
        if why:
            self.said.emit(f"{translated(why)} {translated(capitalised(OTHERWISE))}.", True)
            return
        drawn, folder = self._in_store(shape, crs), self.folder
        polygon = _as_shapely(drawn)
        self.worker.begin(
            "own blocks", self.tr("An area of your own"), lambda _tell: blocks_of(folder, polygon),
            lambda found: self.ownAreaPreviewed.emit(found, drawn, self.store_system),
        )  # fmt: skip

    def add_own_area(self, shape: Any, crs: Any) -> None:
        """Compute the figures of an area of the reader's own in the background, then choose it."""
        import pandas as pd

        from ..core.material.own_area import OWN
        from ..core.resources import plugin_version
        from ..store.own_area import with_own_area

        if self._no_store():
            return
        polygon, material, folder = _as_shapely(self._in_store(shape, crs)), self.material, self.folder
        now, version = pd.Timestamp.now(tz="UTC"), plugin_version()
        self.busyChanged.emit(True)
        self.worker.begin(
            "own area", self.tr("An area of your own"),
            lambda tell: with_own_area(folder, material, polygon, OWN, at=now, version=version, progress=tell),
            lambda found: self._own_area(found, OWN),
        )  # fmt: skip

    def accept_own_area(self, drawn: Any) -> None:
        """The area that was previewed, in the store's system, is wanted."""
        self.add_own_area(drawn, self.store_system)

    def _no_store(self) -> bool:
        """Whether no store is open, which is said."""
        missing = self.material is None or self.folder is None
        if missing:
            self.said.emit(self.tr("Open a store first."), True)
        return missing

    def _in_store(self, shape: Any, crs: Any) -> Any:
        """A geometry of the map in the store's system."""
        from qgis.core import QgsCoordinateTransform, QgsGeometry

        moved = QgsGeometry(shape)
        moved.transform(QgsCoordinateTransform(crs, self.store_system, self.project))
        return moved

    def _own_area(self, material: Any, area_id: str) -> None:
        self.set_material(material)
        self.areaChosen.emit(area_id)

    # --- the filter ---------------------------------------------------------------------------------------------------

    def show(self, state: FilterState, comparison: str = "before") -> None:
        """Put a filter on the layers, the Temporal Controller and the figures."""
        if self.material is not None:
            state = replace(state, timezone=self.material.timezone)
        asked = (state, comparison, id(self.material))
        if asked == self._asked:
            return
        self._asked, self.state, self.comparison = asked, state, comparison
        self.compute()  # in the background, while the layers get their filters
        self.temporal.apply(state)
        self.overlays.apply(state, spread=True)

    def compute(self) -> None:
        """The figures of the filter, in the background; a newer filter replaces an older one."""
        if self.material is not None:
            self._ask(None, None)

    def look(self, purpose: str) -> None:
        """The figures of the filter from the restricted cells, in the background; recorded before they are read."""
        import pandas as pd

        from ..core.resources import plugin_version
        from ..store.look import RestrictedLook

        if not self._no_store():
            self._ask(purpose, RestrictedLook(self.folder, pd.Timestamp.now(tz="UTC"), plugin_version()))

    def why_no_look(self) -> str:
        """Why restricted cells of the store cannot be looked at; "" where they can."""
        from ..store.look import why_no_look

        return why_no_look(self.folder) if self.folder is not None else self.tr("No folder of a store is open.")

    @property
    def shown(self) -> Any:
        """The Material that figures and charts are of: the restricted cells of a look while its figures are shown."""
        return self.answer.material if self.answer is not None else self.material

    def _ask(self, purpose: Optional[str], look: Any) -> None:
        from ..core.dashboard.overview import overview
        from ..core.material.ask import ask

        material, state, comparison = self.material, self.state, self.comparison
        self._forget_answer()
        self._looking = look is not None
        self.busyChanged.emit(True)

        def job(_tell: Any) -> Any:
            answer = ask(material, state, comparison, purpose=purpose, look=look)
            return answer, overview(answer, state, comparison)

        self.worker.begin("figures", self.tr("Figures"), job, self._computed)

    def _forget_answer(self) -> None:
        """Nothing is drawn of the last answer any more, nor of a look that is still made, nor a chart of restricted cells."""
        for job in ("figures", "areas"):
            self.worker.drop(job)
        self._looking = False
        if self.answer is not None and self.answer.material.purpose:
            self.worker.drop("chart")
        self.answer = self.overview = None

    def _computed(self, found: Any) -> None:
        answer, self.overview = found
        self._looking = False
        self.answer, self.figures = answer, answer.figures
        self.busyChanged.emit(False)
        self.figuresChanged.emit(answer.figures)

    def area_rows(self, measure: str, shown: Callable[[Any], None]) -> None:
        """The rows of the page of areas of the answer that is shown, in the background."""
        from ..core.dashboard.area_rows import area_rows

        if self.answer is None or self.overview is None:
            return
        material, state, now = self.answer.material, self.state, self.overview.areas
        self.worker.begin("areas", self.tr("Areas"), lambda _tell: area_rows(material, state, measure, now=now), shown)

    def map_classes(self, measure: str) -> Any:
        """The classes of the map, of the answer that is shown; None where there is none."""
        from ..core.dashboard.map_classes import map_classes

        if self.answer is None or self.overview is None:
            return None
        return map_classes(self.answer.material, self.state, measure, self.overview.areas)

    def names(self) -> dict[str, str]:
        return self.material.names() if self.material is not None else {}

    def as_of(self) -> str:
        """Data as of, in civil time, in the reader's language; "" where not known."""
        if self.material is None or self.material.as_of is None:
            return ""
        from ..core.material.days import as_of_in_words

        return translated(as_of_in_words(self.material))

    # --- the end ------------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Layers have the user's own filters again."""
        self.overlays.reset()
        self.temporal.reset()
        self._asked = None
        self._forget_answer()
        self.busyChanged.emit(False)

    def close(self) -> None:
        """Stop the work, give the layers back and hear nothing any more."""
        self.worker.drop_all()
        for signal, slot in self._slots:
            signal.disconnect(slot)
        self._slots = []
        self.overlays.close()
        self.temporal.close()

    def _project_gone(self) -> None:
        """The project was closed: what is computed for it is for nobody; the store stays open."""
        self.worker.drop("figures")
        self.busyChanged.emit(False)

    def _warn(self, sentence: str) -> None:
        self.said.emit(sentence, True)

    def _failed(self, sentence: str, more: str) -> None:
        self.busyChanged.emit(False)
        QgsMessageLog.logMessage(
            more or sentence, TAB, Qgis.MessageLevel.Critical if more else Qgis.MessageLevel.Warning
        )
        self.said.emit(sentence, True)
        if self._looking:  # what could not be recorded is not shown: what anyone may read is
            self.compute()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


def _summary_of(folder: Any) -> Any:
    """(the material of a store whose areas are large enough for the dock, which has no audience narrower than a board; its system)."""
    from ..core.disclosure.small_areas import DOCK, REFRESH
    from ..store.small_ground import refuse_small_of
    from ..store.summary import read_summary

    material = read_summary(folder)
    refuse_small_of(folder, material, reader=DOCK, remedy=REFRESH)
    return material, _system_of(folder)


def _system_of(folder: Any) -> QgsCoordinateReferenceSystem:
    from ..store.summary import epsg_of

    return QgsCoordinateReferenceSystem(f"EPSG:{epsg_of(folder)}")


def _as_shapely(shape: Any) -> Any:
    import shapely

    return shapely.from_wkb(shape.asWkb().data())

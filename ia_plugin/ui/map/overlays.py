"""The dock's filter on the layers of a project, always together with the user's own, and given back without a trace.

What is kept of a layer: its id, the user's own filter, and ours while it is on. Nothing of ours is ever in a layer in
edit mode, in a saved project, or in a layer that leaves the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Optional

from qgis.core import QgsMapLayer, QgsProject, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtXml import QDomDocument

from ...core.filter_state import FilterState
from .expressions import combined, subset, without_ours
from .overlay_words import EDITING, FORMAT, NO_ANSWER, REFUSED, STATEMENT, sentence
from .roles import dialect_of, kinds_of, role_of
from .sqlite_check import accepts

REDRAW_MS = 100  # after the last filter is on: time for a stopped drawing to end


@dataclass
class _Held:
    """One layer that the filter is for."""

    role: str
    own: str
    ours: str = ""
    notes: tuple[str, ...] = ()
    slots: list[tuple[Any, Any]] = field(default_factory=list)


class Overlays(QObject):  # type: ignore[misc]
    """Legs, tracks, fixes, visits, events and areas of one project, through one filter.

    Signals
    -------
    said : a sentence for the message bar, when something is not filtered as asked; once, not at each change
    unanswered : the source of a layer has gone, and with it the way to another filter
    """

    said = pyqtSignal(str)
    unanswered = pyqtSignal()

    def __init__(self, project: QgsProject, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._project = project
        self._state: Optional[FilterState] = None
        self._held: dict[str, _Held] = {}
        self._quiet = False
        # What follows a signal waits until its sender is done: a dialog that sets a filter reads it back.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._waiting: list[str] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        # A drawing that was stopped half-way may keep, as the layer's picture, what it drew with the filter before: QGIS
        # throws pictures away when a filter changes, and the stopped drawing adds its own a moment later (seen on 3.40).
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._drawn_before: set[str] = set()
        self._slots = [
            (self._turn.timeout, self._one),
            (self._redraw.timeout, self._draw_again),
            (self._later.timeout, self.refresh),
            (project.layersAdded, self._added),
            (project.layersWillBeRemoved, self._going),
            (project.writeProject, self._writing),
            (project.projectSaved, self._saved),
        ]
        for signal, slot in self._slots:
            signal.connect(slot)

    @property
    def state(self) -> Optional[FilterState]:
        """The filter that is on; None for none."""
        return self._state

    @property
    def notes(self) -> list[str]:
        """What of the filter does not hold now, and on which layer."""
        return [sentence(self._name(i), note) for i, held in self._held.items() for note in held.notes]

    def layers(self, *roles: str) -> list[QgsVectorLayer]:
        """The project's layers of some roles, or of any of ours."""
        known = [(layer, self._role(layer)) for layer in self._project.mapLayers().values()]
        return [layer for layer, role in known if role and (role in roles or not roles)]

    def own_filter(self, layer: QgsVectorLayer) -> str:
        """The user's own filter of a layer, without ours."""
        held = self._held.get(layer.id())
        return held.own if held else layer.subsetString()

    def apply(self, state: FilterState, *, spread: bool = False) -> None:
        """Put a filter on every layer of ours; spread, one after the other, those that are seen first.

        A filter on a large layer takes a while: between two layers the window answers.
        """
        self._state = state
        for layer in self.layers():
            self._hold(layer)
        if not spread:
            self.refresh()
            return
        root = self._project.layerTreeRoot()
        seen = {i: node.isVisible() for i in self._held if (node := root.findLayer(i)) is not None}
        self._waiting = sorted(self._held, key=lambda i: not seen.get(i, False))
        self._turn.start()

    @property
    def busy(self) -> bool:
        """Whether layers still wait for the filter."""
        return bool(self._waiting)

    def _one(self) -> None:
        """The filter on the next layer that waits."""
        layer_id = self._waiting.pop(0) if self._waiting else ""
        layer, held = self._project.mapLayer(layer_id), self._held.get(layer_id)
        if layer is not None and held is not None and self._state is not None:
            self._filter(layer, held, self._state)
        if self._waiting:
            self._turn.start()

    def refresh(self) -> None:
        """Put the filter on again, where it is not or the layer has changed."""
        self._later.stop()
        self._waiting = []
        if self._state is None:
            return
        for layer_id, held in list(self._held.items()):
            layer = self._project.mapLayer(layer_id)
            if layer is not None:
                self._filter(layer, held, self._state)

    def reset(self) -> None:
        """Take the filter off: each layer has the user's own again."""
        self._state = None
        self._waiting = []
        self._later.stop()
        for layer_id in list(self._held):
            self._let_go(layer_id)

    def close(self) -> None:
        """:meth:`reset`, and hear nothing any more. May be called again."""
        self.reset()
        self._redraw.stop()
        self._draw_again()
        for signal, slot in self._slots:
            signal.disconnect(slot)
        self._slots = []

    # --- one layer ----------------------------------------------------------------------------------------------------

    def _role(self, layer: QgsMapLayer) -> str:
        held = self._held.get(layer.id())
        if held:  # a field of it may have been renamed since
            return held.role
        return role_of(layer) if isinstance(layer, QgsVectorLayer) and layer.isValid() else ""

    def _name(self, layer_id: str) -> str:
        layer = self._project.mapLayer(layer_id)
        return layer.name() if layer is not None else layer_id

    def _hold(self, layer: QgsVectorLayer) -> None:
        layer_id = layer.id()
        if layer_id in self._held:
            return
        text = layer.subsetString()
        # A copy of a filtered layer brings our filter with it.
        twin = (h.own for h in self._held.values() if h.ours and combined(h.own, h.ours) == text)
        held = _Held(self._role(layer), next(twin, text))
        held.slots = [
            (layer.subsetStringChanged, partial(self._changed, layer_id)),
            (layer.beforeEditingStarted, partial(self._editing, layer_id)),
            (layer.editingStopped, self._later.start),
            (layer.updatedFields, self._later.start),
        ]
        for signal, slot in held.slots:
            signal.connect(slot)
        self._held[layer_id] = held

    def _let_go(self, layer_id: str) -> None:
        held, layer = self._held.pop(layer_id), self._project.mapLayer(layer_id)
        if layer is None:
            return
        for signal, slot in held.slots:
            signal.disconnect(slot)
        self._put(layer, held, "")

    def _filter(self, layer: QgsVectorLayer, held: _Held, state: FilterState) -> None:
        """Put the filter on one layer, or say why not."""
        dialect = dialect_of(layer)
        ours, notes = "", ()
        if layer.isEditable():
            self._note(layer, held, (EDITING,))
            return
        if not dialect:
            notes = (FORMAT,)
        elif held.own.lstrip().upper().startswith("SELECT"):
            notes = (STATEMENT,)
        else:
            wanted = subset(state, held.role, kinds_of(layer), dialect)
            ours, notes = wanted.text, wanted.notes
        if not self._put(layer, held, ours):
            gone = not held.own or layer.subsetString() != held.own  # not even the user's own filter can be put on
            notes = (NO_ANSWER if gone else REFUSED,)
            if gone:
                self.unanswered.emit()
        self._note(layer, held, notes)

    def _put(self, layer: QgsVectorLayer, held: _Held, ours: str) -> bool:
        """Set the user's filter with ours; where the source refuses that, his alone."""
        text = combined(held.own, ours)
        if layer.subsetString() == text:
            held.ours = ours
            return True
        self._drawn_before.add(layer.id())
        self._redraw.start()
        with self._unheard():
            done = layer.setSubsetString(text)
            # OGR takes any text; only SQLite itself tells that the two do not go together.
            if done and ours and held.own and layer.providerType() == "ogr":
                done = accepts(layer, text)
            if not done:
                layer.setSubsetString(held.own)
        if done or layer.subsetString() == held.own:  # a source that has gone keeps what it had, ours with it
            held.ours = ours if done else ""
        return bool(done)

    def _draw_again(self) -> None:
        """Draw the layers whose filter changed once more, when all have theirs."""
        if self._waiting:
            self._redraw.start()
            return
        for layer_id in self._drawn_before:
            layer = self._project.mapLayer(layer_id)
            if layer is not None:
                layer.triggerRepaint()
        self._drawn_before.clear()

    def _note(self, layer: QgsVectorLayer, held: _Held, notes: tuple[str, ...]) -> None:
        news = [n for n in notes if n not in held.notes]
        held.notes = notes
        for note in news:
            self.said.emit(sentence(layer.name(), note))

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        """Filters set here are not the user's, and no reason to ask him to save."""
        before, dirty = self._quiet, self._project.isDirty()
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = before
            if not dirty and self._project.isDirty():
                self._project.setDirty(False)

    # --- what the project and its layers tell -------------------------------------------------------------------------

    def _changed(self, layer_id: str) -> None:
        """The user set a filter while ours was on: his is what is left without ours."""
        layer, held = self._project.mapLayer(layer_id), self._held.get(layer_id)
        if self._quiet or layer is None or held is None:
            return
        text = layer.subsetString()
        left = without_ours(text, held.own, held.ours)
        held.own = text if left is None else left
        held.ours = ""
        self._later.start()

    def _editing(self, layer_id: str) -> None:
        """A layer is about to be edited: the user edits it as he left it, and may save it so."""
        layer, held = self._project.mapLayer(layer_id), self._held.get(layer_id)
        if layer is not None and held is not None:
            self._put(layer, held, "")
            self._note(layer, held, (EDITING,))

    def _added(self, layers: list[QgsMapLayer]) -> None:
        if self._state is not None:
            for layer in layers:
                if self._role(layer):
                    self._hold(layer)
            self._later.start()

    def _going(self, layer_ids: list[str]) -> None:
        for layer_id in layer_ids:
            if layer_id in self._held:
                self._let_go(layer_id)

    def _writing(self, document: QDomDocument) -> None:
        """Saved is the user's own filter. QGIS has written the layer tree by now, and not yet the layers."""
        context = QgsReadWriteContext()
        context.setPathResolver(self._project.pathResolver())
        lifted: dict[str, tuple[list[str], list[str]]] = {}
        for layer_id, held in self._held.items():
            layer = self._project.mapLayer(layer_id)
            if layer is not None and held.ours:
                before = _sources(layer, context)
                self._put(layer, held, "")
                lifted[layer_id] = before, _sources(layer, context)
        if not lifted:
            return
        nodes = document.elementsByTagName("layer-tree-layer")
        for i in range(nodes.count()):
            node = nodes.at(i).toElement()
            if node.attribute("id") in lifted and node.hasAttribute("source"):
                before, after = lifted[node.attribute("id")]
                written = node.attribute("source")
                node.setAttribute("source", after[before.index(written) if written in before else 0])
        self._later.start()  # where saving fails nobody says so

    def _saved(self) -> None:
        self.refresh()


def _sources(layer: QgsVectorLayer, context: QgsReadWriteContext) -> list[str]:
    """A layer's source in the two ways in which versions of QGIS write it in the layer tree."""
    source = layer.publicSource()
    return [context.pathResolver().writePath(source), layer.encodedSource(source, context)]

"""What happens between the page of doubts, the notes editor and the store; it owns no widget but the editor while that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ..core.errors import FileError, ImpactAreaError, StoreError
from ..core.figure_code import figure_asked
from ..core.resources import plugin_version
from .controller import Controller
from .notes_editor import NotesEditor
from .pages.challenge_page import ChallengePage

if TYPE_CHECKING:
    import pandas as pd

    from ..core.material.figures import Figures
    from ..core.privacy import Key

FOLDER = "impact_area"  # in QGIS's profile


class Challenge(QObject):
    """Opens figures again, takes flags and notes, and checks one officer-day.

    Parameters
    ----------
    controller : knows the store, its material and the tasks
    page : its signals are connected here
    say : a sentence for the message bar, and whether it is a warning
    key_of : the force's key, or raises why there is none
    users_file : the user's own register; by default in QGIS's profile

    Signals
    -------
    notesChanged : notes were written, so that figures and charts are to be read again
    """

    notesChanged = pyqtSignal()

    def __init__(
        self,
        controller: Controller,
        page: ChallengePage,
        say: Callable[[str, bool], None],
        key_of: Callable[[], Key],
        users_file: Optional[Path] = None,
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        from ..store.figures_register import USERS_FILE

        self._controller, self._page, self._say, self._key_of = controller, page, say, key_of
        self._users_file = users_file or Path(QgsApplication.qgisSettingsDirPath()) / FOLDER / USERS_FILE
        self._at: tuple[str, Any] = ("", None)  # number and filter of the figure that flags are shown of
        self._checked: Any = None  # the passes shown, and what they were asked with but for the number
        self._editor: Optional[NotesEditor] = None
        page.reopenWanted.connect(self.reopen)
        page.flagRaised.connect(self.raise_flag)
        page.flagAnswered.connect(self.answer_flag)
        page.checkWanted.connect(self.check)
        page.exportWanted.connect(self.export)
        page.notesWanted.connect(self.edit_notes)

    # --- figures ------------------------------------------------------------------------------------------------------

    def figures_shown(self, figures: Figures) -> None:
        """The figures on the screen: flags are shown of them, and raised at them, until another is opened again."""
        self._at = (figures.number, figures.state)
        self._page.show_figure(figures.number, figures.state, figures.code)
        self.read_flags()

    def copied(self, figures: Figures, material: Any) -> None:
        """Figures were copied or exported: keep them in the registers, in the background. No copy waits for it."""
        from ..core.answers.register import entry_of, why_not_registered
        from ..store.figures_register import register

        folder, users_file, at = self._controller.folder, self._users_file, datetime.now(timezone.utc)

        def job(_tell: Any) -> list[str]:
            if why_not_registered(material, figures):
                return []
            return register(entry_of(material, figures, at=at, version=plugin_version()), folder, users_file)

        self._controller.worker.begin(f"register {figures.number}", self.tr("Register of figures"), job, lambda _places: None)  # fmt: skip

    def reopen(self, text: str) -> None:
        """Open a figure again, by its number or its code, in the background."""
        from ..store.reopen import reopen

        controller = self._controller
        if controller.material is None or controller.folder is None:
            self._page.refuse(self.tr("Open the force's store first."))
            return
        folder, material, users_file = controller.folder, controller.material, self._users_file
        code = self._code_in(text)

        def job(_tell: Any) -> Any:
            try:
                return reopen(text, folder, material, users_file, at=_now(), version=plugin_version())
            except ImpactAreaError as error:
                return error

        controller.worker.begin("reopen", self.tr("Open a figure again"), job, lambda found: self._reopened(found, code))  # fmt: skip

    def _reopened(self, found: Any, code: str) -> None:
        if isinstance(found, ImpactAreaError):
            self._page.refuse(str(found))
            return
        self._at = (found.number, found.state)
        self._page.show_reopened(found, code)
        self.read_flags()

    # --- flags --------------------------------------------------------------------------------------------------------

    def read_flags(self) -> None:
        """Show the flags at the figure."""
        from ..core.flag_file import flags_at
        from ..store.flags import read_flags
        from ..store.ledger import why_not_added

        folder, (number, state) = self._controller.folder, self._at
        if folder is None:
            self._page.show_flags([])
            return
        try:
            flags = flags_at(read_flags(folder), number, state)
            self._page.show_flags(flags.to_dict("records"), not why_not_added(folder))
        except ImpactAreaError as error:
            self._say(str(error), True)

    def raise_flag(self, flag: dict[str, str]) -> None:
        """Write a flag into the store; for who may not, leave it in the drop folder, or in one they choose."""
        from ..store.flags import drop_flag, raise_flag
        from ..store.ledger import why_not_added

        folder, at = self._controller.folder, _now()
        if folder is None:
            return
        try:
            if not why_not_added(folder):
                raise_flag(folder, flag["reference"], flag["text"], at=at, version=plugin_version())
                self._say(self.tr("The flag stands at the figure."), False)
                self.read_flags()
                return
            try:
                drop_flag(folder, flag["reference"], flag["text"], at=at)
            except (FileError, StoreError):  # no drop folder that this user may write to
                where = QFileDialog.getExistingDirectory(self._page, self.tr("Where to leave the flag for who keeps the store"))  # fmt: skip
                if not where:
                    return
                drop_flag(folder, flag["reference"], flag["text"], at=at, where=Path(where))
            self._say(self.tr("The flag was left as a file; the next refresh takes it in."), False)
        except ImpactAreaError as error:
            self._say(str(error), True)

    def answer_flag(self, answer: dict[str, str]) -> None:
        """Write what was found of a flag."""
        from ..store.flags import answer_flag

        self._written(lambda folder: answer_flag(folder, at=_now(), version=plugin_version(), **answer))
        self.read_flags()

    # --- one officer-day ----------------------------------------------------------------------------------------------

    def check(self, asked: dict[str, Any]) -> None:
        """Show the passes of one officer-day; nothing is shown where the look cannot be recorded."""
        from ..store.check_one import check_one
        from ..store.source_places import places_in_words

        controller = self._controller
        if controller.folder is None or controller.material is None:
            return
        try:
            found = check_one(controller.folder, **asked, key=self._key_of(), at=_now(), version=plugin_version())
        except ImpactAreaError as error:
            self._checked = None
            self._page.clear_passes()
            self._say(str(error), True)
            return
        self._checked = (found, asked["purpose"], asked["reason"])
        names, zone = controller.names(), controller.material.timezone
        shown = {
            "time": [_clock(t, zone) for t in found["time"]],
            "area": [names.get(a, a) if isinstance(a, str) else self.tr("no area") for a in found["area_id"]],
            "source": places_in_words(found),
        }
        words = self.tr("{0} reports of the passes on that day, as they stand in the sources; the look is recorded.")
        none = self.tr("No passes of this number on that day are in the store; the look is recorded.")
        self._page.show_passes(shown, asked["day"], words.format(len(found)) if len(found) else none)

    def export(self, path: str) -> None:
        """Write the passes that are shown to a file; the export is recorded first."""
        from ..store.check_one import export_check

        if self._checked is None:
            return
        passes, purpose, reason = self._checked
        done = self._written(
            lambda folder: export_check(folder, passes, Path(path), purpose, reason, at=_now(), version=plugin_version())
        )  # fmt: skip
        if done:
            self._say(self.tr("The passes were written to {0}.").format(Path(path).name), False)

    def clear(self) -> None:
        """Another store is opened: nothing of the last one is shown."""
        self._checked, self._at = None, ("", None)
        self._page.clear_passes()
        self._page.show_figure("")

    # --- notes --------------------------------------------------------------------------------------------------------

    def edit_notes(self) -> None:
        """Open the editor of notes."""
        from ..store.ledger import why_not_added

        controller = self._controller
        if controller.folder is None or controller.material is None:
            self._say(self.tr("Open the force's store first."), False)
            return
        self._editor = editor = NotesEditor(controller.names(), why_not_added(controller.folder), self._page)
        editor.noteAdded.connect(self.write_note)
        editor.noteWithdrawn.connect(self.withdraw_note)
        self._show_notes()
        editor.exec()
        self._editor = None
        editor.deleteLater()

    def write_note(self, note: dict[str, Any]) -> None:
        """Write a note; one with a ``note_id`` takes the place of that one."""
        from ..store.notes import add_note, supersede_note

        facts = {k: v for k, v in note.items() if k != "note_id"}
        before = note.get("note_id")

        def write(folder: Path) -> str:
            if before:
                return supersede_note(folder, before, at=_now(), version=plugin_version(), **facts)
            return add_note(folder, at=_now(), version=plugin_version(), **facts)

        self._note_written(write, self.tr("The note was written."))

    def withdraw_note(self, note_id: str) -> None:
        """Take a note back."""
        from ..store.notes import withdraw_note

        self._note_written(
            lambda folder: withdraw_note(folder, note_id, at=_now(), version=plugin_version()),
            self.tr("The note was taken back."),
        )

    def _note_written(self, write: Callable[[Path], str], words: str) -> None:
        if self._written(write, self._editor.refuse if self._editor is not None else None):
            if self._editor is not None:
                self._editor.done_with(words)
                self._show_notes()
            self.notesChanged.emit()

    def _show_notes(self) -> None:
        from ..store.notes import read_notes

        folder, zone = self._controller.folder, self._controller.material.timezone
        if self._editor is None or folder is None:
            return
        rows = read_notes(folder).to_dict("records")
        days = [{"first": _day(r["from"], zone), "last": _day(r["to"], zone) or _day(r["from"], zone)} for r in rows]
        self._editor.show_notes([{**row, **day} for row, day in zip(rows, days)])

    # --- within -------------------------------------------------------------------------------------------------------

    def _written(self, write: Callable[[Path], object], refuse: Optional[Callable[[str], None]] = None) -> bool:
        """Whether something could be written; why not is said."""
        if self._controller.folder is None:
            return False
        try:
            write(self._controller.folder)
        except ImpactAreaError as error:
            if refuse is not None:
                refuse(str(error))
            else:
                self._say(str(error), True)
            return False
        return True

    def _code_in(self, text: str) -> str:
        try:
            code = figure_asked(text)[1]
        except ImpactAreaError:
            return ""
        return code.text() if code is not None else ""

    def tr(self, text: str) -> str:
        return str(QCoreApplication.translate("ImpactArea", text))


def _now() -> pd.Timestamp:
    import pandas as pd

    return pd.Timestamp.now(tz="UTC").floor("s")


def _day(moment: Any, zone: str) -> Optional[date]:
    from ..core.times.civil import pandas_zone

    return None if moment is None or moment != moment else moment.tz_convert(pandas_zone(zone)).date()


def _clock(moment: Any, zone: str) -> str:
    from ..core.times.civil import pandas_zone

    return f"{moment.tz_convert(pandas_zone(zone)):%d %b %H:%M:%S}"


__all__ = ["Challenge"]

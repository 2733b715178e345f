"""What happens between the page of doubts, the notes editor and the store; it owns no widget but the editor while that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ..core.columns import FLAG_STATES
from ..core.errors import FileError, ImpactAreaError, StoreError
from ..core.resources import plugin_version
from .controller import Controller
from .notes_editor import NotesEditor
from .pages.challenge_page import ChallengePage
from .refusals import refusals_to
from .translated import translated

if TYPE_CHECKING:
    import pandas as pd

    from ..core.answers.reopen import Reopened
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
    flagsShown : how many flags at the figure are open
    """

    notesChanged = pyqtSignal()
    flagsShown = pyqtSignal(int)

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
        self._begun = 0
        page.reopenWanted.connect(self.reopen)
        page.flagRaised.connect(self.raise_flag)
        page.flagAnswered.connect(self.answer_flag)
        page.checkWanted.connect(self.check)
        page.exportWanted.connect(self.export)
        page.notesWanted.connect(self.edit_notes)
        page.why_no_check = self._why_no_check

    # --- figures ------------------------------------------------------------------------------------------------------

    def figures_shown(self, figures: Figures) -> None:
        """The figures on the screen: flags are shown of them, and raised at them, until another is opened again."""
        self._at = (figures.number, figures.state)
        self._page.show_figure(figures.number, figures.state, figures.code)
        self.read_flags()

    def copied(self, figures: Figures, material: Any) -> None:
        """Figures were copied or exported: keep them in the registers. No copy waits for it, and none fails with it."""
        from ..core.answers.register import entry_of, why_not_registered
        from ..store.figures_register import register

        folder, users_file, at = self._controller.folder, self._users_file, datetime.now(timezone.utc)

        def job() -> list[str]:
            if why_not_registered(material, figures):
                return []
            return register(entry_of(material, figures, at=at, version=plugin_version()), folder, users_file)

        self._begin(self._own("register"), self.tr("Register of figures"), job, lambda _places: None)

    def reopen(self, text: str) -> None:
        """Open a figure again, by its number or its code."""
        from ..store.reopen import reopen

        folder, material, users_file = self._controller.folder, self._controller.material, self._users_file
        if material is None or folder is None:
            self._page.refuse(self.tr("Open the force's store first."))
            return
        job = lambda: reopen(text, folder, material, users_file, at=_now(), version=plugin_version())  # noqa: E731
        self._begin("reopen", self.tr("Open a figure again"), job, self._reopened, self._page.refuse)

    def _reopened(self, found: Reopened) -> None:
        self._at = (found.number, found.state)
        self._page.show_reopened(found)
        self.read_flags()

    # --- flags --------------------------------------------------------------------------------------------------------

    def read_flags(self) -> None:
        """Show the flags at the figure."""
        from ..core.flag_file import flags_at
        from ..store.flags import read_flags
        from ..store.ledger import why_not_added

        folder, (number, state) = self._controller.folder, self._at
        if folder is None:
            self._flags_read(([], False))
            return

        def job() -> tuple[list[dict[str, object]], bool]:
            return flags_at(read_flags(folder), number, state).to_dict("records"), not why_not_added(folder)

        self._begin("flags", self.tr("Flags"), job, self._flags_read)

    def _flags_read(self, found: tuple[list[dict[str, object]], bool]) -> None:
        self._page.show_flags(*found)
        self.flagsShown.emit(sum(flag["status"] == FLAG_STATES[0] for flag in found[0]))

    def raise_flag(self, flag: dict[str, str]) -> None:
        """Write a flag into the store; for who may not, leave it in the drop folder, or in one they choose."""
        from ..store.flags import raise_flag
        from ..store.ledger import why_not_added

        folder = self._controller.folder
        if folder is None:
            return
        if why_not_added(folder):
            self._leave_flag(folder, flag)
            return
        job = lambda: raise_flag(folder, flag["reference"], flag["text"], at=_now(), version=plugin_version())  # noqa: E731
        self._begin(self._own("flag"), self.tr("Flag"), job, lambda _id: self._flag_stands())

    def _flag_stands(self) -> None:
        self._say(self.tr("The flag stands at the figure."), False)
        self.read_flags()

    def _leave_flag(self, folder: Path, flag: dict[str, str]) -> None:
        from ..store.flags import drop_flag
        from ..store.ledger import why_not_added

        at, words = _now(), (flag["reference"], flag["text"])
        with refusals_to(self._say):
            try:
                drop_flag(folder, *words, at=at)
            except (FileError, StoreError):  # no drop folder that this user may write to
                title = self.tr("Where to leave the flag for who keeps the store")
                where = QFileDialog.getExistingDirectory(self._page, title)
                if not where:
                    self._say(self.tr("The flag was not left: {0}").format(why_not_added(folder)), True)
                    return
                drop_flag(folder, *words, at=at, where=Path(where))
            self._say(self.tr("The flag was left as a file; the next refresh takes it in."), False)

    def answer_flag(self, answer: dict[str, str]) -> None:
        """Write what was found of a flag."""
        from ..store.flags import answer_flag

        folder = self._controller.folder
        if folder is None:
            return
        job = lambda: answer_flag(folder, at=_now(), version=plugin_version(), **answer)  # noqa: E731
        self._begin(self._own("answer"), self.tr("Answer to a flag"), job, lambda _id: self.read_flags(), self._not_answered)  # fmt: skip

    def _not_answered(self, words: str) -> None:
        self._say(words, True)
        self.read_flags()

    # --- one officer-day ----------------------------------------------------------------------------------------------

    def _why_no_check(self) -> str:
        """Why no officer-day can be looked at by this user: said before a number is typed for nothing."""
        from ..store.look import why_no_look

        folder = self._controller.folder
        return why_no_look(folder) if folder is not None else self.tr("Open the force's store first.")

    def check(self, asked: dict[str, Any]) -> None:
        """Show the passes of one officer-day; nothing is shown where the look cannot be recorded."""
        from ..store.check_one import check_one

        folder = self._controller.folder
        self._checked = None
        self._page.clear_passes()
        if folder is None or self._controller.material is None:
            return
        try:
            key = self._key_of()  # QGIS may ask for a password: here, not in a task
        except ImpactAreaError as error:
            self._say(translated(error.sentence), True)
            return
        known = {name: value for name, value in asked.items() if name != "collar_number"}
        job = lambda: check_one(folder, **asked, key=key, at=_now(), version=plugin_version())  # noqa: E731
        self._begin("check", self.tr("Check of one officer-day"), job, lambda found: self._show_check(found, known))

    def _show_check(self, found: pd.DataFrame, asked: dict[str, Any]) -> None:
        from ..store.source_places import places_in_words

        self._checked = (found, asked["day"], asked["purpose"], asked["reason"])
        names, zone = self._controller.names(), self._controller.material.timezone
        shown = {
            "time": [_clock(t, zone) for t in found["time"]],
            "area": [names.get(a, a) if isinstance(a, str) else self.tr("no area") for a in found["area_id"]],
            "source": [translated(place) for place in places_in_words(found)],
        }
        words = self.tr("{0} reports of that day, as they stand in the sources; the look is recorded.")
        none = self.tr("No passes of this number on that day are in the store; the look is recorded.")
        self._page.show_passes(shown, asked["day"], words.format(len(found)) if len(found) else none)

    def export(self, path: str) -> None:
        """Write the passes that are shown to a file; the export is recorded first."""
        from ..store.check_one import export_check

        folder = self._controller.folder
        if self._checked is None or folder is None:
            return
        passes, day, purpose, reason = self._checked
        words = self.tr("The passes were written to {0}.").format(Path(path).name)
        job = lambda: export_check(  # noqa: E731
            folder, passes, day, Path(path), purpose, reason, at=_now(), version=plugin_version()
        )
        self._begin(self._own("export"), self.tr("Export of one officer-day"), job, lambda _path: self._say(words, False))  # fmt: skip

    def clear(self) -> None:
        """Another store is opened: nothing of the last one is shown, nor what is still looked for in it."""
        for name in ("reopen", "flags", "check"):
            self._controller.worker.drop(name)
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
        from ..store.notes import add_note

        folder = self._controller.folder
        if folder is None:
            return
        facts = {k: v for k, v in note.items() if k != "note_id"}
        facts.update(supersedes=note.get("note_id") or None, at=_now(), version=plugin_version())
        job = lambda: add_note(folder, **facts)  # noqa: E731
        self._begin(self._own("note"), self.tr("Note"), job, lambda _id: self._note_written(self.tr("The note was written.")), self._refuse_note)  # fmt: skip

    def withdraw_note(self, note_id: str) -> None:
        """Take a note back."""
        from ..store.notes import withdraw_note

        folder = self._controller.folder
        if folder is None:
            return
        job = lambda: withdraw_note(folder, note_id, at=_now(), version=plugin_version())  # noqa: E731
        self._begin(self._own("note"), self.tr("Note"), job, lambda _id: self._note_written(self.tr("The note was taken back.")), self._refuse_note)  # fmt: skip

    def _note_written(self, words: str) -> None:
        if self._editor is not None:
            self._editor.done_with(words)
            self._show_notes()
        self.notesChanged.emit()

    def _refuse_note(self, words: str) -> None:
        if self._editor is not None:
            self._editor.refuse(words)
        else:
            self._say(words, True)

    def _show_notes(self) -> None:
        from ..store.notes import read_notes

        folder, zone = self._controller.folder, self._controller.material.timezone
        if self._editor is None or folder is None:
            return
        with refusals_to(lambda words, _warning: self._refuse_note(words)):
            rows = read_notes(folder).to_dict("records")
            days = [
                {"first": _day(r["from"], zone), "last": _day(r["to"], zone) or _day(r["from"], zone)} for r in rows
            ]
            self._editor.show_notes([{**row, **day} for row, day in zip(rows, days)])

    # --- within -------------------------------------------------------------------------------------------------------

    def _begin(
        self,
        name: str,
        title: str,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        refused: Optional[Callable[[str], None]] = None,
    ) -> None:
        """Do something in the background: another program may hold the store for a while. What is refused is said, by default in the bar."""

        def safely(_tell: Any) -> Any:
            try:
                return job()
            except ImpactAreaError as error:
                return error

        def ended(found: Any) -> None:
            if not isinstance(found, ImpactAreaError):
                done(found)
            elif refused is not None:
                refused(translated(found.sentence))
            else:
                self._say(translated(found.sentence), True)

        self._controller.worker.begin(name, title, safely, ended)

    def _own(self, name: str) -> str:
        """A name of work that no other has: what is written is not replaced by the next that is."""
        self._begun += 1
        return f"{name} {self._begun}"

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

"""The menu of saved views: open one, save the present one, delete one."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QInputDialog, QLineEdit, QMenu, QMessageBox, QWidget

from ...core.errors import ParameterError
from ..translated import translated
from ..widgets.as_it_is import as_rich_text
from .view import View
from .views import SavedViews


class ViewsMenu(QMenu):
    """Built anew each time it opens: another window of QGIS may have saved a view since."""

    opened = pyqtSignal(object)  # View
    refused = pyqtSignal(str)

    def __init__(self, present: Callable[[], View], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._present = present
        self._views = SavedViews()
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.rebuild)

    def rebuild(self) -> None:
        self.clear()
        names = self._views.names()
        for name in names:
            self.addAction(plain(name)).triggered.connect(lambda _=False, n=name: self.open_view(n))
        if not names:
            self.addAction(self.tr("No view is saved yet")).setEnabled(False)
        self.addSeparator()
        self.addAction(self.tr("Save this view…")).triggered.connect(self._ask_and_save)
        deleting = self.addMenu(self.tr("Delete a view"))
        deleting.setEnabled(bool(names))
        for name in names:
            deleting.addAction(plain(name)).triggered.connect(lambda _=False, n=name: self._ask_and_delete(n))

    def open_view(self, name: str) -> None:
        """Show a saved view, or say why it cannot be."""
        try:
            view = self._views.read(name)
        except ParameterError as error:
            self.refused.emit(translated(error.sentence))
            return
        self.opened.emit(view)

    def save_view(self, name: str) -> None:
        """Keep the present view under a name; one of that name is replaced."""
        self._views.save(name, self._present())

    def delete_view(self, name: str) -> None:
        self._views.delete(name)

    def _ask_and_save(self) -> None:
        title = self.tr("Save this view")
        name, good = QInputDialog.getText(
            self.parentWidget(), title, self.tr("Name of the view:"), QLineEdit.EchoMode.Normal, ""
        )
        name = name.strip()
        if not good or not name:
            return
        question = self.tr("There is a view “{name}” already. Replace it?")
        if name not in self._views.names() or self._sure(title, question.replace("{name}", name)):
            self.save_view(name)

    def _ask_and_delete(self, name: str) -> None:
        if self._sure(self.tr("Delete a view"), self.tr("Delete the view “{name}”?").replace("{name}", name)):
            self.delete_view(name)

    def _sure(self, title: str, question: str) -> bool:
        answer = QMessageBox.question(self.parentWidget(), title, as_rich_text(question))
        return bool(answer == QMessageBox.StandardButton.Yes)


def plain(name: str) -> str:
    """A name as a menu shows it: cut where it is long, its ampersands no shortcuts."""
    return (name if len(name) <= 60 else name[:59] + "…").replace("&", "&&")

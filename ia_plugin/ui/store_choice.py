"""Which store the dock opens: a folder, a database that several share, or the one of last time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog

from ..core.connection_text import holds_password, known_names, names_a_database

STORE_SETTING = "impact_area/store"


def ask_folder(parent: Any) -> str:
    """The folder of a store that the user chooses; "" for none."""
    last = str(QgsSettings().value(STORE_SETTING, "") or "")
    return str(QFileDialog.getExistingDirectory(parent, _tr("Folder of the store"), last))


def ask_shared(parent: Any, say: Callable[[str, bool], None]) -> str:
    """One of QGIS's connections to PostgreSQL, a service or libpq's words, as the user chooses; "" for none, which is told where it cannot be taken."""
    label = _tr("QGIS's connection, or service=NAME; no password:")
    text, chosen = QInputDialog.getItem(parent, _tr("Shared store"), label, known_names(), 0, True)
    text = text.strip()
    if not chosen or not text:
        return ""
    if holds_password(text) or not names_a_database(text):
        say(_tr("Choose a connection of QGIS, or write service=NAME; a password has no place here."), True)
        return ""
    return text


def last_store() -> str:
    """The store of last time; "" where there was none, or its folder is gone."""
    kept = str(QgsSettings().value(STORE_SETTING, "") or "")
    return kept if kept and (Path(kept).is_dir() or names_a_database(kept)) else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)


__all__ = ["STORE_SETTING", "ask_folder", "ask_shared", "last_store"]

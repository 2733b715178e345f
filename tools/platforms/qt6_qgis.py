"""A thin `qgis` over PyQt6, as a pytest plugin: QGIS 4 cannot be installed everywhere, its Qt can.

`qgis.PyQt` is what QGIS 4 makes of it: PyQt6's modules, with the classes that Qt 6 moved also at their old place. Of
`qgis.core` and `qgis.gui` only what a widget needs is imitated. Any other name can be imported, so that a module that
also knows layers loads, but says what it is when it is used: a test of layers must fail here, never seem to pass.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PyQt6 import QtCore, QtGui, QtWidgets

MOVED = {"QtWidgets": ("QAction", "QActionGroup", "QShortcut", "QUndoStack", "QUndoCommand", "QFileSystemModel")}
"""Classes of PyQt5's modules that PyQt6 has in QtGui: qgis.PyQt keeps them where they were."""

BINDING = ("QtCore", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtTest", "QtWidgets", "QtXml", "sip", "uic")


class Qgis:
    QGIS_VERSION_INT = 40000


class QgsApplication(QtWidgets.QApplication):
    @staticmethod
    def getThemeIcon(_name: str) -> QtGui.QIcon:
        return QtGui.QIcon()


class QgsSettings(QtCore.QSettings):
    """Settings in a file of this process, so that no test meets those of a user or of another run."""

    _folder = tempfile.TemporaryDirectory(prefix="qt6-settings")

    def __init__(self) -> None:
        super().__init__(str(Path(self._folder.name) / "settings.ini"), QtCore.QSettings.Format.IniFormat)


class QgsFilterLineEdit(QtWidgets.QLineEdit):
    def setShowSearchIcon(self, shown: bool) -> None:
        pass

    def setShowClearButton(self, shown: bool) -> None:
        self.setClearButtonEnabled(shown)


class QgsCollapsibleGroupBox(QtWidgets.QGroupBox):
    collapsedStateChanged = QtCore.pyqtSignal(bool)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._collapsed = False

    def isCollapsed(self) -> bool:
        return self._collapsed

    def setCollapsed(self, collapsed: bool) -> None:
        if collapsed != self._collapsed:
            self._collapsed = collapsed
            self.collapsedStateChanged.emit(collapsed)


class OnlyInQgis:
    """Stands for a class that is not imitated."""

    def __init__(self, *_arguments: Any) -> None:
        raise NotImplementedError(f"{type(self).__name__} is QGIS's and not imitated: this test needs QGIS itself")


class Imitated(ModuleType):
    """A module of QGIS with some of its names; the others stand for what is not imitated."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (OnlyInQgis,), {})
        setattr(self, name, made)
        return made


def install() -> None:
    """Put `qgis` with its modules where imports look first."""
    qgis, pyqt = ModuleType("qgis"), ModuleType("qgis.PyQt")
    qgis.__path__, pyqt.__path__ = [], []  # type: ignore[attr-defined]
    modules: dict[str, ModuleType] = {"qgis": qgis, "qgis.PyQt": pyqt}
    for name in BINDING:
        module = ModuleType(f"qgis.PyQt.{name}")
        module.__dict__.update(
            {k: v for k, v in vars(importlib.import_module(f"PyQt6.{name}")).items() if not k.startswith("__")}
        )
        module.__dict__.update({moved: getattr(QtGui, moved) for moved in MOVED.get(name, ())})
        setattr(pyqt, name, module)
        modules[f"qgis.PyQt.{name}"] = module
    known = {"core": (Qgis, QgsApplication, QgsSettings), "gui": (QgsCollapsibleGroupBox, QgsFilterLineEdit)}
    for name, classes in known.items():
        imitated = Imitated(f"qgis.{name}")
        imitated.__dict__.update({cls.__name__: cls for cls in classes})
        setattr(qgis, name, imitated)
        modules[f"qgis.{name}"] = imitated
    sys.modules.update(modules)


install()


@pytest.fixture(scope="session")
def qgis_app() -> Iterator[QgsApplication]:
    """The application of all tests, as the fixture of the same name has it where QGIS is installed."""
    yield QgsApplication([])


@pytest.fixture(autouse=True)
def nothing_raised_in_a_slot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Qt calls slots and overridden methods: what they raise fails the test, where PyQt would end the process."""
    raised: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: raised.append(error))
    yield
    if raised:
        raise raised[0]

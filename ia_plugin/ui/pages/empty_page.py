"""What the dock shows before a store is open: the demo, a store, and three lines of help."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.resources import resource_path
from ..widgets.as_it_is import plain_label

DEMO = Path("build") / "demo" / "store"  # beside the plugin of a checkout, where `make demo` puts it


class EmptyPage(QWidget):
    """`storeWanted` and `demoWanted` (its folder) say what was clicked."""

    storeWanted = pyqtSignal()
    demoWanted = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.words = plain_label(parent=self)
        self.words.setWordWrap(True)
        self.store_button = QPushButton(self.tr("Open store…"), self)
        self.demo_button = QPushButton(self.tr("Open the demo"), self)
        self.store_button.clicked.connect(lambda _checked=False: self.storeWanted.emit())
        self.demo_button.clicked.connect(lambda _checked=False: self.demoWanted.emit(str(demo_folder())))
        self.demo_button.setVisible(demo_folder() is not None)
        help_lines = (
            self.tr("A store is the folder that Daily refresh (in the Processing Toolbox, Impact Area) makes of the force's files."),
            self.tr("Choose areas, dates and hours above; the sentence, the tiles, the pages and the map answer."),
            self.tr("Nothing here tells of a single officer; what does asks for a purpose, and each look is recorded."),
        )  # fmt: skip
        buttons, layout = QHBoxLayout(), QVBoxLayout(self)
        buttons.addWidget(self.demo_button)
        buttons.addWidget(self.store_button)
        buttons.addStretch(1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        for line in help_lines:
            label = QLabel(f"• {line}", self)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def show_words(self, words: str = "") -> None:
        """Say why nothing is shown."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


def demo_folder() -> Optional[Path]:
    """The folder of the demo's store; None where it was not made."""
    root = resource_path("styles").resolve().parents[1]
    found = root / DEMO
    return found if found.is_dir() else None


__all__ = ["EmptyPage", "demo_folder"]

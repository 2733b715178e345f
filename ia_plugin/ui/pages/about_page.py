"""The page "About these data": what must be known of a store before its figures, and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from ...core.about.facts import About
from ..translated import translated
from ..widgets.as_it_is import as_rich_text, plain_label, tell_tip
from ..widgets.card_dialog import CardDialog

# Colours are those of the reader's theme, light or dark.
STYLE = (
    "h1 { font-size: x-large; margin-top: 4px; margin-bottom: 8px; } h2 { font-size: large; margin-top: 18px; margin-bottom: 4px; } "
    "p { margin-top: 3px; margin-bottom: 5px; } li { margin-bottom: 3px; } th { font-weight: 600; padding-left: 0px; padding-right: 12px; } td { padding-left: 0px; padding-right: 12px; }"
)


class AboutPage(QWidget):  # type: ignore[misc]
    """Shows an :class:`~ia_plugin.core.about.facts.About`; reads and writes nothing itself.

    Signals
    -------
    refreshWanted : the store is to be brought up to date
    cardSaved : the answers of the governance card by key, as typed and found fit to be kept
    """

    refreshWanted = pyqtSignal()
    cardSaved = pyqtSignal(dict)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.about: Optional[About] = None
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)  # nothing of a page leads out of QGIS
        self.text.document().setDefaultStyleSheet(STYLE)
        self.text.document().setDocumentMargin(10)
        self.text.setAccessibleName(self.tr("About these data"))
        self.refresh_button = QPushButton(self.tr("Refresh now"), self)
        self.card_button = QPushButton(self.tr("Edit the card…"), self)
        self.card_button.setAccessibleName(self.tr("Edit the governance card"))
        self.note = plain_label("", self)
        self.note.setWordWrap(True)
        buttons, layout = QHBoxLayout(), QVBoxLayout(self)
        buttons.addWidget(self.refresh_button)
        buttons.addWidget(self.card_button)
        buttons.addStretch(1)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.note)
        layout.addLayout(buttons)
        self.refresh_button.clicked.connect(lambda _checked=False: self.refreshWanted.emit())
        self.card_button.clicked.connect(self.edit_card)
        self.show_nothing()

    def show_about(self, about: About, today: Optional[date] = None) -> None:
        """Show what is known of a store.

        Parameters
        ----------
        today : for the review date of the card; the clock's where None
        """
        from ...core.about.page import about_html

        same = self.about is not None and self.about.folder == about.folder
        place = self.text.verticalScrollBar().value() if same else 0
        self.about = about
        self.text.setHtml(translated(about_html(about, today or date.today())))
        self.text.verticalScrollBar().setValue(place)
        self.show_busy("")

    def show_nothing(self) -> None:
        """No store is open."""
        self.about = None
        self.text.setHtml(as_rich_text(self.tr("No store is open.")))
        self.show_busy("")

    def show_busy(self, words: str) -> None:
        """Say what is being done, meanwhile nothing can be begun; "" when it is done."""
        about = self.about
        whys = (
            tuple(map(translated, (about.why_no_refresh, about.why_no_writing)))
            if about
            else (self.tr("No store is open."),) * 2
        )
        for button, why in zip((self.refresh_button, self.card_button), whys):
            button.setEnabled(not (words or why))
            tell_tip(button, why)
        reason = self.tr("Refresh now is off: {0}").format(whys[0]) if about and whys[0] else ""
        self.note.setText(words or reason)
        self.note.setVisible(bool(words or reason))

    def edit_card(self) -> None:
        """Let the user declare the card anew, with the last one filled in."""
        if self.about is None:
            return
        dialog = CardDialog(self.about.card, self)
        if dialog.exec():
            self.cardSaved.emit(dialog.answers())

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

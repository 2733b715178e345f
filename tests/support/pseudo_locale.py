"""The language of :mod:`.pseudo_words` as Qt's translator."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QTranslator

from tools.translations import FOLDER, SOURCE, translated

from .pseudo_words import pseudo


class PseudoLocale(QTranslator):
    """Answers for the texts of the list, under the contexts of the list, and for no other."""

    def __init__(self) -> None:
        super().__init__()
        self._known = set(translated(FOLDER / SOURCE))

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, _disambiguation: Optional[str] = None, _n: int = -1) -> Optional[str]:
        return pseudo(text) if (context, text) in self._known else None

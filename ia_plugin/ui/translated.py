"""The one door by which the core's sentences come to the screen: in the reader's language, English where nobody translated them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..core.sentence import in_words_of


def translated(text: str) -> str:
    """A text of the core as the reader reads it; what is no sentence, a name or a note of people, stays as it is.

    It must be the text that the core gave: a str made of it, by a signal of str or by join(), has forgotten how it was made.
    """
    return in_words_of(text, _tr)


def _tr(template: str) -> str:
    return QCoreApplication.translate("Core", template)


__all__ = ["translated"]

"""Text of the data or of the user in the window, as it is: Qt takes a name with <b> in it for markup where nobody says otherwise.

A label says so with :func:`plain_label`, one of whole sentences with :func:`sentence_label`. Tips and questions cannot say it: they get :func:`as_rich_text`.
"""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import QLabel, QWidget


def plain_label(words: str = "", parent: Optional[QWidget] = None) -> QLabel:
    """A label that shows its text letter by letter."""
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def sentence_label(parent: QWidget, *, bold: bool = False, size: float = 1.0) -> QLabel:
    """A label of whole sentences, letter by letter: it wraps, and its words can be marked and copied.

    Parameters
    ----------
    size : of its letters, in those of the parent
    """
    label = plain_label(parent=parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    font = QFont(label.font())
    font.setBold(bold)
    font.setPointSizeF(size * font.pointSizeF())
    label.setFont(font)
    return label


def as_rich_text(text: str) -> str:
    """A text for what takes markup if it looks like it, such as a tip: it shows as it is.

    >>> as_rich_text("<b> & co")
    '<p>&lt;b&gt; &amp; co</p>'
    """
    return f"<p>{escape(text)}</p>"


__all__ = ["as_rich_text", "plain_label", "sentence_label"]

"""Text of the data or of the user in the window, as it is: Qt takes a name with <b> in it for markup where nobody says otherwise.

A label says so with :func:`plain_label`, one of whole sentences with :func:`sentence_label`. Tips and questions cannot say it: they get :func:`as_rich_text`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import QLabel, QWidget

BETWEEN, LONGEST_PART = " · ", 30  # letters


def tell_tip(widget: QWidget, text: str) -> None:
    """A tip that shows as it is, by mouse and by screen reader: without a description a reader says the tip, markup and all."""
    widget.setToolTip(as_rich_text(text) if text else "")
    widget.setAccessibleDescription(text)


# Blanks before a figure, and within one: "24 %", "24.7 h", "per km²", "% (20–36)", "−6 to +14".
HELD = r"(?<=\w) (?=[−+]?\d)|(?<=\d) (?=%|h\b)|(?<=per) (?=km²)|(?<=[\d%]) (?=\(\d)|(?<=\d) (?=to [−+])"


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


def unbroken(text: str) -> str:
    """A text whose lines end between its figures, not within them: a number keeps its word, its unit and its range.

    >>> unbroken("on foot 24 % (20–36)").replace("\u00a0", "~").replace("\u2060", "")
    'on foot~24~%~(20–36)'
    """
    return "\n".join(map(_unbroken_line, text.split("\n")))


def _unbroken_line(line: str) -> str:
    parts = line.split(BETWEEN)
    if len(parts) > 1:  # "on foot 24 % · in a vehicle 31 %": each part in one piece
        line = BETWEEN.join(p.replace(" ", "\u00a0") if len(p) <= LONGEST_PART else p for p in parts)
    held = re.sub(HELD, "\u00a0", line)
    return re.sub(r"(?<=\d)–(?=\d)", "–\u2060", held)


__all__ = ["as_rich_text", "plain_label", "sentence_label", "tell_tip", "unbroken"]

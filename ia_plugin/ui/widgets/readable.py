"""Colours of text that are read on any theme: WCAG's contrast of 4.5 : 1 and more.

A theme need not tell the truth by its palette: QGIS's "Night Mapping" paints by a style sheet and leaves text #111111 on #222222
in the palette. So what is drawn by hand asks here.
"""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor

LEAST = 4.5


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1's contrast of two colours, from 1 to 21; neither is seen through."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: QColor, ground: QColor) -> QColor:
    """The colour itself where it is read on its ground; else as near to it as can be read, towards white or black."""
    white, black = QColor(255, 255, 255), QColor(0, 0, 0)
    end = white if contrast(white, ground) >= contrast(black, ground) else black
    for part in (i / 20 for i in range(21)):
        found = mixed(colour, end, part)
        if contrast(found, ground) >= LEAST:
            return found
    return end


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """`part` of the other colour in the one, 0 to 1."""
    return QColor(*(round((1 - part) * a + part * b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3])))


def _luminance(colour: QColor) -> float:
    parts = [c / 255 for c in colour.getRgb()[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


__all__ = ["LEAST", "contrast", "mixed", "readable"]

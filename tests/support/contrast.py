"""How well text is read: WCAG's contrast of two colours, and of a widget as it is painted."""

from __future__ import annotations

from typing import Any

import numpy as np


def luminance(rgb: Any) -> Any:
    """Relative luminance of WCAG 2.1, of (…, 3) values from 0 to 255.

    >>> [round(float(luminance(c)), 4) for c in ([0, 0, 0], [255, 255, 255], [255, 0, 0])]
    [0.0, 1.0, 0.2126]
    """
    part = np.asarray(rgb, dtype=float) / 255
    linear = np.where(part <= 0.03928, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: Any, other: Any) -> float:
    """From 1 to 21.

    >>> round(contrast([0, 0, 0], [255, 255, 255]), 1), round(contrast([119, 119, 119], [255, 255, 255]), 2)
    (21.0, 4.48)
    """
    low, high = sorted(float(luminance(c)) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def pixels(widget: Any) -> np.ndarray:
    """What a widget looks like within its window, (height, width, 3)."""
    from qgis.PyQt.QtCore import QPoint, QRect
    from qgis.PyQt.QtGui import QImage

    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    image = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    found = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return found[:, : image.width(), 2::-1]


def painted_contrast(widget: Any) -> float:
    """Of the commonest colour of a widget, its ground, and the colour that differs most from it, its text.

    The edges of letters are smoothed, so that thin text has a little less than its colour.
    """
    found = pixels(widget).reshape(-1, 3)
    colours, counts = np.unique(found, axis=0, return_counts=True)
    ground = colours[counts.argmax()]
    light = luminance(colours)
    own = float(luminance(ground))
    return float(np.max((np.maximum(light, own) + 0.05) / (np.minimum(light, own) + 0.05)))

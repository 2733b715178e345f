"""Draw resources/icons/impact_area.png from the SVG beside it: the plugin site does not show an SVG everywhere.

.venv/bin/python tools/draw_icon.py
"""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer

DRAWN = Path(__file__).resolve().parents[1] / "resources" / "icons" / "impact_area.svg"
SIDE = 128  # pixels


def picture() -> QImage:
    """The icon in pixels, on a ground that is not there."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWN)).render(painter)
    painter.end()
    return image


if __name__ == "__main__":
    picture().save(str(DRAWN.with_suffix(".png")))

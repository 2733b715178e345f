"""The shades of heat maps and small maps, from light to dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.colors import Colormap


def shades() -> Colormap:
    """Cividis from its light end, paler where there is little: an hour with nothing should not be the loudest."""
    from matplotlib import cm
    from matplotlib.colors import ListedColormap

    steps = np.linspace(0, 1, 256)
    colours = cm.cividis_r(steps)[:, :3]
    white = 0.75 * (1 - steps[:, None]) ** 2
    return ListedColormap(colours * (1 - white) + white)


__all__ = ["shades"]

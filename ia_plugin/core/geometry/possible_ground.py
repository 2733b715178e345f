"""The ground on which somebody may have been between two reports, from the speed limit alone (the space-time prism's ellipse)."""

from __future__ import annotations

import numpy as np
import shapely

from .prism import speed_limit

CORNERS = 128


def possible_ground(
    start: tuple[float, float],
    end: tuple[float, float],
    seconds: float,
    max_speed_ms: float,
    accuracy: tuple[float, float] = (0.0, 0.0),
) -> shapely.Polygon:
    """The ellipse ``|p − a| + |p − b| ≤ v·T``, loosened by the accuracy of both reports, as a polygon that holds all of it.

    Parameters
    ----------
    start, end : (x, y) of the two reports, metres
    seconds : time between them
    max_speed_ms : speed limit v, m/s; two reports further apart than it allows get 1.05 times their own speed
    accuracy : radius of the position error of each, metres

    Returns
    -------
    Polygon; an empty one of two reports of the same place and moment.

    Examples
    --------
    >>> ground = possible_ground((0, 0), (60, 0), 100, 1.0)   # 2a = 100, 2c = 60, so b = 40
    >>> [round(v) for v in ground.bounds], round(ground.area)
    ([-20, -40, 80, 40], 6284)
    """
    apart = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    limit = float(speed_limit(np.array([apart]), np.array([float(seconds)]), max_speed_ms)[0])
    a = (limit * max(seconds, 0.0) + sum(np.nan_to_num(accuracy))) / 2
    a = max(a, apart / 2)  # of no time the way is the straight line
    if a <= 0:
        return shapely.Polygon()
    b = np.sqrt(max(a * a - (apart / 2) ** 2, 0.0))
    turn = np.linspace(0.0, 2 * np.pi, CORNERS, endpoint=False)
    wide = 1 / np.cos(np.pi / CORNERS)  # the corners stand outside, so that no side cuts anything off
    along, across = a * wide * np.cos(turn), b * wide * np.sin(turn)
    ux, uy = ((end[0] - start[0]) / apart, (end[1] - start[1]) / apart) if apart > 0 else (1.0, 0.0)
    x = (start[0] + end[0]) / 2 + along * ux - across * uy
    y = (start[1] + end[1]) / 2 + along * uy + across * ux
    return shapely.Polygon(np.column_stack([x, y]))

"""The Brownian bridge of one leg, as exactly as wanted: what the kernel's few paths stand for (Horne et al. 2007)."""

from __future__ import annotations

from typing import Any

import numpy as np

from .bridge import Ways, shares_inside
from .places import Places
from .rings import Floats, rings_of

RADII, ANGLES, MOMENTS = 160, 24, 101


def expected_seconds(
    a: tuple[float, float],
    b: tuple[float, float],
    seconds: float,
    polygon: Any,
    sigma2: float,
    delta: float = 0.0,
    *,
    radii: int = RADII,
    angles: int = ANGLES,
    moments: int = MOMENTS,
) -> float:
    """Expected time in a polygon over a Brownian bridge from `a` to `b`, seconds.

    Mean a + α(b − a), variance of each axis Tα(1−α)σ² + (1−α)²δ² + α²δ² (Horne et al. 2007, equation 4).

    Parameters
    ----------
    a, b : positions, metres
    seconds : duration T
    polygon : shapely polygon, metres
    sigma2 : variance of motion σ², m²/s
    delta : standard deviation of each axis at both fixes, metres
    radii, angles, moments : of the quadrature: rings of equal probability in the plane, points on each, moments in time
    """
    nodes = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, moments))
    # Each ring holds the same probability (Rayleigh's law); a turn from ring to ring keeps the points off one line.
    r = np.sqrt(-2.0 * np.log((np.arange(radii) + 0.5) / radii))
    turn = np.add.outer(np.arange(radii) * 0.618, np.arange(angles)) * (2.0 * np.pi / angles)
    z = np.column_stack([(r[:, None] * np.cos(turn)).ravel(), (r[:, None] * np.sin(turn)).ravel()])
    # The kernel's spread is that at mid-leg: s² = 4α(1−α)·spread².
    spread = np.sqrt(seconds * sigma2) / 2.0
    bend = np.array([[b[0] - a[0], b[1] - a[1]] * 2])
    ax, ay, bx, by, error = (np.array([float(v)]) for v in (*a, *b, delta))
    # Brown's walker knows no limit of speed.
    ways = Ways(ax, ay, bx, by, np.array([1e12]), np.array([spread]), bend, error, error)
    return float(seconds * shares_inside(ways, Places(rings_of(polygon)), None, nodes, z).mean())


def leave_one_out_variance(t: Floats, x: Floats, y: Floats, delta: float = 0.0) -> float:
    """σ² that makes every second fix of a track likeliest between its neighbours (Horne et al. 2007, equation 7), m²/s.

    Parameters
    ----------
    t, x, y : float64 (n,), an odd number of fixes: seconds and metres
    delta : standard deviation of each axis at the fixes, metres
    """
    from scipy.optimize import minimize_scalar

    a, m, b = slice(0, -2, 2), slice(1, -1, 2), slice(2, None, 2)
    span = t[b] - t[a]
    alpha = (t[m] - t[a]) / span
    off = (x[m] - x[a] - alpha * (x[b] - x[a])) ** 2 + (y[m] - y[a] - alpha * (y[b] - y[a])) ** 2

    def unlikely(sigma2: float) -> float:
        variance = span * alpha * (1 - alpha) * sigma2 + ((1 - alpha) ** 2 + alpha**2) * delta**2
        return float(np.sum(np.log(variance) + off / (2.0 * variance)))

    found = minimize_scalar(unlikely, bounds=(1e-9, 1e6), method="bounded", options={"xatol": 1e-8})
    return float(found.x)

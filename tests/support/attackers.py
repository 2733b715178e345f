"""One who wants to know a hidden number: works with what is published and with what adds up."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog


def known_by_attacker(hours, hidden, groups):
    """Range of each hidden value for one who knows the open ones and that `groups` (total, parts) add up."""
    names = list(hours)
    a, b = [], []
    for whole, parts in groups:
        a.append([float(n in parts) - float(n == whole) for n in names])
        b.append(0.0)
    bounds = [(0, None) if n in hidden else (hours[n], hours[n]) for n in names]
    found = {}
    for n in hidden:
        goal = np.array([float(m == n) for m in names])
        low, high = (linprog(s * goal, A_eq=np.array(a), b_eq=b, bounds=bounds, method="highs") for s in (1, -1))
        found[n] = (low.fun, np.inf if high.status == 3 else -high.fun)
    return found

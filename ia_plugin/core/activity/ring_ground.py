"""How much ground the rings about events have: events of one home have rings about that home."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import shapely

MOST_PLACES = 64  # of a kind that are looked at: more ground only adds


def ring_ground(events: pd.DataFrame, distances_m: Iterable[float]) -> dict[tuple[str, float], float]:
    """Ground within a distance of the events of each kind, hectares, none of it twice.

    Parameters
    ----------
    events : ``kind``, ``x``, ``y``, metres; of many places some are looked at, so that the answer is a lower bound
    distances_m : radii

    Returns
    -------
    (kind, distance) -> hectares.

    Examples
    --------
    Five events at one door have the ground of one circle.

    >>> events = pd.DataFrame({"kind": ["incident"] * 5, "x": 10.0, "y": 20.0})
    >>> {key: round(ha, 1) for key, ha in ring_ground(events, (100.0, 250.0)).items()}
    {('incident', 100.0): 3.1, ('incident', 250.0): 19.6}
    """
    found: dict[tuple[str, float], float] = {}
    for kind, rows in events.groupby("kind", sort=True):
        places = rows[["x", "y"]].drop_duplicates().to_numpy(dtype=np.float64)
        some = shapely.points(places[np.linspace(0, len(places) - 1, min(len(places), MOST_PLACES)).astype(np.int64)])
        for distance in distances_m:
            ground = shapely.union_all(shapely.buffer(some, distance, quad_segs=32))
            found[str(kind), float(distance)] = float(ground.area) / 1e4
    return found

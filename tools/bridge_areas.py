"""Areas of many kinds and sizes about the places where people went: what the bridge's ranges are fitted and judged on.

A draw is one kind at one size. Discs and ragged blobs are each person's own; blocks (cells of a turned grid of unequal streets) and
tracts (Voronoi cells, as census areas are) belong to everybody, so that a total of one adds several people. For tools only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

KINDS = ("discs", "blobs", "blocks", "tracts")
HECTARES = {"small": (4.0, 30.0), "middle": (30.0, 150.0), "large": (150.0, 600.0)}
DRAWS = tuple((kind, size) for kind in KINDS for size in HECTARES)
A_USER, SHARED = 20, 150
ANGLE = np.linspace(0, 2 * np.pi, 48, endpoint=False)


def draw_areas(dense: pd.DataFrame, kind: str, size: str, seed: int) -> dict[Any, pd.DataFrame]:
    """``area_id, geometry`` for each user of one draw; the areas of blocks and tracts are the same for all.

    Parameters
    ----------
    dense : ``user, recording, x, y``, metres
    kind, size : of :data:`KINDS` and :data:`HECTARES`
    seed : of the draw
    """
    rng = np.random.default_rng([seed, DRAWS.index((kind, size))])
    low, high = HECTARES[size]
    users = list(dense.groupby("user"))
    if kind in ("discs", "blobs"):
        found = {}
        for user, mine in users:
            places = _places(mine, A_USER, rng)
            hectares = np.exp(rng.uniform(np.log(low), np.log(high), A_USER))
            radius = np.sqrt(hectares * 1e4 / np.pi)
            shapes = [_round(p + rng.normal(0, 0.6 * r, 2), r, kind == "blobs", rng) for p, r in zip(places, radius)]
            found[user] = _table(f"{kind}-{size}-{user}", shapes)
        return found
    side = np.sqrt(np.sqrt(low * high) * 1e4)
    # Everybody's places count alike, however long they recorded.
    places = np.concatenate([_places(mine, 40, rng) for _, mine in users])
    shapes = _blocks(places, side, rng) if kind == "blocks" else _tracts(places, side, rng)
    chosen = _table(f"{kind}-{size}", [shapes[i] for i in rng.permutation(len(shapes))[:SHARED]])
    return {user: chosen for user, _ in users}


def _places(mine: pd.DataFrame, n: int, rng: np.random.Generator) -> np.ndarray:
    """Positions of recordings drawn at random, (n, 2)."""
    groups = {k: g[["x", "y"]].to_numpy() for k, g in mine.groupby("recording")}
    chosen = [groups[k] for k in rng.choice(list(groups), n)]
    return np.array([g[rng.integers(len(g))] for g in chosen])


def _round(centre: np.ndarray, radius: float, ragged: bool, rng: np.random.Generator) -> shapely.Polygon:
    waves = np.arange(2, 6)
    wave = (0.3 / waves * rng.normal(size=4)) @ np.cos(np.outer(waves, ANGLE) + rng.uniform(0, 6.3, (4, 1)))
    r = radius * (np.clip(1 + wave, 0.3, 2.0) if ragged else np.ones(len(ANGLE)))
    return shapely.Polygon(centre + np.c_[r * np.cos(ANGLE), r * np.sin(ANGLE)])


def _blocks(places: np.ndarray, side: float, rng: np.random.Generator) -> list[shapely.Polygon]:
    """The cells, of about `side` m, of a turned grid with streets at unequal distances that hold any of the places."""
    turn = rng.uniform(0, np.pi / 2)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    seen = places @ spin
    edges = []
    for axis in range(2):
        low, high = seen[:, axis].min() - 3 * side, seen[:, axis].max() + 3 * side
        edges.append(low + np.cumsum(side * rng.uniform(0.6, 1.4, int(1.1 * (high - low) / side) + 20)))
    i, j = (np.searchsorted(edges[axis], seen[:, axis]) for axis in range(2))
    cells = np.unique(np.column_stack([i, j]), axis=0)
    cells = cells[(cells > 0).all(axis=1)]
    shapes = []
    for p, q in cells:
        west, east, south, north = edges[0][p - 1], edges[0][p], edges[1][q - 1], edges[1][q]
        corners = np.array([[west, south], [east, south], [east, north], [west, north]])
        shapes.append(shapely.Polygon(corners @ spin.T))
    return shapes


def _tracts(places: np.ndarray, side: float, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Voronoi cells, of about `side` m, that hold any of the places; only as far as needed about them."""
    jittered = []
    for x, y in np.unique(np.floor(places / (4 * side)), axis=0) * 4 * side:
        # One sheet of seeds about each place, the same seeds wherever sheets meet.
        gx, gy = np.meshgrid(np.arange(-2, 6), np.arange(-2, 6))
        jittered.append(np.column_stack([x + side * gx.ravel(), y + side * gy.ravel()]))
    grid = np.unique(np.round(np.concatenate(jittered) / side).astype(np.int64), axis=0)
    seeds = (grid + rng.uniform(-0.5, 0.5, grid.shape)) * side
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds)))
    tree = shapely.STRtree(cells)
    hit = np.unique(tree.query(shapely.points(places), predicate="within")[1])
    return [cells[k] for k in hit]


def _table(name: str, shapes: list[shapely.Polygon]) -> pd.DataFrame:
    return pd.DataFrame({"area_id": [f"{name}-{i}" for i in range(len(shapes))], "geometry": shapes})

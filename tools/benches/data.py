"""Invented fixes and areas for the benches, the same at each run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

WEST, SOUTH, WIDE, HIGH = 400_000.0, 280_000.0, 50_000.0, 20_000.0  # about a force's ground, metres


def fixes(n: int, *, a_shift: int = 240, seconds: int = 120, seed: int = 1, day: int = 0) -> pd.DataFrame:
    """`n` fixes of officers who wander 250 m between fixes, `a_shift` fixes each, on a day and the next."""
    rng = np.random.default_rng(seed)
    officers = -(-n // a_shift)
    walk = rng.normal(0, 250, (2, officers, a_shift)).cumsum(axis=2)
    # Reflected at the edges of the ground.
    x = np.abs((walk[0] + rng.uniform(0, WIDE, (officers, 1)) + WIDE) % (2 * WIDE) - WIDE) + WEST
    y = np.abs((walk[1] + rng.uniform(0, HIGH, (officers, 1)) + HIGH) % (2 * HIGH) - HIGH) + SOUTH
    start = (
        np.int64((pd.Timestamp("2024-06-03T06:00:00") + pd.Timedelta(days=day)).value)
        + rng.integers(0, 86_400, (officers, 1)) * 10**9
    )
    t = start + np.arange(a_shift) * np.int64(seconds * 10**9)
    names = [f"p{i:024x}" for i in range(officers)]
    who = pd.Categorical.from_codes(np.repeat(np.arange(officers), a_shift), names)
    table = pd.DataFrame(
        {"officer_id": who, "time": pd.to_datetime(t.ravel(), utc=True), "x": x.ravel(), "y": y.ravel()}
    )
    return table.iloc[:n]


def busy_fixes(n: int, *, officers: int = 200, days: int = 7) -> pd.DataFrame:
    """`n` fixes of simulated turns of duty on a grid of streets: a week of some officers, then other weeks and other officers.

    Officers drive to places, patrol on foot, stand at scenes and rest at stations; radios lose reports and err.
    """
    from ia_plugin.core.params import SimulateParams
    from ia_plugin.core.simulate import StreetNetwork, simulate_shifts

    xs, ys = np.arange(0, WIDE / 2 + 1, 500.0) + WEST, np.arange(0, HIGH + 1, 500.0) + SOUTH
    streets = [shapely.LineString([(x, ys[0]), *((x, y) for y in ys[1:])]) for x in xs]
    streets += [shapely.LineString([(xs[0], y), *((x, y) for x in xs[1:])]) for y in ys]
    nodes = shapely.get_parts(shapely.node(shapely.multilinestrings(streets)))
    params = SimulateParams(officers=officers, days=days, interval_s=120.0)
    week = simulate_shifts(StreetNetwork.from_lines(pd.Series(nodes)), None, None, params).fixes
    week = week[["officer_id", "time", "x", "y", "accuracy_m"]].reset_index(drop=True)
    codes, names = pd.factorize(week["officer_id"])
    copies = []
    for k in range(-(-n // len(week))):
        who = pd.Categorical.from_codes(codes, [f"{name}-{k // 4}" for name in names])
        copies.append(week.assign(officer_id=who.astype(object), time=week["time"] + pd.Timedelta(days=7 * (k % 4))))
    return pd.concat(copies, ignore_index=True).iloc[:n]


def busy_areas(table: pd.DataFrame, count: int = 39, vertices: int = 200, *, km2: float = 1.9) -> pd.DataFrame:
    """Areas as of :func:`areas`, about places where officers are, few of them over one another."""
    xy = table[["x", "y"]].to_numpy(dtype=np.float64)
    centres: list[Any] = []
    for at in np.random.default_rng(6).permutation(min(len(xy), 100_000)):
        if len(centres) < count and all(np.hypot(*(xy[at] - c)) > 1_400 for c in centres):
            centres.append(xy[at])
    return areas(count, vertices, km2=km2, centres=centres)


def areas(
    count: int = 39, vertices: int = 200, *, km2: float = 1.9, seed: int = 2, centres: Any = None
) -> pd.DataFrame:
    """`count` ragged blobs of `vertices` vertices and about `km2` each; they may overlap."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    radius = 1000 * np.sqrt(km2 / np.pi)
    waves = np.arange(2, 9)
    shapes = []
    for k in range(count):
        r = radius * (
            1 + (0.25 / waves * rng.normal(size=7)) @ np.cos(np.outer(waves, angle) + rng.uniform(0, 6.3, (7, 1)))
        )
        r = np.maximum(r, 0.2 * radius)
        centre = rng.uniform([WEST + 1500, SOUTH + 1500], [WEST + WIDE - 1500, SOUTH + HIGH - 1500])
        centre = centre if centres is None else centres[k]
        shapes.append(shapely.Polygon(centre + np.c_[r * np.cos(angle), r * np.sin(angle)]))
    return pd.DataFrame({"area_id": [f"A{i:04d}" for i in range(count)], "geometry": shapes})


def tiles(across: int = 70, up: int = 24, *, vertices: int = 50, seed: int = 5) -> pd.DataFrame:
    """`across` × `up` ragged areas of about `vertices` vertices that tile the ground, as wards or beats do: borders are shared."""
    rng = np.random.default_rng(seed)
    step = np.array([WIDE / across, HIGH / up])
    corner = np.stack(np.meshgrid(np.arange(across + 1), np.arange(up + 1)), axis=2) * step
    inner = corner[1:-1, 1:-1]
    inner += rng.uniform(-0.15, 0.15, inner.shape) * step
    corner += [WEST, SOUTH]

    def border(a: Any, b: Any, pieces: int) -> Any:
        """From corner to corner, off the straight line by up to a sixteenth of its length."""
        at = np.linspace(0, 1, pieces + 1)[:, None]
        off = np.sin(np.pi * at * [[1, 2, 5]]) @ rng.uniform(-1, 1, (3, 1)) / 48
        return a + at * (b - a) + off * np.array([a[1] - b[1], b[0] - a[0]])

    rows, columns = range(up), range(across)
    south = {(r, c): border(corner[r, c], corner[r, c + 1], vertices // 4 + 1) for r in range(up + 1) for c in columns}
    west = {(r, c): border(corner[r, c], corner[r + 1, c], vertices // 4) for r in rows for c in range(across + 1)}

    def ring(r: int, c: int) -> Any:
        sides = (south[r, c], west[r, c + 1], south[r + 1, c][::-1], west[r, c][::-1])
        return np.concatenate([side[:-1] for side in sides])

    shapes = [shapely.Polygon(ring(r, c)) for r in rows for c in columns]
    return pd.DataFrame({"area_id": [f"T{i:04d}" for i in range(len(shapes))], "geometry": shapes})


def roles(areas_table: pd.DataFrame) -> pd.DataFrame:
    """Areas as Impact Areas and comparison areas by turns."""
    return areas_table.assign(role=np.where(np.arange(len(areas_table)) % 2, "comparison", "impact"))


def with_modes(legs: pd.DataFrame, seed: int = 3) -> pd.DataFrame:
    """Legs with probabilities of modes, a unit and a resource type of each officer."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet([1.0, 1.0, 1.0], len(legs))
    names = np.array(["foot", "vehicle", "stationary", "unknown"], dtype=object)
    mode = pd.Categorical.from_codes(np.where(p.max(axis=1) < 0.5, 3, p.argmax(axis=1)), names)
    who = pd.factorize(legs["officer_id"])[0]
    unit = pd.Categorical.from_codes(who % 20, [f"unit {i:02}" for i in range(20)])
    kind = pd.Categorical.from_codes(who % 4, ["beat", "car", "dog", "van"])
    return legs.assign(
        p_foot=p[:, 0], p_vehicle=p[:, 1], p_stationary=p[:, 2], mode=mode, unit=unit, resource_type=kind
    )


def events(legs: pd.DataFrame, n: int, seed: int = 4) -> pd.DataFrame:
    """Crimes, incidents and searches near where officers were."""
    rng = np.random.default_rng(seed)
    near = legs.iloc[rng.integers(0, len(legs), n)].reset_index(drop=True)
    kind = rng.choice(["crime", "incident", "stop_search"], n, p=[0.4, 0.5, 0.1])
    named = np.where((kind != "crime") & (rng.random(n) < 0.5), near["officer_id"].astype(object), None)
    return pd.DataFrame({
        "event_id": [f"{seed}-{i}" for i in range(n)], "kind": kind, "category": rng.choice([f"category {i}" for i in range(14)], n),
        "start": near["start"], "end": near["start"] + pd.to_timedelta(rng.uniform(0, 7200, n), unit="s"), "time_precision": "minute",
        "x": near["x0"] + rng.normal(0, 50, n), "y": near["y0"] + rng.normal(0, 50, n), "officer_ids": named,
    })  # fmt: skip


def whole_metres(table: pd.DataFrame) -> pd.DataFrame:
    """Fixes on whole metres, so that their text says the same."""
    return table.assign(x=table["x"].round(), y=table["y"].round())


def as_text_track(track: pd.DataFrame) -> str:
    """One officer's fixes as the text of a temporal point (MobilityDB)."""
    times = track["time"].dt.strftime("%Y-%m-%d %H:%M:%S+00")
    return "[" + ", ".join(f"POINT({x:.3f} {y:.3f})@{t}" for x, y, t in zip(track["x"], track["y"], times)) + "]"


def hours_by_area(table: Any, areas_table: pd.DataFrame) -> pd.Series:
    """Hours in each area, in the order of the areas."""
    return table.groupby("area_id")["seconds"].sum().reindex(areas_table["area_id"]).fillna(0) / 3600

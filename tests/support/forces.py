"""A small invented force for tests: legs with modes, areas, events, postings; and a brute-force account of its time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.movement import classify_movement
from ia_plugin.core.summaries.time_cells import SPREAD
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import build_legs

MODES = ("foot", "vehicle", "stationary")
OF_MODE = {"foot": "on_foot", "vehicle": "in_vehicle", "stationary": "stopped"}
ORDER = ("site", "impact", "comparison", "buffer", "other")
HOUR = 3_600 * 10**9


def walks(
    officers=8, fixes=40, *, start="2024-06-03T09:37:00Z", step_s=180.0, spread=130.0, seed=1, units=("North", "South")
):
    """Fixes of officers who wander about a square of 3 km."""
    rng = np.random.default_rng(seed)
    x, y = np.clip(
        rng.normal(0, spread, (2, officers, fixes)).cumsum(axis=2) + rng.uniform(200, 2200, (2, officers, 1)),
        -800,
        3800,
    )
    t = pd.Timestamp(start) + pd.to_timedelta(
        np.tile(np.arange(fixes) * step_s, officers) + np.repeat(rng.uniform(0, 3600, officers), fixes), unit="s"
    )
    who = np.repeat(np.arange(officers), fixes)
    return pd.DataFrame({"officer_id": np.array([f"o{i}" for i in range(officers)], dtype=object)[who], "time": t, "x": x.ravel(), "y": y.ravel(),
                         "unit": np.array(units, dtype=object)[who % len(units)], "resource_type": np.where(who % 3, "beat", "car")})  # fmt: skip


def whole_fixes(days=3, **more):
    """Fixes of days from 3 June 2024: a day, a late and a night shift in turn."""
    return pd.concat(
        [walks(seed=10 + d, start=f"2024-06-0{3 + d}T{(9, 15, 21)[d % 3]:02d}:37:00Z", **more) for d in range(days)],
        ignore_index=True,
    )


def legs_of(fixes, modes=True):
    legs = build_legs(fixes)
    return classify_movement(legs) if modes else legs


def unrounded(time):
    """The rows of TimeCells as officers made them, before those of one cell are added."""
    cells = time.cells.drop(columns=[*SPREAD, "at_site"]).iloc[time.time["cell"].to_numpy()].reset_index(drop=True)
    return pd.concat([cells, time.time.drop(columns="cell").reset_index(drop=True)], axis=1)


def areas_of(**shapes):
    """Areas from id = (role, polygon)."""
    table = pd.DataFrame(
        {"area_id": list(shapes), "role": [s[0] for s in shapes.values()], "geometry": [s[1] for s in shapes.values()]}
    )
    return table.assign(name=[n.upper() for n in shapes])


def usual_areas():
    """Two Impact Areas that overlap, a comparison area, a police site in the first."""
    box = shapely.box
    return areas_of(one=("impact", box(0, 0, 1000, 1000)), two=("impact", box(700, 400, 1800, 1500)),
                    like=("comparison", box(1900, 1000, 2900, 2400)), station=("site", box(300, 200, 900, 700)))  # fmt: skip


def events_of(fixes, n=40, seed=2):
    """Incidents, searches and crimes near where some officer is, some of which name officers."""
    rng = np.random.default_rng(seed)
    officers = fixes["officer_id"].nunique()
    near = fixes.iloc[rng.integers(0, len(fixes), n)].reset_index(drop=True)
    begin = near["time"] - pd.to_timedelta(rng.uniform(0, 1800, n), unit="s")
    lasts = np.where(rng.random(n) < 0.3, 0.0, rng.uniform(60, 5400, n))
    named = [
        " ".join(f"o{k}" for k in rng.choice(officers, rng.integers(0, 3), replace=False)) or None for _ in range(n)
    ]
    return pd.DataFrame({
        "event_id": [f"e{i}" for i in range(n)], "kind": rng.choice(["incident", "stop_search", "crime"], n), "category": rng.choice(["x", "y"], n),
        "start": begin, "end": begin + pd.to_timedelta(lasts, unit="s"), "time_precision": "minute", "x": near["x"] + rng.normal(0, 60, n),
        "y": near["y"] + rng.normal(0, 60, n), "officer_ids": named,
    })  # fmt: skip


def usual_world():
    """Legs, areas and events of three days: a tenth of the events tell their day alone, some have no place, a third of the searches find something."""
    fixes = whole_fixes()
    events = events_of(fixes, n=120).assign(time_precision=lambda t: np.where(np.arange(len(t)) % 10, "minute", "day"))
    events["object_found"] = np.where(events["kind"] == "stop_search", np.arange(len(events)) % 3 == 0, None)
    events.loc[::11, ["x", "y"]] = np.nan
    return legs_of(fixes), usual_areas(), events


def atoms(legs, areas, links, edges=None):
    """Every leg's straight line in its smallest pieces: (leg, hour, seconds, area ids, role or rest, at a site, linked class or None).

    Written without the method's code: breakpoints at hours, at the borders of areas and of what events claim; the middle of
    each piece says where it is.
    """
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    ends = legs[["x0", "y0", "x1", "y1"]].to_numpy(dtype=float)
    valid = [(0, 2**62)] * len(areas) if edges is None else edges
    rows = []
    for i, (x0, y0, x1, y1) in enumerate(ends):
        a, b = int(start[i]), int(end[i])
        cuts = {0.0, 1.0}
        cuts |= {(h - a) / (b - a) for h in range((a // HOUR + 1) * HOUR, b, HOUR)}
        spans = [(f, t, c) for leg, f, t, c in zip(links.leg, links.start, links.end, links.activity) if leg == i]
        cuts |= {(m - a) / (b - a) for f, t, _ in spans for m in (f, t)}
        line = shapely.LineString([(x0, y0), (x1, y1)])
        if line.length > 0:
            for shape in areas["geometry"]:
                hit = shapely.intersection(line, shape.boundary)
                cuts |= {line.project(p, normalized=True) for p in map(shapely.Point, shapely.get_coordinates(hit))}
        cuts = sorted(c for c in cuts if 0 <= c <= 1)
        for lo, hi in zip(cuts[:-1], cuts[1:]):
            middle = (lo + hi) / 2
            moment = a + middle * (b - a)
            point = shapely.Point(x0 + middle * (x1 - x0), y0 + middle * (y1 - y0))
            here = [
                k for k, (g, (f, t)) in enumerate(zip(areas["geometry"], valid)) if f <= moment < t and g.covers(point)
            ]
            roles = {areas["role"].iloc[k] for k in here}
            site = "site" in roles
            role = next((r for r in ORDER if r in roles), "rest")
            inside = [areas["area_id"].iloc[k] for k in here if areas["role"].iloc[k] != "site"]
            linked = next((c for f, t, c in spans if f <= moment < t), None)
            rows.append(
                (
                    i,
                    int(moment // HOUR * HOUR),
                    (hi - lo) * (b - a) / 1e9,
                    tuple(inside),
                    role,
                    site,
                    linked,
                    a + lo * (b - a),
                    a + hi * (b - a),
                )
            )
    return pd.DataFrame(rows, columns=["leg", "hour", "seconds", "areas", "role", "site", "linked", "begin", "stop"])


def account(legs, areas, links, activities, edges=None):
    """Seconds by (place, hour, unit, activity), from the pieces: areas, roles and the rest."""
    share = np.zeros((len(legs), 4))
    share[:, 3] = 1.0
    if "mode" in legs.columns:
        known = legs["mode"].to_numpy(dtype=object) != "unknown"
        p = legs[[f"p_{m}" for m in MODES]].to_numpy(dtype=float)
        share[known] = np.c_[p / p.sum(axis=1)[:, None], np.zeros(len(p))][known]
    names = [*OF_MODE.values(), "not_known"]
    units = (
        legs["unit"].to_numpy(dtype=object)
        if "unit" in legs.columns
        else np.full(len(legs), "unit not known", dtype=object)
    )
    found: dict[tuple, float] = {}

    def add(key, seconds):
        if seconds > 0:
            found[key] = found.get(key, 0.0) + seconds

    def shared(place, r, site, linked):
        head = (place, r.hour, units[r.leg])
        if linked is not None:
            add((*head, activities[int(linked)]), r.seconds)
        elif site:
            add((*head, "police_site"), r.seconds)
        else:
            for name, s in zip(names, share[r.leg]):
                add((*head, name), r.seconds * s)

    for r in atoms(legs, areas, links, edges).itertuples():
        linked = None if r.linked is None or r.linked != r.linked else r.linked
        shared(f"({r.role})", r, r.site, linked)
        for area in r.areas:
            # At a police site an area's time is the site's, whatever events say.
            shared(area, r, r.site, None if r.site else linked)
    return found

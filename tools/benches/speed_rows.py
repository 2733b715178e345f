"""Rows of the bench on what users wait for beside the method: start-up, reading, writing, and the nightly refresh."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from .evaluation_rows import NOTHING, compared

Measure = Callable[..., dict[str, Any]]
Rows = tuple[list[dict[str, Any]], dict[str, Any]]


def told(took: dict[str, float]) -> str:
    """Seconds by the clock, and those of cores: on a busy machine the clock tells of others too."""
    return f"{took['seconds']:.1f} s ({took['cores']:.1f} core-seconds)"


def against(took: dict[str, float], asked: float) -> float:
    """What was asked against core-seconds."""
    return asked / took["cores"]


def refresh_rows(measure: Measure, folder: Path, officers: int = 1_500, days: int = 30, cores: int = 2) -> Rows:
    """The refresh of a force's store; fewer officers and days for a look in two minutes."""
    where = str(folder / "refresh_store")
    force = measure("refresh_force", folder=where, officers=officers, days=days, cores=cores)
    few, alone = measure("refresh_few", folder=where), measure("refresh_one", folder=where)
    case = f"refresh, {force['fixes']:,} fixes a day, bridge, 39 areas, 12 sites, {cores} cores"
    memory = force["memory_mb"]
    first, last = force["a_day"][:1], force["a_day"][-1:]
    found = [
        compared(f"{case}: first fill of {days} days", told(force["fill"]), "", 480 / force["fill"]["seconds"], "8 min", memory),
        compared(f"{case}: one more day", told(force["more"]), "", 25 / force["more"]["seconds"], "25 s", memory),
        compared(f"{case}: one day changed", told(force["changed"]), "", 25 / force["changed"]["seconds"], "25 s", memory),
        compared("refresh of 28 days of 720 fixes in one run", told(few["together"]), "", against(few["together"], 4.2), "4.2 s", few["memory_mb"]),
        compared(f"the next such day alone, and the one beside it ({alone['days']} days due)", told(alone["alone"]), "", against(alone["alone"], 0.5), "0.5 s", alone["memory_mb"]),
    ]  # fmt: skip
    if first:
        text = f"{first[0]:.1f} → {last[0]:.1f} core-seconds"
        found.append(compared(f"{case}: a day of the first fill, at its begin and its end", text, "", first[0] / last[0], "flat", memory))  # fmt: skip
    return found, {"force": force, "few": few, "alone": alone}


def start_rows(measure: Measure) -> Rows:
    """What the plugin adds to a program that only lists its algorithms."""
    ours = measure("listed")
    more = ours["with"] - ours["without"]
    text, theirs = (
        f"{more:+.2f} core-seconds; loads {ours['loads'] or 'neither pandas nor scipy'}",
        f"QGIS alone {ours['without']:.2f}",
    )
    row = compared(
        "added to qgis_process list, median of 7", text, theirs, 0.1 / max(more, 1e-3), "0.1 s", ours["memory_mb"]
    )
    return [row], ours


def output_rows(measure: Measure, n: int = 1_000_000) -> Rows:
    """Whole runs of qgis_process that write a GeoPackage, and what their parts take."""
    path = measure("write_layer", n=n)["path"]
    folder = Path(path).parent
    fields = {"OFFICER_FIELD": "officer_id", "TIME_FIELD": "time", "IDS_ARE_PSEUDONYMS": True}
    tracks, legs, modes, native = (str(folder / f"{k}.gpkg") for k in ("tracks", "legs", "modes", "native"))
    common = {"INPUT": path, **fields}
    grouping = {"GROUP_EXPRESSION": '"officer_id"', "ORDER_EXPRESSION": '"time"'}
    of: dict[str, dict[str, Any]] = {
        "native:pointstopath": measure("algorithm", algorithm="native:pointstopath", parameters={"INPUT": path, **grouping, "OUTPUT": native}),
        "buildtracks": measure("algorithm", algorithm="impactareas:buildtracks", parameters={**common, "OUTPUT": tracks}),
        "buildtracks with LEGS": measure("algorithm", algorithm="impactareas:buildtracks", parameters={**common, "OUTPUT": tracks, "LEGS": legs}, runs=1),
        "classifymovement": measure("algorithm", algorithm="impactareas:classifymovement", parameters={"INPUT": legs, "OUTPUT": modes}, runs=1),
    }  # fmt: skip
    parts, written = measure("parts_of_a_run", path=path), measure("legs_written", n=n)
    rival = of["native:pointstopath"]
    theirs, case = f"native:pointstopath {told(rival)}", f"{n / 1e6:g} M fixes, a whole run of qgis_process"
    rows = [(f"{case}: buildtracks", "buildtracks", rival["cores"] / of["buildtracks"]["cores"], "2 ×")]
    rows += [(f"{case}: {k}", k, against(of[k], 8), "8 s") for k in ("buildtracks with LEGS", "classifymovement")]
    found = [compared(what, told(of[k]), theirs if k == "buildtracks" else "", ratio, asked, of[k]["memory_mb"]) for what, k, ratio, asked in rows]  # fmt: skip
    left = of["buildtracks"]["cores"] - parts["start"] - parts["read"]
    text = (
        f"start-up {parts['start']:.1f}, reading {parts['read']:.1f}, tracks and writing them {left:.1f} core-seconds"
    )
    found.append(compared("of buildtracks", text, "", NOTHING, "the floor", parts["memory_mb"]))
    rate = written["rows"] / written["cores"]
    found.append(compared("legs into a GeoPackage with their index, by columns", f"{rate:,.0f} rows a core-second", f"by features {written['features']:,.0f}", rate / written["features"], "220,000", written["memory_mb"]))  # fmt: skip
    others = "; ".join(f"{name} {per:,.0f}" for name, per in written["other"].items())
    found.append(compared("legs as features, a core-second", others, "", NOTHING, "2 × before", written["memory_mb"]))
    return found, {**of, "parts": parts, "written": written}

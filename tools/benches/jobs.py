"""The jobs of the bench: what is timed, against whom."""

from __future__ import annotations

from typing import Any, Callable

from .steps import FOLDER

Measure = Callable[..., dict[str, Any]]


def compared(what: str, ours: str, rival: str, ratio: float, asked: str) -> dict[str, str]:
    return {
        "what": what,
        "ours": ours,
        "rival": rival,
        "ratio": f"{ratio:,.3g} ×" if ratio == ratio else "",
        "asked": asked,
    }


def millions(rate: float) -> str:
    return f"{rate / 1e6:.2f} M fixes/s"


def job_time_in_areas(measure: Measure) -> dict[str, Any]:
    ours = measure("time_in_areas", n=10_000_000)
    bare = measure("time_in_areas", n=10_000_000, bounds="none")
    case = "10 M fixes × 39 areas of 200 vertices"
    found = []
    for library, n, asked in (("pymeos", 20_000, "60 ×"), ("movingpandas", 5_000, "1,000 ×")):
        try:
            rival = measure("rival", library=library, n=n)
        except RuntimeError as error:
            found.append(
                compared(f"{case}, {library}", millions(ours["rate"]), f"not run ({error})", float("nan"), asked)
            )
            continue
        text = f"{library}: {rival['rate']:,.0f} fixes/s (on {n:,})"
        found.append(compared(case, millions(ours["rate"]), text, ours["rate"] / rival["rate"], asked))
    found.append(compared(f"{case}, no hard bounds", millions(bare["rate"]), "", float("nan"), "1.5 M fixes/s"))
    return {
        "comparisons": found,
        "memory_mb": ours["memory_mb"],
        "seconds": ours["seconds"],
        "rate": ours["rate"],
        "rate_without_bounds": bare["rate"],
    }


def job_buildtracks(measure: Measure) -> dict[str, Any]:
    path = measure("write_layer", n=1_000_000)["path"]
    tracks, legs, native = (str(FOLDER / f"{n}.gpkg") for n in ("tracks", "legs", "native"))
    fields = {"OFFICER_FIELD": "officer_id", "TIME_FIELD": "time", "IDS_ARE_PSEUDONYMS": True}
    parameters = {"INPUT": path, **fields, "OUTPUT": tracks}
    grouping = {"GROUP_EXPRESSION": '"officer_id"', "ORDER_EXPRESSION": '"time"'}
    rival = measure(
        "algorithm", algorithm="native:pointstopath", parameters={"INPUT": path, **grouping, "OUTPUT": native}
    )
    ours = measure("algorithm", algorithm="impactareas:buildtracks", parameters=parameters)
    both = measure("algorithm", algorithm="impactareas:buildtracks", parameters={**parameters, "LEGS": legs}, runs=1)
    what, theirs = "1 M fixes to tracks, a whole run of qgis_process", f"native:pointstopath {rival['seconds']:.1f} s"
    found = [
        compared(what, f"{ours['seconds']:.1f} s", theirs, rival["seconds"] / ours["seconds"], "over 1 ×"),
        compared("the same with LEGS", f"{both['seconds']:.1f} s", theirs, rival["seconds"] / both["seconds"], "told"),
    ]
    figures = {"seconds": ours["seconds"], "rival_seconds": rival["seconds"], "with_legs_seconds": both["seconds"]}
    return {"comparisons": found, "memory_mb": ours["memory_mb"], **figures}


def job_layer_to_table(measure: Measure) -> dict[str, Any]:
    path = measure("write_layer", n=1_000_000)["path"]
    ours, rival = measure("read_layer", path=path), measure("feature_loop", path=path)
    theirs = f"loop over features {rival['seconds']:.1f} s"
    what = f"GeoPackage of 1 M points to a finished table ({ours['how']})"
    found = compared(what, f"{ours['seconds']:.2f} s", theirs, rival["seconds"] / ours["seconds"], "10 ×")
    figures = {"seconds": ours["seconds"], "rival_seconds": rival["seconds"]}
    return {"comparisons": [found], "memory_mb": ours["memory_mb"], **figures}


def job_presence(measure: Measure) -> dict[str, Any]:
    ours = measure("presence", n=1_000_000)
    found = compared("presence by hour, 1 M fixes", f"{ours['seconds']:.2f} s", "", float("nan"), "told")
    return {"comparisons": [found], "memory_mb": ours["memory_mb"], "seconds": ours["seconds"]}


def job_growth(measure: Measure) -> dict[str, Any]:
    cases: dict[str, dict[str, int]] = {
        "1 M fixes × 39 areas of 200 vertices": dict(n=1_000_000),
        "1 M fixes × 1,680 areas of 50 vertices": dict(n=1_000_000, areas=1680, vertices=50),
        "1 M fixes × 39 areas of 1,000 vertices": dict(n=1_000_000, vertices=1000),
    }
    found, peak = [], 0
    for what, case in cases.items():
        ours = measure("time_in_areas", **case)
        peak = max(peak, ours["memory_mb"])
        found.append(compared(what, millions(ours["rate"]), "", float("nan"), "told"))
    return {"comparisons": found, "memory_mb": peak}


JOBS: dict[str, Callable[[Measure], dict[str, Any]]] = {
    "time_in_areas": job_time_in_areas,
    "buildtracks": job_buildtracks,
    "layer_to_table": job_layer_to_table,
    "presence": job_presence,
    "growth": job_growth,
}

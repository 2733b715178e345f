"""The jobs of the bench: what is timed, against whom."""

from __future__ import annotations

from typing import Any, Callable

from .association_rows import association_rows
from .cluster_rows import cluster_rows
from .evaluation import COVERAGE, COVERAGE_OF_DISPLACEMENT, MOST_FALSE
from .evaluation_rows import baseline_rows, compared
from .growth import growth_rows
from .page import page_rows
from .speed_rows import output_rows, refresh_rows, start_rows
from .steps import FOLDER
from .trial_worlds import trial_rows
from .visit_worlds import visit_rows
from .worlds import AROUND, WORLDS

Measure = Callable[..., dict[str, Any]]


def millions(rate: float) -> str:
    return f"{rate / 1e6:.2f} M fixes a core-second"


def job_time_in_areas(measure: Measure) -> dict[str, Any]:
    """Linear time in areas, with and without hard bounds (the rivals give none), from legs and from fixes."""
    ours, bare = measure("time_in_areas", n=10_000_000), measure("time_in_areas", n=10_000_000, bounds="none")
    case = "10 M fixes × 39 areas of 200 vertices"
    found = [
        compared(
            f"{case}, with hard bounds",
            millions(ours["rate"]),
            "",
            ours["rate"] / 1.5e6,
            "1.5 M",
            ours["memory_mb"],
        )
    ]
    figures: dict[str, Any] = {"ours": ours, "ours_without_bounds": bare}
    for library, n, asked in (("pymeos", 20_000, "60 ×"), ("movingpandas", 20_000, "1,000 ×")):
        try:
            rival = measure("rival", library=library, n=n)
        except RuntimeError as error:
            found.append(compared(f"{case}, {library}", "", f"not run ({error})", float("nan"), asked, 0))
            continue
        check = measure("time_in_areas", n=n, bounds="none")
        figures[library] = {**rival, "our_hours_on_the_same": check["hours"]}
        for basis, key, goal in (("tracks and legs ready", "rate", asked), ("from fixes", "rate_from_fixes", "2.5 M")):
            text = f"{library}: {rival[key]:,.0f} (on {n:,})"
            found.append(
                compared(
                    f"{case}, no bounds, {basis}",
                    millions(bare[key]),
                    text,
                    bare[key] / rival[key],
                    goal,
                    bare["memory_mb"],
                )
            )
        found.append(
            compared(
                f"{case}, with bounds, legs ready",
                millions(ours["rate"]),
                text_of(library, rival),
                ours["rate"] / rival["rate"],
                asked,
                ours["memory_mb"],
            )
        )
    return {"comparisons": found, "figures": figures}


def text_of(library: str, rival: dict[str, Any]) -> str:
    return f"{library}: {rival['rate']:,.0f}"


def job_buildtracks(measure: Measure) -> dict[str, Any]:
    """Whole runs that write a GeoPackage, beside QGIS's own Points to Path, and what their parts take."""
    found, figures = output_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_refresh(measure: Measure) -> dict[str, Any]:
    """The nightly refresh of a force's store, and of days with few fixes."""
    found, figures = refresh_rows(measure, FOLDER)
    return {"comparisons": found, "figures": figures}


def job_refresh_small(measure: Measure) -> dict[str, Any]:
    """The same of a tenth of the officers and eight days: two minutes."""
    found, figures = refresh_rows(measure, FOLDER, officers=150, days=8)
    return {"comparisons": found, "figures": figures}


def job_start(measure: Measure) -> dict[str, Any]:
    """What the plugin adds to a start of QGIS that does not use it."""
    found, figures = start_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_growth_picture(measure: Measure) -> dict[str, Any]:
    """How time and memory grow, with a picture in docs."""
    found, figures = growth_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_layer_to_table(measure: Measure) -> dict[str, Any]:
    path = measure("write_layer", n=1_000_000)["path"]
    ours, rival = measure("read_layer", path=path), measure("feature_loop", path=path)
    theirs = f"loop over features {rival['cores']:.1f} core-seconds"
    what = f"GeoPackage of 1 M points to a finished table ({ours['how']})"
    found = compared(
        what, f"{ours['cores']:.2f} core-seconds", theirs, rival["cores"] / ours["cores"], "10 ×", ours["memory_mb"]
    )
    return {"comparisons": [found], "figures": {"ours": ours, "rival": rival}}


def job_bridge(measure: Measure) -> dict[str, Any]:
    """The best estimate with its spread, beside the straight line; and a force's month on two cores."""
    ours, line = measure("time_in_areas", n=10_000_000, method="bridge"), measure("time_in_areas", n=10_000_000)
    month, busy = measure("month", n=11_000_000), measure("month", n=11_000_000, busy=True)
    alone, spawned = (measure("month", n=11_000_000, cores=c, fork=False) for c in (1, 2))
    share, two = (run["steps"]["time_in_areas"] for run in (alone, spawned))
    what = "10 M fixes × 39 areas of 200 vertices"
    found = [
        compared(f"{what}, bridge", millions(ours["rate"]), "", ours["rate"] / 1.2e6, "1.2 M", ours["memory_mb"]),
        compared(f"{what}, linear with hard bounds", millions(line["rate"]), "", line["rate"] / 2.5e6, "2.5 M", line["memory_mb"]),
        compared(
            "11 M fixes × 39 areas, Parquet to presence by hour, bridge, two cores",
            f"{month['seconds']:.0f} s", "", 60 / month["seconds"], "60 s", month["memory_mb"],
        ),
        compared(
            f"the same of simulated turns of duty, {busy['pairs'] / 1e6:.1f} M pairs: {busy['legs_in_areas']:.0%} of legs in some area",
            f"{busy['seconds']:.0f} s", "", 60 / busy["seconds"], "60 s and 5,000 MB", busy["memory_mb"],
        ),
        compared(
            "of it time in areas, where forks are not allowed: two programs", f"{two:.1f} s", f"one core {share:.1f} s", share / two, "1.6 ×",
            spawned["memory_mb"],
        ),
    ]  # fmt: skip
    return {
        "comparisons": found,
        "figures": {"bridge": ours, "linear": line, "month": month, "busy": busy, "spawned": spawned},
    }


def job_presence(measure: Measure) -> dict[str, Any]:
    ours = measure("presence", n=1_000_000)
    found = compared(
        "presence by hour, 1 M fixes", f"{ours['cores']:.2f} core-seconds", "", float("nan"), "told", ours["memory_mb"]
    )
    return {"comparisons": [found], "figures": ours}


def job_growth(measure: Measure) -> dict[str, Any]:
    """Other areas than the 39 of the first jobs; sizes and numbers follow in the picture."""
    cases: dict[str, tuple[dict[str, int], dict[str, float]]] = {
        "1 M fixes × 1,680 areas of 50 vertices": (dict(areas=1680, vertices=50), {}),
        "1 M fixes × 39 areas of 1,000 vertices": (dict(vertices=1000), {}),
        "1 M fixes × 1,680 areas of 50 vertices that tile the ground": (dict(areas=0), {"linear": 0.6, "bridge": 0.15}),
    }
    found, figures = [], {}
    for what, (case, marks) in cases.items():
        for method in ("linear", "bridge"):
            ours = figures[f"{what}, {method}"] = measure("time_in_areas", n=1_000_000, method=method, **case)
            mark = marks.get(method)
            ratio, asked = (ours["rate"] / 1e6 / mark, f"{mark} M") if mark else (float("nan"), "told")
            found.append(compared(f"{what}, {method}", millions(ours["rate"]), "", ratio, asked, ours["memory_mb"]))
    return {"comparisons": found, "figures": figures}


def job_import(measure: Measure) -> dict[str, Any]:
    """An extract of 5 M rows into the store, beside ogr2ogr and pandas on the same file."""
    n = 5_000_000
    ours, small = measure("import", n=n), measure("import", n=1_000_000)
    ogr, pandas = measure("ogr2ogr", n=n), measure("read_csv", n=n)
    rate = f"{ours['rate']:,.0f} rows/s ({ours['core_rate']:,.0f} a core-second)"
    rivals = (
        ("", ours["rate"] / 150_000, "150,000 rows/s"),
        (
            f"ogr2ogr {ogr['rate']:,.0f} rows/s ({ogr['core_rate']:,.0f} a core-second), {ogr['memory_mb']:,} MB",
            ours["core_rate"] / ogr["core_rate"],
            "3 ×",
        ),
        (
            f"pandas.read_csv alone {pandas['rate']:,.0f} rows/s, {pandas['memory_mb']:,} MB",
            ours["rate"] / pandas["rate"],
            "told",
        ),
    )
    what = "CSV of 5 M affiliations to the store, indexes included"
    found = [compared(what, rate, rival, ratio, asked, ours["memory_mb"]) for rival, ratio, asked in rivals]
    alone = f"{small['rate']:,.0f} rows/s"
    found.append(
        compared("the same, 1 M rows", alone, "", small["rate"] / 150_000, "150,000 rows/s", small["memory_mb"])
    )
    return {"comparisons": found, "figures": {"ours": ours, "ogr2ogr": ogr, "read_csv": pandas}}


def job_shared_store(measure: Measure) -> dict[str, Any]:
    """1 M fixes into a PostGIS store, beside ogr2ogr with COPY in the same run, and read again."""
    ours = measure("postgis_load", n=1_000_000)
    rival, what = f"ogr2ogr with COPY {ours['rows'] / ours['ogr2ogr']:,.0f} rows/s", "1 M fixes into PostGIS, one file"
    rows = [
        (f"{what}: an empty month, its three indexes made after", "empty", 150_000, "150,000 rows/s"),
        (f"{what}: a month with its indexes", "indexed", 60_000, "60,000 rows/s"),
    ]
    found = [
        compared(name, f"{ours['rows'] / ours[step]:,.0f} rows/s", "", ours["rows"] / ours[step] / least, asked, ours["memory_mb"])
        for name, step, least, asked in rows
    ]  # fmt: skip
    ratio = ours["ogr2ogr"] / ours["empty"]
    found.append(
        compared(
            f"{what}: an empty month",
            f"{ours['rows'] / ours['empty']:,.0f} rows/s",
            rival,
            ratio,
            "2 ×",
            ours["memory_mb"],
        )
    )
    found.append(compared("1 M fixes of PostGIS to a finished table", f"{ours['read']:.1f} s", "", 2.5 / ours["read"], "2.5 s", ours["memory_mb"]))  # fmt: skip
    tracks = measure("postgis_tracks", path=measure("write_layer", n=1_000_000)["path"])
    found.append(
        compared(
            "buildtracks of 1 M fixes of a PostGIS layer, a whole run",
            f"{tracks['postgis']:.1f} s",
            f"the same of a GeoPackage {tracks['geopackage']:.1f} s",
            tracks["geopackage"] / tracks["postgis"],
            "1 / 1.5 ×",
            tracks["memory_mb"],
        )
    )
    return {"comparisons": found, "figures": {**ours, **{f"tracks_{k}": v for k, v in tracks.items()}}}


def job_answers(measure: Measure) -> dict[str, Any]:
    """A month of a force to the tables of questions 1 to 6: officers' time laid out, then summed."""
    found, figures = [], {}
    for method in ("linear", "bridge"):
        ours = figures[method] = measure("answers", n=11_000_000, method=method)
        case = f"11 M legs, {method}"
        found += [
            compared(
                f"{case}: time laid out by area, hour, group and activity, their time in areas included",
                f"{ours['laying_out']:.1f} s ({ours['cores']:.1f} core-seconds)", "", 20 / ours["cores"], "20 s", ours["memory_mb"],
            ),
            compared(
                f"{case}: of that, summing, their time in areas known",
                f"{ours['summing']:.1f} s", "", 20 / ours["summing"], "20 s", ours["memory_mb"],
            ),
            compared(
                f"{case}: all tables of questions 1 to 6 of 28 days and the two earlier periods ({ours['rows']:,} cells)",
                f"{ours['tables']:.2f} s", "", 20 / (ours["summing"] + ours["tables"]), "20 s with the summing", ours["memory_mb"],
            ),
            compared(f"{case}: the figures of one filter", f"{ours['figures']:.2f} s", "", float("nan"), "told", ours["memory_mb"]),
        ]  # fmt: skip
    return {"comparisons": found, "figures": figures}


def job_dock(measure: Measure) -> dict[str, Any]:
    """A filter changed in the dock over a large store: figures, layers, and how long the window stands still."""
    ours = measure("dock_filter", folder=str(FOLDER / "dock_store"))
    asked = (("figures_worst", "verdict, tiles, map and table shown, the slowest of 20", 0.5),
             ("areas_after_worst", "page of areas with its weeks after them, the slowest of 20", 0.3), ("layers_worst", "filters on the layers, the slowest of 20", 0.3),
             ("blocked_worst", "longest block of the window", 0.1))  # fmt: skip
    found = [
        compared(
            f"dock, 2 M fixes, 200 k legs, 100 k events: {what}",
            f"{ours[key]:.2f} s",
            "",
            mark / ours[key],
            f"{mark:g} s",
            ours["memory_mb"],
        )
        for key, what, mark in asked
    ]
    many = measure("map_of_areas")
    found.append(
        compared(
            f"map of {many['areas']:,} areas turned to another figure: longest block of the window (shown after {many['shown_worst']:.2f} s)",
            f"{many['blocked_worst']:.3f} s",
            "",
            0.1 / many["blocked_worst"],
            "0.1 s",
            many["memory_mb"],
        )
    )
    homes = measure("summary_opened", path=str(FOLDER / "dock_store"))
    found.append(
        compared(
            "the same store opened in PostGIS, to the figures of a filter",
            f"{homes['postgis']:.1f} s",
            f"in a folder {homes['geopackage']:.1f} s",
            homes["geopackage"] / homes["postgis"],
            "1 / 2 ×",
            homes["memory_mb"],
        )
    )
    return {"comparisons": found, "figures": {**ours, "map": many, "opened": homes}}


def job_page(measure: Measure) -> dict[str, Any]:
    """The inspector's page of thirteen months in a browser: size, opening, filters."""
    found, figures = page_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_cluster(measure: Measure) -> dict[str, Any]:
    """A force's years on a standalone cluster, beside the core alone; other sizes by tools/bench_cluster.py."""
    found, figures = cluster_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_kept_back(measure: Measure) -> dict[str, Any]:
    """How much of a force's time is told by unit, which is what readers of the summary lose; no rival publishes it."""
    found = measure("kept_back", officers=120, days=61)
    rows = [compared(f"120 officers, {n}", f"{found[n]:.1f} %", "", float("nan"), "told", found["memory_mb"])
            for n in ("area told", "area other", "role told", "role other", "role hours of the week")]  # fmt: skip
    return {"comparisons": rows, "figures": found}


def job_evaluation(measure: Measure) -> dict[str, Any]:
    """How often the evaluation's intervals hold the truth, and how often it sees what is not there."""
    found, figures = [], {}
    for name, world in WORLDS.items():
        ours = figures[name] = measure("panel_fits", world=name, panels=2_000)
        case = f"2,000 panels of 39 areas and 24 months, {name}"
        asked = f"{COVERAGE[0]}–{COVERAGE[1]}"
        text = f"{ours['coverage']:.3f} (CR1 {ours['coverage_cr1']:.3f})"
        found.append(compared(f"{case}: coverage", text, "", float("nan"), asked, ours["memory_mb"]))
        if not world.effect:
            text = f"{ours['rejected']:.3f} (CR1 {ours['rejected_cr1']:.3f})"
            ratio = MOST_FALSE / max(ours["rejected"], 1e-9)
            found.append(compared(f"{case}: false positives", text, "", ratio, f"{MOST_FALSE}", ours["memory_mb"]))
    for name, (world, around) in AROUND.items():
        ours = figures[f"displacement, {name}"] = measure("displacement_worlds", world=name, worlds=2_000)
        case = f"2,000 worlds of 39 areas with rings, {name}"
        asked = "–".join(map(str, COVERAGE_OF_DISPLACEMENT))
        parts = [
            f"{ours[f'{what}_{place}']:.3f}"
            for what in ("coverage", "rejected")
            for place in ("in_areas", "around", "together")
        ]
        text = f"in areas {parts[0]}, around {parts[1]}, together {parts[2]} (as published {ours['coverage_published']:.3f})"
        found.append(compared(f"{case}: coverage", text, "", float("nan"), asked, ours["memory_mb"]))
        false = {"in areas": parts[3], "together": parts[5]} if not WORLDS[world].effect else {}
        false.update({} if around.moved else {"around": parts[4]})
        if false:
            worst = max(map(float, false.values()))
            text = ", ".join(f"{place} {share}" for place, share in false.items())
            ratio = MOST_FALSE / max(worst, 1e-9)
            found.append(compared(f"{case}: false positives", text, "", ratio, f"{MOST_FALSE}", ours["memory_mb"]))
    found += baseline_rows(measure, figures)
    ours = figures["permutations"] = measure("permutations")
    found.append(
        compared(
            "999 permutations of 39 areas and 24 months",
            f"{ours['cores']:.2f} core-seconds",
            "",
            2 / ours["cores"],
            "2 s",
            ours["memory_mb"],
        )
    )
    return {"comparisons": found, "figures": figures}


def job_trial(measure: Measure) -> dict[str, Any]:
    """How often a trial's interval holds the truth, beside naive comparisons, and whether drained areas stop it."""
    found, figures = trial_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_since_visit(measure: Measure) -> dict[str, Any]:
    """How often the curve since the last visit and its half-life hold the truth, and whether the mirror shows what chases events."""
    found, figures = visit_rows(measure)
    return {"comparisons": found, "figures": figures}


def job_association(measure: Measure) -> dict[str, Any]:
    """Presence and crime, calls and crime: how often the intervals hold the truth, and whether the caveats stand where officers follow crime."""
    found, figures = association_rows(measure)
    return {"comparisons": found, "figures": figures}


JOBS: dict[str, Callable[[Measure], dict[str, Any]]] = {
    "time_in_areas": job_time_in_areas,
    "bridge": job_bridge,
    "buildtracks": job_buildtracks,
    "layer_to_table": job_layer_to_table,
    "presence": job_presence,
    "growth": job_growth,
    "growth_picture": job_growth_picture,
    "refresh": job_refresh,
    "refresh_small": job_refresh_small,
    "start": job_start,
    "import": job_import,
    "shared_store": job_shared_store,
    "answers": job_answers,
    "dock": job_dock,
    "page": job_page,
    "kept_back": job_kept_back,
    "cluster": job_cluster,
    "evaluation": job_evaluation,
    "trial": job_trial,
    "since_visit": job_since_visit,
    "association": job_association,
}
COUNTING = ("kept_back", "evaluation", "trial", "since_visit", "association")
"""Jobs that do not ask the clock."""
SEVERAL_CORES = ("bridge", "refresh", "dock", "page")
"""Jobs whose seconds by the clock count: nothing else should run meanwhile."""
SHORTENED = ("refresh_small",)
"""Jobs that another one holds, for a quick look."""

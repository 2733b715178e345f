"""How time and memory grow with fixes and with areas: rows of the bench and a picture of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from .evaluation_rows import NOTHING, compared

FIXES = (10_000, 100_000, 1_000_000, 10_000_000, 50_000_000)
TILES = ((1, 1), (5, 2), (20, 5), (50, 20), (125, 80))
FIXES_AMONG_TILES = 300_000
METHODS = ("linear", "bridge")
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "growth.png"

Points = dict[str, list[tuple[int, dict[str, Any]]]]


def growth_rows(
    measure: Callable[..., dict[str, Any]], fixes: tuple[int, ...] = FIXES, tiles: tuple[tuple[int, int], ...] = TILES
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows, and the figures behind them; the picture is written anew."""
    by_fixes: Points = {m: [(n, measure("time_in_areas", n=n, method=m)) for n in fixes] for m in METHODS}
    by_areas: Points = {
        m: [
            (a * b, measure("time_in_areas", n=FIXES_AMONG_TILES, areas=0, tiles=[a, b], method=m)) for a, b in tiles
        ]
        for m in METHODS
    }  # fmt: skip
    found = []
    for method in METHODS:
        most, ours = by_fixes[method][-1]
        what = f"{most:,} fixes in 39 areas of 200 vertices, {method}"
        text = f"{ours['rate'] / 1e6:.2f} M fixes a core-second"
        found.append(compared(what, text, "", 8_000 / ours["memory_mb"], "under 8 GB", ours["memory_mb"]))
        for words, points in (
            ("fixes in 39 areas", by_fixes),
            (f"areas that tile the ground, {FIXES_AMONG_TILES:,} fixes", by_areas),
        ):
            (less, small), (more, large) = points[method][-2:]
            what = f"{more:,} for {less:,} {words}, {method}: {more / less:,.0f} × as many take"
            text = f"{large['cores'] / small['cores']:.1f} × the core-seconds ({small['cores']:.1f} → {large['cores']:.1f} s)"
            found.append(
                compared(
                    what, text, "", NOTHING, "linear" if points is by_fixes else "less than linear", large["memory_mb"]
                )
            )
    draw(by_fixes, by_areas, PICTURE)
    return found, {"fixes": by_fixes, "areas": by_areas}


def draw(by_fixes: Points, by_areas: Points, path: Path) -> None:
    """Core-seconds (legs and their time in areas) and memory against fixes and against areas, both axes logarithmic, as a small PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt
    from matplotlib.ticker import LogLocator, StrMethodFormatter

    figure, plots = plt.subplots(2, 2, figsize=(8, 5.6), sharey="row", layout="constrained")
    for column, (points, words) in enumerate(
        (
            (by_fixes, "fixes, 39 areas of 200 vertices"),
            (by_areas, f"areas that tile the ground, {FIXES_AMONG_TILES:,} fixes"),
        )
    ):
        for method, colour in zip(METHODS, ("#1b6ca8", "#c2571a")):
            n = [k for k, _ in points[method]]
            plots[0][column].plot(n, [f["cores"] for _, f in points[method]], "o-", color=colour, label=method)
            plots[1][column].plot(n, [f["memory_mb"] for _, f in points[method]], "o-", color=colour, label=method)
        plots[1][column].set_xlabel(words)
        for row in plots:
            row[column].set_xscale("log")
            row[column].set_yscale("log")
            row[column].grid(True, which="major", color="#dddddd")
    for row in plots:
        row[0].yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        row[0].yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    plots[0][0].set_ylabel("core-seconds")
    plots[1][0].set_ylabel("memory, MB")
    plots[0][0].legend(frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)
    plt.close(figure)

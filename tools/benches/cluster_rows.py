"""What the bench of the cluster says: throughput, growth, memory, two workers beside one, and what a force's decade would take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .evaluation_rows import compared

DECADE = 1_300_000_000
"""Fixes of a force in ten years."""
CORES = (20, 100, 400)
CORE_HOUR = 0.04
"""Dollars for one core of a rented machine for an hour, of the order of what the large providers ask."""
LEAST_SHARE, MOST_MB, LEAST_GAIN = 0.55, 1_024, 1.7
SHARE_FROM = 10_000_000
NOTHING = float("nan")


def projected(sizes: Sequence[tuple[int, float]], fixes: int, driver_s: float, cores: int) -> dict[str, float]:
    """What a run of `fixes` would take, on the line through the smallest and the largest run measured.

    Parameters
    ----------
    sizes : (fixes, core-seconds) of runs
    driver_s : of it, seconds of the driver for each fix, which one core alone does

    Examples
    --------
    >>> found = projected([(1_000_000, 150.0), (10_000_000, 600.0)], 1_000_000_000, 0.0, 100)
    >>> {name: round(value, 2) for name, value in found.items()}
    {'fixed_s': 100.0, 'us_a_fix': 50.0, 'core_s': 50100.0, 'minutes': 8.35, 'dollars': 0.56}
    """
    (few, least), (many, most) = min(sizes), max(sizes)
    slope = (most - least) / (many - few) if many > few else most / many
    fixed = max(0.0, least - slope * few) if many > few else 0.0
    whole = fixed + slope * fixes
    alone = driver_s * fixes
    return {
        "fixed_s": fixed, "us_a_fix": 1e6 * slope, "core_s": whole, "minutes": (alone + (whole - alone) / cores) / 60,
        "dollars": whole / 3_600 * CORE_HOUR,
    }  # fmt: skip


def cluster_rows(
    measure: Callable[..., dict[str, Any]], sizes: Sequence[int] = (1_000_000, 10_000_000), officers: int = 200
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows of the bench, and all that was measured; each size by two workers, the smallest by one as well."""
    figures = {n: measure("cluster", fixes=n, officers=officers, workers=[1, 2] if n == min(sizes) else [2]) for n in sizes}  # fmt: skip
    found = []
    for n, of_size in figures.items():
        two, alone = of_size["workers"]["2"], of_size["alone"]
        pace, own = (r["fixes"] / r["core_s"] for r in ({**two, "fixes": of_size["fixes"]}, alone))
        case = f"{of_size['fixes'] / 1e6:,.1f} M fixes of {officers} officers, two workers"
        share = pace / own
        asked = f"≥ {LEAST_SHARE} of it" if n >= SHARE_FROM else "told"
        text = f"{pace:,.0f} fixes/s a core ({1e6 / pace:.0f} µs a fix; {two['core_s']:,.0f} core-s, Java {two['java_s']:,.0f})"
        rival = f"the core alone {own:,.0f} fixes/s ({1e6 / own:.0f} µs)"
        found.append(compared(f"{case}: throughput", text, rival, share, asked, two["task_mb"]))
        found.append(compared(f"{case}: memory a task", f"{two['task_mb']:,} MB", "", MOST_MB / two["task_mb"], "≤ 1 GB", two["task_mb"]))  # fmt: skip
        if "1" in of_size["workers"]:
            one = of_size["workers"]["1"]
            gain = one["chain_s"] / two["chain_s"]
            text = f"{two['chain_s']:,.0f} s of the driver and the busier worker"
            found.append(compared(f"{case} beside one", text, f"one worker {one['chain_s']:,.0f} s", gain, f"≥ {LEAST_GAIN} ×", two["task_mb"]))  # fmt: skip
    runs = [(f["fixes"], f["workers"]["2"]["core_s"]) for f in figures.values()]
    drivers = [(f["fixes"], f["workers"]["2"]["driver_s"]) for f in figures.values()]
    driver = projected(drivers, DECADE, 0.0, 1)["us_a_fix"] / 1e6
    for cores in CORES:
        p = projected(runs, DECADE, driver, cores)
        text = f"{p['minutes']:,.0f} min, {p['dollars']:,.2f} $"
        how = f"{p['fixed_s']:,.0f} s + {p['us_a_fix']:.0f} µs × 1.3 × 10⁹ = {p['core_s']:,.0f} core-s; of them the driver {driver * DECADE:,.0f} s alone"
        found.append(compared(f"projected: 1.3 × 10⁹ fixes on {cores} cores", text, how, NOTHING, "told", 0))
    return found, {str(n): f for n, f in figures.items()}

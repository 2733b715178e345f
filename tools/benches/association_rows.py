"""Rows of the bench on presence and crime, and on calls and crime: how often they hold the truth, and what they say where officers follow crime."""

from __future__ import annotations

from typing import Any, Callable

from .evaluation_rows import NOTHING, compared
from .hour_worlds import HOUR_WORLDS

COVERAGE, COVERAGE_OF_CALLS = (0.90, 0.97), (0.85, 0.99)
MOST_CAVEATS, LEAST_CAVEATS = 0.10, 0.95
CAVEATS = ("order_unknown", "follows_events", "placebo")
DESIGNS = {"case_crossover": "case-crossover", "panel": "panel by day"}


def association_rows(
    measure: Callable[..., dict[str, Any]], worlds: int = 500, forces: int = 2, of_forces: int = 100, panels: int = 500
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows of the bench, and what was measured by name."""
    rows: list[dict[str, Any]] = []
    figures: dict[str, Any] = {}
    for name, world in HOUR_WORLDS.items():
        ours = figures[name] = measure("association_worlds", world=name, worlds=worlds)
        for design, words in DESIGNS.items():
            # An effect of the one design is none that the other could hold: each is held to the worlds that it assumes.
            other = world.effect if design == "panel" else world.effect_of_day
            if not other:
                case = f"{worlds:,} forces by the hour, {name}, {words}"
                rows += _of_design(case, ours[design], bool(world.chase), ours["memory_mb"])
    ours = figures["project's own force"] = measure("project_force_worlds", worlds=of_forces, forces=forces)
    case = f"{of_forces:,} draws of crime over {forces} simulated forces, presence as measured from reports, case-crossover"
    rows += _of_design(case, ours, False, ours["memory_mb"])
    ours = figures["calls and crime"] = measure("call_worlds", panels=panels)
    rows.append(
        compared(
            f"{panels:,} panels of calls and crime with common shocks, within areas: coverage",
            f"{ours['coverage']:.3f} (bias {ours['bias']:+.3f})",
            f"drawn over areas alone: {ours['areas_alone']:.3f}",
            NOTHING,
            _between(COVERAGE_OF_CALLS),
            ours["memory_mb"],
        )
    )
    return rows, figures


def _of_design(case: str, ours: dict[str, float], chased: bool, memory_mb: int) -> list[dict[str, Any]]:
    """Coverage where the design's assumptions hold; bias where officers come because of crime; its caveats in both."""
    bias, naive = (f"{ours[f'{of}bias']:+.3f}" for of in ("", "naive_"))
    if chased:
        told = compared(
            f"{case}: bias", f"{bias} (rejected {ours['rejected']:.3f})",
            f"naive Poisson: {naive} (rejected {ours['naive_rejected']:.3f})", NOTHING, "told", memory_mb,
        )  # fmt: skip
    else:
        told = compared(
            f"{case}: coverage", f"{ours['held']:.3f} (bias {bias}, rejected {ours['rejected']:.3f})",
            f"naive Poisson: {ours['naive_held']:.3f} (bias {naive}, rejected {ours['naive_rejected']:.3f})", NOTHING,
            _between(COVERAGE), memory_mb,
        )  # fmt: skip
    asked = f"≥ {LEAST_CAVEATS:.2f}" if chased else f"≤ {MOST_CAVEATS:.2f}"
    parts = ", ".join(f"{c} {ours[c]:.3f}" for c in CAVEATS if c in ours)
    text = f"{ours['warned']:.3f} ({parts}); withheld {ours['withheld']:.3f}"
    return [told, compared(f"{case}: a caveat on who follows whom", text, "none", NOTHING, asked, memory_mb)]


def _between(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:.2f}–{bounds[1]:.2f}"


__all__ = ["association_rows"]

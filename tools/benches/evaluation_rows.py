"""Rows of the bench on the baseline and on matching: how often they hold the truth, and what they do where places were chosen by crime."""

from __future__ import annotations

from typing import Any, Callable

from .evaluation import COVERAGE, MOST_FALSE
from .worlds import WORLDS

NOTHING = float("nan")  # no rival to hold it against


def compared(what: str, ours: str, rival: str, ratio: float, asked: str, memory_mb: int) -> dict[str, Any]:
    """One row of the table; `ratio` is ours against the rival, NaN where there is none."""
    told = round(ratio, 3) if ratio == ratio else None
    return {"what": what, "ours": ours, "rival": rival, "ratio": told, "asked": asked, "memory_mb": memory_mb}


def baseline_rows(
    measure: Callable[..., dict[str, Any]], figures: dict[str, Any], panels: int = 2_000
) -> list[dict[str, Any]]:
    """Rows of the baseline; what was measured goes into `figures` too."""
    found = []
    for name, world in WORLDS.items():
        ours = figures[f"baseline, {name}"] = measure("baseline_ratios", world=name, panels=panels)
        case, asked = f"{panels:,} baselines of 39 areas, {name}", f"{COVERAGE[0]}–{COVERAGE[1]}"
        found.append(compared(f"{case}: coverage", f"{ours['coverage']:.3f}", "", NOTHING, asked, ours["memory_mb"]))
        if not world.effect:
            ratio = MOST_FALSE / max(ours["rejected"], 1e-9)
            found.append(
                compared(
                    f"{case}: false positives", f"{ours['rejected']:.3f}", "", ratio, f"{MOST_FALSE}", ours["memory_mb"]
                )
            )
    for chosen, words, asked in (
        ("last", "chosen by last year's crime", "no figure in ≥ 0.95"),
        ("earlier", "chosen by the year before", "no figure in ≤ 0.10"),
        ("", "chosen by chance", "no figure in ≤ 0.10"),
    ):
        ours = figures[f"since adoption, {words}"] = measure("falling_back", chosen=chosen, panels=panels)
        text = f"no figure in {ours['withheld']:.3f}; a change stated in {ours['stated']:.3f}"
        plain = f"plain comparison: {ours['naive']:.3f}"
        found.append(
            compared(f"{panels:,} worlds without effect, areas {words}", text, plain, NOTHING, asked, ours["memory_mb"])
        )
    ours = figures["matched on earlier crime"] = measure("matched_on_earlier_crime", panels=panels)
    text = f"refused in {ours['refused']:.3f}; a change stated in {ours['rejected']:.3f} of {ours['used']:,} (from the year matched on {ours['rejected_matched_year']:.3f})"
    found.append(
        compared(
            "four years without effect: matched on the first, chosen by the third, fourth against second",
            text,
            "",
            NOTHING,
            "",
            ours["memory_mb"],
        )
    )
    return found

"""Figures as they are read and copied: a number with its range, a table, an answer of two sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

import numpy as np

from ..marking import MARKING
from ..material.figures import FIGURES, Figures
from ..presence.likely import FROM_GAPS
from .sentences import NOT_CHOSEN

DASH = "–"
MARKED = f"{MARKING}, for the board"
OF_EVENTS = ("incidents", "crimes", "searches", "found")


def said(value: float, unit: str = "", low: float = np.nan, high: float = np.nan) -> str:
    """ "41 h (38–44)", "12.6 %": no more digits than the number bears; a dash where nothing is known."""
    if value is None or not np.isfinite(value):
        return DASH
    digits = _digits(value, low, high)
    text = f"{value:,.{digits}f}" + (f" {unit}" if unit else "")
    if np.isfinite(low) and np.isfinite(high):
        text += f" ({low:,.{digits}f}–{high:,.{digits}f})"
    return text


def _digits(value: float, low: float, high: float) -> int:
    width = high - low if np.isfinite(low) and np.isfinite(high) else abs(value)
    if abs(value) < 10 and value != round(value):
        return 2 if width < 0.1 else 1
    return 0 if width >= 2 or value == round(value) else 1


def rows_of(figures: Figures) -> list[dict[str, str]]:
    """Each figure as text: ``key, label, here, earlier, comparison, why``."""
    rows = []
    adds = {k.key: k.adds for k in FIGURES}
    for r in figures.table.to_dict("records"):
        unit = r["unit"] + ("/km²" if adds[r["key"]] else "")
        comparison = said(r["comparison_median"], unit)
        if comparison != DASH:
            comparison += f" ({said(r['comparison_low'])} to {said(r['comparison_high'])})"
        rows.append(
            {
                "key": r["key"],
                "label": r["label"],
                "here": said(r["value"], r["unit"], r["low"], r["high"]),
                "rate": said(r["rate"], unit) if adds[r["key"]] else "",
                "earlier": said(r["earlier"], r["unit"], r["earlier_low"], r["earlier_high"]),
                "comparison": comparison,
                "why": r["why"],
            }
        )
    return rows


def as_table(figures: Figures, names: Optional[dict[str, str]] = None, as_of: str = "") -> str:
    """The figures as tab-separated text, with the filter, the number and what must be said."""
    lines = ["\t".join(("Figure", "Here", "Here, rate", "Earlier", "Comparison areas, median (range)"))]
    for r in rows_of(figures):
        here = f"{DASH} ({r['why']})" if r["here"] == DASH and r["why"] else r["here"]
        lines.append("\t".join((r["label"], here, r["rate"], r["earlier"], r["comparison"])))
    lines += [figures.state.in_words(names), f"Figure {figures.number}" + (f", data as of {as_of}" if as_of else "")]
    return "\n".join([*lines, *figures.notes, f"Likely ranges are {FROM_GAPS}. {NOT_CHOSEN}", MARKED])


def as_answer(
    figures: Figures, key: str = "officer_hours", names: Optional[dict[str, str]] = None, as_of: str = ""
) -> str:
    """One figure in two sentences: its range, the earlier period, the comparison, the caveat and the number."""
    row: Any = next(r for r in rows_of(figures) if r["key"] == key)
    # Only the part of the filter is told that this figure heeds.
    apart = dict(units=(), resources=(), modes=()) if key in OF_EVENTS else dict(kinds=(), categories=(), key_types=())
    state = replace(figures.state, **apart)  # type: ignore[arg-type]
    if row["here"] == DASH:
        why = " ".join([f"{row['why'] or 'no data'}.", *figures.notes])
        return f"{row['label']} cannot be told for {state.in_words(names)}: {why} (figure {figures.number}; {MARKED})"
    first = f"{row['label']}, {state.in_words(names)}: {row['here'].replace(' (', ', likely ').replace(')', '')}"
    if row["earlier"] != DASH:
        first += f"; in the earlier period {row['earlier'].replace(' (', ', likely ').replace(')', '')}"
    clauses = []
    if row["comparison"] != DASH:
        own = f"{row['rate']} here, " if row["rate"] else ""
        clauses += [f"{own}comparison areas: median {row['comparison']}", NOT_CHOSEN]
    clauses += [f"best estimate {FROM_GAPS}"] if key in ("share", "officer_hours") else []
    as_of = f", data as of {as_of}" if as_of else ""
    # One sentence for all that must stand beside: it is copied whole or not at all.
    beside = "; ".join(_clause(c) for c in (*clauses, *figures.notes))
    return f"{first}. {beside[:1].upper()}{beside[1:]} (figure {figures.number}{as_of}; {MARKED})."


def _clause(sentence: str) -> str:
    """A sentence as a part of another one."""
    plain = sentence.rstrip(".").replace(". ", ", ")
    return plain[:1].lower() + plain[1:]


__all__ = ["DASH", "as_answer", "as_table", "rows_of", "said"]

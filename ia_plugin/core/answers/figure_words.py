"""Figures as they are read and copied: a number with its range, a table, an answer of two sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from ..marking import MARKING
from ..material.figures import FIGURES, Figures
from ..words import DASH, FROM_GAPS, NOT_CHOSEN, RANGES_FROM_GAPS, amount, number, with_likely, with_range

MARKED = f"{MARKING}, for the board"
OF_EVENTS = ("incidents", "crimes", "searches", "found")


def rows_of(figures: Figures) -> list[dict[str, str]]:
    """Each figure as text: ``key, label, here, earlier, comparison, why``."""
    rows = []
    adds = {k.key: k.adds for k in FIGURES}
    for r in figures.table.to_dict("records"):
        unit = r["unit"] + ("/km²" if adds[r["key"]] else "")
        comparison = amount(r["comparison_median"], unit)
        if comparison != DASH:
            comparison += f" ({number(r['comparison_low'], unit)} to {number(r['comparison_high'], unit)})"
        rows.append(
            {
                "key": r["key"],
                "label": r["label"],
                "here": with_range(r["value"], r["low"], r["high"], r["unit"]),
                "rate": amount(r["rate"], unit) if adds[r["key"]] else "",
                "earlier": with_range(r["earlier"], r["earlier_low"], r["earlier_high"], r["unit"]),
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
    return "\n".join([*lines, *figures.notes, f"{RANGES_FROM_GAPS} {NOT_CHOSEN}", MARKED])


def as_answer(
    figures: Figures, key: str = "officer_hours", names: Optional[dict[str, str]] = None, as_of: str = ""
) -> str:
    """One figure in two sentences: its range, the earlier period, the comparison, the caveat and the number."""
    row: Any = next(r for r in rows_of(figures) if r["key"] == key)
    raw = figures.table.set_index("key").loc[key]
    # Only the part of the filter is told that this figure heeds.
    apart = dict(units=(), resources=(), modes=()) if key in OF_EVENTS else dict(kinds=(), categories=(), key_types=())
    state = replace(figures.state, **apart)  # type: ignore[arg-type]
    if row["here"] == DASH:
        why = " ".join([f"{row['why'] or 'no data'}.", *figures.notes])
        return f"{row['label']} cannot be told for {state.in_words(names)}: {why} (figure {figures.number}; {MARKED})"
    first = (
        f"{row['label']}, {state.in_words(names)}: {with_likely(raw['value'], raw['low'], raw['high'], raw['unit'])}"
    )
    if row["earlier"] != DASH:
        earlier = with_likely(raw["earlier"], raw["earlier_low"], raw["earlier_high"], raw["unit"])
        first += f"; in the earlier period {earlier}"
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


__all__ = ["as_answer", "as_table", "rows_of"]

"""Figures as they are read and copied: a number with its range, a table, an answer of two sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from ..cells import pasted
from ..marking import MARKING
from ..material.figures import Figures
from ..material.measures import OF_EVENTS
from ..words import DASH, FROM_GAPS, NOT_CHOSEN, RANGES_FROM_GAPS, amount, known, number, with_likely, with_range

MARKED = f"{MARKING}, for the board"


def rows_of(figures: Figures) -> list[dict[str, str]]:
    """Each figure as text, the same statistic under the same name on both sides.

    Returns
    -------
    For each figure ``key, label, why``; ``here, earlier, comparison``: totals or means of the places together, with likely ranges;
    ``rate, comparison_rate``: these per km², blank for what does not grow with size; ``areas, comparison_areas``: median and
    range of single areas, blank where there are not several.
    """
    rows = []
    for r in figures.table.to_dict("records"):
        unit = r["rate_unit"]
        scales = unit != r["unit"]
        rows.append(
            {
                "key": r["key"],
                "label": r["label"],
                "here": with_range(r["value"], r["low"], r["high"], r["unit"]),
                "rate": amount(r["rate"], unit) if scales else "",
                "areas": _areas(r["area_median"], r["area_low"], r["area_high"], unit),
                "earlier": with_range(r["earlier"], r["earlier_low"], r["earlier_high"], r["unit"]),
                "comparison": with_range(
                    r["comparison"], r["comparison_range_low"], r["comparison_range_high"], r["unit"]
                ),
                "comparison_rate": amount(r["comparison_rate"], unit) if scales else "",
                "comparison_areas": _areas(r["comparison_median"], r["comparison_low"], r["comparison_high"], unit),
                "why": r["why"],
            }
        )
    return rows


def _median(median: float, low: float, high: float, unit: str) -> str:
    """Median and range of areas as in a cell whose heading has the unit: "12.3 (3.1–80.2)"."""
    return f"{number(median, unit)} ({number(low, unit)}–{number(high, unit)})" if known(median) else DASH


def _areas(median: float, low: float, high: float, unit: str) -> str:
    """Median and range of areas: "12.3 h per km² (3.1 to 80.2)"; blank where there are none."""
    middle = amount(median, unit)
    return "" if middle == DASH else f"{middle} ({number(low, unit)} to {number(high, unit)})"


def lines_of(figures: Figures) -> list[dict[str, Any]]:
    """Each figure as the lines of a narrow table: the same line of each column is the same statistic.

    Returns
    -------
    For each figure ``key, why, tip`` and lists of equal length ``label, here, earlier, comparison``: together, then per km² where
    it grows with size, then the median of single areas with their range; units stand in the first line and the labels.
    """
    found = []
    for r, row in zip(figures.table.to_dict("records"), rows_of(figures)):
        lines = [(row["label"], row["here"], row["earlier"], row["comparison"])]
        scales = r["rate_unit"] != r["unit"]
        if scales and known(r["rate"]):
            lines.append(
                ("per km²", number(r["rate"], r["rate_unit"]), "", number(r["comparison_rate"], r["rate_unit"]))
            )
        if known(r["area_median"]) or (known(r["comparison_median"]) and known(r["value"])):
            here, beside = (
                _median(r[f"{side}_median"], r[f"{side}_low"], r[f"{side}_high"], r["rate_unit"])
                for side in ("area", "comparison")
            )
            lines.append(("median area, per km²" if scales else "median area", here, "", beside))
        label, now, earlier, comparison = (list(column) for column in zip(*lines))
        found.append(
            {
                "key": r["key"],
                "why": r["why"],
                "tip": " ".join(t for t in (r["help"], f"Not known: {r['why']}." if r["why"] else "") if t),
                "label": label,
                "here": now,
                "earlier": earlier,
                "comparison": comparison,
            }
        )
    return found


def as_table(figures: Figures, names: Optional[dict[str, str]] = None, as_of: str = "") -> str:
    """The figures as tab-separated text, with the filter, the number and what must be said."""
    heads = ("Figure", "Here", "Here, per km²", "Here, areas: median (range)", "Earlier", "Comparison areas together",
             "Comparison, per km²", "Comparison areas: median (range)")  # fmt: skip
    lines = ["\t".join(heads)]
    for r in rows_of(figures):
        here = f"{DASH} ({r['why']})" if r["here"] == DASH and r["why"] else r["here"]
        lines.append(
            "\t".join(map(pasted, (r["label"], here, r["rate"], r["areas"], r["earlier"], r["comparison"], r["comparison_rate"], r["comparison_areas"])))
        )  # fmt: skip
    lines += [
        pasted(figures.state.in_words(names)),
        f"Figure {figures.number}" + (f", data as of {as_of}" if as_of else ""),
    ]
    return "\n".join([*lines, *map(pasted, figures.notes), f"{RANGES_FROM_GAPS} {NOT_CHOSEN}", MARKED])


def as_answer(
    figures: Figures, key: str = "officer_hours", names: Optional[dict[str, str]] = None, as_of: str = ""
) -> str:
    """One figure in two sentences: its range, the earlier period, the comparison, the caveat and the number."""
    row: Any = next(r for r in rows_of(figures) if r["key"] == key)
    raw = figures.table.set_index("key").loc[key]
    # Only the part of the filter that this figure heeds is named.
    apart = dict(units=(), resources=(), modes=()) if key in OF_EVENTS else dict(kinds=(), categories=(), key_types=())
    state = replace(figures.state, **apart)  # type: ignore[arg-type]
    if row["here"] == DASH:
        why = " ".join([f"{row['why'] or 'no data'}.", *figures.notes_for(key)])
        return pasted(
            f"{row['label']} is not known for {state.in_words(names)}: {why} (figure {figures.number}; {MARKED})"
        )
    first = (
        f"{row['label']}, {state.in_words(names)}: {with_likely(raw['value'], raw['low'], raw['high'], raw['unit'])}"
    )
    if row["earlier"] != DASH:
        earlier = with_likely(raw["earlier"], raw["earlier_low"], raw["earlier_high"], raw["unit"])
        first += f"; in the earlier period {earlier}"
    clauses = []
    together = beside_each_other(row)
    clauses += [*together, NOT_CHOSEN] if together else []
    clauses += [f"best estimate {FROM_GAPS}"] if key in ("share", "officer_hours") else []
    as_of = f", data as of {as_of}" if as_of else ""
    # One sentence for all that must stand beside: it is copied whole or not at all.
    beside = "; ".join(_clause(c) for c in (*clauses, *figures.notes_for(key)))
    return pasted(f"{first}. {beside[:1].upper()}{beside[1:]} (figure {figures.number}{as_of}; {MARKED}).")


def beside_each_other(row: dict[str, str]) -> list[str]:
    """A figure beside the comparison areas, pooled beside pooled and median beside median; nothing where one side is not known.

    Examples
    --------
    "24.7 h per km² here, comparison areas together 25.1 h per km²",
    "by area, median 16.9 h per km² (2.5 to 70.1) here, comparison areas 11.9 h per km² (0.3 to 113)"
    """
    pooled = (row["rate"], row["comparison_rate"]) if row["rate"] else (row["here"], row["comparison"])
    clauses = [f"{pooled[0]} here, comparison areas together {pooled[1]}"] if DASH not in pooled else []
    if row["areas"] and row["comparison_areas"]:
        clauses.append(f"by area, median {row['areas']} here, comparison areas {row['comparison_areas']}")
    elif row["comparison_areas"] and clauses:
        clauses.append(f"the median of comparison areas is {row['comparison_areas']}")
    return clauses


def _clause(sentence: str) -> str:
    """A sentence as a part of another one."""
    plain = sentence.rstrip(".").replace(". ", ", ")
    return plain[:1].lower() + plain[1:]


__all__ = ["as_answer", "as_table", "beside_each_other", "lines_of", "rows_of"]

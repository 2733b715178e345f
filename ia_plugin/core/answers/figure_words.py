"""Figures as they are read and copied: a number with its range, a table, an answer of two sentences."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, Optional

from ..cells import pasted
from ..checked import beta_words
from ..marking import MARKING, restricted_for
from ..material.figures import Figures
from ..material.measures import OF_EVENTS
from ..nouns import UNITS
from ..sentence import changed, joined, phrase, sentence
from ..words import (
    DASH,
    FROM_GAPS,
    MODE_WORDS,
    NOT_CHOSEN,
    ONE_BY_ONE,
    RANGES_FROM_GAPS,
    RANGES_OF_MODES,
    amount,
    capitalised,
    known,
    mode_share,
    number,
    with_likely,
    with_range,
)

WHOLE_SHARES = (*MODE_WORDS, "found")
"""Figures whose shares are whole; see :mod:`~ia_plugin.core.words`."""
MARKED = sentence("{marking}, for the board", marking=MARKING)


def _marked_for(figures: Figures) -> str:
    """Whom copied figures are for."""
    return joined(". ", (MARKING, restricted_for(figures.purpose))) if figures.purpose else MARKED


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
                "here": stated(r, "value", "low", "high"),
                "rate": amount(r["rate"], unit) if scales else "",
                "areas": _areas(r["key"], r["area_median"], r["area_low"], r["area_high"], unit),
                "earlier": stated(r, "earlier", "earlier_low", "earlier_high"),
                "comparison": stated(r, "comparison", "comparison_range_low", "comparison_range_high"),
                "comparison_rate": amount(r["comparison_rate"], unit) if scales else "",
                "comparison_areas": _areas(
                    r["key"], r["comparison_median"], r["comparison_low"], r["comparison_high"], unit
                ),
                "why": r["why"],
            }
        )
    return rows


def stated(row: Mapping[Hashable, Any], *names: str, sentence: bool = False) -> str:
    """A figure with its likely range: its ``key``, its ``unit``, its value and the ends of the range by their names in the row."""
    value, low, high = (row[n] for n in names)
    if row["key"] in WHOLE_SHARES:
        return mode_share(value, low, high, in_table=not sentence)
    return (with_likely if sentence else with_range)(value, low, high, row["unit"])


def bare(key: str, value: float, unit: str, base: int = 0) -> str:
    """A figure without its unit.

    >>> bare("found", 28.85, "%"), bare("found", 25.0, "%"), bare("share", 28.85, "%"), bare("found", 0.0, "%", 5)
    ('29', '25', '28.9', 'under 5')
    """
    if key in WHOLE_SHARES and known(value):
        return changed(mode_share(value, base=base), str.removesuffix, " %")
    return number(value, unit, base)


def _median(key: str, median: float, low: float, high: float, unit: str) -> str:
    """Median and range of areas as in a cell whose heading has the unit: "12.3 (3.1–80.2)"."""
    middle, least, most = (bare(key, v, unit) for v in (median, low, high))
    return joined("", (middle, " (", least, "–", most, ")")) if known(median) else DASH


def _areas(key: str, median: float, low: float, high: float, unit: str) -> str:
    """Median and range of areas: "12.3 h per km² (3.1 to 80.2)"; blank where there are none."""
    middle, least, most = (bare(key, v, unit) for v in (median, low, high))
    if not known(median):
        return ""
    figure = joined(" ", [middle, *([UNITS.get(unit, unit)] if unit else [])])
    return sentence("{figure} ({least} to {most})", figure=figure, least=least, most=most)


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
                (UNITS["per km²"], number(r["rate"], r["rate_unit"]), "", number(r["comparison_rate"], r["rate_unit"]))
            )
        if known(r["area_median"]) or (known(r["comparison_median"]) and known(r["value"])):
            here, beside = (
                _median(r["key"], r[f"{side}_median"], r[f"{side}_low"], r[f"{side}_high"], r["rate_unit"])
                for side in ("area", "comparison")
            )
            lines.append((phrase("median area, per km²") if scales else phrase("median area"), here, "", beside))
        label, now, earlier, comparison = (list(column) for column in zip(*lines))
        found.append(
            {
                "key": r["key"],
                "why": r["why"],
                "tip": joined(
                    " ", (t for t in (r["help"], sentence("Not known: {why}.", why=r["why"]) if r["why"] else "") if t)
                ),
                "label": label,
                "here": now,
                "earlier": earlier,
                "comparison": comparison,
            }
        )
    return found


def as_table(figures: Figures, names: Optional[dict[str, str]] = None, as_of: str = "") -> str:
    """The figures as tab-separated text, with the filter, the number, its code and what must be said."""
    heads = (phrase("Figure"), phrase("Here"), phrase("Here, per km²"), phrase("Here, areas: median (range)"), phrase("Earlier"), phrase("Comparison areas together"),
             phrase("Comparison, per km²"), phrase("Comparison areas: median (range)"))  # fmt: skip
    lines = [joined("\t", heads)]
    for r in rows_of(figures):
        here = joined("", (DASH, " (", r["why"], ")")) if r["here"] == DASH and r["why"] else r["here"]
        lines.append(
            joined("\t", map(pasted, (r["label"], here, r["rate"], r["areas"], r["earlier"], r["comparison"], r["comparison_rate"], r["comparison_areas"])))
        )  # fmt: skip
    lines += [
        pasted(figures.state.in_words(names)),
        sentence("Figure {number}", number=figures.number)
        + (sentence(", data as of {as_of}", as_of=as_of) if as_of else ""),
        *([sentence("Code {code}", code=figures.code)] if figures.code else []),
    ]
    beside = joined(" ", (RANGES_FROM_GAPS, RANGES_OF_MODES, ONE_BY_ONE, NOT_CHOSEN))
    return joined(
        "\n",
        [
            *lines,
            *map(pasted, figures.notes),
            beside,
            beta_words(figures.checked) + ".",
            _marked_for(figures),
        ],
    )


def as_answer(
    figures: Figures, key: str = "officer_hours", names: Optional[dict[str, str]] = None, as_of: str = ""
) -> str:
    """One figure in two sentences: its range, the earlier period, the comparison, the caveat, the number and its code."""
    row: Any = next(r for r in rows_of(figures) if r["key"] == key)
    raw: Any = figures.table[figures.table["key"] == key].to_dict("records")[0]
    code = sentence(", code {code}", code=figures.code) if figures.code else ""
    # Only the part of the filter that this figure heeds is named.
    apart = dict(units=(), resources=(), modes=()) if key in OF_EVENTS else dict(kinds=(), categories=(), key_types=())
    state = replace(figures.state, **apart)  # type: ignore[arg-type]
    if row["here"] == DASH:
        why = joined(" ", [(row["why"] or phrase("no data")) + ".", *figures.notes_for(key)])
        return pasted(
            sentence(
                "{figure} is not known for {filter}: {why} (figure {number}{code}; {beta}; {reader})",
                figure=row["label"],
                filter=state.in_words(names),
                why=why,
                number=figures.number,
                code=code,
                beta=beta_words(figures.checked),
                reader=_marked_for(figures),
            )
        )
    first = sentence(
        "{figure}, {filter}: {value}",
        figure=row["label"],
        filter=state.in_words(names),
        value=stated(raw, "value", "low", "high", sentence=True),
    )
    if row["earlier"] != DASH:
        first += sentence(
            "; in the earlier period {value}",
            value=stated(raw, "earlier", "earlier_low", "earlier_high", sentence=True),
        )
    clauses = []
    together = beside_each_other(row)
    clauses += [*together, NOT_CHOSEN] if together else []
    by_mode = key in MODE_WORDS or (key == "officer_hours" and any(m != "unknown" for m in state.modes))
    clauses += (
        [sentence("best estimate {why}", why=FROM_GAPS)] if key in ("share", "officer_hours") and not by_mode else []
    )
    clauses += [RANGES_OF_MODES] if by_mode else []
    as_of = sentence(", data as of {as_of}", as_of=as_of) if as_of else ""
    # One sentence for all that must stand beside: it is copied whole or not at all.
    beside = joined("; ", (_clause(c) for c in (*clauses, *figures.notes_for(key))))
    return pasted(
        sentence(
            "{first}. {beside} (figure {number}{as_of}{code}; {beta}; {reader}).",
            first=first,
            beside=capitalised(beside),
            number=figures.number,
            as_of=as_of,
            code=code,
            beta=beta_words(figures.checked),
            reader=_marked_for(figures),
        )
    )


def beside_each_other(row: dict[str, str]) -> list[str]:
    """A figure beside the comparison areas, pooled beside pooled and median beside median; nothing where one side is not known.

    Examples
    --------
    "24.7 h per km² here, comparison areas together 25.1 h per km²",
    "by area, median 16.9 h per km² (2.5 to 70.1) here, comparison areas 11.9 h per km² (0.3 to 113)"
    """
    pooled = (row["rate"], row["comparison_rate"]) if row["rate"] else (row["here"], row["comparison"])
    clauses = (
        [sentence("{figure} here, comparison areas together {other}", figure=pooled[0], other=pooled[1])]
        if DASH not in pooled
        else []
    )
    if row["areas"] and row["comparison_areas"]:
        clauses.append(
            sentence(
                "by area, median {figure} here, comparison areas {other}",
                figure=row["areas"],
                other=row["comparison_areas"],
            )
        )
    elif row["comparison_areas"] and clauses:
        clauses.append(sentence("the median of comparison areas is {figure}", figure=row["comparison_areas"]))
    return clauses


def _clause(sentence: str) -> str:
    """A sentence as a part of another one."""
    return changed(sentence, _as_clause)


def _as_clause(sentence: str) -> str:
    plain = sentence.rstrip(".").replace(". ", ", ")
    return plain[:1].lower() + plain[1:]


__all__ = ["as_answer", "as_table", "bare", "beside_each_other", "lines_of", "rows_of", "stated"]

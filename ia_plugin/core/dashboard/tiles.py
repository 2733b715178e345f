"""The four tiles of the dashboard: officer hours, how officers moved, crimes and incidents, stop and search.

Each sets a figure beside the same statistic of the comparison areas and beside the earlier period, with its range, or says why it
cannot.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ..answers.verdict import LEVEL, word_of
from ..evaluation.baseline import LEAST_AREAS
from ..evaluation.pooled import pooled_ratio
from ..material.figures import Figures
from ..material.filled_days import filled_to
from ..material.measure_list import KIND_OF
from ..material.measures import Measured, Value
from ..material.notes import coarse_notes
from ..material.places import chosen_place
from ..material.summary_tables import Material
from ..movement.likely_shares import checked_on_force
from ..nouns import NOUNS
from ..sentence import changed, joined, phrase, sentence
from ..suppression import FEW_RESULTS
from ..words import (
    FAIRNESS,
    MODE_WORDS,
    ONE_BY_ONE,
    amount,
    known,
    mode_share,
    number,
    range_of,
    ratio,
)
from .change import Change, change_of

NOT_CHECKED = phrase("not checked on this force")
COMPARED = phrase("comparison together")
TICK = "│"
NOT_COMPARED = phrase("not compared")
SHORT = 60  # letters that a tile has room for


@dataclass(frozen=True)
class Gauge:
    """A figure on a scale from nought: its value and range, and the same statistic of the comparison areas (NaN for none)."""

    value: float
    low: float = math.nan
    high: float = math.nan
    comparison: float = math.nan

    @property
    def top(self) -> float:
        """The end of the scale."""
        ends = [x for x in (self.value, self.high, self.comparison) if math.isfinite(x)]
        return 1.2 * max(ends, default=1.0) or 1.0


@dataclass(frozen=True)
class Part:
    """A part of the time: a mode, its words and its share, per cent, here and in the comparison areas."""

    mode: str
    words: str
    percent: float
    comparison: float


@dataclass(frozen=True)
class Tile:
    """One tile.

    Attributes
    ----------
    key : hours, moved, events or searches; `measure` is the figure it opens
    title, value, beside : "Officer hours", "1,002 h", "likely 975–1,029"
    lines : what stands below, each short
    details : what is said beyond, in the tip and by a screen reader
    gauge, parts : what is drawn
    why : why nothing can be told: the tile is grey then
    n, unit : what it is of, "19 areas, 28 days", and what it counts in; see :mod:`.basis`
    """

    key: str
    measure: str
    title: str
    value: str = ""
    beside: str = ""
    lines: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    gauge: Optional[Gauge] = None
    parts: tuple[Part, ...] = ()
    why: str = ""
    n: str = ""
    unit: str = ""

    @property
    def sentence(self) -> str:
        """The whole tile as one reads it aloud."""
        if self.why:
            return sentence("{title}: not told, {why}.", title=self.title, why=self.why)
        first = joined(": ", (self.title, joined(" ", [p for p in (self.value, self.beside) if p])))
        return joined(". ", (changed(p, str.rstrip, ".") for p in (first, *self.lines, *self.details))) + "."


def tiles_of(material: Material, found: Figures, comparison: str, areas: Measured) -> tuple[Tile, ...]:
    """The tiles of a filter.

    Parameters
    ----------
    found : the figures of the filter, from the same material
    comparison : as of :func:`~ia_plugin.core.material.figures.figures`
    areas : measures of every area under the filter
    """
    rows: dict[str, Mapping[Hashable, Any]] = {r["key"]: r for r in found.table.to_dict("records")}
    return (
        _hours(material, found, rows, comparison),
        _moved(material, rows),
        _events(material, found, rows, comparison, areas),
        _searches(material, found, rows, comparison),
    )


def _hours(material: Material, found: Figures, rows: Mapping[str, Mapping[Hashable, Any]], comparison: str) -> Tile:
    row = rows["officer_hours"]
    title = phrase("Officer hours")
    if not known(row["value"]):
        return Tile("hours", "officer_hours", title, why=row["why"])
    ends = range_of(row["value"], row["low"], row["high"], "h")
    beside = sentence("likely {ends}", ends=ends) if ends != "–" else ""
    per = row["rate"] / row["value"] if row["value"] > 0 else math.nan
    gauge = Gauge(row["rate"], row["low"] * per, row["high"] * per, row["comparison_rate"])
    values = (
        Value(row["value"], row["low"], row["high"]),
        Value(row["earlier"], row["earlier_low"], row["earlier_high"]),
    )
    change = change_of(material, found.state, "presence", comparison, values)
    lines = (_pooled(row, "h"), *_earlier(change, row))
    details = (*_why_not(change), *([ONE_BY_ONE] if known(row["comparison_rate"]) else []))
    return Tile("hours", "officer_hours", title, amount(row["value"], "h"), beside, lines, details, gauge)


def _pooled(row: Mapping[Hashable, Any], what: str) -> str:
    """ "24.7 h per km² │ comparison 25.1": both pooled, and the tick is the comparison's."""
    unit = f"{what} per km²"
    beside = (TICK, COMPARED, number(row["comparison_rate"], unit)) if known(row["comparison_rate"]) else ()
    return joined(" ", (amount(row["rate"], unit), *beside))


def _earlier(change: Change, row: Mapping[Hashable, Any], what: str = "") -> tuple[str, ...]:
    """ "earlier: ↓ fewer (−21 to −4 %)", "earlier: 8, no percentage of under 10"; why it is not compared, where that is short: else
    it stands in the details."""
    if not change.sentence:
        return ()
    text = change.sentence if change.word or len(change.sentence) <= SHORT else NOT_COMPARED
    text = change.arrow + " " + text if change.arrow else text
    then = [amount(row["earlier"], row["unit"])] if change.small and known(row["earlier"]) else []
    return (joined(", ", [*([what] if what else []), sentence("earlier: {change}", change=joined(", ", [*then, text]))]),)  # fmt: skip


def _why_not(change: Change, what: str = "") -> tuple[str, ...]:
    if not change.why or len(change.sentence) <= SHORT:
        return ()
    return (joined(", ", [*([what] if what else []), sentence("earlier: {change}", change=change.sentence)]),)


def _moved(material: Material, rows: Mapping[str, Mapping[Hashable, Any]]) -> Tile:
    shown = [m for m in MODE_WORDS if m in rows and known(rows[m]["value"])]
    title = phrase("How they moved")
    if not shown:
        return Tile("moved", "foot", title, why=rows["foot"]["why"])
    parts = tuple(Part(m, MODE_WORDS[m], float(rows[m]["value"]), float(rows[m]["comparison"])) for m in shown)
    checked = () if checked_on_force(material.share_spread) else (NOT_CHECKED,)
    # What is not known stands first: it is the caveat of all the others.
    value = joined(" ", (mode_share(parts[0].percent), parts[0].words))
    shares = (mode_share(p.percent, rows[p.mode]["low"], rows[p.mode]["high"], in_table=True) for p in parts[1:])
    others = joined(" · ", (joined(" ", (p.words, s)) for p, s in zip(parts[1:], shares)))
    beside = joined(" · ", (joined(" ", (p.words, mode_share(p.comparison))) for p in parts if known(p.comparison)))
    details = (joined(": ", (COMPARED, beside)),) if beside else ()
    return Tile("moved", "foot", title, value, "", (*checked, others), details, parts=parts)


def _events(
    material: Material, found: Figures, rows: Mapping[str, Mapping[Hashable, Any]], comparison: str, areas: Measured
) -> Tile:
    title = phrase("Crimes · incidents")
    shown = [k for k in ("crimes", "incidents") if known(rows[k]["value"])]
    if not shown:
        return Tile("events", "crimes", title, why=rows["crimes"]["why"])
    main = rows[shown[0]]
    value = joined(" · ", (number(rows[k]["value"]) for k in ("crimes", "incidents")))
    chosen = set(chosen_place(material, found.state).areas)
    lines: list[str] = []
    details: list[str] = []
    for key in shown:
        compared, change = _times_as_many(areas, key, chosen), change_of(material, found.state, key, comparison)
        lines.append(_pooled(rows[key], key))
        details += (
            [sentence("{events} beside comparison areas: {times}", events=NOUNS[key], times=compared)]
            if compared
            else []
        )
        lines += _earlier(change, rows[key]) if key == shown[0] else ()
        details += _earlier(change, rows[key], NOUNS[key]) if key != shown[0] else ()
        details += (*_why_not(change, NOUNS[key]), *_delay(material, key, change), *_coarse(material, found, key))
    gauge = Gauge(main["rate"], comparison=main["comparison_rate"])
    return Tile("events", shown[0], title, value, phrase("recorded"), tuple(lines), tuple(details), gauge)


def _delay(material: Material, key: str, change: Change) -> tuple[str, ...]:
    """Beside a change of a count whose recording delay nobody knows: its last days may look like fewer."""
    return (
        (sentence("{events}: recording delay not known, the last days may still fill", events=NOUNS[key]),)
        if change.word and filled_to(material, key) is None
        else ()
    )


def _coarse(material: Material, found: Figures, key: str) -> tuple[str, ...]:
    """How many records of a kind are known too coarsely in time for the filter."""
    rows = chosen_place(material, found.state).rows
    return tuple(coarse_notes(material, found.state, rows, (KIND_OF[key],)))


def _times_as_many(areas: Measured, key: str, chosen: set[str]) -> str:
    """The ratio of pooled rates with its interval from how areas differ: a recorded count has no range, a comparison has."""
    amounts, km2 = areas[key], areas.km2
    own = np.array([p.label in chosen for p in areas.places], dtype=bool)
    others = np.array([p.role == "comparison" for p in areas.places], dtype=bool) & ~own
    keep = (own | others) & np.isfinite(amounts) & (km2 > 0)
    impact = own[keep]
    if min(int(impact.sum()), int((~impact).sum())) < LEAST_AREAS or not amounts[keep].sum() > 0:
        return ""
    got = pooled_ratio(amounts[keep], km2[keep], impact, level=LEVEL)
    if not (known(got.low) and known(got.high)):
        return ""
    return sentence(
        "{word}: {low}–{high} times", word=word_of(got.low, got.high), low=ratio(got.low), high=ratio(got.high)
    )


def _searches(material: Material, found: Figures, rows: Mapping[str, Mapping[Hashable, Any]], comparison: str) -> Tile:
    title = phrase("Stop and search")
    row, share = rows["searches"], rows["found"]
    if not known(row["value"]):
        return Tile("searches", "searches", title, why=row["why"])
    gauge, beside, line = None, "", FEW_RESULTS
    results = found.results
    details: tuple[str, ...] = ()
    if known(share["value"]):
        ends = range_of(share["value"], share["low"], share["high"], "")
        beside = found_in_words(joined("", (mode_share(share["value"]), f" ({ends})")), results, row["value"])
        gauge = Gauge(share["value"], share["low"], share["high"], share["comparison"])
        others = (TICK, COMPARED, mode_share(share["comparison"])) if known(share["comparison"]) else ()
        line = joined(" ", (phrase("share found"), *others))
    change = change_of(material, found.state, "searches", comparison)
    details += (*_earlier(change, row, NOUNS["searches"]), *_why_not(change), *_delay(material, "searches", change))
    details += _coarse(material, found, "searches")
    return Tile("searches", "searches", title, number(row["value"]), beside, (line, FAIRNESS), details, gauge)


def found_in_words(share: str, results: float = math.nan, searches: float = math.nan) -> str:
    """What follows a number of searches: in what share of those whose result is known an object was found.

    Parameters
    ----------
    share : in words
    results, searches : how many have a result, of how many; NaN where that is not shown

    Examples
    --------
    >>> found_in_words("29 %", 208, 208)
    'searches; an object was found in 29 % of them'
    >>> found_in_words("29 %", 190, 208), found_in_words("29 %")
    ('searches; an object was found in 29 % of the 190 with a result', 'searches; an object was found in 29 % of those with a result')
    """
    if not known(results):
        return sentence("searches; an object was found in {share} of those with a result", share=share)
    if number(results) == number(searches):
        return sentence("searches; an object was found in {share} of them", share=share)
    return sentence("searches; an object was found in {share} of the {n} with a result", share=share, n=number(results))


__all__ = ["Gauge", "Part", "Tile", "found_in_words", "tiles_of"]

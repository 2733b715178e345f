"""Questions 5 and 6: crimes and incidents, stops and searches; as an audience may see them."""

from __future__ import annotations

import numpy as np

from ..answers.group_rows import KINDS, happened_rows
from ..answers.page_tables import searches_rows
from ..charts.choice import Choice
from ..charts.intervals import Interval
from ..columns import ALL
from ..material.measures import measured
from ..material.places import COMPARISON, IMPACT, PLACE_NAMES, places
from ..words import amount, mode_share
from .asked import Asked
from .chapter import Chapter, Picture
from .time_chapters import DOTS, FEW, dots, numbered

UNIT = "per km²"


def event_chapters(asked: Asked) -> tuple[Chapter, ...]:
    """The chapters of questions 5 and 6."""
    return (_happened(asked), _searched(asked))


def _happened(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(5)
    table = happened_rows(asked.tables["events"], asked.counts)
    pictures = (
        *_rate_dots(asked),
        *asked.chart(Choice("series", "crimes")),
        *asked.chart(Choice("week", "presence", "demand")),
    )
    return Chapter(
        numbered(5), sentences, pictures, (("Crimes and incidents by place", table),) if table else (), caveats
    )


def _rate_dots(asked: Asked) -> tuple[Picture, ...]:
    """Crimes and incidents by category per km², comparison areas below Impact Areas."""
    table = asked.tables["events"]
    if not len(table):
        return ()
    table = table[(table["by"] == "category") & table["place"].isin([IMPACT, COMPARISON]) & table["kind"].isin(KINDS)]
    rows, beside, words = [], [], []
    for (kind, group), part in table.groupby(["kind", "group"], sort=True):
        label = f"All {KINDS[str(kind)]}" if group == ALL else str(group)
        rates = part.set_index("place")["per_km2"]
        here, there = (float(rates.get(place, np.nan)) for place in (IMPACT, COMPARISON))
        rows.append(Interval(label, here, np.nan, np.nan, text=FEW))
        beside.append(Interval(label, there, np.nan, np.nan, filled=False, text=FEW))
        words.append((label, f"{amount(here, UNIT)}, comparison areas {amount(there, UNIT)}"))
    caption = f"Recorded crimes and incidents per km² in the period: counts, which have no range. {DOTS}"
    return dots(rows, "recorded events per km²", caption, words, beside)


def _searched(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(6)
    rows = _found_dots(asked)
    caption = (
        "Share of stops and searches in which the object was found, of those with a known result, with likely ranges."
    )
    words = [(r.label, mode_share(r.estimate, r.low, r.high, base=asked.base)) for r in rows]
    found = dots(rows, "per cent of searches", caption, words)
    table = searches_rows(asked.tables, asked.base, asked.counts)
    pictures = (*found, *asked.chart(Choice("week", "searches", "crimes")))
    tables = (("Stops and searches by place", table),) if table.rows else ()
    return Chapter(numbered(6), sentences, pictures, tables, caveats)


def _found_dots(asked: Asked) -> list[Interval]:
    """The share of each role; its range is that of the figures. The public's shares are of rounded counts, and have none."""
    shares = asked.at_roles("searches").set_index("place")["found_percent"].dropna()
    ends: dict[str, tuple[float, float]] = {}
    if asked.audience != "public":
        where = [p for p in places(asked.material) if p.label in shares.index]
        column = measured(asked.material, asked.state, where, keys=("found",)).columns["found"]
        ends = {p.label: (float(a), float(b)) for p, a, b in zip(where, column.low, column.high)}
    nothing = (np.nan, np.nan)
    return [Interval(PLACE_NAMES[str(p)], float(v), *ends.get(str(p), nothing)) for p, v in shares.items()]


__all__ = ["event_chapters"]

"""Questions 1 to 4: officer time, who, doing what, on foot or by car; as an audience may see them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..activity.rules import ACTIVITY_WORDS, PRINTED
from ..answers.group_rows import activities_rows, modes_rows, resources_rows
from ..answers.page import TITLES
from ..answers.page_tables import time_rows
from ..answers.splits import activity_share
from ..charts.dots import dot_chart
from ..charts.intervals import Interval
from ..filter_state import period_in_words
from ..material.by_group import last_closed_month
from ..material.places import COMPARISON, IMPACT, PLACE_NAMES
from ..summaries.time_cells import DIMENSIONS
from ..suppression import OTHER
from ..words import MODE_WORDS, mode_share, share, with_likely
from .asked import Asked
from .chapter import Chapter, Picture

ROLES = {"impact": True, "comparison": False}  # full dots, hollow dots
MOST_NAMES = 45  # areas that one picture can name
FEW = "not told"
DOTS = "Full dots are Impact Areas, hollow ones comparison areas."
ENDS = ("", "_low", "_high")
Row = Mapping[Hashable, Any]
DIMENSION_WORDS = {
    "unit": "By unit",
    "department": "By department",
    "officer_role": "By role",
    "resource_type": "By type of resource",
}


def time_chapters(asked: Asked) -> tuple[Chapter, ...]:
    """The chapters of questions 1 to 4."""
    return (_where(asked), _who(asked), _doing(asked), _moving(asked))


def numbered(question: int) -> str:
    """The title of a question's chapter."""
    return f"{question}. {TITLES[question]}"


def _where(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(1)
    table = time_rows(asked.tables, asked.base, 0)
    return Chapter(
        numbered(1), sentences, _area_dots(asked.tables["time"]), (("Officer time by place", table),), caveats
    )


def _area_dots(time: pd.DataFrame) -> tuple[Picture, ...]:
    """Hours per km² of each area with its range, Impact Areas first; of the roles alone where there are too many areas to name."""
    areas = time[time["role"].isin(ROLES) & ~time["place"].isin(PLACE_NAMES)]
    if not 0 < len(areas) <= MOST_NAMES:
        areas = time[time["place"].isin([IMPACT, COMPARISON])]
    areas = areas.assign(order=areas["role"].map(list(ROLES).index)).sort_values(["order", "name"], kind="stable")
    km2 = areas["km2"].to_numpy(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (areas[f"officer_hours_{end}"].to_numpy(np.float64) / km2 for end in ("low", "high"))
    rows = [
        Interval(str(n), float(rate), float(a), float(b), filled=ROLES[str(role)], text=FEW)
        for n, rate, a, b, role in zip(areas["name"], areas["hours_per_km2"], low, high, areas["role"])
    ]
    caption = f"Officer hours per km² in the period, each with its likely range, by name. {DOTS}"
    words = [(r.label, with_likely(r.estimate, r.low, r.high, "h per km²")) for r in rows]
    return dots(rows, "officer hours per km²", caption, words)


def dots(
    rows: Sequence[Interval],
    unit: str,
    caption: str,
    words: Sequence[tuple[str, str]],
    beside: Sequence[Optional[Interval]] = (),
) -> tuple[Picture, ...]:
    """A chart of dots as a picture, none of no rows, nor of more than can be named; `words` are (label, its figures in words)."""
    if not 0 < len(rows) <= MOST_NAMES:
        return ()
    figures = "; ".join(f"{label}: {figure}" for label, figure in words)
    return (Picture(dot_chart(rows, unit=unit, beside=beside), f"{caption} {figures}.", caption),)


def _who(asked: Asked) -> Chapter:
    """Who was there: units are told of whole closed months, so that another period gives way to the last of them."""
    month = last_closed_month(asked.material) if not len(asked.tables["resources"]) else None
    shown = (
        asked
        if month is None
        else Asked.of(asked.material, replace(asked.state, first=month[0], last=month[1]), asked.audience)
    )
    sentences, caveats = shown.of_question(2)
    if month is not None:
        sentences = (
            f"Of {period_in_words(*month)}, a whole closed month: units are told of such alone.",
            *sentences,
        )
    found = ((DIMENSION_WORDS[d], resources_rows(shown.tables["resources"], d, asked.base)) for d in DIMENSIONS)
    tables = tuple((title, table) for title, table in found if table is not None)
    units = shown.tables["resources"]
    units = units[units["dimension"] == "unit"]
    caption = f"Share of officer time by unit, in alphabetical order. {DOTS}"
    pictures = _beside_each_other(
        units, "value", tuple(sorted(units["value"].unique(), key=lambda v: (v == OTHER, v))), str, "share_percent", caption,
        lambda r: share(r["share_percent"], asked.base),
    )  # fmt: skip
    return Chapter(numbered(2), sentences, pictures, tables, caveats)


def _doing(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(3)
    table = activities_rows(asked.tables["activities"], asked.base)
    caption = f"Share of officer time by what it is linked to, not known first, with likely ranges where the way of moving alone tells it. {DOTS}"
    pictures = _beside_each_other(
        asked.tables["activities"], "activity", PRINTED, ACTIVITY_WORDS.__getitem__, "share_percent", caption,
        lambda r: activity_share(r, asked.base),
    )  # fmt: skip
    return Chapter(
        numbered(3), sentences, pictures, (("Hours by what they are linked to", table),) if table else (), caveats
    )


def _moving(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(4)
    wide = asked.tables["modes"]
    table = modes_rows(wide, asked.base)
    modes = tuple(m for m in MODE_WORDS if f"{m}_percent" in wide.columns)
    long = pd.concat(
        [
            wide[["place"]].assign(mode=m, **{f"share_percent{e}": wide.get(f"{m}_percent{e}", np.nan) for e in ENDS})
            for m in modes
        ]
        or [pd.DataFrame(columns=["place", "mode"])]
    )
    caption = f"Share of officer time by how officers moved, “cannot tell” first, with likely ranges. {DOTS}"
    pictures = _beside_each_other(
        long, "mode", modes, MODE_WORDS.__getitem__, "share_percent", caption,
        lambda r: mode_share(*(r[f"share_percent{e}"] for e in ENDS), base=asked.base),
    )  # fmt: skip
    return Chapter(numbered(4), sentences, pictures, (("Shares by way of moving", table),) if table else (), caveats)


def _beside_each_other(
    table: pd.DataFrame,
    by: str,
    order: tuple[str, ...],
    label: Callable[[str], str],
    of: str,
    caption: str,
    in_words: Callable[[Row], str],
) -> tuple[Picture, ...]:
    """Shares of Impact Areas word by word in an order, with those of comparison areas below them."""
    found = {(r["place"], r[by]): r for r in table[table["place"].isin([IMPACT, COMPARISON])].to_dict("records")}
    rows, beside, words = [], [], []
    for word in order:
        here, there = (found.get((place, word)) for place in (IMPACT, COMPARISON))
        if here is None and there is None:
            continue
        rows.append(_share_dot(label(word), here, of, True))
        beside.append(_share_dot(label(word), there, of, False) if there is not None else None)
        figures = [in_words(r) if r is not None else FEW for r in (here, there)]
        words.append((label(word), f"{figures[0]}, comparison areas {figures[1]}"))
    return dots(rows, "per cent of officer time", caption, words, beside)


def _share_dot(label: str, row: Optional[Row], of: str, filled: bool) -> Interval:
    value, low, high = (float(row.get(f"{of}{end}", np.nan)) if row is not None else np.nan for end in ENDS)
    return Interval(label, value, low, high, filled=filled, text=FEW)


__all__ = ["dots", "numbered", "time_chapters"]

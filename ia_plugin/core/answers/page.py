"""The answers as one HTML page: no network, no script, every value escaped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..activity.rules import ACTIVITY_WORDS, PRINTED
from ..checked import beta_words
from ..colours import COLOURS
from ..filter_state import FilterState
from ..html_page import rendered
from ..marking import MARKING, checked_marking
from ..material.ask import refuse_restricted
from ..material.days import as_of_in_words
from ..material.summary_tables import Material
from ..suppression import BASE
from ..words import MODE_WORDS, mode_share
from .page_tables import PLACES, events_rows, searches_rows, time_rows
from .public_counts import counts_rounded_to
from .splits import activity_share

TITLES = {
    1: "How much officer time was spent where",
    2: "What resources were there",
    3: "What they did there, as far as the records tell",
    4: "On foot or by car",
    5: "What crimes and incidents happened meanwhile",
    6: "Stops and searches",
}


def answers_page(
    material: Material,
    state: FilterState,
    tables: dict[str, pd.DataFrame],
    sentences: pd.DataFrame,
    *,
    audience: str = "board",
    marking: str = MARKING,
    title: str = "Officer time in Impact Areas: answers",
) -> str:
    """HTML text of the answers.

    Parameters
    ----------
    tables, sentences : of :func:`~.questions.tables` and :func:`~.sentences.sentences`, for the same filter and audience
    marking : protective marking; never blank

    Raises
    ------
    ParameterError
        for a blank marking.
    PrivacyError
        for restricted cells and another audience.
    ImpactAreaError
        where Jinja2 is missing.
    """
    refuse_restricted(material, audience)
    marking = checked_marking(marking)
    as_of = material.as_of
    return rendered(
        "answers.html.j2",
        title=title,
        marking=marking,
        checked=material.checked,
        filter=state.in_words(material.names()),
        as_of=as_of_in_words(material),
        number=state.number(as_of.isoformat() if as_of else ""),
        audience=audience,
        headline=_headline(sentences, f"{beta_words(material.checked)}."),
        questions=[
            _question(q, sentences, tables, BASE if audience == "public" else 0, counts_rounded_to(state))
            for q in TITLES
            if (sentences["question"] == q).any()
        ],
    )


def _headline(sentences: pd.DataFrame, beta: str) -> list[str]:
    """What stands first; what every page has beside its marking stands there alone."""
    first = sentences.loc[sentences["question"] == 0, "sentence"].tolist()
    return [s for s in first if s != beta] + _caveats(sentences, 0)


def _caveats(sentences: pd.DataFrame, question: int) -> list[str]:
    return [c for c in dict.fromkeys(sentences.loc[sentences["question"] == question, "caveat"]) if c]


def _question(
    number: int, sentences: pd.DataFrame, tables: dict[str, pd.DataFrame], base: int, counts: int
) -> dict[str, Any]:
    own = sentences[sentences["question"] == number]
    bars = {3: _activity_bars, 4: _mode_bars}.get(number)
    shown = {1: time_rows, 5: events_rows, 6: searches_rows}.get(number)
    return {
        "number": number,
        "title": TITLES[number],
        "sentences": own["sentence"].tolist(),
        "caveats": _caveats(sentences, number),
        "bars": bars(tables, base) if bars else None,
        "table": shown(tables, base, counts if base else 0) if shown else None,
    }


def _activity_bars(tables: dict[str, pd.DataFrame], base: int) -> Optional[dict[str, Any]]:
    table = tables["activities"]
    said = {(r["place"], r["activity"]): activity_share(r, base) for r in table.to_dict("records")}
    return _bars(
        table.pivot_table(index=["place", "name"], columns="activity", values="share_percent"),
        {a: ACTIVITY_WORDS[a] for a in PRINTED},
        lambda place, row, activity: said[place, activity],
    )


def _mode_bars(tables: dict[str, pd.DataFrame], _: int) -> Optional[dict[str, Any]]:
    table = tables["modes"].set_index(["place", "name"])
    shares = table.rename(columns=lambda c: c.replace("_percent", ""))
    return _bars(shares, MODE_WORDS, lambda _, row, m: mode_share(row[m], row.get(f"{m}_low"), row.get(f"{m}_high")))


def _bars(
    shares: pd.DataFrame, wording: dict[str, str], said: Callable[[str, pd.Series, str], str]
) -> Optional[dict[str, Any]]:
    """Shares of Impact Areas, comparison areas and the rest as bars, each share in words beside."""
    rows, used = [], {}
    for place in PLACES:
        if place not in shares.index.get_level_values(0):
            continue
        row = shares.loc[place].iloc[0]
        parts = [k for k in wording if k in row.index and np.isfinite(row[k]) and row[k] > 0]
        used.update(dict.fromkeys(parts))
        rows.append(
            {
                "name": shares.loc[place].index[0],
                "parts": [
                    {"share": round(row[k], 2), "colour": COLOURS[k], "label": wording[k], "said": said(place, row, k)}
                    for k in parts
                ],
            }
        )
    key = [{"label": wording[k], "colour": COLOURS[k]} for k in wording if k in used]
    return {"rows": rows, "key": key} if rows else None

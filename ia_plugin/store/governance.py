"""The governance card in the store's summary: entered by those who may write there, superseded and never edited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.about.card import Card, checked_card, shown_card
from ..core.columns import GOVERNANCE
from ..core.filter_state import day_in_words
from ..core.times.civil import pandas_zone
from .audit import run_row
from .interface import SummaryHome
from .ledger import add_row
from .open_summary import opened_summary

WHAT = "governance card"  # in the record of runs
_TABLE = GOVERNANCE.name


def save_card(folder: Union[str, Path], answers: Mapping[str, object], *, at: pd.Timestamp, version: str) -> Card:
    """Keep a card beside those before; it is recorded in `runs`. Nothing is written where it says what the last one says.

    Raises
    ------
    StoreError
        where this user may not write to both files of the store, or only its summary is here.
    ParameterError, PrivacyError
        for answers that :func:`~ia_plugin.core.about.card.checked_card` refuses.
    """
    card = checked_card(answers)
    with opened_summary(folder) as summary:
        zone = summary.timezone

    def differs(rows: pd.DataFrame) -> None:
        before = _last(rows, zone)
        if before is not None and before.as_dict() == card.as_dict():
            raise _SaysTheSame(before)

    row = pd.DataFrame({"recorded_at": [at], **{k: [v] for k, v in card.as_dict().items()}})
    run = run_row(WHAT, at=at, version=version, parameters=card.as_dict())
    try:
        add_row(folder, _TABLE, row, run=run, check=differs, alone=False)
    except _SaysTheSame as same:
        return same.card
    return card


def kept_card(summary: SummaryHome, timezone: str) -> Optional[Card]:
    """The last card of a summary; None where none was entered."""
    if _TABLE not in summary.tables():
        return None
    names = [n for n in GOVERNANCE.names if n in summary.columns(_TABLE)]
    return _last(summary.read(_TABLE, columns=names), timezone)


def _last(rows: pd.DataFrame, timezone: str) -> Optional[Card]:
    if not len(rows):
        return None
    last = rows.iloc[-1].to_dict()
    at = last.get("recorded_at")
    day = "" if at is None or pd.isna(at) else day_in_words(pd.Timestamp(at).tz_convert(pandas_zone(timezone)).date())
    return shown_card({str(k): v for k, v in last.items()}, day)


class _SaysTheSame(Exception):
    """The last card says what this one says: there is nothing to keep."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card


__all__ = ["kept_card", "save_card"]

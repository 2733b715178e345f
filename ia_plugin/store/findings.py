"""What the last look at the quality of the data found, in the store's summary, so that the page about the data tells it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..core.about.facts import Finding
from ..core.arrays import Bools
from ..core.columns import QUALITY, UNIT_NOT_KNOWN
from ..core.filter_state import day_in_words
from ..core.quality.findings import ATTENTION
from ..core.suppression import LEAST
from ..core.times.civil import pandas_zone
from .condition import ALL
from .interface import SummaryHome
from .open_store import opened_store


def keep_findings(folder: Union[str, Path], findings: pd.DataFrame, fixes: pd.DataFrame, *, at: pd.Timestamp) -> int:
    """Put findings in the place of those of the look before; how many are not kept, for they are of fewer than five officers.

    Parameters
    ----------
    findings : of a :class:`~ia_plugin.core.quality.findings.QualityReport`
    fixes : that they were found in: ``officer_id`` and, where there is one, ``unit``

    Raises
    ------
    StoreError
        where this user may not write to both files of the store.
    """
    of_few = _of_few_officers(findings, _few(fixes))
    rows = findings[~of_few].assign(found_at=at)[[*QUALITY.names]].reset_index(drop=True)
    with opened_store(folder) as store, store.together("findings on quality", declared=True):
        store.put(QUALITY.name, rows, ALL)
    return int(of_few.sum())


def _few(fixes: pd.DataFrame) -> set[str]:
    """Units of fewer than five officers."""
    if "unit" not in fixes.columns:
        return set()
    officers = fixes.groupby(fixes["unit"].fillna(UNIT_NOT_KNOWN))["officer_id"].nunique()
    return {str(unit) for unit in officers[officers < LEAST].index}


def _of_few_officers(findings: pd.DataFrame, units: set[str]) -> Bools:
    """Which findings are of one of some units, name one in their sentence, or count fewer than five officers there."""
    names = [rf"(?<!\w){re.escape(u)}(?!\w)" for u in sorted(units)]
    words = re.compile("|".join([*names, rf"(?<![\d,.])[1-{LEAST - 1}] officers?\b"]))
    texts = zip(findings["subject"], findings["sentence"])
    return np.array([bool(words.search(f"{s} | {t}")) for s, t in texts], dtype=bool)


def findings_to_decide(summary: SummaryHome, timezone: str) -> tuple[Optional[tuple[Finding, ...]], str]:
    """(those that ask for a decision, the day they were found); None where nobody looked."""
    if QUALITY.name not in summary.tables():
        return None, ""
    rows = summary.read(QUALITY.name)
    if not len(rows):
        return None, ""
    some = rows[rows["severity"] == ATTENTION]
    found = tuple(Finding(str(s), str(c)) for s, c in zip(some["sentence"], some["consequence"]))
    day = pd.Timestamp(rows["found_at"].max()).tz_convert(pandas_zone(timezone)).date()
    return found, day_in_words(day)

"""What the last look at the quality of the data found, in the store's summary, so that the page about the data tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.about.facts import Finding
from ..core.columns import QUALITY
from ..core.filter_state import day_in_words
from ..core.quality.findings import ATTENTION
from ..core.times.civil import pandas_zone
from ..gpkg.geopackage import GeoPackage
from .store import Store
from .summary import summary_path


def keep_findings(folder: Union[str, Path], findings: pd.DataFrame, *, at: pd.Timestamp) -> None:
    """Put findings in the place of those of the look before.

    Parameters
    ----------
    findings : of a :class:`~ia_plugin.core.quality.findings.QualityReport`; none of them is of fewer than five officers

    Raises
    ------
    StoreError
        where this user may not write to both files of the store.
    """
    rows = findings.assign(found_at=at)[[*QUALITY.names]]
    with Store(summary_path(folder).parent) as store, store.together("findings on quality", declared=True) as change:
        change.put(QUALITY.name, rows, "1")


def findings_to_decide(summary: GeoPackage, timezone: str) -> tuple[Optional[tuple[Finding, ...]], str]:
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

"""What a file's unnamed columns may be, by what they hold: proposals for a message, never a reading."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..texts import texts
from .roles import is_private
from .text_form import plain

_TIME = r"\s*(?:\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}\b.*|\d{8}(?:\d{1,6})?|\d{13}|\d{4}-\d{2}|\d{1,2}:\d{2}.*)"
_ROLES_OF_TIME = ("time", "date", "start", "end", "valid_from", "valid_to", "recorded_at")
_RANGES = {  # of British positions: first and last value of each coordinate
    ("lat", "lon"): ((49.0, 61.5), (-9.0, 2.5)),
    ("easting", "northing"): ((0.0, 700_000.0), (0.0, 1_300_000.0)),
}


def proposed(lacking: Iterable[str], columns: Iterable[str], sample: pd.DataFrame) -> dict[str, str]:
    """Role -> column that may be it, for the roles of `lacking` of which one is found.

    Examples
    --------
    Of columns ``who, when_, a, b`` with a row ``X1, 2024-06-03 09:00, 52.4, -1.9`` the roles officer_id, time, lat and lon.
    """
    roles = list(lacking)
    if not roles:
        return {}
    free = [c for c in columns if c in sample.columns and not is_private(plain(c)) and sample[c].notna().any()]
    values = {c: texts(sample[c].dropna()).str.strip().head(200) for c in free}
    found: dict[str, str] = {}

    def take(role: str, column: str) -> None:
        found[role] = column
        free.remove(column)

    for role in (r for r in roles if r in _ROLES_OF_TIME):
        times = [c for c in free if values[c].str.fullmatch(_TIME).mean() > 0.5]
        if times:
            take(role, times[0])
    for pair, ranges in _RANGES.items():
        if pair[0] in roles and not any(p[0] in found for p in _RANGES):
            numbers = {c: pd.to_numeric(values[c], errors="coerce") for c in free}
            first, second = ([c for c in free if numbers[c].between(*within).mean() > 0.5] for within in ranges)
            others = [c for c in second if c not in first[:1]]
            if first and others:
                take(pair[0], first[0])
                take(pair[1], others[0])
    for role in (r for r in roles if r in ("officer_id", "radio_id")):
        ids = [c for c in free if values[c].str.fullmatch(r"\S{1,16}").mean() > 0.5]
        if ids:
            take(role, ids[0])
    words = [c for c in free if values[c].str.contains("[A-Za-z]{3}", regex=True).mean() > 0.5]
    for role in (r for r in roles if r in ("category", "unit", "radio_kind")):
        if words:
            take(role, min(words, key=lambda c: values[c].nunique() / len(values[c])))
            words = [c for c in words if c in free]
    return found

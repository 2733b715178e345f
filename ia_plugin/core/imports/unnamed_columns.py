"""What a file's unnamed columns may be, by what they hold: proposals for a message, never a reading."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..texts import texts
from ..times.grains import NAT
from ..times.written import read_written
from .roles import is_private
from .text_form import plain

_NUMBER = r"\d+(?:\.0+)?"
_COUNT_OF_TIME = (
    r"(?:19|20)\d{6}(?:\d{4}|\d{6})?|\d{10}(?:\d{3})?(?:\.0+)?"  # 20240630, 202406301159; seconds, milliseconds
)
_FIRST_LIKELY = pd.Timestamp("2000-01-01").value
_DECIMALS = r"-?\d{1,2}[.,]\d*[1-9]\d*"  # of a coordinate in degrees: small whole numbers are anything
_LEAST_METRES = 1_000.0
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
        times = [c for c in free if _look_like_times(values[c])]
        if times:
            take(role, times[0])
    for pair, ranges in _RANGES.items():
        if pair[0] in roles and not any(p[0] in found for p in _RANGES):
            likely = [c for c in free if _look_like_places(values[c], pair)]
            numbers = {c: pd.to_numeric(values[c].str.replace(",", ".", regex=False), errors="coerce") for c in likely}
            first, second = ([c for c in likely if numbers[c].between(*within).mean() > 0.5] for within in ranges)
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


def _look_like_times(written: pd.Series) -> bool:
    """Whether most values are dates or moments that can be read; numbers only where they are such of our years."""
    found = read_written(written.reset_index(drop=True))
    known = (found.clock != NAT) & (found.clock >= _FIRST_LIKELY)
    for dates in found.undecided:
        known[dates.rows] = ~dates.bad
    numbers = written.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
    known &= ~numbers | written.str.fullmatch(_COUNT_OF_TIME).to_numpy(dtype=bool)
    return bool(known.mean() > 0.5)


def _look_like_places(written: pd.Series, pair: tuple[str, str]) -> bool:
    if pair[0] == "lat":
        return bool(written.str.fullmatch(_DECIMALS).mean() > 0.5)
    return bool((pd.to_numeric(written, errors="coerce").abs() >= _LEAST_METRES).mean() > 0.5)

"""Rows by day and unit: missing days, units that fall silent, rows that lack something, duplicates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..params import QualityParams
from ..words import share_of
from .findings import Findings, Seen, day_name, share


def volume(seen: Seen, found: Findings, params: QualityParams) -> pd.DataFrame:
    """Look at the rows; gives rows by day and unit."""
    n = len(seen)
    whole = n + max(seen.lacking.values(), default=0)
    _lacking(seen, found, params, whole)
    _duplicates(seen, found, params, whole)
    if not n:
        return pd.DataFrame(columns=["day", "unit", "rows"])
    first, last = _usual_span(seen)
    days = np.arange(first, last + 1)
    table = np.zeros((len(days), len(seen.units)), dtype=np.int64)
    inside = (seen.day >= first) & (seen.day <= last)
    np.add.at(table, (seen.day[inside] - first, seen.unit[inside]), 1)
    _missing_days(days, table, found)
    _silent_units(days, table, seen.units, found, params)
    _no_unit(seen, found, params)
    found.add(
        "volume", "rows", False, n, "rows", f"{n:,} usable rows on {int((table.sum(axis=1) > 0).sum())} days.",
        "The base of all figures.", "Kept.",
    )  # fmt: skip
    rows = pd.DataFrame(table, index=pd.to_datetime(days, unit="D"), columns=seen.units)
    return rows.rename_axis("day").reset_index().melt("day", var_name="unit", value_name="rows")


def _usual_span(seen: Seen) -> tuple[int, int]:
    """First and last civil day, a few stray rows left out."""
    low, high = (
        np.quantile(seen.day, [0.001, 0.999], method="nearest")
        if len(seen) > 2000
        else (seen.day.min(), seen.day.max())
    )
    middle = np.median(seen.day)
    near = seen.day[(seen.day >= low) & (seen.day <= high) & (np.abs(seen.day - middle) < 3660)]
    return int(near.min()), int(near.max())


def _lacking(seen: Seen, found: Findings, params: QualityParams, whole: int) -> None:
    for what, n in seen.lacking.items():
        if n:
            found.add(
                "volume", f"no_{what}", share(n, whole) >= params.min_share, n, "rows",
                f"{n:,} rows ({share_of(n, whole)}) have no {what}.",
                "They take no part in any figure; the time around them is bridged by the reports before and after.",
                "Dropped and counted.",
            )  # fmt: skip


def _duplicates(seen: Seen, found: Findings, params: QualityParams, whole: int) -> None:
    at_once = seen.moves & (seen.seconds == 0)
    same = at_once & (seen.metres == 0)
    other = at_once & ~same
    for mask, finding, words, means in (
        (same, "duplicates", "repeat the row before exactly", "None: each is used once. Often an extract that was made twice."),
        (other, "two_places", "put an officer in two places at one moment", "Two radios under one number, or one number shared: which is right cannot be known."),
    ):  # fmt: skip
        n = int(mask.sum())
        if n:
            found.add(
                "volume", finding, n >= params.min_rows and share(n, whole) >= params.min_share, n, "rows",
                f"{n:,} rows ({share_of(n, whole)}) {words}.", means, "Dropped and counted; one row of each moment is kept.",
            )  # fmt: skip


def _missing_days(days: np.ndarray, table: np.ndarray, found: Findings) -> None:  # type: ignore[type-arg]
    total = table.sum(axis=1)
    usual = np.median(total[total > 0])
    gone = days[total < 0.1 * usual]
    gone = gone[(gone > days[0]) & (gone < days[-1])]
    if len(gone):
        listed = ", ".join(day_name(d) for d in gone[:5]) + (" and others" if len(gone) > 5 else "")
        found.add(
            "volume", "missing_days", True, len(gone), "days", f"{len(gone)} days have next to no rows: {listed}.",
            "Those days must not be read as days without officers; leave them out of comparisons.",
            "Kept as they are. Ask for the extract again, or note the outage.",
        )  # fmt: skip


def _silent_units(
    days: np.ndarray,  # type: ignore[type-arg]
    table: np.ndarray,  # type: ignore[type-arg]
    units: list[str],
    found: Findings,
    params: QualityParams,
) -> None:
    """Units with a fall of rows, or a lasting break, on days when the others went on as before."""
    if len(days) < 4 or table.shape[1] < 2:
        return
    inner = slice(1, len(days) - 1)  # the first and the last day are often cut
    for k, unit in enumerate(units):
        own, rest = table[inner, k].astype(float), np.delete(table[inner], k, axis=1).sum(axis=1).astype(float)
        if np.median(own) < params.min_unit_rows or np.median(rest) == 0:
            continue
        relative = (own / np.median(own)) / np.maximum(rest / np.median(rest), 1e-9)
        fell = (relative < params.silent_unit) & (rest > 0.6 * np.median(rest))
        if fell.any():
            found.add(
                "volume", "silent_unit", True, int(fell.sum()), "days",
                f"{unit} has less than {share_of(params.silent_unit, 1)} of its usual rows on {int(fell.sum())} days, first on {day_name(days[inner][fell][0])}.",
                "Its time in areas is too low on these days, for its radios were not seen.",
                "Kept as they are. Note the outage, and leave the days out of comparisons by unit.",
                subject=unit,
            )  # fmt: skip


def _no_unit(seen: Seen, found: Findings, params: QualityParams) -> None:
    n = int(seen.fixes["unit"].isna().sum()) if "unit" in seen.fixes.columns else 0
    if n:
        found.add(
            "volume", "no_unit", share(n, len(seen)) >= params.no_unit, n, "rows", f"{n:,} rows ({share_of(n, len(seen))}) have no unit.",
            "Splits by unit are too low by them; totals of areas are not touched.", "Kept as unit not known. Import postings to mend it.",
        )  # fmt: skip

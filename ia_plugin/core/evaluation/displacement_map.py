"""Areas and rings with their change, for the map: what was counted, what was expected, and whether it is more than areas vary by themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats
from ..suppression import LEAST, rounded
from .displacement_counts import MAIN, Counts
from .student_t import t_quantile
from .two_counts import binomial_p

ALONE = 0.05
MAP_COLUMNS = ("area_id", "name", "role", "from_m", "band_m", "km2", "before", "after", "expected", "change", "reading")
"""`reading`: fewer or more than areas vary by themselves, as areas vary, none, or not shown."""


def rings_table(counts: Counts, *, audience: str = "restricted", least_ha: float = 0.0) -> pd.DataFrame:
    """A row for each area and ring, with its geometry where it has one.

    Parameters
    ----------
    counts : of an evaluation of displacement
    audience : for a board or the public ground under the minimum shows no figure; for the public counts are rounded to 5, and what
        rests on fewer than five events, or on sexual or domestic offences, says nothing
    least_ha : the minimum, hectares

    Returns
    -------
    DataFrame of ``MAP_COLUMNS`` and ``geometry``. `expected` is the count before times the change at the same distance from the
    comparison areas.
    """
    table = counts.ground.table
    before, after = counts.before[MAIN], counts.after[MAIN]
    band = table["band_m"].to_numpy(dtype=np.float64)
    compared = (table["role"] == "comparison").to_numpy()
    ratio = np.full(len(table), np.nan)
    for distance in np.unique(band):
        here = band == distance
        total = before[here & compared].sum()
        ratio[here] = after[here & compared].sum() / total if total > 0 else np.nan
    expected = before * ratio
    p = binomial_p(before, after, ratio)
    clear = (p < ALONE) & _beyond_variation(before, after, ratio, compared)
    reading = np.where(clear, np.where(after < expected, "fewer", "more"), "as areas vary").astype(object)
    reading[np.isnan(p)] = "none"
    found = table.assign(before=before, after=after, expected=expected, change=after - expected, reading=reading)
    found = found[[c for c in (*MAP_COLUMNS, "geometry") if c in found.columns]].copy()
    figures = ["before", "after", "expected", "change"]
    if audience != "restricted":
        small = (found["km2"] * 100 < least_ha).to_numpy()
        found.loc[small, figures] = np.nan
        found.loc[small, "reading"] = "not shown"
    if audience == "public":
        few = (before + after < LEAST) | (found["reading"] == "not shown").to_numpy() | counts.sensitive
        found[["before", "after"]] = np.where(
            few[:, None], np.nan, rounded(found[["before", "after"]].fillna(0.0).to_numpy())
        )
        found[["expected", "change"]] = np.nan
        found.loc[few, "reading"] = "not shown"
    return found


def _beyond_variation(before: Floats, after: Floats, ratio: Floats, compared: Bools) -> Bools:
    """Whether a change is more than comparison areas and their rings vary by themselves, which is more than Poisson counts do."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (after - before * ratio) / np.sqrt(
            ratio * (before + after)
        )  # variance of after − r·before, its mean r times that before
    own = z[compared & np.isfinite(z)]
    spread = np.sqrt(max(1.0, float((own**2).mean()))) if len(own) else 1.0
    return np.asarray(np.abs(z) > t_quantile(1 - ALONE / 2, max(1, len(own) - 1)) * spread)


__all__ = ["MAP_COLUMNS", "rings_table"]

"""All that is looked at, in one call."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import pandas as pd
import shapely

from ..columns import require
from ..params import QualityParams, TrackParams
from ..suppression import LEAST
from ..tracks import LONGEST_INTERVAL_S
from .clocks import clocks
from .events import events_quality
from .findings import Findings, QualityReport, Seen, share
from .intervals import intervals, longest_gaps
from .positions import positions
from .radios import radios
from .volume import volume


def assess(
    fixes: pd.DataFrame,
    *,
    areas: Optional[pd.DataFrame] = None,
    events: Optional[pd.DataFrame] = None,
    duties: Optional[pd.DataFrame] = None,
    notes: Optional[pd.DataFrame] = None,
    params: QualityParams = QualityParams(),
    epsg: Optional[int] = None,
    least: int = LEAST,
) -> QualityReport:
    """What must be known of the data.

    Parameters
    ----------
    fixes : the fixes table as imported, before it is cleaned
    areas : with ``role``; measures are then shown for impact against comparison areas
    events, duties, notes : tables of the data dictionary
    params : QualityParams
    epsg : reference system of x and y, by which positions off its ground are known
    least : officers that a unit needs to stand by itself; 1 for a reader with a purpose, who may see units of any size

    Returns
    -------
    QualityReport; no officer is named in it, and no place or group of fewer than five officers is shown: units of fewer are told
    together with others.

    Raises
    ------
    ColumnError, TimeError
        for a missing column, and for times without a zone.
    """
    require(fixes, ("officer_id", "time", "x", "y"), "fixes")
    seen, found = Seen.of(fixes, params.timezone, least), Findings()
    tables = {"rows": volume(seen, found, params)}
    tables["intervals"], facts = intervals(seen, found, params)
    tables["places"] = positions(seen, found, params, areas, epsg)
    radios(seen, found, params)
    clocks(seen, found, params, duties)
    if events is not None and len(events):
        tables["events"] = events_quality(events, found, params)
    if areas is not None and "role" in areas.columns:
        tables["roles"] = by_role(seen, areas)
    if notes is not None and len(notes):
        tables["notes"] = notes
    facts.update(_facts(seen, fixes))
    return QualityReport(found.table(), tables, facts, params.timezone)


def by_role(seen: Seen, areas: pd.DataFrame) -> pd.DataFrame:
    """The measures that could make areas look unequal, for impact and comparison areas and the rest."""
    accuracy = seen.column("accuracy_m")
    left = np.ones(len(seen), dtype=bool)
    silent = (seen.seconds > longest_gaps(seen)) & (seen.seconds < TrackParams().between_duties_s)
    rows: list[dict[str, Any]] = []
    for role in ("impact", "comparison", None):
        if role is not None:
            shapes = areas["geometry"][areas["role"] == role].to_numpy(dtype=object)
            if not len(shapes):
                continue
            shape = shapely.union_all(shapes)
            shapely.prepare(shape)
            here = shapely.contains_xy(shape, seen.x, seen.y)
            left &= ~here
        else:
            here = left
        steps = here & seen.moves & (seen.seconds > 0)
        short = steps & (seen.seconds <= LONGEST_INTERVAL_S)
        officers = len(np.unique(seen.officer[here]))
        if officers < LEAST:
            continue
        rows.append(
            {
                "areas": {"impact": "Impact Areas", "comparison": "comparison areas"}.get(str(role), "rest"),
                "reports": int(here.sum()),
                "officers": officers,
                "median_interval_s": float(np.median(seen.seconds[short])) if short.any() else np.nan,
                "silent_%": 100 * share((steps & silent).sum(), steps.sum()),
                "duplicate_%": 100 * share((here & seen.moves & (seen.seconds == 0)).sum(), here.sum()),
                "same_position_%": 100 * share((steps & (seen.metres == 0)).sum(), steps.sum()),
                "error_over_100_m_%": np.nan
                if accuracy is None
                else 100 * share((here & (accuracy > 100)).sum(), here.sum()),
            }
        )
    return pd.DataFrame(rows)


def _facts(seen: Seen, fixes: pd.DataFrame) -> dict[str, Any]:
    times = pd.to_datetime(np.quantile(seen.stamp, [0.0005, 0.9995], method="nearest"), utc=True) if len(seen) else None
    zero = pd.Timestamp(0, tz="UTC")
    return {
        "rows": len(fixes),
        "officers": len(seen.officers),
        "first": times[0] if times is not None else zero,
        "last": times[1] if times is not None else zero,
    }

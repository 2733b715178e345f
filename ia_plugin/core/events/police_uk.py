"""data.police.uk: street and stop-and-search files in every form seen, and the API's JSON.

Only what the questions need is kept. Gender, age, ethnicity and free text are left out, and there is no switch.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..errors import FileError
from ..fixes import FARTHEST_M
from ..periods import time_zone
from .key_types import key_types, with_key_types
from .reading import read_rows

CIVIL = "Europe/London"
FAR_M = 100_000.0  # a record this far from the middle of its file is counted as out of the way

# Our name -> names in the files, plain (see reading.plain).
_STREET = {
    "id": ("crimeid", "persistentid", "id"),
    "month": ("month",),
    "category": ("crimetype", "category", "type"),
    "lon": ("longitude", "locationlongitude"),
    "lat": ("latitude", "locationlatitude"),
    "easting": ("easting",),
    "northing": ("northing",),
    "place": ("location", "street", "locationstreetname"),
    "outcome": ("lastoutcomecategory", "outcomestatuscategory"),
}
_SEARCH = {
    "time": ("date", "datetime"),
    "category": ("objectofsearch",),
    "sort": ("type",),
    "lon": ("longitude", "locationlongitude"),
    "lat": ("latitude", "locationlatitude"),
    "outcome": ("outcome",),
    "linked": ("outcomelinkedtoobjectofsearch",),
    "law": ("legislation",),
}
_KNOWN = {n for names in (*_STREET.values(), *_SEARCH.values()) for n in names}

# OSGB36 from WGS 84 by the Ordnance Survey's seven parameters (A guide to coordinate systems in Great Britain, 2020,
# section 6.6): about 3 m. Written out, so that it needs no database and no grid, and is the same everywhere.
_TO_BRITISH_GRID = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 "
    "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector +step +inv +proj=cart +ellps=airy +step +proj=pop +v_3 "
    "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
)


@dataclass(frozen=True)
class EventReport:
    """What a file held: rows read and kept, dropped by reason, and what must be known of it."""

    file: str
    kind: str
    rows_read: int
    rows_kept: int
    dropped: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        said = [f"{self.file}: {self.rows_kept:,} of {self.rows_read:,} rows kept ({self.kind})."]
        said += [f"{n:,} rows dropped: {why}." for why, n in self.dropped.items() if n]
        return said + [f"{n:,} {what}." for what, n in self.findings.items() if n]


def read_police_uk(path: Union[str, Path], table: Optional[pd.DataFrame] = None) -> tuple[pd.DataFrame, EventReport]:
    """Read one file of data.police.uk; which kind it is, is found from its header.

    Parameters
    ----------
    path : street or stop-and-search CSV (2011 form with easting and northing, today's form, R's names, extra columns; gzip),
        or the API's JSON
    table : ``category, key_type, generated_by``; the default is :func:`~ia_plugin.core.events.key_types.key_types`

    Returns
    -------
    (events, report): the events table, EPSG:27700, a row for each row of the file. Street files tell the month only:
    ``time_precision`` is "month" and the window is the civil month. Rows without coordinates have NaN in x and y.

    Raises
    ------
    FileError
        for a file that is none of these, naming the row where there is one.
    """
    rows, mark = read_rows(path, _KNOWN)
    name = Path(path).name
    searches = "legislation" in rows.columns or "objectofsearch" in rows.columns
    chosen = _picked(rows, _SEARCH if searches else _STREET)
    needed = "time" if searches else "month"
    if chosen[needed] is None or (not searches and chosen["category"] is None):
        missing = "date" if searches else "month or crime type"
        raise FileError(f"{name!r} has no column for the {missing}.", f"It has: {', '.join(map(str, rows.columns))}.")
    x, y, found = _places(chosen, len(rows), name)
    events = _searches(chosen, rows, name) if searches else _crimes(chosen, rows, table, name)
    events["x"], events["y"] = x, y
    events["location_precision"] = np.where(np.isnan(x), "none", "snapped")
    events["version"] = 1
    events["status"] = "current"
    events["source_ref"] = [f"{mark}:{row}" for row in rows.index]
    events["event_id"] = _ids(events, chosen)
    kind = "stop_search" if searches else "crime"
    found.update(_notes(events, searches))
    report = EventReport(name, kind, len(rows), len(events), {}, found)
    order = ["event_id", "kind", "category", "key_type", "generated_by", "start", "end", "time_precision"]
    rest = [c for c in events.columns if c not in order]
    return events[order + rest].reset_index(drop=True), report


def british_grid(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Easting and northing (EPSG:27700) of WGS 84 degrees; NaN stays NaN."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyproj looks for a database that this pipeline does not need
        from pyproj import Transformer

        x, y = Transformer.from_pipeline(_TO_BRITISH_GRID).transform(np.asarray(lon, float), np.asarray(lat, float))
    wrong = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(wrong, np.nan, x), np.where(wrong, np.nan, y)


def _picked(rows: pd.DataFrame, names: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {ours: next((rows[n] for n in theirs if n in rows.columns), None) for ours, theirs in names.items()}


def _numbers(column: Any, n: int, what: str, name: str) -> Any:
    if column is None:
        return np.full(n, np.nan)
    values = pd.to_numeric(column, errors="coerce")
    bad = values.isna() & column.notna()
    if bad.any():
        row = column.index[bad.to_numpy()][0]
        raise FileError(
            f"{name!r} row {row}: {column[row]!r} is no {what}.", "Write it with a decimal point, or leave it empty."
        )
    return values.to_numpy(dtype=np.float64, copy=True)


def _places(chosen: dict[str, Any], n: int, name: str) -> tuple[Any, Any, dict[str, int]]:
    """Easting and northing of each row, and what there is to say of them."""
    if chosen.get("easting") is not None:
        x, y = (_numbers(chosen[c], n, c, name) for c in ("easting", "northing"))
    else:
        lon, lat = (_numbers(chosen[c], n, w, name) for c, w in (("lon", "longitude"), ("lat", "latitude")))
        _refuse_swapped(lon, lat, chosen, name)
        lon[(lon == 0) & (lat == 0)] = np.nan
        x, y = british_grid(lon, lat)
    bad = np.isnan(x) | np.isnan(y) | (np.abs(x) > FARTHEST_M) | (np.abs(y) > FARTHEST_M)
    x, y = np.where(bad, np.nan, x), np.where(bad, np.nan, y)
    good = ~bad
    away = np.hypot(x - np.median(x[good]), y - np.median(y[good])) > FAR_M if good.any() else np.zeros(n, dtype=bool)
    places = len(np.unique(np.c_[x[good], y[good]], axis=0))
    return (
        x,
        y,
        {
            "rows have no coordinates": int(bad.sum()),
            "rows lie more than 100 km from the middle of the file": int(away.sum()),
            "distinct places hold all located rows": places,
        },
    )


def _refuse_swapped(lon: Any, lat: Any, chosen: dict[str, Any], name: str) -> None:
    wrong = np.flatnonzero((np.abs(lat) > 90) | (np.abs(lon) > 180))
    if len(wrong):
        row = chosen["lat"].index[wrong[0]]
        raise FileError(
            f"{name!r} row {row}: latitude {lat[wrong[0]]:g}, longitude {lon[wrong[0]]:g} is no place on Earth.",
            "Are they swapped or shifted?",
        )
    known = np.isfinite(lat) & np.isfinite(lon) & (lat != 0)
    # British latitudes are 49 to 61, longitudes -9 to 2: exchanged, nearly all rows say so.
    if known.any() and np.mean((np.abs(lat[known]) < 10) & (lon[known] > 49) & (lon[known] < 61)) > 0.9:
        raise FileError(
            f"{name!r}: latitudes are about {np.median(lat[known]):.2f}, longitudes {np.median(lon[known]):.2f}.",
            "They are swapped: exchange the columns.",
        )


def _crimes(chosen: dict[str, Any], rows: pd.DataFrame, table: Optional[pd.DataFrame], name: str) -> pd.DataFrame:
    months = chosen["month"]
    start = pd.to_datetime(months, format="%Y-%m", errors="coerce")
    bad = start.isna() | (start < "2000") | (start > "2090")
    if bad.any():
        row = months.index[bad.to_numpy()][0]
        raise FileError(f"{name!r} row {row}: {months[row]!r} is no month.", "Write it as 2019-01.")
    zone = time_zone(CIVIL)
    category = chosen["category"].map(_spoken)
    key, who = with_key_types(category, key_types() if table is None else table)
    return pd.DataFrame(
        {
            "kind": "crime",
            "category": category,
            "key_type": key,
            "generated_by": who,
            "start": start.dt.tz_localize(zone).dt.tz_convert("UTC"),
            "end": (start + pd.offsets.MonthBegin(1)).dt.tz_localize(zone).dt.tz_convert("UTC"),
            "time_precision": "month",
            "outcome": chosen["outcome"] if chosen["outcome"] is not None else None,
        },
        index=rows.index,
    )


def _spoken(category: Any) -> Any:
    """'anti-social-behaviour' of the API as 'Anti-social behaviour'."""
    if isinstance(category, str) and " " not in category and "-" in category and category.islower():
        words = category.replace("-", " ").replace("anti social", "anti-social")
        return words[:1].upper() + words[1:]
    return category


def _searches(chosen: dict[str, Any], rows: pd.DataFrame, name: str) -> pd.DataFrame:
    time = pd.to_datetime(chosen["time"], errors="coerce", utc=True)
    bad = time.isna()
    if bad.any():
        row = time.index[bad.to_numpy()][0]
        raise FileError(
            f"{name!r} row {row}: {chosen['time'][row]!r} is no time.", "Write it as 2019-06-01T12:00:00+00:00."
        )
    category = chosen["category"] if chosen["category"] is not None else pd.Series(np.nan, index=rows.index)
    outcome = chosen["outcome"] if chosen["outcome"] is not None else pd.Series(np.nan, index=rows.index)
    return pd.DataFrame(
        {
            "kind": "stop_search",
            "category": category.fillna("object not recorded"),
            "key_type": None,
            "generated_by": "police",
            "start": time,
            "end": time,
            "time_precision": "minute",
            "outcome": outcome,
            "object_found": _found(chosen["linked"], outcome),
        },
        index=rows.index,
    )


def _found(linked: Any, outcome: pd.Series) -> Any:
    """Whether the object was found: True, False, or None where the file does not say."""
    said = pd.Series(None, index=outcome.index, dtype=object)
    if linked is not None:
        said[linked.astype(str).str.lower().isin(["true", "1", "1.0"])] = True
        said[linked.astype(str).str.lower().isin(["false", "0", "0.0"])] = False
    nothing = outcome.astype(str).str.lower().str.contains("no further action|nothing found")
    said[nothing & said.isna()] = False
    return said


def _ids(events: pd.DataFrame, chosen: dict[str, Any]) -> Any:
    """The file's own ids where they tell rows apart; else a hash of what a row says and which of its likes it is."""
    own = chosen.get("id")
    ids = own.astype(object).copy() if own is not None else pd.Series(None, index=events.index, dtype=object)
    ids[ids.isna() | ids.duplicated(keep="first")] = None
    blank = ids.isna().to_numpy()
    place = chosen.get("place")
    columns = {n: events[n] for n in ("kind", "start", "category", "outcome")}
    columns.update({n: events[n].round(1) for n in ("x", "y")})
    if place is not None:
        columns["place"] = place
    said = pd.DataFrame({n: [str(v) for v in c] for n, c in columns.items()}, index=events.index)
    said["nth"] = said.groupby(list(said.columns), sort=False).cumcount()
    texts = ["|".join(map(str, row)) for row in said[blank].itertuples(index=False)]
    ids[blank] = ["h" + hashlib.blake2b(t.encode(), digest_size=12).hexdigest() for t in texts]
    return ids


def _notes(events: pd.DataFrame, searches: bool) -> dict[str, int]:
    if not searches:
        disorder = events["category"].astype(str).str.lower().str.contains("anti-social")
        return {
            "rows tell the month only and take no part in questions of the hour": len(events),
            "rows are anti-social behaviour: incidents, not recorded crimes, without an id of their own": int(
                disorder.sum()
            ),
        }
    local = events["start"].dt.tz_convert(CIVIL)
    month = local.dt.strftime("%Y-%m").mode()
    utc_month = events["start"].dt.strftime("%Y-%m")
    said = {
        "rows do not say whether the object was found": int(pd.Series(events["object_found"]).isna().sum()),
        "rows name no object of search": int((events["category"] == "object not recorded").sum()),
    }
    if len(month) and local.dt.strftime("%Y-%m").nunique() == 1:
        said["rows are of the month before by UTC, of the file's month by the clock on the wall"] = int(
            (utc_month != month[0]).sum()
        )
    return said

"""Time in areas by other people's libraries, written as their manuals do it."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd

from .data import as_text_track


def movingpandas_seconds(fixes: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Seconds in each area with MovingPandas: clip each trajectory by each polygon, sum the durations."""
    import geopandas as gpd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import movingpandas as mpd

        plain = fixes.assign(officer_id=fixes["officer_id"].astype(str), time=fixes["time"].dt.tz_localize(None))
        points = gpd.GeoDataFrame(plain, geometry=gpd.points_from_xy(plain["x"], plain["y"]), crs=27700)
        tracks = mpd.TrajectoryCollection(points, traj_id_col="officer_id", t="time").trajectories
        totals = []
        for polygon in areas["geometry"]:
            total = 0.0
            for track in tracks:
                total += sum(part.get_duration().total_seconds() for part in track.clip(polygon).trajectories)
            totals.append(total)
    return pd.Series(totals, index=areas["area_id"])


def pymeos_seconds(fixes: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Seconds in each area with PyMEOS (MobilityDB's library in C): restrict each track to each polygon."""
    from pymeos import TGeomPointSeq, pymeos_finalize, pymeos_initialize

    pymeos_initialize()
    tracks: list[Any] = [TGeomPointSeq(string=as_text_track(t)) for _, t in fixes.groupby("officer_id", observed=True)]
    totals = []
    for polygon in areas["geometry"]:
        inside = (track.at(polygon) for track in tracks)
        totals.append(sum(part.duration().total_seconds() for part in inside if part is not None))
    pymeos_finalize()
    return pd.Series(totals, index=areas["area_id"])

"""Time in areas by other people's libraries, written as their manuals do it."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd

from .data import as_text_track


def movingpandas_tracks(fixes: pd.DataFrame) -> Any:
    """MovingPandas' trajectories, one an officer."""
    import geopandas as gpd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import movingpandas as mpd

        plain = fixes.assign(officer_id=fixes["officer_id"].astype(str), time=fixes["time"].dt.tz_localize(None))
        points = gpd.GeoDataFrame(plain, geometry=gpd.points_from_xy(plain["x"], plain["y"]), crs=27700)
        return mpd.TrajectoryCollection(points, traj_id_col="officer_id", t="time").trajectories


def movingpandas_seconds(tracks: Any, areas: pd.DataFrame) -> pd.Series:
    """Seconds in each area: clip each trajectory by each polygon, sum the durations."""
    totals = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for polygon in areas["geometry"]:
            parts = (part for track in tracks for part in track.clip(polygon).trajectories)
            totals.append(sum(part.get_duration().total_seconds() for part in parts))
    return pd.Series(totals, index=areas["area_id"])


def pymeos_tracks(fixes: pd.DataFrame) -> Any:
    """Temporal points of PyMEOS (MobilityDB's library in C), one an officer."""
    from pymeos import TGeomPointSeq, pymeos_initialize

    pymeos_initialize()
    return [TGeomPointSeq(string=as_text_track(t)) for _, t in fixes.groupby("officer_id", observed=True)]


def pymeos_seconds(tracks: Any, areas: pd.DataFrame) -> pd.Series:
    """Seconds in each area: restrict each track to each polygon."""
    totals = []
    for polygon in areas["geometry"]:
        inside = (track.at(polygon) for track in tracks)
        totals.append(sum(part.duration().total_seconds() for part in inside if part is not None))
    return pd.Series(totals, index=areas["area_id"])

"""Extracts of a week of June, of officers who stand at one place, for officer density of a store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

MONDAY = pd.Timestamp("2024-06-02T23:00Z")
CELL, X, Y = "1400:2000", 400_060.0, 280_050.0
FEW_CELL = "1405:2003"


def turn(officer: int, day: str, clock: str = "09:00", minutes: int = 60, x: float = X, y: float = Y) -> pd.DataFrame:
    """One officer's reports of every five minutes at one place, by the local clock."""
    time = pd.Timestamp(f"{day} {clock}") + pd.to_timedelta(np.arange(0, minutes + 1, 5), unit="min")
    rows = {"Collar": officer, "DateTime": time.strftime("%d/%m/%Y %H:%M:%S"), "Easting": x, "Northing": y, "Unit": "A"}
    return pd.DataFrame(rows)


def written(path: Path, turns: Iterable[pd.DataFrame]) -> Path:
    """The turns as one extract."""
    pd.concat(list(turns)).to_csv(path, index=False)
    return path


def few() -> list[pd.DataFrame]:
    """Four officers who stand in a cell of their own for the whole week."""
    return [turn(200 + k, f"2024-06-0{d}", "16:00", x=400_700.0, y=281_100.0) for d in range(3, 10) for k in range(4)]


def week(officers: int = 5, days: tuple[int, ...] = (3, 4, 5)) -> list[pd.DataFrame]:
    """Officers who stand in one cell for an hour on some days of the week."""
    return [turn(100 + k, f"2024-06-0{d}") for d in days for k in range(officers)]


def latecomers() -> list[pd.DataFrame]:
    """Five others in that cell for half an hour on three more days: as many as late data have to be of to be told."""
    return [turn(150 + k, f"2024-06-0{d}", "10:00", 30) for d in (6, 7, 8) for k in range(5)]

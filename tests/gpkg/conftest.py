"""Small tables to write into a GeoPackage."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


def some_fixes(n: int = 500, day: str = "2024-06-03", officers: int = 5, seed: int = 1) -> pd.DataFrame:
    """`n` fixes of pseudonyms who wander, one every two minutes each, from 06:00 UTC of `day`."""
    rng = np.random.default_rng(seed)
    who, step = np.arange(n) % officers, np.arange(n) // officers
    time = pd.Timestamp(f"{day}T06:00:00Z") + pd.to_timedelta(120 * step + who, unit="s")
    x, y = 400_000 + rng.normal(0, 100, (officers, n)), 280_000 + rng.normal(0, 100, (officers, n))
    return pd.DataFrame(
        {
            "officer_id": [f"p{i:024x}" for i in who],
            "time": time,
            "x": x.cumsum(axis=1)[who, step],
            "y": y[who, step],
            "unit": np.where(who % 2, "North", None),
            "accuracy_m": np.where(step % 3, 5.0, np.nan),
        }
    )


@pytest.fixture
def fixes() -> pd.DataFrame:
    return some_fixes()

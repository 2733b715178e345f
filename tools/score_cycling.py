"""How well a force's own labels would teach the model bicycles: fitted on half of GeoLife's users, scored on the others.

python tools/score_cycling.py GEOLIFE.parquet
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.movement import calibrate, classify_movement
from tools.geolife import NAMES, read_geolife, thinned_legs


def main(path: str) -> int:
    dense = read_geolife(Path(path))
    for interval in (60.0, 120.0, 300.0):
        legs = thinned_legs(dense, interval)
        truth = legs["truth"].map(dict(enumerate(NAMES)))
        legs = legs.assign(truth=truth)
        users = np.sort(legs["user"].unique()) if "user" in legs else np.sort(legs["officer_id"].unique())
        column = "user" if "user" in legs else "officer_id"
        guess = pd.Series("", index=legs.index, dtype=object)
        for part in (0, 1):
            taught, left = legs[column].isin(users[part::2]), legs[column].isin(users[1 - part :: 2])
            found = classify_movement(legs[left], calibrate(legs[taught]))
            names = ["p_foot", "p_vehicle", "p_bicycle"]
            guess[left] = found[names].idxmax(axis=1).str[2:]
        f1 = {}
        for name in NAMES:
            hit = ((guess == name) & (truth == name)).sum()
            f1[name] = 2 * hit / max(1, ((guess == name) & truth.notna()).sum() + (truth == name).sum())
        told = ", ".join(f"{n} {v:.3f}" for n, v in f1.items())
        print(f"{interval:.0f} s: F1 {told}; {int((truth == 'bicycle').sum()):,} bicycle legs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

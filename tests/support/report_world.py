"""Two months of a force with twelve areas: officer time in every hour, crimes, incidents and searches; sums by role beside them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material

from .month_panels import every_hour, squares

MAY = FilterState(first=date(2024, 5, 1), last=date(2024, 5, 31))
IMPACT = [f"I{k}" for k in range(6)]
COMPARISON = [f"C{k}" for k in range(6)]
NAMES = {
    "I0": '<script>alert("x")</script>',
    "I1": "=HYPERLINK(1)",
    "I2": "A name of eighty letters, " + "long " * 11,
    "C0": "‮evil",
}


def report_material(names: bool = False, seed: int = 3) -> Material:
    """The material of figures; `names` gives areas names that must do no harm."""
    rng = np.random.default_rng(seed)
    every = IMPACT + COMPARISON
    areas = squares(**{a: {"role": "impact" if a in IMPACT else "comparison"} for a in every})
    if names:
        areas["name"] = areas["area_id"].map(NAMES).fillna(areas["name"])
    spent = {a: float(rng.integers(600, 3000)) for a in every}
    use = [every_hour("2024-04-01", "2024-05-31", a, s) for a, s in spent.items()]
    for label, group in (("(impact)", IMPACT), ("(comparison)", COMPARISON)):
        use.append(every_hour("2024-04-01", "2024-05-31", label, sum(spent[a] for a in group)))
    use.append(every_hour("2024-04-01", "2024-05-31", "(rest)", 9000.0))
    hours = use[0]["period"]
    many = 1800
    home = rng.choice(len(every), many)
    at = hours.iloc[rng.integers(0, len(hours), many)].reset_index(drop=True)
    kind = rng.choice(["crime", "incident", "stop_search"], many, p=[0.5, 0.3, 0.2])
    events = pd.DataFrame({
        "event_id": [f"e{i}" for i in range(many)], "kind": kind, "category": rng.choice(["Burglary", "Robbery"], many), "key_type": None,
        "start": at, "end": at, "time_precision": "minute", "x": 2000.0 * home + 500, "y": 500.0, "source": "test",
        "object_found": np.where(kind == "stop_search", rng.random(many) < 0.3, None),
    })  # fmt: skip
    seen = pd.DataFrame({"area_id": [*every, "(impact)", "(comparison)", "(rest)"]}).merge(
        hours[::24].to_frame(), how="cross"
    )
    seen = seen.assign(dimension="(all)", value="(all)", officers=9)
    return Material.of(areas, pd.concat(use, ignore_index=True), events=events, officers_seen=seen)

"""Activities against the simulator's truth: seconds of each class, and what was taken for what.

    python -m tools.score_activities [--officers 200] [--days 3]

Joint seconds of a leg are the least that both could mean: what estimate and truth have in common counts as right, the rest
is laid out in proportion.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from typing import Any

import numpy as np
import pandas as pd

from ia_plugin.core.activity import ACTIVITIES, activities
from ia_plugin.core.activity.classes import site_ground
from ia_plugin.core.activity.links import legs_of_officers
from ia_plugin.core.fixes import clean_fixes
from ia_plugin.core.movement import classify_movement
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from ia_plugin.core.simulate import Simulation
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import legs_and_gaps

OF_MODE = {"foot": "on_foot", "vehicle": "in_vehicle", "stationary": "stopped"}


def true_activities(world: Simulation, legs: pd.DataFrame, areas: pd.DataFrame, how: str = "reference") -> pd.DataFrame:
    """True seconds of each leg by class, (legs, classes)."""
    truth = world.truth
    named = truth["mode"].astype(object).map(OF_MODE)
    site = time_in_areas(truth, site_ground(areas), PresenceParams(method="linear", bounds="none"))
    inside = site.set_index("leg_id")["seconds"].reindex(truth["leg_id"]).fillna(0.0).to_numpy()
    named = named.where(inside < truth["duration_s"].to_numpy() / 2, "police_site")
    for activity, name in (("incident", f"incident_{how}"), ("stop and search", f"search_{how}")):
        named = named.where((truth["activity"] != activity).to_numpy(), name)
    officers = pd.Index(pd.unique(legs["officer_id"].astype(object)))
    code, who = (officers.get_indexer(t["officer_id"].astype(object)) for t in (legs, truth))
    (a, b), (first, last) = ((nanoseconds(t["start"]), nanoseconds(t["end"])) for t in (legs, truth))
    known = np.flatnonzero(who >= 0)
    leg, move = legs_of_officers(code, a, b, who[known], first[known], last[known])
    move = known[move]
    seconds = (np.minimum(b[leg], last[move]) - np.maximum(a[leg], first[move])) / 1e9
    table = np.zeros((len(legs), len(ACTIVITIES)))
    np.add.at(table, (leg, pd.Index(ACTIVITIES).get_indexer(named)[move]), np.maximum(seconds, 0.0))
    return pd.DataFrame(table, index=legs["leg_id"], columns=ACTIVITIES)


def confusion(found: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Hours, truth in rows, estimate in columns."""
    legs = truth[truth.sum(axis=1) > 0]
    est = found.reindex(legs.index).fillna(0.0).to_numpy()
    true = legs.to_numpy()
    # A radio taken home goes on after its officer's truth has ended.
    est = est * (true.sum(axis=1) / np.maximum(est.sum(axis=1), 1e-9))[:, None]
    both = np.minimum(est, true)
    left = est - both, true - both
    rest = left[1].T @ (left[0] / np.maximum(left[0].sum(axis=1), 1e-9)[:, None])
    table = np.diag(both.sum(axis=0)) + rest
    return pd.DataFrame(table / 3600, index=truth.columns, columns=truth.columns)


def scored(world: Simulation, areas: pd.DataFrame, *, referenced: bool = True) -> pd.DataFrame:
    """Confusion of a simulated force's activities."""
    legs, _ = legs_and_gaps(clean_fixes(world.fixes)[0])
    legs = classify_movement(legs)
    events = world.events if referenced else world.events.drop(columns="officer_ids")
    found = activities(legs, events, areas).pivot(index="leg_id", columns="activity", values="seconds")
    how = "reference" if referenced else "place_time"
    return confusion(found.reindex(columns=list(ACTIVITIES)), true_activities(world, legs, areas, how))


def main() -> int:
    from tools.demo import simulate

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--officers", type=int, default=200)
    parser.add_argument("--days", type=int, default=3)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    world, areas = simulate(options.officers, options.days)
    for referenced in (True, False):
        table = scored(world, areas, referenced=referenced)
        print_confusion(table, "officers named by events" if referenced else "no officer named")
    return 0


def print_confusion(table: pd.DataFrame, title: str) -> None:
    shown: Any = table.loc[(table.sum(axis=1) + table.sum(axis=0)) > 0, (table.sum(axis=1) + table.sum(axis=0)) > 0]
    right, truth, said = np.diag(shown.to_numpy()), shown.sum(axis=1), shown.sum(axis=0)
    print(f"\n{title}: hours, truth in rows; {right.sum() / truth.sum():.1%} of all time right")
    print(shown.round(1).to_string())
    facts = {"true h": truth.round(1), "said h": said.round(1)}
    facts["recall"] = (right / truth.where(truth > 0)).round(3)
    facts["precision"] = (right / said.where(said > 0)).round(3)
    print(pd.DataFrame(facts).to_string())


if __name__ == "__main__":
    sys.exit(main())

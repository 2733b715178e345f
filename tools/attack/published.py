"""Takes the published officer time apart: does any few officers' time by unit follow from all that anyone may read?

    python -m tools.attack.published --n 200 --seed 1

Then data comes late: where the month is told again, the difference of the two nights is taken apart in the same way.

The reader knows the time of each area and role in each hour, all units together, and the time by unit of the months. For each
area, hour and unit with one to four officers, linear programming tells the least and the most that it can be. Found is what lies
between bounds of which the lower is more than half of the upper. It is given the sums before they are rounded to the quarter hour,
which is more than it has.
"""

from __future__ import annotations

import sys
from typing import Optional

import numpy as np
import pandas as pd

from ia_plugin.core.group_time.late import late_may_be_shown
from ia_plugin.core.group_time.month import GroupMonth, group_month, parts_of
from tools.attack.command import command, rounds_of

AREAS, ELSEWHERE, ROLE = "ABC", "elsewhere", "(impact)"


def world(rng: np.random.Generator) -> pd.DataFrame:
    """The officer_time table of a few days: few officers of few units in three areas of one role and about them."""
    units, people, n = int(rng.integers(2, 5)), int(rng.integers(8, 40)), int(rng.integers(60, 220))
    officer = rng.integers(0, people, n)
    unit = np.where(rng.random(n) < 0.95, officer % units, rng.integers(0, units, n))
    hour = rng.integers(0, int(rng.integers(2, 30)), n)
    home = officer % (len(AREAS) + 1)
    area = np.where(rng.random(n) < rng.uniform(0.2, 0.9), home, rng.integers(0, len(AREAS) + 1, n))
    table = pd.DataFrame(
        {
            "area_id": [(*AREAS, ELSEWHERE)[a] for a in area],
            "period": pd.Timestamp("2024-06-03", tz="UTC") + pd.to_timedelta(hour, unit="h"),
        }
    )
    table = table.assign(
        unit=[f"unit {u}" for u in unit],
        officer_id=[f"p{o}" for o in officer],
        seconds=rng.integers(60, 3600, n).astype(float),
    )
    keys = ["area_id", "period", "unit", "officer_id"]
    return table.groupby(keys, as_index=False)["seconds"].sum()


def some_late(rng: np.random.Generator, first: pd.DataFrame) -> pd.DataFrame:
    """What comes late of a world: another one of the same officers, hours and units, or a part of it."""
    late = first.assign(
        area_id=rng.permutation(first["area_id"].to_numpy()), seconds=rng.integers(60, 3600, len(first)).astype(float)
    )
    late = late[rng.random(len(late)) < rng.choice([0.1, 0.5, 1.0])]
    return late.groupby(["area_id", "period", "unit", "officer_id"], as_index=False)["seconds"].sum()


def there(truth: pd.DataFrame) -> pd.DataFrame:
    """The officer_time table of a world."""
    rows = pd.concat([truth[truth["area_id"] != ELSEWHERE], truth.assign(area_id=ROLE)], ignore_index=True)
    return rows.assign(department="-", officer_role="-", resource_type="-", variance=0.0, systematic=0.0)


def as_told(truth: pd.DataFrame) -> GroupMonth:
    """What is published of a world."""
    return group_month(there(truth), dict.fromkeys(AREAS, ROLE), timezone="UTC")


def worst_of_late(first: pd.DataFrame, late: pd.DataFrame) -> tuple[bool, int, int, float]:
    """(whether a world is told again with what came late, and :func:`worst` of the difference of the two nights)."""
    both = pd.concat([first, late], ignore_index=True)
    both = both.groupby(["area_id", "period", "unit", "officer_id"], as_index=False)["seconds"].sum()
    table, role_of = as_told(first).table, dict.fromkeys(AREAS, ROLE)
    if not len(table) or not late_may_be_shown(table, there(first), there(both), role_of, timezone="UTC"):
        return False, 0, 0, 0.0
    return (True, *worst(late, GroupMonth(table, parts_of(table, there(late), "UTC"))))


def worst(truth: pd.DataFrame, told: Optional[GroupMonth] = None) -> tuple[int, int, float]:
    """(rows told, cells of few officers looked at, the worst of lower bound / upper bound among them)."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    told = as_told(truth) if told is None else told
    table = told.table[told.table["dimension"] == "unit"]
    if not len(table):
        return 0, 0, 0.0
    exact = told.parts.groupby("row")["seconds"].sum().reindex(range(len(told.table)), fill_value=0.0)
    units = sorted(truth["unit"].unique())
    cells = truth.groupby(["area_id", "period"], as_index=False)["seconds"].sum()
    # Whatever unit could have been in whichever hour that has any time.
    x = cells.merge(pd.DataFrame({"unit": units}), how="cross", suffixes=("_all", "")).reset_index(drop=True)
    of_day, weekday = x["period"].dt.hour, x["period"].dt.dayofweek
    rules, sums = [], []
    for _, rows in x.groupby(["area_id", "period"]):
        rules.append(rows.index)
        sums.append(rows["seconds"].iloc[0])
    for (area, week, first, hours), block in table.groupby(["area_id", "weekday", "first_hour", "hours"]):
        alone = set(table.loc[table["area_id"] == area, "value"]) - {"other"}
        for row in block.index:
            value = table["value"][row]
            mask = (x["area_id"] == area) if area != ROLE else np.ones(len(x), bool)
            mask &= ((week < 0) | (weekday == week)) & (of_day >= first) & (of_day < first + hours)
            mask &= (x["unit"] == value) if value != "other" else ~x["unit"].isin(alone)
            if mask.any():
                rules.append(x.index[mask])
                sums.append(exact[row])
    at = np.concatenate([np.full(len(r), k) for k, r in enumerate(rules)])
    a = csr_array((np.ones(len(at)), (at, np.concatenate(rules))), shape=(len(rules), len(x)))
    people = truth.groupby(["area_id", "period", "unit"])["officer_id"].nunique()
    few = [(k, v) for k, v in enumerate(x.set_index(["area_id", "period", "unit"]).index.map(people)) if 1 <= v < 5]
    months = truth.groupby(["area_id", "unit"])["officer_id"].nunique()
    goals = [np.eye(1, len(x), k)[0] for k, _ in few[:: max(1, len(few) // 25)]]
    goals += [((x["area_id"] == p) & (x["unit"] == u)).to_numpy(float) for (p, u), v in months.items() if v < 5]
    ratio = 0.0
    for goal in goals:
        low, high = (linprog(s * goal, A_eq=a, b_eq=sums, bounds=(0, None), method="highs") for s in (1.0, -1.0))
        if low.status == 0 and high.status == 0 and -high.fun > 1.0:
            ratio = max(ratio, low.fun / -high.fun)
    return len(table), len(goals), ratio


def main() -> int:
    options = command(__doc__, 100).parse_args()
    rows = looked = found = late = 0
    most = 0.0
    for k, rng in rounds_of(options):
        first = world(rng)
        told, cells, ratio = worst(first)
        again, _, more, of_late = worst_of_late(first, some_late(rng, first))
        late, cells, ratio = late + again, cells + more, max(ratio, of_late)
        rows, looked, most = rows + told, looked + cells, max(most, ratio)
        if ratio > 0.5 + 1e-6:
            found += 1
            print(f"world {k}: time of fewer than five officers known to lie between {ratio:.2f} and 1 of the most")
    print(
        f"{options.n} worlds, {late} told again with late data, {rows} rows told, {looked} hidden figures looked at, worst {most:.2f}: {found} found"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

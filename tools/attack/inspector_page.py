"""The inspector's page taken apart: do pages of two nights tell an hour of the last seven days, or the unit of a few officers?

    python -m tools.attack.inspector_page --n 40 --seed 1

The attack is by worlds that a reader cannot tell apart. Where two different truths make the same pages, to the last number, nothing
that anybody computes from those pages, by differences of filters, of nights, of totals and rows or in any other way, tells the one
from the other.

- *Hours.* A store grows by a day each night. In a second truth the hours of each of the last seven days are shuffled. The pages of
  the last three nights side by side must be the same.
- *Units.* In a second truth an officer of one unit, planted, is of another unit, as are up to three of his colleagues: fewer than
  five. The pages of three nights must be the same until the month is told.

Of a month that is told the time by unit rests on five officers at the least; linear programming over it is the attack `published`.
The last line is the figure: how many worlds were told apart; exit 1 where it is not 0.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import ALL, OFFICER_TIME
from ia_plugin.core.group_time.month import group_month
from ia_plugin.core.inspector_page.cube import Cube, cube_of
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.summaries.cover import cover_of
from ia_plugin.core.summaries.publish import published
from tools.attack.command import command, rounds_of

AREAS = pd.DataFrame(
    {"area_id": ["A", "B"], "name": ["A", "B"], "role": ["impact", "comparison"],
     "geometry": pd.Series([shapely.box(0, 0, 1000, 1000), shapely.box(2000, 0, 3000, 1000)], dtype=object)}
)  # fmt: skip
ROLES = {"A": "(impact)", "B": "(comparison)"}
ZONE, NIGHTS, DAYS = "Europe/London", 3, 44
FIRST = date(2024, 6, 1)
CLOSED_AFTER = timedelta(days=3)  # of data beyond a month
ANY_NIGHT, BEFORE_JUNE = (32, 45), (32, 37)
"""Nights after so many days: before June is closed, while its last days are totals, and after it is told; and before it is."""
MADE_NOW = ("made_at",)


def world(rng: np.random.Generator, people: int = 24) -> pd.DataFrame:
    """Officers of three units in two areas, some of each day's hours: one row an officer, area and hour."""
    n = int(rng.integers(600, 1500))
    officer = rng.integers(0, people, n)
    day, hour = rng.integers(0, DAYS, n), rng.integers(0, 24, n)
    begin = pd.Timestamp(FIRST, tz=ZONE) + pd.to_timedelta(day, unit="D")
    table = pd.DataFrame(
        {"area_id": rng.choice([*ROLES], n), "day": day, "hour": hour, "officer_id": [f"p{o}" for o in officer]}
    )
    table = table.assign(
        period=(begin + pd.to_timedelta(hour, unit="h")).tz_convert("UTC"), unit=[f"unit {o % 3}" for o in officer]
    )
    return table.drop_duplicates(["officer_id", "day", "hour"]).assign(
        seconds=lambda t: rng.integers(60, 3600, len(t)).astype(float)
    )


def shuffled(rng: np.random.Generator, truth: pd.DataFrame, days: range) -> pd.DataFrame:
    """A truth with the hours of some of its days in another order, each day by itself."""
    table = truth.copy()
    for day in days:
        own = table["day"] == day
        table.loc[own, "hour"] = rng.permutation(24)[table.loc[own, "hour"]]
    begin = pd.Timestamp(FIRST, tz=ZONE) + pd.to_timedelta(table["day"], unit="D")
    return table.assign(period=(begin + pd.to_timedelta(table["hour"], unit="h")).dt.tz_convert("UTC"))


def moved(truth: pd.DataFrame, officers: list[str], unit: str) -> pd.DataFrame:
    """A truth in which some officers are of another unit."""
    return truth.assign(unit=truth["unit"].mask(truth["officer_id"].isin(officers), unit))


def page(truth: pd.DataFrame, days: int) -> Cube:
    """The page of the night after so many days of a truth, by the published tables of its store."""
    known = truth[truth["day"] < days]
    people = pd.concat([known, known.assign(area_id=known["area_id"].map(ROLES))], ignore_index=True)
    people = people.assign(department="-", officer_role="-", resource_type="car", variance=100.0, systematic=1.0)
    end = FIRST + timedelta(days=days)
    closed = [m for m in (date(2024, 6, 1),) if end >= date(2024, 7, 1) + CLOSED_AFTER]
    june = people[people["day"] < 30][list(OFFICER_TIME.names)]
    tables = published(*_by_group(people))
    # Somebody of a force is out in each hour, to the last of the last day.
    every = pd.date_range(
        pd.Timestamp(FIRST, tz=ZONE), pd.Timestamp(end, tz=ZONE), freq="h", inclusive="left"
    ).tz_convert("UTC")
    alike = {"officer_seconds": 60.0, "foot_seconds": 60.0, "variance": 1.0, "systematic": 1.0}
    rest = tables["time_use"].iloc[[0] * len(every)].assign(area_id="(rest)", period=every, **alike)
    return cube_of(
        Material.of(
            AREAS, pd.concat([tables["time_use"], rest], ignore_index=True), cover=tables["cover"], visit_lengths=tables["visit_lengths"],
            groups=group_month(june, ROLES, timezone=ZONE).table if closed else _no_groups(),
        ),
        marking="OFFICIAL",
    )  # fmt: skip


def _no_groups() -> pd.DataFrame:
    return pd.DataFrame(columns=["month", "dimension", "value", "area_id", "weekday", "first_hour", "hours", "officer_seconds", "variance", "systematic"])  # fmt: skip


def _by_group(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """time_use, cover, officers_seen and visit_lengths of the officers, by group."""
    keys = ["area_id", "period", "unit", "department", "officer_role", "resource_type"]
    spent = people.rename(columns={"seconds": "officer_seconds"}).assign(activity="on_foot")
    time_use = spent.groupby([*keys, "activity"], as_index=False)[["officer_seconds", "variance", "systematic"]].sum()
    none = {f"{m}_seconds": 0.0 for m in ("vehicle", "stationary", "unknown", "bicycle")}
    own = people[people["area_id"].isin([*ROLES])]
    start = own["period"].astype("int64")
    spans = own.assign(period=start, start=start, end=start + (own["seconds"] * 1e9).astype("int64"), p=1.0, seen=True)
    visits = own.assign(band="any", visits=1).groupby(
        ["area_id", "period", "unit", "resource_type", "band"], as_index=False
    )
    day = people["period"].dt.tz_convert(ZONE).dt.normalize().dt.tz_convert("UTC")
    seen = people.assign(period=day).groupby(["area_id", "period"], as_index=False)["officer_id"].nunique()
    return (
        time_use.assign(foot_seconds=time_use["officer_seconds"], **none),
        cover_of(spans),
        seen.rename(columns={"officer_id": "officers"}).assign(dimension=ALL, value=ALL),
        visits[["visits", "seconds"]].sum(),
    )


def differing(one: Cube, other: Cube) -> list[str]:
    """The facts and arrays in which two pages differ."""
    facts = [n for n in one.facts if n not in MADE_NOW and one.facts[n] != other.facts[n]]
    return facts + [
        n for n, v in one.arrays.items() if not np.array_equal(v, other.arrays[n], equal_nan=v.dtype.kind == "f")
    ]


def hours_told_apart(rng: np.random.Generator, days: int) -> list[str]:
    """What the pages of three nights, the last after so many days, say of the hours of its last seven days."""
    truth = world(rng)
    return told_apart(truth, shuffled(rng, truth, range(days - 7, days)), days)


def units_told_apart(rng: np.random.Generator, days: int) -> list[str]:
    """What the pages of three nights say of the unit of a planted officer and of some of his colleagues, fewer than five."""
    truth = world(rng)
    own = sorted(set(truth.loc[truth["unit"] == "unit 0", "officer_id"]))
    few = [str(o) for o in rng.choice(own, int(rng.integers(1, 5)), replace=False)]
    return told_apart(truth, moved(truth, few, "unit 1"), days)


def told_apart(truth: pd.DataFrame, other: pd.DataFrame, days: int) -> list[str]:
    """In what the pages of two truths differ, in each of three nights."""
    pages = [(n, page(truth, n), page(other, n)) for n in range(days, days - NIGHTS, -1)]
    return [f"{name} after {n} days" for n, one, another in pages for name in differing(one, another)]


def main() -> int:
    options = command(__doc__, 20).parse_args()
    found = 0
    for k, rng in rounds_of(options):
        apart = [
            *hours_told_apart(rng, int(rng.integers(*ANY_NIGHT))),
            *units_told_apart(rng, int(rng.integers(*BEFORE_JUNE))),
        ]
        if apart:
            found += 1
            print(f"world {k}: {', '.join(apart[:5])}")
    print(
        f"{options.n} worlds, hours of the last seven days and units of one to four officers, {NIGHTS} nights each: {found} told apart"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Looks for one officer in officer density: in a cell, in the difference of two nights, at home, and beside somebody in need.

    python -m tools.attack.density --n 200 --seed 1

Weeks drawn by seed are told night after night with data that comes, goes and comes again. The reader has kept every table, and knows
the sums before they are rounded. Found is a row, or a difference of two tables in one cell, that rests on fewer than five officers or
three days, or of which one officer has more than half; and any trace of an officer who was alone in a cell.

In one world of twenty a lone officer is planted in the extracts of a force: alone in far cells all week, at home with the radio on in a
cell where others patrol, and beside a domestic incident in another one. A store with the officer and a store without are then compared:
whether those cells tell more than the passing by, and whether two nights do, when the officer's extract comes late.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import DENSITY, DENSITY_PARTS
from ia_plugin.core.density.shift_weeks import SHIFT_NAMES, ShiftWeek
from ia_plugin.core.density.week import CELL, shown_week
from ia_plugin.core.empty import empty_table
from ia_plugin.core.privacy import Key
from ia_plugin.store.density import read_density
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import SUMMARY, Store
from ia_plugin.store.versions import store_events
from tools.attack.command import command, rounds_of

WEEK = ShiftWeek("2024-06-03", "Europe/London")
KEY = Key(b"a key for attacks, of no force at all")
AT = pd.Timestamp("2024-07-01T00:00Z")
LEAST, LEAST_DAYS = 5, 3
ARITHMETIC_S = 1.0
STORES_EVERY = 20  # worlds
NIGHTS = 5
LONE = 999  # collar number of the planted officer
HOME, NEED, FAR = (400_300.0, 280_500.0), (400_700.0, 280_900.0), (402_500.0, 282_900.0)
PASSING_S = 900.0 + 600.0  # a quarter hour of rounding, and the way in and out between two reports


# --- weeks told night after night -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """What stood in one cell's row on one night, and whose time it was by day."""

    night: int
    seconds: pd.Series


def parts_of(rng: np.random.Generator) -> pd.DataFrame:
    """A week's density parts: some cells busy, some with one officer who is there most of the time, or alone."""
    n, officers, cells = int(rng.integers(40, 400)), int(rng.integers(5, 30)), int(rng.integers(2, 8))
    table = pd.DataFrame(
        {
            "shift": rng.choice(SHIFT_NAMES, n),
            "cell": [f"7:{c}" for c in rng.integers(0, cells, n)],
            "day": rng.integers(0, int(rng.integers(2, 8)), n),
            "officer_id": [f"p{o}" for o in np.minimum(rng.integers(0, officers, n), rng.integers(0, officers, n))],
            "seconds": rng.integers(1, 3600, n).astype(float),
        }
    )
    lone = table.assign(cell="7:99", officer_id="p0", shift="early")
    heavy = table["officer_id"] == "p1"
    table.loc[heavy, "seconds"] *= float(rng.choice([1.0, 20.0]))
    return summed(pd.concat([table, lone[: int(rng.integers(1, 20))]]))


def summed(parts: pd.DataFrame) -> pd.DataFrame:
    return parts.groupby([*CELL, "day", "officer_id"], as_index=False)["seconds"].sum()


def next_night(rng: np.random.Generator, parts: pd.DataFrame) -> pd.DataFrame:
    """The same week with data come or gone: of one officer, of one day, of any, or as it was before."""
    more = parts_of(rng)
    kind = rng.integers(0, 5)
    if kind == 0:
        more = more[more["officer_id"] == rng.choice(more["officer_id"])]
    elif kind == 1:
        more = more[more["day"] == rng.choice(more["day"])]
    elif kind == 2:
        return parts[rng.random(len(parts)) < rng.choice([0.5, 0.95])].reset_index(drop=True)
    elif kind == 3:
        return parts[parts["officer_id"] != rng.choice(parts["officer_id"])].reset_index(drop=True)
    return summed(pd.concat([parts, more]))


def attack_nights(rng: np.random.Generator) -> tuple[list[str], int]:
    """(what was found, rows and differences looked at) of one week told on several nights."""
    state = empty_table(DENSITY), empty_table(DENSITY_PARTS)
    nights: list[pd.DataFrame] = []
    known: dict[tuple[str, str], list[Telling]] = {}
    for night in range(NIGHTS):
        again = nights and rng.random() < 0.2
        nights.append(nights[int(rng.integers(len(nights)))] if again else next_night(rng, nights[-1]) if nights else parts_of(rng))  # fmt: skip
        before = state[0]
        state = shown_week(nights[-1], WEEK, 200.0, *state)
        for cell, rows in changed_rows(before, state[0], state[1]):
            known.setdefault(cell, []).append(Telling(night, rows))
    found, looked = [], 0
    for cell, tellings in known.items():
        for k, telling in enumerate(tellings):
            looked += 1 + k
            pairs = [("row", telling.seconds)]
            pairs += [("difference", telling.seconds.sub(t.seconds, fill_value=0.0).abs()) for t in tellings[:k]]
            found += [f"{what} of {cell}: {why}" for what, rows in pairs if (why := tells_of_few(rows))]
    return found, looked


def changed_rows(
    before: pd.DataFrame, now: pd.DataFrame, behind: pd.DataFrame
) -> Iterator[tuple[tuple[str, str], pd.Series]]:
    """The cells whose rows came or changed, with whose time stands behind them now."""
    old = before.set_index(CELL)["officer_seconds"] if len(before) else pd.Series(dtype=float)
    latest = {cell: rows for cell, rows in behind.groupby(CELL)} if len(behind) else {}
    for row in now.itertuples():
        cell = (str(row.shift), str(row.cell))
        rows = latest[cell]
        rows = rows[rows["telling"] == rows["telling"].max()].set_index(["day", "officer_id"])["seconds"]
        if abs(row.officer_seconds - rows.sum()) > 450.0 + len(rows) * ARITHMETIC_S:
            raise AssertionError(f"{cell} does not tell what stands behind it")
        if cell not in old.index or old[cell] != row.officer_seconds:
            yield cell, rows


def tells_of_few(seconds: pd.Series) -> str:
    """Why a sum by day and officer tells of few; blank where it does not, or where there is nothing in it."""
    rows = seconds[seconds > ARITHMETIC_S].reset_index()
    if not len(rows):
        return ""
    of_one = rows.groupby("officer_id")["seconds"].sum()
    if len(of_one) < LEAST or rows["day"].nunique() < LEAST_DAYS:
        return f"{len(of_one)} officers on {rows['day'].nunique()} days"
    share = of_one.max() / of_one.sum()
    return f"one officer has {share:.0%}" if share > 0.5 + 1e-6 else ""


# --- a lone officer planted in a store --------------------------------------------------------------------------------------


def turn(collar: int, start: pd.Timestamp, xy: np.ndarray) -> pd.DataFrame:  # type: ignore[type-arg]
    """A report every five minutes."""
    time = start + pd.to_timedelta(5 * np.arange(len(xy)), unit="min")
    return pd.DataFrame(
        {"Collar": collar, "DateTime": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "Easting": np.round(xy[:, 0], 1), "Northing": np.round(xy[:, 1], 1), "Unit": "A"}
    )  # fmt: skip


def patrols(rng: np.random.Generator) -> pd.DataFrame:
    """Eight officers who walk about the town on six days, and five who close the week."""
    turns = []
    for day in (3, 4, 5, 6, 7, 8, 13):
        for k in range(8 if day < 13 else 5):
            start = pd.Timestamp(f"2024-06-{day:02d}T{int(rng.integers(6, 9)):02d}:00")
            way = rng.normal(0, 90, (72, 2)).cumsum(axis=0) % 1200
            turns.append(turn(100 + k, start, np.array([399_900.0, 280_100.0]) + np.abs(way - 600) * 2))
    return pd.concat(turns)


def lone_officer(rng: np.random.Generator) -> pd.DataFrame:
    """Far from all others by day; beside somebody in need at noon; at home in the evening, with the radio on."""
    turns = []
    for day in (3, 4, 5, 6, 7):
        start = pd.Timestamp(f"2024-06-{day:02d}T07:00")
        far = np.array(FAR) + rng.uniform(-300, 300, (36, 2))
        need = np.array(NEED) + rng.normal(0, 15, (9, 2))
        back = np.array(FAR) + rng.uniform(-300, 300, (24, 2))
        home = np.array(HOME) + rng.normal(0, 15, (int(rng.integers(8, 60)), 2))
        turns.append(turn(LONE, start, np.concatenate([far, need, back, home])))
    return pd.concat(turns)


def calls_for_help() -> pd.DataFrame:
    """A domestic incident on each day, while the lone officer is there."""
    start = pd.to_datetime([f"2024-06-{d:02d}T09:50Z" for d in (3, 4, 5, 6, 7)], utc=True)
    return pd.DataFrame(
        {
            "event_id": [f"E{k}" for k in range(len(start))], "kind": "incident", "category": "Domestic incident", "start": start,
            "end": start + pd.Timedelta("1h"), "time_precision": "minute", "status": "current", "x": NEED[0], "y": NEED[1],
            "location_precision": "point", "source_ref": "f:1", "generated_by": "public", "outcome": None, "key_type": None,
        }
    )  # fmt: skip


def table_of(folder: Path, nights: list[list[pd.DataFrame]]) -> list[pd.Series]:
    """The density of the week after each night's extracts, by shift and cell."""
    town = shapely.box(399_000, 279_000, 403_000, 284_000)
    areas = pd.DataFrame({"area_id": ["town"], "role": ["impact"], "geometry": pd.Series([town], dtype=object)})
    found = []
    with Store(folder, KEY) as store:
        store_events(store, calls_for_help())
        for k, extracts in enumerate(nights):
            for n, rows in enumerate(extracts):
                path = folder.parent / f"{folder.name}-{k}-{n}.csv"
                rows.to_csv(path, index=False)
                bring_file(store, path, at=AT)
            set_areas(store, areas)
            refresh(store)
            found.append(read_density(folder, pd.Timestamp(WEEK.monday).date()).set_index(CELL)["officer_seconds"])
        if b"officer_id" in (folder / SUMMARY).read_bytes():
            raise AssertionError("the summary names officers")
    return found


def cell_of(x: float, y: float) -> str:
    return f"{int(y // 200)}:{int(x // 200)}"


def attack_store(rng: np.random.Generator, folder: Path) -> tuple[list[str], int]:
    """(what was found, rows looked at) of a store with a lone officer, beside one without."""
    others, lone = patrols(rng), lone_officer(rng)
    (without,) = table_of(folder / "without", [[others]])
    (with_one,) = table_of(folder / "with", [[others, lone]])
    first, second = table_of(folder / "late", [[others], [lone]])
    far = {cell_of(x, y) for x, y in zip(lone["Easting"], lone["Northing"]) if y > 282_000}
    found = [f"a row of {cell}, where one officer was alone" for _, cell in with_one.index if cell in far]
    for name, place in (("home", HOME), ("incident", NEED)):
        for shift in SHIFT_NAMES:
            key = (shift, cell_of(*place))
            if key in with_one.index and with_one[key] - without.get(key, 0.0) > PASSING_S:
                found.append(
                    f"{name} of one officer: {(with_one[key] - without.get(key, 0.0)) / 60:.0f} minutes more in {key}"
                )
    both = first.index.intersection(second.index)
    if (changed := first[both] != second[both]).any():
        found.append(f"two nights differ in {int(changed.sum())} cells by one officer")
    return found, len(with_one) + len(second)


def main() -> int:
    options = command(__doc__, 200, "worlds").parse_args()
    found: list[str] = []
    looked = stores = 0
    for k, rng in rounds_of(options):
        parts = [attack_nights(rng)]
        if k % STORES_EVERY == 0:
            with tempfile.TemporaryDirectory() as folder:
                parts.append(attack_store(rng, Path(folder)))
            stores += 1
        for sentences, n in parts:
            looked += n
            found += [f"world {k}: {sentence}" for sentence in sentences]
    print("\n".join(found))
    print(
        f"density: {options.n} weeks of {NIGHTS} nights and {stores} stores with a lone officer, {looked:,} rows and differences, {len(found)} found"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

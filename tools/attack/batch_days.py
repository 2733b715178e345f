"""A day is a day: computed alone, with others, in any order, or night after night as files come, it says the same.

    python -m tools.attack.batch_days --n 20 --seed 1

Each round invents a small force (duties over midnight, a duty of thirty hours, a radio that never falls silent, rest days,
lone reports, impossible jumps, reports at midnight sharp, a week with or without a change of clocks) and compares every
stored table. The last line is the figure; the exit status is 1 where a row differed.
"""

from __future__ import annotations

import collections
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.params import PresenceParams, TrackParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.versions import store_events
from tools.attack.command import command

KEY = Key(b"a key of sixteen bytes or more")
AT = pd.Timestamp("2025-01-01T00:00Z")
TRACKS = TrackParams(max_gap_s=900.0)
FIRST_DAYS = ("2024-03-28", "2024-10-24", "2024-06-03")  # of five: over the change of March, of October, over none
NOT_COMPARED = {"runs", "sources", "settings", "dirty_days", "rejects", "events"}
AREAS = pd.DataFrame(
    {
        "area_id": ["a", "b", "c", "station"],
        "role": ["impact", "comparison", "impact", "site"],
        "geometry": [
            shapely.box(399_000, 279_000, 400_100, 281_000),
            shapely.box(400_100, 279_000, 401_200, 281_000),
            shapely.box(400_800, 280_500, 402_000, 282_000),
            shapely.box(399_900, 279_900, 400_000, 280_000),
        ],
    }
)
Content = dict[str, "collections.Counter[tuple[object, ...]]"]


def duty(rng: np.random.Generator, start: pd.Timestamp, hours: float, step_s: float) -> pd.DataFrame:
    """Reports of one radio: irregular, now walking, now driving, now silent, at times far away."""
    n = max(1, int(hours * 3600 / step_s))
    seconds = np.cumsum(rng.uniform(0.6, 1.4, n) * step_s)
    seconds += np.cumsum(np.where(rng.random(n) < 0.02, rng.choice([1_200.0, 4_000.0, 9_000.0], n), 0.0))
    seconds = seconds[seconds < hours * 3600]
    if not len(seconds):
        seconds = np.array([step_s])
    n = len(seconds)
    drives = np.repeat(rng.random(n // 15 + 1) < 0.4, 15)[:n]
    still = np.repeat(rng.random(n // 15 + 1) < 0.3, 15)[:n]
    stride = np.where(still, 3.0, np.where(drives, 6.0, 1.0) * step_s)
    way = rng.normal(0, 1, (2, n)) * stride
    x, y = (np.cumsum(w) % 6_000 for w in way)
    x, y = np.abs(x - 3_000), np.abs(y - 3_000)  # there and back
    far = np.flatnonzero(rng.random(n) < 0.01)
    for k in np.r_[far, [0] if rng.random() < 0.2 else [], [n - 1] if rng.random() < 0.2 else []].astype(int):
        x[k : k + int(rng.integers(1, 4))] += 60_000
    time = (start + pd.to_timedelta(np.round(seconds), unit="s")).astype("datetime64[ns, UTC]")
    return pd.DataFrame({"time": time, "x": np.round(398_800 + x, 1), "y": np.round(278_800 + y, 1)})


def invented_fixes(rng: np.random.Generator, first: pd.Timestamp, days: int, officers: int) -> pd.DataFrame:
    """The reports of a force over some days, one row for each officer and moment."""
    parts = []
    for k in range(officers):
        day = 0.0
        while day < days:
            start = first + pd.Timedelta(days=day) + pd.Timedelta(minutes=int(rng.integers(0, 1440)))
            hours = float(rng.choice([0.02, 4.0, 9.0, 11.0]))
            if k == 0:
                start, hours, day = (
                    first + pd.Timedelta(hours=int(rng.integers(0, 20))),
                    24.0 * days,
                    days,
                )  # never silent
            elif k == 1:
                hours = 30.0
            some = duty(rng, start, hours, float(rng.choice([45.0, 120.0, 300.0])))
            if k == 0:
                some["time"] = start + pd.to_timedelta(np.arange(len(some)) * 300, unit="s")
            parts.append(some.assign(officer_id=f"p{k:024d}", unit=f"unit {k % 3}", source=f"s{k % 2}"))
            day += float(rng.choice([0.6, 1.0, 1.5, 3.2]))
    fixes = pd.concat(parts, ignore_index=True)
    sharp = rng.choice(len(fixes), min(len(fixes), 2 * officers), replace=False)
    midnight = fixes.loc[sharp, "time"].dt.tz_convert("Europe/London").dt.normalize().dt.tz_convert("UTC")
    fixes.loc[sharp, "time"] = midnight
    fixes["accuracy_m"] = np.where(rng.random(len(fixes)) < 0.8, 10.0, 60.0)
    fixes = fixes.sort_values(["officer_id", "time", "x"]).drop_duplicates(["officer_id", "time"], ignore_index=True)
    return fixes[fixes["time"] < first + pd.Timedelta(days=days)].reset_index(drop=True)


def invented_events(rng: np.random.Generator, fixes: pd.DataFrame, n: int) -> pd.DataFrame:
    """Incidents and searches where somebody was, some of them over midnight, some that name an officer."""
    at = fixes.iloc[rng.choice(len(fixes), n)].reset_index(drop=True)
    start = at["time"] - pd.to_timedelta(rng.integers(0, 3_600, n), unit="s")
    long = rng.choice([0, 1_800, 30_000, 200_000], n)
    kind = rng.choice(["incident", "stop_search", "crime"], n)
    return pd.DataFrame(
        {
            "event_id": [f"e{k}" for k in range(n)],
            "kind": kind,
            "category": "x",
            "start": start,
            "end": start + pd.to_timedelta(long, unit="s"),
            "time_precision": rng.choice(["minute", "minute", "hour", "day"], n),
            "status": "current",
            "x": at["x"],
            "y": at["y"],
            "location_precision": "exact",
            "officer_ids": np.where(rng.random(n) < 0.4, at["officer_id"], None),
        }
    )


def add_fixes(store: Store, fixes: pd.DataFrame, name: str) -> None:
    """One file of fixes into the store."""
    with store.importing(Account(name, "affiliations"), name, AT) as part:
        part.add_fixes(fixes.reset_index(drop=True))


def computed(store: Store) -> None:
    """What is due, computed as the daily refresh does it."""
    refresh(store, TRACKS, PresenceParams())


def content(store: Store) -> Content:
    """The rows of every table that is computed, to the microsecond and the micrometre; row numbers left out."""
    found: Content = {}
    for package in (store.restricted, store.summary):
        for name in sorted(set(package.tables()) - NOT_COMPARED):
            columns = sorted(package.kinds(name))
            rows = package.execute('SELECT {} FROM "{}"'.format(", ".join(f'"{c}"' for c in columns), name))
            found[name] = collections.Counter(
                tuple((c, round(v, 6) if isinstance(v, float) else v) for c, v in zip(columns, row) if v is not None)
                for row in rows
            )
    return found


def differing(one: Content, other: Content) -> dict[str, int]:
    """Table -> rows that only one of the two has."""
    none: collections.Counter[tuple[object, ...]] = collections.Counter()
    counts = {
        n: sum(((one.get(n, none) - other.get(n, none)) + (other.get(n, none) - one.get(n, none))).values())
        for n in {*one, *other}
    }
    return {n: k for n, k in sorted(counts.items()) if k}


def groupings(rng: np.random.Generator, days: Sequence[str]) -> dict[str, list[list[str]]]:
    """Ways to compute some days: which together, and in which order."""
    mixed = [str(d) for d in rng.permutation(np.array(days, dtype=object))]
    cuts = sorted(rng.choice(np.arange(1, len(days)), min(2, len(days) - 1), replace=False).tolist())
    return {
        "alone": [[d] for d in days],
        "in reverse order": [[d] for d in reversed(days)],
        "in random groups": [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(days)])],
    }


def attack(seed: int, folder: Path, officers: int = 6, days: int = 5) -> list[str]:
    """What was found in one round: a sentence for each way in which a table differed."""
    rng = np.random.default_rng(seed)
    first = pd.Timestamp(FIRST_DAYS[seed % len(FIRST_DAYS)], tz="Europe/London").tz_convert("UTC")
    fixes = invented_fixes(rng, first, days, officers)
    events = invented_events(rng, fixes, 30)
    found = []
    with Store(folder / "together", KEY) as store:
        set_areas(store, AREAS)
        add_fixes(store, fixes, "all")
        store_events(store, events)
        computed(store)
        expected = content(store)
        named = sorted({d for d in fixes["time"].dt.tz_convert(store.timezone).dt.strftime("%Y-%m-%d")})
    for way, groups in groupings(rng, named).items():
        shutil.copytree(folder / "together", folder / "again")
        with Store(folder / "again", KEY) as store:
            for group in groups:
                store.mark_days(group)
                computed(store)
            found += [f"computed {way}: {n} rows of {t}" for t, n in differing(expected, content(store)).items()]
        shutil.rmtree(folder / "again")
    for way, steps in arrivals(rng, fixes, events).items():
        with Store(folder / "nights", KEY) as store:
            set_areas(store, AREAS)
            for step, (some_fixes, some_events) in enumerate(steps):
                if len(some_fixes):
                    add_fixes(store, some_fixes, f"{step}")
                store_events(store, some_events)
                computed(store)
            found += [f"brought in {way}: {n} rows of {t}" for t, n in differing(expected, content(store)).items()]
        shutil.rmtree(folder / "nights")
    return found


def arrivals(
    rng: np.random.Generator, fixes: pd.DataFrame, events: pd.DataFrame
) -> dict[str, list[tuple[pd.DataFrame, pd.DataFrame]]]:
    """Ways in which fixes and events come, a few of them before each refresh."""
    day, of_event = fixes["time"].dt.floor("D"), events["start"].dt.floor("D")
    nights = [(fixes[day == d], events[of_event == d]) for d in sorted({*day, *of_event})]
    piece = np.arange(len(fixes)) // 20
    late = rng.choice(piece.max() + 1, 5, replace=False)
    none = fixes.iloc[:0], events.iloc[:0]
    pieces = [(fixes[~np.isin(piece, late)], events), *((fixes[piece == k], none[1]) for k in late)]
    # At noon of its civil day: under another day a reference is another record.
    noon = events["start"].dt.tz_convert("Europe/London").dt.normalize().dt.tz_convert("UTC") + pd.Timedelta("12h")
    moved = events.assign(start=noon, end=noon + pd.Timedelta("10min"), officer_ids=None)
    linked = [(none[0], events.iloc[k::3]) for k in range(3)]
    return {
        "night after night": nights,
        "with pieces that come late": pieces,
        "before their events, which are mended later": [(fixes, moved), *linked],
    }


def main() -> int:
    asked = command(__doc__, 10, "rounds").parse_args()
    warnings.simplefilter("ignore")
    total = 0
    for seed in range(asked.seed, asked.seed + asked.n):
        with tempfile.TemporaryDirectory(prefix="batch_days_") as folder:
            for line in attack(seed, Path(folder)):
                print(f"  seed {seed}: {line}", flush=True)
                total += 1
    print(
        f"batch_days: {asked.n} forces from seed {asked.seed}, {total} tables that differ by how their days were computed"
    )
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())

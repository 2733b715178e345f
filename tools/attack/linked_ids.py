"""Tries to join an officer's days, or to check a guess, by the ids and the order of rows in outputs.

    python -m tools.attack.linked_ids --n 20 --seed 16

The attacker holds legs, tracks and visits of several nights, and may know any officer's collar number and pseudonym, the time of
each report, and every open rule and usual hash. Found is: an id that follows from these, an id that the core or another key gives too,
an id of visits on two officer-days, and rows that follow each other by officer more often than chance. Last line: tries and finds.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
import pandas as pd

from ia_plugin.core.keyed_ids import KEYED, as_shown
from ia_plugin.core.privacy import Key, officer_day, one_off_key, pseudonymise
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import build_legs, stable_id, tracks
from tools.attack.command import command

KEY = Key(b"a key for attacks, of no force at all")
TIMEZONE, AREAS = "Europe/London", ("west", "east")
HASHES = ("md5", "sha1", "sha256", "blake2b")


def world(rng: np.random.Generator) -> tuple[pd.DataFrame, dict[str, str]]:
    """Legs of a few officers on several nights, many over midnight; collar number -> pseudonym."""
    collars = pd.Series([str(c) for c in rng.choice(9_000, int(rng.integers(6, 14)), replace=False) + 1_000])
    names = pseudonymise(collars, KEY)
    rows = []
    for officer in names:
        for night in range(int(rng.integers(3, 6))):
            start = pd.Timestamp("2024-06-03T20:00Z") + pd.Timedelta(days=night, minutes=int(rng.integers(0, 120)))
            times = start + pd.to_timedelta(np.arange(40) * 10, unit="min")
            place = rng.normal(0, 200, (len(times), 2)).cumsum(axis=0)
            rows.append(pd.DataFrame({"officer_id": officer, "time": times, "x": 4e5 + place[:, 0], "y": 2.8e5 + place[:, 1]}))  # fmt: skip
    fixes = pd.concat(rows, ignore_index=True).astype({"time": "datetime64[ns, UTC]"})
    return build_legs(fixes), dict(zip(collars, names))


def outputs(legs: pd.DataFrame, key: Key) -> dict[str, tuple[pd.DataFrame, pd.Series]]:
    """Each output as it is written, and the true officer of each of its rows."""
    visits = legs.iloc[::3].assign(area_id=np.array(AREAS)[np.arange(len(legs.iloc[::3])) % 2])
    visits = visits.assign(
        visit_id=stable_id(visits["officer_id"] + "\n" + visits["area_id"], nanoseconds(visits["start"]))
    )
    found = {}
    for name, table in (("legs", legs), ("tracks", tracks(legs)), ("visits", visits.drop(columns="leg_id"))):
        days = officer_day(table["officer_id"], table["start"], TIMEZONE, key)
        shown = as_shown(table.assign(officer_day=days).drop(columns="officer_id"), key)
        found[name] = shown, table["officer_id"].loc[shown.index]
    return found


def guesses(legs: pd.DataFrame, people: dict[str, str], days: pd.Series) -> set[int]:
    """What the open rules and the usual hashes make of all that an attacker may know."""
    stamps = np.unique(np.concatenate([nanoseconds(legs["start"]), nanoseconds(legs["end"])]))
    who = [*people, *people.values(), *days.unique()]
    found: set[int] = set()
    for name in who + [f"{w}\n{a}" for w in who for a in AREAS]:
        found.update(stable_id(pd.Series([name] * len(stamps)), stamps).tolist())
    for name in who[: 2 * len(people)]:
        for stamp in stamps[:200].tolist():
            for text in (f"{name}{stamp}", f"{name},{stamp}", f"{name} {stamp}"):
                for kind in HASHES:
                    digest = hashlib.new(kind, text.encode()).digest()
                    found.update(int.from_bytes(digest[:8], order, signed=True) for order in ("little", "big"))  # type: ignore[arg-type]
    return found


def ids_of(table: pd.DataFrame) -> set[int]:
    return {int(i) for column in KEYED if column in table for i in table[column]}


def attack(seed: int) -> list[str]:
    """What one world gives away."""
    legs, people = world(np.random.default_rng(seed))
    shown, others = outputs(legs, KEY), outputs(legs, one_off_key())
    open_ids = ids_of(legs)
    found = []
    for name, (table, truth) in shown.items():
        ids = ids_of(table)
        found += [f"{name}: {what}" for what, hit in (
            ("ids of the core", ids & open_ids), ("ids that can be worked out", ids & guesses(legs, people, table["officer_day"])),
            ("ids that another key gives too", ids & ids_of(others[name][0])),
        ) if hit]  # fmt: skip
        if name == "visits" and (table.groupby("track_id")["officer_day"].nunique() > 1).any():
            found.append("visits: a track on two officer-days")
        day, who = table["officer_day"].to_numpy(), truth.to_numpy()
        ends = day[1:] != day[:-1]
        same = float((who[1:] == who[:-1])[ends].mean())
        # By chance one of so many officers follows himself; three standard deviations above that is a sign.
        chance = 1 / len(people)
        if same > chance + 3.5 * np.sqrt(chance * (1 - chance) / ends.sum()):
            found.append(f"{name}: {same:.0%} of officer-days are followed by one of the same officer")
    joined = shown["legs"][0].merge(shown["tracks"][0], on="track_id")
    if len(joined) != len(legs):
        found.append("legs do not join their tracks")
    return found


def main(argv: list[str] | None = None) -> int:
    options = command(__doc__, 20, seed=16).parse_args(argv)
    finds = 0
    for k in range(options.n):
        for text in attack(options.seed + k):
            print(f"FOUND seed {options.seed + k}: {text}")
            finds += 1
    print(f"{options.n} worlds tried, {finds} found")
    return int(finds > 0)


if __name__ == "__main__":
    sys.exit(main())

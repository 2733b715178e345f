"""Work hidden and rounded counts out of the public's tables: of days, weeks, months and areas that overlap, all at once.

    python -m tools.attack.public_tables --n 20 --seed 1

Worlds are drawn by seed: areas, some of which share ground, a few events a day of a few categories. The attacker has the
public tables of crimes, incidents and searches of many periods, the map, the list of categories, and the rules by which the
tables are made; every count that is one to four in truth is then asked for by integer programming: is there any other world
with the very same tables? The last line is the figure: how many small counts are certain, and the share of cells shown.

The tables tell by which rule they were made: "blanked" (version 0.2: small counts hidden, none has no row, the rest to the
nearest 5) or "together" (whole months, rounded together). So the same program measures both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ia_plugin.core.answers.questions import tables
from ia_plugin.core.columns import TIME_USE
from ia_plugin.core.empty import empty_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material
from tools.attack.command import command

Ints = NDArray[np.int64]
ALL, OTHER, LEAST = "(all)", "other", 5
FIRST, DAYS = date(2024, 5, 1), 63  # May and June, and two days more, so that June has ended
CATEGORIES = ("Burglary", "Drugs", "Vehicle crime", "Arson", "Rape")
SENSITIVE = ("Rape",)
ORDER = ("impact", "comparison", "buffer", "other")
# Squares of 1 km (row, column) of each area: i0 and i1 share one, b0 lies over i1, c0 stands alone.
MAP = {
    "i0": ("impact", ((0, 0), (0, 1))),
    "i1": ("impact", ((0, 1), (0, 2))),
    "i2": ("impact", ((4, 0),)),
    "c0": ("comparison", ((2, 0), (2, 1))),
    "c1": ("comparison", ((2, 2),)),
    "b0": ("buffer", ((0, 2), (0, 3), (1, 3))),
}
GROUND = tuple((r, c) for r in range(6) for c in range(5))


@dataclass
class World:
    """A force with its events: the square, category, kind and day of each."""

    events: pd.DataFrame
    areas: pd.DataFrame
    material: Material = field(repr=False)


def world_of(seed: int) -> World:
    """A world by its number."""
    rng = np.random.default_rng(seed)
    some = {a: v for a, v in MAP.items() if a in ("i0", "i1", "c0") or rng.random() < 0.7}
    areas = pd.DataFrame({
        "area_id": list(some), "name": [a.upper() for a in some], "role": [r for r, _ in some.values()],
        "geometry": [shapely.union_all([shapely.box(1000 * c, 1000 * r, 1000 * c + 1000, 1000 * r + 1000) for r, c in squares]) for _, squares in some.values()],
    })  # fmt: skip
    inside = sorted({s for _, squares in some.values() for s in squares})
    weights = np.array([1.0 if s in inside else 0.15 for s in GROUND])
    n = int(rng.integers(40, 220))
    square = rng.choice(len(GROUND), n, p=weights / weights.sum())
    common = rng.dirichlet(np.full(len(CATEGORIES), 0.8))
    day = rng.integers(0, DAYS, n)
    day[-1] = DAYS - 1  # the last month but one has ended
    kind = rng.choice(["crime", "incident", "stop_search"], n, p=[0.6, 0.25, 0.15])
    start = pd.Timestamp(FIRST, tz="Europe/London") + pd.to_timedelta(day, unit="D") + pd.Timedelta(hours=13)
    events = pd.DataFrame({
        "event_id": [f"e{i}" for i in range(n)], "kind": kind, "category": np.array(CATEGORIES, dtype=object)[rng.choice(len(CATEGORIES), n, p=common)],
        "start": start.tz_convert("UTC"), "end": start.tz_convert("UTC"), "time_precision": "minute",
        "x": [1000.0 * GROUND[s][1] + 500 for s in square], "y": [1000.0 * GROUND[s][0] + 500 for s in square],
        "object_found": np.where(kind == "stop_search", rng.random(n) < 0.3, None), "square": square, "day": day,
    })  # fmt: skip
    return World(
        events, areas, Material.of(areas, empty_table(TIME_USE), events=events.drop(columns=["square", "day"]))
    )


def periods() -> list[tuple[int, int]]:
    """First and last day of what is published: four days, a week, the week less a day at either end, two nights' 28 days, months, the month that runs."""
    return [
        (8, 8),
        (9, 9),
        (10, 10),
        (11, 11),
        (8, 14),
        (8, 13),
        (9, 14),
        (3, 30),
        (4, 31),
        (0, 30),
        (31, 60),
        (0, 60),
        (61, 91),
    ]


def published(world: World, period: tuple[int, int]) -> pd.DataFrame:
    """The public's counts of a period: ``place, kind, group, events, hidden``, as the answers give them."""
    first, last = (FIRST + timedelta(days=d) for d in period)
    found = tables(world.material, FilterState(first=first, last=last), "public")
    searched = found["searches"].assign(kind="stop_search", group=ALL, events=found["searches"]["searches"])
    table = pd.concat([found["events"], searched], ignore_index=True)[["place", "kind", "group", "events", "hidden"]]
    table.attrs["together"] = "why" in found["events"].columns
    return table


# --- what the attacker knows ----------------------------------------------------------------------------------------------


@dataclass
class Unknowns:
    """The counts that nobody told: by piece of ground (which places it lies in), category and block of days, of one kind."""

    members: list[frozenset[str]]
    groups: list[str]
    blocks: list[range]

    def row(self, place: str, groups: set[str], period: tuple[int, int]) -> Ints:
        """Which of them add up to the count of a place, some categories and a period."""
        ground = np.array([place in m for m in self.members])
        named = np.array([g in groups for g in self.groups])
        days = np.array([period[0] <= b.start and b.stop - 1 <= period[1] for b in self.blocks])
        return (ground[:, None, None] & named[None, :, None] & days).ravel().astype(np.int64)

    def truth(self, world: World, kind: str) -> Ints:
        own = world.events[world.events["kind"] == kind]
        of_square = pieces_of(world)[1]
        counts = np.zeros((len(self.members), len(self.groups), len(self.blocks)), dtype=np.int64)
        block = {d: i for i, b in enumerate(self.blocks) for d in b}
        at = (own["square"].map(of_square), own["category"].map(self.groups.index), own["day"].map(block))
        np.add.at(counts, tuple(a.to_numpy() for a in at), 1)
        return counts.ravel()


def pieces_of(world: World) -> tuple[list[frozenset[str]], dict[int, int]]:
    """The pieces into which the areas cut the ground, as the places each lies in; and the piece of each square."""
    roles = dict(zip(world.areas["area_id"], world.areas["role"]))
    found: dict[frozenset[str], int] = {}
    of_square = {}
    for i, square in enumerate(GROUND):
        inside = [a for a in roles if square in MAP[a][1]]
        part = next((f"({r})" for r in ORDER if r in {roles[a] for a in inside}), "(rest)")
        of_square[i] = found.setdefault(frozenset([*inside, part, ALL]), len(found))
    return list(found), of_square


def unknowns_of(world: World) -> Unknowns:
    cuts = sorted({0, DAYS, *(d for first, last in periods() for d in (first, last + 1))})
    return Unknowns(pieces_of(world)[0], list(CATEGORIES), [range(a, b) for a, b in zip(cuts[:-1], cuts[1:])])


def known_by_blanking(
    table: pd.DataFrame, unknowns: Unknowns, period: tuple[int, int]
) -> Iterator[tuple[Ints, float, float]]:
    """Version 0.2: a row that is not there is none, a dash one or more, a number within two of the true one."""
    seen = table.set_index(["place", "group"])
    if table["events"].isna().all() and not table["hidden"].any():
        return  # nothing is known of this kind
    names = {p for m in unknowns.members for p in m}
    for place in names:
        for group in (ALL, *(unknowns.groups if set(table["group"]) != {ALL} else ())):
            row = unknowns.row(place, {*unknowns.groups} if group == ALL else {group}, period)
            if (place, group) not in seen.index:
                yield row, 0, 0 if group != ALL else np.inf
            elif seen.loc[(place, group), "hidden"]:
                # The force as a whole has nothing to hide behind: its dash is one to four.
                yield row, 1, LEAST - 1 if (place, group) == (ALL, ALL) else np.inf
            elif np.isfinite(seen.loc[(place, group), "events"]):
                yield row, seen.loc[(place, group), "events"] - 2, seen.loc[(place, group), "events"] + 2


def known_together(
    table: pd.DataFrame, unknowns: Unknowns, period: tuple[int, int]
) -> Iterator[tuple[Ints, float, float]]:
    """Rounded together: each number within four of the true one for each month and each group in it; what is named is five or more."""
    shown = table[np.isfinite(table["events"])]
    if not len(shown):
        return
    months = 2 if period == (0, 60) else 1
    named = set(shown["group"]) - {ALL, OTHER}
    by_group = set(shown["group"]) != {ALL}
    small = {*unknowns.groups} - named
    for r in shown.to_dict("records"):
        is_area = not r["place"].startswith("(")
        groups = {*unknowns.groups} if r["group"] == ALL else {r["group"]}
        if r["group"] == OTHER:
            groups = small | ({*SENSITIVE} if is_area else set())
        reach = 4 * months * (1 + (len({*SENSITIVE} & named) if is_area and r["group"] == OTHER else 0))
        yield unknowns.row(r["place"], groups, period), r["events"] - reach, r["events"] + reach
    for group in unknowns.groups if by_group and months == 1 else ():
        row = unknowns.row(ALL, {group}, period)
        yield (row, LEAST, np.inf) if group in named else (row, 0, LEAST - 1)


# --- the attack -----------------------------------------------------------------------------------------------------------


class Attacker:
    """Asks whether a count could be another one; remembers worlds that fit, for they answer further questions too."""

    def __init__(self, rows: list[tuple[Ints, float, float]], truth: Ints) -> None:
        from scipy.sparse import csr_array

        self.matrix = csr_array(np.array([r for r, _, _ in rows], dtype=np.float64))
        self.low, self.high = (np.array([r[i] for r in rows], dtype=np.float64) for i in (1, 2))
        sums = self.matrix @ truth
        wrong = (sums < self.low) | (sums > self.high)
        # Now and then version 0.2 hid a nought, or a total with all its parts: there the attacker is led astray and loses nothing.
        self.led_astray = int(wrong.sum())
        self.low[wrong], self.high[wrong] = 0, np.inf
        self.fits = [truth]

    def is_certain(self, target: Ints, truth: int) -> bool:
        """Whether every world that fits the tables has the same count."""
        if any(int(target @ world) != truth for world in self.fits):
            return False
        return not (self._other(target, -np.inf, truth - 1) or self._other(target, truth + 1, np.inf))

    def _other(self, target: Ints, low: float, high: float) -> bool:
        from scipy.optimize import Bounds, LinearConstraint, milp

        constraints = [
            LinearConstraint(self.matrix, self.low, self.high),
            LinearConstraint(target[None].astype(float), low, high),
        ]
        found = milp(
            np.zeros(len(target)), constraints=constraints, integrality=np.ones(len(target)), bounds=Bounds(0, 200)
        )
        if found.x is not None:
            self.fits.append(np.round(found.x).astype(np.int64))
        return found.x is not None


@dataclass
class Score:
    """What an attack came to."""

    asked: int = 0
    certain: int = 0
    single: int = 0  # of these, one event of one category on one day
    cells: int = 0
    shown: int = 0
    month_cells: int = 0
    month_shown: int = 0

    def add(self, other: Score) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def attack(world: World) -> Score:
    """All tables of a world, and what follows from them."""
    score, unknowns = Score(), unknowns_of(world)
    tables_of = {period: published(world, period) for period in periods()}
    together = all(t.attrs["together"] for t in tables_of.values())
    tell = known_together if together else known_by_blanking
    for kind in ("crime", "incident", "stop_search"):
        truth, rows = unknowns.truth(world, kind), []
        for period, table in tables_of.items():
            own = table[table["kind"] == kind]
            rows += list(tell(own, unknowns, period))
            _count_cells(score, own, period)
        if rows:
            attacker = Attacker(rows, truth)
            for target, is_single in targets(unknowns):
                count = int(target @ truth)
                if 1 <= count < LEAST:
                    certain = attacker.is_certain(target, count)
                    score.asked += 1
                    score.certain += certain
                    score.single += certain and is_single and count == 1
    return score


def targets(unknowns: Unknowns) -> Iterator[tuple[Ints, bool]]:
    """Every count that could be asked for: of places, of pieces of them, of categories and all, of periods and of blocks of days."""
    spans = sorted({*periods(), *((b.start, b.stop - 1) for b in unknowns.blocks)})
    pieces = np.eye(len(unknowns.members), dtype=np.int64)
    size = len(unknowns.groups) * len(unknowns.blocks)
    for span in spans:
        for groups in [{g} for g in unknowns.groups] + [{*unknowns.groups}]:
            single = len(groups) == 1 and span[0] == span[1]
            for place in sorted({p for m in unknowns.members for p in m}):
                yield unknowns.row(place, groups, span), single
            whole = unknowns.row(ALL, groups, span)
            for piece in pieces:
                yield whole * np.repeat(piece, size), single


def _count_cells(score: Score, own: pd.DataFrame, period: tuple[int, int]) -> None:
    """Cells of a table with a number: a row that is not there is read as none."""
    groups = 1 if set(own["group"]) == {ALL} and own["kind"].iloc[0] == "stop_search" else 1 + len(CATEGORIES)
    cells = own["place"].nunique() * groups
    named = own["group"].nunique()
    without = int((own["events"].isna()).sum())
    shown = 0 if named == 1 and groups > 1 and own["hidden"].all() else cells - without
    score.cells, score.shown = score.cells + cells, score.shown + max(shown, 0)
    if period in ((0, 30), (31, 60)):
        score.month_cells, score.month_shown = score.month_cells + cells, score.month_shown + max(shown, 0)


def main() -> int:
    """Attack worlds; 1 where anything is certain."""
    asked, whole = command(__doc__, 20, "how many worlds").parse_args(), Score()
    for seed in range(asked.seed, asked.seed + asked.n):
        score = attack(world_of(seed))
        print(f"world {seed}: {score.certain} of {score.asked} small counts certain")
        whole.add(score)
    print(
        f"{whole.certain} of {whole.asked} small counts certain, {whole.single} of them single events of a day; shown are "
        f"{100 * whole.month_shown / whole.month_cells:.0f} % of the cells of whole months, {100 * whole.shown / whole.cells:.0f} % of all tables"
    )
    return int(whole.certain > 0)


if __name__ == "__main__":
    sys.exit(main())

"""The time of legs shared over pieces of ground, hours, groups of officers and activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..activity.classes import NOT_KNOWN, SITE, joined, mode_shares
from ..activity.links import Links
from ..activity.rules import ACTIVITIES, N_LINKED, OF_MODE
from ..areas import REST
from ..arrays import Array, Bools, Floats, Ints, Rows
from ..columns import MODES_AND_BICYCLE, RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN
from ..distinct import numbered
from ..params import SummaryParams
from ..presence.bridge_model import LEAST_SHARED
from ..presence.parts import Facts, Made, Parts, Stays, leg_parts, rows_at
from .grains import fine
from .ground_time import StaysOf
from .time_cells import CELL, DIMENSIONS, KEYS, OF_OFFICER, SPREAD, TimeCells

Place = tuple[Rows, Parts, Floats, Bools]
"""(places, parts of legs, what events claim of them, whether on a police site of the area)."""

_MODE_OF = {ACTIVITIES.index(a): MODES_AND_BICYCLE.index(m) for m, a in OF_MODE.items()}
_MODE_OF[NOT_KNOWN] = MODES_AND_BICYCLE.index("unknown")
_MISSING = {
    "unit": UNIT_NOT_KNOWN,
    "resource_type": RESOURCE_NOT_KNOWN,
    "department": "not known",
    "officer_role": "not known",
}
ROUNDING = 1e-11  # of a span of time: what adding its parts up may leave over, and nobody spent anywhere


@dataclass(frozen=True)
class Who:
    """One code for each leg's unit, department, role and resource type, and what the codes say."""

    code: Ints
    labels: pd.DataFrame

    @classmethod
    def of(cls, legs: pd.DataFrame) -> Who:
        """Codes of legs that say what they know (:func:`~ia_plugin.core.postings.completed_by_postings`)."""
        columns = [_dimension(legs, name) for name in DIMENSIONS]
        code = np.zeros(len(legs), dtype=np.int64)
        for codes, uniques in columns:
            code = code * len(uniques) + codes
        kinds, (inverse,) = numbered(code)
        labels, left = {}, kinds.copy()
        for name, (_, uniques) in reversed(list(zip(DIMENSIONS, columns))):
            labels[name] = np.asarray(uniques, dtype=object)[left % len(uniques)]
            left //= len(uniques)
        return cls(inverse, pd.DataFrame(labels)[list(DIMENSIONS)])


def _dimension(legs: pd.DataFrame, name: str) -> tuple[Ints, list[str]]:
    """(codes, labels) of a dimension: as the leg says, else not known."""
    place, codes = {_MISSING[name]: 0}, np.zeros(len(legs), dtype=np.int64)
    if name in legs.columns:
        own, uniques = pd.factorize(legs[name])
        target = [place.setdefault(str(u), len(place)) for u in uniques]
        codes = np.where(own >= 0, np.array([*target, 0])[own], codes)
    return codes, list(place)


class SharedLegs:
    """The time of legs, shared over pieces of ground, hours and what events claim."""

    def __init__(
        self,
        legs: pd.DataFrame,
        pieces: pd.DataFrame,
        links: Links,
        shared: pd.DataFrame,
        stays_of: StaysOf,
        summary: SummaryParams,
    ) -> None:
        self.legs, self.links, self._timezone = legs, links, summary.timezone
        self.facts = Facts.of(legs, pieces, replace(summary, groups=()))
        self.pieces = pieces
        made = Made.of(legs, shared, summary)
        stay = self._stays(stays_of, made.method)
        leg, area = self.facts.leg_position(shared["leg_id"]), self.facts.area_position(shared["area_id"])
        self.parts = leg_parts(self.facts, leg, area, shared, stay, made.method == "last_fix", made.bridge)
        self._least_shared = LEAST_SHARED if made.bridge else 0.0
        self._modes = mode_shares(legs)
        self._linked = self._claimed(stay)
        self._listed_places: list[Place] = []

    def _stays(self, stays_of: StaysOf, how: str) -> Stays:
        """Straight-line stays of the legs that need them: those with links, and those that cross an hour."""
        start, end = self.facts.start, self.facts.end
        across = self.facts.periods.index(start) != self.facts.periods.last_index(end)
        needed = np.zeros(len(self.legs), dtype=bool)
        needed[self.links.leg] = True
        needed |= across & (how != "bridge")
        found = stays_of(needed) if needed.any() and len(self.pieces) else None
        if found is None or not len(found):
            ints, times = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64)
            return Stays(ints, ints, ints, times, times, np.empty(0, dtype=bool))
        return Stays.of(self.facts, found)

    def _claimed(self, stay: Stays) -> Floats:
        """Seconds of each part that events claim, (parts, linked classes)."""
        parts, links = self.parts, self.links
        claimed = np.zeros((len(parts.leg), N_LINKED))
        if not len(links.leg):
            return claimed
        span = parts.leg.astype(np.int64) * len(self.facts.periods.edges) + parts.period
        linked = np.flatnonzero(np.isin(parts.leg, links.leg))
        size = max(1, len(self.facts.area_index))
        # By the straight line's stays; where it has none, by the clock.
        key, other = (
            span[linked] * size + parts.area[linked],
            (stay.leg.astype(np.int64) * len(self.facts.periods.edges) + stay.period) * size + stay.area,
        )
        at, which = joined(key, other)
        straight = np.bincount(linked[at], weights=(stay.end - stay.start)[which], minlength=len(claimed))
        row, link = joined(stay.leg[which], links.leg)
        both = np.minimum(stay.end[which][row], links.end[link]) - np.maximum(stay.start[which][row], links.start[link])
        np.add.at(claimed, (linked[at][row], links.activity[link]), np.maximum(both, 0))
        bare = linked[straight[linked] <= 0]
        row, link = joined(parts.leg[bare], links.leg)
        both = np.minimum(parts.end[bare][row], links.end[link]) - np.maximum(parts.start[bare][row], links.start[link])
        np.add.at(claimed, (bare[row], links.activity[link]), np.maximum(both, 0))
        straight[bare] = (parts.end - parts.start)[bare]
        share = claimed / np.where(straight > 0, straight, 1.0)[:, None]
        return np.asarray(parts.seconds[:, None] * np.minimum(share, 1.0))

    def _rest(self) -> tuple[Parts, Floats]:
        """The parts of legs on no piece that has a role, and what events claim of them."""
        facts, parts = self.facts, self.parts
        which, period, start, end = facts.periods.cut(facts.start, facts.end)
        span = which.astype(np.int64) * len(facts.periods.edges) + period
        counted = self._has_part()[parts.area]
        place = np.searchsorted(
            span, parts.leg[counted].astype(np.int64) * len(facts.periods.edges) + parts.period[counted]
        )
        seconds = (end - start) / 1e9
        spent = np.bincount(place, weights=parts.seconds[counted], minlength=len(span))
        left = seconds - spent
        left[left < ROUNDING * seconds] = 0.0
        claimed = np.zeros((len(span), N_LINKED))
        links = self.links
        if len(links.leg):
            among = np.flatnonzero(np.isin(which, links.leg))
            row, link = joined(which[among], links.leg)
            both = np.minimum(end[among][row], links.end[link]) - np.maximum(start[among][row], links.start[link])
            np.add.at(claimed, (among[row], links.activity[link]), np.maximum(both, 0) / 1e9)
            np.subtract.at(claimed, place, self._linked[counted])
            claimed = np.maximum(claimed, 0.0)
            whole = claimed.sum(axis=1)
            claimed *= (np.minimum(whole, left) / np.where(whole > 0, whole, 1.0))[:, None]
        # What is given too much to the areas is missing here, and the other way round.
        variance, systematic = (
            np.where(left > 0, np.bincount(place, weights=w[counted], minlength=len(span)), 0.0)
            for w in (parts.variance, parts.systematic)
        )
        systematic += self._least_shared * left
        return Parts(which, np.full(len(span), -1), period, start, end, left, variance, systematic), claimed

    def _has_part(self) -> Bools:
        return np.asarray(self.pieces["part"].notna().to_numpy(dtype=bool))

    def cells(self, who: Who) -> TimeCells:
        """Time by place, hour, group and activity."""
        labels, site = self._labels(), self._labels().get_indexer(["(site)"])[0]
        tables = []
        for place, some, linked, at_site in self._places():
            # An area's time at police sites makes cells apart, as if that were a place of its own.
            tables.append(self._summed(place + len(labels) * at_site, some, linked, at_site | (place == site), who))
        found = TimeCells.beside(tables)
        code = found.cells["area_id"].to_numpy(dtype=np.intp)
        place = np.asarray(labels, dtype=object)[code % len(labels)]
        return TimeCells(found.cells.assign(area_id=place, at_site=code >= len(labels))[[*CELL, *SPREAD]], found.time)

    def _labels(self) -> pd.Index:
        named = pd.concat([self.pieces["label"], self.pieces["part"], pd.Series([REST])]).dropna()
        return pd.Index(named.drop_duplicates())

    def _places(self) -> list[Place]:
        """(place, parts, what events claim of them, whether on an area's police site): areas, roles, and the rest."""
        self._listed_places = self._listed_places or list(self._each_place())
        return self._listed_places

    def _each_place(self) -> Iterator[Place]:
        labels, at_site = self._labels(), self.pieces["site"].to_numpy(dtype=bool)
        for column in ("label", "part"):
            keep = self.pieces[column].notna().to_numpy(dtype=bool)[self.parts.area] & (self.parts.seconds > 0)
            some = rows_at(self.parts, keep)
            site = at_site[some.area]
            yield (
                labels.get_indexer(self.pieces[column])[some.area],
                some,
                np.where(site[:, None], 0.0, self._linked[keep]),
                site,
            )
        rest, claimed = self._rest()
        keep = rest.seconds > 0
        rest = rows_at(rest, keep)
        n = len(rest.leg)
        yield np.full(n, labels.get_indexer([REST])[0]), rest, claimed[keep], np.zeros(n, dtype=bool)

    def officer_time(self, who: Who) -> pd.DataFrame:
        """Who was where in which hour and for how long, police sites of an area left out: the officer_time table."""
        labels, kinds, hours = self._labels(), max(1, len(who.labels)), len(self.facts.periods.edges)
        officer, people = self.facts.officer, int(self.facts.officer.max(initial=0)) + 1
        keys, sums = [], []
        for place, parts, _, site in self._places():
            place, some = place[~site], rows_at(parts, ~site)
            group = (place.astype(np.int64) * hours + some.period) * kinds + who.code[some.leg]
            keys.append(group * people + officer[some.leg])
            sums.append(fine(np.stack([some.seconds, some.variance, some.systematic])))
        key, (row,) = numbered(np.concatenate(keys))
        whole = np.concatenate(sums, axis=1)
        cell = key // people
        named = self.legs["officer_id"].to_numpy(dtype=object)
        first = np.full(people, -1)
        first[officer[::-1]] = np.arange(len(named))[::-1]
        return pd.DataFrame(
            {
                "area_id": np.asarray(labels, dtype=object)[cell // (hours * kinds)],
                "period": self.facts.periods.starts()[cell // kinds % hours],
                **{n: who.labels[n].to_numpy(dtype=object)[cell % kinds] for n in DIMENSIONS},
                "officer_id": named[first[key % people]],
                **{n: np.bincount(row, weights=whole[k], minlength=len(key)) for k, n in enumerate(OF_OFFICER)},
            }
        )

    def _summed(self, place: Rows, parts: Parts, linked: Floats, police: Bools, who: Who) -> TimeCells:
        """Cells of one kind of place; their place is its code."""
        periods, kinds = len(self.facts.periods.edges), max(1, len(who.labels))
        code = (place.astype(np.int64) * periods + parts.period) * kinds + who.code[parts.leg]
        cells, (row,) = numbered(code)
        n, width = len(cells), len(ACTIVITIES)
        seconds = np.zeros((n, width, len(MODES_AND_BICYCLE)))
        left = np.maximum(0.0, parts.seconds - linked.sum(axis=1))
        open_ = np.where(police, 0.0, left)
        for a in range(N_LINKED, width):
            if a in _MODE_OF:
                seconds[:, a, _MODE_OF[a]] = np.bincount(
                    row, weights=fine(open_ * self._modes[parts.leg, a]), minlength=n
                )
        # Linked time and time at police sites have a mode too.
        for a, spent in ((SITE, np.where(police, left, 0.0)), *((k, linked[:, k]) for k in range(N_LINKED))):
            some = np.flatnonzero(spent > 0)
            for b, m in _MODE_OF.items():
                weights = fine(spent[some] * self._modes[parts.leg[some], b])
                seconds[:, a, m] = np.bincount(row[some], weights=weights, minlength=n)
        sums: dict[str, Array] = {
            "officer_seconds": np.bincount(row, weights=fine(parts.seconds), minlength=n),
            "variance": np.bincount(row, weights=fine(parts.variance), minlength=n),
            "systematic": np.bincount(row, weights=fine(parts.systematic), minlength=n),
        }
        return self._listed(cells, seconds, sums, periods, kinds, who)

    def _listed(
        self, cells: Ints, seconds: Floats, sums: dict[str, Array], periods: int, kinds: int, who: Who
    ) -> TimeCells:
        by_activity = seconds.sum(axis=2)
        cell, act = np.nonzero(by_activity > 0)
        table = {
            "area_id": cells // (periods * kinds),
            "period": self.facts.periods.starts()[cells // kinds % periods],
            **{n: who.labels[n].to_numpy(dtype=object)[cells % kinds] for n in DIMENSIONS},
            **sums,
        }
        time = {
            "cell": cell,
            "activity": np.array(ACTIVITIES, dtype=object)[act],
            "officer_seconds": by_activity[cell, act],
            **{f"{m}_seconds": seconds[cell, act, k] for k, m in enumerate(MODES_AND_BICYCLE)},
        }
        return TimeCells(pd.DataFrame(table)[[*KEYS, *SPREAD]], pd.DataFrame(time))

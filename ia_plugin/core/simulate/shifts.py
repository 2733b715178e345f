"""What officers do in a turn of duty, as a list of moves along streets and stops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .network import StreetNetwork

FOOT, VEHICLE, STATIONARY = 0, 1, 2  # places in KNOWN_MODES
ACTIVITIES = ("patrol", "response", "incident", "stop and search", "paperwork", "meal", "travel")
PATROL, RESPONSE, INCIDENT, SEARCH, PAPERWORK, MEAL, TRAVEL = range(len(ACTIVITIES))

WALK_MS = (1.35, 0.12)  # mean and spread of a walker's pace: 4.9 km/h
DRIVE_MS = (9.5, 3.0)  # between junctions, from street to street: 34 km/h
BLUE_LIGHT = 1.4
JUNCTION_STOP, JUNCTION_S = 0.3, (4.0, 45.0)  # chance of a red light, and how long


@dataclass
class Log:
    """Steps of one crew, in the order they happen: streets walked or driven (`edge` >= 0) and stops (`edge` = −1)."""

    edge: list[int] = field(default_factory=list)
    speed: list[float] = field(default_factory=list)  # m/s; for a stop its length, s
    mode: list[int] = field(default_factory=list)
    activity: list[int] = field(default_factory=list)
    incidents: list[tuple[int, int, int, float]] = field(default_factory=list)  # (step, node, kind, seconds)
    seconds: float = 0.0

    def stop(self, seconds: float, activity: int) -> None:
        """Stand still for some seconds."""
        self.edge.append(-1)
        self.speed.append(seconds)
        self.mode.append(STATIONARY)
        self.activity.append(activity)
        self.seconds += seconds


@dataclass(frozen=True)
class Places:
    """Destinations, and the way to each."""

    node: NDArray[np.intp]  # (places,)
    pull: NDArray[np.float64]  # (places,), how attractive each is
    step: NDArray[np.int32]  # (places, nodes)
    distance: NDArray[np.float32]  # (places, nodes)
    stations: NDArray[np.intp]  # which places are stations


class Crew:
    """One crew through one turn of duty; draws everything from its own generator."""

    def __init__(
        self, network: StreetNetwork, places: Places, near: Any, rng: np.random.Generator, on_foot: bool, station: int
    ) -> None:
        self._network, self._places, self._near, self._rng = network, places, near, rng
        self._on_foot, self._station = on_foot, station
        self._log = Log()
        self._node = int(places.node[station])

    def work(self, seconds: float) -> Log:
        """A whole turn of duty, from the station and back to it."""
        rng, log = self._rng, self._log
        log.stop(float(rng.uniform(900, 2400)), PAPERWORK)
        meal_at = seconds * rng.uniform(0.4, 0.6)
        eaten = False
        while log.seconds < seconds - 3000:
            if not eaten and log.seconds > meal_at:
                self._go(self._station, TRAVEL)
                log.stop(float(rng.uniform(1500, 2700)), MEAL)
                eaten = True
            elif self._on_foot:
                self._beat()
            else:
                self._job()
        self._go(self._station, TRAVEL)
        log.stop(max(300.0, seconds - log.seconds), PAPERWORK)
        return log

    def _job(self) -> None:
        """A car crew's next piece of work: an incident, or patrol to a place and a while there."""
        rng, log = self._rng, self._log
        if rng.random() < 0.35:
            self._go(self._choose(12_000.0), RESPONSE, BLUE_LIGHT)
            self._attend(INCIDENT, float(rng.lognormal(7.3, 0.6)))
            return
        self._go(self._choose(6_000.0), PATROL)
        chance = rng.random()
        if chance < 0.15:
            self._attend(SEARCH, float(rng.uniform(400, 1200)))
        elif chance < 0.45:
            self._walk(float(rng.uniform(300, 1500)), PATROL)
        else:
            log.stop(float(rng.lognormal(5.5, 0.8)), PATROL)

    def _beat(self) -> None:
        """A foot officer's next piece of work."""
        rng, log = self._rng, self._log
        chance = rng.random()
        if chance < 0.08:
            self._go(self._choose(2_500.0), RESPONSE)
            self._attend(INCIDENT, float(rng.lognormal(7.0, 0.6)))
        elif chance < 0.14:
            self._attend(SEARCH, float(rng.uniform(400, 1200)))
        elif chance < 0.45:
            self._go(self._choose(2_500.0), PATROL)
        else:
            self._walk(float(rng.uniform(600, 2400)), PATROL)
        log.stop(float(rng.lognormal(4.8, 0.9)), PATROL)

    def _attend(self, kind: int, seconds: float) -> None:
        self._log.incidents.append((len(self._log.edge), self._node, kind, seconds))
        self._log.stop(seconds, kind)

    def _choose(self, reach_m: float) -> int:
        """A place, the likelier the nearer and the more attractive."""
        away = self._places.distance[:, self._node].astype(np.float64)
        weight = self._places.pull * np.exp(-away / (reach_m / 3)) * (away > 50)
        total = weight.sum()
        if not total > 0:
            return self._station
        return int(np.searchsorted(np.cumsum(weight), self._rng.random() * total))

    def _go(self, place: int, activity: int, haste: float = 1.0) -> None:
        """Along the shortest path to a place."""
        tree, target = self._places.step[place], int(self._places.node[place])
        path = []
        node, start, end = self._node, self._network.start, self._network.end
        while node != target:
            directed = int(tree[node])
            if directed < 0:
                break
            path.append(directed)
            node = int(start[directed >> 1] if directed & 1 else end[directed >> 1])
        self._follow(path, activity, haste)
        self._node = node

    def _walk(self, seconds: float, activity: int) -> None:
        """About the streets on foot, seldom back the way one came."""
        first, streets = self._near
        start, end = self._network.start, self._network.end
        path, spent, node, last = [], 0.0, self._node, -1
        draws = iter(self._rng.random(400).tolist())
        while spent < seconds:
            choice = streets[first[node] : first[node + 1]]
            draw = next(draws, None)
            if draw is None:
                break
            options = choice[choice >> 1 != last] if len(choice) > 1 else choice
            directed = int(options[int(draw * len(options))])
            last = directed >> 1
            path.append(directed)
            node = int(start[last] if directed & 1 else end[last])
            spent += float(self._network.length[last]) / 1.35
            if spent > 3 * seconds:
                break
        was, self._on_foot = self._on_foot, True
        self._follow(path, activity, 1.0)
        self._on_foot = was
        self._node = node

    def _follow(self, path: list[int], activity: int, haste: float) -> None:
        if not path:
            return
        rng, log, n = self._rng, self._log, len(path)
        mean, spread = WALK_MS if self._on_foot else DRIVE_MS
        # A walker keeps a pace; a car's speed changes from street to street.
        pace = (
            rng.normal(mean, spread) * rng.normal(1.0, 0.04, n)
            if self._on_foot
            else rng.normal(mean, spread, n) * haste
        )
        speeds = np.clip(pace, 0.6 * mean if self._on_foot else 2.5, 1.4 * mean if self._on_foot else 30.0)
        red = rng.random(n) < (0.03 if self._on_foot else JUNCTION_STOP / haste)
        waits = rng.uniform(*JUNCTION_S, n)
        mode = FOOT if self._on_foot else VEHICLE
        lengths = self._network.length
        for directed, speed, stop, wait in zip(path, speeds.tolist(), red.tolist(), waits.tolist()):
            log.edge.append(directed)
            log.speed.append(speed)
            log.mode.append(mode)
            log.activity.append(activity)
            log.seconds += float(lengths[directed >> 1]) / speed
            if stop:
                log.stop(wait, activity)
                # Waiting at a light is still being in the car.
                log.mode[-1] = mode


@dataclass(frozen=True)
class Truth:
    """Straight moves at constant speed: what one crew did, to the second and beyond."""

    t: NDArray[np.float64]  # (k + 1,), seconds since the turn began
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    mode: NDArray[np.int8]  # (k,), of each move
    activity: NDArray[np.int8]


def expand(log: Log, network: StreetNetwork, node: int) -> tuple[Truth, NDArray[np.float64]]:
    """Moves of a log; also the moment each step of the log begins (seconds)."""
    edge = np.array(log.edge, dtype=np.int64)
    speed = np.array(log.speed)
    street = edge >> 1
    moving = edge >= 0
    bends = np.where(moving, network.first[street + 1] - network.first[street] - 1, 1)
    which = np.repeat(np.arange(len(edge)), bends)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(bends) - bends, bends)
    back = (edge & 1).astype(bool) & moving
    vertex = np.where(back[which], network.first[street[which] + 1] - 2 - nth, network.first[street[which]] + nth + 1)
    goes = moving[which]
    xy = np.full((len(which) + 1, 2), np.nan)
    xy[0] = network.x[node], network.y[node]
    xy[1:][goes] = network.bends[vertex[goes]]
    # A stop is where the last move ended.
    known = np.maximum.accumulate(np.where(np.isnan(xy[:, 0]), 0, np.arange(len(xy))))
    xy = xy[known]
    length = np.hypot(*np.diff(xy, axis=0).T)
    seconds = np.where(goes, length / speed[which], speed[which])
    t = np.r_[0.0, np.cumsum(seconds)]
    begins = t[np.searchsorted(which, np.arange(len(edge)))]
    keep = np.r_[True, seconds > 1e-9]
    mode, activity = np.array(log.mode, dtype=np.int8)[which], np.array(log.activity, dtype=np.int8)[which]
    return Truth(t[keep], xy[keep, 0], xy[keep, 1], mode[keep[1:]], activity[keep[1:]]), begins

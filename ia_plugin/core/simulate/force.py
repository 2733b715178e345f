"""A force at work: rosters, crews, radios; its truth kept as straight moves at constant speed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd
import shapely

from ..arrays import Array, Bools, Floats, Ints, Objects
from ..columns import KNOWN_MODES
from ..errors import ParameterError
from ..params import PresenceParams, SimulateParams, SummaryParams
from ..presence import presence, stays, time_in_areas
from ..progress import Progress, silent
from ..times.civil import moment_of
from ..times.instants import instants, nanoseconds
from .events import Attended, simulate_events
from .network import StreetNetwork
from .radios import Radio, reports
from .shifts import ACTIVITIES, Crew, Log, Places, Truth, expand

# Turns of duty: start (civil hour), length (hours), share of officers who work them.
TURNS = ((7, 9, 0.4), (14, 9, 0.35), (22, 9, 0.25))
DAY_OFF = 2 / 7
UNITS = ("North", "East", "South", "West", "Central")
OTHER_PLACES = 220
OTHER_PULL = 12.0  # each stands for far more ground than a place in an area
PLACES_AN_AREA = 5


@dataclass(frozen=True)
class Simulation:
    """A simulated force. All tables are those of the data dictionary; officer ids are invented.

    Attributes
    ----------
    fixes : what the radios reported
    truth : what happened: straight moves at constant speed, ``officer_id, start, end, x0, y0, x1, y1, mode, activity``,
        with ``leg_id`` and ``duration_s``, so that it is a legs table without error
    postings, duties, events : the other tables
    """

    fixes: pd.DataFrame
    truth: pd.DataFrame
    postings: pd.DataFrame
    duties: pd.DataFrame
    events: pd.DataFrame


@dataclass(frozen=True)
class _Turn:
    """One turn of duty of one crew."""

    officers: tuple[int, ...]
    start_ns: int
    seconds: float
    on_foot: bool
    station: int


def simulate_shifts(
    network: StreetNetwork,
    areas: Optional[pd.DataFrame] = None,
    sites: Optional[pd.DataFrame] = None,
    params: SimulateParams = SimulateParams(),
    *,
    progress: Progress = silent,
) -> Simulation:
    """Simulate turns of duty, radios and events.

    Parameters
    ----------
    network : StreetNetwork, metres
    areas : areas table; those of role ``impact`` draw officers. None: places anywhere
    sites : areas table of police stations; None: three junctions of the network
    params : SimulateParams; the same parameters give the same tables

    Returns
    -------
    Simulation
    """
    first_day(params)
    rng = np.random.default_rng(params.seed)
    places = _places(network, areas, sites, params, rng)
    near = network.incident()
    roster, postings = _roster(params, len(places.stations), rng)
    radios = _radios(params, rng)
    truths, fixes, incidents = [], [], []
    for number, turn in enumerate(roster):
        crew = Crew(network, places, near, np.random.default_rng([params.seed, 1, number]), turn.on_foot, turn.station)
        log = crew.work(turn.seconds)
        truth, begins = expand(log, network, int(places.node[turn.station]))
        incidents += _attended(log, begins, network, turn)
        for officer in turn.officers:
            truths.append(_moves(truth, officer, turn.start_ns))
            own = np.random.default_rng([params.seed, 2, number, officer])
            fixes.append(_reported(truth, officer, turn.start_ns, radios[officer], params, own))
        progress(0.9 * (number + 1) / len(roster))
    names = np.array([f"S{i:05d}" for i in range(params.officers)], dtype=object)
    duties = _duties(roster, names)
    moves = _joined(truths, names)
    reported = _fixes_table(fixes, names, postings, params)
    events = simulate_events(incidents, areas, network, moves, names, params, np.random.default_rng([params.seed, 3]))
    progress(1.0)
    return Simulation(reported, moves, postings, duties, events)


def first_day(params: SimulateParams) -> pd.Timestamp:
    """The first civil day; a :class:`ParameterError` where the text is no date."""
    try:
        day = pd.Timestamp(params.first_day)
        if pd.isna(day):  # of an empty text
            raise ValueError("no day")
        return pd.Timestamp(day.date())
    except (ValueError, TypeError) as error:
        raise ParameterError(f"first_day = {params.first_day!r} is no date.", "Write it as 2024-06-03.") from error


def true_seconds_in_areas(
    simulation: Simulation, areas: pd.DataFrame, summary: Optional[SummaryParams] = None
) -> pd.DataFrame:
    """True presence by area, officer's unit and period: the truth has no gaps and no error, so `linear` is exact on it.

    Returns
    -------
    DataFrame ``officer_id, area_id, seconds``, or with `summary` the presence table of the truth.
    """
    truth = simulation.truth
    shared = time_in_areas(truth, areas, PresenceParams(method="linear", bounds="none"))
    if summary is not None:
        return presence(truth, areas, shared, stays(truth, areas), summary)
    officer = truth.set_index("leg_id")["officer_id"]
    return (
        shared.assign(officer_id=shared["leg_id"].map(officer))
        .groupby(["officer_id", "area_id"], observed=True)["seconds"]
        .sum()
        .reset_index()
    )


def dense_truth(simulation: Simulation, step_s: float = 1.0, officers: Optional[list[str]] = None) -> pd.DataFrame:
    """Truth as a row every `step_s` seconds: ``officer_id, time, x, y, mode, activity``."""
    truth = simulation.truth
    if officers is not None:
        truth = truth[truth["officer_id"].isin(officers)]
    start, end = (nanoseconds(truth[c]) for c in ("start", "end"))
    step = int(step_s * 1e9)
    first = -(-start // step)
    count = np.maximum(0, -(-end // step) - first)
    which = np.repeat(np.arange(len(truth)), count)
    t = (first[which] + np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)) * step
    share = (t - start[which]) / (end - start)[which]
    rows = truth.iloc[which]
    return pd.DataFrame(
        {
            "officer_id": rows["officer_id"].array,
            "time": instants(t),
            "x": rows["x0"].to_numpy() + share * (rows["x1"] - rows["x0"]).to_numpy(),
            "y": rows["y0"].to_numpy() + share * (rows["y1"] - rows["y0"]).to_numpy(),
            "mode": rows["mode"].array,
            "activity": rows["activity"].array,
        }
    )


def _places(
    network: StreetNetwork,
    areas: Optional[pd.DataFrame],
    sites: Optional[pd.DataFrame],
    params: SimulateParams,
    rng: np.random.Generator,
) -> Places:
    """Stations, a few junctions in each area, and some anywhere."""
    n = len(network.x)
    stations = rng.choice(n, min(3, n), replace=False)
    if sites is not None and len(sites):
        middle = shapely.centroid(sites["geometry"].to_numpy(dtype=object))
        stations = network.nearest(shapely.get_x(middle), shapely.get_y(middle))
    nodes, pulls = [stations], [np.zeros(len(stations))]
    if areas is not None and len(areas):
        junctions = shapely.points(network.x, network.y)
        shapes = areas["geometry"].to_numpy(dtype=object)
        inside, area = shapely.STRtree(shapes).query(junctions, predicate="within")
        impact = (areas["role"] == "impact").to_numpy() if "role" in areas.columns else np.ones(len(areas), dtype=bool)
        for k in range(len(areas)):
            here = inside[area == k]
            chosen = rng.choice(here, min(PLACES_AN_AREA, len(here)), replace=False) if len(here) else here
            nodes.append(chosen)
            pulls.append(np.full(len(chosen), params.impact_pull if impact[k] else 1.0))
    others = rng.choice(n, min(OTHER_PLACES, n), replace=False)
    nodes.append(others)
    pulls.append(np.full(len(others), OTHER_PULL))
    node = np.concatenate(nodes).astype(np.intp)
    step, distance = network.trees(node)
    return Places(node, np.concatenate(pulls), step, distance, np.arange(len(stations)))


def _roster(params: SimulateParams, stations: int, rng: np.random.Generator) -> tuple[list[_Turn], pd.DataFrame]:
    """Who works when with whom; and who belongs where."""
    n = params.officers
    on_foot = rng.random(n) < params.foot_share
    station = rng.integers(0, stations, n)
    turn = rng.choice(len(TURNS), n, p=[t[2] for t in TURNS])
    partner = _pairs(on_foot, station, turn, params.double_share, rng)
    rest = rng.integers(0, 7, n)
    roster = []
    for day in range(params.days):
        date = first_day(params) + pd.Timedelta(days=day)
        off = ((rest + day) % 7 < round(7 * DAY_OFF)) if params.days > 1 else np.zeros(n, dtype=bool)
        for officer in np.flatnonzero(~off):
            mate = partner[officer]
            if 0 <= mate < officer and not off[mate]:
                continue
            hour, hours, _ = TURNS[turn[officer]]
            begin = moment_of(date + pd.Timedelta(hours=hour), params.timezone)
            late = float(rng.uniform(-900, 900))
            crew = (int(officer), int(mate)) if mate > officer and not off[mate] else (int(officer),)
            start = int(begin.value + int(late) * 10**9)
            roster.append(_Turn(crew, start, hours * 3600.0, bool(on_foot[officer]), int(station[officer])))
    resource = np.where(on_foot, "neighbourhood", "response")
    postings = pd.DataFrame(
        {
            "officer_id": [f"S{i:05d}" for i in range(n)],
            "unit": np.array(UNITS, dtype=object)[station % len(UNITS)],
            "department": np.where(on_foot, "Local policing", "Force response"),
            "role": np.where(rng.random(n) < 0.15, "sergeant", "constable"),
            "resource_type": resource,
            "valid_from": pd.Timestamp(params.first_day, tz="UTC") - pd.Timedelta(days=365),
            "valid_to": pd.Series([pd.NaT] * n, dtype="datetime64[ns, UTC]"),
        }
    )
    return roster, postings


def _pairs(on_foot: Bools, station: Ints, turn: Ints, share: float, rng: np.random.Generator) -> Ints:
    """Partner of each officer, −1 for none: car officers of one station and turn."""
    partner = np.full(len(on_foot), -1)
    for s in np.unique(station):
        for t in np.unique(turn):
            here = np.flatnonzero(~on_foot & (station == s) & (turn == t))
            here = rng.permutation(here)[: 2 * int(len(here) * share / 2)]
            partner[here[::2]], partner[here[1::2]] = here[1::2], here[::2]
    return partner


def _radios(params: SimulateParams, rng: np.random.Generator) -> list[Radio]:
    draws = rng.random((3, params.officers))
    silent_still, locker, home = (
        draws[i] < s for i, s in enumerate((params.silent_share, params.locker_share, params.home_share))
    )
    return [Radio(bool(a), bool(b), bool(c)) for a, b, c in zip(silent_still, locker, home)]


def _moves(truth: Truth, officer: int, start_ns: int) -> dict[str, Array]:
    t = start_ns + np.rint(truth.t * 1e9).astype(np.int64)
    return {
        "officer": np.full(len(truth.mode), officer),
        "start": t[:-1],
        "end": t[1:],
        "x0": truth.x[:-1],
        "y0": truth.y[:-1],
        "x1": truth.x[1:],
        "y1": truth.y[1:],
        "mode": truth.mode,
        "activity": truth.activity,
    }


def _joined(truths: list[dict[str, Array]], names: Objects) -> pd.DataFrame:
    data = {k: np.concatenate([t[k] for t in truths]) for k in truths[0]}
    officer = data.pop("officer")
    start, end = data.pop("start"), data.pop("end")
    table = pd.DataFrame(
        {
            "leg_id": np.arange(len(start)),
            "track_id": officer,
            "officer_id": pd.Categorical.from_codes(officer, names),
            "start": instants(start),
            "end": instants(end),
            "duration_s": (end - start) / 1e9,
            "mode": pd.Categorical.from_codes(data.pop("mode"), KNOWN_MODES),
            "activity": pd.Categorical.from_codes(data.pop("activity"), ACTIVITIES),
            **data,
        }
    )
    return table[table["duration_s"] > 0].reset_index(drop=True)


def _reported(
    truth: Truth, officer: int, start_ns: int, radio: Radio, params: SimulateParams, rng: np.random.Generator
) -> dict[str, Array]:
    found = reports(truth, radio, params, rng)
    found["time"] = start_ns + np.rint(found.pop("t") * 1e9).astype(np.int64)
    found["officer"] = np.full(len(found["time"]), officer)
    return found


def _fixes_table(
    fixes: list[dict[str, Array]], names: Objects, postings: pd.DataFrame, params: SimulateParams
) -> pd.DataFrame:
    data = {k: np.concatenate([f[k] for f in fixes]) for k in fixes[0]}
    order = np.argsort(data["time"], kind="stable")
    data = {k: v[order] for k, v in data.items()}
    officer = data.pop("officer")
    mark = hashlib.sha256(repr(params).encode()).hexdigest()[:12]
    return pd.DataFrame(
        {
            "officer_id": names[officer],
            "time": instants(data.pop("time")),
            **data,
            "radio_id": pd.Series(names[officer]).str.replace("S", "R", regex=False),
            "radio_kind": "personal",
            "unit": postings["unit"].to_numpy()[officer],
            "resource_type": postings["resource_type"].to_numpy()[officer],
            "source_ref": [f"{mark}:{i}" for i in range(len(officer))],
        }
    )


def _duties(roster: list[_Turn], names: Objects) -> pd.DataFrame:
    rows = [(names[o], t.start_ns, t.start_ns + int(t.seconds * 1e9)) for t in roster for o in t.officers]
    who, start, end = zip(*rows)
    return pd.DataFrame({"officer_id": who, "start": instants(start), "end": instants(end)})


def _attended(log: Log, begins: Floats, network: StreetNetwork, turn: _Turn) -> list[Attended]:
    """Incidents and searches of a crew: (officers, kind, start, end in ns, x, y)."""
    return [
        (
            turn.officers,
            kind,
            turn.start_ns + int(begins[step] * 1e9),
            turn.start_ns + int((begins[step] + seconds) * 1e9),
            network.x[node],
            network.y[node],
        )
        for step, node, kind, seconds in log.incidents
    ]

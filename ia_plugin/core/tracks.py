"""Fixes joined into legs, legs into tracks, and the gaps between them."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Optional, TypeVar, Union

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arrays import Array, Bools, Floats, Ints, Objects, Rows
from .columns import require
from .errors import DataRangeError, ImpactAreaWarning
from .fixes import Officers, officer_text, sorted_order, utc_times
from .params import TrackParams
from .stretches import stretch_heads
from .texts import texts
from .times.instants import instants, nanoseconds
from .words import amount, share_of

# Columns of a fix that mean something else, or nothing, on a leg.
_CONSUMED = {"officer_id", "time", "x", "y", "accuracy_m", "speed_kmh"}

LONGEST_INTERVAL_S = 3_600.0  # longer steps are silences, and take no part in the median interval
SHORTEST_LIMIT_S = 900.0  # of the longest gap
SHARP_SHARE = 0.05  # of steps near the longest gap, from which on a warning says that its choice counts


Numbers = TypeVar("Numbers", float, Floats, pd.Series)
Limit = Union[Floats, np.float64]
"""The longest gap of each step, or of all."""


@dataclass(frozen=True)
class _Moves:
    """The steps between an officer's consecutive fixes, and the sorted arrays they point into."""

    order: Optional[Rows]  # rows of the input, sorted by officer and time; None where they stand so
    officers: Officers  # of the input's rows
    key: NDArray[np.uint64]  # number of the officer of each sorted row
    stamp: Ints  # ns
    x: Floats
    y: Floats
    first: Rows  # positions in `order` of the first fix of each step
    seconds: Floats
    source: Rows  # of the fix each step starts from, as a place in `sources`
    sources: list[str]

    def rows(self, at: Rows) -> Rows:
        """Rows of the input at places of the sorted arrays."""
        return at if self.order is None else self.order.take(at)


def build_legs(fixes: pd.DataFrame, params: TrackParams = TrackParams()) -> pd.DataFrame:
    """The move between each two consecutive fixes of an officer that are no more than the longest gap apart.

    Parameters
    ----------
    fixes : DataFrame, the fixes table (:func:`~ia_plugin.core.fixes.clean_fixes` makes one); any order
    params : TrackParams; ``max_gap_s`` empty means max(900 s, 2.5 × the median interval of the source)

    Returns
    -------
    DataFrame, the legs table sorted by officer and start. Further columns of the fix that starts a leg are carried
    along; its reported speed becomes ``reported_speed_kmh`` and the two accuracies ``accuracy0_m`` and ``accuracy1_m``.
    A track that never falls silent is cut at midnights, see :func:`~ia_plugin.core.stretches.stretch_heads`.
    ``attrs["max_gap_s"]`` holds the longest gap used.

    Warns
    -----
    ImpactAreaWarning
        when more than 5 % of steps lie within 20 % of the longest gap: small changes of it would change the answer.
    """
    return _legs_of(fixes, _moves(fixes), params)


def legs_and_gaps(fixes: pd.DataFrame, params: TrackParams = TrackParams()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """:func:`build_legs` and :func:`gaps` of the same fixes, sorted once."""
    moves = _moves(fixes)
    return _legs_of(fixes, moves, params), _gaps_of(fixes, moves, params)


def _legs_of(fixes: pd.DataFrame, moves: _Moves, params: TrackParams) -> pd.DataFrame:
    limit = _longest_gap(moves, params)
    joined = moves.seconds <= limit
    _warn_if_sharp(moves.seconds, limit)
    i, duration = moves.first, moves.seconds
    if not joined.all():
        which = np.flatnonzero(joined)
        i, duration = i.take(which), duration.take(which)
    j = i + 1
    rows = moves.rows(i)
    (x0, x1), (y0, y1) = ((v.take(i), v.take(j)) for v in (moves.x, moves.y))
    start, end, key = moves.stamp.take(i), moves.stamp.take(j), moves.key.take(i)
    # A track goes on while each leg starts where the last one ended, and no longer than a stretch.
    fresh = stretch_heads(key, start, end)
    fresh[1:] |= i[1:] != j[:-1]
    distance = np.hypot(x1 - x0, y1 - y0)
    leg_id = _stable_id(key, start)
    heads = np.flatnonzero(fresh)
    data: dict[str, Union[Array, pd.Series]] = {
        "leg_id": leg_id,
        "track_id": np.repeat(leg_id[heads], np.diff(heads, append=len(fresh))),
        "officer_id": moves.officers.text(rows),
        "start": instants(start),
        "end": instants(end),
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "duration_s": duration,
        "distance_m": distance,
        "speed_kmh": 3.6 * distance / duration,
        "over_speed": distance > params.max_speed_ms * duration,
    }
    if "accuracy_m" in fixes.columns:
        accuracy = fixes["accuracy_m"].to_numpy(dtype=np.float64, na_value=np.nan)
        data["accuracy0_m"], data["accuracy1_m"] = accuracy[rows], accuracy[moves.rows(j)]
    if "speed_kmh" in fixes.columns:
        data["reported_speed_kmh"] = fixes["speed_kmh"].to_numpy(dtype=np.float64, na_value=np.nan)[rows]
    for name in fixes.columns:
        if name not in _CONSUMED and name not in data:
            data[name] = fixes[name].iloc[rows].array
    # Columns stay the arrays they are: gathering them into blocks would copy each once more.
    legs = pd.DataFrame(data, copy=False)
    legs.attrs["max_gap_s"] = float(np.max(limit)) if np.size(limit) else float(params.max_gap_s or SHORTEST_LIMIT_S)
    return legs


def tracks(legs: pd.DataFrame) -> pd.DataFrame:
    """One row a track: officer, first and last time, number of fixes and length of its straight legs (metres).

    Parameters
    ----------
    legs : DataFrame from :func:`build_legs`

    Returns
    -------
    DataFrame, the tracks table without geometry, in the order the tracks appear in `legs`.
    """
    require(legs, ("track_id", "officer_id", "start", "end", "distance_m"), "legs")
    track, ids = pd.factorize(legs["track_id"])
    first = np.flatnonzero(~pd.Series(track).duplicated().to_numpy())
    times = pd.DataFrame({"start": legs["start"].array, "end": legs["end"].array}).groupby(track)
    return pd.DataFrame(
        {
            "track_id": ids,
            "officer_id": legs["officer_id"].iloc[first].array,
            "start": times["start"].min().array,
            "end": times["end"].max().array,
            "fixes": np.bincount(track, minlength=len(ids)) + 1,
            "distance_m": np.bincount(track, weights=legs["distance_m"].to_numpy(), minlength=len(ids)),
        }
    )


def gaps(fixes: pd.DataFrame, params: TrackParams = TrackParams()) -> pd.DataFrame:
    """Time of officers that nobody observed: steps longer than the longest gap.

    Parameters
    ----------
    fixes : DataFrame, the fixes table
    params : TrackParams, as given to :func:`build_legs`

    Returns
    -------
    DataFrame, the gaps table. ``reason`` is ``silent_same_place`` where both ends lie in one place within position
    error, ``between_duties`` for ten hours or more, else ``silent``.
    """
    return _gaps_of(fixes, _moves(fixes), params)


def _gaps_of(fixes: pd.DataFrame, moves: _Moves, params: TrackParams) -> pd.DataFrame:
    silent = moves.seconds > _longest_gap(moves, params)
    i = moves.first[silent]
    j = i + 1
    near = np.full(len(i), params.same_place_m)
    if "accuracy_m" in fixes.columns:
        accuracy = np.nan_to_num(fixes["accuracy_m"].to_numpy(dtype=np.float64, na_value=np.nan))
        near = np.maximum(near, accuracy[moves.rows(i)] + accuracy[moves.rows(j)])
    x0, y0, x1, y1 = moves.x[i], moves.y[i], moves.x[j], moves.y[j]
    same = np.hypot(x1 - x0, y1 - y0) <= near
    seconds = moves.seconds[silent]
    carried = {c: fixes[c].iloc[moves.rows(i)].array for c in ("unit", "resource_type") if c in fixes.columns}
    return pd.DataFrame(
        {
            "officer_id": moves.officers.text(moves.rows(i)),
            "start": instants(moves.stamp[i]),
            "end": instants(moves.stamp[j]),
            "x0": x0,
            "y0": y0,
            "x1": x1,
            "y1": y1,
            "duration_s": seconds,
            "reason": gap_reason(seconds, same, params.between_duties_s),
            "same_place": same,
            **carried,
        }
    )


def gap_reason(seconds: Floats, same_place: Bools, between_duties_s: float) -> Objects:
    """Why an officer was silent, as far as the length and the ends of the gap show.

    Examples
    --------
    >>> gap_reason(np.array([1e3, 1e3, 9e4]), np.array([True, False, False]), 3 * 3600.0).tolist()
    ['silent_same_place', 'silent', 'between_duties']
    """
    reason = np.where(same_place, "silent_same_place", "silent").astype(object)
    reason[seconds >= between_duties_s] = "between_duties"
    return reason


def lone_fixes(fixes: pd.DataFrame, legs: pd.DataFrame) -> int:
    """Number of officers seen only once or never twice within the longest gap, so without any leg."""
    return int(officer_text(fixes["officer_id"]).nunique() - legs["officer_id"].nunique())


def _moves(fixes: pd.DataFrame) -> _Moves:
    require(fixes, ("officer_id", "time", "x", "y"), "fixes")
    officers, time = Officers.of(fixes["officer_id"]), utc_times(fixes["time"], "time")
    x, y = (fixes[c].to_numpy(dtype=np.float64, na_value=np.nan) for c in ("x", "y"))
    bad = (officers.codes < 0) | time.isna().to_numpy() | ~(np.isfinite(x) & np.isfinite(y))
    if bad.any():
        raise DataRangeError(
            f"{int(bad.sum())} fixes lack officer, time or position.",
            "Clean them first (clean_fixes counts each by reason).",
        )
    codes, stamp = officers.codes, nanoseconds(time)
    order = sorted_order(codes, stamp)
    if order is not None:
        codes, stamp, x, y = codes[order], stamp[order], x[order], y[order]
    seconds = np.diff(stamp) / 1e9
    first = np.flatnonzero((codes[1:] == codes[:-1]) & (seconds > 0)) if len(codes) > 1 else np.empty(0, dtype=np.intp)
    source, sources = source_of(fixes)
    source = source[first] if order is None else source[order[first]]
    lasts = seconds.take(first) if len(first) else np.empty(0)
    key = _hashes(officers.names[:-1]).take(codes) if len(codes) else np.empty(0, dtype=np.uint64)
    return _Moves(order, officers, key, stamp, x, y, first, lasts, source, sources)


def gap_limit(median_interval_s: Numbers) -> Numbers:
    """Longest time between two fixes that is still observed, of a source whose median interval is known (or of many).

    Examples
    --------
    >>> float(gap_limit(60.0)), float(gap_limit(900.0))
    (900.0, 2250.0)
    """
    limit: Numbers = np.maximum(SHORTEST_LIMIT_S, 2.5 * median_interval_s)
    return limit


def gap_limits(seconds: Floats, source: Union[Rows, Sequence[str], None] = None) -> dict[Hashable, float]:
    """:func:`gap_limit` of each source, measured; the one definition of what is observed and what a gap.

    Parameters
    ----------
    seconds : (n,), time from each fix to the officer's next; what is not above 0 takes no part
    source : (n,), the source of the earlier fix; None where there is but one, which is then called ""

    Returns
    -------
    dict, source -> seconds. A silence of over an hour is no interval: with few fixes a single one of hours would else
    call itself observed. A source with no interval has the shortest limit.

    Examples
    --------
    >>> gap_limits(np.array([60.0, 60.0, 900.0, 900.0, 7200.0]), ["a", "a", "b", "b", "c"])
    {'a': 900.0, 'b': 2250.0, 'c': 900.0}
    """
    if source is None:
        seconds = np.asarray(seconds)
        regular = seconds[(seconds > 0) & (seconds <= LONGEST_INTERVAL_S)]
        return {"": float(gap_limit(float(np.median(regular)) if len(regular) else 0.0))} if len(seconds) else {}
    steps = pd.DataFrame({"source": source, "s": seconds})
    regular = steps["s"].where((steps["s"] > 0) & (steps["s"] <= LONGEST_INTERVAL_S))
    medians = regular.groupby(steps["source"]).median()
    return {k: float(v) for k, v in gap_limit(medians.fillna(0.0)).items()}


def near_limit(seconds: Floats, limit: Limit) -> float:
    """Share of the steps whose length lies within 20 % of the longest gap; over 5 % of them its choice counts much."""
    return float(np.mean(np.abs(seconds - limit) <= 0.2 * limit)) if len(seconds) else 0.0


def source_of(fixes: pd.DataFrame) -> tuple[Rows, list[str]]:
    """The source of each fix as a place in the list of names; "" where none is known."""
    if "source" not in fixes.columns:
        return np.zeros(len(fixes), dtype=np.intp), [""]
    codes, names = pd.factorize(texts(fixes["source"]))
    return codes, [str(n) for n in names]


def _longest_gap(moves: _Moves, params: TrackParams) -> Limit:
    """Longest gap of each step, or of all where they share one: the user's, the store's, or as measured here."""
    if params.max_gap_s is not None:
        return np.float64(params.max_gap_s)
    kept = dict(params.max_gap_by_source)
    if len(moves.sources) == 1:
        known = kept.get(moves.sources[0])
        return np.float64(gap_limits(moves.seconds).get("", SHORTEST_LIMIT_S) if known is None else known)
    measured = gap_limits(moves.seconds, moves.source)
    limits = [kept.get(name, measured.get(k, SHORTEST_LIMIT_S)) for k, name in enumerate(moves.sources)]
    return np.array(limits, dtype=np.float64)[moves.source]


def _warn_if_sharp(seconds: Floats, limit: Limit) -> None:
    share = near_limit(seconds, limit)
    if share > SHARP_SHARE:
        warnings.warn(
            f"{share_of(share, 1)} of the intervals between fixes lie within 20 % of the longest gap ({amount(float(np.max(limit)), 's')}): a small change "
            "of it changes how much time counts as observed. Choose it with care.",
            ImpactAreaWarning,
            stacklevel=4,
        )


def _hashes(texts: Iterable[str]) -> NDArray[np.uint64]:
    """A stable 64-bit number for each text."""
    digests = [hashlib.blake2b(str(t).encode("utf-8", "surrogatepass"), digest_size=8).digest() for t in texts]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def _stable_id(key: NDArray[np.uint64], stamp: Ints) -> Ints:
    """int64 hash of (officer, time), the same on every machine and import (splitmix64 finaliser, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        z = stamp.astype(np.uint64)
        z *= np.uint64(0x9E3779B97F4A7C15)
        z += key
        for bits, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            z ^= z >> np.uint64(bits)
            z *= np.uint64(factor)
        z ^= z >> np.uint64(31)
    return np.asarray(z.view(np.int64))


def stable_id(text: pd.Series, stamp: Ints) -> Ints:
    """int64 hash of (text, time in ns): the rule behind ``leg_id``, for other tables' ids."""
    codes, uniques = pd.factorize(text)
    return _stable_id(_hashes(uniques)[codes], stamp)

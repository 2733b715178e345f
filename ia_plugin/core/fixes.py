"""Fixes that can be used, and a count of those that cannot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Callable, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arrays import Array, Bools, Floats, Ints, Objects, Rows
from .columns import require
from .errors import CrsError, TimeError
from .params import CleanParams
from .references import NOBODY, known, reference_codes, references
from .stretches import SILENCE_S
from .times.instants import nanoseconds
from .times.shown_times import shown

# Why a fix was dropped, in the words of a report.
REASONS = {
    "no_officer": "no officer id",
    "no_time": "no time",
    "no_position": "no position",
    "time_out_of_range": "a time out of range",
    "position_out_of_range": "a position out of range",
    "vehicle_radio": "the radio of a vehicle, which never adds officer time",
    "duplicate": "exact duplicate",
    "same_time_other_place": "same officer and time as another fix, at another place",
    "impossible_jump": "an impossible jump",
}

FARTHEST_M = 5e7  # no projected reference system reaches further from its origin


@dataclass(frozen=True)
class CleanReport:
    """Counts of a cleaning: rows read and kept, and rows dropped by reason.

    ``dropped`` holds every reason of :data:`REASONS`, zero where nothing was dropped. ``rejects`` has one row for each
    dropped fix: its index label in the input, and the reason. ``settled_from`` and ``settled_to`` tell of each fix kept
    whether more of its officer's fixes, earlier or later than those given, could not change what is kept from it on, or up to it.
    """

    rows_read: int
    rows_kept: int
    dropped: dict[str, int]
    rejects: pd.DataFrame = field(repr=False)
    settled_from: Bools = field(repr=False, default_factory=lambda: np.zeros(0, dtype=bool))
    settled_to: Bools = field(repr=False, default_factory=lambda: np.zeros(0, dtype=bool))

    def sentences(self) -> list[str]:
        """One sentence for each reason that dropped something."""
        return [f"{n:,} of {self.rows_read:,} fixes dropped: {REASONS[r]}." for r, n in self.dropped.items() if n]


def clean_fixes(fixes: pd.DataFrame, params: CleanParams = CleanParams()) -> tuple[pd.DataFrame, CleanReport]:
    """Fixes sorted by officer and time, without those that cannot be used; each one dropped is counted by reason.

    Parameters
    ----------
    fixes : DataFrame with ``officer_id``, ``time`` (with a time zone), ``x``, ``y`` (metres); other columns pass through
    params : CleanParams

    Returns
    -------
    (fixes, report); a new table with a fresh index, ``time`` as ``datetime64[ns, UTC]``; a unit or resource type that
    stands for nothing (NULL, N/A) is missing.

    Raises
    ------
    ColumnError, TimeError, CrsError
        for a missing column, times without a zone, and positions in degrees.
    """
    require(fixes, ("officer_id", "time", "x", "y"), "fixes")
    time = utc_times(fixes["time"], "time")
    officers = Officers.of(fixes["officer_id"])
    x, y = (pd.to_numeric(fixes[c], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan) for c in ("x", "y"))

    reason = np.zeros(len(fixes), dtype=np.int8)  # 0 keeps; k is the k-th of REASONS
    mark = _marker(reason)
    mark("no_officer", officers.codes < 0)
    mark("no_time", time.isna().to_numpy())
    mark("no_position", ~(np.isfinite(x) & np.isfinite(y)))
    earliest, latest = (pd.Timestamp(t, tz="UTC") for t in (params.earliest, params.latest))
    mark("time_out_of_range", ((time < earliest) | (time >= latest)).to_numpy())
    with np.errstate(invalid="ignore"):
        mark("position_out_of_range", (np.abs(x) > FARTHEST_M) | (np.abs(y) > FARTHEST_M))
    if "radio_kind" in fixes.columns:
        mark("vehicle_radio", (fixes["radio_kind"] == "vehicle").to_numpy())

    order = np.flatnonzero(reason == 0)
    codes, stamp = officers.codes.take(order), nanoseconds(time.iloc[order])
    by = sorted_order(codes, stamp)
    if by is not None:
        order, codes, stamp = order[by], codes[by], stamp[by]
    order, codes, stamp = _one_place_a_time(order, codes, stamp, x, y, fixes, mark)
    east, north = x.take(order), y.take(order)
    refuse_degrees(east, north, lambda: _speeds(east, north, stamp, codes))
    duty = _duties(codes, stamp, east, north, params)
    broken = _breaks(duty, stamp, east, north, params)
    settled = _settled(codes, duty, broken, params)
    keep = _without_jumps(duty, broken, stamp, east, north, params)
    lost = np.zeros(len(fixes), dtype=bool)
    lost[order[~keep]] = True
    mark("impossible_jump", lost)

    order = order[keep]
    clean = fixes.iloc[order].copy()
    clean["officer_id"], clean["time"] = officers.text(order), time.iloc[order].array
    for name in ("unit", "resource_type"):
        if name in clean.columns:
            clean[name] = known(clean[name], NOBODY)
    clean["x"], clean["y"] = east[keep], north[keep]
    report = replace(_report(fixes, reason), settled_from=settled[0][keep], settled_to=settled[1][keep])
    return clean.reset_index(drop=True), report


def utc_times(values: pd.Series, name: str) -> pd.Series:
    """`values` as ``datetime64[ns, UTC]``; naive times are refused, for nobody can know their hour."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        utc = values if str(values.dt.tz) == "UTC" else values.dt.tz_convert("UTC")
        return utc if str(utc.dtype) == "datetime64[ns, UTC]" else utc.astype("datetime64[ns, UTC]")
    if values.isna().all() or (values.dtype == object and all(getattr(v, "tzinfo", None) for v in values.dropna())):
        found = pd.Series(pd.to_datetime(values, utc=True), index=values.index, name=values.name)
        return found.astype("datetime64[ns, UTC]")
    raise TimeError(
        f"Column {name!r} holds {values.dtype} (first: {shown(values.iloc[0])!r}), not times with a time zone.",
        "Read the column with its time zone, so that each time is a moment in UTC.",
    )


def officer_text(values: pd.Series) -> pd.Series:
    """Officer ids as text, by :func:`~ia_plugin.core.references.reference`; a categorical stays one."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        words = officer_text(pd.Series(values.cat.categories))
        if words.notna().all() and words.is_unique:
            return values.cat.rename_categories(words.tolist())
        return values.map(dict(zip(values.cat.categories, words))).astype(object)
    return references(values)


@dataclass(frozen=True)
class Officers:
    """Who each row is of, as a number.

    Attributes
    ----------
    codes : int (n,), in the order of the ids themselves, so that no result hangs on the order of the input; -1 for nobody
    names : object (k + 1,), the ids as text, None for nobody last
    kind : of a categorical column
    """

    codes: Ints
    names: Objects
    kind: Optional[pd.CategoricalDtype] = None

    @classmethod
    def of(cls, values: pd.Series) -> Officers:
        """Of a column of ids.

        >>> found = Officers.of(pd.Series(["b", 7.0, None, "a", "7"]))
        >>> found.codes.tolist(), found.names.tolist()
        ([2, 0, -1, 1, 0], ['7', 'a', 'b', None])
        """
        if isinstance(values.dtype, pd.CategoricalDtype):
            text = officer_text(values)
            if isinstance(text.dtype, pd.CategoricalDtype):
                names = np.array([*text.cat.categories, None], dtype=object)
                return cls(text.cat.codes.to_numpy(), names, text.dtype)
            values = text
        codes, words = reference_codes(values)
        found = sorted({w for w in words if w is not None})
        number = {name: k for k, name in enumerate(found)}
        of_word = np.array([number.get(w, -1) for w in words], dtype=np.intp)
        return cls(of_word.take(codes, mode="wrap"), np.array([*found, None], dtype=object))

    def text(self, rows: Rows) -> Any:
        """Ids of some rows, in the form of the column."""
        codes = self.codes.take(rows)
        if self.kind is not None:
            return pd.Categorical.from_codes(codes, dtype=self.kind)
        return self.names.take(codes, mode="wrap")


Mark = Callable[[str, Bools], None]
"""Notes the reason for which fixes are dropped, where they have none yet."""


def sorted_order(codes: Array, stamp: Ints) -> Optional[Rows]:
    """Stable order by officer and time; None where rows stand in it, as most tables do: then nothing need be laid out anew.

    >>> sorted_order(np.array([0, 0, 1]), np.array([5, 7, 6])) is None
    True
    >>> sorted_order(np.array([1, 0, 0]), np.array([6, 7, 5])).tolist()
    [2, 1, 0]
    """
    same = codes[1:] == codes[:-1]
    if np.all((codes[1:] > codes[:-1]) | (same & (stamp[1:] >= stamp[:-1]))):
        return None
    return np.asarray(np.lexsort((stamp, codes)), dtype=np.intp)


def _marker(reason: NDArray[np.int8]) -> Mark:
    number = {name: i for i, name in enumerate(REASONS, start=1)}

    def mark(name: str, which: Bools) -> None:
        reason[which & (reason == 0)] = number[name]

    return mark


def _report(fixes: pd.DataFrame, reason: NDArray[np.int8]) -> CleanReport:
    counts = np.bincount(reason, minlength=len(REASONS) + 1)
    gone = np.flatnonzero(reason)
    names = np.array(list(REASONS), dtype=object)
    rejects = pd.DataFrame({"row": fixes.index[gone], "reason": names[reason[gone] - 1]})
    dropped = {name: int(counts[i]) for i, name in enumerate(REASONS, start=1)}
    return CleanReport(len(fixes), int(counts[0]), dropped, rejects)


def refuse_degrees(x: Floats, y: Floats, speeds: Callable[[], Floats]) -> None:
    """Raise :class:`CrsError` when positions can only be degrees.

    Small numbers alone prove nothing (a local grid in metres has them too), nor does standing still: degrees are known
    by people who do move, but by less than a thousandth of a unit a second.

    Parameters
    ----------
    x, y : positions
    speeds : gives the speeds between consecutive positions, units a second; asked only of small numbers
    """
    if not len(x) or np.abs(x).max() > 180 or np.abs(y).max() > 90:
        return
    speed = speeds()
    moving = speed[speed > 0]
    if len(moving) and np.quantile(moving, 0.9) < 1e-3:
        raise CrsError(
            f"Positions look like degrees (first: x {x[0]:.6g}, y {y[0]:.6g}).",
            "Reproject the layer to metres, for Great Britain EPSG:27700.",
        )


def _speeds(x: Floats, y: Floats, stamp: Ints, codes: Array) -> Floats:
    seconds = np.diff(stamp) / 1e9
    moves = (codes[1:] == codes[:-1]) & (seconds > 0)
    return np.asarray(np.hypot(np.diff(x), np.diff(y))[moves] / seconds[moves])


def _one_place_a_time(
    order: Rows,
    codes: Array,
    stamp: Ints,
    x: Floats,
    y: Floats,
    fixes: pd.DataFrame,
    mark: Mark,
) -> tuple[Rows, Array, Ints]:
    """Drop exact duplicates, and of several places at one time all but the likeliest."""
    if len(order) < 2:
        return order, codes, stamp
    again = np.r_[False, (codes[1:] == codes[:-1]) & (stamp[1:] == stamp[:-1])]
    if not again.any():
        return order, codes, stamp
    group = np.cumsum(~again) - 1
    clash = np.flatnonzero(again | np.r_[again[1:], False])
    table = pd.DataFrame({"at": clash, "group": group[clash], "x": x[order[clash]], "y": y[order[clash]]})
    duplicate = table.duplicated(["group", "x", "y"])
    lost = np.zeros(len(fixes), dtype=bool)
    lost[order[table["at"][duplicate]]] = True
    mark("duplicate", lost)

    table = table[~duplicate].copy()
    table["personal"] = 1
    if "radio_kind" in fixes.columns:
        table["personal"] = (fixes["radio_kind"].to_numpy()[order[table["at"]]] != "personal").astype(int)
    table["accuracy"] = np.inf
    if "accuracy_m" in fixes.columns:
        table["accuracy"] = (
            pd.to_numeric(fixes["accuracy_m"], errors="coerce").fillna(np.inf).to_numpy()[order[table["at"]]]
        )
    table["off"] = _off_the_way(table, clash, group, codes, stamp, x[order], y[order])
    best = table.sort_values(["group", "personal", "accuracy", "off"], kind="stable").drop_duplicates("group")["at"]
    lost = np.zeros(len(fixes), dtype=bool)
    lost[order[np.setdiff1d(clash, best)]] = True
    mark("same_time_other_place", lost)
    keep = np.ones(len(order), dtype=bool)
    keep[clash] = False
    keep[best] = True
    return order[keep], codes[keep], stamp[keep]


def _off_the_way(
    table: pd.DataFrame, clash: Rows, group: Ints, codes: Array, stamp: Ints, x: Floats, y: Floats
) -> Floats:
    """Detour of each clashing place over the officer's fixes before and after it, metres (0 where there are none)."""
    at = table["at"].to_numpy()
    first = np.searchsorted(group, group[at], side="left") - 1
    last = np.searchsorted(group, group[at], side="right")
    off = np.zeros(len(at))
    for other in (first, last):
        known = (other >= 0) & (other < len(codes))
        other = np.clip(other, 0, len(codes) - 1)
        known &= codes[other] == codes[at]
        off += np.where(known, np.hypot(x[at] - x[other], y[at] - y[other]), 0.0)
    return off


def _duties(codes: Array, stamp: Ints, x: Floats, y: Floats, params: CleanParams) -> Ints:
    """A number for the fixes of each officer between silences so long that a move over them says nothing of either end."""
    if not len(codes):
        return np.zeros(0, dtype=np.int64)
    silent = np.flatnonzero((codes[1:] == codes[:-1]) & (np.diff(stamp) > np.int64(SILENCE_S * 1e9)))
    silent = silent[~_impossible(silent, silent + 1, stamp, x, y, params)]
    new = np.r_[True, codes[1:] != codes[:-1]]
    new[silent + 1] = True
    return np.cumsum(new, dtype=np.int64)


def _breaks(duty: Ints, stamp: Ints, x: Floats, y: Floats, params: CleanParams) -> Bools:
    """Where one run of fixes ends and the next begins: at impossible moves, and from duty to duty (n − 1)."""
    return np.asarray(_too_far(np.diff(x), np.diff(y), np.diff(stamp), params) | (duty[1:] != duty[:-1]))


def _settled(codes: Array, duty: Ints, broken: Bools, params: CleanParams) -> tuple[Bools, Bools]:
    """(whether nothing earlier can change what is kept from each fix on, nothing later what is kept up to it).

    What stands on one side of a run too long to be a jump, or of a silence between duties, has no say on the other side.
    The first and last fix at hand may share their moment with others that are not: a run must be longer by both.
    """
    if not len(codes):
        return np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)
    at = np.arange(len(codes))
    start = np.r_[0, np.flatnonzero(broken) + 1]
    size = np.diff(np.r_[start, len(at)])
    long = np.repeat(size > params.max_jump_fixes + 2, size)
    inner = (duty[1:] != duty[:-1]) & (codes[1:] == codes[:-1])
    first, last = long | np.r_[False, inner], long | np.r_[inner, False]
    head = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    of = np.repeat(np.arange(len(head)), np.diff(np.r_[head, len(at)]))
    tail = np.r_[head[1:], len(at)] - 1
    latest = np.maximum.accumulate(np.where(first, at, -1))  # the last such fix up to each, of whichever officer
    earliest = np.minimum.accumulate(np.where(last, at, len(at))[::-1])[::-1]
    return latest >= head[of], earliest <= tail[of]


def _without_jumps(codes: Array, breaks: Bools, stamp: Ints, x: Floats, y: Floats, params: CleanParams) -> Bools:
    """False for fixes on a displaced run: left and reached impossibly fast, while its neighbours agree.

    The fixes of a duty (`codes`) fall into runs at impossible moves (`breaks`). A short run is a jump when the run before and the run
    after can reach each other without it; at the ends of a duty, when its one neighbour is longer.
    """
    keep = np.ones(len(x), dtype=bool)
    for _ in range(params.max_jump_fixes + 3):
        at = np.flatnonzero(keep)
        if len(at) < 2:
            break
        same = codes[at[1:]] == codes[at[:-1]]
        broken = breaks if len(at) == len(x) else _breaks(codes[at], stamp[at], x[at], y[at], params)
        if not (broken & same).any():
            break
        start = np.r_[0, np.flatnonzero(broken) + 1]
        end = np.r_[start[1:] - 1, len(at) - 1]
        size = end - start + 1
        officer = codes[at[start]]
        first = np.r_[True, officer[1:] != officer[:-1]]
        last = np.r_[first[1:], True]
        before, after = np.maximum(np.arange(len(start)) - 1, 0), np.minimum(np.arange(len(start)) + 1, len(start) - 1)
        agree = ~_impossible(at[end[before]], at[start[after]], stamp, x, y, params)
        short = size <= params.max_jump_fixes
        middle = ~first & ~last & short & agree & (size <= np.maximum(size[before], size[after]))
        edge = (first ^ last) & short & (size < size[np.where(first, after, before)])
        jump = middle | edge
        # Of two neighbouring runs that could each be the jump, the shorter goes first, and the next round looks again.
        beside = np.minimum(
            np.where(jump[before] & ~first, size[before], size.max() + 1),
            np.where(jump[after] & ~last, size[after], size.max() + 1),
        )
        jump &= (size < beside) | ((size == beside) & ~(jump[before] & ~first))
        if not jump.any():
            break
        keep[at[np.repeat(jump, size)]] = False
    return keep


def _impossible(i: Rows, j: Rows, stamp: Ints, x: Floats, y: Floats, params: CleanParams) -> Bools:
    return _too_far(x[j] - x[i], y[j] - y[i], stamp[j] - stamp[i], params)


def _too_far(dx: Floats, dy: Floats, lasts_ns: Ints, params: CleanParams) -> Bools:
    """Whether moves are farther than anybody comes in their time."""
    farthest = np.abs(lasts_ns) / 1e9
    farthest *= params.max_jump_speed_ms
    farthest += params.jump_allowance_m
    return np.asarray(np.hypot(dx, dy) > farthest)

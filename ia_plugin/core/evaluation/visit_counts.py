"""Time and events between visits, counted by band, and how bands differ: since the last visit, and until the next.

Every ratio is within an area and operational day, with the rate at each hour of the week, of all areas together, as offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..errors import EstimateError
from ..params import SinceVisitParams
from ..words import amount, count_of, number
from .strata_poisson import StrataFit, fit_in_strata
from .visit_bands import Clock, Pieces, Stretches, band_names, pieces_of_events, pieces_of_time

FINE_MIN = (
    0,
    5,
    10,
    15,
    20,
    30,
    40,
    50,
    60,
    75,
    90,
    120,
    150,
    180,
    240,
    300,
    360,
    480,
    600,
    720,
    960,
    1440,
    2880,
    5760,
)
"""Minutes at which the bins of the half-life begin, beside the edges of the bands."""
NEAR_MIN = 60.0  # bands until the next visit that begin before this are what the placebo is asked of
LEAST_IN_BAND = 5
CURVE = ("band", "begin_min", "end_min", "hours", "events", "ratio", "low", "high")
ROUNDS = 8
USUAL_WEIGHT = 5.0  # events that the rate of an hour of the week is drawn to that of all hours by


class TimeBetween:
    """Time between visits in pieces, once for all kinds of events."""

    def __init__(self, ground: pd.DataFrame, among: list[Stretches], clock: Clock, params: SinceVisitParams) -> None:
        self.among, self.clock, self.params = among, clock, params
        self.bands = np.asarray(params.edges_min)
        self.fine = np.unique(np.r_[np.asarray(FINE_MIN, dtype=np.float64), self.bands])
        self.band_of = np.searchsorted(self.bands, self.fine, side="right") - 1
        self.labels = band_names(self.bands)
        self.names: dict[object, str] = dict(enumerate(ground["name"].astype(str)))
        self.pieces, (self.inside, self.unknown) = pieces_of_time(among, clock, self.fine, self.bands)
        self.reference = int(np.flatnonzero(self.bands == params.reference_min)[0])
        if not (self.pieces.since >= 0).any():
            raise EstimateError(
                "No time after a visit is left: areas were visited all the time, or once.",
                "Ask for longer visits, a longer time or smaller areas.",
            )

    def nothing(self) -> pd.DataFrame:
        """A curve that tells of nothing."""
        return pd.DataFrame({"band": self.labels}).reindex(columns=list(CURVE))

    def events(self, moments: Ints, area: Rows) -> tuple[Pieces, dict[str, int]]:
        """Events outside visits, and how many had no place there, by why."""
        return pieces_of_events(moments, area, self.among, self.clock, self.fine, self.bands)

    def sentences(self) -> list[str]:
        some = [len(a.enter) for a in self.among]
        found = [
            f"{count_of(sum(some), 'visits')} of {number(self.params.least_visit)} minutes or more to {count_of(sum(n > 0 for n in some), 'areas')}, whoever came, several at once counted as one.",
            f"Time during visits, {amount(self.inside, 'h')}, is left out: events then are what officers answer or see.",
        ]
        if self.unknown > 0:
            found.append(
                f"{amount(self.unknown, 'h')} have no last visit that is known, at the beginning or after a gap: they are left out."
            )
        return found


@dataclass(frozen=True, eq=False)
class Counted:
    """Time and events of one kind between visits, with what is usual at each hour of the week."""

    time: TimeBetween
    events: Pieces
    usual: Floats  # (168,) events an hour

    @classmethod
    def of(cls, time: TimeBetween, events: Pieces) -> Counted:
        """With the rates of these events."""
        return cls(time, events, _usual(time, events))

    def cells(
        self, rows_of_time: Bools, rows_of_events: Bools, columns: Sequence[Rows], of_events: Sequence[Rows]
    ) -> BandCells:
        """Sums over area, operational day and further columns of both."""
        time, events = self.time.pieces, self.events
        parts = ((time, rows_of_time, columns), (events, rows_of_events, of_events))
        keys = [
            np.concatenate([values[some] for _, some, values in ((t, r, (t.area, t.day, *c)[k]) for t, r, c in parts)])
            for k in range(2 + len(columns))
        ]
        key = np.ravel_multi_index(keys, [int(k.max()) + 1 for k in keys])
        which, at = np.unique(key, return_inverse=True)
        n = int(rows_of_time.sum())
        exposure = np.bincount(at[:n], (time.amount * self.usual[time.hour_of_week])[rows_of_time], len(which))
        counts = np.bincount(at[n:], minlength=len(which)).astype(np.float64)
        found = np.unravel_index(which, [int(k.max()) + 1 for k in keys])
        stratum = np.unique(found[0] * (int(found[1].max()) + 1) + found[1], return_inverse=True)[1]
        return BandCells(
            np.asarray(found[0]), stratum, tuple(np.asarray(c) for c in found[2:]), counts, exposure.astype(np.float64)
        )


class BandCells(NamedTuple):
    area: Rows
    stratum: Rows
    columns: tuple[Rows, ...]
    y: Floats
    exposure: Floats

    def fit(self, x: Floats, rows: Bools) -> StrataFit:
        return fit_in_strata(
            self.y[rows], x[rows], stratum=self.stratum[rows], area=self.area[rows], offset=np.log(self.exposure[rows])
        )


def ratios_of_bands(cells: BandCells, band: Rows, reference: int, by_band: Floats) -> tuple[StrataFit, dict[int, int]]:
    """Ratios of bands to the reference, and the column of each; bands of too few events take no part.

    Raises
    ------
    EstimateError
        where the counts tell of no ratio, as in one area alone.
    """
    taking = [k for k in range(len(by_band)) if by_band[k] >= LEAST_IN_BAND and k != reference]
    rows = np.isin(band, [*taking, reference]) & (cells.exposure > 0)
    key = cells.stratum * len(by_band) + band
    which, at = np.unique(key[rows], return_inverse=True)
    first = np.zeros(len(which), dtype=np.intp)
    first[at[::-1]] = np.flatnonzero(rows)[::-1]
    whole = BandCells(
        cells.area[first], cells.stratum[first], (band[first],), np.bincount(at, cells.y[rows]).astype(np.float64),
        np.bincount(at, cells.exposure[rows]).astype(np.float64),
    )  # fmt: skip
    x = (whole.columns[0][:, None] == np.asarray(taking)[None]).astype(np.float64)
    return whole.fit(x, np.ones(len(x), dtype=bool)), {k: c for c, k in enumerate(taking)}


def mirror_of(counted: Counted) -> tuple[Optional[StrataFit], dict[int, int], float]:
    """Bands of time until the next visit beside those since the last, and p that the near ones differ in nothing."""
    time, events = counted.time, counted.events
    both = [(p.since >= 0) & (p.until >= 0) for p in (time.pieces, events)]
    if not both[0].any() or not both[1].any():
        return None, {}, float("nan")
    cells = counted.cells(
        both[0],
        both[1],
        [time.band_of[time.pieces.since], time.pieces.until],
        [time.band_of[events.since], events.until],
    )
    n, reference = len(time.bands), time.reference
    columns: list[tuple[int, int]] = []  # (which of the two, band)
    rows = np.ones(len(cells.y), dtype=bool)
    for side in (0, 1):
        seen = np.bincount(cells.columns[side], cells.y, n)
        if seen[reference] < LEAST_IN_BAND:
            return None, {}, float("nan")
        few = np.flatnonzero(seen < LEAST_IN_BAND)
        rows &= ~np.isin(cells.columns[side], few)
        columns += [(side, k) for k in range(n) if seen[k] >= LEAST_IN_BAND and k != reference]
    x = np.column_stack([cells.columns[side] == k for side, k in columns]).astype(np.float64)
    try:
        fit = cells.fit(x, rows)
    except EstimateError:
        return None, {}, float("nan")
    until = {k: c for c, (side, k) in enumerate(columns) if side == 1}
    near = [c for k, c in until.items() if time.bands[k] < NEAR_MIN]
    return fit, until, _joint_p(fit, near)


def curve_of(counted: Counted, side: str, fit: Optional[StrataFit], columns: dict[int, int]) -> pd.DataFrame:
    """Hours, events and ratio of each band, since or until a visit."""
    time = counted.time
    n = len(time.bands)

    def summed(pieces: Pieces) -> Floats:
        band = time.band_of[pieces.since] if side == "since" else pieces.until
        some = getattr(pieces, side) >= 0
        return np.bincount(band[some], pieces.amount[some], n).astype(np.float64)

    ratios = np.full((3, n), np.nan)
    ratios[0, time.reference] = 1.0 if fit is not None else np.nan
    if fit is not None:
        at = list(columns.values())
        with np.errstate(over="ignore"):
            ratios[:, list(columns)] = np.exp([fit.beta[at], fit.low[at], fit.high[at]])
    ends = np.r_[time.bands[1:], np.inf]
    return pd.DataFrame(
        {"band": time.labels, "begin_min": time.bands, "end_min": ends, "hours": summed(time.pieces), "events": summed(counted.events),
         "ratio": ratios[0], "low": ratios[1], "high": ratios[2]}
    )  # fmt: skip


# --- parts ------------------------------------------------------------------------------------------------------------


def _joint_p(fit: StrataFit, columns: Sequence[int]) -> float:
    """p that several coefficients are all 0: Wald's statistic of the jackknife, as Hotelling's T squared on areas − 1."""
    from scipy.stats import f

    k, g = len(columns), len(fit.areas)
    if not k or g <= k or not np.isfinite(fit.covariance).all():
        return float("nan")
    beta, covariance = fit.beta[list(columns)], fit.covariance[np.ix_(columns, columns)]
    statistic = float(beta @ np.linalg.pinv(covariance) @ beta)
    return float(f.sf(statistic * (g - k) / (k * (g - 1)), k, g - k))


def _usual(time: TimeBetween, events: Pieces) -> Floats:
    """What is usual at each hour of the week (168,), of all areas; where events are few, drawn to that of all hours.

    Found together with what areas' days and the bands bring (by proportional fitting, as dummies would): were hours told by their
    own counts alone, hours with many visits would look quiet where events are fewer after one, and hide part of it.
    """
    pieces = time.pieces
    days = int(pieces.day.max()) + 1
    n = len(time.bands)

    def labels(part: Pieces) -> tuple[Rows, Rows, Rows]:
        band = np.where(part.since >= 0, time.band_of[np.maximum(part.since, 0)], n)
        return part.area * days + part.day, band, part.hour_of_week

    sizes = (len(time.among) * days, n + 1, 168)
    of_time, of_events = labels(pieces), labels(events)
    counts = [np.bincount(at, minlength=size) for at, size in zip(of_events, sizes)]
    factors = [np.ones(size) for size in sizes]
    for _ in range(ROUNDS):
        for k in range(3):
            others = [factors[j][of_time[j]] for j in range(3) if j != k]
            weight = np.bincount(of_time[k], pieces.amount * others[0] * others[1], sizes[k])
            prior = USUAL_WEIGHT if k == 2 else 0.0
            middle = max(counts[k].sum(), 1.0) / max(weight.sum(), 1e-300)
            factors[k] = (counts[k] + prior) / np.maximum(weight + prior / middle, 1e-300)
    usual: Floats = factors[2]
    return usual


__all__ = ["LEAST_IN_BAND", "BandCells", "Counted", "TimeBetween", "curve_of", "mirror_of", "ratios_of_bands"]

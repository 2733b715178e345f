"""A hidden chain in continuous time: forward and backward over all legs of all tracks at once.

The chain has a few states of each of two classes (on foot, in a vehicle). Between the middles of two legs Δ seconds
apart it stays as it is with probability a = exp(−(b+sᶜ)Δ), has moved to any state of its class with exp(−bΔ) − a, and
to any state at all with 1 − exp(−bΔ). So the matrix exp(QΔ) of every Δ is known in closed form and a step costs a few
additions a state (an instance of the equal-input models of Felsenstein 1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BLOCK = 128  # legs that one row of the block layout holds


@dataclass(frozen=True)
class Chain:
    """States in the order foot, then vehicle.

    Parameters
    ----------
    foot : number of states on foot
    within : (K,) share of each state in its class; sums to 1 in each class
    share : (2,) share of the classes foot and vehicle at a track's start and after a change
    change_rate : 1/s, at which the class is drawn anew
    shift_rate : (2,) 1/s, at which the state is drawn anew within its class
    """

    foot: int
    within: Array
    share: Array
    change_rate: float
    shift_rate: Array

    @property
    def states(self) -> int:
        """Number of states, those on foot first."""
        return len(self.within)

    @property
    def start(self) -> Array:
        """(K,) probability of each state at the first leg of a track."""
        return np.asarray(self.within * np.repeat(self.share, [self.foot, self.states - self.foot]))

    def stays(self, gap_s: Array, fresh: NDArray[np.bool_]) -> tuple[Array, Array]:
        """(2, N) chance of no change of state, (N,) of no change of class, since the leg before; 0 where `fresh`."""
        same = np.exp(-self.change_rate * gap_s)
        same[fresh] = 0.0
        unmoved = np.exp(-self.shift_rate[:, None] * gap_s) * same
        return unmoved, same


def smooth(
    chain: Chain,
    emission: Array,
    unmoved: Array,
    same: Array,
    tolerance: float = 1e-9,
    heads: Optional[NDArray[np.intp]] = None,
) -> tuple[Array, Array]:
    """Forward and backward messages of every leg (Rabiner 1989), without a loop over legs.

    Parameters
    ----------
    chain : Chain of K states
    emission : (K, N) likelihood of each leg's evidence, up to a factor per leg; legs in order of officer and time
    unmoved, same : (2, N) and (N,), from :meth:`Chain.stays`; zeros mark the first leg of a stretch
    tolerance : largest error of a message
    heads : the first leg of each stretch, ascending from 0; None where all legs are one stretch

    Returns
    -------
    forward, backward : (K, N); their product, normalised, is the probability of each state given all legs of the stretch.

    Notes
    -----
    The legs of each stretch lie in rows of BLOCK, and one step is made in every row at once. A row starts from a guess of
    the message that its left neighbour hands it, and is done again, as far as the better start still makes a difference,
    until no message moves by more than the tolerance: the chain forgets its start within some legs. A row is done again
    for its own stretch's sake only, so what is found of one is the same whatever else is in the table.
    """
    legs = emission.shape[1]
    if not legs:
        return emission.copy(), emission.copy()
    rows = _Rows.of(np.zeros(1, dtype=np.intp) if heads is None else heads, legs)
    known = rows.arranged(emission, unmoved, same)
    forward, backward = _forward(chain, known, rows, tolerance), _backward(chain, known, rows, tolerance)
    return rows.in_line(forward), rows.in_line(backward)


@dataclass(frozen=True)
class _Rows:
    """Where each leg lies: rows of BLOCK legs of one stretch, the long ones first."""

    place: NDArray[np.intp]  # (N,) step × rows + row
    longer: NDArray[np.intp]  # (BLOCK + 1,) how many rows have more than so many legs
    left: NDArray[np.intp]  # (R,) the row of the same stretch before, -1 for the first
    right: NDArray[np.intp]  # (R,) the row after, -1 for the last

    @classmethod
    def of(cls, heads: NDArray[np.intp], legs: int) -> _Rows:
        size = np.diff(np.r_[heads, legs])
        count = -(-size // BLOCK)
        first = np.cumsum(count) - count
        stretch = np.repeat(np.arange(len(heads)), count)
        nth = np.arange(len(stretch)) - first[stretch]
        length = np.minimum(size[stretch] - nth * BLOCK, BLOCK)
        order = np.argsort(-length, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        left, right = (np.full(len(order), -1) for _ in range(2))
        inner = np.flatnonzero(nth > 0)
        left[rank[inner]], right[rank[inner - 1]] = rank[inner - 1], rank[inner]
        leg_stretch = np.repeat(np.arange(len(heads)), size)
        at = np.arange(legs) - heads[leg_stretch]
        place = at % BLOCK * len(order) + rank[first[leg_stretch] + at // BLOCK]
        longer = np.searchsorted(-length[order], -np.arange(BLOCK + 1), side="left")
        return cls(place, longer, left, right)

    def arranged(self, emission: Array, unmoved: Array, same: Array) -> Array:
        """(BLOCK, K + 3, R): emission, unmoved and same of each leg, so that one step of all rows is one slice."""
        states, size = len(emission), len(self.left)
        out = np.zeros((BLOCK, states + 3, size))
        out[:, :states] = 1.0
        # Where a row's own leg stands, for the first quantity; the next stand a row apart.
        at = self.place // size * ((states + 3) * size) + self.place % size
        flat = out.reshape(-1)
        for k, values in enumerate((*emission, *unmoved, same)):
            flat[at + k * size] = values
        return out

    def in_line(self, m: Array) -> Array:
        """(BLOCK, K, R) -> (K, N)."""
        states, size = m.shape[1:]
        at = self.place // size * (states * size) + self.place % size
        return np.stack([m.reshape(-1).take(at + k * size) for k in range(states)])


def _forward(chain: Chain, known: Array, rows: _Rows, tolerance: float) -> Array:
    foot, within, (to_foot, to_vehicle) = chain.foot, chain.within[:, None], chain.share
    states = chain.states
    # Beyond the end of a short row nothing is worked out, but it is compared: what stands there must be a number.
    out = np.zeros((len(known), states, known.shape[2]))

    def step(p: Array, t: int, some: Any) -> Array:
        here = known[t][:, some] if isinstance(some, slice) else known[t].take(some, axis=1)
        a_foot, a_vehicle, b_t = here[states:]
        on_foot, driving = p[:foot].sum(0), p[foot:].sum(0)
        drawn = (1.0 - b_t) * (on_foot + driving)
        n = np.empty_like(p)
        n[:foot] = a_foot * p[:foot] + within[:foot] * ((b_t - a_foot) * on_foot + to_foot * drawn)
        n[foot:] = a_vehicle * p[foot:] + within[foot:] * ((b_t - a_vehicle) * driving + to_vehicle * drawn)
        n *= here[:states]
        n /= n.sum(0)
        return n

    start = np.repeat(chain.start[:, None], known.shape[2], axis=1)
    p = start
    for t in range(len(known)):
        some = slice(0, int(rows.longer[t]))
        out[t][:, some] = p = step(p[:, some], t, some)
    inner = np.flatnonzero(rows.left >= 0)
    while len(inner):
        better = out[-1][:, rows.left[inner]]
        again = np.abs(better - start[:, inner]).max(0) >= tolerance
        some, p = inner[again], better[:, again]
        if not len(some):
            break
        start[:, some] = p
        for t in range(len(known)):
            p = step(p, t, some)
            moved = np.abs(p - out[t][:, some]).max(0) >= tolerance if t % 8 == 7 else None
            out[t][:, some] = p
            if moved is not None and not moved.all():
                some, p = some[moved], p[:, moved]
                if not len(some):
                    break
    return out


def _backward(chain: Chain, known: Array, rows: _Rows, tolerance: float) -> Array:
    foot, within, (to_foot, to_vehicle) = chain.foot, chain.within[:, None], chain.share
    states = chain.states
    # Beyond the end of a short row nothing is worked out, but it is compared: what stands there must be a number.
    out = np.zeros((len(known), states, known.shape[2]))

    def step(message: Array, t: int, some: Any) -> Array:
        here = known[t][:, some] if isinstance(some, slice) else known[t].take(some, axis=1)
        a_foot, a_vehicle, b_t = here[states:]
        q = message * here[:states]
        on_foot, driving = (within[:foot] * q[:foot]).sum(0), (within[foot:] * q[foot:]).sum(0)
        drawn = (1.0 - b_t) * (to_foot * on_foot + to_vehicle * driving)
        n = np.empty_like(q)
        n[:foot] = a_foot * q[:foot] + ((b_t - a_foot) * on_foot + drawn)
        n[foot:] = a_vehicle * q[foot:] + ((b_t - a_vehicle) * driving + drawn)
        return np.asarray(n / n.sum(0))

    end = np.full(out.shape[1:], 1.0 / states)
    q = end[:, :0]
    for t in range(len(known) - 1, -1, -1):
        some = slice(0, int(rows.longer[t]))
        out[t][:, some] = q = np.concatenate([q, end[:, q.shape[1] : some.stop]], axis=1)
        if t:
            q = step(q, t, some)
    inner = np.flatnonzero(rows.right >= 0)
    while len(inner):
        better = step(out[0][:, rows.right[inner]], 0, rows.right[inner])
        again = np.abs(better - end[:, inner]).max(0) >= tolerance
        some, q = inner[again], better[:, again]
        if not len(some):
            break
        end[:, some] = q
        for t in range(len(known) - 1, -1, -1):
            moved = np.abs(q - out[t][:, some]).max(0) >= tolerance if t % 8 == 0 else None
            out[t][:, some] = q
            if moved is not None and not moved.all():
                some, q = some[moved], q[:, moved]
                if not len(some):
                    break
            q = step(q, t, some)
    return out

"""A hidden chain in continuous time: forward and backward over all legs of all tracks at once.

The chain has a few states of each of two classes (on foot, in a vehicle). Between the middles of two legs Δ seconds
apart it stays as it is with probability a = exp(−(b+sᶜ)Δ), has moved to any state of its class with exp(−bΔ) − a, and
to any state at all with 1 − exp(−bΔ). So the matrix exp(QΔ) of every Δ is known in closed form and a step costs a few
additions a state (an instance of the equal-input models of Felsenstein 1981).
"""

from __future__ import annotations

from dataclasses import dataclass

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


def smooth(chain: Chain, emission: Array, unmoved: Array, same: Array, tolerance: float = 1e-9) -> tuple[Array, Array]:
    """Forward and backward messages of every leg (Rabiner 1989), without a loop over legs.

    Parameters
    ----------
    chain : Chain of K states
    emission : (K, N) likelihood of each leg's evidence, up to a factor per leg; legs in order of track and time
    unmoved, same : (2, N) and (N,), from :meth:`Chain.stays`; zeros mark the first leg of a track
    tolerance : largest error of a message

    Returns
    -------
    forward, backward : (K, N); their product, normalised, is the probability of each state given the whole track.

    Notes
    -----
    The legs lie in rows of BLOCK, and one step is made in every row at once. A row starts from a guess of the message
    that its left neighbour hands it, and is done again, as far as the better start still makes a difference, until no
    message moves by more than the tolerance: the chain forgets its start within some legs.
    """
    legs = emission.shape[1]
    if not legs:
        return emission.copy(), emission.copy()
    rows = -(-legs // BLOCK)
    e, a, b = (_in_blocks(m, rows, fill) for m, fill in ((emission, 1.0), (unmoved, 0.0), (same[None], 0.0)))
    forward = _forward(chain, e, a, b[:, 0], tolerance)
    backward = _backward(chain, e, a, b[:, 0], tolerance)
    return _in_line(forward, legs), _in_line(backward, legs)


def _forward(chain: Chain, e: Array, a: Array, b: Array, tolerance: float) -> Array:
    foot, within, (to_foot, to_vehicle) = chain.foot, chain.within[:, None], chain.share
    out = np.empty_like(e)
    start = np.repeat(chain.start[:, None], e.shape[2], axis=1)
    for again in range(e.shape[2] + 1):
        p = start
        for t in range(len(e)):
            on_foot, driving = p[:foot].sum(0), p[foot:].sum(0)
            drawn = (1.0 - b[t]) * (on_foot + driving)
            n = np.empty_like(p)
            n[:foot] = a[t, 0] * p[:foot] + within[:foot] * ((b[t] - a[t, 0]) * on_foot + to_foot * drawn)
            n[foot:] = a[t, 1] * p[foot:] + within[foot:] * ((b[t] - a[t, 1]) * driving + to_vehicle * drawn)
            n *= e[t]
            n /= n.sum(0)
            settled = again and t % 8 == 7 and np.abs(n - out[t]).max() < tolerance
            out[t] = p = n
            if settled:
                break
        better = np.concatenate([chain.start[:, None], out[-1][:, :-1]], axis=1)
        if np.abs(better - start).max() < tolerance:
            break
        start = better
    return out


def _backward(chain: Chain, e: Array, a: Array, b: Array, tolerance: float) -> Array:
    foot, within, (to_foot, to_vehicle) = chain.foot, chain.within[:, None], chain.share
    flat = np.full((e.shape[1], 1), 1.0 / e.shape[1])
    out = np.empty_like(e)
    end = np.repeat(flat, e.shape[2], axis=1)

    def step(message: Array, t: int) -> Array:
        q = message * e[t]
        on_foot, driving = (within[:foot] * q[:foot]).sum(0), (within[foot:] * q[foot:]).sum(0)
        drawn = (1.0 - b[t]) * (to_foot * on_foot + to_vehicle * driving)
        n = np.empty_like(q)
        n[:foot] = a[t, 0] * q[:foot] + ((b[t] - a[t, 0]) * on_foot + drawn)
        n[foot:] = a[t, 1] * q[foot:] + ((b[t] - a[t, 1]) * driving + drawn)
        return np.asarray(n / n.sum(0))

    for again in range(e.shape[2] + 1):
        q = end
        for t in range(len(e) - 1, -1, -1):
            settled = again and t % 8 == 0 and np.abs(q - out[t]).max() < tolerance
            out[t] = q
            if settled:
                break
            q = step(q, t)
        better = np.concatenate([step(out[0], 0)[:, 1:], flat], axis=1)
        if np.abs(better - end).max() < tolerance:
            break
        end = better
    return out


def _in_blocks(m: Array, rows: int, fill: float) -> Array:
    """(K, N) -> (BLOCK, K, rows), so that one step of all rows is one slice."""
    short = rows * BLOCK - m.shape[1]
    if short:
        m = np.concatenate([m, np.full((len(m), short), fill)], axis=1)
    return np.ascontiguousarray(m.reshape(len(m), rows, BLOCK).transpose(2, 0, 1))


def _in_line(m: Array, legs: int) -> Array:
    """(BLOCK, K, rows) -> (K, N)."""
    return np.ascontiguousarray(m.transpose(1, 2, 0)).reshape(m.shape[1], -1)[:, :legs]

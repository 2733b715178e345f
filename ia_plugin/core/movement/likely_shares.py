"""How far a share of time on foot, in a vehicle or stopped may be from the truth: the one place where that is worked out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Optional

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from ..columns import KNOWN_MODES as MEASURED
from ..errors import DataRangeError
from ..presence.likely import Z90
from ..resources import resource_text
from .model import MovementModel

NO_LABELS = ("stationary",)  # what officers label tells foot from vehicle, and of no stop where it was
PARTS = ("transfer", "least", "officer", "own_hours", "flat", "untold")
SCATTER = 2.0  # Σw²/(Σw)² of n officers whose hours scatter as those of an exponential law: 2 / n (a judgement, on the wide side)


@dataclass(frozen=True)
class ShareSpread:
    """What the ranges of shares by mode are made of; each part by mode, for what one mode is missed by another may not be.

    Parameters
    ----------
    transfer : what all officers of a force have in common and the people of the fit had not, at least a declared floor; never
        averaged out
    least : what of it was measured, in common to all people of the fit; a check on the force's officers does not take it away
    officer : what sets one officer apart from the next; averaged out over officers
    own_hours : how long the errors of legs that follow each other hang together, hours; averaged out over time
    flat : what is left of the spread where a share is 0 or 1
    untold : the part that the mode usually has of the time whose mode cannot be told
    provenance : where the numbers come from
    """

    transfer: Mapping[str, float]
    least: Mapping[str, float]
    officer: Mapping[str, float]
    own_hours: Mapping[str, float]
    flat: Mapping[str, float]
    untold: Mapping[str, float]
    provenance: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def checked_on(self, officers: float) -> ShareSpread:
        """The spread once the model was calibrated on so many officers of the force, each of equal weight.

        What the force has in common is then known as well as the mean of so many officers is, and never worse than before. Officers
        label no stops: what is not known of these stays.
        """
        known = {m: (self.least[m] ** 2 + self.officer[m] ** 2 / max(officers, 1.0)) ** 0.5 for m in self.transfer}
        transfer = {m: at if m in NO_LABELS else min(at, known[m]) for m, at in self.transfer.items()}
        return replace(self, transfer=transfer)


def share_range(
    share: ArrayLike,
    known: ArrayLike,
    hours: ArrayLike,
    concentration: ArrayLike,
    mode: str,
    spread: Optional[ShareSpread] = None,
) -> tuple[Floats, Floats]:
    """The 90 % range of the share that one mode truly has of all observed time.

    Where there is time whose mode cannot be told, the mode has its part of that too, so that the range lies higher than the share
    that is told. About the middle *c* = share + untold · (1 − known) the variance is
    (*c*(1 − *c*) + flat²) · (transfer² + officer² Σw²/(Σw)² + own_hours/Σw), w the hours of each officer.

    Parameters
    ----------
    share : the estimate, 0 to 1 of all observed time
    known : share of the observed time whose mode is told
    hours : observed hours
    concentration : Σw²/(Σw)²: 1 of one officer, 1/n of n alike
    mode : foot, vehicle, stationary or bicycle
    spread : of the model that told the modes (:func:`spread_of`); None for the one that comes with the plugin

    Returns
    -------
    (low, high), arrays; 0 ≤ low ≤ share ≤ high ≤ 1. NaN where nothing was observed or no mode is told.

    Examples
    --------
    Of 100 hours of one officer, and of ten:

    >>> parts = {"transfer": 0.05, "least": 0.0, "officer": 0.3, "own_hours": 0.5, "flat": 0.2, "untold": 0.5}
    >>> spread = ShareSpread(**{name: {"foot": value} for name, value in parts.items()})
    >>> [end.round(2).tolist() for end in share_range(0.26, 0.9, 100.0, [1.0, 0.1], "foot", spread)]
    [[0.05, 0.2], [0.57, 0.42]]
    """
    spread = spread or default_spread()
    p, k, h, c = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (share, known, hours, concentration)))
    some = (h > 0) & (k > 0)
    middle = np.clip(p + _of(spread.untold, mode) * (1.0 - k), 0.0, 1.0)
    short = np.divide(_of(spread.own_hours, mode), h, out=np.zeros(p.shape), where=some)
    apart = _of(spread.transfer, mode) ** 2 + _of(spread.officer, mode) ** 2 * c + short
    half = Z90 * np.sqrt((middle * (1.0 - middle) + _of(spread.flat, mode) ** 2) * apart)
    low, high = np.clip(np.minimum(middle - half, p), 0.0, None), np.maximum(np.minimum(middle + half, 1.0), p)
    return np.where(some, low, np.nan), np.where(some, high, np.nan)


def hours_range(
    hours: ArrayLike,
    whole: tuple[ArrayLike, ArrayLike, ArrayLike],
    known: ArrayLike,
    concentration: ArrayLike,
    mode: str,
    spread: Optional[ShareSpread] = None,
) -> tuple[Floats, Floats]:
    """The 90 % range of the hours of one mode: that of its share, and at right angles to it what the whole leaves open.

    Parameters
    ----------
    hours : of the mode
    whole : hours of all modes and those unknown, and both ends of their range (NaN where they have none)
    known : share of the whole whose mode is told
    concentration, mode, spread : as of :func:`share_range`

    Examples
    --------
    A quarter of ten hours, themselves 8 to 12: the share leaves 1.68 to 3.32 of them, the whole 0.5 either way.

    >>> parts = dict.fromkeys(("least", "officer", "own_hours", "flat", "untold"), {"foot": 0.0})
    >>> spread = ShareSpread(transfer={"foot": 0.115}, **parts)
    >>> [end.round(2).tolist() for end in hours_range(2.5, (10.0, 8.0, 12.0), 1.0, 1.0, "foot", spread)]
    [1.54, 3.46]
    """
    spent, total, low, high = (np.asarray(v, dtype=np.float64) for v in (hours, *whole))
    share = np.divide(spent, total, out=np.zeros(np.broadcast(spent, total).shape), where=total > 0)
    ends = share_range(share, known, total, concentration, mode, spread)
    least, most = np.minimum(ends[0] * total, spent), np.maximum(ends[1] * total, spent)
    down, up = (np.nan_to_num(gap) * share for gap in (total - low, high - total))
    return np.clip(spent - np.hypot(spent - least, down), 0.0, None), spent + np.hypot(most - spent, up)


def concentration_of(officers: ArrayLike) -> Floats:
    """Σw²/(Σw)² where it is known only that so many officers, or more, stand behind some time; 1 where nothing is.

    >>> concentration_of([0, 1, 2, 5, 40]).tolist()
    [1.0, 1.0, 1.0, 0.4, 0.05]
    """
    return np.asarray(np.minimum(SCATTER / np.maximum(np.asarray(officers, dtype=np.float64), 1.0), 1.0))


def spread_of(model: MovementModel) -> ShareSpread:
    """The spread of a model's shares: narrower once it was calibrated on the force's own officers."""
    return spread_after(checked_officers(model))


def checked_officers(model: Optional[MovementModel]) -> float:
    """On how many of the force's officers, of equal weight, a model was calibrated; 0 where on none."""
    own = model.provenance.get("calibrated", {}) if model and model.checked else {}
    return float(own.get("officers_alike", own.get("officers", 0)) or 0)


def spread_after(officers: float) -> ShareSpread:
    """The spread of a model that was calibrated on so many officers."""
    return default_spread().checked_on(officers) if officers > 0 else default_spread()


def checked_on_force(spread: Optional[ShareSpread]) -> bool:
    """Whether a spread is that of a model which was calibrated on the force's own officers.

    >>> checked_on_force(None), checked_on_force(spread_after(0)), checked_on_force(spread_after(20))
    (False, False, True)
    """
    return spread is not None and spread != default_spread()


@lru_cache(maxsize=1)
def default_spread() -> ShareSpread:
    """The spread that comes with the plugin (``resources/share_spread.json``, which says where it comes from)."""
    return read_spread(resource_text("share_spread.json"))


def read_spread(text: str) -> ShareSpread:
    """A spread from JSON text, as ``tools/fit_shares.py`` writes it.

    Raises
    ------
    DataRangeError
        for text that is none, and for values below 0 or above 10.
    """
    try:
        found = json.loads(text)
        parts = {name: {m: float(found[name][m]) for m in MEASURED} for name in PARTS}
    except (KeyError, TypeError, ValueError) as error:
        raise DataRangeError(f"This is no spread of shares ({error}).", "Use resources/share_spread.json.") from error
    for name, by_mode in parts.items():
        for mode, value in by_mode.items():
            if not 0.0 <= value <= 10.0:
                raise DataRangeError(f"{name} of {mode} is {value}, not 0 to 10.", "Use resources/share_spread.json.")
    return ShareSpread(**parts, provenance=found.get("provenance", {}))


def _of(part: Mapping[str, float], mode: str) -> float:
    """A part of one mode; of one that was never measured (a bicycle) the widest there is."""
    return part[mode] if mode in part else max(part.values())

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
from ..resources import resource_path
from .model import MovementModel

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

        What the force has in common is then known as well as the mean of so many officers is, and never worse than before.
        """
        known = {m: (self.least[m] ** 2 + self.officer[m] ** 2 / max(officers, 1.0)) ** 0.5 for m in self.transfer}
        return replace(self, transfer={m: min(self.transfer[m], known[m]) for m in known})


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


def concentration_of(officers: ArrayLike) -> Floats:
    """Σw²/(Σw)² where it is known only that so many officers, or more, stand behind some time; 1 where nothing is.

    >>> concentration_of([0, 1, 2, 5, 40]).tolist()
    [1.0, 1.0, 1.0, 0.4, 0.05]
    """
    return np.asarray(np.minimum(SCATTER / np.maximum(np.asarray(officers, dtype=np.float64), 1.0), 1.0))


def spread_of(model: MovementModel) -> ShareSpread:
    """The spread of a model's shares: narrower once it was calibrated on the force's own officers."""
    own = model.provenance.get("calibrated", {})
    officers = float(own.get("officers_alike", own.get("officers", 0)) or 0)
    return default_spread().checked_on(officers) if model.checked and officers else default_spread()


@lru_cache(maxsize=1)
def default_spread() -> ShareSpread:
    """The spread that comes with the plugin (``resources/share_spread.json``, which says where it comes from)."""
    return read_spread(resource_path("share_spread.json").read_text(encoding="utf-8"))


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

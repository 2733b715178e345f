"""Refit the model's last step on a force's own labelled legs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import require
from ..errors import DataRangeError
from ..texts import texts
from ..times.instants import parsed
from .classify import AT_ONCE, vehicle_logit
from .cycling import features, fit_cycling
from .evidence import Moves, read_moves
from .logistic import fit_logistic
from .model import MovementModel, default_model

Array = NDArray[np.float64]

# Twenty volunteer shifts with a few dozen legs of each kind: a judgement.
LEAST_SHIFTS = 20
LEAST_LEGS = 300
SHRINKAGE = 20.0  # weight, in legs, of staying with the numbers the model came with


def calibrate(legs_with_truth: pd.DataFrame, model: Optional[MovementModel] = None) -> MovementModel:
    """The model with its probabilities brought in line with a force's own labelled legs.

    Parameters
    ----------
    legs_with_truth : DataFrame, the legs table of whole shifts with ``truth``: ``foot``, ``vehicle``, or empty where
        nobody knows; ``bicycle`` where there are cycle patrols. Legs without truth stay in, since neighbours matter.
    model : MovementModel to start from; None for the one that comes with the plugin

    Returns
    -------
    MovementModel whose ``checked`` is true and whose provenance counts the legs, shifts and officers used, and so many officers
    of equal weight as they come to (``officers_alike``: shares by mode have a narrower range by it). A logistic
    regression of the truth on the chain's logit and the interval (Platt 1999), pulled towards the present numbers.

    Raises
    ------
    DataRangeError
        when there are fewer than 20 officer-days, or fewer than 300 legs on foot or in a vehicle, or some legs by bicycle
        but fewer than 300.
    """
    require(legs_with_truth, ("truth",), "legs")
    model = model or default_model()
    moves = read_moves(legs_with_truth)
    truth = legs_with_truth["truth"].astype(object).to_numpy()[moves.order]
    on_foot, driving = truth == "foot", truth == "vehicle"
    days = pd.to_datetime(legs_with_truth["start"], utc=True).dt.floor("D")
    shift = pd.factorize(legs_with_truth["officer_id"].astype(str) + days.astype(str))[0][moves.order]
    known, cycling = on_foot | driving, truth == "bicycle"
    shifts = len(np.unique(shift[known]))
    found = {"shifts": shifts, "legs on foot": int(on_foot.sum()), "legs in a vehicle": int(driving.sum())}
    needed = {"shifts": LEAST_SHIFTS, "legs on foot": LEAST_LEGS, "legs in a vehicle": LEAST_LEGS}
    if cycling.any():
        found["legs by bicycle"], needed["legs by bicycle"] = int(cycling.sum()), LEAST_LEGS
    if any(found[k] < needed[k] for k in needed):
        raise DataRangeError(
            "Too little labelled data to calibrate: "
            + ", ".join(f"{n} {k} of {needed[k]}" for k, n in found.items())
            + ".",
            "Label more shifts (the test sheet for volunteers shows how).",
        )
    logit = vehicle_logit(moves, model, legs_with_truth)[known]
    counts = np.bincount(shift[known], minlength=shift.max() + 1)
    weight = 1.0 / np.sqrt(counts[shift[known]])  # legs of one shift say much the same
    fitted = fit_calibration(
        logit, moves.interval[known], driving[known], weight * known.sum() / weight.sum(), model.calibration
    )
    of_officer = pd.Series(legs_with_truth["officer_id"].to_numpy()[moves.order][known]).value_counts().to_numpy(float)
    model = model.recalibrated(
        fitted,
        legs=int(known.sum()),
        shifts=shifts,
        officers=len(of_officer),
        officers_alike=round(float(of_officer.sum() ** 2 / (of_officer**2).sum()), 1),
    )
    return _with_bicycles(model, moves, known | cycling, cycling, shift) if cycling.any() else model


def _with_bicycles(model: MovementModel, moves: Moves, labelled: Any, cycling: Any, shift: Any) -> MovementModel:
    """The model with a class for bicycles, fitted on all labelled legs that move."""
    weight = 1.0 / np.sqrt(np.bincount(shift[labelled], minlength=shift.max() + 1)[shift[labelled]])
    weights = fit_cycling(features(moves, AT_ONCE)[labelled], cycling[labelled], weight * labelled.sum() / weight.sum())
    return replace(model, cycling=tuple(float(w) for w in weights))


WORDS = {
    "foot": ("foot", "on foot", "walk", "walking", "run", "running"),
    "vehicle": ("vehicle", "in a vehicle", "car", "van", "driving", "passenger"),
    "bicycle": ("bicycle", "by bicycle", "bike", "cycle", "cycling"),
}
LEAST_COVER = 0.8  # of a leg's time that a label must cover


def label_legs(legs: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The legs with ``truth`` from periods that people wrote down.

    Parameters
    ----------
    legs : DataFrame, the legs table
    labels : DataFrame, one row a period: ``officer_id`` (the same pseudonyms), ``start``, ``end`` (UTC) and ``mode`` in
        words (on foot, walking, car, driving, …); periods of one officer do not overlap

    Returns
    -------
    DataFrame, a copy with ``truth``: foot, vehicle or bicycle where one period covers four fifths of the leg, else None.

    Raises
    ------
    ColumnError
        when a column is missing.
    """
    require(legs, ("officer_id", "start", "end"), "legs")
    require(labels, ("officer_id", "start", "end", "mode"), "labels")
    meaning = {word: mode for mode, words in WORDS.items() for word in words}
    known = pd.DataFrame(
        {
            "officer_id": texts(labels["officer_id"]).reset_index(drop=True),
            "from": parsed(labels["start"], errors="raise").to_numpy(dtype="datetime64[ns]"),
            "to": parsed(labels["end"], errors="raise").to_numpy(dtype="datetime64[ns]"),
            "truth": texts(labels["mode"]).str.strip().str.lower().map(meaning).to_numpy(dtype=object),
        }
    ).sort_values("from", kind="stable")
    start, end = (pd.to_datetime(legs[c], utc=True).to_numpy(dtype="datetime64[ns]") for c in ("start", "end"))
    middle = pd.DataFrame(
        {
            "officer_id": texts(legs["officer_id"]).reset_index(drop=True),
            "middle": start + (end - start) // 2,
            "row": range(len(legs)),
        }
    ).sort_values("middle", kind="stable")
    found = (
        pd.merge_asof(middle, known, left_on="middle", right_on="from", by="officer_id").set_index("row").sort_index()
    )
    first, last = np.maximum(found["from"].to_numpy(), start), np.minimum(found["to"].to_numpy(), end)
    with np.errstate(invalid="ignore"):
        covered = (last - first) / np.timedelta64(1, "ns") >= LEAST_COVER * ((end - start) / np.timedelta64(1, "ns"))
    truth = found["truth"].to_numpy(dtype=object).copy()
    truth[~covered | pd.isna(truth)] = None
    return legs.assign(truth=pd.Series(truth, index=legs.index, dtype=object))


def fit_calibration(
    logit: Array,
    interval: Array,
    vehicle: NDArray[np.bool_],
    weight: Array,
    start: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 0.0),
    shrinkage: float = SHRINKAGE,
) -> tuple[float, float, float, float]:
    """Weighted logistic regression of `vehicle` on (1, i, z, i·z), z the chain's logit."""
    z = np.clip(logit, -12.0, 12.0)
    x = np.stack([np.ones_like(z), interval, z, interval * z], axis=1)
    c = fit_logistic(x, vehicle, weight, np.array(start, dtype=float), np.full(4, shrinkage))
    return float(c[0]), float(c[1]), float(c[2]), float(c[3])

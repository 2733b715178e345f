"""Foot, vehicle or standing still, for legs minutes long."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import MODES
from ..params import MovementParams
from .chain import smooth
from .evidence import INTERVAL_RANGE, Moves, knots_of, read_evidence, read_moves
from .model import MovementModel, default_model
from .stillness import stillness

Array = NDArray[np.float64]

AT_ONCE = 60_000  # legs worked on at once: what a processor's cache holds (whole officers, so it may be more)
CELLS, LEVELS = 256, 33  # steps of a kind's scale, and of the interval, in the table that is looked up


def classify_movement(
    legs: pd.DataFrame, model: Optional[MovementModel] = None, params: MovementParams = MovementParams()
) -> pd.DataFrame:
    """Probabilities that each leg was made on foot, in a vehicle, or standing still.

    Parameters
    ----------
    legs : DataFrame, the legs table (:func:`~ia_plugin.core.tracks.build_legs`), any order and index. ``accuracy0_m``,
        ``accuracy1_m``, ``reported_speed_kmh``, ``reason`` and ``radio_kind`` are used where present.
    model : MovementModel; None for the one that comes with the plugin
    params : MovementParams; ``min_confidence`` below which the mode is ``unknown``

    Returns
    -------
    DataFrame, a copy in the same order with ``p_foot``, ``p_vehicle``, ``p_stationary`` (they sum to 1), ``mode`` and
    ``confidence`` (the largest of the three). ``p_vehicle / (p_foot + p_vehicle)`` is the probability of a vehicle
    whether or not the radio stood still.

    Raises
    ------
    ColumnError, DataRangeError
        when a column or a position is missing.
    """
    model = model or default_model()
    moves = read_moves(legs)
    sorted_p = np.empty((3, len(moves)))
    for part in moves.parts(AT_ONCE):
        some = moves.part(part)
        still = stillness(some, model.stillness)
        vehicle = calibrated(model, vehicle_logit(some, model, legs), some.interval)
        sorted_p[1, part] = vehicle * (1.0 - still)
        sorted_p[2, part] = still
    sorted_p[0] = 1.0 - sorted_p[1] - sorted_p[2]
    p = np.empty_like(sorted_p)
    p[:, moves.order] = np.clip(sorted_p, 0.0, 1.0)
    best = p.argmax(0) if len(moves) else np.zeros(0, dtype=np.intp)
    confidence = p.max(0) if len(moves) else np.zeros(0)
    mode = np.array(MODES, dtype=object)[np.where(confidence < params.min_confidence, 3, best)]
    out = legs.copy()
    out["p_foot"], out["p_vehicle"], out["p_stationary"] = p
    out["mode"], out["confidence"] = mode, confidence
    return out


def vehicle_logit(moves: Moves, model: MovementModel, legs: pd.DataFrame) -> Array:
    """ln(vehicle : foot) of each leg given its whole track, before calibration; in the order of `moves`."""
    emission = _emission(moves, model)
    emission[model.chain.foot :] += _reported(moves, model, legs)
    emission -= emission.max(0, initial=-np.inf)
    np.exp(np.maximum(emission, -60.0, out=emission), out=emission)
    forward, backward = smooth(model.chain, emission, *model.chain.stays(moves.gap_s, moves.fresh))
    forward *= backward
    return np.asarray(
        np.log(forward[model.chain.foot :].sum(0) + 1e-12) - np.log(forward[: model.chain.foot].sum(0) + 1e-12)
    )


def calibrated(model: MovementModel, logit: Array, interval: Array) -> Array:
    """Probability of a vehicle from the chain's logit: two straight lines in ln(interval)."""
    c = model.calibration
    z = c[0] + c[1] * interval + (c[2] + c[3] * interval) * np.clip(logit, -12.0, 12.0)
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def _emission(moves: Moves, model: MovementModel) -> Array:
    """(K, N) log-likelihood of the evidence in each state: a table looked up for each kind, by value and interval."""
    total = np.repeat(model.constant[:, None], len(moves), axis=1)
    low, high = INTERVAL_RANGE
    intervals = np.linspace(low, high, LEVELS)
    level = ((moves.interval - low) * ((LEVELS - 1) / (high - low)) + 0.5).astype(np.intp)
    for evidence in read_evidence(moves):
        knots = knots_of(evidence.name)
        scale = np.linspace(knots[0], knots[-1], CELLS)
        place = (evidence.value - knots[0]) * (1.0 / (scale[1] - scale[0])) + 0.5
        cell = np.clip(place, 0, CELLS - 1).astype(np.intp)
        slopes = model.slopes.get(evidence.name)
        if slopes is not None:
            cell = level * CELLS + cell
        for k, weights in enumerate(model.weights[evidence.name]):
            table = np.interp(scale, knots, weights)
            if slopes is not None:
                table = (table + intervals[:, None] * np.interp(scale, knots, slopes[k])).ravel()
            found = table[cell]
            if evidence.weight is not None:
                found *= evidence.weight
            total[k] += found
    return total


def _reported(moves: Moves, model: MovementModel, legs: pd.DataFrame) -> Array:
    """(N,) ln(vehicle : foot) of what the radio itself reported: evidence among the rest, not an override."""
    total = np.zeros(len(moves))
    if "reported_speed_kmh" in legs.columns:
        speed = legs["reported_speed_kmh"].to_numpy(dtype=np.float64, na_value=np.nan)[moves.order]
        knots, ratio = model.reported
        total += np.where(np.isfinite(speed), np.interp(np.nan_to_num(speed), knots, ratio), 0.0)
    for column in ("reason", "radio_kind"):
        if column in legs.columns and model.reasons:
            codes, texts = pd.factorize(legs[column])
            ratios = [_first_fit(f"{column}={text}".lower(), model) for text in texts] + [0.0]
            total += np.array(ratios)[codes[moves.order]]
    return total


def _first_fit(text: str, model: MovementModel) -> float:
    """The ratio of the first entry of `reasons` that the text holds."""
    return next((ratio for words, ratio in model.reasons.items() if words in text), 0.0)

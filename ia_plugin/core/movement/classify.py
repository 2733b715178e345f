"""Foot, vehicle or standing still, for legs minutes long."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import KNOWN_MODES
from ..params import MovementParams
from .chain import smooth
from .cycling import cycling_share, features
from .evidence import INTERVAL_RANGE, Index, Moves, knots_of, read_evidence, read_moves
from .model import MovementModel, default_model
from .stillness import stillness, stood_share

Array = NDArray[np.float64]

AT_ONCE = 60_000  # legs worked on at once: what a processor's cache holds (whole stretches, so it may be more)
CELLS, LEVELS = 256, 33  # steps of a kind's scale, and of the interval, in the table that is looked up


def classify_movement(
    legs: pd.DataFrame,
    model: Optional[MovementModel] = None,
    params: MovementParams = MovementParams(),
    *,
    stretch: Optional[Index] = None,
) -> pd.DataFrame:
    """How likely it is of any moment of each leg that it was spent on foot, in a vehicle, or standing still.

    Parameters
    ----------
    legs : DataFrame, the legs table (:func:`~ia_plugin.core.tracks.build_legs`), any order and index. ``accuracy0_m``,
        ``accuracy1_m``, ``reported_speed_kmh``, ``reason`` and ``radio_kind`` are used where present.
    model : MovementModel; None for the one that comes with the plugin
    params : MovementParams; ``min_confidence`` below which the mode is ``unknown``
    stretch : a number for each leg's stretch, where the table has some of an officer's stretches: of a radio that never falls
        silent they could not be told from these legs alone. Worked out of the legs where it is not given

    Returns
    -------
    DataFrame, a copy in the same order with ``p_foot``, ``p_vehicle``, ``p_stationary`` (they sum to 1, and are the shares of the
    leg's time that each is expected to have), ``mode`` and ``confidence``, how sure it is that the mode is that of the leg's way, or
    that the radio stood for the whole of it. A leg beside a stand has a part of that in ``p_stationary``, its mode and confidence
    are those of its way. ``p_vehicle / (p_foot + p_vehicle)`` is the probability of a vehicle whether or not the radio stood still.
    What is found of a leg hangs on the legs of its stretch alone (see :func:`~ia_plugin.core.stretches.stretch_heads`), whatever
    else is in the table. A model that was calibrated with bicycles adds ``p_bicycle`` (the four sum to 1) and the mode ``bicycle``.

    Raises
    ------
    ColumnError, DataRangeError
        when a column or a position is missing.
    """
    model = model or default_model()
    moves = read_moves(legs, stretch)
    still, stood = np.empty(len(moves)), np.empty(len(moves))
    for rows in moves.parts(AT_ONCE):
        part = moves.part(rows)
        still[rows] = stillness(part, model.stillness)
        stood[rows] = stood_share(part, still[rows], model.stillness)
    vehicle = calibrated(model, vehicle_logit(moves, model, legs), moves.interval)
    ways = {"foot": 1.0 - vehicle, "vehicle": vehicle}
    if model.cycling:
        cycling = cycling_share(features(moves, AT_ONCE), np.array(model.cycling))
        ways = {**{name: share * (1.0 - cycling) for name, share in ways.items()}, "bicycle": cycling}
    names = np.array([*ways, "stationary", "unknown"], dtype=object)
    mode, confidence = _likeliest(moves.order, np.array(list(ways.values())), still)
    mode[confidence < params.min_confidence] = len(ways) + 1
    shares = {**{name: share * (1.0 - stood) for name, share in ways.items()}, "stationary": stood}
    probabilities = {f"p_{name}": np.empty(len(moves)) for name in (*KNOWN_MODES, "bicycle") if name in shares}
    for name, column in probabilities.items():
        column[moves.order] = np.clip(shares[name[2:]], 0.0, 1.0)
    return _with_columns(legs, **probabilities, mode=names[mode], confidence=confidence)


def _likeliest(order: Index, ways: Array, still: Array) -> tuple[Index, Array]:
    """The likeliest of the ways, or behind them standing, and how likely it is; in the order of the table."""
    mode, confidence = np.empty(len(order), dtype=np.intp), np.empty(len(order))
    moved = ways.max(0) * (1.0 - still)
    mode[order] = np.where(still > moved, len(ways), ways.argmax(0))
    confidence[order] = np.clip(np.maximum(still, moved), 0.0, 1.0)
    return mode, confidence


def vehicle_logit(moves: Moves, model: MovementModel, legs: pd.DataFrame) -> Array:
    """ln(vehicle : foot) of each leg given its whole stretch, before calibration; in the order of `moves`."""
    reported, logit = _reported(moves, model, legs), np.empty(len(moves))
    for part in moves.parts(AT_ONCE):
        logit[part] = _logit(moves.part(part), model, reported[part])
    return logit


def _logit(moves: Moves, model: MovementModel, reported: Array) -> Array:
    foot = model.chain.foot
    emission = _emission(moves, model)
    emission[foot:] += reported
    emission -= emission.max(0, initial=-np.inf)
    np.exp(np.maximum(emission, -60.0, out=emission), out=emission)
    stays = model.chain.stays(moves.gap_s, moves.fresh)
    forward, backward = smooth(model.chain, emission, *stays, heads=np.flatnonzero(moves.fresh))
    forward *= backward
    return np.asarray(np.log(forward[foot:].sum(0) + 1e-12) - np.log(forward[:foot].sum(0) + 1e-12))


def _with_columns(legs: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """A copy of the table with more columns; column by column, since gathering all in one block doubles the time."""
    kept = {name: legs[name].array.copy() for name in legs.columns if name not in columns}
    out = pd.DataFrame({**kept, **columns}, index=legs.index, copy=False)
    out.attrs = dict(legs.attrs)
    return out


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

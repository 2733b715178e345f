"""How good probabilities of a vehicle are: the scoring rules of the method statement. numpy and pandas only."""

from __future__ import annotations

import numpy as np
import pandas as pd


def score(table: pd.DataFrame) -> dict[str, float]:
    """Scores of out-of-sample predictions.

    Parameters
    ----------
    table : one row a leg; ``truth`` 0 foot, 1 vehicle (others, bicycles, are left out), ``p_vehicle``, ``duration_s``

    Returns
    -------
    dict: macro-F1, accuracy weighted by time, calibration error in 10 bins, share less sure than 0.7, accuracy of the
    rest, accuracy of the surest 80 %, and number of legs.
    """
    t = table[(table["truth"] < 2) & (table["duration_s"] <= 900.0)]
    p, vehicle, seconds = (t[c].to_numpy() for c in ("p_vehicle", "truth", "duration_s"))
    vehicle = vehicle == 1
    right = (p > 0.5) == vehicle
    sure = np.maximum(p, 1.0 - p)
    surest = np.argsort(-sure, kind="stable")[: int(0.8 * len(t))]
    return {
        "macro_f1": round(macro_f1(p > 0.5, vehicle), 4),
        "accuracy_by_time": round(float(np.average(right, weights=seconds)), 4),
        "calibration_error": round(calibration_error(p, vehicle), 4),
        "unknown": round(float(np.mean(sure < 0.7)), 4),
        "accuracy_sure": round(float(right[sure >= 0.7].mean()), 4),
        "accuracy_surest_80": round(float(right[surest].mean()), 4),
        "legs": len(t),
    }


def macro_f1(guess: np.ndarray, truth: np.ndarray) -> float:
    """Mean of the F1 of the two classes."""
    f1 = [2 * (g & t).sum() / max(g.sum() + t.sum(), 1) for g, t in ((guess, truth), (~guess, ~truth))]
    return float(np.mean(f1))


def calibration_error(p: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Σ share of a bin × |mean probability − share of vehicles| over equal bins of p (Naeini et al. 2015)."""
    bin_ = np.minimum((p * bins).astype(int), bins - 1)
    size, said, was = (np.bincount(bin_, w, minlength=bins) for w in (None, p, truth.astype(float)))
    return float(np.abs(said - was).sum() / size.sum())

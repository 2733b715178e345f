"""What share of each leg was truly on foot, in a vehicle or stopped, from dense labelled recordings; and people as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ia_plugin.core.movement.likely_shares import share_range
from ia_plugin.core.movement.stillness import DEFAULTS
from ia_plugin.core.times.instants import nanoseconds

STOOD_S = 300.0  # the model's own meaning of standing still: some minutes about one point, as the position error would have it


def leg_truth(dense: pd.DataFrame, legs: pd.DataFrame) -> pd.DataFrame:
    """Shares of each leg's labelled time on foot, in a vehicle (neither while stood) and stationary; ``label``: in a vehicle by the label alone.

    Parameters
    ----------
    dense : from :func:`tools.geolife.read_geolife`
    legs : from :func:`tools.geolife.thinned_legs`; bicycles count in no share
    """
    stationary, lasts = stood(dense)
    kind = dense["class"].to_numpy()
    users = np.sort(dense["user"].unique())
    clock = np.searchsorted(users, dense["user"].to_numpy()) * 1e11 + dense["seconds"].to_numpy()
    of_leg = np.searchsorted(users, legs["officer_id"].to_numpy()) * 1e11
    first, last = (
        np.searchsorted(clock, of_leg + legs[c].to_numpy().astype("datetime64[ns]").astype(np.int64) / 1e9 - 0.01)
        for c in ("start", "end")
    )

    def seconds(which: np.ndarray) -> np.ndarray:
        sums = np.concatenate([[0.0], np.cumsum(lasts * which)])
        return np.asarray(sums[last] - sums[first])

    whole = np.maximum(seconds(kind < 2), 1e-9)
    parts = {
        "foot": (kind == 0) & ~stationary,
        "vehicle": (kind == 1) & ~stationary,
        "stationary": (kind < 2) & stationary,
        "label": kind == 1,
    }
    return pd.DataFrame({name: seconds(which) / whole for name, which in parts.items()}, index=legs.index)


def stood(dense: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Which dense fixes are part of five minutes about one point, within the model's usual position error; and how long each lasts.

    A recorder that falls silent and goes on at the same place stood: loggers sleep while nothing moves, as radios do that report by
    distance. Of any other silence a minute counts for the place where it began.
    """
    t, session = dense["seconds"].to_numpy(), dense["session"].to_numpy()
    clock = (t - t.min()) + session * (np.ptp(t) + 1e4)  # no window reaches into another session
    lasts = np.where(np.diff(session, append=session[-1] + 1) == 0, np.diff(t, append=t[-1]), 0.0)
    usual = DEFAULTS["usual_accuracy_m"]
    step = np.hypot(np.diff(dense["x"], append=dense["x"].iloc[-1]), np.diff(dense["y"], append=dense["y"].iloc[-1]))
    counted = np.where(step < 2.0 * usual, lasts, np.minimum(lasts, 60.0))
    first, last = np.searchsorted(clock, clock - STOOD_S / 2), np.searchsorted(clock, clock + STOOD_S / 2, side="right")

    def over(values: np.ndarray) -> np.ndarray:
        sums = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(sums[last] - sums[first])

    whole, variance = over(counted), np.zeros(len(t))
    for axis in ("x", "y"):
        v = (dense[axis] - dense.groupby("session")[axis].transform("mean")).to_numpy()
        variance += over(counted * v**2) / np.maximum(whole, 1e-9) - (over(counted * v) / np.maximum(whole, 1e-9)) ** 2
    about = (whole >= 0.6 * STOOD_S) & (variance < 2 * usual**2)
    asleep = (lasts >= STOOD_S) & (step < 2.0 * usual)
    return (over(about.astype(float)) > 0) | asleep, lasts


def away_from_edges(dense: pd.DataFrame, legs: pd.DataFrame, seconds: float = 120.0) -> np.ndarray:
    """Whether no label of foot or vehicle begins or ends within so many seconds of a leg: hand labels have loose edges."""
    users = np.sort(dense["user"].unique())
    clock = np.searchsorted(users, dense["user"].to_numpy()) * 1e11 + dense["seconds"].to_numpy()
    kind, session = dense["class"].to_numpy(), dense["session"].to_numpy()
    last = np.flatnonzero((kind[1:] != kind[:-1]) | (session[1:] != session[:-1]))
    edges = np.sort(np.concatenate([clock[last], clock[last + 1]]))
    of_leg = np.searchsorted(users, legs["officer_id"].to_numpy()) * 1e11
    start, end = (of_leg + nanoseconds(legs[c]) / 1e9 for c in ("start", "end"))
    return np.asarray(np.searchsorted(edges, start - seconds) == np.searchsorted(edges, end + seconds))


def people_picture(legs: pd.DataFrame, people: pd.DataFrame, path: Path) -> None:
    """Each person's reliability, and each person's shares as told, with their range, beside the true ones.

    Parameters
    ----------
    legs : ``who``, ``p_vehicle``, ``truth`` (1 in a vehicle, 0 on foot)
    people : one row a person, ``hours``, ``known``, ``told_`` and ``true_`` hours by mode
    """
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.7), dpi=90)
    bins = np.minimum((legs["p_vehicle"] * 5).astype(int), 4)
    for _, own in legs.groupby("who"):
        if len(own) >= 100:
            curve = own.groupby(bins[own.index])[["p_vehicle", "truth"]].agg(["mean", "size"])
            curve = curve[curve[("p_vehicle", "size")] >= 10]
            axes[0].plot(curve[("p_vehicle", "mean")], curve[("truth", "mean")], color="0.7", linewidth=0.7)
    together = legs.groupby(bins)[["p_vehicle", "truth"]].mean()
    axes[0].plot(
        together["p_vehicle"], together["truth"], color="#0072b2", marker="o", markersize=4, label="all people together"
    )
    axes[0].plot([], [], color="0.7", linewidth=0.7, label="one person")
    axes[0].set(
        xlabel="probability of a vehicle told", ylabel="share of legs in a vehicle", title="reliability by person"
    )
    axes[0].legend(frameon=False, fontsize=8)
    own = people[people["hours"] >= 1.0]
    for axis, mode, colour in ((axes[1], "vehicle", "#0072b2"), (axes[2], "foot", "#009e73")):
        told, true = (100 * own[f"{kind}_{mode}"] / own["hours"] for kind in ("told", "true"))
        low, high = share_range(told / 100, own["known"] / own["hours"], own["hours"], 1.0, mode)
        inside = (true / 100 >= low) & (true / 100 <= high)
        axis.errorbar(true, told, [told - 100 * low, 100 * high - told], fmt="none", ecolor="0.8", linewidth=1)
        axis.scatter(true, told, s=8 + 12 * np.log1p(own["hours"]), color=np.where(inside, colour, "#d55e00"), zorder=3)
        axis.plot([0, 100], [0, 100], color="0.5", linewidth=0.8)
        words = {"vehicle": "in a vehicle", "foot": "on foot"}[mode]
        axis.set(xlabel=f"% truly {words}", ylabel=f"% told {words}, likely range", xlim=(-3, 103), ylim=(-3, 103))
        axis.set_title(f"{words}: {int(inside.sum())} of {len(own)} people inside")
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})


__all__ = ["away_from_edges", "leg_truth", "people_picture", "stood"]

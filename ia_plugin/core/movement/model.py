"""The movement model: a small table of numbers with its provenance, read from and written as JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Mapping, Optional

import numpy as np
from numpy.typing import NDArray

from ..errors import DataRangeError
from ..resources import resource_text
from .chain import Chain
from .cycling import FEATURES
from .evidence import KINDS

Array = NDArray[np.float64]

NOT_YET_CHECKED = (
    "The movement model is not yet checked on this force's officers: treat foot, vehicle and stationary as estimates "
    "until calibratemovement has run on the force's own labelled shifts."
)
FORMAT = 1


@dataclass(frozen=True)
class MovementModel:
    """What :func:`~ia_plugin.core.movement.classify_movement` needs to know.

    Parameters
    ----------
    chain : the hidden states and how they follow each other
    states : names of the states, foot first
    weights : kind of evidence -> (K, knots) log-likelihood at each knot
    slopes : kind of evidence -> (K, knots) change of the weight per unit of ln(interval / 120 s)
    constant : (K,) log-likelihood of every leg
    calibration : (c0, c1, c2, c3): logit of vehicle = c0 + c1·i + (c2 + c3·i)·(logit of the chain), i = ln(interval / 120 s)
    reported : knots (km/h) and ln(likelihood in a vehicle : on foot) of a speed reported by the radio
    reasons : text found in a fix's reason -> ln(likelihood in a vehicle : on foot); the first that fits counts
    stillness : named parameters of the test for standing still
    provenance : where the numbers come from
    checked : whether the model was calibrated on the force's own labelled legs
    cycling : weights of the class bicycle (see :mod:`.cycling`); empty where the model has none
    """

    chain: Chain
    states: tuple[str, ...]
    weights: Mapping[str, Array]
    slopes: Mapping[str, Array]
    constant: Array
    calibration: tuple[float, float, float, float]
    reported: tuple[Array, Array]
    reasons: Mapping[str, float]
    stillness: Mapping[str, float]
    provenance: Mapping[str, Any] = field(default_factory=dict)
    checked: bool = False
    cycling: tuple[float, ...] = ()

    def recalibrated(self, calibration: tuple[float, float, float, float], **provenance: Any) -> MovementModel:
        """The same model with another last step, marked as checked."""
        return replace(
            self, calibration=calibration, checked=True, provenance={**self.provenance, "calibrated": provenance}
        )


def describe_model(model: Optional[MovementModel] = None) -> str:
    """A few sentences for a person: what the model was fitted on, when, how it scored, and whether it was checked here."""
    model = model or default_model()
    facts = model.provenance
    scores = "; ".join(
        f"{interval} s: {s['macro_f1']:.2f}" for interval, s in facts.get("scores", {}).items() if "macro_f1" in s
    )
    sentences = [f"Movement model fitted on {facts.get('data', 'data not named')} ({facts.get('date', 'no date')})."]
    if scores:
        sentences.append(f"Foot against vehicle on people it was not fitted on, macro-F1 by interval: {scores}.")
    own = facts.get("calibrated")
    if own:
        sentences.append(
            f"Calibrated on {own.get('legs', 0):,} labelled legs of {own.get('officers', 0)} of this force's officers."
        )
    if not model.checked:
        sentences.append(NOT_YET_CHECKED)
    return " ".join(sentences)


def default_model() -> MovementModel:
    """The model that comes with the plugin (``resources/movement_model.json``)."""
    return read_model(resource_text("movement_model.json"))


def read_model(text: str) -> MovementModel:
    """A model from JSON text, as :func:`write_model` makes it.

    Raises
    ------
    DataRangeError
        when the text is no movement model, or one of another format.
    """
    try:
        d = json.loads(text.lstrip("\ufeff"))  # an editor may have put a mark at its beginning
        if d["format"] != FORMAT or set(d["evidence"]) != set(KINDS):
            raise KeyError("format or kinds of evidence")
        states = tuple(s["name"] for s in d["states"])
        foot = sum(s["class"] == "foot" for s in d["states"])
        chain = Chain(
            foot,
            np.array([s["share_of_class"] for s in d["states"]], dtype=float),
            np.array([d["chain"]["share"][c] for c in ("foot", "vehicle")]),
            1.0 / d["chain"]["mean_time_to_change_s"],
            np.array([1.0 / d["chain"]["mean_time_to_shift_s"][c] for c in ("foot", "vehicle")]),
        )
        weights, slopes = (
            {n: np.array([e[part][s] for s in states], dtype=float) for n, e in d["evidence"].items() if part in e}
            for part in ("weight", "per_ln_interval")
        )
        model = MovementModel(
            chain,
            states,
            weights,
            slopes,
            np.array([s["constant"] for s in d["states"]], dtype=float),
            tuple(d["calibration"]),
            (np.array(d["reported_speed"]["knots_kmh"], dtype=float), np.array(d["reported_speed"]["vehicle_to_foot"])),
            d["reasons"],
            d["stillness"],
            d["provenance"],
            bool(d["checked_on_force"]),
            tuple(float(w) for w in d.get("cycling", ())),
        )
        _check(model, {n: e["knots"] for n, e in d["evidence"].items()}, d["checked_on_force"])
        return model
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataRangeError(
            f"This is not a movement model of format {FORMAT} ({error}).", "Use a file that calibratemovement wrote."
        ) from error


def _check(model: MovementModel, knots: Mapping[str, Any], checked: Any) -> None:
    """ValueError where a part has not the size it must have or is no finite number: a model half read would tell every leg wrongly."""
    states, spots = (model.chain.states,), {n: len(at) for n, (at, _) in KINDS.items()}
    parts: dict[str, tuple[Any, tuple[int, ...]]] = {
        "constant": (model.constant, states),
        "calibration": (model.calibration, (4,)),
        "reported_speed": (model.reported[1], np.shape(model.reported[0])),
        "knots of reported_speed": (model.reported[0], (max(len(model.reported[0]), 1),)),
        "reasons": (list(model.reasons.values()), (len(model.reasons),)),
        "stillness": (list(model.stillness.values()), (len(model.stillness),)),
        "chain": ([*model.chain.within, *model.chain.share, model.chain.change_rate, *model.chain.shift_rate], (states[0] + 5,)),
        **{f"weight of {n}": (model.weights[n], states + (spots[n],)) for n in KINDS},
        **{f"per_ln_interval of {n}": (v, states + (spots[n],)) for n, v in model.slopes.items()},
    }  # fmt: skip
    for name, (values, shape) in parts.items():
        if np.shape(values) != shape or not np.isfinite(np.asarray(values, dtype=np.float64)).all():
            raise ValueError(name)
    if not 0 < model.chain.foot < states[0] or len(set(model.states)) != states[0]:
        raise ValueError("states")
    for name, (at, sloped) in KINDS.items():
        if tuple(knots[name]) != at or sloped != (name in model.slopes):
            raise ValueError(f"knots of {name}")
    if len(model.cycling) not in (0, FEATURES) or not np.isfinite(model.cycling).all():
        raise ValueError("cycling")
    if not isinstance(checked, bool):
        raise ValueError("checked_on_force")
    for fact in ("legs", "officers", "officers_alike"):
        if not 0 <= float(model.provenance.get("calibrated", {}).get(fact, 0)) < np.inf:
            raise ValueError(f"{fact} of provenance")


def write_model(model: MovementModel) -> str:
    """The model as JSON text: same model, same text."""
    chain = model.chain
    of = ["foot"] * chain.foot + ["vehicle"] * (chain.states - chain.foot)

    def by_state(rows: Array) -> dict[str, Any]:
        return {name: _rounded(row) for name, row in zip(model.states, rows)}

    body = {
        "format": FORMAT,
        "about": "Parameters of ia_plugin.core.movement. Weights are log-likelihoods at the knots, linear between them.",
        "provenance": dict(model.provenance),
        "checked_on_force": model.checked,
        "chain": {
            "share": dict(zip(("foot", "vehicle"), _rounded(chain.share))),
            "mean_time_to_change_s": _rounded(1.0 / chain.change_rate),
            "mean_time_to_shift_s": dict(zip(("foot", "vehicle"), _rounded(1.0 / chain.shift_rate))),
        },
        "states": [
            {"name": n, "class": c, "share_of_class": _rounded(w), "constant": _rounded(k)}
            for n, c, w, k in zip(model.states, of, chain.within, model.constant)
        ],
        "evidence": {
            n: {
                "knots": list(knots),
                "weight": by_state(model.weights[n]),
                **({"per_ln_interval": by_state(model.slopes[n])} if sloped else {}),
            }
            for n, (knots, sloped) in KINDS.items()
        },
        "calibration": _rounded(np.array(model.calibration)),
        "reported_speed": {"knots_kmh": _rounded(model.reported[0]), "vehicle_to_foot": _rounded(model.reported[1])},
        "reasons": dict(model.reasons),
        "stillness": dict(model.stillness),
        **({"cycling": _rounded(np.array(model.cycling))} if model.cycling else {}),
    }
    return _one_line_lists(json.dumps(body, indent=1, ensure_ascii=False)) + "\n"


def _rounded(value: Any) -> Any:
    if np.ndim(value):
        return [_rounded(v) for v in value]
    return float(f"{float(value):.4g}")


def _one_line_lists(text: str) -> str:
    """Lists of numbers on one line each, for a reader."""
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        bare = line.strip()
        if depth:
            lines[-1] += bare if lines[-1].endswith("[") or bare.startswith("]") else " " + bare
        else:
            lines.append(line)
        if bare.endswith("[") and bare != '"states": [':
            depth += 1
        elif depth and bare.rstrip(",") == "]":
            depth -= 1
    return "\n".join(lines)

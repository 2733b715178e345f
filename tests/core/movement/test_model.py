"""The file of the model: what a person reads in it, and what is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from ia_plugin.core.errors import DataRangeError
from ia_plugin.core.movement import (
    NOT_YET_CHECKED,
    default_model,
    describe_model,
    read_model,
    volunteer_sheet,
    write_model,
)
from ia_plugin.core.movement.chain import Chain
from ia_plugin.core.movement.classify import calibrated
from ia_plugin.core.movement.cycling import FEATURES
from ia_plugin.core.movement.evidence import KINDS

MODEL = default_model()
TEXT = write_model(MODEL)


def changed(**parts):
    return json.dumps({**json.loads(TEXT), **parts})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        changed(format=2),
        changed(evidence={}),
        changed(chain={}),
        changed(calibration=None),
        changed(calibration=[0.1, 0.2]),
        changed(calibration=[float("nan")] * 4),
        changed(states=[]),
        changed(states=json.loads(TEXT)["states"][2:]),
        changed(cycling=[1.0, 2.0]),
        changed(reasons=[]),
        changed(stillness={"dwell_s": float("inf")}),
        changed(reported_speed={"knots_kmh": [1.0], "vehicle_to_foot": [1.0, 2.0]}),
        changed(checked_on_force="false"),
        changed(provenance=[]),
        changed(provenance={"calibrated": "yes"}),
        changed(provenance={"calibrated": {"officers_alike": -3}}),
        changed(provenance={"calibrated": {"officers_alike": float("nan")}}),
        changed(provenance={"calibrated": {"legs": "many"}}),
    ],
)
def test_what_is_no_model_is_refused_with_the_remedy(text):
    with pytest.raises(
        DataRangeError, match="not a movement model of format 1.* Use a file that calibratemovement wrote"
    ):
        read_model(text)


def test_another_kind_of_evidence_is_another_model():
    evidence = json.loads(TEXT)["evidence"]
    with pytest.raises(DataRangeError, match="format or kinds of evidence"):
        read_model(changed(evidence={**evidence, "weather": evidence["speed_kmh"]}))
    with pytest.raises(DataRangeError, match="format or kinds of evidence"):
        read_model(changed(format=2))


def test_evidence_at_other_knots_is_another_model():
    evidence = json.loads(TEXT)["evidence"]
    speed = {**evidence["speed_kmh"], "knots": [1.0, *evidence["speed_kmh"]["knots"][1:]]}
    with pytest.raises(DataRangeError, match="knots of speed_kmh"):
        read_model(changed(evidence={**evidence, "speed_kmh": speed}))


def test_a_file_that_an_editor_saved_with_a_mark_or_from_before_the_edges_of_stops_is_read():
    assert write_model(read_model("\ufeff" + TEXT)) == TEXT
    stillness = {k: v for k, v in json.loads(TEXT)["stillness"].items() if k != "edge_share"}
    assert read_model(changed(stillness=stillness)).calibration == MODEL.calibration


def test_what_is_read_is_what_was_written():
    again = read_model(TEXT)
    assert write_model(again) == TEXT
    assert again.states == MODEL.states and again.chain.foot == MODEL.chain.foot
    assert again.chain.within.tolist() == pytest.approx(MODEL.chain.within.tolist(), rel=1e-3)
    for name, (knots, sloped) in KINDS.items():
        assert again.weights[name].shape == (len(MODEL.states), len(knots))
        assert (name in again.slopes) is sloped
    weights = (0.5, -1.25) * (FEATURES // 2)
    with_bicycles = replace(MODEL, cycling=weights, checked=True)
    assert read_model(write_model(with_bicycles)).cycling == weights
    assert read_model(write_model(with_bicycles)).checked


def test_a_person_can_read_the_file():
    """One list of numbers a line, however long; the states are listed one below the other."""
    lines = TEXT.split("\n")
    assert TEXT.endswith("}\n") and all(
        line.count("[") == line.count("]") or line.strip().endswith('"states": [') or line.strip() in ("]", "],")
        for line in lines
    )
    assert [line.strip() for line in lines if '"straightness_7"' in line] == ['"straightness_7": {']
    assert '   "knots": [0.0, 0.3, 0.6, 0.85, 1.0],' in lines
    assert sum(line.strip().startswith('"name": ') for line in lines) == len(MODEL.states)
    for number in json.loads(TEXT)["calibration"]:
        assert len(f"{number:g}".replace("-", "").replace(".", "").lstrip("0")) <= 4  # four digits


def test_what_is_told_of_a_model():
    facts = {
        "data": "GeoLife",
        "date": "2024",
        "scores": {"60": {"macro_f1": 0.912}, "300": {"macro_f1": 0.887}, "900": {}},
    }
    model = replace(MODEL, provenance=facts)
    assert describe_model(model) == (
        "Movement model fitted on GeoLife (2024). "
        f"Foot against vehicle on people it was not fitted on, macro-F1 by interval: 60 s: 0.91; 300 s: 0.89. {NOT_YET_CHECKED}"
    )
    own = model.recalibrated((0, 0, 1, 0), legs=12_345, officers=9, shifts=30)
    assert describe_model(own).endswith("Calibrated on 12,345 labelled legs of 9 of this force's officers.")
    assert (
        describe_model(replace(MODEL, provenance={}, checked=True))
        == "Movement model fitted on data not named (no date)."
    )
    assert MODEL.provenance.get("calibrated") is None and not MODEL.checked  # the model it came from stays


def test_the_sheet_for_volunteers_has_as_many_lines_as_asked():
    empty = "<tr><td></td><td></td><td></td><td></td></tr>"
    assert volunteer_sheet().count(empty) == 24 and volunteer_sheet(3).count(empty) == 3
    assert "no names, no addresses" in volunteer_sheet(1)


# --- the chain and the last step --------------------------------------------------------------------------------------

CHAIN = Chain(2, np.array([0.25, 0.75, 1.0]), np.array([0.6, 0.4]), 1 / 600, np.array([1 / 60, 1 / 300]))


def test_where_a_track_starts():
    assert CHAIN.states == 3 and CHAIN.start.tolist() == pytest.approx([0.15, 0.45, 0.4])


def test_the_chance_of_no_change():
    """After 60 s the class is the same with e^−0.1, a state on foot too with e^−1.1, in a vehicle with e^−0.3."""
    unmoved, same = CHAIN.stays(np.array([60.0, 0.0, 60.0]), np.array([False, False, True]))
    assert same.tolist() == pytest.approx([np.exp(-0.1), 1, 0])
    assert unmoved[:, 0].tolist() == pytest.approx([np.exp(-1.1), np.exp(-0.3)])
    assert unmoved[:, 1].tolist() == [1, 1] and unmoved[:, 2].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("logit", "interval", "z"),
    [
        (0, 0, 0.5),
        (2, 0, 0.5 + 2 * 0.8),
        (2, 1, 0.5 - 0.25 + 2 * 0.9),
        (50, 0, 0.5 + 12 * 0.8),
        (-50, -1, 0.75 - 12 * 0.7),
    ],
)
def test_the_last_step_is_two_straight_lines(logit, interval, z):
    model = replace(MODEL, calibration=(0.5, -0.25, 0.8, 0.1))
    found = calibrated(model, np.array([float(logit)]), np.array([float(interval)]))
    assert found[0] == pytest.approx(1 / (1 + np.exp(-z)))

"""The model's last step on a force's own legs: labels, the least number of them, and the regression itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from ia_plugin.core.errors import ColumnError, DataRangeError
from ia_plugin.core.movement.calibration import calibrate, fit_calibration, label_legs
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes

BEGAN = pd.Timestamp("2024-06-03T00:00:00Z")
LEG = build_legs(fixes([(0, 0, 0), (100, 50, 0)]))  # one leg of 100 s


def labels(*rows):
    """Labels from rows of (officer, start s, end s, word)."""
    who, begin, end, words = zip(*rows)
    at = [[BEGAN + pd.Timedelta(seconds=s) for s in side] for side in (begin, end)]
    return pd.DataFrame({"officer_id": who, "start": at[0], "end": at[1], "mode": words})


def truth(*rows, legs=LEG):
    return label_legs(legs, labels(*rows))["truth"].tolist()


# --- labels -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "covered"),
    [
        (0, 100, True),
        (-500, 900, True),
        (20, 100, True),
        (21, 100, False),
        (0, 80, True),
        (0, 79, False),
        (10, 90, True),
        (60, 200, False),
    ],
)
def test_a_label_covers_four_fifths_of_a_leg_or_says_nothing(begin, end, covered):
    assert truth(("A", begin, end, "on foot")) == (["foot"] if covered else [None])


@pytest.mark.parametrize(
    ("word", "mode"),
    [
        ("on foot", "foot"),
        (" Walking ", "foot"),
        ("RUN", "foot"),
        ("car", "vehicle"),
        ("passenger", "vehicle"),
        ("Bike", "bicycle"),
        ("horse", None),
        ("", None),
        (None, None),
    ],
)
def test_the_words_of_people(word, mode):
    assert truth(("A", 0, 100, word)) == [mode]


def test_labels_of_other_officers_and_other_times_say_nothing():
    assert truth(("B", 0, 100, "car")) == [None]
    assert truth(("A", 200, 300, "car"), ("A", -300, -100, "car")) == [None]


def test_each_leg_has_the_label_it_lies_in_whatever_the_order_of_both():
    legs = build_legs(fixes([(0, 0, 0), (100, 1, 0), (200, 2, 0), (300, 3, 0)]))
    rows = [("A", 205, 300, "bike"), ("A", 0, 105, "walk"), ("A", 105, 205, "car")]
    assert truth(*rows, legs=legs) == ["foot", "vehicle", "bicycle"]
    backwards = legs.iloc[::-1].set_axis([9, 5, 7])
    found = label_legs(backwards, labels(*rows))
    assert found["truth"].tolist() == ["bicycle", "vehicle", "foot"] and found.index.tolist() == [9, 5, 7]
    assert "truth" not in backwards


def test_labels_may_be_texts_of_several_forms():
    written = pd.DataFrame(
        {"officer_id": ["A"], "start": ["2024-06-03T00:00:00Z"], "end": ["2024-06-03T01:02:00+01:00"], "mode": ["van"]}
    )
    assert label_legs(LEG, written)["truth"].tolist() == ["vehicle"]


def test_tables_without_their_columns_are_refused():
    with pytest.raises(ColumnError, match="labels table lacks mode"):
        label_legs(LEG, labels(("A", 0, 100, "car")).drop(columns="mode"))
    with pytest.raises(ColumnError, match="legs table lacks end"):
        label_legs(LEG.drop(columns="end"), labels(("A", 0, 100, "car")))


# --- the regression ---------------------------------------------------------------------------------------------------


def fit(logit, vehicle, interval=None, weight=None, **more):
    logit = np.array(logit, dtype=float)
    nothing, ones = np.zeros(len(logit)), np.ones(len(logit))
    interval, weight = (d if v is None else np.array(v, dtype=float) for v, d in ((interval, nothing), (weight, ones)))
    return np.array(fit_calibration(logit, interval, np.array(vehicle, dtype=bool), weight, **more))


def test_without_legs_the_numbers_stay_as_they_came():
    start = (0.3, -0.2, 0.9, 0.1)
    assert fit([], [], start=start) == pytest.approx(start)


def test_a_model_that_tells_nothing_becomes_the_share_of_vehicles():
    """Logits and intervals of 0: three of four in a vehicle are ln 3, by weight nine of ten are ln 9."""
    assert fit([0] * 4, [1, 1, 1, 0], shrinkage=1e-9) == pytest.approx([np.log(3), 0, 1, 0], abs=1e-6)
    assert fit([0] * 2, [1, 0], weight=[9, 1], shrinkage=1e-9)[0] == pytest.approx(np.log(9), abs=1e-6)


def test_two_logits_by_hand():
    """At z = 1 two thirds are in a vehicle, at z = −1 one fifth: slopes (ln 2 ± ln 4)/2."""
    found = fit([1] * 3 + [-1] * 5, [1, 1, 0, 1, 0, 0, 0, 0], shrinkage=1e-9)
    assert found == pytest.approx([(np.log(2) - np.log(4)) / 2, 0, (np.log(2) + np.log(4)) / 2, 0], abs=1e-6)


def test_logits_beyond_twelve_count_as_twelve():
    assert fit([12, 12, -12, -12], [1, 0, 0, 1]) == pytest.approx(fit([50, 12, -12, -999], [1, 0, 0, 1]))


def test_more_pull_stays_nearer_to_what_was():
    found = [fit([0] * 20, [1] * 15 + [0] * 5, shrinkage=s)[0] for s in (1e-9, 5, 50, 1e9)]
    assert found == sorted(found, reverse=True) and found[-1] == pytest.approx(0, abs=1e-6)


@given(st.integers(0, 10_000), st.sampled_from([1.0, 20.0, 300.0]))
def test_at_the_fit_the_pull_is_as_strong_as_the_data(seed, shrinkage):
    """Score of the logistic law: xᵀw(v − p) = shrinkage·(c − start)."""
    rng = np.random.default_rng(seed)
    n = 60
    z, interval, weight = rng.uniform(-12, 12, n), rng.uniform(-2, 2, n), rng.uniform(0.2, 2, n)
    vehicle = rng.random(n) < expit(0.7 * z)
    start = np.array([0.2, -0.1, 0.8, 0.05])
    c = fit(z, vehicle, interval, weight, start=tuple(start), shrinkage=shrinkage)
    x = np.c_[np.ones(n), interval, z, interval * z]
    p = expit(x @ c)
    np.testing.assert_allclose(x.T @ (weight * (vehicle - p)), shrinkage * (c - start), atol=1e-6)


def test_labels_that_contradict_the_chain_flatten_it():
    """A third of the labels are wrong, where the chain is all but sure: a full step of Newton's once led to a slope of 421."""
    rng = np.random.default_rng(1)
    z = np.clip(rng.normal(0, 8, 2000), -12, 12)
    vehicle = (rng.random(2000) < expit(0.9 * z)) ^ (rng.random(2000) < 1 / 3)
    found = fit(z, vehicle, rng.uniform(-1, 1, 2000))
    assert 0.05 < found[2] < 0.2 and np.abs(found[[0, 1, 3]]).max() < 0.3


# --- the least number of labels ---------------------------------------------------------------------------------------


def labelled(shifts, legs_each, modes=("foot", "vehicle")):
    """Legs of so many officer-days, their truth by turns."""
    tables = []
    for k in range(shifts):
        t = 60.0 * np.arange(legs_each + 1)
        track = np.c_[t, np.cumsum(np.r_[0, np.where(np.arange(legs_each) % 2, 500, 80)]), np.zeros(legs_each + 1)]
        tables.append(fixes(track, f"o{k % 7}", epoch=str(BEGAN + pd.Timedelta(days=k // 7, hours=8))))
    legs = build_legs(pd.concat(tables, ignore_index=True))
    return legs.assign(truth=np.array(modes, dtype=object)[np.arange(len(legs)) % len(modes)])


@pytest.mark.parametrize(
    ("legs", "message"),
    [
        (labelled(19, 40), "19 shifts of 20, 380 legs on foot of 300, 380 legs in a vehicle of 300"),
        (labelled(20, 28), "20 shifts of 20, 280 legs on foot of 300, 280 legs in a vehicle of 300"),
        (
            labelled(20, 60, ("foot", "foot", "vehicle", None)),
            "20 shifts of 20, 600 legs on foot of 300, 300 legs in a vehicle of 300, 0",
        ),
        (labelled(30, 40, ("foot", "vehicle", "bicycle", "foot", "vehicle")), "240 legs by bicycle of 300"),
    ],
)
def test_too_few_labels_are_refused_with_what_is_needed(legs, message):
    if message.endswith(", 0"):  # exactly enough
        assert calibrate(legs).checked
        return
    with pytest.raises(DataRangeError, match=f"{message}.* Label more shifts"):
        calibrate(legs)


def test_the_provenance_counts_shifts_legs_and_officers():
    model = calibrate(labelled(21, 60, ("foot", "vehicle", None)))
    assert model.provenance["calibrated"] == {
        "legs": 840, "shifts": 21, "officers": 7, "officers_alike": 7.0,
    }  # fmt: skip
    assert model.checked


def test_legs_without_a_column_of_truth_are_refused():
    with pytest.raises(ColumnError, match="legs table lacks truth"):
        calibrate(LEG)

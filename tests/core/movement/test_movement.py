"""Foot, vehicle or standing still: what the classifier promises, on movements made up so that the answer is plain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.columns import MODES
from ia_plugin.core.errors import ColumnError, DataRangeError
from ia_plugin.core.movement import (
    NOT_YET_CHECKED,
    calibrate,
    classify_movement,
    default_model,
    describe_model,
    label_legs,
    read_model,
    time_by_mode,
    time_in_words,
    write_model,
)
from ia_plugin.core.movement.chain import Chain, smooth
from ia_plugin.core.movement.evidence import KINDS, hats, knots_of
from ia_plugin.core.params import MovementParams
from ia_plugin.core.tracks import build_legs

NEW = ["p_foot", "p_vehicle", "p_stationary", "mode", "confidence"]


def fixes(seconds, x, y, accuracy=None, officer="a", **more):
    table = pd.DataFrame(
        {
            "officer_id": officer,
            "time": pd.Timestamp("2024-06-01T10:00Z") + pd.to_timedelta(np.asarray(seconds, dtype=float), unit="s"),
            "x": np.asarray(x, dtype=float) + 407_000.0,
            "y": np.asarray(y, dtype=float) + 287_000.0,
            **more,
        }
    )
    return table if accuracy is None else table.assign(accuracy_m=accuracy)


def route(seconds, speed_kmh, bend=0.15, seed=0):
    """Positions at `seconds` of somebody who moves at speeds given for each leg and turns now and then."""
    rng = np.random.default_rng(seed)
    step = np.diff(seconds) * np.broadcast_to(speed_kmh, len(seconds) - 1) / 3.6
    way = np.cumsum(rng.normal(0.0, bend, len(step)))
    return np.r_[0.0, np.cumsum(step * np.cos(way))], np.r_[0.0, np.cumsum(step * np.sin(way))]


def classified(table, **params):
    return classify_movement(build_legs(table), params=MovementParams(**params))


def standing(sigma, every=60.0, n=60, seed=1):
    rng = np.random.default_rng(seed)
    return np.arange(n) * every, rng.normal(0.0, sigma, n), rng.normal(0.0, sigma, n)


def test_adds_five_columns_and_leaves_the_rest_alone():
    t = np.arange(0.0, 3600.0, 120.0)
    legs = build_legs(fixes(t, *route(t, 4.5)))
    legs["note"] = "kept"
    before = legs.copy()
    out = classify_movement(legs)
    pd.testing.assert_frame_equal(legs, before)
    pd.testing.assert_frame_equal(out[before.columns], before)
    assert list(out.columns) == [*before.columns, *NEW]
    np.testing.assert_allclose(out[["p_foot", "p_vehicle", "p_stationary"]].sum(axis=1), 1.0, atol=1e-12)
    assert set(out["mode"]) <= set(MODES)
    # Nobody stood: the confidence is that of the way, all of it.
    np.testing.assert_allclose(out["confidence"], out[["p_foot", "p_vehicle", "p_stationary"]].max(axis=1), atol=0.01)


def test_a_leg_that_leads_away_from_a_stand_shares_it_and_keeps_its_mode():
    t = np.arange(0.0, 3600.0, 120.0)
    x, y = route(t, 40.0)
    away = 12
    out = classified(
        fixes(t, np.where(np.arange(len(t)) <= away, x[away], x), np.where(np.arange(len(t)) <= away, y[away], y))
    )
    assert (out["mode"][:away] == "stationary").all() and (out["p_stationary"][:away] > 0.7).all()
    leads, on = out.iloc[away], out.iloc[away + 2 :]
    assert leads["mode"] == "vehicle" and leads["confidence"] > 0.9
    assert leads["p_stationary"] == pytest.approx(0.28, abs=0.03) and leads["p_vehicle"] == pytest.approx(0.7, abs=0.05)
    assert (on["p_stationary"] < 0.02).all()


def test_no_legs_give_no_rows_with_typed_columns():
    legs = build_legs(fixes([0, 60], [0, 80], [0, 0])).iloc[:0]
    out = classify_movement(legs)
    assert len(out) == 0
    assert [out[c].dtype.kind for c in NEW] == ["f", "f", "f", "O", "f"]


def test_order_and_index_of_the_input_do_not_matter():
    t = np.arange(0.0, 7200.0, 120.0)
    speed = np.r_[np.full(30, 4.0), np.full(29, 35.0)]
    table = pd.concat([fixes(t, *route(t, speed)), fixes(t, *route(t, speed[::-1]), officer="b")])
    legs = build_legs(table)
    shuffled = legs.sample(frac=1.0, random_state=3)
    shuffled.index = np.arange(len(legs)) * 7 - 5
    a, b = classify_movement(legs).set_index("leg_id"), classify_movement(shuffled)
    assert b.index.equals(shuffled.index)
    np.testing.assert_allclose(a.loc[b["leg_id"], "p_vehicle"], b["p_vehicle"], atol=1e-9)


def test_optional_columns_are_optional():
    t = np.arange(0.0, 3600.0, 120.0)
    legs = build_legs(fixes(t, *route(t, 30.0)))
    bare = legs[["officer_id", "start", "end", "x0", "y0", "x1", "y1"]]
    np.testing.assert_allclose(classify_movement(bare)["p_vehicle"], classify_movement(legs)["p_vehicle"], atol=1e-9)


def test_an_officer_is_judged_alike_whoever_else_is_in_the_table():
    """To the last bit: blocks and running sums are each officer's own."""
    few, many = np.arange(0, 3_000, 60), np.arange(0, 30_000, 60)
    crowd = pd.concat(
        fixes(t, *route(t, speed, seed=k), accuracy=k % 40, officer=f"o{k * 7 % 11}")
        for k, (t, speed) in enumerate([(few, 5.0), (many, 50.0), (few, 50.0), (many, 5.0), (few, 20.0), (many, 1.0)])
    )
    together = classified(crowd)
    for officer, legs in together.groupby("officer_id", sort=False):
        alone = classified(crowd[crowd["officer_id"] == officer])
        for name in ("p_foot", "p_vehicle", "p_stationary"):
            np.testing.assert_array_equal(legs[name], alone[name])


def test_moving_everything_changes_nothing():
    t = np.arange(0.0, 3600.0, 90.0)
    here = fixes(t, *route(t, 12.0), accuracy=15.0)
    there = here.assign(x=here["x"] + 1000.0, y=here["y"] - 3000.0)
    np.testing.assert_allclose(classified(here)["p_vehicle"], classified(there)["p_vehicle"], atol=1e-6)


@pytest.mark.parametrize("every", [60.0, 120.0, 180.0, 300.0, 600.0])
@pytest.mark.parametrize("speed_kmh, mode", [(4.5, "foot"), (32.0, "vehicle")])
def test_plain_movement_is_plain_at_any_interval(every, speed_kmh, mode):
    t = np.arange(0.0, 30 * every, every)
    assert (classified(fixes(t, *route(t, speed_kmh)))["mode"] == mode).mean() > 0.9


@pytest.mark.parametrize("speed_kmh, mode", [(4.5, "foot"), (32.0, "vehicle")])
def test_irregular_intervals_do_not_flip_the_answer(speed_kmh, mode):
    t = np.cumsum(np.random.default_rng(4).choice([20.0, 60.0, 150.0, 300.0, 700.0], 60))
    assert (classified(fixes(t, *route(t, speed_kmh)))["mode"] == mode).mean() > 0.9


def test_splitting_a_leg_does_not_flip_the_answer():
    t = np.arange(0.0, 6000.0, 240.0)
    speed = np.r_[np.full(12, 4.5), np.full(12, 30.0)]
    x, y = route(t, speed)
    whole = classified(fixes(t, x, y))
    halves = np.sort(np.r_[t, (t[1:] + t[:-1]) / 2])
    split = classified(fixes(halves, np.interp(halves, t, x), np.interp(halves, t, y)))
    clear = ~whole["mode"].isin(["unknown"]).to_numpy()
    assert clear.sum() >= 20
    for half in (0, 1):
        assert (split["mode"].to_numpy()[half::2][clear] == whole["mode"].to_numpy()[clear]).all()


def test_a_standing_radio_with_a_bad_position_is_stationary():
    # √π·100 m in 60 s looks like 10.6 km/h.
    table = fixes(*standing(100.0), accuracy=100.0)
    legs = build_legs(table)
    assert legs["speed_kmh"].mean() == pytest.approx(10.6, rel=0.15)
    assert (classify_movement(legs)["mode"] == "stationary").mean() > 0.95


def test_its_to_and_fro_tells_even_without_accuracy():
    assert (classified(fixes(*standing(100.0)))["mode"] == "stationary").mean() > 0.8


def test_a_standing_radio_with_a_good_position_is_stationary():
    assert (classified(fixes(*standing(8.0), accuracy=8.0))["mode"] == "stationary").mean() > 0.95


@pytest.mark.parametrize("every", [60.0, 180.0])
@pytest.mark.parametrize("told", [True, False])
def test_a_walker_with_a_fair_position_is_on_foot(every, told):
    rng = np.random.default_rng(8)
    t = np.arange(0.0, 60 * every, every)
    x, y = route(t, 4.8)
    table = fixes(t, x + rng.normal(0, 20, len(t)), y + rng.normal(0, 20, len(t)), accuracy=20.0 if told else None)
    assert (classified(table)["mode"] == "foot").mean() > 0.95


@pytest.mark.parametrize("every", [60.0, 120.0])
def test_a_queue_between_fast_legs_is_a_vehicle(every):
    speed = np.r_[np.full(8, 38.0), 1.5, 2.0, np.full(8, 38.0)]
    t = np.arange(len(speed) + 1) * every
    out = classified(fixes(t, *route(t, speed)))
    assert (out["mode"] == "vehicle").all()


def test_an_officer_who_leaves_the_car_is_on_foot():
    speed = np.r_[np.full(10, 35.0), np.full(10, 4.5), np.full(10, 35.0)]
    t = np.arange(len(speed) + 1) * 120.0
    mode = classified(fixes(t, *route(t, speed)))["mode"]
    assert (mode[11:19] == "foot").all()
    assert (mode[:9] == "vehicle").all() and (mode[21:] == "vehicle").all()


def test_standing_still_leaves_foot_against_vehicle_as_it_was():
    model = default_model()
    deaf = replace(model, stillness={**model.stillness, "prior_logit": -60.0})
    legs = build_legs(fixes(*standing(30.0), accuracy=30.0))
    told, untold = classify_movement(legs, model), classify_movement(legs, deaf)
    assert told["p_stationary"].median() > 0.9 > 1e-6 > untold["p_stationary"].max()
    ratio = told["p_vehicle"] / (told["p_foot"] + told["p_vehicle"])
    np.testing.assert_allclose(ratio, untold["p_vehicle"], rtol=1e-6)


def test_less_confidence_asked_leaves_fewer_unknown():
    t = np.arange(0.0, 7200.0, 120.0)
    table = fixes(t, *route(t, 9.0, bend=0.8, seed=3))
    unknown = [(classified(table, min_confidence=c)["mode"] == "unknown").mean() for c in (0.4, 0.7, 0.99)]
    assert unknown == sorted(unknown) and unknown[0] < unknown[2]


def test_car_kit_and_reported_speed_are_evidence():
    t = np.arange(0.0, 3600.0, 120.0)
    x, y = route(t, 8.0, bend=0.5)
    plain = classified(fixes(t, x, y))["p_vehicle"].mean()
    assert classified(fixes(t, x, y, reason="car kit on"))["p_vehicle"].mean() > plain
    assert classified(fixes(t, x, y, speed_kmh=45.0))["p_vehicle"].mean() > plain
    assert classified(fixes(t, x, y, speed_kmh=np.nan))["p_vehicle"].mean() == pytest.approx(plain)


def test_missing_columns_and_positions_are_refused():
    legs = build_legs(fixes([0, 60, 120], [0, 80, 160], [0, 0, 0]))
    with pytest.raises(ColumnError, match="x1"):
        classify_movement(legs.drop(columns="x1"))
    with pytest.raises(DataRangeError, match="1 legs have no position"):
        classify_movement(legs.assign(x0=[np.nan, 0.0]))


def plain_recursion(chain, emission, unmoved, same):
    """Forward–backward leg by leg with full matrices."""
    k, of = chain.states, np.repeat([0, 1], [chain.foot, chain.states - chain.foot])
    peers = of[:, None] == of
    matrices = [
        np.diag(unmoved[of, t])
        + peers * (same[t] - unmoved[of, t])[:, None] * chain.within
        + (1.0 - same[t]) * chain.share[of] * chain.within
        for t in range(emission.shape[1])
    ]
    p, forward, backward = chain.start, [], []
    for t, m in enumerate(matrices):
        p = (p @ m) * emission[:, t]
        p = p / p.sum()
        forward.append(p)
    q = np.full(k, 1.0 / k)
    for t in range(len(matrices) - 1, -1, -1):
        backward.append(q)
        q = matrices[t] @ (q * emission[:, t])
        q = q / q.sum()
    return np.array(forward).T, np.array(backward[::-1]).T


@pytest.mark.parametrize("legs, gap", [(1, 60.0), (127, 60.0), (129, 5.0), (1000, 1.0)])
def test_whole_arrays_give_what_the_plain_recursion_gives(legs, gap):
    rng = np.random.default_rng(legs)
    chain = Chain(2, np.array([0.3, 0.7, 0.2, 0.3, 0.5]), np.array([0.4, 0.6]), 1 / 900, np.array([1 / 300, 1 / 100]))
    emission = np.exp(rng.normal(size=(5, legs)))
    unmoved, same = chain.stays(np.full(legs, gap), rng.random(legs) < 0.01)
    for ours, theirs in zip(smooth(chain, emission, unmoved, same), plain_recursion(chain, emission, unmoved, same)):
        np.testing.assert_allclose(ours, theirs, atol=1e-7)


def test_transitions_of_two_steps_are_that_of_one():
    chain = Chain(2, np.array([0.3, 0.7, 0.2, 0.3, 0.5]), np.array([0.4, 0.6]), 1 / 900, np.array([1 / 300, 1 / 100]))
    flat = np.ones((5, 2))
    start = np.array([[1.0], [0.2], [0.1], [0.4], [0.3]]) * flat[:, :1]

    def ahead(gaps):
        e = np.concatenate([start, np.ones((5, len(gaps)))], axis=1)
        unmoved, same = chain.stays(np.r_[0.0, gaps], np.r_[True, np.zeros(len(gaps), dtype=bool)])
        return smooth(chain, e, unmoved, same)[0][:, -1]

    np.testing.assert_allclose(ahead([70.0, 230.0]), ahead([300.0]), atol=1e-9)


def test_hats_interpolate_between_knots():
    np.testing.assert_allclose(
        hats(np.array([-1.0, 0.25, 2.0, 9.0]), np.array([0.0, 1.0, 3.0])),
        [[1, 0, 0], [0.75, 0.25, 0], [0, 0.5, 0.5], [0, 0, 1]],
    )


def test_the_model_file_is_read_as_it_is_written():
    model = default_model()
    text = write_model(model)
    assert write_model(read_model(text)) == text
    assert set(model.weights) == set(KINDS)
    assert all(w.shape == (model.chain.states, len(knots_of(n))) for n, w in model.weights.items())
    for word in ("GeoLife", "non-commercial"):
        assert word in model.provenance["data"]


def test_other_files_are_refused():
    with pytest.raises(DataRangeError, match="not a movement model"):
        read_model('{"format": 99}')
    with pytest.raises(DataRangeError, match="not a movement model"):
        read_model("no JSON")


def test_the_model_says_that_it_is_not_yet_checked():
    assert NOT_YET_CHECKED in describe_model()
    assert "not yet checked on this force's officers" in NOT_YET_CHECKED


def shifts(count, legs_each=40):
    """Labelled shifts: half of each on foot, half in a car."""
    tables = []
    for k in range(count):
        t = np.arange(legs_each + 1) * 120.0
        speed = np.r_[np.full(legs_each // 2, 4.5), np.full(legs_each - legs_each // 2, 30.0)]
        legs = build_legs(fixes(t, *route(t, speed, seed=k), officer=f"o{k}"))
        tables.append(legs.assign(truth=np.where(np.arange(legs_each) < legs_each // 2, "foot", "vehicle")))
    return pd.concat(tables, ignore_index=True)


def test_calibration_refuses_too_little_and_names_what_it_needs():
    with pytest.raises(DataRangeError, match=r"5 shifts of 20, 100 legs on foot of 300, 100 legs in a vehicle of 300"):
        calibrate(shifts(5))


def test_calibration_follows_the_force_and_says_so():
    labelled = shifts(25)
    model = calibrate(labelled)
    assert model.checked
    assert NOT_YET_CHECKED not in describe_model(model)
    assert "1,000 labelled legs of 25" in describe_model(model)
    vehicle = (labelled["truth"] == "vehicle").to_numpy()
    chance = [np.where(vehicle, p, 1 - p) for p in (classify_movement(labelled, m)["p_vehicle"] for m in (None, model))]
    assert np.log(chance[1].clip(1e-9)).mean() >= np.log(chance[0].clip(1e-9)).mean()
    assert read_model(write_model(model)).checked


def with_cyclists(count=25):
    """Labelled shifts on foot, in a car and, by as many officers more, on a bicycle at 14 km/h."""
    t = np.arange(41) * 120.0
    rides = [
        build_legs(fixes(t, *route(t, np.full(40, 14.0), seed=100 + k), officer=f"c{k}")).assign(truth="bicycle")
        for k in range(count)
    ]
    return pd.concat([shifts(count), *rides], ignore_index=True)


def test_a_force_with_cycle_patrols_adds_the_class():
    labelled = with_cyclists()
    model = read_model(write_model(calibrate(labelled)))
    legs = classify_movement(labelled, model)
    p = legs[["p_foot", "p_vehicle", "p_stationary", "p_bicycle"]]
    np.testing.assert_allclose(p.sum(axis=1), 1.0, atol=1e-9)
    for truth, mode in (("foot", "foot"), ("vehicle", "vehicle"), ("bicycle", "bicycle")):
        assert (legs.loc[labelled["truth"] == truth, "mode"] == mode).mean() > 0.9
    hours = time_by_mode(legs)
    assert hours.filter(regex="_hours$").drop(columns="observed_hours").sum().sum() == pytest.approx(
        hours["observed_hours"].sum()
    )
    assert "on a bicycle" in time_in_words(hours)


def test_the_class_needs_labelled_bicycles_and_is_absent_without():
    with pytest.raises(DataRangeError, match="40 legs by bicycle of 300"):
        few = with_cyclists()
        calibrate(few[(few["truth"] != "bicycle") | (few["officer_id"] == "c0")])
    assert "p_bicycle" not in classify_movement(shifts(2))


def test_hours_by_mode_add_up_and_are_cut_at_the_hour():
    legs = pd.DataFrame(
        {
            "start": pd.to_datetime(["2024-06-01T09:50Z", "2024-06-01T10:10Z"]),
            "end": pd.to_datetime(["2024-06-01T10:10Z", "2024-06-01T10:20Z"]),
            "p_foot": [0.9, 0.5],
            "p_vehicle": [0.1, 0.5],
            "p_stationary": [0.0, 0.0],
            "mode": ["foot", "unknown"],
        }
    )
    table = time_by_mode(legs)
    assert list(table["hour"]) == [10, 11]  # summer time
    np.testing.assert_allclose(table["foot_hours"], [0.15, 0.15])
    np.testing.assert_allclose(table["unknown_hours"], [0.0, 1 / 6])
    np.testing.assert_allclose(
        table.filter(regex="(foot|vehicle|stationary|unknown)_hours$").sum(axis=1), table["observed_hours"]
    )
    said = time_in_words(table)
    assert said.startswith("Of 0.5 observed officer hours: on foot 60 %, likely ") and "cannot tell 33 %." in said
    assert len(time_by_mode(legs.iloc[:0])) == 0
    assert time_in_words(time_by_mode(legs.iloc[:0])) == "No movement was observed."


def test_periods_written_down_label_the_legs_they_cover():
    legs = build_legs(fixes(np.arange(6) * 100.0, np.arange(6) * 100.0, np.zeros(6)))
    at = [pd.Timestamp("2024-06-01T10:00Z") + pd.Timedelta(seconds=s) for s in (0, 210, 350, 390, 500)]
    labels = pd.DataFrame(
        {
            "officer_id": ["a", "a", "b"],
            "start": [at[0], at[2], at[0]],
            "end": [at[1], at[4], at[4]],
            "mode": ["On foot ", "driving", "driving"],
        }
    )
    # 0–210 s on foot, 350–500 s in a car: the legs 200–300 and 300–400 are not covered for four fifths.
    assert list(label_legs(legs, labels)["truth"]) == ["foot", "foot", None, None, "vehicle"]
    assert label_legs(legs, labels.assign(mode="skateboard"))["truth"].isna().all()
    assert set(label_legs(legs, labels.assign(mode="Cycling"))["truth"].dropna()) == {"bicycle"}
    assert len(label_legs(legs.iloc[:0], labels)) == 0

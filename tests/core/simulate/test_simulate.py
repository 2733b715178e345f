"""The simulated force: its truth hangs together, its radios behave as described, the same seed gives the same bytes."""

import hashlib

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import DataRangeError
from ia_plugin.core.fixes import clean_fixes
from ia_plugin.core.params import SimulateParams, SummaryParams
from ia_plugin.core.simulate import (
    FAULTS,
    StreetNetwork,
    dense_truth,
    plant_faults,
    simulate_shifts,
    true_seconds_in_areas,
)
from tests.support.streets import AREAS, streets


@pytest.fixture(scope="module")
def world():
    return simulate_shifts(streets(), AREAS, None, SimulateParams(officers=12, days=1, seed=5))


def test_truth_is_one_unbroken_line_for_each_turn(world):
    for _, moves in world.truth.groupby("officer_id", observed=True):
        moves = moves.sort_values("start")
        assert (moves["start"].iloc[1:].to_numpy() == moves["end"].iloc[:-1].to_numpy()).all()
        np.testing.assert_allclose(moves[["x0", "y0"]].to_numpy()[1:], moves[["x1", "y1"]].to_numpy()[:-1])


def test_truth_moves_at_human_speeds(world):
    speed = (
        3.6
        * np.hypot(world.truth["x1"] - world.truth["x0"], world.truth["y1"] - world.truth["y0"])
        / world.truth["duration_s"]
    )
    on_foot, driven = (speed[(world.truth["mode"] == m) & (speed > 0)] for m in ("foot", "vehicle"))
    assert 3.5 < on_foot.median() < 6 and on_foot.max() < 8
    assert 20 < driven.median() < 50 and driven.max() < 110
    assert (speed[world.truth["mode"] == "stationary"] == 0).all()


def test_turns_of_duty_hold_the_truth(world):
    spans = world.truth.groupby("officer_id", observed=True).agg(start=("start", "min"), end=("end", "max"))
    duties = world.duties.set_index("officer_id").loc[spans.index.astype(str)]
    assert (
        abs((spans["start"].to_numpy() - duties["start"].to_numpy()).astype("timedelta64[s]").astype(int)) <= 1
    ).all()
    late = (spans["end"].to_numpy() - duties["end"].to_numpy()).astype("timedelta64[s]").astype(int)
    assert (abs(late) < 2 * 3600).all()


def test_double_crews_ride_together():
    world = simulate_shifts(
        streets(), AREAS, None, SimulateParams(officers=30, foot_share=0.0, double_share=1.0, seed=2)
    )
    first = dense_truth(world, 600).pivot(index="time", columns="officer_id", values="x")
    alike = sum(first[a].equals(first[b]) for i, a in enumerate(first) for b in list(first)[i + 1 :])
    assert alike >= 8


def test_radios_report_on_time_and_hold_their_tongue_when_told():
    base = dict(officers=6, days=1, locker_share=0.0, home_share=0.0, stale_share=0.0, seed=3)
    loud = simulate_shifts(streets(), AREAS, None, SimulateParams(**base, silent_share=0.0)).fixes
    gaps = loud.sort_values(["officer_id", "time"]).groupby("officer_id")["time"].diff().dt.total_seconds()
    assert gaps.max() <= 130 and abs(gaps[loud["reason"] == "time"].quantile(0.9) - 120) < 5
    quiet = simulate_shifts(streets(), AREAS, None, SimulateParams(**base, silent_share=1.0)).fixes
    assert len(quiet) < len(loud)
    assert {"time", "distance", "push to talk", "registration"} <= set(loud["reason"])


def test_lockers_homes_and_last_known_positions():
    odd = SimulateParams(officers=4, locker_share=1.0, home_share=0.0, stale_share=0.0, seed=3)
    fixes = simulate_shifts(streets(), AREAS, None, odd).fixes
    assert fixes.groupby("officer_id")["x"].std().max() < 100
    stale = simulate_shifts(streets(), AREAS, None, SimulateParams(officers=4, stale_share=0.5, seed=3)).fixes
    same = stale.sort_values(["officer_id", "time"]).groupby("officer_id")["x"].diff() == 0
    assert 0.3 < same.mean() < 0.6


def test_position_error_follows_the_accuracy_class(world):
    fixes = world.fixes[world.fixes["reason"] != "registration"]
    officer = fixes["officer_id"].iloc[0]
    truth = dense_truth(world, 1, [officer]).set_index("time")
    mine = fixes[fixes["officer_id"] == officer].set_index("time").join(truth.add_suffix("_true"), how="inner")
    off = np.hypot(mine["x"] - mine["x_true"], mine["y"] - mine["y_true"])
    assert off[mine["accuracy_m"] == 2].median() < 12 < off[mine["accuracy_m"] == 200].median()


def test_the_same_seed_gives_the_same_bytes():
    def digest(seed):
        world = simulate_shifts(streets(), AREAS, None, SimulateParams(officers=5, seed=seed))
        tables = (world.fixes, world.truth, world.postings, world.duties, world.events)
        return hashlib.sha256(b"".join(t.to_csv(index=False).encode() for t in tables)).hexdigest()

    assert digest(7) == digest(7) != digest(8)


def test_true_seconds_are_the_truths(world):
    dense = dense_truth(world, 1)
    inside = shapely.contains_xy(AREAS["geometry"][0], dense["x"].to_numpy(), dense["y"].to_numpy()).sum()
    found = true_seconds_in_areas(world, AREAS)
    assert found.loc[found["area_id"] == "a", "seconds"].sum() == pytest.approx(inside, rel=0.01)
    table = true_seconds_in_areas(world, AREAS, SummaryParams(period="hour"))
    assert table["officer_seconds"].sum() == pytest.approx(found["seconds"].sum(), abs=60)


def test_impact_areas_pull_officers():
    def share(pull):
        world = simulate_shifts(streets(), AREAS, None, SimulateParams(officers=20, impact_pull=pull, seed=4))
        seconds = true_seconds_in_areas(world, AREAS).groupby("area_id")["seconds"].sum()
        return seconds["a"] / world.truth["duration_s"].sum()

    assert share(30.0) > 1.3 * share(0.0)


def test_events_are_attended_by_who_was_there(world):
    met = world.events[world.events["officer_ids"].notna()]
    assert set(world.events["kind"]) == {"crime", "incident", "stop_search"}
    event = met.iloc[0]
    truth = dense_truth(world, 1, [event["officer_ids"].split()[0]])
    then = truth[(truth["time"] > event["start"]) & (truth["time"] < event["end"])]
    assert np.hypot(then["x"] - event["x"], then["y"] - event["y"]).max() < 1


def test_presence_can_lower_crime():
    def crimes(link):
        params = SimulateParams(officers=60, crimes_per_day=5000, presence_link=link, impact_pull=30, seed=9)
        events = simulate_shifts(streets(), AREAS, None, params).events
        crime = events[events["kind"] == "crime"]
        return shapely.contains_xy(AREAS["geometry"][0], crime["x"].to_numpy(), crime["y"].to_numpy()).sum()

    assert crimes(0.5) < 0.7 * crimes(0.0)


def test_planted_faults_are_listed_and_found(world):
    fixes, faults = plant_faults(world.fixes, ["duplicates", "jumps", "missing", "future"], share=0.003)
    _, report = clean_fixes(fixes)
    planted = faults["kind"].value_counts()
    assert report.dropped["duplicate"] == planted["duplicates"]
    assert report.dropped["no_position"] == planted["missing"]
    assert report.dropped["time_out_of_range"] == planted["future"]
    assert report.dropped["impossible_jump"] >= 0.9 * planted["jumps"]
    assert clean_fixes(world.fixes)[1].dropped["impossible_jump"] == 0


@pytest.mark.parametrize("kind", list(FAULTS))
def test_every_fault_changes_the_table_and_not_its_source(world, kind):
    before = world.fixes.copy(deep=True)
    planted, listed = plant_faults(world.fixes, [kind])
    assert len(listed) and not planted.equals(world.fixes)
    pd.testing.assert_frame_equal(world.fixes, before)


def test_the_real_streets_of_edinburgh(shared):
    ogr = pytest.importorskip("osgeo.ogr")
    ogr.UseExceptions()  # GDAL 3.7 and newer warn where nobody says which
    source = ogr.Open(str(shared / "data" / "edinburgh_os_open_roads.gpkg"))
    layer = source.GetLayer(0)
    network = StreetNetwork.from_lines(shapely.from_wkb([bytes(f.GetGeometryRef().ExportToWkb()) for f in layer]))
    assert len(network.start) > 0.9 * layer.GetFeatureCount()
    world = simulate_shifts(network, None, None, SimulateParams(officers=10, seed=1))
    assert world.fixes["officer_id"].nunique() == 10
    assert world.truth["duration_s"].sum() > 10 * 7 * 3600


def test_a_network_without_streets_is_refused():
    with pytest.raises(DataRangeError, match="no lines"):
        StreetNetwork.from_lines([shapely.Point(0, 0)])


def test_parallel_streets_count_once_and_the_shorter_is_taken():
    lines = [shapely.LineString([(0, 0), (100, 0)]), shapely.LineString([(0, 0), (50, 200), (100, 0)])]
    network = StreetNetwork.from_lines(lines)
    step, distance = network.trees(np.array([0]))
    assert distance[0].max() == pytest.approx(100)
    assert network.length[step[0].max() >> 1] == pytest.approx(100)

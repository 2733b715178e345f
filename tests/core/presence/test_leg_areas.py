"""The rows of time in areas: which pairs have one, their order, and what is refused."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError, CrsError
from ia_plugin.core.geometry import overlay
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import processes, spawned, stays, time_in_areas
from ia_plugin.core.presence.leg_arrays import LEAST_S, leg_limits
from ia_plugin.core.presence.processes import _edges, _in_order, cores
from tests.support.long import long_after
from tests.support.tables import areas, legs_between

BOX = shapely.box(0, 0, 100, 100)
LINEAR = PresenceParams(method="linear")


def shared(starts, ends, seconds, method="linear", where=None, **params):
    legs = legs_between(starts, ends, seconds=np.array(seconds, dtype=float))
    return time_in_areas(legs, areas(BOX) if where is None else where, PresenceParams(method=method, **params))


@pytest.mark.parametrize(("width", "rows"), [(1.0, 1), (0.51, 1), (0.49, 0)])
def test_a_pair_that_shares_half_a_second_has_a_row(width, rows):
    """Across a strip at a metre a second: at 40 m/s nobody had to be in it at all."""
    strip = areas(shapely.box(0, 0, width, 100))
    assert LEAST_S == 0.5
    assert shared([(-10, 50)], [(10, 50)], [20], where=strip)["seconds"].tolist() == pytest.approx([width] * rows)


def test_a_pair_that_must_share_some_has_a_row_however_short():
    """Ends 4 m inside after a second: at 40 m/s at least a tenth of it was inside."""
    found = shared([(-36, 50)], [(4, 50)], [1.0])
    assert found["seconds"].tolist() == pytest.approx([0.1]) and found["seconds_low"].tolist() == pytest.approx([0.1])
    assert len(shared([(-36, 50)], [(4, 50)], [1.0], bounds="none")) == 0


def test_last_fix_asks_where_the_leg_began():
    starts, ends = [(50, 50), (-50, 50), (50, 50)], [(500, 50), (50, 50), (60, 50)]
    found = shared(starts, ends, [60, 60, 60], "last_fix").set_index("leg_id")
    assert found["seconds"].reindex([0, 1, 2]).tolist()[::2] == [60, 60]
    assert found["seconds"].get(1, 0.0) == 0
    assert found["seconds_sd"].isna().all()


def test_the_bounds_can_be_left_out():
    found = shared([(50, 50)], [(60, 50)], [60], bounds="none")
    assert found[["seconds_low", "seconds_high"]].isna().all(axis=None) and found["seconds"].tolist() == [60]


def test_rows_come_area_by_area_and_leg_by_leg():
    where = areas(b=shapely.box(0, 0, 50, 100), a=shapely.box(50, 0, 100, 100))
    found = shared([(10, 10), (90, 10), (10, 20)], [(90, 10), (10, 10), (20, 20)], [80, 80, 80], where=where)
    assert list(zip(found["area_id"], found["leg_id"])) == [("b", 0), ("b", 1), ("b", 2), ("a", 0), ("a", 1)]
    assert found["seconds"].tolist() == pytest.approx([40, 40, 80, 40, 40])
    assert found.attrs["method"] == "linear" and found.attrs["areas"].used == 2


def test_areas_that_overlap_have_the_time_each():
    where = areas(shapely.box(0, 0, 60, 100), shapely.box(40, 0, 100, 100), BOX)
    found = shared([(0, 50)], [(100, 50)], [100], where=where)
    assert found["seconds"].tolist() == pytest.approx([60, 60, 100])


@pytest.mark.parametrize("bounds", ["pairs", "all", "none"])
@pytest.mark.parametrize("method", ["linear", "bridge", "last_fix"])
def test_areas_seen_side_by_side_have_what_each_has_by_itself(method, bounds, monkeypatch):
    shapes = [shapely.box(i, j, i + 300, j + 200) for i in range(-900, 900, 300) for j in range(-900, 900, 200)]
    where = areas(*shapes, shapely.Point(100, 100).buffer(400))
    legs, params = walked(), PresenceParams(method=method, bounds=bounds)
    # One stands on a border, one walks along it.
    legs.loc[[3, 14], ["x0", "x1"]], legs.loc[3, ["y0", "y1"]] = 300.0, 15.0
    by_itself = time_in_areas(legs, where, params)
    monkeypatch.setattr(overlay, "MANY_AREAS", 1)
    monkeypatch.setattr(overlay, "MANY_LEGS", 1)
    assert overlay.mosaic_of(60, where["geometry"].to_numpy()) is not None
    pd.testing.assert_frame_equal(time_in_areas(legs, where, params), by_itself, rtol=0, atol=1e-9)
    assert len(by_itself) > 60


@pytest.mark.parametrize(("metres", "limit"), [(600, 40.0), (2400, 40.0), (6000, 105.0)])
def test_the_limit_of_a_leg(metres, limit):
    assert leg_limits(legs_between([(0, 0)], [(metres, 0)], seconds=60.0), 40.0).tolist() == pytest.approx([limit])


@pytest.mark.parametrize("stage", [time_in_areas, stays])
def test_legs_without_a_column_and_degrees_are_refused(stage):
    legs = legs_between([(4e5, 2.9e5)], [(4.001e5, 2.9e5)])
    with pytest.raises(ColumnError, match="legs table lacks duration_s"):
        stage(legs.drop(columns="duration_s"), areas(BOX))
    with pytest.raises(CrsError, match="Positions look like degrees.*x -1.9, y 52.4"):
        stage(legs_between([(-1.9, 52.4)], [(-1.9001, 52.4)]), areas(BOX))
    with pytest.raises(
        CrsError, match=r"areas look like degrees \(0.0000 0.0000 to 100.0000 90.0000\).*first: 400000 290000"
    ):
        stage(legs, areas(shapely.box(0, 0, 100, 90)))
    # Small areas in metres beside small legs in metres are nothing strange.
    assert len(stage(legs_between([(10, 10)], [(900, 10)]), areas(shapely.box(0, 0, 100, 90)))) == 1


# --- stays ------------------------------------------------------------------------------------------------------------


def entered(starts, ends, seconds, where=None):
    legs = legs_between(starts, ends, seconds=np.array(seconds, dtype=float))
    found = stays(legs, areas(BOX) if where is None else where)
    began = legs["start"].iloc[0]
    return [(int(k), round((a - began).total_seconds(), 6), round((b - began).total_seconds(), 6)) for k, a, b in
            zip(found["leg_id"], found["enter"], found["leave"])]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ((-100, 50), (200, 50), (100, 200)),  # through it, a metre a second
        ((50, 50), (350, 50), (0, 50)),  # out of it
        ((-200, 50), (100, 50), (200, 300)),  # into it, to the very edge
        ((10, 50), (90, 50), (0, 300)),  # within it
        ((50, 50), (50, 50), (0, 300)),  # standing in it
        ((150, 50), (150, 50), None),  # standing outside
        ((-50, 50), (50, 150), None),  # touches a corner
        ((-100, 300), (200, 300), None),
    ],
)
def test_when_a_leg_enters_and_leaves(start, end, span):
    assert entered([start], [end], [300]) == ([(0, *span)] if span else [])


def test_a_leg_through_two_parts_enters_twice():
    comb = areas(shapely.MultiPolygon([BOX, shapely.box(200, 0, 300, 100)]))
    assert entered([(-50, 50), (350, 50)], [(350, 50), (-50, 50)], [400, 400], comb) == [
        (0, 50, 150), (0, 250, 350), (1, 50, 150), (1, 250, 350),
    ]  # fmt: skip


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_stays_last_as_long_as_the_straight_line_is_inside(seed):
    rng = np.random.default_rng(seed)
    legs = legs_between(*rng.uniform(-50, 150, (2, 40, 2)), seconds=rng.uniform(600, 900, 40))
    where = areas(shapely.Point(50, 50).buffer(60, 3).difference(shapely.Point(40, 50).buffer(20, 3)))
    found = stays(legs, where)
    lasts = (found["leave"] - found["enter"]).dt.total_seconds().groupby(found["leg_id"]).sum()
    linear = time_in_areas(legs, where, LINEAR).set_index("leg_id")["seconds"]
    both = pd.concat([lasts, linear], axis=1).fillna(0.0)
    assert (both.iloc[:, 0] - both.iloc[:, 1]).abs().max() < LEAST_S + 1e-6
    assert (found["leave"] > found["enter"]).all()


# --- legs shared among cores ------------------------------------------------------------------------------------------


@pytest.mark.fork
@pytest.mark.parametrize(
    ("asked", "legs", "worth"),
    [(1, 10**7, 1), (8, 199_999, 1), (8, 200_000, 1), (8, 400_000, 2), (2, 10**7, 2), (8, 0, 1)],
)
def test_how_many_cores_are_worth_starting(asked, legs, worth):
    assert cores(asked, legs) == worth


@pytest.fixture
def no_fork(monkeypatch):
    """As on Windows; a program of its own pays from a few legs on."""
    monkeypatch.setattr(processes.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    monkeypatch.setattr(spawned, "WORTH", 10)
    monkeypatch.setattr(processes, "LEAST", 10)


@pytest.mark.parametrize("without", long_after(1, [[], ["track_id"], ["accuracy0_m", "accuracy1_m"]]))
def test_programs_of_their_own_give_the_same_answer(no_fork, without):
    legs, where = walked().drop(columns=without), areas(shapely.Point(0, 0).buffer(700), shapely.box(0, 0, 900, 900))
    for method in ("linear", "bridge"):
        one, three = (time_in_areas(legs, where, PresenceParams(method=method, workers=n)) for n in (1, 3))
        pd.testing.assert_frame_equal(one, three)
        assert len(one) > 20


def test_what_another_program_cannot_do_is_done_here(no_fork, monkeypatch):
    legs, where = walked(), areas(shapely.Point(0, 0).buffer(700))
    whole = time_in_areas(legs, where, LINEAR)
    for program in ("/no/such/program", "true", "yes"):  # not there; says nothing; says what is no answer
        monkeypatch.setattr(spawned, "python_program", lambda program=program: program)
        pd.testing.assert_frame_equal(time_in_areas(legs, where, replace(LINEAR, workers=2)), whole)
    monkeypatch.setattr(spawned, "python_program", lambda: None)
    assert cores(8, 10**7) == 1


def test_what_goes_wrong_in_another_program_is_told_here(no_fork):
    with pytest.raises(TypeError, match="arguments"):
        spawned.spawned([walked(), walked()], 1, partial(int, "two"))


def walked():
    rng = np.random.default_rng(4)
    return legs_between(*rng.uniform(-900, 900, (2, 60, 2)), seconds=rng.uniform(60, 900, 60)).assign(
        track_id=np.repeat([1, 2, 3, 4, 5, 6], 10), accuracy0_m=5.0, accuracy1_m=np.nan
    )


def test_ranges_of_legs_end_between_tracks():
    legs = pd.DataFrame({"track_id": [1] * 3 + [2] * 5 + [3] * 2})
    assert _edges(legs, 2) == [0, 3, 10]  # half is five: within the second track, which begins at three
    assert _edges(legs, 5) == [0, 3, 8, 10]
    assert _edges(legs[:3], 2) == [0, 3]
    assert _edges(legs.rename(columns={"track_id": "x"}), 2) == [0, 5, 10]
    assert _edges(legs.rename(columns={"track_id": "officer_id"}), 2) == [0, 3, 10]


def test_tables_of_ranges_are_put_together_area_by_area():
    one = pd.DataFrame({"leg_id": [1, 2, 1], "area_id": ["b", "b", "a"]})
    two = pd.DataFrame({"leg_id": [7, 8], "area_id": ["b", "a"]})
    found = _in_order([one, two], areas(b=BOX, a=BOX))
    assert list(zip(found["area_id"], found["leg_id"])) == [("b", 1), ("b", 2), ("b", 7), ("a", 1), ("a", 8)]

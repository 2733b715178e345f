"""Event cells: windows shared over hours, coarse records without an hour, every event once in the rows of roles."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.summaries.event_cells import NO_PLACE, event_cells
from ia_plugin.core.summaries.zones import ROLE_LABELS
from tests.support.forces import areas_of, usual_areas

box = shapely.box
PARTS = (*ROLE_LABELS, NO_PLACE)


def happened(start="2024-01-03T22:00Z", end=None, *, x=500.0, y=900.0, **more):
    row = {"event_id": "e", "kind": "crime", "category": "Burglary", "start": pd.Timestamp(start), "end": pd.Timestamp(end or start),
           "time_precision": "minute", "x": x, "y": y, **more}  # fmt: skip
    return row


def table_of(*rows):
    return pd.DataFrame(
        [{"event_id": f"e{i}", **{k: v for k, v in r.items() if k != "event_id"}} for i, r in enumerate(rows)]
    )


def test_a_night_is_shared_over_its_hours():
    cells = event_cells(table_of(happened("2024-01-03T22:00Z", "2024-01-04T04:00Z")), usual_areas())
    mine = cells[cells["area_id"] == "one"].sort_values("period")
    assert mine["expected"].to_numpy() == pytest.approx([1 / 6] * 6)
    assert mine["events"].tolist() == [1, 0, 0, 0, 0, 0] and (mine["precision"] == "hour").all()
    assert mine["period"].tolist() == list(pd.date_range("2024-01-03T22:00Z", periods=6, freq="h"))
    odd = event_cells(table_of(happened("2024-01-03T22:45Z", "2024-01-03T23:15Z")), usual_areas())
    assert odd.loc[odd["area_id"] == "one", "expected"].tolist() == [0.5, 0.5]


@pytest.mark.parametrize("precision", ["day", "month"])
def test_coarse_records_stand_at_their_first_hour(precision):
    begin, end = {
        "day": ("2024-06-03T23:00Z", "2024-06-04T22:59:59Z"),
        "month": ("2024-05-31T23:00Z", "2024-06-30T22:59:59Z"),
    }[precision]
    cells = event_cells(table_of(happened(begin, end, time_precision=precision)), usual_areas())
    mine = cells[cells["area_id"] == "one"]
    assert mine[["precision", "events", "expected"]].to_numpy().tolist() == [[precision, 1, 1.0]]
    assert mine["period"].iloc[0] == pd.Timestamp(begin)


def test_shared_ground_counts_in_each_area_and_once_in_roles():
    areas = areas_of(
        a=("impact", box(0, 0, 1000, 1000)),
        b=("impact", box(0, 0, 1000, 1000)),
        c=("comparison", box(0, 0, 1000, 1000)),
    )
    cells = event_cells(table_of(happened(), happened(x=5000.0)), areas)
    counts = cells.groupby("area_id")["events"].sum().to_dict()
    assert counts == {"a": 1, "b": 1, "c": 1, "(impact)": 1, "(rest)": 1}


def test_at_a_site_inside_an_area():
    cells = event_cells(table_of(happened(x=400.0, y=400.0)), usual_areas())
    counts = cells.groupby("area_id")["events"].sum().to_dict()
    assert counts["one"] == counts["(impact)"] == 1 and "(site)" not in counts


def test_without_a_place():
    cells = event_cells(table_of(happened(x=np.nan, y=np.nan), happened(x=None, y=None), happened()), usual_areas())
    counts = cells.groupby("area_id")["events"].sum().to_dict()
    assert counts == {NO_PLACE: 2, "one": 1, "(impact)": 1}


def test_searches_and_what_they_found():
    rows = [happened(kind="stop_search", object_found=v) for v in (True, False, False, None)] + [happened()]
    cells = event_cells(table_of(*rows), usual_areas())
    mine = cells[(cells["area_id"] == "one") & (cells["kind"] == "stop_search")]
    assert mine[["events", "outcome_known", "found"]].sum().tolist() == [4, 3, 1]
    # A search that spans hours has one result.
    long = event_cells(
        table_of(happened("2024-01-03T22:30Z", "2024-01-04T01:30Z", kind="stop_search", object_found=True)),
        usual_areas(),
    )
    assert long.loc[long["area_id"] == "one", ["outcome_known", "found"]].sum().tolist() == [1, 1]


def test_withdrawn_and_superseded_are_left_out():
    rows = pd.DataFrame([
        {**happened(version=1, status="current"), "event_id": "a"}, {**happened(version=2, status="withdrawn"), "event_id": "a"},
        {**happened(version=1, status="superseded", category="Robbery"), "event_id": "b"}, {**happened(version=2, status="current"), "event_id": "b"},
    ])  # fmt: skip
    cells = event_cells(rows, usual_areas())
    assert cells.loc[cells["area_id"] == "one", ["category", "events"]].to_numpy().tolist() == [["Burglary", 1]]
    assert not len(event_cells(rows[:2], usual_areas()))


def test_an_area_counts_while_it_is_valid():
    areas = usual_areas().assign(valid_from=["2024-01-04", None, None, None])
    cells = event_cells(table_of(happened("2024-01-03T23:30Z"), happened("2024-01-04T00:30Z")), areas)
    counts = cells.groupby("area_id")["events"].sum().to_dict()
    assert counts == {"one": 1, "(impact)": 1, "(rest)": 1}


def test_without_areas_and_without_events():
    rows = table_of(happened(), happened(x=np.nan))
    counts = event_cells(rows, usual_areas().iloc[:0]).groupby("area_id")["events"].sum().to_dict()
    assert counts == {"(rest)": 1, NO_PLACE: 1}
    empty = event_cells(rows.iloc[:0], usual_areas())
    assert len(empty) == 0 and "expected" in empty.columns


def test_every_event_once_and_its_window_whole():
    rng = np.random.default_rng(4)
    n = 500
    begin = pd.Timestamp("2024-10-26T12:00Z") + pd.to_timedelta(rng.uniform(0, 2 * 86_400, n), unit="s")
    rows = pd.DataFrame({
        "event_id": np.arange(n).astype(str), "kind": rng.choice(["crime", "incident", "stop_search"], n), "category": rng.choice(["x", "y"], n),
        "key_type": rng.choice(["burglary", None], n), "start": begin, "end": begin + pd.to_timedelta(rng.choice([0, 600, 40_000], n), unit="s"),
        "time_precision": rng.choice(["minute", "hour", "day", "month"], n), "x": np.where(rng.random(n) < 0.1, np.nan, rng.uniform(-500, 3500, n)), "y": rng.uniform(-500, 3500, n),
    })  # fmt: skip
    areas = usual_areas()
    cells = event_cells(rows, areas)
    parts = cells[cells["area_id"].isin(PARTS)]
    assert parts["events"].sum() == n and parts["expected"].sum() == pytest.approx(n)
    by_kind = parts.groupby(["kind", "category"])["events"].sum().to_dict()
    assert by_kind == rows.groupby(["kind", "category"]).size().to_dict()
    for area in areas[areas["role"] != "site"].itertuples():
        inside = shapely.intersects(area.geometry, shapely.points(rows["x"].fillna(1e9), rows["y"]))
        assert cells.loc[cells["area_id"] == area.area_id, "events"].sum() == inside.sum()

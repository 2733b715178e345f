"""visits, dwell bands, coverage and police sites."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.areas import without_sites
from ia_plugin.core.coverage import coverage
from ia_plugin.core.params import PresenceParams, SummaryParams, VisitParams
from ia_plugin.core.presence import dwell_bands, stays, time_in_areas, visits
from ia_plugin.core.tracks import build_legs, gaps
from tests.support.tables import areas, fixes

LINEAR = PresenceParams(method="linear")
BOX = areas(shapely.box(0, 0, 100, 100))


def visited(table, where=BOX, **params):
    legs = build_legs(table)
    return visits(legs, where, time_in_areas(legs, where, LINEAR), stays(legs, where), VisitParams(**params))


def test_one_crossing_over_several_legs_is_one_visit():
    row = visited(fixes([(0, -100, 50), (100, 0, 50), (200, 50, 50), (400, 100, 50), (500, 200, 50)])).iloc[0]
    assert row["seconds"] == pytest.approx(300)
    assert (row["leave"] - row["enter"]).total_seconds() == pytest.approx(300)
    assert row["seconds_low"] <= 300 <= row["seconds_high"]


def test_a_short_absence_is_part_of_the_visit_and_changes_no_seconds():
    out_and_in = fixes([(0, 50, 50), (300, 100, 50), (350, 180, 50), (400, 100, 50), (700, 50, 50)])
    rows = visited(out_and_in)
    assert len(rows) == 1
    assert rows["seconds"].sum() == pytest.approx(600)
    assert len(visited(out_and_in, merge_gap_s=60, edge_accuracies=0)) == 2
    assert visited(out_and_in, merge_gap_s=60, edge_accuracies=0)["seconds"].sum() == pytest.approx(600)


def test_passing_through_is_counted_but_is_no_visit():
    rows = visited(fixes([(0, -100, 50), (60, 200, 50)]))
    assert len(rows) == 0
    assert rows.attrs["short_visits"] == 1 and rows.attrs["short_seconds"] == pytest.approx(20)


def test_a_gap_in_the_data_ends_a_visit():
    rows = visited(fixes([(0, 50, 50), (300, 50, 50), (5000, 50, 50), (5300, 50, 50)]))
    assert rows["seconds"].tolist() == [300, 300]


def test_an_officer_on_the_boundary_makes_few_visits():
    rng = np.random.default_rng(4)
    t = np.arange(0, 8 * 3600, 60)
    table = fixes(np.c_[t, rng.normal(0, 20, len(t)), 50 + rng.normal(0, 20, len(t))], accuracy_m=20.0)
    assert len(visited(table, edge_accuracies=0, merge_gap_s=0, min_visit_s=0)) > 100
    assert len(visited(table)) <= 10


def test_two_officers_and_two_areas_are_apart():
    where = areas(west=shapely.box(0, 0, 50, 100), east=shapely.box(50, 0, 100, 100))
    walk = [(0, 5, 50), (900, 95, 50)]
    rows = visited(pd.concat([fixes(walk, "A"), fixes(walk, "B")]), where)
    assert sorted(zip(rows["officer_id"], rows["area_id"])) == [
        ("A", "east"),
        ("A", "west"),
        ("B", "east"),
        ("B", "west"),
    ]
    assert rows["visit_id"].is_unique


def test_seconds_by_mode_are_expected_seconds():
    legs = build_legs(fixes([(0, 50, 50), (600, 60, 50)])).assign(p_foot=0.7, p_vehicle=0.2, p_stationary=0.1)

    def by_mode(table):
        row = visits(table, BOX, time_in_areas(table, BOX, LINEAR), stays(table, BOX)).iloc[0]
        return [row[f"seconds_{m}"] for m in ("foot", "vehicle", "stationary")]

    assert by_mode(legs.assign(mode="foot")) == pytest.approx([420, 120, 60])
    # As everywhere: of a leg whose mode cannot be told no second is said to be of a mode.
    assert by_mode(legs.assign(mode="unknown")) == [0, 0, 0]
    assert by_mode(legs.assign(mode="foot", p_stationary=np.nan)) == [0, 0, 0]
    # What was ridden is of none of the three.
    assert by_mode(legs.assign(mode="foot", p_foot=0.4, p_bicycle=0.3)) == pytest.approx([240, 120, 60])


def test_a_leg_of_two_visits_warrants_nothing_to_either():
    arms = areas(shapely.box(0, 0, 100, 100).union(shapely.box(300, 0, 400, 100)).union(shapely.box(0, -50, 400, 0)))
    table = fixes([(0, 5, 50), (800, 395, 50)])
    rows = visited(table, arms, merge_gap_s=0, edge_accuracies=0)
    assert len(rows) == 2
    assert rows["seconds_low"].tolist() == [0, 0]
    assert rows["seconds"].sum() == pytest.approx(800 * 190 / 390)


def test_nothing_gives_an_empty_table():
    assert len(visited(fixes([]).iloc[:0])) == 0
    assert len(visited(fixes([(0, 500, 500), (60, 500, 500)]))) == 0


def test_dwell_bands_by_hand():
    table = dwell_bands(pd.Series([60, 299, 300, 700, 5000]))
    assert table["visits"].tolist() == [2, 1, 1, 0, 1]
    assert table["share"].sum() == pytest.approx(1)


def test_coverage_counts_observed_and_silent_time_by_period_and_unit():
    table = pd.concat(
        [
            fixes([(0, 0, 0), (600, 0, 0), (600 + 5400, 9000, 0), (6600, 9000, 0)], "A", unit="north"),
            fixes([(0, 0, 0), (600, 0, 0), (4200, 0, 0), (4800, 0, 0)], "B", unit=None),
        ]
    )
    found = coverage(build_legs(table), gaps(table), SummaryParams(period="day")).set_index("unit")
    assert found.loc["north", ["observed_s", "unobserved_s", "silent_same_place_s", "officers_seen"]].tolist() == [
        1200,
        5400,
        0,
        1,
    ]
    assert found.loc["unit not known", ["observed_s", "unobserved_s", "silent_same_place_s"]].tolist() == [
        1200,
        3600,
        3600,
    ]
    hourly = coverage(build_legs(table), gaps(table), SummaryParams(period="hour"))
    assert hourly["observed_s"].sum() == 2400 and hourly["unobserved_s"].sum() == 9000


def test_coverage_knows_who_was_on_duty_though_never_seen():
    table = fixes([(0, 0, 0), (600, 0, 0)])
    duties = pd.DataFrame(
        {"officer_id": ["A", "Z"], "start": table["time"][[0, 0]].tolist(), "end": table["time"][[1, 1]].tolist()}
    )
    found = coverage(build_legs(table), gaps(table), SummaryParams(period="day"), duties)
    assert found["officers_on_duty"].tolist() == [2] and found["officers_seen"].tolist() == [1]


def test_time_at_a_police_site_is_taken_out_and_told_beside():
    where = areas(a=shapely.box(0, 0, 100, 100), b=shapely.box(200, 0, 300, 100), station=shapely.box(80, 40, 120, 60))
    where["role"] = ["impact", "impact", "site"]
    headline, at_sites = without_sites(where)
    assert headline["area_id"].tolist() == ["a", "b"] and at_sites["area_id"].tolist() == ["a"]
    legs = build_legs(fixes([(0, 90, 50), (600, 90, 50), (700, 10, 50)]))
    out, at = (time_in_areas(legs, t, LINEAR)["seconds"].sum() for t in (headline, at_sites))
    assert (out, at) == (pytest.approx(100 * 70 / 80), pytest.approx(600 + 100 * 10 / 80))

"""The pieces of the quality report on tables of a few rows: what is counted, from which number on it asks for a decision."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.params import QualityParams
from ia_plugin.core.quality import QualityReport, assess
from ia_plugin.core.quality.assessment import by_role
from ia_plugin.core.quality.clocks import clocks
from ia_plugin.core.quality.events import events_quality
from ia_plugin.core.quality.findings import COLUMNS, Findings, Seen, day_name, share
from ia_plugin.core.quality.intervals import intervals, longest_gaps
from ia_plugin.core.quality.positions import positions
from ia_plugin.core.quality.radios import TURN_S, radios, turns_of
from ia_plugin.core.quality.volume import volume
from tests.support.tables import areas, fixes

PARAMS = QualityParams()
E, N = 400_000.0, 290_000.0


def seen_of(*tables, zone="Europe/London", least=1):
    """The worlds here have a handful of officers, so units stand by themselves unless `least` says otherwise."""
    return Seen.of(pd.concat(tables, ignore_index=True), zone, least)


def looked(look, seen, *more):
    """(finding -> row, what the look gives)."""
    found = Findings()
    result = look(seen, found, PARAMS, *more)
    return {r["finding"] if r["subject"] == "all" else (r["finding"], r["subject"]): r for r in found.rows}, result


def walk(n=50, officer="A", step_s=60.0, metres=30.0, start=0.0, **columns):
    """n fixes along the x axis from (E, N)."""
    t = start + step_s * np.arange(n)
    return fixes(np.c_[t, E + metres * np.arange(n), np.full(n, N)], officer, **columns)


# --- fixes as arrays --------------------------------------------------------------------------------------------------


def test_fixes_are_sorted_by_officer_and_time_and_what_they_lack_is_counted():
    table = pd.concat([walk(3, "B"), walk(2, "A")], ignore_index=True)
    bad = table.iloc[[0] * 4].copy().reset_index(drop=True)
    bad.loc[0, "officer_id"], bad.loc[1, "time"], bad.loc[2, "x"], bad.loc[3, "y"] = None, pd.NaT, np.nan, np.inf
    seen = seen_of(bad, table.iloc[::-1])
    assert len(seen) == 5 and seen.lacking == {"officer": 1, "time": 1, "position": 2}
    assert list(seen.officers) == ["A", "B"] and seen.officer.tolist() == [0, 0, 1, 1, 1]
    assert seen.moves.tolist() == [False, True, False, True, True]
    np.testing.assert_array_equal(seen.seconds, [np.nan, 60, np.nan, 60, 60])
    np.testing.assert_array_equal(seen.metres, [np.nan, 30, np.nan, 30, 30])


def test_days_and_hours_are_civil():
    """22:30 UTC in June is half past eleven at night, 23:30 UTC the next day's first half hour."""
    table = fixes([(0, E, N), (3600, E, N)], epoch="2024-06-03T22:30:00Z")
    seen = seen_of(table)
    assert (
        seen.hour.tolist() == [23.5, 0.5]
        and np.diff(seen.day).tolist() == [1]
        and day_name(seen.day[0]) == "03 June 2024"
    )
    assert seen_of(table, zone="UTC").hour.tolist() == [22.5, 23.5]


def test_units_by_name_and_those_not_known():
    seen = seen_of(walk(2, "A", unit="South"), walk(1, "B", unit=None), walk(1, "C", unit="North"))
    assert seen.units == ["North", "South", "unit not known"] and seen.unit.tolist() == [1, 1, 2, 0]
    assert seen_of(walk(2)).units == ["all"]


@pytest.mark.parametrize(
    "officers, units",
    [
        ({"North": 5, "South": 6, "East": 7}, ["East", "North", "South"]),  # all are told
        (
            {"North": 5, "South": 6, "Dogs": 2},
            ["South", "other units"],
        ),  # the smallest of the others joins them: 2 and 5 are seven
        ({"North": 5, "South": 6, "Dogs": 2, "Boats": 4}, ["South", "other units"]),
        ({"North": 5, "South": 6, None: 1}, ["South", "other units"]),  # whoever has no unit is of few as well
        ({"North": 5, "South": 6, None: 5}, ["North", "South", "unit not known"]),
        ({"North": 5, "Dogs": 4}, ["all"]),
        ({"North": 2, "Dogs": 4}, ["all"]),
    ],
)
def test_units_of_fewer_than_five_officers_are_told_together(officers, units):
    tables = [walk(2, f"{u}{i}", unit=u) for u, n in officers.items() for i in range(n)]
    assert seen_of(*tables, least=5).units == units
    assert seen_of(*tables).units == sorted(u for u in officers if u) + ["unit not known"] * (None in officers)


def test_a_clock_of_few_officers_names_no_unit():
    """Three of eight are an hour ahead: that is said; of whom, and of how many reports, is not. Eight are told with their unit."""
    hours = 36_000 * np.arange(4)

    def world(off):
        tables = [fixes([(s + 3600 * (i < off), E, N) for s in hours], f"o{i}", unit="North") for i in range(8)]
        duties = pd.DataFrame({"officer_id": [f"o{i}" for i in range(8) for _ in hours]})
        starts = pd.Timestamp("2024-06-03T00:00Z") + pd.to_timedelta([s for _ in range(8) for s in hours], unit="s")
        return pd.concat(tables, ignore_index=True), duties.assign(start=starts, end=starts)

    table, duties = world(3)
    (row,) = [r for r in looked(clocks, seen_of(table, least=5), duties)[0].values() if r["finding"] == "clock_skew"]
    assert (
        row["sentence"] == "The clocks of fewer than 5 officers' radios seem to be 1 h ahead."
        and row["subject"] == "all"
    )
    (row,) = [r for r in looked(clocks, seen_of(table), duties)[0].values() if r["finding"] == "clock_skew"]
    assert row["sentence"].startswith("The clocks of 3 officers' radios (12 rows; North)")
    (row,) = [
        r for r in looked(clocks, seen_of(world(8)[0], least=5), duties)[0].values() if r["finding"] == "clock_skew"
    ]
    assert row["sentence"].startswith("The clocks of 8 officers' radios (32 rows; North)")


def test_an_optional_column_is_there_or_not():
    seen = seen_of(walk(3, accuracy_m=["5", None, "far"]))
    np.testing.assert_array_equal(seen.column("accuracy_m"), [5, np.nan, np.nan])
    assert seen.column("speed_kmh") is None
    assert seen_of(walk(3, accuracy_m=np.nan)).column("accuracy_m") is None


@pytest.mark.parametrize(("part", "whole", "found"), [(1, 4, 0.25), (0, 4, 0.0), (3, 0, 0.0)])
def test_a_share_of_nothing_is_none(part, whole, found):
    assert share(part, whole) == found


def test_findings_that_ask_for_a_decision_come_first_then_theme_by_theme():
    found = Findings()
    for theme, attention in (
        ("events", True),
        ("volume", False),
        ("positions", True),
        ("volume", True),
        ("radios", False),
    ):
        found.add(theme, f"{theme}{attention}", attention, 1, "rows", "s", "c", "d")
    table = found.table()
    assert table["finding"].tolist() == ["volumeTrue", "positionsTrue", "eventsTrue", "volumeFalse", "radiosFalse"]
    assert list(table.columns) == COLUMNS and len(Findings().table()) == 0


def test_the_half_minute_of_a_chief_inspector():
    facts = {"rows": 12_345, "officers": 30, "first": pd.Timestamp("2024-06-03"), "last": pd.Timestamp("2024-06-30"),
             "median_interval_s": 120.0, "observed_share": 0.9}  # fmt: skip
    found = Findings()
    for k in range(5):
        found.add("volume", f"f{k}", k != 2, k, "rows", f"Sentence {k}.", "c", "d")
    said = QualityReport(found.table(), {}, facts).summary()
    assert said == [
        "12,345 position reports of 30 officers, 03 June 2024 to 30 June 2024; half of them within 120 s of the one before.",
        "90 % of the time between an officer's first and last report of a turn was observed.",
        "4 findings ask for a decision before the figures are used; the first:",
        "Sentence 0.", "Sentence 1.", "Sentence 3.",
    ]  # fmt: skip
    calm = QualityReport(Findings().table(), {}, {**facts, "median_interval_s": None, "observed_share": None}).summary()
    assert calm[0].endswith("30 June 2024.") and calm[1:] == [
        "Nothing was found that asks for a decision before the figures are used."
    ]


# --- rows and days ----------------------------------------------------------------------------------------------------


def test_rows_by_day_and_unit():
    seen = seen_of(walk(3, "A", step_s=86_400.0, unit="N"), walk(2, "B", unit="S"))
    said, table = looked(volume, seen)
    by = table.pivot_table(index="day", columns="unit", values="rows")
    assert by["N"].tolist() == [1, 1, 1] and by["S"].tolist() == [2, 0, 0]
    assert said["rows"]["sentence"] == "5 usable rows on 3 days."


def test_exact_copies_and_two_places_at_once_are_apart():
    table = fixes([(0, E, N), (0, E, N), (0, E, N), (60, E, N), (60, E + 5, N), (120, E, N)])
    said, _ = looked(volume, seen_of(table))
    assert (said["duplicates"]["value"], said["two_places"]["value"]) == (2, 1)


@pytest.mark.parametrize(("days", "missing"), [([0, 1, 2, 4], 1), ([0, 1, 2, 3], 0), ([0, 3, 4], 2)])
def test_days_in_between_with_next_to_no_rows(days, missing):
    seen = seen_of(
        *(walk(40, "A", start=86_400.0 * d + 36_000) for d in days), walk(3, "A", start=86_400.0 * 2 + 30_000)
    )
    said, _ = looked(volume, seen)
    assert said["missing_days"]["value"] == missing if missing else "missing_days" not in said
    if missing == 1:
        assert "06 June 2024" in said["missing_days"]["sentence"]


# --- intervals --------------------------------------------------------------------------------------------------------


def test_the_interval_is_the_median_of_steps_up_to_an_hour():
    table = fixes([(0, E, N), (60, E, N), (180, E, N), (360, E, N), (3961, E, N), (3961, E, N)])
    said, (by_day, facts) = looked(intervals, seen_of(table))
    assert facts["median_interval_s"] == 120 and by_day["reports"].tolist() == [3]
    assert said["interval"]["value"] == 120


def test_how_much_of_a_turn_was_observed():
    """30 minutes in steps of one, then half an hour of silence at the same place: half of an hour."""
    still = fixes(np.c_[60.0 * np.arange(31), np.full(31, E), np.full(31, N)])
    later = fixes([(3600, E + 50, N)])
    said, (_, facts) = looked(intervals, seen_of(still, later))
    assert facts["observed_share"] == pytest.approx(0.5)
    assert said["gaps"]["value"] == 1 and said["gaps"]["sentence"].endswith("100 % of them end where they began.")
    # A silence of ten hours lies between two turns and is none.
    _, (_, facts) = looked(intervals, seen_of(still, fixes([(1800 + 36_000, E, N)])))
    assert facts["observed_share"] == 1.0


def test_the_longest_gap_is_that_of_the_source_a_step_starts_from():
    slow, fast = walk(10, "A", step_s=1000.0, source="old"), walk(10, "B", source="new")
    gaps = longest_gaps(seen_of(slow, fast))
    assert gaps[1:10].tolist() == [2500] * 9 and gaps[11:].tolist() == [900] * 9


@pytest.mark.parametrize(("before", "after", "found"), [(60, 180, True), (60, 62, False), (180, 60, True)])
def test_a_lasting_change_of_the_interval(before, after, found):
    tables = [walk(200, "A", step_s=before if d < 4 else after, start=86_400.0 * d + 21_600) for d in range(8)]
    said, _ = looked(intervals, seen_of(*tables))
    change = said.get("interval_change")
    assert (change is not None) is found
    if found:
        assert change["value"] == pytest.approx(after / before) and "07 June 2024" in change["sentence"]


def test_one_odd_day_is_no_lasting_change():
    tables = [walk(200, "A", step_s=180.0 if d == 7 else 60.0, start=86_400.0 * d + 21_600) for d in range(8)]
    assert "interval_change" not in looked(intervals, seen_of(*tables))[0]


# --- positions --------------------------------------------------------------------------------------------------------


def placed(*odd):
    """Two hundred good rows, and odd ones in between."""
    table = walk(200, metres=31.7).assign(y=N + 7.7)  # on no grid
    for k, (x, y) in enumerate(odd):
        table.loc[10 * k + 5, ["x", "y"]] = x, y
    return looked(positions, seen_of(table), None)[0]


def test_positions_at_zero_exchanged_and_far():
    said = placed((0, 0), (0, 0), (N, E + 300), (E + 900_000, N))
    assert {k: v["value"] for k, v in said.items() if k.endswith("_position")} == {
        "zero_position": 2, "swapped_position": 1, "far_position": 1,
    }  # fmt: skip
    assert said["impossible_jumps"]["value"] == 1  # those at zero and exchanged are known already


def test_good_positions_have_no_finding():
    assert placed() == {}


@pytest.mark.parametrize("grid", [1000, 100])
def test_positions_on_a_grid(grid):
    rng = np.random.default_rng(1)
    xy = np.round(rng.uniform(0, 9000, (400, 2)) / grid) * grid + [E, N]
    table = fixes(np.c_[600.0 * np.arange(400), xy])
    said = looked(positions, seen_of(table), None)[0]
    assert said["rounded_position"]["value"] == 400 and f"rounded to {grid} m" in said["rounded_position"]["sentence"]


def test_a_place_is_shown_from_five_officers_on():
    def resting(officers):
        return [
            fixes(np.c_[60.0 * np.arange(20), np.full(20, E + 12), np.full(20, N + 8)], f"o{k}")
            for k in range(officers)
        ]

    said, table = looked(positions, seen_of(*resting(5)), None)
    assert table[["x", "y", "officers", "reports"]].to_numpy().tolist() == [[E, N, 5, 95]]
    assert table["hours"].tolist() == [round(95 / 60, 1)] and said["resting_places"]["value"] == 1
    said, table = looked(positions, seen_of(*resting(4)), None)
    assert len(table) == 0 and "resting_places" not in said


def test_time_at_stations_is_told_where_they_are_known():
    still = fixes([(0, E, N), (600, E, N), (1200, E, N), (2400, E + 5000, N), (2700, E + 5000, N)])
    where = areas(s=shapely.box(E - 10, N - 10, E + 10, N + 10)).assign(role="site")
    said = looked(positions, seen_of(still), where)[0]
    # The seconds before each report: 600 + 600 at the station, 1,200 + 300 elsewhere.
    assert said["at_sites"]["value"] == pytest.approx(100 * 1200 / 2700) and "resting_places" not in said


# --- radios -----------------------------------------------------------------------------------------------------------


def test_a_turn_ends_with_a_silence_of_six_hours():
    seen = seen_of(fixes([(0, E, N), (60, E, N), (60 + TURN_S - 1, E, N), (60 + 2 * TURN_S - 1, E, N)]), walk(2, "B"))
    assert turns_of(seen).tolist() == [0, 0, 0, 1, 2, 2]


def test_a_whole_turn_at_one_place_is_a_radio_left_behind():
    hours = int(PARAMS.locker_h) + 1
    left = fixes(
        np.c_[300.0 * np.arange(12 * hours + 1), E + np.arange(12 * hours + 1) % 3, np.full(12 * hours + 1, N)], "L"
    )
    said = looked(radios, seen_of(left, walk(12 * hours + 1, "A", step_s=300.0, metres=200.0)))[0]
    assert said["locker"]["value"] == 1 and said["locker"]["sentence"].startswith("1 of 2 turns (50 %)")


def test_repeated_positions_count_while_the_officer_moves():
    """Fast before and after: stale. Standing all along: only repeated."""
    x = np.r_[np.arange(5) * 600.0, 2400.0, 2400 + np.arange(1, 5) * 600.0]
    said = looked(radios, seen_of(fixes(np.c_[60.0 * np.arange(10), E + x, np.full(10, N)])))[0]
    assert said["stale_position"]["value"] == 1 and "1 do in all" in said["stale_position"]["sentence"]
    still = walk(10, metres=0.0)
    assert looked(radios, seen_of(still))[0]["stale_position"]["value"] == 0
    told = looked(radios, seen_of(still.assign(speed_kmh=[0.0] * 4 + [9.0] * 6)))[0]
    assert told["stale_position"]["value"] == 6


# --- areas and events -------------------------------------------------------------------------------------------------


def test_roles_beside_each_other_from_five_officers_on():
    there = [walk(10, f"o{k}", metres=1.0, accuracy_m=[50.0] * 5 + [150.0] * 5) for k in range(5)]
    far = [walk(10, f"p{k}", metres=1.0).assign(x=lambda t: t["x"] + 50_000) for k in range(4)]
    where = areas(
        i=shapely.box(E - 100, N - 100, E + 100, N + 100), c=shapely.box(E + 49_000, N - 100, E + 51_000, N + 100)
    )
    where["role"] = ["impact", "comparison"]
    [row] = by_role(seen_of(*there, *far), where).to_dict("records")  # four officers in the comparison area: not shown
    assert (row["areas"], row["reports"], row["officers"], row["median_interval_s"]) == ("Impact Areas", 50, 5, 60)
    assert (row["silent_%"], row["duplicate_%"], row["same_position_%"], row["error_over_100_m_%"]) == (0, 0, 0, 50)


def crimes(**columns):
    base = {"kind": "crime", "x": 1.0, "y": 2.0, "start": pd.Timestamp("2024-06-30T23:30Z"), "time_precision": "minute"}
    return pd.DataFrame({**{k: [v] * 10 for k, v in base.items()}, **columns})


def test_events_without_place_or_time_or_hour():
    table = crimes(x=[np.nan] * 3 + [1.0] * 7, start=[pd.NaT] * 2 + [pd.Timestamp("2024-06-30T23:30Z")] * 8,
                   time_precision=["month"] * 4 + ["minute"] * 6)  # fmt: skip
    found = Findings()
    by_month = events_quality(table, found, PARAMS)
    values = {r["finding"]: r["value"] for r in found.rows}
    assert values == {"no_place": 3, "no_time": 2, "month_only": 4, "snapped": 7}
    assert by_month["events"].tolist() == [8] and "at most 7 on one" in found.rows[-1]["sentence"]


def test_distinct_places_are_no_snapped_ones():
    found = Findings()
    events_quality(crimes(x=np.arange(10.0)), found, PARAMS)
    assert found.rows[-1]["value"] == 1 and found.rows[-1]["consequence"] == "Places are distinct."


def test_fixes_without_a_column_are_refused():
    with pytest.raises(ColumnError, match="fixes table lacks officer_id"):
        assess(walk(3).drop(columns="officer_id"))

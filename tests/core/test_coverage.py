"""Coverage: how much of officers' time was observed, by civil period, unit and resource type."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.coverage import coverage
from ia_plugin.core.errors import ColumnError
from ia_plugin.core.params import SummaryParams
from ia_plugin.core.tracks import build_legs, gaps
from tests.support.tables import fixes

HOUR, DAY = SummaryParams(period="hour"), SummaryParams(period="day")


def spans(*rows, epoch="2024-06-03T10:00:00Z", **columns):
    """Legs or gaps from rows of (officer, start min, end min[, reason])."""
    begin = pd.Timestamp(epoch)
    data = {
        "officer_id": [r[0] for r in rows],
        "start": pd.to_datetime([begin + pd.Timedelta(minutes=r[1]) for r in rows], utc=True),
        "end": pd.to_datetime([begin + pd.Timedelta(minutes=r[2]) for r in rows], utc=True),
        "reason": [r[3] if len(r) > 3 else "" for r in rows],
    }
    return pd.DataFrame({**data, **columns})


def covered(legs, silent=(), params=HOUR, duties=None, **columns):
    return coverage(spans(*legs, **columns), spans(*silent), params, None if duties is None else spans(*duties))


def test_a_leg_over_the_hour_counts_in_both_hours():
    table = covered([("A", 40, 80)])
    assert table["period"].tolist() == [pd.Timestamp("2024-06-03T10:00Z"), pd.Timestamp("2024-06-03T11:00Z")]
    assert table["observed_s"].tolist() == [1200, 1200]
    assert table["unobserved_s"].tolist() == [0, 0] and table["officers_seen"].tolist() == [1, 1]


def test_all_legs_and_all_silences_of_a_period_add_up():
    legs = [("A", 0, 5), ("A", 5, 12), ("B", 3, 13), ("B", 30, 31)]  # 5 + 7 + 10 + 1 minutes
    silent = [("A", 12, 30, "silent"), ("B", 13, 30, "silent_same_place"), ("B", 31, 60, "silent_same_place")]
    row = covered(legs, silent).iloc[0]
    assert row[["observed_s", "unobserved_s", "silent_same_place_s"]].tolist() == [
        23 * 60,
        (18 + 17 + 29) * 60,
        46 * 60,
    ]
    assert row["officers_seen"] == 2


def test_time_between_turns_of_duty_is_no_silence():
    # The next turn begins at 02:40 on the day after, with ten minutes of silence.
    table = covered([("A", 0, 10)], [("A", 10, 1000, "between_duties"), ("A", 1000, 1010, "silent")], DAY)
    assert table["observed_s"].tolist() == [600, 0] and table["unobserved_s"].tolist() == [0, 600]
    assert covered([], [("A", 10, 1000, "between_duties")]).empty


def test_silence_alone_has_a_row():
    """An officer who was silent all through an hour was not seen in it."""
    table = covered([("A", 0, 10)], [("A", 10, 130, "silent")])
    assert table["officers_seen"].tolist() == [1, 0, 0]
    assert table["observed_s"].tolist() == [600, 0, 0] and table["unobserved_s"].tolist() == [3000, 3600, 600]
    assert covered([], [("A", 10, 20, "silent")])["unobserved_s"].tolist() == [600]


def test_units_and_resources_stand_apart_and_what_is_missing_has_a_name():
    legs = [("A", 0, 1), ("B", 0, 2), ("C", 0, 4), ("D", 0, 8)]
    table = covered(legs, unit=["North", "North", None, "South"], resource_type=["car", "beat", "car", None])
    found = table.set_index(["unit", "resource_type"])["observed_s"].to_dict()
    assert found == {
        ("North", "car"): 60,
        ("North", "beat"): 120,
        ("unit not known", "car"): 240,
        ("South", "not known"): 480,
    }


def test_one_officer_in_two_units_is_seen_in_both():
    table = covered([("A", 0, 10), ("A", 10, 20)], unit=["North", "South"])
    assert table.set_index("unit")["officers_seen"].to_dict() == {"North": 1, "South": 1}


@pytest.mark.parametrize(
    ("date", "hours"), [("2024-03-31", 23), ("2024-06-03", 24), ("2024-10-27", 25)], ids=["spring", "June", "autumn"]
)
def test_a_civil_day_is_as_long_as_it_was(date, hours):
    midnight = pd.Timestamp(date, tz="Europe/London").tz_convert("UTC").isoformat()
    legs = spans(("A", 0, hours * 60), ("A", hours * 60, hours * 60 + 30), epoch=midnight)
    table = coverage(legs, spans().iloc[:0], DAY)
    assert table["observed_s"].tolist() == [hours * 3600, 1800]


# --- who was on duty --------------------------------------------------------------------------------------------------


def test_officers_on_duty_are_counted_in_each_period_once():
    duties = [("A", -60, 90), ("A", 20, 40), ("B", 0, 60), ("Z", 60, 61), ("Y", -500, -60), ("X", 700, 900)]
    table = covered([("A", 0, 10), ("A", 60, 65)], duties=duties)
    # From 10:00: A and B; from 11:00: A and Z. B's turn ends as the second hour begins.
    assert table["officers_on_duty"].tolist() == [2, 2] and table["officers_seen"].tolist() == [1, 1]


def test_every_unit_of_a_period_has_the_same_number_on_duty():
    table = covered([("A", 0, 10), ("B", 0, 10)], duties=[("A", 0, 60), ("B", 0, 60), ("C", 0, 60)], unit=["N", "S"])
    assert table["officers_on_duty"].tolist() == [3, 3]


def test_a_turn_of_no_length_and_nobody_on_duty():
    assert covered([("A", 0, 10)], duties=[("B", 5, 5)])["officers_on_duty"].tolist() == [0]
    assert covered([("A", 0, 10)], duties=[("B", 600, 900)])["officers_on_duty"].tolist() == [0]


# --- tables that are none ---------------------------------------------------------------------------------------------


def test_nothing_gives_a_table_with_its_columns():
    table = covered([])
    assert len(table) == 0
    assert table.columns.tolist() == [
        "period", "unit", "resource_type", "observed_s", "unobserved_s", "silent_same_place_s", "officers_seen",
    ]  # fmt: skip
    assert table["observed_s"].dtype == float and table["unit"].dtype == object


def test_tables_without_their_columns_are_refused():
    legs, silent = spans(("A", 0, 10)), spans(("A", 10, 20, "silent"))
    with pytest.raises(ColumnError, match="legs table lacks end"):
        coverage(legs.drop(columns="end"), silent)
    with pytest.raises(ColumnError, match="gaps table lacks reason"):
        coverage(legs, silent.drop(columns="reason"))
    with pytest.raises(ColumnError, match="duties table lacks officer_id"):
        coverage(legs, silent, HOUR, legs.drop(columns="officer_id"))


# --- what must hold ---------------------------------------------------------------------------------------------------

tracks = st.lists(st.integers(20, 5000), min_size=2, max_size=12)


@pytest.mark.filterwarnings("ignore::ia_plugin.core.errors.ImpactAreaWarning")  # of intervals near the longest gap
@settings(max_examples=12)
@given(tracks, tracks, st.sampled_from(["hour", "day", "week", "all"]))
def test_observed_and_silent_make_up_the_time_of_officers_in_any_period(a, b, period):
    table = pd.concat(
        [fixes([(sum(steps[: i + 1]), 300 * i, 0) for i in range(len(steps))], who, unit=who) for who, steps in
         (("A", a), ("B", b))], ignore_index=True,
    )  # fmt: skip
    found = (
        coverage(build_legs(table), gaps(table), SummaryParams(period=period)).groupby("unit").sum(numeric_only=True)
    )
    for who, steps in (("A", a), ("B", b)):
        assert found.loc[who, "observed_s"] + found.loc[who, "unobserved_s"] == pytest.approx(sum(steps[1:]))
    assert (found["silent_same_place_s"] <= found["unobserved_s"]).all()
    shuffled = coverage(
        build_legs(table).sample(frac=1, random_state=1),
        gaps(table).sample(frac=1, random_state=1),
        SummaryParams(period=period),
    )
    pd.testing.assert_frame_equal(shuffled.groupby("unit").sum(numeric_only=True), found, check_exact=False, rtol=1e-12)

"""Officer time by unit that anyone may read: five officers behind each figure, and nothing nearer by taking figures apart."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.group_time.late import late_may_be_shown
from ia_plugin.core.group_time.month import STEP_S, group_month, renewed

ROLES = {"A": "(impact)", "B": "(impact)"}


def there(rows: list[tuple[str, str, str, str, float]]) -> pd.DataFrame:
    """(area, hour, unit, officer, seconds): the areas' time is the role's too."""
    table = pd.DataFrame(rows, columns=["area_id", "period", "unit", "officer_id", "seconds"])
    table = pd.concat([table, table.assign(area_id="(impact)")], ignore_index=True)
    table["period"] = pd.to_datetime(table["period"], utc=True)
    for name in ("department", "officer_role", "resource_type"):
        table[name] = "not known"
    return table.assign(variance=0.0, systematic=0.0)


def month(
    area: str, unit: str, officers: int, hours: int = 24, each: float = 900.0
) -> list[tuple[str, str, str, str, float]]:
    """Officers of a unit in an area, each for a while of many hours of June."""
    moments = pd.date_range("2024-06-03", periods=hours, freq="h", tz="UTC")
    return [(area, str(m), unit, f"{unit}{k}", each) for m in moments for k in range(officers)]


def hours_of(table: pd.DataFrame, area: str) -> dict[str, float]:
    own = table[(table["area_id"] == area) & (table["dimension"] == "unit")]
    return {k: v / 3600 for k, v in own.groupby("value")["officer_seconds"].sum().items()}


def test_units_of_five_are_told_and_smaller_ones_together() -> None:
    """North 6 × 24 × ¼ h = 36 h, South 30 h; East and West have 3 officers each: 36 h together."""
    rows = [*month("A", "North", 6), *month("A", "South", 5), *month("A", "East", 3), *month("A", "West", 3)]
    found = group_month(there(rows), ROLES, timezone="Europe/London").table
    assert hours_of(found, "(impact)") == {"North": 36.0, "South": 30.0, "other": 36.0}


def test_one_small_unit_is_not_told_as_the_other() -> None:
    """East alone would be "other" by another name: the smallest of the rest joins it."""
    rows = [*month("A", "North", 9), *month("A", "South", 5), *month("A", "East", 3)]
    assert hours_of(group_month(there(rows), ROLES, timezone="Europe/London").table, "(impact)") == {
        "North": 54.0,
        "other": 48.0,
    }


def test_one_group_alone_splits_nothing() -> None:
    assert not len(group_month(there(month("A", "North", 9)), ROLES, timezone="Europe/London").table)
    rows = [*month("A", "North", 9), *month("A", "South", 2)]
    assert not len(group_month(there(rows), ROLES, timezone="Europe/London").table)


def test_an_area_is_told_only_where_the_difference_to_its_role_is_enough() -> None:
    """South has 7 officers in A and 2 in B: told in A, the role's figure less A's would be the two in B."""
    rows = [*month("A", "North", 9), *month("A", "South", 7), *month("B", "North", 9), *month("B", "South", 2)]
    found = group_month(there(rows), ROLES, timezone="Europe/London").table
    assert hours_of(found, "(impact)").keys() == {"North", "South"}
    assert "South" not in hours_of(found, "A") and "South" not in hours_of(found, "B")


def test_hours_are_told_where_each_unit_has_five() -> None:
    """North and South are there by day, and at night North alone: the day's hours are told singly, the month's nights in one band."""
    rows = [*month("A", "North", 9), *month("A", "South", 7)]
    rows = [r for r in rows if r[2] == "North" or pd.Timestamp(r[1]).tz_convert("Europe/London").hour >= 6]
    found = group_month(there(rows), ROLES, timezone="Europe/London").table
    role = found[(found["area_id"] == "(impact)") & (found["dimension"] == "unit")]
    assert set(role.loc[role["first_hour"] >= 6, "hours"]) == {1}
    assert hours_of(found, "(impact)") == {"North": 54.0, "South": 31.5}


def test_an_hour_of_the_week_with_less_than_a_second_is_in_no_block() -> None:
    """C is no area that counts; half a second there, two days later, is all that is known of the role at that hour of the week."""
    rows = [*month("A", "North", 9), *month("A", "South", 7)]
    whole = group_month(there(rows), ROLES, timezone="Europe/London").table
    more = group_month(
        there([*rows, ("C", "2024-06-05 12:00:00+00:00", "North", "North0", 0.5)]), ROLES, timezone="Europe/London"
    )
    pd.testing.assert_frame_equal(more.table, whole)


def test_figures_are_to_the_quarter_hour() -> None:
    rows = [*month("A", "North", 6, each=901.0), *month("A", "South", 5)]
    found = group_month(there(rows), ROLES, timezone="Europe/London").table
    assert (found["officer_seconds"] % STEP_S == 0).all()


@pytest.mark.parametrize(
    ("north", "south", "may"),
    [
        (5, 0, True),
        (4, 0, False),
        (6, 5, True),
        (6, 1, False),  # South's late time is the late time of all less North's
        (0, 0, False),  # there is nothing to tell
    ],
)
def test_late_data_is_told_where_the_difference_is_of_no_few_officers(north: int, south: int, may: bool) -> None:
    rows = [*month("A", "North", 6, each=1800.0), *month("A", "South", 5)]
    more = [*rows, *late("North", north), *late("South", south)]
    first = group_month(there(rows), ROLES, timezone="Europe/London").table
    assert late_may_be_shown(first, there(rows), there(more), ROLES, timezone="Europe/London") is may
    second = renewed(first, there(more), timezone="Europe/London")
    assert hours_of(second, "(impact)") == {"North": 72.0 + 12.0 * north, "South": 30.0 + 12.0 * south}
    keys = ["area_id", "value", "weekday", "first_hour", "hours"]
    pd.testing.assert_frame_equal(second[keys], first[keys])


def late(unit: str, officers: int) -> list[tuple[str, str, str, str, float]]:
    return [(a, h, u, f"late{o}", s) for a, h, u, o, s in month("A", unit, officers, each=1800.0)]


def test_late_data_of_one_unit_an_hour_an_officer_waits() -> None:
    """Five officers of North, each in an hour of their own: all late time is North's, so each hour's is one officer's of North."""
    rows = [*month("A", "North", 6), *month("A", "South", 5)]
    more = [
        *rows,
        *((a, h, u, f"late{o}", s) for k, (a, h, u, o, s) in enumerate(month("A", "North", 1)) for o in [k % 5]),
    ]
    first = group_month(there(rows), ROLES, timezone="Europe/London").table
    assert not late_may_be_shown(first, there(rows), there(more), ROLES, timezone="Europe/London")


def test_the_same_data_again_change_nothing() -> None:
    rows = there([*month("A", "North", 6), *month("A", "South", 5), *month("A", "East", 3), *month("A", "West", 3)])
    first = group_month(rows, ROLES, timezone="Europe/London").table
    pd.testing.assert_frame_equal(renewed(first, rows, timezone="Europe/London"), first)


@pytest.mark.parametrize("seed", range(30))
def test_no_row_rests_on_fewer_than_five(seed: int) -> None:
    rows = random_world(np.random.default_rng(seed))
    found = group_month(rows, {a: "(impact)" for a in "ABCD"}, timezone="Europe/London")
    assert found.parts.groupby("row")["officer_id"].nunique().ge(5).all()
    assert set(found.parts["row"]) == set(range(len(found.table)))


def random_world(rng: np.random.Generator) -> pd.DataFrame:
    """Officers of some units in four areas, in some hours of a week: few of most."""
    n, units = 400, [f"unit {k}" for k in range(int(rng.integers(2, 7)))]
    officer = rng.integers(0, 40, n)
    unit = np.where(rng.random(n) < 0.9, officer % len(units), rng.integers(0, len(units), n))
    moment = pd.Timestamp("2024-06-03", tz="UTC") + pd.to_timedelta(rng.integers(0, 24 * 7, n), unit="h")
    home = officer % 4
    area = np.where(rng.random(n) < 0.6, home, rng.integers(0, 4, n))
    rows = [
        ("ABCD"[a], str(m), units[u], f"p{o}", float(s))
        for a, m, u, o, s in zip(area, moment, unit, officer, rng.integers(60, 3600, n))
    ]
    return there(rows)

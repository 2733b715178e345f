"""What a closed week tells of officer density: no cell of few, first and with late data."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.columns import DENSITY, DENSITY_PARTS
from ia_plugin.core.density.shift_weeks import mondays_of
from ia_plugin.core.density.week import enough_behind, shown_week
from ia_plugin.core.empty import empty_table
from tests.support.density import WEEK

NOTHING = empty_table(DENSITY), empty_table(DENSITY_PARTS)


def parts_of(officers, days, seconds=600.0, shift="early", cell="7:3", first=0):
    """The same time of each officer on each day, in one cell and shift."""
    rows = [(shift, cell, d, f"p{k}", seconds) for d in range(days) for k in range(first, first + officers)]
    return pd.DataFrame(rows, columns=["shift", "cell", "day", "officer_id", "seconds"])


def told(parts, before=NOTHING):
    return shown_week(pd.concat(parts, ignore_index=True), WEEK, 200.0, *before)


def hours(table):
    return {(r.shift, r.cell): r.officer_seconds / 3600 for r in table.itertuples()}


def test_five_officers_on_three_days_are_told_and_four_or_two_days_are_not():
    """By hand: 5 × 3 × 10 min are 2.5 hours; four officers, two days, or four and two are no row."""
    table, behind = told([
        parts_of(5, 3), parts_of(4, 7, cell="7:4"), parts_of(9, 2, cell="7:5"), parts_of(4, 7, shift="late"),
    ])  # fmt: skip
    assert hours(table) == {("early", "7:3"): 2.5}
    assert list(table.columns) == list(DENSITY.names)
    assert set(table["week"]) == {pd.Timestamp("2024-06-02T23:00Z")} and set(table["side_m"]) == {200.0}
    assert set(behind["cell"]) == {"7:3"} and set(behind["telling"]) == {0} and len(behind) == 15


def test_officers_of_other_shifts_and_cells_do_not_count_together():
    assert not len(
        told([parts_of(3, 3), parts_of(3, 3, shift="late", first=3), parts_of(3, 3, cell="7:4", first=3)])[0]
    )


def test_a_cell_in_which_one_officer_has_more_than_half_is_not_told():
    """Four pass for a minute on three days; the fifth is there for as long as all, then for longer."""
    four = parts_of(4, 3, 60.0)
    assert len(enough_behind(pd.concat([four, parts_of(1, 1, 4 * 3 * 60.0, first=4)])))
    assert not len(enough_behind(pd.concat([four, parts_of(1, 1, 4 * 3 * 60.0 + 1, first=4)])))


def test_who_passes_in_a_second_stands_behind_nothing():
    crumbs = parts_of(1, 3, 1.0, first=4)
    assert not len(enough_behind(pd.concat([parts_of(4, 3), crumbs])))
    assert len(enough_behind(pd.concat([parts_of(4, 3), crumbs.assign(seconds=2.0)])))


def test_time_is_told_to_the_quarter_hour():
    assert hours(told([parts_of(5, 3, 607.0)])[0]) == {("early", "7:3"): 2.5}
    assert hours(told([parts_of(5, 3, 630.1)])[0]) == {("early", "7:3"): 2.75}


def test_one_late_officer_changes_nothing_and_five_on_three_days_do():
    first = told([parts_of(6, 4)])
    one, held = told([parts_of(6, 4), parts_of(1, 4, 3600.0, first=9)], first)
    pd.testing.assert_frame_equal(one, first[0])
    assert len(held) == len(first[1])
    five, behind = told([parts_of(6, 4), parts_of(5, 3, 900.0, first=9)], (one, held))
    assert hours(five) == {("early", "7:3"): 4.0 + 3.75} and set(behind["telling"]) == {0, 1}


def test_a_late_day_of_many_officers_waits_for_it_is_one_day():
    first = told([parts_of(6, 4)])
    late = parts_of(9, 1, 3600.0, first=20)
    assert hours(told([parts_of(6, 4), late], first)[0]) == hours(first[0])


def test_other_cells_of_the_week_are_told_when_they_have_enough():
    first = told([parts_of(6, 4), parts_of(4, 3, cell="7:4")])
    table, _ = told([parts_of(6, 4), parts_of(5, 3, cell="7:4")], first)
    assert hours(table) == {("early", "7:3"): 4.0, ("early", "7:4"): 2.5}


def test_time_that_went_is_weighed_as_time_that_came():
    """A police site that is put in later takes five officers' time out, another one that of one officer."""
    station, street = parts_of(6, 5, 3600.0), parts_of(5, 3, first=6)
    first = told([station, street])
    gone, behind = told([street], first)
    assert hours(first[0]) == {("early", "7:3"): 32.5} and hours(gone) == {("early", "7:3"): 2.5}
    hospital = parts_of(1, 5, 900.0, first=9)
    first = told([street, hospital])
    assert hours(told([street], first)[0]) == hours(first[0])
    # What is told no more is told again when enough differ from each telling before.
    none, behind = told([parts_of(1, 1)], told([station, street]))
    assert not len(none) and len(behind)
    back, _ = told([station, street, hospital], (none, behind))
    assert not len(back)
    back, _ = told([station, street, parts_of(5, 3, first=20)], (none, behind))
    assert hours(back) == {("early", "7:3"): 35.0}


@pytest.mark.parametrize("seed", range(20))
def test_no_two_tellings_differ_by_few(seed):
    """Random weeks that grow and shrink: each change of a row is of five officers on three days."""
    rng = np.random.default_rng(seed)
    state, history = NOTHING, []
    for _ in range(6):
        n = int(rng.integers(20, 200))
        parts = pd.DataFrame({"shift": "early", "cell": rng.choice(["1:1", "1:2"], n), "day": rng.integers(0, 7, n), "officer_id": [f"p{k}" for k in rng.integers(0, 12, n)], "seconds": rng.integers(60, 3600, n)})  # fmt: skip
        if history and rng.random() < 0.5:
            parts = pd.concat([history[-1][0], parts.iloc[: int(rng.integers(1, 12))]])
        parts = (
            parts.groupby(["shift", "cell", "day", "officer_id"], as_index=False)["seconds"]
            .sum()
            .astype({"seconds": float})
        )
        state = shown_week(parts, WEEK, 200.0, *state)
        behind = state[1]
        history.append((parts, behind))
    for cell, rows in behind.groupby("cell"):
        sums = {k: t.set_index(["day", "officer_id"])["seconds"] for k, t in rows.groupby("telling")}
        for k in sums:
            for other in [o for o in sums if o < k]:
                change = sums[k].sub(sums[other], fill_value=0.0).abs()
                change = change[change > 1.0].reset_index()
                assert change["officer_id"].nunique() >= 5 and change["day"].nunique() >= 3, cell


def test_an_empty_week_is_an_empty_table():
    table, behind = shown_week(parts_of(0, 0), WEEK, 200.0, *NOTHING)
    assert list(table.columns) == list(DENSITY.names) and not len(table) and not len(behind)


def test_a_day_changes_its_own_week_and_those_its_nights_and_rests_reach():
    assert mondays_of(["2024-06-06"]) == {"2024-06-03"}
    assert mondays_of(["2024-06-03"]) == {"2024-05-27", "2024-06-03"}
    assert mondays_of(["2024-06-08"]) == {"2024-06-03", "2024-06-10"}
    assert mondays_of([]) == set()

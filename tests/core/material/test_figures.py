"""Like against like: areas together beside areas together, the median of areas beside the median of areas."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.figure_words import as_answer, as_table, beside_each_other, rows_of
from ia_plugin.core.answers.time_table import time_table
from ia_plugin.core.charts.choice import prepare
from ia_plugin.core.columns import TIME_USE
from ia_plugin.core.dashboard.change import change_of
from ia_plugin.core.empty import empty_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import ROW, figures, spread
from ia_plugin.core.material.measures import MEASURES
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.words import SHARED_TIMES
from tests.support.month_panels import crimes, squares
from tests.support.one_hour import DAY, HOUR, cells, material_of

# area, role, km2, officer hours: together Impact Areas have 12 h on 6 km² = 2 h per km², by area 10, 1 and 0.4, median 1;
# comparison areas have 9 h on 3 km² = 3 h per km², by area 1, 6 and 2, median 2.
AREAS = (
    ("small", "impact", 1.0, 10.0), ("middle", "impact", 0.5, 0.5), ("large", "impact", 4.5, 1.5),
    ("c1", "comparison", 1.0, 1.0), ("c2", "comparison", 1.0, 6.0), ("c3", "comparison", 1.0, 2.0),
)  # fmt: skip


@pytest.fixture(scope="module")
def material():
    return material_of(AREAS)


def row_of(material, state=DAY, key="officer_hours"):
    return figures(material, state, "none").table.set_index("key").loc[key]


def test_pooled_stands_beside_pooled_and_median_beside_median(material):
    row = row_of(material)
    assert [row["value"], row["rate"]] == pytest.approx([12, 2])
    assert [row["comparison"], row["comparison_rate"]] == pytest.approx([9, 3])
    assert [row[f"area_{c}"] for c in ("median", "low", "high")] == pytest.approx([1, 1 / 3, 10])
    assert [row[f"comparison_{c}"] for c in ("median", "low", "high")] == pytest.approx([2, 1, 6])
    assert (row["areas"], row["comparison_areas"]) == (3, 3)


def test_the_copied_answer_sets_the_same_statistic_side_by_side(material):
    found = figures(material, DAY, "none")
    answer = as_answer(found)
    assert "2 h per km² here, comparison areas together 3 h per km²" in answer
    assert "by area, median 1 h per km² (0.3 to 10) here, comparison areas 2 h per km² (1 to 6)" in answer
    line = next(line for line in as_table(found).splitlines() if line.startswith("Officer-hours")).split("\t")
    head = as_table(found).splitlines()[0].split("\t")
    assert (
        dict(zip(head, line))["Comparison, per km²"] == "3 h per km²"
        and dict(zip(head, line))["Here, per km²"] == "2 h per km²"
    )


@pytest.mark.parametrize("name", ["Aston\n=1+1", "Aston\r\n\t@SUM(1)", "=1+1", "Aston\t=1+1", "Aston\u2028-2+3"])
def test_what_is_pasted_has_no_cell_that_a_name_made(material, name):
    """A line end or a tab in an area's name ends a cell, and what follows it may be a formula."""
    state = replace(DAY, areas=(material.areas["area_id"].iloc[0],))
    names = {state.areas[0]: name}
    plain = as_table(figures(material, state, "none"), {state.areas[0]: "Aston"})
    table = as_table(figures(material, state, "none"), names)
    assert [line.count("\t") for line in table.split("\n")] == [line.count("\t") for line in plain.split("\n")]
    cells = [cell for line in table.split("\n") for cell in line.split("\t")]
    assert not [cell for cell in cells if cell[:1] in ("=", "@") or cell.startswith("-2")]
    assert "\n" not in as_answer(figures(material, state, "none"), names=names)


def test_a_share_of_all_time_has_no_rate_and_no_median(material):
    """It hangs on how much ground the areas have: 12 of 21 h lie in Impact Areas, on 6 of 9 km²."""
    row = row_of(material, key="share")
    assert row["value"] == pytest.approx(100 * 12 / 21) and row["comparison"] == pytest.approx(100 * 9 / 21)
    assert row["rate_unit"] == "%" and np.isnan(row["area_median"]) and np.isnan(row["comparison_median"])
    text = next(r for r in rows_of(figures(material, DAY)) if r["key"] == "share")
    assert "km²" not in "".join(text.values()) and text["rate"] == text["areas"] == ""


def test_one_area_chosen_has_no_median_of_its_own(material):
    row = row_of(material, replace(DAY, areas=("large",)))
    assert row["rate"] == pytest.approx(1.5 / 4.5) and np.isnan(row["area_median"]) and row["areas"] == 0
    text = rows_of(figures(material, replace(DAY, areas=("large",))))[1]
    assert beside_each_other(text)[-1].startswith("the median of comparison areas is 2 h per km²")


def test_a_comparison_area_that_is_chosen_is_not_compared_with_itself(material):
    row = row_of(material, replace(DAY, areas=("c2",)))
    # Left are c1 and c3: 3 h on 2 km², by area 1 and 2.
    assert [row["comparison"], row["comparison_rate"], row["comparison_median"]] == pytest.approx([3, 1.5, 1.5])


def test_without_comparison_areas_nothing_is_set_beside():
    row = row_of(material_of(AREAS[:3]))
    assert np.isnan([row["comparison"], row["comparison_rate"], row["comparison_median"]]).all()
    text = rows_of(figures(material_of(AREAS[:3]), DAY))[1]
    assert beside_each_other(text) == [] and "omparison" not in as_answer(figures(material_of(AREAS[:3]), DAY, "none"))


def test_without_impact_areas_nothing_is_known_and_that_is_said():
    row = row_of(material_of(AREAS[3:]))
    assert np.isnan(row["value"]) and row["why"] == "the area is not in the data"


def test_an_area_that_does_not_count_in_the_period_is_not_compared():
    made = material_of(AREAS, ends={"c1": date(2024, 6, 2)})
    row = row_of(made)
    assert row["comparison_areas"] == 2 and row["comparison_median"] == pytest.approx(4)
    table = time_table(made, DAY).set_index("place")
    assert np.isnan(table.loc["c1", "officer_hours"]) and table.loc["c2", "officer_hours"] == pytest.approx(6)


def test_ground_that_does_not_count_is_not_divided_by():
    """A large area that ended before the day: 10 h on its 1 km² together, not 10 h on 5."""
    made = material_of([("small", "impact", 1.0, 10.0), ("gone", "impact", 4.0, 0.0)], ends={"gone": date(2024, 5, 31)})
    row = row_of(made)
    assert row["rate"] == pytest.approx(10) and row["area_median"] == pytest.approx(10) and row["areas"] == 1
    # Over two days, of which an area counts on one, half of its ground counts.
    two = FilterState(first=date(2024, 6, 2), last=date(2024, 6, 3))
    made = material_of([("small", "impact", 1.0, 10.0), ("half", "impact", 4.0, 0.0)], ends={"half": date(2024, 6, 2)})
    assert row_of(made, two)["rate"] == pytest.approx(10 / (1 + 2))
    assert any(n == "half counts on 1 of the 2 days of this period." for n in figures(made, two, "none").notes)


def test_cover_and_visits_of_areas_that_share_ground_are_divided_by_the_ground_of_each():
    """Two areas of 1 km² on the same ground: 2 h of cover and 4 visits in each are 4 h and 8 visits on 2 km²."""
    where = pd.DataFrame(
        {"area_id": ["a", "b"], "name": ["a", "b"], "role": "impact", "geometry": [shapely.box(0, 0, 1000, 1000)] * 2}
    )
    cover = pd.DataFrame(
        {
            "area_id": ["a", "b"],
            "period": HOUR,
            "unit": "(all)",
            "resource_type": "(all)",
            "patrol_seconds": 7200.0,
            "officers": 1,
        }
    )
    visits = pd.DataFrame(
        {
            "area_id": ["a", "b"],
            "period": HOUR,
            "unit": "North",
            "resource_type": "response",
            "band": "x",
            "visits": 4,
            "seconds": 600.0,
        }
    )
    hours = pd.DataFrame([cells(p, 3.0) for p in ("a", "b", "(impact)")])
    made = Material.of(where, hours, cover=cover, visit_lengths=visits)
    table = figures(made, DAY, "none").table.set_index("key")
    assert table["value"][["officer_hours", "cover_hours", "visits"]].tolist() == pytest.approx([3, 4, 8])
    assert table["rate"][["officer_hours", "cover_hours", "visits"]].tolist() == pytest.approx([3, 2, 4])
    assert table["area_median"][["officer_hours", "cover_hours", "visits"]].tolist() == pytest.approx([3, 2, 4])
    assert any("cover and visits are added over areas" in n for n in figures(made, DAY, "none").notes)


def test_a_part_of_comparison_areas_that_share_ground_does_not_stand_together():
    shapes = [
        shapely.box(0, 0, 1000, 1000),
        shapely.box(3000, 0, 4000, 1000),
        shapely.box(3500, 0, 4500, 1000),
        shapely.box(6000, 0, 7000, 1000),
    ]
    where = pd.DataFrame(
        {"area_id": list("icef"), "name": list("icef"), "role": ["impact", *["comparison"] * 3], "geometry": shapes}
    )
    made = Material.of(where, pd.DataFrame([cells(p, 1.0) for p in ("i", "c", "e", "f", "(impact)", "(comparison)")]))
    assert np.isfinite(row_of(made)["comparison"])
    row = row_of(made, replace(DAY, areas=("f",)))
    assert np.isnan(row["comparison"]) and row["comparison_median"] == pytest.approx(1) and row["comparison_areas"] == 2


def test_nobody_of_a_unit_is_no_time_and_not_no_data(material):
    row = row_of(material, replace(DAY, units=("South",)))
    assert row["value"] == 0 and row["why"] == ""
    share = row_of(material, replace(DAY, units=("South",)), "share")
    assert np.isnan(share["value"]) and share["why"] == "no officer time under this filter"


def test_an_earlier_period_that_the_data_do_not_reach_back_to_is_not_compared(material):
    """What the tile does not compare, the table does not print: three days on other weekdays than the three before."""
    three = FilterState(first=date(2024, 6, 6), last=date(2024, 6, 8))
    earlier = figures(material, three, "before").table.set_index("key").loc["officer_hours"]
    assert np.isnan(earlier["earlier"]) and earlier["earlier_why"] == "the periods have other weekdays"
    assert earlier["earlier_why"] == change_of(material, three, "presence").why


def test_the_number_of_a_chart_is_that_of_the_figures_beside_it(material):
    for comparison in ("before", "year"):
        assert figures(material, DAY, comparison).number in prepare(material, DAY, comparison=comparison).footer
    assert figures(material, DAY, "before").number != figures(material, DAY, "year").number


def test_sentences_beside_a_count_are_about_events(material):
    events = pd.DataFrame(
        {
            "event_id": ["1"],
            "kind": "crime",
            "category": "any",
            "start": [HOUR],
            "end": [HOUR],
            "time_precision": "minute",
            "x": 10.0,
            "y": 10.0,
            "source": "t",
        }
    )
    made = Material.of(
        pd.DataFrame([{"area_id": "a", "name": "a", "role": "impact", "geometry": shapely.box(0, 0, 1000, 1000)}]),
        pd.DataFrame([cells("a", 1.0), cells("(impact)", 1.0)]),
        events=events,
    )
    answer = as_answer(figures(made, DAY, "none"), "crimes")
    assert "police station" not in answer and "police station" in as_answer(figures(made, DAY, "none"))


def test_the_dock_and_the_answers_hold_the_same_rows(material):
    table = time_table(material, DAY).set_index("place")
    row = row_of(material)
    assert [table.loc["(impact)", "hours_per_km2"], table.loc["(comparison)", "hours_per_km2"]] == pytest.approx(
        [row["rate"], row["comparison_rate"]]
    )


def test_rows_have_every_column_and_one_row_a_measure(material):
    table = figures(material, DAY).table
    assert tuple(table.columns) == ROW
    assert list(table["key"]) == [m.key for m in MEASURES if m.key != "bicycle"]


def test_time_on_a_bicycle_has_its_row_where_there_is_any():
    """Else the shares of the modes would not add up to all time: 3 h of 6 on foot, 3 h on a bicycle."""
    ridden = cells("small", 6.0, foot_seconds=3 * 3600.0, bicycle_seconds=3 * 3600.0)
    made = material_of([("small", "impact", 1.0, 0.0)], [ridden, {**ridden, "area_id": "(impact)"}])
    table = figures(made, DAY).table.set_index("key")["value"]
    assert [table[m] for m in ("foot", "vehicle", "bicycle", "stationary", "unknown")] == pytest.approx(
        [50, 0, 50, 0, 0]
    )


def test_areas_are_summed_up_by_those_that_have_a_value():
    assert spread(np.array([3.0, np.nan, 1.0, 8.0])) == (3.0, 1.0, 8.0, 3)
    assert spread(np.array([np.nan]))[3] == 0 and np.isnan(spread(np.empty(0))[:3]).all()


def test_a_count_with_decimals_says_why():
    """A crime between 21:00 and 23:00 counts as a half before 22:00; one known to the minute is whole, and needs no word."""
    areas = squares(A={"role": "impact"})
    shared = crimes((500.0, "2024-06-03T20:00Z", "2024-06-03T22:00Z"))
    sharp = crimes((500.0, "2024-06-03T20:10Z", "2024-06-03T20:10Z"))
    evening = FilterState(hour_from=20, hour_to=22)
    found, whole = (
        figures(Material.of(areas, empty_table(TIME_USE), events=events), evening) for events in (shared, sharp)
    )
    assert found.value("crimes") == pytest.approx(0.5) and SHARED_TIMES in found.notes_for("crimes")
    assert whole.value("crimes") == 1 and SHARED_TIMES not in whole.notes

"""Each planted fault is found, with its number; clean data asks for no decision; the page names nobody."""

import io

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.params import QualityParams, SimulateParams
from ia_plugin.core.quality import assess, quality_page
from ia_plugin.core.quality.charts import charts_of
from ia_plugin.core.simulate import plant_faults, simulate_shifts
from tests.support.long import long_after
from tests.support.streets import AREAS, streets

STREETS = streets(30, 200.0)
KINDS = {
    "duplicates": "duplicates",
    "swapped": "swapped_position",
    "jumps": "impossible_jumps",
    "missing": "no_position",
    "zero": "zero_position",
    "future": "stray_times",
    "rounded": "rounded_position",
}


def world(seed=1, **more):
    """A force whose radios do nothing they should not."""
    params = dict(officers=30, days=3, seed=seed, locker_share=0.0, stale_share=0.0, home_share=0.0)
    made = simulate_shifts(STREETS, AREAS, None, SimulateParams(**{**params, **more}))
    return made.fixes.assign(x=made.fixes["x"] + 400_000, y=made.fixes["y"] + 280_000), made.duties


@pytest.fixture(scope="module")
def clean():
    return world()


@pytest.fixture(scope="module")
def fortnight():
    return world(seed=3, officers=24, days=12, interval_s=240.0)


def found(fixes, **more):
    report = assess(fixes, **more)
    return report.attention.set_index("finding")


@pytest.mark.parametrize(
    "more", [{}, {"interval_s": 15.0, "days": 1}, {"interval_s": 900.0}, {"officers": 60, "days": 1}]
)
@pytest.mark.parametrize("seed", long_after(1, [2, 7]))
def test_clean_data_asks_for_no_decision(seed, more):
    fixes, duties = world(seed, **more)
    assert assess(fixes).attention["sentence"].tolist() == []
    assert assess(fixes, duties=duties).attention["sentence"].tolist() == []


@pytest.mark.parametrize("seed", long_after(1, [1, 2]))
@pytest.mark.parametrize("kind", list(KINDS))
def test_each_planted_fault_is_found_with_its_number(clean, kind, seed):
    fixes, planted = plant_faults(clean[0], [kind], seed=seed)
    said = found(fixes)
    assert KINDS[kind] in said.index
    assert said.loc[KINDS[kind], "value"] == pytest.approx(len(planted), rel=0.2)


def test_a_radio_an_hour_ahead(clean):
    fixes, duties = clean
    for seed in (1, 2, 3):
        ahead, _ = plant_faults(fixes, ["clock"], seed=seed)
        assert found(ahead, duties=duties).loc["clock_skew", "value"] == pytest.approx(1, abs=0.2)


def test_a_unit_an_hour_ahead_without_a_duty_table(fortnight):
    fixes, _ = fortnight
    unit = fixes["unit"].value_counts().index[-1]
    ahead = fixes.assign(time=fixes["time"] + pd.to_timedelta(np.where(fixes["unit"] == unit, 3600, 0), unit="s"))
    said = found(ahead)
    assert said.loc["clock_skew", "value"] == 1 and unit in said.loc["clock_skew", "sentence"]


@pytest.mark.parametrize(("fault", "finding"), [("locker_share", "locker"), ("stale_share", "stale_position")])
def test_radios_that_do_not_say_where_their_officer_is(fault, finding):
    fixes, _ = world(seed=4, officers=40, **{fault: 0.08})
    assert finding in found(fixes).index


def test_breaks_in_the_series(fortnight):
    fixes, _ = fortnight
    day = fixes["time"].dt.floor("D")
    middle = day.min() + pd.Timedelta("6D")
    unit = fixes["unit"].value_counts().index[0]
    assert "missing_days" in found(fixes[day != middle]).index
    silent = found(fixes[~((fixes["unit"] == unit) & (day == middle))])
    assert silent.loc["silent_unit", "subject"] == unit
    late = fixes["time"] >= middle
    nth = fixes.groupby("officer_id", observed=True).cumcount()
    rarer = found(fixes[~((fixes["unit"] == unit) & late & (nth % 2 == 1))])
    assert rarer.loc["interval_change", "subject"] == unit
    assert rarer.loc["interval_change", "value"] > 1.4


def test_positions_of_cells_and_missing_units(fortnight):
    fixes, _ = fortnight
    unit = fixes["unit"].value_counts().index[0]
    mine = fixes["unit"] == unit
    snapped = fixes.assign(
        x=np.where(mine, np.round(fixes["x"] / 333) * 333, fixes["x"]),
        y=np.where(mine, np.round(fixes["y"] / 333) * 333, fixes["y"]),
    )
    assert found(snapped).loc["snapped_position", "subject"] == unit
    assert "no_unit" in found(fixes.assign(unit=fixes["unit"].where(~mine))).index
    assert "poor_accuracy" in found(fixes.assign(accuracy_m=500.0)).index


def test_outside_the_force(clean):
    fixes, _ = clean
    force = pd.DataFrame(
        {"area_id": ["f"], "role": ["rest"], "geometry": [shapely.box(400_000, 280_000, 403_000, 286_000)]}
    )
    assert "outside_force" in found(fixes, areas=force).index


def test_events_without_a_place(clean):
    n = 400
    events = pd.DataFrame(
        {
            "event_id": range(n),
            "kind": "crime",
            "category": "x",
            "time_precision": "month",
            "x": np.where(np.arange(n) % 5, 1.0, np.nan),
            "y": 1.0,
        }
    )
    events["start"] = pd.Timestamp("2024-06-01T00:00Z")
    report = assess(clean[0], events=events)
    assert report.attention.set_index("finding").loc["no_place", "value"] == 80
    assert report.findings.set_index("finding").loc["month_only", "severity"] == "information"


def test_impact_beside_comparison_areas(clean):
    fixes, _ = clean
    areas = AREAS.assign(geometry=[shapely.affinity.translate(g, 400_000, 280_000) for g in AREAS["geometry"]])
    assert {"Impact Areas", "rest"} <= set(assess(fixes, areas=areas).tables["roles"]["areas"])


def test_the_page_stands_alone_escapes_all_and_names_nobody(clean):
    fixes, _ = plant_faults(clean[0], ["duplicates", "zero"], seed=1)
    fixes = fixes.assign(
        unit=np.where(fixes["unit"] == fixes["unit"].iloc[0], "<script>alert('&')</script>", fixes["unit"])
    )
    page = quality_page(assess(fixes), made="on a day")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert page.count("OFFICIAL-SENSITIVE") == 2 and "http" not in page.replace("http-equiv", "")
    assert not any(o in page for o in fixes["officer_id"].unique())
    with pytest.raises(ParameterError, match="blank"):
        quality_page(assess(fixes), marking=" ")


@pytest.mark.parametrize("unit", ["$\\frac{$", "_North", "a $5 b $6", "North" * 500])
def test_units_stand_in_the_legend_as_they_are_called(clean, unit):
    """One with dollars ended the report, one with an underscore first was left out, a long one made the picture huge."""
    fixes = clean[0].assign(unit=np.where(clean[0]["unit"] == clean[0]["unit"].iloc[0], unit, clean[0]["unit"]))
    for chart in charts_of(assess(fixes)):
        figure = chart["figure"]
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
        [legend] = [a.get_legend() for a in figure.axes if a.get_legend()]
        drawn = [t.get_text().strip().replace(r"\$", "$") for t in legend.get_texts()]
        assert unit in drawn or f"{unit[:59]}…" in drawn


def test_nothing_and_next_to_nothing_can_be_looked_at():
    empty = pd.DataFrame({"officer_id": [], "time": pd.to_datetime([], utc=True), "x": [], "y": []})
    assert not len(assess(empty).attention)
    one = pd.DataFrame({"officer_id": ["a"], "time": pd.to_datetime(["2024-06-03T10:00Z"]), "x": [4e5], "y": [2.8e5]})
    assert quality_page(assess(one, params=QualityParams()))


@pytest.mark.parametrize(
    "zone, begins",
    [("Europe/London", "2024-06-04"), ("UTC", "2024-06-03 23:00"), ("America/New_York", "2024-06-03 19:00")],
)
def test_notes_stand_at_the_clocks_of_the_force(clean, zone, begins):
    """A note of 4 June in London begins at 23:00 UTC of the 3rd: its line is at the beginning of the 4th, as the days of the chart are."""
    notes = pd.DataFrame({"from": [pd.Timestamp("2024-06-03T23:00Z")], "to": [pd.NaT], "text": ["New masts."]})
    report = assess(clean[0], notes=notes, params=QualityParams(timezone=zone))
    lines = [line for line in charts_of(report)[0]["figure"].axes[0].lines if line.get_linestyle() == ":"]
    assert [pd.Timestamp(line.get_xdata()[0]) for line in lines] == [pd.Timestamp(begins)]
    page = quality_page(report)
    assert f"{pd.Timestamp(begins)}" in page and "23:00:00+00:00" not in page


def test_the_span_in_words_is_of_civil_days():
    """Reports of 3 June 00:10 to 23:50 in London, 2 June 23:10 UTC on: one civil day."""
    times = pd.date_range("2024-06-02T23:10Z", "2024-06-03T22:50Z", freq="60s")
    fixes = pd.DataFrame({"officer_id": "a", "time": times, "x": 400_000.0, "y": 280_000.0})
    assert "03 June 2024 to 03 June 2024" in assess(fixes).summary()[0]


def test_no_unit_of_few_officers_is_in_any_sentence_table_picture_or_page(fortnight):
    """Two dog handlers whose positions are rounded, snapped, late and silent: each fault is told, of other units."""
    fixes, _ = fortnight
    mine = fixes["officer_id"].isin(fixes["officer_id"].unique()[:2]).to_numpy()
    dogs = fixes.assign(
        unit=np.where(mine, "Dog Section", np.where(np.arange(len(fixes)) % 2, "North", "South")),
        x=np.where(mine, np.round(fixes["x"] / 100) * 100, fixes["x"]),
        y=np.where(mine, np.round(fixes["y"] / 100) * 100, fixes["y"]),
    )
    for least, seen in ((5, False), (1, True)):
        report = assess(dogs, least=least)
        everything = [report.findings.to_csv(), *report.summary(), *(t.to_csv() for t in report.tables.values())]
        legends = [a.get_legend() for c in charts_of(report) for a in c["figure"].axes if a.get_legend()]
        everything += [t.get_text() for legend in legends for t in legend.get_texts()] + [quality_page(report)]
        assert any("Dog Section" in text for text in everything) == seen
        assert "rounded_position" in set(report.findings["finding"])

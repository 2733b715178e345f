"""Charts' data on tables small enough to check by hand: hours of the week, mismatch, days, groups, visits, activities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.splits import activities_table
from ia_plugin.core.charts.bars import activity_shares, by_group, visit_bands
from ia_plugin.core.charts.chart_cells import cell_in_words, narrowed
from ia_plugin.core.charts.choice import AGAINST, CHARTS, Choice, prepare
from ia_plugin.core.charts.draw import draw, least_height, place
from ia_plugin.core.charts.series import WeekGrid, by_chance, mismatch, mismatch_in_words, series, week_grid, week_pair
from ia_plugin.core.disclosure.audiences import in_full
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.words import RANGES_OF_MODES
from tests.support.long import long_after

MONDAY = date(2024, 6, 3)
WEEK = FilterState(first=MONDAY, last=date(2024, 6, 9))
AREAS = pd.DataFrame(
    {
        "area_id": ["A", "B", "C"],
        "name": ["Aston", "Balsall", "Cotteridge"],
        "role": ["impact", "impact", "comparison"],
        "geometry": [shapely.box(1000 * i, 0, 1000 * i + 900, 900) for i in range(3)],
    }
)


def at(day: int, hour: int) -> pd.Timestamp:
    """UTC of a civil hour in June 2024: London is an hour ahead."""
    return pd.Timestamp(f"2024-06-{day:02}", tz="UTC") + pd.Timedelta(hours=hour - 1)


def spent(day, hour, hours, area="A", unit="North", activity="on_foot", resource="response", foot=1.0):
    """Rows of time_use: the area's own and its role's."""
    role = {"A": "(impact)", "B": "(impact)", "C": "(comparison)"}[area]
    row = {
        "period": at(day, hour),
        "unit": unit,
        "department": "not known",
        "officer_role": "not known",
        "resource_type": resource,
        "activity": activity,
        "officer_seconds": 3600.0 * hours,
        "variance": 0.0,
        "systematic": 0.0,
        "foot_seconds": 3600.0 * hours * foot,
        "vehicle_seconds": 3600.0 * hours * (1 - foot),
        "stationary_seconds": 0.0,
        "unknown_seconds": 0.0,
        "bicycle_seconds": 0.0,
    }
    return [{"area_id": place, **row} for place in (area, role)]


def happened(day, hour, kind="incident", area="A", count=1, precision="minute", found=None):
    """Rows of events."""
    x = {"A": 450.0, "B": 1450.0, "C": 2450.0}[area]
    begin = at(day, hour)
    return [
        {
            "event_id": f"{kind}{day}{hour}{area}{i}",
            "kind": kind,
            "category": "any",
            "start": begin,
            "end": begin + pd.Timedelta(minutes=1),
            "time_precision": precision,
            "x": x,
            "y": 450.0,
            "source": "test",
            "object_found": found,
        }
        for i in range(count)
    ]


def seen(officers: dict[str, int], dimension="unit", area="A"):
    return [
        {"area_id": place, "period": at(3, 0), "dimension": dimension, "value": unit, "officers": n}
        for unit, n in officers.items()
        for place in (area, "(impact)")
    ]


def material(time, events=(), **tables):
    """Material of lists of lists of rows."""
    made = {name: pd.DataFrame(rows) for name, rows in tables.items()}
    rows = [r for some in time for r in some]
    happenings = [r for some in events for r in some]
    return Material.of(AREAS, pd.DataFrame(rows), events=pd.DataFrame(happenings) if happenings else None, **made)


# --- hours of the week ------------------------------------------------------------------------------------------------


def test_presence_stands_at_its_civil_hour_and_other_hours_with_data_are_nought() -> None:
    grid = week_grid(material([spent(3, 0, 2.0), spent(4, 23, 1.0), spent(5, 7, 9.0, area="C")]), WEEK, "presence")
    assert grid.values[0, 0] == 2.0 and grid.values[1, 23] == 1.0
    assert grid.values[2, 7] == 0.0, "the force was seen then, though not here"
    assert grid.total == 3.0 and np.isnan(grid.values).sum() == 165


def test_only_the_hours_and_weekdays_of_the_filter_are_told() -> None:
    night = replace(WEEK, hour_from=22, hour_to=2, weekdays=(4,))
    rows = [spent(d, h, 1.0) for d in range(3, 10) for h in range(24)]
    grid = week_grid(material(rows), night, "presence")
    kept = {(int(r), int(c)) for r, c in np.argwhere(np.isfinite(grid.values))}
    assert kept == {(4, 22), (4, 23), (5, 0), (5, 1)}


def test_areas_of_the_filter_and_time_at_police_sites() -> None:
    made = material([spent(3, 8, 2.0), spent(3, 8, 5.0, area="B"), spent(3, 8, 4.0, activity="police_site")])
    assert week_grid(made, WEEK, "presence").total == 7.0
    assert week_grid(made, replace(WEEK, areas=("A",)), "presence").total == 2.0


def test_linked_time_apart() -> None:
    made = material([spent(3, 8, 2.0), spent(3, 9, 5.0, activity="incident_place_time")])
    assert week_grid(made, WEEK, "presence").total == 7.0
    apart = week_grid(made, WEEK, "presence", apart=True)
    assert apart.total == 2.0 and apart.values[0, 9] == 0.0


def test_modes_of_the_filter() -> None:
    made = in_full(material([spent(3, 8, 4.0, foot=0.25)]))
    assert week_grid(made, replace(WEEK, modes=("foot",)), "presence").total == 1.0


def test_demand_is_crimes_and_incidents() -> None:
    made = material([], [happened(3, 8, count=2), happened(3, 8, "crime"), happened(3, 9, "stop_search", found=True)])
    totals = {w: week_grid(made, WEEK, w).total for w in ("incidents", "crimes", "demand", "searches")}
    assert totals == {"incidents": 2.0, "crimes": 1.0, "demand": 3.0, "searches": 1.0}
    assert week_grid(made, replace(WEEK, kinds=("crime",)), "incidents").why == "filtered out"
    assert "found: under 10 searches with a result" in " ".join(week_grid(made, WEEK, "searches").notes)


def test_a_chart_says_how_many_searches_its_share_of_finds_is_of() -> None:
    made = material(
        [], [happened(3, 8, "stop_search", count=5, found=True), happened(4, 9, "stop_search", count=15, found=False)]
    )
    said = "Of the 20 searches with a result that are counted here the object was found in 25 %."
    assert week_grid(made, WEEK, "searches").notes[-1] == said


def test_events_without_an_hour_are_refused_and_counted() -> None:
    coarse = week_grid(material([], [happened(3, 0, precision="day", count=3)]), WEEK, "incidents")
    assert "only the day or month" in coarse.why and np.isnan(coarse.values).all()
    both = week_grid(material([], [happened(3, 0, precision="day", count=3), happened(3, 8)]), WEEK, "incidents")
    assert both.total == 1.0 and both.notes[0] == "3 incidents known by day only are not in a frame of hours."


def test_no_data_is_not_nought() -> None:
    empty = week_grid(material([spent(20, 8, 1.0)]), WEEK, "presence")
    assert empty.why == "no data in this period" and np.isnan(empty.values).all()


def test_a_pair_is_told_over_hours_that_both_have() -> None:
    made = material([spent(3, 8, 1.0), spent(4, 8, 1.0)], [happened(4, 8), happened(6, 8)])
    here, there = week_pair(made, WEEK, "presence", "incidents")
    assert here.total == 1.0 and there.total == 1.0 and np.isnan(there.values[3, 8])


# --- mismatch ---------------------------------------------------------------------------------------------------------


def pair(presence: dict[int, float], demand: dict[int, int]):
    rows = [spent(3, h, presence.get(h, 0.0)) for h in range(24)]
    return week_pair(
        material(rows, [happened(3, h, count=n) for h, n in demand.items()]), WEEK, "presence", "incidents"
    )


def test_mismatch_by_hand() -> None:
    # ½ (|0.5 − 0.25| + |0.5 − 0.75|) = 0.25
    assert mismatch(*pair({8: 10.0, 20: 10.0}, {8: 10, 20: 30})) == pytest.approx(0.25)
    assert mismatch(*pair({8: 5.0, 20: 15.0}, {8: 10, 20: 30})) == pytest.approx(0.0)
    assert mismatch(*pair({9: 20.0}, {8: 40})) == pytest.approx(1.0)


@pytest.mark.parametrize("presence, demand", [({8: 9.9}, {8: 40}), ({8: 20.0}, {8: 29}), ({}, {8: 40})])
def test_mismatch_is_not_told_under_a_minimum(presence, demand) -> None:
    assert mismatch(*pair(presence, demand)) is None
    assert "not given" in mismatch_in_words(*pair(presence, demand))


def test_the_mismatch_says_how_it_is_not_to_be_read() -> None:
    said = mismatch_in_words(*pair({8: 10.0, 20: 10.0}, {8: 10, 20: 30}))
    assert said.startswith("Mismatch 25 %: share of time at other hours than recorded demand")
    assert "; recorded demand is not need, and this is not a target. " in said
    # ½ √(2/π) (√(¼ / 40) + √(¾ / 40)) = 0.3989 · 0.2160
    assert said.endswith("chance in the counts alone would give about 9 %.")


def test_of_few_records_much_of_a_mismatch_is_chance() -> None:
    """180 searches and 2,144 crimes drawn from the same week: no hour is better or worse served, and yet their shares lie far apart."""
    draw = np.random.default_rng(22)
    drawn = [
        [draw.multinomial(n, np.full(168, 1 / 168)).reshape(7, 24).astype(float) for n in (180, 2144)]
        for _ in range(50)
    ]
    pairs = [tuple(WeekGrid(w, v, np.ones((7, 24))) for w, v in zip(("searches", "crimes"), both)) for both in drawn]
    found, expected = (np.mean([rule(*p) for p in pairs]) for rule in (mismatch, by_chance))
    assert 0.3 < found < 0.5 and abs(found - expected) < 0.03


# --- days -------------------------------------------------------------------------------------------------------------


def test_days_without_data_are_gaps_and_days_without_presence_here_nought() -> None:
    found = series(material([spent(3, 0, 1.0), spent(5, 8, 1.0, area="C"), spent(6, 23, 2.0)]), WEEK, "presence")
    assert found.step == "day" and found.days[0] == MONDAY and len(found.days) == 7
    assert found.values[[0, 2, 3]].tolist() == [1.0, 0.0, 2.0]
    assert np.isnan(found.values[[1, 4, 5, 6]]).all()


def test_days_that_the_data_begin_and_end_in_are_not_whole() -> None:
    found = series(material([spent(3, 9, 1.0), spent(4, 9, 2.0), spent(5, 9, 3.0)]), WEEK, "presence")
    assert np.isnan(found.values[[0, 2]]).all() and found.values[1] == 2.0


def test_hours_after_midnight_belong_to_the_evening() -> None:
    night = replace(WEEK, hour_from=22, hour_to=3)
    rows = [spent(3, 0, 0.0), spent(3, 23, 1.0), spent(4, 2, 4.0), spent(4, 23, 2.0), spent(5, 23, 0.0)]
    assert series(material(rows), night, "presence").values[:2].tolist() == [5.0, 2.0]


def test_records_of_a_day_have_their_place_in_the_days() -> None:
    made = material([], [happened(3, 0, precision="day", count=3), happened(4, 8)])
    assert series(made, WEEK, "incidents").values[:2].tolist() == [3.0, 1.0]


def test_a_long_period_is_told_by_whole_weeks() -> None:
    days = [at(3, 0) + timedelta(days=d) for d in range(100)]
    rows = [dict(r, period=d) for d in days for r in spent(3, 0, 1.0)]
    rows += [dict(r, period=days[-1] + timedelta(hours=23)) for r in spent(3, 0, 0.0)]
    made = material([rows])
    found = series(made, FilterState(first=MONDAY, last=MONDAY + timedelta(days=99)), "presence")
    assert found.step == "week" and len(found.days) == 15 and found.days[1] == date(2024, 6, 10)
    assert found.values[:14].tolist() == [7.0] * 14 and np.isnan(found.values[14]), "the last week has two days"
    short = FilterState(first=MONDAY, last=MONDAY + timedelta(days=91))
    assert series(made, short, "presence").step == "day"


def test_notes_of_the_period_and_its_places_are_marks() -> None:
    notes = pd.DataFrame(
        {
            "from": [at(4, 8), at(5, 0), at(30, 0), at(6, 0)],
            "to": [pd.NaT, at(6, 0), pd.NaT, pd.NaT],
            "area_id": [None, "B", None, None],
            "unit": [None, None, None, "South"],
            "text": ["system changed", "event in B", "later", "South only"],
        }
    )
    made = material([spent(3, 0, 1.0), spent(9, 23, 1.0)], notes=notes.to_dict("list"))
    texts = [m.text for m in series(made, WEEK, "presence").marks]
    assert texts == ["system changed", "event in B", "South only"]
    narrow = series(made, replace(WEEK, areas=("A",), units=("North",)), "presence").marks
    assert [(m.first, m.last, m.text) for m in narrow] == [(date(2024, 6, 4), date(2024, 6, 4), "system changed")]


# --- groups, visits, activities ---------------------------------------------------------------------------------------


def test_units_of_few_officers_are_other_and_stand_last() -> None:
    units = {"zeta": 9, "Alpha": 8, "Mid": 7, "Few": 2}
    made = material([spent(3, 8, h, unit=u) for h, u in enumerate(units, 1)], officers_seen=seen(units))
    table = by_group(made, WEEK, "unit")
    # "Few" alone would be told by the rest, so the smallest of the others joins it: Mid 3 h + Few 4 h.
    assert table["value"].tolist() == ["Alpha", "zeta", "other"]
    assert table["officer_hours"].tolist() == [2.0, 1.0, 7.0]
    assert table["share_percent"].sum() == pytest.approx(100.0)


def test_visits_by_length_keep_the_bands_order() -> None:
    rows = [
        {
            "area_id": a,
            "period": at(3, 8),
            "unit": "North",
            "resource_type": "response",
            "band": b,
            "visits": n,
            "seconds": 1.0,
        }
        for a, b, n in (("A", "20+ min", 1), ("A", "0–5 min", 6), ("B", "5–10 min", 3), ("C", "5–10 min", 50))
    ]
    made = material([spent(3, 8, 1.0)], visit_lengths=rows)
    assert visit_bands(made, WEEK)["visits"].tolist() == [6.0, 3.0, 0.0, 0.0, 1.0]
    assert visit_bands(made, replace(WEEK, areas=("A",)))["share_percent"].round().tolist() == [
        86.0,
        0.0,
        0.0,
        0.0,
        14.0,
    ]
    assert not len(visit_bands(made, replace(WEEK, modes=("foot",))))


def test_activities_tell_first_what_is_not_known() -> None:
    rows = [spent(3, 8, 1.0), spent(3, 8, 3.0, activity="not_known"), spent(3, 8, 4.0, activity="incident_reference")]
    table = activity_shares(material([*rows, spent(3, 8, 9.0, activity="police_site")]), WEEK)
    assert table["activity"].tolist() == ["not_known", "incident_reference", "on_foot"]
    assert table["share_percent"].tolist() == [37.5, 50.0, 12.5]


def test_what_the_mode_alone_tells_has_the_range_of_the_answers() -> None:
    """An hour on foot and three that nobody can tell, beside four that are linked: on the bar as in question 3."""
    rows = [spent(3, 8, 1.0), spent(3, 8, 3.0, activity="not_known"), spent(3, 8, 4.0, activity="incident_reference")]
    made = material(rows)
    answer = activities_table(made, WEEK, "restricted").set_index(["place", "activity"])
    bar = activity_shares(made, WEEK).set_index("activity")
    ends = [f"share_percent_{end}" for end in ("low", "high")]
    assert bar.loc["on_foot", ends].tolist() == answer.loc[("(impact)", "on_foot"), ends].tolist()
    assert bar.loc["on_foot", ends[0]] <= 12.5 <= bar.loc["on_foot", ends[1]] <= 50.0
    assert bar.loc[["not_known", "incident_reference"], ends].isna().all(axis=None)
    chart = prepare(made, WEEK, Choice("activity"))
    low, high = (f"{bar.loc['on_foot', e]:.0f}" for e in ends)
    assert cell_in_words(chart, 2, 0).endswith(f"12 % ({low}–{high})")
    assert cell_in_words(chart, 0, 0).endswith("37.5 %") and RANGES_OF_MODES in chart.notes
    assert activity_shares(made, replace(WEEK, modes=("foot",)))[ends].isna().all(axis=None)


# --- charts -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full() -> Material:
    """A week of every hour."""
    hours = [spent(d, h, 1.0, unit=u) for d in range(3, 10) for h in range(24) for u in ("North", "South")]
    events = [
        happened(d, h, k, found=True)
        for d in range(3, 10)
        for h in (8, 20)
        for k in ("incident", "crime", "stop_search")
    ]
    return material(
        hours, events, officers_seen=seen({"North": 9, "South": 9}) + seen({"response": 9}, "resource_type")
    )


CHOICES = [Choice(k) for k in CHARTS] + [Choice("series", "searches"), Choice("week", "searches", "demand", True)]


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: f"{c.kind}-{c.what}")
@pytest.mark.parametrize("state", [WEEK, FilterState(), replace(WEEK, first=date(2020, 1, 1), last=date(2020, 1, 7))])
@pytest.mark.parametrize("size", long_after(2, [(3.6, 4.2), (1.0, 1.0), (9.0, 6.0)]))
def test_every_chart_draws_at_every_size(full, choice, state, size) -> None:
    figures = pytest.importorskip("matplotlib.figure")
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = figures.Figure(figsize=size, dpi=50)
    canvas = FigureCanvasAgg(figure)
    chart = prepare(full, state, choice)
    draw(figure, chart)
    canvas.draw()
    words = " ".join(t.get_text() for t in figure.texts)
    assert (
        chart.title.split()[0] in words
        and "OFFICIAL-SENSITIVE" in words.replace("\n", "")
        and least_height(chart, size[0]) > 1
    )
    if state.first == date(2020, 1, 1):
        assert not figure.axes and "No data in this period" in words.replace("\n", " ")
    if "searches" in (choice.what, choice.against):
        assert "fair between" in " ".join(chart.notes)


def test_cells_days_and_bars_stand_for_filters(full) -> None:
    week = prepare(full, WEEK)
    assert narrowed(week, 4, 23) == replace(WEEK, weekdays=(4,), hour_from=23, hour_to=24)
    assert cell_in_words(week, 4, 20) == "Fri 20:00–21:00: 2 officer hours, 1 incident"
    assert place(week, 23.9, 4.1) == (4, 23) and narrowed(week, 7, 0) is None
    day = prepare(full, WEEK, Choice("series"))
    assert narrowed(day, 0, 2) == replace(WEEK, first=date(2024, 6, 5), last=date(2024, 6, 5))
    assert narrowed(prepare(full, WEEK, Choice("unit")), 1, 0) == replace(WEEK, units=("South",))
    assert narrowed(prepare(full, WEEK, Choice("activity")), 0, 0) is None


def test_a_chart_needs_a_marking_and_a_choice_that_there_is(full) -> None:
    with pytest.raises(ParameterError, match="marking"):
        prepare(full, WEEK, marking=" ")
    with pytest.raises(ParameterError, match="no chart"):
        Choice("week", "crimes", AGAINST[0])


def test_a_cell_past_midnight_stands_for_its_hour_on_the_calendar(full) -> None:
    """Of the nights of Monday to Wednesday, 22:00 to 03:00, the cell of Tuesday 01:00 is the end of Monday's night alone."""
    nights = replace(WEEK, first=date(2024, 6, 3), last=date(2024, 6, 5), hour_from=22, hour_to=3)
    chart = prepare(full, nights)
    assert chart.frame[1] == (22, 23, 0, 1, 2), "hours outside the filter are not drawn"
    cell = narrowed(chart, 0, 3)
    assert cell == replace(nights, first=date(2024, 6, 4), last=date(2024, 6, 6), weekdays=(1,), hour_from=1, hour_to=2)
    shown = chart.framed(chart.grids[0])[0, 3]
    assert shown == pytest.approx(figures(full, cell).value("officer_hours"))
    evening = narrowed(chart, 0, 1)
    assert (evening.first, evening.last, evening.weekdays) == (nights.first, nights.last, (0,))


def test_a_chart_of_two_kinds_shows_both_or_says_that_one_is_filtered_out(full) -> None:
    shown = series(full, replace(WEEK, kinds=("crime",)), "demand")
    assert shown.why == "filtered out" and not len(shown.values)


@pytest.mark.parametrize("name", ["$5 to $10 shops", "$\\frac{$", "Aston $x", "\\$a$", "North\x07"])
def test_names_with_dollars_are_drawn_as_they_are(full, name) -> None:
    """Matplotlib takes what stands between two dollars for a formula, and ends where it is none."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    renamed = replace(full, areas=full.areas.assign(name=[f"{name} {i}" for i in range(len(full.areas))]))
    state = replace(WEEK, areas=("A",), units=(name,))
    for kind in CHARTS:
        figure = Figure(figsize=(4, 6))
        draw(figure, prepare(renamed, state, Choice(kind), marking="OFFICIAL"))
        FigureCanvasAgg(figure).draw()
        shown = [t.get_text() for t in figure.texts]
        assert any(name.replace("\x07", "·").replace("$", r"\$") in " ".join(t.split()) for t in shown), kind

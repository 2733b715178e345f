"""The panel: areas through civil periods, each cell checked by hand; gaps are gaps."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import AreaError, EstimateError, ParameterError, TimeError
from ia_plugin.core.evaluation.panel import build_panel, panel_of
from ia_plugin.core.evaluation.rates import rates_table
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.params import PanelParams
from ia_plugin.core.summaries.event_cells import event_cells
from tests.support.month_panels import LONDON, crimes, every_hour, squares
from tests.support.one_week import week_material

MONTHS = PanelParams(period="month")


TWO = squares(A={"role": "impact"}, B={"role": "comparison"})


def daily(first, last, x=500.0, **more):
    """An event at noon of every day."""
    return crimes(*((x, f"{d:%Y-%m-%d}T12:00Z", f"{d:%Y-%m-%d}T12:00Z") for d in pd.date_range(first, last)), **more)


def cell(panel, area, period):
    table = panel.cells
    return table[(table["area_id"] == area) & (table["period"] == pd.Timestamp(period, tz=LONDON))].iloc[0]


def test_two_areas_two_months_by_hand():
    time = pd.concat(
        [
            every_hour("2024-02-01", "2024-03-31"),
            every_hour("2024-02-01", "2024-02-01", activity="incident_reference", resource_type="van", seconds=3600.0),
            every_hour("2024-03-01", "2024-03-31", "B", seconds=360.0),
        ]
    )
    events = pd.concat([daily("2024-02-01", "2024-03-31"), daily("2024-02-01", "2024-03-31", 2500.0, kind="incident")])
    panel = build_panel(TWO, time, events, MONTHS)
    assert panel.cells["area_id"].tolist() == ["A", "A", "B", "B"] and panel.kept.shape == panel.cells.shape
    feb, mar = cell(panel, "A", "2024-02-01"), cell(panel, "A", "2024-03-01")
    assert (feb["days"], mar["days"], feb["days_observed"]) == (29, 31, 29)
    assert feb["officer_hours"] == pytest.approx(29 * 12 + 24) and feb["linked_hours"] == pytest.approx(24)
    assert mar["officer_hours"] == pytest.approx(371.5)  # the clocks go forward on the 31st: 743 hours
    assert feb["vehicle_hours"] == pytest.approx(372) and feb["foot_hours"] == 0 and np.isnan(feb["patrol_hours"])
    assert feb["officer_hours_variance"] == pytest.approx((29 * 24 + 24) * 100 / 3600**2)
    assert feb["officer_hours_systematic"] == pytest.approx((29 * 24 + 24) * 6 / 3600)
    assert panel.hours().tolist() == pytest.approx([372, 371.5, 0, 74.3])  # B in February: nobody, which is known
    assert panel.hours(apart=True).tolist() == pytest.approx([348, 371.5, 0, 74.3])
    assert panel.hours(resource_type="van").tolist() == pytest.approx([24, 0, 0, 0])
    assert panel.hours(unit="(all)", activity=["in_vehicle", "not_known"]).tolist() == pytest.approx(
        [348, 371.5, 0, 74.3]
    )
    assert panel.counts("crime").tolist() == [29, 31, 0, 0] and panel.counts("incident").tolist() == [0, 0, 29, 31]
    assert panel.counts(["crime", "incident"]).tolist() == [29, 31, 29, 31]
    assert panel.per_day(panel.counts("crime"))[:2].tolist() == [1, 1]
    assert feb["km2"] == 1 and feb["role"] == "impact" and panel.warnings == ()


def test_time_at_a_police_site_in_an_area_stands_beside_its_hours():
    """As in all other outputs: 24 h of February in a station of A are no presence there, whatever they are asked by."""
    time = pd.concat(
        [
            every_hour("2024-02-01", "2024-02-29"),
            every_hour("2024-02-01", "2024-02-01", activity="police_site", seconds=3600.0),
        ]
    )
    panel = build_panel(TWO, time, None, MONTHS)
    feb = cell(panel, "A", "2024-02-01")
    assert feb["officer_hours"] == feb["vehicle_hours"] == pytest.approx(29 * 12)
    assert feb["officer_hours_variance"] == pytest.approx(29 * 24 * 100 / 3600**2)
    assert panel.hours()[0] == panel.hours(apart=True)[0] == pytest.approx(29 * 12)
    assert panel.hours(activity="police_site")[0] == pytest.approx(24)
    rates = rates_table(panel, "restricted")
    of_a = rates[(rates["place"] == "(impact)") & (rates["outcome"] == "officer hours")]
    assert of_a.groupby("split")["amount"].sum()[["all", "mode", "period"]].tolist() == pytest.approx([29 * 12] * 3)


def test_events_of_two_tables_put_together_are_one_table():
    """Row labels and ids that stand in both tables tell nothing: two burglaries on other days are two."""
    one, other = daily("2024-02-03", "2024-02-03"), daily("2024-02-05", "2024-02-06")
    both = pd.concat([one, other])
    assert both.index.has_duplicates
    assert build_panel(TWO, None, both, MONTHS).counts("crime").tolist() == [3, 0]


def published(groups):
    """The panel of a summary that tells no resources apart by hour: 100 h in A in each of two months."""
    time = every_hour("2024-02-01", "2024-03-31", resource_type="(all)", unit="(all)")
    return Material.of(TWO, time, groups=groups)


def test_by_resource_a_summary_tells_closed_months():
    """What stands in no row of a month may be part of "other": it is not known, and no 0; so is a month that is not closed."""
    months = [pd.Timestamp("2024-02-01T00:00Z")] * 3
    base = {
        "month": months,
        "dimension": "resource_type",
        "area_id": "A",
        "weekday": -1,
        "hours": 12,
        "variance": 0.0,
        "systematic": 0.0,
    }
    groups = pd.DataFrame(
        {**base, "value": ["car", "car", "other"], "first_hour": [0, 12, 0], "officer_seconds": [36e3, 72e3, 9e3]}
    )
    panel = panel_of(published(groups), MONTHS)
    assert panel.hours(resource_type="car").tolist() == pytest.approx([30, np.nan, np.nan, np.nan], nan_ok=True)
    assert (
        panel.hours(resource_type=["car", "other"])[0] == 32.5
        and np.isnan(panel.hours(resource_type=["car", "van"])).all()
    )
    for asked in (dict(unit="North", resource_type="car"), dict(resource_type="car", apart=True)):
        with pytest.raises(ParameterError, match="closed months"):
            panel.hours(**asked)
    with pytest.raises(ParameterError, match="closed months"):
        panel_of(published(groups), PanelParams(period="week")).hours(resource_type="car")


def test_windows_are_shared_between_the_periods_they_cross():
    """22:00 on 29 February to 04:00: two of six hours in February, and one record by its start."""
    events = pd.concat(
        [
            daily("2024-02-01", "2024-03-31", 2500.0),
            crimes((500.0, "2024-02-29T22:00Z", "2024-03-01T04:00Z", "burglary", "public"), (500.0, "2024-03-05T10:00Z", "2024-03-05T10:00Z", "drugs", "police"), kind="incident"),
            daily("2024-02-01", "2024-03-31", 2500.0, kind="incident").assign(event_id=lambda t: "x" + t["event_id"]),
        ]
    )  # fmt: skip
    panel = build_panel(TWO, None, events, MONTHS)
    assert panel.counts("incident", key_type="burglary")[:2] == pytest.approx([1 / 3, 2 / 3])
    assert panel.counts("incident", key_type="burglary", shared=False)[:2].tolist() == [1, 0]
    assert panel.counts("incident", generated_by="police")[:2].tolist() == [0, 1]
    assert panel.counts(generated_by=("police", "public"), category="drugs").tolist() == [0, 1, 0, 0]
    assert (
        panel.cells["officer_hours"].isna().all() and panel.kept_for("crime").all() and not panel.kept_for("time").any()
    )


def test_event_cells_give_the_same_panel_as_the_events():
    events = pd.concat(
        [daily("2024-02-01", "2024-03-31"), crimes((2500.0, "2024-02-29T22:00Z", "2024-03-01T04:00Z"), kind="incident")]
    )
    one = build_panel(TWO, every_hour("2024-02-01", "2024-03-31"), events, MONTHS)
    other = build_panel(TWO, every_hour("2024-02-01", "2024-03-31"), event_cells(events, TWO), MONTHS)
    pd.testing.assert_frame_equal(one.cells, other.cells)
    assert one.counts("incident").tolist() == other.counts("incident").tolist()


def test_a_gap_is_a_gap():
    """Of 31 days of March officers' time is known on 27, 87 %: marked, and out by default; of April on 28 of 30, 93 %."""
    time = pd.concat([every_hour("2024-02-01", "2024-03-27"), every_hour("2024-04-03", "2024-04-30")])
    panel = build_panel(TWO, time, daily("2024-02-01", "2024-05-31"), MONTHS)
    a = panel.cells[panel.cells["area_id"] == "A"].reset_index(drop=True)
    assert a["days_observed"].tolist() == [29, 27, 28, 0]
    assert a["time_covered"].tolist() == pytest.approx([1, 27 / 31, 28 / 30, 0]) and a["covered_crime"].tolist() == [
        1,
        1,
        1,
        1,
    ]
    assert a["kept"].tolist() == [True, False, True, False] and panel.facts().periods_left_out == 2
    assert np.isnan(a["officer_hours"][3]) and np.isnan(panel.hours()[3]) and a["officer_hours"][1] > 0
    assert panel.kept_for("crime").all()
    assert "4 rows of areas and periods are less covered" in panel.warnings[0]
    looser = build_panel(TWO, time, daily("2024-02-01", "2024-05-31"), PanelParams(least_covered=0.5))
    assert looser.kept["period"].nunique() == 3


def test_areas_count_while_they_do_and_are_adopted_from_a_day_on():
    areas = squares(
        A={"role": "impact", "adopted_on": "2024-03-16", "valid_from": None, "valid_to": None},
        B={"role": "comparison", "adopted_on": None, "valid_from": "2024-02-20", "valid_to": "2024-03-31"},
    )
    events = pd.concat(
        [daily("2024-02-01", "2024-04-30", 500.0), daily("2024-02-01", "2024-04-30", 2500.0, kind="incident")]
    )
    panel = build_panel(areas, every_hour("2024-02-01", "2024-04-30"), events, MONTHS)
    a, b = (panel.cells[panel.cells["area_id"] == name].reset_index(drop=True) for name in "AB")
    assert a["adopted"].tolist() == pytest.approx([0, (31 * 24 - 1 - 15 * 24) / (31 * 24 - 1), 1])
    assert b["counted"].tolist() == pytest.approx([10 / 29, 1, 0]) and b["adopted"].tolist() == [0, 0, 0]
    assert b["kept"].tolist() == [False, True, False] and np.isnan(b["officer_hours"][2])
    assert panel.counts("incident")[3:].tolist() == [10, 31, 0]


def test_notes_are_named_where_they_cut():
    notes = pd.DataFrame(
        {
            "from": pd.to_datetime(["2024-03-10T00:00Z", "2024-04-02T00:00Z", "2020-01-01T00:00Z"]),
            "to": pd.to_datetime([None, "2024-04-03T00:00Z", None], utc=True), "area_id": [None, "B", None],
            "text": ["new system", "street works", "long ago"], "author": "someone",
        }
    )  # fmt: skip
    panel = build_panel(
        TWO, every_hour("2024-02-01", "2024-04-30"), daily("2024-02-01", "2024-04-30"), MONTHS, notes=notes
    )
    assert panel.cells["cut_by"].tolist() == ["", "new system", "", "", "new system", "street works"]
    assert panel.facts().cut_by == ("new system", "street works") and panel.facts().compares_areas
    assert panel.notes["text"].tolist() == ["new system", "street works"]
    assert panel.notes_between(pd.Timestamp("2024-02-01", tz="UTC"), pd.Timestamp("2024-03-11", tz="UTC")) == [
        "new system"
    ]


@pytest.mark.parametrize(
    "period, rows, hours, kept",
    [("week", 1, 336, 1), ("day", 7, 48, 7), ("month", 1, 336, 0), ("shift", 22, 16, 20)],
)
def test_periods_are_civil_ones(period, rows, hours, kept):
    """A week of two hours of officers in each: the week's first and last night shifts are not whole."""
    panel = panel_of(week_material(), PanelParams(period=period))
    assert len(panel.cells) == rows and len(panel.kept) == kept
    assert panel.cells["officer_hours"].iloc[rows // 2] == hours
    assert panel.cells["officer_hours"].sum() == pytest.approx(336) and panel.counts("crime").sum() == 168


def test_the_night_of_the_clock_change_is_a_shift_of_nine_hours():
    panel = build_panel(TWO, every_hour("2024-10-25", "2024-10-29"), None, PanelParams(period="shift"))
    length = (panel.cells["period_end"] - panel.cells["period"]) / pd.Timedelta("1h")
    assert sorted(set(length)) == [8, 9] and (length == 9).sum() == 2  # one for each area
    assert panel.cells.loc[length == 9, "period"].dt.day.tolist() == [26, 26]


def test_the_days_asked_are_the_panel():
    panel = build_panel(
        TWO, every_hour("2024-02-01", "2024-03-31"), None, MONTHS, first=date(2024, 1, 1), last=date(2024, 2, 29)
    )
    assert panel.cells["period"].nunique() == 2 and panel.cells["kept"].tolist() == [False, True] * 2
    with pytest.raises(ParameterError, match="end on"):
        build_panel(TWO, every_hour("2024-02-01", "2024-02-02"), None, first=date(2024, 3, 1), last=date(2024, 2, 1))


def presence(periods, **more):
    base = {"unit": "(all)", "resource_type": "(all)", "mode": "(all)", "officer_seconds": 7200.0, "officer_seconds_sd": 60.0,
            "patrol_seconds": 3600.0, "officers": 2, "visits": 1, "unobserved_seconds": 0.0}  # fmt: skip
    return pd.DataFrame({"area_id": "A", "period": pd.to_datetime(periods, utc=True), **base, **more})


def test_a_presence_table_of_the_panels_own_periods():
    panel = build_panel(TWO, presence(["2024-02-01T00:00Z", "2024-03-01T00:00Z"]), None, MONTHS)
    a = cell(panel, "A", "2024-02-01")
    assert (a["officer_hours"], a["patrol_hours"], a["time_covered"], a["kept"]) == (2, 1, 1, True)
    assert a["officer_hours_variance"] == pytest.approx(60**2 / 3600**2)
    by_mode = build_panel(TWO, presence(["2024-02-01T00:00Z", "2024-03-01T00:00Z"], mode="foot"), None, MONTHS)
    assert cell(by_mode, "A", "2024-02-01")["foot_hours"] == 2 and by_mode.cells["patrol_hours"].isna().all()
    coverage = pd.DataFrame({"period": pd.to_datetime(["2024-02-03T00:00Z"]), "observed_s": 75.0, "unobserved_s": 25.0})
    told = build_panel(TWO, presence(["2024-02-01T00:00Z"]), None, MONTHS, coverage=coverage)
    assert told.cells["observed_share"].tolist() == [0.75, 0.75]


@pytest.mark.parametrize(
    "periods, asked",
    [
        (["2024-02-01", "2024-03-01"], "day"),
        (["2024-02-05", "2024-02-12"], "month"),
        (["2024-02-06", "2024-02-07"], "shift"),
    ],
)
def test_presence_of_coarser_periods_is_refused(periods, asked):
    with pytest.raises(TimeError, match=f"no parts of a {asked}"):
        build_panel(TWO, presence([f"{p}T00:00Z" for p in periods]), None, PanelParams(period=asked))


def test_month_only_events_have_no_days():
    months = crimes(
        (500.0, "2024-02-01T00:00Z", "2024-03-01T00:00Z"),
        (500.0, "2024-03-01T00:00Z", "2024-04-01T00:00Z"),
        precision="month",
    )
    assert build_panel(TWO, None, months, MONTHS).counts("crime")[:2].tolist() == [1, 1]
    with pytest.raises(TimeError, match="All 2 events tell the month only") as found:
        build_panel(TWO, None, months, PanelParams(period="day"))
    assert "'month'" in found.value.remedy
    some = pd.concat([months, daily("2024-02-01", "2024-02-10", kind="incident")])
    panel = build_panel(TWO, None, some, PanelParams(period="day"))
    assert "2 events tell their time too coarsely for a day" in panel.warnings[0] and panel.counts("crime").sum() == 0
    assert not panel.kept_for("crime").any()


def test_bad_days_are_sentences():
    with pytest.raises(EstimateError, match="no data of officers' time or of events"):
        build_panel(TWO, None, None)
    with pytest.raises(AreaError, match="no area to follow"):
        build_panel(squares(S={"role": "site"}), every_hour("2024-02-01", "2024-02-02", "S"), None)
    for hours in ((), (7.5,), (25.0,)):
        with pytest.raises(ParameterError, match="no hours of a day"):
            build_panel(
                TWO, every_hour("2024-02-01", "2024-02-02"), None, PanelParams(period="shift", shift_hours=hours)
            )
    over = TWO.assign(geometry=[shapely.box(0, 0, 1000, 1000), shapely.box(500, 0, 1500, 1000)])
    assert (
        "1 pair of areas shares ground" in build_panel(over, every_hour("2024-02-01", "2024-02-29"), None).warnings[0]
    )


def test_the_panel_is_fitted_by_day():
    """Twice the crime in A while adopted: a ratio of 2, whatever the lengths of months; the month that adoption cuts is left out."""
    areas = squares(A={"role": "impact", "adopted_on": "2024-03-01"}, B={"role": "comparison", "adopted_on": None})
    days = [
        daily("2024-01-01", "2024-04-30", x).assign(event_id=lambda t, x=x: f"{x}" + t["event_id"])
        for x in (500.0, 2500.0)
    ]
    more = daily("2024-03-01", "2024-04-30", 510.0).assign(event_id=lambda t: "m" + t["event_id"])
    panel = build_panel(areas, None, pd.concat([*days, more]), MONTHS)
    fit = panel.fit(panel.counts("crime"), panel.cells["adopted"].to_numpy())
    assert np.exp(fit.beta) == pytest.approx(2.0) and fit.fitted == pytest.approx(panel.counts("crime"))


def test_inputs_are_left_as_they_were():
    time, events = every_hour("2024-02-01", "2024-02-29"), daily("2024-02-01", "2024-02-29")
    before = [t.copy(deep=True) for t in (TWO, time, events)]
    build_panel(TWO, time, events, MONTHS)
    for one, other in zip(before, (TWO, time, events)):
        pd.testing.assert_frame_equal(one, other)

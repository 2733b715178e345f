"""What the summary tells: no unit but of whole closed months and of five officers, no event but as a count or a harmless point."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import PERSONAL
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.group_time.month import DIMENSIONS
from ia_plugin.core.material.by_group import last_closed_month
from ia_plugin.core.material.figures import figures
from ia_plugin.core.summaries.publish import renewed_bands, visit_bands
from ia_plugin.core.suppression import OTHER
from ia_plugin.store.imports import bring_file
from ia_plugin.store.published_events import publish_events
from ia_plugin.store.purge import purge
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import SUMMARY, Store
from ia_plugin.store.summary import read_summary
from ia_plugin.store.versions import store_events
from tests.support.stores import AREAS, AT, KEY, copy_of, extract, take_in

JUNE = pd.Timestamp("2024-05-31T23:00Z")
UNITS = ["North"] * 6 + ["South"] * 6 + ["Dogs"] * 3 + ["Custody"] * 2  # the last two are “other”, of five
GROUPS = ("unit", "department", "officer_role", "resource_type")


def extract_of(path, day, seed, officers=tuple(range(len(UNITS))), hour=20):
    """An extract of some officers by their units."""
    table = pd.read_csv(extract(path, officers=len(UNITS), fixes=20, day=day, seed=seed, hour=hour))
    of = table["Collar"] - 100
    table.assign(Unit=[UNITS[k] for k in of])[of.isin(officers)].to_csv(path, index=False)


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    """A folder of extracts of four evenings of June, and one of July that closes it."""
    folder = tmp_path_factory.mktemp("june")
    for k, day in enumerate(("2024-06-03", "2024-06-04", "2024-06-10", "2024-06-18", "2024-07-04")):
        extract_of(folder / f"{k}.csv", day, k)
    return folder


def brought(path, files):
    with Store(path, KEY) as store:
        for file in files:
            bring_file(store, file, at=AT)
        set_areas(store, AREAS)
        refresh(store)


@pytest.fixture(scope="module")
def closed(june, tmp_path_factory):
    path = tmp_path_factory.mktemp("closed") / "s"
    brought(path, sorted(june.glob("*.csv")))
    return path


@pytest.fixture(scope="module")
def open_store(june, tmp_path_factory):
    """Of the four evenings of June alone, which nothing closes; to be copied."""
    path = tmp_path_factory.mktemp("open") / "s"
    brought(path, [june / f"{k}.csv" for k in range(4)])
    return path


@pytest.fixture
def again(closed, tmp_path):
    """A copy of the closed store, to be changed."""
    return copy_of(closed, tmp_path / "s")


def behind(row, there, told):
    """The officers behind a row of group_time, counted anew from the restricted table."""
    time = there["period"].dt.tz_convert("Europe/London")
    rows = there[(there["area_id"] == row.area_id) & (there["seconds"] > 0)]
    time = time[rows.index]
    alone = set(told.loc[(told["area_id"] == row.area_id) & (told["dimension"] == row.dimension), "value"]) - {OTHER}
    value = rows[row.dimension].where(rows[row.dimension].isin(alone), OTHER)
    keep = (value == row.value) & (row.weekday in (-1,) or time.dt.dayofweek == row.weekday)
    keep &= (time.dt.hour >= row.first_hour) & (time.dt.hour < row.first_hour + row.hours)
    keep &= (time.dt.year == 2024) & (time.dt.month == 6)
    return set(rows.loc[keep, "officer_id"])


def test_no_row_with_a_group_rests_on_fewer_than_five_officers(closed):
    with Store(closed) as store:
        for table in store.summary.tables():
            rows = store.summary.read(table)
            for name in [n for n in GROUPS if n in rows.columns]:
                assert set(rows[name]) <= {"(all)"}, (table, name)
            assert not (PERSONAL | {"event_id", "source_ref"}) & set(rows.columns), table
            assert not {"officers_seen", "coverage", "presence", "events"} & {table}
        told, there = store.read("group_time"), store.read("officer_time")
        assert set(told.loc[told["dimension"] == "unit", "value"]) == {"North", "South", OTHER}
        assert min(len(behind(row, there, told)) for row in told.itertuples()) >= 5
        whole = store.read("officers_seen", "dimension = '(all)'").set_index(["area_id", "period"])["officers"]
        enough = store.read("enough_officers").set_index(["area_id", "period"])["five_or_more"]
        assert ((whole >= 5) == enough.reindex(whole.index).astype(bool)).all()
        bands = store.read("visit_bands")
        for area in set(bands["area_id"]):
            assert there.loc[there["area_id"] == area, "officer_id"].nunique() >= 5


def test_a_month_is_told_when_the_fixes_reach_three_days_beyond_it(june, open_store, tmp_path):
    path = copy_of(open_store, tmp_path / "s")
    extract_of(tmp_path / "2.csv", "2024-07-02", 9)
    with Store(path, KEY) as store:
        assert store.count("group_time") == 0
        bring_file(store, tmp_path / "2.csv", at=AT)
        refresh(store)
        assert store.count("group_time") == store.count("visit_bands") == 0
        bring_file(store, june / "4.csv", at=AT)
        refresh(store)
        assert set(store.read("group_time")["month"]) == set(store.read("visit_bands")["month"]) == {JUNE}
    assert last_closed_month(read_summary(path))[0].month == 6


@pytest.mark.parametrize(
    ("ahead", "months"),
    [((0, 1, 2, 3), []), ((0, 1, 2, 3, 4), [JUNE]), pytest.param((0,), [], marks=pytest.mark.long)],
)
def test_a_radio_whose_clock_is_ahead_closes_no_month(open_store, tmp_path, ahead, months):
    """Fixes of August of one officer, or of four, leave June open; those of five close it."""
    path = copy_of(open_store, tmp_path / "s")
    extract_of(tmp_path / "ahead.csv", "2024-08-20", 9, officers=ahead)
    with Store(path, KEY) as store:
        bring_file(store, tmp_path / "ahead.csv", at=AT)
        refresh(store)
        assert sorted(set(store.read("group_time")["month"])) == months


def test_units_of_a_closed_month_are_those_of_the_fixes_and_of_a_week_none(closed):
    material = read_summary(closed)
    whole = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30), areas=("a",))
    hours = {unit: hours_of(material, replace(whole, units=(unit,))) for unit in ("North", "South", "Dogs")}
    with Store(closed) as store:
        rows = store.read("officer_time", "area_id = 'a' AND period < ?", (JUNE + pd.Timedelta("30D"),))
    true = rows.groupby("unit")["seconds"].sum() / 3600
    half_seconds = 0.5 * rows["period"].nunique()  # an hour of the area is kept to the whole second
    assert hours_of(material, whole) == pytest.approx(true.sum(), abs=half_seconds / 3600)
    assert [hours["North"], hours["South"]] == pytest.approx([true["North"], true["South"]], abs=0.125)
    assert np.isnan(hours["Dogs"])
    assert np.isnan(hours_of(material, replace(whole, last=date(2024, 6, 9), units=("North",))))


def hours_of(material, state):
    return figures(material, state).table.set_index("key").loc["officer_hours", "value"]


def late(path, folder, officers, seed=77):
    """The evening of 11 June of some officers comes late."""
    extract_of(folder / f"late{seed}.csv", "2024-06-11", seed, officers)
    with Store(path, KEY) as store:
        before = store.read("group_time", order="fid")
        bring_file(store, folder / f"late{seed}.csv", at=AT)
        refresh(store)
        return before, store.read("group_time", order="fid"), store.read("officer_time")


def test_the_difference_of_two_nights_is_of_no_few_officers(again, tmp_path):
    """One late officer changes no row; six of a unit do, and what changed of a row is the time of five or more."""
    before, after, _ = late(again, tmp_path, (0,))
    pd.testing.assert_frame_equal(before, after)
    before, after, there = late(again, tmp_path, range(6), 78)
    changed = after["officer_seconds"] != before["officer_seconds"]
    evening = there[there["period"].dt.strftime("%m-%d") == "06-11"]
    assert evening["officer_id"].nunique() == 6 and changed.any()
    assert min(len(behind(row, evening, after)) for row in after[changed].itertuples()) >= 5
    keys = ["month", "dimension", "value", "area_id", "weekday", "first_hour", "hours"]
    pd.testing.assert_frame_equal(before[keys], after[keys])
    assert min(len(behind(row, there, after)) for row in after.itertuples()) >= 5


def test_visits_by_length_follow_late_data_of_five_officers_of_an_area(again, tmp_path):
    """Visits of one late officer wait; with those of six the area's are as they would have been told at first."""

    def told():
        with Store(again, KEY) as store:
            month = ("period >= ? AND period < ?", (JUNE, JUNE + pd.Timedelta("30D")))
            now = visit_bands(store.read("visit_lengths_by_group", *month), store.read("officer_time", *month), JUNE)
            bands = store.read("visit_bands", "month = ?", (JUNE,))
            return [t.set_index(["area_id", "band"])["visits"].sort_index() for t in (bands, now)]

    first, _ = told()
    late(again, tmp_path, (0,))
    with_one, now = told()
    assert with_one.equals(first) and not now.equals(first)
    _, _, there = late(again, tmp_path, range(6), 78)
    with_six, now = told()
    evening = there[there["period"].dt.strftime("%m-%d") == "06-11"]
    many = set(evening["area_id"][evening.groupby("area_id")["officer_id"].transform("nunique") >= 5]) & {"a", "b"}
    assert many and all(with_six[a].equals(now[a]) for a in many) and not with_six.equals(first)


def test_visits_by_length_of_an_area_with_few_late_officers_stay():
    """By hand: five officers came late to a, four to b; only a's visits are told anew, and c's not for the first time."""
    lengths = pd.DataFrame({"area_id": ["a", "b", "c"], "band": "5–15", "visits": [9, 9, 9]})
    there = pd.DataFrame({"area_id": list("abc") * 6, "officer_id": [f"p{k}" for k in range(6) for _ in "abc"]})
    before = pd.DataFrame({"month": JUNE, "area_id": ["a", "b"], "band": "5–15", "visits": [4, 4]})
    came = pd.DataFrame({"area_id": ["a"] * 5 + ["b"] * 4, "officer_id": [f"p{k}" for k in (*range(5), *range(4))]})
    found = renewed_bands(before, lengths, there, came, JUNE)
    assert found[["area_id", "visits"]].to_numpy().tolist() == [["a", 9], ["b", 4]]
    assert renewed_bands(before, lengths, there, came.iloc[:0], JUNE).equals(before[found.columns])


def test_other_areas_tell_a_month_anew(again):
    areas = AREAS.assign(area_id=["c", "d"])
    with Store(again, KEY) as store:
        set_areas(store, areas)
        refresh(store)
        assert {"c", "d"} & set(store.read("group_time")["area_id"])
        assert not {"a", "b"} & set(store.read("group_time")["area_id"])


def test_a_month_whose_data_is_purged_in_part_stays_as_it_was_told(again, tmp_path):
    with Store(again, KEY) as store:
        before = store.read("group_time", order="fid")
        purge(store, pd.Timestamp("2024-06-08T00:00Z"))
        assert store.read("group_parts").empty and store.read("officer_time")["period"].min().day >= 8
        assert store.read("time_use")["period"].min().day == 3
    _, after, _ = late(again, tmp_path, range(17))
    pd.testing.assert_frame_equal(before, after)


def events():
    noon = pd.Timestamp("2024-06-03T11:00Z")
    rows = [
        ("crime", "Burglary", "point"), ("crime", "Rape of a female aged 16 or over", "point"), ("incident", "Domestic incident", "point"),
        ("crime", "Violence and sexual offences", "snapped"), ("crime", "Violence and sexual offences", "point"),
        ("incident", "08/17", "point"), ("stop_search", "Controlled drugs", "point"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["kind", "category", "location_precision"])
    table = table.assign(start=noon, end=noon, time_precision="minute", status="current", outcome=None, key_type=None)
    return table.assign(
        event_id=[f"E{k}" for k in range(len(table))], x=399_500.0 + 10 * table.index, y=280_000.0, source_ref="f:1",
        generated_by="public",
    )  # fmt: skip


def test_sensitive_events_are_counts_and_the_others_points_that_lead_to_no_record(again):
    with Store(again, KEY) as store:
        store_events(store, events())
        publish_events(store)
        points, cells = store.read("event_points"), store.read("event_cells")
        assert sorted(zip(points["kind"], points["category"], points["location_precision"])) == [
            ("crime", "Burglary", "point"),  # the list of all violence is none, snapped or not
            ("stop_search", "Controlled drugs", "point"),
        ]
        assert set(points["local_hour"]) == {12} and set(points["status"]) == {"current"}
        assert cells.loc[cells["area_id"] == "a", "events"].sum() == 7
        raw = (again / SUMMARY).read_bytes()
        assert not any(f"E{k}".encode() in raw for k in range(7))
        # A withdrawn record leaves them, and so does one under other areas.
        store_events(store, events().iloc[:1].assign(status="withdrawn"))
        set_areas(store, AREAS.iloc[1:].assign(geometry=[shapely.box(399_400, 279_000, 399_565, 281_000)]))
        refresh(store)
        assert "Burglary" not in set(store.read("event_points")["category"])
        cells = store.read("event_cells")
        assert cells.loc[cells["area_id"] == "b", "events"].sum() == 6 and "a" not in set(cells["area_id"])
    assert read_summary(again).choices()["kinds"] == ["crime", "incident", "stop_search"]


def of_earlier_form(path):
    """Make of a store one of the version whose summary told units apart and held the records of events."""
    moved = {"time_use": "time_use_by_group", "cover": "cover_by_group", "visit_lengths": "visit_lengths_by_group"}
    with Store(path, KEY) as store:
        for old, new in {**moved, "officers_seen": "officers_seen", "events": "events"}.items():
            store.summary.drop(old)
            if store.count(new):
                store.summary.append(old, store.restricted.read(new))
                store.restricted.drop(new)
        for name in ("enough_officers", "group_time", "visit_bands", "event_cells", "event_points"):
            store.summary.drop(name)
        for name in ("group_parts", "officer_time"):
            store.restricted.drop(name)
        for name in ("months", "event_counts"):
            store.set(name, "{}")


def tables_of(path):
    with Store(path) as store:
        return {
            (package.path.name, name): package.read(name)
            for package in (store.restricted, store.summary)
            for name in package.tables()
            if name not in ("settings", "runs", "sources")
        }


def test_a_store_of_the_earlier_form_loses_nothing_and_its_summary_what_tells_of_few(again):
    with Store(again, KEY) as store:
        store_events(store, events())
        refresh(store)
    wanted = tables_of(again)
    of_earlier_form(again)
    old = read_summary(again)
    assert old.groups is None and old.choices()["units"] == ["Custody", "Dogs", "North", "South"]
    assert b"Custody" in (again / SUMMARY).read_bytes()
    with Store(again, KEY) as store:
        assert store.dirty_days() and store.count("events") == 7
        assert store_events(store, events()) == {"new": 0, "changed": 0, "unchanged": 7, "repeated": 0}
    raw = (again / SUMMARY).read_bytes()
    assert b"Custody" not in raw and b"E3" not in raw
    assert read_summary(again).groups is not None  # figures without units are there before a refresh
    with Store(again, KEY) as store:
        refresh(store)
    found = tables_of(again)
    assert set(found) == set(wanted)
    for name, table in wanted.items():
        columns = [c for c in table.columns if c not in ("geometry", "leg_id", "track_id", "visit_id")]
        mine, theirs = (t[columns].sort_values(columns, ignore_index=True) for t in (found[name], table))
        pd.testing.assert_frame_equal(mine, theirs, check_dtype=False, obj=str(name))


def test_a_month_purged_before_the_store_was_moved_over_is_not_told_by_what_is_left(again):
    with Store(again, KEY) as store:
        purge(store, pd.Timestamp("2024-06-08T00:00Z"))
    with Store(again, KEY) as store:  # as the earlier version left it: the rows of the summary stay
        days = store.read("time_use").assign(unit="North", department="-", officer_role="-", resource_type="car")
        store.restricted.append("time_use_by_group", days[days["period"] < "2024-06-08"])
        store.restricted.execute("DELETE FROM settings WHERE name = 'purged_before'")
    of_earlier_form(again)
    with Store(again, KEY) as store:
        refresh(store)
        assert store.count("group_time") == 0 and store.read("time_use")["period"].min().day == 3


def test_every_dimension_is_told_of_whole_months():
    assert set(DIMENSIONS) == set(GROUPS)


def test_files_in_any_order_tell_the_same(june, closed, tmp_path):
    with Store(tmp_path / "s", KEY) as store:
        take_in(store, june)
        set_areas(store, AREAS)
        refresh(store)
        mine = store.read("group_time")
    with Store(closed) as store:
        pd.testing.assert_frame_equal(mine, store.read("group_time"))

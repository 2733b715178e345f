"""The one pipeline: officers may come in any groups, and days in any."""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import PrivacyError
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.params import PresenceParams, TrackParams
from ia_plugin.core.summaries.compute import Cells, ForceFacts, by_area_day, by_officers, publish
from ia_plugin.core.summaries.time_cells import CELL, SPREAD, TimeCells
from tests.support.forces import areas_of, events_of, legs_of, usual_areas, walks
from tests.support.long import long_after

DAY = (pd.Timestamp("2024-06-03T23:00Z"), pd.Timestamp("2024-06-04T23:00Z"))  # 4 June, civil


def facts_of(fixes, method="bridge", seed=0):
    """Overlapping areas, a site, one area that counts from the second day; events, some of which name officers."""
    late = areas_of(late=("other", shapely.box(-500, -500, 3500, 400))).assign(valid_from="2024-06-04")
    areas = pd.concat([usual_areas(), late], ignore_index=True)
    params = PresenceParams(method=method, bounds="none")
    return ForceFacts(areas, events_of(fixes, seed=seed), method=params, tracks=TrackParams(max_gap_s=900.0))


def assert_same(one, other):
    """Two sets of cells are the same, bit for bit and row for row: whole numbers add up to the same in any order."""
    for name, table in vars(one).items():
        assert len(table) > 0, name
        pd.testing.assert_frame_equal(table, getattr(other, name), check_exact=True, obj=name)


@pytest.mark.parametrize("method", ["linear", "bridge"])
@pytest.mark.parametrize("seed", long_after(1, range(4)))
def test_any_groups_of_officers_add_up_to_the_whole(seed, method):
    """Spread, cover and distinct officers included, none of which adds by itself."""
    fixes, rng = walks(officers=14, start="2024-06-03T20:10:00Z", fixes=120, seed=seed), np.random.default_rng(seed)
    facts = facts_of(fixes, method, seed)
    whole = by_area_day([by_officers(fixes, facts)])
    names = fixes["officer_id"].unique()
    group = pd.Series(rng.integers(0, rng.integers(2, 6), len(names)), index=names)
    parts = [by_officers(some, facts) for _, some in fixes.groupby(fixes["officer_id"].map(group))]
    assert_same(by_area_day(rng.permutation(np.array(parts, dtype=object)).tolist()), whole)


def test_the_spread_of_a_cell_is_split_when_all_officers_are_there():
    """Two officers, one on foot, one in a car, in the same cell: half of both variances to each activity."""

    def part(activity, variance):
        keys = dict(zip(CELL, ("a", pd.Timestamp("2024-06-03T10:00Z"), "u", "d", "r", "t", activity == "police_site")))
        cells = pd.DataFrame([{**keys, **dict(zip(SPREAD, (600.0, variance, 60.0)))}])
        seconds = {f"{m}_seconds": 0.0 for m in ("foot", "vehicle", "stationary", "bicycle")}
        seconds["unknown_seconds"] = 600.0
        time = pd.DataFrame([{"cell": 0, "activity": activity, "officer_seconds": 600.0, **seconds}])
        return TimeCells(cells, time)

    table = TimeCells.beside([part("on_foot", 100.0), part("in_vehicle", 900.0)]).table()
    assert table["variance"].tolist() == [500.0, 500.0] and table["systematic"].tolist() == [60.0, 60.0]
    # What is not known of time at a police site is not of the street.
    table = TimeCells.beside([part("on_foot", 100.0), part("police_site", 900.0)]).table()
    assert dict(zip(table["activity"], table["variance"])) == {"on_foot": 100.0, "police_site": 900.0}


@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_the_day_of_a_span_is_that_day_of_the_whole(method):
    fixes = walks(officers=6, fixes=500, start="2024-06-03T12:10:00Z")
    facts = facts_of(fixes, method)
    whole, day = by_area_day([by_officers(fixes, facts)]), by_area_day([by_officers(fixes, facts, DAY)])
    kept = {
        n: t[(t["period"] >= DAY[0]) & (t["period"] < DAY[1])].reset_index(drop=True) for n, t in vars(whole).items()
    }
    assert_same(day, Cells(**kept))


def test_a_radio_that_never_falls_silent_says_the_same_by_day_and_all_days_at_once():
    """Its stretches are cut at midnights of which the legs of one day know nothing."""
    rng = np.random.default_rng(4)
    n = 6 * 288
    stride = np.where(np.repeat(rng.random(n // 24) < 0.5, 24), 90.0, 900.0)
    x, y = (np.abs(np.cumsum(rng.normal(0, 1, n) * stride) % 4_000 - 2_000) for _ in range(2))
    time = pd.date_range("2024-06-03T07:00Z", periods=n, freq="300s")
    fixes = pd.DataFrame({"officer_id": "charger", "time": time, "x": x, "y": y})
    facts = ForceFacts(usual_areas(), tracks=TrackParams(max_gap_s=900.0), timezone="UTC")
    days = pd.date_range("2024-06-04", "2024-06-09", tz="UTC")
    whole = by_officers(fixes, facts, (days[0], days[-1])).tables["legs"]
    apart = pd.concat([by_officers(fixes, facts, span).tables["legs"] for span in zip(days[:-1], days[1:])])
    pd.testing.assert_frame_equal(whole.reset_index(drop=True), apart.reset_index(drop=True), rtol=1e-9)


def test_legs_and_the_fixes_they_are_made_of_say_the_same():
    fixes = walks()
    facts = facts_of(fixes)
    assert_same(by_area_day([by_officers(legs_of(fixes), facts)]), by_area_day([by_officers(fixes, facts)]))


def test_each_shape_is_worked_through_once(monkeypatch):
    from ia_plugin.core.summaries import ground_time

    asked, share = [], ground_time.time_in_prepared
    monkeypatch.setattr(
        ground_time,
        "time_in_prepared",
        lambda legs, areas, *r, **m: asked.append(len(areas)) or share(legs, areas, *r, **m),
    )
    computed_material(legs_of(walks()), ForceFacts(areas_of(a=("impact", shapely.box(0, 0, 900, 900)), b=("rest", shapely.box(-9e3, -9e3, 9e3, 9e3)))))  # fmt: skip
    assert asked == [2, 0]


def test_areas_are_prepared_once_however_many_groups_and_batches(monkeypatch):
    from ia_plugin.core import areas as areas_module

    calls, prepare = [], areas_module.prepare_areas
    counted = lambda areas, invalid="repair": calls.append(len(areas)) or prepare(areas, invalid)  # noqa: E731
    for module in [m for name, m in sys.modules.items() if name.startswith("ia_plugin.core")]:
        if getattr(module, "prepare_areas", None) is prepare:
            monkeypatch.setattr(module, "prepare_areas", counted)
    fixes = walks()
    facts = facts_of(fixes)
    parts = [by_officers(some, facts.with_events(facts.events)) for _, some in fixes.groupby("officer_id")]
    assert len(publish(by_area_day(parts))["time_use"]) and len(parts) > 1
    assert calls == [len(facts.areas)]


def test_no_officers_give_empty_tables():
    fixes = walks()
    found = publish(by_area_day([by_officers(fixes.iloc[:0], facts_of(fixes)), by_officers(legs_of(fixes).iloc[:0], facts_of(fixes))]))  # fmt: skip
    assert set(found) == {"time_use", "cover", "officers_seen", "visit_lengths"}
    assert all(len(t) == 0 for t in found.values())


def test_nothing_of_a_single_officer_is_published():
    cells = by_area_day([by_officers(walks(), facts_of(walks()))])
    assert not any("officer_id" in t for t in publish(cells).values())
    with pytest.raises(PrivacyError, match="officer_id"):
        publish(Cells(**{**vars(cells), "cover": cells.cover.assign(officer_id="o1")}))


def test_cover_and_visits_are_of_the_unit_that_the_posting_says():
    fixes = walks(officers=4)
    officers, day = fixes["officer_id"].unique(), pd.Timestamp("2024-06-01T00:00Z")
    postings = pd.DataFrame({"officer_id": officers, "valid_from": day, "valid_to": pd.NaT, "unit": ["North", "South"] * 2, "resource_type": ["car", "car", "beat", "beat"]})  # fmt: skip
    bare = legs_of(fixes).drop(columns=["unit", "resource_type"])
    facts = ForceFacts(usual_areas(), postings=postings, method=PresenceParams(method="linear", bounds="none"))
    posted = by_area_day([by_officers(bare, facts)])
    own = postings.set_index("officer_id").loc[bare["officer_id"]]
    spoken = bare.assign(unit=own["unit"].to_numpy(), resource_type=own["resource_type"].to_numpy())
    assert_same(posted, by_area_day([by_officers(spoken, replace(facts, postings=None))]))
    assert {"North", "South"} <= set(posted.cover["unit"]) & set(posted.visit_lengths["unit"]) & set(
        posted.time_use["unit"]
    )

"""A day is a day: whichever other days it is computed with, in whichever order, and whenever its neighbours come."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.movement import default_model
from ia_plugin.core.movement.likely_shares import default_spread
from ia_plugin.core.params import PresenceParams, TrackParams
from ia_plugin.core.presence.processes import tasks_shared
from ia_plugin.core.summaries.observed import Observed
from ia_plugin.store.purge import purge
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.summary import read_summary
from ia_plugin.store.versions import store_events
from tests.support.long import long_after
from tests.support.stores import AREAS, KEY
from tools.attack.batch_days import TRACKS, add_fixes, attack, computed, content, differing


def reports(*spans, officer="p000000000000000000000001", every_s=300):
    """Fixes of one officer from and to some moments (UTC), about a place in the areas."""
    times = [pd.date_range(a, b, freq=f"{every_s}s", tz="UTC") for a, b in spans]
    time = times[0].append(times[1:]) if len(times) > 1 else times[0]
    k = np.arange(len(time))
    return pd.DataFrame(
        {"officer_id": officer, "time": time, "x": 400_000.0 + 31 * k % 700, "y": 280_000.0 + 17 * k % 400}
    )


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", KEY) as made:
        set_areas(made, AREAS)
        yield made


def bring(store, *parts):
    """Each part as a file of its own, computed before the next one comes."""
    for part in parts:
        add_fixes(store, part, str(store.count("sources")))
        computed(store)


def in_one_go(tmp_path, *parts):
    with Store(tmp_path / "other", KEY) as other:
        set_areas(other, AREAS)
        add_fixes(other, pd.concat(parts), "all")
        computed(other)
        return content(other)


def days_of(store, table, column="start"):
    return store.read(table)[column].dt.strftime("%d %H:%M").tolist()


@pytest.mark.parametrize("seed", long_after(0, range(3)))
def test_any_grouping_order_and_arrival_of_days_gives_the_same_rows(tmp_path, seed):
    """Over the changes of clocks in March and October, and over none; see the attack for what the force does."""
    assert attack(seed, tmp_path, officers=3, days=3) == []


def test_legs_that_stand_as_they_were_are_left_where_they_are_and_others_are_not(store, tmp_path, monkeypatch):
    """The 3rd comes after the 4th and makes it due again: the 12 legs of the 4th keep their row numbers."""
    monkeypatch.setattr("ia_plugin.store.changed_rows.WORTH", 1)
    days = [reports((f"2024-06-0{d} 08:00", f"2024-06-0{d} 09:00")) for d in (4, 3)]
    bring(store, *days)
    rows = [fid for (fid,) in store.restricted.execute("SELECT fid FROM legs ORDER BY start")]
    assert rows == [*range(13, 25), *range(1, 13)]
    assert not differing(content(store), in_one_go(tmp_path, *days))
    # A report between two of the 4th renews the legs of that track, whose modes hang on it.
    late = reports(("2024-06-04 08:22", "2024-06-04 08:22"))
    bring(store, late)
    assert len(store.read("legs")) == 25 and not differing(content(store), in_one_go(tmp_path / "late", *days, late))


def test_days_on_several_cores_say_what_they_say_on_one(store, tmp_path, monkeypatch):
    """One day a pass, four passes on two cores; another number of cores later makes no day due again."""
    rng = np.random.default_rng(5)
    duties = ((f"2024-06-0{d} 08:00", f"2024-06-0{d} 22:00") for d in (3, 4, 5, 6))
    fixes = reports(*duties)
    fixes = fixes.assign(x=fixes["x"] + rng.normal(0, 30, len(fixes)))
    expected = in_one_go(tmp_path, fixes)
    monkeypatch.setattr("ia_plugin.store.day_passes.A_PASS", 1)
    monkeypatch.setattr("ia_plugin.core.presence.processes.WORTH", 1)
    add_fixes(store, fixes, "all")
    assert refresh(store, TRACKS, PresenceParams(workers=2)).days == 4
    assert not differing(content(store), expected)
    assert refresh(store, TRACKS, PresenceParams(workers=1)).days == 0


@pytest.mark.fork
def test_officers_of_a_day_on_several_cores_say_what_they_say_on_one(store, tmp_path, monkeypatch):
    """Five officers over a midnight, two of them in one process and three in the other; then one of them has a late report."""
    groups = []

    def shared(tasks, workers, work):
        groups.append(len(tasks))
        return tasks_shared(tasks, workers, work)

    monkeypatch.setattr("ia_plugin.store.officers_shared.WORTH", 1)
    monkeypatch.setattr("ia_plugin.store.officers_shared.tasks_shared", shared)
    duties = (f"2024-06-03 2{k}:00" for k in range(4)), (f"2024-06-04 0{k + 4}:00" for k in range(4))
    spans = [*zip(*duties), ("2024-06-03 21:30", "2024-06-05 00:20")]
    fixes = pd.concat([reports(s, officer=f"p{k:024x}") for k, s in enumerate(spans)], ignore_index=True)
    fixes = fixes.assign(x=fixes["x"] + np.random.default_rng(5).normal(0, 30, len(fixes)))
    late = reports(("2024-06-03 23:02", "2024-06-03 23:02"), officer=f"p{3:024x}")
    add_fixes(store, fixes, "all")
    done = refresh(store, TRACKS, PresenceParams(workers=2))
    assert groups == [2] and done.legs == store.count("legs") == len(fixes) - 5
    assert not differing(content(store), in_one_go(tmp_path, fixes))
    add_fixes(store, late, "late")
    refresh(store, TRACKS, PresenceParams(workers=2))
    assert groups == [2, 2]
    assert not differing(content(store), in_one_go(tmp_path / "late", fixes, late))


def test_rest_days_are_one_gap_whichever_of_its_ends_came_last(store, tmp_path):
    first, last = reports(("2024-06-03 08:00", "2024-06-03 16:00")), reports(("2024-06-09 08:00", "2024-06-09 16:00"))
    bring(store, first, last)
    gap = store.read("gaps")
    assert gap["duration_s"].tolist() == [(5 * 24 + 16) * 3600] and gap["reason"].tolist() == ["between_duties"]
    for day in ("2024-06-03", "2024-06-09"):
        store.mark_days([day])
        computed(store)
        assert days_of(store, "gaps") == ["03 16:00"]
    assert not differing(content(store), in_one_go(tmp_path, first, last))


def test_somebody_seen_after_all_splits_a_gap(store, tmp_path):
    parts = [reports((f"2024-06-0{d} 08:00", f"2024-06-0{d} 09:00")) for d in (3, 7, 5)]
    bring(store, *parts)
    assert sorted(days_of(store, "gaps")) == ["03 09:00", "05 09:00"]
    assert sorted(store.read("gaps")["duration_s"]) == [47 * 3600.0] * 2
    assert not differing(content(store), in_one_go(tmp_path, *parts))


def test_fixes_that_leave_the_store_join_the_gaps_again(store):
    bring(store, *(reports((f"2024-06-0{d} 08:00", f"2024-06-0{d} 09:00")) for d in (3, 5, 7)))
    moments = (pd.Timestamp("2024-06-05T00:00Z"), pd.Timestamp("2024-06-06T00:00Z"))
    store.restricted.delete("fixes", "time >= ? AND time < ?", moments)
    store.mark_days(["2024-06-05"])
    computed(store)
    assert store.read("gaps")["duration_s"].tolist() == [95 * 3600.0]
    assert days_of(store, "tracks") == ["03 08:00", "07 08:00"] and len(store.read("legs")) == 24


def test_a_late_hour_makes_every_day_of_its_duty_due(store, tmp_path):
    """Thirty hours from 23:00 over two midnights; the first hour comes last, and names all that followed."""
    late = reports(("2024-06-03 21:30", "2024-06-03 22:25"))
    rest = reports(("2024-06-03 22:30", "2024-06-05 04:30"))
    bring(store, rest, late)
    assert days_of(store, "tracks") == ["03 21:30"] and store.read("legs")["track_id"].nunique() == 1
    assert not differing(content(store), in_one_go(tmp_path, rest, late))


def test_a_fix_at_midnight_belongs_to_the_day_that_begins(store):
    """Civil midnight in June is 23:00 UTC: the leg that ends there is of the 3rd, the one that starts there of the 4th."""
    bring(store, reports(("2024-06-03 22:00", "2024-06-04 00:00"), every_s=600))
    expected = content(store)
    whole = store.read("time_use", "area_id LIKE '(%'")  # the roles and the rest: all there is, once
    assert whole.groupby(whole["period"].dt.strftime("%d %H"))["officer_seconds"].sum().round(6).to_dict() == {
        "03 22": 3600,
        "03 23": 3600,
    }
    for day in ("2024-06-04", "2024-06-03"):
        store.mark_days([day])
        computed(store)
    assert not differing(expected, content(store))
    legs = store.read("legs")
    assert (legs["start"] < pd.Timestamp("2024-06-03T23:00Z")).sum() == 6 and len(legs) == 12


def test_a_radio_that_never_falls_silent_is_read_three_days_back_and_no_further(store, tmp_path):
    whole = reports(("2024-06-01 05:00", "2024-06-07 05:00"), every_s=600)
    day = whole["time"].dt.floor("D")
    bring(store, *(whole[day == d] for d in sorted(day.unique())))
    assert days_of(store, "tracks")[:3] == ["01 05:00", "04 00:00", "05 00:00"] and store.count("tracks") == 5
    assert not differing(content(store), in_one_go(tmp_path, whole))
    # A new day touches the day before, and not the days before that.
    add_fixes(store, reports(("2024-06-07 05:10", "2024-06-07 15:00"), every_s=600), "next")
    due = store.dirty_days()
    assert refresh(store, TRACKS).days == 2  # of the 8th there is nothing
    assert due == ["2024-06-06", "2024-06-07", "2024-06-08"] and store.dirty_days() == []


def test_an_event_of_days_makes_them_all_due_and_so_does_its_mending(store):
    """By reference, from the 3rd to the 6th; then it turns out to have been on the 10th."""
    fixes = reports(*((f"2024-06-{d:02} 08:00", f"2024-06-{d:02} 12:00") for d in range(3, 12)))
    bring(store, fixes)

    def linked():
        table = store.read("time_use", "activity = 'incident_reference' AND area_id LIKE '(%'")
        return sorted(table["period"].dt.strftime("%d").unique())

    event = {"event_id": "e1", "kind": "incident", "category": "x", "start": pd.Timestamp("2024-06-03T09:00Z"),
             "end": pd.Timestamp("2024-06-06T09:00Z"), "time_precision": "minute", "status": "current", "x": np.nan, "y": np.nan,
             "location_precision": "none", "officer_ids": fixes["officer_id"].iloc[0]}  # fmt: skip
    # A file that tells another record again as it was tells e1 again too; alone it would be another e1.
    other = {**event, "event_id": "e2", "start": event["end"], "officer_ids": None}
    store_events(store, pd.DataFrame([other, event]))
    computed(store)
    assert linked() == ["03", "04", "05", "06"]
    moved = {**event, "start": pd.Timestamp("2024-06-10T09:00Z"), "end": pd.Timestamp("2024-06-10T10:00Z")}
    store_events(store, pd.DataFrame([other, moved]))
    computed(store)
    assert linked() == ["10"]
    store_events(store, pd.DataFrame([{**moved, "officer_ids": "p" + "9" * 24}]))  # somebody else went
    computed(store)
    assert linked() == []


def test_a_day_whose_fixes_were_purged_keeps_its_summary(store):
    bring(store, reports(("2024-06-03 08:00", "2024-06-03 12:00"), ("2024-06-05 02:00", "2024-06-05 12:00")))
    before = store.count("time_use")
    purge(store, pd.Timestamp("2024-06-04T00:00Z"))
    store.mark_days(["2024-06-03", "2024-06-04", "2024-06-05"])
    computed(store)
    assert store.count("time_use") == before and store.dirty_days() == []


@pytest.mark.parametrize("change", ["another gap", "an earlier version"])
def test_days_made_in_another_way_are_all_due(store, change):
    """Two days with a silence of 20 minutes each, then a longest gap of half an hour: both days have it, not the second alone."""
    shifts = [
        reports((f"2024-06-0{d} 08:00", f"2024-06-0{d} 09:00"), (f"2024-06-0{d} 09:20", f"2024-06-0{d} 10:00"))
        for d in (3, 4)
    ]
    bring(store, *shifts)
    assert len(store.read("gaps", "duration_s < 36000")) == 2
    if change == "another gap":
        assert refresh(store, TrackParams(max_gap_s=1_800.0)).days == 2
        assert not len(store.read("gaps", "duration_s < 36000")) and store.count("tracks") == 2
    else:
        store.restricted.execute("DELETE FROM settings WHERE name = 'days_by'")
        assert refresh(store, TRACKS).days == 2
    assert refresh(store).days == 0


def test_no_more_is_read_than_the_days_hang_on():
    """Who has a silence, or eight fixes in a row, on both sides needs no more; who has not does."""
    day = (pd.Timestamp("2024-06-04T23:00Z"), pd.Timestamp("2024-06-05T23:00Z"))
    shift = [(f"2024-06-0{d} 08:00", f"2024-06-0{d} 16:00") for d in (4, 5, 6)]
    fixes = pd.concat(
        [
            reports(*shift, officer="both"),
            reports(*shift[1:], officer="later"),
            reports(*shift[:2], officer="earlier"),
            reports(("2024-06-04 00:00", "2024-06-07 00:00"), officer="always"),
            reports(shift[0], shift[2], officer="not seen"),
        ]
    )
    found = Observed.of(fixes, TRACKS).unread(day, pd.Timedelta("12h"), pd.Index([]))
    assert found["earlier"].to_dict() == {"both": False, "later": True, "earlier": False, "always": True}
    assert found["later"].to_dict() == {"both": False, "later": False, "earlier": True, "always": False}
    assert (
        "not seen" in Observed.of(fixes, TrackParams()).unread(day, pd.Timedelta("12h"), pd.Index(["not seen"])).index
    )


def test_a_calibrated_model_is_kept_by_the_store_and_its_summary_tells_narrower_shares(store):
    """The force's own model, given once: later runs use it, all days are due when it changes, and a reader of the summary alone has
    the spread of a model that was checked on 25 officers."""
    bring(store, reports(("2024-06-03 08:00", "2024-06-03 12:00")))
    assert read_summary(store.folder).share_spread == default_spread()
    own = default_model().recalibrated((0.1, 0.0, 0.9, 0.0), legs=900, officers=30, officers_alike=25.0)
    assert refresh(store, TRACKS, model=own).days == 1
    assert refresh(store, TRACKS).days == refresh(store, TRACKS, model=own).days == 0
    checked = read_summary(store.folder).share_spread
    assert checked == default_spread().checked_on(25.0)
    assert checked.transfer["foot"] < default_spread().transfer["foot"]
    # Whoever gives the plugin's own goes back to it.
    assert refresh(store, TRACKS, model=default_model()).days == 1
    assert read_summary(store.folder).share_spread == default_spread() and refresh(store, TRACKS).days == 0

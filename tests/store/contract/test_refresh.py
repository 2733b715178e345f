"""The same extracts give the same summary, to the digit, whichever home they are computed in."""

from __future__ import annotations

import pandas as pd

from ia_plugin.core.movement import default_model
from ia_plugin.store.open_summary import opened_summary
from ia_plugin.store.refresh import Refreshed, refresh
from ia_plugin.store.tables import SUMMARY_TABLES
from ia_plugin.store.versions import store_events
from tests.support.two_homes import Homes

PEOPLES = {"notes", "flags", "figures", "governance"}  # what other tests add


def compare(homes: Homes, asked: set[str]) -> None:
    """Every table of the summary that either home has: the same rows, in whatever order they were written."""
    with opened_summary(str(homes.folder)) as ours, opened_summary(homes.shared.target("alice")) as theirs:
        found = [{n: s.read(n) for n in {*s.tables()} & {*SUMMARY_TABLES} - PEOPLES} for s in (ours, theirs)]
        names, others = ({n for n, rows in tables.items() if len(rows)} for tables in found)
        assert asked <= names == others
        for name in sorted(names):
            here, there = (tables[name] for tables in found)
            shown = [c for c in here.columns if not here[c].isna().all()]
            order = [c for c in shown if c != "geometry"]
            here, there = (t[shown].sort_values(order, ignore_index=True) for t in (here, there))
            pd.testing.assert_frame_equal(there, here, check_dtype=False, check_exact=True, obj=name)


def test_a_refresh_gives_the_same_summary(homes: Homes) -> None:
    assert homes.done[0] == homes.done[1] and homes.done[0].legs > 4_000
    compare(
        homes, {"areas", "time_use", "cover", "visit_lengths", "visit_bands", "event_cells", "event_points", "about"}
    )


def test_a_second_refresh_does_nothing(homes: Homes) -> None:
    for store in homes.both():
        assert refresh(store, model=default_model()) == Refreshed(0, 0, 0, {})


def test_late_and_withdrawn_records_become_versions(homes: Homes) -> None:
    found = []
    for store in homes.both():
        kept = store.read("events").sort_values("event_id")
        some = kept.iloc[:2].assign(officer_ids=None, recorded_at=pd.Timestamp("2024-08-01T00:00Z"))
        some["category"], some["status"] = ["Robbery", some["category"].iloc[1]], ["current", "withdrawn"]
        assert store_events(store, some) == {"new": 0, "changed": 2, "unchanged": 0, "repeated": 0}
        assert store_events(store, some) == {"new": 0, "changed": 0, "unchanged": 2, "repeated": 0}
        refresh(store, model=default_model())
        events = store.read("events")
        found.append(sorted(zip(events["event_id"], events["version"], events["status"], events["category"])))
        assert len(events) == 14 and sorted(events["status"]) == ["current"] * 11 + ["superseded"] * 2 + ["withdrawn"]
    assert found[0] == found[1]
    compare(homes, {"event_cells", "event_points"})
    with opened_summary(homes.shared.target("alice")) as summary:
        assert len(summary.read("event_points")) == 11


def test_no_pseudonym_is_in_the_servers_log(homes: Homes) -> None:
    """The tests' server logs every statement: officers travel by COPY, in refresh and versions too."""
    for store in homes.both():
        officers = {str(officer) for (officer,) in store.distinct("fixes", ["officer_id"])}
    assert len(officers) == 12
    told = [line for line in homes.shared.cluster.log.splitlines() if any(officer in line for officer in officers)]
    assert told == []

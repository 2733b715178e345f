"""What stands behind a figure, one officer-day and a check by collar number: the same rows in either home, on record first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import CHECK_PURPOSES, PURPOSES, SUBJECT_ACCESS
from ia_plugin.store.check_one import check_one, export_check
from ia_plugin.store.journeys import export_journey
from ia_plugin.store.trace_home import TraceHome, tracer_of
from tests.support.stores import KEY
from tests.support.two_homes import Homes, same

NOW = pd.Timestamp("2024-07-10T12:00Z")
JUNE = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 18))
AREAS = ("a", "b")
WHY = PURPOSES[2]


def records(homes: Homes, what: str) -> list[str]:
    asked = f"SELECT who, purpose, parameters FROM ia_records.runs WHERE what = '{what}' ORDER BY run_id"
    return homes.shared.psql("olga", asked).splitlines()


@pytest.fixture
def tracers(homes: Homes) -> Iterator[tuple[TraceHome, TraceHome]]:
    places = (homes.folder, homes.shared.target("ivan"))
    yield tuple(tracer_of(place, WHY, version="t") for place in places)


def test_the_visits_behind_a_figure_are_the_same(homes: Homes, tracers: tuple[TraceHome, TraceHome]) -> None:
    for state in (JUNE, FilterState(first=JUNE.first, last=JUNE.last, units=("East",)), FilterState()):
        ours, theirs = (t.visits(state, AREAS, at=NOW) for t in tracers)
        by = ["enter", "visit_id"]
        here, there = (t.visits.sort_values(by, ignore_index=True) for t in (ours, theirs))
        assert ours.found == theirs.found > 5
        same(there, here, "officer_day")
        # The labels are others, and part the same visits.
        parted = [pd.factorize(t["officer_day"])[0] for t in (here, there)]
        np.testing.assert_array_equal(*parted)
        assert "officer_id" not in there.columns
    who, why, asked = records(homes, "trace")[-1].split("|", 2)
    assert (who, why, json.loads(asked)["areas"]) == ("ivan", WHY, [*AREAS])


def test_an_officer_day_and_a_visit_are_the_same(homes: Homes, tracers: tuple[TraceHome, TraceHome]) -> None:
    shown = [t.visits(JUNE, AREAS, at=NOW).visits for t in tracers]
    for visit in shown[0]["visit_id"].head(4):
        ours, theirs = (t.journey(int(visit), at=NOW) for t in tracers)
        assert (ours.day, ours.left_out, ours.any_sites, ours.before, ours.after) == (
            theirs.day, theirs.left_out, theirs.any_sites, theirs.before, theirs.after,
        )  # fmt: skip
        same(theirs.fixes, ours.fixes)
        legs, fixes, left_out = tracers[0].behind(int(visit), at=NOW)
        found = tracers[1].behind(int(visit), at=NOW)
        assert found.left_out == left_out
        same(found.fixes, fixes, "fid")
        same(found.legs, legs, "fid")
        assert not {"officer_id", "radio_id"} & {*found.fixes.columns, *found.legs.columns}
    assert f'ivan|{WHY}|{{"day": "{theirs.day}", "again": true}}' in records(homes, "trace of a visit")


def test_a_check_by_collar_number_gives_the_same_passes(homes: Homes, tmp_path: Path) -> None:
    for purpose, day in ((CHECK_PURPOSES[0], date(2024, 6, 3)), (SUBJECT_ACCESS, date(2024, 6, 4))):
        ours, theirs = (
            check_one(place, "101", day, purpose, "the sheet says otherwise", KEY, at=NOW, version="t")
            for place in (homes.folder, homes.shared.target("ivan"))
        )
        same(theirs, ours)
    nobody = check_one(homes.shared.target("ivan"), "99999", day, purpose, "a letter", KEY, at=NOW, version="t")
    assert len(nobody) == 0 and [*nobody.columns] == [*ours.columns]
    told = records(homes, "check of one officer-day")
    assert len(told) == 3 and all("101" not in t.partition("officer mark")[0] for t in told)
    path = export_check(
        homes.shared.target("ivan"), theirs, day, tmp_path / "one.csv", purpose, "a letter", at=NOW, version="t"
    )
    assert path.is_file() and len(records(homes, "export of one officer-day")) == 1


def test_an_export_is_recorded_first(homes: Homes, tracers: tuple[TraceHome, TraceHome], tmp_path: Path) -> None:
    files = []
    for place, tracer in zip((homes.folder, homes.shared.target("ivan")), tracers):
        visit = tracer.visits(JUNE, AREAS, at=NOW).visits["visit_id"].iloc[0]
        journey = tracer.journey(int(visit), at=NOW)
        path = tmp_path / f"{len(files)}.csv"
        export_journey(place, journey, path, WHY, at=NOW, version="t")
        files.append(path.read_text("utf-8-sig").replace(journey.officer_day, "d"))
    assert files[0] == files[1]
    assert len(records(homes, "export of a journey")) == 1


def test_an_analyst_is_told_which_role_it_needs(homes: Homes) -> None:
    alice = homes.shared.target("alice")
    with pytest.raises(StoreError, match="'alice' has not the role ia_inspector"):
        tracer_of(alice, WHY, version="t")
    with pytest.raises(StoreError, match="ia_inspector"):
        check_one(alice, "101", JUNE.first, WHY, "a letter", KEY, at=NOW, version="t")
    with pytest.raises(PrivacyError, match="not on the list"):
        tracer_of(homes.shared.target("ivan"), "curiosity", version="t")


def test_nothing_is_seen_before_the_asking_is_committed(homes: Homes, tracers: tuple[TraceHome, TraceHome]) -> None:
    look = "SELECT count(*) FROM ia_journeys.visits({run})"
    at_once = look.format(run=f"ia_journeys.ask_visits(ARRAY['a', 'b'], NULL, NULL, '{{}}', '{{}}', '{WHY}', 't')")
    assert homes.shared.psql("iris", "BEGIN", at_once, "ROLLBACK", at_once).count("a look is asked for first") == 2
    # Another's look is no look of one's own, and neither is a line that a program adds to the record.
    tracers[1].visits(JUNE, AREAS, at=NOW)
    forged = f"SELECT ia_records.add_run('trace', 't', '{{\"areas\": [\"a\"]}}', '{{}}', 0, 0, '', '{WHY}', 'restricted', 'done', 0)"
    assert homes.shared.psql("iris", forged).isdigit()
    for who in ("ivan", "iris"):
        run = homes.shared.psql(
            "olga", f"SELECT max(run_id) FROM ia_records.runs WHERE what = 'trace' AND who = '{who}'"
        )
        assert "a look is asked for first" in homes.shared.psql("iris", look.format(run=run))
    # A visit is opened out of a list that may be seen.
    visit = tracers[1].visits(JUNE, AREAS, at=NOW).visits.iloc[0]
    opened = f"SELECT ia_journeys.ask_visit({visit['visit_id']}, '{visit['enter'].isoformat()}', true, '{WHY}', 't')"
    assert "not in the store any more" in homes.shared.psql("iris", opened)
    assert homes.shared.psql("ivan", opened).isdigit()


def test_from_the_third_look_at_one_officer_on_the_record_says_so(homes: Homes) -> None:
    tracer = tracer_of(homes.shared.target("iris"), WHY, version="t")
    visits = tracer.visits(JUNE, AREAS, at=NOW).visits
    known = homes.shared.psql("lee", "SELECT visit_id, officer_id FROM ia_restricted.visits").splitlines()
    officer_of = dict(line.split("|") for line in known)
    visits = visits.assign(officer=[officer_of[str(v)] for v in visits["visit_id"]]).drop_duplicates("officer_day")
    # One whom no other test has looked at: three days of theirs, each opened twice, are three looks.
    asked = {r.rpartition("|")[2] for r in homes.shared.records()}
    looked = {o for o, g in visits.groupby("officer") if {*g["officer_day"]} & asked}
    officer, days = next((o, g) for o, g in visits.groupby("officer") if len(g) == 3 and o not in looked)
    before = len(records(homes, "repeated look at one officer"))
    for visit in days["visit_id"]:
        for _ in range(2):
            tracer.journey(int(visit), at=NOW)
    told = records(homes, "repeated look at one officer")[before:]
    assert told == [f'iris|{WHY}|{{"looks": 3, "within days": 30}}'] and officer not in told[0]

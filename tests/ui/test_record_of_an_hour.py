"""An hour at the dock by script: the record of runs has each look, disclosure and export once, with who, when, for what and for whom."""

from __future__ import annotations

import getpass
import json

import pandas as pd
import pytest

from ia_plugin.core.params import CHECK_PURPOSES
from ia_plugin.store.tables import RESTRICTED
from tests.support.dock_hour import Hour
from tests.support.long import long_after
from tests.support.sqlite_files import sqlite_file
from tests.support.stores import KEY

pytestmark = pytest.mark.qgis

TRAINING, CHECK = "training", CHECK_PURPOSES[0]
# Step -> what it leaves in the record: (what, purpose, audience). What anyone may read, and what tells of nobody, leaves nothing.
HOUR = {
    "filters": [],
    "views": [],
    "copies": [],
    "density": [],
    "own_area": [("own area", None, "board")],
    "look": [("look at cells by unit", TRAINING, "restricted")],
    "trace": [("trace", TRAINING, "restricted"), *[("trace of a visit", TRAINING, "restricted")] * 2],
    "journey": [("journey", TRAINING, "restricted")],
    "export": [("export of a journey", TRAINING, "restricted")],
    "movement": [("layers of movement", TRAINING, "restricted")],
    "check": [("check of one officer-day", CHECK, "restricted"), ("export of one officer-day", CHECK, "restricted")],
    "flag": [("flag on a figure", None, None), ("answer to a flag", None, None)],
    "note": [("note on the data", None, None)],
    "card": [("governance card", None, None)],
    "reopen": [],
}


@pytest.fixture
def store(tmp_path):
    from tests.support.small_store import small_store

    return small_store(tmp_path)


@pytest.fixture
def hour(qgis_new_project, store, tmp_path, qgis_iface, qgis_canvas):
    made = Hour(qgis_new_project, store, tmp_path, qgis_iface, qgis_canvas, KEY)
    yield made
    made.end()


def as_kept(value):
    return None if value is None or value != value else value


def test_the_record_accounts_for_an_hour(hour, store):
    """Twice round: nothing hangs on what was done before, and no step is recorded by the one after it."""
    began, officers = pd.Timestamp.now(tz="UTC").floor("s"), set()
    with sqlite_file(store / RESTRICTED) as file:
        officers |= {o for (o,) in file.execute("SELECT DISTINCT officer_id FROM fixes")}
    for again in (False, True):
        for step, expected in HOUR.items():
            before = len(hour.runs())
            getattr(hour, step)()
            rows = hour.runs().iloc[before:]
            found = [tuple(as_kept(r[n]) for n in ("what", "purpose", "audience")) for r in rows.to_dict("records")]
            # The card says what the last one says: nothing is declared, nothing recorded.
            assert found == ([] if again and step == "card" else expected), step
    rows = hour.runs()
    assert (
        set(rows["who"]) == {getpass.getuser()} and set(rows["outcome"]) == {"done"} and (rows["version"] != "").all()
    )
    assert rows["at"].between(began, pd.Timestamp.now(tz="UTC")).all()
    told = rows.to_csv()
    assert not any(o in told for o in officers) and "visit_id" not in told, "the record leads to no officer"
    assert json.loads(rows.loc[rows["what"] == "own area", "parameters"].iloc[0])["blocks"]


def test_a_third_look_at_one_officer_is_told_once(hour):
    """Each session is a look of its own, at the officers of the visits opened too; within one what is open already is none."""
    for n in (1, 2, 3):
        hour.open()
        hour.trace()
        hour.journey()
        hour.journey()
        what = hour.runs()["what"].tolist()
        assert what.count("trace of a visit") == what.count("journey") == 2 * n
        assert what.count("repeated look at one officer") == (2 if n >= 3 else 0)  # at the officers of both visits


def none_of(table):
    return table.rowCount() == 0


# What is tried -> (steps before it, the attempt, whether it shows or has written nothing).
ATTEMPTS = {
    "own area": ([], lambda h: h.takes_own_area(), lambda h: h.dock.controller.state.areas == ()),
    "look": ([], lambda h: h.asks_for_a_look(), lambda h: not h.dock.figures.restricted),
    "trace": ([], lambda h: h.dock.show_trace("visits", TRAINING), lambda h: none_of(h.dock.trace.visits)),
    "visit": (["visits"], lambda h: h.dock.trace.visits.setCurrentCell(0, 0), lambda h: none_of(h.dock.trace.fixes)),
    "journey": (["trace"], lambda h: h.dock.trace.journey_button.click(), lambda h: none_of(h.dock.journeys.page.fixes)),
    "export": (["trace", "journey"], lambda h: h.dock.journeys.export(h.room / "day.csv", TRAINING), lambda h: not (h.room / "day.csv").exists()),
    "movement": ([], lambda h: h.dock.show_movement(TRAINING), lambda h: not h.dock.controller.overlays.layers("legs", "tracks", "fixes")),
    "check": ([], lambda h: h.asks_for_a_check(), lambda h: none_of(h.dock.store_pages.challenge_page.passes)),
    "export of a check": (["shown_check"], lambda h: h.dock.store_pages.challenge.export(str(h.room / "passes.csv")), lambda h: not (h.room / "passes.csv").exists()),
}  # fmt: skip


@pytest.mark.parametrize("what", long_after(2, ATTEMPTS))
def test_what_cannot_be_recorded_is_neither_shown_nor_written(hour, store, what):
    before, attempt, nothing = ATTEMPTS[what]
    hour.dock.store_pages.challenge.raise_flag({"reference": hour.dock.controller.figures.code, "text": "A doubt."})
    for step in before:
        getattr(hour, step)()
    hour.rests()
    rows = len(hour.runs())
    with sqlite_file(store / RESTRICTED) as file:
        file.execute("CREATE TRIGGER no BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'no room'); END")
    hour.dock.last_said = ""
    attempt(hour)
    hour.rests()
    assert "no room" in hour.dock.last_said and nothing(hour) and len(hour.runs()) == rows

"""Events in the store: which records are new, changed, the same; what a version says of the one before."""

import time

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.imports.accounts import Account
from ia_plugin.store.store import Store
from ia_plugin.store.versions import _facts, _officers, store_events
from tests.support.stores import KEY

NOON = pd.Timestamp("2024-06-03T12:00:00Z")


def events(*rows):
    base = {"kind": "crime", "category": "Burglary", "key_type": None, "generated_by": "public", "start": NOON, "end": NOON,
            "time_precision": "minute", "status": "current", "outcome": None, "x": 400_000.0, "y": 290_000.0,
            "location_precision": "point", "source_ref": "r"}  # fmt: skip
    return pd.DataFrame([{"event_id": f"e{i}", **base, **r} for i, r in enumerate(rows)])


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", KEY) as made:
        yield made


def counts(store, *rows):
    return tuple(store_events(store, events(*rows)).values())


def versions(store):
    table = store.restricted.read("events")
    return sorted(zip(table["event_id"], table["version"], table["status"], table["category"]))


def test_new_changed_and_unchanged_records(store):
    assert counts(store, {}, {}) == (2, 0, 0, 0)
    assert counts(store, {}, {"category": "Robbery"}, {}) == (1, 1, 1, 0)
    assert versions(store) == [
        ("e0", 1, "current", "Burglary"), ("e1", 1, "superseded", "Burglary"), ("e1", 2, "current", "Robbery"), ("e2", 1, "current", "Burglary"),
    ]  # fmt: skip
    # Back to what it was is a change too.
    assert counts(store, {}, {}) == (0, 1, 1, 0)
    assert [v for v in versions(store) if v[0] == "e1"][-1] == ("e1", 3, "current", "Burglary")
    assert counts(store) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        ({"category": "Robbery"}, True),
        ({"start": NOON - pd.Timedelta(seconds=1)}, True),
        ({"end": NOON + pd.Timedelta(hours=1)}, True),
        ({"time_precision": "hour"}, True),
        ({"outcome": "charged"}, True),
        ({"x": 400_000.01}, True),
        ({"x": 400_000.001}, False),  # a millimetre is rounding
        ({"y": np.nan}, True),
        ({"status": "withdrawn"}, True),
        ({"source_ref": "another file"}, False),
        ({"key_type": "burglary"}, False),  # ours, not the source's
        ({"start": NOON + pd.Timedelta(milliseconds=300)}, False),
    ],
)
def test_which_changes_make_a_version(store, change, counted):
    counts(store, {}, {})  # the second is told again as it was: so is the first, whatever has changed of it
    assert counts(store, change, {}) == ((0, 1, 1, 0) if counted else (0, 0, 2, 0))


@pytest.mark.parametrize(
    ("again", "found", "ids"),
    [
        pytest.param([{"category": "Robbery"}], (1, 0, 0, 0), ["e0", "e0/robbery"], id="another offence"),
        pytest.param([{"start": NOON + pd.Timedelta("1D")}], (1, 0, 0, 0), ["e0", "e0/2024-06-04"], id="another day"),
        pytest.param([{"category": "Robbery"}, {}], (0, 1, 1, 0), ["e0", "e0", "e1"], id="reclassified: e1 is as it was"),
        pytest.param([{"start": NOON - pd.Timedelta("1D")}, {}], (0, 1, 1, 0), ["e0", "e0", "e1"], id="set right: e1 is as it was"),
        pytest.param([{"category": "BURGLARY"}], (0, 1, 0, 0), ["e0", "e0"], id="another spelling, kept as the newest"),
        pytest.param([{"x": 540_000.0}], (1, 0, 0, 0), ["e0", "e0/burglary"], id="another force's, 140 km away"),
        pytest.param([{"x": 402_000.0}], (0, 1, 0, 0), ["e0", "e0"], id="the place set right"),
        pytest.param([{"category": "No Crime", "status": "withdrawn"}], (0, 1, 0, 0), ["e0", "e0"], id="no crime after all"),
        pytest.param([{}, {"event_id": "e0/robbery", "category": "Robbery"}], (1, 0, 1, 0), ["e0", "e0/robbery"], id="both in one file"),
    ],
)  # fmt: skip
def test_a_number_that_comes_again_as_something_else(store, again, found, ids):
    """Alone it is another record, as two in one file are; beside records told again it is told again too."""
    counts(store, *[{}] * (2 if ids[-1] == "e1" else 1))
    assert counts(store, *again) == found
    assert [v[0] for v in versions(store)] == ids
    # Whatever it was, the same file again changes nothing.
    assert counts(store, *again) == (0, 0, len(again), 0)


def test_numbers_that_begin_anew_each_day_do_so_in_the_store_too(store):
    days = [pd.Timestamp(f"2024-06-0{d}T12:00Z") for d in (3, 4, 5)]
    rows = [{"event_id": f"000{i}", "start": day} for day in days for i in (1, 2, 3)]
    for k in range(3):
        assert counts(store, *rows[3 * k : 3 * k + 3]) == (3, 0, 0, 0)
    # A file of two of the days, whose numbers were told apart within it.
    last = [{**r, "event_id": r["event_id"] + ("/2024-06-05" if i > 2 else "")} for i, r in enumerate(rows[3:])]
    assert counts(store, *last) == (0, 0, 6, 0) and store.count("events") == 9


def test_an_older_extract_changes_nothing(store):
    new, old = (pd.Timestamp(f"2024-06-0{d}T12:00Z") for d in (9, 5))
    account = Account("a", "events")
    counts(store, {"recorded_at": new, "outcome": "charged"})
    store_events(store, events({"recorded_at": old, "outcome": "open"}), account)
    assert store.restricted.read("events")["outcome"].tolist() == ["charged"]
    assert [n for what, n in account.found.items() if "older than what is stored" in what] == [1]
    store_events(store, events({"recorded_at": new, "outcome": "closed"}))
    assert store.restricted.read("events")["outcome"].tolist() == ["charged", "closed"]


def test_kinds_do_not_share_their_numbers(store):
    counts(store, {})
    assert counts(store, {"kind": "incident"}) == (1, 0, 0, 0)


def test_of_several_in_one_table_the_last_counts_with_the_officers_of_all(store):
    rows = [
        {"event_id": "e", "kind": "incident", "officer_ids": "p1 p2"},
        {"event_id": "e", "kind": "incident", "category": "Fight", "officer_ids": "p2 p3"},
    ]
    assert counts(store, *rows) == (1, 0, 0, 1)
    assert store.restricted.read("events")["category"].tolist() == ["Fight"]
    named = store.restricted.read("event_officers")
    assert sorted(named["officer_id"]) == ["p1", "p2", "p3"]
    # The officers of a record that comes again are those it names now.
    counts(store, {"event_id": "e", "kind": "incident", "category": "Fight", "officer_ids": "p9"})
    assert store.restricted.read("event_officers")["officer_id"].tolist() == ["p9"]


def test_coarse_records_have_no_hour(store):
    counts(store, {}, {"time_precision": "day"}, {"time_precision": "month"}, {"time_precision": "hour"})
    table = store.restricted.read("events")
    assert table["local_hour"].isna().tolist() == [False, True, True, False]
    assert table["local_weekday"].isna().tolist() == [False, False, True, False]
    assert table["local_hour"][0] == 13 and table["local_weekday"][0] == 0  # summer time, a Monday


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        (["p1", None, "p2 p1"], [("e0", "p1"), ("e2", "p2"), ("e2", "p1")]),
        ([None, None, None], []),
        (["  ", "p1  p1", ""], [("e1", "p1")]),
    ],
)
def test_the_officers_that_events_name(said, pairs):
    found = _officers(events(*({"officer_ids": s} for s in said)))
    assert list(zip(found["event_id"], found["officer_id"])) == pairs
    assert len(_officers(events({}))) == 0


def test_what_a_record_says_as_one_text():
    one, two = events({}, {"x": np.nan, "y": None, "outcome": "charged", "status": "withdrawn"}).pipe(_facts)
    assert one == "Burglary|2024-06-03T12:00:00|2024-06-03T12:00:00|minute|||400000.0|290000.0|False"
    assert two == "Burglary|2024-06-03T12:00:00|2024-06-03T12:00:00|minute|charged||nan|nan|True"
    found = _facts(events({"object_found": True}, {"object_found": False}, {"object_found": None}))
    assert [t.split("|")[5] for t in found] == ["True", "False", ""]


def test_many_records_told_again_are_looked_up_by_their_key(store):
    """Ten thousand known ones take a second or two, not the square of it."""
    many = events(*({"event_id": f"20/{i}/24"} for i in range(10_000)))
    store_events(store, many)
    began = time.process_time()
    assert store_events(store, many)["unchanged"] == 10_000
    assert time.process_time() - began < 5

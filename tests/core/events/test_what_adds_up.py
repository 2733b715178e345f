"""Every number in the account of an import of events adds up, whatever the rows: read = kept + each reason, and of what is kept."""

import tempfile
from pathlib import Path

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.events import events_in_areas
from ia_plugin.core.events.extracts import read_records
from ia_plugin.core.events.records import later_files
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.params import EventCountParams, ImportParams
from ia_plugin.core.privacy import Key
from tests.support.tables import areas

KEY = Key(b"a key of sixteen bytes or more")
PLACES = (
    ("406612", "286823"),
    ("", ""),
    ("0", "0"),
    ("-1", "-1"),
    ("406613", ""),
    ("x", "286823"),
    ("407000", "287000"),
)
rows = st.tuples(
    st.sampled_from(["C1", "C2", "C3", "NULL"]),
    st.sampled_from(["Burglary", "Anti-social behaviour", "Theft"]),
    st.sampled_from(["2024-06-01 10:00", "2024-06-02 10:00", "2024-06", "", "nonsense", "1900-01-01 00:00"]),
    st.sampled_from(PLACES),
    st.sampled_from(["Open", "Cancelled", "No crime", ""]),
    st.sampled_from(["2024-06-03 10:00", "2024-06-05 10:00", ""]),
)
extracts = st.lists(rows, min_size=1, max_size=12)
HEAD = "crime_no,type,start,easting,northing,status,recorded\n"


COLUMNS = dict(event_id="crime_no", category="type", start="start", easting="easting", northing="northing", status="status", recorded_at="recorded")  # fmt: skip
GOOD = ("Z9", "Theft", "2024-06-03 10:00", ("406612", "286823"), "Open", "2024-06-03 10:00")


def imported(folder, name, extract):
    path = Path(folder) / name
    path.write_text(
        HEAD + "".join(",".join((i, c, s, *p, w, r)) + "\n" for i, c, s, p, w, r in [*extract, GOOD]), "utf-8"
    )
    source, mapping = prepared(path, "events", event_kind="crime", date_order="year_first", given=COLUMNS)
    account = Account(source.name, "events")
    events, rejects = read_records(source, mapping, KEY, account, ImportParams(invalid_rows="reject"))
    return events, rejects, account


def said(account, words):
    return sum(n for what, n in account.found.items() if words in what)


@settings(max_examples=30, deadline=None)
@given(extracts)
def test_each_row_is_kept_or_has_one_reason_and_notes_are_of_what_is_kept(extract):
    with tempfile.TemporaryDirectory() as folder:
        events, rejects, account = imported(folder, "a.csv", extract)
    assert account.rows_read == len(extract) + 1
    assert account.rows_kept == len(events) == account.rows_read - sum(account.dropped.values())
    assert rejects["row"].is_unique and not set(rejects["row"]) & set(events["row"])
    assert all(n >= 0 for n in account.dropped.values())
    assert said(account, "withdrawn by their status") == (events["status"] == "withdrawn").sum()
    assert said(account, "have no place and are kept") == events["x"].isna().sum()
    assert said(account, "kept without a place") <= events["x"].isna().sum()
    assert said(account, "anti-social behaviour listed as crimes") == (events["kind"] == "incident").sum()
    assert said(account, "tell the month only") == (events["time_precision"] == "month").sum()
    ground = areas(all=shapely.box(0, 0, 700_000, 1_300_000))
    counted = events_in_areas(events, ground, EventCountParams(period="all"))
    assert counted["events"].sum() == ((events["status"] != "withdrawn") & events["x"].notna()).sum()


@settings(max_examples=12, deadline=None)
@given(st.lists(extracts, min_size=2, max_size=3))
def test_over_several_files_too(files):
    total, tables = Account("all files", "events"), []
    with tempfile.TemporaryDirectory() as folder:
        for i, extract in enumerate(files):
            events, _, account = imported(folder, f"{i}.csv", extract)
            tables.append(events)
            total.add(account)
    found = later_files(tables, total)
    assert total.rows_read == sum(len(f) + 1 for f in files) == len(found) + sum(total.dropped.values())
    assert total.rows_kept == len(found) and not found.duplicated(["kind", "event_id"]).any()
    # A record of a reference, a category and a day is there once, in whatever file, unless another telling replaced it.
    facts = found.assign(
        base=found["event_id"].str.split("/").str[0], day=found["start"].dt.tz_convert("Europe/London").dt.date
    )
    named = facts[~np.array([i.startswith("h") for i in facts["event_id"]])]
    assert not named.duplicated(["kind", "base", "category", "day"]).any()

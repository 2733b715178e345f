"""Which of crime, incident and stop and search the rows of an extract are, where they do not say it themselves."""

import pytest

from ia_plugin.core.events.extracts import read_records
from ia_plugin.core.events.kinds import NAMES_OF_KINDS
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.mapping import Mapping
from ia_plugin.core.imports.open_extract import prepared

ROW = "A1,Burglary,2024-06-03 10:00,400500,280500"
PLACE = "Easting,Northing"


def read(tmp_path, header, row=ROW, name="extract.csv", **facts):
    """(kinds, what was noted, what was warned of) of an extract of one row or more."""
    (tmp_path / name).write_text(f"{header}\n{row}\n", encoding="utf-8")
    source, mapping = prepared(tmp_path / name, "events", **facts)
    account = Account(source.name, "events")
    events, _ = read_records(source, mapping, None, account)
    return events["kind"].tolist(), [*account.found], [*account.warned]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (f"Incident Number,Incident Type,Start,{PLACE}", "incident"),
        (f"Incident No,Incident Class,Created,{PLACE}", "incident"),
        (f"Log No,Type,Call received,{PLACE}", "incident"),
        (f"CAD Ref,Opening code,Logged,{PLACE}", "incident"),
        (f"Crime Number,Offence,Committed From,{PLACE}", "crime"),
        (f"Ref,HO Class,Start,{PLACE}", "crime"),
        (f"Search Ref,Object of search,Date,{PLACE}", "stop_search"),
        (f"StopID,Stop Reason,StopDateTime,{PLACE}", "stop_search"),
    ],
)
def test_the_columns_tell_it(tmp_path, header, kind):
    kinds, noted, warned = read(tmp_path, header)
    assert kinds == [kind] and not warned
    assert any(n.startswith(f"rows count as {NAMES_OF_KINDS[kind]}, as the column") for n in noted)


def test_the_category_tells_it_before_the_number_of_what_came_of_it(tmp_path):
    row = "A1,,Burglary,2024-06-03 10:00,400500,280500"
    assert read(tmp_path, f"Incident No,Crime No,Incident type,Start,{PLACE}", row)[0] == ["incident"]
    assert read(tmp_path, f"Crime No,Incident No,Offence,Start,{PLACE}", row)[0] == ["crime"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Incidents_June.csv", "incident"), ("CAD 2024-06.csv", "incident"), ("StopSearch.csv", "stop_search"), ("offences.csv", "crime")],
)  # fmt: skip
def test_else_the_name_of_the_file_does(tmp_path, name, kind):
    kinds, noted, warned = read(tmp_path, f"Ref,Type,Start,{PLACE}", name=name)
    assert kinds == [kind] and not warned and any(repr(name) in n for n in noted)


@pytest.mark.parametrize("name", ["north.csv", "crimes and incidents.csv", "catalogue.csv"])
def test_where_nothing_tells_it_that_is_said(tmp_path, name):
    kinds, _, [warned] = read(tmp_path, f"Ref,Type,Start,{PLACE}", name=name)
    assert kinds == ["crime"] and "nothing says which of crimes, incidents or stops and searches" in warned


def test_what_was_said_counts_and_what_speaks_against_it_is_told(tmp_path):
    header = f"Incident Number,Incident Type,Start,{PLACE}"
    kinds, _, [warned] = read(tmp_path, header, event_kind="crime")
    assert kinds == ["crime"] and warned.endswith("though the column 'Incident Type' tells of incidents")
    assert read(tmp_path, header, event_kind="incident") == (["incident"], [], [])
    columns = {"event_id": "Incident Number", "category": "Incident Type", "start": "Start", "easting": "Easting", "northing": "Northing"}  # fmt: skip
    assert read(tmp_path, header, mapping=Mapping("events", columns))[0] == ["incident"]


def test_a_column_of_kinds_counts_row_by_row_and_the_columns_for_rows_that_say_none(tmp_path):
    rows = "\n".join(f"A{i},{k},Theft,2024-06-03 10:00,400500,280500" for i, k in enumerate(["Crime", "INCIDENT", "Stop & Search", "Other", ""]))  # fmt: skip
    header = f"Ref,Record type,Incident type,Start,{PLACE}"
    kinds, _, warned = read(tmp_path, header, rows)
    assert kinds == ["crime", "incident", "stop_search", "incident", "incident"]
    assert len(warned) == 2 and all(w.endswith("count as incident") for w in warned)

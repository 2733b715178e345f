"""The reference of a record is the one of its own kind: an incident's, though a crime that came of it has one too."""

import pandas as pd
import pytest

from ia_plugin.core.events.extracts import read_records
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.mapping import suggest
from ia_plugin.core.imports.open_extract import prepared


def reference(header, *rows, **facts):
    names = header.split(",")
    sample = pd.DataFrame([r.split(",") for r in rows], columns=names, dtype=object)
    return suggest("events", names, sample, **facts)


DAY = "13/06/2024 10:00"


@pytest.mark.parametrize(
    ("header", "rows", "column"),
    [
        ("Incident No,Crime No,Incident Type,Date", ("I1,C5,Burglary,", "I2,C5,Burglary,"), "Incident No"),
        ("Crime Number,Log Number,Type of call,Call received", ("C5,L1,Burglary,", "C5,L2,Burglary,"), "Log Number"),
        ("Crime Reference Number,Incident Reference Number,Incident Type,Date", ("C5,I1,Fight,", "C5,I2,Fight,"), "Incident Reference Number"),
        ("Crime Ref,CAD Ref,Opening Code,Date", ("C5,1,Fight,", "C5,2,Fight,"), "CAD Ref"),
        ("Incident No,Crime No,Crime Type,Date", ("I1,C5,Burglary,", "I1,C6,Theft,"), "Crime No"),
        ("Incident No,Stop Ref,Object of search,Date", ("I1,S1,Drugs,", "I1,S2,Drugs,"), "Stop Ref"),
        ("Crime No,Stop and Search ID,Object of search,Date", ("C1,S1,Drugs,", "C1,S2,Drugs,"), "Stop and Search ID"),
        ("Crime No,URN,Incident Type,Date", ("C5,1,Fight,", "C5,2,Fight,"), "URN"),  # none of its kind: what tells most apart
        ("Crime No,Incident No,Category,Date", ("C5,I1,Fight,", "C5,I2,Fight,"), "Incident No"),  # nothing tells the kind
        ("Incident No,Crime No,Category,Date", ("I5,C1,Fight,", "I5,C2,Fight,"), "Crime No"),
        ("Crime No,Incident No,Incident Type,Date", ("C5,,Fight,", "C6,,Fight,"), "Crime No"),  # an empty one is none
        ("Reference,Record ID,Incident Type,Date", ("R1,1,Fight,", "R1,2,Fight,"), "Reference"),  # of no other kind: by name
    ],
)  # fmt: skip
def test_the_reference_of_the_extracts_own_kind(header, rows, column):
    mapping = reference(header, *(r + DAY for r in rows))
    assert mapping.columns["event_id"] == column


def test_what_the_user_says_comes_first():
    header, rows = "Incident No,Crime No,Incident Type,Date", ("I1,C5,Fight," + DAY, "I2,C5,Fight," + DAY)
    assert reference(header, *rows, given={"event_id": "Crime No"}).columns["event_id"] == "Crime No"
    assert reference(header, *rows, event_kind="crime").columns["event_id"] == "Crime No"
    said = reference(header, *rows).sentences()
    assert "'Incident No' is read as event_id (the records' own reference, and not 'Crime No')." in said


def test_two_incidents_of_one_crime_are_two(tmp_path):
    path = tmp_path / "incidents.csv"
    rows = "I1,C5,Burglary,13/06/2024 10:00\nI2,C5,Burglary,13/06/2024 15:00\n"
    path.write_text("Incident No,Crime No,Incident Type,Date\n" + rows, encoding="utf-8")
    source, mapping = prepared(path, "events")
    found, _ = read_records(source, mapping, None, Account(source.name, "events"))
    assert found["event_id"].tolist() == ["I1", "I2"] and set(found["kind"]) == {"incident"}

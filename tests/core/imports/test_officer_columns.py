"""Which columns of an extract name officers: references, and neither ranks nor numbers of officers nor times."""

import pandas as pd
import pytest

from ia_plugin.core.imports.mapping import suggest


def taken(kind, role, columns):
    """The column that is taken for `role` among `columns`, name -> values."""
    rows = max(len(v) for v in columns.values())
    known = {"events": {"Crime No": "C", "Crime Type": "Burglary", "Date": "13/06/2024"}, "affiliations": {"Time": "13/06/2024 10:00", "Lat": "52.4", "Lon": "-1.9"}}[kind]  # fmt: skip
    sample = pd.DataFrame({**{k: [v] * rows for k, v in known.items()}, **columns}, dtype=object)
    return suggest(kind, list(sample.columns), sample).columns.get(role)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Officer Rank", ["PC", "Sgt", "PC"]), ("Rank of officer", ["Constable", "Inspector", "Constable"]), ("Officer Status", ["State 6", "State 2", "State 6"]),
        ("Officer Initiated (Y/N)", ["Y", "N", "N"]), ("Officer Initiated", ["Yes", "No", "No"]), ("Number of Officers", ["2", "14", "1"]),
        ("No. of officers", ["25", "31", "40"]), ("Officers Attending", ["2", "2", "3"]), ("Officers", ["2.0", "4.0", "1.0"]), ("Officer Unit", ["NPT 2", "NPT 3", "NPT 2"]),
        ("OfficerTeam", ["R12", "R14", "R12"]), ("Officer Dispatched", ["13/06/2024 10:05"] * 3), ("Officer Arrived", ["10:05", "10:09", "23:15"]),
        ("Resources", ["0", "0", "1"]), ("Officer attended", ["TRUE", "FALSE", "TRUE"]), ("Attending officer", ["PC", "Sgt", "PC"]),
        ("Officer Grade", ["P1", "P2", "P1"]), ("Officer response", ["G1", "G2", "G1"]), ("Officer Notified", ["yes", "no", "no"]), ("Officers count", ["120", "231", "4"]),
    ],
)  # fmt: skip
def test_what_is_said_of_officers_is_no_reference_of_one(column, values):
    assert taken("events", "officer_ids", {column: values}) is None
    # ... and does not stand before the column that is one.
    assert taken("events", "officer_ids", {column: values, "Shoulder No": ["4512", "77", "1208"]}) == "Shoulder No"
    assert taken("events", "officer_ids", {column: values, "Attending Officer Collar": ["4512", "77", "1208"]}) == "Attending Officer Collar"  # fmt: skip


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Officer", ["PC1234", "WM 77", "PS41"]), ("Officers Attending", ["4512;77", "1208", "4512"]), ("Officer Number", ["7", "12", "3"]),
        ("Officer ID", ["a", "b", "c"]), ("Collar", ["12", "7", "3"]), ("Searching officer", ["4512", "1208", "99"]), ("Resources", ["AB12/AB14", "CD31", "AB12"]),
        ("OIC", ["41234 Park", "1208", "4512"]), ("Officer Employee No", ["90012345", "90012346", "90012345"]), ("Community Officer", ["C7123", "C7124", "C7123"]),
        ("Issuing Officer", ["4512", "1208", "77"]), ("Officers Deployed", ["4512|1208", "77", "4512"]), ("Officer", ["", "", ""]), ("officer_ids", ["p1;p2", "p1", "p3"]),
    ],
)  # fmt: skip
def test_references_of_officers_by_name_or_by_what_they_hold(column, values):
    assert taken("events", "officer_ids", {column: values}) == column


def test_reports_take_no_rank_for_the_officer_either():
    values = {"Officer Rank": ["PC", "Sgt"], "Officer Unit": ["N1", "N2"], "Patrol Officer": ["4512", "77"]}
    assert taken("affiliations", "officer_id", values) == "Patrol Officer"

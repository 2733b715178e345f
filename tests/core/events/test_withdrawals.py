"""Which records are withdrawn by their outcome, and by flags that say so with a no."""

import pandas as pd
import pytest

from ia_plugin.core.events.extracts import read_records
from ia_plugin.core.events.statuses import stands_by, status_words
from ia_plugin.core.events.withdrawals import INACTIVE, OUTCOME_UNKNOWN, is_outcome
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")
GONE = (
    "Cancelled / No Crime", "Dup", "Logged in error", "Cancelled - duplicate log", "Duplicate", "DUPLICATE", "No crime", "No-crimed", "Created in error", "Record created in error", "Cancelled", "Deleted",
    "Duplicate of 20BW/1234/24", "Duplicate incident", "Void", "Closed - duplicate", "NFA - created in error", "Transferred to another force", "Duplicate - see log 1234",
)  # fmt: skip
# A withdrawal of the attendance, of the complaint or of the record: nobody can tell.
MAYBE = ("Cancelled on arrival by caller", "Cancelled by caller", "Attendance was cancelled en route", "Possible duplicate", "Cancelled in error", "Withdrawn", "Caller cancelled")  # fmt: skip
ORDINARY = (
    "No further action", "NFA", "Charged", "Arrest", "Suspect identified; victim withdrew support", "Complaint withdrawn", "Not cancelled", "Community resolution", "Cleared",
    "Zzz", "Withdrawn by victim", "Resolved", "Evidential difficulties", "Not a duplicate", "Advice given", "3", "No crime number yet", "Resources cancelled", "Caution (void premises)",
)  # fmt: skip


@pytest.mark.parametrize("outcome", GONE)
def test_an_outcome_that_withdraws_plainly(outcome):
    assert status_words().of_outcome(outcome)[0] == "withdrawn"


@pytest.mark.parametrize("outcome", MAYBE)
def test_an_outcome_that_may_withdraw_is_not_known(outcome):
    assert status_words().of_outcome(outcome) == ("unknown", "")


@pytest.mark.parametrize("outcome", ORDINARY)
def test_ordinary_outcomes_withdraw_nothing_and_warn_of_nothing(outcome):
    assert status_words().of_outcome(outcome) == ("current", "")


def test_an_incident_that_is_no_crime_is_one_still():
    words = status_words()
    assert [words.of_outcome("No crime", k)[0] for k in ("crime", "incident", "stop_search")] == [
        "withdrawn",
        "unknown",
        "current",
    ]
    assert words.of_outcome("Cancelled / No crime", "incident") == ("withdrawn", "cancelled")
    assert words.of_outcome("Duplicate", "incident")[0] == "withdrawn"


@pytest.mark.parametrize("column", ["Outcome", "Result", "Disposition", "Disposition_Code", "Closing Code", "Closing Code 2", "Closure reason", "Reason closed", "Incident Result", "resolution", "FinalDisposition", "Log Outcome Description"])  # fmt: skip
def test_columns_of_outcomes_withdraw_records_wherever_they_stand(tmp_path, column):
    assert is_outcome(column)
    words = ["Duplicate", "Cancelled by caller", "No further action", ""]
    rows = "".join(f"{i},Noise,2024-06-03 09:00,{w},N/A\n" for i, w in enumerate(words))
    found, account = records(tmp_path, f"Log No,Type,Start,{column},Other\n{rows}")
    assert found["status"].tolist() == ["withdrawn", "current", "current", "current"]
    assert account.found["records are withdrawn by their outcome (duplicate) and leave the counts"] == 1
    assert account.warned == {OUTCOME_UNKNOWN.format("'Cancelled by caller'")}


@pytest.mark.parametrize("column", ["Closed", "Closing date", "Result date", "Search result time", "Type", "Outcome linked to object of search"])  # fmt: skip
def test_other_columns_are_no_outcomes(column):
    assert not is_outcome(column)


def records(tmp_path, text, **more):
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    source, mapping = prepared(path, "events", **more)
    account = Account(source.name, "events")
    return read_records(source, mapping, KEY, account)[0], account


@pytest.mark.parametrize("column", ["Is Valid", "Valid", "valid_flag", "RecordValid", "Valid?", "VALID Y/N"])
def test_what_is_not_valid_is_withdrawn(tmp_path, column):
    assert stands_by(column) == ("valid", True)
    values = ["Y", "N", "0", "False", "", "1", "Invalid"]
    rows = "".join(f"{i},Noise,2024-06-03 09:00,{v}\n" for i, v in enumerate(values))
    found, account = records(tmp_path, f"Log No,Type,Start,{column}\n{rows}")
    assert [s == "withdrawn" for s in found["status"]] == [False, True, True, True, False, False, True]
    assert account.found["records are withdrawn by their status (not valid) and leave the counts"] == 4


@pytest.mark.parametrize(("column", "word"), [("Is Active", "active"), ("Active", "active"), ("record_live", "live")])
def test_what_is_not_active_counts_and_is_told(tmp_path, column, word):
    for values, warns in ((["Y", "N", "Y"], True), (["N", "N", "Y"], False)):
        rows = "".join(f"{i},Noise,2024-06-03 09:00,{v}\n" for i, v in enumerate(values))
        found, account = records(tmp_path, f"Log No,Type,Start,{column}\n{rows}")
        told = INACTIVE.format(column, word)
        assert set(found["status"]) == {"current"} and account.found[told] == values.count("N")
        assert (told in account.warned) == warns


@pytest.mark.parametrize("column", ["Valid postcode", "Validated", "Active officers", "Not valid", "Status", "Live facial recognition"])  # fmt: skip
def test_other_columns_are_no_such_flags(column):
    assert stands_by(column) is None


@pytest.mark.parametrize("column", ["Marked For Deletion", "marked_for_deletion", "Flagged as duplicate", "Soft deleted", "RowDeleted"])  # fmt: skip
def test_a_mark_of_deletion_withdraws(tmp_path, column):
    found, account = records(tmp_path, f"Log No,Type,Start,{column}\n1,Noise,2024-06-03 09:00,Y\n2,Noise,2024-06-03 09:00,N\n")  # fmt: skip
    assert found["status"].tolist() == ["withdrawn", "current"] and not account.warnings()
    assert pd.Series(account.found).sum() >= 1

"""Which statuses withdraw a record: whole words of a table, by what is said of them, and flags."""

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.events.statuses import CURRENT, UNKNOWN, WITHDRAWN, status_words, statuses

GONE = (
    "Cancelled", "CANCELLED", "cancelled (dup)", "Cancelled - no reply", "Cancelled: not needed", "No crime",
    "No-crime", "no–crime", "Not needed - cancelled", "Not needed, cancelled", "No longer required - cancelled",
    "No longer needed, cancelled", "Cancelled by caller", "Cancelled by request", "Cancelled - not a duplicate",
    "Cancelled, not required", "Not a duplicate - cancelled", "Not a crime", "Not required so cancelled",
    "Not needed/cancelled", "No reply and cancelled", "Not only cancelled but deleted",
    "Not duplicate but cancelled", "Deleted: yes", "Cancelled = true", "Closed - cancelled", "Closed/cancelled",
    "Open > cancelled", "Duplicate of 1234", "Duplicate - not unique", "Record withdrawn",
    "Reinstated then cancelled", "Cancelled, reinstated, cancelled again", "Not reinstated - cancelled", "Void.",
    "VOID", "Deleted; no longer required", "Complaint withdrawn - no crime", "Transferred out", "Entered in error",
    "Annullata", "Annulé", "Storniert", "Cancelado", "Geannuleerd", "Cncld", "Nullified", "Canslwyd", "IsDeleted",
    "STATUS_CANCELLED", "Cancelled—no reply", "Cancelled -no trace", "Cancellation", "Cancellation confirmed",
    "Was cancelled", "Has been deleted", "N - Cancelled", "No, cancelled", "Didn't answer: cancelled",
    "Never attended - cancelled", "Nothing found. Cancelled", "No offence", "No crimed", "Deleted 1",
    "Now cancelled", "Unable to locate - void", "Cancelled before arrival", "Cancelled: no reply",
    "Cancelled not needed", "No duplicate - cancelled", "Rejected - not a crime", "Cancelled - caller not at home",
    "Recorded in error",
    "Cancelled, nothing found", "Cancelled - not found", "Cancelled due to no reply", "Not required (cancelled)", "Duplicate: no action",
    "NI cancelled", "C'est un doublon",
    "Non-attended cancelled",
)  # fmt: skip
STANDING = (
    "Not cancelled", "Neither cancelled nor deleted", "Neither void nor a duplicate", "Not deleted/cancelled",
    "Not deleted / cancelled", "Not deleted or void", "Didn't get cancelled", "doesn't appear to be a duplicate",
    "Didn’t need to be cancelled", "Unlikely to be a duplicate", "Unlikely duplicate", "Not officially cancelled",
    "Not yet formally cancelled", "Duplicate check: none", "Duplicate check - none found", "Void check passed",
    "Duplicate check completed: no", "Void check: OK", "Cancelled - N/A", "Cancelled: n/a", "Cancelled? No",
    "Cancelled = false", "Cancellation refused", "Cancellation request refused", "Cancellation was overturned",
    "Deletion - rejected", "Refused cancellation", "No longer cancelled", "No longer void",
    "Reinstated after cancellation", "Reinstated after it was deleted", "Cancelled then reinstated",
    "Cancelled - reinstated", "Cancelled, now open", "Deleted: no; cancelled: no", "Deleted=0 Cancelled=0",
    "Deleted: N, Void: N", "NOT_CANCELLED", "NotCancelled", "Non-duplicate", "Non – duplicate", "Non void",
    "Undeleted", "Un-cancelled", "No duplicates", "No evidence of duplicate", "0 duplicates", "Isn’t a duplicate",
    "Has not been cancelled", "hasnt been deleted", "Won't be cancelled", "Cannot be cancelled", "Never withdrawn",
    "Not (yet) cancelled", "Not marked as deleted", "Not flagged as duplicate", "Not confirmed as a duplicate",
    "Nothing deleted", "Nicht storniert", "N'est pas annulé", "Non annullata", "No cancelado", "Niet geannuleerd",
    "Não cancelado", "Complaint withdrawn", "Closed - complaint withdrawn", "Resources cancelled",
    "No crime number yet", "Without cancellation", "Cancelled: not yet", "Void: none", "Open", "Filed", "Closed",
    "Under investigation", "Investigation complete; no suspect identified", "Not going to be cancelled",
    "Is not deleted, void or cancelled", "Not a no crime", "Deleted 0", "Cancelled - no", "Deleted (no)",
    "Not proven duplicate", "Cancellation not approved", "Deletion not yet granted", "Duplicate not confirmed",
    "Void = N", "VOID:FALSE", "Neither deleted nor voided nor cancelled", "Can't be deleted",
    "Cancelled/Reinstated", "Void/No", "Not a crime? No", "Cancelled in error - reinstated",
    "Not recorded in error", "Cancellation withdrawn",
    "Checked for duplicates - none", "Possible duplicate: no", "Not *cancelled*", "Duplicate check: not found", "Not cancelled by caller",
    "Non è stata annullata", "N'a pas été annulé", "Wurde nicht storniert", "Não foi cancelado",
)  # fmt: skip
# What nobody can tell from the words alone: it counts, and is listed.
NOT_KNOWN = (
    "Possible duplicate", "Suspected duplicate", "Cancelled?", "To be cancelled", "Should be deleted",
    "Awaiting cancellation", "Cancellation requested", "Pending deletion", "Previously cancelled",
    "Not needed cancelled", "Duplicate check", "Duplicate check: yes", "May be a duplicate", "Rejected",
    "Avoidable", "Zzz", "Duplicate - rejected", "Cancelled: unknown", "Not known if cancelled",
    "Not deleted, cancelled", "Invalid", "Merged", "Closed - Zzz", "Cancelled in error", "Wrongly deleted",
    "Not proceeded with", "3", "Void check failed",
    "Rejected duplicate", "Cancelled flag removed", "Duplicate not found",
)  # fmt: skip


@pytest.mark.parametrize("status", GONE)
def test_what_withdraws_a_record(status):
    assert status_words().read(status)[0] == WITHDRAWN and status_words().meant_by(status)


@pytest.mark.parametrize("status", STANDING)
def test_what_leaves_it_standing(status):
    assert status_words().read(status) == (CURRENT, "")


@pytest.mark.parametrize("status", NOT_KNOWN)
def test_what_cannot_be_known_from_the_words(status):
    assert status_words().read(status) == (UNKNOWN, "")


def test_the_number_of_each_is_counted():
    found = statuses(pd.Series(["Open", "Cancelled", None, "cancelled (dup)", "Deleted", "Zzz"]), status_words())
    assert found.status.tolist() == ["current", "withdrawn", "current", "withdrawn", "withdrawn", "current"]
    assert found.phrase.tolist() == ["", "cancelled", "", "cancelled", "deleted", ""]
    assert found.unknown.tolist() == [False] * 5 + [True]


@pytest.mark.parametrize(
    "column", ["Cancelled", "is_deleted", "RecordVoid", "Deleted?", "Cancelled_flag", "VOID Y/N", "Annulé"]
)
def test_a_column_called_so_says_it_by_yes(column):
    values = pd.Series(["Y", "N", "True", None, "0", "1.0", "x", "-1", "F", "Not cancelled", "Cancelled", "Sí", "No"])
    found = statuses(values, status_words(), column)
    assert [s == WITHDRAWN for s in found.status] == [
        True,
        False,
        True,
        False,
        False,
        True,
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]
    assert not found.unknown.any()


@pytest.mark.parametrize(
    "column", ["Status", "Void reason", "Cancelled by", "Not cancelled", "Duplicate check", "Complaint withdrawn"]
)
def test_a_yes_in_any_other_column_says_nothing(column):
    assert status_words().of_flag(column) is None
    found = statuses(pd.Series(["Y", "1"]), status_words(), column)
    assert found.status.tolist() == ["current"] * 2 and found.unknown.all()


def test_a_moment_of_deletion_is_a_yes_and_a_date_for_never_is_none():
    moments = pd.Series(["2024-06-01 10:00:00", "03/06/2024", "1900-01-01", "31/12/9999", None, "soon"])
    found = statuses(moments, status_words(), "deleted_at")
    assert found.status.tolist() == ["withdrawn", "withdrawn", "current", "current", "current", "current"]
    assert found.unknown.tolist() == [False] * 5 + [True]


def test_any_column_is_a_flag_where_the_user_says_so():
    assert statuses(pd.Series(["Y", "N"]), status_words(), "Gone", is_flag=True).status.tolist() == [
        "withdrawn",
        "current",
    ]


def test_a_force_has_its_own_table(tmp_path):
    path = tmp_path / "status_words.csv"
    path.write_text("words,meaning\nscrapped,withdrawn\nnot proceeded with,current\n", encoding="utf-8")
    own = status_words(path)
    assert own.meant_by("Scrapped") == "scrapped" and own.meant_by("Cancelled") is None
    assert own.of_flag("Scrapped Y/N") == "scrapped"
    # What is usual and withdraws nothing need not be listed anew; what only the shipped table withdraws is listed by count.
    assert own.read("Filed") == own.read("Not proceeded with") == (CURRENT, "") and own.read("Cancelled") == (
        UNKNOWN,
        "",
    )
    path.write_text("words,meaning\nscrapped,gone\n", encoding="utf-8")
    with pytest.raises(FileError, match="row 2: the meaning"):
        status_words(path)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileError, match="no columns words and meaning"):
        status_words(path)

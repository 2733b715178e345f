"""Which statuses withdraw a record: whole words of a table, unless they are denied."""

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.events.statuses import status_words, statuses

WITHDRAWN = ["Cancelled", "CANCELLED", "Cancelled - duplicate", "Deleted", "Void", "No crime", "No-crimed", "Record withdrawn", "Transferred out", "Entered in error"]  # fmt: skip
STANDING = [
    "Open", "", "Not cancelled", "not deleted", "Undeleted", "Avoidable", "Un-cancelled", "Never withdrawn", "No longer void",
    "Has not been cancelled", "Isn’t a duplicate", "Cancelled: no", "Reinstated after it was deleted", "Reclassified", "Complaint withdrawn",
    "Transferred to CID", "Voidable", "Non-duplicate",
]  # fmt: skip


@pytest.mark.parametrize("status", WITHDRAWN)
def test_what_withdraws_a_record(status):
    assert status_words().meant_by(status)


@pytest.mark.parametrize("status", STANDING)
def test_what_leaves_it_standing(status):
    assert status_words().meant_by(status) is None


def test_the_number_of_each_is_told():
    found, phrases = statuses(pd.Series(["Open", "Cancelled", None, "cancelled (dup)", "Deleted"]), status_words())
    assert found.tolist() == ["current", "withdrawn", "current", "withdrawn", "withdrawn"]
    assert phrases.tolist() == ["", "cancelled", "", "cancelled", "deleted"]


@pytest.mark.parametrize("column", ["Cancelled", "is_deleted", "RecordVoid"])
def test_a_column_called_so_says_it_by_yes(column):
    found, _ = statuses(pd.Series(["Y", "N", "True", None, "0"]), status_words(), column)
    assert found.tolist() == ["withdrawn", "current", "withdrawn", "current", "current"]


def test_a_force_has_its_own_table(tmp_path):
    path = tmp_path / "status_words.csv"
    path.write_text("words,meaning\nscrapped,withdrawn\nnot proceeded with,current\n", encoding="utf-8")
    own = status_words(path)
    assert own.meant_by("Scrapped") == "scrapped" and own.meant_by("Cancelled") is None
    path.write_text("words,meaning\nscrapped,gone\n", encoding="utf-8")
    with pytest.raises(FileError, match="row 2: the meaning"):
        status_words(path)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileError, match="no columns words and meaning"):
        status_words(path)

"""Words that wait rest in a store as keyed digests and counts, and are kept once enough officers or days have had them."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.purge import purge
from ia_plugin.store.released_rows import as_ranges, of_ranges
from ia_plugin.store.store import Store
from ia_plugin.store.words_before import WordsBeside

KEY = Key(b"a key of sixteen bytes or more")
AT = pd.Timestamp("2025-01-01T00:00Z")


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", KEY) as opened:
        yield opened


def bring(store, tmp_path, name, text, kind):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return bring_file(store, path, kind, None, ImportParams(invalid_rows="reject"), at=AT)


def fixes(officers, unit="Zzyx", day=3):
    rows = (f"{o},2024-06-{day:02d}T09:{i:02d}:00Z,400000,280000,{unit}\n" for i, o in enumerate(officers))
    return "Collar,Time,Easting,Northing,Unit\n" + "".join(rows)


def postings(officers, unit="Zzyx"):
    return "Collar,Unit,Valid from\n" + "".join(f"{o},{unit},2024-01-01\n" for o in officers)


def units(store, table="fixes"):
    return store.read(table)["unit"].tolist()


def test_officers_of_several_files_count_together_and_for_good(store, tmp_path):
    account = bring(store, tmp_path, "a.csv", fixes("12"), "affiliations")
    assert units(store) == ["(withheld)"] * 2 and "2 rows of unit" in account.warnings()[0]
    bring(
        store, tmp_path, "b.csv", postings("23"), "postings"
    )  # a file of another kind, one officer again: three in all
    assert units(store, "postings") == ["(withheld)"] * 2
    bring(store, tmp_path, "c.csv", fixes("45", "ZZYX", 4), "affiliations")  # the fifth
    assert units(store) == ["ZZYX"] * 4  # those of the first file are told as well
    bring(store, tmp_path, "d.csv", fixes("9", day=5), "affiliations")  # never revoked
    assert units(store)[-1] == "Zzyx"
    assert store.count("pending_words") == 0 and store.count("recurring_words") == 1


def test_days_of_several_files_count_together(store, tmp_path):
    for k, days in enumerate(((1, 2), (2, 3), (4, 5), (6,))):
        rows = "".join(f"L{d}{k},Zzyxing,2024-06-{d:02d} 10:00\n" for d in days)
        bring(store, tmp_path, f"{k}.csv", "Log no,Offence,Start\n" + rows, "events")
        if k == 1:
            assert store.read("events")["category"].tolist() == ["(withheld)"] * 4
    assert store.read("events")["category"].tolist() == ["Zzyxing"] * 7


def test_a_store_holds_no_text_of_what_waits(store, tmp_path):
    bring(store, tmp_path, "a.csv", fixes("1234", "Thornwick"), "affiliations")
    bring(
        store,
        tmp_path,
        "b.csv",
        "Log no,Offence,Start,Outcome\nThornwick,Thornwick,2024-06-03 10:00,Thornwick\n",
        "events",
    )
    pending = store.read("pending_words")
    assert set(pending.columns) >= {"name", "mark", "who", "rows_seen"} and len(pending) == 6
    assert pending.groupby("name")["rows_seen"].first().to_dict() == {"category": 1, "outcome": 1, "unit": 4}
    store.restricted.vacuum()
    for path in (tmp_path / "store").iterdir():
        assert b"thornwick" not in path.read_bytes().lower()
    other = Key(b"another key of sixteen bytes")
    assert not pending["mark"].isin([other.digest("word by officers unit: thornwick", 32)]).any()


def test_a_force_releases_words_in_its_stores_folder(store, tmp_path):
    (store.folder / "released_words.csv").write_text("words\nZzyx\nSgt Thornwick\n", encoding="utf-8")
    bring(store, tmp_path, "a.csv", fixes("1"), "affiliations")
    bring(store, tmp_path, "b.csv", fixes("2", "Sgt Thornwick"), "affiliations")  # a person is never released
    assert units(store) == ["Zzyx", "(withheld)"]


def test_a_file_that_fails_leaves_no_count(store, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(fixes("1234") + "5,no time,400000,280000,Zzyx\n", encoding="utf-8")
    with pytest.raises(Exception, match="row 6"):
        bring_file(store, path, "affiliations", at=AT)
    assert store.count("pending_words") == 0


# --- rows stored while their word waited --------------------------------------------------------------------------------


def test_rows_of_earlier_files_are_told_once_their_word_recurs_and_no_others(store, tmp_path):
    """By hand: 1 and 2 have Zzyx, 3 Quux and 4 a person's name; then 5, 6 and 7 have Zzyx too."""
    mixed = fixes("12") + fixes("3", "Quux").split("\n", 1)[1] + fixes("4", "PC Thornwick").split("\n", 1)[1]
    bring(store, tmp_path, "a.csv", mixed, "affiliations")
    assert units(store) == ["(withheld)"] * 4
    store.clear_days(store.dirty_days())
    account = bring(store, tmp_path, "b.csv", fixes("567", "Zzyx", 20), "affiliations")
    assert units(store) == ["Zzyx", "Zzyx", "(withheld)", "(withheld)", "Zzyx", "Zzyx", "Zzyx"]
    assert "2024-06-03" in store.dirty_days()  # its figures are due anew
    assert any("2 stored rows that read (withheld) now read their word" in s for s in account.sentences())
    [waits] = store.read("waiting_rows").itertuples()  # Quux alone
    assert (waits.name, waits.rows) == ("unit", "4")


def test_a_release_tells_the_rows_of_earlier_files_at_the_next_import(store, tmp_path):
    bring(store, tmp_path, "a.csv", fixes("1", "Quux"), "affiliations")
    bring(store, tmp_path, "b.csv", "Log no,Offence,Start\nL1,Zzyxing,2024-06-03 10:00\n", "events")
    (store.folder / "released_words.csv").write_text("words\nQuux\nZzyxing\nPC Thornwick\n", encoding="utf-8")
    bring(store, tmp_path, "c.csv", fixes("2", "Dudley CID", 9), "affiliations")
    assert units(store) == ["Quux", "Dudley CID"] and store.read("events")["category"].tolist() == ["(withheld)"]
    bring(store, tmp_path, "d.csv", "Log no,Offence,Start\nL2,Burglary,2024-06-04 10:00\n", "events")
    assert store.read("events")["category"].tolist() == ["Zzyxing", "Burglary"] and store.count("waiting_rows") == 0


def test_a_posting_that_is_told_gives_its_unit_to_the_fixes(store, tmp_path):
    bring(store, tmp_path, "a.csv", postings("12"), "postings")
    bring(store, tmp_path, "f.csv", fixes("1", ""), "affiliations")
    assert units(store) == ["(withheld)"]
    bring(store, tmp_path, "b.csv", postings("3456"), "postings")
    assert units(store, "postings") == ["Zzyx"] * 6 and units(store) == ["Zzyx"]


def test_sources_told_apart_are_told(store, tmp_path):
    def by_source(officers, day):
        rows = fixes(officers, "Zzyxcom", day).replace(",Unit", ",Source")
        return rows

    bring(store, tmp_path, "a.csv", by_source("12", 3), "affiliations")
    assert all(s.startswith("(withheld ") for s in store.read("fixes")["source"])
    bring(store, tmp_path, "b.csv", by_source("345", 4), "affiliations")
    assert set(store.read("fixes")["source"]) == {"Zzyxcom"}


def test_a_file_that_fails_tells_nothing(store, tmp_path):
    bring(store, tmp_path, "a.csv", fixes("12"), "affiliations")
    path = tmp_path / "b.csv"
    path.write_text(fixes("345", day=4) + "6,no time,400000,280000,Zzyx\n", encoding="utf-8")
    with pytest.raises(Exception, match="row 5"):
        bring_file(store, path, "affiliations", at=AT)
    assert units(store) == ["(withheld)"] * 2 and store.count("waiting_rows") == 1


def test_a_purge_forgets_which_rows_waited(store, tmp_path):
    """By hand: row 2 is of 3 June and goes, row 3 of the 20th stays; the file of the 4th goes whole."""
    mixed = fixes("1") + fixes("2", day=20).split("\n", 1)[1]
    bring(store, tmp_path, "a.csv", mixed, "affiliations")
    bring(store, tmp_path, "b.csv", fixes("3", "Quux", 4), "affiliations")
    assert sorted(store.read("waiting_rows")["rows"]) == ["2", "2-3"]
    assert purge(store, pd.Timestamp("2024-06-10", tz="UTC"))["fixes"] == 2
    [waits] = store.read("waiting_rows").itertuples()
    assert waits.rows == "3"
    bring(store, tmp_path, "c.csv", fixes("4567", day=21), "affiliations")
    assert units(store) == ["Zzyx"] * 5 and store.count("waiting_rows") == 0


def test_marks_that_an_earlier_purge_left_go_with_the_next(store, tmp_path):
    bring(store, tmp_path, "a.csv", fixes("12"), "affiliations")
    store.restricted.execute("DELETE FROM fixes")
    assert purge(store, pd.Timestamp("2024-01-01", tz="UTC")) == {} and store.count("waiting_rows") == 0


def test_a_purge_forgets_who_had_a_word_and_counts_on_those_who_are_left(store, tmp_path):
    """By hand: 1 and 2 have Zzyx on 3 June, 2 and 3 on the 20th. Then 1 is gone, 2 and 3 count; 4 and 5 make four, 6 five."""
    bring(store, tmp_path, "a.csv", fixes("12"), "affiliations")
    bring(store, tmp_path, "b.csv", fixes("23", "ZZYX", 20), "affiliations")
    before = set(store.read("pending_words")["who"])
    assert len(before) == 3 and purge(store, pd.Timestamp("2024-06-10", tz="UTC"))["fixes"] == 2
    left = set(store.read("pending_words")["who"])
    assert len(left) == 2 and left < before
    bring(store, tmp_path, "c.csv", fixes("45", day=21), "affiliations")
    assert units(store) == ["(withheld)"] * 4
    bring(store, tmp_path, "d.csv", fixes("6", day=21), "affiliations")
    assert set(units(store)) == {"Zzyx"} and len(units(store)) == 5


def test_a_purge_of_all_leaves_nobody_tied_to_a_word_and_revokes_none(store, tmp_path):
    """Fixes, postings that have ended and fixes of rows that were refused: all go; Zzyx, of five officers, stays released."""
    bring(store, tmp_path, "a.csv", fixes("12345"), "affiliations")
    bring(store, tmp_path, "b.csv", fixes("12", "Quux") + "7,no time,400000,280000,Quux\n", "affiliations")
    ended = "Collar,Unit,Valid from,Valid to\n8,Quux,2024-01-01,2024-03-01\n9,Quux,2024-01-01,2024-03-01\n"
    bring(store, tmp_path, "c.csv", ended, "postings")
    assert store.count("pending_words")
    purge(store, pd.Timestamp("2024-12-01", tz="UTC"))
    assert store.count("pending_words") == 0 and store.count("waiting_rows") == 0
    bring(store, tmp_path, "d.csv", fixes("6", "zzyx", 9), "affiliations")
    assert units(store) == ["zzyx"] and store.count("recurring_words") == 1


def test_days_and_pseudonyms_of_what_stays_count_after_a_purge(store, tmp_path):
    """Events are not purged, nor a posting that is open; an officer written as a pseudonym is the one of the number."""
    days = "".join(f"L{d},Zzyxing,2024-06-{d:02d} 23:30\n" for d in (3, 4, 5, 6))
    bring(store, tmp_path, "a.csv", "Log no,Offence,Start\n" + days, "events")
    bring(store, tmp_path, "b.csv", postings("1234"), "postings")
    assert store.count("pending_words") == 8
    purge(store, pd.Timestamp("2024-12-01", tz="UTC"))
    assert store.count("pending_words") == 8
    same = store.read("postings")["officer_id"].iloc[0]
    bring(store, tmp_path, "c.csv", postings([same]), "postings")
    assert set(units(store, "postings")) == {"(withheld)"}
    bring(store, tmp_path, "d.csv", "Log no,Offence,Start\nL9,Zzyxing,2024-06-09 10:00\n", "events")
    assert set(store.read("events")["category"]) == {"Zzyxing"}


def test_counts_of_an_earlier_form_count_for_nobody_and_go(store, tmp_path):
    bring(store, tmp_path, "a.csv", fixes("1234"), "affiliations")
    store.restricted.execute("UPDATE pending_words SET who = substr(who, 2)")
    bring(store, tmp_path, "b.csv", fixes("5", day=4), "affiliations")
    assert units(store) == ["(withheld)"] * 5 and store.count("pending_words") == 5
    assert purge(store, pd.Timestamp("2024-01-01", tz="UTC")) == {}
    assert store.count("pending_words") == 1


PUBLIC = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
    "{id},2024-06,Zz Police,Zz Police,-2.08,52.51,On or near Mill Lane,E01000001,Dudley 001A,{crime},,\n"
)


def test_a_file_of_the_public_site_takes_the_released_words_too(store, tmp_path):
    for name, mark, released in (("a.csv", "a", ()), ("b.csv", "b", ("Zzyxing",))):
        path = tmp_path / name
        path.write_text(PUBLIC.format(id=mark * 64, crime="Zzyxing"), encoding="utf-8")
        bring_file(store, path, "events", at=AT, released=released)
        told = store.read("events")["category"].tolist()
        assert told == (["Zzyxing"] * 2 if released else ["(withheld)"])


@pytest.mark.parametrize("rows", [[], [2], [2, 3, 4], [2, 4, 5, 9], [7, 1_000_000, 1_000_001]])
def test_rows_come_back_from_their_runs(rows):
    assert of_ranges(as_ranges(np.array(rows, dtype=np.int64))) == rows


# --- words of a layer beside a store ------------------------------------------------------------------------------------


def test_a_layer_beside_a_store_knows_its_words_and_the_store_learns_nothing(store, tmp_path):
    bring(store, tmp_path, "a.csv", fixes("1234"), "affiliations")
    beside, who = WordsBeside(store, "officers", ["Quux"]), pd.Series(["5", "6", "7"])
    words = beside()
    kept = words.kept(pd.Series(["Zzyx", "Quux", "Thornwick"]), "unit", who, Account("l", "layer"))
    assert kept.tolist() == ["Zzyx", "Quux", "(withheld)"]
    beside.learn(words)
    for officer in "abc":  # one file after another
        words = beside()
        found = words.kept(pd.Series(["Thornwick"]), "unit", pd.Series([officer]), Account("l", "layer"))
        beside.learn(words)
    assert found.tolist() == ["(withheld)"]  # four in all
    assert beside().kept(pd.Series(["Thornwick"]), "unit", pd.Series(["d"]), Account("l", "layer")).tolist() == [
        "Thornwick"
    ]
    assert store.count("recurring_words") == 0 and units(store) == ["(withheld)"] * 4

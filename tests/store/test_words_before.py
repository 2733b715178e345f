"""Words that wait rest in a store as keyed digests and counts, and are kept once enough officers or days have had them."""

import pandas as pd
import pytest

from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.store import Store

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
    assert units(store)[-2:] == ["ZZYX", "ZZYX"]
    bring(store, tmp_path, "d.csv", fixes("9", day=5), "affiliations")  # never revoked
    assert units(store)[-1] == "Zzyx"
    assert store.count("pending_words") == 0 and store.count("recurring_words") == 1


def test_days_of_several_files_count_together(store, tmp_path):
    for k, days in enumerate(((1, 2), (2, 3), (4, 5), (6,))):
        rows = "".join(f"L{d}{k},Zzyxing,2024-06-{d:02d} 10:00\n" for d in days)
        bring(store, tmp_path, f"{k}.csv", "Log no,Offence,Start\n" + rows, "events")
    assert store.read("events")["category"].tolist() == ["(withheld)"] * 4 + ["Zzyxing"] * 3


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

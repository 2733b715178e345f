"""Which words of a file are kept: those that name nobody, and those that enough officers or days share."""

import pandas as pd
import pytest

from ia_plugin.core.errors import ColumnError, FileError
from ia_plugin.core.events import read_records
from ia_plugin.core.imports import affiliations
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.affiliations import read_affiliations
from ia_plugin.core.imports.mapping import Mapping, read_mapping
from ia_plugin.core.imports.open_extract import kind_of_file, prepared
from ia_plugin.core.imports.people import read_postings
from ia_plugin.core.imports.record_ids import is_code
from ia_plugin.core.imports.shown_names import shown_names
from ia_plugin.core.imports.source import TableSource
from ia_plugin.core.imports.word_recurrence import RecurringWords, of_fullest_day, read_released
from ia_plugin.core.imports.words import judged, names_a_person
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")
REJECT = ImportParams(invalid_rows="reject")


def written(folder, text, name="extract.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def units_of(path, **more):
    source, mapping = prepared(path, "postings", **more)
    account = Account(source.name, "postings")
    table, _ = read_postings(source, mapping, KEY, account, REJECT)
    return table["unit"].tolist(), account


def postings(units, officers):
    return "Collar,Unit,Valid from\n" + "".join(f"{o},{u},2024-01-01\n" for u, o in zip(units, officers))


# --- words that name nobody -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["Wolverhampton Response B", "Sandwell NPT 4", "Dudley CID", "Acocks Green", "Perry Barr", "Dudley North", "B2", "NE3", "R 14", "A", "West",
     "Stoke-on-Trent LPU", "King's Lynn", "Force CID", "Response alpha", "Tower Hamlets BCU", "(withheld)", "Section 18 GBH"],
)  # fmt: skip
def test_real_names_of_units_and_kinds_are_kept_at_once(value):
    assert judged(value) == "kept"


@pytest.mark.parametrize(
    "value",
    [
        "Thornwick",
        "thornwick",
        "Smudge",
        "J S",
        "Dudley",
        "Preston",
        "Rose Hill Banks",
        "Олена Response",
        "陳大文",
        "محمد",
        "Team Thornwick",
        "Big Osk",
    ],
)
def test_what_may_be_a_name_waits(value):
    assert judged(value) == "waits"


@pytest.mark.parametrize(
    "value",
    ["Thornwick, F.", "F. Thornwick", "14 Acacia Road", "Flat 2, 14 Acacia Rd", "ab12 cde", "b1 1aa", "Siobhan Thornwick", "oluwaseun adebayo", "NGUYEN",
     "Dafydd ap Gwilym", "Wojciech Szczepanski", "PC Dudley", "Officer Preston"],
)  # fmt: skip
def test_what_looks_like_a_person_is_withheld_for_good(value):
    assert names_a_person(value)
    words = RecurringWords(listed=[value])  # not even a person's release, nor any number of officers, lets it pass
    kept = words.kept(pd.Series([value] * 9), "unit", pd.Series(list("abcdefghi")), Account("f", "postings"))
    assert set(kept) == {"(withheld)"}


# --- recurrence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("officers, kept", [("12345", True), ("12344", False), ("1111111111", False)])
def test_a_unit_of_five_officers_is_a_unit(tmp_path, officers, kept):
    units, account = units_of(written(tmp_path, postings(["Zzyx"] * len(officers), officers)))
    assert set(units) == {"Zzyx" if kept else "(withheld)"}
    assert bool(account.withheld) != kept


def test_what_waits_is_told_by_count_and_row_and_never_said(tmp_path):
    text = postings(["North", "Zzyx", "Quux", "Zzyx"], "1234")
    _, account = units_of(written(tmp_path, text))
    [said] = account.warnings()
    assert said.startswith(
        "extract.csv: 2 values in 3 rows of unit are withheld until five officers have them (rows 3, 4): "
    )
    assert (
        "released_words.csv" in said
        and "zzyx" not in said.lower()
        and not any("withheld" in s for s in account.sentences())
    )


@pytest.mark.parametrize("days, kept", [(5, True), (4, False)])
def test_a_category_of_five_days_is_a_category(tmp_path, days, kept):
    rows = "".join(f"L{i},Zzyxing,2024-06-{1 + i % days:02d} 10:00\n" for i in range(10))
    source, mapping = prepared(written(tmp_path, "Log no,Offence,Start\n" + rows), "events")
    account = Account(source.name, "events")
    events, _ = read_records(source, mapping, KEY, account, REJECT)
    assert set(events["category"]) == {"Zzyxing" if kept else "(withheld)"}
    assert kept or "until five days have it" in account.warnings()[0]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_the_size_of_the_parts_of_a_file_decides_nothing(monkeypatch, size):
    """A unit whose fifth officer comes in the last part is kept in the first."""
    rows = pd.DataFrame(
        {
            "Collar": list("1234567"),
            "Time": [f"2024-06-03T09:0{i}:00Z" for i in range(7)],
            "Easting": "400000",
            "Northing": "280000",
            "Unit": ["Zzyx"] * 5 + ["Quux"] * 2,
        },
        dtype=object,
    )
    monkeypatch.setattr("ia_plugin.core.imports.source.BATCH", size)
    monkeypatch.setattr("ia_plugin.core.imports.table_rows.BATCH", size)
    source = TableSource(rows, "fixes")
    mapping = Mapping("affiliations", {"officer_id": "Collar", "time": "Time", "easting": "Easting", "northing": "Northing", "unit": "Unit"})  # fmt: skip
    account = Account("fixes", "affiliations")
    units = [u for fixes, _ in read_affiliations(source, mapping, KEY, account) for u in fixes["unit"]]
    assert units == ["Zzyx"] * 5 + ["(withheld)"] * 2
    assert [(w.rows, w.first) for w in account.withheld["unit"]] == [(2, 6)]
    assert affiliations  # its parts are read twice only where a word would wait


def test_sources_that_wait_stay_apart(tmp_path):
    """Each source has its own longest gap: two withheld ones are not made one."""
    head = "Collar,Time,Easting,Northing,Source system\n"
    rows = "".join(f"1,2024-06-03T09:0{i}:00Z,400000,280000,{s}\n" for i, s in enumerate(("Zzyx", "Quux", "Zzyx")))
    source, mapping = prepared(written(tmp_path, head + rows), "affiliations")
    [(fixes, _)] = read_affiliations(source, mapping, KEY, Account("f", "affiliations"))
    assert fixes["source"].tolist() == ["(withheld 1)", "(withheld 2)", "(withheld 1)"]


# --- release by a person ----------------------------------------------------------------------------------------------


def test_a_person_releases_words_in_the_mapping_and_by_a_list(tmp_path):
    path = written(tmp_path, postings(["Zzyx", "Quux"], "12"))
    _, found = prepared(path, "postings")
    saved = written(tmp_path, found.to_json().replace('"kind"', '"released": ["ZZYX"], "kind"'), "mapping.json")
    assert units_of(path, mapping=read_mapping(saved))[0] == ["Zzyx", "(withheld)"]
    assert '"released"' in read_mapping(saved).to_json() and '"released"' not in found.to_json()
    for text in (
        "words,seen by\nZzyx,me\n\nQuux House,me\n",
        "Zzyx\nQuux House\n",
        "\ufeffwords\r\nZzyx\r\nQuux House",
    ):
        assert read_released(written(tmp_path, text, "released_words.csv")) == ("Zzyx", "Quux House")
    with pytest.raises(FileError, match="cannot be read"):
        read_released(tmp_path / "none.csv")


# --- ids and names of columns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, code",
    [("20BW/1234/24", True), ("CR-2024-00017", True), ("WMP-20240603-0123", True), ("Log 12 of 03/06/2024", True), ("INC0001234", True), ("C1", True),
     ("7f3c2a10-11aa-4bcd-9e00-aabbccddeeff", True), ("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", True), ("R/17 (2)", True), ("Khan 17", False), ("Thornwick17", False), ("Burglary at Thornwick's", False),
     ("Jane Roe", False), ("Олена1", False), ("jane.roe@example.org", False), ("07700 900123", False)],
)  # fmt: skip
def test_an_id_is_a_code_or_it_is_hashed(text, code):
    assert is_code(pd.Series([text])).tolist() == [code]


def test_ids_that_are_no_codes_are_the_same_in_a_later_file(tmp_path):
    made = []
    for hour in (10, 11):
        text = f"Log no,Offence,Start\nThornwick burglary,Burglary,2024-06-03 {hour}:00\nL2,Noise,2024-06-03 09:00\n"
        source, mapping = prepared(written(tmp_path, text, f"{hour}.csv"), "events")
        events, _ = read_records(source, mapping, KEY, Account(source.name, "events"), REJECT)
        made.append(events["event_id"].tolist())
    assert made[0] == made[1] and made[0][1] == "L2" and made[0][0].startswith("k") and len(made[0][0]) == 25


@pytest.mark.parametrize(
    "first", ["Thornwick,North team,Response,Zzyx", "Jane Roe,07700 900123,x,y", "Олена,Team,12,a"]
)
def test_a_first_row_that_is_no_header_stands_in_no_error(tmp_path, first):
    path = written(tmp_path, f"{first}\nBlack,South team,Response,beta\n")
    said = []
    for read in (kind_of_file, lambda p: prepared(p, "postings"), lambda p: prepared(p, "events")):
        with pytest.raises((FileError, ColumnError)) as caught:
            read(path)
        said.append(str(caught.value))
    assert not [s for s in said for word in ("Thornwick", "Jane", "900123", "Zzyx", "Олена") if word in s]


def test_names_of_columns_are_shown_where_columns_have_such_names():
    good = "Collar No,GPS_Lat,DateTimeUTC,Committed from,Officer Name,Last outcome category,UserAlias,unit_cd,x,fix_id,IsDeleted"
    assert shown_names(good.split(",")) == good.replace(",", ", ")
    assert shown_names(["Unit", "Jane Roe"]) == "Unit, column 2 (like 'aaaa aaa')"


# --- ids that last a day ------------------------------------------------------------------------------------------------


def days_of_ids(*rows):
    """(word, id, day) each."""
    word, who, day = (pd.Series(list(v), dtype=object) for v in zip(*rows))
    return word, of_fullest_day(word, who, day)


def test_five_days_of_one_officer_are_no_five_officers():
    word, who = days_of_ids(*(("Zzyx", f"d{k}", k) for k in range(5)))
    assert who.notna().sum() == 1
    kept = RecurringWords().kept(word, "unit", who, Account("f", "layer"))
    assert set(kept) == {"(withheld)"}


def test_five_ids_of_one_day_are_five_officers_on_whatever_day():
    rows = [("Zzyx", f"d{k}", 1) for k in range(4)] + [("zzyx ", f"e{k}", 2) for k in range(5)] + [("Quux", "e5", 2)]
    word, who = days_of_ids(*rows)
    assert who.dropna().tolist() == ["e0", "e1", "e2", "e3", "e4", "e5"]
    kept = RecurringWords().kept(word, "unit", who, Account("f", "layer"))
    assert kept.tolist() == ["Zzyx"] * 4 + ["zzyx"] * 5 + ["(withheld)"]


def test_an_id_of_two_days_and_one_without_a_day_count_for_nobody():
    _, who = days_of_ids(("Zzyx", "d1", 1), ("Zzyx", "d1", 2), ("Zzyx", "d2", None), (None, "d3", 1), ("Zzyx", "d4", 1))
    assert who.tolist() == [None, None, None, None, "d4"]

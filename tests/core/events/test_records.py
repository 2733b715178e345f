"""Rows of a force's own extract as records: ids, copies, offences under one reference, squares."""

import pandas as pd
import pytest

from ia_plugin.core.events.extracts import read_extract, read_records
from ia_plugin.core.events.records import (
    AGAIN,
    AGAIN_OLDER,
    APART_FILES,
    COPY,
    OLDER,
    RETOLD,
    TELLING,
    file_names,
    later_files,
)
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key
from ia_plugin.core.summaries.event_cells import event_cells
from tests.support.tables import areas

KEY = Key(b"a key of sixteen bytes or more")
HEAD = "incident_no,type,start,easting,northing\n"


def records(tmp_path, text, name="file.csv", **more):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    source, mapping = prepared(path, "events", event_kind=more.pop("kind", "incident"))
    account = Account(source.name, "events")
    return read_records(source, mapping, KEY, account, ImportParams(), **more)[0], account


@pytest.mark.parametrize("nothing", ["", "NULL", "n/a", "-"])
def test_records_without_a_reference_stay_as_many_as_they_are(tmp_path, nothing):
    row = f"{nothing},Noise,2024-06-01 10:00,400000,290000\n"
    found, account = records(tmp_path, HEAD + 3 * row)
    assert found["event_id"].is_unique and len(found) == 3 == account.rows_kept
    other, _ = records(tmp_path, HEAD + 3 * row, "other.csv")
    assert not set(found["event_id"]) & set(other["event_id"])


def test_made_ids_are_distinct_over_the_parts_of_a_large_file(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(HEAD + 200 * ",Noise,2024-06-01 10:00,400000,290000\n", encoding="utf-8")
    source, mapping = prepared(path, "events")
    whole, chunks = source.chunks, {}
    source.chunks = lambda wanted, **more: whole(wanted, block=700, **more)
    for events, _ in read_extract(source, mapping, KEY, Account("a", "events")):
        chunks[len(chunks)] = events["event_id"]
    assert len(chunks) > 1 and pd.concat(chunks.values()).is_unique


def test_copies_count_once_and_of_tellings_the_last(tmp_path):
    rows = "C1,Noise,2024-06-01 10:00,400000,290000\n" * 3 + "C1,Noise,2024-06-01 10:00,400100,290000\n"
    found, account = records(tmp_path, HEAD + rows)
    assert found["x"].tolist() == [400_100] and sorted(account.dropped.values()) == [1, 2]
    assert account.rows_read == 4 == account.rows_kept + sum(account.dropped.values())


def test_offences_and_days_under_one_reference_are_apart(tmp_path):
    rows = "C1,Burglary,2024-06-01 10:00,400000,290000\nC1,Assault,2024-06-01 10:00,400000,290000\n"
    daily = "0001,Noise,2024-06-01 10:00,400000,290000\n0001,Noise,2024-06-02 10:00,400000,290000\n"
    found, account = records(tmp_path, HEAD + rows + daily)
    assert found["event_id"].tolist() == ["C1/burglary", "C1", "0001", "0001/2024-06-02"]
    assert any("2 rows share a reference" in s for s in account.sentences())
    again, _ = records(tmp_path, HEAD + "".join(reversed(rows.splitlines(keepends=True))))
    assert sorted(again["event_id"]) == ["C1", "C1/burglary"]  # whatever the order of the rows


def test_the_officers_of_all_rows_stay_with_the_record(tmp_path):
    text = "incident_no,type,start,officer\n" + "".join(
        f"C1,Noise,2024-06-01 10:00,{o}\n" for o in (4512, 77, "4512.0")
    )
    found, _ = records(tmp_path, text)
    assert len(found) == 1 and len(found["officer_ids"][0].split()) == 2


@pytest.mark.parametrize("category", ["Anti-social behaviour", "ASB - Personal", "ANTI SOCIAL BEHAVIOUR"])
def test_disorder_among_crimes_is_an_incident(tmp_path, category):
    rows = f"1,{category},2024-06-01 10:00,400000,290000\n2,Burglary,2024-06-01 10:00,400000,290000\n"
    found, account = records(tmp_path, HEAD + rows, kind="crime")
    assert found["kind"].tolist() == ["incident", "crime"] and found["key_type"].tolist() == [
        "anti-social behaviour",
        "burglary",
    ]
    assert any("anti-social behaviour" in s for s in account.sentences())


def test_what_is_withdrawn_is_told(tmp_path):
    head = HEAD.strip() + ",status\n"
    states = ("Open", "Cancelled", "Not cancelled", "Cancelled")
    found, account = records(
        tmp_path, head + "".join(f"{i},Noise,2024-06-01 10:00,4,2,{s}\n" for i, s in enumerate(states))
    )
    assert found["status"].tolist() == ["current", "withdrawn", "current", "withdrawn"]
    assert any(s.startswith("2 records are withdrawn by their status (cancelled)") for s in account.sentences())


def test_a_record_of_two_files_is_the_later_ones():
    when = pd.Timestamp("2024-06-01T10:00Z")
    table = pd.DataFrame(
        {"kind": "crime", "event_id": ["a", "b"], "category": "Theft", "start": when, "outcome": "old"}
    )
    account = Account("all", "events", 4, 4)
    found = later_files([table, table.assign(outcome="new").iloc[:1]], account)
    assert dict(zip(found["event_id"], found["outcome"])) == {"a": "new", "b": "old"} and account.rows_kept == 3


# --- which telling counts ---------------------------------------------------------------------------------------------

TOLD = "incident_no,type,start,easting,northing,outcome,{}\n"


def told(outcome, at, number="C1"):
    return f"{number},Noise,2024-06-01 10:00,406612,286823,{outcome},{at}\n"


@pytest.mark.parametrize("column", ["Recorded", "Last Updated", "last_modified", "Date Updated"])
@pytest.mark.parametrize("newest_first", [True, False])
def test_the_telling_that_was_recorded_or_changed_last_counts(tmp_path, column, newest_first):
    rows = [told("open", "2024-06-02 10:00"), told("charged", "2024-06-09 10:00"), told("open", "2024-06-03 10:00")]
    text = TOLD.format(column) + "".join(rows[::-1] if newest_first else rows)
    found, account = records(tmp_path, text)
    assert found["outcome"].tolist() == ["charged"]
    assert [(w, n) for w, n in account.dropped.items() if n] == [(OLDER, 2)]


@pytest.mark.parametrize(
    ("rows", "outcome", "dropped"),
    [
        ([("charged", "2024-06-09 10:00"), ("open", "2024-06-09 10:00")], "open", {TELLING: 1}),  # both at once
        ([("charged", "2024-06-09 10:00"), ("open", "")], "open", {TELLING: 1}),  # one does not say
        ([("charged", ""), ("open", "")], "open", {TELLING: 1}),
        ([("charged", "2024-06-09 10:00")] * 3 + [("open", "2024-06-02 10:00")] * 2, "charged", {COPY: 3, OLDER: 1}),
        ([("open", "2024-06-02 10:00"), ("open", "2024-06-09 10:00"), ("x", "2024-06-09 10:00")], "x", {OLDER: 1, TELLING: 1}),
    ],
)  # fmt: skip
def test_without_an_order_in_time_the_last_of_the_file_counts(tmp_path, rows, outcome, dropped):
    found, account = records(tmp_path, TOLD.format("recorded_at") + "".join(told(*r) for r in rows))
    assert found["outcome"].tolist() == [outcome]
    assert {w: n for w, n in account.dropped.items() if n} == dropped


def test_a_change_comes_before_the_day_of_recording(tmp_path):
    text = TOLD.format("recorded,last updated") + "".join(
        told(*r) for r in [("new", "2024-06-02,2024-06-20 09:00"), ("old", "2024-06-02,"), ("mid", "2024-06-02,2024-06-05 09:00")]
    )  # fmt: skip
    found, _ = records(tmp_path, text)
    assert found["outcome"].tolist() == ["new"]


# --- records of several files -----------------------------------------------------------------------------------------

DAY, NEXT = "2024-06-01 10:00", "2024-06-02 10:00"


@pytest.mark.parametrize(
    ("files", "kept", "said"),
    [
        pytest.param([[("C1", "Burglary", DAY)], [("C1", "Burglary", DAY)]], ["C1 Burglary"], {AGAIN: 1}, id="the same"),
        pytest.param([[("C1", "Burglary", DAY)], [("C1", "Assault", DAY)]], ["C1 Burglary", "C1/assault Assault"], {APART_FILES: 1}, id="another offence"),
        pytest.param([[("1", "Noise", DAY)], [("1", "Noise", NEXT)]], ["1 Noise", "1/2024-06-02 Noise"], {APART_FILES: 1}, id="another day"),
        pytest.param([[("1", "Noise", DAY)], [("1", "Fire", NEXT)]], ["1 Noise", "1/2024-06-02 Fire"], {APART_FILES: 1}, id="both"),
        pytest.param([[("C1", "Burglary", DAY), ("C2", "Theft", DAY)], [("C1", "Robbery", DAY), ("C2", "Theft", DAY)]], ["C1 Robbery", "C2 Theft"], {AGAIN: 1, RETOLD: 1}, id="reclassified"),
        pytest.param([[("C1", "Burglary", DAY), ("C1", "Assault", DAY)], [("C1", "Burglary", DAY)]], ["C1 Assault", "C1/burglary Burglary"], {AGAIN: 1}, id="one of two again"),
        pytest.param([[("C1", "Burglary", DAY)], [("C1", "Burglary", DAY), ("C1", "Assault", DAY)]], ["C1 Burglary", "C1/assault Assault"], {AGAIN: 1, APART_FILES: 1}, id="the second added"),
        pytest.param([[("C1", "Burglary", DAY)], [("C1", "Assault", DAY)], [("C1", "Fraud", DAY)]], ["C1 Burglary", "C1/assault Assault", "C1/fraud Fraud"], {APART_FILES: 2}, id="three files"),
        pytest.param([[("C1", "Burglary", DAY)], [("C2", "Assault", DAY)]], ["C1 Burglary", "C2 Assault"], {}, id="nothing shared"),
    ],
)  # fmt: skip
def test_records_of_several_files_follow_the_rule_of_one(tmp_path, files, kept, said):
    tables = []
    for i, rows in enumerate(files):
        text = HEAD + "".join(f"{n},{c},{d},400123,290456\n" for n, c, d in rows)
        tables.append(records(tmp_path, text, f"{i}.csv", kind="crime")[0])
    account = Account("all", "events", 9, 9)
    found = later_files(tables, account)
    assert sorted(f"{i} {c}" for i, c in zip(found["event_id"], found["category"])) == kept
    assert {w: n for w, n in (*account.dropped.items(), *account.found.items()) if n} == said


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_files_the_row_recorded_last_counts_whatever_their_order(tmp_path, order):
    rows = [told("charged", "2024-06-09 10:00"), told("open", "2024-06-02 10:00")]
    tables = [records(tmp_path, TOLD.format("recorded") + r, f"{i}.csv")[0] for i, r in enumerate(rows)]
    account = Account("all", "events", 2, 2)
    assert later_files(tables[::order], account)["outcome"].tolist() == ["charged"]
    assert {w: n for w, n in account.dropped.items() if n} == {AGAIN_OLDER: 1}


def test_files_of_one_name_are_told_apart_by_their_folders():
    assert file_names(["a/street.csv", "b/street.csv", "b/Other (1).CSV.gz"]) == ["a/street", "b/street", "other"]
    assert file_names(["x/y/s.csv"]) == file_names(["z/s (2).csv"]) == ["s"]


@pytest.mark.parametrize(
    ("ids", "kept", "words"),
    [
        (["C1", "c1", "C2"], ["C1", "C2"], "taken for one"),
        (["c1", "C1", "c1", "c2"], ["c1", "c2"], "taken for one"),  # in the commonest writing
        (["aB3x", "Ab3X", "qRs7", "Zz9k"], ["aB3x", "Ab3X", "qRs7", "Zz9k"], "stay apart"),
        (["C1", "C2", "c3"], ["C1", "C2", "c3"], ""),
        (["1,234", "1234", "87"], ["1234", "87"], "thousands separators"),
    ],
)
def test_ids_in_two_writings(tmp_path, ids, kept, words):
    found, account = records(tmp_path, HEAD + "".join(f'"{i}",Noise,2024-06-01 10:00,406612,286823\n' for i in ids))
    assert found["event_id"].tolist() == kept
    assert account.rows_read == len(ids) == len(found) + sum(account.dropped.values())
    assert any(words in s for s in account.sentences()) and ("capitals" in str(account.found)) == ("one" in words or "apart" in words)  # fmt: skip


# --- squares ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "side"),
    [("SP08", 10_000), ("SP 0 8", 10_000), ("SP0686", 1_000), ("SP066868", None), ("SP 06600 86800", None)],
)
def test_a_grid_reference_of_few_digits_is_a_square(tmp_path, reference, side):
    found, account = records(tmp_path, f"incident_no,type,start,grid ref\n1,Noise,2024-06-01 10:00,{reference}\n")
    assert found["location_precision"].tolist() == ["area" if side else "point"]
    assert (found["square_m"].tolist() == [side]) if side else ("square_m" not in found)
    assert any("square" in s for s in account.sentences()) == bool(side)


@pytest.mark.parametrize(
    ("columns", "places", "side"),
    [
        ("easting,northing", [(400_000, 290_000), (401_000, 291_000), (403_000, 290_000), (407_000, 299_000)], 1_000),
        ("easting,northing", [(400_000, 290_000), (410_000, 290_000), (430_000, 290_000), (440_000, 280_000)], 10_000),
        ("easting,northing", [(400_000, 290_000), (401_000, 291_000), (403_000, 290_000), (407_500, 299_000)], None),
        ("easting,northing", [(400_000, 290_000)] * 9, None),  # one place proves nothing
        (
            "easting,northing",
            [(400_500, 290_500), (401_500, 291_500), (403_500, 290_500), (407_500, 299_500)],
            1_000,
        ),  # middles
        ("easting,northing", [(400_500, 290_000), (401_500, 291_000), (403_500, 290_000), (407_500, 299_000)], None),
        ("latitude,longitude", [(52.48, -1.9), (52.49, -1.91), (52.5, -1.95), (52.4, -1.88)], 1_000),
        ("latitude,longitude", [(52.485, -1.905), (52.495, -1.915), (52.505, -1.955), (52.405, -1.885)], 1_000),
        (
            "geom,-",
            [
                ("POINT (400000 290000)", ""),
                ("POINT (401000 291000)", ""),
                ("POINT (403000 290000)", ""),
                ("POINT (407000 299000)", ""),
            ],
            1_000,
        ),
        ("latitude,longitude", [(52.481, -1.9), (52.49, -1.91), (52.5, -1.95), (52.4, -1.88)], None),
    ],
)
def test_coordinates_that_are_all_round_are_squares(tmp_path, columns, places, side):
    rows = "".join(f"{i},Noise,2024-06-01 10:00,{a},{b}\n" for i, (a, b) in enumerate(places))
    found, _ = records(tmp_path, f"incident_no,type,start,{columns}\n{rows}")
    assert found["square_m"].tolist() == [side] * len(places) if side else "square_m" not in found


def test_in_totals_of_roles_a_square_by_a_smaller_area_has_no_place():
    import shapely

    where = areas(a=shapely.box(0, 0, 900, 900)).assign(role="impact")
    when = pd.Timestamp("2024-06-01T10:00Z")
    facts = dict(kind="crime", category="x", start=when, end=when, time_precision="minute", y=450.0)
    events = pd.DataFrame([{**facts, "event_id": f"{i}", "x": x, "square_m": m} for i, (x, m) in enumerate([(450.0, None), (450.0, 1e3), (1300.0, 1e3), (9e3, 1e3)])])  # fmt: skip
    cells = event_cells(events, where).groupby("area_id")["events"].sum()
    assert cells.to_dict() == {"a": 1, "(impact)": 1, "(no place)": 2, "(rest)": 1}

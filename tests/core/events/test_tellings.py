"""Which telling of a record counts: spelling, distance, versions, withdrawals and files that run newest first."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.events.extracts import read_records
from ia_plugin.core.events.records import FAR_APART, FIRST, ORDER_UNKNOWN, RETRACTED, later_files
from ia_plugin.core.events.tellings import runs_newest_first
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")


def read(tmp_path, header, *rows, name="crimes.csv", by=","):
    path = tmp_path / name
    path.write_text("\n".join([header, *rows]).replace(",", by) + "\n", encoding="utf-8")
    source, mapping = prepared(path, "events")
    account = Account(source.name, "events")
    found = read_records(source, mapping, KEY, account)[0]
    assert account.rows_read == len(found) + sum(account.dropped.values())
    return found, account


def together(*tables):
    account = Account("all", "events", sum(map(len, tables)), sum(map(len, tables)))
    return later_files(list(tables), account), account


def current(events):
    rows = events[events["status"] == "current"]
    return [f"{i} {c}" for i, c in zip(rows["event_id"], rows["category"])]


# --- one category in several spellings --------------------------------------------------------------------------------

HEAD = "Crime No,Crime Type,Date"
DAY, NEXT = "13/06/2024 10:00", "14/06/2024 10:00"


@pytest.mark.parametrize(
    "spelling", ["BURGLARY - DWELLING", "burglary  dwelling", "Burglary\u2013Dwelling", " Burglary-dwelling ", "Burglary_Dwelling"]
)  # fmt: skip
def test_a_category_in_another_spelling_is_the_same(tmp_path, spelling):
    found, _ = read(tmp_path, HEAD, f"C1,Burglary - Dwelling,{DAY}", f"C1,{spelling},{DAY}")
    assert len(found) == 1 and found["category"].tolist() == [" ".join(spelling.split())]  # as it was told last
    first, _ = read(tmp_path, HEAD, *(f"C{i},Burglary - Dwelling,{DAY}" for i in range(9)))
    second, _ = read(tmp_path, HEAD, *(f"C{i},{spelling},{DAY}" for i in range(9)), name="again.csv")
    both, _ = together(first, second)
    assert len(both) == 9 and set(both["category"]) == {" ".join(spelling.split())}


def test_other_categories_under_one_number_stay_two(tmp_path):
    found, _ = read(tmp_path, HEAD, f"C1,Burglary,{DAY}", f"C1,Burglary dwelling,{DAY}")
    assert len(found) == 2


# --- two forces, one number -------------------------------------------------------------------------------------------

PLACED = "Crime No,Crime Type,Date,Easting,Northing"


@pytest.mark.parametrize(("km", "records"), [(0, 1), (3, 1), (30, 2), (140, 2)])
def test_one_number_at_two_places_far_apart_is_two_records(tmp_path, km, records):
    here, there = f"C1,Burglary,{DAY},400123,290456", f"C1,Burglary,{DAY},{400123 + km * 1000},290456"
    one, account = read(tmp_path, PLACED, here, there)
    assert len(one) == records and one["event_id"].is_unique and account.found[FAR_APART] == records - 1
    turned, _ = read(tmp_path, PLACED, there, here)
    assert sorted(zip(one["event_id"], one["x"])) == sorted(zip(turned["event_id"], turned["x"])) or records == 1
    tables = [read(tmp_path, PLACED, row, name=f"{k}.csv")[0] for k, row in enumerate((here, there))]
    both, _ = together(*tables)
    assert len(both) == records
    again, _ = together(both, tables[1], tables[0])  # told once more they are known by their places
    assert sorted(again["x"].tolist()) == sorted(both["x"].tolist()) or records == 1
    assert len(again) == records


def test_a_record_without_a_place_is_told_again_whatever_the_place(tmp_path):
    found, account = read(tmp_path, PLACED, f"C1,Burglary,{DAY},,", f"C1,Burglary,{DAY},540123,290456")
    assert len(found) == 1 and found["x"].tolist() == [540123.0] and not account.found[FAR_APART]


# --- what a later telling withdraws -----------------------------------------------------------------------------------

TOLD = "Crime No,Crime Type,Date,Status,Last Updated"
OTHERS = [f"C{k},Theft,{NEXT},Open,15/06/2024 09:00" for k in range(5, 9)]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        pytest.param([f"C1,Burglary,{DAY},Open,14/06/2024 09:00", f"C1,No Crime,{DAY},Cancelled,20/06/2024 09:00"], [], id="no crime"),
        pytest.param([f"C1,No crime,{DAY},,20/06/2024 09:00", f"C1,Burglary,{DAY},Open,14/06/2024 09:00"], [], id="by category, newest first"),
        pytest.param([f"C1,Burglary,{DAY},Open,14/06/2024 09:00", f"C1,Burglary,{NEXT},Open,15/06/2024 09:00", f"C1,Burglary,{NEXT},Cancelled,20/06/2024 09:00"], [], id="day set right"),
        pytest.param([f"C1,Burglary,{DAY},Open,20/06/2024 09:00", f"C1,No Crime,{DAY},Cancelled,14/06/2024 09:00"], ["C1 Burglary"], id="crimed again"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("others", [[], OTHERS])
def test_a_later_line_withdraws_the_record(tmp_path, rows, left, others):
    found, account = read(tmp_path, TOLD, *rows, *others)
    assert [c.replace("/burglary", "") for c in current(found) if c.startswith("C1")] == left
    assert len(current(found)) == len(left) + len(others)
    assert bool(account.dropped[RETRACTED]) == (not left) and not account.found[ORDER_UNKNOWN]


def test_of_several_offences_one_is_withdrawn_alone(tmp_path):
    lines = [f"C{k},{c},{DAY},Open,14/06/2024 09:00" for k in range(5, 9) for c in ("Theft", "Assault")]
    rows = [f"C1,Burglary,{DAY},Open,14/06/2024 09:00", f"C1,Assault,{DAY},Cancelled,20/06/2024 09:00"]
    found, account = read(tmp_path, TOLD, *rows, *lines)
    assert len(current(found)) == 9 and not account.dropped[RETRACTED] and not account.found[ORDER_UNKNOWN]


def test_incidents_numbered_anew_each_day_are_withdrawn_alone(tmp_path):
    rows = [f"{k},Noise,{d},Open,{d}" for k in range(1, 5) for d in (DAY, NEXT)] + ["1,Noise,16/06/2024 10:00,Cancelled,16/06/2024 12:00"]  # fmt: skip
    found, _ = read(tmp_path, "Incident No,Incident Type,Date,Status,Last Updated", *rows, name="incidents.csv")
    assert len(current(found)) == 8


@pytest.mark.parametrize("column", ["Version", "Revision No", "rev"])
@pytest.mark.parametrize("turn", [1, -1])
def test_without_a_date_the_version_says_which_came_last(tmp_path, column, turn):
    header = f"Crime No,Crime Type,Date,Status,{column}"
    rows = [f"C1,Burglary,{DAY},Open,9", f"C1,Burglary,{DAY},Cancelled,v10", f"C2,Theft,{DAY},Cancelled,1", f"C2,Theft,{DAY},Open,2", f"C3,Theft,{DAY},Open,1", f"C3,No Crime,{DAY},Cancelled,2"]  # fmt: skip
    found, account = read(tmp_path, header, *rows[::turn])
    assert current(found) == ["C2 Theft"] and not account.found[ORDER_UNKNOWN]


@pytest.mark.parametrize("day", [DAY, NEXT])
def test_a_later_file_withdraws_the_record(tmp_path, day):
    first, _ = read(tmp_path, "Crime No,Crime Type,Date,Status", f"C1,Burglary,{DAY},Open")
    second, _ = read(tmp_path, "Crime No,Crime Type,Date,Status", f"C1,No Crime,{day},Cancelled", name="later.csv")
    both, _ = together(first, second)
    assert both["status"].tolist() == ["withdrawn"]
    # ... by what it says, whatever the order of the files
    dated = [read(tmp_path, TOLD, r, name=f"{k}.csv")[0] for k, r in enumerate([f"C1,Burglary,{DAY},Open,14/06/2024", f"C1,No Crime,{day},Cancelled,20/06/2024"])]  # fmt: skip
    assert [together(*dated[::k])[0]["status"].tolist() for k in (1, -1)] == [["withdrawn"]] * 2


# --- files that say nothing of the order ------------------------------------------------------------------------------

STATED = "Crime No,Crime Type,Date,Status"
DOWN = ["C4,Theft,16/06/2024 10:00,Open", "C3,Theft,15/06/2024 10:00,Open", f"C2,Theft,{NEXT},Open"]


@pytest.mark.parametrize(("one", "two"), [("Burglary", "Burglary"), ("No Crime", "Burglary")])
def test_in_a_file_that_runs_newest_first_the_first_telling_counts(tmp_path, one, two):
    rows = [f"C1,{one},{DAY},Cancelled", f"C1,{two},{DAY},Open", "C0,Theft,12/06/2024 10:00,Open"]
    found, account = read(tmp_path, STATED, *DOWN, *rows)
    assert current(found) == ["C4 Theft", "C3 Theft", "C2 Theft", "C0 Theft"]
    assert account.dropped[FIRST] + account.dropped[RETRACTED] == 1 and not account.found[ORDER_UNKNOWN]


@pytest.mark.parametrize("others", [[], DOWN[::-1], [DOWN[1], DOWN[0], DOWN[2]]])
def test_elsewhere_it_is_said_that_the_order_is_not_known(tmp_path, others):
    rows = [f"C1,Burglary,{DAY},Cancelled", f"C1,Burglary,{DAY},Open"]
    found, account = read(tmp_path, STATED, *rows, *others)
    assert "C1 Burglary" in current(found) and account.found[ORDER_UNKNOWN] == 1
    assert any("nothing says which came last" in w for w in account.warnings())


def test_tellings_in_one_state_need_no_warning(tmp_path):
    _, account = read(tmp_path, STATED, f"C1,Burglary,{DAY},Open", f"C1,Burglary,{DAY},Filed", f"C2,Theft,{DAY},Void")
    assert not account.found[ORDER_UNKNOWN]


def test_a_file_runs_newest_first_if_hardly_a_row_is_later_than_the_one_before():
    days = pd.Timestamp("2024-06-01T00:00Z") + pd.to_timedelta(np.arange(40), "D")
    table = pd.DataFrame({"start": days})
    turned = table[::-1].reset_index(drop=True)
    assert not runs_newest_first(table) and runs_newest_first(turned)
    assert runs_newest_first(turned.iloc[[1, 0, *range(2, 40)]]) and not runs_newest_first(table.iloc[:1])

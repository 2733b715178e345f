"""Ends that stand for no end: 9999, 4712, 2099, 1900 and words, in windows of crimes, postings, turns of duty and areas."""

import pandas as pd
import pytest

from ia_plugin.core.areas import validity
from ia_plugin.core.errors import FileError
from ia_plugin.core.events.extracts import read_extract
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.imports.people import read_duties, read_postings
from ia_plugin.core.params import ImportParams
from ia_plugin.core.postings import posting_of
from ia_plugin.core.privacy import Key
from ia_plugin.core.times.open_ends import open_ends

KEY = Key(b"a key of sixteen bytes or more")
STOP = ImportParams(invalid_rows="stop")
FILLERS = [
    "31/12/9999", "31-DEC-4712", "2999-12-31", "01/01/1900", "9999-12-31T23:59:59.9999999", "31/12/2099 23:59", "12/31/9999", "0001-01-01",
    "99991231", "2958465", "253402300799000", "Infinity", "31 December 9999", "Dec 31, 9999", "01.01.1753", "1900-01-01 00:00:00+00:00",
]  # fmt: skip
ENDS = [
    "2024-06-30", "30/06/2024", "30-Jun-24", "20240630", "45473", "1719705600", "1719705600000", "30/06/2024 23:59", "2024-06-30T22:59:00Z",
    "30 June 2024", "1975-03-01", "", "1234", "202406301159", "20240630115959",
]  # fmt: skip


def read(tmp_path, kind, header, rows):
    path = tmp_path / "extract.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    source, mapping = prepared(path, kind)
    account = Account(source.name, kind)
    if kind == "events":
        return pd.concat([e for e, _ in read_extract(source, mapping, None, account, STOP)]), account
    return {"postings": read_postings, "duties": read_duties}[kind](source, mapping, KEY, account, STOP)[0], account


@pytest.mark.parametrize("end", FILLERS)
def test_each_writing_of_no_end(end):
    assert open_ends(pd.Series([end, "2024-06-30"])).tolist() == [True, False]


@pytest.mark.parametrize("end", ENDS)
def test_ends_are_ends(end):
    assert open_ends(pd.Series([end, None])).tolist() == [False, False]


@pytest.mark.parametrize("end", [*FILLERS, "2089-12-31", "2038-01-19 03:14:07", "2039-12-31"])
def test_a_crime_whose_end_is_a_filler_counts_at_its_start(tmp_path, end):
    rows = ["1,Theft,03/06/2024 22:00,04/06/2024 04:00", f'2,Theft,03/06/2024 22:00,"{end}"']
    events, account = read(tmp_path, "events", "ref,offence,from,to", rows)
    assert ((events["end"] - events["start"]) / pd.Timedelta("1h")).tolist() == [6, 0]
    assert sum("no end is known" in w and ": 1 end " in w for w in account.warnings()) == 1


def test_a_crime_of_a_day_whose_end_is_a_filler_lasts_that_day(tmp_path):
    rows = ["1,Theft,03/06/2024,31/12/9999", "2,Theft,14/06/2024,14/06/2024"]
    events, _ = read(tmp_path, "events", "ref,offence,from,to", rows)
    assert ((events["end"] - events["start"]) / pd.Timedelta("1h")).tolist() == [24, 24]


def test_a_window_of_years_is_one(tmp_path):
    events, account = read(tmp_path, "events", "ref,offence,from,to", ["1,Rape,1975-03-01,1983-05-30"])
    assert events["end"].dt.year.tolist() == [1983] and not account.warnings()


@pytest.mark.parametrize("end", [*FILLERS, "2089-12-31"])
def test_a_posting_whose_end_is_a_filler_lasts(tmp_path, end):
    rows = ["1,A,13/06/2024,30/06/2024", f'2,B,13/06/2024,"{end}"']
    postings, account = read(tmp_path, "postings", "Collar,Unit,From,To", rows)
    assert postings["valid_to"].isna().tolist() == [False, True]
    assert any(s.startswith("1 end stands for no end") for s in account.sentences()) and not account.warnings()


def test_a_posting_that_begins_in_no_year_of_ours_is_refused_and_one_since_ever_is_not(tmp_path):
    postings, _ = read(tmp_path, "postings", "Collar,Unit,From,To", ["1,A,01/01/1900,30/06/2024"])
    assert postings["valid_from"].dt.year.tolist() == [1970]
    with pytest.raises(FileError, match="a start out of range"):
        read(tmp_path, "postings", "Collar,Unit,From,To", ["1,A,01/01/2099,"])


def test_a_turn_of_duty_without_an_end_is_set_apart_and_stops_nothing(tmp_path):
    rows = [
        "1,13/06/2024 22:00,14/06/2024 07:00",
        "2,13/06/2024 22:00,31/12/9999 00:00",
        "3,13/06/2024 22:00,2089-12-31 00:00",
    ]
    duties, account = read(tmp_path, "duties", "Collar,Start,End", rows)
    assert len(duties) == 1 and account.dropped == {"no end": 2}


@pytest.mark.parametrize("last", ["9999-12-31", "1900-01-01", "2099-12-31", None])
def test_an_area_and_a_posting_of_a_layer_last_where_their_end_is_a_filler(last):
    areas = pd.DataFrame({"area_id": ["a"], "valid_from": ["2024-01-01"], "valid_to": [last]})
    assert validity(areas, "Europe/London")[1].tolist() == [2**63 - 1]
    if last is None or not last.startswith("9"):
        at = pd.to_datetime(["2024-06-03"], utc=True)
        postings = pd.DataFrame({"officer_id": ["a"], "valid_from": at, "valid_to": pd.to_datetime([last], utc=True)})
        assert posting_of(pd.DataFrame({"officer_id": ["a"], "time": at}), postings).tolist() == [0]

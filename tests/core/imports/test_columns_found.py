"""Columns found by name, however the name says how values are written; what is missing, all in one message."""

import pandas as pd
import pytest

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.imports import mapping
from ia_plugin.core.imports.affiliations import radio_kinds
from ia_plugin.core.imports.mapping import suggest
from ia_plugin.core.imports.text_form import bare


def mapping_of(kind, header, row):
    names = header.split(",")
    return suggest(kind, names, pd.DataFrame([row.split(",")], columns=names, dtype=object)), names


@pytest.mark.parametrize(
    ("kind", "header", "row", "expected"),
    [
        ("affiliations", "user,t_utc,lat,lon", "a,2024-06-03 09:00,52.4,-1.9", {"officer_id": "user", "time": "t_utc"}),
        ("affiliations", "User,Time (UTC),Easting (m),Northing (m)", "a,2024-06-03 09:00,400000,280000", {"time": "Time (UTC)", "easting": "Easting (m)"}),
        ("affiliations", "collar,gpsTimeUTC,Lat_WGS84,Long_WGS84", "a,2024-06-03 09:00,52.4,-1.9", {"time": "gpsTimeUTC", "lat": "Lat_WGS84"}),
        ("affiliations", "collar,stamp,POINT_X,POINT_Y", "a,2024-06-03 09:00,400000,280000", {"easting": "POINT_X"}),
        ("affiliations", "collar,UTC,E,N", "a,2024-06-03 09:00,400000,280000", {"time": "UTC", "northing": "N"}),
        ("events", "id,Class,Occurred", "1,Noise,2024-06-03 09:00", {"category": "Class", "start": "Occurred"}),
        ("events", "id,Nature of incident,t_utc", "1,Noise,2024-06-03 09:00", {"category": "Nature of incident", "start": "t_utc"}),
        ("postings", "user,team,from", "1,North,2024-06-03", {"officer_id": "user", "unit": "team"}),
    ],
)  # fmt: skip
def test_columns_under_other_names(kind, header, row, expected):
    found = mapping_of(kind, header, row)[0].columns
    assert {k: found.get(k) for k in expected} == expected


@pytest.mark.parametrize(
    ("kind", "role", "column"),
    [
        ("events", "status", "Statut"), ("events", "status", "État"), ("events", "status", "Estado"), ("events", "status", "Status_desc"),
        ("events", "status", "CAD status"), ("events", "withdrawn", "is_deleted"), ("events", "withdrawn", "Cancelled_flag"),
        ("events", "withdrawn", "Deleted?"), ("events", "withdrawn", "Void"), ("events", "withdrawn", "Void Y/N"), ("events", "withdrawn", "Cancelled at"),
        ("events", None, "Real Estate"), ("events", None, "Undeleted"), ("events", None, "Avoidable"), ("events", None, "Complaint withdrawn"),
        ("events", None, "Statement taken"), ("affiliations", "source", "Source"), ("affiliations", "source", "Source system"),
        ("affiliations", None, "Sourcebook"),
    ],
)  # fmt: skip
def test_columns_of_a_status_a_flag_or_a_source_and_what_only_looks_like_one(kind, role, column):
    header = f"id,Type,Start,{column}" if kind == "events" else f"officer,time,lat,lon,{column}"
    found = mapping_of(
        kind, header, "1,Noise,2024-06-03 09:00,Y" if kind == "events" else "1,2024-06-03 09:00,52.4,-1.9,GPS"
    )[0].columns
    assert [r for r, c in found.items() if c == column] == ([role] if role else [])


@pytest.mark.parametrize(
    ("name", "word"), [("t_utc", "t"), ("TimeUTC", "time"), ("Easting (m)", "easting"), ("lat_4326", "lat"), ("GMT", "gmt")]
)  # fmt: skip
def test_words_that_say_how_a_value_is_written(name, word):
    assert bare(name) == word


@pytest.mark.parametrize(
    ("kind", "header", "row", "typed"),
    [
        ("events", "id,Sort of thing,start", "1,Noise,2024-06-03 09:00", "COLUMNS=category=Sort of thing"),
        ("affiliations", "who,seen,a,b", "X1,2024-06-03 09:00,52.4,-1.9", "COLUMNS=officer_id=who; time=seen; lat=a; lon=b"),
        ("affiliations", "who,seen,a,b", "X1,1717405200,400000,290000", "COLUMNS=officer_id=who; time=seen; easting=a; northing=b"),
        ("affiliations", "who,where", "X1,here", "COLUMNS=officer_id=who; time=…; easting=…; northing=…"),
        ("duties", "who,on,off", "X1,03/06/2024 07:00,03/06/2024 15:00", "COLUMNS=officer_id=who; start=on; end=off"),
        ("radios", "set,sort", "2345678,vehicle", "COLUMNS=radio_id=set; radio_kind=sort"),
    ],
)  # fmt: skip
def test_all_that_is_missing_comes_in_one_message(kind, header, row, typed):
    mapping, names = mapping_of(kind, header, row)
    with pytest.raises(ColumnError) as caught:
        mapping.checked(names, "a.csv")
    assert typed in str(caught.value) and ", ".join(names) in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "header", "rows", "typed", "unlike"),
    [
        ("events", "CMPLNT_NUM,Offence", ["26118092,Noise", "26118093,Noise"], "COLUMNS=start=…", "a start"),
        ("events", "Number,Offence", ["710261180,Noise"], "COLUMNS=start=…", "a start"),
        ("affiliations", "collar,time,lat,lon", ["X1,10:00,52.4,-1.9"], "COLUMNS=time=…", "a time"),
        ("affiliations", "collar,seen,a,Wer", ["X1,2024-06-03 09:00,52.412,2"], "COLUMNS=time=seen; easting=…; northing=…", "a place"),
        ("affiliations", "collar,seen,Wer,Was", ["X1,2024-06-03 09:00,4512,7"], "COLUMNS=time=seen; easting=…; northing=…", "a place"),
        ("affiliations", "stamp", ["2024-06-03 09:00"], "COLUMNS=officer_id=…; easting=…; northing=…", "an officer_id nor like a place"),
    ],
)  # fmt: skip
def test_only_what_looks_right_is_proposed(kind, header, rows, typed, unlike):
    names = header.split(",")
    mapping = suggest(kind, names, pd.DataFrame([r.split(",") for r in rows], columns=names, dtype=object))
    with pytest.raises(ColumnError) as caught:
        mapping.checked(names, "a.csv")
    assert typed in str(caught.value) and f"No column looks like {unlike}." in str(caught.value)


def test_all_columns_that_a_mapping_names_in_vain_come_in_one_message():
    mapping, names = mapping_of("affiliations", "user,t,lat,lon", "1,2024-06-03 09:00,52.4,-1.9")
    with pytest.raises(ColumnError, match="'t' nor 'lon'"):
        mapping.checked([n for n in names if n not in ("t", "lon")], "a.csv")


def test_a_column_may_be_named_in_other_letters():
    found = suggest("events", ["ID", "Sort of thing"], pd.DataFrame(), given={"category": "sort_of_thing"})
    assert found.columns["category"] == "Sort of thing"


def test_nothing_is_proposed_that_may_name_a_person():
    mapping, _ = mapping_of("events", "Victim Name,start", "Jane Roe,2024-06-03 09:00")
    assert not mapping.proposed


def test_the_kind_of_a_wide_file_is_told_without_looking_for_proposals(monkeypatch):
    """Proposals are for a message about columns that lack: five looks at each of 1,500 columns, for nothing."""

    def never(*_args):
        raise AssertionError("looked for proposals")

    header = ["Collar", "Time", "Easting", "Northing", *(f"extra {i}" for i in range(30))]
    sample = pd.DataFrame([["1", "2024-06-03 09:00", "400000", "280000", *["7"] * 30]], columns=header, dtype=object)
    monkeypatch.setattr(mapping, "proposed", lambda lacking, *rest: never() if lacking else {})
    assert mapping.kind_of(header, sample) == "affiliations"


def test_the_columns_of_a_wide_file_are_looked_at_once_for_each_kind(monkeypatch):
    """An extract of 1,500 columns was looked at six times: it took ten seconds to be known."""
    looked, real = [], suggest
    header = ["Collar", "Duty start", "Duty end", *(f"extra {i}" for i in range(30))]
    sample = pd.DataFrame([["1", "2024-06-03 09:00", "2024-06-03 17:00", *["7"] * 30]], columns=header, dtype=object)
    monkeypatch.setattr(mapping, "suggest", lambda kind, *a, **k: looked.append(kind) or real(kind, *a, **k))
    assert mapping.kind_of(header, sample) == "duties"
    assert sorted(looked) == ["affiliations", "duties", "events", "postings", "radios"]


def test_kinds_of_radios_by_the_words_of_a_system():
    """A column of which nothing is known, as a table typed as numbers has it, tells no kind; a number is another."""
    said = pd.Series(["Hand portable", "VEHICLE", "p", None, 7, "desk"])
    assert radio_kinds(said).fillna("").tolist() == ["personal", "vehicle", "personal", "", "other", "other"]
    assert radio_kinds(pd.Series([None, None], dtype="float64")).isna().all()

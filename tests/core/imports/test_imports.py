"""Extracts of any shape: columns found, positions and times read, bad rows named, nobody named."""

import gzip
import json
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ColumnError, CrsError, FileError, ImpactAreaError
from ia_plugin.core.events.extracts import read_extract
from ia_plugin.core.imports import tetra
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.affiliations import read_affiliations
from ia_plugin.core.imports.mapping import Mapping, read_mapping, suggest
from ia_plugin.core.imports.open_extract import kind_of_file, prepared
from ia_plugin.core.imports.people import on_duty, read_duties, read_postings
from ia_plugin.core.imports.places import grid_positions
from ia_plugin.core.imports.words import WITHHELD, Withheld, names_a_person, safe_words, shape_of
from ia_plugin.core.params import ImportParams
from ia_plugin.core.postings import with_postings
from ia_plugin.core.privacy import Key, officer_references

KEY = Key(b"a key of sixteen bytes or more")
REJECT = ImportParams(invalid_rows="reject")
HEAD = "Collar No,Date Time,Latitude,Longitude\n"
ROW = "4512,2024-06-03T09:00:00Z,52.4801,-1.9003\n"


def written(tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fixes_of(path, params=ImportParams(), **facts):
    source, mapping = prepared(path, "affiliations", **facts)
    account = Account(source.name, "affiliations")
    parts = list(read_affiliations(source, mapping, KEY, account, params))
    return pd.concat([f for f, _ in parts]), pd.concat([r for _, r in parts]), account


def test_reports_keep_the_system_they_came_from(tmp_path):
    rows = ROW.strip() + ",Airwave\n" + ROW.strip() + ",Vehicle GPS\n" + ROW.strip() + ",PC Smith\n"
    fixes, _, account = fixes_of(written(tmp_path, HEAD.strip() + ",Source System\n" + rows))
    assert fixes["source"].tolist() == ["Airwave", "Vehicle GPS", WITHHELD] and "source" in account.withheld


# --- what columns there are -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "ISSI,Collar,TimeStamp,X,Y",
            "1,22,2024-06-03 09:00:00,400000,280000",
            {"officer_id": "Collar", "easting": "X"},
        ),
        (
            "user_id,gps_time,lat,lng,speed",
            "a,1717405200,52.4,-1.9,3",
            {"time": "gps_time", "lon": "lng", "speed_kmh": "speed"},
        ),
        (
            "Shoulder No,Date,Time,Grid Ref",
            "a,03/06/2024,09:00,SP 0660 8680",
            {"date": "Date", "time_of_day": "Time", "grid_ref": "Grid Ref"},
        ),
        ("officer,when_,geom", "a,2024-06-03 09:00,POINT (400000 280000)", {"wkt": "geom"}),
        ("officer id,datetime,where", "a,2024-06-03 09:00,POINT(400000 280000)", {"wkt": "where"}),
    ],
)
def test_columns_are_found_by_name_and_content(header, row, expected):
    names = header.split(",")
    sample = pd.DataFrame([row.split(",")], columns=names, dtype=object)
    found = suggest("affiliations", names, sample).columns
    assert {k: found.get(k) for k in expected} == expected


def test_private_columns_are_never_offered_nor_kept():
    with pytest.raises(ColumnError, match="never kept"):
        Mapping("affiliations", {"officer_id": "a"}, keep=("Victim Surname",))


def test_a_mapping_survives_its_file(tmp_path):
    mapping = Mapping(
        "affiliations", {"officer_id": "a", "time": "b", "lat": "c", "lon": "d"}, keep=("zone",), speed_unit="mph"
    )
    assert read_mapping(written(tmp_path, mapping.to_json(), "m.json")) == mapping


@pytest.mark.parametrize(
    ("text", "words"), [("{}", "no mapping"), ("[", "no JSON"), ('{"kind": "x", "columns": {}}', "'x'")]
)
def test_a_bad_mapping_is_named(tmp_path, text, words):
    with pytest.raises(ImpactAreaError, match=words):
        read_mapping(written(tmp_path, text, "m.json"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HEAD + ROW, "affiliations"),
        ("Collar No,Unit,Department,From,To\n1,a,b,01/06/2024,\n", "postings"),
        ("Collar No,Duty Start,Duty End\n1,01/06/2024 07:00,01/06/2024 15:00\n", "duties"),
        ("ISSI,Radio Type\n1,vehicle\n", "radios"),
        ("Crime No,Offence,From,To,Easting,Northing\n1,Burglary,01/06/2024 07:00,,400000,280000\n", "events"),
    ],
)
def test_what_a_file_is_is_told_by_its_columns(tmp_path, text, kind):
    assert kind_of_file(written(tmp_path, text)) == kind


# --- forms of positions and times -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Collar No,Time,Easting,Northing", "1,2024-06-03T09:00:00Z,406600,286800"),
        ("Collar No,Time,Easting,Northing", '1,2024-06-03T09:00:00Z,"406,600","286,800"'),
        ("Collar No,Time,OSGR", "1,2024-06-03T09:00:00Z,SP 06600 86800"),
        ("Collar No,Time,WKT", "1,2024-06-03T09:00:00Z,POINT (406600 286800)"),
        ("Collar No;Time;lat;lon", "1;03/06/2024 10:00;52,47904;-1,90421"),
        ("Collar No,Date,Time,lat,lon", "1,2024-06-03 00:00:00,10:00,52.47904,-1.90421"),
        ("Collar No,Date,Time,lat,lon", "1,03/06/24,1000,52.47904,-1.90421"),
        ("Collar No,epoch,lat,lon", "1,1717405200,52.47904,-1.90421"),
        (
            "Collar No,epoch,latitude code,longitude code",
            f"1,1717405200000,{round(52.47904 / 180 * 2**24)},{round(-1.90421 / 360 * 2**25)}",
        ),
    ],
)
def test_one_place_and_time_in_every_writing(tmp_path, header, row):
    fixes, _, _ = fixes_of(written(tmp_path, f"{header}\n{row}\n"))
    assert fixes["time"].iloc[0] == pd.Timestamp("2024-06-03T09:00:00Z")
    assert abs(fixes["x"].iloc[0] - 406_600) < 6 and abs(fixes["y"].iloc[0] - 286_800) < 6


@pytest.mark.parametrize(
    ("reference", "x", "y"),
    [
        ("SP0686", 406_500, 286_500),
        ("TQ 30 80", 530_500, 180_500),
        ("NT2573", 325_500, 673_500),
        ("sv 00000 00000", 0, 0),
        ("HP12345678", 412_345, 1_256_785),
    ],
)
def test_grid_references_are_the_ordnance_surveys(reference, x, y):
    why = np.array([""], dtype=object)
    found = grid_positions(pd.Series([reference]), why)
    assert abs(found[0][0] - x) <= 10 and abs(found[1][0] - y) <= 10


def test_the_codes_of_short_reports():
    assert tetra.speed_kmh([10, 50, 127])[:2] == pytest.approx([10, 63.5949], abs=1e-4)
    assert np.isnan(tetra.speed_kmh([127])[0])
    assert tetra.heading_deg([4])[0] == 90
    assert tetra.accuracy_m(["1", "<20 m", "< 200 m", "7"])[:3].tolist() == [20, 20, 200]
    assert tetra.latitude([2**24 - 1])[0] == pytest.approx(-180 / 2**24)


def test_the_october_hour_is_told_by_order(tmp_path):
    times = ["01:10", "01:40", "01:05", "01:30", "02:10"]
    text = "Collar No,Time,Easting,Northing\n" + "".join(f"1,27/10/2024 {t},400000,280000\n" for t in times)
    fixes, _, account = fixes_of(written(tmp_path, text))
    assert fixes["time"].dt.strftime("%H:%M").tolist() == ["00:10", "00:40", "01:05", "01:30", "02:10"]
    assert any("October" in s for s in account.sentences())


# --- files as they come -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        lambda t: ("\ufeff" + t).encode(),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-le"),
        lambda t: gzip.compress(t.encode()),
        lambda t: t.replace("\n", "\r\n").encode(),
        lambda t: t.replace("\n", "\r").encode(),
        lambda t: ("Exported by the system\nPage 1\n\n" + t).encode(),
        lambda t: t.replace(",", "\t").encode(),
        lambda t: t.replace(",", "|").encode(),
        lambda t: (t + t).encode(),
        lambda t: t.replace("4512", '"4512"').encode(),
    ],
)
def test_files_as_they_come(tmp_path, make):
    fixes, rejects, _ = fixes_of(written(tmp_path, make(HEAD + ROW)))
    assert len(fixes) in (1, 2) and not len(rejects) and abs(fixes["x"].iloc[0] - 406_867) < 10


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("4512,2024-06-03T09:01:00Z,52.48\n", "row 3: another number of cells"),
        ('4512,"2024-06-03T09:01:00Z,52.48,-1.9\n', "row 3: a quote that is never closed"),
        ("4512,2024-06-03T09:01:00Z,52.48,\0-1.9\n", "row 3: a NUL byte"),
        ("4512,yesterday,52.48,-1.9\n", "row 3: a time that cannot be read"),
        ("4512,1900-01-01T00:00:00Z,52.48,-1.9\n", "row 3: a time out of range"),
        ("4512,2099-01-01T00:00:00Z,52.48,-1.9\n", "row 3: a time out of range"),
        ("4512,2024-06-03T09:01:00Z,0,0\n", r"row 3: the position \(0, 0\)"),
        ("4512,2024-06-03T09:01:00Z,north,-1.9\n", "row 3: a position that is no number"),
        ("4512,2024-06-03T09:01:00Z,152.4,-1.9\n", "row 3: a latitude beyond 90"),
        ("4512,2024-06-03T09:01:00Z,-1.9,52.48\n", "row 3: latitude and longitude exchanged"),
    ],
)
def test_a_bad_row_stops_or_is_set_apart(tmp_path, rows, words):
    path = written(tmp_path, HEAD + ROW + rows + ROW.replace("09:00", "09:05"))
    with pytest.raises(FileError, match=words) as caught:
        fixes_of(path)
    assert caught.value.remedy and "4512" not in str(caught.value)
    fixes, rejects, account = fixes_of(path, REJECT)
    assert len(fixes) >= 1 and len(fixes) + len(rejects) == account.rows_read == account.rows_kept + sum(
        account.dropped.values()
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04zip", "no text file"),
        (HEAD + "4512,2024-06-03T09:00:00Z,-1.9003,52.4801\n", "exchanged"),
        ("a,b\n1,2\n", "no column was found"),
        (b"1,2,3\n4,5,6\n", "no header row"),
    ],
)
def test_a_bad_file_is_a_named_error(tmp_path, text, words):
    with pytest.raises(ImpactAreaError, match=words) as caught:
        fixes_of(written(tmp_path, text))
    assert caught.value.remedy


def test_degrees_among_metres_are_set_apart(tmp_path):
    rows = "".join(f"1,2024-06-03T09:0{i}:00Z,40000{i},280000\n" for i in range(5))
    path = written(tmp_path, "Collar No,Time,Easting,Northing\n" + rows + "1,2024-06-03T10:00:00Z,-1.9,52.48\n")
    with pytest.raises(FileError, match="degrees among metres"):
        fixes_of(path)
    assert len(fixes_of(path, REJECT)[0]) == 5


def test_a_file_in_the_wrong_encoding(tmp_path):
    text = "Collar No,Time,Easting,Northing,Unit\n" + "1,2024-06-03T09:00:00Z,400000,280000,Caf\xe9\n"
    assert fixes_of(written(tmp_path, text.encode("cp1252")))[0]["unit"].tolist() == ["Caf\xe9"]
    with pytest.raises(FileError, match="not known"):
        fixes_of(written(tmp_path, text), encoding="klingon")


def test_a_file_that_grows_while_it_is_read(tmp_path):
    path = written(tmp_path, HEAD + ROW)
    source, mapping = prepared(path, "affiliations")
    with path.open("a", encoding="utf-8") as more:
        more.write(ROW)
    with pytest.raises(FileError, match="changed while it was read"):
        list(read_affiliations(source, mapping, KEY, Account("a", "affiliations")))


def test_a_folder_and_no_file(tmp_path):
    with pytest.raises(FileError, match="folder"):
        fixes_of(tmp_path)
    with pytest.raises(FileError, match="no file"):
        fixes_of(tmp_path / "none.csv")


def test_quotes_hold_delimiters_and_line_ends(tmp_path):
    text = 'Collar No,Time,Remark,Easting,Northing\n1,2024-06-03T09:00:00Z,"a, ""b""\nc",400000,280000\n2,2024-06-03T09:00:00Z,d,400000,280000\n'
    fixes, rejects, _ = fixes_of(written(tmp_path, text))
    assert fixes["row"].tolist() == [2, 4] and not len(rejects)


def test_a_field_of_ten_thousand_characters_is_read_over(tmp_path):
    text = f"Collar No,Time,Remark,Easting,Northing\n1,2024-06-03T09:00:00Z,{'x' * 10_000},400000,280000\n"
    assert len(fixes_of(written(tmp_path, text))[0]) == 1


def test_blocks_join_without_a_seam(tmp_path):
    from ia_plugin.core.imports.textfile import TextFile

    rows = [f'{i},"a\nb{i}",{"x" * (i % 50)}' for i in range(2_000)]
    file = TextFile(written(tmp_path, "n,quoted,rest\n" + "\n".join(rows)))
    found = pd.concat([c.rows for c in file.chunks(block=700)])
    assert found["n"].tolist() == [str(i) for i in range(2_000)]
    assert found.index.tolist() == [2 + 2 * i for i in range(2_000)]


# --- nobody is named --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "+44 7700 900123",
        "0121 496 0000",
        "Sgt Smith",
        "PC 4512",
        "PC4512",
        "jane.roe@example.org",
        "John Smith",
        "Okoro, Daniel",
        "SMITH",
        "Zofia Kowalski",
        "DOB 1/2/1980",
        "AB 12 34 56 C",
        "B1 1AA",
        "AB12 CDE",
        "PC White",
        "DC Power",
        "Officer Park",
        "Officer Long Injured",
        "Sgt Price",
        "White",
        "Grace White Fraud",
        "Officer 123 Assistance",
    ],
)
def test_what_names_a_person(text):
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Response 3",
        "Birmingham East NPU",
        "Stanley Road Team",
        "Push to talk",
        "Burglary - dwelling",
        "Theft from the person",
        "Local resolution",
        "B1 Neighbourhood",
        "2024/25",
        "Victoria Ward",
        "Walker Street Team",
        "White Hart Lane",
        "Public order, weapons",
        "Officer Assistance",
        "White Collar Fraud",
        "DC Power Theft",
        "Officer Injured on Duty",
        "Officer Needs Assistance, Life in Danger",
        "Police Officer Assaulted",
        "Domestic - Standard Risk",
        "Christian Hate Crime",
        "Peeping Tom",
        "Dog Walker Injured",
        "PC World Theft",
        "Constable on Patrol",
        "Grant Fraud",
        "Jack Knifed Lorry",
    ],
)
def test_what_names_nobody(text):
    assert not names_a_person(text)


def test_collars_and_sentences_are_withheld():
    words, withheld = safe_words(pd.Series(["North", "North 4512", "x" * 61, None, "North 4512", "N/A"]), ["4512"])
    assert words.tolist() == ["North", WITHHELD, WITHHELD, None, WITHHELD, None]
    assert withheld == [Withheld("aaaaa 9999", 2, 1), Withheld("a" * 23 + "…", 1, 2)]
    assert shape_of("PC 4512 Smith") == "aa 9999 aaaaa"


PLANTED = ("4512", "Jane Roe", "07700 900123")


@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize("column", range(9))
def test_whatever_is_planted_in_a_column_comes_out_nowhere(tmp_path, column, name):
    header = "Collar No,Time,Easting,Northing,Unit,Reason,Radio Type,Resource Type,Notes".split(",")
    good = ["4512", "2024-06-03T09:00:00Z", "400000", "280000", "North", "PTT", "personal", "response", "x"]
    bad = list(good)
    bad[column] = name
    path = written(tmp_path, "\n".join(",".join(r) for r in (header, good, bad)) + "\n")
    said = ""
    try:
        fixes, rejects, account = fixes_of(path, REJECT)
        said = (
            fixes.drop(columns=["x", "y", "officer_id"]).to_string()
            + rejects.to_string()
            + " ".join(account.sentences())
        )
        fixes_of(path)
    except ImpactAreaError as error:
        said += str(error)
    assert name not in said


# --- people and events ------------------------------------------------------------------------------------------------


def read(path, kind, reader, **more):
    source, mapping = prepared(path, kind, **more)
    account = Account(source.name, kind)
    return reader(source, mapping, KEY, account), account


def test_postings_join_by_date(tmp_path):
    text = (
        "Collar,Unit,Role,From,To\n1,A,Response officer,01/06/2024,03/06/2024\n1,B,Neighbourhood officer,04/06/2024,\n"
    )
    (postings, _), account = read(written(tmp_path, text), "postings", read_postings)
    assert postings["resource_type"].isna().all()  # a role is no kind of resource: nothing is invented
    assert any("no resource type" in s for s in account.sentences())
    times = pd.to_datetime(["2024-05-31T12:00Z", "2024-06-03T22:59Z", "2024-06-03T23:01Z"])
    fixes = pd.DataFrame({"officer_id": postings["officer_id"].iloc[0], "time": times})
    joined, unknown = with_postings(fixes, postings)
    assert joined["unit"].tolist() == [None, "A", "B"] and unknown == 1


@pytest.mark.parametrize("dtype", [object, "string", None])
def test_a_unit_that_nobody_knows_is_none_however_words_are_kept(dtype):
    times = pd.to_datetime(["2024-06-01T12:00Z", "2024-06-01T12:00Z"])
    fixes = pd.DataFrame({"officer_id": ["a", "b"], "time": times, "unit": pd.Series(["x", None], dtype=dtype)})
    postings = pd.DataFrame({"officer_id": ["a"], "valid_from": times[:1], "valid_to": [pd.NaT], "unit": ["A"]})
    joined, unknown = with_postings(fixes, postings.assign(valid_to=pd.to_datetime(postings["valid_to"], utc=True)))
    assert joined["unit"].tolist() == ["A", None] and unknown == 1


def test_numbers_with_blanks_serve_as_references(tmp_path):
    """pandas writes such a column with its own missing value, pd.NA."""
    table = pd.DataFrame(
        {
            "Crime No": pd.array([17, None], dtype="Int64"),
            "Offence": ["Burglary", "Robbery"],
            "From": ["03/06/2024 22:00", "03/06/2024 23:00"],
        }
    )
    table.to_parquet(tmp_path / "a.parquet")
    events, _ = events_of(tmp_path / "a.parquet")
    assert events["event_id"].iloc[0] == "17" and events["event_id"].iloc[1].startswith("h")


def test_fixes_off_duty(tmp_path):
    text = "Collar,Start,End\n1,03/06/2024 08:00,03/06/2024 16:00\n1,03/06/2024 15:00,03/06/2024 18:00\n"
    (duties, _), _ = read(written(tmp_path, text), "duties", read_duties)
    times = pd.to_datetime(
        ["2024-06-03T06:59Z", "2024-06-03T07:00Z", "2024-06-03T15:30Z", "2024-06-03T17:00Z", "2024-06-03T12:00Z"]
    )
    fixes = pd.DataFrame({"officer_id": [duties["officer_id"][0]] * 4 + ["pX"], "time": times})
    on, strangers = on_duty(fixes, duties)
    assert on.tolist() == [False, True, True, False, True] and strangers == 1


def events_of(path, params=ImportParams(), **facts):
    source, mapping = prepared(path, "events", **facts)
    account = Account(source.name, "events")
    parts = list(read_extract(source, mapping, KEY, account, params))
    return pd.concat([e for e, _ in parts]), account


def test_windows_dates_and_months(tmp_path):
    text = "Crime No,Offence,From,To,Officer\n1,Burglary,03/06/2024 22:00,04/06/2024 04:00,12;13\n2,Robbery,04/06/2024,,\n3,Drugs,2024-06,,\n"
    events, _ = events_of(written(tmp_path, text))
    assert events["time_precision"].tolist() == ["minute", "day", "month"]
    hours = (events["end"] - events["start"]) / pd.Timedelta("1h")
    assert hours.tolist() == [6, 24, 30 * 24]
    assert len(events["officer_ids"].iloc[0].split()) == 2 and events["key_type"].tolist() == [
        "burglary",
        "robbery",
        "drugs",
    ]


def test_an_end_before_its_start_is_named_and_loses_no_crime(tmp_path):
    path = written(tmp_path, "Crime No,Offence,From,To\n1,Burglary,03/06/2024 22:00,03/06/2024 04:00\n")
    events, account = events_of(path)
    assert events["end"].tolist() == events["start"].tolist() == [pd.Timestamp("2024-06-03T21:00Z")]
    assert any("1 end is before its start" in w for w in account.warnings())


def test_the_account_of_several_files_is_the_sum_of_theirs():
    one = Account("a.csv", "events", 5, 3, Counter({"no time": 2}), Counter({"records are new": 3}))
    total = Account("all files", "events")
    total.add(one)
    total.add(one)
    assert (total.rows_read, total.rows_kept) == (10, 6)
    assert (total.dropped["no time"], total.found["records are new"]) == (4, 6)


def test_officer_references_have_the_fixes_pseudonyms(tmp_path):
    fix = fixes_of(written(tmp_path, HEAD + ROW))[0]["officer_id"].iloc[0]
    assert officer_references(pd.Series(["4512", " 4512 / 77", None]), KEY).iloc[0] == fix
    assert officer_references(pd.Series(["4512 / 77"]), KEY).iloc[0].split()[0] == fix


@pytest.mark.parametrize("column", range(8))
@pytest.mark.parametrize("name", PLANTED)
def test_whatever_is_planted_in_events_comes_out_nowhere(tmp_path, column, name):
    header = "Crime No,Offence,From,To,Outcome,OIC,Status,Victim Name".split(",")
    good = ["20/1", "Burglary", "03/06/2024 22:00", "04/06/2024 04:00", "Charged", "4512", "open", "Nobody"]
    bad = list(good)
    bad[column] = name
    path = written(tmp_path, "\n".join(",".join(r) for r in (header, good, bad)) + "\n")
    said = ""
    try:
        events, account = events_of(path, REJECT)
        said = events.drop(columns=["officer_ids"]).to_string() + " ".join(account.sentences() + account.warnings())
        events_of(path)
    except ImpactAreaError as error:
        said += str(error)
    assert name not in said


def test_the_continents_degrees_are_no_metres(tmp_path):
    with pytest.raises((CrsError, FileError)):
        fixes_of(written(tmp_path, HEAD + "1,2024-06-03T09:00:00Z,406600,286800\n"))


def test_parquet(tmp_path):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    table = pd.DataFrame(
        {"officer": ["4512"], "time": pd.to_datetime(["2024-06-03T09:00Z"]), "lat": [52.48], "lon": [-1.9]}
    )
    table.to_parquet(tmp_path / "a.parquet")
    fixes, _, account = fixes_of(tmp_path / "a.parquet")
    assert fixes["time"].tolist() == [pd.Timestamp("2024-06-03T09:00Z")] and account.rows_kept == 1
    assert json.dumps(account.sentences())


@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("name", PLANTED)
def test_whatever_is_planted_in_postings_comes_out_nowhere(tmp_path, column, name):
    header = "Collar No,Unit,Department,Role,From,To".split(",")
    good = ["4512", "North", "Response", "Officer", "01/06/2024", "30/06/2024"]
    bad = list(good)
    bad[column] = name
    path = written(tmp_path, "\n".join(",".join(r) for r in (header, good, bad)) + "\n")
    source, mapping = prepared(path, "postings")
    account, said = Account(source.name, "postings"), ""
    try:
        table, rejects = read_postings(source, mapping, KEY, account, REJECT)
        said = (
            table.drop(columns=["officer_id", "source_ref"]).to_string()
            + rejects.to_string()
            + " ".join(account.sentences())
        )
        read_postings(source, mapping, KEY, Account("a", "postings"))
    except ImpactAreaError as error:
        said += str(error)
    assert name not in said


@pytest.mark.parametrize("column", range(8))
@pytest.mark.parametrize("name", PLANTED)
def test_whatever_is_planted_in_a_public_file_comes_out_nowhere(tmp_path, column, name):
    from ia_plugin.core.events import read_police_uk

    header = "Crime ID,Month,Longitude,Latitude,Location,Crime type,Last outcome category,Context".split(",")
    good = ["a1", "2019-06", "-1.9", "52.48", "On or near A Street", "Burglary", "Under investigation", ""]
    bad = list(good)
    bad[column] = name
    path = written(tmp_path, "\n".join(",".join(r) for r in (header, good, bad)) + "\n")
    said = ""
    try:
        events, report = read_police_uk(path, params=REJECT)
        said = events.drop(columns=["x", "y"]).to_string() + report.rejects.to_string() + " ".join(report.sentences())
        read_police_uk(path)
    except ImpactAreaError as error:
        said += str(error)
    assert name not in said


def test_the_vocabulary_holds_no_persons_names():
    from ia_plugin.core.imports.person_names import FAMILY, GIVEN
    from ia_plugin.core.imports.vocabulary import vocabulary

    known = vocabulary()
    names = GIVEN | FAMILY
    assert not known.words & names and len(known.words) > 1_000
    assert not known.words & known.also_names


@pytest.mark.parametrize(
    ("unit", "kept"),
    [
        *((u, True) for u in ("Local Policing Area North", "E Div", "Intel Cell", "Port of Dover Unit", "Op Sceptre", "Kent CPT Thanet", "Devon RCT", "Poole RCT 2", "BTP Euston")),
        *((u, False) for u in ("TMBT", "Chu", "Team CHU", "PC TMBT", "TMB", "Bell TMB", "CPT Zzyx", "PC Scotland", "England", "kovtun tpt")),
    ],
)  # fmt: skip
def test_units_are_known_by_words_and_acronyms_and_no_person_is(unit, kept):
    """Acronyms of teams and units, in capitals without a vowel, count beside words; initials and names do not."""
    from ia_plugin.core.imports.words import KEPT, judged

    assert (judged(unit) == KEPT) is kept


def test_what_is_withheld_is_listed_by_count_and_never_said(tmp_path):
    kinds = 3 * ["PC Example"] + ["Noise", "Jane Roe", "Noise"]
    text = "Log No,Type,From\n" + "".join(f"{i},{k},03/06/2024 22:0{i}\n" for i, k in enumerate(kinds))
    _, account = events_of(written(tmp_path, text))
    [said] = [s for s in account.sentences() if "withheld" in s]
    assert said.startswith("4 values of category withheld") and "3 like 'aa aaaaaaa' from row 2 on" in said
    assert "Jane" not in said and "1 like 'aaaa aaa' from row 6 on" in said


@pytest.mark.parametrize("written_as", ["NULL", "n/a", "-", "(null)", "#N/A"])
def test_what_stands_for_nothing_is_nothing_in_every_column(tmp_path, written_as):
    rows = f"{written_as},2024-06-03 09:00,400000,280000,North\n1,{written_as},400000,280000,North\n"
    rows += f"1,2024-06-03 09:05,{written_as},280000,North\n1,2024-06-03 09:10,400000,280000,{written_as}\n"
    fixes, _, account = fixes_of(written(tmp_path, "Collar,Time,Easting,Northing,Unit\n" + rows))
    assert len(fixes) == 1 and fixes["unit"].tolist() == [None]
    assert dict(account.dropped) == {"no officer": 1, "no time": 1, "no position": 1}


def test_zeros_that_a_spreadsheet_took_are_said(tmp_path):
    rows = "".join(f"{c},2024-06-03 09:0{i},400000,280000\n" for i, c in enumerate(("0071", "71", "0450", "912")))
    fixes, _, account = fixes_of(written(tmp_path, "Collar,Time,Easting,Northing\n" + rows))
    assert fixes["officer_id"].nunique() == 4
    assert any(
        s.startswith("2 numbers of officers are shorter") and "1 of them the same" in s for s in account.sentences()
    )


def test_the_sources_own_id_of_a_report_is_kept_unless_it_names_someone(tmp_path):
    rows = "".join(
        f"4512,2024-06-03 09:0{i},400000,280000,{r}\n" for i, r in enumerate(("A-17", "18.0", "4512", "07700 900123"))
    )
    fixes, _, _ = fixes_of(written(tmp_path, "Collar,Time,Easting,Northing,Message ID\n" + rows))
    assert fixes["record_id"].where(fixes["record_id"].notna(), "").tolist() == ["A-17", "18", "", ""]


def test_a_layer_and_a_text_file_know_the_same_nothing(tmp_path):
    from ia_plugin.core.imports.open_extract import mapped
    from ia_plugin.core.imports.source import TableSource

    table = pd.DataFrame({"Collar": ["NULL", "7.0", "7"], "Time": ["2024-06-03T09:00Z", "N/A", "2024-06-03T09:05Z"],
                          "Easting": ["400000"] * 3, "Northing": ["280000"] * 3}, dtype=object)  # fmt: skip
    source = TableSource(table, "layer")
    account = Account("layer", "affiliations")
    parts = list(read_affiliations(source, mapped(source, "affiliations"), KEY, account))
    assert dict(account.dropped) == {"no officer": 1, "no time": 1} and sum(len(f) for f, _ in parts) == 1


@pytest.mark.parametrize(
    ("written", "officers", "counted"),
    [
        (['"1,234"', "1234", "987"], 2, 1),
        (['"1,234"', "1234.0", '"12,345"', "12345"], 2, 2),
        (["1 234", "1234", "4512"], 2, 1),
        (["1'234", "1234", "4512"], 2, 1),
        (["1\u00a0234", "1234", "4512"], 2, 1),
        (['"1,234"', '"2,345"'], 2, 2),
        (['"1,234"', "WM1234", "WM0987", "WM17"], 4, 0),  # codes: nobody can tell
        (['"12,34"', "1234"], 2, 0),  # no thousands
    ],
)
def test_thousands_separators_make_no_other_officer(tmp_path, written, officers, counted):
    text = "Collar No,Time,Easting,Northing\n" + "".join(f"{o},2024-06-03 09:0{i},406612,286823\n" for i, o in enumerate(written))  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    source, mapping = prepared(path, "affiliations")
    account = Account(source.name, "affiliations")
    [(fixes, _)] = read_affiliations(source, mapping, KEY, account)
    assert fixes["officer_id"].nunique() == officers
    assert sum(n for what, n in account.found.items() if "thousands separators" in what) == counted

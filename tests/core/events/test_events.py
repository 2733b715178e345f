"""Public crime and search files, in every form seen; counts by area and period."""

import gzip
import json

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import FileError, TimeError
from ia_plugin.core.events import events_in_areas, read_police_uk
from ia_plugin.core.events.area_events import SQUARE
from ia_plugin.core.params import EventCountParams, ImportParams
from ia_plugin.core.reference_systems import british_grid
from tests.support.long import long_after
from tests.support.tables import areas

STREET = "Crime ID,Month,Longitude,Latitude,Location,Crime type,Last outcome category\n"
ONE = "abc,2019-06,-1.90,52.48,On or near A Street,Burglary,Under investigation\n"
ASB = ",2019-06,-1.90,52.48,On or near A Street,Anti-social behaviour,\n"
SEARCH = "Type,Date,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search\n"

# Rows, rows without coordinates (data/README of the shared folder).
FILES = {
    "2019-01-staffordshire-street.csv": (9_728, 1_263),
    "2019-01-warwickshire-street.csv": (4_486, None),
    "2019-06-greater-manchester-stop-and-search.csv": (907, None),
    "2020-01-essex-stop-and-search.csv": (1_820, None),
    "2020-01-south-yorkshire-stop-and-search.csv": (2_052, 2_052),
    "gmp_stop_and_search_2016-03_2019-02.csv": (9_421, 97),
    "2011-02-west-midlands-street.csv": (25_558, 0),
    "2019-01-west-mercia-street.csv": (10_038, None),
    "birmingham_city_centre_2017-01_2017-11.csv": (17_260, 0),
    "gmp_burglary_2016-02_2019-01.csv": (92_666, 0),
}


DISORDER = {
    "2011-02-west-midlands-street.csv": 8_728,
    "2019-01-staffordshire-street.csv": 2_449,
    "2019-01-warwickshire-street.csv": 982,
    "2019-01-west-mercia-street.csv": 3_020,
    "birmingham_city_centre_2017-01_2017-11.csv": 3_384,
}


def written(tmp_path, text, name="file.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


@pytest.mark.parametrize("name", long_after(6, FILES))
def test_every_shared_file_is_read_whole(shared, name):
    rows, without = FILES[name]
    events, report = read_police_uk(shared / "data" / "police_uk" / name)
    assert report.rows_read == report.rows_kept == len(events) == rows
    assert events["event_id"].is_unique
    assert without is None or events["x"].isna().sum() == without
    kinds = {"stop_search"} if "search" in name else {"crime"} | ({"incident"} if DISORDER.get(name) else set())
    assert set(events["kind"]) == kinds
    # Anti-social behaviour, and nothing else, is an incident: the crimes of a file are fewer by its number.
    assert (events["kind"] == "incident").sum() == DISORDER.get(name, 0)
    assert set(events.loc[events["kind"] == "incident", "key_type"]) <= {"anti-social behaviour"}
    said = " ".join(map(str, events.columns)).lower()
    assert not any(word in said for word in ("gender", "age_range", "ethnic", "postcode"))
    assert not events.astype(str).apply(lambda c: c.str.contains("White -|Asian or Asian", regex=True)).to_numpy().any()


def test_a_month_is_a_civil_month(tmp_path):
    event = read_police_uk(written(tmp_path, STREET + ONE))[0].iloc[0]
    assert (str(event["start"]), str(event["end"])) == ("2019-05-31 23:00:00+00:00", "2019-06-30 23:00:00+00:00")
    assert (event["time_precision"], event["key_type"], event["generated_by"]) == ("month", "burglary", "public")


def test_positions_are_the_ordnance_surveys():
    # The Survey's own worked example (Caister water tower, a guide to coordinate systems, annexe C): E 651409.903,
    # N 313177.270 from the OSGB36 position; by WGS 84 within the few metres of the seven parameters.
    x, y = british_grid([1.716073973], [52.658007833])
    assert abs(x[0] - 651_409.9) < 5 and abs(y[0] - 313_177.3) < 5


def test_rows_without_an_id_get_stable_distinct_ones(tmp_path):
    (tmp_path / "anew").mkdir()
    first = read_police_uk(written(tmp_path, STREET + ASB + ASB + ONE))[0]
    again = read_police_uk(written(tmp_path / "anew", STREET + ONE + ASB + ASB))[0]
    assert first["event_id"].is_unique
    assert set(first["event_id"]) == set(again["event_id"])


def test_alike_records_of_two_files_are_two(tmp_path):
    one, other = (read_police_uk(written(tmp_path, STREET + ONE + ASB, name))[0] for name in ("a.csv", "b.csv"))
    assert set(one["event_id"]) & set(other["event_id"]) == {"abc"}


def test_a_crime_published_many_times_counts_once(tmp_path):
    text = STREET + 3 * ONE + ONE.replace("Under investigation", "Offender fined") + 2 * ASB
    events, report = read_police_uk(written(tmp_path, text))
    assert events["category"].tolist() == ["Burglary", "Anti-social behaviour", "Anti-social behaviour"]
    assert events["outcome"][0] == "Offender fined"
    assert report.rows_read == 6 == report.rows_kept + sum(report.dropped.values())
    assert list(report.dropped.values()) == [2, 1]


def test_two_crimes_under_one_id_are_two(tmp_path):
    events, report = read_police_uk(written(tmp_path, STREET + ONE + ONE.replace("Burglary", "Robbery")))
    assert sorted(events["event_id"]) == ["abc", "abc/robbery"] and not any(report.dropped.values())
    assert any("shares a reference" in s for s in report.sentences())


def test_search_times_are_moments_and_their_finds_are_kept(tmp_path):
    rows = "Person search,2019-05-31T23:01:00+00:00,53.4,-2.2,Female,10-17,X,PACE,Drugs,Community resolution,True\n"
    rows += "Person search,2019-06-02T10:00:00+00:00,53.4,-2.2,Male,18-24,X,PACE,,A no further action disposal,\n"
    events, report = read_police_uk(written(tmp_path, SEARCH + rows))
    assert events["object_found"].tolist() == [True, False]
    assert events["category"].tolist() == ["Drugs", "object not recorded"]
    assert report.findings["rows are of the month before by UTC, of the file's month by the clock on the wall"] == 1


def test_the_apis_json(tmp_path):
    street = [
        {
            "category": "anti-social-behaviour",
            "location": {"latitude": "52.48", "longitude": "-1.9", "street": {"name": "A"}},
            "month": "2019-06",
            "persistent_id": "",
            "id": 71234567,
            "outcome_status": None,
        }
    ]
    events, _ = read_police_uk(written(tmp_path, json.dumps(street), "a.json"))
    assert events["category"].tolist() == ["Anti-social behaviour"] and events["key_type"].tolist() == [
        "anti-social behaviour"
    ]
    assert abs(events["x"][0] - 406_888) < 10
    stops = [
        {
            "type": "Person search",
            "datetime": "2019-06-01T12:00:00+00:00",
            "legislation": "PACE",
            "object_of_search": "Drugs",
            "outcome": "Arrest",
            "outcome_linked_to_object_of_search": True,
            "location": None,
            "gender": "Male",
        }
    ]
    events, _ = read_police_uk(written(tmp_path, json.dumps(stops), "b.json"))
    assert events["object_found"].tolist() == [True] and events["x"].isna().all() and "gender" not in events


@pytest.mark.parametrize(
    "make",
    [
        lambda t: ("\ufeff" + t).encode(),
        lambda t: t.encode("utf-16"),
        lambda t: gzip.compress(t.encode()),
        lambda t: t.replace("\n", "\r\n").encode(),
        lambda t: t.replace("A Street", "Caf\xe9 Street").encode("cp1252"),
        lambda t: ("Exported by somebody\n\n" + t).encode(),
        lambda t: t.replace(",", ";").encode(),
        lambda t: t.replace("Crime ID", '"Crime ID"').encode(),
    ],
    ids=["byte order mark", "utf-16", "gzip", "windows ends", "cp1252", "header in the middle", "semicolons", "quotes"],
)
def test_files_as_they_come(tmp_path, make):
    events, _ = read_police_uk(written(tmp_path, make(STREET + ONE)))
    assert len(events) == 1 and events["category"][0] == "Burglary"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        ((STREET + ONE).encode() + b"\0\0", "row 3: a NUL byte"),
        (STREET + "a,b\n", "row 2: another number of cells"),
        (STREET + ONE.replace("2019-06", "June"), "'aaaa' is no month"),
        (STREET + ONE.replace("2019-06", "1900-01"), "'1900-01' is no month"),
        (STREET + ONE.replace("-1.90", "west"), "row 2: a position that is no number"),
        (STREET + ONE.replace("-1.90,52.48", "52.48,-1.90"), "exchanged"),
        (STREET + ONE + ONE.replace("52.48", "4512.3"), "row 3: a latitude beyond 90"),
        ("a,b,c\n1,2,3\n", "no header row"),
        ("[{]", "no complete JSON"),
        (SEARCH + "Person search,yesterday,53.4,-2.2,,,,PACE,Drugs,,\n", "'aaaaaaaaa' is no time"),
    ],
)
def test_bad_files_are_named_errors_with_row_and_remedy(tmp_path, text, words):
    with pytest.raises(FileError, match=words) as caught:
        read_police_uk(written(tmp_path, text))
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("month", "reason"),
    [
        ("Unknown", "no month"),
        ("TBC", "no month"),
        ("0000-00-00", "no month"),
        ("", "no month"),
        ("June", "a value like 'aaaa' is no month"),
        ("1999-12", "a value like '1999-12' is no month"),
    ],
)
def test_a_month_that_is_not_known_is_none_and_no_bad_one(tmp_path, month, reason):
    path = written(tmp_path, STREET + ONE + ONE.replace("2019-06", month).replace("abc", "abd"))
    events, report = read_police_uk(path, params=ImportParams(invalid_rows="reject"))
    assert len(events) == 1 and report.dropped == {reason: 1}


def test_a_folder_and_no_file(tmp_path):
    with pytest.raises(FileError, match="folder"):
        read_police_uk(tmp_path)
    with pytest.raises(FileError, match="no file"):
        read_police_uk(tmp_path / "none.csv")


# --- counts -----------------------------------------------------------------------------------------------------------


def event(start, end=None, x=5.0, y=5.0, **more):
    start, end = pd.Timestamp(start), pd.Timestamp(end or start)
    row = {
        "event_id": "e",
        "kind": "crime",
        "category": "Burglary",
        "key_type": "burglary",
        "time_precision": "minute",
        "version": 1,
    }
    return {**row, "start": start, "end": end, "x": x, "y": y, **more}


def counted(rows, period="hour", where=None):
    table = pd.DataFrame(
        [{**r, "event_id": f"e{i}" if r["event_id"] == "e" else r["event_id"]} for i, r in enumerate(rows)]
    )
    where = areas(a=shapely.box(0, 0, 10, 10)) if where is None else where
    return events_in_areas(table, where, EventCountParams(period=period, timezone="UTC"))


def test_a_window_is_shared_over_its_hours():
    found = counted([event("2024-06-01T22:00Z", "2024-06-02T04:00Z")])
    assert found["expected"].tolist() == pytest.approx([1 / 6] * 6)
    assert found["events"].tolist() == [1, 0, 0, 0, 0, 0]
    assert counted([event("2024-06-01T22:00Z", "2024-06-02T04:00Z")], "day")["expected"].tolist() == pytest.approx(
        [2 / 6, 4 / 6]
    )


def test_a_moment_counts_once_and_areas_may_overlap():
    where = areas(a=shapely.box(0, 0, 10, 10), b=shapely.box(4, 4, 20, 20))
    found = counted([event("2024-06-01T22:30Z"), event("2024-06-01T22:59Z", x=1.0)], where=where)
    assert dict(zip(found["area_id"], found["expected"])) == {"a": 2, "b": 1}


def test_month_only_events_have_no_hour():
    rows = [event("2024-06-01T00:00Z", "2024-07-01T00:00Z", time_precision="month")]
    with pytest.raises(TimeError, match="the month only"):
        counted(rows, "hour")
    assert counted(rows, "month")["expected"].tolist() == pytest.approx([1])


def test_only_the_latest_version_counts_and_withdrawn_ones_do_not():
    rows = [event("2024-06-01T01:00Z", event_id="x"), event("2024-06-01T02:00Z", event_id="x", version=2)]
    assert counted(rows)["period"].dt.hour.tolist() == [2]
    assert len(counted([*rows, event("2024-06-01T02:00Z", event_id="x", version=3, status="withdrawn")])) == 0


def test_what_was_not_counted_is_told():
    found = counted(
        [event("2024-06-01T01:00Z"), event("2024-06-01T01:00Z", x=np.nan), event("2024-06-01T01:00Z", x=99.0)]
    )
    assert found.attrs["not_counted"] == {"no place": 1, "in no area": 1}


def test_two_offences_of_a_layer_under_one_reference_are_two():
    one = event("2024-06-01T01:00Z", event_id="C1")
    found = counted([one, one, {**one, "category": "Assault"}, {**one, "event_id": "C2", "outcome": "x"}])
    assert dict(zip(found["category"], found["events"])) == {"Assault": 1, "Burglary": 2}
    assert sorted(found.attrs["records"].values()) == [1, 1]


def test_rows_of_a_layer_without_a_reference_are_not_one_record():
    found = counted([event("2024-06-01T01:00Z", event_id=i) for i in (None, None, "NULL", "NULL")])
    assert found["events"].tolist() == [4]


@pytest.mark.parametrize("category", ["Anti-social behaviour", "ASB - Nuisance", "Antisocial Behavior"])
def test_disorder_among_the_crimes_of_a_layer_counts_as_incidents(category):
    found = counted([event("2024-06-01T01:00Z", category=category), event("2024-06-01T01:00Z")])
    assert dict(zip(found["category"], found["kind"])) == {category: "incident", "Burglary": "crime"}


def test_events_on_common_edges_belong_to_one_area():
    tiles = {f"{i}{j}": shapely.box(10 * i, 10 * j, 10 * i + 10, 10 * j + 10) for i in range(3) for j in range(3)}
    corners = [(10, 10), (20, 10), (10, 15), (15, 20), (5, 5)]
    found = counted([event("2024-06-01T01:00Z", x=float(x), y=float(y)) for x, y in corners], where=areas(**tiles))
    assert found["events"].sum() == found.attrs["counted"] == len(corners)


def test_a_square_takes_no_part_in_areas_smaller_than_it():
    where = areas(small=shapely.box(0, 0, 900, 900), large=shapely.box(0, 0, 2_000, 2_000))
    known = [event("2024-06-01T01:00Z", x=500.0, y=500.0, square_m=m) for m in (None, 1_000.0, 10_000.0)]
    found = counted(known, "all", where)
    assert dict(zip(found["area_id"], found["events"])) == {"large": 2, "small": 1}
    assert found.attrs["not_counted"] == {"no place": 0, "in no area": 0, SQUARE: 1}

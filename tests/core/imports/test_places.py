"""Where rows are: of several ways to say it the one that holds a place, and what is probably wrong is counted."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.events.extracts import read_extract
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.affiliations import read_affiliations
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")
REJECT = ImportParams(invalid_rows="reject")
METRES, DEGREES = ("406600", "286800"), ("52.47904", "-1.90421")
NONE = ("", "")


def read(tmp_path, header, places, params=ImportParams(), **facts):
    """Fixes of rows of places, one a minute, and their account."""
    lines = [f"7001,2024-06-03T09:{i:02}:00Z,{','.join(place)}" for i, place in enumerate(places)]
    path = tmp_path / "fixes.csv"
    path.write_text("\n".join([f"officer,time,{header}", *lines]) + "\n", encoding="utf-8")
    source, mapping = prepared(path, "affiliations", **facts)
    account = Account(source.name, "affiliations")
    return pd.concat([f for f, _ in read_affiliations(source, mapping, KEY, account, params)]), account


BOTH = "easting,northing,latitude,longitude"


@pytest.mark.parametrize(
    ("header", "places", "by_the_second"),
    [
        pytest.param(BOTH, [NONE + DEGREES] * 5, 5, id="the first pair is empty"),
        pytest.param(BOTH, [("0", "0", *DEGREES)] * 5, 5, id="zeros"),
        pytest.param(BOTH, [("-1", "-1", *DEGREES)] * 5, 5, id="fillers"),
        pytest.param(BOTH, [("x", "y", *DEGREES)] * 5, 0, id="words: no column of numbers"),
        pytest.param(BOTH, [METRES + DEGREES, NONE + DEGREES, METRES + NONE], 1, id="row by row"),
        pytest.param(BOTH, [METRES + DEGREES] * 5, 0, id="both full"),
        pytest.param(BOTH, [METRES + DEGREES] * 9 + [(*METRES[::-1], *DEGREES)], 1, id="exchanged in one pair"),
        pytest.param(BOTH, [METRES + DEGREES] * 9 + [("6600000", "286800", *DEGREES)], 1, id="wild in one pair"),
        pytest.param("lat,lon,X,Y", [NONE + METRES, DEGREES + NONE], 1, id="other names, the other way round"),
        pytest.param("Easting (m),Northing (m),Grid Ref", [("", "", "SP0660086800"), (*METRES, "")], 1, id="a grid reference"),
    ],
)  # fmt: skip
def test_each_row_takes_the_pair_that_holds_a_place(tmp_path, header, places, by_the_second):
    fixes, account = read(tmp_path, header, places)
    assert len(fixes) == len(places)
    assert np.hypot(fixes["x"] - 406_600, fixes["y"] - 286_800).max() < 10
    said = [n for what, n in account.found.items() if "take their place from" in what]
    assert said == ([by_the_second] if by_the_second else [])
    assert not account.warnings()


def test_a_pair_that_the_user_names_is_the_only_one(tmp_path):
    fixes, account = read(
        tmp_path, BOTH, [METRES + DEGREES, NONE + DEGREES], given={"easting": "easting", "northing": "northing"}
    )
    assert len(fixes) == 1 and account.dropped["no position"] == 1


def test_a_place_of_another_sort_is_no_second_pair(tmp_path):
    """An officer's home, or the street in words, never stands in for a missing fix."""
    fixes, account = read(tmp_path, "easting,northing,home_latitude,home_longitude", [METRES + DEGREES, NONE + DEGREES])
    assert len(fixes) == 1 and account.dropped["no position"] == 1
    fixes, account = read(tmp_path, "easting,northing,location", [(*METRES, "High Street"), ("", "", "High Street")])
    assert len(fixes) == 1 and account.dropped["no position"] == 1


@pytest.mark.parametrize(
    ("header", "wrong", "words"),
    [
        ("easting,northing", METRES[::-1], "exchanged"),
        ("easting,northing", ("7000000", "286800"), "meant for (EPSG:27700)"),
        ("easting,northing", ("259000", "665000"), "far away"),
        ("latitude,longitude", ("52.48", "1.9042"), "minus sign"),
        ("latitude,longitude", ("39.9", "116.4"), "meant for (EPSG:27700)"),
        ("latitude,longitude", ("0.0", "0.01"), "meant for (EPSG:27700)"),
    ],
)
@pytest.mark.parametrize("share", [0.04, 0.4])
def test_what_is_probably_wrong_is_counted_at_import(tmp_path, header, wrong, words, share):
    right, n = (METRES if header.startswith("east") else DEGREES), int(50 * share)
    fixes, account = read(tmp_path, header, [right] * (50 - n) + [wrong] * n)
    [said] = account.warnings()
    assert len(fixes) == 50 and words in said and f" {n:,} positions" in said


@pytest.mark.parametrize(
    ("header", "place", "words"),
    [
        ("easting,northing", ("-1", "-1"), "filler"),
        ("easting,northing", ("0", "0"), "(0, 0)"),
        ("latitude,longitude", ("-1.0", "-1.0"), "filler"),
        ("latitude,longitude", ("99999", "99999"), "filler"),
        ("latitude,longitude", DEGREES[::-1], "exchanged"),
    ],
)
def test_what_is_no_place_is_set_apart_and_counted(tmp_path, header, place, words):
    right = METRES if header.startswith("east") else DEGREES
    fixes, account = read(tmp_path, header, [right] * 6 + [place] * 4, REJECT)
    assert len(fixes) == 6 and [n for why, n in account.dropped.items() if words in why] == [4]


def test_exchanged_in_most_rows_the_right_ones_stay(tmp_path):
    fixes, account = read(tmp_path, "lat,lon", [DEGREES] * 3 + [DEGREES[::-1]] * 7, REJECT)
    assert len(fixes) == 3 and account.dropped["latitude and longitude exchanged"] == 7


def test_exchanged_throughout_the_message_says_what_to_type(tmp_path):
    with pytest.raises(FileError) as caught:
        read(tmp_path, "Lat,Long", [DEGREES[::-1]] * 5)
    assert "COLUMNS=lat=Long; lon=Lat" in str(caught.value)
    assert len(read(tmp_path, "Lat,Long", [DEGREES[::-1]] * 5, given={"lat": "Long", "lon": "Lat"})[0]) == 5
    _, account = read(tmp_path, "easting,northing", [METRES[::-1]] * 5)
    assert "5 positions have x and y, or latitude and longitude, exchanged" in account.warnings()[0]


def test_x_and_y_may_be_degrees(tmp_path):
    fixes, account = read(tmp_path, "X,Y", [DEGREES[::-1]] * 3)
    assert abs(fixes["x"].iloc[0] - 406_600) < 10 and not account.warnings()


def test_events_without_a_place_say_why(tmp_path):
    path = tmp_path / "events.csv"
    rows = [
        "I1,Noise,13/06/2024 10:00,-1,-1",
        "I2,Noise,13/06/2024 11:00,0,0",
        "I3,Noise,13/06/2024 11:00,406600,286800",
    ]
    path.write_text("\n".join(["incident_no,type,start,easting,northing", *rows]), encoding="utf-8")
    source, mapping = prepared(path, "events")
    account = Account(source.name, "events")
    events = pd.concat([e for e, _ in read_extract(source, mapping, KEY, account)])
    assert len(events) == 3 and events["x"].notna().sum() == 1
    assert ["filler" in w for w in account.warnings()] == [True, False] and "(0, 0)" in account.warnings()[1]


# --- two ways to say one place ----------------------------------------------------------------------------------------

MANCHESTER = ("53.4808", "-2.2426")  # 116 km from METRES


@pytest.mark.parametrize(
    ("header", "places", "count", "words"),
    [
        pytest.param(BOTH, [METRES + MANCHESTER] * 5, 5, "110 km", id="all"),
        pytest.param(BOTH, [METRES + DEGREES] * 8 + [METRES + MANCHESTER] * 2, 2, "110 km", id="some"),
        pytest.param(BOTH, [METRES + ("52.48504", "-1.90421")] * 5, 5, "660 m", id="less than a kilometre"),
        pytest.param("easting,northing,grid_ref", [(*METRES, "SP0660096800")] * 4, 4, "10 km", id="a reference"),
        pytest.param("lat,lon,geom", [(*MANCHESTER, "POINT (-1.90421 52.47904)")] * 4, 4, "110 km", id="WKT"),
        pytest.param(BOTH, [METRES + ("52.4792", "-1.9044")] * 5, 0, "", id="within rounding"),
        pytest.param(
            "easting,northing,grid_ref", [(*METRES, "SP0686")] * 4, 0, "", id="in the square of the reference"
        ),
        pytest.param("easting,northing,grid_ref", [(*METRES, "SP0688")] * 4, 4, "1.7 km", id="beside it"),
    ],
)
def test_two_places_of_one_row_that_are_far_apart_are_told(tmp_path, header, places, count, words):
    fixes, account = read(tmp_path, header, places)
    said = [w for w in account.warnings() if "another in" in w]
    assert len(fixes) == len(places) and len(said) == bool(count)
    if count:
        assert f" {count} rows have a place in" in said[0] and words in said[0] and "COLUMNS=" in said[0]


@pytest.mark.parametrize(
    ("other", "words"), [(("0", "0"), "(0, 0)"), (("-1", "-1"), "filler"), (("0.0", "0.000"), "(0, 0)")]
)
def test_a_second_pair_of_zeros_is_told(tmp_path, other, words):
    fixes, account = read(tmp_path, BOTH, [METRES + other] * 5)
    assert len(fixes) == 5 and not account.warnings()
    assert [n for what, n in account.found.items() if words in what and "'latitude' and 'longitude'" in what] == [5]


def test_a_second_pair_that_is_exchanged_is_told(tmp_path):
    fixes, account = read(tmp_path, BOTH, [METRES + DEGREES[::-1]] * 5)
    assert len(fixes) == 5 and any("not placed by 'latitude' and 'longitude'" in what for what in account.found)


# --- as people write places -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("lat,lon", ("52.47904 N", "1.90421 W")),
        ("lat,lon", ("52.47904N", "1.90421w")),
        ("lat,lon", ("N52.47904", "W1.90421")),
        ("lat,lon", ("52.47904°", "-1.90421°")),
        ("lat,lon", ("52,47904 N", "1,90421 W")),
        ("lat,lon", ("52°28'44.5''N", "1°54'15.2''W")),
        ("lat,lon", ("52° 28′ 44.5″ N", "1° 54′ 15.2″ W")),
        ("lat,lon", ("52 28 44.5", "-1 54 15.2")),
        ("lat,lon", ("52:28:44.5", "-1:54:15.2")),
        ("easting,northing", ("406600 m", "286800 m")),
        ("easting,northing", ("406600m", "286800m")),
        ("easting,northing", ("E406600", "N286800")),
        ("easting,northing", ("406600E", "286800 N")),
        ("geom", ("SRID=4326;POINT (-1.90421 52.47904)",)),
        ("geom", ("SRID=27700;POINT (406600 286800)",)),
        ("geom", ("SRID=3857;POINT (-211975.7 6887209.8)",)),
    ],
)
def test_places_as_people_write_them(tmp_path, header, place):
    quoted = tuple(f'"{p}"' for p in place)
    fixes, account = read(tmp_path, header, [quoted] * 3)
    assert np.hypot(fixes["x"] - 406_600, fixes["y"] - 286_800).max() < 10 and not account.warnings()


@pytest.mark.parametrize(
    ("header", "right", "wrong", "words"),
    [
        ("lat,lon", DEGREES, ("52.479 W", "1.904 N"), "no number"),
        ("easting,northing", METRES, ("406600 W", "286800"), "no number"),
        (
            "geom",
            ("SRID=27700;POINT (406600 286800)",),
            ("SRID=29903;POINT (333840 374010)",),
            "another reference system",
        ),
    ],
)
def test_letters_and_systems_that_do_not_fit_are_refused(tmp_path, header, right, wrong, words):
    fixes, account = read(tmp_path, header, [right] * 4 + [wrong], REJECT)
    assert len(fixes) == 4 and [n for why, n in account.dropped.items() if words in why] == [1]


@pytest.mark.parametrize("column", ["from", "home", "cell", "start", "To"])
def test_a_place_of_something_else_is_asked_about(tmp_path, column):
    header = f"{column}_easting,{column}_northing"
    _, account = read(tmp_path, header, [METRES] * 3)
    assert "3 rows take their place from" in account.warnings()[0]
    given = {"easting": f"{column}_easting", "northing": f"{column}_northing"}
    assert not read(tmp_path, header, [METRES] * 3, given=given)[1].warnings()
    for usual in ("gps_easting,gps_northing", "Easting (m),Northing (m)", "incident_easting,incident_northing"):
        assert not read(tmp_path, usual, [METRES] * 3)[1].warnings()


@pytest.mark.parametrize("place", ["High Street", "B1 1AA", "filled.count.soap", "J3384174012", '"52.479, -1.904"'])
@pytest.mark.parametrize("column", ["Location", "grid_ref"])
def test_events_whose_places_cannot_be_read_are_told(tmp_path, column, place):
    path = tmp_path / "events.csv"
    path.write_text(f"incident_no,type,start,{column}\nI1,Noise,13/06/2024 10:00,{place}\n", encoding="utf-8")
    source, mapping = prepared(path, "events")
    account = Account(source.name, "events")
    [(events, _)] = read_extract(source, mapping, KEY, account)
    assert len(events) == 1 and f"1 event has no place: none is read from {column!r}" in account.warnings()[0]


# --- squares ----------------------------------------------------------------------------------------------------------

KM = [(400_000, 290_000), (401_000, 291_000), (403_000, 290_000), (407_000, 299_000)]
EXACT = [(400_123 + 37 * i, 290_456 + 53 * i) for i in range(50)]


def texts_of(places):
    return [(f"{a}", f"{b}") for a, b in places]


@pytest.mark.parametrize(
    ("header", "places", "size", "count"),
    [
        pytest.param("easting,northing", texts_of(KM), "1 km", 4, id="whole kilometres"),
        pytest.param("easting,northing", texts_of((a + 500, b + 500) for a, b in KM), "1 km", 4, id="their middles"),
        pytest.param("X,Y", texts_of((10 * (a - 360_000), 10 * (b - 260_000)) for a, b in KM), "10 km", 4, id="10 km"),
        pytest.param("easting,northing", texts_of((a + 100, b + 300) for a, b in KM), "100 m", 4, id="100 m"),
        pytest.param("lat,lon", [("52.48", "-1.9"), ("52.49", "-1.91"), ("52.5", "-1.95"), ("52.4", "-1.88")], "1 km", 4, id="two decimals"),
        pytest.param("lat,lon", [("52.485", "-1.905"), ("52.495", "-1.915"), ("52.505", "-1.955"), ("52.405", "-1.885")], "1 km", 4, id="middles in degrees"),
        pytest.param("lat,lon", [("52.481", "-1.9"), ("52.49", "-1.912"), ("52.5", "-1.95"), ("52.4", "-1.88")], "100 m", 4, id="three decimals"),
        pytest.param("geom", [(f"POINT ({a} {b})",) for a, b in KM], "1 km", 4, id="WKT"),
        pytest.param("geom", [(f"POINT ({a} {b})",) for a, b in ((-1.9, 52.48), (-1.91, 52.49), (-1.95, 52.5), (-1.88, 52.4))], "1 km", 4, id="WKT in degrees"),
        pytest.param("grid_ref", [("SP066868",), ("SP067868",), ("SP068 868",), ("SP 069 869",)], "100 m", 4, id="six figures"),
        pytest.param("easting,northing", texts_of(EXACT[:36] + KM), "1 km", 4, id="a tenth of the rows"),
        pytest.param("easting,northing", texts_of(EXACT + KM), "", 0, id="a few among many: chance"),
        pytest.param("easting,northing", texts_of([*EXACT[:5], KM[0]]), "", 0, id="one among few"),
        pytest.param("easting,northing", texts_of([KM[0]] * 30), "", 0, id="one place again and again"),
        pytest.param("easting,northing", [NONE] * 9 + texts_of(KM[:3]), "", 0, id="three places"),
        pytest.param("lat,lon", [("52.4812", "-1.9"), ("52.49", "-1.9121"), ("52.5", "-1.9511"), ("52.4", "-1.8834")], "", 0, id="four decimals"),
        pytest.param("grid_ref", [("SP06608680",), ("SP0661086800",)], "", 0, id="eight figures"),
    ],
)  # fmt: skip
def test_positions_that_are_squares_are_told(tmp_path, header, places, size, count):
    fixes, account = read(tmp_path, header, places)
    said = [w for w in account.warnings() if "rounded to" in w]
    assert len(fixes) == sum(any(p) for p in places)
    if count:
        assert len(said) == 1 and f" {count} positions are rounded to {size}:" in said[0]
    else:
        assert not said


@pytest.mark.parametrize("reference", ["SP09", "SP 0 9", "sp0986", "SP 09 86"])
def test_a_fix_known_to_a_square_of_a_kilometre_is_no_position(tmp_path, reference):
    places = [("SP 0660 8680",)] * 3 + [(reference,)] * 2
    fixes, account = read(tmp_path, "grid_ref", places, REJECT)
    assert len(fixes) == 3 and [n for why, n in account.dropped.items() if "square of 1 km or more" in why] == [2]
    with pytest.raises(FileError, match="square of 1 km or more"):
        read(tmp_path, "grid_ref", places)


def test_beside_coordinates_a_short_reference_takes_nothing_away(tmp_path):
    fixes, account = read(tmp_path, "easting,northing,grid_ref", [("406612", "286823", "SP0686")] * 3, REJECT)
    assert len(fixes) == 3 and not account.dropped and not account.warnings()


# One rule for what stands in place of both coordinates: the record is kept, without a place, and said.
@pytest.mark.parametrize("header", ["easting,northing", "latitude,longitude", "wkt"])
@pytest.mark.parametrize("filler", ["-1,-1", "1,1", "9999999999,9999999999", "999999,9999999", "-999,-9999", "2147483647,2147483647"])  # fmt: skip
def test_an_event_at_a_filler_is_kept_without_a_place(tmp_path, header, filler):
    places = [",".join(METRES if header.startswith("east") else DEGREES), filler]
    if header == "wkt":
        places = [f"POINT ({p.replace(',', ' ')})" for p in (",".join(METRES), filler)]
    path = tmp_path / "events.csv"
    rows = [f"I{i},Noise,13/06/2024 10:00,{p}" for i, p in enumerate([places[0]] * 3 + [places[1]])]
    path.write_text("\n".join([f"incident_no,type,start,{header}", *rows]), encoding="utf-8")
    source, mapping = prepared(path, "events")
    account = Account(source.name, "events")
    events = pd.concat([e for e, _ in read_extract(source, mapping, KEY, account)])
    assert events["x"].notna().tolist() == [True] * 3 + [False] and not account.dropped
    assert any("filler" in w for w in account.warnings())

"""Opening and exporting one officer-day: recorded first, of nobody known, and nothing beside it."""

import json
import os
import sys

import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError, PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.journey import COLUMNS
from ia_plugin.core.params import PURPOSES
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.journeys import EXPORT, events_of_hours, export_journey
from ia_plugin.store.repeated_looks import LOOKED, OPENED, REPEATED, repeated_looks
from ia_plugin.store.tables import RESTRICTED
from ia_plugin.store.trace import Tracer
from tests.support.sqlite_files import sqlite_file
from tests.support.stores import AT, bring_up_to_date, extract

PURPOSE = PURPOSES[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("journeys")
    watched = root / "watched"
    watched.mkdir()
    for i in range(4):
        extract(watched / f"{i}.csv", day=f"2024-06-0{3 + i}", seed=i, fixes=60, hour=10)
    bring_up_to_date(root / "s", watched)
    return root / "s"


@pytest.fixture
def store(folder, tmp_path):
    import shutil

    return shutil.copytree(folder, tmp_path / "s")


def runs(store):
    with GeoPackage(store / RESTRICTED, create=False) as package:
        return package.read("runs")


def visits_of_one(store):
    """A visit of one officer on each of their days: (visit_id, officer)."""
    with GeoPackage(store / RESTRICTED, create=False) as package:
        table = package.read("visits", order="enter")
    table = table.assign(day=table["enter"].dt.strftime("%Y-%m-%d")).drop_duplicates(["officer_id", "day"])
    officer = table["officer_id"].value_counts().index[0]
    return table.loc[table["officer_id"] == officer, "visit_id"].tolist(), officer


def opened(store, visit, at=AT, purpose=PURPOSE):
    return Tracer(store, purpose, version="1").journey(int(visit), at=at)


def test_a_journey_is_the_whole_day_of_the_officer_under_a_label_of_the_session(store):
    (visit, *_), officer = visits_of_one(store)
    tracer = Tracer(store, PURPOSE, version="1")
    known = tracer.visits(FilterState(), ("a", "b"), at=AT).visits.set_index("visit_id").loc[visit]
    found = tracer.journey(visit, at=AT)
    assert found.officer_day == known["officer_day"] and opened(store, visit).officer_day != found.officer_day
    assert tuple(found.fixes.columns) == COLUMNS and len(found.fixes) == 60 and found.left_out == 0
    assert found.fixes["source"].str.match(r"\d\.csv, line \d+").all()
    assert found.fixes["link"].tolist() == ["reported"] * 59 + [""]
    assert officer not in found.fixes.to_csv() + repr(found)


def test_a_radio_that_was_off_for_days_at_one_place_was_at_rest_there(tmp_path):
    """Switched off on Monday at 12:00 and on again on Friday at the same place, away from any police site."""
    home, rows = (400_900, 280_900), []
    for day, clock, start, end in (
        ("03", "10:00", (399_100, 279_100), home),
        ("07", "10:00", home, (399_100, 279_100)),
    ):
        for k in range(61):
            x, y = (a + (b - a) * k / 60 for a, b in zip(start, end))
            time = pd.Timestamp(f"2024-06-{day} {clock}") + pd.Timedelta(2 * k, "min")
            rows.append((500, f"{time:%d/%m/%Y %H:%M:%S}", x, y, "North"))
    watched = tmp_path / "watched"
    watched.mkdir()
    table = pd.DataFrame(rows, columns=["Collar", "DateTime", "Easting", "Northing", "Unit"])
    table.to_csv(watched / "one.csv", index=False)
    bring_up_to_date(tmp_path / "s", watched)
    visits, _ = visits_of_one(tmp_path / "s")
    days = [opened(tmp_path / "s", visit) for visit in visits]
    assert [d.day for d in days] == ["2024-06-03", "2024-06-07"] and all(not d.any_sites for d in days)
    # Reports stand 42.4 m apart on the way: twelve lie within 500 m of the end, one more within 500 m of the middle of the rest.
    for day in days:
        assert day.left_out in (12, 13) and len(day.fixes) == 61 - day.left_out
        assert ((day.fixes["x"] - home[0]) ** 2 + (day.fixes["y"] - home[1]) ** 2 > 500**2).all()


def days_that_end_at(folder, home, way=61, days=("03", "04", "05")):
    """An extract of one officer who goes to a place two minutes a report, rests there for six hours and half an hour, and goes back."""
    rows = []
    for day in days:
        for k in range(2 * way + 195):
            step = min(k, way) if k < way + 195 else 2 * way + 195 - k
            x, y = (a + (b - a) * step / way for a, b in zip((399_100, 279_100), home))
            time = pd.Timestamp(f"2024-06-{day} 04:00") + pd.Timedelta(2 * k, "min")
            rows.append((500, f"{time:%d/%m/%Y %H:%M:%S}", round(x, 1), round(y, 1), "North"))
    folder.mkdir()
    table = pd.DataFrame(rows, columns=["Collar", "DateTime", "Easting", "Northing", "Unit"])
    table.to_csv(folder / "one.csv", index=False)
    return folder


def test_a_rest_at_home_is_left_out_of_a_visit_as_of_an_officer_day(tmp_path):
    """Home lies in area b: what is behind the visit there has no report within 500 m of it, no leg to one, and nor has the officer-day."""
    home = (400_900, 280_900)
    bring_up_to_date(tmp_path / "s", days_that_end_at(tmp_path / "watched", home))
    tracer = Tracer(tmp_path / "s", PURPOSE, version="1")
    visits = tracer.visits(FilterState(), ("b",), at=AT).visits
    for visit in visits["visit_id"]:
        found, day = tracer.behind(int(visit), at=AT), tracer.journey(int(visit), at=AT)
        assert found.left_out > 190 and 0 < len(found.fixes) < 60
        assert ((found.fixes["x"] - home[0]) ** 2 + (found.fixes["y"] - home[1]) ** 2 > 500**2).all()
        for end in ("0", "1"):
            assert ((found.legs[f"x{end}"] - home[0]) ** 2 + (found.legs[f"y{end}"] - home[1]) ** 2 > 500**2).all()
        assert "left out" in set(found.fixes["link"])
        assert set(found.fixes["time"]) <= set(day.fixes["time"]), (
            "one rule: the officer-day shows all that the visit shows"
        )


def test_a_rest_at_a_police_site_stays_behind_a_visit(tmp_path):
    import shapely

    from ia_plugin.store.refresh import refresh, set_areas
    from tests.support import stores

    station = (400_900, 280_900)
    bring_up_to_date(tmp_path / "s", days_that_end_at(tmp_path / "watched", station))
    with stores.Store(tmp_path / "s", stores.KEY) as opened:
        site = {"area_id": "st", "role": "site", "geometry": shapely.box(400_850, 280_850, 400_950, 280_950)}
        set_areas(opened, pd.concat([stores.AREAS, pd.DataFrame([site])], ignore_index=True))
        refresh(opened, stores.TrackParams(), stores.PresenceParams(method="linear"), model=stores.default_model())
    tracer = Tracer(tmp_path / "s", PURPOSE, version="1")
    visit = tracer.visits(FilterState(), ("st",), at=AT).visits["visit_id"].iloc[0]
    found = tracer.behind(int(visit), at=AT)
    assert found.left_out == 0 and len(found.fixes) > 190


def test_the_record_of_a_visit_has_its_day_and_not_the_number_that_leads_to_the_officer(store):
    visits, officer = visits_of_one(store)
    Tracer(store, PURPOSE, version="1").behind(int(visits[0]), at=AT)
    row = runs(store).iloc[-1]
    assert (row["what"], row["purpose"], row["audience"]) == ("trace of a visit", PURPOSE, "restricted")
    assert json.loads(row["parameters"]) == {"day": "2024-06-03"} and officer not in str(row.to_dict())


def test_each_opening_is_recorded_and_leads_to_nobody(store):
    visits, officer = visits_of_one(store)
    opened(store, visits[0])
    row = runs(store).iloc[-1]
    assert (row["what"], row["purpose"], row["audience"]) == (OPENED, PURPOSE, "restricted")
    assert json.loads(row["parameters"]) == {"day": "2024-06-03"}
    with sqlite_file(store / RESTRICTED) as file:
        marks = file.execute("SELECT * FROM look_marks").fetchall()
    assert len(marks) == 1 and officer not in str(marks) and str(visits[0]) not in str(marks) + str(row.to_dict())


def test_what_cannot_be_recorded_is_not_shown(store):
    (visit, *_), _ = visits_of_one(store)
    Tracer(store, PURPOSE, version="1").opened("trace", at=AT)
    with sqlite_file(store / RESTRICTED) as file:
        file.execute("CREATE TRIGGER no BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(StoreError):
        opened(store, visit)
    with sqlite_file(store / RESTRICTED) as file:
        assert not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'look_marks'").fetchall()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_that_may_only_be_read_shows_no_journey(store):
    (visit, *_), _ = visits_of_one(store)
    (store / RESTRICTED).chmod(0o400)
    with pytest.raises(StoreError):
        opened(store, visit)


def test_the_third_look_at_one_officer_is_told_to_the_owner_of_the_record(store):
    visits, officer = visits_of_one(store)
    for i, visit in enumerate(visits[:2]):
        opened(store, visit, AT + pd.Timedelta(i, "D"))
    assert REPEATED not in set(runs(store)["what"])
    opened(store, visits[2], AT + pd.Timedelta(2, "D"), PURPOSES[4])
    row = runs(store).iloc[-1]
    assert row["what"] == REPEATED and json.loads(row["parameters"]) == {"looks": 3, "within days": 30}
    found = repeated_looks(store, at=AT + pd.Timedelta(3, "D"))
    assert found[["what", "looks", "purposes"]].values.tolist() == [[LOOKED, 3, f"{PURPOSE}, {PURPOSES[4]}"]]
    assert found["people"].iloc[0] == row["who"] and (found["first"].iloc[0], found["last"].iloc[0]) == ("2024-07-01", "2024-07-03")  # fmt: skip
    assert officer not in found.to_csv()


def test_repeated_looks_stand_on_the_page_about_the_data_and_single_ones_do_not(store):
    from datetime import date

    from ia_plugin.core.about.page import about_html
    from ia_plugin.store.about_facts import about_of

    visits, officer = visits_of_one(store)
    now = pd.Timestamp.now(tz="UTC")
    opened(store, visits[0], now)
    assert "Repeated looks" not in about_html(about_of(store), date.today())
    opened(store, visits[1], now)
    page = about_html(about_of(store), date.today())
    assert "One officer was looked at 2 times (officer-day or visit)" in page and officer not in page
    (store / RESTRICTED).rename(store / "elsewhere.gpkg")
    assert about_of(store).looks == ()


def test_going_back_to_a_day_in_one_session_is_one_look(store):
    (visit, *_), _ = visits_of_one(store)
    tracer = Tracer(store, PURPOSE, version="1")
    for _ in range(4):
        tracer.journey(visit, at=AT)
    assert (runs(store)["what"] == OPENED).sum() == 4 and REPEATED not in set(runs(store)["what"])
    assert not len(repeated_looks(store, at=AT))
    opened(store, visit)
    assert repeated_looks(store, at=AT)["looks"].tolist() == [2]


def test_an_opened_visit_is_a_look_at_its_officer_once_with_its_day(store):
    (first, second, *_), _ = visits_of_one(store)
    tracer = Tracer(store, PURPOSE, version="1")
    tracer.behind(first, at=AT)
    tracer.journey(first, at=AT)
    assert not len(repeated_looks(store, at=AT))
    Tracer(store, PURPOSE, version="1").behind(second, at=AT)
    Tracer(store, PURPOSE, version="1").behind(second, at=AT)
    assert repeated_looks(store, at=AT)["looks"].tolist() == [3] and REPEATED in set(runs(store)["what"])


def test_looks_at_different_officers_are_not_added(store):
    with GeoPackage(store / RESTRICTED, create=False) as package:
        table = package.read("visits").drop_duplicates("officer_id")
    for visit in table["visit_id"].head(5):
        opened(store, visit)
    assert not len(repeated_looks(store, at=AT)) and REPEATED not in set(runs(store)["what"])


def test_marks_and_their_secret_go_after_thirty_days(store):
    visits, _ = visits_of_one(store)
    opened(store, visits[0])
    with sqlite_file(store / RESTRICTED) as file:
        secret = file.execute("SELECT secret FROM look_secret").fetchall()
    later = AT + pd.Timedelta("31D")
    assert not len(repeated_looks(store, at=later))
    opened(store, visits[1], later)
    with sqlite_file(store / RESTRICTED) as file:
        assert file.execute("SELECT count(*) FROM look_marks").fetchone() == (1,)
        assert file.execute("SELECT secret FROM look_secret").fetchall() != secret


@pytest.mark.parametrize("name", ["day.csv", "day.GPKG"])
def test_an_export_holds_that_day_alone_and_is_recorded_with_a_purpose_of_its_own(store, tmp_path, name):
    (visit, *_), officer = visits_of_one(store)
    found = opened(store, visit)
    path = export_journey(store, found, tmp_path / name, PURPOSES[4], at=AT, version="1")
    row = runs(store).iloc[-1]
    assert (row["what"], row["purpose"], row["rows_used"]) == (EXPORT, PURPOSES[4], 60)
    if name.endswith(".csv"):
        text = path.read_text(encoding="utf-8-sig")
        head, names, *rows = text.splitlines()
        assert names == "officer_day,time,x,y,accuracy_m,link,seconds,source" and len(rows) == 60
        assert rows[0].startswith(f"{found.officer_day},2024-06-03T10:00:00+01:00,")
    else:
        with GeoPackage(path, create=False) as package:
            table, layers = package.read("journey"), package.tables()
        assert layers == ["journey"] and set(table["officer_day"]) == {found.officer_day} and len(table) == 60
        head, text = table["marking"].iloc[0], table.to_csv()
    assert "Restricted: for training" in head and "the link is not the route" in head and officer not in text
    assert not [w for w in ("category", "Burglary", "event") if w in text]


def test_an_export_is_refused_where_it_may_not_be(store, tmp_path):
    (visit, *_), _ = visits_of_one(store)
    found = opened(store, visit)
    with pytest.raises(PrivacyError, match="not on the list"):
        export_journey(store, found, tmp_path / "a.csv", "individual performance", at=AT, version="1")
    with pytest.raises(ParameterError, match=r"neither \.csv nor \.gpkg"):
        export_journey(store, found, tmp_path / "a.shp", PURPOSE, at=AT, version="1")
    (store / RESTRICTED).rename(store / "gone.gpkg")
    with pytest.raises(StoreError, match="no restricted"):
        export_journey(store, found, tmp_path / "a.csv", PURPOSE, at=AT, version="1")
    assert not (tmp_path / "a.csv").exists()


def test_events_of_its_hours_are_for_the_map_alone_and_none_is_sensitive(store):
    from ia_plugin.store.summary import summary_path

    (visit, *_), _ = visits_of_one(store)
    found = opened(store, visit)  # 3 June 2024, 09:00 to 10:58 UTC
    rows = [("Burglary", "09:30", "10:30", "minute"), ("Burglary", "08:00", "09:00", "hour"), ("Burglary", "11:30", "11:30", "minute"),
            ("Rape of a female", "09:30", "09:30", "minute"), ("Burglary", "00:00", "23:59", "day")]  # fmt: skip
    table = pd.DataFrame(
        {
            "kind": "crime",
            "category": [r[0] for r in rows],
            "start": [pd.Timestamp(f"2024-06-03T{r[1]}Z") for r in rows],
            "end": [pd.Timestamp(f"2024-06-03T{r[2]}Z") for r in rows],
            "time_precision": [r[3] for r in rows],
            "location_precision": "point",
            "x": [400_000.0 + i for i in range(5)],
            "y": 280_000.0,
        }
    )
    assert not len(events_of_hours(store, found))
    with GeoPackage(summary_path(store), create=False) as package:
        package.append("event_points", table)
    shown = events_of_hours(store, found)
    assert list(shown.columns) == ["kind", "x", "y"] and shown["x"].tolist() == [400_000, 400_001]


def test_a_visit_that_is_gone_is_said(store):
    with pytest.raises(StoreError, match="not in the store any more"):
        opened(store, 12)

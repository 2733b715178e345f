"""The daily refresh of a folder of mixed extracts: what each file is, which are read, and the figures that come of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tests.support.workbooks import write_workbook

pytestmark = pytest.mark.qgis

SQUARES = {
    "here": "POLYGON((400000 280000,401000 280000,401000 281000,400000 281000,400000 280000))",
    "there": "POLYGON((402000 280000,403000 280000,403000 281000,402000 281000,402000 280000))",
}
ROLES = {"here": "impact", "there": "comparison"}
FIXES = "Collar,Time,Easting,Northing\n" + "".join(
    f"4512,2024-06-03 {10 + m // 60}:{m % 60:02}:00,400500,280500\n" for m in range(121)
)


@pytest.fixture
def watched(tmp_path, monkeypatch):
    (tmp_path / "force.key").write_bytes(b"a key for tests, of no force at all")
    (tmp_path / "force.key").chmod(0o600)
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


@pytest.fixture
def refresh(run, polygons, watched):
    """Write files into the folder, refresh the store, and give (results, log)."""

    def refreshed(files, **more):
        for name, text in files.items():
            (watched / name).parent.mkdir(exist_ok=True, parents=True)
            (watched / name).write_text(text, encoding="utf-8")
        asked = {"INPUT": str(watched), "STORE": str(watched.parent / "store"), "METHOD": "linear"}
        return run("dailyrefresh", {**asked, "AREAS": polygons(SQUARES, roles=ROLES), "AREA_ID_FIELD": "code", **more})

    return refreshed


def counts(watched, first=3, last=3):
    """Incidents, crimes and searches in the Impact Area on days of June 2024; None where not known."""
    from ia_plugin.core.filter_state import FilterState
    from ia_plugin.core.material.figures import figures
    from ia_plugin.store.summary import read_summary

    state = FilterState(first=date(2024, 6, first), last=date(2024, 6, last))
    table = figures(read_summary(watched.parent / "store"), state).table.set_index("key")["value"]
    return [None if table[k] != table[k] else float(table[k]) for k in ("incidents", "crimes", "searches")]


def events(header, *days, what="Theft"):
    """An extract of one record a day at ten, in the Impact Area."""
    rows = (f"R{d},{what},2024-06-{d:02} 10:00,400500,280500\n" for d in days)
    return f"{header},Easting,Northing\n" + "".join(rows)


def test_each_extract_counts_as_what_it_is(refresh, watched):
    """Columns tell incidents, crimes and searches apart; none of them lands among the crimes unsaid."""
    files = {
        "fixes.csv": FIXES,
        "june.csv": events("Incident No,Incident type,Created", 3),
        "more.csv": events("Crime No,Offence,Committed from", 3),
        "stops.csv": events("Search ref,Object of search,Search date", 3, what="Drugs"),
    }
    _, log = refresh(files)
    assert counts(watched) == [1, 1, 1] and not log.warned
    assert any("as incidents, as the column 'Incident type' tells" in s for s in log.said)


def test_else_the_name_of_the_folder_or_of_the_file_tells_it(refresh, watched):
    bare = "Ref,Type,Start"
    files = {
        "fixes.csv": FIXES,
        "Incidents/a.csv": events(bare, 3),
        "events/stop and search/b.csv": events(bare, 3, what="Drugs"),
        "crimes_june.csv": events(bare, 3, what="Arson"),
    }
    _, log = refresh(files)
    assert counts(watched) == [1, 1, 1] and not log.warned
    _, log = refresh({"north.csv": events(bare, 4)})
    assert counts(watched, 4, 4) == [None, 1, None]
    assert any("nothing says which of crimes" in w for w in log.warned)


def test_a_saved_mapping_takes_the_kind_of_the_folder_too(refresh, watched):
    (watched.parent / "mappings").mkdir()
    mapping = '{"kind": "events", "columns": {"event_id": "Ref", "category": "Type", "start": "Start", "easting": "Easting", "northing": "Northing"}}'
    (watched.parent / "mappings/events.json").write_text(mapping, encoding="utf-8")
    refresh({"fixes.csv": FIXES, "incidents/a.csv": events("Ref,Type,Start", 3)}, MAPPINGS=str(watched.parent / "mappings"))  # fmt: skip
    assert counts(watched) == [1, None, None]


def test_spreadsheets_are_among_the_files(refresh, watched):
    table = [["Incident No", "Incident type", "Created", "Easting", "Northing"], ["R1", "Theft", "2024-06-03 10:00", 400500, 280500]]  # fmt: skip
    write_workbook(watched / "book.xlsx", {"Sheet1": table})
    results, _ = refresh({"fixes.csv": FIXES})
    assert results["FILES"] == 2 and counts(watched) == [1, None, None]


FORCE = {
    # unit: (collars, easting, hours of the day, days of June 2024); each officer stands still and is heard every minute
    "North": (range(100, 106), 400_500, (10, 12), (3, 10)),
    "South": (range(200, 205), 400_500, (13, 14), (3, 4, 10)),
    "West": (range(300, 305), 402_500, (10, 11), (4,)),
    "Dogs": (range(400, 403), 400_500, (10, 11), (5, 12)),
    "Roads": (range(500, 502), 400_500, (10, 11), (5, 12)),
}


def extract_of_force():
    """An extract of FORCE in June, and of the North on 4 July, which closes the month."""
    rows = ["Collar,Time,Easting,Northing,Unit"]
    for unit, (collars, east, (first, last), days) in FORCE.items():
        dates = [f"2024-06-{d:02}" for d in days] + ["2024-07-04"] * (unit == "North")
        times = [f"{day} {m // 60}:{m % 60:02}:00" for day in dates for m in range(60 * first, 60 * last + 1)]
        rows += [f"{collar},{time},{east},280500,{unit}" for collar in collars for time in times]
    return "\n".join(rows) + "\n"


def told_by_unit(watched):
    """(area or role, unit, weekday, first hour, hours) -> officer hours, as anyone reads them in the file of the summary."""
    with closing(sqlite3.connect(watched.parent / "store" / "summary.gpkg")) as file:
        return {
            row[:5]: row[5] / 3600
            for row in file.execute(
                "SELECT area_id, value, weekday, first_hour, hours, officer_seconds FROM group_time WHERE dimension = 'unit'"
            )
        }


def test_a_closed_month_is_told_by_unit_in_hours_that_are_added_by_hand(refresh, watched):
    """Six of the North for two hours on two days are 24 hours; five of the South for one hour on three days are 15.

    Three dog handlers and two of the roads are too few each and told together: five officers, an hour on two days. The West is alone
    in its area, whose hours are told with all units together: nothing is left to tell apart.
    """
    refresh({"fixes.csv": extract_of_force()})
    monday, tuesday, wednesday = range(3)
    assert told_by_unit(watched) == {
        ("here", "North", -1, 0, 24): 24.0,
        ("here", "South", -1, 0, 24): 15.0,
        ("here", "other", -1, 0, 24): 10.0,
        ("(impact)", "North", monday, 10, 1): 12.0,
        ("(impact)", "North", monday, 11, 1): 12.0,
        ("(impact)", "South", monday, 13, 1): 10.0,
        ("(impact)", "South", tuesday, 13, 1): 5.0,
        ("(impact)", "other", wednesday, 10, 1): 10.0,
    }


def test_flags_that_readers_left_are_taken_in_and_a_bad_one_stops_nothing(refresh, watched):
    import os

    import pandas as pd

    from ia_plugin.store.flags import DROPS, drop_flag, read_flags

    store = watched.parent / "store"
    _, log = refresh({"fixes.csv": FIXES})
    assert not log.warned and not any("flag" in s for s in log.said)
    (store / DROPS).mkdir()
    drop_flag(store, "IA-1A2B-3C4D", "Too low for a Monday.", at=pd.Timestamp.now(tz="UTC"))
    (store / DROPS / "flag_x.json").write_text('["no flag"]', encoding="utf-8")
    os.utime(store / DROPS / "flag_x.json", (1, 1))
    results, log = refresh({})
    assert results["SUMMARY"].startswith("dailyrefresh: ok") and "1 flag on a figure was taken in." in log.said
    assert [w for w in log.warned if "set aside" in w and "no file of a flag" in w]
    assert read_flags(store)["text"].tolist() == ["Too low for a Monday."]


def test_the_refresh_finds_how_late_crimes_come_and_the_default_period_ends_before(refresh, watched, run):
    """Crimes of May to 3 June, 60 % recorded on their day, 90 % a day later: two days are still filling."""
    from ia_plugin.core.material.filled_days import filled_to
    from ia_plugin.store.summary import read_summary
    from tests.support.late_records import events_of
    from tests.support.outcomes import rows_of

    crimes = events_of(34, until="2024-06-04")
    local = {
        n: crimes[n].dt.tz_convert("Europe/London").dt.strftime("%d/%m/%Y %H:%M") for n in ("start", "recorded_at")
    }
    rows = [f"C{i},Theft,{a},{b},400500,280500\n" for i, (a, b) in enumerate(zip(local["start"], local["recorded_at"]))]
    header = "Crime No,Offence,Committed from,Date Recorded,Easting,Northing\n"
    refresh({"fixes.csv": FIXES, "crimes/crimes.csv": header + "".join(rows)})
    material = read_summary(watched.parent / "store")
    delay = material.delays["crime"]
    assert (delay.basis, delay.days, delay.filled_to) == ("recorded", 2, date(2024, 6, 1))
    assert filled_to(material, "crimes") == date(2024, 6, 1) and filled_to(material, "incidents") is None
    results, _ = run(
        "answers",
        {
            "STORE": str(watched.parent / "store"),
            "FIRST_DAY": "2024-05-28",
            "LAST_DAY": "2024-06-03",
            "OUTPUT": "memory:",
        },
    )
    sentences = [r["sentence"] for r in rows_of(results["OUTPUT"])]
    assert "Crimes: days after 1 Jun 2024 are still filling (95 % are recorded within 2 days)." in sentences


def test_the_summary_of_a_cluster_is_taken_in_place_of_extracts(refresh, run, watched, tmp_path):
    """It needs neither a key nor a watched folder, and stands in a folder that has no store of its own."""
    from ia_plugin.gpkg.geopackage import GeoPackage
    from ia_plugin.store.summary import read_summary

    refresh({"fixes.csv": FIXES})
    made = tmp_path / "made.gpkg"
    made.write_bytes((watched.parent / "store" / "summary.gpkg").read_bytes())
    with GeoPackage(made) as package:
        package.executemany(
            "INSERT INTO about (name, value) VALUES (?, ?)", [("stands_alone", "yes"), ("cluster_run", "1")]
        )
    results, _ = run("dailyrefresh", {"STORE": str(tmp_path / "taken"), "SUMMARY": str(made)})
    assert results["SUMMARY"] == "dailyrefresh: ok, the summary of 1 was taken, 2 hours"
    assert len(read_summary(tmp_path / "taken").areas) == 2


def test_a_refresh_is_given_a_watched_folder_or_a_summary_and_not_both(run, watched, tmp_path):
    from qgis.core import QgsProcessingException

    for asked, words in (
        ({}, "no watched folder"),
        ({"INPUT": str(watched), "SUMMARY": str(watched / "a.gpkg")}, "both given"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            run("dailyrefresh", {"STORE": str(tmp_path / "other"), **asked})

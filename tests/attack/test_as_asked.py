"""An officer-day asked for in SQL shows what the plugin shows of it, and nothing beside: no rest at home, no hour of another day.

Officer p1 leaves a police station at 08:00 on 3 June, drives about until 12:00 and on to a place two kilometres away, where the radio
stays on from 13:00 to 14:00, as on the evening before from 19:00 to 23:00 and on the next morning from 06:00 to 07:00. Reports come
every five minutes, civil time (an hour before UTC). What is shown of the day ends at 12:40: at 12:45 the place is 500 m away.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
import shapely

from ia_plugin.core.privacy import officer_day, pseudonymise
from ia_plugin.store.postgis.add_rows import check_label
from ia_plugin.store.postgis.home import PostgisStore
from tests.support.postgis import Cluster
from tests.support.shared_store import ASK, PURPOSE, SharedStore, shared_store
from tests.support.stores import AREAS, KEY
from tests.support.turns import legs_of, reports

OFFICER = pseudonymise(pd.Series(["4512"]), KEY).iloc[0]
HOME = (408_000, 303_000)
SHOWN = 4 * 12 + 9  # 08:00 to 12:40, both shown
OWN_DATA = "answering an officer's request for their own data".replace("'", "''")
SEEN = "SELECT count(*), min(time AT TIME ZONE 'Europe/London')::time, max(time AT TIME ZONE 'Europe/London')::time FROM {place}"


def movement() -> pd.DataFrame:
    x, y = HOME
    turn = reports(
        ("08:00:00", 60, 400_000, 300_000),
        ("09:00:00", 180, 401_000, 300_000, x - 2_000, y),
        ("12:00:00", 60, x - 2_000, y, x, y),
        ("13:00:00", 60, x, y),
    )
    parts = [
        reports(("19:00:00", 240, x, y), day="2024-06-02"),
        turn,
        reports(("06:00:00", 60, x, y), day="2024-06-04"),
    ]
    return pd.concat(parts, ignore_index=True).assign(officer_id=OFFICER)


def labels() -> dict[str, str]:
    days = pd.to_datetime(pd.Series([f"2024-06-0{d}T12:00Z" for d in (2, 3, 4)]))
    found = officer_day(pd.Series([OFFICER] * 3), days, "Europe/London", KEY)
    return dict(zip(("before", "day", "after"), found))


@pytest.fixture(scope="module")
def force(postgis: Cluster) -> Iterator[SharedStore]:
    fixes = movement()
    legs = legs_of(fixes).assign(officer_id=OFFICER, track_id=1, leg_id=range(len(legs_of(fixes))))
    site = {"area_id": ["st"], "role": ["site"], "geometry": [shapely.box(399_950, 299_950, 400_050, 300_050)]}
    visit = {"visit_id": [1], "area_id": "a", "officer_id": OFFICER, "track_id": 1, "seconds": 60.0, "seconds_low": 60.0, "seconds_high": 60.0, "seconds_sd": 0.0}  # fmt: skip
    at = {n: pd.to_datetime([f"2024-06-03T{t}Z"]) for n, t in (("enter", "09:00"), ("leave", "09:20"))}
    with shared_store(postgis, filled=False) as shared:
        with PostgisStore(shared.target("lee"), KEY) as store, store.together("test"):
            store.put("areas", pd.concat([AREAS, pd.DataFrame(site)], ignore_index=True))
            for name, rows in (("fixes", fixes), ("legs", legs), ("visits", pd.DataFrame({**visit, **at}))):
                store.append(name, rows)
            gap = {"officer_id": [OFFICER], "duration_s": 25_200.0, "reason": "silence", "same_place": True}
            ends = {"start": pd.to_datetime(["2024-06-03T03:00Z"]), "end": pd.to_datetime(["2024-06-03T07:00Z"]), "x0": 0.0, "y0": 0.0, "x1": 0.0, "y1": 0.0}  # fmt: skip
            store.append("gaps", pd.DataFrame({**gap, **ends}))
        yield shared


@pytest.fixture
def untouched(force: SharedStore) -> SharedStore:
    """A store in which nobody has asked for anything."""
    force.cluster.psql(
        "ALTER TABLE ia_records.runs DISABLE TRIGGER ALL", "TRUNCATE ia_records.runs", "ALTER TABLE ia_records.runs ENABLE TRIGGER ALL",
        "TRUNCATE ia_restricted.looks", database=force.database,
    )  # fmt: skip
    return force


RAW = {
    "the layer": [SEEN.format(place="ia_journeys.fixes")],
    "the function behind it": [SEEN.format(place="ia_journeys.fixes_asked()")],
    "its legs": [SEEN.format(place='(SELECT "start" AS time FROM ia_journeys.legs UNION SELECT "end" FROM ia_journeys.legs) l')],
    "a prepared statement": [f"PREPARE p AS {SEEN.format(place='ia_journeys.fixes')}", "EXECUTE p"],
    "a cursor": ["BEGIN", f"DECLARE c CURSOR FOR {SEEN.format(place='ia_journeys.fixes')}", "FETCH c", "COMMIT"],
    "a copy": [f"COPY ({SEEN.format(place='ia_journeys.fixes')}) TO STDOUT (DELIMITER '|')"],
    "days joined": [SEEN.format(place="ia_journeys.fixes f JOIN ia_journeys.legs l ON l.start = f.time OR l.end = f.time").replace("time AT", "f.time AT").replace("count(*)", "count(DISTINCT f.fid)")],
}  # fmt: skip


@pytest.mark.parametrize("way", RAW)
def test_a_day_shows_its_own_reports_without_the_rest_at_home(untouched: SharedStore, way: str) -> None:
    untouched.ask("ivan", labels()["day"])
    assert untouched.psql("ivan", *RAW[way]) == f"{SHOWN}|08:00:00|12:40:00"


def test_a_rest_that_stands_alone_is_left_out_of_its_day_too(untouched: SharedStore) -> None:
    for day in ("before", "after"):
        untouched.ask("ivan", labels()[day])
    assert untouched.psql("ivan", "SELECT count(*) FROM ia_journeys.fixes") == "0"
    assert untouched.psql("ivan", "SELECT count(*) FROM ia_journeys.legs") == "0"


def test_settings_of_ones_own_show_less_and_never_more(untouched: SharedStore) -> None:
    untouched.ask("ivan", labels()["day"])
    look = "SELECT count(*) FROM ia_journeys.fixes"
    assert untouched.psql("ivan", "SET ia.look = '1'", look) == "0"
    assert "would be affected by row-level security" in untouched.psql("ivan", "SET row_security = off", look)


def listed_and_opened(store: SharedStore, whole_day: bool) -> str:
    asked = f"SELECT ia_journeys.ask_visits(ARRAY['a'], NULL, NULL, '{{}}', '{{}}', '{PURPOSE}', 't')"
    assert store.psql("ivan", asked).isdigit()
    return store.psql("ivan", f"SELECT ia_journeys.ask_visit(1, '2024-06-03 09:00Z', {whole_day}, '{PURPOSE}', 't')")


def test_the_functions_give_what_the_layer_gives(untouched: SharedStore) -> None:
    run = listed_and_opened(untouched, True)
    assert untouched.psql("ivan", SEEN.format(place=f"ia_journeys.reports({run})")) == f"{SHOWN}|08:00:00|12:40:00"
    assert untouched.psql("ivan", f"SELECT * FROM ia_journeys.look_facts({run})") == f"{6 * 12 - SHOWN}|t|f|f"
    assert "asked for first" in untouched.psql("iris", f"SELECT * FROM ia_journeys.reports({run})")


def test_the_trace_of_a_visit_opens_no_day(untouched: SharedStore) -> None:
    """From the leg that a visit begins in to the one that it ends in: 10:00 to 10:20, civil time."""
    run = listed_and_opened(untouched, False)
    assert untouched.psql("ivan", SEEN.format(place=f"ia_journeys.reports({run})")) == "5|10:00:00|10:20:00"
    assert untouched.psql("ivan", f"SELECT count(*) FROM ia_journeys.visit_legs({run})") == "4"
    assert untouched.psql("ivan", "SELECT count(*) FROM ia_journeys.fixes") == "0"


def test_a_check_goes_by_no_label_that_a_list_shows(untouched: SharedStore) -> None:
    """Else the officer-day of a visit would be shown whole, home and all, to who calls it an officer's own request."""
    ask = "SELECT ia_journeys.ask_check('{label}', '2024-06-03', 'a letter', 'm', '{why}', 't')"
    run = untouched.psql("ivan", ask.format(label=labels()["day"], why=OWN_DATA))
    assert untouched.psql("ivan", f"SELECT count(*) FROM ia_journeys.reports({run})") == "0"
    by_number = check_label(labels()["day"], KEY)
    # To check a figure the passes of the day: here one, of five reports. For the officer's own request, all that the day has.
    for why, shown in ((PURPOSE, 5), (OWN_DATA, 6 * 12)):
        run = untouched.psql("ivan", ask.format(label=by_number, why=why))
        assert untouched.psql("ivan", f"SELECT count(*) FROM ia_journeys.reports({run})") == str(shown)
    assert untouched.psql("ivan", "SELECT count(*) FROM ia_journeys.fixes") == "0"


HELD = {
    "the hours about a day": f"SELECT * FROM ia_restricted.reports_around('{OFFICER}', '2024-06-03', '2024-06-04')",
    "what a look shows, unseen": "SELECT * FROM ia_restricted.reports_shown()",
    "who is looked at": "TABLE ia_restricted.looks",
    "the guard's role": "SET ROLE ia_guard",
    "the guard's session": "SET SESSION AUTHORIZATION ia_guard",
    "a month of legs": "TABLE ia_restricted.legs_2024_06",
    "a month of visits": "TABLE ia_restricted.visits_2024_06",
    "silences": "TABLE ia_restricted.gaps",
}


@pytest.mark.parametrize("way", HELD)
def test_what_stands_behind_is_closed(untouched: SharedStore, way: str) -> None:
    untouched.ask("ivan", labels()["day"])
    assert "permission denied" in untouched.psql("ivan", HELD[way])


def test_the_rules_for_rows_are_as_narrow_as_the_functions(untouched: SharedStore) -> None:
    """A function that forgot to look would still meet the rows of looks alone: of one's own, as the owner of all tables."""
    database, count = untouched.database, "SELECT count(*) FROM ia_restricted.{t}"
    assert untouched.cluster.psql(ASK.format(day=labels()["day"]), database=database) == "t"
    for table, rows in {"fixes": SHOWN, "legs": SHOWN - 1, "visits": 0, "gaps": 0, "tracks": 0}.items():
        assert untouched.cluster.psql("SET ROLE ia_owner", count.format(t=table), database=database) == str(rows), table
    listed = f"SELECT ia_journeys.ask_visits(ARRAY['elsewhere'], NULL, NULL, '{{}}', '{{}}', '{PURPOSE}', 't')"
    assert untouched.cluster.psql(listed, database=database).isdigit()
    assert untouched.cluster.psql("SET ROLE ia_owner", count.format(t="visits"), database=database) == "0"


def test_officer_days_of_an_earlier_version_get_their_label_at_the_next_refresh(untouched: SharedStore) -> None:
    untouched.cluster.psql("UPDATE ia_restricted.officer_days SET check_label = NULL", database=untouched.database)
    with PostgisStore(untouched.target("lee"), KEY) as store:
        store.forget_expired(pd.Timestamp("2024-07-01T00:00Z"))
    known = untouched.psql("lee", "SELECT check_label FROM ia_restricted.officer_days").splitlines()
    assert sorted(known) == sorted(check_label(label, KEY) for label in labels().values())

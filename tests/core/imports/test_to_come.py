"""Moments that are still to come when a file is read: told of position reports and events in every form, and of what else has a time."""

import json

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.events import read_police_uk, read_records
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.affiliations import read_affiliations
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.imports.people import read_duties
from ia_plugin.core.imports.to_come import CHANGE_TO_COME, END_TO_COME, FUTURE, FUTURE_REMEDY
from ia_plugin.core.params import ImportParams
from tests.support.stores import KEY

NOW = ImportParams(invalid_rows="reject", latest=pd.Timestamp("2024-06-05T12:00Z"))  # imported on 4 June at noon
FIXES = "Collar,Time,Easting,Northing\n"
OWN = "Crime no,Offence,Committed from,Committed to,Last updated,Easting,Northing\n"
STATUS = "Crime no,Offence,Committed from,Last updated,Easting,Northing,Status\n"


def events_of(tmp_path, text, params=NOW, name="crimes.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    source, mapping = prepared(tmp_path / name, "events", None)
    account = Account(name, "events")
    events, rejects = read_records(source, mapping, KEY, account, params)
    return events, rejects, account


@pytest.mark.parametrize(
    ("form", "now", "ahead"),
    [
        ("iso", "2024-06-05T12:00:00Z", "2024-06-05T12:00:01Z"),
        ("offset", "2024-06-05 13:00:00+01:00", "2024-06-05 13:00:01+01:00"),
        ("day first", "05/06/2024 13:00:00", "13/06/2024 13:00:00"),  # British summer time
        ("epoch", "1717588800", "1717588801"),
        ("years ahead", "2024-06-05T12:00:00Z", "2061-06-05T12:00:00Z"),
    ],
)
def test_a_report_still_to_come_is_none(tmp_path, form, now, ahead):
    rows = [f"90001,{now},405000,285000", f"90001,{now},405001,285000", f"90002,{ahead},405002,285000"]
    (tmp_path / "f.csv").write_text(FIXES + "\n".join(rows) + "\n", encoding="utf-8")
    source, mapping = prepared(tmp_path / "f.csv", "affiliations", None)
    account = Account("f.csv", "affiliations")
    [(fixes, rejects)] = read_affiliations(source, mapping, KEY, account, NOW)
    assert len(fixes) == account.rows_kept == 2
    assert rejects[["row", "reason", "remedy"]].values.tolist() == [[4, FUTURE, FUTURE_REMEDY]]


def test_an_event_still_to_come_is_none_and_stops_the_import_where_bad_rows_do(tmp_path):
    rows = "20/1/24,Burglary,2024-06-03 10:00,,,405000,285000\n20/2/24,Burglary,2035-06-03 10:00,,,405000,285000\n"
    events, rejects, account = events_of(tmp_path, OWN + rows)
    assert (len(events), account.rows_kept, dict(account.dropped)) == (1, 1, {FUTURE: 1})
    assert rejects["row"].tolist() == [3]
    with pytest.raises(FileError, match=f"row 3: {FUTURE}.*clocks of the system"):
        events_of(tmp_path, OWN + rows, ImportParams(latest=NOW.latest))
    # Where the moment of the import does not count, as in an extract made up for a year to come, it is an event.
    assert len(events_of(tmp_path, OWN + rows, ImportParams())[0]) == 2


def test_an_end_still_to_come_is_no_end_and_the_record_counts_at_its_start(tmp_path):
    rows = "20/1/24,Burglary,2024-06-03 10:00,2024-06-04 10:00,,405000,285000\n20/2/24,Burglary,2024-06-03 10:00,2031-01-01 10:00,,405000,285000\n"
    events, _, account = events_of(tmp_path, OWN + rows)
    assert (events["end"] - events["start"]).tolist() == [pd.Timedelta("1D"), pd.Timedelta(0)]
    assert account.found[f"{END_TO_COME}, and the record counts at its start"] == 1
    assert f"{END_TO_COME}, and the record counts at its start" in account.warned


def test_a_change_still_to_come_does_not_win_over_later_tellings(tmp_path):
    """A clerk types 2042 for 2024: the record as it was told a day later counts all the same."""
    rows = "".join(
        f"20/1/24,Burglary,2024-06-01 10:00,{day} 09:00,405000,285000,{status}\n"
        for day, status in (("2024-06-03", "Open"), ("2042-06-02", "Cancelled"), ("2024-06-04", "Open"))
    )
    events, _, _ = events_of(tmp_path, STATUS + rows)
    assert events["status"].tolist() == ["current"]
    assert events_of(tmp_path, STATUS + rows, ImportParams())[0]["status"].tolist() == ["withdrawn"]
    alone, _, account = events_of(tmp_path, STATUS + rows.splitlines()[1] + "\n")
    assert (
        alone["status"].tolist() == ["withdrawn"] and alone["updated_at"].isna().all()
    )  # it is cancelled, but not in 2042
    assert CHANGE_TO_COME in account.warned


@pytest.mark.parametrize("form", ["street", "searches", "json"])
def test_public_records_still_to_come_are_none(tmp_path, form):
    street = "Crime ID,Month,Longitude,Latitude,Location,Crime type\n" + "".join(
        f"{m:0>64},{m},-1.9,52.48,On or near A Street,Burglary\n" for m in ("2024-06", "2024-07", "2031-01")
    )
    searches = "Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome\n" + "".join(
        f"Person search,{d}T10:00:00+00:00,52.48,-1.9,PACE,Drugs,Arrest\n"
        for d in ("2024-06-03", "2024-06-07", "2031-01-01")
    )
    months = [
        {"category": "burglary", "month": m, "persistent_id": "", "id": k}
        for k, m in enumerate(("2024-06", "2024-07", "2031-01"))
    ]
    path = tmp_path / ("f.json" if form == "json" else "f.csv")
    path.write_text({"street": street, "searches": searches, "json": json.dumps(months)}[form], encoding="utf-8")
    events, report = read_police_uk(path, params=NOW)
    assert len(events) == 1 and report.dropped == {FUTURE: 2}
    assert set(report.rejects["remedy"]) == {FUTURE_REMEDY}


def test_duties_may_be_planned(tmp_path):
    (tmp_path / "d.csv").write_text("Collar,Duty start,Duty end\n90001,2024-07-01 06:00,2024-07-01 16:00\n", "utf-8")
    source, mapping = prepared(tmp_path / "d.csv", "duties", None)
    assert len(read_duties(source, mapping, KEY, Account("d.csv", "duties"), NOW)[0]) == 1

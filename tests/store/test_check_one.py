"""One officer-day against the source: the passes of a collar number with file and line, recorded first and without the number."""

import json
import os
from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError, ImpactAreaError, ParameterError, PrivacyError, StoreError
from ia_plugin.core.params import CHECK_PURPOSES, PURPOSES, SUBJECT_ACCESS
from ia_plugin.core.privacy import Key, pseudonymise
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import check_one as checks
from ia_plugin.store import look, recorded_export
from ia_plugin.store.check_one import COLUMNS, EXPORT, WHAT, as_csv, check_one, export_check
from ia_plugin.store.store import RESTRICTED, Store
from tests.support.stores import AREAS, KEY, bring_up_to_date, copy_of

NOW = pd.Timestamp("2024-07-10T12:00Z")
DAY = date(2024, 6, 3)
CHECK = CHECK_PURPOSES[0]
REASON = "Complaint about figure IA-1A2B-3C4D"
# Area a reaches from 399,000 to 400,100. Officer 4512 comes from the west, is in it from the third report to the fifth, and goes on.
TRACK = [(398_000, "20:00"), (398_500, "20:02"), (399_500, "20:04"), (399_600, "20:06"), (399_500, "20:08"), (398_500, "20:10"), (398_000, "20:12")]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("check")
    (root / "watched").mkdir()
    rows = [(4512, f"03/06/2024 {t}:00", x) for x, t in TRACK] + [
        (4513, f"03/06/2024 {t}:00", x + 50) for x, t in TRACK
    ]
    rows += [(4512, f"05/06/2024 {t}:00", x) for x, t in TRACK]
    table = pd.DataFrame(rows, columns=["Collar", "DateTime", "Easting"]).assign(Northing=280_000, Unit="North")
    table.to_csv(root / "watched" / "radios.csv", index=False)
    bring_up_to_date(root / "store", root / "watched")
    assert AREAS["area_id"].tolist() == ["a", "b"]
    return root / "store"


@pytest.fixture
def store(made, tmp_path):
    return copy_of(made, tmp_path / "s")


def checked(store, number="4512", day=DAY, purpose=CHECK, reason=REASON, key=KEY):
    return check_one(store, number, day, purpose, reason, key, at=NOW, version="test")


def records(store, what=WHAT):
    with Store(store) as opened:
        found = opened.read("runs") if "runs" in opened.restricted.tables() else pd.DataFrame({"what": []})
    return found[found["what"] == what].reset_index(drop=True)


def test_a_check_shows_the_pass_with_file_and_line_and_no_officer(store):
    found = checked(store)
    assert tuple(found.columns) == COLUMNS and set(found["area_id"]) == {"a"}
    # From the last report before the pass to the first after it: lines 3 to 7 of the file, its heading being line 1.
    assert found["line"].tolist() == ["3", "4", "5", "6", "7"] and set(found["file"]) == {"radios.csv"}
    assert found["x"].tolist() == [398_500, 399_500, 399_600, 399_500, 398_500]
    assert str(found["time"].iloc[0]) == "2024-06-03 19:02:00+00:00"


def test_an_officers_own_request_is_answered_with_the_whole_day(store):
    found = checked(store, purpose=SUBJECT_ACCESS, reason="Request 2024/17")
    assert found["line"].tolist() == [str(n) for n in range(2, 9)]
    assert found["area_id"].notna().tolist() == [False, True, True, True, True, True, False]


@pytest.mark.parametrize("number", [" 4512 ", "4512.0", "4513"])
def test_a_number_is_read_as_imports_read_it(store, number):
    assert len(checked(store, number)) == 5


def test_a_number_that_nobody_has_and_a_day_without_passes_look_the_same(store):
    nobody, no_day = checked(store, "9999"), checked(store, day=date(2024, 6, 4))
    assert len(nobody) == len(no_day) == 0 and list(nobody.columns) == list(no_day.columns) == [*COLUMNS]
    assert len(records(store)) == 2, "they are looks all the same"


def test_the_look_is_on_the_record_before_anything_is_read_and_without_the_number(store, monkeypatch):
    read, seen = GeoPackage.read, []

    def watched(self, name, *more, **words):
        if name in ("fixes", "visits"):
            seen.append(len(records(store)))
        return read(self, name, *more, **words)

    monkeypatch.setattr(GeoPackage, "read", watched)
    checked(store)
    assert seen and set(seen) == {1}
    row = records(store).iloc[0]
    assert (row["purpose"], row["audience"]) == (CHECK, "restricted")
    kept = json.loads(row["parameters"])
    assert (kept["day"], kept["reason"]) == ("2024-06-03", REASON)
    whole = " ".join(map(str, row))
    pseudonym = pseudonymise(pd.Series(["4512"]), KEY)[0]
    assert "4512" not in whole and pseudonym not in whole and pseudonym[1:13] not in whole


def test_repeated_looks_at_one_officer_can_be_told_and_not_at_whom(store):
    for number, day in (("4512", DAY), ("4512", date(2024, 6, 5)), ("4513", DAY)):
        checked(store, number, day)
    marks = [json.loads(p)["officer mark"] for p in records(store)["parameters"]]
    assert marks[0] == marks[1] != marks[2]


@pytest.mark.parametrize(
    "change, error",
    [
        ({"number": ""}, ParameterError), ({"number": "N/A"}, ParameterError), ({"number": "1" * 41}, ParameterError),
        ({"reason": "  "}, ParameterError), ({"reason": "x" * 201}, ParameterError), ({"purpose": PURPOSES[0]}, PrivacyError),
        ({"purpose": "individual performance"}, PrivacyError), ({"reason": "PC Thornwick complained"}, PrivacyError),
        ({"reason": "nights of 4512 again"}, PrivacyError), ({"reason": "log/PC4512"}, PrivacyError),
        ({"key": Key(b"another key of sixteen bytes")}, PrivacyError),
    ],
)  # fmt: skip
def test_what_may_not_be_looked_at_is_refused_and_nothing_read(store, monkeypatch, change, error):
    monkeypatch.setattr(checks, "_day_of", lambda *_args: pytest.fail("it was read"))
    with pytest.raises(error) as refused:
        checked(store, **change)
    assert "4512" not in str(refused.value) and "Thornwick" not in str(refused.value) and not len(records(store))


def test_no_pseudonym_is_looked_up(store):
    pseudonym = pseudonymise(pd.Series(["4512"]), KEY)[0]
    with pytest.raises(PrivacyError, match="pseudonym"):
        checked(store, pseudonym)


def test_a_short_number_may_stand_in_a_date_of_the_reason(store):
    assert len(checked(store, "12", reason="Letter of 12 June")) == 0


@pytest.mark.parametrize("how", ["no record", "read only", "no file"])
def test_what_cannot_be_recorded_is_not_shown(store, monkeypatch, how):
    monkeypatch.setattr(checks, "_day_of", lambda *_args: pytest.fail("it was read"))
    if how == "no record":
        monkeypatch.setattr(checks, "add_run", lambda *_args: (_ for _ in ()).throw(StoreError("The disk is full.")))
    elif how == "read only":
        monkeypatch.setattr(look.os, "access", lambda _path, mode: mode == os.R_OK)
    else:
        (store / RESTRICTED).unlink()
    with pytest.raises(StoreError):
        checked(store)


# --- the export -------------------------------------------------------------------------------------------------------


def test_an_export_is_recorded_first_marked_and_names_no_officer(store, tmp_path):
    found = checked(store)
    path = export_check(store, found, DAY, tmp_path / "check.csv", CHECK, REASON, at=NOW, version="test")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == f"OFFICIAL-SENSITIVE. Restricted: for {CHECK}, not to be passed on."
    assert lines[1] == ",".join(COLUMNS) and len(lines) == 7
    assert lines[2].startswith("2024-06-03T20:02:00+01:00,a,2024-06-03T20:0") and ",radios.csv,3,," in lines[2]
    assert "4512" not in path.read_text(encoding="utf-8-sig")
    (row,) = records(store, EXPORT).to_dict("records")
    assert (row["rows_used"], json.loads(row["parameters"])) == (5, {"day": DAY.isoformat(), "reason": REASON})


def test_an_export_that_cannot_be_written_or_recorded_is_none(store, tmp_path, monkeypatch):
    found = checked(store)
    with pytest.raises(FileError):
        export_check(store, found, DAY, tmp_path / "no" / "check.csv", CHECK, REASON, at=NOW, version="test")
    with pytest.raises(StoreError, match="cloud"):
        export_check(store, found, DAY, tmp_path / "OneDrive" / "check.csv", CHECK, REASON, at=NOW, version="test")
    assert not len(records(store, EXPORT))
    monkeypatch.setattr(
        recorded_export, "add_run", lambda *_args: (_ for _ in ()).throw(StoreError("The disk is full."))
    )
    with pytest.raises(ImpactAreaError):
        export_check(store, found, DAY, tmp_path / "check.csv", CHECK, REASON, at=NOW, version="test")
    assert not (tmp_path / "check.csv").exists()


def test_a_cell_that_a_spreadsheet_would_run_is_marked():
    rows = pd.DataFrame({c: [None] for c in COLUMNS}, dtype=object).assign(file='=HYPERLINK("x"),1', line="3")
    times = {name: pd.to_datetime(rows[name], utc=True) for name in ("time", "enter", "leave")}
    text = as_csv(rows.assign(**times), CHECK, "Europe/London").decode("utf-8-sig")
    assert text.splitlines()[2] == ',,,,,,"\'=HYPERLINK(""x""),1",3,,'

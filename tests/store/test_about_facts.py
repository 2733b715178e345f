"""What a store says of itself, the card and the manual check: who may write them, what rests where, what a reader sees."""

import json
import os
from dataclasses import replace

import pandas as pd
import pytest

from ia_plugin.core.about.facts import Refresh
from ia_plugin.core.columns import QUALITY
from ia_plugin.core.errors import Cancelled, ColumnError, ParameterError, PrivacyError, StoreError
from ia_plugin.core.material.days import as_of_in_words
from ia_plugin.core.params import ImportParams, PresenceParams, TrackParams
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import about_facts
from ia_plugin.store.about_facts import DONE, about_of, refresh_noted, refresh_parameters, why_no_writing
from ia_plugin.store.audit import add_run, run_row
from ia_plugin.store.checks import SHEET, draw_sheet, keep_results
from ia_plugin.store.findings import keep_findings
from ia_plugin.store.governance import save_card
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store
from ia_plugin.store.summary import read_summary
from tests.support.stores import AREAS, AT, KEY, copy_of, extract

CARD = {"owner": "Head of Intelligence", "contact": "Analysis office"}
FEW = pd.DataFrame(
    {"officer_id": [f"n{i}" for i in range(5)] + ["d1", "d2"] * 5, "unit": ["North"] * 5 + ["Dogs"] * 10}
)
CRIMES = "Crime No,Offence,Committed from,Easting,Northing\n" + "".join(
    f"CR/{i},{what},2024-06-03 2{i}:00,400050,280000\n" for i, what in enumerate(("Theft", "Rape", "Arson"))
)
ODD = "Collar,DateTime,Easting,Northing,Unit\n103,04/06/2024 09:00:00,,280000,North\n104,13/06/2024 09:00:00,400050,280000,North\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("about")
    (root / "watched").mkdir()
    extract(root / "watched" / "june.csv")
    (root / "watched" / "crimes.csv").write_text(CRIMES, encoding="utf-8")
    (root / "watched" / "odd.csv").write_text(ODD, encoding="utf-8")
    with Store(root / "store", KEY) as store:
        for path in sorted((root / "watched").glob("*.csv")):
            bring_file(store, path, at=AT, params=ImportParams(invalid_rows="reject"))
        set_areas(store, AREAS)
        with refresh_noted(store, AT, "linear", None):
            refresh(store, TrackParams(), PresenceParams(method="linear"))
    return root / "store"


@pytest.fixture
def store(made, tmp_path):
    """A copy, so that each test has a store of its own."""
    return copy_of(made, tmp_path)


def about_of_summary_alone(store):
    (store / RESTRICTED).unlink()
    return about_of(store)


def rows_of(store, name, file=RESTRICTED):
    with GeoPackage(store / file, create=False) as package:
        return package.read(name)


def everything_in(path):
    """Every value of every table of a file, as one text."""
    with GeoPackage(path, create=False) as package:
        return " ".join(package.read(t).to_csv() for t in package.tables() if t not in ("areas",))


def ran(store, outcome, **parameters):
    with Store(store) as opened:
        add_run(
            opened.restricted,
            run_row("dailyrefresh", at=AT + pd.Timedelta("1D"), version="t", parameters=parameters, outcome=outcome),
        )


# --- facts ----------------------------------------------------------------------------------------------------------------


def test_a_reader_of_the_summary_alone_is_told_all(store, tmp_path):
    save_card(store, CARD, at=AT, version="t")
    (store / RESTRICTED).unlink()
    about = about_of(store)
    assert about.data_to == (("officers' time", "3 Jun 2024, 21:00"), ("crimes", "3 Jun 2024"))
    assert about.data_to[0][1] == as_of_in_words(read_summary(store)), "as beside every figure"
    assert about.refreshed == Refresh(AT.isoformat(), True, DONE)
    sources = {s.kind: (s.files, s.read, s.kept, s.dropped) for s in about.sources}
    assert sources == {"affiliations": (2, 722, 721, (("no position", 1),)), "events": (1, 3, 3, ())}
    assert about.card.owner == "Head of Intelligence" and about.card.recorded == "1 Jul 2024"
    assert about.way.method == "linear" and not about.in_restricted
    assert (
        about.why_no_writing
        == about.why_no_refresh
        == f"Here is only the summary of the store: it is changed where {RESTRICTED} lies."
    )


def test_names_of_files_stay_in_the_restricted_half(store):
    assert "june.csv" not in everything_in(store / SUMMARY) and "june.csv" in everything_in(store / RESTRICTED)


def test_the_store_of_an_earlier_version_has_fewer_facts(store):
    with Store(store, KEY) as opened, opened.together("test") as change:
        change.drop("about")
    about = about_of(store)
    assert (about.refreshed, about.card, about.findings) == (None, None, None)
    assert [s.files for s in about.sources] == [2, 1], "the restricted half knows its extracts"
    assert not about_of_summary_alone(store).sources
    assert about.beta == "Beta: not yet checked against source systems"


@pytest.mark.parametrize(
    "error, outcome",
    [
        (
            ColumnError("'x.csv' has no column of times.", "Name it."),
            "It was stopped: 'x.csv' has no column of times. Name it.",
        ),
        (Cancelled(), "It was stopped: by the user."),
        (ColumnError("'Sgt Example.csv' is odd."), "(a note is withheld, for it may name a person)"),
    ],
)
def test_a_refresh_that_stops_says_why(store, error, outcome):
    later = AT + pd.Timedelta("1D")
    with pytest.raises(type(error)), Store(store, KEY) as opened, refresh_noted(opened, later, "linear", None):
        raise error
    about = about_of(store)
    assert about.refreshed == Refresh(later.isoformat(), False, outcome)
    assert about.sources, "what was known before stays"


def test_complaints_of_a_refresh_are_told(store):
    with Store(store, KEY) as opened, refresh_noted(opened, AT, "bridge", 900.0) as complaints:
        complaints.append("Set aside: x.csv is empty.")
    about = about_of(store)
    assert (
        about.refreshed == Refresh(AT.isoformat(), False, "Set aside: x.csv is empty.") and about.way.max_gap_s == 900
    )


def test_observed_time_by_unit_is_of_five_officers_or_none():
    """North: five officers, half observed; South and Dogs: four together, so withheld, and with them the whole; with one more both are told."""
    begin = pd.Timestamp("2024-05-10T10:00Z")

    def told(officers):
        names = [f"{u}{i}" for u, n in officers.items() for i in range(n)]
        unit = [u for u, n in officers.items() for _ in range(n)]
        legs = pd.DataFrame({"officer_id": names, "unit": unit, "start": begin, "end": begin + pd.Timedelta("1h")})
        seconds = {"North": 3600, "South": 10_800, "Dogs": 10_800}
        gaps = pd.DataFrame({"officer_id": names, "start": begin + pd.Timedelta("1h"), "reason": "silent"})
        gaps["end"] = gaps["start"] + pd.to_timedelta([seconds[u] for u in unit], unit="s")
        return about_facts._by_unit(legs, gaps, "May 2024", "Europe/London")

    few = told({"North": 5, "South": 2, "Dogs": 2})
    assert (few.units, few.withheld, few.all) == ((("North", 50),), True, None)
    more = told({"North": 5, "South": 2, "Dogs": 3})  # 10 of 10 + 5 + 15 hours
    assert (more.units, more.withheld, more.all) == ((("North", 50), ("other", 25)), False, 33)
    assert told({"South": 4}).all is None and told({"South": 4}).units == ()


# --- refresh now ----------------------------------------------------------------------------------------------------------


def test_refresh_now_runs_what_ran_last_without_its_layers(store, tmp_path):
    assert about_of(store).why_no_refresh.startswith("No folder of extracts is known")
    (tmp_path / "in").mkdir()
    ran(
        store, "done", INPUT=str(tmp_path / "in"), STORE="elsewhere", METHOD="linear", AREAS="layer areas", MAX_GAP=None
    )
    assert about_of(store).why_no_refresh == ""
    assert refresh_parameters(store) == {"INPUT": str(tmp_path / "in"), "STORE": str(store), "METHOD": "linear"}
    (tmp_path / "in").rmdir()
    assert about_of(store).why_no_refresh == "The watched folder of the last refresh cannot be reached from here."
    with pytest.raises(StoreError, match="watched folder"):
        refresh_parameters(store)


def test_a_refresh_that_failed_before_it_began_is_on_the_record_and_counts(store, tmp_path):
    (tmp_path / "in").mkdir()
    ran(store, "done", INPUT=str(tmp_path / "in"))
    ran(store, "No key of pseudonyms was found.", INPUT="no folder")
    about = about_of(store)
    assert about.refreshed.outcome == "No key of pseudonyms was found." and not about.refreshed.good
    assert refresh_parameters(store)["INPUT"] == str(tmp_path / "in"), "what went well is run again"


# --- who may write --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda store: save_card(store, CARD, at=AT, version="t"),
        lambda store: draw_sheet(store, 10, 1, at=AT),
        lambda store: keep_results(store, pd.DataFrame({"check_id": [], "result": []}), at=AT),
        lambda store: keep_findings(
            store, pd.DataFrame(columns=[n for n in QUALITY.names if n != "found_at"]), FEW, at=AT
        ),
    ],
    ids=["card", "sheet", "results", "findings"],
)
class TestWriting:
    def test_without_permission_it_is_refused_with_the_reason(self, store, write, monkeypatch):
        access = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode, **more: False if mode == os.W_OK else access(path, mode, **more)
        )
        before = (store / SUMMARY).read_bytes()
        with pytest.raises(StoreError, match="protected against writing|may read this store and not write"):
            write(store)
        assert (store / SUMMARY).read_bytes() == before

    def test_a_summary_alone_is_not_written(self, store, write):
        (store / RESTRICTED).unlink()
        with pytest.raises(StoreError, match="only half of the store"):
            write(store)
        assert not (store / RESTRICTED).exists()


def test_who_may_not_write_is_told_why(store, monkeypatch):
    assert why_no_writing(store) == ""
    monkeypatch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK)
    assert why_no_writing(store) == "You may read this store, and not write to it."
    assert about_of(store).why_no_refresh == "You may read this store, and not write to it."


def test_halves_of_two_stores_are_not_written(store, made):
    with Store(store, KEY) as opened, opened.together("test") as change:
        change.put("about", pd.DataFrame({"name": ["x"], "value": ["y"]}))
    (store / SUMMARY).write_bytes((made / SUMMARY).read_bytes())
    with pytest.raises(StoreError, match="older copy"):
        save_card(store, CARD, at=AT, version="t")


# --- the card -------------------------------------------------------------------------------------------------------------


def test_a_card_supersedes_and_none_is_edited(store):
    save_card(store, CARD, at=AT, version="t")
    save_card(store, CARD, at=AT + pd.Timedelta("1D"), version="t")  # the same: nothing new is declared
    save_card(store, {**CARD, "retention": "90 days"}, at=AT + pd.Timedelta("2D"), version="t")
    kept = rows_of(store, "governance", SUMMARY)
    assert kept["retention"].tolist() == ["", "90 days"] and about_of(store).card.retention == "90 days"
    runs = rows_of(store, "runs")
    assert runs["what"].tolist() == ["governance card"] * 2


def test_a_card_that_names_a_person_leaves_the_store_as_it_was(store):
    before = (store / SUMMARY).read_bytes()
    with pytest.raises(PrivacyError, match="Whom to ask"):
        save_card(store, {**CARD, "contact": "Jane Smith"}, at=AT, version="t")
    assert (store / SUMMARY).read_bytes() == before


# --- the manual check -----------------------------------------------------------------------------------------------------


def test_half_of_a_sheet_is_of_the_store_and_half_of_the_extracts(store):
    sheet = draw_sheet(store, 12, 1, at=AT)
    assert tuple(sheet.columns) == SHEET and sheet["part"].value_counts().to_dict() == {
        "visits": 3, "events": 3, "source rows": 5, "rejected rows": 1
    }  # fmt: skip
    assert sheet["source_row"].dtype == sheet["source_row_to"].dtype == "Int64", "a row is a whole number, or none"
    assert set(sheet["result"]) == {""} and sheet["check_id"].tolist() == [f"1-{i:02d}" for i in range(1, 13)]
    rejected = sheet[sheet["part"] == "rejected rows"].iloc[0]
    assert (rejected["source_file"], rejected["source_row"], rejected["says"]) == (
        "odd.csv",
        2,
        "Not used: no position.",
    )
    events = sheet[sheet["part"] == "events"].set_index("source_row")["says"]
    assert events[2] == "Crime, “Theft”, at 3 Jun 2024 20:00:00, at 400050 280000 (a)."
    assert events[3] == "Crime of a sensitive kind, at 3 Jun 2024 21:00:00.", "neither its category nor its place"


def test_what_a_sheet_says_stands_in_the_extract(store, made):
    """Each row of an extract that is drawn says the moment and the place that stand there; each visit begins with its first report."""
    lines = {p.name: p.read_text(encoding="utf-8").splitlines() for p in (made.parent / "watched").glob("*.csv")}
    sheet = draw_sheet(store, 200, 3, at=AT)
    reports = sheet[
        (sheet["part"] == "source rows")
        & sheet["says"].str.startswith("A position report")
        & (sheet["source_file"] == "june.csv")
    ]
    assert len(reports) > 20
    for row in reports.itertuples():
        _, when, x, y, unit = lines[row.source_file][row.source_row - 1].split(",")
        local = pd.to_datetime(when, format="%d/%m/%Y %H:%M:%S")
        assert row.says.startswith(
            f"A position report of {local.day} Jun 2024 {local:%H:%M:%S}, at {float(x):.0f} {float(y):.0f} ("
        )
        assert row.says.endswith(f"unit {unit}.")
    for row in sheet[sheet["part"] == "visits"].itertuples():
        first = pd.to_datetime(lines[row.source_file][row.source_row - 1].split(",")[1], format="%d/%m/%Y %H:%M:%S")
        enter = pd.to_datetime(row.says.split(" from ")[1].split(" to ")[0], format="%d %b %Y %H:%M:%S")
        assert pd.Timedelta(0) <= first - enter <= pd.Timedelta("2min")


def test_a_row_that_left_no_trace_is_drawn_too(store):
    """A report that is gone from the store is what an omission looks like."""
    with Store(store, KEY) as opened, opened.restricted.transaction():
        opened.restricted.delete("fixes", "local_hour = 20")
    sheet = draw_sheet(store, 200, 1, at=AT)
    some = sheet[sheet["part"] == "source rows"]["says"]
    assert some.str.startswith("Nothing is kept of this row").any()


def test_the_same_seed_draws_the_same_sheet_of_a_store_and_another_for_the_next(store, made, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    for name in (RESTRICTED, SUMMARY):
        (again / name).write_bytes((made / name).read_bytes())
    first, copy = draw_sheet(store, 30, 7, at=AT), draw_sheet(again, 30, 7, at=AT)
    pd.testing.assert_frame_equal(first, copy)
    second = draw_sheet(store, 30, 7, at=AT)
    assert second["check_id"].iloc[0] == "2-01" and second["says"].tolist() != first["says"].tolist()


def test_the_store_keeps_numbers_and_results_and_no_text(store):
    sheet = draw_sheet(store, 12, 1, at=AT)
    kept = rows_of(store, "checks")
    assert list(kept.columns) == ["sheet", "check_id", "drawn_at", "part", "result", "typed_at"] and len(kept) == 12
    fact = rows_of(store, "about", SUMMARY).set_index("name")["value"]["checks"]
    assert "1-01" not in fact and json.loads(fact)[0]["counts"]["visits"] == [3, 0, 0, 0]
    with GeoPackage(store / SUMMARY, create=False) as summary:
        assert "checks" not in summary.tables()
    assert sheet["says"].iloc[0] not in everything_in(store / RESTRICTED)


def test_results_come_back_and_stand_on_every_output(store):
    sheet = draw_sheet(store, 12, 1, at=AT)
    assert read_summary(store).checked is None
    part = sheet.assign(result=["agree"] * 10 + ["", None])
    found, new = keep_results(store, part, at=AT)
    assert new == 10 and found.checked is None and read_summary(store).checked is None
    found, new = keep_results(store, sheet.assign(result=["Agrees"] * 10 + ["differs", "can't tell"]), at=AT)
    assert new == 2 and found.checked == (10, 12) and read_summary(store).checked == (10, 12)
    assert about_of(store).beta == "Beta: 10 of 12 checks agree"
    _, new = keep_results(store, sheet.assign(result=["agree"] * 10 + ["differs", "cannot tell"]), at=AT)
    assert new == 0 and len(rows_of(store, "checks")) == 24


@pytest.mark.parametrize(
    "ids, results, words",
    [
        (("1-01", "1-02"), ("agree", "quite good"), r"another result .*\(first: row 2\)"),
        (("1-01", "9-99"), ("agree", "agree"), r"no sheet of this store has \(first: row 2\)"),
        (("1-01", "1-01"), ("agree", "differs"), r"stands there before \(first: row 2\)"),
    ],
)
def test_results_that_cannot_be_taken_leave_the_store_as_it_was(store, ids, results, words):
    draw_sheet(store, 12, 1, at=AT)
    with pytest.raises(ParameterError, match=words) as refused:
        keep_results(store, pd.DataFrame({"check_id": ids, "result": results}), at=AT)
    assert "quite good" not in str(refused.value) and len(rows_of(store, "checks")) == 12


def test_an_interrupted_write_is_finished_by_the_next_one(store, monkeypatch):
    """The restricted half has it, the summary not yet: the intent is replayed."""
    from ia_plugin.store.intents import Intents

    with monkeypatch.context() as cut:
        cut.setattr(Intents, "settle", lambda self: None)
        draw_sheet(store, 12, 1, at=AT)
    assert about_of(store).agreement.sheets == ()
    save_card(store, CARD, at=AT, version="t")
    assert len(about_of(store).agreement.sheets) == 1 and about_of(store).card is not None


# --- findings -------------------------------------------------------------------------------------------------------------


def test_findings_that_ask_for_a_decision_are_told(store):
    one = {"theme": "clocks", "finding": "ahead", "severity": "attention", "subject": "all", "value": 3.0, "unit_of_value": "radios",
           "sentence": "3 radios are an hour ahead.", "consequence": "Wrong hours.", "done": "Kept."}  # fmt: skip
    keep_findings(store, pd.DataFrame([one, {**one, "severity": "information", "sentence": "Good."}]), FEW, at=AT)
    about = about_of(store)
    assert [f.sentence for f in about.findings] == ["3 radios are an hour ahead."] and about.findings_at == "1 Jul 2024"
    keep_findings(store, pd.DataFrame([{**one, "severity": "information"}]), FEW, at=AT)
    assert about_of(store).findings == ()
    of_units = [{**one, "subject": u, "sentence": f"{u}: late."} for u in ("North", "Dogs", "Dogs and more")]
    named = {**one, "sentence": "North and Dogs: an hour ahead."}
    rows = pd.DataFrame([*of_units, named, {**one, "sentence": "Dogsbody: late."}])
    assert keep_findings(store, rows, FEW, at=AT) == 3
    assert [f.sentence for f in about_of(store).findings] == ["North: late.", "Dogsbody: late."]
    counts = [
        {**one, "sentence": f"The clocks of {n} officers' radios are ahead."} for n in ("1", "4", "5", "14", "1,004")
    ]
    assert keep_findings(store, pd.DataFrame(counts), FEW, at=AT) == 2


def test_figures_of_a_store_carry_its_checks(store):
    from ia_plugin.core.filter_state import FilterState
    from ia_plugin.core.material.figures import figures

    material = replace(read_summary(store), checked=(43, 50))
    assert figures(material, FilterState()).checked == (43, 50)


def test_a_closed_month_tells_how_much_was_observed_by_unit(tmp_path):
    """Six officers of each unit report every two minutes for two hours in June, and again in July, which closes June."""
    (tmp_path / "watched").mkdir()
    for day in ("2024-06-03", "2024-07-05"):
        extract(tmp_path / "watched" / f"{day}.csv", day=day)
    with Store(tmp_path / "store", KEY) as store:
        for path in sorted((tmp_path / "watched").glob("*.csv")):
            bring_file(store, path, at=AT)
        set_areas(store, AREAS)
        with refresh_noted(store, AT, "linear", None):
            refresh(store, TrackParams(), PresenceParams(method="linear"))
    seen = about_of(tmp_path / "store").observed
    assert (seen.month, seen.all, seen.units, seen.withheld) == (
        "June 2024",
        100,
        (("North", 100), ("South", 100)),
        False,
    )

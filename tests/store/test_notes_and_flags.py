"""Notes and flags in a store: written by who may write, superseded and never edited, taken in from files that readers leave."""

import json
import os
import threading
from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.columns import FLAGS, NOTES
from ia_plugin.core.disclosure.shown_texts import NOTE_WITHHELD
from ia_plugin.core.errors import FileError, ParameterError, PrivacyError, StoreError
from ia_plugin.core.figure_code import FigureCode
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.flag_file import flags_at, new_flag
from ia_plugin.core.material.figures import figures
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import ledger
from ia_plugin.store.flags import ASIDE, DROPS, TAKEN, answer_flag, drop_flag, raise_flag, read_flags, take_in_flags
from ia_plugin.store.ledger import rows_of, why_not_added
from ia_plugin.store.notes import add_note, read_notes, withdraw_note
from ia_plugin.store.store import RESTRICTED, SUMMARY, Store
from ia_plugin.store.summary import read_summary
from tests.support.stores import KEY, bring_up_to_date, copy_of, extract, store_of_one_extract

NOW = pd.Timestamp("2024-06-10T12:00Z")
LATER = pd.Timestamp("2024-06-11T12:00Z")
NUMBER = "IA-1A2B-3C4D"
WEEK = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 5))
PERSONS = ["PC Thornwick was not there", "ask 07700 900123", "PC 4512 counted twice", "John Thornwick lives here"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return store_of_one_extract(tmp_path_factory.mktemp("notes"), fixes=30)


@pytest.fixture
def store(made, tmp_path):
    return copy_of(made, tmp_path)


@pytest.fixture
def read_only(store, monkeypatch):
    monkeypatch.setattr(ledger.os, "access", lambda _path, mode: mode == os.R_OK)
    return store


def noted(store, **change):
    facts = {
        "kind": "outage",
        "first": date(2024, 6, 3),
        "text": "No masts in the north.",
        "at": NOW,
        "version": "test",
    }
    return add_note(store, **{**facts, **change})


def runs(store, what):
    with Store(store) as opened:
        found = opened.read("runs") if "runs" in opened.restricted.tables() else pd.DataFrame({"what": []})
    return found[found["what"] == what].reset_index(drop=True)


# --- notes ------------------------------------------------------------------------------------------------------------


def test_a_note_is_read_with_its_text_and_a_board_reads_its_kind(store):
    noted(store, last=date(2024, 6, 4), area_id="a")
    row = read_notes(store).iloc[0]
    assert (row["kind"], row["text"], row["area_id"], row["author"]) == (
        "outage",
        "No masts in the north.",
        "a",
        "analyst",
    )
    # Civil days of London in summer, both whole.
    assert [str(row[c]) for c in ("from", "to")] == ["2024-06-02 23:00:00+00:00", "2024-06-04 22:59:59+00:00"]
    material = read_summary(store)
    assert material.notes["text"].tolist() == ["outage"]
    assert "Cut by a note: outage (3 Jun 2024), in this period." in figures(material, WEEK).notes


def test_a_note_on_an_area_that_is_not_compared_cuts_nothing(store):
    noted(store, area_id="a")
    chosen = FilterState(areas=("a",), first=WEEK.first, last=WEEK.last)
    assert any("Cut by" in n for n in figures(read_summary(store), chosen).notes)
    withdraw_note(store, read_notes(store)["note_id"].iloc[0], at=LATER, version="test")
    assert not any("Cut by" in n for n in figures(read_summary(store), chosen).notes)


def test_a_note_is_superseded_and_the_old_one_stays_in_the_file(store):
    first = noted(store)
    second = add_note(store, supersedes=first, kind="operation", first=date(2024, 6, 4), text="Operation in the north.", at=LATER, version="t")  # fmt: skip
    assert read_notes(store)["text"].tolist() == ["Operation in the north."]
    assert read_summary(store).notes["text"].tolist() == ["operation"]
    assert rows_of(store, NOTES.name)["note_id"].tolist() == [first, second]
    with pytest.raises(StoreError, match="superseded by somebody else at 2024-06-11 12:00"):
        add_note(store, supersedes=first, kind="other", first=date(2024, 6, 4), text="Again.", at=LATER, version="t")
    with pytest.raises(StoreError, match="no such note"):
        withdraw_note(store, "f" * 32, at=LATER, version="t")


def test_no_program_edits_or_removes_a_note(store):
    noted(store)
    with GeoPackage(store / SUMMARY) as package:
        for sql in ("UPDATE notes SET text = 'x'", "DELETE FROM notes"):
            with pytest.raises(StoreError, match="can only be added to"):
                package.execute(sql)


@pytest.mark.parametrize("text", PERSONS)
def test_a_note_that_names_a_person_is_refused_and_not_repeated(store, text):
    with pytest.raises(PrivacyError) as refused:
        noted(store, text=text)
    assert text not in str(refused.value) and "Thornwick" not in str(refused.value)
    with pytest.raises(PrivacyError):
        noted(store, author="Sgt Thornwick")
    assert not len(read_notes(store)) and not len(runs(store, "note on the data"))


@pytest.mark.parametrize(
    "change", [{"kind": "gossip"}, {"kind": "withdrawn"}, {"last": date(2024, 6, 1)}, {"area_id": "z"}, {"text": "  "}, {"text": "x" * 501}],
)  # fmt: skip
def test_a_note_of_what_there_is_not_is_refused(store, change):
    with pytest.raises(ParameterError):
        noted(store, **change)


def test_a_note_is_on_the_record_without_its_text(store):
    mark = noted(store)
    (row,) = runs(store, "note on the data").to_dict("records")
    assert json.loads(row["parameters"]) == {"note": mark, "kind": "outage", "supersedes": None}


def test_who_may_not_write_is_told_so_in_words(read_only):
    assert "You may read this store and not write" in why_not_added(read_only)
    with pytest.raises(StoreError, match="Ask who keeps the store"):
        noted(read_only)


def test_a_note_of_another_program_that_names_a_person_is_withheld(store):
    with GeoPackage(store / SUMMARY) as package:
        row = {"from": [NOW], "text": ["Sgt Thornwick off sick"], "author": ["x"]}
        package.append(NOTES, pd.DataFrame(row))
    noted(store)
    assert set(read_notes(store)["text"]) == {NOTE_WITHHELD, "No masts in the north."}
    assert set(read_summary(store).notes["text"]) == {NOTE_WITHHELD, "outage"}


def test_a_summary_that_stands_alone_takes_notes_too(store):
    (store / RESTRICTED).unlink()
    noted(store)
    assert len(read_notes(store)) == 1


def test_a_refresh_keeps_notes_and_flags(store, tmp_path):
    noted(store)
    raise_flag(store, NUMBER, "Too low.", at=NOW, version="t")
    (tmp_path / "more").mkdir()
    extract(tmp_path / "more" / "1.csv", day="2024-06-04", fixes=30)
    bring_up_to_date(store, tmp_path / "more")
    assert len(read_notes(store)) == len(read_flags(store)) == 1


# --- flags ------------------------------------------------------------------------------------------------------------


def test_a_flag_stands_at_its_figure_and_at_its_filter_on_later_data(store):
    code = FigureCode(WEEK, NUMBER)
    raise_flag(store, code.text(), "Aston had two vans all night.", at=NOW, version="t")
    raise_flag(store, "IA-0000-0000", "Another.", at=NOW, version="t")
    flags = read_flags(store)
    assert flags_at(flags, NUMBER)["text"].tolist() == ["Aston had two vans all night."]
    assert flags_at(flags, "IA-FFFF-FFFF", WEEK)["text"].tolist() == ["Aston had two vans all night."]
    assert not len(flags_at(flags, "IA-FFFF-FFFF", FilterState())) and not len(flags_at(flags[:0], NUMBER, WEEK))


def test_a_flag_is_answered_by_rows_that_supersede(store):
    first = raise_flag(store, NUMBER, "Too low.", at=NOW, version="t")
    second = answer_flag(store, first, status="open", owner="Data quality lead", at=LATER, version="t")
    answer_flag(store, second, status="fault", owner="Data quality lead", reply="A file of 3 June was missing.", at=LATER, version="t")  # fmt: skip
    (flag,) = read_flags(store).to_dict("records")
    assert (flag["figure"], flag["text"], flag["status"], flag["owner"]) == (
        NUMBER,
        "Too low.",
        "fault",
        "Data quality lead",
    )
    assert flag["reply"] == "A file of 3 June was missing." and flag["raised_at"] == NOW
    assert len(rows_of(store, FLAGS.name)) == 3 and len(runs(store, "answer to a flag")) == 2
    with pytest.raises(StoreError, match="superseded by somebody else"):
        answer_flag(store, first, status="no fault", reply="It is right.", at=LATER, version="t")


@pytest.mark.parametrize(
    "answer, error",
    [
        ({"status": "closed", "reply": "x"}, ParameterError), ({"status": "fault"}, ParameterError), ({"status": "fault", "reply": "PC Thornwick erred"}, PrivacyError),
        ({"status": "open", "owner": "Sgt Thornwick"}, PrivacyError), ({"status": "open", "owner": "x" * 61}, ParameterError),
    ],
)  # fmt: skip
def test_an_answer_that_may_not_stand_is_refused(store, answer, error):
    first = raise_flag(store, NUMBER, "Too low.", at=NOW, version="t")
    with pytest.raises(error):
        answer_flag(store, first, at=LATER, version="t", **answer)
    assert read_flags(store)["status"].tolist() == ["open"]


@pytest.mark.parametrize("text", PERSONS)
def test_a_flag_that_names_a_person_is_refused_at_every_door(store, text):
    (store / DROPS).mkdir()
    with pytest.raises(PrivacyError):
        raise_flag(store, NUMBER, text, at=NOW, version="t")
    with pytest.raises(PrivacyError):
        drop_flag(store, NUMBER, text, at=NOW)
    facts = json.loads(new_flag(NUMBER, "Too low.", NOW).as_file())
    dropped(store, "flag_x.json", json.dumps({**facts, "text": text}))
    found = take_in_flags(store, at=NOW, version="t")
    assert found.taken == 0 and len(found.set_aside) == 1 and "Thornwick" not in found.set_aside[0]
    assert not len(read_flags(store))


def dropped(store, name, content, old=True):
    path = store / DROPS / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if old:
        os.utime(path, (1, 1))
    return path


def test_a_reader_leaves_a_file_and_the_refresh_takes_it_in_once(read_only, monkeypatch):
    with pytest.raises(StoreError):
        raise_flag(read_only, NUMBER, "Too low.", at=NOW, version="t")
    with pytest.raises(FileError, match="no folder"):
        drop_flag(read_only, NUMBER, "Too low.", at=NOW)
    (read_only / DROPS).mkdir()
    path = drop_flag(read_only, FigureCode(WEEK, NUMBER).text(), "Too low: 2 vans.", at=NOW)
    copy = path.read_bytes()
    monkeypatch.undo()
    found = take_in_flags(read_only, at=LATER, version="t")
    assert (found.taken, found.known, found.set_aside) == (1, 0, ())
    (flag,) = read_flags(read_only).to_dict("records")
    assert (flag["text"], flag["raised_at"], flag["recorded_at"]) == ("Too low: 2 vans.", NOW, LATER)
    assert [p.name for p in (read_only / DROPS / TAKEN).iterdir()] == [path.name] and not path.exists()
    path.write_bytes(copy)  # sent twice
    found = take_in_flags(read_only, at=LATER, version="t")
    assert (found.taken, found.known) == (0, 1) and len(read_flags(read_only)) == 1
    assert take_in_flags(read_only, at=LATER, version="t").sentences() == []


GOOD = json.loads(new_flag(NUMBER, "Too low.", NOW).as_file())


@pytest.mark.parametrize(
    "content, words",
    [
        (json.dumps(GOOD)[:-20], "cut off"),
        (b"\xff\xfe\x00", "cut off"),
        (b"", "cut off"),
        (b"[" * 50_000, "cut off"),
        (b"x" * 70_000, "70,000 bytes|64,001 bytes"),
        (json.dumps([1]), "no file of a flag"),
        (json.dumps({**GOOD, "form": 2}), "newer version"),
        (json.dumps({**GOOD, "form": True}), "no file of a flag"),
        (json.dumps({**GOOD, "flag_id": "../../x"}), "lacks its id"),
        (json.dumps({**GOOD, "text": 7}), "no text"),
        (json.dumps({**GOOD, "text": " "}), "no text"),
        (json.dumps({**GOOD, "figure": ""}), "names no figure"),
        (json.dumps({**GOOD, "figure": "the one of yesterday"}), "neither the number"),
        (json.dumps({**GOOD, "code": FigureCode(WEEK).text()[:-1]}), "no code|only a part"),
        (json.dumps({**GOOD, "raised_at": "lately"}), "cannot be read"),
        (json.dumps({**GOOD, "raised_at": "2031-01-01T00:00:00+00:00"}), "in the future"),
    ],
)
def test_a_bad_file_is_set_aside_with_its_reason_and_holds_up_no_other(store, content, words):
    import re

    dropped(store, "flag_a.json", content)
    dropped(store, "flag_b.json", json.dumps(GOOD))
    found = take_in_flags(store, at=NOW, version="t")
    assert found.taken == 1 and len(found.set_aside) == 1 and re.search(words, found.set_aside[0])
    (reason,) = (store / DROPS / ASIDE).glob("*.reason.txt")
    assert re.search(words, reason.read_text(encoding="utf-8")) and (store / DROPS / ASIDE / "flag_a.json").exists()
    assert take_in_flags(store, at=NOW, version="t").set_aside == (), "said once"


def test_a_file_that_is_still_being_copied_waits_for_the_next_run(store):
    path = dropped(store, "flag_a.json", json.dumps(GOOD)[:40], old=False)
    assert take_in_flags(store, at=NOW, version="t").left == 1 and path.exists()
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert take_in_flags(store, at=NOW, version="t").taken == 1


def test_a_link_or_a_folder_in_the_drop_folder_is_not_followed(store, tmp_path):
    (store / DROPS / "flag_d.json").mkdir(parents=True)
    secret = tmp_path / "secret.txt"
    secret.write_text(json.dumps(GOOD), encoding="utf-8")
    (store / DROPS / "flag_l.json").symlink_to(secret)
    found = take_in_flags(store, at=NOW, version="t")
    assert found.taken == 0 and len(found.set_aside) == 2 and secret.exists()


def test_a_name_of_a_file_is_not_repeated(store):
    dropped(store, "PC Thornwick.json", "{")
    (said,) = take_in_flags(store, at=NOW, version="t").set_aside
    assert "Thornwick" not in said


def test_flags_are_no_extracts_where_the_store_lies_in_the_watched_folder(store):
    from ia_plugin.store.watched_folder import watched_files

    dropped(store, "flag_a.json", json.dumps(GOOD))
    (store / "flags.json").write_text("[]", encoding="utf-8")
    (store / "in" / DROPS).mkdir(parents=True)
    (store / "in" / DROPS / "fixes.csv").write_text("x", encoding="utf-8")
    files, complaints = watched_files(store)
    assert sorted(p.relative_to(store).as_posix() for p in files) == ["flags.json", f"in/{DROPS}/fixes.csv"]
    assert complaints == []


def test_without_a_drop_folder_there_is_nothing_to_take_in(store):
    assert take_in_flags(store, at=NOW, version="t").sentences() == []


def test_two_people_at_once_write_both_their_flags(store):
    def write(name):
        for i in range(4):
            raise_flag(store, NUMBER, f"{name} {i}", at=NOW, version="t")

    threads = [threading.Thread(target=write, args=(name,)) for name in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_flags(store)) == 8 and len(runs(store, "flag on a figure")) == 8


def test_what_another_ends_while_the_two_files_are_compared_makes_neither_an_older_copy(store, monkeypatch):
    """The number of the last operation is read in one file and then in the other; in between somebody raises a flag."""
    from ia_plugin.store import intents

    other = threading.Thread(target=raise_flag, args=(store, NUMBER, "Mine."), kwargs={"at": NOW, "version": "t"})
    number_of = intents.operation_of

    def then_the_other(package):
        found = number_of(package)
        monkeypatch.setattr(intents, "operation_of", number_of)
        other.start()
        other.join(0.5)  # long enough to be through, were it not held up
        return found

    monkeypatch.setattr(intents, "operation_of", then_the_other)
    raise_flag(store, NUMBER, "Too low.", at=NOW, version="t")
    other.join()
    assert sorted(read_flags(store)["text"]) == ["Mine.", "Too low."]


def test_of_two_who_answer_at_once_the_second_is_told(store, monkeypatch):
    """Both read the flag as it was; the check that counts is made where nobody else can write."""
    first = raise_flag(store, NUMBER, "Too low.", at=NOW, version="t")
    from ia_plugin.store import flags

    add = flags.add_row

    def slower(*args, **words):
        monkeypatch.setattr(flags, "add_row", add)
        answer_flag(store, first, status="fault", reply="Quicker.", at=NOW, version="t")
        add(*args, **words)

    monkeypatch.setattr(flags, "add_row", slower)
    with pytest.raises(StoreError, match="superseded by somebody else"):
        answer_flag(store, first, status="no fault", reply="Slower.", at=LATER, version="t")
    assert read_flags(store)["reply"].tolist() == ["Quicker."] and len(runs(store, "answer to a flag")) == 1


def test_a_kill_between_the_two_files_loses_and_doubles_nothing(store, monkeypatch):
    from ia_plugin.store.intents import Intents

    monkeypatch.setattr(Intents, "settle", lambda self: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        raise_flag(store, NUMBER, "Too low.", at=NOW, version="t")
    monkeypatch.undo()
    assert not len(read_flags(store))
    with Store(store, KEY):
        pass
    assert read_flags(store)["text"].tolist() == ["Too low."]

"""The record of runs: what a row says, what it leaves out, and that rows can only be added."""

import json

import pandas as pd
import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import audit
from ia_plugin.store.audit import record_run, run_row

AT = pd.Timestamp("2024-06-03T10:00Z")


def row(**more):
    given = {"at": AT, "version": "1.0", "parameters": {}}
    return run_row("buildtracks", **{**given, **more})


def test_a_row_says_who_what_when_and_with_what():
    found = row(parameters={"b": 1, "a": "x"}, inputs={"fixes": "abc"}, rows_read=10, rows_used=8, dropped={"jump": 2},
                purpose="preparing aggregate analysis", audience="board", outcome="done", seconds=3)  # fmt: skip
    said = found.iloc[0].to_dict()
    assert said.pop("who")
    assert said == {
        "at": AT, "what": "buildtracks", "version": "1.0", "parameters": '{"a": "x", "b": 1}', "inputs": '{"fixes": "abc"}',
        "rows_read": 10, "rows_used": 8, "dropped": '{"jump": 2}', "purpose": "preparing aggregate analysis", "audience": "board",
        "outcome": "done", "seconds": 3.0,
    }  # fmt: skip


def test_what_is_not_told_is_empty():
    said = row().iloc[0]
    assert said[["rows_read", "rows_used", "purpose", "audience"]].isna().all()
    assert (said["parameters"], said["inputs"], said["dropped"], said["outcome"], said["seconds"]) == (
        "{}",
        "{}",
        "{}",
        "done",
        0.0,
    )


@pytest.mark.parametrize("name", ["key", "KEY_FILE", "Password", "authcfg", "my_secret", "API_TOKEN", "passwd"])
def test_secrets_are_left_out_by_their_names(name):
    shown = json.loads(row(parameters={name: "hunter2", "MAX_GAP": 900})["parameters"][0])
    assert shown == {"MAX_GAP": 900}


def test_values_of_any_kind_are_written():
    shown = json.loads(row(parameters={"when": AT, "areas": ("a", "b")})["parameters"][0])
    assert shown == {"when": str(AT), "areas": ["a", "b"]}


def test_a_user_who_has_no_name(monkeypatch):
    def nobody():
        raise KeyError("no such user")

    monkeypatch.setattr(audit.getpass, "getuser", nobody)
    assert row()["who"].tolist() == ["unknown"]


def test_rows_are_added_to_a_file_that_is_made_and_never_changed(tmp_path):
    path = tmp_path / "folder" / "runs.gpkg"
    record_run(path, row(rows_read=5))
    record_run(path, row(outcome="cancelled"))
    with GeoPackage(path) as package:
        runs = package.read("runs")
        assert runs["outcome"].tolist() == ["done", "cancelled"] and runs["at"].tolist() == [AT, AT]
        assert runs["rows_read"].tolist()[0] == 5 and runs["rows_read"].isna().tolist() == [False, True]
        for sql in ("UPDATE runs SET who = 'x'", "DELETE FROM runs", "DELETE FROM runs WHERE fid = 1"):
            with pytest.raises(StoreError, match="the record of runs can only be added to"):
                package.execute(sql)
        assert package.count("runs") == 2

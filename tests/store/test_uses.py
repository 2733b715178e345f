"""What a store was used for, counted: by what, why and for whom, never by whom."""

import pandas as pd

from ia_plugin.store.audit import record_run, run_row
from ia_plugin.store.uses import COLUMNS, uses_of
from tests.support.sqlite_files import sqlite_file
from tests.support.stores import AT, store_of_one_extract


def test_runs_are_counted_by_what_they_were(tmp_path):
    store = store_of_one_extract(tmp_path)
    for days, outcome in enumerate(("done", "done", "It was stopped: somebody's words.")):
        row = run_row(
            "journey",
            at=AT + pd.Timedelta(days=days),
            version="1",
            parameters={},
            purpose="training",
            audience="restricted",
            outcome=outcome,
        )
        record_run(store / "restricted.gpkg", row)
    found = uses_of(store).set_index(["what", "outcome"])
    assert list(uses_of(store).columns) == list(COLUMNS)
    assert found.loc[("journey", "done"), "runs"] == 2 and found.loc[("journey", "stopped"), "runs"] == 1
    assert found.loc[("journey", "done"), "last"] == AT + pd.Timedelta(days=1)
    with sqlite_file(store / "restricted.gpkg") as file:
        who = file.execute("SELECT DISTINCT who FROM runs").fetchall()
    assert not any(str(w[0]) in uses_of(store).astype(str).to_numpy() for w in who)


def test_a_reader_of_the_summary_alone_is_told_nothing(tmp_path):
    store = store_of_one_extract(tmp_path)
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "summary.gpkg").write_bytes((store / "summary.gpkg").read_bytes())
    assert uses_of(tmp_path / "alone") is None

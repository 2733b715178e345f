"""A look at restricted cells: on the record before anything is read, equal to the cells, and refused where it cannot be recorded."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import ImpactAreaError, PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.whole_seconds import whole_time_use
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import look as looks
from ia_plugin.store.look import WHAT, RestrictedLook, checked_purpose, why_no_look
from ia_plugin.store.store import RESTRICTED, Store
from ia_plugin.store.summary import read_summary
from tests.support.stores import AT, KEY, bring_up_to_date, copy_of, extract

NIGHT = FilterState(first=date(2024, 6, 4), last=date(2024, 6, 4), units=("North",))
PURPOSE = "answering a question on an area: nights in June"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("look")
    (root / "watched").mkdir()
    for i in range(3):
        extract(root / "watched" / f"{i}.csv", day=f"2024-06-0{3 + i}", seed=i, officers=4 + 8 * (i != 1))
    bring_up_to_date(root / "store", root / "watched")
    return root / "store"


@pytest.fixture
def store(made, tmp_path):
    """A copy of the store, so that each test has a record of its own."""
    return copy_of(made, tmp_path)


def looked(store, state=NIGHT, purpose=PURPOSE, comparison="before"):
    look = RestrictedLook(store, AT, "test")
    return ask(read_summary(store), state, comparison, purpose=purpose, look=look)


def records(store):
    with Store(store) as opened:
        runs = opened.read("runs") if "runs" in opened.restricted.tables() else pd.DataFrame({"what": []})
    return runs[runs["what"] == WHAT].reset_index(drop=True)


def test_figures_are_the_sums_of_the_cells(store):
    """Two officers of a unit were out on that day: shown to who may look, and to nobody else."""
    found = looked(store)
    with Store(store, KEY) as opened:
        cells = whole_time_use(opened.read("time_use_by_group"))
    days = cells["period"].dt.tz_convert("Europe/London").dt.date
    own = cells[(days == date(2024, 6, 4)) & (cells["unit"] == "North") & (cells["area_id"] == "(impact)")]
    row = found.figures.table.set_index("key").loc["officer_hours"]
    assert row["value"] == pytest.approx(own["officer_seconds"].sum() / 3600, rel=1e-12) and row["value"] > 0
    assert np.isnan(row["earlier"])  # the day before is another weekday
    everyone = found.figures.value("share")
    of_day = cells[(days == date(2024, 6, 4)) & (cells["unit"] == "North") & cells["area_id"].str.startswith("(")]
    own = of_day[of_day["area_id"] == "(impact)"]
    assert everyone == pytest.approx(100 * own["officer_seconds"].sum() / of_day["officer_seconds"].sum(), rel=1e-9)


@pytest.mark.parametrize("comparison", ["none", "before", "year"])
def test_without_units_a_look_says_what_is_published(store, comparison):
    plain = FilterState(first=date(2024, 6, 4), last=date(2024, 6, 5), hour_from=20, hour_to=2)
    published = ask(read_summary(store), plain, comparison).figures
    found = looked(store, plain, comparison=comparison).figures
    for name in ("value", "low", "high", "earlier", "comparison"):
        # Officers there are not counted in published tables.
        rows = published.table["key"] != "officers"
        np.testing.assert_array_equal(found.table.loc[rows, name], published.table.loc[rows, name])
    assert found.notes == published.notes


def test_a_look_is_on_the_record_before_anything_is_read(store, monkeypatch):
    read = GeoPackage.read
    seen = []

    def watched(self, name, *more, **words):
        if name in looks._CELLS.values():
            seen.append(len(records(store)))
        return read(self, name, *more, **words)

    monkeypatch.setattr(GeoPackage, "read", watched)
    looked(store)
    assert seen and set(seen) == {1}, "the record is committed first"
    row = records(store).iloc[0]
    kept = json.loads(row["parameters"])
    assert (row["purpose"], row["audience"]) == ("answering a question on an area", "restricted")
    assert kept["in words"] == "nights in June" and kept["filters"][0]["units"] == ["North"]


@pytest.mark.parametrize("how", ["no record", "no file", "no cells", "own area"])
def test_what_cannot_be_looked_at_shows_no_rows(store, monkeypatch, how):
    state, read = NIGHT, []
    if how == "no record":

        def refuse(*_args):
            raise StoreError("The record of runs cannot be written.", "Make room.")

        monkeypatch.setattr(looks, "add_run", refuse)
        monkeypatch.setattr(looks, "_cells_of", lambda *args: read.append(args))
    elif how == "no file":
        (store / RESTRICTED).unlink()
        assert RESTRICTED in why_no_look(store)
    elif how == "no cells":
        with Store(store, KEY) as opened:
            opened.restricted.drop("time_use_by_group")
    else:
        state = FilterState(areas=("own area",), first=NIGHT.first, last=NIGHT.last)
    with pytest.raises(StoreError):
        looked(store, state)
    assert not read
    if how != "no file":
        assert len(records(store)) == 0 and why_no_look(store) == ""


def test_a_file_that_cannot_be_written_is_not_looked_at(store, monkeypatch):
    monkeypatch.setattr(looks.os, "access", lambda _path, mode: mode == looks.os.R_OK)
    assert "cannot be recorded" in why_no_look(store)
    with pytest.raises(StoreError, match="cannot be recorded"):
        looked(store)


@pytest.mark.parametrize("purpose", ["", "judging PC 1234", "individual performance: x", f"training: {'x' * 201}"])
def test_a_purpose_is_one_of_the_list(store, purpose):
    with pytest.raises(PrivacyError):
        looked(store, purpose=purpose)
    assert len(records(store)) == 0


def test_a_purpose_in_ones_own_words_keeps_its_line():
    assert checked_purpose(" training :  a\n b: c ") == ("training", "a b: c")
    assert issubclass(PrivacyError, ImpactAreaError)
